"""The parts of a paper: ticked or left out, and moved up and down where the report allows it."""

from __future__ import annotations

from textwrap import wrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.reports.options import Options
from casetracker.reports.report import Report
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named

_LINE = 40  # letters of a part's name beside its arrows


class PartsList(QWidget):
    """A line for each part of the report that is shown; `changed` after every change by the user.

    What a profile says about parts of another report stays in it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "paper.parts", tr(N_("Parts of the paper")))
        self._report: Report | None = None
        self._boxes: dict[str, QCheckBox] = {}
        self._arrows: dict[tuple[str, int], QPushButton] = {}
        self._aside: tuple[str, ...] = ()  # parts of another report, left out in its profile
        self._order: list[str] = []  # of the lines
        self._lines: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(label(tr(N_("Parts of the paper")), "muted"))

    def show_report(self, report: Report) -> None:
        """Offer the parts of a report; what was left out stays left out where the report has that part."""
        left_out = (*self.left_out(), *self._aside)
        self._report = report
        keys = tuple(key for key, _ in report.sections)
        self._aside = tuple(key for key in left_out if key not in keys)
        self._draw(Options(left_out=left_out))
        self.setVisible(bool(keys))

    def set_options(self, options: Options) -> None:
        """Show what options say of the parts, without a signal."""
        keys = [key for key, _ in self._report.sections] if self._report else []
        self._aside = tuple(key for key in options.left_out if key not in keys)
        self._draw(options)

    def left_out(self) -> tuple[str, ...]:
        """The parts that are not wanted."""
        return tuple(key for key, box in self._boxes.items() if not box.isChecked())

    def order(self) -> tuple[str, ...]:
        """The movable parts in the order that is wanted; nothing if it is that of the report."""
        movable = [key for key in self._order if self._moves(key)]
        return tuple(movable) if movable != [key for key in self._natural() if self._moves(key)] else ()

    def _natural(self) -> list[str]:
        return [key for key, _ in self._report.sections] if self._report else []

    def _moves(self, key: str) -> bool:
        return self._report is not None and key in self._report.movable and len(self._report.movable) > 1

    def _draw(self, options: Options) -> None:
        """Draw the lines anew: fixed parts keep their places, movable ones stand in the wanted order."""
        if self._lines is not None:
            self._layout.removeWidget(self._lines)
            self._lines.hide()  # it lives on for a moment
            self._lines.deleteLater()
        movable = iter(options.in_order(key for key in self._natural() if self._moves(key)))
        self._order = [next(movable) if self._moves(key) else key for key in self._natural()]
        self._boxes, self._arrows = {}, {}
        self._lines = QWidget()
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        for key in self._order:
            lines.addLayout(self._line(key, wanted=options.shows(key)))
        self._layout.addWidget(self._lines)
        self._lines.show()  # at once, so that a line of it can get the keyboard

    def _line(self, key: str, *, wanted: bool) -> QHBoxLayout:
        text = tr(dict(self._report.sections)[key]) if self._report else key
        box = named(QCheckBox("\n".join(wrap(text, _LINE))), f"paper.part.{key}", text)
        box.setChecked(wanted)
        box.toggled.connect(self.changed)
        self._boxes[key] = box
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(box, 1)
        if self._moves(key):
            neighbours = [each for each in self._order if self._moves(each)]
            place = neighbours.index(key)
            up, down = tr(N_("Move “{part}” up"), part=text), tr(N_("Move “{part}” down"), part=text)
            for step, sign, tip, there in (
                (-1, "↑", up, place > 0),
                (1, "↓", down, place + 1 < len(neighbours)),
            ):
                line.addWidget(self._arrow(key, step, sign, tip, possible=there))
        return line

    def _arrow(self, key: str, step: int, sign: str, tip: str, *, possible: bool) -> QPushButton:
        name = f"paper.part.{key}.{'down' if step > 0 else 'up'}"
        made = button(sign, name, kind="quiet", tooltip=tip)
        made.setAccessibleName(tip)
        made.setFixedWidth(px(30))
        made.setEnabled(possible)
        made.clicked.connect(lambda: self._move(key, step))
        self._arrows[key, step] = made
        return made

    def _move(self, key: str, step: int) -> None:
        """Let a part change places with its neighbour; the keyboard stays with it."""
        order = [each for each in self._order if self._moves(each)]
        place = order.index(key)
        order[place], order[place + step] = order[place + step], order[place]
        self._draw(Options(left_out=self.left_out(), order=tuple(order)))
        arrow = self._arrows[key, step]
        (arrow if arrow.isEnabled() else self._arrows[key, -step]).setFocus()
        self.changed.emit()
