"""Events that have no page of their own kind: the list with its filters, and the page of one event."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, ntr, tr
from casetracker.store import events
from casetracker.store.events import Wanted
from casetracker.store.lists import Line
from casetracker.ui.desk import Desk
from casetracker.ui.pages.events.edit import new_event
from casetracker.ui.pages.events.pane import EventPane
from casetracker.ui.pages.page import ListPage, RecordPane
from casetracker.ui.widgets.pick_pill import PickPill


class EventsPage(ListPage):
    """The list of events beside an event."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "events", tr(N_("Events")), list_width=320)
        store = desk.store
        self.kind = PickPill(tr(N_("Kind")), "filter.kind", lambda: events.kinds(store))
        self.year = PickPill(tr(N_("Year")), "filter.year", lambda: [(y, y) for y in events.years(store)])
        for pill in (self.kind, self.year):
            pill.picked.connect(self.refresh)
            self.split.pane.add_filter(pill)
        self.set_empty(
            "calendar",
            tr(N_("No events yet")),
            tr(
                N_(
                    "Hearings, petitions, UN sessions, reprisals, visits and calls are written down here. "
                    "Protests and meetings have their own pages."
                )
            ),
            tr(N_("New event")),
            lambda: new_event(self, desk),
        )

    def _wanted(self) -> Wanted:
        return Wanted(kind=self.kind.key(), year=int(self.year.key() or 0))

    def count(self) -> int:
        return events.count_events(self.desk.store, self._wanted())

    def lines(self, offset: int, limit: int) -> Sequence[Line]:
        return events.event_lines(self.desk.store, self._wanted(), offset, limit)

    def status_text(self) -> str:
        every = ntr("{n} event", "{n} events", events.count_events(self.desk.store))
        if self._wanted() == Wanted():
            return every
        return tr(N_("{all} · {shown} shown"), all=every, shown=self.count())

    def narrow(self, key: str) -> None:
        """Show only the events of one kind: a class, or "OtherEvent:code"."""
        self.kind.pick(key)

    def make_record(self) -> RecordPane:
        return EventPane(self.desk)
