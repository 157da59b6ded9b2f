"""What of a casebook exists for a family's representative: the rows of their families, and nothing else.

On the connections of such a user every table is covered by a temporary view of the same name, which the
database finds first: whatever the program asks (a list, a search, a count, a link, the history), whoever
wrote the question, is answered from these views. The authorizer of the connection refuses every way past
them. So there is one place where this is decided, and what it does not name is empty: a table of a later
entity is withheld until it has a path to a family in `_PATHS`.

Of the rows that remain, the fields are those which the audience "the family" may read, by the one table of
`model/confidentiality.py`; what is kept more closely than for officials does not exist. Where a record
concerns other families too (an appeal for twelve cases), its texts are left out but for the title: nobody can
say whom they name.

This guards against what the program shows. Whoever holds a key slot holds the key of the whole file.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from functools import cache

import sqlalchemy as sa

import casetracker.store.audit.accesses
import casetracker.store.audit.entries
import casetracker.store.kept_drafts
import casetracker.store.meta  # noqa: F401 - the tables of all four are part of the casebook
from casetracker.model import ENTITIES
from casetracker.model.confidentiality import CLEARANCE, MATRIX, WITHHELD, Audience, show
from casetracker.model.entity import Base, Entity, values_of
from casetracker.model.fields import LongText, PlaceName, Text
from casetracker.store import fulltext
from casetracker.store.engine import Cover
from casetracker.store.found_texts import fields_found
from casetracker.store.history import columns_of

_LEVEL = int(CLEARANCE[Audience.FAMILY])
# Tables that a statement may read past the views: the index of texts, which holds words and numbers of rows
# (the rows themselves are in a view), and what says which tables there are.
_PAST_THE_VIEWS = (fulltext.TABLES - {fulltext.PLACES}) | {
    "sqlite_master",
    "sqlite_schema",
    "alembic_version",
}


def _in(column: str, table: str, key: str = "id") -> str:
    """That a column of the row is the key of one of their own rows of another table."""
    return f"t.{column} IN (SELECT {key} FROM temp.theirs_{table})"


def _of(table: str, key: str) -> str:
    """That the row is named by one of their own rows of another table."""
    return f"t.id IN (SELECT {key} FROM temp.theirs_{table})"


def _others(table: str, key: str, column: str, owner: str) -> str:
    """That another table joins the row with something that is not theirs."""
    foreign = f"x.{column} NOT IN (SELECT id FROM temp.theirs_{owner})"
    return f"EXISTS (SELECT 1 FROM main.{table} x WHERE x.{key} = t.id AND {foreign})"


_EVENTS = (
    *("events", "protests", "meetings", "hearings", "petitions", "un_sessions", "reprisals"),
    "other_events",
)

# By table: which rows belong to the families of a user. In this order, because each builds on the former.
_PATHS: dict[str, str] = {
    "user_families": "t.user_id = '{user}'",
    "users": "t.id = '{user}'",
    "families": _of("user_families", "family_id"),
    "reviews": _in("family_id", "families"),
    "family_members": _in("family_id", "families"),
    "authorities": _in("family_id", "families"),
    "cases": _in("family_id", "families"),
    "persons": " OR ".join(
        [
            _of("cases", "person_id"),
            _of("family_members", "person_id"),
            *(_of("families", key) for key in ("petitioner_id", "representative_id")),
        ]
    ),
    **dict.fromkeys(
        (
            *("episodes", "state_answers", "case_events", "sources", "presented_cases", "promised_cases"),
            *("appeal_cases", "reply_cases", "reply_form_answers", "review_cases", "review_answers"),
        ),
        _in("case_id", "cases"),
    ),
    **dict.fromkeys(("suspected_reasons", "judgments", "custody_events"), _in("episode_id", "episodes")),
    **dict.fromkeys(("participants", "portraits"), _in("person_id", "persons")),
    "penalties": _in("participant_id", "participants"),
    "events": " OR ".join(
        [
            _of("case_events", "event_id"),
            _of("presented_cases", "meeting_id"),
            _of("participants", "event_id"),
        ]
    ),
    **dict.fromkeys(_EVENTS[1:], _in("id", "events")),
    "promises": _of("promised_cases", "promise_id"),
    "appeals": _of("appeal_cases", "appeal_id"),
    "replies": _of("reply_cases", "reply_id"),
    "reply_forms": _of("reply_form_answers", "form_id"),
    "facilities": _of("custody_events", "facility_id"),
    # What is the same for everybody: offices of the State, their officials, rules, lists of terms.
    "offices": "1",
    "posts": "1",
    "tenures": "t.person_id IN (SELECT id FROM main.persons WHERE public_figure)",
    **dict.fromkeys(("own_terms", "deadline_rules", "days_off", "index_rates"), "1"),
}
_ANY_LEVEL = {"user_families", "users", "own_terms", "deadline_rules", "days_off", "index_rates"}
# Rows that are seen, though no path to a family leads to them: officials, for what they did in office.
_OFFICIALS = _of("tenures", "person_id")
_NAMED_BY = {"person_names": ("person_id", "persons"), "name_keys": ("name_id", "person_names")}
# By table: which rows concern other families too. The texts of these are left out.
_SHARED: dict[str, str] = {
    "appeals": _others("appeal_cases", "appeal_id", "case_id", "cases"),
    "replies": _others("reply_cases", "reply_id", "case_id", "cases"),
    "promises": _others("promised_cases", "promise_id", "case_id", "cases"),
    "reply_forms": _others("reply_form_answers", "form_id", "case_id", "cases"),
    "facilities": "1",
    **dict.fromkeys(
        _EVENTS,
        " OR ".join(
            [
                _others("case_events", "event_id", "case_id", "cases"),
                _others("presented_cases", "meeting_id", "case_id", "cases"),
                _others("participants", "event_id", "person_id", "persons"),
            ]
        ),
    ),
}
# Tables that are no entities and have rules of their own, below.
_OF_THE_STORE = {"casebook", "found_texts", "audit_changes", "audit_actions"}
_RECORDS = "SELECT id FROM temp.theirs_records"  # whatever their kind: no two records have the same id
_CHANGES = "SELECT 1 FROM main.audit_changes c WHERE c.action_id = t.id"
_TITLES = {"title", "name", "ref"}
_OPEN_COLUMNS = {"casebook": ("casebook_id", "created_at", "program_version")}


def cover(user_id: str) -> Cover:
    """Return what covers every table of a connection, for one user (the id of a key slot)."""
    if not re.fullmatch("[0-9a-f]{32}", user_id):
        raise ValueError("not the id of a user")
    mark = f"theirs_{secrets.token_hex(16)}_"
    made = [view.replace("{user}", user_id).replace("theirs_", mark) for view in _statements()]
    return Cover(made, _PAST_THE_VIEWS, mark)


@cache
def _statements() -> tuple[str, ...]:
    tables = _tables()
    own = [made for name, path in _paths().items() for made in _own(tables[name], path)]
    without = [_empty(name) for name in tables if name not in _paths()]
    each = " UNION ALL ".join(f"SELECT id FROM temp.theirs_{table}" for table, _ in _entities())
    records = f"CREATE TEMP VIEW theirs_records AS {each}"
    views = [made for table in tables.values() for made in _view(table)]
    places = f"CREATE TEMP VIEW {fulltext.PLACES} AS SELECT '' term, 0 doc, '' col, 0 \"offset\" WHERE 0"
    return (*own, *without, records, *views, places)


def _tables() -> Mapping[str, sa.Table]:
    return Base.metadata.tables


@cache
def _paths() -> dict[str, str]:
    """Return the paths, with those that build on what is seen of a person and not only of a family."""
    named = {table: _in(column, f"{owner}_seen" if owner == "persons" else owner)
             for table, (column, owner) in _NAMED_BY.items()}  # fmt: skip
    return {**_PATHS, **named}


def _own(table: sa.Table, path: str) -> list[str]:
    """The keys of their rows of a table, with the columns by which other rows are reached."""
    keys = sorted({c.name for c in table.columns if c.foreign_keys} | {c.name for c in table.primary_key})
    columns = ", ".join(f"t.{key}" for key in keys)
    rows = f"FROM main.{table.name} t WHERE ({path}) AND {_level(table)}"
    made = f"CREATE TEMP VIEW theirs_{table.name} AS SELECT {columns} {rows}"
    if table.name != "tenures":
        return [made]
    # Now that it is known who holds an office: everybody of whom they may read a name.
    officials = f"SELECT t.id FROM main.persons t WHERE {_OFFICIALS} AND {_level(_tables()['persons'])}"
    return [
        made,
        f"CREATE TEMP VIEW theirs_persons_seen AS SELECT id FROM temp.theirs_persons UNION {officials}",
    ]


def _empty(name: str) -> str:
    return f"CREATE TEMP VIEW theirs_{name} AS SELECT NULL id WHERE 0"


def _level(table: sa.Table) -> str:
    if table.name in _ANY_LEVEL or "confidentiality" not in table.columns:
        return "1"
    return f"t.confidentiality <= {_LEVEL}"


def _view(table: sa.Table) -> list[str]:
    """What lies over a table; the reading is done by another view, whose name nobody can guess."""
    name = table.name
    if name not in {*_paths(), *_OF_THE_STORE}:  # not a word of the table itself
        columns = ", ".join(f'NULL AS "{column.name}"' for column in table.columns)
        return [f"CREATE TEMP VIEW {name} AS SELECT {columns} WHERE 0"]
    columns = ", ".join(f'{_given(table, column)} AS "{column.name}"' for column in table.columns)
    return [
        f"CREATE TEMP VIEW theirs_rows_of_{name} AS SELECT {columns} FROM main.{name} t WHERE {_rows(table)}",
        f"CREATE TEMP VIEW {name} AS SELECT * FROM temp.theirs_rows_of_{name}",
    ]


def _rows(table: sa.Table) -> str:
    if table.name in _OPEN_COLUMNS:
        return "t.casebook_id > ''"  # said so that the table is not passed over
    if table.name == "found_texts":
        return _found_texts()
    if table.name == "audit_changes":
        return f"t.record_id IN ({_RECORDS})"
    if table.name == "audit_actions":
        return f"EXISTS ({_CHANGES} AND c.record_id IN ({_RECORDS}))"
    rows = [_keyed(table)]
    rows += [_guard(c) for c in table.columns if c.foreign_keys and not c.nullable and not c.primary_key]
    return " AND ".join(rows)


def _keyed(table: sa.Table) -> str:
    keys = ", ".join(f"t.{c.name}" for c in table.primary_key)
    names = ", ".join(c.name for c in table.primary_key)
    seen = "persons_seen" if table.name == "persons" else table.name
    return f"({keys}) IN (SELECT {names} FROM temp.theirs_{seen})"


def _guard(column: sa.Column[object]) -> str:
    """That a reference points at something they may know of."""
    target = next(iter(column.foreign_keys)).column.table.name
    return (
        f"t.{column.name} IN (SELECT id FROM temp.theirs_{'persons_seen' if target == 'persons' else target})"
    )


def _given(table: sa.Table, column: sa.Column[object]) -> str:
    """What they get of one column."""
    if table.name in _OPEN_COLUMNS:
        return f"t.{column.name}" if column.name in _OPEN_COLUMNS[table.name] else "NULL"
    if table.name == "audit_changes" and column.name in ("before", "after"):
        return _changed(column.name)
    if table.name == "audit_actions" and column.name == "label":
        shared = f"EXISTS ({_CHANGES} AND c.record_id NOT IN ({_RECORDS}))"
        return f"CASE WHEN {shared} THEN '{WITHHELD}' ELSE t.label END"
    if column.name in _withheld().get(table.name, ()):
        return (
            "NULL"
            if column.nullable or not isinstance(column.type, sa.String) or _enum(column)
            else f"'{WITHHELD}'"
        )
    if column.foreign_keys and column.nullable:
        return f"CASE WHEN {_guard(column)} THEN t.{column.name} END"
    if column.name in _free_texts().get(table.name, ()) and table.name in _SHARED:
        instead = "NULL" if column.nullable else f"'{WITHHELD}'"
        return f'CASE WHEN {_SHARED[table.name]} THEN {instead} ELSE t."{column.name}" END'
    return f't."{column.name}"'


def _enum(column: sa.Column[object]) -> bool:
    return isinstance(column.type, sa.Enum)


def _attributes(entity: type[Entity], name: str) -> list[sa.Column[object]]:
    """The columns of a field: a date as known has four."""
    return list(sa.inspect(entity).attrs[name].columns)


@cache
def _withheld() -> dict[str, set[str]]:
    """By table, the columns whose field the family may not read, by the table of confidentiality.

    Not those of the users, and of what is the same for everybody: their own name and role, labels, rules.
    """
    found: dict[str, set[str]] = {}
    for entity in ENTITIES:
        for name, field in values_of(entity).items():
            if MATRIX[field.sensitivity].get(Audience.FAMILY) is not show:
                for column in _attributes(entity, name):
                    if column.table.name not in _ANY_LEVEL:
                        found.setdefault(column.table.name, set()).add(column.name)
    return found


@cache
def _free_texts() -> dict[str, set[str]]:
    """By table, the columns of free texts, in which anybody may be named: not titles and places."""
    found: dict[str, set[str]] = {}
    for entity in ENTITIES:
        for name, field in values_of(entity).items():
            free = isinstance(field.kind, LongText | Text) and not isinstance(field.kind, PlaceName)
            if free and name not in _TITLES:
                for column in _attributes(entity, name):
                    found.setdefault(column.table.name, set()).add(column.name)
    return found


def _readable(entity: type[Entity], name: str) -> bool:
    """Whether a field's words may be found and its history read: never what may be left out of a row."""
    column = _attributes(entity, name)[0]
    table = column.table.name
    left_out = column.name in _free_texts().get(table, ()) and table in _SHARED
    return not left_out and column.name not in _withheld().get(table, ())


