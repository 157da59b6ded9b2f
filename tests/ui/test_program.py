"""From window to window, from opening a casebook to locking it, and the program as a process."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker import settings as settings_file
from casetracker.errors import NotACasebook
from casetracker.example import EXAMPLE_DAY
from casetracker.jobs import Cancelled, Silent
from casetracker.model import Person
from casetracker.store import lists
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.keyslots import KdfParameters
from casetracker.ui.app import Program, existing
from casetracker.ui.example_casebook import open_example
from casetracker.ui.main_window import MainWindow
from casetracker.ui.process import command_for
from casetracker.ui.start import StartWindow
from casetracker.ui.unlock import UnlockWindow
from tests.store.sample import CHEAP, LOOSE
from tests.ui.opening import DAY, MARKER, PASSPHRASE, as_far_as_recovery, make_cheaply, open_cheaply, press

QUICK = KdfParameters(memory_kib=64 * 1024, passes=2)  # the least that a casebook may ask for


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    """A closed casebook with one person in it."""
    return make_cheaply(tmp_path)


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program with settings of its own, opening with a cheap key derivation; it starts no process."""
    started: list[Path] = []

    def start(path: Path, today: dt.date | None) -> bool:
        started.append(path)
        return True

    made = Program(
        qapp,
        today=DAY,
        settings_folder=tmp_path / "settings",
        start_again=start,
        leave=lambda: started.append(Path()),  # to leave the application would end that of all tests
    )
    made._open = open_cheaply  # type: ignore[method-assign]
    made.started = started  # type: ignore[attr-defined]
    yield made
    made.end()
    if made.window is not None:
        made.window.hide()
        made.window.deleteLater()


# From window to window


def test_from_the_first_window_to_the_pages_and_back_by_locking(
    qtbot: QtBot, program: Program, casebook: Path, tmp_path: Path
) -> None:
    program.settings.opened(casebook)
    program.begin(None)
    start = program.window
    assert isinstance(start, StartWindow)
    qtbot.keyClick(start.recent, Qt.Key.Key_Return)
    locked = program.window
    assert isinstance(locked, UnlockWindow)
    qtbot.keyClicks(locked.passphrase.line, PASSPHRASE)
    qtbot.keyClick(locked.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    window = program.window
    assert isinstance(window, MainWindow)
    assert window.desk.store.today() == DAY
    window.resize(1111, 777)

    window.lock()

    assert not window.isVisible()
    assert program.started == [casebook, Path()]  # type: ignore[attr-defined]
    open_cheaply(casebook, PASSPHRASE)[0].close()  # nobody holds its lock
    remembered = settings_file.load(tmp_path / "settings")
    assert remembered.recent == [str(casebook)]
    assert (remembered.window_width, remembered.window_height) == (1111, 777)


def test_where_no_process_can_be_started_it_is_locked_all_the_same(
    qtbot: QtBot, program: Program, casebook: Path
) -> None:
    program._start_again = lambda path, today: False
    program.show_casebook(open_cheaply(casebook, PASSPHRASE))

    program.lock()

    assert isinstance(program.window, UnlockWindow)
    assert program.window.path == casebook
    open_cheaply(casebook, PASSPHRASE)[0].close()


def test_closing_the_window_closes_the_casebook(qtbot: QtBot, program: Program, casebook: Path) -> None:
    program.begin(casebook, PASSPHRASE)
    assert isinstance(program.window, MainWindow)
    program.window.close()

    made, store = open_cheaply(casebook, PASSPHRASE)
    made.close()
    assert store.read_only == ""


def test_settings_hold_nothing_of_the_records(program: Program, casebook: Path, tmp_path: Path) -> None:
    program.begin(casebook, PASSPHRASE)
    window = program.window
    assert isinstance(window, MainWindow)
    window.go("people")
    window.close()

    (file,) = (tmp_path / "settings").iterdir()
    text = file.read_text("utf-8")
    assert casebook.name in text  # or nothing would be looked at here
    for word in (MARKER, PASSPHRASE, "Dana"):
        assert word not in text


def test_a_second_program_may_only_read(program: Program, casebook: Path) -> None:
    first, _ = open_cheaply(casebook, PASSPHRASE)
    with first:
        program.begin(casebook, PASSPHRASE)
        window = program.window
        assert isinstance(window, MainWindow)
        banner = window.findChild(QWidget, "read_only")
        assert banner is not None
        assert banner.isVisible()
        window.close()


def test_a_new_casebook_is_opened_at_once(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    program.begin(None)
    dialog = program.make_new()
    dialog._kdf, dialog._bounds = CHEAP, LOOSE
    dialog.place.where.setText(str(tmp_path))
    as_far_as_recovery(dialog)
    dialog.recovery.declined.setChecked(True)
    press(dialog, "new.next")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))

    assert program.settings.recent == [str(tmp_path / "Алматы.casebook")]


