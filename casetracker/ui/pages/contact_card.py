"""Telephone numbers and other contacts on a card, covered until somebody asks to see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from casetracker.i18n import N_, tr
from casetracker.store.reader import DisclosedRecord
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label, named

_DOT = "•"
_OPEN_AT_THE_END = 2  # enough to tell two numbers apart


@dataclass(frozen=True)
class Contact:
    """One way to reach somebody."""

    kind: str
    value: str
    note: str


def contacts_of(person: DisclosedRecord | None) -> list[Contact]:
    """Return the contacts of a person."""
    points = person.children("contacts") if person else []
    return [Contact(p.text("kind"), p.text("value"), p.text("note")) for p in points]


def covered(value: str) -> str:
    """Return a contact with all but its last signs covered."""
    tail = value[-_OPEN_AT_THE_END:] if len(value) > 3 * _OPEN_AT_THE_END else ""
    return _DOT * min(len(value) - len(tail), 10) + tail


class ContactCard(Card):
    """Contacts, and a link that shows or covers them; what is shown is covered again for the next record."""

    def __init__(self, title: str, object_name: str) -> None:
        super().__init__(title, object_name, link=tr(N_("Show")))
        self._lines: list[Contact] = []
        self._owner = ""
        self.shown = False
        self.whom = named(label("", wrap=True, selectable=True), f"{object_name}.whom")
        # A name in Arabic letters stands where the others stand, over its numbers.
        self.whom.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.whom.hide()
        columns = (Column("", 0), Column("", 2), Column("", 2))
        self._table = CellTable(columns, f"{object_name}.table", title)
        self._none = label(tr(N_("No contact is recorded.")), "muted", wrap=True)
        self.safe = Banner(object_name=f"{object_name}.safe")
        self.safe.hide()
        self.add(self.safe)
        self.add(self.whom)
        self.add(self._table)
        self.add(self._none)
        self.fill_up()
        self.link_clicked.connect(self._toggle)

    def set_contacts(
        self, owner_id: str, lines: Sequence[Contact], whom: str = "", *, safe: str = ""
    ) -> None:
        """Show the contacts of a person, covered unless they were uncovered already; `whom` stands above.

        `safe` says how the family may be reached at all: nobody should see a number without it.
        """
        self.safe.set(tr(N_("Safe contact")), safe)
        self.safe.setVisible(bool(safe))
        self.shown = self.shown and owner_id == self._owner
        self._owner, self._lines = owner_id, list(lines)
        self.whom.setText(whom)
        self.whom.setVisible(bool(whom))
        self._none.setVisible(not lines)
        self._table.setVisible(bool(lines))
        self._fill()

    def cover(self) -> None:
        """Cover the contacts."""
        if self.shown:
            self._toggle()

    def _toggle(self) -> None:
        self.shown = not self.shown
        self._fill()

    def _fill(self) -> None:
        shown = tr(N_("Cover")) if self.shown else tr(N_("Show"))
        self.set_link(shown if self._lines else "")
        self._table.set_rows(
            [
                TableRow(
                    str(number),
                    (
                        Cell(line.kind, muted=True),
                        Cell(line.value if self.shown else covered(line.value)),
                        Cell(line.note if self.shown else "", muted=True),
                    ),
                )
                for number, line in enumerate(self._lines)
            ]
        )
