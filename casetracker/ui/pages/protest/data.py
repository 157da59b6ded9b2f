"""What the page of a protest shows, as plain values read in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Protest, clock
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import EventState, Outcome, PenaltyKind
from casetracker.model.events.protest import Notice
from casetracker.model.terms import label_of
from casetracker.model.workdays import calendar
from casetracker.store import event_kinds, linking, penalties, questions
from casetracker.store.events import days_until, waiting_text, when_text
from casetracker.store.penalties import FamilyCost, Imposed, tenge
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

_TONES = {
    CaseRole.RELATIVE_DETAINED: "red",
    CaseRole.RELATIVE_PRESENT: "amber",
    CaseRole.SPOKEN_FOR: "blue",
}


@dataclass(frozen=True)
class LinkedCase:
    """One case that the protest bears on."""

    case_id: str
    name: str
    ref: str
    role: str
    tone: str
    note: str


@dataclass(frozen=True)
class ProtestData:
    """Everything on the page but the grids, which hold a draft."""

    id: str
    title: str
    subtitle: tuple[str, ...]
    people: int
    detained: int
    fined: int
    fines: int
    facts: tuple[tuple[str, str], ...]
    demands: str
    police: str
    account: str
    officers: str
    media: str
    state: str
    late: bool
    notice: str  # what is wrong with the notice to the authorities, or will be
    penalties: tuple[Imposed, ...]
    costs: tuple[FamilyCost, ...]
    cases: tuple[LinkedCase, ...]
    families: int = 0  # cases of families who took part that are not linked yet

    @property
    def fines_text(self) -> str:
        """The total of the fines, in tenge."""
        return tenge(self.fines)


def read(store: Store, protest_id: str) -> ProtestData | None:
    """Read a protest as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        protest = reader.get(Protest, protest_id)
        data = _read(protest, reader) if protest else None
    return replace(data, families=len(linking.family_links(store, protest_id))) if data else None


def _read(protest: DisclosedRecord, reader: Reader) -> ProtestData:
    people = protest.children("participants")
    days = days_until(protest, reader.as_of)
    fined = {p.id for p in people if p.value("outcome") is Outcome.FINED}
    fined |= {p.id for p in people for x in p.children("penalties") if x.value("kind") is PenaltyKind.FINE}
    return ProtestData(
        id=protest.id,
        title=protest.title,
        subtitle=(when_text(protest), protest.text("place"), _series(protest)),
        people=len(people),
        detained=questions.detained_count(protest),
        fined=len(fined),
        fines=sum(x.value("amount") or 0 for p in people for x in p.children("penalties")),
        facts=tuple(_facts(protest)),
        demands=protest.text("demands"),
        police=protest.text("police_response"),
        account=protest.text("account"),
        officers=protest.text("officers_words"),
        media=protest.text("media"),
        state=waiting_text(days) if days is not None else event_kinds.state_text(protest),
        late=days is not None and days < 0,
        notice=notice_warning(protest, reader.as_of),
        penalties=tuple(penalties.of_event(protest, reader)),
        costs=tuple(penalties.cost_by_family(protest, reader)),
        cases=tuple(_linked(link, reader) for link in protest.children("cases") if link.ref("case_id")),
    )


def _series(protest: DisclosedRecord) -> str:
    number = protest.value("day_number")
    day = tr(N_("day {n}"), n=number) if number else ""
    return " · ".join(p for p in (protest.text("series"), day) if p)


def _facts(protest: DisclosedRecord) -> list[tuple[str, str]]:
    names = (
        *("form", "crowd", "notice", "notice_day", "notice_reply"),
        *("police_unit", "force_used", "lawyer_let_in", "source"),
    )
    return [(protest.label(name), text) for name in names if (text := protest.text(name))]


def notice_warning(protest: DisclosedRecord, today: dt.date) -> str:
    """Say until when notice of a planned protest has to be given, or that it was given too late."""
    on = protest.value("on")
    day: dt.date | None = on.earliest if on else None
    if day is None or protest.value("state") is EventState.CANCELLED:
        return ""
    last = clock.due_on(clock.current()["protest_notice"], day, calendar())
    given: dt.date | None = protest.value("notice_day")
    if given and given > last:
        return tr(
            N_("Notice was given on {given}; the last day for it was {last}."),
            given=protest.text("notice_day"),
            last=KnownDate.on(last).text(),
        )
    if given or protest.value("notice") in (Notice.GIVEN, Notice.REFUSED) or day < today:
        return ""
    if last < today:
        text = N_("No notice was given; the last day for it was {last}, {n} working days before.")
    else:
        text = N_("Notice has to be given by {last}, {n} working days before.")
    return tr(text, last=KnownDate.on(last).text(), n=-clock.current()["protest_notice"].amount)


def _linked(link: DisclosedRecord, reader: Reader) -> LinkedCase:
    case = link.ref("case_id")
    assert case is not None  # noqa: S101 - the caller looked
    return LinkedCase(
        case.id,
        questions.case_name(case, reader),
        case.text("ref"),
        link.text("role") or label_of(CaseRole.CONCERNS),
        _TONES.get(link.value("role"), "grey"),
        link.text("note"),
    )


def people_text(n: int) -> str:
    """Say how many people are on the list."""
    return ntr("{n} person", "{n} people", n)
