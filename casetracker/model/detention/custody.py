"""What happened to the detained relative in custody, and the status that follows from it.

The status is derived here from the custody events and typed nowhere. Where sources contradict each other, the
case worker marks which version counts and why; the other stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from casetracker.i18n import N_, tr


class CustodyKind(Enum):
    """What happened, in the order in which it usually does."""

    PASSPORT_TAKEN = N_("Passport taken")
    SUMMONED = N_("Summoned")
    TAKEN = N_("Taken into custody")
    DETENTION_CENTRE = N_("Held in a detention centre")
    CAMP = N_("Sent to a camp")
    TRANSFERRED = N_("Transferred")
    SEEN = N_("Seen or heard from")
    CHARGED = N_("Charged")
    SENTENCED = N_("Sentenced")
    SENTENCE_CHANGED = N_("Sentence changed")
    PRISON = N_("Held in a prison")
    HOSPITAL = N_("Held in a hospital")
    WORK_PLACEMENT = N_("Assigned to a factory")
    HOUSE_ARREST = N_("House arrest")
    LOST = N_("Contact lost")
    RELEASED_CONTROL = N_("Released, still controlled")
    RELEASED = N_("Released")
    LEFT_CHINA = N_("Left China")
    DIED = N_("Died")
    OTHER = N_("Other event")


class CustodyStatus(Enum):
    """The custody axis of the status (the proposal of the field's public databases, in short)."""

    SENTENCED = N_("Sentenced")
    CAMP = N_("Camp")
    DETENTION = N_("Detention centre")
    CUSTODY_UNKNOWN = N_("In custody, where unknown")
    HOSPITAL = N_("Hospital under guard")
    RESTRICTED = N_("House arrest or forced work")
    PASSPORT = N_("Passport taken")
    NO_NEWS = N_("Whereabouts unknown")
    CONTROLLED = N_("Released, controlled")
    RELEASED = N_("Released")
    DIED = N_("Died")
    UNKNOWN = N_("Not known yet")


STATUS_AFTER: dict[CustodyKind, CustodyStatus] = {
    CustodyKind.PASSPORT_TAKEN: CustodyStatus.PASSPORT,
    CustodyKind.TAKEN: CustodyStatus.CUSTODY_UNKNOWN,
    CustodyKind.DETENTION_CENTRE: CustodyStatus.DETENTION,
    CustodyKind.CAMP: CustodyStatus.CAMP,
    CustodyKind.SENTENCED: CustodyStatus.SENTENCED,
    CustodyKind.PRISON: CustodyStatus.SENTENCED,
    CustodyKind.HOSPITAL: CustodyStatus.HOSPITAL,
    CustodyKind.WORK_PLACEMENT: CustodyStatus.RESTRICTED,
    CustodyKind.HOUSE_ARREST: CustodyStatus.RESTRICTED,
    CustodyKind.LOST: CustodyStatus.NO_NEWS,
    CustodyKind.RELEASED_CONTROL: CustodyStatus.CONTROLLED,
    CustodyKind.RELEASED: CustodyStatus.RELEASED,
    CustodyKind.LEFT_CHINA: CustodyStatus.RELEASED,
    CustodyKind.DIED: CustodyStatus.DIED,
}

IN_CUSTODY = frozenset(
    {
        CustodyStatus.SENTENCED,
        CustodyStatus.CAMP,
        CustodyStatus.DETENTION,
        CustodyStatus.CUSTODY_UNKNOWN,
        CustodyStatus.HOSPITAL,
    }
)

STATUS_TONE: dict[CustodyStatus, str] = {
    CustodyStatus.SENTENCED: "red",
    CustodyStatus.CAMP: "amber",
    CustodyStatus.DETENTION: "amber",
    CustodyStatus.CUSTODY_UNKNOWN: "amber",
    CustodyStatus.HOSPITAL: "amber",
    CustodyStatus.RESTRICTED: "amber",
    CustodyStatus.PASSPORT: "blue",
    CustodyStatus.NO_NEWS: "grey",
    CustodyStatus.CONTROLLED: "green",
    CustodyStatus.RELEASED: "green",
    CustodyStatus.DIED: "grey",
    CustodyStatus.UNKNOWN: "grey",
}


class Standing(Enum):
    """Which of two contradicting versions counts."""

    COUNTS = N_("Counts")
    SET_ASIDE = N_("Set aside")


def unreasoned(standing: Standing | None, reason: str | None) -> dict[str, str]:
    """Return the problem of a decision between versions that gives no reason; empty if there is none."""
    if standing and not reason:
        return {"standing_reason": tr(N_("Say why this version counts or is set aside."))}
    return {}


class Version(Protocol):
    """What may be contradicted by another version: when it was, and whether it counts."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def earliest(self) -> dt.date | None: ...  # noqa: D102
    @property
    def latest(self) -> dt.date | None: ...  # noqa: D102
    @property
    def standing(self) -> Standing | None: ...  # noqa: D102


class CustodyFact(Version, Protocol):
    """What the derivation needs to know of a custody event."""

    @property
    def kind(self) -> CustodyKind: ...  # noqa: D102


@dataclass(frozen=True)
class Derived:
    """The status that the custody events add up to.

    `event_id` is the event that decided; `against` are events of the same time that say otherwise and about
    which nobody has decided yet.
    """

    status: CustodyStatus = CustodyStatus.UNKNOWN
    event_id: str | None = None
    against: tuple[str, ...] = ()


def _moment(fact: CustodyFact) -> tuple[dt.date, dt.date]:
    low = fact.earliest or fact.latest or dt.date.min
    return (fact.latest or low, low)


def _overlap(a: CustodyFact, b: CustodyFact) -> bool:
    (a_end, a_start), (b_end, b_start) = _moment(a), _moment(b)
    return a_start <= b_end and b_start <= a_end


Fact = TypeVar("Fact", bound=CustodyFact)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return the events that count and after which the status changes, the earliest first."""
    telling = [f for f in facts if f.kind in STATUS_AFTER and f.standing is not Standing.SET_ASIDE]
    kinds = list(CustodyKind)
    return sorted(telling, key=lambda f: (_moment(f), kinds.index(f.kind)))


def derive(facts: Iterable[CustodyFact]) -> Derived:
    """Return the status after the latest event that counts.

    An event that was set aside decides nothing. Of events whose dates overlap with the latest, one that was
    marked as counting wins; if none is marked and they disagree, the latest stands and the others are named.
    """
    telling = in_order(facts)
    if not telling:
        return Derived()
    top = telling[-1]
    rivals = [f for f in telling if f is not top and _overlap(f, top)]
    chosen: Sequence[CustodyFact] = [f for f in (*rivals, top) if f.standing is Standing.COUNTS]
    if chosen:
        return Derived(STATUS_AFTER[chosen[-1].kind], chosen[-1].id)
    status = STATUS_AFTER[top.kind]
    # A wide date overlaps with its own past: "taken in 2017" does not contradict "sentenced in June 2017".
    against = [f for f in rivals if _contradicts(STATUS_AFTER[f.kind], status) and _moment(f) == _moment(top)]
    return Derived(status, top.id, tuple(f.id for f in against))


_FREE = frozenset({CustodyStatus.RELEASED, CustodyStatus.CONTROLLED})


def _contradicts(one: CustodyStatus, other: CustodyStatus) -> bool:
    """Whether two statuses cannot both be true at one time."""
    apart = (one in _FREE) != (other in _FREE) or CustodyStatus.DIED in (one, other)
    return one is not other and apart
