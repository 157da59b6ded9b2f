"""Vocabularies: all lists at the left, the terms of one in a grid that is worked by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.model import terms
from casetracker.store import vocabularies
from casetracker.store.vocabularies import Entry
from casetracker.ui.desk import Desk
from casetracker.ui.pages.lists.replace import ReplaceDialog
from casetracker.ui.pages.lists.saved_grid import SavedGrid
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.grid_rows import GridColumn, GridRow, Kind
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.record_rows import RecordRow

LANGUAGES = {"en": N_("English"), "ru": N_("Russian"), "kk": N_("Kazakh")}


class TermsTab(QWidget):
    """The lists, with a field to search them and their terms, beside the terms of the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._split = ListBesidePage("lists.terms", tr(N_("Lists of terms")), list_width=300)
        self.list = self._split.pane.list
        self.search = named(QLineEdit(), "lists.search", tr(N_("Search the lists")))
        self.search.setPlaceholderText(tr(N_("Search lists and terms…")))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(px(230))
        self._split.pane.add_filter(self.search)
        self.list.set_empty_text(tr(N_("No list holds this.")))
        self.pane = VocabularyPane(desk)
        self._split.set_page(self.pane)
        self.search.textChanged.connect(self.refresh)
        self.list.chosen.connect(self.pane.show_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)

    def refresh(self) -> None:
        """Read the lists again, and the one that is shown."""
        keys = [key for key in vocabularies.every_list() if self._fits(key)]
        self.list.set_rows([_row(key) for key in keys])
        shown = self.pane.key if self.pane.key in keys else next(iter(keys), "")
        if shown:
            self.list.select(shown)
            self.pane.show_list(shown)

    def show_list(self, key: str) -> None:
        """Show one list, whatever was searched for."""
        self.search.clear()
        self.refresh()
        self.list.select(key)
        self.pane.show_list(key)

    def _fits(self, key: str) -> bool:
        wanted, vocabulary = self.search.text().strip().casefold(), terms.vocabulary(key)
        words = [key, *vocabulary.labels.values()]
        words += [word for term in vocabulary.terms for word in (term.code, *term.labels.values())]
        return any(wanted in word.casefold() for word in words)


def _row(key: str) -> RecordRow:
    vocabulary = terms.vocabulary(key)
    many = ntr("{n} term", "{n} terms", len(vocabulary.terms))
    closed = ChipText(tr(N_("closed"))) if not vocabulary.open else None
    return RecordRow(key, vocabulary.text(), many, chip=closed)


