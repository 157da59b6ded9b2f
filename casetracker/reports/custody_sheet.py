"""Chain-of-custody sheet: of each document its hash, how it came, and everything that was done with it."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import Block, Cover, Facts, Heading, Note, Para, Section, Signature, Table
from casetracker.reports.case_pages import handling
from casetracker.reports.report import Report, Scope
from casetracker.store.custody_log import LogLine
from casetracker.store.custody_sheet import SheetDocument, documents_for
from casetracker.store.reader import Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the documents that were chosen, those of the cases, or all."""
    found = documents_for(reader, scope.document_ids, scope.case_ids)
    day = KnownDate.on(reader.as_of).text()
    title = tr(N_("Chain of custody"))
    inside = reader.audience is Audience.INTERNAL
    yield Section(title, day, new_page=False)
    yield Cover(
        title,
        tr(N_("As of {day}"), day=day),
        ((tr(N_("Documents")), str(len(found))),),
        handling(reader.audience),
    )
    if not found:
        yield Para(tr(N_("No document is kept.")))
        return
    for number, document in enumerate(found, 1):
        progress.step(number, len(found), title)
        yield from _document(number, document, inside=inside)
    yield Note(
        tr(
            N_(
                "The hash is that of the file as it came to the office. Anybody can work it out of a copy "
                "(SHA-256); if it is the same, not one byte was changed."
            )
        )
    )
    yield Signature((tr(N_("Name, post, date")), tr(N_("Signature"))))


def _document(number: int, document: SheetDocument, *, inside: bool) -> Iterator[Block]:
    called = document.title or document.sort or tr(N_("Document"))
    yield Heading(f"{number}. {called}")
    what = " · ".join(
        part for part in (document.sort if inside else "", document.kind, document.copy) if part
    )
    size = ntr("{n} byte", "{n} bytes", document.size) if document.size else ""
    case = (tr(N_("Case")), document.case)
    yield Facts((case, (tr(N_("What it is")), what), (tr(N_("Size")), size), ("SHA-256", document.sha256)))
    heads = (tr(N_("When")), tr(N_("What was done")))
    rows = tuple(_row(line, inside=inside) for line in document.lines)
    if inside:
        yield Table((*heads, tr(N_("By whom"))), rows, widths=(2, 5, 2))
    else:
        yield Table(heads, rows, widths=(2, 5))


def _row(line: LogLine, *, inside: bool) -> tuple[str, ...]:
    if not inside:
        day = KnownDate.on(line.at.date()).text() if line.at else ""
        return day, line.what or tr(N_("Taken into the encrypted casebook; its hash was worked out"))
    said = f"{line.what}: {line.detail}" if line.detail else line.what
    return line.when() or "—", said, line.who


REPORT = Report(
    name="custody",
    title=N_("Chain of custody"),
    about=N_(
        "The hash of each document, how it came to the office, and everything that was done with it. Outside "
        "the office without titles, sources and names."
    ),
    audiences=(Audience.INTERNAL, Audience.OFFICIAL),
    build=build,
)
