"""Photographs or statements: matched to cases by number or name, looked over, taken in at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.store import documents_together
from casetracker.store.documents import TakenIn, files_of
from casetracker.store.file_matching import Proposal, propose
from casetracker.store.looking.looker import Drawn
from casetracker.store.looking.thumbs import thumb
from casetracker.ui import messages
from casetracker.ui.background import Background, Teller
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.file_rows import SHOWN, SIDE, FileRows
from casetracker.ui.pages.exchange.parts import beside
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label

_NO_WINDOW_MS = 600_000  # small pictures come one by one while people look; no bar


class FilesPane(ScrollPage):
    """Choose a folder, see whose each file is, change or skip, take them in as one action."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("files", tr(N_("Photographs and statements")), under_tabs=True)
        self._desk = desk
        self.setAcceptDrops(True)
        self.choose_folder: Callable[[], str] = self._ask_which
        self._waiting: list[Path] = []
        self._folder: Path | None = None
        self._pictures: Background | None = None
        self.empty = EmptyState(
            tr(N_("A folder of photographs or statements")),
            tr(
                N_(
                    "Choose it, or drop it here. Each file is matched to a case by the number or the name "
                    "that stands in the name of the file or of its folder. You see all of it before "
                    "anything is taken in."
                )
            ),
            action=tr(N_("Choose a folder…")),
            icon_name="photo",
            object_name="files.empty",
        )
        self.empty.action_clicked.connect(self.choose)
        self.card = Card(tr(N_("Whose each file is")), "card.files", link=tr(N_("Another folder…")))
        self.card.link_clicked.connect(self.choose)
        self.said = label("", "note", wrap=True)
        self.rows = FileRows(desk.store)
        self.rows.changed.connect(self._count)
        self.take_in = button(tr(N_("Take them in")), "files.take_in", kind="primary")
        self.take_in.clicked.connect(self.take_them_in)
        for widget in (self.said, self.rows, beside(self.take_in)):
            self.card.add(widget)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.card.hide()

    def choose(self) -> None:
        """Ask for a folder and look at it."""
        if chosen := self.choose_folder():
            self.look([Path(chosen)])

    def look(self, paths: Sequence[Path]) -> None:
        """Match the files of these folders, or these files, on another thread."""
        folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
        store = self._desk.store

        def work(progress: Progress) -> tuple[list[Path], list[Proposal]]:
            files = files_of(paths)
            return files[SHOWN:], propose(store, files[:SHOWN], folder, progress)

        self._folder = folder
        Background(self, tr(N_("Looking whose the files are")), work, self._matched).start()

    def _matched(self, found: tuple[list[Path], list[Proposal]]) -> None:
        self._waiting, proposals = found
        self.rows.set_proposals(proposals)
        self.empty.setVisible(not proposals)
        self.card.setVisible(bool(proposals))
        if not proposals:
            messages.tell(self, tr(N_("There is no file in this folder.")), tr(N_("Nothing found")))
            return
        self._count()
        self._show_pictures([p.path for p in proposals])

    def _count(self) -> None:
        chosen, number = len(self.rows.meant()), len(self.rows.proposals)
        said = [
            ntr("{n} of {all} file has its case.", "{n} of {all} files have their case.", chosen, all=number),
            tr(N_("Look at each before you take them in; a photograph in the wrong case is hard to find.")),
        ]
        if more := len(self._waiting):
            said.append(ntr("{n} more file comes after these.", "{n} more files come after these.", more))
        self.said.setText(" ".join(said))
        self.take_in.setEnabled(bool(chosen) and not self._desk.store.read_only)

    def _show_pictures(self, paths: Sequence[Path]) -> None:
        if self._pictures is not None:
            self._pictures.cancel()

        def work(teller: Teller) -> None:
            for at, path in enumerate(paths):
                teller.step(at, len(paths))
                if (drawn := thumb(path, 2 * SIDE)) is not None:
                    teller.tell((at, path, drawn))

        self._pictures = Background(self, "", work, lambda _: None, show_after=_NO_WINDOW_MS)
        self._pictures.told.connect(self._show_picture)
        self._pictures.start()

    def _show_picture(self, part: tuple[int, Path, Drawn]) -> None:
        at, path, drawn = part
        if at < len(self.rows.proposals) and self.rows.proposals[at].path == path:
            self.rows.set_picture(at, drawn)

    def take_them_in(self) -> None:
        """Take the files in that have a case, as one action, with a bar and a way out."""
        meant, store = self.rows.meant(), self._desk.store

        def work(progress: Progress) -> TakenIn:
            return documents_together.take_in(store, meant, progress)

        Background(self, tr(N_("Taking in the files")), work, self._taken).start()

    def _taken(self, done: TakenIn) -> None:
        said = [done.text()]
        if done.new:
            said.append(tr(N_("Undo (Ctrl+Z) takes all of it back.")))
        waiting = self._waiting
        self.rows.set_proposals([])
        self.card.hide()
        self.empty.show()
        if waiting:
            self.look(waiting)
        messages.tell(self, " ".join(said), tr(N_("Taken in")))

    def _ask_which(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr(N_("Choose a folder")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.look(files)
