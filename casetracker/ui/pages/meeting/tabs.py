"""The tabs of a meeting behind the presented cases: promises, people, minutes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.meeting.data import Attendant, MeetingData, PromiseData
from casetracker.ui.pages.meeting.edit import edit_meeting
from casetracker.ui.pages.owed import due_cell, outcome_cell
from casetracker.ui.pages.promises.edit import edit_promise, record_promise
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named


class MeetingTab(ScrollPage):
    """One tab of the page of a meeting."""

    def __init__(self, desk: Desk, name: str, title: str) -> None:
        super().__init__(f"meeting.{name}", title)
        self.desk = desk
        self.meeting_id = ""

    def show_meeting(self, data: MeetingData) -> None:
        """Show a meeting."""
        self.meeting_id = data.id
        self.fill(data)

    def fill(self, data: MeetingData) -> None:
        """Fill the tab."""
        raise NotImplementedError


class PromisesTab(MeetingTab):
    """Each promise made at the meeting, with what became of it case by case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "promises", tr(N_("Promises")))
        self._cards: list[QWidget] = []
        self._none = label(tr(N_("No promise was recorded at this meeting yet.")), "muted", wrap=True)
        self._record = button(tr(N_("Record promise")), "promises.record", kind="link")
        self._record.clicked.connect(lambda: record_promise(self, desk, self.meeting_id))
        self.body.addWidget(self._none)
        self.body.addWidget(self._record)
        self.body.addStretch(1)

    def fill(self, data: MeetingData) -> None:
        for old in self._cards:
            old.hide()  # or Qt would still show it, as a window of its own
            old.setParent(None)
            old.deleteLater()
        self._cards = [self._card(promise, n, data) for n, promise in enumerate(data.promises)]
        for number, card in enumerate(self._cards):
            self.body.insertWidget(number, card)
        self._none.setVisible(not self._cards)
        self._record.setVisible(not self._cards)

    def _card(self, promise: PromiseData, number: int, data: MeetingData) -> Card:
        card = Card(promise.words, f"card.promise.{number}", link=tr(N_("Edit")))
        card.link_clicked.connect(lambda: edit_promise(self, self.desk, promise.id))
        if promise.original:
            card.add(label(promise.original, "soft", wrap=True, selectable=True))
        card.add(label(promised(promise), "muted", wrap=True))
        columns = (Column(tr(N_("Case")), 2), Column(tr(N_("Due")), 0), Column(tr(N_("Outcome")), 3))
        table = CellTable(columns, f"promise.{number}.cases", tr(N_("Cases it covers")))
        table.set_rows(
            [
                TableRow(
                    o.case_id,
                    (Cell(o.case_name, o.case_ref, bold=True), due_cell(o, data.today), outcome_cell(o)),
                )
                for o in promise.owed
            ]
        )
        table.chosen.connect(lambda _: self.desk.open("Promise", promise.id))
        card.add(table)
        return card


def promised(promise: PromiseData) -> str:
    """Say who promised it, until when, and where the date comes from."""
    by = tr(N_("promised by {name}"), name=promise.made_by) if promise.made_by else ""
    due = tr(N_("due {date}"), date=promise.due) if promise.due else tr(N_("no date"))
    if promise.due and promise.basis:
        due = f"{due} ({promise.basis})"
    return " · ".join(p for p in (by, due, promise.again) if p)


class PeopleTab(MeetingTab):
    """Officials with the post they held that day, and those who came to see them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "people", tr(N_("People")))
        self._officials = self._table("officials", tr(N_("Officials")), tr(N_("Post held that day")))
        self._came = self._table("delegation", tr(N_("Delegation")), tr(N_("As what")))
        self._none = label(
            tr(N_("Nobody is on the list yet. Use “Edit” to write down who was there.")), "muted", wrap=True
        )
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def _table(self, name: str, title: str, head: str) -> tuple[Card, CellTable]:
        card = Card(title, f"card.{name}", link=tr(N_("Edit")))
        card.link_clicked.connect(lambda: edit_meeting(self, self.desk, self.meeting_id))
        table = CellTable((Column(tr(N_("Name")), 1), Column(head, 1)), name, title)
        table.chosen.connect(lambda key: self.desk.open("Person", key))
        card.add(table)
        self.body.addWidget(card)
        return card, table

    def fill(self, data: MeetingData) -> None:
        officials = [_row(p, p.post) for p in data.people if p.official]
        came = [_row(p, " · ".join(x for x in (p.part, p.post) if x)) for p in data.people if not p.official]
        for (card, table), rows in ((self._officials, officials), (self._came, came)):
            table.set_rows(rows)
            card.setVisible(bool(rows))
        self._none.setVisible(not data.people)


def _row(person: Attendant, more: str) -> TableRow:
    return TableRow(person.person_id, (Cell(person.name, bold=True), Cell(more)))


class MinutesTab(MeetingTab):
    """What was to be said, and what was said."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "minutes", tr(N_("Minutes")))
        self._about = Card(tr(N_("Meeting")), "card.meeting", link=tr(N_("Edit")))
        self._about.link_clicked.connect(self._edit)
        self._facts = Facts("meeting.facts", label_width=170)
        self._about.add(self._facts)
        self.body.addWidget(self._about)
        self._texts = [
            self._card(name, title)
            for name, title in (
                ("follow_up", tr(N_("What we do next"))),
                ("agenda", tr(N_("Agenda"))),
                ("minutes", tr(N_("Minutes"))),
                ("account", tr(N_("What happened there"))),
                ("media", tr(N_("Press and video links"))),
            )
        ]
        self._write = button(tr(N_("Write the minutes")), "minutes.write", kind="link")
        self._write.clicked.connect(self._edit)
        self.body.addWidget(self._write)
        self.body.addStretch(1)

    def _edit(self) -> None:
        edit_meeting(self, self.desk, self.meeting_id)

    def _card(self, name: str, title: str) -> tuple[Card, QWidget]:
        card = Card(title, f"card.{name}", link=tr(N_("Edit")))
        card.link_clicked.connect(self._edit)
        text = named(label("", wrap=True, selectable=True), f"meeting.{name}.text")
        card.add(text)
        self.body.addWidget(card)
        return card, text

    def fill(self, data: MeetingData) -> None:
        self._facts.set_facts([Fact(name, value) for name, value in data.facts])
        self._about.setVisible(bool(data.facts))
        texts = (data.follow_up, data.agenda, data.minutes, data.account, data.media)
        for (card, text), value in zip(self._texts, texts, strict=True):
            text.setText(value)  # type: ignore[attr-defined]
            card.setVisible(bool(value))
        self._write.setVisible(not data.minutes)
