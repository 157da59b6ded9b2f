"""The page of a protest: twenty people typed in, penalties, the guard, the links of families."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Family, Person, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import Outcome, Paid, Part, PenaltyKind
from casetracker.store.store import Store
from casetracker.store.views.query import Query, where
from casetracker.ui.desk import Desk
from casetracker.ui.pages.protest.edit import new_protest
from casetracker.ui.pages.protest.page import ProtestPage, ProtestPane
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.keys import Typist, type_into

Key = Qt.Key


@pytest.fixture
def protest(store: Store) -> str:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest in Nur-Sultan", "on": KnownDate.from_edtf("2021-10-01")}
    return store.save(draft)


@pytest.fixture
def page(desk: Desk, protest: str, qtbot: QtBot) -> ProtestPage:
    return show(ProtestPage(desk), desk, qtbot, (1232, 820))


def pane(page: ProtestPage) -> ProtestPane:
    shown = page.record()
    assert isinstance(shown, ProtestPane)
    return shown


def people(store: Store, protest: str) -> list[dict[str, Any]]:
    return [p.values for p in store.draft(Protest, protest).children["participants"]]


def test_twenty_people_are_typed_into_the_grid(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str, office: Office_
) -> None:
    known = office.person("Айгүл Серікқызы", "Aigul Serikkyzy")
    record = pane(page)
    typist = Typist(qtbot, record.outcomes.people.grid)
    record.outcomes.people.grid.start()

    typist.line("aigul serikkyzy", "Organiser", "Detained and f", "27.09.2021", "5")
    for number in range(1, 20):
        typist.line(f"Қатысушы {number}", "Part", "Present")
    assert record.outcomes.edit.bar.isVisible()
    qtbot.keyClick(record.outcomes.people.grid, Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    lines = people(store, protest)
    assert len(lines) == 20
    assert not record.outcomes.edit.bar.isVisible()
    assert lines[0]["person_id"] == known
    assert (lines[0]["part"], lines[0]["outcome"]) == (Part.ORGANISER, Outcome.FINED)
    assert (lines[0]["detained"].edtf, lines[0]["hours_held"]) == ("2021-09-27", 5)
    assert {(p["part"], p["outcome"]) for p in lines[1:]} == {(Part.PARTICIPANT, Outcome.PRESENT)}
    with store.reader() as reader:
        assert [reader.name(p["person_id"]) for p in lines[1:]] == [f"Қатысушы {n}" for n in range(1, 20)]
    assert store.recent()[0].label == "20 participants of Protest in Nur-Sultan"
    assert store.undo() == "20 participants of Protest in Nur-Sultan"
    assert people(store, protest) == []
    with store.reader() as reader:
        assert [p.id for p in reader.all(Person)] == [known]


def test_an_interval_is_given_to_all_who_were_held(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str
) -> None:
    grid = pane(page).outcomes.people.grid
    typist = Typist(qtbot, grid)
    grid.start()
    typist.line("Бірінші", "Part", "Detained", "between 27.09.2021 and 03.10.2021")
    typist.line("Екінші", "Part", "Detained and fined")
    typist.line("Үшінші", "Part", "Present")
    grid.setCurrentIndex(grid.model().index(0, 3))

    typist.press(Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    qtbot.keyClick(grid, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    when = [p["detained"] and p["detained"].edtf for p in people(store, protest)]
    assert when == ["[2021-09-27..2021-10-03]", "[2021-09-27..2021-10-03]", None]


def test_penalties_belong_to_the_person_in_their_line(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str
) -> None:
    record = pane(page)
    grid, fines = record.outcomes.people.grid, record.outcomes.penalties.grid
    typist = Typist(qtbot, grid)
    grid.start()
    typist.line("Бірінші", "Part", "Present")
    typist.line("Екінші", "Part", "Detained and fined")
    button(record, "penalties.each").click()
    assert len(fines.rows()) == 1
    fines.setCurrentIndex(fines.model().index(0, 2))
    typist = Typist(qtbot, fines)
    qtbot.keyClick(fines, Key.Key_F2)
    typist.text("488")
    typist.press(Key.Key_Tab)
    typist.text("87 510")
    typist.press(Key.Key_Tab)
    typist.text("8.10.2021")
    typist.press(Key.Key_Tab)
    typist.text("Сарыарқа")
    typist.press(Key.Key_Tab)
    typist.text("Paid")
    typist.press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    first, second = store.draft(Protest, protest).children["participants"]
    assert first.children["penalties"] == []
    (fine,) = [p.values for p in second.children["penalties"]]
    assert (fine["kind"], fine["article"], fine["amount"]) == (PenaltyKind.FINE, "488", 87510)
    assert (str(fine["decided"]), fine["court"], fine["paid"]) == ("2021-10-08", "Сарыарқа", Paid.YES)
    page.refresh()
    assert record.header.findChild(QPushButton, "protest.edit") is not None
    assert record.data is not None
    assert (record.data.people, record.data.detained, record.data.fined) == (2, 1, 1)
    assert record.data.fines_text == "87,510 tenge"


def button(record: ProtestPane, name: str) -> QPushButton:
    found = record.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_a_penalty_can_be_given_to_another_and_goes_with_its_person(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str, office: Office_
) -> None:
    draft = store.draft(Protest, protest)
    first = draft.add("participants", person_id=office.person("Бірінші"))
    first.add("penalties", kind=PenaltyKind.FINE, amount=1000)
    draft.add("participants", person_id=office.person("Екінші"))
    store.save(draft)
    page.refresh()
    record = pane(page)
    grid, fines = record.outcomes.people.grid, record.outcomes.penalties.grid
    fines.setFocus()
    fines.setCurrentIndex(fines.model().index(0, 0))
    qtbot.keyClick(fines, Key.Key_F2)
    typist = Typist(qtbot, fines)
    cell = fines.indexWidget(fines.currentIndex())
    assert cell is not None
    cell.selectAll()  # type: ignore[attr-defined]
    typist.text("екін")
    typist.press(Key.Key_Tab)
    assert record.outcomes.edit.save()
    amounts = [
        [x.values["amount"] for x in p.children["penalties"]]
        for p in store.draft(Protest, protest).children["participants"]
    ]
    assert amounts == [[], [1000]]

    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(1, 0))
    qtbot.keyClick(grid, Key.Key_Delete)

    assert fines.rows() == []
    assert record.outcomes.edit.save()
    assert len(people(store, protest)) == 1


def test_what_is_wrong_is_said_beside_the_cells_and_nothing_is_lost(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str
) -> None:
    record = pane(page)
    grid = record.outcomes.people.grid
    typist = Typist(qtbot, grid)
    grid.start()
    typist.line("Бірінші", "Part", "Detained", "30 February 2021", "some")
    typist.line("бірінші")

    assert not record.outcomes.edit.save()

    problem = said(record, "participants.problem")
    assert "February 2021 has no day 30" in problem
    assert "“some” is not a whole number." in problem
    assert "is on the list already, in line 1" in problem
    assert grid.value(1, "person_id").title == "бірінші"
    assert record.outcomes.edit.bar.isVisible()
    assert people(store, protest) == []


def test_two_people_of_one_name_must_be_told_apart(
    qtbot: QtBot, page: ProtestPage, office: Office_, store: Store, protest: str
) -> None:
    office.person("Айгүл")
    second = office.person("Айгүл")
    record = pane(page)
    grid = record.outcomes.people.grid
    typist = Typist(qtbot, grid)
    grid.start()
    typist.line("Айгүл")

    assert not record.outcomes.edit.save()
    assert "Several people are called Айгүл" in said(record, "participants.problem")

    grid.setCurrentIndex(grid.model().index(0, 0))
    qtbot.keyClick(grid, Key.Key_F2)
    cell = grid.indexWidget(grid.currentIndex())
    assert cell is not None
    cell.selectAll()  # type: ignore[attr-defined]
    typist.text("Айгүл")
    hits = [row.key for row in map(cell.popup().list.row_at, range(2))]  # type: ignore[attr-defined]
    for _ in range(hits.index(second) + 1):
        typist.press(Key.Key_Down)
    typist.press(Key.Key_Return)
    assert record.outcomes.edit.save()
    assert [p["person_id"] for p in people(store, protest)] == [second]


def said(record: ProtestPane, name: str) -> str:
    found = record.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def answer(key: str) -> None:
    """Click an answer of the question that opens next."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        found = box.findChild(QPushButton, f"answer.{key}")
        assert isinstance(found, QPushButton)
        found.click()

    QTimer.singleShot(0, click)


