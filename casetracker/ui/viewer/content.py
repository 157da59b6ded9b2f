"""What a document holds, on the screen and from memory only: pages of pictures and PDFs, or text."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.model.sources.document import DocumentAct
from casetracker.store import custody_log, documents, reading_text
from casetracker.store.documents import DocumentLine
from casetracker.store.file_kinds import Look
from casetracker.store.looking.looker import Box, Drawn, Looker, Sight
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.style import px
from casetracker.ui.viewer.canvas import PageCanvas
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.number_box import NumberBox

_NO_WINDOW_MS = 600_000  # drawing a page needs no window that says so
_REDRAW_MS = 120  # after the last step of zooming
_PDF_DOTS = 96 / 72  # of the screen, for a point of a PDF
_LEAST, _MOST, _STEP = 0.1, 8.0, 1.25
_MARGIN = 18
_START = QTextCursor.MoveOperation.Start


class ContentView(QWidget):
    """Shows one document at a time. `opened` when it is on the screen, or a sentence in its place is."""

    opened = Signal()
    page_shown = Signal(int)
    drawn = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        named(self, "viewer.content")
        self._store = store
        self.line: DocumentLine | None = None
        self.sight: Sight | None = None
        self.looker: Looker | None = None
        lookers = self._lookers = set[Looker]()
        self.destroyed.connect(partial(_close_all, lookers))  # with the window, whoever ends it
        self.page = 0
        self._zoom, self._fit = 1.0, True
        self._hits: list[tuple[int, Box]] = []
        self._hit = -1
        self._found_for = ""
        self.boxes: dict[int, list[Box]] = defaultdict(list)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._build()

    def _build(self) -> None:
        self._area = named(QScrollArea(), "viewer.area")
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas = PageCanvas(self._area)
        self.canvas.turned.connect(self.turn)
        self.canvas.boxes_changed.connect(self._keep_boxes)
        self._area.setWidget(self.canvas)
        self.text = named(QPlainTextEdit(), "viewer.text", tr(N_("Text of the document")))
        self.text.setReadOnly(True)
        self._message = QWidget()
        self._message.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QVBoxLayout(self._message)
        self._stack = QStackedWidget()
        for each in (self._area, self.text, self._message):
            self._stack.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._tools())
        layout.addWidget(self._stack, 1)

    def _tools(self) -> QWidget:
        self.tools = QWidget()
        self._sizing: dict[str, QWidget] = {}
        line = QHBoxLayout(self.tools)
        line.setContentsMargins(10, 0, 10, 0)
        self._pages = QWidget()
        pages = QHBoxLayout(self._pages)
        pages.setContentsMargins(0, 0, 0, 0)
        self.number = named(NumberBox(), "viewer.number", tr(N_("Page")))
        self.number.setMinimum(1)
        self.number.valueChanged.connect(lambda value: self.show_page(value - 1))
        self._of = label("", "muted")
        for each in (label(tr(N_("Page")), "muted"), self.number, self._of):
            pages.addWidget(each)
        line.addWidget(self._pages)
        for name, text, step, tip in (
            ("smaller", "−", lambda: self.zoom_by(1 / _STEP), tr(N_("Smaller (Ctrl+−)"))),
            ("larger", "+", lambda: self.zoom_by(_STEP), tr(N_("Larger (Ctrl++)"))),
            ("fit", tr(N_("Fit")), self.fit, tr(N_("As wide as the window (Ctrl+0)"))),
        ):
            made = self._sizing[name] = button(text, f"viewer.{name}", tooltip=tip)
            made.clicked.connect(step)
            line.addWidget(made)
        line.addStretch(1)
        self._find = QWidget()
        find = QHBoxLayout(self._find)
        find.setContentsMargins(0, 0, 0, 0)
        self.find_edit = named(QLineEdit(), "viewer.find", tr(N_("Find in the document")))
        self.find_edit.setPlaceholderText(tr(N_("Find (Ctrl+F)")))
        self.find_edit.setMaximumWidth(px(220))
        self.find_edit.returnPressed.connect(self.find_next)
        self._count = label("", "muted")
        find.addWidget(self.find_edit)
        find.addWidget(self._count)
        line.addWidget(self._find)
        return self.tools

    # Opening

    def open(self, line: DocumentLine) -> Background | None:
        """Show a document; that it was looked at is written down before it can be seen."""
        self.close_file()
        self.line, self.sight, self.page = line, None, 0
        self._hits, self._hit, self._found_for = [], -1, ""
        self.boxes.clear()
        self.canvas.set_boxes([])
        self._fit = True
        self._count.setText("")
        self.find_edit.clear()
        look = line.kind.look if line.sha256 else Look.NOT
        if look in (Look.PICTURE, Look.PDF):
            pieces = partial(documents.pieces, self._store, line.id)
            self.looker = Looker(look.value, line.size, pieces)
            self._lookers.add(self.looker)
            work = self.looker.sight
        elif look is Look.TEXT:
            work = partial(_text_of, self._store, line.id)  # type: ignore[assignment]
        else:
            self._say(tr(N_("This program does not show such files")), _why_not(line))
            return None
        self._say(tr(N_("Opening the document")), tr(N_("In memory only: nothing is written to the disk.")))
        store = self._store

        def look_at() -> Sight | str:
            custody_log.note(store, line.id, DocumentAct.VIEWED)
            return work()

        return Background(
            self,
            tr(N_("Opening the document")),
            lambda _: (line.id, look_at()),
            self._on_opened,
            failed=partial(self._on_failed, line.id),
            show_after=_NO_WINDOW_MS,  # the page itself says that it is being opened
        ).start()

    def _on_opened(self, result: tuple[str, Sight | str]) -> None:
        document_id, found = result
        if self.line is None or self.line.id != document_id:
            return
        if isinstance(found, str):
            self.text.setPlainText(found)
            self._show(self.text, pages=0, find=True)
        else:
            self.sight = found
            self._show(self._area, pages=len(found.pages), find=self.line.kind.look is Look.PDF)
            self.show_page(0)
        self.opened.emit()

    def _on_failed(self, document_id: str, error: BaseException) -> None:
        if self.line is None or self.line.id != document_id:
            return
        if isinstance(error, UserError):
            self._say(tr(N_("This file cannot be shown")), str(error))
        else:
            messages.crashed(self, error)

    def _say(self, title: str, text: str) -> None:
        layout = self._message.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if layout is not None:
            layout.addWidget(EmptyState(title, text, icon_name="file-text", object_name="viewer.message"))
        self._show(self._message, pages=0, find=False)
        self.opened.emit()

    def _show(self, page: QWidget, *, pages: int, find: bool) -> None:
        self._stack.setCurrentWidget(page)
        self.tools.setVisible(page is not self._message)
        self._pages.setVisible(pages > 1)
        self._find.setVisible(find)
        for name in ("smaller", "larger", "fit"):
            self._sizing[name].setVisible(pages > 0)
        self.number.blockSignals(True)
        self.number.setMaximum(max(pages, 1))
        self.number.setValue(1)
        self.number.blockSignals(False)
        self._of.setText(tr(N_("of {n}"), n=pages))
        (self.canvas if pages else page).setFocus()

    def close_file(self) -> None:
        """Forget what is shown, and end the process that decoded it."""
        if self.looker is not None:
            self.looker.close()
            self._lookers.discard(self.looker)
        self.looker, self.line, self.sight = None, None, None
        self.text.clear()
        self.canvas.show_page(None, QSize(1, 1))

    # Pages

    def turn(self, pages: int) -> None:
        """Go so many pages forward."""
        if self.sight is not None:
            self.show_page(min(max(self.page + pages, 0), len(self.sight.pages) - 1))

    def show_page(self, number: int) -> None:
        """Show a page, counted from nought."""
        if self.sight is None or not 0 <= number < len(self.sight.pages):
            return
        self.page = number
        self.number.blockSignals(True)
        self.number.setValue(number + 1)
        self.number.blockSignals(False)
        self.canvas.show_page(None, self._size())
        self.canvas.set_boxes(self.boxes[number])
        self._mark_hits()
        self._area.verticalScrollBar().setValue(0)
        self._draw()
        self.page_shown.emit(number)

    def _dots(self) -> float:
        """How many pixels of the screen a point of a PDF, or a pixel of a picture, is at 100 %."""
        return _PDF_DOTS if self.line is not None and self.line.kind.look is Look.PDF else 1.0

    def _size(self) -> QSize:
        width, height = self.sight.pages[self.page] if self.sight else (1.0, 1.0)
        if self._fit:
            room = max(self._area.viewport().width() - _MARGIN, 100)
            self._zoom = min(max(room / (width * self._dots()), _LEAST / 4), 2.0)
            if self._dots() == 1.0:  # a photograph is seen whole
                tall = max(self._area.viewport().height() - _MARGIN, 100)
                self._zoom = min(self._zoom, tall / height, 2.0)
        scale = self._zoom * self._dots()
        return QSize(max(round(width * scale), 1), max(round(height * scale), 1))

    def _draw(self) -> None:
        if self.looker is None or self.line is None:
            return
        looker, page = self.looker, self.page
        scale = self._zoom * self._dots() * self.devicePixelRatioF()
        asked = (self.line.id, page)
        Background(
            self,
            tr(N_("Drawing the page")),
            lambda _: (asked, looker.draw(page, scale)),
            self._on_drawn,
            failed=partial(self._on_failed, self.line.id),
            show_after=_NO_WINDOW_MS,
        ).start()

    def _on_drawn(self, result: tuple[tuple[str, int], Drawn]) -> None:
        asked, drawn = result
        if self.line is not None and asked == (self.line.id, self.page):
            self.canvas.show_page(drawn, self._size())
            self.drawn.emit()

    def zoom_by(self, factor: float) -> None:
        """Show it larger or smaller."""
        if self.sight is not None:
            self._fit = False
            self._zoom = min(max(self._zoom * factor, _LEAST), _MOST)
            self.canvas.resize_to(self._size())
            self._redraw.start()

    def fit(self) -> None:
        """Show a page as wide as the window, a photograph whole."""
        if self.sight is not None:
            self._fit = True
            self.canvas.resize_to(self._size())
            self._redraw.start()

    def refit(self) -> None:
        """Follow the window, unless a size was chosen."""
        if self._fit:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    # Finding

    def find_next(self) -> Background | None:
        """Go to the next place where the text stands that is typed in the field."""
        text = self.find_edit.text().strip()
        if not text:
            return None
        if self.sight is None:
            found = self.text.find(text)
            if not found:  # once more from the beginning
                self.text.moveCursor(_START)
                found = self.text.find(text)
            self._count.setText("" if found else tr(N_("not found")))
            return None
        if text == self._found_for:
            self._go_to_hit((self._hit + 1) % len(self._hits) if self._hits else -1)
            return None
        looker = self.looker
        if looker is None:
            return None
        return Background(
            self, tr(N_("Searching…")), lambda _: (text, looker.find(text)), self._on_found
        ).start()

    def _on_found(self, result: tuple[str, list[tuple[int, Box]]]) -> None:
        self._found_for, self._hits = result
        after = [n for n, (page, _) in enumerate(self._hits) if page >= self.page]
        self._go_to_hit(after[0] if after else 0 if self._hits else -1)

    def _go_to_hit(self, number: int) -> None:
        self._hit = number
        if number < 0:
            self._count.setText(tr(N_("not found")))
        else:
            many = len(self._hits)
            self._count.setText(ntr("{at} of {n} place", "{at} of {n} places", many, at=number + 1))
            if self._hits[number][0] != self.page:
                self.show_page(self._hits[number][0])
        self._mark_hits()

    def _mark_hits(self) -> None:
        here = [box for page, box in self._hits if page == self.page]
        now = self._hits[self._hit] if 0 <= self._hit < len(self._hits) else None
        self.canvas.set_hits(here, now[1] if now and now[0] == self.page else None)

    def _keep_boxes(self) -> None:
        self.boxes[self.page] = list(self.canvas.boxes)


def _close_all(lookers: set[Looker]) -> None:
    for each in lookers:
        each.close()


def _text_of(store: Store, document_id: str) -> str:
    """Return a text file as it reads; its signs only, nothing in it is run."""
    opened = documents.opened(store, document_id)
    try:
        return reading_text.read_text("words.txt", opened.read(0, reading_text.LARGEST_TEXT)).text
    finally:
        opened.close()


def _why_not(line: DocumentLine) -> str:
    if not line.sha256:
        return tr(N_("The office only knows of this document; its file is not in the casebook."))
    if line.kind.look is Look.MEDIA:
        return tr(
            N_(
                "Recordings are played with another program: save a copy outside, listen, and delete the "
                "copy. A transcript kept beside it can be read and found here."
            )
        )
    return tr(N_("It stays in the casebook as it came. To see it, save a copy outside, on a safe computer."))
