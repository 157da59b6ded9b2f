"""The tab of detentions: each time in detention, its judgments and events, and how the status came about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case import edit, edit_judgment
from casetracker.ui.pages.case.data import CaseData, Chip
from casetracker.ui.pages.case.detention_data import (
    AnswerLine,
    CustodyLine,
    DetentionData,
    EpisodeData,
    JudgmentLine,
    TurnLine,
    Version,
    read,
)
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.naming import label, named

_VERSION = (Column(N_("Source"), 2), Column(N_("Version"), 0))


def _columns(*columns: Column) -> list[Column]:
    return [Column(tr(c.head) if c.head else "", c.weight) for c in columns]


def _chip(chip: Chip | None, note: str = "") -> Cell:
    return Cell(chip.text, note, tone=tone(chip.tone)) if chip else Cell()


def _version(version: Version) -> tuple[Cell, Cell]:
    return Cell(version.source, version.grade), _chip(version.chip, version.reason)


class DetentionTab(CaseTab):
    """Each time in detention: facts, and what happened in custody with its source."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "detention", tr(N_("Detention")))
        self._made: list[QWidget] = []
        self._none = label(
            tr(N_("No detention is recorded yet. Use “Edit” to write down what is known.")), "muted"
        )
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def count(self, data: CaseData) -> int:
        return data.happened_inside

    def fill(self, data: CaseData) -> None:
        for old in self._made:
            old.hide()  # or Qt would still show it, as a window of its own
            old.setParent(None)
            old.deleteLater()
        self._made = []
        shown = read(self.desk.store, self.case_id)
        self._none.setVisible(not shown.episodes)
        self._above(shown)
        for number, episode in enumerate(shown.episodes):
            self._episode(episode, number)
        self._below(shown)

    def _put(self, widget: QWidget) -> None:
        self.body.insertWidget(len(self._made), widget)
        self._made.append(widget)

    def _above(self, shown: DetentionData) -> None:
        """Say what cannot be right, and the days of all detentions together."""
        if shown.warnings:
            title = tr(N_("Dates that need a look"))
            self._put(Banner(title, "\n".join(shown.warnings), object_name="detention.warnings"))
        if shown.totals:
            text = tr(N_("All detentions together: {days}"), days=shown.totals)
            self._put(named(label(text, "soft", wrap=True), "detention.totals"))

    def _episode(self, episode: EpisodeData, number: int) -> None:
        self._put(named(label(episode.title, "head", wrap=True), f"episode.{number}.title"))
        columns = CardColumns(left=1, right=1)
        for key, title, facts in episode.groups:
            card = columns.add(Card(title, f"card.episode.{number}.{key}", link=tr(N_("Edit"))))
            card.link_clicked.connect(self.edit)
            shown = Facts(f"episode.{number}.{key}")
            shown.set_facts([Fact(name, value, note) for name, value, note in facts])
            card.add(shown)
            card.fill_up()
        columns.add(self._judgments(episode, number), wide=True)
        columns.add(self._custody(episode.custody, number), wide=True)
        self._put(columns)
        columns.arrange()

    def _judgments(self, episode: EpisodeData, number: int) -> Card:
        card = Card(tr(N_("Judgments")), f"card.judgments.{number}", link=tr(N_("Add a judgment")))
        card.link_clicked.connect(
            lambda: edit_judgment.new_judgment(self, self.desk, self.case_id, episode.id)
        )
        if not episode.judgments:
            text = tr(N_("No judgment is recorded. With a sentence, the day of release can be counted."))
            card.add(label(text, "muted", wrap=True))
            return card
        columns = _columns(
            Column(N_("Decided"), 0),
            Column(N_("Court"), 2),
            Column(N_("Charge and law"), 2),
            Column(N_("Sentence"), 1),
            *_VERSION,
        )
        table = CellTable(columns, f"judgments.{number}", tr(N_("Judgments")))
        table.chosen.connect(lambda key: edit_judgment.edit_judgment(self, self.desk, self.case_id, key))
        table.set_rows([self._judgment_row(j) for j in episode.judgments])
        card.add(table)
        return card

    @staticmethod
    def _judgment_row(j: JudgmentLine) -> TableRow:
        sentence = Cell(j.sentence, j.sentence_note, bold=j.counts)
        return TableRow(j.id, (j.when, Cell(j.court, j.more), j.law, sentence, *_version(j.version)))

    def _custody(self, events: Sequence[CustodyLine], number: int) -> Card:
        card = Card(tr(N_("In custody")), f"card.custody.{number}", link=tr(N_("Edit")))
        card.link_clicked.connect(self.edit)
        columns = _columns(
            Column(N_("When"), 0), Column(N_("What happened"), 2), Column(N_("Where, details"), 2), *_VERSION
        )
        table = CellTable(columns, f"custody.{number}", tr(N_("In custody")))
        table.set_rows(
            [TableRow(c.id, (c.when, Cell(c.what, bold=True), c.place, *_version(c.version))) for c in events]
        )
        card.add(table)
        return card

    def _below(self, shown: DetentionData) -> None:
        """What is about all detentions: answers, the history of the status, the account."""
        card = Card(tr(N_("What the State says")), "card.answers", link=tr(N_("Edit")))
        card.link_clicked.connect(self.edit)
        card.add(self._answers(shown.answers))
        self._put(card)
        if shown.turns:
            card = Card(tr(N_("How the status changed")), "card.turns")
            card.add(self._turns(shown.turns))
            self._put(card)
        if shown.account:
            card = Card(tr(N_("What happened")), "card.account")
            card.add(label(shown.account, wrap=True, selectable=True))
            self._put(card)
        if shown.episodes:
            card = Card("", "card.another", link=tr(N_("Add a detention")))
            card.link_clicked.connect(lambda: edit.edit_case(self, self.desk, self.case_id, another=True))
            self._put(card)

    def _answers(self, answers: Sequence[AnswerLine]) -> QWidget:
        if not answers:
            text = tr(N_("No answer is recorded. Write down also that a body did not answer, and when."))
            return label(text, "muted", wrap=True)
        columns = _columns(
            Column(N_("When"), 0),
            Column(N_("Who answered"), 2),
            Column(N_("What it says"), 0),
            Column(N_("In its words"), 2),
            *_VERSION,
        )
        table = CellTable(columns, "answers", tr(N_("What the State says")))
        table.set_rows(
            [
                TableRow(a.id, (a.when, Cell(a.body, a.form), _chip(a.chip), a.words, *_version(a.version)))
                for a in answers
            ]
        )
        return table

    @staticmethod
    def _turns(turns: Sequence[TurnLine]) -> QWidget:
        columns = _columns(
            Column(N_("Since"), 0),
            Column(N_("Because of"), 2),
            Column(N_("Status"), 0),
            Column(N_("The State says"), 0),
            Column(N_("How sure"), 0),
        )
        table = CellTable(columns, "turns", tr(N_("How the status changed")))
        table.set_rows(
            [
                TableRow(
                    t.id, (t.when, t.cause, _chip(t.status), _chip(t.acknowledgement), _chip(t.certainty))
                )
                for t in turns
            ]
        )
        return table
