"""Intake day: the queue, a minimal case in one action, and what is still missing afterwards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Invalid
from casetracker.i18n import N_, tr
from casetracker.model import (
    Case,
    Consent,
    Episode,
    Family,
    IntakeEntry,
    Person,
    PersonName,
    Source,
)
from casetracker.model.confidentiality import Use
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.names.writing import Script
from casetracker.model.people.intake import IntakeState
from casetracker.model.sources.consent import Answer, ConsentForm
from casetracker.model.terms import label_of
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store

# What the office asks first: to keep anything at all, then to speak of it.
ASKED_FIRST = (Use.K0, Use.K3, Use.K4, Use.K6, Use.K9, Use.K12)


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    id: str
    number: int
    name: str
    state: IntakeState
    language: str
    interpreter: str
    case_id: str
    case_ref: str


def queue(store: Store, day: dt.date | None = None) -> list[Waiting]:
    """Return the queue of a day (default today) in the order of its numbers."""
    query = (
        sa.select(IntakeEntry, Case.ref)
        .outerjoin(Case, Case.id == IntakeEntry.case_id)
        .where(IntakeEntry.day == (day or store.today()))
        .order_by(IntakeEntry.number)
    )
    with store.reading() as session:
        return [
            Waiting(
                e.id,
                e.number,
                e.name or "",
                e.state,
                label_of(e.language) if e.language else "",
                e.interpreter or "",
                e.case_id or "",
                ref or "",
            )
            for e, ref in session.execute(query)
        ]


def add_to_queue(store: Store, name: str) -> str:
    """Put somebody at the end of today's queue; return the id of the entry."""
    day = store.today()
    with store.reading() as session:
        last = session.scalar(sa.select(sa.func.max(IntakeEntry.number)).where(IntakeEntry.day == day)) or 0
    draft = store.draft(IntakeEntry)
    draft.values |= {
        "day": day,
        "number": last + 1,
        "state": IntakeState.WAITING,
        "name": name.strip()[:300] or None,
    }
    return store.save(draft, tr(N_("Put into the queue")))


def days(store: Store) -> list[dt.date]:
    """Return the days on which families were taken down, the latest first."""
    with store.reading() as session:
        query = sa.select(IntakeEntry.day).distinct().order_by(IntakeEntry.day.desc())
        return list(session.scalars(query))


# Taking down


@dataclass
class Sheet:
    """The drafts behind the one page on which a minimal case is taken down."""

    entry: Draft
    petitioner: Draft
    relative: Draft
    family: Draft
    case: Draft
    answers: dict[Use, Answer | None] = field(default_factory=lambda: dict.fromkeys(ASKED_FIRST))

    @property
    def agreed_to_keep(self) -> bool:
        """Whether anything may be written down at all."""
        return self.answers[Use.K0] is Answer.AGREES


def sheet(store: Store, entry_id: str) -> Sheet:
    """Return empty drafts for one in the queue, with the children that the page fills."""
    entry = store.draft(IntakeEntry, entry_id)
    petitioner, relative = store.draft(Person), store.draft(Person)
    petitioner.add("names", full=entry.values["name"], primary=True)
    petitioner.add("contacts")
    relative.add("names", primary=True)
    relative.add("names")
    family, case = store.draft(Family), store.draft(Case)
    family.add("members")
    case.values |= {"stage": Stage.INTAKE, "opened": store.today()}
    episode = case.add("episodes")
    episode.add("custody", kind=CustodyKind.TAKEN)
    case.add("sources")
    return Sheet(entry, petitioner, relative, family, case)


def take_down(store: Store, filled: Sheet) -> str:
    """Write person, relative, family, case and consents as one action; return the id of the case.

    Raises `Invalid` with addresses that begin with the name of the draft ("relative.names.0.full").
    """
    _require(filled)
    _trim(filled)
    with store.edit(tr(N_("Take down a case"))) as edit:
        petitioner_id = _written(edit, "petitioner", filled.petitioner)
        relative_id = _written(edit, "relative", filled.relative)
        _family(filled, petitioner_id, relative_id)
        family_id = _written(edit, "family", filled.family)
        _case(filled, store.today(), petitioner_id, relative_id, family_id)
        case_id = _written(edit, "case", filled.case)
        filled.entry.values |= {"state": IntakeState.TAKEN_DOWN, "case_id": case_id}
        _written(edit, "entry", filled.entry)
    return case_id


def close_without(store: Store, entry_id: str, state: IntakeState) -> None:
    """Close an entry of which no case came; who agreed to nothing is not kept by name."""
    draft = store.draft(IntakeEntry, entry_id)
    draft.values |= {"state": state, "name": None if state is IntakeState.REFUSED else draft.values["name"]}
    store.save(draft, label_of(state))


def _written(edit: Edit, name: str, draft: Draft) -> str:
    try:
        return edit.write(draft)
    except Invalid as error:
        raise Invalid({f"{name}.{key}": text for key, text in error.problems.items()}) from error


def _require(filled: Sheet) -> None:
    problems = {}
    if not filled.agreed_to_keep:
        problems["answers"] = tr(N_("Nothing may be written down before this was agreed to."))
    for name, draft in (("petitioner", filled.petitioner), ("relative", filled.relative)):
        if not draft.children["names"][0].values.get("full"):
            problems[f"{name}.names.0.full"] = tr(N_("“{label}” is needed."), label=tr(N_("Name in full")))
    if problems:
        raise Invalid(problems)


