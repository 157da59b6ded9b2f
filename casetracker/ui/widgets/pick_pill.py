"""A pill that filters by one of several things: a year, an office."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from casetracker.i18n import tr
from casetracker.ui.widgets.chip import FilterChip
from casetracker.ui.widgets.naming import named

Options = Callable[[], Sequence[tuple[str, str]]]


class PickPill(FilterChip):
    """Opens a menu of `options` (key, label) and says what was picked; `picked(key)`, "" for none."""

    picked = Signal(str)

    def __init__(self, text: str, object_name: str, options: Options) -> None:
        super().__init__(text, object_name)
        self._name, self._options, self._key = text, options, ""
        self.menu_of_options = named(QMenu(self), f"{object_name}.menu", text)
        self.clicked.connect(self._on_clicked)

    def key(self) -> str:
        """The key that is picked, or ""."""
        return self._key

    def pick(self, key: str) -> None:
        """Pick an option, or none, and say so."""
        label = dict(self._options()).get(key, "")
        self._key = key if label else ""
        self.setChecked(bool(self._key))
        self.set_label(label or self._name)
        self.picked.emit(self._key)

    def _on_clicked(self) -> None:
        if self._key:
            self.pick("")
            return
        self.setChecked(False)
        menu = self.menu_of_options
        menu.clear()
        for key, label in self._options():
            action = menu.addAction(label.replace("&", "&&"))
            action.setObjectName(f"{self.objectName()}.{key}")
            action.triggered.connect(lambda _=False, key=key: self.pick(key))
        if menu.isEmpty():
            menu.addAction(tr("Nothing to choose yet")).setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
