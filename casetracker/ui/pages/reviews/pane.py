"""One review: to whom it went, what came back, and each answer that is to be decided."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from casetracker.i18n import N_, OWN_NAMES, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Review
from casetracker.model.dates import KnownDate
from casetracker.model.terms import label_of
from casetracker.model.work.review import Decision, ReviewState
from casetracker.store.reviews import box, deciding, sending, taking
from casetracker.store.reviews.board import ReviewLine
from casetracker.store.reviews.deciding import Proposal
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.pages.reviews.proposal_card import TONES, ProposalCard
from casetracker.ui.pages.reviews.send import FileDialog
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import label, named


def chip_of(line: ReviewLine) -> ChipText:
    """Say in a word or two who waits for whom."""
    if line.came:
        return ChipText(tr(N_("answers came")), Tone.BLUE)
    if line.open:
        return ChipText(ntr("{n} to decide", "{n} to decide", line.open), Tone.AMBER)
    if line.state is ReviewState.SENT:
        return ChipText(ntr("waiting {n} day", "waiting {n} days", line.days), Tone.GREY)
    if line.state is ReviewState.WITHDRAWN:
        return ChipText(label_of(line.state), Tone.GREY)
    return ChipText(tr(N_("decided")), Tone.GREEN)


class ReviewPane(QWidget):
    """The right side of the page of reviews."""

    key_in_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "review")
        self._desk = desk
        self.line: ReviewLine | None = None
        self.header = PageHeader("review.header")
        self.withdraw = self.header.add_action("review.withdraw", tr(N_("Withdraw…")))
        self.key_in = self.header.add_action("review.key_in", tr(N_("Key in a sheet…")))
        self.sheet = self.header.add_action("review.sheet", tr(N_("Review sheet PDF…")))
        self.file = self.header.add_action("review.file", tr(N_("Encrypted file…")))
        self.withdraw.clicked.connect(self.ask_withdraw)
        self.key_in.clicked.connect(self._on_key_in)
        self.sheet.clicked.connect(self._on_sheet)
        self.file.clicked.connect(self.ask_file)
        self.came = Banner(
            tr(N_("Answers were sent in the program")), tone=Tone.BLUE, action=tr(N_("Take them in")),
            object_name="review.came",
        )  # fmt: skip
        self.came.action_clicked.connect(self.take_in)
        page = ScrollPage("review.page", tr(N_("What came back")))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        self.rest = Card(tr(N_("All answers")), "card.answers")
        columns = (Column(tr(N_("What was asked")), 3), Column(tr(N_("Answer")), 2), Column("", 0))
        self.table = CellTable(columns, "answers", tr(N_("All answers")))
        self.rest.add(self.table)
        self.words = Card(tr(N_("In their own words")), "card.words")
        self._said = label("", wrap=True, selectable=True)
        self.words.add(self._said)
        self.cases = Card(tr(N_("What was sent")), "card.sent")
        self._sent = label("", wrap=True, selectable=True)
        self.cases.add(self._sent)
        page.body.addWidget(self.came)
        page.body.addLayout(self._cards)
        for card in (self.words, self.rest, self.cases):
            page.body.addWidget(card)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(page, 1)
        self.proposals: list[ProposalCard] = []

    def show_line(self, line: ReviewLine) -> None:
        """Show a review."""
        self.line = line
        self.header.set_title(line.family)
        language = OWN_NAMES.get(line.language, line.language)
        self.header.set_subtitle(line.ref, line.addressee, label_of(line.way), language)
        chips = [chip_of(line)]
        if line.state is ReviewState.ANSWERED:
            chips.append(
                ChipText(tr(N_("{done} of {n} answered"), done=line.replies, n=line.asked), Tone.GREY)
            )
        self.header.set_chips(chips)
        sent, writes = line.state is ReviewState.SENT, not self._desk.store.read_only
        for made in (self.withdraw, self.key_in, self.sheet, self.file):
            made.setVisible(sent)
            made.setEnabled(writes)
        self.came.setVisible(line.came)
        day = KnownDate.on(line.sent).text()
        names = ", ".join(f"{name} ({ref})" for _, ref, name in line.cases)
        self._sent.setText(tr(N_("{cases}. Sent on {day}."), cases=names, day=day))
        self._show_answers(line)

    def _show_answers(self, line: ReviewLine) -> None:
        with self._desk.store.reader() as reader:
            found = deciding.proposals(reader, line.id)
            review = reader.get(Review, line.id)
            words = [review.text("comment")] if review else []
            words += [kept.text("comment") for kept in review.children("cases")] if review else []
        for old in self.proposals:
            self._cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.proposals = []
        for proposal in found:
            if proposal.decision is not Decision.NONE:
                self._add(proposal)
        said = "\n\n".join(word for word in words if word)
        self._said.setText(said)
        self.words.setVisible(bool(said))
        rows = [
            TableRow(str(p.number), (Cell(p.shown or p.label, p.label if p.shown else "", bold=True),
                                     Cell(label_of(p.said), p.comment),
                                     Cell(label_of(p.decision), tone=TONES[p.decision])))
            for p in found
        ]  # fmt: skip
        self.table.set_rows(rows)
        self.rest.setVisible(bool(rows))

    def _add(self, proposal: Proposal) -> None:
        card = ProposalCard(self._desk, proposal)
        card.open_wanted.connect(lambda case: self._desk.open("Case", case))
        self._cards.insertWidget(
            len(self.proposals) if proposal.decision is not Decision.OPEN else self._open_cards(), card
        )
        self.proposals.append(card)

    def _open_cards(self) -> int:
        return sum(card.proposal.decision is Decision.OPEN for card in self.proposals)

    def take_in(self) -> None:
        """Take in what was sent in the program."""
        store = self._desk.store
        if self.line is None or (answers := box.kept(store, self.line.id)) is None:
            return
        self._desk.attempt(lambda: taking.take_in(store, taking.look(store, answers)), self)

    def ask_withdraw(self) -> ReasonDialog | None:
        """Ask why a review is withdrawn."""
        line, store = self.line, self._desk.store
        if line is None:
            return None
        dialog = ReasonDialog(
            self.window(),
            tr(N_("Withdraw the review {ref}?"), ref=line.ref),
            tr(N_("Answers that still come are refused. The review stays on record, with the reason.")),
            tr(N_("Withdraw")),
            lambda reason: sending.withdraw(store, line.id, reason),
        )
        dialog.open()
        return dialog

    def ask_file(self) -> FileDialog | None:
        """Ask for the passphrase of a review file and where it goes, and write it."""
        if self.line is None:
            return None
        dialog = FileDialog(self.window(), self.line.ref, self.write_file)
        dialog.open()
        return dialog

    def write_file(self, path: Path, passphrase: str) -> Background:
        """Write the review file on another thread."""
        from casetracker.exchange.review_file import write_review_file

        store, line = self._desk.store, self.line

        def work(_: Progress) -> Path:
            return write_review_file(store, line.id if line else "", path, passphrase)

        return Background(self, tr(N_("Saving the review file")), work, self._written).start()

    def _written(self, path: Path) -> None:
        self._desk.note.emit(tr(N_("Saved {name}. Tell the passphrase by telephone."), name=path.name))

    def _on_key_in(self) -> None:
        if self.line is not None:
            self.key_in_wanted.emit(self.line.id)

    def _on_sheet(self) -> None:
        if self.line is None:
            return
        name = f"{self.line.ref}.pdf"
        place, _ = QFileDialog.getSaveFileName(self, tr(N_("Save the review sheet")), name, "PDF (*.pdf)")
        if place:
            self.write_sheet(Path(place))

    def write_sheet(self, path: Path) -> Background | None:
        """Write the sheet on another thread, looked through and registered as every paper."""
        from casetracker.model.confidentiality import Audience
        from casetracker.reports.make import ReleaseWanted, Wanted, make
        from casetracker.reports.report import Scope
        from casetracker.reports.review_sheet import REPORT

        store, line = self._desk.store, self.line
        if line is None:
            return None
        scope = Scope(case_ids=tuple(case for case, _, _ in line.cases), review_id=line.id)
        wanted = Wanted(REPORT, Audience.FAMILY, line.language, scope)

        def work(progress: Progress) -> Path:
            return make(store, wanted, path, progress, ReleaseWanted(line.addressee))

        def done(made: Path) -> None:
            self._desk.note.emit(tr(N_("Saved {name}."), name=made.name))

        return Background(self, tr(N_("Making the review sheet")), work, done).start()
