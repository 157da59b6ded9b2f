"""Review mode: a sealed review file on any computer, without a casebook; the answers go into another file.

What is answered is kept in memory until it is saved: on a computer that is not the office's nothing of it may
lie about. Closing asks first.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.ui import messages
from casetracker.ui.background import Background, cancel_and_wait
from casetracker.ui.icons import app_icon
from casetracker.ui.messages import Answer
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit
from casetracker.ui.widgets.sheet import SmallWindow

AskPlace = Callable[[QWidget, str], str]


def ask_place(parent: QWidget, name: str) -> str:
    """Ask where the answers are saved; "" if the question was closed."""
    return QFileDialog.getSaveFileName(parent, tr(N_("Save the answers for the office")), name)[0]


def ask_review_file(parent: QWidget) -> str:
    """Ask for a review file; "" if the question was closed."""
    kinds = tr(N_("Review files (*.ctreview)")) + ";;" + tr(N_("All files (*)"))
    return QFileDialog.getOpenFileName(parent, tr(N_("Open a review file")), "", kinds)[0]


class OpenReviewWindow(SmallWindow):
    """Asks for the passphrase of a review file; `opened(ReviewFile)` when it is open."""

    opened = Signal(object)
    other_wanted = Signal()

    def __init__(self, path: Path, *, open_with: Callable[[Path, str], Any] | None = None) -> None:
        super().__init__("open_review", tr(N_("Review for the family")), path.name)
        self.path, self._open_with = path, open_with
        self.resize(px(480), px(330))
        self.passphrase = PassphraseEdit("review_passphrase", tr(N_("Passphrase")))
        self.passphrase.entered.connect(self.attempt)
        self._problem = named(label("", "problem", wrap=True), "open_review.problem", tr(N_("Problem")))
        self._problem.hide()
        hint = N_(
            "The office tells you the passphrase by telephone. The file never leaves this computer opened."
        )
        self.open_button = button(tr(N_("Open")), "open_review.open", kind="primary")
        self.open_button.clicked.connect(self.attempt)
        back = button(tr(N_("Back")), "open_review.back", kind="link")
        back.clicked.connect(self.other_wanted)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        body = self.sheet.body
        for part in (label(tr(N_("Passphrase")), "muted"), self.passphrase, self._problem,
                     label(tr(hint), "note", wrap=True)):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)
        body.addLayout(foot)
        self.passphrase.setFocus()

    def problem(self) -> str:
        """What went wrong at the last attempt."""
        return self._problem.text()

    def attempt(self) -> Background | None:
        """Try to open the file with what was typed, on another thread."""
        secret = self.passphrase.text()
        if not secret or not self.open_button.isEnabled():
            return None
        self.open_button.setEnabled(False)
        self._problem.hide()
        return Background(
            self, tr(N_("Opening the file")), lambda _: self._work(secret), self._done, show_after=4000
        ).start()

    def _work(self, secret: str) -> Any:
        from casetracker.exchange.review_file import open_review_file

        try:
            return (self._open_with or open_review_file)(self.path, secret)
        except UserError as error:
            return error

    def _done(self, found: Any) -> None:
        self.open_button.setEnabled(True)
        if isinstance(found, UserError):
            self._problem.setText(str(found))
            self._problem.show()
            self.passphrase.line.selectAll()
            self.passphrase.setFocus()
        else:
            self.passphrase.clear()
            self.opened.emit(found)

    def closeEvent(self, event: QCloseEvent) -> None:
        cancel_and_wait(self)
        super().closeEvent(event)


class ReviewWindow(QMainWindow):
    """The page of a review, with the answers saved at the end; `closed` when it is over."""

    closed = Signal()

    def __init__(self, review: Any, *, where: AskPlace = ask_place) -> None:
        super().__init__()
        from casetracker.ui.pages.review.sheet import ReviewSheet

        named(self, "review_window", "Casetracker")
        self.setWindowTitle("Casetracker")  # no name of a person: task bars show titles
        self.setWindowIcon(app_icon())
        self.resize(px(1100), px(760))
        self._review, self._where, self._safe = review, where, True
        self.sheet = ReviewSheet(review.packet, signed=review.packet.addressee)
        self.sheet.send.setText(tr(N_("Save the answers for the office…")))
        self.sheet.kept.connect(self._on_kept)
        self.sheet.sent.connect(self._on_sent)
        self.saved = Banner(object_name="review_window.saved", tone=Tone.GREEN)
        self.saved.hide()
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.saved)
        layout.addWidget(self.sheet, 1)
        self.setCentralWidget(inside)

    def _on_kept(self, _: object) -> None:
        self._safe = False
        self.saved.hide()

    def _on_sent(self, answers: Any) -> None:
        from casetracker.exchange.review_file import ANSWER_SUFFIX, write_answers

        place = self._where(self, f"{self._review.packet.review}{ANSWER_SUFFIX}")
        if not place:
            return
        path = Path(place if place.endswith(ANSWER_SUFFIX) else place + ANSWER_SUFFIX)
        try:
            write_answers(path, self._review, answers)
        except UserError as error:
            messages.warn(self, error)
            return
        self._safe = True
        text = tr(N_("Send the file “{name}” back to the office. Nobody else can open it."), name=path.name)
        self.saved.set(tr(N_("Saved")), text, Tone.GREEN)
        self.saved.show()

    def may_close(self) -> bool:
        """Whether the window may be closed: what is not saved is asked about."""
        self.sheet.keep_now()
        if self._safe:
            return True
        answers = (
            Answer("stay", tr(N_("Go on answering")), primary=True, cancel=True),
            Answer("close", tr(N_("Close without saving")), danger=True),
        )
        text = tr(N_("What you answered is not saved yet, and is gone when the window is closed."))
        return messages.ask(self, tr(N_("Close the review?")), text, answers) == "close"

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)
