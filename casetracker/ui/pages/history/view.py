"""The history as a text with links: it can be read, selected, searched by a screen reader and by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser

from casetracker.store.audit.reading import HistoryLine
from casetracker.ui.pages.history import wording
from casetracker.ui.pages.history.wording import Shown
from casetracker.ui.widgets.naming import named


class HistoryView(QTextBrowser):
    """Lines of the history. `opened(entity, id)` for a record, `restore(seq)`, `older()` at the foot."""

    opened = Signal(str, str)
    restore = Signal(int)
    older = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self.setProperty("kind", "page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # a hash is one long word
        self.document().setDocumentMargin(18)
        self.anchorClicked.connect(self._on_link)
        self.lines: list[HistoryLine] = []
        self._shown, self._foot = Shown(), ""

    def set_lines(
        self,
        lines: Sequence[HistoryLine],
        *,
        about: str = "",
        restorable: bool = False,
        of_field: bool = False,
        foot: str = "",
    ) -> None:
        """Show these lines; `foot` is a link at the end that asks for older ones."""
        self.lines = list(lines)
        self._shown = Shown(about=about, restorable=restorable, of_field=of_field)
        self._foot = wording.more_link("older:", [foot]) if foot else ""
        self._write()

    def line(self, seq: int) -> HistoryLine | None:
        """Return the line of an entry."""
        return next((line for line in self.lines if line.seq == seq), None)

    def _write(self) -> None:
        bar = self.verticalScrollBar()
        place = bar.value()
        self.setHtml(wording.page(self.lines, self._shown, self._foot))
        bar.setValue(place)

    def _on_link(self, url: QUrl) -> None:
        deed, _, rest = url.toString().partition(":")
        if deed == "open":
            self.opened.emit(*rest.split(":", 1))
        elif deed == "restore":
            self.restore.emit(int(rest))
        elif deed == "unfold":
            self._shown = replace(self._shown, unfolded=self._shown.unfolded | {int(rest)})
            self._write()
        elif deed == "older":
            self.older.emit()
