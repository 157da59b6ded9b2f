"""The program with its windows: which one is shown when, from the first to the last."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from casetracker import i18n
from casetracker import settings as settings_file
from casetracker.errors import NotACasebook, UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.ui import messages, style
from casetracker.ui.background import Background, cancel_and_wait
from casetracker.ui.collecting import collect_here
from casetracker.ui.example_casebook import open_example
from casetracker.ui.icons import app_icon
from casetracker.ui.process import command_for, keep_to_itself, settle_memory
from casetracker.ui.start import StartWindow
from casetracker.ui.unlock import SUFFIX, UnlockWindow, load_later

if TYPE_CHECKING:
    from casetracker.store.casebook import Casebook
    from casetracker.store.store import Store
    from casetracker.ui.clearing_clipboard import ClearingClipboard
    from casetracker.ui.main_window import MainWindow
    from casetracker.ui.new_casebook import NewCasebookDialog

PASSPHRASE = "CASETRACKER_PASSPHRASE"  # noqa: S105 - the name of the variable


def run(
    path: Path | None = None,
    *,
    passphrase: str = "",
    today: dt.date | None = None,
    quit_after_start: bool = False,
    review: Path | None = None,
) -> int:
    """Show the window until it is closed, and return the exit code. A `review` file needs no casebook.

    `path` is the casebook to open; without one the first window asks. `passphrase` (given by a script) opens
    it unasked; raises `UserError` if it cannot. `today` is the day that deadlines count from.
    """
    os.environ.pop(PASSPHRASE, None)  # what this program starts must not find it
    keep_to_itself()
    if path is not None:
        path = existing(path)
    app = application()
    messages.catch_crashes()
    program = Program(app, today=today, quit_after_start=quit_after_start)
    loading: list[Thread] = []
    # Not before the first window is painted: one thread of Python holds up the other.
    QTimer.singleShot(0, lambda: loading.append(load_later()))
    try:
        if review is None:
            program.begin(path, passphrase)
        else:
            program.show_review_file(review)
        return app.exec()
    finally:
        program.end()
        for thread in loading:
            thread.join()


def application() -> QApplication:
    """Return the application, with the look of the program."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("casetracker")
    app.setApplicationDisplayName("Casetracker")
    app.setDesktopFileName("casetracker")
    app.setWindowIcon(app_icon())
    style.apply(app)
    collect_here()
    return app


def existing(path: Path) -> Path:
    """Return the path that is meant, its ending added where it was left out; raises `NotACasebook`."""
    for each in (path, path.with_name(path.name + SUFFIX)):
        if each.with_name(each.name + ".coming").is_dir():  # a backup was about to take its place
            from casetracker.store.backups.swap import finish

            finish(each)
        if each.exists():
            return each.absolute()
    raise NotACasebook(
        tr(N_("There is no casebook at {name}; was it moved, or is its drive not connected?"), name=path.name)
    )


