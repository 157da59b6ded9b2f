"""A casebook from making to closing, and what a disk, a stranger or a second program can do to it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casetracker.errors import Damaged, NotACasebook, ReadOnly, UserError, WrongPassphrase
from casetracker.store import keyfile
from casetracker.store.casebook import Casebook, check_casebook, create_casebook, folder_of, open_casebook
from casetracker.store.engine import user_errors
from casetracker.store.trouble import DiskFull
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE, VERSIONS, add_people, make, names_in, reopen

NAMES = [f"Person {n} of Almaty {'x' * 400}" for n in range(60)]
PARTS = {"keys.json", "keys.json.bak", "records.db"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed casebook with sixty people in it."""
    book, _ = make(tmp_path / "office.casebook")
    with book:
        add_people(book, *NAMES)
    return book.folder


def test_made_closed_and_opened_again(tmp_path: Path) -> None:
    book, code = make(tmp_path / "Бюро")
    with book:
        assert book.folder == tmp_path / "Бюро.casebook"
        assert (book.name, book.user, book.read_only, book.why_read_only) == ("Бюро", "Dana", False, "")
        add_people(book, *NAMES)
        made = (book.id, book.user_id, book.evidence_key)
    # No log is left that a copy could miss; the lock file, empty, stays or goes as the system likes.
    assert {each.name for each in book.folder.iterdir()} - {"casebook.lock"} == PARTS
    for secret in (PASSPHRASE, code, code.lower().replace("-", "")):
        with reopen(book.folder, secret) as again:
            assert names_in(again) == NAMES
            assert (again.id, again.user_id, again.evidence_key) == made
            assert again.user == "Dana"
            assert again.check() == []
    assert [each.name for each in tmp_path.iterdir()] == ["Бюро.casebook"]


def test_neither_text_nor_names_nor_the_user_can_be_read_in_the_folder(folder: Path) -> None:
    everything = b"".join(each.read_bytes() for each in folder.iterdir())
    assert len(everything) > 30_000
    for word in (b"Almaty", b"Dana", b"people", b"SQLite format", PASSPHRASE.encode()):
        assert word not in everything


def test_wrong_passphrases(folder: Path) -> None:
    for wrong in ("", "wrong", PASSPHRASE + "s", "7F3Q-AAAA"):
        with pytest.raises(WrongPassphrase):
            reopen(folder, wrong)
    with reopen(folder) as book:  # nobody was locked out
        assert not book.read_only


def test_a_file_inside_or_the_bare_name_is_as_good_as_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (
        folder / "records.db",
        folder / "keys.json",
        folder / "keys.json.bak",
        folder.with_suffix(""),
    ):
        assert folder_of(path) == folder
    monkeypatch.chdir(folder)
    assert folder_of(Path()) == folder
    monkeypatch.chdir(folder.parent)
    assert folder_of(Path("office")) == folder


def test_what_is_no_casebook(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    (tmp_path / "empty.casebook").mkdir()
    for name, sentence in [
        ("letter.txt", "is no casebook"),
        ("empty.casebook", "is no casebook"),
        ("nowhere.casebook", "There is no casebook at nowhere"),
        ("nowhere/records.db", "There is no casebook"),
        ("letter.txt/records.db", "no casebook"),
    ]:
        with pytest.raises(NotACasebook, match=sentence):
            reopen(tmp_path / name)


def test_a_missing_key_file_is_brought_back_from_its_second_copy(folder: Path) -> None:
    content = (folder / "keys.json").read_bytes()
    (folder / "keys.json").unlink()
    with reopen(folder) as book:
        assert names_in(book) == NAMES
    assert (folder / "keys.json").read_bytes() == content


def test_reading_only_mends_nothing_but_check_tells(folder: Path) -> None:
    (folder / "keys.json.bak").unlink()
    with reopen(folder, read_only=True) as book:
        assert [finding.where for finding in book.check()] == ["keys.json.bak"]
    assert not (folder / "keys.json.bak").exists()


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (("keys.json", "keys.json.bak"), "are missing from this folder"),
        (("records.db",), "records.db is missing"),
    ],
)
def test_missing_parts(folder: Path, gone: tuple[str, ...], sentence: str) -> None:
    for name in gone:
        (folder / name).unlink()
    with pytest.raises(NotACasebook, match=sentence):
        reopen(folder)
    assert not set(gone) & {each.name for each in folder.iterdir()}


