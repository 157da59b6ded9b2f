"""The documents of one record: added, listed with their working copies, looked at, checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Document
from casetracker.model.sources.document import DocumentAct, TextState
from casetracker.model.terms import label_of
from casetracker.store import custody_log, documents
from casetracker.store.documents import DocumentLine, TakenIn
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.editing.document_dialog import edit_document
from casetracker.ui.style import Tone, restyle
from casetracker.ui.viewer.sizes import size_text
from casetracker.ui.viewer.window import DocumentViewer, look_at
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import button, label, named

_PREVIEW = 4000  # letters of a text that are shown


class DocumentsBox(QWidget):
    """Two cards: the documents of a record, and the one that is chosen. `counted(n)` after each reading."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "documents.box", tr(N_("Documents")))
        self.desk = desk
        self._kind, self._record_id = "", ""
        self.lines: list[DocumentLine] = []
        self._checked: dict[str, str] = {}  # what the last check of a file found
        self.chosen = ""
        self.viewer: DocumentViewer | None = None
        card = Card(tr(N_("Documents")), "card.documents")
        said = tr(
            N_(
                "Files are kept encrypted inside the casebook and are never altered. Drop files or folders "
                "on this page to add them."
            )
        )
        card.add(label(said, "muted", wrap=True))
        card.add(self._buttons())
        columns = (
            Column(tr(N_("Title")), 3),
            Column(tr(N_("Kind")), 1),
            Column(tr(N_("Received on")), 0),
            Column(tr(N_("Received from")), 1),
            Column(tr(N_("Text")), 0),
            Column(tr(N_("File")), 0),
        )
        self.table = CellTable(columns, "documents", tr(N_("Documents")))
        self.table.chosen.connect(self.choose)
        card.add(self.table)
        self.preview = Card("", "card.document", link=tr(N_("Edit")))
        self.preview.link_clicked.connect(lambda: edit_document(self, desk, self.chosen))
        self._facts = named(label("", "muted", wrap=True, selectable=True), "document.facts")
        self._danger = named(label("", "problem", wrap=True), "document.danger")
        self.text = named(label("", wrap=True, selectable=True), "document.text")
        for widget in (self._facts, self._danger, self.text):
            self.preview.add(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(card)
        layout.addWidget(self.preview)
        self._keys()

    def _buttons(self) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        add = button(
            tr(N_("Add…")), "documents.add", kind="primary", tooltip=tr(N_("Add documents (Ctrl+D)"))
        )
        menu = QMenu(add)
        menu.addAction(tr(N_("Files…"))).triggered.connect(self._ask_files)
        menu.addAction(tr(N_("A whole folder…"))).triggered.connect(self._ask_folder)
        menu.addAction(tr(N_("Picture from the clipboard"))).triggered.connect(self.paste)
        add.setMenu(menu)
        add.setEnabled(not self.desk.store.read_only)
        line.addWidget(add)
        look = button(tr(N_("Look at it")), "documents.open", tooltip=tr(N_("Inside this program (Ctrl+O)")))
        look.clicked.connect(self.look)
        check = button(tr(N_("Check files")), "documents.check", tooltip=tr(N_("Compare each with its hash")))
        check.clicked.connect(self.check_all)
        self._on_one: list[QPushButton] = [look]
        for each in (look, check):
            line.addWidget(each)
        line.addStretch(1)
        return made

    def _keys(self) -> None:
        for keys, step in (("Ctrl+D", self._ask_files), ("Ctrl+O", self.look)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(step)

    # What it shows

    def show_record(self, kind: str, record_id: str) -> None:
        """Show the documents of a record."""
        self.expect(kind, record_id)
        self.refresh()

    def expect(self, kind: str, record_id: str) -> None:
        """Say whose documents are added here, before they are read."""
        self._kind, self._record_id = kind, record_id

    def _of(self) -> dict[str, str]:
        return {"case_id" if self._kind == "Case" else "about_id": self._record_id}

    def refresh(self) -> None:
        """Read the documents again."""
        self.lines = documents.documents_of(self.desk.store, **self._of()) if self._record_id else []
        self.table.set_rows([self._row(line) for line in self.lines])
        self.table.setVisible(bool(self.lines))
        known = [line.id for line in self.lines]
        self.choose(self.chosen if self.chosen in known else next(iter(known), ""))
        self.counted.emit(len(self.lines))

    def _row(self, line: DocumentLine) -> TableRow:
        state = label_of(line.text_state) if line.text_state else ""
        tone = Tone.GREEN if line.text_state is TextState.FOUND else Tone.GREY
        copied = " – ".join(part for part in (line.copy, line.copy_note) if part)
        title = f"↳ {line.title}" if line.original_id else line.title
        return TableRow(
            line.id,
            (
                Cell(title, copied or line.file_name, bold=not line.original_id),
                line.sort,
                line.received,
                line.received_from,
                Cell(state, tone=tone) if state else Cell(),
                self._file_cell(line),
            ),
        )

    def _file_cell(self, line: DocumentLine) -> Cell:
        if line.id not in self._checked:
            if line.warnings():
                return Cell(tr(N_("be careful")), size_text(line.size), tone=Tone.RED)
            return Cell(size_text(line.size), muted=True)
        if problem := self._checked[line.id]:
            return Cell(tr(N_("altered or missing")), problem, tone=Tone.RED)
        return Cell(tr(N_("as it came")), tone=Tone.GREEN)

    def choose(self, document_id: str) -> None:
        """Show what is known of one of the documents."""
        self.chosen = document_id
        line = next((each for each in self.lines if each.id == document_id), None)
        self.preview.setVisible(line is not None)
        for each in self._on_one:
            each.setEnabled(line is not None)
        if line is None:
            return
        with self.desk.store.reader() as reader:
            record = reader.get(Document, document_id)
            text = record.text("text") or record.text("transcript") if record else ""
        self.preview.set_title(line.title)
        hashed = tr(N_("SHA-256 {hash}"), hash=line.sha256) if line.sha256 else ""
        self._facts.setText(" · ".join(p for p in (line.file_name, size_text(line.size), hashed) if p))
        self._danger.setText("\n".join(line.warnings()))
        self._danger.setVisible(bool(line.warnings()))
        more = tr(N_("… ({n} letters in all)"), n=len(text)) if len(text) > _PREVIEW else ""
        none = tr(N_("No words are known of this document; write down a transcript with “Edit”."))
        self.text.setText(f"{text[:_PREVIEW]}{more}" if text else none)
        self.text.setProperty("role", "" if text else "muted")
        restyle(self.text)

    # Adding

    def _ask_files(self) -> None:
        if not self.desk.store.read_only:
            chosen, _ = QFileDialog.getOpenFileNames(self, tr(N_("Add documents")))
            self.add([Path(name) for name in chosen])

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr(N_("Add a folder of documents")))
        self.add([Path(chosen)] if chosen else [])

    def _belongs(self) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        if self._kind == "Case":
            return {"case_id": self._record_id}, []
        return {}, [(self._kind, self._record_id)]

    def add(self, paths: Sequence[Path]) -> Background | None:
        """Take files and folders into the casebook, on another thread."""
        if not paths or self.desk.store.read_only or not self._record_id:
            return None
        store, (values, about) = self.desk.store, self._belongs()

        def work(progress: Progress) -> TakenIn:
            return documents.take_in(store, documents.files_of(paths), values, progress, about)

        return Background(self.window(), tr(N_("Adding documents")), work, self._added).start()

    def paste(self) -> Background | None:
        """Take in the picture that lies in the clipboard."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.desk.note.emit(tr(N_("There is no picture in the clipboard.")))
            return None
        return self.add_picture(image)

    def add_picture(self, image: QImage) -> Background | None:
        """Take in a picture that has no file."""
        if self.desk.store.read_only or not self._record_id:
            return None
        store, (values, about) = self.desk.store, self._belongs()
        name = tr(N_("Picture of {day}"), day=f"{store.today():%d.%m.%Y}")

        def work(_: Progress) -> TakenIn:
            return documents.take_in_content(store, f"{name}.png", _png(image), values, about)

        return Background(self.window(), tr(N_("Adding documents")), work, self._added).start()

    def _added(self, result: TakenIn) -> None:
        self.desk.note.emit(result.text() or tr(N_("There was nothing to add.")))
        said = [why for _, why in result.failed] + [f"{name}: {what}" for name, what in result.warned]
        if said:
            messages.warn(self, "\n".join(said))
        if self.isVisible():
            self.refresh()

    # Looking at one

    def look(self) -> None:
        """Show the chosen document in the viewer."""
        if self.chosen:
            self.viewer = look_at(self, self.desk, [line.id for line in self.lines], self.chosen)

    def check_all(self) -> Background:
        """Compare every file with its hash; what was found stands in the custody logs."""
        store, ids = self.desk.store, [line.id for line in self.lines if line.sha256]

        def work(progress: Progress) -> dict[str, str]:
            found = {}
            for number, each in enumerate(ids):
                progress.step(number, len(ids))
                found[each] = documents.problem(store, each)
                custody_log.note(store, each, DocumentAct.CHECKED, found[each] or tr(N_("as it came")))
            return found

        return Background(self.window(), tr(N_("Checking the files")), work, self._checked_all).start()

    def _checked_all(self, found: dict[str, str]) -> None:
        self._checked |= found
        self.table.set_rows([self._row(line) for line in self.lines])
        wrong = sum(bool(problem) for problem in found.values())
        sound = tr(N_("All files are as they came."))
        self.desk.note.emit(tr(N_("{n} files are altered or missing."), n=wrong) if wrong else sound)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
