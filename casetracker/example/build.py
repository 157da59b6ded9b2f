"""Write the example into an empty casebook, through the same drafts and actions as the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from casetracker.example import (
    drafts,
    meetings,
    more_appeals,
    more_detention,
    more_events,
    more_families,
    more_people,
    more_portraits,
    more_releases,
    more_sources,
    more_tags,
    more_work,
    protests,
)
from casetracker.example.cases_north import NORTH
from casetracker.example.cases_south import SOUTH
from casetracker.example.drafts import Keys
from casetracker.example.families import FAMILIES, RELATIVES
from casetracker.example.more_releases import on_day
from casetracker.example.people import DETAINED, OFFICIALS, PUBLIC
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import Case, Meeting, Protest
from casetracker.model.confidentiality import Use
from casetracker.store import handover
from casetracker.store.draft import Draft
from casetracker.store.store import Store

CONSENT_TAKEN_BACK = dt.date(2021, 11, 8)


def build(store: Store, progress: Progress | None = None) -> None:
    """Write the example into an empty store, one labelled action after the other."""
    report = progress or Silent()
    keys = Keys()
    steps = (
        (tr(N_("Offices")), _offices),
        (tr(N_("People and families")), _people),
        (tr(N_("Cases")), _cases),
        (tr(N_("What came later about the detentions")), more_detention.write),
        (tr(N_("Authority, calls, and how consent was asked for")), more_families.write),
        (tr(N_("Protests")), _protests),
        (tr(N_("Earlier meetings")), _earlier),
        (tr(N_("Meeting of 4 October")), _october),
        (tr(N_("Fines for the eight who were detained")), _fines),
        (tr(N_("Meetings after it, and the next one")), _later),
        (tr(N_("What became of the promise")), _outcomes),
        (tr(N_("Hearings, a petition, a threat, and what led to what")), more_events.write),
        (tr(N_("Appeals, and what came back")), more_appeals.write),
        (tr(N_("Papers, addresses and a facility")), more_people.write),
        (tr(N_("Citations, versions and two papers")), more_sources.write),
        (tr(N_("Portraits, which are drawings")), more_portraits.write),
        (tr(N_("Tags, notes and a term of the office's own")), more_tags.write),
        (tr(N_("Posts, promises that were made again, tasks")), more_work.write),
        (tr(N_("Papers that were given out")), more_releases.write),
        (tr(N_("A consent is taken back")), _taken_back),
    )
    for done, (label, write) in enumerate(steps):
        report.step(done, len(steps), label)
        write(store, keys, label)
    report.step(len(steps), len(steps))


def _offices(store: Store, keys: Keys, label: str) -> None:
    with store.edit(label) as edit:
        for key, values in meetings.OFFICES.items():
            keys.offices[key] = edit.write(drafts.office(values))


def _people(store: Store, keys: Keys, label: str) -> None:
    with store.edit(label) as edit:
        for human in (*PUBLIC, *OFFICIALS, *DETAINED, *RELATIVES):
            keys.people[human.key] = edit.write(drafts.person(human))
        for family in FAMILIES:
            keys.families[family.key] = edit.write(drafts.family(family, keys))


def _cases(store: Store, keys: Keys, label: str) -> None:
    with store.edit(label) as edit:
        for told in (*NORTH, *SOUTH):
            keys.cases[told.ref] = edit.write(drafts.case(told, keys))


def _protests(store: Store, keys: Keys, label: str) -> None:
    with store.edit(label) as edit:
        for gathering in protests.PROTESTS:
            keys.events[gathering.key] = edit.write(drafts.protest(gathering, keys))


def _earlier(store: Store, keys: Keys, label: str) -> None:
    with store.edit(label) as edit:
        for visit in meetings.EARLIER:
            keys.events[visit.key] = edit.write(drafts.meeting(visit, keys))


def _october(store: Store, keys: Keys, label: str) -> None:
    visit = meetings.FOURTH_OF_OCTOBER
    with store.edit(label) as edit:
        keys.events[visit.key] = edit.write(drafts.meeting(visit, keys))
    with on_day(store, visit.on):
        handover.hand_over(store, keys.events[visit.key])


def _fines(store: Store, keys: Keys, label: str) -> None:
    protest = store.draft(Protest, keys.events["october"])
    drafts.fine(protest, keys)
    store.save(protest, label)


def _later(store: Store, keys: Keys, label: str) -> None:
    with store.edit(label) as edit:
        for visit in meetings.LATER:
            keys.events[visit.key] = edit.write(drafts.meeting(visit, keys))


def _outcomes(store: Store, keys: Keys, label: str) -> None:
    meeting = store.draft(Meeting, keys.events[meetings.FOURTH_OF_OCTOBER.key])
    (promise,) = meeting.children["promises"]
    covered = {c.values["case_id"]: c for c in promise.children["covers"]}
    for came in meetings.SINCE:
        covered[keys.cases[came.ref]].values |= drafts.outcome(came)
    store.save(meeting, label)


def _taken_back(store: Store, keys: Keys, label: str) -> None:
    case = store.draft(Case, keys.cases["CT-B9FV"])
    for consent in _uses(case, Use.K3, Use.K4):
        consent.values["withdrawn"] = CONSENT_TAKEN_BACK
    store.save(case, label)


def _uses(case: Draft, *uses: Use) -> Iterator[Draft]:
    return (consent for consent in case.children["consents"] if consent.values["use"] in uses)
