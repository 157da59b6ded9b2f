"""The window in which documents are looked at: pages or text, and beside them warnings and custody log.

Nothing of a document is written to the disk for it: pictures and PDFs are decoded by another process, which
hands back pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.sources.document import WorkingCopy
from casetracker.store import documents, portraits
from casetracker.store.documents import DocumentLine
from casetracker.store.file_kinds import Look, called
from casetracker.store.store import Change
from casetracker.ui.background import cancel_and_wait
from casetracker.ui.desk import Desk
from casetracker.ui.icons import icon
from casetracker.ui.style import Tone, px
from casetracker.ui.viewer.content import ContentView
from casetracker.ui.viewer.copying import Copying
from casetracker.ui.viewer.side import SidePanel
from casetracker.ui.viewer.sizes import size_text
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.naming import button, label, named


class DocumentViewer(QDialog):
    """Looks at the documents of a list, one after the other. It ends with the main window."""

    def __init__(self, parent: QWidget, desk: Desk, document_ids: Sequence[str], at: str) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "viewer", tr(N_("Document")))
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(1180), px(800))
        self.desk = desk
        self.ids = list(document_ids)
        self.line: DocumentLine | None = None
        self.content = ContentView(desk.store)
        self.copying = Copying(desk, self.content)
        self.side = SidePanel(desk)
        self._build()
        self._keys()
        self.content.opened.connect(self._on_opened)
        self.copying.made.connect(self._on_made)
        self.side.sheet_wanted.connect(self._print_sheet)
        desk.changed.connect(self._on_change)
        self._late = QTimer(self)  # the log is read again once, however many actions there were
        self._late.setSingleShot(True)
        self._late.setInterval(100)
        self._late.timeout.connect(self.side.show_log)
        self.open_document(at)

    # Putting it together

    def _build(self) -> None:
        self._redacting = self._redaction_bar()
        split = named(QSplitter(Qt.Orientation.Horizontal), "viewer.split")
        split.addWidget(self.content)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setSizes([px(860), px(320)])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addWidget(self._redacting)
        layout.addWidget(split, 1)

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        self._back = self._icon_button(
            "chevron-left", "viewer.back", tr(N_("Document before (Ctrl+Left)")), -1
        )
        self._on = self._icon_button("chevron-right", "viewer.on", tr(N_("Next document (Ctrl+Right)")), 1)
        line.addWidget(self._back)
        line.addWidget(self._on)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = named(label("", "bold", wrap=True), "viewer.title")
        self.about = named(label("", "muted", wrap=True), "viewer.about")
        words.addWidget(self.title)
        words.addWidget(self.about)
        line.addLayout(words, 1)
        self.make_button = button(tr(N_("Make a copy")), "viewer.make")
        self.menu = QMenu(self.make_button)
        self.make_button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill_menu)  # what it offers hangs on the boxes that are drawn
        self.outside = button(tr(N_("Save a copy outside…")), "viewer.outside", tooltip=tr(N_("Ctrl+S")))
        self.outside.clicked.connect(self.copying.ask_outside)
        close = button(tr(N_("Close")), "viewer.close", tooltip=tr(N_("Esc")))
        close.clicked.connect(self.close)
        for each in (self.make_button, self.outside, close):
            line.addWidget(each)
        return line

    def _icon_button(self, picture: str, name: str, tip: str, step: int) -> QPushButton:
        made = named(QPushButton(), name, tip, tip)
        made.setIcon(icon(picture, "text_soft"))
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self.step(step))
        return made

    def _redaction_bar(self) -> QWidget:
        bar = named(QWidget(), "viewer.redaction")
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 0, 12, 0)
        said = tr(
            N_(
                "Draw boxes with the mouse, or press B and move them with the arrows (Shift changes the "
                "size). What lies under a box is removed from the copy for good; the original stays."
            )
        )
        self.how = Banner("", said, tone=Tone.BLUE, object_name="viewer.how")
        line.addWidget(self.how, 1)
        for name, text, kind, step in (
            ("keep", tr(N_("Keep the redacted copy")), "primary", self.copying.redact),
            ("remove", tr(N_("Remove the box")), "", self.content.canvas.remove_box),
            ("stop", tr(N_("Stop")), "", lambda: self.redact(on=False)),
        ):
            made = button(text, f"viewer.redaction.{name}", kind=kind)
            made.clicked.connect(step)
            line.addWidget(made)
        bar.hide()
        return bar

    def _keys(self) -> None:
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+Right", lambda: self.step(1)),
            ("Ctrl+Left", lambda: self.step(-1)),
            ("Ctrl++", lambda: self.content.zoom_by(1.25)),
            ("Ctrl+=", lambda: self.content.zoom_by(1.25)),
            ("Ctrl+-", lambda: self.content.zoom_by(0.8)),
            ("Ctrl+0", self.content.fit),
            ("Ctrl+F", self._focus_find),
            ("F3", self.content.find_next),
            ("Ctrl+S", self.copying.ask_outside),
            ("Ctrl+R", lambda: self.redact(on=not self.content.canvas.redacting)),
            ("Ctrl+L", self._lock),
        )
        for keys, step in steps:
            QShortcut(QKeySequence(keys), self, step)

    # Showing

    def open_document(self, document_id: str) -> None:
        """Show a document of the list."""
        try:
            self.line = documents.line_of(self.desk.store, document_id)
        except UserError as error:
            self.desk.note.emit(str(error))
            self.close()
            return
        self.redact(on=False)
        line = self.line
        self.title.setText(line.title)
        at = self.ids.index(document_id) if document_id in self.ids else 0
        place = tr(N_("document {at} of {n}"), at=at + 1, n=len(self.ids)) if len(self.ids) > 1 else ""
        copied = " – ".join(part for part in (line.copy, line.copy_note) if part)
        kind = called(line.kind) if line.sha256 else ""
        parts = (place, copied, line.sort, kind, size_text(line.size), line.received)
        self.about.setText(" · ".join(part for part in parts if part))
        self._back.setEnabled(at > 0)
        self._on.setEnabled(at < len(self.ids) - 1)
        self.outside.setEnabled(bool(line.sha256) and not self.desk.store.read_only)
        self.side.show_document(line, None)
        self.content.open(line)
        self._fill_menu()

    def step(self, by: int) -> None:
        """Show the next document, or the one before."""
        if self.line is None or self.line.id not in self.ids:
            return
        at = self.ids.index(self.line.id) + by
        if 0 <= at < len(self.ids):
            self.open_document(self.ids[at])

    def _on_opened(self) -> None:
        if self.line is not None:
            self.side.show_document(self.line, self.content.sight)
            self._fill_menu()

    def _fill_menu(self) -> None:
        """Offer what can be made of the document that is shown."""
        self.menu.clear()
        line, sight = self.line, self.content.sight
        if line is None or self.desk.store.read_only:
            self.make_button.setEnabled(False)
            return
        self.make_button.setEnabled(True)
        look = line.kind.look
        if sight is not None:
            self._offer("redact", tr(N_("Black out places… (Ctrl+R)")), lambda: self.redact(on=True))
        if sight is not None and look is Look.PDF:
            self._offer("pages", tr(N_("Some of the pages…")), self.copying.ask_pages)
        if sight is not None and look is Look.PICTURE:
            self._offer("strip", tr(N_("Without hidden data")), self.copying.strip)
            self._offer_portraits(line)
        for kind, text in (
            (WorkingCopy.TRANSCRIPT, tr(N_("Transcript…"))),
            (WorkingCopy.TRANSLATION, tr(N_("Translation…"))),
        ):
            self._offer(kind.name.lower(), text, partial(self.copying.ask_text, kind))

    def _offer_portraits(self, line: DocumentLine) -> None:
        """Offer the picture as a portrait of those it may show; of one box, what is inside."""
        boxed = self.copying.box() is not None
        for number, (person_id, name) in enumerate(portraits.people_in(self.desk.store, line.id)):
            text = (
                tr(N_("Portrait of {name}, from the box"), name=name)
                if boxed
                else tr(N_("Portrait of {name}"), name=name)
            )
            self._offer(f"portrait.{number}", text, partial(self.copying.choose_portrait, person_id, name))

    def _offer(self, name: str, text: str, step: Callable[[], object]) -> None:
        action = self.menu.addAction(text)
        action.setObjectName(f"viewer.make.{name}")
        action.triggered.connect(lambda _=False: step())

    def redact(self, *, on: bool) -> None:
        """Begin to draw boxes, or stop; what was drawn is forgotten then."""
        on = on and self.content.sight is not None and not self.desk.store.read_only
        canvas = self.content.canvas
        canvas.redacting = on
        self._redacting.setVisible(on)
        if on:
            canvas.setFocus()
        else:
            self.content.boxes.clear()
            canvas.set_boxes([])
        canvas.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def _on_made(self, document_id: str) -> None:
        """Show the copy that was just kept; it stands behind its original."""
        at = self.ids.index(self.line.id) + 1 if self.line and self.line.id in self.ids else len(self.ids)
        self.ids.insert(at, document_id)
        self.open_document(document_id)

    def _on_change(self, change: Change) -> None:
        if self.desk.touches(change, "Document", "DocumentUse"):
            self._late.start()

    def _focus_find(self) -> None:
        if self.content.find_edit.isVisible():
            self.content.find_edit.setFocus()
            self.content.find_edit.selectAll()

    def _print_sheet(self) -> None:
        if self.line is not None:
            self.desk.go_to.emit("reports", f"document:{self.line.id}")
            self.close()

    def _lock(self) -> None:
        lock = getattr(self.parentWidget(), "lock", None)
        self.close()
        if lock is not None:
            lock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.content.refit()

    def reject(self) -> None:
        """Esc stops drawing boxes first."""
        if self.content.canvas.redacting:
            self.redact(on=False)
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.content.close_file()
        cancel_and_wait(self)
        super().closeEvent(event)


def look_at(parent: QWidget, desk: Desk, document_ids: Sequence[str], at: str) -> DocumentViewer:
    """Open the viewer on one document of a list."""
    viewer = DocumentViewer(parent.window(), desk, document_ids, at)
    viewer.show()
    return viewer
