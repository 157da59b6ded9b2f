"""The menu of views above a list: what is easily forgotten, what was saved, saving, renaming, deleting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store.views import saved
from casetracker.store.views.query import Query
from casetracker.store.views.saved import View
from casetracker.ui.desk import Desk
from casetracker.ui.icons import icon
from casetracker.ui.pages.narrowing.asking import AskLine
from casetracker.ui.widgets.naming import named


class ViewButton(QPushButton):
    """Says which view is shown; `chosen(View or None)` when another one, or everything, was picked.

    `now` is what the list is narrowed to; `held()` returns its columns and sort, as `saved.save` takes them.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, list_key: str, asking: AskLine) -> None:
        super().__init__()
        self.setIcon(icon("chevron-down", "muted"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the name
        self.setAutoDefault(False)
        self._desk, self._key, self._asking = desk, list_key, asking
        self.view: View | None = None
        self.more: list[Callable[[QMenu], None]] = []  # what else stands in the menu
        self.now = Query()
        self.held: Callable[[], dict[str, Any]] = dict
        self.menu_of_views = named(QMenu(self), "narrow.views", tr(N_("Views")))
        self.clicked.connect(self.open_menu)
        self.set_view(None)

    def set_view(self, view: View | None) -> None:
        """Say which view is shown."""
        self.view = view
        name = view.name if view else tr(N_("View"))
        self.setText(name if len(name) < 25 else f"{name[:23]}…")
        said = tr(N_("View: {name}"), name=name) if view else tr(N_("Choose a view"))
        named(self, "narrow.view", said, said)

    def open_menu(self) -> None:
        """Open the menu with what there is now."""
        menu = self.menu_of_views
        menu.clear()
        everything = menu.addAction(tr(N_("Everything")))
        everything.setObjectName("view.everything")
        everything.triggered.connect(lambda: self._choose(None))
        own = saved.saved(self._desk.store, self._key)
        for title, views in (
            (tr(N_("Easily forgotten")), saved.ready_made(self._key)),
            (tr(N_("Saved views")), own),
        ):
            if views:
                menu.addSeparator()
                menu.addAction(title).setEnabled(False)
            for view in views:
                made = menu.addAction(view.name.replace("&", "&&"))
                made.setObjectName(f"view.{view.key}")
                made.triggered.connect(lambda _=False, view=view: self._choose(view))
        if not self._desk.store.read_only:
            self._add_steps(menu)
        for add in self.more:
            add(menu)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _add_steps(self, menu: QMenu) -> None:
        menu.addSeparator()
        steps = [("view.save_as", tr(N_("Save as…")), self.save_as)]
        if self.view is not None and self.view.id:
            steps = [
                ("view.save", tr(N_("Save “{name}”"), name=self.view.name), self.save),
                *steps,
                ("view.rename", tr(N_("Rename…")), self.rename),
                ("view.delete", tr(N_("Delete “{name}”"), name=self.view.name), self.delete),
            ]
        for name, text, step in steps:
            made = menu.addAction(text.replace("&", "&&"))
            made.setObjectName(name)
            made.triggered.connect(step)

    def _choose(self, view: View | None) -> None:
        self.set_view(view)
        self.chosen.emit(view)

    def _reread(self, view_id: str) -> None:
        views = saved.saved(self._desk.store, self._key)
        self.set_view(next((view for view in views if view.id == view_id), None))

    # The steps

    def save_as(self) -> None:
        """Ask for a name and save what is shown under it."""

        def keep(name: str) -> str:
            try:
                made = saved.save(self._desk.store, self._key, name, self.now, **self.held())
            except UserError as error:
                return str(error)
            self._reread(made)
            return ""

        self._asking.ask(tr(N_("Name of the view")), keep)

    def save(self) -> None:
        """Save what is shown under the view that was chosen."""
        if (view := self.view) is not None and self._desk.attempt(
            lambda: saved.save(
                self._desk.store, self._key, view.name, self.now, view_id=view.id, **self.held()
            ),
            self,
        ):
            self._reread(view.id)

    def rename(self) -> None:
        """Ask for another name."""
        if (view := self.view) is None:
            return

        def call(name: str) -> str:
            try:
                saved.rename(self._desk.store, view, self._key, name)
            except UserError as error:
                return str(error)
            self._reread(view.id)
            return ""

        self._asking.ask(tr(N_("Name of the view")), call, view.name)

    def delete(self) -> None:
        """Delete the view; undo brings it back. The list stays as it is."""
        if (view := self.view) is not None and self._desk.attempt(
            lambda: saved.delete(self._desk.store, view.id), self
        ):
            self.set_view(None)
