"""Promises: the ledger over all offices, and one promise with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Promise
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.terms import label_of
from casetracker.store import ledger, questions
from casetracker.store.questions import Owed
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.owed import due_cell, outcome_cell
from casetracker.ui.pages.page import ListPage, RecordPane, tone
from casetracker.ui.pages.promises.edit import edit_promise
from casetracker.ui.pages.promises.facts import more_facts
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText, Flow
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import button, label, named

QUICK = (
    PromiseOutcome.KEPT,
    PromiseOutcome.PARTLY,
    PromiseOutcome.RENEWED,
    PromiseOutcome.REFUSED,
    PromiseOutcome.SILENT,
    PromiseOutcome.OVERTAKEN,
)


class PromisesPage(ListPage):
    """The ledger: what is owed first, the oldest at the top, beside a promise."""

    views_key = "promises"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "promises", tr(N_("Promises")))
        self.set_empty(
            "list-check",
            tr(N_("No promises yet")),
            tr(N_("Promises are recorded on the page of the meeting at which they were made.")),
            tr(N_("Open meetings")),
            lambda: desk.go_to.emit("meetings", ""),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} promise", "{n} promises", number)

    def make_record(self) -> RecordPane:
        return PromisePane(self.desk)


@dataclass(frozen=True)
class PromiseData:
    """One promise as its page shows it."""

    words: str
    meeting_id: str
    subtitle: tuple[str, ...]
    chip: ChipText
    facts: tuple[Fact, ...]
    owed: tuple[Owed, ...]


def read(store: Store, promise_id: str) -> PromiseData | None:
    """Read a promise; None if it is no longer there."""
    with store.reader() as reader:
        promise = reader.get(Promise, promise_id)
        if promise is None:
            return None
        meeting = promise.ref("meeting_id")
        office = meeting.text("office_id") if meeting else ""
        owed = questions.owed(promise, reader)
        facts = (
            Fact(tr(N_("Original")), promise.text("original"), promise.text("original_language")),
            Fact(tr(N_("Promised by")), promise.text("made_by_id")),
            Fact(tr(N_("Meeting")), meeting.title if meeting else "", meeting.text("on") if meeting else ""),
            Fact(tr(N_("Due")), promise.text("due"), promise.text("due_basis").lower()),
            *more_facts(promise, reader),
        )
        due = promise.value("due")
        if any(o.open for o in owed):
            text, colour = ledger.due_chip(due, reader.as_of)
        else:
            text, colour = (tr(N_("nothing owed any more")) if owed else tr(N_("no case"))), "grey"
        return PromiseData(
            promise.text("words"),
            meeting.id if meeting else "",
            (office, meeting.text("on") if meeting else ""),
            ChipText(text, tone(colour)),
            tuple(f for f in facts if f.value),
            tuple(owed),
        )


class PromisePane(RecordPane):
    """One promise: the words, and what became of it for each case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "promise")
        self.data: PromiseData | None = None
        self.header = PageHeader("promise.header")
        self.header.add_action("promise.meeting", tr(N_("Open meeting"))).clicked.connect(self._open_meeting)
        self.header.add_action("promise.edit", tr(N_("Edit"))).clicked.connect(
            lambda: edit_promise(self, desk, self.record_id)
        )
        page = ScrollPage("promise.page", tr(N_("Promise")))
        about = Card(tr(N_("What was promised")), "card.promise")
        self._facts = Facts("promise.facts")
        about.add(self._facts)
        page.body.addWidget(about)
        page.body.addWidget(self._make_outcomes())
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(page, 1)

    def _make_outcomes(self) -> Card:
        card = Card(tr(N_("What became of it")), "card.outcome", link=tr(N_("All open cases")))
        card.link_clicked.connect(self._choose_all)
        self._card = card
        self._target = named(label("", "soft", wrap=True), "outcome.target")
        self.quick: dict[PromiseOutcome, QPushButton] = {}
        flow = Flow(gap=8, line_gap=6)
        for outcome in QUICK:
            made = button(label_of(outcome), f"outcome.{outcome.name.lower()}")
            made.clicked.connect(lambda _=False, outcome=outcome: self.set_outcome(outcome))
            self.quick[outcome] = made
            flow.add(made)
        columns = (Column(tr(N_("Case")), 2), Column(tr(N_("Due")), 0), Column(tr(N_("Outcome")), 3))
        self.table = CellTable(columns, "promise.cases", tr(N_("Cases it covers")))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.table.chosen.connect(lambda _: self._say())
        for part in (self._target, flow, self.table):
            card.add(part)
        return card

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_title(data.words)
        self.header.set_subtitle(*data.subtitle)
        self.header.set_chips([data.chip])
        self._facts.set_facts(data.facts)
        today = self.desk.store.today()
        self.table.set_rows(
            [
                TableRow(
                    o.case_id,
                    (Cell(o.case_name, o.case_ref, bold=True), due_cell(o, today), outcome_cell(o)),
                )
                for o in data.owed
            ]
        )
        self._say()
        return True

    def chosen(self) -> list[Owed]:
        """What the buttons are about: the case that is picked out, else all that are still open."""
        if self.data is None:
            return []
        key = self.table.current_key()
        if key:
            return [o for o in self.data.owed if o.case_id == key]
        return [o for o in self.data.owed if o.open]

    def set_outcome(self, outcome: PromiseOutcome) -> None:
        """Say today what became of it, as one action."""
        store, ids = self.desk.store, [o.case_id for o in self.chosen()]
        if ids:
            self.desk.attempt(
                lambda: ledger.set_outcome(store, self.record_id, ids, outcome, store.today()), self
            )

    def _choose_all(self) -> None:
        self.table.setCurrentIndex(self.table.model().index(-1, -1))
        self.table.clearSelection()
        self._say()

    def _say(self) -> None:
        chosen, one = self.chosen(), bool(self.table.current_key())
        if one and chosen:
            text = tr(N_("Today, for {name}:"), name=f"{chosen[0].case_name} ({chosen[0].case_ref})")
        elif chosen:
            text = ntr(
                "Today, for the case that is still open (or pick out another):",
                "Today, for all {n} cases that are still open (or pick out one):",
                len(chosen),
            )
        else:
            text = tr(N_("Nothing is owed any more. Pick out a case to change what became of it."))
        self._target.setText(text)
        for made in self.quick.values():
            made.setEnabled(bool(chosen))
        self._card.set_link(tr(N_("All open cases")) if one else "")

    def _open_meeting(self) -> None:
        if self.data and self.data.meeting_id:
            self.desk.open("Meeting", self.data.meeting_id)
