"""Reviews: who waits for whom, what is to be decided, and which confirmations no longer hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.work.review import ReviewState
from casetracker.store.reviews import taking
from casetracker.store.reviews.board import Board, Lapsed, ReviewLine, board
from casetracker.store.reviews.taking import Incoming
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.reviews.pane import ReviewPane, chip_of
from casetracker.ui.pages.reviews.send import new_review
from casetracker.ui.style import Tone
from casetracker.ui.widgets.bidi import joined
from casetracker.ui.widgets.chip import ChipText, FilterChip
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import button
from casetracker.ui.widgets.record_rows import RecordRow

_VIEWS = {
    "reviews": N_("All reviews"),
    "open": N_("To decide"),
    "waiting": N_("With the family"),
    "lapsed": N_("Lapsed or old"),
}


class ReviewsPage(Page):
    """A list of reviews beside one of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "reviews", tr(N_("Reviews")))
        self.view = "reviews"
        self._board = Board((), ())
        self._job: Background | None = None
        self.split = ListBesidePage("reviews", self.title)
        self.list = self.split.pane.list
        self.pills = {key: FilterChip(tr(text), f"view.{key}") for key, text in _VIEWS.items()}
        for key, pill in self.pills.items():
            pill.clicked.connect(self._viewer(key))
            self.split.pane.add_filter(pill)
        self.new = button(tr(N_("New review…")), "reviews.new", kind="primary")
        self.new.clicked.connect(lambda: new_review(self, desk))
        self.take = button(tr(N_("Read in answers…")), "reviews.take")
        self.take.clicked.connect(self._on_take)
        for made in (self.new, self.take):
            made.setEnabled(not desk.store.read_only)
            self.split.pane.add_filter(made)
        self.empty = EmptyState(
            tr(N_("No review yet")),
            tr(
                N_(
                    "Send a family what is recorded of its relatives, and it tells you what is right, what "
                    "is wrong, and what must not be shared."
                )
            ),
            action=tr(N_("New review…")),
            icon_name="list-check",
            object_name="reviews.empty",
        )
        self.empty.action_clicked.connect(lambda: new_review(self, desk))
        self.pane = ReviewPane(desk)
        self.pane.key_in_wanted.connect(self.key_in)
        self._right = QStackedWidget()
        for each in (self.empty, self.pane):
            self._right.addWidget(each)
        self.split.set_page(self._right)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._open)
        self.setAcceptDrops(not desk.store.read_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def _viewer(self, key: str) -> Callable[[], None]:
        return lambda: self.show_view(key)

    def show_view(self, key: str) -> None:
        """Show all reviews, those to decide, those with a family, or what lapsed."""
        self.view = key
        self._fill()

    def narrow(self, key: str) -> None:
        self.show_view(key if key in _VIEWS else "reviews")

    def show_record(self, record_id: str) -> None:
        self._wanted = record_id
        self.refresh()

    _wanted = ""

    def refresh(self) -> None:
        """Read everything again, on another thread: each confirmation is compared with its case."""
        store = self.desk.store
        for key, pill in self.pills.items():
            pill.setChecked(key == self.view)
        self._job = Background(
            self, tr(N_("Reading the reviews…")), lambda _: board(store), self._read, show_after=5000
        ).start()

    def _read(self, found: Board) -> None:
        self._board = found
        self._fill()

    def _fill(self) -> None:
        for key, pill in self.pills.items():
            pill.setChecked(key == self.view)
        before = self._wanted or self.list.current_key()
        self._wanted = ""
        rows = self._rows()
        self.list.set_empty_text(tr(N_("Nothing here yet")))
        self.list.set_rows(rows)
        keys = [row.key for row in rows]
        key = before if before in keys else next(iter(keys), "")
        if key:
            self.list.select(key)
        self._show(key)
        n = len(self._board.reviews)
        self.desk.status.emit(ntr("{n} review", "{n} reviews", n))

    def _rows(self) -> list[RecordRow]:
        if self.view == "lapsed":
            return [_lapsed_row(each) for each in self._board.lapsed]
        return [
            RecordRow(
                line.id,
                line.family,
                joined((line.addressee, line.ref)),
                f"{line.sent:%d.%m.%Y}",
                chip_of(line),
            )
            for line in self._board.reviews
            if self._belongs(line)
        ]

    def _belongs(self, line: ReviewLine) -> bool:
        if self.view == "open":
            return bool(line.open) or line.came
        return self.view != "waiting" or line.state is ReviewState.SENT

    def _show(self, key: str) -> None:
        line = next((each for each in self._board.reviews if each.id == key), None)
        lapsed = next((each for each in self._board.lapsed if each.case_id == key), None)
        if self.view == "lapsed" and lapsed is not None:
            line = next((r for r in self._board.reviews if r.id == lapsed.standing.review_id), None)
        if line is None:
            self._right.setCurrentWidget(self.empty)
            return
        self.pane.show_line(line)
        self._right.setCurrentWidget(self.pane)

    def _open(self, key: str) -> None:
        if self.view == "lapsed":
            self.desk.open("Case", key)

    # What came back

    def key_in(self, review_id: str) -> None:
        """Key in a sheet that was filled in by hand, its scan beside it."""
        from casetracker.ui.pages.reviews.key_in import KeyInWindow

        KeyInWindow.choose(self, self.desk, review_id)

    def _on_take(self) -> None:
        kinds = tr(N_("Answers and sheets (*.ctanswers *.pdf)"))
        path, _ = QFileDialog.getOpenFileName(self, tr(N_("Read in answers")), "", kinds)
        if path:
            self.read_in(Path(path))

    def read_in(self, path: Path) -> Background:
        """Read a file that came back on another thread; then ask, and take it in."""
        store = self.desk.store

        def work(_: Progress) -> Incoming | UserError:
            from casetracker.exchange.review_file import read_answers_file
            from casetracker.store.reviews.sheet_answers import read_sheet

            try:
                return (
                    read_sheet(store, path)
                    if path.suffix.lower() == ".pdf"
                    else read_answers_file(store, path)
                )
            except UserError as error:
                return error

        return Background(self, tr(N_("Read in answers")), work, self._ask).start()

    def _ask(self, incoming: Incoming | UserError) -> None:
        if isinstance(incoming, UserError):
            messages.warn(self, incoming, tr(N_("Not read in")))
            return
        asked = len(incoming.packet.items)
        text = ntr("{done} of {n} answered.", "{done} of {n} answered.", asked, done=incoming.answered)
        signed = incoming.answers.signed or incoming.packet.addressee
        title = tr(N_("Take in the answers of {name} to {ref}?"), name=signed, ref=incoming.packet.review)
        more = tr(N_("No record is changed by it. What is not to be shared is held back at once."))
        answers = (
            messages.Answer("take", tr(N_("Take in")), primary=True),
            messages.Answer("no", tr(N_("Cancel")), cancel=True),
        )
        if messages.ask(self, title, f"{text} {more}", answers) == "take":
            self.desk.attempt(lambda: taking.take_in(self.desk.store, incoming), self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := _dropped(event):
            self.read_in(paths[0])
            event.acceptProposedAction()


def _dropped(event: QDropEvent) -> list[Path]:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files if len(files) == 1 and files[0].suffix.lower() in (".pdf", ".ctanswers") else []


def _lapsed_row(each: Lapsed) -> RecordRow:
    stands = each.standing
    chip = ChipText(stands.text(), Tone(stands.tone))
    return RecordRow(each.case_id, each.name, stands.why() or each.ref, chip=chip)
