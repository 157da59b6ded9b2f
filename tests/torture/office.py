"""A small casebook for torture, and the work that is done in it while something happens to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from casetracker.errors import WrongPassphrase
from casetracker.exchange.tables_in import taking
from casetracker.model import Case, Person, PersonName
from casetracker.model.sources.consent import Answer
from casetracker.store import documents, intake, kept_drafts, rekey
from casetracker.store.backups.making import Source, make
from casetracker.store.backups.place import Keep, Place
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE

ROWS = 12  # of each list that is taken in
SECRET, OTHER = "four quite ordinary words", "another four ordinary words"
Ack = Callable[[str], None]


def make_book(folder: Path) -> Path:
    """Make a casebook with a little in it; return its folder."""
    book, _ = create_casebook(folder / "book", SECRET, "Dana", kdf=CHEAP, bounds=LOOSE, recovery=False)
    with book:
        office = Office_(store_of(book))
        office.meeting(office.case("Ерлан"), office.case("Бақыт"))
    return book.folder


def open_book(folder: Path) -> Casebook:
    """Open it, whichever of the two passphrases is good just now."""
    try:
        return open_casebook(folder, SECRET, bounds=LOOSE)
    except WrongPassphrase:
        return open_casebook(folder, OTHER, bounds=LOOSE)


# Each does one piece of work again and again and says what can no longer be lost.


def saves(store: Store, book: Casebook, ack: Ack) -> None:
    """People, cases, edits and undo."""
    office, number = Office_(store), 0
    while True:
        number += 1
        name = f"{os.getpid()}-{number}"
        person = office.person(name)
        ack(f"person {person}")
        if number % 5 == 0:
            ack(f"case {office.case(f'case {name}')}")
        draft = store.draft(Person, person)
        draft.values["occupation"] = name
        store.save(draft)
        ack(f"occupation {person} {name}")
        if number % 7 == 0:
            store.undo()
            ack(f"nothing {person} {name}")


def intakes(store: Store, book: Casebook, ack: Ack) -> None:
    """A whole case taken down as one action, as on an intake day."""
    while True:
        sheet = intake.sheet(store, intake.add_to_queue(store, "Гүлнар"))
        sheet.answers = dict.fromkeys(intake.ASKED_FIRST, Answer.AGREES)
        sheet.petitioner.children["names"][0].values["full"] = "Гүлнар Серікқызы"
        sheet.relative.children["names"][0].values["full"] = "Ерлан Серікұлы"
        sheet.case.values["account"] = "taken from home " * 50
        ack(f"case {intake.take_down(store, sheet)}")


def papers(store: Store, book: Casebook, ack: Ack) -> None:
    """Documents: the file first, then its row."""
    number = 0
    while True:
        number += 1
        path = book.folder.parent / f"paper-{os.getpid()}-{number}.bin"
        path.write_bytes(os.urandom(40_000))
        taken = documents.take_in(store, [path], {})
        path.unlink()
        ack(f"document {taken.new[0]}")


def keys(store: Store, book: Casebook, ack: Ack) -> None:
    """The passphrase is changed to and fro."""
    now = SECRET
    try:
        book.change_passphrase(SECRET, SECRET, kdf=CHEAP)
    except WrongPassphrase:
        now = OTHER
    while True:
        then = SECRET if now == OTHER else OTHER
        book.change_passphrase(now, then, kdf=CHEAP)
        now = then
        ack(f"passphrase {now}")


def backups(store: Store, book: Casebook, ack: Ack) -> None:
    """Backups one after the other, with a save between them."""
    place = Place(book.folder.parent / "stick", book.id)
    place.root.mkdir(exist_ok=True)
    while True:
        Office_(store).person("between")
        made = make(Source(book.folder, book.id, book.key), place, keep=Keep(1, 1, 1))
        ack(f"backup {made.backup.folder.name}")


def imports(store: Store, book: Casebook, ack: Ack) -> None:
    """Lists taken in through what the window calls, each as one action: all of its rows or none."""
    number = 0
    while True:
        number += 1
        mark = f"L{os.getpid()}n{number}"
        path = book.folder.parent / f"{mark}.csv"
        rows = [f"{mark}r{row} Ерланұлы,1975-03-0{row % 9 + 1},Emin" for row in range(ROWS)]
        path.write_text("\n".join(["Name,Date of birth,Place of detention", *rows]), encoding="utf-8")
        taken = taking.take_in(store, taking.look(path))
        path.unlink()
        if taken.cases != ROWS:
            raise AssertionError(taken.refused)
        ack(f"list {mark}")
        if number % 4 == 0:
            store.undo()
            ack(f"nolist {mark}")


def data_keys(store: Store, book: Casebook, ack: Ack) -> None:
    """A person, then a new data key: all records are written anew under it, and all slots."""
    while True:
        ack(f"person {Office_(store).person('under a new key')}")
        rekey.renew(book)
        book = open_book(book.folder)
        store = store_of(book)
        ack(f"renewed {book.id}")


def drafts(store: Store, book: Casebook, ack: Ack) -> None:
    """What is being typed, kept again and again."""
    key, number = kept_drafts.new_key(), 0
    while True:
        number += 1
        kept_drafts.keep(store, key, "torture", {"screen": {"n": number, "text": "x" * 2000}})
        ack(f"draft {key} {number}")


WORK: dict[str, Callable[[Store, Casebook, Ack], None]] = {
    "saves": saves,
    "intake": intakes,
    "documents": papers,
    "key changes": keys,
    "new data keys": data_keys,
    "imports": imports,
    "backups": backups,
    "typed drafts": drafts,
}


def lost(store: Store, book: Casebook, acked: list[str]) -> list[str]:
    """Return what was said to be saved and is not there."""
    kinds = {"person": Person, "case": Case, "document": documents.Document}
    with store.reader() as reader:
        missing = [
            line
            for line in acked
            if (entity := kinds.get(line.split()[0])) and reader.get(entity, line.split()[1]) is None
        ]
    missing += _lost_values(store, acked)
    missing += _lost_lists(store, acked)
    missing += [line for line in acked if line.startswith("draft ") and _draft_older(store, line, acked)]
    return missing


def _lost_values(store: Store, acked: list[str]) -> list[str]:
    last: dict[str, tuple[str, str]] = {}
    for line in acked:
        what, _, rest = line.partition(" ")
        key, _, value = rest.partition(" ")
        if what in ("occupation", "nothing"):
            last[key] = (what, value)
    newest = list(last)[-1:]  # of the last one something unacknowledged may have come after
    found = []
    for key, (what, value) in last.items():
        held = store.draft(Person, key).values.get("occupation")
        wanted = value if what == "occupation" else None
        if held != wanted and key not in newest:
            found.append(f"{what} {key}")
        if key in newest and held not in (value, None):
            found.append(f"{what} {key}: {held}")
    return found


def _rows_by_list(store: Store) -> dict[str, int]:
    """Return how many people of each list are there: their names begin with its mark."""
    held: dict[str, int] = {}
    with store.reader() as reader:
        names = [
            name for (name,) in reader.rows(sa.select(PersonName.full).where(PersonName.full.like("L%n%r%")))
        ]
    for name in names:
        mark = name.partition("r")[0]
        held[mark] = held.get(mark, 0) + 1
    return held


def _lost_lists(store: Store, acked: list[str]) -> list[str]:
    held = _rows_by_list(store)
    said = dict(reversed(line.split()) for line in acked if line.split()[0] in ("list", "nolist"))
    newest = list(said)[-1:]  # of the last one an undo that was not acknowledged may have come after
    return [
        f"{what} {mark}"
        for mark, what in said.items()
        if (held.get(mark, 0) != (ROWS if what == "list" else 0)) and mark not in newest
    ]


def torn_lists(store: Store) -> int:
    """Return how many lists are there in part."""
    return sum(rows != ROWS for rows in _rows_by_list(store).values())


def _draft_older(store: Store, line: str, acked: list[str]) -> bool:
    if line != acked[-1]:
        return False
    kept = kept_drafts.offered(store, "torture")
    return kept is None or kept.content["screen"]["n"] < int(line.rpartition(" ")[2])
