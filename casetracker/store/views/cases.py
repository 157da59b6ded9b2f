"""What a list of cases can be narrowed by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model import (
    Appeal,
    AppealCase,
    Case,
    Consent,
    ContactEntry,
    Document,
    Episode,
    Family,
    FamilyMember,
    Person,
    PresentedCase,
    Promise,
    PromisedCase,
)
from casetracker.model.confidentiality import Use
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.case import AT_REST, Stage
from casetracker.model.detention.certainty import Certainty
from casetracker.model.detention.custody import IN_CUSTODY, CustodyStatus
from casetracker.model.events.promise import STILL_OWED
from casetracker.model.people.person import Sex
from casetracker.model.sources.consent import Answer
from casetracker.store import finding
from casetracker.store.overview import ending_consents
from casetracker.store.views.condition import (
    Asked,
    Condition,
    Operand,
    Value,
    choices,
    contains,
    day_of,
    in_place,
    number,
    of_choice,
    plain,
)
from casetracker.store.views.tagged import by_tag
from casetracker.store.views.touched import untouched

Test = sa.ColumnElement[bool]


def _episode(*held: Test) -> Test:
    return Case.id.in_(sa.select(Episode.case_id).where(*held))


def _relative(*held: Test) -> Test:
    return Case.person_id.in_(sa.select(Person.id).where(*held))


def _minor(asked: Asked) -> Test:
    born = Person.__table__.c
    grown_up = asked.today.replace(year=asked.today.year - 18, day=min(asked.today.day, 28))
    return _relative(sa.func.coalesce(born.birth_latest, born.birth_earliest) > grown_up)


def _taken(before: bool, value: Value) -> Test:
    column = Episode.__table__.c
    return _episode(
        column.arrested_latest < day_of(value) if before else column.arrested_earliest >= day_of(value)
    )


def _silent(asked: Asked, value: Value) -> Test:
    return sa.or_(Case.last_news.is_(None), Case.last_news < asked.before(value[0]))


def _beyond(asked: Asked) -> Test:
    """The sentence is over, as `model.detention.sentence.beyond` counts it, and no release is known."""
    return sa.and_(Case.release_due < asked.today, Case.status.in_([*IN_CUSTODY, CustodyStatus.NO_NEWS]))


def _promised(*held: Any) -> Test:
    owed = sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))
    query = sa.select(PromisedCase.case_id).join(Promise, Promise.id == PromisedCase.promise_id)
    return Case.id.in_(query.where(owed, *held))


def _promise_due(asked: Asked, value: Value) -> Test:
    last = asked.today + dt.timedelta(days=int(value[0]))
    return _promised(Promise.due >= asked.today, Promise.due <= last)


def _agreed(asked: Asked, value: Value) -> Test:
    """Somebody agrees today to each of these uses, and nobody refuses."""
    living = (
        Consent.given <= asked.today,
        sa.or_(Consent.until.is_(None), Consent.until >= asked.today),
        sa.or_(Consent.withdrawn.is_(None), Consent.withdrawn > asked.today),
    )

    def said(use: Use, answer: Answer) -> sa.Select[Any]:
        query = sa.select(Consent.case_id).where(Consent.case_id.is_not(None), *living)
        return query.where(Consent.use == use, Consent.answer == answer)

    return sa.and_(
        *(
            sa.and_(Case.id.in_(said(Use[u], Answer.AGREES)), Case.id.not_in(said(Use[u], Answer.REFUSES)))
            for u in value
        )
    )


def _withdrawn(asked: Asked, value: Value) -> Test:
    query = sa.select(Consent.case_id).where(Consent.case_id.is_not(None), Consent.withdrawn <= asked.today)
    return Case.id.in_(query.where(Consent.use.in_([Use[u] for u in value])))


def _no_contact(asked: Asked, value: Value) -> Test:
    called = sa.select(ContactEntry.family_id).where(ContactEntry.on >= asked.before(value[0]))
    return sa.or_(Case.family_id.is_(None), Case.family_id.not_in(called))


def _family(asked: Asked, value: Value) -> Test:
    who = sa.select(finding.people(asked.session, value[0], asked.fresh()).c.person_id)
    families = sa.select(Family.id).where(
        sa.or_(
            contains(Family.name, value[0]),
            Family.petitioner_id.in_(who),
            Family.id.in_(sa.select(FamilyMember.family_id).where(FamilyMember.person_id.in_(who))),
        )
    )
    return Case.family_id.in_(families)


def _appeal(*held: Any) -> Test:
    query = sa.select(AppealCase.case_id).join(Appeal, Appeal.id == AppealCase.appeal_id)
    return Case.id.in_(query.where(Appeal.answered_on.is_(None), *held))


def _presented(asked: Asked) -> Test:
    return Case.id.in_(sa.select(PresentedCase.case_id))


STATUS = (
    plain(
        "custody",
        N_("in custody"),
        N_("not in custody"),
        lambda _: Case.status.in_(IN_CUSTODY),
        axis="status",
    ),
    of_choice(
        "status",
        N_("Status"),
        N_("whose status is {value}"),
        N_("whose status is not {value}"),
        Case.status,
        CustodyStatus,
    ),
    of_choice(
        "acknowledgement",
        N_("What the State says"),
        N_("of which the State says: {value}"),
        N_("of which the State does not say: {value}"),
        Case.acknowledgement,
        Acknowledgement,
    ),
    of_choice(
        "certainty",
        N_("Certainty"),
        N_("whose certainty is {value}"),
        N_("whose certainty is not {value}"),
        Case.certainty,
        Certainty,
    ),
    of_choice(
        "stage", N_("Stage"), N_("at the stage {value}"), N_("not at the stage {value}"), Case.stage, Stage
    ),
    plain("closed", N_("closed"), N_("not closed"), lambda _: Case.stage.in_(AT_REST)),
    number(
        "no_news",
        N_("No news for … days"),
        N_("without news for {value} days"),
        N_("with news in the last {value} days"),
        _silent,
    ),
    plain("beyond", N_("held beyond the sentence"), N_("not held beyond the sentence"), _beyond),
)

DETENTION = (
    in_place(
        "county",
        N_("County or prefecture of detention"),
        N_("held in {value}"),
        N_("not held in {value}"),
        _episode,
        Episode.county_code,
    ),
    Condition(
        "arrested_before",
        N_("Arrested before"),
        N_("arrested before {value}"),
        N_("not arrested before {value}"),
        lambda _, value: _taken(True, value),
        Operand.DAY,
    ),
    Condition(
        "arrested_after",
        N_("Arrested since"),
        N_("arrested since {value}"),
        N_("not arrested since {value}"),
        lambda _, value: _taken(False, value),
        Operand.DAY,
    ),
    Condition(
        "sex",
        N_("Sex"),
        N_("of a person whose sex is {value}"),
        N_("of a person whose sex is not {value}"),
        lambda _, value: _relative(Person.sex.in_([Sex[name] for name in value])),
        Operand.PICK,
        choices(Sex),
        frozenset(Sex.__members__),
    ),
    plain("minor", N_("of a minor"), N_("not of a minor"), _minor),
)

WORK = (
    plain(
        "presented",
        N_("presented to an official"),
        N_("never presented to an official"),
        _presented,
    ),
    plain(
        "overdue",
        N_("with a promise overdue"),
        N_("without a promise overdue"),
        lambda asked: _promised(Promise.due < asked.today),
    ),
    number(
        "promise_due",
        N_("Promise due within … days"),
        N_("with a promise due within {value} days"),
        N_("without a promise due within {value} days"),
        _promise_due,
    ),
    plain(
        "appeal",
        N_("with an appeal not answered yet"),
        N_("without an appeal not answered yet"),
        lambda _: _appeal(),
    ),
    plain(
        "appeal_overdue",
        N_("with an appeal overdue"),
        N_("without an appeal overdue"),
        lambda asked: _appeal(Appeal.reply_due < asked.today),
    ),
    plain(
        "documents",
        N_("with documents"),
        N_("without documents"),
        lambda _: Case.id.in_(sa.select(Document.case_id).where(Document.case_id.is_not(None))),
    ),
    untouched(Case),
    by_tag(Case),
)

FAMILY = (
    Condition(
        "family",
        N_("Family (name)"),
        N_("of the family “{value}”"),
        N_("not of the family “{value}”"),
        _family,
        Operand.TEXT,
    ),
    number(
        "no_contact",
        N_("No contact with the family for … days"),
        N_("without contact with the family for {value} days"),
        N_("with contact with the family in the last {value} days"),
        _no_contact,
    ),
    plain(
        "consent",
        N_("with a consent ending within 30 days"),
        N_("without a consent ending within 30 days"),
        lambda asked: Case.id.in_(ending_consents(asked.today)),
    ),
    Condition(
        "agreed",
        N_("Consent to a use"),
        N_("with consent to {value}"),
        N_("without consent to {value}"),
        _agreed,
        Operand.PICK,
        choices(Use),
        frozenset(Use.__members__),
    ),
    Condition(
        "withdrawn",
        N_("Consent withdrawn"),
        N_("with the consent withdrawn to {value}"),
        N_("without the consent withdrawn to {value}"),
        _withdrawn,
        Operand.PICK,
        choices(Use),
        frozenset(Use.__members__),
    ),
)

CONDITIONS: tuple[Condition, ...] = (*STATUS, *DETENTION, *WORK, *FAMILY)
