"""How sure the status is: the third axis, from the sources behind what decided it.

Corroboration counts independent origins, not voices (OHCHR monitoring manual): two relatives who repeat one
telephone call are one origin. `origin_id` of a source names the source by way of which it was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Protocol

from casetracker.i18n import N_
from casetracker.model.detention.custody import STATUS_AFTER, CustodyFact, CustodyKind, Derived, in_order
from casetracker.model.sources.source import Channel, Credibility, Hand, Reliability, SourceKind


class Certainty(Enum):
    """How sure it is that the status is as it is said, the surest first."""

    DOCUMENT = N_("Confirmed by a document")
    CORROBORATED = N_("Several independent sources")
    SINGLE = N_("One credible source")
    RUMOUR = N_("Rumour, or inferred")
    CONTRADICTED = N_("Contradicted")


CERTAINTY_TONE: dict[Certainty, str] = {
    Certainty.DOCUMENT: "green",
    Certainty.CORROBORATED: "green",
    Certainty.SINGLE: "grey",
    Certainty.RUMOUR: "amber",
    Certainty.CONTRADICTED: "red",
}

_WEAK_SOURCE = frozenset({Reliability.D, Reliability.E})
_WEAK_NEWS = frozenset({Credibility.FOUR, Credibility.FIVE})


class Traced(Protocol):
    """What it takes to find where news first came from."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def person_id(self) -> str | None: ...  # noqa: D102
    @property
    def origin_id(self) -> str | None: ...  # noqa: D102


class Told(Traced, Protocol):
    """What the derivation needs to know of a source."""

    @property
    def kind(self) -> SourceKind | None: ...  # noqa: D102
    @property
    def hand(self) -> Hand | None: ...  # noqa: D102
    @property
    def channel(self) -> Channel | None: ...  # noqa: D102
    @property
    def reliability(self) -> Reliability | None: ...  # noqa: D102
    @property
    def credibility(self) -> Credibility | None: ...  # noqa: D102


class Sourced(CustodyFact, Protocol):
    """A custody event with the source that tells of it."""

    @property
    def source_id(self) -> str | None: ...  # noqa: D102


def credible(source: Told) -> bool:
    """Whether neither grade speaks against it, and it is more than silence, or talk of a third hand."""
    if source.reliability in _WEAK_SOURCE or source.credibility in _WEAK_NEWS:
        return False
    talk = source.hand is Hand.THIRD and source.kind is not SourceKind.DOCUMENT
    return not talk and source.channel is not Channel.SILENCE


def root(source: Traced, known: Mapping[str, Traced]) -> Traced:
    """Return the source from which the news first came, as far as it is recorded; survives a circle."""
    seen = {source.id}
    while (origin := source.origin_id) and origin in known and origin not in seen:
        source = known[origin]
        seen.add(source.id)
    return source


def origins(sources: Iterable[Traced], known: Mapping[str, Traced]) -> int:
    """Count the independent origins: distinct roots, and one for everything that one person told."""
    roots = [root(source, known) for source in sources]
    return len({r.person_id or r.id for r in roots})


def supporting(facts: Sequence[Sourced], derived: Derived) -> list[Sourced]:
    """Return the events that say what decided: the last run of events after which the status was that one."""
    ordered = in_order(facts)
    top = next((n for n, fact in enumerate(ordered) if fact.id == derived.event_id), None)
    if top is None:
        return []
    found = [ordered[top]]
    for fact in reversed(ordered[:top]):
        if STATUS_AFTER[fact.kind] is not derived.status:
            break
        found.append(fact)
    return found + [f for f in ordered[top + 1 :] if STATUS_AFTER[f.kind] is derived.status]


def certainty(facts: Sequence[Sourced], derived: Derived, sources: Mapping[str, Told]) -> Certainty | None:
    """Return how sure the derived status is; nothing where there is no status."""
    if derived.event_id is None:
        return None
    if derived.against:
        return Certainty.CONTRADICTED
    events = supporting(facts, derived)
    told = {e.source_id: sources[e.source_id] for e in events if e.source_id and e.source_id in sources}
    good = [source for source in told.values() if credible(source)]
    if any(source.kind is SourceKind.DOCUMENT for source in good):
        return Certainty.DOCUMENT
    if not good or all(event.kind is CustodyKind.LOST for event in events):
        return Certainty.RUMOUR
    return Certainty.CORROBORATED if origins(good, sources) > 1 else Certainty.SINGLE
