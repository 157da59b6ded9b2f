"""One thing to be answered, as a card: what is recorded, four large answers, and room for words."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from casetracker import i18n
from casetracker.i18n import N_, tr
from casetracker.model.terms import label_of
from casetracker.model.work.review import Said
from casetracker.store.reviews.packet import CONSENT, LONGEST, MAY_SAY, PHOTOGRAPH, Item, Reply
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label, named, show_if

_HOW = {
    Said.CORRECT: N_("It is so."),
    Said.WRONG: N_("It should be otherwise."),
    Said.WITHHOLD: N_("It stays in the office."),
    Said.UNKNOWN: N_("Others may know."),
}
_PICTURE = 360  # pixels of the longer side at 100 %


def reading(item: Item) -> tuple[str, str]:
    """Return what is read in large letters, and what in small ones: of a use, the use itself is large."""
    if item.kind == CONSENT or not item.text:
        return item.label, item.text
    return item.text, item.label


class AnswerButton(QPushButton):
    """A large answer with its key; below it what it means."""

    def __init__(self, said: Said, number: int) -> None:
        how = tr(_HOW[said]) if said in _HOW else ""
        super().__init__(f"{label_of(said)}\n{how}" if how else label_of(said))
        self.said = said
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "answer")
        self.setProperty("said", said.name.lower())
        self.setMinimumSize(px(120), px(58))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        named(self, f"answer.{said.name.lower()}", label_of(said), tr(N_("Key {n}"), n=number))


class ItemCard(QFrame):
    """Shows one item and takes its answer; `changed` when a button was pressed or something typed."""

    changed = Signal()

    def __init__(self, language: str, *, object_name: str = "item") -> None:
        super().__init__()
        named(self, object_name)
        self._language = language
        self._item: Item | None = None
        self.group = label("", "muted")
        self.label = label("", "bold", wrap=True)
        self.text = named(label("", "statement", wrap=True, selectable=True), f"{object_name}.text")
        self.picture = named(label(""), f"{object_name}.picture")
        self._answers = QGridLayout()
        self._answers.setSpacing(px(10))
        for column in (0, 1):
            self._answers.setColumnStretch(column, 1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # so that an answer can be taken back
        self.buttons: dict[Said, AnswerButton] = {}
        self.proposed_label = label("", "bold")
        self.proposed = self._words(f"{object_name}.proposed")
        self.comment_label = label("", "muted")
        self.comment = self._words(f"{object_name}.comment")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(8))
        for part in (self.group, self.label, self.text, self.picture):
            layout.addWidget(part)
        layout.addSpacing(px(10))
        layout.addLayout(self._answers)
        layout.addSpacing(px(4))
        for words in (self.proposed_label, self.proposed, self.comment_label, self.comment):
            layout.addWidget(words)

    def _words(self, name: str) -> QPlainTextEdit:
        made = named(QPlainTextEdit(), name)
        made.setTabChangesFocus(True)
        made.setFixedHeight(px(52))
        made.textChanged.connect(self._on_typed)
        return made

    def show_item(self, item: Item, reply: Reply | None) -> None:
        """Show an item with the answer that was given before."""
        self._item = None
        with i18n.language(self._language):
            self.group.setText(item.group)
            large, small = reading(item)
            self.label.setText(small)
            show_if(self.label, bool(small))
            self.text.setText(large)
            self._show_picture(item)
            self._show_buttons(item.kind)
            self.proposed_label.setText(tr(N_("How should it be?")))
            self.proposed.setAccessibleName(tr(N_("How should it be?")))
            self.comment_label.setText(tr(N_("Something to add? (not needed)")))
            self.comment.setAccessibleName(tr(N_("Something to add? (not needed)")))
        for edit, words in ((self.proposed, reply.proposed), (self.comment, reply.comment)) if reply else (
            (self.proposed, ""), (self.comment, "")):  # fmt: skip
            with QSignalBlocker(edit):
                edit.setPlainText(words)
        for said, button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(reply is not None and reply.said is said)
        self._item = item
        self._fit()

    def _show_picture(self, item: Item) -> None:
        picture = QPixmap()
        if item.kind == PHOTOGRAPH and picture.loadFromData(item.picture):
            side = px(_PICTURE)
            if max(picture.width(), picture.height()) > side:
                keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                picture = picture.scaled(side, side, keep, smooth)
            self.picture.setPixmap(picture)
            self.picture.setAccessibleName(item.label)
        show_if(self.picture, not picture.isNull())

    def _show_buttons(self, kind: str) -> None:
        wanted = MAY_SAY[kind]
        if tuple(self.buttons) == wanted:
            return
        for old in self.buttons.values():
            self._group.removeButton(old)
            self._answers.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for number, said in enumerate(wanted):
            made = self.buttons[said] = AnswerButton(said, number + 1)
            made.clicked.connect(lambda on, which=said: self._on_answer(which, on))
            self._group.addButton(made)
            self._answers.addWidget(made, number // 2, number % 2)
        for edit, after in ((self.proposed, None), (self.comment, self.proposed)):
            self.setTabOrder(after or [*self.buttons.values()][-1], edit)

    def answer(self, number: int) -> None:
        """Give the answer with this number, as its key does."""
        if 0 < number <= len(self.buttons):
            [*self.buttons.values()][number - 1].click()

    def reply(self) -> Reply | None:
        """Return the answer; None while there is none."""
        said = next((s for s, button in self.buttons.items() if button.isChecked()), None)
        if said is None:
            return None
        proposed = self.proposed.toPlainText().strip() if said is Said.WRONG else ""
        return Reply(said, proposed[:LONGEST], self.comment.toPlainText().strip()[:LONGEST])

    def _on_answer(self, which: Said, on: bool) -> None:
        for said, button in self.buttons.items():
            if said is not which:
                button.setChecked(False)
        self._fit()
        if which is Said.WRONG and on:
            self.proposed.setFocus()
        self.changed.emit()

    def _on_typed(self) -> None:
        if self._item is not None:
            self.changed.emit()

    def _fit(self) -> None:
        """Ask for words only where they say something."""
        said = next((s for s, button in self.buttons.items() if button.isChecked()), None)
        for part in (self.proposed_label, self.proposed):
            show_if(part, said is Said.WRONG)
        consent = self._item is not None and self._item.kind == CONSENT
        for part in (self.comment_label, self.comment):
            show_if(part, said is not None and not consent)
