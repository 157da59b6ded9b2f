"""Telling the user, asking the user, and what is shown when the program itself is at fault."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from casetracker.errors import UserError
from casetracker.i18n import tr
from casetracker.logs import report_of
from casetracker.ui.widgets.naming import button, label, named

_kept: set[QDialog] = set()  # the dialogs that are open
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """A button of a question: the key that is returned, what it says, and what it is for."""

    key: str
    text: str
    primary: bool = False
    danger: bool = False
    cancel: bool = False


def tell(parent: QWidget | None, text: str, title: str = "") -> QMessageBox:
    """Show something that needs no answer; does not wait."""
    return _show(parent, QMessageBox.Icon.Information, title, text)


def warn(parent: QWidget | None, error: UserError | str, title: str = "") -> QMessageBox:
    """Show what went wrong in a way that the user can put right; does not wait."""
    return _show(parent, QMessageBox.Icon.Warning, title, str(error))


def ask(parent: QWidget | None, title: str, text: str, answers: Sequence[Answer]) -> str:
    """Ask, wait, and return the key of the answer; closing the question answers with the `cancel` one."""
    box = _box(parent, QMessageBox.Icon.Question, title, text)
    made = {}
    for answer in answers:
        role = QMessageBox.ButtonRole.RejectRole if answer.cancel else QMessageBox.ButtonRole.AcceptRole
        one = box.addButton(answer.text, QMessageBox.ButtonRole.DestructiveRole if answer.danger else role)
        named(one, f"answer.{answer.key}", answer.text)
        if answer.danger:
            one.setProperty("kind", "danger")
        if answer.primary:
            box.setDefaultButton(one)
        if answer.cancel:
            box.setEscapeButton(one)
        made[one] = answer.key
    box.exec()
    key = made.get(box.clickedButton(), "")  # type: ignore[call-overload]
    box.deleteLater()
    return str(key)


def _box(parent: QWidget | None, picture: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    named(box, "message", title or text)
    box.setIcon(picture)
    box.setWindowTitle("Casetracker")  # task bars show titles
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title or text)
    box.setInformativeText(text if title else "")
    return box


def _show(parent: QWidget | None, picture: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = _box(parent, picture, title, text)
    ok = box.addButton(tr("OK"), QMessageBox.ButtonRole.AcceptRole)
    named(ok, "answer.ok", tr("OK"))
    box.setDefaultButton(ok)
    _open(box)
    return box


def _open(dialog: QDialog) -> None:
    """Show a dialog and go on; without a parent nobody else would keep it."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _kept.add(dialog)
    dialog.finished.connect(lambda: _kept.discard(dialog))
    dialog.open()


class CrashDialog(QDialog):
    """Says that the program is at fault, and shows a report with no names or records in it to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "crash", tr("Something went wrong in the program"))
        self.setWindowTitle(tr("Something went wrong"))
        self.setMinimumWidth(520)
        text = tr(
            "What you saved is safe. You can go on working; if it happens again, start the program anew. "
            "The report below names places in the program only, no names and no records; please send it to "
            "those who look after it."
        )
        self.report = report_of(error, f"Qt {qVersion()}")
        shown = named(QPlainTextEdit(self.report), "crash.report", tr("Report"))
        shown.setReadOnly(True)
        copy = button(tr("Copy the report"), "crash.copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        close = button(tr("Close"), "crash.close", kind="primary")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label(tr("Something went wrong in the program"), "head"))
        layout.addWidget(label(text, "soft", wrap=True))
        layout.addWidget(shown)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        layout.addLayout(row)


def crashed(parent: QWidget | None, error: BaseException) -> CrashDialog:
    """Log an unexpected error without its values and show the crash dialog; does not wait."""
    _log.error("%s", report_of(error, f"Qt {qVersion()}"))
    dialog = CrashDialog(error, parent)
    _open(dialog)
    return dialog


class _CrashBridge(QObject):
    """Carries errors of other threads to the one that may show windows."""

    happened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        """Runs in the thread of the windows, since a slot of an object does."""
        parent = QApplication.activeWindow()
        if isinstance(error, UserError):
            warn(parent, error)
        else:
            crashed(parent, error)


def catch_crashes() -> None:
    """Show the crash dialog for whatever nobody caught, in any thread; `UserError` is shown as a message."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            _bridge.happened.emit(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            _bridge.happened.emit(args.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook


_bridge = _CrashBridge()
