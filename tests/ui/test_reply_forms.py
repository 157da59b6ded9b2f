"""Reading in a reply form on the page of a meeting, and where its answers are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import ReplyForm
from casetracker.reports import REPORTS
from casetracker.reports.protection import lock
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.page import CasePage, CasePane
from casetracker.ui.pages.meeting.page import MeetingPage, MeetingPane
from casetracker.ui.pages.meeting.replies import RepliesTab, ReplyDialog
from casetracker.ui.pages.reports import ReportsPage
from tests.conftest import Office_
from tests.store.test_reply_forms import Given, with_pypdf

LONG = "A request was sent to the embassy. " * 6 + "End."


@pytest.fixture
def given(store: Store, office: Office_) -> Given:
    return Given(store, office)


@pytest.fixture
def form(given: Given, tmp_path: Path) -> Path:
    path = tmp_path / "back.pdf"
    path.write_bytes(
        with_pypdf(given.paper, {f"{given.refs[0]}.answer": "refused", f"{given.refs[1]}.measure": LONG})
    )
    return path


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, given: Given) -> RepliesTab:
    page = MeetingPage(desk)
    qtbot.addWidget(page)
    desk.changed.connect(page.on_change)
    page.resize(1232, 820)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    pane = page.record()
    assert isinstance(pane, MeetingPane)
    pane.tabs.select("replies")
    return pane.replies


def drop(tab: RepliesTab, *paths: Path) -> bool:
    """Drop files on the tab; return whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setAccepted(False)
    tab.dropEvent(event)
    return event.isAccepted()


def dialog_of(qtbot: QtBot, tab: RepliesTab) -> ReplyDialog:
    qtbot.waitUntil(lambda: tab.window().findChild(ReplyDialog) is not None, timeout=20_000)
    found = tab.window().findChild(ReplyDialog)
    assert isinstance(found, ReplyDialog)
    return found


def test_a_form_is_dropped_looked_at_and_filed(
    qtbot: QtBot, desk: Desk, tab: RepliesTab, given: Given, form: Path
) -> None:
    assert not drop(tab, form, form)
    assert not drop(tab, form.with_suffix(".docx"))
    assert drop(tab, form)
    dialog = dialog_of(qtbot, tab)
    rows = [[row.cell(n).text for n in range(4)] for row in dialog.table.rows()]
    assert rows == [["Relative A 2021-10-04", "Refused", "—", "—"], ["Relative B 2021-10-04", LONG, "—", "—"]]
    assert not list_of_forms(desk)
    with qtbot.waitSignal(desk.changed):
        dialog.confirm.click()
    assert len(list_of_forms(desk)) == 1
    assert [row.cell(1).text for row in tab.table.rows()] == ["Refused", LONG]
    whole = tab.findChild(QLabel, "replies.whole")
    assert isinstance(whole, QLabel)
    assert whole.text() == f"{given.refs[1]}\n{LONG}"

    cases = CasePage(desk)
    qtbot.addWidget(cases)
    cases.resize(1232, 820)
    with qtbot.waitExposed(cases):
        cases.show()
    cases.show_record(given.cases[0])
    pane = cases.record()
    assert isinstance(pane, CasePane)
    pane.tabs.select("promises")
    table = pane.more["promises"]._replies  # type: ignore[attr-defined]
    assert [row.cell(0).text for row in table.rows()] == ["Refused"]
    with qtbot.waitSignal(desk.changed):
        desk.store.undo()
    assert not tab.table.rows()


def list_of_forms(desk: Desk) -> list[str]:
    with desk.store.reader() as reader:
        return [form.id for form in reader.all(ReplyForm)]


def test_a_file_that_is_refused_is_said(qtbot: QtBot, tab: RepliesTab, given: Given, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(given.paper)
    tab.read(path)
    qtbot.waitUntil(tab.refused.isVisible, timeout=20_000)
    assert "Nothing was filled in in this form." in [text.text() for text in tab.refused.findChildren(QLabel)]
    assert tab.window().findChild(ReplyDialog) is None


def test_choosing_a_file_is_offered(tab: RepliesTab) -> None:
    choose = tab.findChild(QPushButton, "replies.import")
    assert choose is not None
    assert choose.isVisible()
    assert choose.isEnabled()


def test_a_reply_form_is_offered_only_for_a_list_handed_over(
    qtbot: QtBot, desk: Desk, given: Given, office: Office_
) -> None:
    open_meeting = office.meeting(office.case("Relative C"), day="2021-10-20")
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    names = [report.name for report in REPORTS]
    page.report_box.setCurrentIndex(names.index("dossier"))
    page.show_record(f"meeting:{open_meeting}")
    page.reply_box.setChecked(True)
    assert not page.wanted().scope.reply_form
    assert page.reply_box.isHidden()
    page.show_record(f"meeting:{given.meeting}")
    assert page.wanted().scope.reply_form
    assert not page.reply_box.isHidden()
    page.report_box.setCurrentIndex(names.index("case"))
    assert not page.wanted().scope.reply_form


def test_a_locked_form_is_read_with_its_password(
    qtbot: QtBot, tab: RepliesTab, given: Given, form: Path
) -> None:
    form.write_bytes(lock(form.read_bytes(), "bako timu sena"))
    asked: list[str] = ["another one", "bako timu sena"]
    tab.ask_password = lambda: asked.pop(0)
    drop(tab, form)
    qtbot.waitUntil(tab.refused.isVisible, timeout=20_000)
    assert "does not open with this password" in " ".join(t.text() for t in tab.refused.findChildren(QLabel))

    drop(tab, form)
    dialog = dialog_of(qtbot, tab)
    assert not asked
    dialog.reject()
