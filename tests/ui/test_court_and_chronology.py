"""What comes after a protest on its page, notice of a planned one, and the lanes of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from casetracker.model import ChainLink, Family, Hearing, Meeting, Penalty, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.chain import Joint
from casetracker.model.events.event import EventState, PenaltyKind
from casetracker.model.events.protest import Notice
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.case.tab_chronology import ChronologyTab
from casetracker.ui.pages.meeting.edit import edit_meeting
from casetracker.ui.pages.meeting.page import MeetingPage
from casetracker.ui.pages.protest.court import CourtTab, edit_penalty
from casetracker.ui.pages.protest.page import ProtestPage
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.tabs import TabPages
from casetracker.ui.widgets.timeline import Timeline
from tests.conftest import Office_

LATE = "No notice was given; the last day for it was 9 November 2021, 5 working days before."
FINE = {"kind": PenaltyKind.FINE, "amount": 87_510, "decided": dt.date(2021, 11, 8)}


def protest(store: Store, day: str = "2021-11-01", **values: object) -> Draft:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest", "on": KnownDate.from_edtf(day), **values}
    return draft


def cells(table: CellTable) -> list[list[str]]:
    model = table.model()
    columns, lines = range(model.columnCount()), range(model.rowCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in lines]


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot) -> Callable[[str], ProtestPage]:
    page = ProtestPage(desk)
    qtbot.addWidget(page)
    page.resize(1232, 820)

    def show(protest_id: str) -> ProtestPage:
        page.show()
        page.show_record(protest_id)
        return page

    return show


def test_penalties_are_told_with_indices_days_left_and_cost(
    shown: Callable[[str], ProtestPage], store: Store, office: Office_
) -> None:
    person = office.person("Айгүл Серікқызы")
    family = store.draft(Family)
    family.values |= {"name": "Family of Emin", "petitioner_id": person}
    store.save(family)
    draft = protest(store)
    draft.add("participants", person_id=person).add("penalties", **FINE)
    page = shown(store.save(draft))
    tab = page.findChild(CourtTab)
    assert isinstance(tab, CourtTab)

    assert cells(tab.penalties) == [
        ["Айгүл Серікқызы\n8 November 2021", "Fine · 87,510 tenge\n30 MCI",
         "6 days left\ncounted from the decision", "—"],
    ]  # fmt: skip
    assert cells(tab.families) == [
        ["Family of Emin\n1 person", "87,510 tenge", "0 tenge", "87,510 tenge", "—"]
    ]


def test_the_rare_fields_of_a_penalty_have_a_dialog(desk: Desk, store: Store, office: Office_) -> None:
    draft = protest(store)
    draft.add("participants", person_id=office.person()).add("penalties", **FINE)
    store.save(draft)
    penalty = draft.children["participants"][0].children["penalties"][0].id
    page = ProtestPage(desk)
    dialog = edit_penalty(page, desk, penalty)
    for name, text in {"judge": "A. Judge", "received": "10.11.2021", "case_number": "7513-21"}.items():
        field = dialog.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    assert dialog.save()

    kept = store.draft(Penalty, penalty).values
    assert (kept["judge"], kept["case_number"]) == ("A. Judge", "7513-21")
    assert kept["received"] == dt.date(2021, 11, 10)
    page.deleteLater()


@pytest.mark.parametrize(
    ("day", "values", "said"),
    [
        ("2021-11-22", {}, "Notice has to be given by 15 November 2021, 5 working days before."),
        (
            "2021-11-16",
            {},
            "No notice was given; the last day for it was 9 November 2021, 5 working days before.",
        ),
        ("2021-11-22", {"notice": Notice.GIVEN}, ""),
        ("2021-11-22", {"state": EventState.CANCELLED}, ""),
        ("2021-11-01", {}, ""),
        (
            "2021-11-16",
            {"notice_day": dt.date(2021, 11, 11)},
            "Notice was given on 11 November 2021; the last day for it was 9 November 2021.",
        ),
    ],
)
def test_notice_of_a_protest_is_asked_for_in_time(
    shown: Callable[[str], ProtestPage], store: Store, day: str, values: dict[str, object], said: str
) -> None:
    page = shown(store.save(protest(store, day, **values)))
    banner = page.findChild(Banner, "notice")
    assert isinstance(banner, Banner)
    assert (banner.text(), banner.isVisible()) == (said, bool(said))


def test_the_chronology_runs_in_lanes_that_can_be_picked(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    case = office.case()
    draft = protest(store, "2021-10-01")
    draft.add("cases", case_id=case, role=CaseRole.SPOKEN_FOR)
    protest_id = store.save(draft)
    meeting = office.meeting(case)
    hearing = Draft(Hearing, values={"title": "Hearing", "on": KnownDate.from_edtf("2021-10-09")})
    hearing.add("cases", case_id=case)
    store.save(hearing)
    ends = {"about": "Meeting", "about_id": meeting, "to": "Protest", "to_id": protest_id}
    store.save(Draft(ChainLink, values={**ends, "joint": Joint.ANSWERS}))
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.resize(1232, 820)
    page.show()
    page.show_record(case)
    tabs, tab = page.findChild(TabPages), page.findChild(ChronologyTab)
    assert isinstance(tabs, TabPages)
    assert isinstance(tab, ChronologyTab)
    tabs.select("timeline")

    def entries() -> list[str]:
        line = tab.findChild(Timeline)
        assert isinstance(line, Timeline)
        return [row.accessibleName() for row in line.children() if row.objectName().startswith("entry.")]  # type: ignore[attr-defined]

    assert {key: pill.text() for key, pill in tab.pills.items()} == {
        "custody": "Custody 1", "family": "Family 1", "protests": "Protests 1", "officials": "Officials 2",
        "promises": "Promises 2",
    }  # fmt: skip
    assert len(entries()) == 7
    tab.pills["officials"].click()
    assert entries() == [
        "4 Oct 2021: Meeting with the Commissioner for Human Rights",
        "9 Oct 2021: Hearing",
    ]
    tab.pills["promises"].click()
    assert [text.partition(": ")[2] for text in entries()][1:3] == [
        "Promised: look into each case",
        "Hearing",
    ]
    tab.pills["officials"].click()
    tab.pills["promises"].click()
    assert len(entries()) == 7
    drawn = [child.objectName() for child in tab.chain.children() if child.objectName()]
    assert [name.split(":")[0] for name in drawn] == ["chain.Protest", "chain.Meeting", "chain.Promise"]


def test_a_closed_meeting_says_so_and_tells_how_they_responded(
    store: Store, desk: Desk, qtbot: QtBot
) -> None:

    office = Office_(store)
    meeting = office.meeting(office.case())
    page = MeetingPage(desk)
    qtbot.addWidget(page)
    page.resize(1232, 820)
    page.show()
    dialog = edit_meeting(page, desk, meeting)
    for name, text in {"closed": "Yes", "response": "Promised something", "impact": "A little"}.items():
        box = dialog.findChild(QComboBox, name)
        assert isinstance(box, QComboBox)
        box.setCurrentText(text)
    assert dialog.save()

    page.show_record(meeting)
    shown = page.record().data  # type: ignore[attr-defined]
    assert shown.closed
    assert dict(shown.facts)["How they responded"] == "Promised something"
    kept = store.draft(Meeting, meeting).values
    assert (kept["response"], kept["impact"]) == ("pledged", "minor")
