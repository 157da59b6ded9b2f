"""One line in which something is typed for a condition or a view: a number, a day, a place, a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import dates, places
from casetracker.store.views.condition import Condition, Operand
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.suggestions import Hit, LookupEdit

Answer = Callable[[str], str]  # takes what was typed; returns a sentence if it will not do
_HINTS = {
    Operand.NUMBER: N_("a number, then Enter"),
    Operand.DAY: N_("a day, as in 31.12.2018, then Enter"),
    Operand.PLACE: N_("a county or prefecture, in any language"),
    Operand.TEXT: N_("a few letters, then Enter"),
}


def _found(typed: str) -> list[Hit]:
    return [Hit(place.code, places.label(place), places.details(place)) for place in places.suggest(typed)]


class AskLine(QWidget):
    """Hidden until something is asked; Enter answers, Escape gives up."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "narrow.ask")
        self._answer: Answer = lambda _: ""
        self._field: QLineEdit | None = None
        self._what = label("", "note", wrap=True)
        self._problem = named(label("", "problem", wrap=True), "narrow.ask.problem")
        self._cancel = button("✕", "narrow.ask.cancel", kind="quiet", tooltip=tr(N_("Give up (Escape)")))
        self._cancel.setAccessibleName(tr(N_("Give up (Escape)")))
        self._cancel.clicked.connect(self.give_up)
        self._line = QHBoxLayout()
        self._line.setSpacing(px(6))
        self._line.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(3))
        layout.addWidget(self._what)
        layout.addLayout(self._line)
        layout.addWidget(self._problem)
        self.hide()

    def ask_for(self, condition: Condition, answer: Answer) -> None:
        """Ask for what a condition needs."""
        if condition.operand is Operand.PLACE:
            field: QLineEdit = LookupEdit(_found, "narrow.ask.field", tr(condition.label))
            field.picked.connect(lambda hit: self._give(hit.key))  # type: ignore[attr-defined]
        else:
            field = named(QLineEdit(), "narrow.ask.field", tr(condition.label))
            field.returnPressed.connect(lambda: self._give(field.text().strip()))
        field.setPlaceholderText(tr(_HINTS[condition.operand]))
        self._show(tr(condition.label), field, answer)

    def ask(self, what: str, answer: Answer, held: str = "") -> None:
        """Ask for a text."""
        field = named(QLineEdit(held), "narrow.ask.field", what)
        field.selectAll()
        field.returnPressed.connect(lambda: self._give(field.text()))
        self._show(what, field, answer)

    def give_up(self) -> None:
        """Ask no more."""
        self.hide()

    def _show(self, what: str, field: QLineEdit, answer: Answer) -> None:
        self._drop()
        self._field, self._answer = field, answer
        self._line.insertWidget(0, field, 1)
        self._what.setText(what)
        self._problem.hide()
        self.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, typed: str) -> None:
        problem = self._answer(typed)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if not problem:
            self.hide()

    def _drop(self) -> None:
        if self._field is not None:
            self._line.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)


def value_of(condition: Condition, typed: str) -> tuple[str, ...]:
    """Return what was typed as the condition keeps it; raises `ValueError` with a sentence."""
    if condition.operand is Operand.DAY:
        return (_day(typed),)
    value = (typed.strip(),)
    if not condition.fits(value):
        if condition.operand is Operand.NUMBER:
            raise ValueError(tr(N_("Type a whole number, such as 60.")))
        raise ValueError(tr(N_("Type something first.")))
    return value


def _day(typed: str) -> str:
    known = dates.parse(typed) if typed.strip() else None
    if known is None or known.earliest is None:
        raise ValueError(tr(N_("Type a day, such as 31.12.2018; a month or a year means its first day.")))
    return known.earliest.isoformat()
