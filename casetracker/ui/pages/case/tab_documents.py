"""The tab of documents: files that the office keeps as evidence, their words, whether they are unaltered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Document
from casetracker.model.sources.document import TextState
from casetracker.model.terms import label_of
from casetracker.store import documents
from casetracker.store.documents import DocumentLine, TakenIn
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.editing.document_dialog import edit_document
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.style import Tone, restyle
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import button, label, named

_PREVIEW = 4000  # letters of a text that are shown


class DocumentsTab(CaseTab):
    """The documents of a case. Files are added by dialog or by dropping them here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "documents", tr(N_("Documents")))
        self._lines: list[DocumentLine] = []
        self._checked: dict[str, str] = {}  # what the last check of a file found
        self._chosen = ""
        card = self.card(tr(N_("Documents")), "documents")
        said = tr(
            N_(
                "Files are kept encrypted inside the casebook and are never altered. Drop files or folders "
                "here to add them."
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
        self._table = CellTable(columns, "documents", tr(N_("Documents")))
        self._table.chosen.connect(self._choose)
        card.add(self._table)
        self._preview = Card("", "card.document", link=tr(N_("Edit")))
        self._preview.link_clicked.connect(lambda: edit_document(self, desk, self._chosen))
        self._facts = named(label("", "muted", wrap=True, selectable=True), "document.facts")
        self._text = named(label("", wrap=True, selectable=True), "document.text")
        for widget in (self._facts, self._text):
            self._preview.add(widget)
        self.body.addWidget(self._preview)
        self.body.addStretch(1)
        self.setAcceptDrops(True)
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
        add.setMenu(menu)
        add.setEnabled(not self.desk.store.read_only)
        line.addWidget(add)
        self._on_one: list[QPushButton] = []
        for name, text, step, tip in (
            ("open", tr(N_("Open…")), self.open_chosen, tr(N_("Look at it with another program (Ctrl+O)"))),
            ("save", tr(N_("Save a copy…")), self._ask_where, tr(N_("Write it to a place of your choice"))),
        ):
            made_one = button(text, f"documents.{name}", tooltip=tip)
            made_one.clicked.connect(step)
            self._on_one.append(made_one)
            line.addWidget(made_one)
        check = button(tr(N_("Check files")), "documents.check", tooltip=tr(N_("Compare each with its hash")))
        check.clicked.connect(self.check_all)
        line.addWidget(check)
        line.addStretch(1)
        return made

    def _keys(self) -> None:
        for keys, step in (("Ctrl+D", self._ask_files), ("Ctrl+O", self.open_chosen)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(step)

    # What it shows

    def count(self, data: CaseData) -> int:
        return documents.count(self.desk.store, data.id)

    def fill(self, data: CaseData) -> None:
        self._lines = documents.documents_of(self.desk.store, data.id)
        self._table.set_rows([self._row(line) for line in self._lines])
        self._table.setVisible(bool(self._lines))
        known = [line.id for line in self._lines]
        self._choose(self._chosen if self._chosen in known else next(iter(known), ""))

    def _row(self, line: DocumentLine) -> TableRow:
        state = label_of(line.text_state) if line.text_state else ""
        tone = Tone.GREEN if line.text_state is TextState.FOUND else Tone.GREY
        return TableRow(
            line.id,
            (
                Cell(line.title, line.file_name, bold=True),
                line.kind,
                line.received,
                line.received_from,
                Cell(state, tone=tone) if state else Cell(),
                self._file_cell(line),
            ),
        )

    def _file_cell(self, line: DocumentLine) -> Cell:
        if line.id not in self._checked:
            return Cell(size_text(line.size), muted=True)
        if problem := self._checked[line.id]:
            return Cell(tr(N_("altered or missing")), problem, tone=Tone.RED)
        return Cell(tr(N_("as it came")), tone=Tone.GREEN)

    def _choose(self, document_id: str) -> None:
        self._chosen = document_id
        line = next((each for each in self._lines if each.id == document_id), None)
        self._preview.setVisible(line is not None)
        for each in self._on_one:
            each.setEnabled(line is not None and bool(line.sha256))
        if line is None:
            return
        with self.desk.store.reader() as reader:
            record = reader.get(Document, document_id)
            text = record.text("text") or record.text("transcript") if record else ""
        self._preview.set_title(line.title)
        hashed = tr(N_("SHA-256 {hash}"), hash=line.sha256) if line.sha256 else ""
        self._facts.setText(" · ".join(p for p in (line.file_name, size_text(line.size), hashed) if p))
        more = tr(N_("… ({n} letters in all)"), n=len(text)) if len(text) > _PREVIEW else ""
        none = tr(N_("No words are known of this document; write down a transcript with “Edit”."))
        self._text.setText(f"{text[:_PREVIEW]}{more}" if text else none)
        self._text.setProperty("role", "" if text else "muted")
        restyle(self._text)

    # Adding

    def _ask_files(self) -> None:
        if not self.desk.store.read_only:
            chosen, _ = QFileDialog.getOpenFileNames(self, tr(N_("Add documents")))
            self.add([Path(name) for name in chosen])

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr(N_("Add a folder of documents")))
        self.add([Path(chosen)] if chosen else [])

    def add(self, paths: Sequence[Path]) -> Background | None:
        """Take files and folders into the casebook, on another thread."""
        if not paths or self.desk.store.read_only:
            return None
        store, values = self.desk.store, {"case_id": self.case_id}

        def work(progress: Progress) -> TakenIn:
            return documents.take_in(store, documents.files_of(paths), values, progress)

        return Background(self, tr(N_("Adding documents")), work, self._added).start()

    def _added(self, result: TakenIn) -> None:
        self.desk.note.emit(result.text() or tr(N_("There was nothing to add.")))
        if result.failed:
            messages.warn(self, "\n".join(why for _, why in result.failed))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.desk.store.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.add(files) is not None:
            event.acceptProposedAction()

    # Looking at one

    def open_chosen(self) -> None:
        """Write a private copy in the clear and show it, after a warning."""
        line = next((each for each in self._lines if each.id == self._chosen), None)
        if line is None or not line.sha256:
            return
        answers = (
            messages.Answer("open", tr(N_("Open")), primary=True),
            messages.Answer("cancel", tr(N_("Cancel")), cancel=True),
        )
        said = tr(
            N_(
                "Another program will show it, so a copy that is not encrypted is written for the time "
                "being. It is removed when the casebook is locked or closed; the other program may keep "
                "traces of its own."
            )
        )
        if messages.ask(self, tr(N_("Open “{title}”?"), title=line.title), said, answers) == "open":
            self.show_copy(line)

    def show_copy(self, line: DocumentLine) -> Background:
        """Write a private copy of a document and show it."""
        store = self.desk.store
        path = self.desk.opened_copies().place_for(line.file_name or line.title)
        return Background(
            self,
            tr(N_("Opening the document")),
            lambda progress: documents.copy_out(store, line.id, path, progress),
            lambda _: self._show_file(path),
        ).start()

    def _show_file(self, path: Path) -> None:
        if not self.desk.opened_copies().show(path):
            messages.warn(self, tr(N_("No program on this computer shows such a file; save a copy instead.")))

    def _ask_where(self) -> None:
        line = next((each for each in self._lines if each.id == self._chosen), None)
        if line is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, tr(N_("Save a copy")), line.file_name)
        if chosen:
            self.save_copy(line.id, Path(chosen))

    def save_copy(self, document_id: str, path: Path) -> Background:
        """Write a document in the clear to a place that was chosen."""
        store = self.desk.store
        return Background(
            self,
            tr(N_("Saving a copy")),
            lambda progress: documents.copy_out(store, document_id, path, progress),
            lambda _: self.desk.note.emit(tr(N_("Saved {name}; it is not encrypted."), name=path.name)),
        ).start()

    def check_all(self) -> Background:
        """Compare every file of the case with its hash."""
        store, ids = self.desk.store, [line.id for line in self._lines if line.sha256]

        def work(progress: Progress) -> dict[str, str]:
            found = {}
            for number, each in enumerate(ids):
                progress.step(number, len(ids))
                found[each] = documents.problem(store, each)
            return found

        return Background(self, tr(N_("Checking the files")), work, self._checked_all).start()

    def _checked_all(self, found: dict[str, str]) -> None:
        self._checked |= found
        self._table.set_rows([self._row(line) for line in self._lines])
        wrong = sum(bool(problem) for problem in found.values())
        sound = tr(N_("All files are as they came."))
        self.desk.note.emit(tr(N_("{n} files are altered or missing."), n=wrong) if wrong else sound)


def size_text(size: int) -> str:
    """Return a size as people say it."""
    if size < 1024 * 1024:
        return tr(N_("{n} kB"), n=max(1, round(size / 1024))) if size else ""
    return tr(N_("{n} MB"), n=f"{size / 1024 / 1024:.1f}")
