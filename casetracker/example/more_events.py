"""Other events of the example, and what led to what. Only that the meeting followed the protest is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.example import meetings, protests
from casetracker.example.drafts import Keys
from casetracker.example.shapes import INVENTED, PRESS
from casetracker.model import (
    Case,
    ChainLink,
    CustodyEvent,
    Event,
    Hearing,
    Meeting,
    OtherEvent,
    Petition,
    Promise,
    Protest,
    Reprisal,
    UNSession,
)
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.chain import Joint, Strength
from casetracker.model.events.event import EventState, Part
from casetracker.model.events.protest import Notice
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store

COURT = "specialised administrative court, Nur-Sultan"
CALL_ALLOWED = ("CT-4KWD", dt.date(2021, 11, 5))


@dataclass(frozen=True)
class Told:
    """An event of the other kinds; people and cases by the keys of the example."""

    key: str
    kind: type[Event]
    on: str
    values: Mapping[str, Any]
    people: Mapping[str, Part] = field(default_factory=dict)
    cases: tuple[str, ...] = ()
    office: str = ""


EVENTS = (
    Told(
        "press", OtherEvent, "2021-10-05",
        {"title": "Press conference after the meeting", "kind": "press_conference", "place": "Almaty"},
        {"toleubek": Part.PARTICIPANT, "aigul": Part.PARTICIPANT}, ("CT-7F3Q",),
    ),
    Told(
        "call", Reprisal, "2021-10-03",
        {
            "title": "A call at night after the protest", "form": "call", "place": "Almaty",
            "by_whom": "a man who gave no name; he spoke Kazakh and knew the way to her house",
            "words": "“Your brother there will feel what you shout here.”",
            "kin": "a brother in Emin was asked about her the day after",
            "reported_to": "the office; the police took no statement", "reported_on": dt.date(2021, 10, 4),
            "prompt_letter": False,
        },
        {"aigul": Part.TARGET}, ("CT-7F3Q",),
    ),
    Told(
        "hearing", Hearing, "2021-10-11",
        {
            "title": "Hearing of two fines", "court": COURT, "place": "Nur-Sultan", "starts": "10:30",
            "ends": "10:50", "heard": "notices of an unlawful gathering", "result": "Both were fined.",
            "account": "Twenty minutes for two people; no interpreter for the one who has no Russian.",
        },
        {"fariza": Part.PARTICIPANT, "gulziya": Part.PARTICIPANT}, ("CT-29EN",),
    ),
    Told(
        "appeal", Hearing, "2021-11-19",
        {
            "title": "Appeal against the fine of the organiser", "court": "city court, Nur-Sultan",
            "place": "Nur-Sultan", "starts": "11:00", "state": EventState.PLANNED,
            "heard": "appeal against 145,850 tenge",
        },
        {"askhat": Part.PARTICIPANT}, ("CT-X2M9",),
    ),
    Told(
        "petition", Petition, "2021-10-18",
        {
            "title": "Petition of the families to the Ministry", "signatures": 214,
            "registered": "ZhT-2021-0000", "registered_on": dt.date(2021, 10, 19), "place": "Nur-Sultan",
            "asks": "A written answer for each family on what was asked of the Chinese side, and when.",
        },
        {"mukhit": Part.DELEGATE, "sara": Part.DELEGATE}, ("CT-4KWD", "CT-W3BK", "CT-7F3Q"), "mfa",
    ),
    Told(
        "session", UNSession, "2021-10-20",
        {
            "title": "Cases laid before a working group", "body": "wgeid", "session": "autumn session",
            "place": "Geneva",
            "statement": "Three minutes on families in Kazakhstan who have had no word for over a year.",
        },
        {}, ("CT-X2M9",),
    ),
)  # fmt: skip

PLANNED_PROTEST = Told(
    "november", Protest, "2021-11-22",
    {
        "title": "Picket planned before the consulate", "place": "Chinese consulate, Almaty",
        "form": "picket", "state": EventState.PLANNED, "starts": "10:00", "notice": Notice.UNKNOWN,
        "series": protests.RALLIES,
        "demands": "The answer that was promised on 4 October.",
    },
    {"askhat": Part.ORGANISER}, ("CT-X2M9",),
)  # fmt: skip

# The later one, how it is linked, the earlier one, how sure that is.
LINKS = (
    ("call", Joint.REPRISAL, "october", Strength.PLAUSIBLE, "the caller spoke of the placard she had held"),
    ("hearing", Joint.FOLLOWS, "october", Strength.DOCUMENTED, "the ruling names the day of the protest"),
    ("appeal", Joint.FOLLOWS, "hearing", Strength.DOCUMENTED, ""),
    ("press", Joint.FOLLOWS, "october4", Strength.DOCUMENTED, ""),
    ("petition", Joint.FOLLOWS, "mfa2021", Strength.ASSERTED, "the official said: write to us"),
    ("november", Joint.FOLLOWS, "october4", Strength.ASSERTED, ""),
)


def write(store: Store, keys: Keys, label: str) -> None:
    """Write the events, the call that was allowed, and the links, as one action."""
    with store.edit(label) as edit:
        for told in (*EVENTS, PLANNED_PROTEST):
            keys.events[told.key] = edit.write(_draft(told, keys))
        kinds = _kinds(keys)
        for later, joint, earlier, strength, why in LINKS:
            _link(edit, kinds[later], joint, kinds[earlier], (strength, why))
        for key, earlier in _before().items():
            public = key == meetings.FOURTH_OF_OCTOBER.key
            sure = (Strength.PLAUSIBLE, "named together in the report") if public else (None, "")
            _link(edit, kinds[key], Joint.FOLLOWS, kinds[earlier], sure, PRESS if public else INVENTED)
        _allow_a_call(store, edit, keys)


def _draft(told: Told, keys: Keys) -> Draft:
    draft = Draft(told.kind, children={"participants": [], "cases": []})
    draft.values = {"on": KnownDate.from_edtf(told.on), "source": INVENTED, **told.values}
    if told.office:
        draft.values["office_id"] = keys.offices[told.office]
    for person, part in told.people.items():
        draft.add("participants", person_id=keys.people[person], part=part)
    for ref in told.cases:
        draft.add("cases", case_id=keys.cases[ref], role=CaseRole.CONCERNS)
    return draft


def _before() -> dict[str, str]:
    """What the protests and meetings of the example followed, by their keys."""
    visits = (*meetings.EARLIER, meetings.FOURTH_OF_OCTOBER, *meetings.LATER)
    found = {gathering.key: gathering.follows for gathering in protests.PROTESTS}
    found |= {visit.key: visit.follows for visit in visits}
    return {key: earlier for key, earlier in found.items() if earlier}


def _kinds(keys: Keys) -> dict[str, tuple[str, str]]:
    """The kind and the id of each event."""
    kinds: dict[str, type[Event]] = {told.key: told.kind for told in (*EVENTS, PLANNED_PROTEST)}
    kinds |= dict.fromkeys((gathering.key for gathering in protests.PROTESTS), Protest)
    return {key: (kinds.get(key, Meeting).__name__, id_) for key, id_ in keys.events.items()}


def _link(
    edit: Edit, one: tuple[str, str], joint: Joint, other: tuple[str, str],
    sure: tuple[Strength | None, str], source: str = INVENTED,
) -> None:  # fmt: skip
    ends = {"about": one[0], "about_id": one[1], "to": other[0], "to_id": other[1]}
    said = {"joint": joint, "strength": sure[0], "note": sure[1] or None, "source": source}
    edit.write(Draft(ChainLink, values=ends | said))


def _allow_a_call(store: Store, edit: Edit, keys: Keys) -> None:
    """Some weeks after the Ministry said that it had asked, she could telephone: because of that, or not."""
    ref, day = CALL_ALLOWED
    case = store.draft(Case, keys.cases[ref])
    episode = case.children["episodes"][-1]
    source = case.children["sources"][0]
    call = episode.add(
        "custody", kind=CustodyKind.SEEN, on=KnownDate.on(day), source_id=source.id,
        note="five minutes on the telephone, with somebody beside her",
    )  # fmt: skip
    promises = store.draft(Meeting, keys.events["mfa2021"]).children["promises"]
    asked = next(p for p in promises if p.values["words"].startswith("Ask for a consular visit"))
    edit.write(case)
    why = "two weeks after they telephoned that they had asked"
    ends = (Promise.__name__, asked.id), (CustodyEvent.__name__, call.id)
    _link(edit, ends[0], Joint.LED_TO, ends[1], (Strength.PLAUSIBLE, why))
