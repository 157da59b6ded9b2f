"""Facts on which sources differ, side by side: a line for each fact, a column for each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.style import Tone, px, restyle
from casetracker.ui.widgets.chip import Chip
from casetracker.ui.widgets.naming import label, named


@dataclass(frozen=True)
class VersionText:
    """What one source says; `key` is given back when it is chosen."""

    key: str
    text: str
    detail: str = ""
    source: str = ""
    chip: str = ""
    tone: Tone = Tone.GREY
    reason: str = ""


@dataclass(frozen=True)
class BoardRow:
    """One fact: what it is, what stands on record, and the versions by column."""

    what: str
    about: str
    value: str
    cells: Sequence[Sequence[VersionText]]
    decided: bool = False
    chip: str = ""
    tone: Tone = field(default=Tone.GREY)


class VersionBox(QFrame):
    """One version; Enter, Space or a click chooses it."""

    chosen = Signal(str)

    def __init__(self, version: VersionText, *, fixed: bool) -> None:
        super().__init__()
        self._key, self._fixed = version.key, fixed
        spoken = ". ".join(p for p in (version.text, version.source, version.chip, version.reason) if p)
        named(self, f"version.{version.key}", spoken)
        self.setProperty("counts", "yes" if version.tone is Tone.GREEN else "no")
        if not fixed:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(tr(N_("This one counts… (Enter)")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 9)
        layout.setSpacing(3)
        layout.addWidget(label(version.text, "bold", wrap=True))
        for text, role in ((version.detail, "soft"), (version.source, "muted")):
            if text:
                layout.addWidget(label(text, role, wrap=True))
        if version.chip:
            line = QHBoxLayout()
            line.addWidget(Chip(version.chip, version.tone))
            line.addStretch(1)
            layout.addLayout(line)
        if version.reason:
            layout.addWidget(label(version.reason, "note", wrap=True))
        layout.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not self._fixed:
            self.chosen.emit(self._key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()) and not self._fixed:
            self.chosen.emit(self._key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light(on=False)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._light(on=not self._fixed)

    def leaveEvent(self, event: QEvent) -> None:
        self._light(on=self.hasFocus())

    def _light(self, *, on: bool) -> None:
        self.setProperty("lit", "yes" if on else "no")
        restyle(self)


class VersionBoard(QWidget):
    """The board; `chosen(key)` when somebody wants a version to count."""

    chosen = Signal(str)

    def __init__(self, heads: Sequence[str], object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self._heads = list(heads)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(12))

    def set_rows(self, rows: Sequence[BoardRow], *, fixed: bool = False) -> None:
        """Show these facts; `fixed` where nothing can be decided. A column that nobody fills is left out."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # or Qt would still show it, as a window of its own
                old.setParent(None)
                old.deleteLater()
        used = [n for n in range(len(self._heads)) if any(row.cells[n] for row in rows)]
        for column in range(len(self._heads) + 1):
            self._grid.setColumnStretch(column, 3 if 0 < column <= len(used) else 2 if not column else 0)
        for column, number in enumerate(used, 1):
            self._grid.addWidget(label(self._heads[number], "note"), 0, column)
        for place, row in enumerate(rows, 1):
            self._grid.addWidget(self._fact(row), place, 0, Qt.AlignmentFlag.AlignTop)
            for column, number in enumerate(used, 1):
                self._grid.addWidget(self._cell(row.cells[number], fixed=fixed), place, column)

    @staticmethod
    def _fact(row: BoardRow) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(label(row.what, "bold", wrap=True))
        layout.addWidget(label(row.about, "muted", wrap=True))
        if row.value:
            layout.addWidget(label(tr(N_("On record: {value}"), value=row.value), "soft", wrap=True))
        line = QHBoxLayout()
        line.addWidget(Chip(row.chip, row.tone))
        line.addStretch(1)
        layout.addLayout(line)
        return made

    def _cell(self, versions: Sequence[VersionText], *, fixed: bool) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        for version in versions:
            box = VersionBox(version, fixed=fixed)
            box.chosen.connect(self.chosen)
            layout.addWidget(box)
        if not versions:
            layout.addWidget(label("—", "muted"))
        layout.addStretch(1)
        return made
