"""The families of the example, continued: who may act for them, calls, how consent was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.example import USER
from casetracker.example.drafts import Keys
from casetracker.model import Case, Family
from casetracker.model.names.writing import Language
from casetracker.model.sources.consent import Answer
from casetracker.store.store import Store

COLLEAGUE = "D. Omar"


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class _Acts:
    """One authority; without `ref` it is for every case of the family."""

    family: str
    person: str
    document: str
    since: str
    until: str = ""
    ref: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Called:
    """One entry of a contact log."""

    family: str
    person: str
    on: str
    said: str
    channel: str = "phone"
    ref: str = ""
    next_due: str = ""
    done: str = ""
    by_family: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


ACTS = (
    _Acts("nurlanuly", "aigul", "kinship_paper", "2021-01-05", more={"note": "marriage certificate, seen"}),
    _Acts("nurlanuly", "toleubek", "simple_power", "2021-02-01", "2021-12-01", more={"number": "12/2021"}),
    _Acts("abdi", "mukhit", "notarised_power", "2020-10-20", "2021-10-20", more={"number": "1-4471"}),
    _Acts("tolegen", "askhat", "application", "2021-01-12", ref="CT-X2M9"),
    _Acts("beken", "talgat", "kinship_paper", "2021-03-02"),
    _Acts("beken", "toleubek", "simple_power", "2021-03-02", more={"withdrawn": _day("2021-09-06")}),
    _Acts("dosan", "gulziya", "application", "2021-04-20"),
    _Acts("azizjan", "patam", "oral", "2021-05-11"),
    _Acts("ilyar", "patam", "guardianship", "2021-06-15", more={"note": "copy asked for"}),
)

CALLED = (
    _Called(
        "nurlanuly", "aigul", "2021-09-30", "Will come to Nur-Sultan; asks who minds the boy meanwhile.",
        ref="CT-7F3Q", next_due="2021-10-04", done="2021-10-02", more={"time": "19:20"},
    ),
    _Called(
        "nurlanuly", "aigul", "2021-10-02", "Released at night; shaken, unhurt. Wants a lawyer.",
        channel="messenger_call", by_family=True, more={"time": "08:10", "by": COLLEAGUE},
    ),
    _Called(
        "nurlanuly", "aigul", "2021-10-31", "No answer from the Commissioner's office has reached her.",
        ref="CT-7F3Q", next_due="2021-11-15", more={"time": "19:30"},
    ),
    _Called("abdi", "mukhit", "2021-10-26", "", next_due="2021-11-05", more={"reached": False}),
    _Called(
        "abdi", "mukhit", "2021-09-12", "The daughter begins to ask; he will tell her himself.",
        channel="office", ref="CT-4KWD",
    ),
    _Called(
        "dosan", "gulziya", "2021-10-18", "Sent a picture of a letter; originals stay with her.",
        channel="message", ref="CT-R5GY",
    ),
    _Called(
        "gulmamad", "gulnoz", "2021-11-03", "Said at once that it is a bad time; she will call.",
        more={"safe": False, "time": "11:45"},
    ),
    _Called(
        "ilyar", "patam", "2021-11-01", "The boy is said to be at a boarding school in the county town.",
        channel="home", ref="CT-5NDT", next_due="2021-12-01",
    ),
)  # fmt: skip


def write(store: Store, keys: Keys, label: str) -> None:
    """Write it into the families and the cases as one action."""
    with store.edit(label) as edit:
        for key in dict.fromkeys([*(a.family for a in ACTS), *(c.family for c in CALLED)]):
            draft = store.draft(Family, keys.families[key])
            for acts in (a for a in ACTS if a.family == key):
                draft.add("authorities", **_authority(acts, keys))
            for called in (c for c in CALLED if c.family == key):
                draft.add("contact_log", **_entry(called, keys))
            edit.write(draft)
        for ref, case_id in keys.cases.items():
            case = store.draft(Case, case_id)
            for consent in case.children["consents"]:
                consent.values |= _how_asked(ref)
                if ref == "CT-29EN" and consent.values["answer"] is Answer.AGREES:
                    consent.values["conditions"] = "not before the mother has been told"
            edit.write(case)


def _authority(acts: _Acts, keys: Keys) -> dict[str, Any]:
    return {
        "person_id": keys.people[acts.person],
        "case_id": keys.cases[acts.ref] if acts.ref else None,
        "document": acts.document,
        "since": _day(acts.since),
        "until": _day(acts.until) if acts.until else None,
        **acts.more,
    }


def _entry(called: _Called, keys: Keys) -> dict[str, Any]:
    return {
        "person_id": keys.people[called.person],
        "case_id": keys.cases[called.ref] if called.ref else None,
        "on": _day(called.on),
        "channel": called.channel,
        "direction": "family_called" if called.by_family else "office_called",
        "by": USER,
        "reached": True,
        "safe": True if called.said else None,
        "said": called.said or None,
        "next_due": _day(called.next_due) if called.next_due else None,
        "done": _day(called.done) if called.done else None,
        **called.more,
    }


def _how_asked(ref: str) -> dict[str, Any]:
    """How consent was asked for: in Kazakh by the office; of the boy's guardian with an interpreter."""
    if ref == "CT-5NDT":
        return {
            "capacity": "guardian",
            "explained_in": Language.UG,
            "explained_by": COLLEAGUE,
            "interpreter": "a volunteer of the office",
        }
    return {"capacity": "closest_relative", "explained_in": Language.KK, "explained_by": USER}
