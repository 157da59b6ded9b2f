"""The page of backups, backups that are made by themselves, and bringing one back, with real files."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker import settings as settings_file
from casetracker.model import Person
from casetracker.settings import Settings
from casetracker.store.backups import place as places
from casetracker.store.backups.looking import mark
from casetracker.store.backups.service import Backups, State, newest_for
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.app import Program
from casetracker.ui.backing_up import BackingUp
from casetracker.ui.desk import Desk
from casetracker.ui.pages.backups.page import BackupsPage
from casetracker.ui.pages.overview import OverviewPage
from casetracker.ui.unlock import UnlockWindow
from tests.conftest import Office_
from tests.store.sample import LOOSE, PASSPHRASE
from tests.test_cli import QUICK
from tests.ui.conftest import show


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook that the bounds of the program accept."""
    book, _ = create_casebook(
        tmp_path_factory.mktemp("made") / "Almaty", PASSPHRASE, "Dana", kdf=QUICK, recovery=False
    )
    book.close()
    return book.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def book(folder: Path) -> Iterator[Casebook]:
    with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as book:
        yield book


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def store(book: Casebook) -> Store:
    return store_of(book)


@pytest.fixture
def desk(book: Casebook, store: Store, stick: Path) -> Iterator[Desk]:
    made = Desk(store, book.name)
    made.backups = Backups.of(book, Settings(backup_folder=str(stick)))
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BackupsPage:
    made = show(BackupsPage(desk), desk, qtbot, (1232, 820))
    qtbot.waitUntil(lambda: bool(made.state.text()))
    return made


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def back_up(qtbot: QtBot, page: BackupsPage, number: int = 1) -> None:
    press(page, "backups.now")
    qtbot.waitUntil(lambda: page.list.row_count() == number, timeout=30_000)


def test_an_empty_place_says_kindly_what_will_come(page: BackupsPage) -> None:
    assert page.state.text() == "There is no backup of this casebook yet."
    assert page.empty.isVisible()


def test_made_listed_read_again(
    qtbot: QtBot, page: BackupsPage, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    Office_(store).case()
    back_up(qtbot, page)
    assert page.state.text().startswith("Last good backup: today")
    assert page.pane.isVisible()
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, text, _title="": told.append(text))
    press(page, "backup.look")
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert "Every byte" in told[0]


