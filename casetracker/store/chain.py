"""What led to what: whole chains of protests, meetings, promises, replies and changes, in their order.

The links are what the office wrote down, and that a promise was made at a meeting; no cause is guessed.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import (
    BY_NAME,
    AppealCase,
    CaseEvent,
    ChainLink,
    CustodyEvent,
    Episode,
    Event,
    Promise,
    PromisedCase,
    Reply,
)
from casetracker.model.events.chain import BACKWARDS, Joint, Strength
from casetracker.store.chain_nodes import TELL, Node, node_of
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
class _Part:
    """A link that nobody writes down, because the records say it themselves."""

    told: str  # at the later record
    before: str  # the kinds of the two records
    after: str
    key: Any  # the column of the later record that names the earlier one


_PARTS = {
    "made": _Part(N_("made at {what}"), "Meeting", "Promise", Promise.meeting_id),
    "renews": _Part(N_("promises again: {what}"), "Promise", "Promise", Promise.renews_id),
    "reply": _Part(N_("reply to {what}"), "Appeal", "Reply", Reply.appeal_id),
}


@dataclass(frozen=True)
class Tie:
    """A link between two records of a chain, the earlier one first; `id` if it was written down."""

    before: str
    after: str
    joint: Joint | None  # nothing where it follows from the records themselves, as `part` says
    strength: Strength | None = None
    note: str = ""
    id: str = ""
    part: str = ""

    def told(self, what: str) -> str:
        """Say at the later record what it has to do with the earlier one."""
        said = tr(_TOLD[self.joint] if self.joint else _PARTS[self.part].told, what=what)
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
    in_it = sa.select(AppealCase.appeal_id).where(AppealCase.case_id == case_id)
    kinds |= dict.fromkeys(reader.ids(in_it), "Appeal")
    kinds |= dict.fromkeys(reader.ids(sa.select(Reply.id).where(Reply.appeal_id.in_(in_it))), "Reply")
    links = [link for link in _links(reader, kinds) if {link[1][1], link[2][1]} <= kinds.keys()]
    made = [tie for tie in _parts(reader, kinds) if {tie.before, tie.after} <= kinds.keys()]
    chain = _told(reader, (kinds, links, made, 0))
    telling = (tie for tie in chain.ties if tie.part != "made")  # each meeting has its promises
    written = {end for tie in telling for end in (tie.before, tie.after)}
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


def _parts(reader: Reader, ids: Collection[str]) -> list[Tie]:
    """Return what follows from the records themselves about these: a promise made at a meeting, a reply, …"""
    some = list(ids)
    queries = []
    for name, part in _PARTS.items():
        own = BY_NAME[part.after].id
        ends = sa.or_(part.key.in_(some), own.in_(some))
        queries.append(sa.select(part.key, own, sa.literal(name)).where(part.key.is_not(None), ends))
    rows = reader.rows(sa.select(*sa.union_all(*queries).subquery().columns))
    return [Tie(before, after, None, part=name) for before, after, name in rows]


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
        for tie in _parts(reader, edge):
            made[tie.before, tie.after] = tie
            reached |= {tie.before: _PARTS[tie.part].before, tie.after: _PARTS[tie.part].after}
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
