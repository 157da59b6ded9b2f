"""Two records side by side; where they differ, the value that counts is chosen by space bar or click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from casetracker.i18n import N_, tr
from casetracker.store.comparing import Compared
from casetracker.ui.style import Tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow

_FIELD, _FIRST, _SECOND = range(3)


class CompareTable(CellTable):
    """The lines of two records. `taken()` are the fields of which the second record's value counts."""

    changed = Signal()

    def __init__(self, object_name: str, first: str, second: str, *, choosing: bool = True) -> None:
        super().__init__(
            (Column("", 0), Column(first, 3), Column(second, 3), Column("", 0)),
            object_name,
            tr(N_("Side by side")),
        )
        self._choosing = choosing
        self._lines: list[Compared] = []
        self._taken: set[str] = set()
        self.clicked.connect(self._on_clicked)

    def set_lines(self, lines: Sequence[Compared]) -> None:
        """Show these lines, the first record's values counting."""
        self._lines, self._taken = list(lines), set()
        self._show()

    def taken(self) -> frozenset[str]:
        """The fields of which the second record's value was chosen."""
        return frozenset(self._taken)

    def toggle(self, name: str) -> None:
        """Let the other value of a field count, if it is one of which only one can."""
        if self._choosing and any(
            line.name == name and line.choosable and line.differs for line in self._lines
        ):
            self._taken ^= {name}
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        number = self.currentIndex().row()
        self.set_rows([TableRow(line.name, self._cells(line)) for line in self._lines])
        if 0 <= number < len(self._lines):
            self.setCurrentIndex(self.model().index(number, 0))

    def _cells(self, line: Compared) -> tuple[Cell, ...]:
        open_choice = line.differs and line.choosable and self._choosing
        second = line.name in self._taken
        state = (
            Cell(tr(N_("differs")), tone=Tone.AMBER)
            if line.differs
            else Cell(tr(N_("same")), tone=Tone.GREEN)
            if line.first and line.second
            else Cell()
        )
        return (
            Cell(line.label, muted=True),
            Cell(line.first or "—", bold=open_choice and not second, muted=not line.first or second),
            Cell(line.second or "—", bold=second, muted=not line.second or (open_choice and not second)),
            state,
        )

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self._lines[index.row()]
        wanted = index.column() == _SECOND
        if index.column() in (_FIRST, _SECOND) and wanted != (line.name in self._taken):
            self.toggle(line.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_key():
            self.toggle(self.current_key())
        else:
            super().keyPressEvent(event)
