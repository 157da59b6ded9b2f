"""What letters are made of: who writes, to whom, what was done before, what is asked, what is enclosed.

The parts follow what an appeal to a State body must have (Administrative Procedural and Process-Related Code
of Kazakhstan, art. 63; rules for complaints to the Commissioner): name as in the identity paper, address,
addressee, substance, date, signature. Address, telephone and number of the paper are written in by hand, so
that no file holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import (
    Block,
    Chip,
    Facts,
    Heading,
    Keep,
    Muted,
    Signature,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import petitioner, text_of
from casetracker.store import appeal_replies, questions
from casetracker.store.reader import DisclosedRecord, Reader

LINE = "_" * 34


def addressee(appeal: DisclosedRecord | None) -> Facts:
    """Return to whom a letter goes, by the appeal it belongs to; lines to fill in where there is none."""
    if appeal is None:
        return Facts(((tr(N_("To")), LINE), (tr(N_("Post")), LINE), (tr(N_("Name")), LINE)))
    to = "forwarded_to_id" if appeal.value("forwarded_on") else "office_id"
    here = to == "office_id"
    return Facts(
        (
            (tr(N_("To")), text_of(appeal, to)),
            (tr(N_("Post")), text_of(appeal, "post_id") if here else ""),
            (tr(N_("Name")), text_of(appeal, "to_person_id") if here else ""),
        )
    )


def sender(case: DisclosedRecord, reader: Reader, *, apart: bool = False) -> Facts:
    """Return who writes; what the casebook does not hand out is a line to fill in, or stands on a sheet."""
    contact = tr(N_("on the sheet of the submitter")) if apart else LINE
    return Facts(
        (
            (tr(N_("Sender")), petitioner(case, reader) or LINE),
            (tr(N_("Name as in the identity paper")), LINE),
            (tr(N_("Individual identification number")), LINE),
            (tr(N_("Address")), contact),
            (tr(N_("Telephone")), contact),
        )
    )


def steps(case: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    """Yield what was sent about a case before, with numbers and answers."""
    rows = []
    for appeal in appeal_replies.with_case(reader, case.id):
        sent = appeal.value("sent")
        if sent is None or sent > reader.as_of:
            continue
        numbers = [text_of(appeal, name) for name in ("number", "registered")]
        replies = [
            ", ".join(x for x in (text_of(r, "kind"), text_of(r, "number"), text_of(r, "on")) if x)
            for r in appeal.children("replies")
            if (on := r.value("on")) and on <= reader.as_of
        ]
        rows.append(
            (
                KnownDate.on(sent).short(),
                (Strong(text_of(appeal, "office_id")), Muted(text_of(appeal, "subject"))),
                ", ".join(n for n in numbers if n),
                tuple(replies) or (tr(N_("no answer")),),
            )
        )
    heads = (tr(N_("Sent on")), tr(N_("Office")), tr(N_("Number")), tr(N_("Answer")))
    table = Table(heads, tuple(rows), (2, 4.6, 2.6, 3.4), empty=tr(N_("No earlier appeal is recorded.")))
    yield Keep((Heading(tr(N_("Steps taken so far")), level=3), table))


def owed(case: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    """Yield what was promised about a case and is not kept yet."""
    lines = [p for p in questions.promises(reader, case_id=case.id) if p.open]
    if lines:
        rows = tuple(
            ((Strong(p.office), Muted(p.made_on.short() if p.made_on else "")), p.words, _state(p))
            for p in lines
        )
        columns = (tr(N_("Promised by")), tr(N_("Promise")), tr(N_("What became of it")))
        yield Keep((Heading(tr(N_("Promises not kept yet")), level=3), Table(columns, rows, (3.6, 5, 3))))


def _state(promise: questions.Owed) -> Chip:
    return Chip(promise.state, Tone(promise.tone))


def enclosures(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return the list of what is enclosed; the pages are counted by hand."""
    rows = tuple((str(number), line, "") for number, line in enumerate(lines, 1))
    heads = (tr(N_("No.")), tr(N_("Enclosed")), tr(N_("Pages")))
    table = Table(heads, rows, (0.8, 8, 1.6))
    return Heading(tr(N_("Enclosures")), level=3), table


def signing() -> Signature:
    """Return the lines for day, name and signature."""
    return Signature((tr(N_("Date")), tr(N_("Name")), tr(N_("Signature"))))
