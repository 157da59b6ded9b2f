"""The history of the three axes of status: how a case stood after each thing that happened or was answered.

It is worked out whenever it is shown and stored nowhere, so it cannot disagree with what was recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casetracker.model.detention.acknowledgement import Acknowledgement, Answered, deciding
from casetracker.model.detention.certainty import Certainty, Sourced, Told, certainty
from casetracker.model.detention.custody import CustodyStatus, derive, in_order


@dataclass(frozen=True)
class Turn:
    """How the case stood after an event or an answer (`cause_id`), until the next turn."""

    cause_id: str
    status: CustodyStatus
    acknowledgement: Acknowledgement | None
    certainty: Certainty | None


def status_history(
    facts: Sequence[Sourced], answers: Sequence[Answered], sources: Mapping[str, Told]
) -> list[Turn]:
    """Return the turns in their order, the earliest first; what changed no axis is left out."""
    events = in_order(facts)
    causes: list[tuple[dt.date, int, str]] = [
        (_day(e.latest, e.earliest), n, e.id) for n, e in enumerate(events)
    ]
    causes += [(_day(a.latest, a.earliest), len(events), a.id) for a in answers]
    turns: list[Turn] = []
    seen: set[str] = set()
    for _, _, cause in sorted(causes):
        seen.add(cause)
        turn = _turn(
            cause, [e for e in events if e.id in seen], [a for a in answers if a.id in seen], sources
        )
        if not turns or _axes(turns[-1]) != _axes(turn):
            turns.append(turn)
    return turns


def _turn(
    cause: str, events: Sequence[Sourced], answers: Sequence[Answered], sources: Mapping[str, Told]
) -> Turn:
    derived, answer = derive(events), deciding(answers)
    says = answer.says if answer else None
    return Turn(cause, derived.status, says, certainty(events, derived, sources))


def _axes(turn: Turn) -> tuple[object, ...]:
    return turn.status, turn.acknowledgement, turn.certainty


def _day(latest: dt.date | None, earliest: dt.date | None) -> dt.date:
    return latest or earliest or dt.date.min