def test_the_records_of_another_casebook(folder: Path, tmp_path: Path) -> None:
    other, _ = make(tmp_path / "other")
    other.close()
    shutil.copy(other.folder / "records.db", folder)
    with pytest.raises(Damaged, match="damaged and cannot be read"):
        reopen(folder)
    assert {finding.where for finding in check_casebook(folder, PASSPHRASE, bounds=LOOSE)} == {"records.db"}


def test_an_emptied_file_is_not_taken_for_a_new_one(folder: Path) -> None:
    (folder / "records.db").write_bytes(b"")
    with pytest.raises(Damaged, match="is empty"):
        reopen(folder)
    assert (folder / "records.db").read_bytes() == b""
    assert check_casebook(folder, PASSPHRASE, bounds=LOOSE)[0].what == "The file is missing or empty."


def test_records_without_the_row_that_says_whose_they_are(folder: Path) -> None:
    with reopen(folder) as book, book.engines.editing.begin() as connection:
        connection.exec_driver_sql("DELETE FROM casebook")
    with pytest.raises(Damaged, match="do not belong to its key files"):
        reopen(folder)
    assert "does not say" in check_casebook(folder, PASSPHRASE, bounds=LOOSE)[0].what


def read_all(folder: Path) -> list[str]:
    with reopen(folder) as book, user_errors():
        with book.engine.connect() as connection:
            cases = connection.exec_driver_sql("SELECT count(*) FROM cases").scalar()
        assert cases == len(NAMES)
        return names_in(book)


def test_no_flipped_bit_gives_wrong_data_and_each_is_found(folder: Path) -> None:
    path = folder / "records.db"
    sound = path.read_bytes()
    pages = len(sound) // 4096
    assert pages >= 10
    places = [0, 15, 16, 18, 60, 99, 100, 4095]  # the salt, the header, the seal of the first page
    places += [page * 4096 + (page * 613) % 4096 for page in range(1, pages)]
    places += [len(sound) - 1 - n * 977 for n in range(15)]
    refused = 0
    for number, at in enumerate(places):
        spoilt = bytearray(sound)
        spoilt[at] ^= 1 << number % 8
        path.write_bytes(spoilt)
        assert [f.where for f in check_casebook(folder, PASSPHRASE, bounds=LOOSE)][:1] == ["records.db"], at
        try:
            assert read_all(folder) == NAMES
        except Damaged:
            refused += 1
    assert len(places) >= 40
    assert refused >= 20
    path.write_bytes(sound)
    assert read_all(folder) == NAMES
    assert check_casebook(folder, PASSPHRASE, bounds=LOOSE) == []


def test_check_says_which_page(folder: Path) -> None:
    path = folder / "records.db"
    spoilt = bytearray(path.read_bytes())
    spoilt[4096 * 5 + 7] ^= 4
    path.write_bytes(spoilt)
    with reopen(folder) as book:
        assert "Page 6 was changed or damaged" in book.check()[0].what


@pytest.mark.parametrize("kept", [1, 15, 100, 4095, 4096, 3 * 4096, 5 * 4096 + 100])
def test_a_truncated_file(folder: Path, kept: int) -> None:
    path = folder / "records.db"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(Damaged, match=r"whole folder"):
        read_all(folder)
    assert check_casebook(folder, PASSPHRASE, bounds=LOOSE)[0].where == "records.db"


