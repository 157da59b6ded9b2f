"""What is typed over a list: which records of the list are meant, in any script."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from casetracker.model import (
    Appeal,
    AppealCase,
    Case,
    Event,
    Facility,
    Family,
    FamilyMember,
    Meeting,
    Office,
    Participant,
    Person,
    Promise,
    PromisedCase,
    Protest,
    places,
)
from casetracker.store import finding
from casetracker.store.views.condition import Asked, contains

Test = sa.ColumnElement[bool]
_ON = Event.__table__.c


def _who(asked: Asked, text: str) -> sa.Select[Any]:
    return sa.select(finding.people(asked.session, text, asked.fresh()).c.person_id)


def _codes(text: str) -> list[str]:
    return [place.code for place in places.with_name(text)]


def _event(asked: Asked, text: str) -> sa.Select[Any]:
    """Events by title, by place under any of its names, and by the people in them."""
    took_part = sa.select(Participant.event_id).where(Participant.person_id.in_(_who(asked, text)))
    ways = [contains(_ON.title, text), contains(_ON.place, text), _ON.id.in_(took_part)]
    if codes := _codes(text):
        ways.append(_ON.place_code.in_(codes))
    return sa.select(_ON.id).where(sa.or_(*ways))


def people(asked: Asked, text: str) -> Test:
    """Return who is called so."""
    return Person.id.in_(_who(asked, text))


def protests(asked: Asked, text: str) -> Test:
    """Return the protests that are meant."""
    return sa.or_(Protest.id.in_(_event(asked, text)), contains(Protest.series, text))


def meetings(asked: Asked, text: str) -> Test:
    """Return the meetings that are meant: by their office too."""
    office = sa.select(Office.id).where(contains(Office.name, text))
    number = contains(Meeting.ref, text)
    return sa.or_(Meeting.id.in_(_event(asked, text)), Meeting.office_id.in_(office), number)


def events(asked: Asked, text: str) -> Test:
    """Return the other events that are meant."""
    return _ON.id.in_(_event(asked, text))


def cases(asked: Asked, text: str) -> Test:
    """Return the cases whose relative is called so, or whose number has it."""
    return Case.id.in_(_cases(asked, text))


def families(asked: Asked, text: str) -> Test:
    """Return the families that are called so, or in which somebody is."""
    who = _who(asked, text)
    member = sa.select(FamilyMember.family_id).where(FamilyMember.person_id.in_(who))
    by_name = Family.name.icontains(text, autoescape=True)
    return sa.or_(by_name, Family.petitioner_id.in_(who), Family.id.in_(member))


def _cases(asked: Asked, text: str) -> sa.Select[Any]:
    number = Case.ref.contains(text.upper(), autoescape=True)
    return sa.select(Case.id).where(sa.or_(Case.person_id.in_(_who(asked, text)), number))


def promises(asked: Asked, text: str) -> Test:
    """Return the promises that are meant: by their words, their office, and the cases they cover."""
    office = sa.select(Meeting.id).join(Office, Office.id == Meeting.office_id)
    covered = sa.select(PromisedCase.promise_id).where(PromisedCase.case_id.in_(_cases(asked, text)))
    return sa.or_(
        contains(Promise.words, text),
        Promise.meeting_id.in_(office.where(contains(Office.name, text))),
        Promise.id.in_(covered),
    )


def facilities(asked: Asked, text: str) -> Test:
    """Return the facilities that are meant, by any of their names and by their place."""
    names = (Facility.name, Facility.name_zh, Facility.other_names, Facility.place)
    ways = [contains(name, text) for name in names]
    if codes := _codes(text):
        ways.append(Facility.place_code.in_(codes))
    return sa.or_(*ways)


def appeals(asked: Asked, text: str) -> Test:
    """Return the appeals that are meant: by subject, numbers, office, and the cases in them."""
    names = (Appeal.subject, Appeal.ref, Appeal.number, Appeal.registered)
    office = sa.select(Office.id).where(contains(Office.name, text))
    held = sa.select(AppealCase.appeal_id).where(AppealCase.case_id.in_(_cases(asked, text)))
    return sa.or_(*(contains(n, text) for n in names), Appeal.office_id.in_(office), Appeal.id.in_(held))
