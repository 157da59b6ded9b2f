"""Book of cases: contents, a page a case, an index of names in all scripts, a list of the documents kept."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import (
    Block,
    Cover,
    Heading,
    Index,
    IndexEntry,
    OnePage,
    Para,
    Section,
    Strong,
    Table,
)
from casetracker.reports.case_pages import (
    MOVABLE,
    SECTIONS,
    case_blocks,
    handling,
    names_of,
    reading_note,
    text_of,
)
from casetracker.reports.report import Report, Scope
from casetracker.store import annexes, questions
from casetracker.store.reader import DisclosedRecord, Reader

_AT_THE_END = (("names", N_("Index of names")), ("annexes", N_("Annexes")))


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield cover and contents, the cases, the index of names, and the annexes where they may be known."""
    title = tr(N_("Book of cases"))
    cases = reader.many(Case, scope.case_ids or questions.cases_of(reader))
    day = KnownDate.on(reader.as_of).text()
    yield Section(title, day, new_page=False)
    facts = ((tr(N_("As of")), day), (tr(N_("Cases")), ntr("{n} case", "{n} cases", len(cases))))
    yield Cover(title, "", facts, handling(reader.audience))
    if not cases:
        yield Para(tr(N_("None of the chosen cases may be shown to this audience.")))
        return
    yield Heading(tr(N_("Contents")), level=2, anchor="contents")
    yield _contents(cases, reader)
    yield reading_note()
    for done, case in enumerate(cases):
        progress.step(done, len(cases), case.text("ref"))
        main, _ = names_of(case, reader)
        yield Section(title, case.text("ref"), f"case-{case.id}", f"{done + 1}. {main}")
        promises = questions.promises(reader, case_id=case.id)
        blocks = case_blocks(case, reader, promises=promises, options=scope.options)
        yield OnePage((tuple(blocks),), flows=True)
    yield from scope.options.arranged(
        {"names": lambda: _names(cases, reader, title), "annexes": lambda: _annexes(cases, reader, title)}
    )


def _contents(cases: list[DisclosedRecord], reader: Reader) -> Index:
    heads = (tr(N_("No.")), tr(N_("Name")), tr(N_("Asked for")), tr(N_("Page")))
    entries = []
    for number, case in enumerate(cases, 1):
        main, others = names_of(case, reader)
        asked = text_of(case, "request")
        entries.append(
            IndexEntry(str(number), (main, *others[:1]), case.text("ref"), asked, f"case-{case.id}")
        )
    return Index(tuple(entries), heads)


def _names(cases: list[DisclosedRecord], reader: Reader, title: str) -> Iterator[Block]:
    """Yield every spelling of every name in the order of its letters; a script comes after the other."""
    spelt = []
    for number, case in enumerate(cases, 1):
        main, others = names_of(case, reader)
        spelt += [(name.casefold(), name, number, case) for name in (main, *others)]
    heads = (tr(N_("No.")), tr(N_("Name")), "", tr(N_("Page")))
    entries = tuple(
        IndexEntry(str(number), (name,), case.text("ref"), "", f"case-{case.id}")
        for _, name, number, case in sorted(spelt, key=lambda line: line[:3])
    )
    yield Section(title, tr(N_("Index of names")), "names", tr(N_("Index of names")))
    yield Heading(tr(N_("Index of names")), level=2)
    yield Index(entries, heads)


def _annexes(cases: list[DisclosedRecord], reader: Reader, title: str) -> Iterator[Block]:
    """List the documents kept about the cases: kind and number, no title and no word of who gave them."""
    rows = []
    for number, case in enumerate(cases, 1):
        for place, document in enumerate(annexes.documents_about(reader, case.id), 1):
            kind = text_of(document, "kind") or tr(N_("Document"))
            rows.append((Strong(f"{number}.{place}"), kind, case.text("ref")))
    if rows:
        yield Section(title, tr(N_("Annexes")), "annexes", tr(N_("Annexes")))
        yield Heading(tr(N_("Annexes")), level=2)
        heads = (tr(N_("No.")), tr(N_("Kind of document")), tr(N_("Case")))
        yield Table(heads, tuple(rows), (1, 6, 2))


REPORT = Report(
    name="book-of-cases",
    title=N_("Book of cases"),
    about=N_("Contents, a page a case, an index of names in all scripts, a list of the documents kept."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.INTERNAL),
    build=build,
    sections=(*SECTIONS, *_AT_THE_END),
    movable=MOVABLE,
    two_languages=True,
    portraits=True,
)
