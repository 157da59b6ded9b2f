"""The history of a field where it is written: who, when, what stood there, and the way back into the form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Episode, Person
from casetracker.model.dates import KnownDate
from casetracker.store.audit import restoring
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.history.field import FieldHistory
from casetracker.ui.widgets.facts import Facts
from tests.conftest import Office_
from tests.ui.conftest import show

SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def set_(store: Store, entity: type, record_id: str, **values: Any) -> None:
    draft = store.draft(entity, record_id)
    draft.values |= values
    store.save(draft)


def dialog_of(store: Store, qtbot: QtBot, record_id: str, *names: str) -> tuple[EditDialog, Form]:
    draft = store.draft(Person, record_id)
    dialog = EditDialog(None, store, draft, "A person")
    qtbot.addWidget(dialog)
    form = Form(store, draft, names)
    dialog.add_section("Facts", ("", form))
    dialog.finish()
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    return dialog, form


def history_in(window: QWidget, qtbot: QtBot, lines: int) -> FieldHistory:
    qtbot.waitUntil(lambda: bool(window.findChildren(FieldHistory)))
    found = window.findChildren(FieldHistory)[-1]
    qtbot.waitUntil(lambda: len(found.view.lines) == lines, timeout=20_000)
    return found


def right_click(part: QWidget, qtbot: QtBot) -> QMenu:
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse,
        QPoint(3, 3),
        part.mapToGlobal(QPoint(3, 3)),
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(part, event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_right_click_on_a_field_shows_its_history_and_puts_a_value_back(
    store: Store, office: Office_, qtbot: QtBot
) -> None:
    person = office.person("Ерлан")
    for text in ("driver", "teacher", "retired"):
        set_(store, Person, person, occupation=text)
    before = store.can_undo()
    dialog, form = dialog_of(store, qtbot, person, "occupation", "notes")

    menu = right_click(form.editor("occupation"), qtbot)
    names = [action.objectName() for action in menu.actions()]
    assert "edit-paste" in names  # what Qt offers is still there
    menu.close()
    next(action for action in menu.actions() if action.objectName() == "field.history").trigger()
    history = history_in(dialog, qtbot, 3)
    text = history.view.toPlainText()
    assert "driver → teacher" in text
    assert "A. Serik" in text
    assert "Restore “driver”" in text
    history.view.anchorClicked.emit(QUrl(f"restore:{history.view.lines[1].seq}"))

    assert form.value("occupation") == "driver"
    assert dialog.dirty
    assert store.can_undo() == before  # nothing is written before the form is saved
    assert dialog.save()
    assert store.draft(Person, person).values["occupation"] == "driver"


def test_the_keys_open_it_and_a_long_text_has_its_own_menu_too(
    store: Store, office: Office_, qtbot: QtBot
) -> None:
    person = office.person("Ерлан")
    set_(store, Person, person, notes="a long note")
    dialog, form = dialog_of(store, qtbot, person, "occupation", "notes")
    notes = form.editor("notes")
    assert isinstance(notes, QPlainTextEdit)
    menu = right_click(notes.viewport(), qtbot)
    assert [a for a in menu.actions() if a.objectName() == "field.history"]
    menu.close()

    notes.setFocus()
    qtbot.keyClick(
        notes, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )

    history = history_in(dialog, qtbot, 1)
    assert "a long note" in history.view.toPlainText()
    assert "Empty it again" in history.view.toPlainText()


def test_dates_as_known_and_references_come_back_as_the_form_holds_them(
    store: Store, office: Office_, qtbot: QtBot
) -> None:
    case = office.case("Ерлан")
    person = store.draft(Case, case).values["person_id"]
    first = KnownDate.from_edtf("1975~")
    set_(store, Person, person, birth=first)
    set_(store, Person, person, birth=KnownDate.from_edtf("1976-03-02"))
    dialog, form = dialog_of(store, qtbot, person, "birth")

    opened = form.histories.open(form._asked("birth"))
    assert isinstance(opened, FieldHistory)
    history = history_in(dialog, qtbot, 2)
    history.restore(history.view.lines[0].seq)

    assert form.value("birth") == first
    seq = history.view.lines[-1].seq
    assert restoring.value_before(store, Person, person, "birth", seq) is None
    assert isinstance(restoring.value_before(store, Case, case, "person_id", 10**6), str)


def test_a_cell_of_a_grid_has_its_history(store: Store, office: Office_, qtbot: QtBot) -> None:
    person = office.person("Ерлан")
    draft = store.draft(Person, person)
    draft.children["names"][0].values["full"] = "Ерлан Серікұлы"
    store.save(draft)
    draft = store.draft(Person, person)
    grid = ChildGrid(store, draft, "names", ("full",))
    qtbot.addWidget(grid)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.grid.setCurrentIndex(grid.grid.model().index(0, 0))
    menu = QMenu(grid)
    grid.grid.more_actions(menu)
    assert [action.objectName() for action in menu.actions()] == ["field.history"]

    grid._histories.open(grid._asked())
    history = history_in(grid.window(), qtbot, 2)
    assert "Ерлан → Ерлан Серікұлы" in history.view.toPlainText()
    history.restore(history.view.lines[0].seq)

    assert grid.grid.value(0, "full") == "Ерлан"
    grid.grid.setCurrentIndex(grid.grid.model().index(1, 0))
    assert grid._asked() is None  # a line that was never written


def test_a_new_record_has_none(store: Store, qtbot: QtBot) -> None:
    form = Form(store, store.draft(Person), ("occupation",))
    qtbot.addWidget(form)
    assert form.histories.open(form._asked("occupation")) is None


def test_on_a_page_the_fact_with_the_keyboard_shows_its_history_and_is_restored(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    case = office.case("Ерлан")
    episode = store.draft(Case, case).children["episodes"][0].id
    set_(store, Episode, episode, official_reason="“for praying”")
    set_(store, Episode, episode, official_reason="“for travelling”")
    page = show(CasePage(desk), desk, qtbot, (1200, 800))
    page.show_record(case)
    facts = page.findChild(Facts, "situation")
    assert facts is not None
    qtbot.waitUntil(lambda: facts.isVisible() and page.isActiveWindow())
    QApplication.processEvents()  # the page hears of what was written, and shows itself anew
    value = next(value for fact, value in facts._shown if fact.label == "Official reason")
    value.setFocus()
    qtbot.keyClick(
        value, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )

    history = history_in(page.window(), qtbot, 2)
    history.view.anchorClicked.emit(QUrl(f"restore:{history.view.lines[0].seq}"))

    qtbot.waitUntil(
        lambda: store.draft(Episode, episode).values["official_reason"] == "“for praying”", timeout=20_000
    )
    desk.undo()
    assert store.draft(Episode, episode).values["official_reason"] == "“for travelling”"
    history.accept()


def test_a_line_of_a_table_offers_the_fields_that_were_written(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    case = office.case("Ерлан")
    episode = store.draft(Case, case).children["episodes"][0].id
    page = show(CasePage(desk), desk, qtbot, (1200, 800))
    page.show_record(case)
    assert page.citing is not None
    record = next(r for r in page.citing.records() if r.id == episode)
    before = {action.text() for action in page.citing._add_histories(QMenu(page), record).actions()}
    set_(store, Episode, episode, official_reason="“for praying”")

    menu = page.citing._add_histories(QMenu(page), record)

    assert {action.text() for action in menu.actions()} - before == {"Official reason"}
    next(action for action in menu.actions() if action.text() == "Official reason").trigger()
    assert "for praying" in history_in(page.window(), qtbot, 1).view.toPlainText()


def test_events_that_are_no_menu_pass(store: Store, office: Office_, qtbot: QtBot) -> None:
    form = Form(store, store.draft(Person, office.person("Ерлан")), ("occupation",))
    qtbot.addWidget(form)
    assert not form.histories.eventFilter(form, QEvent(QEvent.Type.FocusIn))
