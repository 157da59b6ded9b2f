"""Promise register: what each office promised, for whom, and what became of it, the oldest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.terms import label_of
from casetracker.reports.blocks import (
    Block,
    Chip,
    Chips,
    Cover,
    Heading,
    Keep,
    Muted,
    Para,
    Section,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling, name_of, outcome_cell
from casetracker.reports.report import Report, Scope
from casetracker.store import questions
from casetracker.store.questions import Owed
from casetracker.store.reader import Reader

ANSWERED = frozenset(PromiseOutcome) - {
    PromiseOutcome.PENDING,
    PromiseOutcome.SILENT,
    PromiseOutcome.OVERTAKEN,
}


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the promises of each office; those about the chosen cases only, if any are chosen."""
    lines = questions.promises(reader)
    if scope.case_ids:
        lines = [p for p in lines if p.case_id in scope.case_ids]
    day = KnownDate.on(reader.as_of).text()
    title = tr(N_("Promise register"))
    yield Section(title, day, new_page=False)
    yield Cover(title, tr(N_("As of {day}"), day=day), handling=handling(reader.audience))
    if not lines:
        yield Para(tr(N_("No promise is recorded for this audience.")))
        return
    offices: dict[str, list[Owed]] = defaultdict(list)
    for line in lines:
        offices[line.office].append(line)
    for done, (office, owed) in enumerate(offices.items()):  # the oldest promise first, in any language
        progress.step(done, len(offices), office)
        head = Heading(office, level=2, anchor=f"office-{owed[0].office_id}")
        yield Keep((head, Para(rate(owed)), Chips(tuple(_counts(owed)))))
        yield _table(owed, reader)


def rate(owed: Sequence[Owed]) -> str:
    """Say in how many cases an office was asked and answered, and how many promises are overdue."""
    asked = len({p.case_id for p in owed})
    answered = len({p.case_id for p in owed if p.outcome in ANSWERED})
    late = [p.days_overdue for p in owed if p.days_overdue]
    text = ntr("Promised something about {n} case, ", "Promised something about {n} cases, ", asked)
    text += ntr("answered about {n}.", "answered about {n}.", answered)
    if late:
        overdue = ntr("{n} answer is overdue", "{n} answers are overdue", len(late))
        late_text = tr(N_("{overdue}, the longest for {days} days."), overdue=overdue, days=max(late))
        text += f" {late_text[:1].upper()}{late_text[1:]}"
    return text


def _counts(owed: Sequence[Owed]) -> Iterator[Chip]:
    counted = Counter(p.outcome for p in owed)
    tones = {
        PromiseOutcome.KEPT: Tone.GREEN,
        PromiseOutcome.REFUSED: Tone.RED,
        PromiseOutcome.SILENT: Tone.RED,
    }
    for outcome in PromiseOutcome:
        if counted[outcome]:
            yield Chip(f"{label_of(outcome)}: {counted[outcome]}", tones.get(outcome, Tone.GREY))


def _table(owed: Sequence[Owed], reader: Reader) -> Table:
    heads = (tr(N_("Made")), tr(N_("Promise")), tr(N_("Case")), tr(N_("Due")), tr(N_("What became of it")))
    rows = tuple(
        (
            (Strong(p.made_on.short() if p.made_on else ""), Muted(p.made_by)),
            p.words,
            (name_of(p.case_id, reader) or p.case_name, Muted(p.case_ref)),
            KnownDate.on(p.due).short() if p.due else tr(N_("no date was named")),
            outcome_cell(p),
        )
        for p in owed
    )
    return Table(heads, rows, widths=(2.9, 2.8, 2.4, 2.5, 4.4))


REPORT = Report(
    name="promises",
    title=N_("Promise register"),
    about=N_("By office: what was promised, for whom, until when, and what became of it; the oldest first."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    two_languages=True,
)
