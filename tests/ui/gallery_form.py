"""Editors, the grid and the editor of dates in the gallery of widgets."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from casetracker.model import dates
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.form_row import FormGrid, FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.grid import EditGrid, GridColumn, GridRow, Kind
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.section import Section
from casetracker.ui.widgets.suggestions import Hit
from tests.ui.gallery_pages import PEOPLE


def form() -> QWidget:
    """Editors, a folded section, the grid and the editor of dates."""
    page = ScrollPage("form")
    card = Card("Details", "details")
    rows = FormGrid()
    name = named(QLineEdit("Айгүл Серікқызы"), "name", "Name")
    status = named(QComboBox(), "status", "Status")
    status.addItems(["Citizen", "Residence permit", "Asylum seeker"])
    wrong = FormRow("Born", DateEditor("born", "Born"), required=True)
    wrong.editor.type_text("30.02.1976")  # type: ignore[attr-defined]
    wrong.set_problem(wrong.editor.problem())  # type: ignore[attr-defined]
    detained = DateEditor("detained", "Detained")
    detained.set_value(dates.KnownDate.from_edtf("2018-10~", "around the harvest"))
    notes = named(QPlainTextEdit("Speaks Kazakh and Chinese."), "notes", "Notes")
    notes.setFixedHeight(70)
    check = named(QCheckBox("Speaks for the family"), "speaks", "Speaks for the family")
    check.setChecked(True)
    for row, wide in (
        (FormRow("Name", name, required=True), False),
        (FormRow("Status in Kazakhstan", status), False),
        (wrong, False),
        (FormRow("Detained", detained), False),
        (check, False),
        (FormRow("Notes", notes), True),
    ):
        rows.add(row, wide=wide)
    section = Section("Contact", "contact", note="2 of 4 filled in")
    section.add(FormRow("Telephone", named(QLineEdit("+7 700 000 00 00"), "telephone"), side=True))
    card.add(rows)
    card.add(section)
    card.add(Section("Papers", "papers", opened=False))
    page.body.addWidget(card)
    outcomes = (("", "—"), ("present", "present"), ("detained", "detained"), ("fined", "fined"))
    grid = EditGrid(
        [
            GridColumn("person", "Person", Kind.LOOKUP, lookup=lookup, hint="Type a name…"),
            GridColumn(
                "role", "Role", Kind.CHOICE, 150, (("relative", "relative"), ("activist", "activist"))
            ),
            GridColumn("outcome", "Outcome", Kind.CHOICE, 150, outcomes),
            GridColumn("on", "On", Kind.DATE, 150),
            GridColumn("note", "Note"),
        ],
        "participants",
        "Participants",
    )
    grid.set_rows(
        [
            GridRow(
                "1",
                {
                    "person": Hit("p1", "Айгүл Серікқызы"),
                    "role": "relative",
                    "outcome": "fined",
                    "on": dates.parse("2021-10-01"),
                },
            ),
            GridRow(
                "2", {"person": Hit("p2", "ئابدۇراخمان مۇھەممەد"), "role": "relative", "outcome": "detained"}
            ),
        ]
    )
    grid.set_problems({(1, "role"): "Say what he was there."})
    participants = Card("Participants", "participants.card", link="Paste a list…")
    participants.add(grid)
    page.body.addWidget(participants)
    page.body.addWidget(
        Banner(text="This casebook is open for reading only.", tone=Tone.BLUE, action="Why?", closable=True)
    )
    page.body.addStretch(1)
    return page


def lookup(typed: str) -> list[Hit]:
    """Find people whose name holds what was typed."""
    return [Hit(row.key, row.title, row.left) for row in PEOPLE if typed.casefold() in row.title.casefold()]
