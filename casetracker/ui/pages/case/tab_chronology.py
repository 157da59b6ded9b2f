"""The chronology of a case: what happened in each lane, what led to what, and what moved the case."""

from __future__ import annotations

from collections import Counter

from casetracker.i18n import N_, tr
from casetracker.store import chain
from casetracker.store.case_lanes import Laned, lanes
from casetracker.store.chain_nodes import Node
from casetracker.store.event_kinds import LANES
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case import edit
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.pages.chain.card import ChainDrawing
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.chip import FilterChip, Flow
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.timeline import Timeline, TimelineEntry


class ChronologyTab(CaseTab):
    """Everything that happened, to the relative and around the case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "chronology", tr(N_("Chronology")))
        self._lines: list[Laned] = []
        self._cards = CardColumns()
        self.body.addWidget(self._cards)
        card = Card(tr(N_("Chronology")), "card.chronology", link=tr(N_("Link to event…")))
        self._cards.add(card)
        card.link_clicked.connect(lambda: edit.link_event(self, desk, self.case_id))
        pills = named(Flow(), "lanes", tr(N_("Lanes")))
        self.pills = {key: FilterChip(tr(text), f"lane.{key}") for key, text in LANES.items()}
        for pill in self.pills.values():
            pill.toggled.connect(self._show_lines)
            pills.add(pill)
        self.timeline = Timeline("chronology", tr(N_("Chronology")))
        self.timeline.chosen.connect(lambda key: desk.open(*key.split(":", 1)))
        self._none = label(tr(N_("Nothing is recorded in these lanes yet.")), "muted")
        for part in (pills, self.timeline, self._none):
            card.add(part)
        card.fill_up()
        self._add_chain(desk)
        self.body.addStretch(1)

    def _add_chain(self, desk: Desk) -> None:
        """Beside the list, that says in few lines what the list tells one by one."""
        self._chain_card = self._cards.add(Card(tr(N_("What led to what")), "card.chain"))
        self.chain = ChainDrawing(desk, "case.chain")
        self._moved = named(label("", "soft", wrap=True, selectable=True), "what_moved")
        self._chain_card.add(self._moved)
        self._chain_card.add(self.chain)
        self._chain_card.fill_up()

    def count(self, data: CaseData) -> int:
        return len(data.chronology)

    def fill(self, data: CaseData) -> None:
        with self.desk.store.reader() as reader:
            self._lines = lanes(reader, data.id)
            shown = chain.chain_of_case(reader, data.id)
            moved = chain.what_moved(reader, data.id)
        self._chain_card.setVisible(bool(shown.nodes))
        self._cards.arrange()
        self.chain.show_chain(shown)
        self._moved.setText("\n".join(_moved(change, before) for change, before in moved))
        self._moved.setVisible(bool(moved))
        numbers = Counter(each.lane for each in self._lines)
        for key, pill in self.pills.items():
            pill.set_label(f"{tr(LANES[key])} {numbers[key]}" if numbers[key] else tr(LANES[key]))
        self._show_lines()

    def _show_lines(self) -> None:
        """Show the lanes that are picked; all of them if none is."""
        picked = {key for key, pill in self.pills.items() if pill.isChecked()} or LANES.keys()
        shown = [each for each in self._lines if each.lane in picked]
        self.timeline.set_entries([_entry(each) for each in shown])
        self.timeline.setVisible(bool(shown))
        self._none.setVisible(not shown)


def _entry(each: Laned) -> TimelineEntry:
    line = each.line
    return TimelineEntry(
        f"{line.target[0]}:{line.target[1]}",
        line.on.short() if line.on else tr(N_("no date")),
        line.what,
        " · ".join(p for p in (line.detail, line.basis) if p),
        tone(line.tone),
        tr(LANES[each.lane]),
    )


def _moved(change: Node, before: chain.Chain) -> str:
    """Say of a change what it is said to have come of, in the order of time."""
    steps = [f"{node.title} ({node.when})" for node in before.nodes if node.id != change.id]
    path = " → ".join(steps)
    return tr(N_("{change}, {when}: after {path}"), change=change.title, when=change.when, path=path)
