"""The panel in which a date is put together from choices: relation, year, month, day, how sure, own words."""

from __future__ import annotations

from babel.dates import get_month_names
from PySide6.QtCore import QRegularExpression, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from casetracker.i18n import locale, tr
from casetracker.model.dates import KnownDate, Part, Qualifier, Relation, Season, compose, decompose
from casetracker.ui.style import px, restyle
from casetracker.ui.widgets.naming import button, label, named

_DECADE, _UNKNOWN, _NONE = "decade", "unknown", ""


class PartEditor(QWidget):
    """A year, and perhaps a month or season and a day; `changed` on every choice."""

    changed = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self.year = named(QLineEdit(), f"{object_name}.year", tr("{what}: year", what=accessible_name))
        self.year.setPlaceholderText(tr("Year"))
        self.year.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,4}"), self))
        self.year.setFixedWidth(px(70))
        self.month = named(
            QComboBox(), f"{object_name}.month", tr("{what}: month or season", what=accessible_name)
        )
        self.day = named(QComboBox(), f"{object_name}.day", tr("{what}: day", what=accessible_name))
        self.day.setFixedWidth(px(106))
        self._fill()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.year)
        layout.addWidget(self.month, 1)
        layout.addWidget(self.day)
        self.year.textEdited.connect(self.changed)
        self.month.activated.connect(self._on_month)
        self.day.activated.connect(self.changed)

    def _fill(self) -> None:
        self.month.addItem(tr("whole year"), _NONE)
        for number, name in get_month_names("wide", "stand-alone", locale=locale()).items():
            self.month.addItem(name, number)
        self.month.insertSeparator(self.month.count())
        for season in Season:
            self.month.addItem(tr(season.value), season)
        self.month.insertSeparator(self.month.count())
        self.month.addItem(tr("month not known"), _UNKNOWN)
        self.month.addItem(tr("the ten years"), _DECADE)
        self.month.setMaxVisibleItems(22)
        self.day.addItem(tr("no day"), _NONE)
        for day in range(1, 32):
            self.day.addItem(str(day), day)
        self.day.addItem(tr("not known"), _UNKNOWN)
        self.day.setEnabled(False)

    def part(self) -> Part | None:
        """Return what is chosen, or None without a year; raises `ValueError` for 30 February."""
        if not self.year.text():
            return None
        year, month, day = int(self.year.text()), self.month.currentData(), self.day.currentData()
        if isinstance(month, Season):
            return Part(year, season=month)
        if month in (_NONE, _UNKNOWN, _DECADE):
            return Part(year, decade=month == _DECADE, unknown=month == _UNKNOWN)
        if day in (_NONE, _UNKNOWN):
            return Part(year, month, unknown=day == _UNKNOWN)
        return Part(year, month, day)

    def set_part(self, part: Part | None) -> None:
        """Show a part, without a signal."""
        self.year.setText(f"{part.year}" if part else "")
        month: object = _NONE
        day: object = _NONE
        if part:
            month = (
                _DECADE if part.decade else part.season or part.month or (_UNKNOWN if part.unknown else _NONE)
            )
            day = part.day or (_UNKNOWN if part.unknown and part.month else _NONE)
        self.month.setCurrentIndex(_place(self.month, month))
        self.day.setCurrentIndex(_place(self.day, day))
        self._allow_day()

    def _allow_day(self) -> None:
        is_month = isinstance(self.month.currentData(), int)
        self.day.setEnabled(is_month)
        if not is_month:
            self.day.setCurrentIndex(0)

    def _on_month(self) -> None:
        self._allow_day()
        self.changed.emit()


def _place(combo: QComboBox, value: object) -> int:
    """Return where the value stands among the choices."""
    return next(place for place in range(combo.count()) if _same(combo.itemData(place), value))


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


