"""Backups: whole or not there, looked at after writing, thinned out; and brought back in the drill."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casetracker.errors import Damaged, UserError, WrongPassphrase
from casetracker.jobs import Cancelled
from casetracker.model import Case, Person
from casetracker.store import documents, upgrade
from casetracker.store.backups import making, manifest
from casetracker.store.backups.comparing import Differs, compare
from casetracker.store.backups.looking import look_at
from casetracker.store.backups.making import Source, make
from casetracker.store.backups.place import PREFIX, Backup, Keep, Place, to_remove
from casetracker.store.backups.restoring import key_of, restore
from casetracker.store.backups.swap import finish, take_place
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.keyslots import DataKey
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from casetracker.store.trouble import Busy, Unreachable
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

NOON = dt.datetime(2021, 11, 12, 7, 0, tzinfo=dt.UTC)


class Desk:
    """An office with a casebook, a document in it, and a stick for backups."""

    def __init__(self, folder: Path, book: Casebook) -> None:
        self.book, self.store = book, store_of(book)
        self.office = Office_(self.store)
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.place = Place(self.stick, book.id)
        self.papers = 0
        self.folder = folder

    @property
    def source(self) -> Source:
        return Source(self.book.folder, self.book.id, self.book.key)

    def document(self, content: bytes = b"a notice") -> str:
        self.papers += 1
        path = self.folder / f"paper {self.papers}.bin"
        path.write_bytes(content + bytes([self.papers]))
        return documents.take_in(self.store, [path], {}).new[0]

    def back_up(self, at: dt.datetime = NOON, keep: Keep | None = None) -> Backup:
        made = make(self.source, self.place, now=at, keep=keep)
        assert made.findings == []
        return made.backup


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book, _ = create_casebook(
        tmp_path_factory.mktemp("made") / "Office of Serik", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE,
        recovery=False,
    )  # fmt: skip
    book.close()
    return book.folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = Path(shutil.copytree(made, tmp_path / made.name))
    with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as book:
        yield Desk(tmp_path, book)
        book.engine.dispose()


def test_a_backup_holds_the_newest_save_and_looks_right(desk: Desk) -> None:
    desk.office.case()
    desk.document()
    backup = desk.back_up()
    assert look_at(backup, desk.book.key) == []
    assert desk.place.backups() == [backup]
    assert backup.manifest.inside(desk.book.key).counts["cases"] == 1
    assert len(backup.manifest.evidence) == 1


def test_no_name_of_a_file_and_no_byte_tells_of_anybody(desk: Desk) -> None:
    desk.office.person("Secretmarkword")
    desk.back_up()
    for path in desk.stick.rglob("*"):
        assert "Serik" not in path.name
        if path.is_file():
            content = path.read_bytes().lower()
            assert b"secretmarkword" not in content
            assert b"dana" not in content
            assert b"persons" not in content  # not even how many there are


def test_a_file_of_the_evidence_is_copied_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.document()
    desk.back_up()
    copied: list[str] = []
    real = making.copy_file
    monkeypatch.setattr(making, "copy_file", lambda s, t, p: (copied.append(t.name), real(s, t, p))[1])
    desk.document()
    backup = desk.back_up(NOON + dt.timedelta(hours=1))
    assert len(copied) == 1
    assert len(backup.manifest.evidence) == 2
    assert look_at(backup, desk.book.key) == []


@pytest.mark.parametrize("name", ["records.db", "keys.json", "keys.json.bak", "manifest.json", "evidence"])
def test_a_changed_byte_is_found_and_the_backup_is_no_longer_a_good_one(desk: Desk, name: str) -> None:
    desk.office.case()
    desk.document()
    backup = desk.back_up()
    path = next(desk.place.evidence.glob("*/*")) if name == "evidence" else backup.folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    if name == "manifest.json" and not desk.place.backups():
        return  # it cannot even be read
    damaged = desk.place.backups()[0]
    assert look_at(damaged, desk.book.key)
    assert desk.place.last_good() is None


def test_a_spoilt_copy_on_the_stick_is_copied_again(desk: Desk) -> None:
    desk.document()
    desk.back_up()
    path = next(desk.place.evidence.glob("*/*"))
    path.write_bytes(path.read_bytes()[:-1])
    backup = desk.back_up(NOON + dt.timedelta(hours=1))
    assert look_at(backup, desk.book.key) == []


def test_a_file_that_is_missing_in_the_casebook_is_said_and_the_rest_is_copied(desk: Desk) -> None:
    desk.document()
    desk.document()
    next((desk.book.folder / "evidence").glob("*/*")).unlink()
    made = make(desk.source, desk.place, now=NOON)
    assert [f.what for f in made.findings] == ["The file is missing in the casebook."]
    assert len(made.backup.manifest.evidence) == 1


class StopsAt:
    """Somebody who has had enough at a certain step."""

    def __init__(self, number: int) -> None:
        self.left = number

    def step(self, done: int, total: int, what: str = "") -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


@pytest.mark.parametrize("number", [1, 2, 4, 9])
def test_cancelling_leaves_nothing_that_passes_for_a_backup(desk: Desk, number: int) -> None:
    desk.document()
    with pytest.raises(Cancelled):
        make(desk.source, desk.place, StopsAt(number), now=NOON)
    assert desk.place.backups() == []
    assert not [p for p in desk.place.folder.iterdir() if p.name not in ("evidence", "backup.lock")]
    desk.back_up()


def test_a_stick_that_is_not_there(desk: Desk) -> None:
    desk.stick.rmdir()
    with pytest.raises(Unreachable, match="connect the stick"):
        make(desk.source, desk.place)
    assert desk.place.backups() == []
    assert not desk.stick.exists()


def test_two_programs_do_not_write_into_one_place_at_once(desk: Desk) -> None:
    desk.place.require()
    with making._alone(desk.place), pytest.raises(Busy, match="Another program"):
        make(desk.source, desk.place)


def backup_of(at: dt.datetime, *, good: bool = True) -> Backup:
    told = manifest.Manifest("0" * 32, at, "1", "1", (), ())
    return Backup(Path(f"{at:%Y%m%d-%H%M%S}"), told, good)


def test_thinning_out_keeps_days_weeks_and_months() -> None:
    """Two a day for 800 days: what is left are the newest of 7 days, of 4 weeks and of 12 months."""
    start = dt.datetime(2021, 11, 12, 6, tzinfo=dt.UTC)
    backups = [backup_of(start - dt.timedelta(hours=12 * n)) for n in range(1600)]
    gone = {b.folder for b in to_remove(backups, Keep())}
    kept = [b for b in backups if b.folder not in gone]
    assert len(kept) <= 7 + 4 + 12 + 3
    assert kept[:3] == backups[:3]
    days = [(start.astimezone().date() - b.made_at.astimezone().date()).days for b in kept]
    assert {0, 1, 2, 3, 4, 5, 6} <= set(days)
    assert 300 < max(days) < 366
    assert not to_remove(kept, Keep())  # and again nothing goes


def test_a_clock_that_was_set_back_removes_nothing_more(desk: Desk) -> None:
    later = desk.back_up(NOON + dt.timedelta(days=4000))
    now = desk.back_up(NOON, Keep(1, 1, 1))
    assert {b.folder for b in desk.place.backups()} == {later.folder, now.folder}


def test_a_good_backup_of_the_day_is_kept_rather_than_one_with_a_fault() -> None:
    day = dt.datetime(2021, 11, 12, 3, tzinfo=dt.UTC)
    backups = [backup_of(day + dt.timedelta(hours=n), good=n < 2) for n in range(8)][::-1]
    gone = to_remove(backups, Keep(1, 0, 0))
    assert {b.made_at.hour for b in backups if b not in gone} == {10, 9, 8, 4}


def test_what_is_thinned_out_takes_only_its_own_evidence_along(desk: Desk) -> None:
    first = desk.document()
    desk.back_up(NOON - dt.timedelta(days=3))
    desk.store.delete(documents.Document, first)
    desk.document()
    for hour in range(4):
        desk.back_up(NOON + dt.timedelta(hours=hour), Keep(1, 1, 1))
    assert len(desk.place.backups()) == 3
    assert len(list(desk.place.evidence.glob("*/*"))) == 1
    assert all(look_at(b, desk.book.key) == [] for b in desk.place.backups())


def test_half_removed_backups_and_parts_of_a_crash_are_swept(desk: Desk) -> None:
    backup = desk.back_up()
    (backup.folder / manifest.NAME).unlink()
    (desk.place.folder / ".20211112-070000-abcd.part").mkdir()
    desk.back_up(NOON + dt.timedelta(hours=1))
    assert len(list(desk.place.folder.glob("*20211112*"))) == 1


def test_the_drill(desk: Desk) -> None:
    """Work, back up, lose the casebook, bring it back: everything is as it was, and opens with the
    passphrase.
    """
    case = desk.office.case("Ерлан Бекұлы")
    paper = desk.document("Айтылған сөз".encode())
    backup = desk.back_up()
    folder = desk.book.folder
    desk.book.close()
    shutil.rmtree(folder)

    key = key_of(backup, PASSPHRASE, LOOSE)
    back, lost = restore(backup, folder, key)
    assert lost == []
    assert back == folder
    with open_casebook(back, PASSPHRASE, bounds=LOOSE) as book:
        store = store_of(book)
        assert book.check() == []
        assert store.draft(Case, case).values["person_id"]
        assert documents.findings(store) == []
        assert store.draft(documents.Document, paper).id == paper


def test_a_wrong_passphrase_and_another_key_bring_nothing_back(desk: Desk, tmp_path: Path) -> None:
    backup = desk.back_up()
    with pytest.raises(WrongPassphrase):
        key_of(backup, "something else entirely", LOOSE)
    with pytest.raises(Damaged):
        backup.manifest.inside(DataKey.random())
    with pytest.raises(UserError, match="cannot be used"):
        restore(backup, tmp_path / "back", DataKey.random())
    assert not list(tmp_path.glob("*back*"))


def test_restoring_never_writes_over_anything(desk: Desk) -> None:
    backup = desk.back_up()
    with pytest.raises(UserError, match="already"):
        restore(backup, desk.book.folder, desk.book.key)


def test_what_differs_is_told_by_kind_and_title(desk: Desk, tmp_path: Path) -> None:
    stays = desk.office.case("Ерлан Бекұлы")
    goes = desk.office.person("Гүлнар Ахметқызы")
    desk.office.case("Айдос Серікұлы")
    backup = desk.back_up()
    copy, _ = restore(backup, tmp_path / "copy", desk.book.key)
    assert compare(desk.store, copy, desk.book.key) == []

    desk.store.delete(Person, goes)
    desk.office.person("Жаңа Адам")
    draft = desk.store.draft(Case, stays)
    draft.children["episodes"][0].children["custody"].clear()  # two levels below
    desk.store.save(draft)
    found = compare(desk.store, copy, desk.book.key)
    told = {(d.how, d.kind, d.title) for d in found}
    assert (Differs.ONLY_COPY, "Person", "Гүлнар Ахметқызы") in told
    assert (Differs.ONLY_NOW, "Person", "Жаңа Адам") in told
    assert (Differs.CHANGED, "Case", desk.store.draft(Case, stays).values["ref"]) in told
    assert len(told) == 3


def test_a_copy_takes_the_place_and_the_present_one_is_kept(desk: Desk, tmp_path: Path) -> None:
    backup = desk.back_up()
    desk.office.person("Later")
    copy, _ = restore(backup, tmp_path / "copy", desk.book.key)
    present = desk.book.folder
    desk.book.close()
    aside = take_place(copy, present, tmp_path / "before.casebook")
    for folder, people in ((present, 0), (aside, 1)):
        with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as book:
            assert people_in(store_of(book)) == people
    assert not copy.exists()


def people_in(store: Store) -> int:
    with store.reader() as reader:
        return len(list(reader.all(Person)))


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_an_exchange_that_was_interrupted_is_brought_to_an_end(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    copy, _ = restore(desk.back_up(), tmp_path / "copy", desk.book.key)
    present, aside = desk.book.folder, tmp_path / "before.casebook"
    desk.book.close()
    real, left = Path.rename, [renames]

    def rename(self: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(self, target)

    with monkeypatch.context() as killed:
        killed.setattr(Path, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            take_place(copy, present, aside)
    finish(present)
    assert present.is_dir()
    assert len([p for p in tmp_path.glob("*.casebook") if (p / "records.db").exists()]) == 2


def test_a_backup_of_an_older_program_is_compared_after_it_was_brought_up_to_date(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(upgrade.MIGRATIONS / "versions" / "0001_the_first_tables.py", first)
    old, _ = create_casebook(
        tmp_path / "old", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE, recovery=False, versions=first
    )
    with old:
        (tmp_path / "stick").mkdir()
        place = Place(tmp_path / "stick", old.id)
        backup = make(Source(old.folder, old.id, old.key), place, now=NOON).backup
    copy, _ = restore(backup, tmp_path / "copy", old.key)
    with open_casebook(old.folder, PASSPHRASE, bounds=LOOSE) as book:
        # Who opens an older casebook becomes its first user.
        assert [d.entity for d in compare(store_of(book), copy, old.key)] == ["User"]


def test_the_folder_is_named_by_chance(desk: Desk) -> None:
    assert desk.place.folder.name == PREFIX + desk.book.id[:12]
