"""What the page of a protest shows, as plain values read in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from babel.numbers import format_decimal

from casetracker.i18n import N_, locale, ntr, tr
from casetracker.model import Protest
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import Outcome, PenaltyKind
from casetracker.store import linking, questions
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
    cases: tuple[LinkedCase, ...]
    families: int = 0  # cases of families who took part that are not linked yet

    @property
    def fines_text(self) -> str:
        """The total of the fines, in tenge."""
        return tenge(self.fines)


def tenge(amount: int) -> str:
    """Write an amount of money."""
    return tr(N_("{amount} tenge"), amount=format_decimal(amount, locale=locale()))


def read(store: Store, protest_id: str) -> ProtestData | None:
    """Read a protest as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        protest = reader.get(Protest, protest_id)
        data = _read(protest, reader) if protest else None
    return replace(data, families=len(linking.family_links(store, protest_id))) if data else None


def _read(protest: DisclosedRecord, reader: Reader) -> ProtestData:
    people = protest.children("participants")
    penalties = [penalty for p in people for penalty in p.children("penalties")]
    fined = {p.id for p in people if p.value("outcome") is Outcome.FINED}
    fined |= {p.id for p in people for x in p.children("penalties") if x.value("kind") is PenaltyKind.FINE}
    return ProtestData(
        id=protest.id,
        title=protest.title,
        subtitle=(protest.text("on"), protest.text("place"), _series(protest)),
        people=len(people),
        detained=questions.detained_count(protest),
        fined=len(fined),
        fines=sum(x.value("amount") or 0 for x in penalties),
        facts=tuple(_facts(protest)),
        demands=protest.text("demands"),
        police=protest.text("police_response"),
        account=protest.text("account"),
        cases=tuple(_linked(link, reader) for link in protest.children("cases") if link.ref("case_id")),
    )


def _series(protest: DisclosedRecord) -> str:
    number = protest.value("day_number")
    day = tr(N_("day {n}"), n=number) if number else ""
    return " · ".join(p for p in (protest.text("series"), day) if p)


def _facts(protest: DisclosedRecord) -> list[tuple[str, str]]:
    facts = [
        (protest.label("crowd"), protest.text("crowd")),
        (protest.label("notice"), protest.text("notice")),
        (protest.label("notice_reply"), protest.text("notice_reply")),
        (protest.label("source"), protest.text("source")),
    ]
    return [f for f in facts if f[1]]


def _linked(link: DisclosedRecord, reader: Reader) -> LinkedCase:
    case = link.ref("case_id")
    assert case is not None  # noqa: S101 - the caller looked
    return LinkedCase(
        case.id,
        questions.case_name(case, reader),
        case.text("ref"),
        link.text("role") or tr(CaseRole.CONCERNS.value),
        _TONES.get(link.value("role"), "grey"),
        link.text("note"),
    )


def people_text(n: int) -> str:
    """Say how many people are on the list."""
    return ntr("{n} person", "{n} people", n)
