"""The bar above a list that narrows it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.views import listed as lists
from casetracker.store.views.condition import Condition
from casetracker.store.views.listed import LISTS
from casetracker.store.views.query import EVERYTHING, Query, Term, left_aside
from casetracker.store.views.saved import View
from casetracker.store.views.sentence import sentence
from casetracker.ui.desk import Desk
from casetracker.ui.pages.narrowing.asking import AskLine, value_of
from casetracker.ui.pages.narrowing.chips import TermChip, chip_menu, condition_menu, text_of
from casetracker.ui.pages.narrowing.view_menu import ViewButton
from casetracker.ui.style import px
from casetracker.ui.widgets.chip import FilterChip, Flow
from casetracker.ui.widgets.naming import label, named

PAUSE_MS = 150  # after the last letter; a list for each key of a fast typist would be thrown away


class NarrowBar(QWidget):
    """A field, chips, a sentence, views; `changed` when the list is narrowed otherwise than before."""

    changed = Signal()

    def __init__(self, desk: Desk, list_key: str, page: QWidget) -> None:
        super().__init__()
        named(self, "narrow", tr(N_("Conditions of the list")))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk, self.listed = desk, LISTS[list_key]
        self.query = EVERYTHING
        self.asking = AskLine()
        self.views = ViewButton(desk, list_key, self.asking)
        self.views.chosen.connect(self._show_view)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._take_text)
        self._draw()
        keys = QShortcut(QKeySequence("Ctrl+Shift+F"), page)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.offer)

    def _build(self) -> None:
        hint = tr(N_("Narrow this list: names, numbers…"))
        self.field = named(QLineEdit(), "narrow.text", hint)
        self.field.setPlaceholderText(tr(N_("Names, numbers…")))  # a narrow list would cut off the whole
        self.field.setToolTip(hint)
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(lambda _: self._pause.start())
        self.field.textChanged.connect(lambda text: None if text else self._pause.start())
        self.field.returnPressed.connect(self._take_text)
        self.chips = named(Flow(gap=6, line_gap=6), "narrow.chips", tr(N_("Conditions")))
        self.said = named(label("", "note", wrap=True), "narrow.said")
        self.aside = named(label("", "problem", wrap=True), "narrow.aside")
        self._menu = named(QMenu(self), "narrow.conditions", tr(N_("Conditions")))
        self._chip_menu: QMenu | None = None
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(self.field, 1)
        line.addWidget(self.views)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(10), px(12), px(8))
        layout.setSpacing(px(7))
        layout.addLayout(line)
        for widget in (self.chips, self.asking, self.said, self.aside):
            layout.addWidget(widget)

    # What it is set to

    def set_query(self, query: Query) -> None:
        """Narrow the list by this query, and say so."""
        self.query = query
        if self.field.text().strip() != query.text.strip():
            self.field.setText(query.text)
        self._pause.stop()
        self._draw()
        self.changed.emit()

    def narrow(self, key: str) -> None:
        """Narrow the list to what a number or a link elsewhere stands for; to nothing for an empty key."""
        self.views.set_view(None)
        self.set_query(lists.narrowed(self.listed, key))

    def offer(self) -> None:
        """Open the menu of conditions."""
        condition_menu(self._menu, self.desk.store, self.listed, self._add, self._ask)
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def terms(self) -> list[TermChip]:
        """The chips of the conditions, in order."""
        return [chip for chip in self.chips.parts() if isinstance(chip, TermChip)]

    def menu_of_chip(self) -> QMenu | None:
        """The menu of the chip that was clicked last."""
        return self._chip_menu

    def _add(self, term: Term) -> None:
        self.set_query(self.query.adding(term))
        self.terms()[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, condition: Condition) -> None:
        def answer(typed: str) -> str:
            try:
                value = value_of(condition, typed)
            except ValueError as error:
                return str(error)
            self._add(Term(condition.key, value))
            return ""

        self.asking.ask_for(condition, answer)

    def _take_text(self) -> None:
        text = self.field.text().strip()
        if text != self.query.text.strip():
            self.set_query(self.query.with_text(text))

    def _show_view(self, view: View | None) -> None:
        self.set_query(view.query if view else EVERYTHING)

    # How it looks

    def _draw(self) -> None:
        store = self.desk.store
        self.chips.clear()
        for number in range(len(self.query.terms)):
            self.chips.add(self._chip(number))
        for pill in self.listed.pills:
            if not self.query.has(pill.term):
                made = FilterChip(tr(pill.label), f"filter.{pill.key}", checkable=False)
                made.clicked.connect(
                    lambda _=False, pill=pill: self.set_query(lists.toggled(self.listed, self.query, pill))
                )
                self.chips.add(made)
        self._more = FilterChip(tr(N_("+ Condition")), "narrow.add", checkable=False)
        self._more.setToolTip(tr(N_("Narrow the list by something else (Ctrl+Shift+F)")))
        self._more.clicked.connect(self.offer)
        self.chips.add(self._more)
        self.said.setText(sentence(store, self.listed, self.query))
        self.said.setVisible(bool(self.query))
        self.aside.setText(left_aside(self.query))
        self.aside.setVisible(bool(self.query.aside))
        self.views.now = self.query

    def _chip(self, number: int) -> TermChip:
        made = TermChip(text_of(self.desk.store, self.listed, self.query, number), number)
        made.removed.connect(lambda: self.set_query(self.query.without(number)))
        made.menu_wanted.connect(lambda: self._open_menu(made, number))
        return made

    def _open_menu(self, chip: TermChip, number: int) -> None:
        self._chip_menu = chip_menu(chip, self.desk.store, self.listed, self.query, number, self.set_query)