def test_check_finds_a_row_that_points_nowhere(folder: Path) -> None:
    with reopen(folder) as book:
        raw = book.engine.raw_connection()
        assert raw.driver_connection is not None
        raw.driver_connection.execute("PRAGMA foreign_keys=OFF").fetchall()
        raw.driver_connection.execute("DELETE FROM people WHERE id = 7")
        raw.invalidate()
        assert [f.what for f in book.check()] == [
            "Row 7 of the table cases points to a row of people that is not there."
        ]


PROGRAM = """
import sys
from pathlib import Path
from tests.store.sample import reopen
book = reopen(Path(sys.argv[1]))
print(book.why_read_only or "may write", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def second(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the casebook open."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "may write\n"
        yield program
    finally:
        program.kill()
        program.communicate()


def test_a_second_program_may_only_read(folder: Path, second: subprocess.Popen[str]) -> None:
    with reopen(folder) as book:
        assert book.read_only
        assert "already open in another window or program" in book.why_read_only
        assert names_in(book) == NAMES
        with pytest.raises(ReadOnly, match="for reading only"), user_errors():
            add_people(book, "Nobody")
        with pytest.raises(ReadOnly):
            book.change_passphrase(PASSPHRASE, "another long passphrase", kdf=CHEAP)
        assert book.check() == []


def test_a_killed_program_leaves_no_lock(folder: Path, second: subprocess.Popen[str]) -> None:
    second.kill()
    second.wait()
    with reopen(folder) as book:
        assert not book.read_only
        add_people(book, "After the crash")
        assert names_in(book)[-1] == "After the crash"


def test_two_windows_of_one_program(folder: Path) -> None:
    with reopen(folder) as first:
        with reopen(folder) as other:
            assert (first.read_only, other.read_only) == (False, True)
            add_people(first, "Seen from there")
            assert names_in(other)[-1] == "Seen from there"
        add_people(first, "Still allowed")
    with reopen(folder) as third:
        assert not third.read_only


def test_closing_lets_go_from_another_thread_too(folder: Path) -> None:
    with ThreadPoolExecutor(1) as worker:  # its thread lives on, as that of a window's worker does
        book = worker.submit(reopen, folder).result()
        book.close()
        book.close()
        with reopen(folder) as again:
            assert not again.read_only


def freeze(casebook: Path) -> None:
    """Make it impossible to write; mode bits do not bind root, so its mount is made read-only."""
    if os.geteuid():
        casebook.chmod(0o500)
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(casebook.parent)], check=True)


def thaw(casebook: Path) -> None:
    """Allow writing again."""
    if os.geteuid():
        casebook.chmod(0o700)
    else:
        subprocess.run(["mount", "-o", "remount,rw", str(casebook.parent)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB, for those who may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can only be mounted by root; test_engine fills a file instead")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def sealed(folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A copy of the casebook where nothing can be written."""
    if not hasattr(os, "geteuid"):
        pytest.skip("folders of Windows have no read-only bit that binds")
    place = folder.parent / "sealed" if os.geteuid() else request.getfixturevalue("small_disk")
    copy = Path(shutil.copytree(folder, place / folder.name))
    freeze(copy)
    yield copy
    thaw(copy)


def test_a_folder_that_cannot_be_written(sealed: Path) -> None:
    with reopen(sealed) as book:
        assert "may not be written to" in book.why_read_only
        assert names_in(book) == NAMES
        assert book.check() == []
        with pytest.raises(ReadOnly), user_errors():
            add_people(book, "Nobody")
    assert check_casebook(sealed, PASSPHRASE, bounds=LOOSE) == []
    with pytest.raises(ReadOnly, match="may not be written to"):
        make(sealed / "new")


def test_on_a_read_only_medium_the_newest_changes_are_not_passed_over(
    folder: Path, tmp_path: Path, sealed: Path
) -> None:
    """`immutable` reads no log: a casebook copied while it was open must not silently show its old state."""
    copy = tmp_path / "copy.casebook"
    with reopen(folder) as book:
        add_people(book, "Newest")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-shm"))
    thaw(sealed)
    for name in ("records.db", "records.db-wal"):
        shutil.copy(copy / name, sealed)
    assert (sealed / "records.db-wal").stat().st_size
    freeze(sealed)
    with pytest.raises(ReadOnly, match="copy the whole folder to a place that can be written to"):
        reopen(sealed)
    with reopen(copy) as book:
        assert names_in(book)[-1] == "Newest"


