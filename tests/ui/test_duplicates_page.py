"""Working through suspected pairs by keyboard; the warning while a person is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import Case, NotSame, Person
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import Stage
from casetracker.store import comparing, merging
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.likely import ComparePeople, LikelyPeople
from casetracker.ui.editing.names_grid import NamesGrid
from casetracker.ui.pages.case.edit import new_case
from casetracker.ui.pages.duplicates.page import DuplicatesPage
from casetracker.ui.pages.person.edit import new_person
from casetracker.ui.widgets.grid_rows import GridRow
from tests.conftest import Office_

BORN = KnownDate.from_edtf("1971-03-05")


@pytest.fixture
def twice(office: Office_) -> tuple[str, str]:
    """One person in two scripts."""
    return (
        office.person("Нұрлан Еркінбек", birth=BORN, ethnicity="Kazakh"),
        office.person("努尔兰·叶尔肯别克", birth=BORN, ethnicity="Kazak", occupation="Herder"),
    )


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, twice: tuple[str, str]) -> DuplicatesPage:
    made = DuplicatesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.on_change)
    made.resize(1200, 900)
    made.show()
    made.show_record("")
    made.refresh()
    qtbot.waitUntil(lambda: made.list.row_count() == 1)
    return made


def people(store: Store) -> set[str]:
    with store.reader() as reader:
        return {person.id for person in reader.all(Person)}


def press(page: DuplicatesPage, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert found is not None
    found.click()


def test_a_pair_in_two_scripts_is_shown_with_reasons(page: DuplicatesPage) -> None:
    row = page.list.row_at(0)

    assert "Нұрлан Еркінбек" in row.title
    assert "努尔兰·叶尔肯别克" in row.title
    lines = {row.key: row for row in page.pair.table.rows()}
    assert lines["ethnicity"].cell(3).text == "differs"
    assert lines["birth"].cell(3).text == "same"


def test_merging_keeps_the_chosen_value_and_empties_the_list(
    qtbot: QtBot, page: DuplicatesPage, store: Store, twice: tuple[str, str]
) -> None:
    keep, gone = page.pair.ids()
    assert keep == twice[1]  # the record with more in it
    page.pair.table.toggle("ethnicity")
    assert page.pair.table.taken() == {"ethnicity"}

    press(page, "pair.merge")

    qtbot.waitUntil(lambda: page.list.row_count() == 0)
    kept = store.draft(Person, keep)
    assert kept.values["ethnicity"] == "Kazakh"
    assert len(kept.children["names"]) == 2
    assert gone not in people(store)
    page.show_view("merged")
    assert page.list.row_count() == 1


def test_sides_are_swapped(page: DuplicatesPage) -> None:
    before = page.pair.ids()

    press(page, "pair.swap")

    assert page.pair.ids() == before[::-1]


def test_not_the_same_is_remembered_and_can_be_taken_back(
    qtbot: QtBot, page: DuplicatesPage, store: Store
) -> None:
    press(page, "pair.different")
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    assert dialog.save()

    qtbot.waitUntil(lambda: page.list.row_count() == 0)
    page.compare()
    assert page._job is not None
    qtbot.waitUntil(lambda: not page._job or not page._job.is_running())
    assert page.list.row_count() == 0
    page.show_view("different")
    assert page.list.row_count() == 1
    page.decided.take_back()
    with store.reader() as reader:
        assert list(reader.all(NotSame)) == []


def test_what_was_merged_is_taken_apart(
    qtbot: QtBot, page: DuplicatesPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    merging.merge(store, Person, *page.pair.ids())
    page.show_view("merged")
    monkeypatch.setattr(
        "casetracker.ui.messages.ask", lambda *_: "apart"
    )  # the question has a test of its own

    page.decided.take_back()

    assert len(people(store)) == 2
    assert comparing.merges(store) == []


def typed(qtbot: QtBot, dialog: EditDialog, name: str) -> LikelyPeople:
    """Type a name and wait until it was compared."""
    strip = dialog.findChild(LikelyPeople)
    grid = dialog.findChild(NamesGrid)
    assert strip is not None
    assert grid is not None
    with qtbot.waitSignal(strip.checked):
        grid.grid.set_rows([GridRow("", {"full": name, "primary": True})])
        grid.edited.emit()
    return strip


def test_a_likely_duplicate_is_shown_while_one_types(
    qtbot: QtBot, desk: Desk, page: DuplicatesPage, twice: tuple[str, str]
) -> None:
    dialog = new_person(page, desk)
    strip = typed(qtbot, dialog, "Nurlan Yerkinbek")

    assert {pair.second for pair in strip.found()} == set(twice)
    compare = strip.compare()
    assert isinstance(compare, ComparePeople)
    compare.reject()
    typed(qtbot, dialog, "Дәулет Мұрат")
    assert strip.found() == []
    dialog.dirty = False
    dialog.reject()


def test_it_is_this_person_goes_on_with_the_known_one_and_keeps_what_was_typed(
    qtbot: QtBot, desk: Desk, page: DuplicatesPage, store: Store
) -> None:
    dialog = new_person(page, desk)
    strip = typed(qtbot, dialog, "Nurlan Yerkinbek")
    compare = strip.compare()
    assert compare is not None
    known = strip.found()[0].second
    count = len(people(store))

    compare.findChild(QPushButton, "compare.same").click()  # type: ignore[union-attr]

    opened = [d for d in page.window().findChildren(EditDialog) if d.isVisible()]
    assert [d.draft.id for d in opened] == [known]
    assert opened[0].save()
    names = [n.values["full"] for n in store.draft(Person, known).children["names"]]
    assert "Nurlan Yerkinbek" in names
    assert len(people(store)) == count


def test_somebody_else_is_remembered_when_the_person_is_saved(
    qtbot: QtBot, desk: Desk, page: DuplicatesPage, store: Store, twice: tuple[str, str]
) -> None:
    dialog = new_person(page, desk)
    strip = typed(qtbot, dialog, "Nurlan Yerkinbek")
    compare = strip.compare()
    assert compare is not None
    button = compare.findChild(QPushButton, "compare.different")
    assert button is not None
    button.click()
    button.click()
    assert strip.found() == []

    assert dialog.save()

    with store.reader() as reader:
        judged = {frozenset((r.value("first_id"), r.value("second_id"))) for r in reader.all(NotSame)}
    assert judged == {frozenset((dialog.draft.id, each)) for each in twice}


def test_a_new_case_of_a_known_person_goes_on_with_that_person(
    qtbot: QtBot, desk: Desk, page: DuplicatesPage, store: Store
) -> None:
    dialog = new_case(page, desk)
    strip = typed(qtbot, dialog, "Nurlan Yerkinbek")
    compare = strip.compare()
    assert compare is not None
    known = strip.found()[0].second

    compare.findChild(QPushButton, "compare.same").click()  # type: ignore[union-attr]

    (opened,) = [d for d in page.window().findChildren(EditDialog) if d.isVisible()]
    assert opened.save()
    assert store.draft(Case, opened.draft.id).values["person_id"] == known


def test_enter_in_the_list_needs_no_mouse(qtbot: QtBot, page: DuplicatesPage) -> None:
    qtbot.keyClick(page.pair.table, Qt.Key.Key_Space)  # no line chosen yet: nothing happens
    number = [row.key for row in page.pair.table.rows()].index("ethnicity")
    page.pair.table.setCurrentIndex(page.pair.table.model().index(number, 0))

    qtbot.keyClick(page.pair.table, Qt.Key.Key_Space)

    assert page.pair.table.taken() == {"ethnicity"}


def test_two_cases_of_one_person_become_one_and_both_numbers_stay(
    qtbot: QtBot, page: DuplicatesPage, store: Store, office: Office_
) -> None:
    first = office.case("Дәулет Мұрат", custody=())
    second = store.draft(Case)
    second.values |= {"person_id": store.draft(Case, first).values["person_id"], "stage": Stage.ACTIVE}
    other = store.save(second)
    page.show_view("cases")
    assert page.list.row_count() == 1
    assert page.list.row_at(0).title == "Дәулет Мұрат"
    kept, gone = page.pair.ids()

    press(page, "pair.merge")

    qtbot.waitUntil(lambda: page.list.row_count() == 0)
    assert {kept, gone} == {first, other}
    assert store.draft(Case, gone).values["stage"] is Stage.DUPLICATE
    page.show_view("merged")
    assert page.list.row_count() == 1
