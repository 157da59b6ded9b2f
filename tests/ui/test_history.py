"""The history on the screen: the tab of a record, the window of a field, the page of the office."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Person
from casetracker.model.confidentiality import Confidentiality
from casetracker.store.audit import anchors, reading
from casetracker.store.audit.entries import Op
from casetracker.store.audit.reading import Wanted
from casetracker.store.erasing.scope import outlook
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.family.page import FamilyPage
from casetracker.ui.pages.history.field import FieldHistory
from casetracker.ui.pages.history.page import HistoryPage
from casetracker.ui.pages.history.tab import HistoryTab
from casetracker.ui.pages.history.wording import words_that_differ
from casetracker.ui.pages.meeting.page import MeetingPage
from casetracker.ui.pages.person.erase import EraseDialog
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.pages.protest.page import ProtestPage
from casetracker.ui.widgets.tabs import TabPages
from tests.conftest import Office_
from tests.ui.conftest import show


def edited(store: Store, office: Office_) -> str:
    case = office.case()
    for text in ("he was seen in Emin", "he was seen in Altay"):
        draft = store.draft(Case, case)
        draft.values["notes"] = text
        store.save(draft)
    return case


def tab_of(page: CasePage, qtbot: QtBot, case: str) -> HistoryTab:
    page.show_record(case)
    tabs = page.record().tabs  # type: ignore[attr-defined]
    tabs.select("history")
    assert page.history is not None
    qtbot.waitUntil(lambda: bool(page.history and page.history.view.lines), timeout=20_000)
    return page.history


def test_the_tab_tells_who_changed_what(desk: Desk, store: Store, office: Office_, qtbot: QtBot) -> None:
    case = edited(store, office)
    tab = tab_of(show(CasePage(desk), desk, qtbot, (1200, 800)), qtbot, case)

    text = tab.view.toPlainText()

    assert "A. Serik" in text
    assert "Internal notes: he was seen in Emin → he was seen in Altay" in text
    assert "Bring back…" in text


def test_a_field_is_brought_back_from_the_menu_of_a_line(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    case = edited(store, office)
    tab = tab_of(show(CasePage(desk), desk, qtbot, (1200, 800)), qtbot, case)

    tab.view.anchorClicked.emit(QUrl(f"restore:{tab.view.lines[0].seq}"))
    menu = tab.findChild(QMenu, "history.restore")
    assert menu is not None
    action = next(a for a in menu.actions() if a.objectName() == "restore.Case.notes")
    assert "he was seen in Emin" in action.text()
    with qtbot.waitSignal(desk.note, timeout=20_000) as told:
        action.trigger()

    assert "Ctrl+Z" in told.args[0]
    assert store.draft(Case, case).values["notes"] == "he was seen in Emin"
    desk.undo()
    assert store.draft(Case, case).values["notes"] == "he was seen in Altay"


def test_every_page_that_people_live_in_has_the_tab(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    office.meeting(office.case())
    for kind in (CasePage, PersonPage, FamilyPage, MeetingPage, ProtestPage):
        page = show(kind(desk), desk, qtbot, (1200, 800))
        tabs = page.record().tabs  # type: ignore[attr-defined]
        assert isinstance(tabs, TabPages)
        assert "history" in list(tabs.keys())


def test_the_history_of_a_field_opens_from_the_page(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    case = edited(store, office)
    page = show(CasePage(desk), desk, qtbot, (1200, 800))
    page.show_record(case)
    assert page.citing is not None

    window = page.citing.show_history(("Case", case, "notes"))

    assert isinstance(window, FieldHistory)
    qtbot.waitUntil(lambda: len(window.view.lines) == 2, timeout=20_000)
    assert "seen in Emin" in window.view.toPlainText()
    window.accept()


def test_the_page_of_the_office_narrows_and_checks(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    edited(store, office)
    page = show(HistoryPage(desk), desk, qtbot, (1200, 800))
    qtbot.waitUntil(lambda: bool(page.view.lines), timeout=20_000)
    everything = len(page.view.lines)
    page.kind.setCurrentIndex(page.kind.findData("Case"))
    page.kind.activated.emit(0)
    qtbot.waitUntil(lambda: len(page.view.lines) == 3, timeout=20_000)
    assert everything > 3
    assert anchors.anchor(store) in page.code.text()

    page.check_log()
    qtbot.waitUntil(page.result.isVisible, timeout=20_000)
    assert "The log is whole" in page.result.text()
    assert page.show_codes().table.model().rowCount() == len(anchors.listed(store))
    page.copy.click()
    assert QApplication.clipboard().text() == anchors.anchor(store)


def test_a_code_from_paper_is_compared(desk: Desk, store: Store, office: Office_, qtbot: QtBot) -> None:
    office.case()
    code = anchors.anchor(store)
    store.undo()
    page = show(HistoryPage(desk), desk, qtbot, (1200, 800))

    asked = page.ask_code()
    assert isinstance(asked, ReasonDialog)
    asked._reason.setPlainText(code[:-1] + ("A" if code[-1] != "A" else "B"))
    asked.finish()
    assert "wrong" in asked._problem.text()
    asked._reason.setPlainText(code.lower())
    asked.finish()

    qtbot.waitUntil(page.result.isVisible, timeout=20_000)
    assert "The log is whole" in page.result.text()


def test_long_texts_show_what_differs_and_a_little_around_it() -> None:
    before = " ".join(f"word{n}" for n in range(60)) + " old end"
    after = before.replace("old", "new")

    told = words_that_differ(before, after)

    assert "word59" in told
    assert "word20" not in told
    assert "line-through" in told
    assert told.index("old") < told.index("new")
    assert "<b>" not in words_that_differ("a <b> c", "a <b> d")


def test_a_restricted_record_that_is_looked_at_is_noted_once(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    plain, kept = office.case(), office.case("Сара", confidentiality=int(Confidentiality.RESTRICTED))
    page = show(CasePage(desk), desk, qtbot, (1200, 800))
    for case in (plain, kept, plain, kept):
        page.show_record(case)

    seen = reading.of_office(store, Wanted(kind=Op.ACCESS))

    assert [(line.label, line.records[0].record_id) for line in seen] == [
        ("Looked at a restricted record", kept)
    ]


def test_a_person_is_erased_in_the_window_after_the_name_was_typed(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    person = office.person("Қуанышбек Марқатайұлы")
    page = show(PersonPage(desk), desk, qtbot, (1200, 800))
    page.show_record(person)
    dialog = EraseDialog(page, desk, person, outlook(store, person))
    dialog.show()

    dialog.finish()
    dialog.typed.setText("Қуанышбек")
    assert not dialog.ok.isEnabled()
    dialog.typed.setText("Қуанышбек Марқатайұлы")
    with qtbot.waitSignal(desk.note, timeout=20_000):
        dialog.ok.click()

    assert store.draft(Person, person).children["names"][0].values["full"] == "Erased person"
