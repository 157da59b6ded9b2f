"""What a list comes to: doubtful cells, likely doubles with what to do about them, and the first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from casetracker.exchange.tables_in.rows import Problem, Taken
from casetracker.exchange.tables_in.taking import Double
from casetracker.i18n import N_, tr
from casetracker.store.draft import Draft
from casetracker.ui.pages.exchange.parts import combo
from casetracker.ui.style import Tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label, named

SHOWN = 100  # of each list; all are counted, and all doubts stand in the notes of the cases
_NEW, _SAME, _OUT = "new", "same", "out"


def preview_table() -> CellTable:
    """Return the table of the first rows as they would be taken in."""
    heads = (N_("Row"), N_("Name"), N_("Born"), N_("Arrested"), N_("Petitioner"), N_("Doubtful"))
    columns = [Column(tr(head), weight) for head, weight in zip(heads, (0, 4, 2, 3, 3, 4), strict=True)]
    return CellTable(columns, "taking.preview", tr(N_("As it would be taken in")))


def preview_rows(rows: Sequence[Taken]) -> list[TableRow]:
    """Return the lines of the first rows."""
    return [_preview(taken) for taken in rows]


def _preview(taken: Taken) -> TableRow:
    names = [str(n.values["full"]) for n in taken.person.children["names"]]
    episode = next(iter(taken.case.children.get("episodes", [])), None)
    petitioner = taken.petitioner.children["names"] if taken.petitioner else []
    doubts = "; ".join(dict.fromkeys(f"{p.head}: {p.value}" if p.head else p.what for p in taken.problems))
    cells = (
        str(taken.row),
        Cell(names[0], "; ".join(names[1:])),
        _date(taken.person, "birth"),
        _date(episode, "arrested") if episode else "",
        str(petitioner[0].values["full"]) if petitioner else "",
        Cell(doubts, tone=Tone.AMBER) if doubts and len(doubts) < 40 else Cell(doubts),
    )
    return TableRow(str(taken.row), cells)


def _date(draft: Draft, name: str) -> str:
    known = draft.values.get(name)
    return known.short() if known else ""


def problems_table() -> CellTable:
    """Return the table of doubtful cells."""
    heads = (N_("Row"), N_("Column"), N_("What stands there"), N_("What is wrong"))
    columns = [Column(tr(head), weight) for head, weight in zip(heads, (0, 2, 3, 5), strict=True)]
    return CellTable(columns, "taking.problems", tr(N_("Doubtful cells")))


def problem_rows(problems: Sequence[Problem]) -> list[TableRow]:
    """Return a line for each of the first doubtful cells."""
    return [
        TableRow(str(p.row), (str(p.row), p.head, p.value[:120], Cell(p.what, muted=True)))
        for p in problems[:SHOWN]
    ]


class DoublesGrid(QWidget):
    """A line for each likely double, with the choice: somebody new, the same person, or leave out."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "doubles", tr(N_("Likely doubles")))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(1, 1)
        self.choices: dict[int, tuple[Double, QComboBox]] = {}

    def set_doubles(self, doubles: Sequence[Double], names: Mapping[str, str]) -> None:
        """Show them; `names` says what the people of the casebook are called."""
        self.choices.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, double in enumerate(doubles[:SHOWN]):
            self._line(at, double, names.get(double.person_id, ""))

    def _line(self, at: int, double: Double, known: str) -> None:
        options = [(_NEW, tr(N_("Take in as somebody new")))]
        if double.person_id:
            options.append((_SAME, tr(N_("The same person: only add the case"))))
            why = tr(N_("may be {name}: {why}"), name=known, why="; ".join(double.reasons))
        else:
            why = tr(N_("may be the same as in row {n}"), n=double.earlier_row)
        options.append((_OUT, tr(N_("Leave this row out"))))
        name = tr(N_("Row {n}: {name}"), n=double.row, name=double.name)
        box = combo(f"double.{double.row}", name, options)
        self.choices[double.row] = (double, box)
        self._grid.addWidget(label(name, "bold", wrap=True), at, 0)
        self._grid.addWidget(label(why, "muted", wrap=True), at, 1)
        self._grid.addWidget(box, at, 2)

    def same(self) -> dict[int, str]:
        """Return, by row, the people that are there already."""
        return {row: d.person_id for row, (d, box) in self.choices.items() if box.currentData() == _SAME}

    def left_out(self) -> frozenset[int]:
        """Return the rows that are passed over."""
        return frozenset(row for row, (_, box) in self.choices.items() if box.currentData() == _OUT)