class DatePanel(QFrame):
    """The choices; `changed` after each of them, `done` when the user has finished."""

    changed = Signal()
    done = Signal()

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, f"{object_name}.panel", tr("Put the date together"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(px(390))
        self.relation = named(QComboBox(), f"{object_name}.relation", tr("Relation"))
        for relation in Relation:
            self.relation.addItem(tr(relation.value), relation)
        self.first = PartEditor(f"{object_name}.first", tr("Date"))
        self.second = PartEditor(f"{object_name}.second", tr("Second date"))
        self.about = named(QCheckBox(tr("about")), f"{object_name}.about", tr("about"))
        self.uncertain = named(QCheckBox(tr("uncertain")), f"{object_name}.uncertain", tr("uncertain"))
        self.words = named(QLineEdit(), f"{object_name}.words", tr("In the person's own words"))
        self.words.setMaxLength(300)
        self._and = label("", "muted")
        self._understood = named(label("", "soft", wrap=True), f"{object_name}.understood")
        self._build(object_name)
        self.relation.activated.connect(self._on_relation)
        self.first.changed.connect(self._on_changed)
        self.second.changed.connect(self._on_changed)
        self.about.clicked.connect(self._on_changed)
        self.uncertain.clicked.connect(self._on_changed)
        self.words.textEdited.connect(self._on_changed)

    def _build(self, object_name: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(tr("It was"), "muted"), 0, 0)
        grid.addWidget(self.relation, 0, 1)
        grid.addWidget(self.first, 1, 1)
        grid.addWidget(self._and, 2, 0)
        grid.addWidget(self.second, 2, 1)
        marks = QHBoxLayout()
        marks.setSpacing(14)
        marks.addWidget(self.about)
        marks.addWidget(self.uncertain)
        marks.addStretch(1)
        grid.addLayout(marks, 3, 1)
        clear = button(tr("Clear"), f"{object_name}.clear", kind="quiet")
        clear.clicked.connect(self._clear)
        done = button(tr("Done"), f"{object_name}.done", kind="primary")
        done.clicked.connect(self.done)
        row = QHBoxLayout()
        row.addWidget(self._understood, 1)
        row.addWidget(clear)
        row.addWidget(done)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(grid)
        layout.addWidget(label(tr("In the person's own words"), "muted"))
        layout.addWidget(self.words)
        layout.addLayout(row)

    def value(self) -> KnownDate | None:
        """Return the date that the choices make; raises `ValueError` for one that cannot be."""
        words = self.words.text().strip() or None
        first = self.first.part()
        if first is None:
            return KnownDate.in_words(words) if words else None
        sure = Qualifier.of(approximate=self.about.isChecked(), uncertain=self.uncertain.isChecked())
        return compose(self._relation(), first, self.second.part(), sure, words)

    def set_value(self, value: KnownDate | None) -> None:
        """Show a date, without a signal."""
        made = decompose(value) if value else None
        with QSignalBlocker(self):
            self.relation.setCurrentIndex(list(Relation).index(made.relation if made else Relation.ON))
            self.first.set_part(made.first if made else None)
            self.second.set_part(made.second if made else None)
            self.about.setChecked(made.qualifier.approximate if made else False)
            self.uncertain.setChecked(made.qualifier.uncertain if made else False)
            self.words.setText(value.words or "" if value else "")
        self._show_second()

    def say(self, text: str, *, wrong: bool) -> None:
        """Show what was understood, or what is wrong."""
        self._understood.setText(text)
        self._understood.setProperty("role", "problem" if wrong else "soft")
        restyle(self._understood)
        self._fit()

    def _fit(self) -> None:
        """Be as tall as what is shown needs at this width."""
        self._layout.invalidate()
        self._layout.activate()
        self.setFixedHeight(self._layout.totalHeightForWidth(self.width()))

    def _relation(self) -> Relation:
        return list(Relation)[self.relation.currentIndex()]

    def _on_relation(self) -> None:
        self._show_second()
        self._on_changed()

    def _on_changed(self) -> None:
        self.changed.emit()

    def _show_second(self) -> None:
        needed = self._relation().needs_second
        self.second.setVisible(needed)
        self._and.setVisible(needed)
        self._and.setText(tr("to") if self._relation().lasted else tr("and"))
        self._fit()

    def _clear(self) -> None:
        self.set_value(None)
        self._on_changed()
