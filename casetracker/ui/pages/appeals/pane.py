"""The page of one appeal: its facts, the reply clock, the cases in it, and what came back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.model.work.reply_clock import Progress
from casetracker.ui.desk import Desk
from casetracker.ui.pages.appeals.clock_card import ClockCard
from casetracker.ui.pages.appeals.data import AppealData, read
from casetracker.ui.pages.appeals.edit import edit_appeal, edit_body, edit_course
from casetracker.ui.pages.appeals.reply import edit_reply, record_reply
from casetracker.ui.pages.appeals.rows import case_row, reply_row
from casetracker.ui.pages.chain.card import ChainCard
from casetracker.ui.pages.page import RecordPane, tone
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.cell_table import CellTable, Column
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import label, named


class AppealPane(RecordPane):
    """One appeal."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "appeal")
        self.data: AppealData | None = None
        self.header = PageHeader("appeal.header")
        for name, text, primary, step in (
            ("appeal.edit", tr(N_("Edit")), False, edit_appeal),
            ("appeal.course", tr(N_("Extended or forwarded…")), False, edit_course),
            ("appeal.reply", tr(N_("Record a reply…")), True, record_reply),
        ):
            self.header.add_action(name, text, primary=primary).clicked.connect(self._opens(step))
        page = ScrollPage("appeal.page", tr(N_("Appeal")))
        self.no_body, self.silent = self._make_no_body(), Banner(object_name="appeal.silent")
        self._cards = CardColumns(left=4, right=5)
        self.clock = ClockCard(desk)
        self._cards.add(self.clock)
        self._facts = self._make_facts()
        self._cases_card, self.cases, self._no_case = self._make_cases()
        self._replies_card, self.replies, self._no_reply = self._make_replies()
        self._changed_card, self._changed = self._make_changed()
        self._texts = [self._make_text(name) for name in ("summary", "notes")]
        self.chain = ChainCard(desk)
        self._cards.add(self.chain, wide=True)
        for part in (self.no_body, self.silent, self._cards):
            page.body.addWidget(part)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(page, 1)

    def _opens(self, step: Callable[..., object]) -> Callable[[], None]:
        def go() -> None:
            if self.record_id:
                step(self, self.desk, self.record_id)

        return go

    def _make_no_body(self) -> Banner:
        said = N_("Nobody said what sort of body this office is, so no rule for its reply is known.")
        action = tr(N_("Say what sort of body it is"))
        banner = Banner("", tr(said), action=action, object_name="appeal.no_body")
        banner.action_clicked.connect(self._say_body)
        return banner

    def _say_body(self) -> None:
        if self.data and self.data.no_body:
            edit_body(self, self.desk, self.data.no_body)

    def _card(
        self, title: str, name: str, step: Callable[..., object], link: str = "", *, wide: bool = True
    ) -> Card:
        card = Card(title, f"card.{name}", link=link or tr(N_("Edit")))
        card.link_clicked.connect(self._opens(step))
        return self._cards.add(card, wide=wide)

    def _make_facts(self) -> Facts:
        card = self._card(tr(N_("Appeal")), "appeal", edit_appeal, wide=False)
        facts = Facts("appeal.facts", label_width=150)
        card.add(facts)
        card.fill_up()
        return facts

    def _make_changed(self) -> tuple[Card, Facts]:
        card = self._card(tr(N_("Extended or forwarded")), "changed", edit_course)
        facts = Facts("appeal.changed", label_width=190)
        card.add(facts)
        return card, facts

    def _make_cases(self) -> tuple[Card, CellTable, QLabel]:
        card = self._card(tr(N_("Cases in it")), "cases", edit_appeal)
        columns = (
            Column(tr(N_("Case")), 2),
            Column(tr(N_("Asked for")), 2),
            Column(tr(N_("Reply")), 0),
            Column(tr(N_("What it says of this case")), 3),
        )
        table = CellTable(columns, "appeal.cases", tr(N_("Cases in it")))
        table.chosen.connect(lambda key: self.desk.open("Case", key))
        none = label(tr(N_("No case is in this appeal yet; “Edit” adds the first.")), "muted", wrap=True)
        card.add(table)
        card.add(none)
        return card, table, none

    def _make_replies(self) -> tuple[Card, CellTable, QLabel]:
        card = self._card(tr(N_("Replies")), "replies", record_reply, tr(N_("Record a reply…")))
        columns = (
            Column(tr(N_("Dated")), 0),
            Column(tr(N_("What kind of reply")), 0),
            Column(tr(N_("What it says, in short")), 3),
        )
        table = CellTable(columns, "appeal.replies", tr(N_("Replies")))
        table.setToolTip(tr(N_("Open a reply to read its words and what it says of each case.")))
        table.chosen.connect(lambda key: edit_reply(self, self.desk, self.record_id, key))
        none = named(label("", "muted", wrap=True), "appeal.no_reply")
        card.add(table)
        card.add(none)
        return card, table, none

    def _make_text(self, name: str) -> tuple[Card, QLabel]:
        title = {"summary": tr(N_("What it says")), "notes": tr(N_("Internal notes"))}[name]
        card = self._card(title, f"text.{name}", edit_appeal)
        text = named(label("", wrap=True, selectable=True), f"appeal.{name}.text")
        card.add(text)
        return card, text

    # Showing

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_title(data.subject)
        self.header.set_subtitle(*data.subtitle)
        self.header.set_chips(chips(data))
        self._facts.set_facts([Fact(name, value) for name, value in data.facts])
        self.clock.show_clock(data.clock)
        self._changed.set_facts([Fact(name, value) for name, value in data.changed])
        self._changed_card.setVisible(bool(data.changed))
        for (card, text), words in zip(self._texts, (data.text, data.notes), strict=True):
            text.setText(words)
            card.setVisible(bool(words))
        self._show_tables(data)
        self.chain.show_record("Appeal", data.id)
        self.no_body.setVisible(bool(data.no_body))
        passed_over = ntr(
            "The reply says nothing of {n} case in the appeal.",
            "The reply says nothing of {n} cases in the appeal.",
            data.silent,
        )
        self.silent.set("", passed_over)
        self.silent.setVisible(bool(data.silent))
        self._cards.arrange()
        return True

    def _show_tables(self, data: AppealData) -> None:
        self.cases.set_rows([case_row(line) for line in data.cases])
        self.cases.setVisible(bool(data.cases))
        self._no_case.setVisible(not data.cases)
        self.replies.set_rows([reply_row(reply) for reply in reversed(data.replies)])
        self.replies.setVisible(bool(data.replies))
        draft = data.clock.progress is Progress.DRAFT
        said = N_("It was not sent yet.") if draft else N_("Nothing came back yet.")
        self._no_reply.setText(tr(said))
        self._no_reply.setVisible(not data.replies)


def chips(data: AppealData) -> list[ChipText]:
    """Say how the appeal stands, what happened to its term, and how many cases are in it."""
    made = [ChipText(data.clock.words, tone(data.clock.tone))]
    if data.extended:
        made.append(ChipText(tr(N_("extended")), Tone.AMBER))
    if data.forwarded:
        made.append(ChipText(tr(N_("forwarded")), Tone.AMBER))
    if data.cases:
        n = len(data.cases)
        made.append(ChipText(ntr("{n} case", "{n} cases", n), Tone.BLUE))
    return made
