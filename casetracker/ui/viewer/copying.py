"""What is made of the document that is shown: copies outside, and working copies beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model.names.writing import Language
from casetracker.model.sources.document import WorkingCopy
from casetracker.store import custody_log, portraits, working_copies
from casetracker.store.documents import DocumentLine
from casetracker.store.file_kinds import Look
from casetracker.store.looking.looker import Box
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.viewer.content import ContentView
from casetracker.ui.viewer.dialogs import PagesDialog, SaveOutsideDialog, TextDialog

_DRAWN = 2400.0  # pixels of the longer side of which a portrait is made


class Copying(QObject):
    """Makes copies of what `content` shows; `made(id)` after a working copy was kept."""

    made = Signal(str)
    saved = Signal(str)
    portrayed = Signal(str)  # the id of the person

    def __init__(self, desk: Desk, content: ContentView) -> None:
        super().__init__(content)
        self._desk, self._content = desk, content
        self.choose_file: Callable[[str], str] = self._ask_where
        self.job: Background | None = None

    # Outside

    def ask_outside(self) -> SaveOutsideDialog | None:
        """Ask why a copy leaves the casebook."""
        line = self._content.line
        if line is None or not line.sha256:
            return None
        if self._desk.store.read_only:
            self._desk.note.emit(self._desk.store.read_only)
            return None
        picture = line.kind.look is Look.PICTURE and self._content.sight is not None
        dangers = line.warnings()
        dialog = SaveOutsideDialog(
            self._content.window(), line.title, dangers, picture=picture,
            save=lambda reason, bare: self.save_outside(reason, bare=bare),
        )  # fmt: skip
        dialog.open()
        return dialog

    def save_outside(self, reason: str, *, bare: bool) -> None:
        """Write a copy to a place that is asked for now, as it came or without hidden data."""
        line, looker, store = self._content.line, self._content.looker, self._desk.store
        if line is None:
            return
        path = self.choose_file(_neutral(line, bare=bare))
        if not path:
            return
        pages = range(1) if bare else range(0)

        def work(progress: Progress) -> None:
            content = looker.redacted([], pages, progress) if bare and looker else None
            custody_log.save_outside(store, line.id, Path(path), reason, progress, content)

        self._start(tr(N_("Saving a copy")), work, self._saved(Path(path)))

    def _saved(self, path: Path) -> Callable[[object], None]:
        def saved(_: object) -> None:
            self._desk.note.emit(tr(N_("Saved {name}; it is not encrypted."), name=path.name))
            self.saved.emit(str(path))

        return saved

    def _ask_where(self, name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self._content.window(), tr(N_("Save a copy")), name)
        return path

    # Beside the original

    def redact(self) -> None:
        """Keep the document with the boxes blacked out as a working copy."""
        line, looker, sight = self._content.line, self._content.looker, self._content.sight
        boxes = [(page, box) for page, held in self._content.boxes.items() for box in held]
        if line is None or looker is None or sight is None:
            return
        if not boxes:
            self._desk.note.emit(tr(N_("Draw a box first: what lies under it is removed.")))
            return
        store, of_pdf = self._desk.store, line.kind.look is Look.PDF
        kind = WorkingCopy.REDACTED_PDF if of_pdf else WorkingCopy.REDACTED_IMAGE
        pages = range(len(sight.pages)) if of_pdf else sorted({page for page, _ in boxes})[:1]
        kept = boxes if of_pdf else [box for box in boxes if box[0] in pages]
        note = working_copies.redaction_note(len(kept), len(pages) if of_pdf else 1)

        def work(progress: Progress) -> str:
            content = looker.redacted(kept, pages, progress)
            return working_copies.make(store, line.id, kind, content, note)

        self._start(tr(N_("Making the redacted copy")), work, self._kept)

    def strip(self) -> None:
        """Keep a photograph made anew from its pixels as a working copy."""
        line, looker, store = self._content.line, self._content.looker, self._desk.store
        page = self._content.page
        if line is None or looker is None:
            return

        def work(progress: Progress) -> str:
            content = looker.redacted([], [page], progress)
            note = tr(N_("place, camera and time taken out"))
            return working_copies.make(store, line.id, WorkingCopy.STRIPPED, content, note)

        self._start(tr(N_("Making the copy")), work, self._kept)

    def box(self) -> Box | None:
        """The one box that is drawn on the page that is shown."""
        boxes = self._content.boxes.get(self._content.page, [])
        return boxes[0] if len(boxes) == 1 else None

    def choose_portrait(self, person_id: str, name: str) -> None:
        """Make the picture, or what is in the one box, the portrait of somebody."""
        line, looker, sight, store = (
            self._content.line, self._content.looker, self._content.sight, self._desk.store,
        )  # fmt: skip
        page, box = self._content.page, self.box()
        if line is None or looker is None or sight is None:
            return
        scale = min(1.0, _DRAWN / max(sight.pages[page]))

        def work(_: Progress) -> None:
            portraits.choose(store, person_id, portraits.made_of(looker.draw(page, scale), box), line.id)

        def done(_: object) -> None:
            said = N_(
                "Portrait of {name}. In papers only those see it who may; see the consents of the case."
            )
            self._desk.note.emit(tr(said, name=name))
            self.portrayed.emit(person_id)

        self._start(tr(N_("Making the portrait")), work, done)

    def ask_pages(self) -> PagesDialog | None:
        """Ask which pages become a document of their own."""
        sight = self._content.sight
        if sight is None:
            return None
        dialog = PagesDialog(self._content.window(), len(sight.pages), self._content.page, self._extract)
        dialog.open()
        return dialog

    def _extract(self, first: int, last: int) -> None:
        line, looker, sight, store = (
            self._content.line, self._content.looker, self._content.sight, self._desk.store,
        )  # fmt: skip
        if line is None or looker is None or sight is None:
            return
        note = working_copies.pages_note(first + 1, last + 1, len(sight.pages))

        def work(_: Progress) -> str:
            content = looker.extracted(first, last)
            return working_copies.make(store, line.id, WorkingCopy.PAGES, content, note)

        self._start(tr(N_("Making the copy")), work, self._kept)

    def ask_text(self, kind: WorkingCopy) -> TextDialog | None:
        """Ask for a transcript or a translation."""
        line, store = self._content.line, self._desk.store
        if line is None:
            return None

        def make(text: str, language: Language | None, by: str) -> None:
            self._kept(working_copies.write_text(store, line.id, kind, text, language, by))

        title = (
            tr(N_("Transcript of “{title}”"), title=line.title)
            if kind is WorkingCopy.TRANSCRIPT
            else tr(N_("Translation of “{title}”"), title=line.title)
        )
        place = f"{kind.name}:{line.id}"  # what is typed is kept until it is saved
        dialog = TextDialog(self._content.window(), store, place, title, make)
        dialog.open()
        return dialog

    def _kept(self, document_id: str) -> None:
        self._desk.note.emit(tr(N_("Kept beside the original, which stays as it came.")))
        self.made.emit(document_id)

    def _start(self, title: str, work: Callable[[Progress], object], done: Callable[[str], None]) -> None:
        self.job = Background(self._content.window(), title, work, done).start()


def _neutral(line: DocumentLine, *, bare: bool) -> str:
    """Return a name for a file outside that names nobody."""
    ending = (line.kind.endings or ("",))[0]
    if bare:
        ending = ".png" if ending in (".png", ".gif", ".bmp") else ".jpg"
    return f"document-{line.id[:6]}{ending}"
