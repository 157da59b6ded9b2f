"""The list of suggested spellings, of which one ticks those that are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.names.suggest import Suggestion
from casetracker.model.terms import label_of
from casetracker.ui.style import px
from casetracker.ui.widgets.bidi import isolate
from casetracker.ui.widgets.naming import button, label, named


@dataclass(frozen=True)
class Origin:
    """A name that was typed, and the spellings that were made from it."""

    full: str
    spellings: tuple[Suggestion, ...]


class SpellingsDialog(QDialog):
    """Suggestions by the name they were made from; `chosen(list[Suggestion])` when some were ticked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None, origins: Sequence[Origin]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = tr(N_("Suggested spellings"))
        named(self, "spellings", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(620), px(420))
        self._boxes: list[tuple[QCheckBox, Suggestion]] = []
        text = tr(
            N_(
                "Made by rule out of what was typed; no paper shows them. Tick the ones that are right. They "
                "become lines in the list of names and are saved with it."
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 18, 22, 16)
        outer.setSpacing(12)
        outer.addWidget(label(title, "head"))
        outer.addWidget(label(text, "soft", wrap=True))
        outer.addWidget(self._list(origins), 1)
        outer.addLayout(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self._boxes[0][0].setFocus()

    def _list(self, origins: Sequence[Origin]) -> QScrollArea:
        inside = named(QWidget(), "spellings.inside")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(px(18))
        grid.setColumnStretch(2, 1)
        for origin in origins:
            heading = label(tr(N_("From {name}"), name=isolate(origin.full)), "bold")
            grid.addWidget(heading, grid.rowCount(), 0, 1, 3)
            for each in origin.spellings:
                self._add(grid, grid.rowCount(), each)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = named(QScrollArea(), "spellings.list")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from box to box; the list follows
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        return scroll

    def _add(self, grid: QGridLayout, line: int, each: Suggestion) -> None:
        kind = ", ".join((label_of(each.language), label_of(each.script)))
        said = f"{each.full}. {kind}. {each.remark()}"
        box = named(QCheckBox(each.full.replace("&", "&&")), f"spelling.{len(self._boxes)}", said)
        box.toggled.connect(self._on_toggled)
        self._boxes.append((box, each))
        grid.addWidget(box, line, 0)
        grid.addWidget(label(kind, "soft"), line, 1)
        grid.addWidget(label(each.remark(), "muted"), line, 2)

    def _buttons(self) -> QHBoxLayout:
        cancel = button(tr(N_("Cancel")), "spellings.cancel")
        cancel.clicked.connect(self.reject)
        self._take = button(tr(N_("Add to the names")), "spellings.add", kind="primary")
        self._take.clicked.connect(self.accept)
        self._take.setDefault(True)
        self._take.setEnabled(False)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self._take)
        return line

    def ticked(self) -> list[Suggestion]:
        """Return what is ticked, from top to bottom."""
        return [each for box, each in self._boxes if box.isChecked()]

    def _on_toggled(self) -> None:
        self._take.setEnabled(bool(self.ticked()))

    def accept(self) -> None:
        """Hand over what is ticked and close; with nothing ticked stay open."""
        ticked = self.ticked()
        if ticked:
            super().accept()
            self.chosen.emit(ticked)
