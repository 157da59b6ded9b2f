"""The questions about consent, asked before anything else; a letter answers each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.confidentiality import Use
from casetracker.model.sources.consent import Answer
from casetracker.model.terms import label_of
from casetracker.ui.widgets.naming import label, named

_CHOICES: tuple[tuple[Answer | None, str], ...] = (
    (Answer.AGREES, N_("Agrees")),
    (Answer.REFUSES, N_("Refuses")),
    (None, N_("Not asked")),
)


class Question(QWidget):
    """One use and the answer to it: the keys A, R and N, or the arrow keys."""

    changed = Signal()

    def __init__(self, use: Use) -> None:
        super().__init__()
        self.use = use
        named(self, f"ask.{use.name}", label_of(use))
        self._buttons: dict[Answer | None, QRadioButton] = {}
        group = QButtonGroup(self)
        words = QVBoxLayout(self)
        words.setContentsMargins(0, 3, 0, 3)
        words.setSpacing(2)
        words.addWidget(label(label_of(use), wrap=True))
        line = QHBoxLayout()
        words.addLayout(line)
        for answer, text in _CHOICES:
            made = named(QRadioButton(tr(text)), f"ask.{use.name}.{answer.name if answer else 'NONE'}")
            made.setAccessibleName(f"{label_of(use)}: {tr(text)}")
            self._buttons[answer] = made
            group.addButton(made)
            line.addWidget(made)
        line.addStretch(1)
        self._buttons[None].setChecked(True)
        self._on_toggled(None, True)
        group.buttonToggled.connect(self._on_toggled)

    def _on_toggled(self, _: object, on: bool) -> None:
        """Let Tab lead to the answer that is marked, not to the first."""
        if on:
            for made in self._buttons.values():
                strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
                made.setFocusPolicy(strong if made.isChecked() else click)
            self.changed.emit()

    def answer(self) -> Answer | None:
        """What was answered; None if it was not asked."""
        return next(answer for answer, made in self._buttons.items() if made.isChecked())

    def set_answer(self, answer: Answer | None) -> None:
        """Mark an answer."""
        self._buttons[answer].setChecked(True)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self._buttons[self.answer()].setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_A: Answer.AGREES, Qt.Key.Key_R: Answer.REFUSES, Qt.Key.Key_N: None}
        pressed = Qt.Key(event.key())
        if pressed in keys and not event.modifiers():
            self.set_answer(keys[pressed])
            self._buttons[keys[pressed]].setFocus()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class ConsentAsk(QWidget):
    """All questions below each other."""

    changed = Signal()

    def __init__(self, uses: Iterable[Use]) -> None:
        super().__init__()
        named(self, "consent_ask", tr(N_("Consent first")))
        self.questions = {use: Question(use) for use in uses}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for question in self.questions.values():
            layout.addWidget(question)
            question.changed.connect(self.changed)

    def answers(self) -> dict[Use, Answer | None]:
        """The answers by use."""
        return {use: question.answer() for use, question in self.questions.items()}
