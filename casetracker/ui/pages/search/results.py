"""The results of a search: groups by kind, and in each hit the matched words in bold."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.matching.words import excerpt, phrases_of
from casetracker.store.search import Hit
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label, named


def in_bold(snippet: str, typed: str) -> str:
    """Return a snippet as HTML, escaped, with the words in bold that were looked for."""
    found = excerpt(snippet, phrases_of(typed), around=len(snippet) + 1)
    text = found.text or snippet
    parts, last = [], 0
    for start, end in found.marks:
        parts += [html.escape(text[last:start]), f"<b>{html.escape(text[start:end])}</b>"]
        last = end
    return "".join(parts) + html.escape(text[last:])


class HitLine(QFrame):
    """One hit: what it is called, why it was found, the part of the text that matched."""

    opened = Signal(str)
    moved = Signal(int)

    def __init__(self, hit: Hit, typed: str) -> None:
        super().__init__()
        self.hit = hit
        said = ", ".join(part for part in (hit.title, hit.detail, hit.why, hit.snippet) if part)
        named(self, f"hit.{hit.entity}.{hit.id}", said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(14), px(8), px(14), px(8))
        layout.setSpacing(px(2))
        line = QHBoxLayout()
        line.addWidget(label(hit.title, "bold"))
        line.addWidget(label(hit.detail, "note"))
        line.addStretch(1)
        layout.addLayout(line)
        if hit.why:
            layout.addWidget(label(hit.why, "note", wrap=True))
        if hit.snippet:
            text = QLabel(in_bold(hit.snippet, typed))
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setWordWrap(True)
            layout.addWidget(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(f"{self.hit.entity}:{self.hit.id}")
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(f"{self.hit.entity}:{self.hit.id}")


class Results(QWidget):
    """All hits, by kind; `opened(key)` when one was chosen, `left_upwards` on Up in the first."""

    opened = Signal(str)
    left_upwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "search.results", tr(N_("Results")))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(10))
        self.lines: list[HitLine] = []
        self._groups: list[QWidget] = []

    def show_hits(self, hits: Sequence[Hit], typed: str) -> None:
        """Show these hits and no others, in their order, each kind together."""
        for group in self._groups:
            self._layout.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._groups, self.lines = [], []
        for kind in dict.fromkeys(hit.entity for hit in hits):
            self._add_group(kind, [hit for hit in hits if hit.entity == kind], typed)

    def step(self, line: HitLine | None, steps: int) -> None:
        """Put the keyboard on the hit so many places further down."""
        place = (self.lines.index(line) if line in self.lines else -1) + steps
        if place < 0:
            self.left_upwards.emit()
        elif place < len(self.lines):
            self.lines[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_group(self, kind: str, hits: Sequence[Hit], typed: str) -> None:
        group = named(QFrame(), f"search.group.{kind}", tr(BY_NAME[kind].plural))
        group.setProperty("role", "group")
        layout = QVBoxLayout(group)
        layout.setContentsMargins(0, px(8), 0, px(6))
        layout.setSpacing(0)
        head = tr(N_("{kind} ({n})"), kind=tr(BY_NAME[kind].plural), n=len(hits))
        title = label(head, "bold")
        title.setContentsMargins(px(14), 0, px(14), px(2))
        layout.addWidget(title)
        for hit in hits:
            line = HitLine(hit, typed)
            line.opened.connect(self.opened)
            line.moved.connect(lambda steps, line=line: self.step(line, steps))
            layout.addWidget(line)
            self.lines.append(line)
        self._layout.addWidget(group)
        self._groups.append(group)
