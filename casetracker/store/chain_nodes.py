"""What can stand in a chain, and how each kind of record is told there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Appeal, Event, Promise
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import STATUS_AFTER, STATUS_TONE
from casetracker.store import event_kinds
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Node:
    """One record of a chain: what it is, and where a click on it leads."""

    kind: str
    id: str
    sort: str  # what kind of record it is, in words
    title: str
    on: KnownDate | None
    tone: str
    target: tuple[str, str]
    change: bool = False  # whether it is a change in a case

    @property
    def when(self) -> str:
        """The date in words."""
        return self.on.short() if self.on else tr(N_("no date"))


def _event(event: DisclosedRecord, reader: Reader) -> Node:
    kind = event.entity.__name__
    tone = event_kinds.tone(event)
    return Node(
        kind, event.id, event_kinds.sort(event), event.title, event.value("on"), tone, (kind, event.id)
    )


def _promise(promise: DisclosedRecord, reader: Reader) -> Node:
    meeting = promise.ref("meeting_id")
    on = meeting.value("on") if meeting else None
    return Node(
        "Promise", promise.id, tr(Promise.singular), promise.title, on, "amber", ("Promise", promise.id)
    )


def _change(change: DisclosedRecord, reader: Reader) -> Node:
    episode = change.ref("episode_id")
    case = episode.ref("case_id") if episode else None
    status = STATUS_AFTER.get(change.value("kind"))
    name = reader.name(case.value("person_id")) if case and case.value("person_id") else ""
    title = " · ".join(p for p in (name, change.text("kind")) if p)
    tone = STATUS_TONE[status] if status else "grey"
    target = ("Case", case.id) if case else ("CustodyEvent", change.id)
    return Node(
        "CustodyEvent", change.id, tr(N_("Change in a case")), title, change.value("on"), tone, target, True
    )


def _appeal(appeal: DisclosedRecord, reader: Reader) -> Node:
    sent = appeal.value("sent") or appeal.value("received")
    on = KnownDate.on(sent) if sent else None
    title = " · ".join(p for p in (appeal.title, appeal.text("office_id")) if p)
    return Node("Appeal", appeal.id, tr(Appeal.singular), title, on, "blue", ("Appeal", appeal.id))


def _reply(reply: DisclosedRecord, reader: Reader) -> Node:
    on, summary = reply.value("on"), reply.value("summary")
    title = " · ".join(p for p in (reply.text("kind"), summary) if p)
    target = ("Appeal", reply.value("appeal_id"))
    return Node("Reply", reply.id, tr(N_("Reply")), title, KnownDate.on(on) if on else None, "green", target)


TELL: dict[str, Callable[[DisclosedRecord, Reader], Node]] = {
    **{name: _event for name, entity in BY_NAME.items() if issubclass(entity, Event)},
    "Promise": _promise,
    "Appeal": _appeal,
    "Reply": _reply,
    "CustodyEvent": _change,
}


def node_of(reader: Reader, kind: str, record_id: str) -> Node | None:
    """Return one record as a chain tells it; None if the audience may not know of it."""
    record = reader.get(BY_NAME[kind], record_id) if kind in TELL else None
    return TELL[kind](record, reader) if record else None
