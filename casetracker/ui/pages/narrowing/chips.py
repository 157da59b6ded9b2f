"""The chips of a query: one for each condition, with its menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from casetracker.i18n import N_, tr
from casetracker.store.store import Store
from casetracker.store.views.condition import Condition, Operand
from casetracker.store.views.listed import Listed
from casetracker.store.views.query import AND, OR, Query, Term
from casetracker.store.views.sentence import phrase
from casetracker.ui.style import px
from casetracker.ui.widgets.chip import FilterChip
from casetracker.ui.widgets.naming import named

_LONGEST = 44  # letters; the tooltip and the sentence have it whole
_CROSS = 26  # pixels at the right end, where ✕ stands


class TermChip(FilterChip):
    """One condition of a query; `removed` by ✕ or Delete, `menu_wanted` by a click, Enter or Space."""

    removed = Signal()
    menu_wanted = Signal()

    def __init__(self, text: str, number: int) -> None:
        short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        super().__init__(short, f"narrow.term.{number}", on=True)
        self.setAccessibleName(text)
        self.setToolTip(tr(N_("{condition} – click for and, or, not; Delete takes it away"), condition=text))
        self.clicked.connect(self.menu_wanted)

    def nextCheckState(self) -> None:
        """Stay on: a chip that is off would not be there."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self.rect().contains(place) and place.x() > self.width() - px(_CROSS):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.menu_wanted.emit()
        else:
            super().keyPressEvent(event)


def text_of(store: Store, listed: Listed, query: Query, number: int) -> str:
    """Say what stands on the chip of a condition: the word that joins it, and the condition."""
    term = query.terms[number]
    said = phrase(store, listed, term)
    if not number:
        return said
    return tr(N_("or {condition}") if term.join == OR else N_("and {condition}"), condition=said)


Change = Callable[[Query], None]


def chip_menu(
    chip: TermChip, store: Store, listed: Listed, query: Query, number: int, change: Change
) -> QMenu:
    """Open the menu of a chip; `change` is called with the query that was chosen."""
    menu = named(QMenu(chip), "narrow.term.menu", tr(N_("This condition")))
    term = query.terms[number]
    if number:
        for join, text in ((AND, N_("and")), (OR, N_("or"))):
            made = _choice(menu, f"join.{join}", tr(text), term.join == join)
            made.triggered.connect(lambda _=False, join=join: change(query.changing(number, join=join)))
        menu.addSeparator()
    denied = _choice(menu, "not", tr(N_("not (the opposite)")), term.negated)
    denied.triggered.connect(lambda: change(query.changing(number, negated=not term.negated)))
    condition = listed.by_key[term.key]
    if condition.operand is Operand.PICK:
        _offer_options(menu.addMenu(tr(N_("Any of"))), store, condition, query, number, change)
    if len(query.terms) > 2:
        text = tr(N_("“or” binds before “and”"))
        first = _choice(menu, "or_first", text, query.or_first)
        first.triggered.connect(lambda: change(replace(query, or_first=not query.or_first)))
    menu.addSeparator()
    gone = menu.addAction(tr(N_("Take away")))
    gone.setObjectName("remove")
    gone.triggered.connect(lambda: change(query.without(number)))
    menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))
    return menu


def _choice(menu: QMenu, name: str, text: str, on: bool) -> QAction:
    made = menu.addAction(text)
    made.setObjectName(name)
    made.setCheckable(True)
    made.setChecked(on)
    return made


def _offer_options(
    menu: QMenu, store: Store, condition: Condition, query: Query, number: int, change: Change
) -> None:
    held = query.terms[number].value
    for key, text in condition.options(store) if condition.options else ():
        made = _choice(menu, f"option.{key}", text.replace("&", "&&"), key in held)
        others = tuple(each for each in held if each != key)
        value = others if key in held else (*held, key)
        made.setEnabled(bool(value))  # one of them has to stay
        made.triggered.connect(lambda _=False, value=value: change(query.changing(number, value=value)))


def condition_menu(
    menu: QMenu, store: Store, listed: Listed, add: Callable[[Term], None], ask: Callable[[Condition], None]
) -> None:
    """Fill a menu with all conditions of a list."""
    menu.clear()
    for condition in listed.conditions:
        if condition.operand is Operand.PICK:
            _fill_when_shown(menu.addMenu(tr(condition.label)), store, condition, add)
            continue
        made = menu.addAction(tr(condition.label))
        made.setObjectName(f"condition.{condition.key}")
        if condition.operand is Operand.NONE:
            made.triggered.connect(lambda _=False, key=condition.key: add(Term(key)))
        else:
            made.setText(f"{tr(condition.label)}…" if "…" not in tr(condition.label) else tr(condition.label))
            made.triggered.connect(lambda _=False, condition=condition: ask(condition))


def _fill_when_shown(menu: QMenu, store: Store, condition: Condition, add: Callable[[Term], None]) -> None:
    menu.setObjectName(f"condition.{condition.key}")

    def fill() -> None:
        menu.clear()
        for key, text in condition.options(store) if condition.options else ():
            made = menu.addAction(text.replace("&", "&&"))
            made.setObjectName(f"option.{key}")
            made.triggered.connect(lambda _=False, key=key: add(Term(condition.key, (key,))))
        if menu.isEmpty():
            menu.addAction(tr(N_("Nothing to choose yet"))).setEnabled(False)

    menu.aboutToShow.connect(fill)
