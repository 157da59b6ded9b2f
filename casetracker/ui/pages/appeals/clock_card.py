"""The card of the reply clock: how far away the last day is, and how it was worked out."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.appeals.data import ClockLines
from casetracker.ui.style import restyle
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.naming import label, named


class ClockCard(Card):
    """The words large, below them the day, the reasons and the source."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr(N_("Reply clock")), "card.clock", link=tr(N_("Rules")))
        self.link_clicked.connect(lambda: desk.go_to.emit("lists", "rules"))
        self._words = named(label("", "figure", wrap=True, selectable=True), "clock.words")
        self._due = named(label("", "bold", wrap=True, selectable=True), "clock.due")
        self._how = named(label("", "soft", wrap=True, selectable=True), "clock.how")
        self._basis = named(label("", "note", wrap=True, selectable=True), "clock.basis")
        self._steps = Facts("clock.steps")
        for part in (self._words, self._due, self._how, self._steps, self._basis):
            self.add(part)
        self.fill_up()

    def show_clock(self, clock: ClockLines) -> None:
        """Show how an appeal stands."""
        self._words.setText(clock.words)
        self._words.setProperty("tone", clock.tone)
        restyle(self._words)
        self._due.setText(tr(N_("Reply due {date}"), date=clock.due) if clock.due else "")
        self._due.setVisible(bool(clock.due))
        self._how.setText("\n".join(clock.how))
        self._how.setVisible(bool(clock.how))
        self._steps.set_facts([Fact(what, said, muted=not late) for what, said, late in clock.steps])
        self._steps.setVisible(bool(clock.steps))
        self._basis.setText(tr(N_("Rule: {source}"), source=clock.basis) if clock.basis else "")
        self._basis.setVisible(bool(clock.basis))
