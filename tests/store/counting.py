"""Counts the statements that a store sends to its database."""

from __future__ import annotations

from types import TracebackType

import sqlalchemy as sa

from casetracker.store.store import Store


class Counter:
    """Counts while it is entered; reads and edits go over one pool, so both are counted."""

    def __init__(self, store: Store) -> None:
        self._engine: sa.Engine = store._reads.kw["bind"]
        self.statements = 0
        self.seen: list[str] = []

    def _count(self, _connection: object, _cursor: object, sql: str, *_: object) -> None:
        self.statements += 1
        self.seen.append(sql)

    def __enter__(self) -> Counter:
        sa.event.listen(self._engine, "before_cursor_execute", self._count)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._count)
