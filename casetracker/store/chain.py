"""What led to what: whole chains of protests, meetings, promises, replies and changes, in their order.

The links are what the office wrote down, and that a promise was made at a meeting; no cause is guessed.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import (
    BY_NAME,
    CaseEvent,
    ChainLink,
    CustodyEvent,
    Episode,
    Event,
    Promise,
    PromisedCase,
)
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import STATUS_AFTER, STATUS_TONE
from casetracker.model.events.chain import BACKWARDS, Joint, Strength
from casetracker.store import event_kinds
from casetracker.store.reader import DisclosedRecord, Reader

MOST = 80  # records in one chain; a longer one is cut where it is farthest from the record asked about

# How a link is told at the later of its two records.
_TOLD = {
    Joint.LED_TO: N_("came of {what}"),
    Joint.ANSWERS: N_("in answer to {what}"),
    Joint.REPRISAL: N_("reprisal for {what}"),
    Joint.FOLLOWS: N_("follows up {what}"),
    Joint.SERIES: N_("same series as {what}"),
}


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


@dataclass(frozen=True)
class Tie:
    """A link between two records of a chain, the earlier one first; `id` if it was written down."""

    before: str
    after: str
    joint: Joint | None  # nothing where the later one is a part of the earlier one
    strength: Strength | None = None
    note: str = ""
    id: str = ""

    def told(self, what: str) -> str:
        """Say at the later record what it has to do with the earlier one."""
        said = tr(_TOLD[self.joint], what=what) if self.joint else tr(N_("made at {what}"), what=what)
        sure = tr(self.strength.value).lower() if self.strength else ""
        return " · ".join(p for p in (said, sure, self.note) if p)


@dataclass(frozen=True)
class Chain:
    """Records in the order in which one led to the other, and the links between them."""

    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    more: int = 0  # how many records were left out because the chain is longer

    def before(self, node_id: str) -> list[Tie]:
        """The links by which a record came of earlier ones."""
        return [tie for tie in self.ties if tie.after == node_id]

    def node(self, node_id: str) -> Node:
        """The record of that id."""
        return next(n for n in self.nodes if n.id == node_id)


# How each kind of record is told. Appeals and replies add their line here.


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


TELL: dict[str, Callable[[DisclosedRecord, Reader], Node]] = {
    **{name: _event for name, entity in BY_NAME.items() if issubclass(entity, Event)},
    "Promise": _promise,
    "CustodyEvent": _change,
}


# Reading


def chain_of(reader: Reader, kind: str, record_id: str) -> Chain:
    """Return all that is linked with a record, over any number of links, in order; empty if nothing is."""
    chain = _told(reader, _reached(reader, {record_id: kind}))
    return _part(chain, _connected(chain, record_id))


def chain_of_case(reader: Reader, case_id: str) -> Chain:
    """Return what bears on a case and was linked with each other: its events, promises and changes."""
    kinds: dict[str, str] = {}
    events = sa.select(CaseEvent.event_id).where(CaseEvent.case_id == case_id)
    promised = sa.select(PromisedCase.promise_id).where(PromisedCase.case_id == case_id)
    for event in reader.many(Event, reader.ids(events)):
        kinds[event.id] = event.entity.__name__
    kinds |= dict.fromkeys(reader.ids(promised), "Promise")
    kinds |= dict.fromkeys(_changes(reader, case_id), "CustodyEvent")
    links = [link for link in _links(reader, kinds) if {link[1][1], link[2][1]} <= kinds.keys()]
    made = [tie for tie in _made_at(reader, kinds) if {tie.before, tie.after} <= kinds.keys()]
    chain = _told(reader, (kinds, links, made, 0))
    written = {end for tie in chain.ties if tie.id for end in (tie.before, tie.after)}
    return _part(chain, {i for end in written for i in _connected(chain, end)})


def what_moved(reader: Reader, case_id: str) -> list[tuple[Node, Chain]]:
    """Return the changes in a case that something is said to have moved, each with what came before it."""
    found = []
    for change in reader.many(CustodyEvent, _changes(reader, case_id)):
        chain = chain_of(reader, "CustodyEvent", change.id)
        earlier = _earlier(chain, change.id)
        if len(earlier) > 1:
            found.append((chain.node(change.id), _part(chain, earlier)))
    return found


def follows(reader: Reader, event_id: str) -> DisclosedRecord | None:
    """Return the record that an event follows up or answers, the first that was written down."""
    query = sa.select(ChainLink.to_id).where(ChainLink.about_id == event_id, ChainLink.joint.in_(BACKWARDS))
    ordered = query.order_by((ChainLink.joint == Joint.FOLLOWS).desc())
    return next(iter(reader.many(Event, reader.ids(ordered))), None)


def links_of(reader: Reader, record_id: str) -> list[DisclosedRecord]:
    """Return the links that were written down at a record, from either end."""
    ends = sa.or_(ChainLink.about_id == record_id, ChainLink.to_id == record_id)
    return reader.many(ChainLink, reader.ids(sa.select(ChainLink.id).where(ends)))


def told_from(reader: Reader, link: DisclosedRecord, record_id: str) -> tuple[str, Node] | None:
    """Return a link as it reads from one of its ends: how they are linked, and what is there."""
    near = link.value("about_id") == record_id
    kind, key = (link.value(n) for n in (("to", "to_id") if near else ("about", "about_id")))
    node = node_of(reader, kind, key)
    if node is None:
        return None
    joint: Joint = link.value("joint")
    return (tr(joint.value) if near else tr(_FROM_THERE[joint])), node


_FROM_THERE = {
    Joint.LED_TO: N_("Came of"),
    Joint.ANSWERS: N_("Answered by"),
    Joint.REPRISAL: N_("Followed by the reprisal"),
    Joint.FOLLOWS: N_("Followed up by"),
    Joint.SERIES: N_("Same series as"),
}


def node_of(reader: Reader, kind: str, record_id: str) -> Node | None:
    """Return one record as a chain tells it; None if the audience may not know of it."""
    record = reader.get(BY_NAME[kind], record_id) if kind in TELL else None
    return TELL[kind](record, reader) if record else None


def _changes(reader: Reader, case_id: str) -> list[str]:
    query = sa.select(CustodyEvent.id).join(Episode, CustodyEvent.episode_id == Episode.id)
    return reader.ids(query.where(Episode.case_id == case_id))


End = tuple[str, str]  # kind and id
Link = tuple[str, End, End]  # the id of the link, and its two ends
_Found = tuple[dict[str, str], list[Link], list[Tie], int]


def _links(reader: Reader, ids: Collection[str]) -> list[Link]:
    """Return the links that touch one of these records, not yet passed through the gate."""
    some, c = list(ids), ChainLink
    ends = sa.or_(c.about_id.in_(some), c.to_id.in_(some))
    rows = reader.rows(sa.select(c.id, c.about, c.about_id, c.to, c.to_id).where(ends))
    return [(id_, (about, about_id), (to, to_id)) for id_, about, about_id, to, to_id in rows]


def _made_at(reader: Reader, ids: Collection[str]) -> list[Tie]:
    """Return which promises were made at which of these meetings, and at which meetings these promises."""
    some = list(ids)
    ends = sa.or_(Promise.meeting_id.in_(some), Promise.id.in_(some))
    rows = reader.rows(sa.select(Promise.meeting_id, Promise.id).where(ends))
    return [Tie(meeting, promise, None) for meeting, promise in rows]


def _reached(reader: Reader, kinds: dict[str, str]) -> _Found:
    """Go from link to link until nothing new is reached; a circle ends where it began."""
    links: dict[str, Link] = {}
    made: dict[tuple[str, str], Tie] = {}
    edge, more = set(kinds), 0
    while edge:
        reached: dict[str, str] = {}
        for link in _links(reader, edge):
            links[link[0]] = link
            reached |= {id_: kind for kind, id_ in link[1:]}
        for tie in _made_at(reader, edge):
            made[tie.before, tie.after] = tie
            reached |= {tie.before: "Meeting", tie.after: "Promise"}
        new = [i for i in reached if i not in kinds]
        kept = new[: max(MOST - len(kinds), 0)]
        more += len(new) - len(kept)
        kinds |= {i: reached[i] for i in kept}
        edge = set(kept)
    return kinds, list(links.values()), list(made.values()), more


def _told(reader: Reader, found: _Found) -> Chain:
    """Leave out what this audience may not know of, and what is linked with nothing; order the rest."""
    kinds, links, made, more = found
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id_, kind in kinds.items():
        by_kind[kind].append(id_)
    nodes = {
        record.id: TELL[kind](record, reader)
        for kind, ids in by_kind.items()
        if kind in TELL
        for record in reader.many(BY_NAME[kind], ids)
    }
    ends = {id_: (one[1], other[1]) for id_, one, other in links}
    known = reader.many(ChainLink, ends)
    ties = [_tie(link, *ends[link.id], nodes) for link in known if nodes.keys() >= set(ends[link.id])]
    ties += [tie for tie in made if tie.before in nodes and tie.after in nodes]
    tied = {end for tie in ties for end in (tie.before, tie.after)}
    order = _in_order([n for n in nodes.values() if n.id in tied], ties)
    return Chain(tuple(order), tuple(ties), more)


def _tie(link: DisclosedRecord, one: str, other: str, nodes: dict[str, Node]) -> Tie:
    joint: Joint = link.value("joint")
    if joint in BACKWARDS or (joint is Joint.SERIES and _day(nodes[other]) < _day(nodes[one])):
        one, other = other, one
    return Tie(one, other, joint, link.value("strength"), link.value("note") or "", link.id)


def _day(node: Node) -> dt.date:
    return (node.on.earliest or node.on.latest or dt.date.max) if node.on else dt.date.max


def _in_order(nodes: Sequence[Node], ties: Iterable[Tie]) -> list[Node]:
    """Put what led to something before it, and else what was earlier; a circle is entered at its earliest."""
    after: dict[str, list[str]] = defaultdict(list)
    waits = dict.fromkeys((node.id for node in nodes), 0)
    for tie in ties:
        after[tie.before].append(tie.after)
        waits[tie.after] += 1
    by_id = {node.id: node for node in nodes}
    rest = sorted(nodes, key=lambda n: (_day(n), n.title, n.id))
    ready = [(_day(n), n.title, n.id) for n in rest if not waits[n.id]]
    heapq.heapify(ready)
    placed: dict[str, Node] = {}
    while len(placed) < len(nodes):
        if ready:
            current = heapq.heappop(ready)[2]
        else:
            current = next(n.id for n in rest if n.id not in placed)
        if current in placed:
            continue
        placed[current] = by_id[current]
        for later in after[current]:
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, (_day(by_id[later]), by_id[later].title, later))
    return list(placed.values())


def _connected(chain: Chain, node_id: str) -> set[str]:
    """Return what is still linked with a record, once the links that may not be known are gone."""
    near: dict[str, set[str]] = defaultdict(set)
    for tie in chain.ties:
        near[tie.before].add(tie.after)
        near[tie.after].add(tie.before)
    found, edge = {node_id}, {node_id}
    while edge:
        edge = {other for id_ in edge for other in near[id_]} - found
        found |= edge
    return found


def _part(chain: Chain, ids: set[str]) -> Chain:
    nodes = tuple(node for node in chain.nodes if node.id in ids)
    return Chain(nodes, tuple(t for t in chain.ties if {t.before, t.after} <= ids), chain.more)


def _earlier(chain: Chain, node_id: str) -> set[str]:
    """Return a record and all that it came of, directly or not."""
    found, edge = {node_id}, [node_id]
    while edge:
        edge = [t.before for id_ in edge for t in chain.before(id_) if t.before not in found]
        found |= set(edge)
    return found
