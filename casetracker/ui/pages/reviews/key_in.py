"""Keying in a sheet that was filled in by hand: the scan at the left, the questions at the right.

The scan is kept as a document of the case, linked to the review, before anything is keyed in.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QSplitter, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Review
from casetracker.store import documents
from casetracker.store.documents import DocumentLine
from casetracker.store.reviews import box, sending, taking
from casetracker.store.reviews.packet import Answers
from casetracker.ui import messages
from casetracker.ui.background import Background, cancel_and_wait
from casetracker.ui.desk import Desk
from casetracker.ui.pages.review.sheet import ReviewSheet
from casetracker.ui.style import px
from casetracker.ui.viewer.content import ContentView
from casetracker.ui.widgets.naming import named


class KeyInWindow(QDialog):
    """Both beside each other; what is keyed in is kept as one goes, and taken in at the end."""

    def __init__(self, parent: QWidget, desk: Desk, review_id: str, scan: DocumentLine) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "key_in", tr(N_("Key in a sheet")))
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(1280), px(820))
        self._desk, self._review_id = desk, review_id
        store = desk.store
        self.scan = ContentView(store)
        packet = sending.packet_of(store, review_id)
        kept = box.kept(store, review_id) if store.folder else None
        self.sheet = ReviewSheet(packet, kept, signed=packet.addressee, today=store.today)
        self.sheet.send.setText(tr(N_("Take in the answers")))
        self.sheet.kept.connect(self._on_kept)
        self.sheet.sent.connect(self._on_sent)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.scan)
        split.addWidget(self.sheet)
        split.setSizes([px(560), px(720)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.scan.open(scan)

    @staticmethod
    def choose(parent: QWidget, desk: Desk, review_id: str) -> None:
        """Ask for the scan, take it in as a document, and show both."""
        kinds = tr(N_("Scans (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"))
        place, _ = QFileDialog.getOpenFileName(parent, tr(N_("The scan of the sheet")), "", kinds)
        if place:
            take_scan(parent, desk, review_id, Path(place))

    def _on_kept(self, answers: Answers) -> None:
        self._desk.attempt(lambda: box.keep(self._desk.store, self._review_id, answers), self)

    def _on_sent(self, answers: Answers) -> None:
        store = self._desk.store
        if self._desk.attempt(lambda: taking.take_in(store, taking.look(store, answers)), self):
            box.forget(store, self._review_id)
            self.accept()

    def reject(self) -> None:
        self.sheet.keep_now()
        self.scan.close_file()
        super().reject()

    def accept(self) -> None:
        self.scan.close_file()
        super().accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        cancel_and_wait(self)
        super().closeEvent(event)


def take_scan(parent: QWidget, desk: Desk, review_id: str, path: Path) -> Background:
    """Keep a scan as a document of the case, on another thread, then open the window."""
    store = desk.store

    def work(progress: Progress) -> DocumentLine | UserError:
        try:
            case = sending.packet_of(store, review_id).cases[0].case_id
            about = ((Review.__name__, review_id),)
            documents.take_in(store, [path], {"case_id": case}, progress, about)
            return documents.of_content(store, path)
        except UserError as error:
            return error

    def done(found: DocumentLine | UserError) -> None:
        if isinstance(found, UserError):
            messages.warn(parent, found)
        else:
            KeyInWindow(parent.window(), desk, review_id, found).open()

    return Background(parent, tr(N_("Keeping the scan")), work, done).start()
