"""The tags of the office: their names and colours, and on how many records each is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import terms
from casetracker.model.tagging import TagColour
from casetracker.store import tags
from casetracker.ui.desk import Desk
from casetracker.ui.pages.lists.saved_grid import SavedGrid
from casetracker.ui.widgets.grid_rows import GridColumn, GridRow, Kind
from casetracker.ui.widgets.naming import label, named


class TagsTab(QWidget):
    """A grid of tags; each cell is saved when it is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        fixed = bool(desk.store.read_only)
        colours = tuple((colour, terms.label_of(colour)) for colour in TagColour)
        self.grid = SavedGrid(
            [
                GridColumn("name", tr(N_("Tag")), fixed=fixed),
                GridColumn("colour", tr(N_("Colour")), Kind.CHOICE, 140, colours, fixed=fixed),
                GridColumn("used", tr(N_("On records")), width=110, fixed=True),
            ],
            "tags.grid",
            tr(N_("Tags")),
        )
        self.grid.set_grows(not fixed)
        self.problem = named(label("", "problem", wrap=True), "tags.problem")
        self.problem.hide()
        said = tr(
            N_(
                "Tags are put on at the head of a record (Ctrl+T). A change of name or colour shows on all "
                "records at once; Delete takes a tag off all of them."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 16, 22, 16)
        layout.setSpacing(10)
        for part in (label(said, "muted", wrap=True), self.problem, self.grid):
            layout.addWidget(part, 1 if part is self.grid else 0)
        self.grid.cell_changed.connect(self._on_cell)
        self.grid.delete_wanted.connect(lambda key: self._try(lambda: tags.delete(desk.store, key)))

    def refresh(self) -> None:
        """Read the tags again."""
        self.grid.update_rows(
            [
                GridRow(tag.id, {"name": tag.name, "colour": tag.colour, "used": str(tag.used)})
                for tag in tags.every_tag(self._desk.store)
            ]
        )

    def _on_cell(self, row: int, column: str) -> None:
        line, store = self.grid.rows()[row], self._desk.store
        name, colour = str(line.values.get("name") or ""), line.values.get("colour")

        def add() -> None:
            line.key = tags.make(store, name, colour)

        if not line.key:
            if name:
                self._try(add)
        elif column == "name":
            self._try(lambda: tags.rename(store, line.key, name))
        elif column == "colour":
            self._try(lambda: tags.recolour(store, line.key, colour or TagColour.GREY))

    def _try(self, work: Callable[[], object]) -> None:
        if self._desk.store.read_only:
            return
        said = ""
        try:
            work()
        except UserError as error:
            said = str(error)
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
