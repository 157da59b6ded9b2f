"""Meetings: the list with its filters, and the page of one meeting."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.chain.tab import ChainTab
from casetracker.ui.pages.documents.dropping import Dropping
from casetracker.ui.pages.documents.tab import DocumentsTab
from casetracker.ui.pages.meeting.data import MeetingData, read
from casetracker.ui.pages.meeting.edit import edit_meeting, new_meeting
from casetracker.ui.pages.meeting.presented import CasesTab
from casetracker.ui.pages.meeting.replies import RepliesTab
from casetracker.ui.pages.meeting.tabs import MinutesTab, PeopleTab, PromisesTab
from casetracker.ui.pages.page import ListPage, RecordPane
from casetracker.ui.pages.promises.edit import record_promise
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.tabs import TabPages


class MeetingPage(ListPage):
    """The list of meetings beside a meeting."""

    views_key = "meetings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "meetings", tr(N_("Meetings")), list_width=300)
        self.set_empty(
            "building-bank",
            tr(N_("No meetings yet")),
            tr(N_("Record whom you met, which cases you presented, and what was promised.")),
            tr(N_("New meeting")),
            lambda: new_meeting(self, desk),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} meeting", "{n} meetings", number)

    def make_record(self) -> RecordPane:
        return MeetingPane(self.desk)


class MeetingPane(RecordPane):
    """One meeting: header, the presented cases with promises, people, minutes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "meeting")
        self.data: MeetingData | None = None
        self.header = PageHeader("meeting.header")
        for name, text, primary, step in (
            ("meeting.edit", tr(N_("Edit")), False, lambda: edit_meeting(self, desk, self.record_id)),
            (
                "meeting.promise",
                tr(N_("Record promise")),
                False,
                lambda: record_promise(self, desk, self.record_id),
            ),
            ("meeting.pdf", tr(N_("Dossier PDF…")), True, self._export),
        ):
            self.header.add_action(name, text, primary=primary).clicked.connect(step)
        self.cases = CasesTab(desk)
        self.promises, self.people, self.minutes = PromisesTab(desk), PeopleTab(desk), MinutesTab(desk)
        self.replies = RepliesTab(desk)
        self.tabs = TabPages("meeting.tabs")
        self._all = {
            "cases": self.cases,
            "promises": self.promises,
            "replies": self.replies,
            "people": self.people,
            "minutes": self.minutes,
        }
        self.chain = ChainTab(desk, "meeting.chain")
        self.documents = DocumentsTab(desk, "meeting.documents")
        Dropping(self, self.documents.box)
        for key, tab in (*self._all.items(), ("chain", self.chain), ("documents", self.documents)):
            self.tabs.add(key, tab.accessibleName(), tab)
        self.cases.edit.shortcut(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.cases.edit.bar)

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_title(data.title)
        self.header.set_subtitle(*data.subtitle)
        self.header.set_chips(chips(data))
        for tab in self._all.values():
            tab.show_meeting(data)
        self.chain.show_record("Meeting", data.id)
        self.tabs.strip.set_count("documents", self.documents.show_record("Meeting", data.id))
        for key, number in (
            ("cases", len(data.presented)),
            ("promises", len(data.promises)),
            ("people", len(data.people)),
        ):
            self.tabs.strip.set_count(key, number)
        return True

    def may_leave(self) -> bool:
        return self.cases.edit.may_leave()

    def _export(self) -> None:
        self.desk.go_to.emit("reports", f"meeting:{self.record_id}")


def chips(data: MeetingData) -> list[ChipText]:
    """Say how much was presented, what is still owed, and whether a list is out."""
    made = [ChipText(data.state, Tone.AMBER if data.late else Tone.GREEN)] if data.state else []
    if data.closed:
        made.append(ChipText(tr(N_("behind closed doors")), Tone.GREY))
    if data.presented:
        n = len(data.presented)
        made.append(ChipText(ntr("{n} case presented", "{n} cases presented", n), Tone.BLUE))
    if data.open_promises:
        text = ntr("{n} promise open", "{n} promises open", data.open_promises)
        if data.overdue:
            text = tr(N_("{open}, {n} overdue"), open=text, n=data.overdue)
        made.append(ChipText(text, Tone.RED if data.overdue else Tone.AMBER))
    elif data.promises:
        made.append(ChipText(tr(N_("nothing owed any more")), Tone.GREEN))
    if data.out:
        said = tr(N_("handed over on {date} ({hash})"), date=data.out.at, hash=data.out.digest[:8])
        made.append(ChipText(said, Tone.GREEN))
    elif data.given:
        made.append(ChipText(tr(N_("list withdrawn")), Tone.GREY))
    return made
