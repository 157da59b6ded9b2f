"""Citations on the page: marks beside facts, the dialog by keyboard, the board of versions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Citation, Person, Protest, Source
from casetracker.model.dates import KnownDate
from casetracker.model.sources.citation import Stance
from casetracker.model.sources.source import SourceKind
from casetracker.store import citable, citations
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.case.page import CasePage, CasePane
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.pages.protest.page import ProtestPage
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.facts import Facts
from casetracker.ui.widgets.version_board import VersionBox
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.keys import type_into

Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def case(store: Store, office: Office_) -> str:
    made = office.case()
    person = store.draft(Person, store.draft(Case, made).values["person_id"])
    person.values["birth"] = KnownDate.from_edtf("1971")
    store.save(person)
    return made


@pytest.fixture
def place(store: Store, case: str) -> citations.Place:
    return ("Person", store.draft(Case, case).values["person_id"], "birth")


def source(store: Store, case: str, label: str, kind: SourceKind) -> str:
    draft = store.draft(Source)
    draft.values |= {"case_id": case, "label": label, "kind": kind}
    return store.save(draft)


def cite(store: Store, about: citations.Place, source_id: str, **values: object) -> str:
    draft = citations.draft(store, about)
    draft.values |= {"source_id": source_id} | values
    return store.save(draft)


@pytest.fixture
def page(desk: Desk, case: str, qtbot: QtBot) -> CasePage:
    return show(CasePage(desk), desk, qtbot, (1232, 820))


def fact(page: CasePage, name: str) -> QLabel:
    pane = page.record()
    assert isinstance(pane, CasePane)
    facts = pane.summary.findChild(Facts, "situation")
    assert facts is not None
    [found] = [v for v in facts.findChildren(QLabel) if v.accessibleName() == name]
    return found


def dialog(page: CasePage) -> EditDialog:
    [shown] = [d for d in page.window().findChildren(EditDialog) if d.isVisible()]
    return shown


def test_a_cited_fact_has_a_mark_that_says_how_many_sources_there_are(
    store: Store, page: CasePage, case: str, place: citations.Place, qtbot: QtBot
) -> None:
    assert fact(page, "Born").text() == "1971"
    told = [source(store, case, name, SourceKind.TESTIMONY) for name in ("sister", "brother")]
    paper = source(store, case, "passport", SourceKind.DOCUMENT)
    for one in told:
        cite(store, place, one)
    cite(store, place, paper, stance=Stance.CONTRADICTS, says="1972")

    qtbot.waitUntil(lambda: "³" in fact(page, "Born").text())
    assert fact(page, "Born").toolTip() == "2 sources support, 1 contradicts"

    store.undo()

    qtbot.waitUntil(lambda: "²" in fact(page, "Born").text())
    assert fact(page, "Born").toolTip() == "2 sources support"


def test_a_fact_is_cited_by_keyboard(
    store: Store, page: CasePage, case: str, place: citations.Place, qtbot: QtBot
) -> None:
    paper = source(store, case, "passport", SourceKind.DOCUMENT)
    QApplication.processEvents()  # the page hears of the new source, and shows itself anew
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(lambda: fact(page, "Born").isVisible())
    fact(page, "Born").setFocus()

    qtbot.keyClick(fact(page, "Born"), Qt.Key.Key_C, Ctrl | Shift)

    open_now = dialog(page)
    [field] = open_now.findChildren(QComboBox, "cite.field")
    assert field.currentText() == "Born"
    [value] = open_now.findChildren(QLabel, "cite.value")
    assert value.text() == "On record: 1971"
    picked = open_now.findChild(QLineEdit, "source_id")
    assert picked is not None
    type_into(picked, "pass")
    qtbot.keyClick(picked, Qt.Key.Key_Down)
    qtbot.keyClick(picked, Qt.Key.Key_Return)
    says = open_now.findChild(QLineEdit, "says")
    assert says is not None
    type_into(says, "1971, page 2")
    assert open_now.save()
    with store.reader() as reader:
        [made] = citations.citations_of(reader, [place[1]])
        assert (made.place, made.source_id, made.says) == (place, paper, "1971, page 2")


def test_a_source_that_is_not_there_yet_is_written_down_with_its_citation(
    store: Store, page: CasePage, case: str, place: citations.Place
) -> None:
    assert page.citing is not None
    page.citing.cite(place)
    open_now = dialog(page)
    label = open_now.findChild(QLineEdit, "label")
    assert label is not None
    label.setText("birth certificate")

    assert open_now.save()

    with store.reader() as reader:
        [made] = citations.citations_of(reader, [place[1]])
        assert made.source == "birth certificate"
        assert made.case_id == case
    store.undo()
    with store.reader() as reader:
        assert list(reader.all(Citation)) == list(reader.all(Source)) == []


def first_cell(pane: CasePane, table: str) -> str:
    found = pane.more["detention"].findChild(CellTable, table)
    return str(found.model().index(0, 0).data()) if found is not None else ""


def test_a_line_of_custody_has_its_mark(store: Store, page: CasePage, case: str, qtbot: QtBot) -> None:
    event = store.draft(Case, case).children["episodes"][0].children["custody"][0]
    cite(store, ("CustodyEvent", event.id, "on"), source(store, case, "sister", SourceKind.TESTIMONY))
    pane = page.record()
    assert isinstance(pane, CasePane)

    pane.tabs.select("detention")

    qtbot.waitUntil(lambda: "¹" in first_cell(pane, "custody.0"))


def test_the_page_of_a_person_marks_too(
    store: Store, desk: Desk, case: str, place: citations.Place, qtbot: QtBot
) -> None:
    cite(store, place, source(store, case, "sister", SourceKind.TESTIMONY))
    page = PersonPage(desk)
    qtbot.addWidget(page)

    page.show_record(place[1])

    facts = page.record().findChild(Facts, "person.facts")
    assert facts is not None
    [born] = [v for v in facts.findChildren(QLabel) if v.accessibleName() == "Born"]
    assert "¹" in born.text()


def test_the_board_shows_versions_side_by_side_and_one_is_chosen_with_a_reason(
    store: Store, page: CasePage, case: str, place: citations.Place, qtbot: QtBot
) -> None:
    cite(store, place, source(store, case, "sister", SourceKind.TESTIMONY), says="1971")
    paper = source(store, case, "passport", SourceKind.DOCUMENT)
    read = cite(store, place, paper, stance=Stance.CONTRADICTS, says="3.4.1972")
    pane = page.record()
    assert isinstance(pane, CasePane)
    qtbot.waitUntil(lambda: pane.findChild(QPushButton, "case.contradiction.action").isVisible())

    qtbot.mouseClick(pane.findChild(QPushButton, "case.contradiction.action"), Qt.MouseButton.LeftButton)

    assert pane.tabs.selected() == "versions"
    box = pane.findChild(VersionBox, f"version.Citation:{read}")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    reason = pane.window().findChild(QPlainTextEdit, "count.reason")
    assert reason is not None
    qtbot.keyClicks(reason, "the passport was seen")
    qtbot.mouseClick(pane.window().findChild(QPushButton, "count.ok"), Qt.MouseButton.LeftButton)
    assert store.draft(Person, place[1]).values["birth"].text() == "3 April 1972"
    qtbot.waitUntil(lambda: not pane.findChild(QPushButton, "case.contradiction.action").isVisible())
    store.undo()
    assert store.draft(Person, place[1]).values["birth"].text() == "1971"


def test_nothing_can_be_cited_while_the_casebook_is_only_read(
    store: Store, page: CasePage, place: citations.Place
) -> None:
    store.read_only = "reading"
    assert page.citing is not None

    page.citing.cite(place)

    assert not [d for d in page.window().findChildren(EditDialog) if d.isVisible()]


def test_the_menu_of_a_fact_names_what_is_cited(
    store: Store, page: CasePage, case: str, place: citations.Place, qtbot: QtBot
) -> None:
    cite(store, place, source(store, case, "sister", SourceKind.TESTIMONY), says="1971")
    assert page.citing is not None
    page.citing.show_record(Case, case)

    menu = page.citing._menu([place], place)

    assert [a.text() for a in menu.actions() if not a.isSeparator()] == ["✓ sister: 1971", "Cite a source…"]


def test_a_fact_of_a_protest_is_cited_with_a_source_of_its_cases(
    store: Store, desk: Desk, case: str, qtbot: QtBot
) -> None:
    protest = store.draft(Protest)
    protest.values |= {"title": "Protest", "on": KnownDate.from_edtf("2021-10")}
    protest.values |= {"place": "Almaty", "police_unit": "district police"}
    protest.add("cases", case_id=case)
    event = store.save(protest)
    press = source(store, case, "news report", SourceKind.MEDIA)
    page = ProtestPage(desk)
    qtbot.addWidget(page)
    page.show_record(event)
    assert page.citing is not None
    places = {field for record in page.citing.records() for field, _ in record.fields()}
    assert {"on", "place", "title"} <= places
    assert citable.sources_at_hand(store, citable.cases_of(store, Protest, event)) == [
        (press, "news report · Press")
    ]

    cite(store, ("Protest", event, "place"), press)
    cite(store, ("Protest", event, "police_unit"), press)
    page.show_record(event)

    [unit] = [
        value
        for facts in page.record().findChildren(Facts)
        for value in facts.findChildren(QLabel)
        if value.text().startswith("district police")
    ]
    assert "¹" in unit.text()
    assert page.citing.button.text() == "2 citations"  # also of what stands in the head
