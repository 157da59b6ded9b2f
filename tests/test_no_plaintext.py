"""No name of a record stands on the disk outside the encrypted file, whatever was done or went wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from casetracker import logs, settings
from casetracker.errors import Invalid, UserError
from casetracker.jobs import Cancelled
from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience
from casetracker.reports import make, report_named
from casetracker.store import kept_drafts, lists
from casetracker.store.backups.making import Source
from casetracker.store.backups.making import make as make_backup
from casetracker.store.backups.place import Place
from casetracker.store.backups.restoring import restore
from casetracker.store.casebook import Casebook, create_casebook
from casetracker.store.handover import hand_over
from casetracker.store.rescue.saving import rescue
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

MARK = "Бақытжанқұпия"
LATIN = "Secretmarkword"


def traces(*folders: Path) -> list[str]:
    """Return where the mark stands in any file, in the ways in which programs write letters."""
    words = [w.encode(code) for w in (MARK, LATIN) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    words += [ascii(MARK)[1:-1].encode(), PASSPHRASE.encode()]
    return [
        f"{path.name}: {word!r}"
        for folder in folders
        for path in folder.rglob("*")
        for word in words
        if word.lower() in (str(path).encode() + (path.read_bytes() if path.is_file() else b"")).lower()
    ]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a folder for temporary files of this test's own."""
    home = tmp_path / "home"
    for name in ("tmp", "config", "data", "cache", "state"):
        (home / name).mkdir(parents=True)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("config", "data", "cache", "state"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / name))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(home / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(home / "tmp"))
    return home


@pytest.fixture
def book(home: Path) -> Iterator[Casebook]:
    """A casebook in that home, as the window makes it."""
    book, _code = create_casebook(home / "office", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE)
    with book:
        yield book


class StopAtOnce:
    """Somebody who presses Cancel as soon as there is a button."""

    def step(self, done: int, total: int, what: str = "") -> None:
        raise Cancelled


def session_of_edits(store: Store) -> str:
    """Do a day's work with the mark in every name; return the meeting."""
    office = Office_(store)
    case = office.case(f"{MARK} {LATIN}", request=f"find {MARK} {LATIN}", notes=MARK * 400)
    meeting = office.meeting(case, title=f"About {LATIN} {MARK}", minutes=LATIN * 4000)
    for number in range(30):
        draft = store.draft(Case, case)
        draft.values["account"] = f"{number} {MARK} {LATIN}"
        store.save(draft)
    store.undo()
    store.redo()
    store.undo()
    assert search(store, MARK)
    assert lists.person_lines(store, LATIN)
    with pytest.raises(UserError):
        store.delete(Person, draft.values["person_id"])
    with suppress(Invalid):
        store.save(store.draft(Person))
    hand_over(store, meeting)
    return meeting


def test_no_name_on_disk_after_a_day_of_work(home: Path, book: Casebook) -> None:
    store = Store(book.engine, book.user, today=lambda: TODAY)
    session_of_edits(store)
    remembered = settings.load()
    remembered.opened(book.folder)
    settings.save(remembered)

    assert traces(home) == []  # while it is open: the write-ahead log too
    book.close()
    assert traces(home) == []


def test_backups_typed_texts_and_rescue_leave_no_name(home: Path, book: Casebook) -> None:
    store = Store(book.engine, book.user, today=lambda: TODAY)
    session_of_edits(store)
    kept_drafts.keep(store, kept_drafts.new_key(), "Person:new", {"screen": {"notes": f"{MARK} {LATIN}"}})
    (home / "stick").mkdir()
    source = Source(book.folder, book.id, book.key)
    backup = make_backup(source, Place(home / "stick", book.id)).backup
    restore(backup, home / "back", book.key)
    rescue(book.folder, PASSPHRASE, home / "saved", bounds=LOOSE)

    assert traces(home) == []


def test_papers_leave_nothing_behind_but_themselves(home: Path, book: Casebook, tmp_path: Path) -> None:
    store = Store(book.engine, book.user, today=lambda: TODAY)
    session_of_edits(store)
    wanted = make.Wanted(report_named("dossier"), Audience.OFFICIAL)
    chosen, cancelled = tmp_path / "chosen", tmp_path / "cancelled"
    chosen.mkdir()
    cancelled.mkdir()

    make.make(store, wanted, chosen / "dossier.pdf")
    assert make.preview(store, wanted)
    with pytest.raises(Cancelled):
        make.make(store, wanted, cancelled / "dossier.pdf", StopAtOnce())

    assert [p.name for p in chosen.iterdir()] == ["dossier.pdf"]
    assert list(cancelled.iterdir()) == []
    assert traces(home, cancelled) == []


def test_a_report_of_a_fault_names_no_value(home: Path, book: Casebook) -> None:
    store = Store(book.engine, book.user, today=lambda: TODAY)
    person = Office_(store).person(f"{MARK} {LATIN}")
    draft = store.draft(Person, person)
    draft.values["occupation"] = {MARK: LATIN}  # no text: the driver complains, and quotes it

    with pytest.raises(Exception) as fault:  # noqa: PT011 - a bug is of any kind
        store.save(draft)
    written = logs.write_report(fault.value)

    assert written is not None
    assert written.stat().st_size > 0
    assert home in written.parents  # else nothing was looked at
    assert traces(home) == []


def test_the_search_finds_what_is_there(home: Path) -> None:
    """Negative control, in every way of writing and in a name of a file."""
    assert traces(home) == []
    for number, content in enumerate(
        (
            MARK.encode(),
            LATIN.lower().encode(),
            MARK.encode("utf-16-le"),
            ascii(MARK).encode(),
            PASSPHRASE.encode(),
        )
    ):
        path = home / "cache" / f"{number}.bin"
        path.write_bytes(b"\0" * 5000 + content + b"\0")
        assert len(traces(home)) >= 1, number
        path.unlink()
    (home / "tmp" / f"{LATIN}.pdf").touch()
    assert len(traces(home)) >= 1
