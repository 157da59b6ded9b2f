"""The full-text index itself: the one module that knows FTS5 of SQLite.

The index holds words and their places but no texts (`contentless`): these stand in the records, and nothing
has to be kept twice. Words come in as `model.matching.words` makes them, so the tokenizer only parts them at
spaces (`ascii` folds nothing beyond English letters). A deleted text is marked as such and leaves the index
with the next merge; `clear` and a new filling take everything out at once. The file overwrites what it frees
(`secure_delete`), and all of it is encrypted.

On a database without FTS5 `available` is False and nothing is kept; the search then reads the texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model.matching.words import Phrase

INDEX, PLACES = "text_words", "text_word_places"
# What SQLite keeps under these names; none of it is a table of the model.
TABLES = frozenset({PLACES, *(INDEX + part for part in ("", "_config", "_data", "_docsize", "_idx"))})
_ROWS = 2_000

_words = sa.table(INDEX, sa.column("rowid", sa.Integer), sa.column("words", sa.Text))
_commands = sa.table(INDEX, sa.column(INDEX, sa.Text))  # FTS5 takes orders in a column of its own name
_places = sa.table(PLACES, *(sa.column(name) for name in ("term", "doc", "col", "offset")))

Texts = Iterable[tuple[int, Sequence[str]]]  # the number of a text and its words
Bind = Session | sa.Connection


def available(bind: Bind) -> bool:
    """Whether the database keeps such an index."""
    connection = bind.connection() if isinstance(bind, Session) else bind
    return connection.dialect.name == "sqlite"


def put(bind: Bind, texts: Texts) -> None:
    """Take texts into the index."""
    rows = [{"rowid": number, "words": " ".join(words)} for number, words in texts]
    for start in range(0, len(rows), _ROWS):
        bind.execute(sa.insert(_words), rows[start : start + _ROWS])


def remove(bind: Bind, numbers: Collection[int]) -> None:
    """Take texts out of the index."""
    bind.execute(sa.delete(_words).where(_words.c.rowid.in_(numbers)))


def clear(bind: Bind) -> None:
    """Take everything out of the index, at once and for good."""
    bind.execute(sa.insert(_commands).values({INDEX: "delete-all"}))


def matching(phrases: Sequence[Phrase]) -> sa.Subquery:
    """Return the numbers of the texts in which all phrases stand, and a rank (the smaller the better)."""
    said = " ".join(_said(phrase) for phrase in phrases)
    return _query(said)


def matching_any(phrases: Sequence[Phrase]) -> sa.Subquery:
    """Return the numbers of the texts in which one of the phrases stands, and a rank."""
    return _query(" OR ".join(_said(phrase) for phrase in phrases))


def _query(said: str) -> sa.Subquery:
    condition = sa.literal_column(INDEX).op("MATCH")(sa.bindparam(None, said, sa.Text, unique=True))
    rank = sa.literal_column(f"{INDEX}.rank", sa.Float).label("rank")
    return sa.select(_words.c.rowid.label("number"), rank).where(condition).subquery()


def _said(phrase: Phrase) -> str:
    """Say a phrase in the language of FTS5; a word holds letters and digits only, so nothing is escaped."""
    return f'"{" ".join(phrase.words)}"' + ("*" if phrase.unfinished else "")


def kept(bind: Bind) -> Iterator[tuple[int, str, int]]:
    """Return every word in the index: of which text, the word, and at which place in it."""
    rows = bind.execute(sa.select(_places.c.doc, _places.c.term, _places.c.offset))
    yield from ((int(number), str(word), int(place)) for number, word, place in rows)