def _trim(filled: Sheet) -> None:
    """Leave out the lines that stayed empty."""
    people = (filled.petitioner, filled.relative)
    for person in people:
        person.children["names"] = [n for n in person.children["names"] if n.values.get("full")]
        person.children["contacts"] = [c for c in person.children["contacts"] if c.values.get("value")]


def _family(filled: Sheet, petitioner_id: str, relative_id: str) -> None:
    name = filled.petitioner.children["names"][0].values["full"]
    filled.family.values |= {
        "name": tr(N_("Family of {name}"), name=name)[:300],
        "petitioner_id": petitioner_id,
        "contact_id": petitioner_id,
    }
    filled.family.children["members"][0].values |= {"person_id": petitioner_id, "to_person_id": relative_id}


def _case(filled: Sheet, day: dt.date, petitioner_id: str, relative_id: str, family_id: str) -> None:
    case = filled.case
    case.values |= {"person_id": relative_id, "family_id": family_id}
    source = case.children["sources"][0]
    source.values |= {
        "person_id": petitioner_id,
        "label": filled.petitioner.children["names"][0].values["full"],
    }
    (episode,) = case.children["episodes"]
    for event in episode.children["custody"]:
        event.values["on"] = event.values.get("on") or episode.values.get("arrested")
    for use, answer in filled.answers.items():
        if answer is not None and not any(c.values["use"] is use for c in case.children["consents"]):
            case.add(
                "consents",
                person_id=petitioner_id,
                use=use,
                answer=answer,
                given=day,
                form=ConsentForm.ORAL,
            )


# What is still missing


@dataclass(frozen=True)
class Incomplete:
    """A case that was taken down and what it still lacks, in words."""

    case_id: str
    ref: str
    name: str
    missing: tuple[str, ...]


def to_complete(store: Store, limit: int = 200) -> list[Incomplete]:
    """Return the cases at intake that lack something, the fullest last; read with a few statements."""
    with store.reading() as session:
        query = sa.select(Case.id, Case.ref, Case.person_id).where(Case.stage == Stage.INTAKE)
        cases = session.execute(query.order_by(Case.opened.desc(), Case.ref).limit(limit)).all()
        lacks = _lacks(session, [row.id for row in cases], [row.person_id for row in cases])
        names = _main_names(session, [row.person_id for row in cases])
    found = [
        Incomplete(id_, ref, names.get(person_id, ref), tuple(lacks[id_] + lacks[person_id]))
        for id_, ref, person_id in cases
    ]
    return sorted((each for each in found if each.missing), key=lambda each: -len(each.missing))


def _lacks(session: Session, cases: list[str], people: list[str]) -> dict[str, list[str]]:
    """Return in words what is missing, by the id of a case or of the relative."""
    latin = sa.select(PersonName.person_id).where(PersonName.script == Script.LATN)
    chinese = sa.select(PersonName.person_id).where(PersonName.script == Script.HANS)
    person, episode = Person.__table__.c, Episode.__table__.c
    asked: Iterable[tuple[str, list[str], sa.Select[Any]]] = (
        (tr(N_("a spelling as in the passport")), people, latin),
        (tr(N_("the name in Chinese")), people, chinese),
        (tr(N_("date of birth")), people, sa.select(person.id).where(_known(person, "birth"))),
        (tr(N_("sex")), people, sa.select(Person.id).where(Person.sex.is_not(None))),
        (tr(N_("when it happened")), cases, sa.select(episode.case_id).where(_known(episode, "arrested"))),
        (tr(N_("county")), cases, sa.select(Episode.case_id).where(Episode.county.is_not(None))),
        (tr(N_("a second source")), cases, _two_sources()),
        (tr(N_("grades of the source")), cases, _graded()),
        (tr(N_("what the family asks")), cases, sa.select(Case.id).where(Case.request.is_not(None))),
        (tr(N_("what happened")), cases, sa.select(Case.id).where(Case.account.is_not(None))),
        (tr(N_("consents that were not asked")), cases, _all_asked()),
    )
    found: dict[str, list[str]] = defaultdict(list)
    for words, ids, having in asked:
        there = set(session.scalars(having.where(having.selected_columns[0].in_(ids))))
        for each in ids:
            if each not in there:
                found[each].append(words)
    return found


def _known(table: Any, name: str) -> sa.ColumnElement[bool]:
    return sa.or_(table[f"{name}_edtf"].is_not(None), table[f"{name}_words"].is_not(None))


def _two_sources() -> sa.Select[Any]:
    return sa.select(Source.case_id).group_by(Source.case_id).having(sa.func.count() > 1)


def _graded() -> sa.Select[Any]:
    return sa.select(Source.case_id).where(Source.reliability.is_not(None), Source.credibility.is_not(None))


def _all_asked() -> sa.Select[Any]:
    asked = sa.func.count(sa.distinct(Consent.use))
    query = sa.select(Consent.case_id).where(Consent.use.in_(ASKED_FIRST), Consent.case_id.is_not(None))
    return query.group_by(Consent.case_id).having(asked >= len(ASKED_FIRST))


def _main_names(session: Session, people: list[str]) -> dict[str, str]:
    query = sa.select(PersonName.person_id, PersonName.full).where(PersonName.person_id.in_(people))
    ordered = session.execute(query.order_by(PersonName.position.desc()))
    return {row.person_id: row.full for row in ordered}  # the first name of each comes last
