"""The small window in which a casebook is unlocked. What is slow to load is loaded while the user types."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from casetracker.errors import Damaged, NotACasebook, UserError, WrongPassphrase
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Cancelled, Progress
from casetracker.ui import messages
from casetracker.ui.background import Background, cancel_and_wait
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit
from casetracker.ui.widgets.sheet import SmallWindow

SUFFIX = ".casebook"
SHOW_PROGRESS_AFTER_MS = 4000  # bringing an old casebook up to date takes longer; the bar is enough otherwise
_LATER = ("casetracker.store.opening", "casetracker.ui.main_window")

Open = Callable[[Path, str], tuple[Any, Any]]  # path and passphrase → casebook and store; raises UserError


def seconds_to_wait(wrong: int) -> float:
    """How long the next attempt has to wait after so many wrong ones: nothing at first, then ever longer."""
    return 0.0 if wrong < 2 else min(2.0 ** (wrong - 2), 30.0)


class Attempts:
    """Wrong passphrases by casebook, as long as the program runs: closing the window does not forget them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[Path, int] = {}
        self._until: dict[Path, float] = {}

    def wrong(self, path: Path) -> int:
        """How many there were since the casebook was last opened."""
        return self._wrong.get(path, 0)

    def note(self, path: Path, wait: Callable[[int], float]) -> float:
        """Count one more; return how many seconds the next has to wait."""
        self._wrong[path] = self.wrong(path) + 1
        seconds = wait(self._wrong[path])
        self._until[path] = self._clock() + seconds
        return seconds

    def left(self, path: Path) -> float:
        """How many seconds of the wait are left."""
        return max(0.0, self._until.get(path, 0.0) - self._clock())

    def forget(self, path: Path) -> None:
        """The casebook was opened."""
        self._wrong.pop(path, None)
        self._until.pop(path, None)


ATTEMPTS = Attempts()


def load_later() -> threading.Thread:
    """Begin to load what opening needs (the database, the pages) without holding up the first window."""

    def load() -> None:
        for name in _LATER:
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001 - it will be said when it is needed
                return

    thread = threading.Thread(target=load, name="load-later", daemon=True)
    thread.start()
    return thread


def name_of(path: Path) -> str:
    """Return how a casebook is called: the name of its folder without the ending."""
    folder = path if path.name.endswith(SUFFIX) or not path.parent.name.endswith(SUFFIX) else path.parent
    return folder.name.removesuffix(SUFFIX)


def has_computer_slot(path: Path) -> bool:
    """Whether a user let some computer's keyring open this casebook; read without what is slow to load."""
    folder = path if path.is_dir() else path.parent
    try:
        return b'"computer"' in (folder / "keys.json").read_bytes()
    except OSError:
        return False


