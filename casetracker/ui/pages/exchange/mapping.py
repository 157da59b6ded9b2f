"""The columns of a list, each with some of its values and the field that it goes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from casetracker.exchange.tables_in.profile import Column, Profile
from casetracker.exchange.tables_in.targets import LEFT_OUT, NOTE, targets
from casetracker.i18n import N_, tr
from casetracker.ui.widgets.naming import label, named

_EXAMPLES = 3
_LONGEST = 40  # letters of an example


class MappingGrid(QWidget):
    """A line a column; `changed` after another field was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "mapping", tr(N_("What becomes of the columns")))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._profile = Profile("", ())
        self._choices = [
            (NOTE, tr(N_("Keep in a note of the case"))),
            (LEFT_OUT, tr(N_("Leave this column out"))),
            *((target.address, target.title) for target in targets()),
        ]
        self._model = QStringListModel([text for _, text in self._choices], self)
        self._places = {address: at for at, (address, _) in enumerate(self._choices)}
        self.boxes: dict[str, QComboBox] = {}

    def set_list(self, heads: Sequence[str], rows: Sequence[Sequence[str]], profile: Profile) -> None:
        """Show the columns of a list, as the profile maps them."""
        self._profile = profile
        self.boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, text in enumerate((tr(N_("Column")), tr(N_("Some of its values")), tr(N_("Goes to")))):
            self._grid.addWidget(label(text, "muted"), 0, at)
        for number, (place, head) in enumerate(
            ((at, head) for at, head in enumerate(heads) if head.strip()), 1
        ):
            self._line(number, head, _examples(rows, place))

    def _line(self, number: int, head: str, examples: str) -> None:
        box = named(QComboBox(), f"mapping.{number}", tr(N_("Where “{column}” goes"), column=head))
        box.setModel(self._model)
        box.setMaxVisibleItems(20)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(24)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, not the choice
        box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        box.setCurrentIndex(self._places.get(self._address(head), 0))
        box.activated.connect(lambda _: self.changed.emit())
        self.boxes[head] = box
        self._grid.addWidget(label(head, "bold", wrap=True), number, 0)
        self._grid.addWidget(label(examples, "muted", wrap=True), number, 1)
        self._grid.addWidget(box, number, 2)

    def _address(self, head: str) -> str:
        return next((c.to for c in self._profile.columns if head in c.heads), NOTE)

    def profile(self) -> Profile:
        """Return the mapping as it was chosen; what a profile says of a column beyond its field is kept."""
        columns: list[Column] = []
        for head, box in self.boxes.items():
            address = self._choices[box.currentIndex()][0]
            before = next((c for c in self._profile.columns if head in c.heads), None)
            if before is not None and before.to == address:
                if before not in columns:
                    columns.append(before)
            else:
                split = ";" if address == "person.names" else ""
                columns.append(Column((head,), address, split=split))
        made = vars(self._profile) | {"columns": tuple(columns)}
        return Profile(**made)


def _examples(rows: Sequence[Sequence[str]], place: int) -> str:
    found = dict.fromkeys(row[place].strip()[:_LONGEST] for row in rows if place < len(row))
    return "  ·  ".join([value for value in found if value][:_EXAMPLES])
