"""Lists and rules: terms are added, relabelled, retired and replaced by keyboard; tags too; places found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import Case, terms
from casetracker.store import tags, vocabularies
from casetracker.store.store import Store
from casetracker.ui.pages.lists import ListsPage
from casetracker.ui.pages.lists.places import PlacesTab
from casetracker.ui.pages.lists.replace import ReplaceDialog
from casetracker.ui.pages.lists.saved_grid import SavedGrid
from casetracker.ui.pages.lists.tags import TagsTab
from casetracker.ui.pages.lists.terms import TermsTab
from casetracker.ui.widgets.grid import EditGrid
from tests.conftest import Office_
from tests.ui.keys import Typist, type_into
from tests.ui.story import CaseWorker

Key = Qt.Key
LIST = "detention_reason"


@pytest.fixture
def worker(qtbot: QtBot, store: Store) -> CaseWorker:
    return CaseWorker(qtbot, store)


@pytest.fixture
def page(worker: CaseWorker) -> ListsPage:
    worker.window.go("lists", LIST)
    found = worker.window.page("lists")
    assert isinstance(found, ListsPage)
    return found


def terms_of(page: ListsPage) -> TermsTab:
    tab = page.tabs.page("terms")
    assert isinstance(tab, TermsTab)
    return tab


def codes() -> list[str]:
    return [term.code for term in terms.vocabulary(LIST).terms]


def with_reason(store: Store, office: Office_, code: str) -> str:
    case_id = office.case()
    draft = store.draft(Case, case_id)
    draft.children["episodes"][0].add("reasons", reason=code)
    store.save(draft)
    return case_id


def stand_on(grid: SavedGrid, key: str, column: str) -> None:
    """Put the keyboard on a cell."""
    columns = [each.key for each in grid.model().columns]  # type: ignore[attr-defined]
    row = [each.key for each in grid.rows()].index(key)
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, columns.index(column)))


def cell(grid: EditGrid, key: str, column: str) -> object:
    return next(row.values.get(column) for row in grid.rows() if row.key == key)


def test_a_term_is_added_in_three_languages_by_keyboard(
    worker: CaseWorker, page: ListsPage, store: Store, qtbot: QtBot
) -> None:
    grid = terms_of(page).pane.grid
    before = len(codes())
    worker.press(page, "terms.add")
    typist = Typist(qtbot, grid)
    for text in ("Sang a song", "Пел песню", "Ән айтқан"):
        typist.text(text)
        typist.press(Key.Key_Tab)
    qtbot.waitUntil(lambda: cell(grid, "sang_a_song", "code") == "sang_a_song")
    assert len(codes()) == before + 1
    added = terms.find(LIST, "sang_a_song")
    assert added is not None
    assert added.labels == {"en": "Sang a song", "ru": "Пел песню", "kk": "Ән айтқан"}
    for _ in range(3):
        store.undo()
    qtbot.waitUntil(lambda: [row.key for row in grid.rows()] == codes())
    assert len(codes()) == before


def test_a_label_is_changed_and_emptied_again(page: ListsPage, store: Store, qtbot: QtBot) -> None:
    grid, code = terms_of(page).pane.grid, codes()[0]
    shipped = terms.label(LIST, code, "kk")
    stand_on(grid, code, "kk")
    Typist(qtbot, grid).press(Key.Key_F2)
    editor = grid.indexWidget(grid.currentIndex())
    editor.selectAll()  # type: ignore[attr-defined]
    type_into(editor, "Төлқұжат сұраған")
    Typist(qtbot, grid).press(Key.Key_Return)
    assert terms.label(LIST, code, "kk") == "Төлқұжат сұраған"
    stand_on(grid, code, "kk")
    qtbot.keyClick(grid, Key.Key_Backspace)
    assert terms.label(LIST, code, "kk") == shipped
    qtbot.waitUntil(lambda: cell(grid, code, "kk") == shipped)


def test_a_label_that_is_taken_is_refused_and_marked(page: ListsPage, qtbot: QtBot) -> None:
    grid, first, second = terms_of(page).pane.grid, *codes()[:2]
    grid.set_value(1, "en", terms.label(LIST, first, "en"))
    assert "on this list already" in terms_of(page).pane.problem.text()
    assert terms_of(page).pane.problem.isVisible()
    assert terms.label(LIST, second, "en") != terms.label(LIST, first, "en")
    grid.set_value(1, "en", "Another")
    assert not terms_of(page).pane.problem.isVisible()


def test_a_term_in_use_is_not_deleted_but_retired(
    worker: CaseWorker, page: ListsPage, store: Store, office: Office_, qtbot: QtBot
) -> None:
    code = vocabularies.add(store, LIST, {"en": "Sang a song"})
    with_reason(store, office, code)
    pane = terms_of(page).pane
    qtbot.waitUntil(
        lambda: [r.key for r in pane.grid.rows()][-1] == code and cell(pane.grid, code, "used") == "1"
    )
    stand_on(pane.grid, code, "en")
    assert "“Sang a song” is used in" in pane.where.text()
    qtbot.keyClick(pane.grid, Key.Key_Delete)
    assert "in use" in pane.problem.text()
    assert code in codes()
    worker.press(page, "terms.retire")
    qtbot.waitUntil(lambda: cell(pane.grid, code, "active") is False)
    assert pane.retire_button.text() == "Offer again"
    assert not terms.find(LIST, code).active  # type: ignore[union-attr]


def test_a_term_is_replaced_by_another_by_keyboard(
    worker: CaseWorker, page: ListsPage, store: Store, office: Office_, qtbot: QtBot
) -> None:
    code, by = vocabularies.add(store, LIST, {"en": "Sang a song"}), codes()[0]
    case_id = with_reason(store, office, code)
    grid = terms_of(page).pane.grid
    qtbot.waitUntil(lambda: code in [row.key for row in grid.rows()])
    stand_on(grid, code, "en")
    worker.keys(worker.window, Key.Key_R)
    [dialog] = worker.window.findChildren(ReplaceDialog)
    qtbot.keyClick(dialog.field, Key.Key_Return)  # nothing was picked
    assert dialog.isVisible()
    type_into(dialog.field, terms.label(LIST, by, "en"))
    qtbot.keyClick(dialog.field, Key.Key_Return)
    qtbot.keyClick(dialog.field, Key.Key_Return)
    reasons = store.draft(Case, case_id).children["episodes"][0].children["reasons"]
    assert [reason.values["reason"] for reason in reasons] == [by]
    assert code not in codes()


def test_a_closed_list_can_only_be_relabelled(worker: CaseWorker, page: ListsPage) -> None:
    page.show_record("CustodyKind")
    pane = terms_of(page).pane
    assert pane.grid.model().rowCount() == len(pane.grid.rows())  # no blank line
    for name in ("terms.add", "terms.retire", "terms.replace"):
        assert not worker.find(page, QPushButton, name).isEnabled()
    pane.grid.set_value(0, "en", "Passport confiscated")
    assert terms.label("CustodyKind", "PASSPORT_TAKEN", "en") == "Passport confiscated"
    pane.grid.set_value(0, "active", False)
    assert "rules of the program" in pane.problem.text()


def test_lists_are_found_by_their_terms(page: ListsPage) -> None:
    tab = terms_of(page)
    every = tab.list.row_count()
    tab.search.setText("үйқамақ")
    found = {tab.list.row_at(n).key for n in range(tab.list.row_count())}
    assert {"CustodyKind", "CustodyStatus"} <= found
    assert len(found) < every
    assert tab.pane.key in found
    tab.search.setText("no such term anywhere")
    assert tab.list.row_count() == 0


def test_tags_are_made_renamed_and_deleted(
    page: ListsPage, store: Store, office: Office_, qtbot: QtBot
) -> None:
    case_id = office.case()
    urgent = tags.put_on(store, (Case, case_id), "urgent")
    page.show_record("tags")
    tab = page.tabs.page("tags")
    assert isinstance(tab, TagsTab)
    grid = tab.grid
    assert cell(grid, urgent, "used") == "1"
    grid.set_value(0, "name", "at once")
    grid.set_value(1, "name", "press")
    assert [tag.name for tag in tags.every_tag(store)] == ["at once", "press"]
    grid.set_value(1, "name", "At once")
    assert "already" in tab.problem.text()
    tab.refresh()
    stand_on(grid, urgent, "name")
    qtbot.keyClick(grid, Key.Key_Delete)
    assert tags.tags_of(store, case_id) == []
    store.undo()
    assert [tag.name for tag in tags.tags_of(store, case_id)] == ["at once"]


def test_places_are_found_in_any_language_also_abolished_ones(page: ListsPage) -> None:
    page.show_record("places")
    tab = page.tabs.page("places")
    assert isinstance(tab, PlacesTab)
    every = len(tab.grid.rows())
    tab.search.setText("үрімжі")
    assert "650100" in [row.values["code"] for row in tab.grid.rows()]
    tab.search.setText("650107")
    assert any("abolished" in str(row.values["valid"]) for row in tab.grid.rows())
    assert len(tab.grid.rows()) < every
    assert tab.grid.model().flags(tab.grid.model().index(0, 0)) & Qt.ItemFlag.ItemIsEditable == Qt.ItemFlag(0)
