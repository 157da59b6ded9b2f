"""The files of a folder, each with a small picture, whose it may be, and the choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case
from casetracker.store.documents_together import Meant
from casetracker.store.file_matching import Proposal, Whose
from casetracker.store.looking.looker import Drawn
from casetracker.store.store import Store
from casetracker.ui.pages.pick import pick
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.pick_box import PickBox

SIDE = 56  # pixels of a small picture
SHOWN = 100  # files that are shown together
_SKIP, _OTHER = "skip", "other"


class FileRows(QWidget):
    """A line a file; `changed` after another choice."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        named(self, "files.rows", tr(N_("Files")))
        self._store = store
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self.proposals: list[Proposal] = []
        self.boxes: list[PickBox] = []
        self.pictures: list[QLabel] = []

    def set_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show these files, with what is proposed for each."""
        self.proposals = list(proposals)
        self.boxes, self.pictures = [], []
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, proposal in enumerate(self.proposals):
            self._line(at, proposal)

    def _line(self, at: int, proposal: Proposal) -> None:
        picture = named(label(""), f"files.picture.{at}")
        picture.setFixedSize(px(SIDE), px(SIDE))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = proposal.path.name
        box = named(PickBox(), f"files.whose.{at}", tr(N_("Whose “{file}” is"), file=name))
        box.setSizeAdjustPolicy(PickBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(28)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, not the choice
        box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        for whose in proposal.whose:
            box.addItem(whose.title, whose)
        box.addItem(tr(N_("Another case…")), _OTHER)
        box.addItem(tr(N_("Leave this file out")), _SKIP)
        box.setCurrentIndex(0 if proposal.best else box.count() - 1)
        why = label("", "muted", wrap=True)
        told = [tr(N_("Nothing in its name says whose it is."))]
        if proposal.whose:
            told = [("" if proposal.best else tr(N_("Perhaps:")) + " ") + proposal.whose[0].why]
        why.setText(" ".join(told))
        box.activated.connect(lambda _: self._chosen(box))
        self.boxes.append(box)
        self.pictures.append(picture)
        for column, widget in enumerate((picture, label(name, "bold", wrap=True), why, box)):
            self._grid.addWidget(widget, at, column)

    def _chosen(self, box: PickBox) -> None:
        if box.currentData() == _OTHER:
            case_id = pick(self, self._store, Case, tr(N_("Whose file is it?")))
            if case_id:
                self.put(box, case_id)
            else:
                box.setCurrentIndex(box.findData(_SKIP))
        self.changed.emit()

    def put(self, box: PickBox, case_id: str) -> None:
        """Choose a case that was not among the proposals."""
        with self._store.reader() as reader:
            case = reader.get(Case, case_id)
            title = f"{case.text('ref')} {reader.name(case.value('person_id'))}" if case else ""
        box.insertItem(0, title, Whose(Case.__name__, case_id, title, ""))
        box.setCurrentIndex(0)

    def set_picture(self, at: int, drawn: Drawn) -> None:
        """Show a small picture of a file."""
        if at < len(self.pictures):
            rows = QImage(drawn.rows, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)
            room = self.pictures[at].size()
            self.pictures[at].setPixmap(
                QPixmap.fromImage(rows).scaled(
                    room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )

    def meant(self) -> list[Meant]:
        """Return the files that are to be taken in, each with its record."""
        chosen = zip(self.proposals, (box.currentData() for box in self.boxes), strict=True)
        return [Meant(p.path, w.kind, w.id) for p, w in chosen if isinstance(w, Whose)]