def _entities() -> Iterator[tuple[str, type[Entity]]]:
    """Every entity that they may see records of, with the table whose keys tell which."""
    for entity in ENTITIES:
        name = entity.__table__.name  # type: ignore[attr-defined]
        if name in _paths() and name not in _ANY_LEVEL:
            yield ("persons_seen" if name == "persons" else name), entity


def _found_texts() -> str:
    lines = []
    for _, entity in _entities():
        if fields := [name for name in fields_found(entity) if _readable(entity, name)]:
            names = ", ".join(f"'{name}'" for name in fields)
            lines.append(f"t.entity = '{entity.__name__}' AND t.field IN ({names})")
    return f"t.record_id IN ({_RECORDS}) AND ({' OR '.join(lines)})"


def _changed(side: str) -> str:
    """The values of a change without those that they may not read, by the kind of the record."""
    cases = []
    for _, entity in _entities():
        keys = sa.inspect(entity).column_attrs
        hidden = [
            key
            for key, column in columns_of(entity).items()
            if key in keys and not _column_readable(column) and key != "id"
        ]
        paths = "".join(f", '$.{key}'" for key in sorted(hidden))
        kept = f"json_remove(t.{side}{paths})" if hidden else f"t.{side}"
        cases.append(f"WHEN '{entity.__name__}' THEN {kept}")
    return f"CASE t.entity {' '.join(cases)} END"


def _column_readable(column: sa.Column[object]) -> bool:
    table = column.table.name
    if column.foreign_keys and not column.primary_key:
        return False  # it may have pointed at anybody
    left_out = column.name in _free_texts().get(table, ()) and table in _SHARED
    return not left_out and column.name not in _withheld().get(table, ())
