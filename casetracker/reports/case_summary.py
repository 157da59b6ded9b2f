"""Case summary: a detained relative on one page, or several such; the office has the full file."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import Block, Callout, Section, Tone
from casetracker.reports.case_pages import MOVABLE, SECTIONS, case_blocks, names_of, reading_note
from casetracker.reports.report import Report, Scope
from casetracker.reports.short_case import one_page
from casetracker.store import questions
from casetracker.store.reader import Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield a page for each case that this audience may know of."""
    cases = reader.many(Case, scope.case_ids or questions.cases_of(reader))
    for done, case in enumerate(cases):
        progress.step(done, len(cases), case.text("ref"))
        main, _ = names_of(case, reader)
        yield Section(
            tr(N_("Case summary · {day}"), day=KnownDate.on(reader.as_of).text()),
            case.text("ref"),
            anchor=f"case-{case.id}",
            outline=f"{main} · {case.text('ref')}" if main != case.text("ref") else main,
        )
        promises = questions.promises(reader, case_id=case.id)
        if reader.audience is Audience.INTERNAL:  # the office's own copy is the full file
            yield from case_blocks(case, reader, promises=promises, options=scope.options)
            yield reading_note()
        else:
            yield one_page(case, reader, promises, scope.options)
    if not cases:
        yield Callout(
            tr(N_("No case")), tr(N_("None of the chosen cases may be shown to this audience.")), Tone.AMBER
        )


REPORT = Report(
    name="case",
    title=N_("Case summary"),
    about=N_("One page a case: who is held, since when, what the family asks, and what was promised."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    two_languages=True,
    portraits=True,
    sections=SECTIONS,
    movable=MOVABLE,
)
