"""A case worker at the window: what they do, by keyboard, in the words of the story."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.store.store import Store
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.given_out.release_dialog import ReleaseDialog
from casetracker.ui.pages.reports import ReportsPage
from casetracker.ui.widgets.grid import EditGrid
from casetracker.ui.widgets.suggestions import LookupEdit
from tests.ui.keys import type_into

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
W = TypeVar("W", bound=QWidget)
Fields = dict[str, str]


class CaseWorker:
    """Sits at one window and types."""

    def __init__(self, qtbot: QtBot, store: Store) -> None:
        self.bot, self.store = qtbot, store
        self.window = MainWindow(store, "Almaty office")
        qtbot.addWidget(self.window)
        self.window.show()

    def wait_for_day(self, day: dt.date) -> None:
        """Move the clock."""
        self.store.today = lambda: day

    # Finding controls

    def find(self, parent: QWidget, kind: type[W], name: str) -> W:
        """Return the control of that name."""
        found = parent.findChild(kind, name)
        assert found is not None, f"no {kind.__name__} called {name}"
        return found

    def press(self, parent: QWidget, name: str) -> None:
        """Press a button."""
        self.bot.mouseClick(self.find(parent, QPushButton, name), Qt.MouseButton.LeftButton)

    def dialog(self) -> EditDialog:
        """Return the dialog that is open."""
        [shown] = [d for d in self.window.findChildren(EditDialog) if d.isVisible()]
        return shown

    # Typing

    def keys(self, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Ctrl) -> None:
        """Press a shortcut in a window, once it is the active one."""

        def active() -> bool:
            window.activateWindow()  # asked too early, it is not heard
            return window.isActiveWindow()

        self.bot.waitUntil(active)
        self.bot.keyClick(window, key, modifier)

    def new(self, page: str) -> EditDialog:
        """Go to a page and begin a new record there."""
        self.window.go(page)
        self.keys(self.window, Key.Key_N)
        return self.dialog()

    def save(self, dialog: EditDialog) -> None:
        """Save with Ctrl+Enter; the dialog closes."""
        self.keys(dialog, Key.Key_Return)
        assert not dialog.isVisible(), [w.text() for w in dialog.findChildren(QWidget, "edit_problem")]

    def fill(self, dialog: QWidget, **fields: str) -> None:
        """Type into the fields of a form."""
        for name, text in fields.items():
            editor = self.find(dialog, QWidget, name)
            if isinstance(editor, DateEditor):
                editor.type_text(text)
            elif isinstance(editor, QComboBox):
                editor.setCurrentText(text)
                assert editor.currentText() == text
            elif isinstance(editor, QPlainTextEdit | QLineEdit):
                editor.setFocus()
                editor.clear()
                type_into(editor, text)
                if isinstance(editor, LookupEdit):
                    self.bot.keyClick(editor, Key.Key_Return)
            else:
                raise AssertionError(name)

    def grid(self, parent: QWidget, name: str) -> EditGrid:
        """Return the grid of that name."""
        return self.find(parent, EditGrid, name)

    def add_line(self, grid: EditGrid, **cells: str) -> None:
        """Type one line of a grid: a cell, Tab to the next, Enter at the end."""
        keys = [column.key for column in grid.model().columns]  # type: ignore[attr-defined]
        if not isinstance(grid.focusWidget(), QLineEdit):  # Enter at the end of a line opens the next
            grid.start()
        last = max(keys.index(name) for name in cells)
        for place, name in enumerate(keys[: last + 1]):
            editor = grid.focusWidget()
            assert isinstance(editor, QLineEdit), name
            type_into(editor, cells.get(name, ""))
            if place < last:
                self.bot.keyClick(editor, Key.Key_Tab)
        self.bot.keyClick(grid.focusWidget(), Key.Key_Return)

    def empty(self, grid: ChildGrid) -> None:
        """Take out the lines that a new record begins with."""
        grid.grid.remove(range(len(grid.grid.rows())))

    # Papers

    def print_dossier(self, folder: Path) -> Path:
        """Go to the reports, wait for the preview of the dossier, and save it."""
        page = self.window.page("reports")
        assert isinstance(page, ReportsPage)
        with self.bot.waitSignal(page.previewed, timeout=20_000):
            self.window.go("reports", "meeting:")
            page.report_box.setCurrentIndex(1)
        out = folder / "dossier.pdf"
        page.choose_file = lambda _name: str(out)
        with self.bot.waitSignal(page.saved, timeout=20_000):
            self.press(page, "save_pdf")
            if (dialog := self.window.findChild(ReleaseDialog)) is not None:
                type_into(dialog.addressee, "Office of the Commissioner")
                self.press(dialog, "release.ok")
        return out
