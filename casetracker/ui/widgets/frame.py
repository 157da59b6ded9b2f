"""The strips at the top and the bottom of the window, and the area of a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.search_box import SearchBox


class TopBar(QFrame):
    """The strip at the top: `search` at the left, buttons at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "top_bar")
        self.setFixedHeight(px(52))
        self.search = SearchBox(parent=self)
        self.search.setMaximumWidth(px(503))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 16, 0)
        self._layout.setSpacing(10)
        self._layout.addWidget(self.search, 3)
        self._layout.addStretch(1)

    def add_button(
        self, object_name: str, text: str, *, primary: bool = False, tooltip: str = ""
    ) -> QPushButton:
        """Add a button at the right end and return it."""
        made = button(text, object_name, kind="primary" if primary else "", tooltip=tooltip)
        self._layout.addWidget(made)
        return made


class StatusStrip(QFrame):
    """The strip at the bottom: what is shown, what is saved where, and at the right the last backup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "status", tr("Status"))
        self.setFixedHeight(px(26))
        self._shown, self._saved, self._right = (
            named(label(""), f"status.{name}") for name in ("shown", "saved", "right")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(18)
        layout.addWidget(self._shown)
        layout.addWidget(self._saved)
        layout.addStretch(1)
        layout.addWidget(self._right)
        self._shown.hide()

    def set_shown(self, text: str) -> None:
        """Say what is on the page ("128 cases · 7 shown")."""
        self._shown.setText(text)
        self._shown.setVisible(bool(text))

    def set_saved(self, text: str) -> None:
        """Say what is saved where ("Encrypted casebook · saved 14:02")."""
        self._saved.setText(text)
        self._saved.setAccessibleName(text)

    def set_right(self, text: str) -> None:
        """Say something at the right end."""
        self._right.setText(text)


class _Inside(QWidget):
    """What scrolls; it is as tall as its width needs, not as tall as it would be at its narrowest."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least


class ScrollPage(QScrollArea):
    """An area on the grey of a page that scrolls up and down; put cards into `body`.

    Its margins are those of a page of its own, or, with `under_tabs`, those of a page behind a tab.
    """

    def __init__(self, object_name: str, accessible_name: str = "", *, under_tabs: bool = False) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = named(_Inside(), f"{object_name}.inside")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(*((22, 16, 22, 16) if under_tabs else (24, 20, 24, 20)))
        self.body.setSpacing(14)
        self.setWidget(inside)
