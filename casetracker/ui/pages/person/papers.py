"""The papers of a person on a card: numbers covered until somebody asks, warnings beside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from casetracker.i18n import N_, tr
from casetracker.model.papers import Known, Severity, check
from casetracker.model.people.papers import masked
from casetracker.store.reader import DisclosedRecord
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import button, label


@dataclass(frozen=True)
class PaperLine:
    """One paper as the card shows it."""

    id: str
    kind: str
    number: str
    detail: str
    state: str
    warnings: tuple[str, ...]
    wrong: bool


def papers_of(person: DisclosedRecord) -> list[PaperLine]:
    """Return the papers of a person with what their numbers give reason to look at."""
    sex = person.value("sex")
    known = Known(person.value("birth"), sex.name if sex else None, person.value("birthplace"))
    return [_line(paper, known) for paper in person.children("papers")]


def _line(paper: DisclosedRecord, known: Known) -> PaperLine:
    found = check(paper.value("kind"), paper.text("number"), known, paper.text("mrz"))
    telling = [f for f in found if f.severity is not Severity.INFORMATION]
    until = paper.text("expires")
    detail = [paper.text("issuer"), tr(N_("until {day}"), day=until) if until else "", paper.text("note")]
    if telling:  # where the state would stand stands what to look at
        detail.insert(0, paper.text("state"))
    return PaperLine(
        paper.id,
        paper.text("kind"),
        paper.text("number"),
        " · ".join(part for part in detail if part),
        paper.text("state"),
        tuple(f.sentence for f in telling),
        any(f.severity is Severity.WRONG for f in telling),
    )


class PaperCard(Card):
    """Papers; Ctrl+Space or the link shows the numbers, which are covered again for the next person."""

    def __init__(self) -> None:
        super().__init__(tr(N_("Identity papers")), "card.papers", link=tr(N_("Show")))
        self.shown = False
        self._owner = ""
        self._lines: list[PaperLine] = []
        columns = (Column("", 1), Column(tr(N_("Number")), 1), Column("", 2), Column("", 0))
        self.table = CellTable(columns, "papers", tr(N_("Identity papers")))
        self._none = label(tr(N_("No paper is recorded.")), "muted", wrap=True)
        self.copy = button(tr(N_("Copy the number")), "papers.copy", kind="link")
        self.copy.setToolTip(tr(N_("Puts the number of the chosen line on the clipboard")))
        self.copy.clicked.connect(self.copy_number)
        self.add(self.table)
        self.add(self._none)
        self.body.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.fill_up()
        self.link_clicked.connect(self.toggle)
        QShortcut(QKeySequence("Ctrl+Space"), self, self.toggle)

    def set_papers(self, owner_id: str, lines: list[PaperLine]) -> None:
        """Show the papers of a person."""
        self.shown = self.shown and owner_id == self._owner
        self._owner, self._lines = owner_id, lines
        self._none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.copy.setVisible(bool(lines))
        self._fill()

    def toggle(self) -> None:
        """Show or cover the numbers."""
        self.shown = not self.shown
        self._fill()

    def copy_number(self) -> None:
        """Put the number of the chosen paper on the clipboard; the first if none is chosen."""
        key = self.table.current_key() or (self._lines[0].id if self._lines else "")
        number = next((line.number for line in self._lines if line.id == key), "")
        QGuiApplication.clipboard().setText(number)

    def _fill(self) -> None:
        self.set_link((tr(N_("Cover")) if self.shown else tr(N_("Show"))) if self._lines else "")
        self.table.set_rows([self._row(line) for line in self._lines])

    def _row(self, line: PaperLine) -> TableRow:
        warnings = "\n".join(line.warnings) if self.shown else ""  # a sentence may quote the number
        chip = Cell(line.state, tone=Tone.GREY) if line.state else Cell()
        if line.warnings:
            chip = Cell(tr(N_("look again")), tone=Tone.RED if line.wrong else Tone.AMBER)
        return TableRow(
            line.id,
            (
                Cell(line.kind, bold=True),
                Cell(line.number if self.shown else masked(line.number)),
                Cell(line.detail, warnings, muted=True),
                chip,
            ),
        )