@pytest.mark.parametrize(
    ("key", "left", "saved"), [("stay", False, 0), ("discard", True, 0), ("save", True, 1)]
)
def test_the_page_is_not_left_with_something_unsaved(
    qtbot: QtBot, page: ProtestPage, protest: str, key: str, left: bool, saved: int
) -> None:
    record = pane(page)
    assert page.may_leave()
    typist = Typist(qtbot, record.outcomes.people.grid)
    record.outcomes.people.grid.start()
    typist.line("Бірінші")
    answer(key)

    assert page.may_leave() is left

    assert len(people(page.desk.store, protest)) == saved
    assert record.outcomes.edit.dirty is not left
    assert len(record.outcomes.people.grid.rows()) == (0 if key == "discard" else 1)


def test_what_is_typed_survives_a_change_from_elsewhere(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str
) -> None:
    record = pane(page)
    typist = Typist(qtbot, record.outcomes.people.grid)
    record.outcomes.people.grid.start()
    typist.line("Бірінші")
    draft = store.draft(Protest, protest)
    draft.values["place"] = "Nur-Sultan"
    with qtbot.waitSignal(page.desk.changed):
        store.save(draft)

    assert record.outcomes.people.grid.value(0, "person_id").title == "Бірінші"
    assert record.outcomes.edit.save()
    assert len(people(store, protest)) == 1
    assert store.draft(Protest, protest).values["place"] == "Nur-Sultan"


