"""The button that says which language the window speaks, and the menu of all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from casetracker.i18n import N_, OWN_NAMES, current, languages, tr
from casetracker.ui.icons import icon
from casetracker.ui.widgets.naming import named


class LanguagePick(QPushButton):
    """Each language under its own name; `picked(code)` when another one is wanted."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__(OWN_NAMES.get(current(), current()))
        named(self, "language", tr(N_("Language")), tr(N_("Language of the window")))
        self.setProperty("kind", "quiet")
        self.setIcon(icon("language", "text_soft"))
        menu = QMenu(self)
        for code in languages():
            entry = menu.addAction(OWN_NAMES.get(code, code))
            entry.setObjectName(f"language.{code}")
            entry.triggered.connect(lambda _=False, wanted=code: self._on_wanted(wanted))
        self.setMenu(menu)

    def _on_wanted(self, code: str) -> None:
        if code != current():
            self.picked.emit(code)
