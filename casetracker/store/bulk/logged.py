"""The history of an action of many records: its lines written and bound to the chain a part at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.store.audit.chaining import Binding, Chain, action_line, change_line
from casetracker.store.audit.entries import canonical
from casetracker.store.history import AuditAction, AuditChange, Values
from casetracker.store.many import insert_many

_TOLD = 50  # records of a kind that the announcement of the action names
# The same table with texts for JSON: they are made once, for the table and for the chain.
_CHANGES = sa.table(
    AuditChange.__tablename__,
    sa.column("number", sa.Integer),
    *(sa.column(name, sa.String) for name in ("action_id", "entity", "record_id", "before", "after")),
)


@dataclass(slots=True)
class Line:
    """A changed record as the log keeps it, with the names that `AuditChange` gives to the same."""

    entity: str
    record_id: str
    before: Values | None
    after: Values | None
    action_id: str = ""
    number: int = 0
    row_version: int = 1
    written: bytes = b""  # `after` in its canonical form


Require = Callable[[Session, Sequence[Any]], None]  # raises `UserError` for what may not be done


class Logged:
    """One action in the log. `told` names the first records of each kind, for whoever listens."""

    def __init__(self, session: Session, action: AuditAction, chain: Chain, require: Require) -> None:
        self._session, self._action, self._chain, self._require = session, action, chain, require
        self._binding: Binding | None = None
        self.told: dict[str, list[str]] = {}

    def write(self, lines: Sequence[Line]) -> None:
        """Write lines into the log and bind them, once it is known that all of this may be done."""
        if not lines:
            return
        self._require(self._session, lines)
        binding = self._binding = self._binding or self._begun()
        last = self._session.scalar(sa.select(sa.func.max(AuditChange.number))) or 0
        for number, line in enumerate(lines, last + 1):
            line.number, line.action_id = number, self._action.id
            line.written = b"" if line.after is None else canonical(line.after)
            told = self.told.setdefault(line.entity, [])
            if len(told) < _TOLD:
                told.append(line.record_id)
        insert_many(self._session.connection(), _CHANGES, [_as_row(line) for line in lines])
        binding.add(change_line(line, line.row_version) for line in lines)  # type: ignore[arg-type]

    def _begun(self) -> Binding:
        self._session.add(self._action)
        self._session.flush()
        binding = self._chain.begin(self._session, self._action.at)
        binding.add([action_line(self._action)])
        return binding

    def end(self) -> None:
        """End the action in the chain."""
        if self._binding is not None:
            self._binding.end()


def _as_row(line: Line) -> Values:
    return {
        "number": line.number,
        "action_id": line.action_id,
        "entity": line.entity,
        "record_id": line.record_id,
        "before": None if line.before is None else canonical(line.before).decode(),
        "after": line.written.decode() or None,
    }
