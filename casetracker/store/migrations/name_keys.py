"""Filling the words by which names are found, from the spellings that a casebook holds already.

The tables are said here as they were at revision 0002. What makes the words is the program's of today: they
have to be those that the search looks for. If that changes, a new step has to call `fill` again, on tables as
they are then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casetracker.model.matching.sounds import sounds
from casetracker.model.names.writing import Language, Script

_NAMES = sa.table("person_names", *map(sa.column, ("id", "full", "script", "language")))
_KEYS = sa.table("name_keys", *map(sa.column, ("key", "word", "name_id")))
_ROWS = 5_000


def fill() -> None:
    """Put the words of every spelling into an empty table."""
    connection = op.get_bind()
    rows = [
        {"key": sound.key, "word": sound.word, "name_id": id_}
        for id_, full, script, language in connection.execute(sa.select(_NAMES)).all()
        for sound in sounds(
            full, Script[script] if script else None, Language[language] if language else None
        )
    ]
    rows.sort(key=lambda row: (row["key"], row["word"], row["name_id"]))  # as the table keeps them
    for start in range(0, len(rows), _ROWS):
        connection.execute(sa.insert(_KEYS), rows[start : start + _ROWS])