class Program(QObject):
    """Goes from window to window, and holds the casebook that is open."""

    def __init__(
        self,
        app: QApplication,
        *,
        today: dt.date | None = None,
        quit_after_start: bool = False,
        settings_folder: Path | None = None,
        start_again: Callable[[Path, dt.date | None], bool] | None = None,
        leave: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        # unlike quit(), exit() asks no window: what is not saved was asked about before
        self._leave = leave or (lambda: app.exit(0))
        self._today, self._quit = today, quit_after_start
        self._folder = settings_folder
        self._start_again = start_again or start_anew
        self.settings = settings_file.load(settings_folder)
        i18n.use(i18n.fitting(self.settings.language))
        self.window: QWidget | None = None
        self.dialog: NewCasebookDialog | None = None
        self._casebook: Casebook | None = None
        self._main: MainWindow | None = None
        self._clipboard: ClearingClipboard | None = None
        self._maximise = False
        self._example = False

    def begin(self, path: Path | None, passphrase: str = "") -> None:
        """Show the first window: the casebook if it can be opened at once, else what asks for it."""
        if path is None:
            self.show_start()
        elif passphrase:
            try:
                self.show_casebook(self._open(path, passphrase))
            except WrongPassphrase:
                if self._quit:
                    raise
                self.show_unlock(path)
        else:
            self.show_unlock(path)
        if self._quit:
            QTimer.singleShot(0, self._quit_now)

    def end(self) -> None:
        """Close the casebook; harmless twice."""
        if self._casebook is not None:
            self._casebook.close()
            self._casebook = self._main = None

    # Before a casebook is open

    def show_start(self) -> None:
        """Ask which casebook."""
        window = StartWindow(self.settings)
        window.open_wanted.connect(self._on_open_wanted)
        window.new_wanted.connect(self.make_new)
        window.example_wanted.connect(self._look_at_example)
        window.review_wanted.connect(self.show_review_file)
        window.changed.connect(self._save_settings)
        window.language_wanted.connect(self._speak_at_start)
        self._replace(window)

    def _speak(self, code: str) -> None:
        """Speak another language from now on, and at the next start."""
        self.settings.language = code
        self._save_settings()
        i18n.use(code)

    def _speak_at_start(self, code: str) -> None:
        self._speak(code)
        self.show_start()

    def show_review_file(self, path: Path) -> None:
        """Ask for the passphrase of a review file, then show what a family is asked."""
        from casetracker.ui.review_window import OpenReviewWindow, ReviewWindow

        asking = OpenReviewWindow(path)
        asking.other_wanted.connect(self.show_start)
        asking.opened.connect(lambda review: self._replace(ReviewWindow(review)))
        self._replace(asking)

    def show_unlock(self, path: Path) -> None:
        """Ask for the passphrase of a casebook."""
        window = UnlockWindow(path, self._open)
        window.opened.connect(self.show_casebook)
        window.other_wanted.connect(self.show_start)
        window.backup_wanted.connect(lambda secret: self._offer_backup(window, path, secret))
        self._replace(window)

    def _offer_backup(self, window: QWidget, path: Path, secret: str) -> None:
        """Offer the newest good backup of a casebook that does not open."""
        from casetracker.ui.from_backup import offer_backup

        offer_backup(window, path, secret, self.settings, self.show_unlock)

    def make_new(self) -> NewCasebookDialog:
        """Open the dialog that makes a casebook."""
        from casetracker.ui.new_casebook import NewCasebookDialog

        dialog = self.dialog = NewCasebookDialog(self.window)
        dialog.made.connect(self.show_casebook)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _on_open_wanted(self, path: Path) -> None:
        try:
            self.show_unlock(existing(path))
        except NotACasebook as error:
            messages.warn(self.window, error)

    def _look_at_example(self) -> None:
        if self.window is not None:
            title = tr(N_("Making the example"))
            Background(self.window, title, open_example, self._on_example).start()

    def _on_example(self, both: tuple[Casebook, Store]) -> None:
        self.show_casebook(both, example=True)

    def _open(self, path: Path, secret: str) -> tuple[Casebook, Store]:
        from casetracker.store.opening import open_store

        return open_store(path, secret, today=self._day)

    def _day(self) -> dt.date:
        return self._today or dt.date.today()

    # An open casebook

    def show_casebook(self, both: tuple[Casebook, Store], *, example: bool = False) -> None:
        """Show the window of a casebook that was just opened."""
        from casetracker.ui.main_window import MainWindow

        self._casebook, store = both
        self._example = example
        if self._today is not None:
            store.today = self._day
        window = self._show_main(MainWindow(store, self._casebook.name))
        self._ask_for_own_passphrase(window)
        if self._casebook.upgraded_from is not None:
            said = tr(N_("Brought up to date; a copy of what was before is {name}."),
                      name=self._casebook.upgraded_from.name)  # fmt: skip
            window.desk.note.emit(said)
        if not self._quit and not example:
            self.settings.opened(self._casebook.folder)
            self._save_settings()

    def _show_main(self, window: MainWindow) -> MainWindow:
        self._main = window
        self._give_access(window)
        self._watch_over(window)
        self._back_up(window)
        window.desk.tables = self.settings.tables
        window.lock_requested.connect(self.lock)
        window.desk.settings_changed.connect(self._save_settings)
        window.desk.replace_wanted.connect(self.replace)
        window.desk.sign_in_again.connect(self.lock)
        window.desk.erased.connect(self._on_erased)
        window.closed.connect(self._on_closed)
        window.language_wanted.connect(self._speak_in_casebook)
        self._size(window)
        self._replace(window)
        QTimer.singleShot(0, settle_memory)
        QTimer.singleShot(500, window, window.warm_up)
        return window

    def _watch_over(self, window: MainWindow) -> None:
        """Lock by itself while this window is open, and keep nothing in the clipboard."""
        from casetracker.ui.clearing_clipboard import ClearingClipboard
        from casetracker.ui.locking import AutoLock

        window.desk.settings = self.settings
        self._clipboard = ClearingClipboard(window)
        if not self._quit:
            AutoLock(window, lambda: self.settings.lock_minutes).wanted.connect(self.lock)

    def _give_access(self, window: MainWindow) -> None:
        from casetracker.store.access import Access

        if self._casebook is not None:
            window.desk.access = Access(self._casebook, window.desk.store)

    def _ask_for_own_passphrase(self, window: MainWindow) -> None:
        """Ask somebody who signs in for the first time for a passphrase that nobody else knows."""
        from casetracker.ui.pages.users.page import ask_own_passphrase

        access = window.desk.access
        if access is None or not access.casebook.first_passphrase or self._quit:
            return
        why = tr(
            N_("Somebody else chose the passphrase that you signed in with. Take one that only you know.")
        )
        dialog = ask_own_passphrase(window, access, window.desk, why)
        dialog.rejected.connect(self.lock)

    def _back_up(self, window: MainWindow) -> None:
        """Let backups be made while this window is open; the example needs none."""
        from casetracker.store.backups.service import Backups
        from casetracker.ui.backing_up import BackingUp

        if self._casebook is None or self._quit or self._example:
            return
        desk = window.desk
        desk.backups = Backups.of(self._casebook, self.settings)
        keeping = BackingUp(desk.backups, window)
        keeping.said.connect(desk.note)
        keeping.said.connect(lambda _: desk.backed_up.emit())
        desk.backed_up.emit()

    def replace(self, copy: Path) -> None:
        """Put a copy in place of the open casebook, which is kept beside, and ask for the passphrase
        again.
        """
        from casetracker.store.backups.swap import free_name, take_place

        if self._casebook is None:
            return
        present = self._casebook.folder
        aside = tr(N_("{name} (before {when})"), name=present.name.removesuffix(SUFFIX),
                   when=f"{dt.datetime.now().astimezone():%Y-%m-%d %H%M}")  # fmt: skip
        self._close_main()
        try:
            take_place(copy, present, free_name(present.with_name(aside + SUFFIX)))
        except UserError as error:
            messages.warn(None, error)
        self._unlock_anew(present)

    def _speak_in_casebook(self, code: str) -> None:
        """Show the same casebook again, with a window that speaks the other language."""
        former, casebook = self._main, self._casebook
        if former is None or casebook is None:
            return
        self._remember_size()
        cancel_and_wait(former)
        store = former.desk.store
        former.desk.close()
        self._speak(code)
        self._show_main(type(former)(store, casebook.name))

    def _on_erased(self) -> None:
        """Forget where the casebook was, and show the first window."""
        if self._casebook is not None:
            self.settings.forget(str(self._casebook.folder.absolute()))
        self._close_main()
        self.show_start()

    def lock(self) -> None:
        """End this process, whose memory holds the key, and leave a small window to unlock in a new one."""
        if self._casebook is None:
            return
        folder = self._casebook.folder
        self._close_main()
        self._unlock_anew(folder)

    def _close_main(self) -> None:
        window = self._main
        self._remember_size()
        if self._clipboard is not None:
            self._clipboard.clear()
            self._clipboard = None
        if window is not None:
            window.hide()
            cancel_and_wait(window)
            with suppress(UserError):  # what is typed cannot be kept where there is no casebook any more
                window.desk.close()
        self.end()

    def _unlock_anew(self, folder: Path) -> None:
        if self._start_again(folder, self._today):
            self._leave()
        else:
            self.show_unlock(folder)

    def _on_closed(self) -> None:
        if self._clipboard is not None:
            self._clipboard.clear()
        self._remember_size()
        self.end()

    def _quit_now(self) -> None:
        if self.window is not None:
            self.window.close()
        self._leave()

    # Windows

    def _replace(self, window: QWidget) -> None:
        """Show a window instead of the former one; the new one first, or the program would end."""
        former, self.window = self.window, window
        if self._maximise and window is self._main:
            window.showMaximized()
        else:
            window.show()
        if former is not None:
            former.hide()
            former.deleteLater()

    def _size(self, window: MainWindow) -> None:
        known = self.settings
        self._maximise = known.window_maximised and not self._quit
        if known.window_width and known.window_height and not self._quit:
            window.resize(known.window_width, known.window_height)

    def _remember_size(self) -> None:
        window = self._main
        if window is None or self._quit:
            return
        self.settings.window_maximised = window.isMaximized()
        if not window.isMaximized():
            self.settings.window_width, self.settings.window_height = window.width(), window.height()
        self._save_settings()

    def _save_settings(self) -> None:
        settings_file.save(self.settings, self._folder)


def start_anew(path: Path, today: dt.date | None = None) -> bool:
    """Start the program on a casebook in a process of its own; False if the system will not."""
    program, words = command_for(path, today)
    started: Any = QProcess.startDetached(program, words)
    return bool(started[0] if isinstance(started, tuple) else started)
