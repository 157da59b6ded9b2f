"""Case list: every case on a line, with who asks, since when, how things stand, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import Block, Cell, Chip, Cover, Muted, Section, Strong, Table, Tone
from casetracker.reports.case_pages import handling, names_of, petitioner
from casetracker.reports.report import Report, Scope
from casetracker.store import questions, situations
from casetracker.store.reader import DisclosedRecord, Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield one table over the cases that this audience may know of."""
    cases = reader.many(Case, scope.case_ids or questions.cases_of(reader))
    day = KnownDate.on(reader.as_of).text()
    title = tr(N_("Case list"))
    yield Section(title, day, new_page=False)
    facts = (
        (tr(N_("As of")), day),
        (tr(N_("Cases")), ntr("{n} case", "{n} cases", len(cases))),
    )
    yield Cover(title, "", facts, handling(reader.audience))
    rows = []
    for done, case in enumerate(cases):
        progress.step(done, len(cases), case.text("ref"))
        rows.append(_row(case, reader))
    heads = (tr(N_("Name")), tr(N_("Status")), tr(N_("Since")), tr(N_("Place")), tr(N_("Petitioner")))
    empty = tr(N_("None of the chosen cases may be shown to this audience."))
    yield Table(heads, tuple(rows), widths=(4, 3.2, 2.4, 2.6, 3), empty=empty)


def _row(case: DisclosedRecord, reader: Reader) -> tuple[Cell, ...]:
    now = situations.situation(case, reader)
    main, others = names_of(case, reader)
    late = max((p.days_overdue for p in questions.promises(reader, case_id=case.id)), default=0)
    overdue: tuple[Chip, ...] = ()
    if late:
        overdue = (Chip(ntr("{n} day overdue", "{n} days overdue", late), Tone.RED),)
    names: Cell = (Strong(main), *(Muted(o) for o in others[:1]), Muted(case.text("ref")))
    since = now.since.short() if now.since else ""
    return (
        names,
        (Chip(now.status_text, Tone(now.tone)), *overdue),
        since,
        now.place,
        petitioner(case, reader),
    )


REPORT = Report(
    name="case-list",
    title=N_("Case list"),
    about=N_("Every case on a line: name, status, since when, where, who asks, and what is overdue."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    two_languages=True,
)