def add_until_full(book: Casebook, saved: list[str]) -> None:
    for number, name in enumerate(NAMES * 20):
        add_people(book, f"{number} {name}")
        saved.append(f"{number} {name}")


def test_a_full_disk(small_disk: Path) -> None:
    book, _ = make(small_disk / "small")
    with book:
        saved: list[str] = []
        with pytest.raises(DiskFull, match="free some space and save again"), user_errors():
            add_until_full(book, saved)
        assert saved
        assert names_in(book) == saved  # nothing that was acknowledged is lost, nothing half is there
        with pytest.raises(DiskFull):
            book.change_passphrase(PASSPHRASE, "another long passphrase", kdf=CHEAP)
        with pytest.raises(DiskFull):
            make(small_disk / "next")
        assert [each.name for each in small_disk.iterdir()] == ["small.casebook"]
        subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
        add_people(book, "After making room")
        assert book.check() == []
    with reopen(book.folder) as book:
        assert names_in(book)[-1] == "After making room"


def test_a_name_in_use_is_left_alone(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UserError, match=r"something called office\.casebook already"):
        make(folder)
    with pytest.raises(UserError, match="already"):
        make(tmp_path / "office")
    with pytest.raises(UserError, match="does not exist"):
        make(tmp_path / "nowhere" / "new")
    assert [each.name for each in tmp_path.iterdir()] == ["office.casebook"]


def test_an_empty_passphrase_is_no_passphrase(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="needs a passphrase"):
        create_casebook(tmp_path / "new", "", "Dana", kdf=CHEAP, bounds=LOOSE, versions=VERSIONS)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    shutil.copytree(VERSIONS, versions)
    (versions / "s3.py").write_text(
        "revision='s3'; down_revision='s2'\ndef upgrade(): raise KeyboardInterrupt"
    )
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "new", versions)
    assert [each.name for each in tmp_path.iterdir()] == ["versions"]


def test_a_weakened_key_file_is_refused_by_the_bounds_of_the_program(folder: Path) -> None:
    """The tests' cheap slots are what a weakened file looks like to the program."""
    with pytest.raises(UserError, match="too weak or too heavy"):
        open_casebook(folder, PASSPHRASE, versions=VERSIONS)
    with pytest.raises(UserError, match="too weak or too heavy"):
        create_casebook(folder.with_name("new"), PASSPHRASE, "Dana", kdf=CHEAP, versions=VERSIONS)


def test_changing_the_passphrase(folder: Path) -> None:
    new = "another long passphrase"
    before = (folder / "records.db").read_bytes()
    with reopen(folder) as book:
        with pytest.raises(WrongPassphrase):
            book.change_passphrase("wrong", new, kdf=CHEAP)
        book.change_passphrase(PASSPHRASE, new, kdf=CHEAP)
    with pytest.raises(WrongPassphrase):
        reopen(folder)
    with reopen(folder, new) as book:
        assert (book.user, names_in(book)) == ("Dana", NAMES)
    assert (folder / "records.db").read_bytes() == before
    assert len(json.loads((folder / "keys.json").read_text())["slots"]) == 2


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(tmp_path: Path) -> None:
    book, code = make(tmp_path / "forgotten")
    with book:
        book.change_passphrase(code, "another long passphrase", kdf=CHEAP)
        newer = book.new_recovery_code(code, kdf=CHEAP)
    with pytest.raises(WrongPassphrase):
        reopen(book.folder, code)
    for secret in ("another long passphrase", newer):
        with reopen(book.folder, secret) as book:
            assert book.user == "Dana"
    assert (book.folder / keyfile.FIRST).read_bytes() == (book.folder / keyfile.SECOND).read_bytes()
