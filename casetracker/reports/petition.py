"""Petition: several cases and what is asked for them, with a sheet that relatives sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports import letter_parts
from casetracker.reports.blocks import (
    Block,
    Cell,
    Cover,
    Heading,
    Muted,
    Para,
    Section,
    Strong,
    Table,
)
from casetracker.reports.case_pages import handling, names_of, text_of
from casetracker.reports.report import Report, Scope
from casetracker.store import questions, situations
from casetracker.store.reader import DisclosedRecord, Reader

SIGNERS = 15
JOINT = 6  # so many requests stand in the text; each case has its own in the table


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the text, the cases, and the sheet for signatures."""
    title = tr(N_("Petition"))
    cases = reader.many(Case, scope.case_ids or questions.cases_of(reader))
    day = KnownDate.on(reader.as_of).text()
    yield Section(title, day, new_page=False)
    facts = ((tr(N_("To")), letter_parts.LINE), (tr(N_("As of")), day))
    yield Cover(title, "", facts, handling(reader.audience))
    if not cases:
        yield Para(tr(N_("None of the chosen cases may be shown to this audience.")))
        return
    yield Para(
        ntr(
            "We, the relatives who sign below, write about {n} person who, according to the family, was "
            "detained in Xinjiang.",
            "We, the relatives who sign below, write about {n} people who, according to their families, were "
            "detained in Xinjiang.",
            len(cases),
        )
    )
    yield from _asked(cases)
    yield Heading(tr(N_("Cases")), level=2, anchor="cases")
    rows = []
    for done, case in enumerate(cases):
        progress.step(done, len(cases), case.text("ref"))
        rows.append(_row(done + 1, case, reader))
    heads = (tr(N_("No.")), tr(N_("Name")), tr(N_("Since")), tr(N_("Status")), tr(N_("Asked for")))
    yield Table(heads, tuple(rows), (0.7, 3.6, 2, 2.6, 4))
    yield from _signatures(title)


def _asked(cases: list[DisclosedRecord]) -> Iterator[Block]:
    """Yield what is asked, what most families ask first."""
    asked = Counter(text for case in cases if (text := text_of(case, "request")))
    yield Heading(tr(N_("What we ask")), level=2)
    for number, (text, _) in enumerate(asked.most_common(JOINT), 1):
        yield Para(text, lead=f"{number}.")
    if len(asked) > JOINT:
        yield Para(tr(N_("and in each case what stands beside it in the list below.")))
    if not asked:
        yield Para(f"{letter_parts.LINE}\n{letter_parts.LINE}")
    yield Para(tr(N_("We ask for an answer in writing, case by case.")))


def _row(number: int, case: DisclosedRecord, reader: Reader) -> tuple[Cell, ...]:
    now = situations.situation(case, reader)
    main, others = names_of(case, reader)
    names: Cell = (Strong(main), *(Muted(o) for o in others[:1]), Muted(case.text("ref")))
    since = now.since.short() if now.since else ""
    return (str(number), names, since, now.status_text, text_of(case, "request"))


def _signatures(title: str) -> Iterator[Block]:
    """Yield a sheet with lines to sign on; the relation is to one of the people in the list."""
    yield Section(title, tr(N_("Signatures")), "signatures", tr(N_("Signatures")))
    yield Heading(tr(N_("Signatures")), level=2)
    yield Para(tr(N_("With my signature I agree that my name is handed to the office named above.")))
    heads = (tr(N_("No.")), tr(N_("Name")), tr(N_("Relation, and to whom")), tr(N_("Signature")))
    rows = tuple((f"{number}\n\u00a0", "", "", "") for number in range(1, SIGNERS + 1))
    yield Table(heads, rows, (0.8, 4, 4, 3.4))


REPORT = Report(
    name="petition",
    title=N_("Petition"),
    about=N_("Cases and what is asked for them, with a sheet of signature lines for relatives."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.INTERNAL),
    build=build,
    two_languages=True,
)
