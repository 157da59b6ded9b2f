"""Where a representative arrives: the review that waits for them, and what was made of the answers."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.store.reviews import box, outcome, sending
from casetracker.store.reviews.packet import Answers
from casetracker.store.reviews.sending import Mine
from casetracker.ui.desk import Desk
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.review.sheet import ReviewSheet
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage


class MyReviewPage(Page):
    """The oldest review that waits for this user; without one, a kind word and what was decided."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "my_review", tr(N_("Your review")))
        self.sheet: ReviewSheet | None = None
        self._shown = ""
        self.problem = Banner(object_name="my_review.problem", tone=Tone.RED)
        self.problem.hide()
        self._stack = QStackedWidget()
        self._calm = self._make_calm()
        self._stack.addWidget(self._calm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.problem)
        layout.addWidget(self._stack, 1)

    def _make_calm(self) -> QWidget:
        page = ScrollPage("my_review.calm", self.title)
        self.empty = EmptyState(
            tr(N_("Nothing to review now")),
            tr(
                N_(
                    "When the office asks you to look over what is recorded of your relatives, it is here. "
                    "You can read your cases at any time, at the left."
                )
            ),
            icon_name="list-check",
            object_name="my_review.empty",
        )
        self.decided = Card(tr(N_("What became of your answers")), "card.decided")
        columns = (
            Column(tr(N_("What was asked")), 3),
            Column(tr(N_("Your answer")), 3),
            Column(tr(N_("The office")), 3),
        )
        self.outcomes = CellTable(columns, "outcomes", tr(N_("What became of your answers")))
        self.decided.add(self.outcomes)
        page.body.addWidget(self.empty)
        page.body.addWidget(self.decided)
        page.body.addStretch(1)
        return page

    def show_record(self, record_id: str) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show the review that waits, as far as it was answered; what is being answered stays."""
        try:
            waiting = [mine for mine in sending.of_user(self.desk.store) if not self._is_sent(mine)]
        except UserError as error:
            self._say(str(error))
            waiting = []
        if not waiting:
            self._show_calm()
        elif waiting[0].id != self._shown:
            self._show(waiting[0])
        self.desk.status.emit(ntr("{n} review waits for you", "{n} reviews wait for you", len(waiting)))

    def _is_sent(self, mine: Mine) -> bool:
        answers = box.kept(self.desk.store, mine.id)
        return answers is not None and answers.done and answers.digest == mine.packet.digest

    def _show(self, mine: Mine) -> None:
        self._drop_sheet()
        answers = box.kept(self.desk.store, mine.id)
        store = self.desk.store
        sheet = ReviewSheet(mine.packet, answers, signed=store.who, today=store.today)
        sheet.kept.connect(lambda kept: self._keep(mine.id, kept))
        sheet.sent.connect(lambda sent: self._send(mine.id, sent))
        self.sheet, self._shown = sheet, mine.id
        self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet)

    def _show_calm(self) -> None:
        self._drop_sheet()
        rows = []
        for number, line in enumerate(outcome.of_user(self.desk.store)):
            office = (line.decision, line.reason)
            rows.append(
                TableRow(
                    str(number),
                    (
                        Cell(line.label, line.shown, bold=True),
                        Cell(line.said, line.proposed),
                        Cell(office[0], office[1], tone=Tone(line.tone)),
                    ),
                )
            )
        self.outcomes.set_rows(rows)
        self.decided.setVisible(bool(rows))
        self._stack.setCurrentWidget(self._calm)

    def _drop_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.keep_now()
            self._stack.removeWidget(self.sheet)
            self.sheet.deleteLater()
        self.sheet, self._shown = None, ""

    def _keep(self, review_id: str, answers: Answers) -> bool:
        try:
            box.keep(self.desk.store, review_id, answers)
        except UserError as error:
            self._say(str(error))
            return False
        self._say("")
        self.desk.note.emit(tr(N_("Your answers are kept.")))
        return True

    def _send(self, review_id: str, answers: Answers) -> None:
        if self._keep(review_id, answers):
            self.refresh()
            self.desk.note.emit(tr(N_("Sent. Thank you: the office looks at your answers.")))

    def _say(self, text: str) -> None:
        self.problem.set(tr(N_("Not kept")), text, Tone.RED)
        self.problem.setVisible(bool(text))

    def may_leave(self) -> bool:
        if self.sheet is not None:
            self.sheet.keep_now()
        return True
