"""Events that have no page of their own kind: the list with its filters, and the page of one event."""

from __future__ import annotations

from casetracker.i18n import N_, ntr, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.events.edit import new_event
from casetracker.ui.pages.events.pane import EventPane
from casetracker.ui.pages.page import ListPage, RecordPane


class EventsPage(ListPage):
    """The list of events beside an event."""

    views_key = "events"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "events", tr(N_("Events")), list_width=320)
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

    def counted(self, number: int) -> str:
        return ntr("{n} event", "{n} events", number)

    def make_record(self) -> RecordPane:
        return EventPane(self.desk)
