"""Casebooks of any size from a seed: the same seed gives the same records, down to their ids.

A case has a detained relative with names in four scripts, a family, an episode with custody events (some of
them contradicting each other), sources, consents and five events: three protests and two meetings, shared
with other cases; promises are made at the meetings. Everybody in it is invented.

The rows go in by bulk inserts, because writing 10,000 cases one action at a time would take an hour.
"""

from __future__ import annotations

import datetime as dt
import gc
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import Case, Office
from casetracker.model.detention.case import CaseRole
from casetracker.store import derived, found_texts, name_keys, place_codes
from casetracker.store.history import ActionKind, AuditAction, AuditChange
from tests.benchmarks.gatherings import Gatherings

Tables = dict[sa.Table, list[dict[str, Any]]]

TODAY = dt.date(2021, 11, 12)
USER = "A. Serik"
MEETING_SIZES = (12, 100, 20, 8, 30, 15)  # cases presented at one meeting, in turn
PROTEST_SIZE = 40  # cases spoken for at one protest

_OFFICES = ("Commissioner for Human Rights", "Ministry of Foreign Affairs", "Prosecutor's Office")
_ROLES = (CaseRole.SPOKEN_FOR, CaseRole.RELATIVE_PRESENT, CaseRole.RELATIVE_DETAINED)


def generated(cases: int, seed: int = 1) -> Tables:
    """Return the rows of a casebook by table; the columns of cases that are worked out are left out."""
    rows = Gatherings(seed)
    offices = [(rows.add(Office, name=name, city="Astana"), rows.official()) for name in _OFFICES]
    family, ids = "", []
    for number in range(cases):
        case, family = rows.case(family if number % 5 == 4 else "")  # every fifth is of the family before
        ids.append(case)
    for role in _ROLES:
        for number, group in enumerate(rows.groups(ids, (PROTEST_SIZE,))):
            rows.protest(number, role, group)
    for year in (2020, 2021):
        for number, group in enumerate(rows.groups(ids, MEETING_SIZES)):
            rows.meeting(year, number, *offices[number % len(offices)], group)
    return rows.tables


def fill(engine: sa.Engine, cases: int, seed: int = 1) -> None:
    """Write a generated casebook into an empty database, in one transaction.

    The columns that repeat what custody events say are worked out by the store itself; one action a case
    stands in the history, so that it is as long as that of an office which took them down.
    """
    gc.disable()  # half a million small dictionaries, none of them in a circle
    try:
        _write(engine, generated(cases, seed))
    finally:
        gc.enable()


def _write(engine: sa.Engine, rows: Tables) -> None:
    with engine.begin() as connection:
        for table, lines in rows.items():
            connection.execute(sa.insert(table), lines)
        _derive(connection)
        name_keys.rebuild(connection)
        found_texts.rebuild(connection)
        _write_history(connection, rows[Case.__table__])  # type: ignore[index]


def _derive(connection: sa.Connection) -> None:
    table: sa.Table = Case.__table__  # type: ignore[assignment]
    with Session(connection) as session:
        place_codes.rebuild(session)
        standings = derived.computed(session)
    connection.execute(
        sa.update(table).where(table.c.id == sa.bindparam("case_id")),
        [{"case_id": id_, **vars(s)} for id_, s in standings.items()],
    )


def _write_history(connection: sa.Connection, cases: list[dict[str, Any]]) -> None:
    began = dt.datetime(2020, 1, 5, 9)  # noqa: DTZ001 - UTC without its zone, as the log has it
    actions = [
        {
            "id": f"{number:032x}",
            "at": began + dt.timedelta(minutes=number * 7),
            "who": USER,
            "label": "New case",
            "kind": ActionKind.FINAL,
        }
        for number in range(len(cases))
    ]
    changes = [
        {
            "action_id": action["id"],
            "entity": "Case",
            "record_id": case["id"],
            "before": None,
            "after": {"ref": case["ref"], "person_id": case["person_id"], "account": case["account"]},
        }
        for action, case in zip(actions, cases, strict=True)
    ]
    connection.execute(sa.insert(AuditAction), actions)
    connection.execute(sa.insert(AuditChange), changes)