class UnlockWindow(SmallWindow):
    """Asks for the passphrase, or the recovery code, of one casebook.

    `opened((casebook, store))` when it is open; whoever hears it closes the casebook in the end.
    `backup_wanted(secret)` when it is damaged and the newest backup is asked for.
    """

    opened = Signal(object)
    other_wanted = Signal()
    backup_wanted = Signal(str)

    def __init__(
        self,
        path: Path,
        open_with: Open,
        *,
        wait: Callable[[int], float] = seconds_to_wait,
        hint: str = "",
        attempts: Attempts = ATTEMPTS,
    ) -> None:
        super().__init__("unlock", name_of(path), tr(N_("Locked casebook")))
        self.path, self._open_with, self._wait = path, open_with, wait
        self._attempts = attempts
        self._working = False
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.timeout.connect(self._may_try_again)
        self.resize(px(480), px(350))
        self._build(hint or tr(N_("If it is lost, type the code of the recovery sheet instead.")))

    def _build(self, hint: str) -> None:
        self.passphrase = PassphraseEdit("passphrase", tr(N_("Passphrase")))
        self.passphrase.entered.connect(self.attempt)
        self._problem = named(label("", "problem", wrap=True), "unlock.problem", tr(N_("Problem")))
        self._problem.hide()
        self._bar = named(QProgressBar(), "unlock.bar", tr(N_("Opening…")))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        keep = self._bar.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keep)
        self._bar.hide()
        self.open_button = button(tr(N_("Open")), "unlock.open", kind="primary")
        self.open_button.clicked.connect(self.attempt)
        self.keyring = button(
            tr(N_("Unlock with this computer's keyring")),
            "unlock.keyring",
            kind="link",
            tooltip=tr(N_("As a user of this casebook chose for this computer")),
        )
        self.keyring.clicked.connect(self.attempt_with_keyring)
        self.keyring.setVisible(has_computer_slot(self.path))
        other = button(tr(N_("Another casebook…")), "unlock.other", kind="link")
        other.clicked.connect(self.other_wanted)
        foot = QHBoxLayout()
        foot.addWidget(other)
        self.backup = button(tr(N_("Newest backup…")), "unlock.backup", kind="link")
        self.backup.clicked.connect(lambda: self.backup_wanted.emit(self.passphrase.text()))
        self.backup.hide()
        foot.addWidget(self.backup)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        body = self.sheet.body
        body.addWidget(label(tr(N_("Passphrase")), "muted"))
        body.addWidget(self.passphrase)
        body.addWidget(self._problem)
        body.addWidget(named(label(hint, "note", wrap=True), "unlock.hint"))
        body.addWidget(self.keyring, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        body.addWidget(self._bar)
        body.addLayout(foot)
        self.passphrase.setFocus()
        self._hold_back(self._attempts.left(self.path))

    @property
    def wrong(self) -> int:
        """How many wrong passphrases were tried on this casebook."""
        return self._attempts.wrong(self.path)

    def problem(self) -> str:
        """What went wrong at the last attempt."""
        return self._problem.text()

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def attempt(self) -> None:
        """Try to open the casebook with what was typed."""
        secret = self.passphrase.text()
        if self._working or self._until.isActive():
            return
        if not secret:
            self._say(tr(N_("Type the passphrase of this casebook.")))
            return
        self._start(lambda: secret)

    def attempt_with_keyring(self) -> None:
        """Try to open the casebook with what the keyring of this computer holds; the system may ask first."""
        if self._working:
            return

        def ask() -> str:
            this_computer = importlib.import_module("casetracker.store.this_computer")
            return str(this_computer.secret_for(self.path))

        self._start(ask)

    def _start(self, secret: Callable[[], str]) -> None:
        self._set_working(working=True)
        Background(
            self,
            tr(N_("Opening the casebook")),
            lambda progress: self._work(secret(), progress),
            self._on_opened,
            failed=self._on_failed,
            show_after=SHOW_PROGRESS_AFTER_MS,
        ).start()

    def _work(self, secret: str, progress: Progress) -> tuple[Any, Any]:
        progress.step(0, 0, tr(N_("Checking the passphrase")))
        casebook, store = self._open_with(self.path, secret)
        try:
            progress.step(1, 1)
        except Cancelled:
            casebook.close()
            raise
        return casebook, store

    def _on_opened(self, both: tuple[Any, Any]) -> None:
        self.passphrase.clear()
        self._attempts.forget(self.path)
        self.opened.emit(both)
        self._set_working(working=False)

    def _on_failed(self, error: BaseException) -> None:
        self._set_working(working=False)
        if isinstance(error, WrongPassphrase):
            self._say(str(error))
            self._hold_back(self._attempts.note(self.path, self._wait))
        elif isinstance(error, UserError):
            self._say(str(error))
            self.backup.setVisible(isinstance(error, Damaged | NotACasebook))
        elif not isinstance(error, Cancelled):
            messages.crashed(self, error)
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def _hold_back(self, seconds: float) -> None:
        """Let the next attempt wait, so that nobody tries many at the keyboard."""
        if seconds > 0:
            self.open_button.setEnabled(False)
            whole = max(1, round(seconds))
            wait = ntr("Try again in {n} second.", "Try again in {n} seconds.", whole)
            self._say(f"{self._problem.text()} {wait}".strip())
            self._until.start(round(seconds * 1000))

    def _may_try_again(self) -> None:
        self.open_button.setEnabled(True)

    def _set_working(self, *, working: bool) -> None:
        self._working = working
        self._bar.setVisible(working)
        self.passphrase.setEnabled(not working)
        self.open_button.setEnabled(not working)
        if working:
            self._say("")

    def closeEvent(self, event: QCloseEvent) -> None:
        cancel_and_wait(self)
        super().closeEvent(event)
