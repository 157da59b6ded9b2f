"""Protest chronicle: protest, police, court, fine and appeal, person by person; what it cost each family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports import timelines
from casetracker.reports.blocks import (
    Block,
    Cell,
    Chip,
    Cover,
    Facts,
    Heading,
    Keep,
    Muted,
    Note,
    Para,
    Part,
    Section,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import first_for_reader, handling, text_of
from casetracker.reports.report import Report, Scope
from casetracker.store import chronicle
from casetracker.store.chronicle import FamilyCost
from casetracker.store.reader import DisclosedRecord, Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the protests in the order of their days; those of the chosen cases only, if any are chosen."""
    protests = chronicle.protests(reader, scope.case_ids)
    day = KnownDate.on(reader.as_of).text()
    title = tr(N_("Protest chronicle"))
    yield Section(title, day, new_page=False)
    yield Cover(title, _span(protests), _counts(protests), handling(reader.audience))
    if not protests:
        yield Para(tr(N_("No protest is recorded for this audience.")))
        return
    yield timelines.of_protests(protests, reader)
    for done, protest in enumerate(protests):
        progress.step(done, len(protests), protest.title)
        yield from _protest(protest, reader)
    yield from scope.options.arranged({"costs": lambda: _costs(chronicle.costs(reader, protests))})
    told = N_(
        "Names and penalties are given of those who agreed to it; of the others it is only said "
        "how many they were. Amounts are in tenge; a fine that was cancelled costs nothing."
    )
    yield Note(f"{tr(told)} {timelines.reading_aid()}")


def _span(protests: list[DisclosedRecord]) -> str:
    days = [on.short() for protest in protests if (on := protest.value("on"))]
    return " – ".join(dict.fromkeys((days[0], days[-1]))) if days else ""


def _counts(protests: list[DisclosedRecord]) -> tuple[tuple[str, Cell], ...]:
    totals = [chronicle.totals(protest) for protest in protests]
    return (
        (tr(N_("Protests")), str(len(protests))),
        (tr(N_("People who took part")), str(sum(t.present for t in totals))),
        (tr(N_("Detentions")), str(sum(t.detained for t in totals))),
        (tr(N_("Fines")), _money(sum(t.fined for t in totals))),
    )


def _money(tenge: int) -> str:
    return ntr("{amount} tenge", "{amount} tenge", tenge, amount=f"{tenge:,}".replace(",", "\u202f"))


def _protest(protest: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    on = protest.text("on")
    yield Heading(f"{on} · {protest.title}" if on else protest.title, level=2, anchor=f"protest-{protest.id}")
    cases = [link.text("case_id") for link in protest.children("cases")]
    yield Facts(
        (
            (tr(N_("Place")), text_of(protest, "place")),
            (tr(N_("Series")), text_of(protest, "series")),
            (tr(N_("How many came")), text_of(protest, "crowd")),
            (tr(N_("Notice to the authorities")), text_of(protest, "notice")),
            (tr(N_("Demands")), text_of(protest, "demands")),
            (tr(N_("Police response")), text_of(protest, "police_response")),
            (tr(N_("Cases spoken for")), ", ".join(dict.fromkeys(c for c in cases if c))),
        ),
        columns=2,
    )
    named = [p for p in protest.children("participants") if not p.withheld("outcome")]
    rows = tuple(row for p in named for row in _person(p, reader))
    heads = (
        tr(N_("Who")),
        tr(N_("Police")),
        tr(N_("Penalty")),
        tr(N_("Court")),
        tr(N_("Appeal to a court")),
        tr(N_("Paid")),
    )
    if rows:
        yield Table(heads, rows, widths=(3, 2.5, 2.4, 2.4, 2.4, 2))
    others = chronicle.totals(protest).present - len(named)
    if others > 0:
        yield Para(ntr("{n} more person took part.", "{n} more people took part.", others), "muted")


def _person(participant: DisclosedRecord, reader: Reader) -> Iterator[tuple[Cell, ...]]:
    """Yield a line for each penalty, or one for who was not punished."""
    held = participant.text("hours_held")
    police: list[Part] = [participant.text("outcome")]
    if held:
        police.append(Muted(tr(N_("held {n} hours"), n=held)))
    if station := text_of(participant, "station"):
        police.append(Muted(station))
    called = _called(participant.value("person_id"), reader)
    who: tuple[Part, ...] = (Strong(called), Muted(text_of(participant, "part")))
    penalties = participant.children("penalties")
    if not penalties:
        yield (who, tuple(police), "", "", "", "")
    for number, penalty in enumerate(penalties):
        first = number == 0
        yield (who if first else "", tuple(police) if first else "", *_penalty(penalty))


def _called(person_id: str, reader: Reader) -> str:
    """Return what somebody is called in this paper, in the script of its language where there is a choice."""
    called, names = reader.reference(person_id), reader.names(person_id)
    return first_for_reader(names) if called in names else called


def _penalty(penalty: DisclosedRecord) -> tuple[Cell, ...]:
    amount, days = penalty.value("amount"), penalty.text("days")
    what: list[Part] = [penalty.text("kind")]
    if amount:
        what.append(Strong(_money(amount)))
    if days:
        what.append(tr(N_("{n} days"), n=days))
    if article := text_of(penalty, "article"):
        what.append(Muted(article))
    court: tuple[Part, ...] = (text_of(penalty, "court"), Muted(text_of(penalty, "decided")))
    appeal: tuple[Part, ...] = (text_of(penalty, "appeal"), Muted(text_of(penalty, "appeal_note")))
    return tuple(what), court, appeal, text_of(penalty, "paid")


def _costs(costs: Iterable[FamilyCost]) -> Iterator[Block]:
    rows = tuple(
        (
            cost.family,
            str(cost.penalties),
            _money(cost.cost.owed),
            _money(cost.cost.paid),
            Chip(_money(cost.cost.unpaid), Tone.AMBER) if cost.cost.unpaid else "",
        )
        for cost in costs
    )
    if rows:
        heads = (
            tr(N_("Family")),
            tr(N_("Penalties")),
            tr(N_("Imposed")),
            tr(N_("Paid")),
            tr(N_("Still to pay")),
        )
        table = Table(heads, rows, widths=(4, 1.6, 2.4, 2.4, 2.4), align="lrrrr")
        yield Keep((Heading(tr(N_("What it cost each family")), level=2, anchor="costs"), table))


REPORT = Report(
    name="chronicle",
    title=N_("Protest chronicle"),
    about=N_("Protest by protest: who was detained, fined and tried, the appeals, and the cost per family."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    two_languages=True,
    sections=(("costs", N_("What it cost each family")),),
)
