"""The left navigation: where one can go, how much is there, and who is working."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import colour, font, px
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.painting import (
    RIGHT,
    PaintedButton,
    chip_size,
    draw_chip,
    draw_text,
    text_width,
)

WIDTH = 208
_TALL, _LEAST, _GAP = 32, 23, 2  # how tall an entry is, how tall at least, and what is left between two


class Line(QFrame):
    """A thin line between things."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)


class _NavButton(PaintedButton):
    moved = Signal(int)

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self.key = key
        self.count = ""
        self.badge: ChipText | None = None
        self.setText(text)
        self.setCheckable(True)
        named(self, f"nav.{key}", text)

    def sizeHint(self) -> QSize:
        return QSize(px(188), px(_TALL))

    def say(self) -> None:
        """Let a screen reader hear the count too."""
        more = self.badge.text if self.badge else self.count
        self.setAccessibleName(f"{self.text()}, {more}" if more else self.text())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _badge_text(self, room: int) -> str:
        """Return what the badge says, its number alone where the words would cut the name of the entry."""
        said = self.badge.text if self.badge else ""
        needed = text_width(self.text(), font(bold=True)) + chip_size(said).width() + 8
        number = re.search(r"\d+", said)
        return number.group() if needed > room and number else said

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selection" if on else "hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        inner = self.rect().adjusted(px(10), 0, -px(9), 0)
        used = 0
        if self.badge:
            text = self._badge_text(inner.width())
            size = chip_size(text)
            used = size.width()
            at = QRect(inner.right() - used + 1, (self.height() - size.height()) // 2, used, size.height())
            draw_chip(painter, at, text, self.badge.tone)
        elif self.count:
            used = text_width(self.count, font()) + px(4)
            draw_text(painter, inner, self.count, font(), "faint", RIGHT)
        room = inner.adjusted(0, 0, -used - 4, 0)
        draw_text(painter, room, self.text(), font(bold=on), "primary" if on else "text_nav")
        self.ring(painter, 6)
        painter.end()


class _Entries(QScrollArea):
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class _Group(QWidget):
    """The beginning of a group: a line, and below it what the group is called if there is room."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._words = QLabel(text)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "small")
        self._words.setContentsMargins(2, 0, 0, 0)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(px(5))
        self._layout.addWidget(Line())
        self._layout.addWidget(self._words)
        self.show_words(False)

    def height_of(self, *, words: bool) -> int:
        """How tall the group's beginning is, with its words or without."""
        return (
            px(13 + 5) + self._words.sizeHint().height() if words and self._words.text() else px(9)
        ) + _GAP

    def show_words(self, wanted: bool) -> None:
        """Show the heading, or only the line."""
        wanted = wanted and bool(self._words.text())
        self._words.setVisible(wanted)
        self._layout.setContentsMargins(8, px(8 if wanted else 4), 9, px(4))
        self.setFixedHeight(self.height_of(words=wanted) - _GAP)


class Navigation(QFrame):
    """The column at the left of the window; `chosen` gives the key of the entry that was picked."""

    chosen = Signal(str)

    def __init__(self, program: str, casebook: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "navigation", tr("Navigation"))
        self.setFixedWidth(px(WIDTH))
        self._buttons: dict[str, _NavButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 19, 9, 23)
        layout.setSpacing(0)
        self._casebook = named(label(casebook), "casebook")
        for text in (named(label(program), "program"), self._casebook):
            text.setContentsMargins(10, 0, 4, 0)
            layout.addWidget(text)
        layout.addSpacing(17)
        layout.addWidget(self._make_entries(), 1)
        layout.addWidget(Line())
        layout.addSpacing(10)
        self._signed_in = named(label("", wrap=True), "signed_in")
        self._signed_in.setTextFormat(Qt.TextFormat.RichText)
        self._signed_in.setContentsMargins(10, 0, 4, 0)
        layout.addWidget(self._signed_in)

    def _make_entries(self) -> QScrollArea:
        """Make the part that scrolls if the window is too low for all entries."""
        self._scroll = named(_Entries(), "navigation.entries", tr("Navigation"))
        self._scroll.resized.connect(self._fit)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = named(QWidget(), "navigation.inside")
        self._entries = QVBoxLayout(inside)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._entries.setSpacing(_GAP)
        self._entries.addStretch(1)
        self._groups: list[_Group] = []
        self._scroll.setWidget(inside)
        return self._scroll

    def _fit(self) -> None:
        """Use the height there is: headings if there is room for them, else lines and lower entries."""
        room, many = self._scroll.height(), len(self._buttons)
        with_words = sum(group.height_of(words=True) for group in self._groups)
        words = many * px(_TALL + _GAP) + with_words <= room
        left = room - sum(group.height_of(words=words) for group in self._groups)
        tall = max(px(_LEAST), min(px(_TALL), left // max(many, 1) - _GAP))
        for group in self._groups:
            group.show_words(words)
        for made in self._buttons.values():
            made.setFixedHeight(tall)

    def set_casebook(self, name: str) -> None:
        """Show which casebook is open."""
        self._casebook.setText(name)
        self._casebook.setToolTip(name)

    def add_below(self, widget: QWidget) -> None:
        """Put something small at the foot of the navigation."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    def set_signed_in(self, name: str, note: str = "") -> None:
        """Show who works here, and below it a note (role, when the program locks)."""
        bold = f"<b>{html.escape(name)}</b>"
        self._signed_in.setText(
            tr("Signed in as {name}", name=bold) + (f"<br>{html.escape(note)}" if note else "")
        )

    def add_entry(self, key: str, text: str) -> None:
        """Add a place to go to, below the others."""
        made = self._buttons[key] = _NavButton(key, text)
        self._group.addButton(made)
        self._entries.insertWidget(self._entries.count() - 1, made)
        made.clicked.connect(lambda: self.chosen.emit(key))
        made.moved.connect(lambda by: self._focus_from(key, by))

    def _focus_from(self, key: str, by: int) -> None:
        keys = list(self._buttons)
        made = self._buttons[keys[max(0, min(len(keys) - 1, keys.index(key) + by))]]
        made.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(made, 0, px(_TALL))

    def add_separator(self, text: str = "") -> None:
        """Begin a new group of entries, with a heading where there is room for it."""
        group = _Group(text)
        self._groups.append(group)
        self._entries.insertWidget(self._entries.count() - 1, group)

    def set_count(self, key: str, count: int | None) -> None:
        """Show how many there are, or nothing; a badge hides the count."""
        if made := self._buttons.get(key):  # not everybody has every entry
            made.count = "" if count is None else str(count)
            made.say()

    def set_badge(self, key: str, badge: ChipText | None) -> None:
        """Show a coloured badge such as "5 overdue" instead of the count."""
        if made := self._buttons.get(key):
            made.badge = badge
            made.say()

    def select(self, key: str) -> None:
        """Mark where we are, without a signal."""
        if made := self._buttons.get(key):
            made.setChecked(True)
            self._scroll.ensureWidgetVisible(made, 0, px(_TALL))

    def selected(self) -> str:
        """The key of the marked entry, or ""."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")
