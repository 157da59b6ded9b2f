"""A list as a table: which columns there are, and a page of rows, sorted and paged by the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import (
    Appeal,
    Case,
    Episode,
    Event,
    Facility,
    Family,
    FamilyMember,
    Meeting,
    Office,
    OtherEvent,
    Person,
    PersonName,
    PresentedCase,
    Promise,
    PromisedCase,
    Protest,
    places,
    terms,
)
from casetracker.model.dates import KnownDate
from casetracker.model.fields import Day
from casetracker.model.terms import label_of
from casetracker.store.lists import main_name
from casetracker.store.store import Store
from casetracker.store.views.condition import Asked
from casetracker.store.views.listed import Listed, chosen
from casetracker.store.views.query import EVERYTHING, Query

_ON = Event.__table__.c
_BORN = Person.__table__.c


@dataclass(frozen=True)
class Column:
    """One column: its head, what it holds as a part of a query, how that is written, by what it is sorted."""

    key: str
    label: str
    value: Any
    write: Callable[[Any], str] = str
    by: Any = None
    at_first: bool = True  # whether it is shown until somebody chooses


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    id: str
    cells: tuple[str, ...]


def _date(edtf: str) -> str:
    return KnownDate.from_edtf(edtf).short()


def _count(entity: Any, *held: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(entity).where(*held).scalar_subquery()


def _office(key: Any) -> sa.ScalarSelect[Any]:
    return sa.select(Office.name).where(Office.id == key).scalar_subquery()


def _last_episode(column: Any) -> sa.ScalarSelect[Any]:
    last = sa.select(column).where(Episode.case_id == Case.id)
    return last.order_by(Episode.position.desc()).limit(1).scalar_subquery()


def _family(column: Any) -> sa.ScalarSelect[Any]:
    return sa.select(column).where(Family.id == Case.family_id).scalar_subquery()


def _sorted_name(person: Any) -> sa.ScalarSelect[Any]:
    name = sa.orm.aliased(PersonName)
    query = sa.select(name.folded).where(name.person_id == person)
    return query.order_by(name.position).limit(1).scalar_subquery()


def _term(vocabulary: str) -> Callable[[str], str]:
    return lambda code: terms.label(vocabulary, code)


_day = Day().format


def _happened(kind: Any) -> tuple[Column, ...]:
    """The columns of every list of events."""
    return (
        Column("on", N_("When"), _ON.on_edtf, _date, _ON.on_latest),
        Column("title", N_("Title"), kind.title),
        Column("place", N_("Place"), kind.place, places.in_language),
    )


COLUMNS: dict[str, tuple[Column, ...]] = {
    "cases": (
        Column("ref", N_("Reference"), Case.ref),
        Column("name", N_("Name"), main_name(Case.person_id), by=_sorted_name(Case.person_id)),
        Column("status", N_("Status"), Case.status, label_of),
        Column("county", N_("County or city"), _last_episode(Episode.county), places.in_language),
        Column("since", N_("Arrested"), _last_episode(Episode.__table__.c.arrested_edtf), _date, Case.since),
        Column("last_news", N_("Last news"), Case.last_news, _day),
        Column("stage", N_("Stage"), Case.stage, label_of),
        Column("release", N_("Release due"), Case.release_due, _day, at_first=False),
        Column("years", N_("Years of the sentence"), Case.term_years, at_first=False),
        Column("acknowledgement", N_("What the State says"), Case.acknowledgement, label_of, at_first=False),
        Column("certainty", N_("Certainty"), Case.certainty, label_of, at_first=False),
        Column("family", N_("Family"), _family(Family.name), at_first=False),
        Column("petitioner", N_("Petitioner"), _family(main_name(Family.petitioner_id)), at_first=False),
        Column("opened", N_("Taken down on"), Case.opened, _day, at_first=False),
    ),
    "people": (
        Column("name", N_("Name"), main_name(Person.id), by=_sorted_name(Person.id)),
        Column("sex", N_("Sex"), Person.sex, label_of),
        Column("born", N_("Born"), _BORN.birth_edtf, _date, _BORN.birth_earliest),
        Column("birthplace", N_("Place of birth"), Person.birthplace, places.in_language),
        Column("ethnicity", N_("People (ethnicity)"), Person.ethnicity),
        Column("kz_status", N_("Status in Kazakhstan"), Person.kz_status, label_of, at_first=False),
        Column("occupation", N_("Occupation"), Person.occupation, at_first=False),
    ),
    "families": (
        Column("name", N_("Name of the family"), Family.name),
        Column("petitioner", N_("Petitioner"), main_name(Family.petitioner_id)),
        Column("members", N_("Members"), _count(FamilyMember, FamilyMember.family_id == Family.id)),
        Column("cases", N_("Cases"), _count(Case, Case.family_id == Family.id)),
    ),
    "protests": (
        *_happened(Protest),
        Column("series", N_("Series"), Protest.series),
        Column("form", N_("Form"), Protest.form, _term("protest_form"), at_first=False),
        Column("crowd", N_("How many came"), Protest.crowd, at_first=False),
    ),
    "meetings": (
        Column("ref", N_("Reference"), Meeting.ref),
        Column("office", N_("Office"), _office(Meeting.office_id)),
        *_happened(Meeting),
        Column("presented", N_("Cases"), _count(PresentedCase, PresentedCase.meeting_id == Meeting.id)),
    ),
    "events": (
        Column("on", N_("When"), _ON.on_edtf, _date, _ON.on_latest),
        Column("title", N_("Title"), _ON.title),
        Column("place", N_("Place"), _ON.place, places.in_language),
        Column(
            "kind",
            N_("Kind"),
            sa.select(OtherEvent.__table__.c.kind)
            .where(OtherEvent.__table__.c.id == _ON.id)
            .scalar_subquery(),
            _term("event_kind"),
        ),
    ),
    "promises": (
        Column("words", N_("What was promised"), Promise.words),
        Column("due", N_("Due"), Promise.due, _day),
        Column(
            "office",
            N_("Office"),
            sa.select(Office.name)
            .join(Meeting.__table__, Meeting.__table__.c.office_id == Office.id)
            .where(Meeting.__table__.c.id == Promise.meeting_id)
            .scalar_subquery(),
        ),
        Column("cases", N_("Cases"), _count(PromisedCase, PromisedCase.promise_id == Promise.id)),
        Column("by", N_("Promised by"), main_name(Promise.made_by_id), at_first=False),
    ),
    "appeals": (
        Column("ref", N_("Reference"), Appeal.ref),
        Column("subject", N_("Subject"), Appeal.subject),
        Column("office", N_("Office"), _office(Appeal.office_id)),
        Column("sent", N_("Sent on"), Appeal.sent, _day),
        Column("due", N_("Answer due"), Appeal.reply_due, _day),
        Column("answered", N_("Answered on"), Appeal.answered_on, _day),
        Column("kind", N_("Kind of appeal"), Appeal.kind, _term("appeal_kind"), at_first=False),
        Column("registered", N_("Their registration number"), Appeal.registered, at_first=False),
    ),
    "facilities": (
        Column("name", N_("Name of the facility"), Facility.name),
        Column("kind", N_("Kind of facility"), Facility.kind, _term("facility_kind")),
        Column("place", N_("County or city"), Facility.place, places.in_language),
        Column("name_zh", N_("Name in Chinese"), Facility.name_zh),
    ),
}


def shown_at_first(list_key: str) -> tuple[str, ...]:
    """Return the columns that a table has until somebody chooses."""
    return tuple(column.key for column in COLUMNS[list_key] if column.at_first)


def columns(list_key: str, keys: Sequence[str]) -> list[Column]:
    """Return the columns of these keys, in that order; those of no key that is known are passed over."""
    known = {column.key: column for column in COLUMNS[list_key]}
    return [known[key] for key in dict.fromkeys(keys) if key in known]


def head(column: Column) -> str:
    """Return what stands above a column."""
    return tr(column.label)


def rows(
    store: Store,
    listed: Listed,
    query: Query = EVERYTHING,
    *,
    keys: Sequence[str] = (),
    sort: str = "",
    offset: int = 0,
    limit: int = 200,
) -> list[Row]:
    """Return a page of the table with these columns, sorted by one ("name", "-due" the other way round).

    What has no value comes last in either direction.
    """
    shown = columns(listed.key, keys or shown_at_first(listed.key))
    with store.reading() as session:
        among = chosen(listed, query, Asked(session, store.today()), with_text=True)
        page = sa.select(listed.id_column)
        if among is not None:
            page = page.where(listed.id_column.in_(among))
        if listed.only is not None:
            page = page.where(listed.only)
        order = _order(listed, sort)
        ids = page.order_by(*order).offset(offset).limit(limit)
        values = sa.select(listed.id_column, *(c.value.label(f"c{n}") for n, c in enumerate(shown)))
        found = session.execute(values.where(listed.id_column.in_(ids)).order_by(*order))
        return [_row(shown, row[0], row[1:]) for row in found]


def _row(shown: Sequence[Column], id_: str, values: Sequence[Any]) -> Row:
    return Row(id_, tuple(_cell(column, value) for column, value in zip(shown, values, strict=True)))


def _order(listed: Listed, sort: str) -> list[Any]:
    by = next(iter(columns(listed.key, [sort.lstrip("-")])), None)
    if by is None:
        return [listed.id_column]
    value = by.value if by.by is None else by.by
    way = value.desc() if sort.startswith("-") else value.asc()
    return [way.nulls_last(), listed.id_column]


def _cell(column: Column, value: Any) -> str:
    return "" if value is None else column.write(value)
