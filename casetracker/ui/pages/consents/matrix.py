"""The uses of consent by the people who may answer, each answer in its colour."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model.terms import label_of
from casetracker.store.consent_matrix import TONES, Line, Matrix, Stand, State
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label, named

_YES, _NO = N_("yes"), N_("no")


class ConsentMatrix(QWidget):
    """A line a use, a column a person, and at the right what counts. `chosen(name of the use)`."""

    chosen = Signal(str)

    def __init__(self, object_name: str) -> None:
        super().__init__()
        named(self, object_name)
        self._table: CellTable | None = None
        self._heads: tuple[str, ...] = ()
        self._none = named(
            label(tr(N_("Nobody can be asked yet: the family has no grown member.")), "muted", wrap=True),
            f"{object_name}.none",
        )
        self._confirm = named(label("", "soft", wrap=True), f"{object_name}.confirm")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._confirm)
        layout.addWidget(self._none)

    def table(self) -> CellTable | None:
        """The table, once there is somebody to ask."""
        return self._table

    def set_matrix(self, matrix: Matrix) -> None:
        """Show these answers; who was never asked stands there too, since missing means no."""
        self._none.setVisible(not matrix.people)
        old = matrix.to_confirm()
        text = ntr(
            "{n} answer is older than a year: confirm it again.",
            "{n} answers are older than a year: confirm them again.",
            old,
        )
        self._confirm.setText(text if old else "")
        self._confirm.setVisible(bool(old))
        self._make_table(matrix)
        if self._table is not None:
            self._table.set_rows([_row(line, matrix) for line in matrix.lines])
            self._table.setVisible(bool(matrix.people))

    def _make_table(self, matrix: Matrix) -> None:
        """Make the table anew where other people stand in its columns."""
        heads = tuple(name for _, name in matrix.people) + ((tr(N_("Counts")),) if matrix.case_id else ())
        if heads == self._heads or not matrix.people:
            return
        if self._table is not None:
            self._table.setParent(None)
            self._table.deleteLater()
        columns = [Column(tr(N_("Use")), 3), *(Column(head, 1) for head in heads)]
        self._heads = heads
        self._table = CellTable(columns, f"{self.objectName()}.table", tr(N_("Consents")))
        self._table.chosen.connect(self.chosen)
        self.layout().addWidget(self._table)  # type: ignore[union-attr]


def _row(line: Line, matrix: Matrix) -> TableRow:
    use = tr(N_("{code} · {use}"), code=line.use.name, use=label_of(line.use))
    cells = [Cell(use), *map(_cell, line.stands)]
    if matrix.case_id:
        cells.append(_counts(line))
    return TableRow(line.use.name, tuple(cells))


def _cell(stand: Stand) -> Cell:
    if stand.state is State.NOT_ASKED:
        return Cell("—", muted=True)
    since = f"{stand.since:%d.%m.%Y}" if stand.since else ""
    note = " · ".join(part for part in (since, stand.note) if part)
    return Cell(tr(stand.state.value), note, tone=tone(TONES[stand.state]))


def _counts(line: Line) -> Cell:
    return Cell(tr(_YES if line.counts else _NO), tone=tone("green" if line.counts else "grey"))