def test_brought_back_beside_with_what_differs_and_put_in_place(
    qtbot: QtBot, page: BackupsPage, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    Office_(store).person("Айгүл")
    back_up(qtbot, page)
    Office_(store).person("Later")
    press(page, "backup.restore")
    qtbot.waitUntil(lambda: page.pane.restored is not None, timeout=30_000)
    assert [str(row.cell(2).text) for row in page.pane.table.rows()] == ["Later"]
    assert "1 record is not in the copy" in page.pane.said.text()
    copy = page.pane.restored.folder
    assert copy.parent == folder.parent
    wanted: list[Path] = []
    desk.replace_wanted.connect(wanted.append)
    monkeypatch.setattr(messages, "ask", lambda *_: "keep")
    press(page, "differences.use")
    assert wanted == []
    monkeypatch.setattr(messages, "ask", lambda *_: "use")
    press(page, "differences.use")
    assert wanted == [copy]
    press(page, "differences.away")
    assert not copy.exists()
    assert not page.pane.card.isVisible()


def test_another_folder_is_chosen_but_none_inside_the_casebook(
    qtbot: QtBot, page: BackupsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (tmp_path / "other").mkdir()
    page.choose_folder = lambda: str(tmp_path / "other")
    with qtbot.waitSignal(desk.settings_changed):
        press(page, "backups.choose")
    back_up(qtbot, page)
    assert list((tmp_path / "other").iterdir())
    told: list[str] = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, _title="": told.append(str(text)))
    page.choose_folder = lambda: str(folder / "evidence")
    press(page, "backups.choose")
    assert "outside the casebook" in told[0]
    assert page.backups.settings.backup_folder == str(tmp_path / "other")
    page.places[0].kept.setCurrentIndex(1)
    page.places[0].kept.activated.emit(1)
    assert page.backups.keep == places.Keep(3, 2, 3)


def test_a_stick_that_is_away_is_said_quietly_and_once(
    qtbot: QtBot, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    keeping = BackingUp(desk.backups, window)
    said: list[str] = []
    keeping.said.connect(said.append)
    monkeypatch.setattr(messages, "warn", lambda *_: pytest.fail("a box in the way"))
    stick.rmdir()
    for _ in range(2):
        keeping.look()
        qtbot.waitUntil(lambda: keeping._running is None, timeout=30_000)
    assert len(said) == 1
    assert "connect the stick" in said[0]
    stick.mkdir()
    keeping.look()
    qtbot.waitUntil(lambda: len(said) == 2, timeout=30_000)
    assert said[1] == "A backup was made and read again."


def test_by_itself_only_when_something_was_done_or_a_day_has_passed(
    desk: Desk, store: Store, book: Casebook
) -> None:
    backups = desk.backups
    now = dt.datetime.now(dt.UTC)
    assert backups.needed(now)
    backups.make()
    store_of(book)  # that it was opened is written down, but is no work
    assert not backups.needed(now + dt.timedelta(hours=1))
    assert backups.needed(now + dt.timedelta(hours=21))
    assert backups.needed(now - dt.timedelta(days=400))  # the clock was set back
    Office_(store).person("Айгүл")
    assert backups.needed(now + dt.timedelta(hours=1))


def test_the_first_page_warns_after_three_days(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(OverviewPage(desk), desk, qtbot, (1232, 820))
    qtbot.waitUntil(page.backup.isVisible)
    assert page.backup.text() == "There is no backup of this casebook yet."
    assert page.backup.property("tone") == "amber"
    desk.backups.make()
    desk.backed_up.emit()
    qtbot.waitUntil(lambda: page.backup.property("tone") == "grey")
    now = dt.datetime.now(dt.UTC)
    assert not desk.backups.state(now + dt.timedelta(days=2)).late
    assert desk.backups.state(now + dt.timedelta(days=4)).late
    mark(desk.backups.place.backups()[0], sound=False)
    assert desk.backups.state(now) == State(None, True, True)


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, stick: Path) -> Iterator[Program]:
    remembered = tmp_path / "settings"
    settings_file.save(Settings(backup_folder=str(stick)), remembered)
    started: list[Path] = []

    def start_again(path: Path, _day: object) -> bool:
        started.append(path)
        return False  # so that the same process asks for the passphrase

    made = Program(qapp, settings_folder=remembered, start_again=start_again, leave=lambda: None)
    yield made
    made.end()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


def test_the_program_puts_a_copy_in_place_and_keeps_the_present_one(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    program.begin(folder, PASSPHRASE)
    desk = program.window.desk
    backup = desk.backups.make().backup
    Office_(desk.store).person("Later")
    restored = desk.backups.restore_beside(backup, desk.store)
    desk.replace_wanted.emit(restored.folder)
    assert isinstance(program.window, UnlockWindow)
    assert not restored.folder.exists()
    (aside,) = [p for p in folder.parent.glob("*.casebook") if p != folder]
    for path, names in ((folder, 0), (aside, 1)):
        assert names_in(path) == names


def test_a_casebook_that_does_not_open_is_offered_its_newest_backup(
    qtbot: QtBot, program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as book:
        Office_(store_of(book)).person("Айгүл")
        Backups.of(book, program.settings).make()
    (folder / "records.db").write_bytes(b"\0" * 9000)
    program.begin(folder)
    window = program.window
    assert isinstance(window, UnlockWindow)
    assert not window.backup.isVisible()
    window.passphrase.line.setText(PASSPHRASE)
    window.attempt()
    qtbot.waitUntil(window.backup.isVisible, timeout=30_000)
    monkeypatch.setattr(messages, "ask", lambda *_: "bring")
    window.backup.click()
    qtbot.waitUntil(lambda: program.window is not window, timeout=30_000)
    assert isinstance(program.window, UnlockWindow)
    assert program.window.path != folder
    assert names_in(program.window.path) == 1


def names_in(path: Path) -> int:
    with open_casebook(path, PASSPHRASE, bounds=LOOSE) as book, store_of(book).reader() as reader:
        return len(list(reader.all(Person)))


def test_without_key_files_the_newest_of_any_casebook_is_offered(desk: Desk, folder: Path) -> None:
    backup = desk.backups.make().backup
    for name in ("keys.json", "keys.json.bak"):
        (folder / name).unlink()
    assert newest_for(folder, desk.backups.settings).folder == backup.folder
