"""The history of a field where it is written: by a right click on it, or by Ctrl+Shift+H in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPlainTextEdit, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.entity import Entity
from casetracker.store.audit.telling import columns_by_field
from casetracker.store.store import Store
from casetracker.ui.icons import icon

KEYS = "Ctrl+Shift+H"


@dataclass(frozen=True)
class Asked:
    """A field of a record, and how an earlier value of it is put where it is written."""

    entity: type[Entity]
    record_id: str
    name: str
    put: Callable[[Any], None]


Ask = Callable[[], Asked | None]  # None where there is no history: a new record


class FieldHistories(QObject):
    """Gives the fields below a widget their history."""

    def __init__(self, over: QWidget, store: Store) -> None:
        super().__init__(over)
        self._over, self._store = over, store
        self._asks: list[tuple[QWidget, Ask]] = []
        keys = QShortcut(QKeySequence(KEYS), over)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.open_focused)

    def watch(self, editor: QWidget, ask: Ask) -> None:
        """Let a right click on an editor, or on a part of it, offer the history of its field."""
        self._asks.append((editor, ask))
        for part in (editor, *editor.findChildren(QWidget)):
            part.installEventFilter(self)

    def listen(self, editor: QWidget, ask: Ask) -> None:
        """Let the keys work in an editor that has a menu of its own."""
        self._asks.append((editor, ask))

    def _ask_of(self, part: QWidget | None) -> Asked | None:
        for editor, ask in self._asks:
            if part is not None and (part is editor or editor.isAncestorOf(part)):
                return ask()
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ContextMenu or not isinstance(event, QContextMenuEvent):
            return False
        part = watched if isinstance(watched, QWidget) else None
        if (asked := self._ask_of(part)) is None or part is None:
            return False
        menu = _own_menu(part) or QMenu(part)
        if menu.actions():
            menu.addSeparator()
        self.extend(menu, asked)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        return True

    def extend(self, menu: QMenu, asked: Asked | None) -> None:
        """Add the history of a field to a menu."""
        if asked is None or asked.name not in columns_by_field(asked.entity):
            return
        action = menu.addAction(icon("history", "text_soft"), tr(N_("History of this field…")))
        action.setObjectName("field.history")
        action.setShortcut(QKeySequence(KEYS))
        action.triggered.connect(lambda: self.open(asked))

    def open_focused(self) -> QDialog | None:
        """Open the history of the field that has the keyboard."""
        return self.open(self._ask_of(QApplication.focusWidget()))

    def open(self, asked: Asked | None) -> QDialog | None:
        """Open the history of a field; None where it has none."""
        from casetracker.ui.pages.history.field import FieldHistory  # pages know of editing, not otherwise

        if asked is None or asked.name not in columns_by_field(asked.entity):
            return None
        about = (asked.entity, asked.record_id)
        made = FieldHistory(self._over.window(), self._store, about, asked.name, asked.put)
        made.open()
        return made


def _own_menu(part: QWidget) -> QMenu | None:
    """Return the menu that Qt would show: cut, copy, paste."""
    if isinstance(part, QLineEdit):
        return part.createStandardContextMenu()
    above = part.parentWidget()
    return above.createStandardContextMenu() if isinstance(above, QPlainTextEdit) else None