class VocabularyPane(QWidget):
    """The terms of one list: each cell is saved when it is left, each as one step of undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.key = desk, ""
        self._entries: dict[str, Entry] = {}
        self.header = PageHeader("lists.header")
        self.add_button = self.header.add_action("terms.add", tr(N_("Add a term")), primary=True)
        self.retire_button = self.header.add_action("terms.retire", tr(N_("Retire")))
        self.replace_button = self.header.add_action(
            "terms.replace", tr(N_("Replace by…")), tooltip=tr(N_("Put another term in its place (Ctrl+R)"))
        )
        self.grid = self._make_grid()
        self.problem = named(label("", "problem", wrap=True), "terms.problem")
        self.problem.hide()
        self.where = named(label("", "muted", wrap=True), "terms.where")
        self.source = named(label("", "note", wrap=True, selectable=True), "terms.source")
        body = QVBoxLayout()
        body.setContentsMargins(22, 12, 22, 14)
        body.setSpacing(8)
        for part in (self.problem, self.grid, self.where, self.source):
            body.addWidget(part, 1 if part is self.grid else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(body, 1)
        self._connect()

    def _make_grid(self) -> SavedGrid:
        fixed = bool(self._desk.store.read_only)
        choices = ((True, tr(N_("offered"))), (False, tr(N_("retired"))))
        languages = [GridColumn(k, tr(text), fixed=fixed) for k, text in LANGUAGES.items()]
        return SavedGrid(
            [
                *languages,
                GridColumn("used", tr(N_("In use")), width=64, fixed=True),
                GridColumn("active", tr(N_("State")), Kind.CHOICE, 84, choices, fixed=fixed),
                GridColumn("huridocs", "HURIDOCS", width=96, fixed=fixed),
                GridColumn("code", tr(N_("Code")), width=140, fixed=True),
            ],
            "terms.grid",
            tr(N_("Terms")),
        )

    def _connect(self) -> None:
        self.grid.cell_changed.connect(self._on_cell)
        self.grid.delete_wanted.connect(self.delete)
        self.grid.current_changed.connect(lambda _: self._say())
        self.add_button.clicked.connect(self.grid.start)
        self.retire_button.clicked.connect(self.retire)
        self.replace_button.clicked.connect(self.replace)
        shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.replace)

    # Showing

    def show_list(self, key: str) -> None:
        """Read a list and show it; where it is the same one, what is being typed goes on."""
        same, self.key = key == self.key, key
        vocabulary = terms.vocabulary(key)
        entries = vocabularies.entries(self._desk.store, key)
        self._entries = {entry.term.code: entry for entry in entries}
        self.header.set_title(vocabulary.text())
        said = (
            tr(N_("own terms can be added"))
            if vocabulary.open
            else tr(N_("closed: only labels can be changed"))
        )
        tone = Tone.GREEN if vocabulary.open else Tone.GREY
        self.header.set_chips([ChipText(ntr("{n} term", "{n} terms", len(entries))), ChipText(said, tone)])
        self.source.setText(vocabulary.source)
        rows = [GridRow(entry.term.code, dict(_cells(entry))) for entry in entries]
        self.grid.set_grows(vocabulary.open and not self._desk.store.read_only)
        if same:
            self.grid.update_rows(rows)
        else:
            self._complain("")
            self.grid.set_rows(rows)
        self._say()

    def current(self) -> Entry | None:
        """The term on whose line the keyboard is."""
        return self._entries.get(self.grid.current_key())

    def _say(self) -> None:
        """Say where the current term is in use, and offer what can be done with it."""
        entry, may = self.current(), terms.vocabulary(self.key).open and not self._desk.store.read_only
        self.add_button.setEnabled(may)
        self.retire_button.setEnabled(may and entry is not None)
        self.replace_button.setEnabled(may and entry is not None)
        retired = entry is not None and not entry.term.active
        self.retire_button.setText(tr(N_("Offer again")) if retired else tr(N_("Retire")))
        self.retire_button.setAccessibleName(self.retire_button.text())
        if entry is None:
            self.where.setText("")
        elif entry.used:
            self.where.setText(
                tr(N_("“{term}” is used in: {where}"), term=entry.term.text(), where=entry.where)
            )
        else:
            self.where.setText(tr(N_("“{term}” is not in use."), term=entry.term.text()))

    # Changing

    def _on_cell(self, row: int, column: str) -> None:
        line = self.grid.rows()[row]
        values = {name: str(line.values.get(name) or "") for name in (*LANGUAGES, "huridocs")}
        store, key, code = self._desk.store, self.key, line.key
        if not code:
            self._begin(row, line, values)
        elif column in LANGUAGES:
            self._try(lambda: vocabularies.relabel(store, key, code, column, values[column]), row, column)
        elif column == "huridocs":
            self._try(lambda: vocabularies.set_huridocs(store, key, code, values["huridocs"]), row, column)
        elif column == "active":
            active = line.values.get("active") is not False
            self._try(lambda: vocabularies.set_active(store, key, code, active=active), row, column)

    def _begin(self, row: int, line: GridRow, values: Mapping[str, str]) -> None:
        """Make a term of a line that was begun, as soon as it has a label."""
        labels = {language: values[language] for language in LANGUAGES}
        if not any(text.strip() for text in labels.values()):
            return

        def add() -> None:
            line.key = vocabularies.add(self._desk.store, self.key, labels, values["huridocs"])

        self._try(add, row, next(language for language, text in labels.items() if text.strip()))

    def _try(self, work: Callable[[], object], row: int = -1, column: str = "") -> None:
        """Save; what cannot be is said over the grid and marked in its cell."""
        try:
            work()
        except UserError as error:
            self._complain(str(error))
            if row >= 0:
                self.grid.set_problems({(row, column): str(error)})
        else:
            self._complain("")

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def retire(self) -> None:
        """No longer offer the current term, or offer it again."""
        if (entry := self.current()) is not None:
            store, code, active = self._desk.store, entry.term.code, not entry.term.active
            self._try(lambda: vocabularies.set_active(store, self.key, code, active=active))
            self.grid.setFocus()

    def delete(self, code: str) -> None:
        """Delete a term, if it is the office's own and not in use."""
        if not self._desk.store.read_only:
            self._try(lambda: vocabularies.delete(self._desk.store, self.key, code))

    def replace(self) -> ReplaceDialog | None:
        """Ask which term shall stand in place of the current one."""
        entry = self.current()
        if entry is None or not self.replace_button.isEnabled():
            return None
        dialog = ReplaceDialog(self, self._desk.store, self.key, entry)
        dialog.finished.connect(lambda _: self.grid.setFocus())
        dialog.open()
        return dialog


def _cells(entry: Entry) -> dict[str, Any]:
    labels = {language: entry.term.labels.get(language) for language in LANGUAGES}
    return labels | {
        "huridocs": entry.term.huridocs or None,
        "used": str(entry.used) if entry.used else None,
        "active": entry.term.active,
        "code": entry.term.code,
    }