def test_a_recent_casebook_that_is_gone_is_said(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    program.settings.opened(tmp_path / "gone.casebook")
    program.begin(None)
    start = program.window
    assert isinstance(start, StartWindow)
    qtbot.keyClick(start.recent, Qt.Key.Key_Return)

    box = start.findChild(QMessageBox)
    assert box is not None
    assert "was it moved" in box.text()
    assert program.window is start
    box.close()


def test_the_ending_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.casebook").mkdir()
    assert existing(tmp_path / "a") == tmp_path / "a.casebook"
    with pytest.raises(NotACasebook, match="There is no casebook at b"):
        existing(tmp_path / "b")


# As a process


def test_how_the_program_starts_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path("a b.casebook")
    assert command_for(here, DAY) == (
        sys.executable,
        ["-m", "casetracker", "open", "a b.casebook", "--today", "2021-11-12"],
    )
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_for(here) == (sys.executable, ["open", "a b.casebook"])


def run(code: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")}
    env = os.environ | places | {"QT_QPA_PLATFORM": "offscreen"} | more
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_first_window_does_not_wait_for_the_database(tmp_path: Path) -> None:
    heavy = ["sqlalchemy", "alembic", "cryptography", "sqlcipher3", "reportlab"]
    code = f"import casetracker.ui.app, sys; print([m for m in {heavy!r} if m in sys.modules])"

    done = run(code, tmp_path)

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="core files are a matter of POSIX")
def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    code = """
import os, resource, sys
from casetracker.ui.process import keep_to_itself
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
keep_to_itself()
print(resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
if sys.platform.startswith("linux"):
    import ctypes
    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))  # PR_GET_DUMPABLE
"""
    done = run(code, tmp_path)

    assert done.stdout.split("\n")[0] == "(0, 0) 0o77", done.stderr
    assert not sys.platform.startswith("linux") or done.stdout.split("\n")[1] == "0"


def test_the_program_starts_on_a_casebook_and_forgets_the_passphrase(tmp_path: Path) -> None:
    """As the packaged program is tried: a real casebook, opened unasked, the window shown and closed."""
    made, _ = create_casebook(tmp_path / "Бюро", PASSPHRASE, "Dana", kdf=QUICK, recovery=False)
    made.close()
    code = f"""
import os
from pathlib import Path
from casetracker.ui.app import run
secret = os.environ["CASETRACKER_PASSPHRASE"]
print(run(Path({str(tmp_path / "Бюро")!r}), passphrase=secret, quit_after_start=True))
print("CASETRACKER_PASSPHRASE" in os.environ)
"""
    done = run(code, tmp_path, CASETRACKER_PASSPHRASE=PASSPHRASE, PYTHONUTF8="1")

    assert done.stdout.split() == ["0", "False"], done.stderr
    open_casebook(made.folder, PASSPHRASE).close()
    assert not list(tmp_path.rglob("settings.json"))  # a trial leaves no trace


def test_the_example_is_made_once_and_kept(tmp_path: Path) -> None:
    made, store = open_example(Silent(), tmp_path)
    with made:
        assert store.today() == EXAMPLE_DAY
        people = lists.count(store, Person)
        draft = store.draft(Person)
        draft.add("names", full=MARKER)
        store.save(draft)
    again, store = open_example(Silent(), tmp_path)
    with again:
        assert lists.count(store, Person) == people + 1
        assert store.today() == EXAMPLE_DAY


def test_an_example_that_was_not_finished_is_none(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        open_example(Impatient(), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_window_speaks_another_language_at_once_and_at_the_next_start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    program = Program(qapp, settings_folder=tmp_path)
    program.begin(None)
    start = program.window
    assert isinstance(start, StartWindow)
    assert "New casebook…" in [b.text() for b in start.findChildren(QPushButton)]

    start.language.picked.emit("ru")

    again = program.window
    assert isinstance(again, StartWindow)
    assert again is not start
    assert "New casebook…" not in [b.text() for b in again.findChildren(QPushButton)]
    assert settings_file.load(tmp_path).language == "ru"
    again.close()
