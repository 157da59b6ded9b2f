"""How the kinds of events are told apart: in words, by a tone, and by the lane of a chronology."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.model import OtherEvent
from casetracker.model.events.event import EventState
from casetracker.store.reader import DisclosedRecord

_TONES = {
    "Protest": "amber",
    "Meeting": "green",
    "Reprisal": "red",
}

# The lanes of a chronology, in their order.
LANES: dict[str, str] = {
    "custody": N_("Custody"),
    "family": N_("Family"),
    "protests": N_("Protests"),
    "officials": N_("Officials"),
    "promises": N_("Promises"),
}
_LANES = {"Protest": "protests", "Reprisal": "family"}


def tone(event: DisclosedRecord) -> str:
    """Return the name of the tone in which an event is drawn."""
    return _TONES.get(event.entity.__name__, "blue")


def lane(kind: str) -> str:
    """Return the lane of a kind of event."""
    return _LANES.get(kind, "officials")


def sort(event: DisclosedRecord) -> str:
    """Say what kind of event it is."""
    own = event.text("kind") if event.entity is OtherEvent else ""
    return own or tr(event.entity.singular)


def state_text(event: DisclosedRecord) -> str:
    """Say of an event that it is planned, or did not take place; empty if it did."""
    state = event.value("state")
    return event.text("state") if state in (EventState.PLANNED, EventState.CANCELLED) else ""
