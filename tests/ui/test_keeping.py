"""What is typed survives a crash: kept in the casebook, offered again, gone once it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import IntakeEntry, Meeting, Person
from casetracker.store import history, intake, kept_drafts
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.desk import Desk
from casetracker.ui.editing import keeping
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.names_grid import NamesGrid
from casetracker.ui.pages.intake.page import IntakePage
from casetracker.ui.pages.meeting.page import MeetingPage, MeetingPane
from casetracker.ui.pages.person.edit import edit_person, new_person
from tests.conftest import Office_
from tests.ui.conftest import show


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(keeping, "PAUSE_MS", 10)
    yield
    keeping.settle()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def kept(store: Store) -> int:
    keeping.settle()
    return kept_drafts.waiting(store)


def crash(dialog: QWidget) -> None:
    """End as a killed program ends: nothing is asked, nothing tidied up."""
    keeper = dialog.keeper  # type: ignore[attr-defined]
    keeper.stop()
    dialog.hide()
    dialog.deleteLater()


def occupation(dialog: EditDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit, "occupation")
    assert isinstance(found, QLineEdit)
    return found


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def test_a_dialog_that_was_killed_offers_what_was_typed_in_it(
    qtbot: QtBot, window: QWidget, desk: Desk, store: Store, office: Office_
) -> None:
    person = office.person("Айгүл Серікқызы")
    dialog = edit_person(window, desk, person)
    names, birth = dialog.findChild(NamesGrid), dialog.findChild(DateEditor, "birth")
    names.grid.add_row(names.grid.rows()[0].__class__("", {"full": "Aigul"}))
    occupation(dialog).setText("teacher")
    birth.type_text("about 19")  # half a date
    qtbot.waitUntil(lambda: kept(store) == 1)
    crash(dialog)

    again = edit_person(window, desk, person)
    assert not again.kept.isHidden()
    assert "it was not saved" in again.kept.accessibleName()
    assert not again.dirty
    press(again, "kept.action")
    assert occupation(again).text() == "teacher"
    assert again.findChild(DateEditor, "birth").line.text() == "about 19"
    assert [r.values["full"] for r in again.findChild(NamesGrid).grid.rows()] == ["Айгүл Серікқызы", "Aigul"]
    assert again.dirty
    again.findChild(DateEditor, "birth").type_text("")
    assert again.save()
    assert kept(store) == 0
    draft = store.draft(Person, person)
    assert draft.values["occupation"] == "teacher"
    assert len(draft.children["names"]) == 2


def test_what_is_kept_is_in_no_history_and_undo_knows_nothing_of_it(
    qtbot: QtBot, window: QWidget, desk: Desk, store: Store
) -> None:
    dialog = new_person(window, desk)
    occupation(dialog).setText("teacher")
    qtbot.waitUntil(lambda: kept(store) == 1)
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(history.AuditAction)) == 0
    assert store.can_undo() == ""
    dialog.dirty = False
    dialog.reject()


def test_only_who_typed_it_is_offered_it(
    qtbot: QtBot, window: QWidget, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = new_person(window, desk)
    occupation(dialog).setText("teacher")
    qtbot.waitUntil(lambda: kept(store) == 1)
    crash(dialog)
    monkeypatch.setattr(store, "who", "B. Marat")
    assert new_person(window, desk).kept.isHidden()


@pytest.mark.parametrize("how", ["reject", "save", "empty"])
def test_what_is_saved_or_discarded_is_forgotten(
    qtbot: QtBot, window: QWidget, desk: Desk, office: Office_, how: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    store = desk.store
    monkeypatch.setattr(messages, "ask", lambda *_: "close")
    dialog = edit_person(window, desk, office.person("Айгүл"))
    occupation(dialog).setText("teacher")
    qtbot.waitUntil(lambda: kept(store) == 1)
    if how == "empty":
        occupation(dialog).clear()
        qtbot.waitUntil(lambda: kept(store) == 0)
    else:
        getattr(dialog, how)()
        assert dialog.result() == (QDialog.DialogCode.Accepted if how == "save" else 0)
    assert kept(store) == 0


def test_thrown_away_it_is_not_offered_again_and_a_new_text_does_not_overwrite_it(
    qtbot: QtBot, window: QWidget, desk: Desk, store: Store
) -> None:
    for text in ("first", "second"):
        dialog = new_person(window, desk)
        occupation(dialog).setText(text)
        qtbot.waitUntil(lambda: kept(store) >= 1)
        keeping.flush_all(store)
        crash(dialog)
    assert kept(store) == 2
    for left in (1, 0):
        dialog = new_person(window, desk)
        press(dialog, "kept.away")
        assert kept(store) == left
        assert dialog.kept.isHidden()
        crash(dialog)
    assert new_person(window, desk).kept.isHidden()


def test_a_record_that_was_changed_meanwhile_is_said(
    qtbot: QtBot, window: QWidget, desk: Desk, store: Store, office: Office_
) -> None:
    person = office.person("Айгүл")
    dialog = edit_person(window, desk, person)
    occupation(dialog).setText("teacher")
    qtbot.waitUntil(lambda: kept(store) == 1)
    crash(dialog)
    draft = store.draft(Person, person)
    draft.values["occupation"] = "driver"
    store.save(draft)
    assert "changed since" in edit_person(window, desk, person).kept.accessibleName()


def test_writing_on_the_page_is_kept_too(qtbot: QtBot, desk: Desk, store: Store, office: Office_) -> None:
    meeting = office.meeting(office.case())

    def shown() -> MeetingPane:
        page = show(MeetingPage(desk), desk, qtbot, (1232, 820))
        page.show_record(meeting)
        pane = page.record()
        assert isinstance(pane, MeetingPane)
        return pane

    edit = shown().cases.edit
    grid = edit._parts[0][1].grid  # type: ignore[attr-defined]
    grid.set_value(0, "asked", "say where he is")
    qtbot.waitUntil(lambda: kept(store) == 1)
    edit.keeper.stop()

    again = shown().cases.edit
    assert not again.bar.isHidden()
    assert not again.dirty
    press(again.bar, "presented_edit.kept.action")
    assert again.dirty
    assert again.save()
    assert kept(store) == 0
    assert again.bar.isHidden()
    assert store.draft(Meeting, meeting).children["presented"][0].values["asked"] == "say where he is"


def test_an_intake_is_kept_but_nothing_of_who_refuses(qtbot: QtBot, desk: Desk, store: Store) -> None:
    entry = intake.add_to_queue(store, "Гүлнар")
    page = show(IntakePage(desk), desk, qtbot, (1232, 820))
    page.call(entry)
    assert page.sheet is not None
    agreed, refused = (f"ask.{intake.ASKED_FIRST[0].name}.{name}" for name in ("AGREES", "REFUSES"))
    press_radio(page.sheet, agreed)
    account = page.sheet.findChild(QPlainTextEdit, "account")
    account.setPlainText("taken from home")
    qtbot.waitUntil(lambda: kept(store) == 1)
    crash(page.sheet)
    page.sheet = None
    page._entry = ""

    page.call(entry)
    sheet = page.sheet
    assert sheet is not None
    assert not sheet.kept.isHidden()
    press(sheet, "intake.kept.action")
    assert sheet.findChild(QPlainTextEdit, "account").toPlainText() == "taken from home"
    press_radio(sheet, refused)
    qtbot.waitUntil(lambda: kept(store) == 0)
    page.close_without()
    assert store.draft(IntakeEntry, entry).id == entry
    assert kept(store) == 0


def press_radio(parent: QWidget, name: str) -> None:
    found = parent.findChild(QWidget, name)
    assert found is not None
    found.click()  # type: ignore[attr-defined]


def test_closing_the_desk_keeps_at_once_what_was_just_typed(
    window: QWidget, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSE_MS", 600_000)
    dialog = new_person(window, desk)
    occupation(dialog).setText("teacher")
    desk.close()
    assert kept(store) == 1


def test_after_thirty_days_it_goes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (29, 31):
        at = dt.datetime.now(dt.UTC).replace(tzinfo=None) - dt.timedelta(days=days)
        with monkeypatch.context() as clock:
            clock.setattr(kept_drafts, "_now", lambda at=at: at)
            kept_drafts.keep(store, kept_drafts.new_key(), "somewhere", {})
    assert kept_drafts.sweep(store) == 1
    assert kept(store) == 1


def test_where_nothing_can_be_saved_nothing_is_kept_and_nothing_breaks(
    window: QWidget, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "read_only", "for reading only")
    dialog = new_person(window, desk)
    occupation(dialog).setText("teacher")
    keeping.flush_all(store)
    assert kept(store) == 0
    dialog.dirty = False
    dialog.reject()
