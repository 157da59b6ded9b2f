"""The appeals of the example: a reply put off and overdue, one for three cases, one passed on, one to the UN.

All of them are invented; that the offices exist is public.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.example.drafts import Keys
from casetracker.example.shapes import INVENTED
from casetracker.model import Appeal, Office
from casetracker.model.entity import new_id
from casetracker.model.people.person import Language
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.post import BodyKind
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store

BODIES = {"commissioner": BodyKind.COMMISSIONER, "mfa": BodyKind.MINISTRY, "akimat": BodyKind.AKIMAT}
NEW_OFFICES: Mapping[str, Mapping[str, Any]] = {
    "prosecutor": {
        "name": "Prosecutor's office, Almaty",
        "name_ru": "Прокуратура города Алматы",
        "name_kk": "Алматы қаласының прокуратурасы",
        "city": "Almaty",
        "body": BodyKind.PROSECUTOR,
    },
    "wgad": {
        "name": "Working Group on Arbitrary Detention",
        "name_ru": "Рабочая группа по произвольным задержаниям",
        "name_kk": "Негізсіз ұстау жөніндегі жұмыс тобы",
        "city": "Geneva",
        "body": BodyKind.UN,
    },
}


@dataclass(frozen=True)
class CameBack:
    """A reply; of each case, by its reference, what it came to and what it says."""

    on: dt.date
    kind: ReplyKind
    summary: str
    number: str = ""
    cases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True)
class Sent:
    """An appeal; of each case, by its reference, what was asked."""

    key: str
    office: str
    subject: str
    values: Mapping[str, Any]
    cases: Mapping[str, str]
    replies: tuple[CameBack, ...] = ()
    signed: str = ""


EXTENDED = Sent(
    "extended",
    "mfa",
    "Three questions about consular access",
    {
        "ref": "AP-4XHT", "kind": "appeal", "channel": "e_otinish", "language": Language.RU,
        "number": "17", "sent": dt.date(2021, 7, 5), "received": dt.date(2021, 7, 7),
        "registered": "ЗТ-С-2021-00417", "registered_on": dt.date(2021, 7, 7),
        "extended_on": dt.date(2021, 7, 28), "extended_until": dt.date(2021, 9, 28),
        "extension_notice": dt.date(2021, 8, 4),
        "extension_reason": "information is awaited from the embassy",
        "summary": "Asks in each case whether the consulate was told, and when it asked for access.",
    },
    {
        "CT-7F3Q": "the number of the diplomatic note", "CT-4KWD": "when access was asked for",
        "CT-R5GY": "whether the consulate may speak with her",
    },
    (
        CameBack(
            dt.date(2021, 7, 28), ReplyKind.EXTENSION, "The term is put off until 28 September.", "11-2/4410"
        ),
    ),
    "aigul",
)  # fmt: skip
ANSWERED = Sent(
    "answered",
    "commissioner",
    "The written answer that was promised in February",
    {
        "ref": "AP-9KQC", "kind": "complaint", "channel": "by_hand", "language": Language.KK,
        "number": "21", "sent": dt.date(2021, 8, 16), "received": dt.date(2021, 8, 16),
        "registered": "1842/A", "registered_on": dt.date(2021, 8, 17),
        "summary": "The staff promised on 18 February to answer in each case; nothing came in these three.",
    },
    {
        "CT-M4RX": "a copy of the judgment", "CT-29EN": "was he released?", "CT-W3BK": "news of his illness",
    },
    (
        CameBack(
            dt.date(2021, 9, 7),
            ReplyKind.SUBSTANTIVE,
            "One letter for all three.",
            "1842/A-2",
            {
                "CT-M4RX": ("partly", "the Ministry was asked for the judgment; the year is named"),
                "CT-29EN": ("contradictory", "says he “lives an ordinary life”; the family cannot reach him"),
                "CT-W3BK": ("nothing_new", "the request was passed on"),
            },
            "Сұрау салынды, қосымша мәлімет түскен жағдайда хабарланады.",
        ),
    ),
    "toleubek",
)  # fmt: skip
FORWARDED = Sent(
    "forwarded",
    "akimat",
    "Treatment of two families at the picket of 6 July",
    {
        "ref": "AP-W7DN", "kind": "complaint", "channel": "e_otinish", "language": Language.RU,
        "number": "26", "sent": dt.date(2021, 10, 25), "received": dt.date(2021, 10, 26),
        "registered": "ЗТ-К-2021-01188", "registered_on": dt.date(2021, 10, 26),
        "forwarded_on": dt.date(2021, 10, 28), "forwarding_notice": dt.date(2021, 10, 28),
    },
    {"CT-X2M9": "who ordered the dispersal", "CT-6ZJH": "return of the placard that was taken"},
    (
        CameBack(
            dt.date(2021, 10, 28), ReplyKind.FORWARDED, "Passed on to the prosecutor of the city.", "09-31/77"
        ),
    ),
    "kulan",
)  # fmt: skip
TO_THE_UN = Sent(
    "un",
    "wgad",
    "Communication on a prison sentence",
    {
        "ref": "AP-2FVM", "kind": "wgad", "channel": "un_form", "language": Language.EN,
        "number": "UN-3", "sent": dt.date(2021, 9, 20), "registered": "G/SO 218/2",
        "summary": "He was sentenced after a visit to Kazakhstan; the family was never shown a judgment.",
    },
    {"CT-7F3Q": "an opinion on category I and V"},
    (
        CameBack(
            dt.date(2021, 10, 6), ReplyKind.INTERIM, "Received and passed to the Government.", "G/SO 218/2"
        ),
    ),
)  # fmt: skip
APPEALS = (EXTENDED, ANSWERED, FORWARDED, TO_THE_UN)


def write(store: Store, keys: Keys, label: str) -> None:
    """Write the offices and the appeals as one action."""
    with store.edit(label) as edit:
        _offices(store, edit, keys)
        for sent in APPEALS:
            edit.write(_draft(sent, keys))


def _offices(store: Store, edit: Edit, keys: Keys) -> None:
    for key, body in BODIES.items():
        office = store.draft(Office, keys.offices[key])
        edit.write(Draft(Office, office.id, office.version, {"body": body}))
    for key, values in NEW_OFFICES.items():
        keys.offices[key] = edit.write(Draft(Office, values=dict(values)))


def _draft(sent: Sent, keys: Keys) -> Draft:
    draft = Draft(Appeal, children={"cases": [], "replies": []})
    draft.values = {"office_id": keys.offices[sent.office], "subject": sent.subject, "notes": INVENTED}
    draft.values |= sent.values
    if sent.signed:
        draft.values["signed_by_id"] = keys.people[sent.signed]
    if "forwarded_on" in sent.values:
        draft.values["forwarded_to_id"] = keys.offices["prosecutor"]
    for ref, asked in sent.cases.items():
        draft.add("cases", case_id=keys.cases[ref], asked=asked)
    for came in sent.replies:
        reply = draft.add("replies", on=came.on, kind=came.kind, came=came.on, summary=came.summary)
        reply.values |= {"number": came.number or None, "words": came.words or None}
        reply.id = new_id()
        for ref, (result, said) in came.cases.items():
            reply.add("cases", case_id=keys.cases[ref], result=result, said=said)
    return draft