def test_families_are_linked_with_one_click(
    qtbot: QtBot, page: ProtestPage, store: Store, protest: str, office: Office_
) -> None:
    case = office.case()
    family = store.draft(Family, str(store.draft(Case, case).values["family_id"]))
    draft = store.draft(Protest, protest)
    draft.add("participants", person_id=family.values["petitioner_id"], outcome=Outcome.DETAINED)
    store.save(draft)
    page.refresh()
    record = pane(page)
    record.tabs.select("cases")
    assert record.cases.offer.isVisible()

    with qtbot.waitSignal(page.desk.changed):
        button(record, "families.action").click()

    assert [row.key for row in record.cases.table.rows()] == [case]
    assert not record.cases.offer.isVisible()
    links = store.draft(Protest, protest).children["cases"]
    assert [link.values["role"] for link in links] == [CaseRole.RELATIVE_DETAINED]


def test_a_new_protest_is_called_after_its_place(qtbot: QtBot, page: ProtestPage, store: Store) -> None:
    shown: list[tuple[str, str]] = []
    page.desk.go_to.connect(lambda key, record_id: shown.append((key, record_id)))
    dialog = new_protest(page, page.desk)
    place = dialog.findChild(QLineEdit, "place")
    assert place is not None
    type_into(place, "Алматы")

    assert dialog.save()

    ((key, record_id),) = shown
    assert key == "protests"
    assert store.draft(Protest, record_id).values["title"] == "Protest in Алматы"


def test_the_year_narrows_the_list(page: ProtestPage, store: Store, protest: str) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Earlier", "on": KnownDate.from_edtf("2020-02")}
    store.save(draft)
    page.refresh()
    assert page.list.row_count() == 2

    assert page.narrowing is not None
    page.narrowing.set_query(Query(terms=(where("year", "2021"),)))

    assert [page.list.row_at(0).key] == [protest]
    assert page.list.row_count() == 1
    assert page.status_text() == "2 protests · 1 shown"
