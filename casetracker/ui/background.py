"""Long work on another thread, with a bar and a way out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import tr
from casetracker.jobs import Cancelled, Progress
from casetracker.ui import messages
from casetracker.ui.collecting import collect_here
from casetracker.ui.widgets.naming import button, label, named


class Teller(Progress, Protocol):
    """The progress of work that has something to show before it ends."""

    def tell(self, part: object) -> None:
        """Hand a part of the result to the window; it comes there as `told`."""


Work = Callable[[Teller], Any]
_SHOW_AFTER_MS = 400  # quicker work needs no window that flashes by
_TELL_EVERY_S = 0.05  # a quick worker would drown the screen in signals
_KEEP_S = 5.0  # its thread may still hold a task that has said its last word; Qt's part must not end there
_WORKERS = ThreadPoolExecutor(4, "background")  # not Qt's pool, which may outlive what Python gave it


class _Signals(QObject):
    stepped = Signal(int, int, str)
    told = Signal(object)
    done = Signal(object)
    failed = Signal(object)


class _Task:
    """Runs the work, and is the Progress that the work is given."""

    def __init__(self, work: Work) -> None:
        self.signals = _Signals()
        self.cancelled = threading.Event()
        self.ended = threading.Event()
        self._work = work
        self._told = 0.0
        self._left: float | None = None

    def gone(self) -> bool:
        """Whether its thread has certainly left the task, so that the thread of the window may forget it."""
        return self._left is not None and time.monotonic() - self._left > _KEEP_S

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report, at most twenty times a second; raises `Cancelled` when the user has had enough."""
        if self.cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told > _TELL_EVERY_S or done == total:
            self._told = now
            self.signals.stepped.emit(done, total, what)

    def tell(self, part: object) -> None:
        """Hand a part of the result to the window; raises `Cancelled` when nobody wants it any more."""
        if self.cancelled.is_set():
            raise Cancelled
        self.signals.told.emit(part)

    def run(self) -> None:
        """Do the work; whatever comes of it is told to the thread of the window."""
        try:
            result = self._work(self)
        except BaseException as error:  # noqa: BLE001 - told to the window, which sorts it
            self.signals.failed.emit(error)
        else:
            self.signals.done.emit(result)
        finally:
            self._left = time.monotonic()
            self.ended.set()


_tasks: set[_Task] = set()  # a task may outlive its window; it must not be forgotten while it runs


class ProgressDialog(QDialog):
    """What is going on, how far it is, and a button that stops it; closing it stops the work too."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        named(self, "progress", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self._bar = named(QProgressBar(), "progress.bar", title)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._what = named(label("", "note"), "progress.what")
        self._stop = button(tr("Cancel"), "progress.cancel")
        self._stop.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "bold", wrap=True))
        layout.addWidget(self._bar)
        layout.addWidget(self._what)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stop)
        layout.addLayout(row)

    def show_step(self, done: int, total: int, what: str) -> None:
        """Show how far the work is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(what)

    def reject(self) -> None:
        """Ask the work to stop; the dialog stays until it has."""
        if self._stop.isEnabled():
            self._stop.setEnabled(False)
            self._what.setText(tr("Stopping…"))
            self.cancelled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


class Background(QObject):
    """One piece of work on another thread.

    `done(result)` runs in the window's thread. `UserError` becomes a message, `Cancelled` says nothing, and
    anything else opens the crash dialog; `failed` is called instead of these if it is given. `finished` is
    emitted last in every case; before it `stepped` says how far the work is, and `told` brings parts of the
    result.
    """

    stepped = Signal(int, int, str)
    told = Signal(object)
    finished = Signal()

    def __init__(
        self, parent: QWidget, title: str, work: Work, done: Callable[[Any], None] | None = None, *,
        failed: Callable[[BaseException], None] | None = None, show_after: int = _SHOW_AFTER_MS,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._done, self._failed = done, failed
        self.dialog = ProgressDialog(title, parent)
        self.dialog.cancelled.connect(self.cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(show_after)
        self._timer.timeout.connect(self.dialog.open)
        self._task = _Task(work)
        self._task.signals.stepped.connect(self._on_step, Qt.ConnectionType.QueuedConnection)
        self._task.signals.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._task.signals.done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._task.signals.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def start(self) -> Background:
        """Begin, and return itself."""
        collect_here()  # before there is a second thread that could clear away what is the window's
        _tasks.difference_update({task for task in _tasks if task.gone()})
        _tasks.add(self._task)
        self._timer.start()
        _WORKERS.submit(self._task.run)
        return self

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._task.cancelled.set()

    def is_running(self) -> bool:
        """Whether the work has not come to its end."""
        return self._task in _tasks and not self._task.ended.is_set()

    def wait(self) -> None:
        """Wait until the work has ended; what it came to is told afterwards, if the window is still there."""
        self._task.ended.wait()

    @Slot(int, int, str)
    def _on_step(self, done: int, total: int, what: str) -> None:
        if not self._task.cancelled.is_set():
            self.dialog.show_step(done, total, what)
            self.stepped.emit(done, total, what)

    @Slot(object)
    def _on_told(self, part: object) -> None:
        if not self._task.cancelled.is_set():
            self.told.emit(part)

    @Slot(object)
    def _on_done(self, result: Any) -> None:
        self._close()
        if self._done is not None:
            self._done(result)
        self._end()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._close()
        if self._failed is not None:
            self._failed(error)
        elif isinstance(error, UserError):
            messages.warn(cast("QWidget", self.parent()), error)
        elif not isinstance(error, Cancelled):
            messages.crashed(cast("QWidget", self.parent()), error)
        self._end()

    def _end(self) -> None:
        """Go, and let go of what was to be called, which may be the last to know the window.

        Were it let go while Qt takes this object apart, the window would go too, and take its child, which is
        this object, apart a second time.
        """
        self.finished.emit()
        known = (self._done, self._failed)
        self._done = self._failed = None
        self.deleteLater()
        QTimer.singleShot(0, partial(_let_go, known))

    def _close(self) -> None:
        self._timer.stop()
        self.dialog.done(0)
        self.dialog.deleteLater()


def _let_go(_: object) -> None:
    """What is given is forgotten afterwards, between two events."""


def cancel_and_wait(window: QWidget) -> None:
    """Stop the work that a window began and wait for it; called by the `closeEvent` of the window."""
    running = [job for job in window.findChildren(Background) if job.is_running()]
    for job in running:
        job.cancel()
    for job in running:
        job.wait()
