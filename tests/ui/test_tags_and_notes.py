"""Tags and notes at the head of a record: put on and taken off by keyboard, written, pinned, edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Person
from casetracker.store import notes, tags
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.desk import PAGE_OF
from casetracker.ui.editing.tags_and_notes import NoteCard, NotesDialog, RecordStrip
from casetracker.ui.pages.page import ListPage
from casetracker.ui.widgets.tag_strip import TagChip
from tests.conftest import Office_
from tests.ui.keys import type_into
from tests.ui.story import CaseWorker

Key = Qt.Key
Shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def cases(office: Office_) -> tuple[str, str]:
    return office.case("Бақытжан Нұрланұлы"), office.case("Гүлнар Әбдіқызы")


@pytest.fixture
def worker(qtbot: QtBot, store: Store, cases: tuple[str, str]) -> CaseWorker:
    made = CaseWorker(qtbot, store)
    made.window.go("cases", cases[0])
    return made


def strip(worker: CaseWorker, page: str = "cases") -> RecordStrip:
    shown = worker.window.page(page)
    assert isinstance(shown, ListPage)
    assert shown.strip is not None
    return shown.strip


def names(store: Store, record_id: str) -> list[str]:
    return [tag.name for tag in tags.tags_of(store, record_id)]


def test_a_tag_is_typed_and_another_picked(
    worker: CaseWorker, store: Store, cases: tuple[str, str], qtbot: QtBot
) -> None:
    tags.put_on(store, (Case, cases[1]), "for the press")
    line = strip(worker)
    worker.window.page("cases").setFocus()
    worker.keys(worker.window, Key.Key_T)
    type_into(line.field, "келесі кездесу")
    qtbot.keyClick(line.field, Key.Key_Return)
    qtbot.waitUntil(lambda: line.tags() == ["келесі кездесу"])
    type_into(line.field, "pre")  # the field stays open for the next one
    qtbot.keyClick(line.field, Key.Key_Down)
    qtbot.keyClick(line.field, Key.Key_Return)
    qtbot.waitUntil(lambda: line.tags() == ["for the press", "келесі кездесу"])
    qtbot.keyClick(line.field, Key.Key_Escape)
    assert not line.field.isVisible()
    assert names(store, cases[0]) == line.tags()
    assert len(tags.every_tag(store)) == 2


def test_a_tag_is_taken_off_and_undo_brings_it_back(
    worker: CaseWorker, store: Store, cases: tuple[str, str], qtbot: QtBot
) -> None:
    for name in ("press", "urgent"):
        tags.put_on(store, (Case, cases[0]), name)
    line = strip(worker)
    qtbot.waitUntil(lambda: line.tags() == ["press", "urgent"])
    first = next(chip for chip in line.findChildren(TagChip) if chip.isVisible())
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Delete)
    qtbot.waitUntil(lambda: line.tags() == ["urgent"])
    assert isinstance(worker.window.focusWidget(), TagChip)  # the next one, so that Delete goes on
    worker.keys(worker.window, Key.Key_Z)
    qtbot.waitUntil(lambda: line.tags() == ["press", "urgent"])


def test_another_record_shows_its_own_tags(
    worker: CaseWorker, store: Store, cases: tuple[str, str], qtbot: QtBot
) -> None:
    tags.put_on(store, (Case, cases[0]), "urgent")
    notes.write_note(store, (Case, cases[0]), "ring on Friday")
    line = strip(worker)
    qtbot.waitUntil(lambda: line.tags() == ["urgent"])
    assert line.notes_button.text() == "1 note"
    worker.window.go("cases", cases[1])
    assert line.tags() == []
    assert line.notes_button.text() == "Add a note"


@pytest.mark.parametrize("key", sorted(set(PAGE_OF.values())))
def test_the_head_of_every_record_has_a_place_for_them(worker: CaseWorker, key: str) -> None:
    page = worker.window.page(key)
    if isinstance(page, ListPage):
        page.record()
        assert page.strip is not None


@pytest.mark.parametrize("page", ["people", "families", "cases"])
def test_every_kind_of_record_has_them(worker: CaseWorker, store: Store, page: str, qtbot: QtBot) -> None:
    worker.window.go(page)
    line = strip(worker, page)
    line.added.emit("urgent")
    qtbot.waitUntil(lambda: line.tags() == ["urgent"])
    assert line.about is not None
    assert names(store, line.about[1]) == ["urgent"]


def test_notes_are_written_pinned_edited_and_deleted(
    worker: CaseWorker, store: Store, cases: tuple[str, str], qtbot: QtBot
) -> None:
    worker.window.page("cases").setFocus()
    worker.keys(worker.window, Key.Key_T, Shift)
    [dialog] = worker.window.findChildren(NotesDialog)
    worker.press(dialog, "notes.add")  # nothing was typed yet
    assert notes.count_notes(store, cases[0]) == 0
    for text in ("the aunt rings on Fridays", "ask for the judgment"):
        type_into(dialog.field, text)
        worker.keys(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(dialog) == ["ask for the judgment", "the aunt rings on Fridays"])
    first = notes.notes_of(store, cases[0])[1].id
    worker.press(dialog, f"note.pin.{first}")
    qtbot.waitUntil(lambda: shown(dialog)[0] == "the aunt rings on Fridays")
    worker.press(dialog, f"note.edit.{first}")
    assert dialog.field.toPlainText() == "the aunt rings on Fridays"
    type_into(dialog.field, "Now ")
    worker.press(dialog, "notes.add")
    qtbot.waitUntil(lambda: shown(dialog)[0] == "Now the aunt rings on Fridays")
    worker.press(dialog, f"note.delete.{first}")
    qtbot.waitUntil(lambda: shown(dialog) == ["ask for the judgment"])
    dialog.reject()
    assert strip(worker).notes_button.text() == "1 note"


def test_what_was_typed_is_not_lost_without_a_question(
    worker: CaseWorker, store: Store, cases: tuple[str, str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked = []
    monkeypatch.setattr(messages, "ask", lambda *_: asked.append("asked") or "stay")
    notes.write_note(store, (Case, cases[0]), "ring on Friday")
    dialog = strip(worker).open_notes()
    assert dialog is not None
    dialog.edit(notes.notes_of(store, cases[0])[0].id)
    type_into(dialog.field, "Do ")
    dialog.reject()
    assert asked
    assert dialog.isVisible()
    dialog.field.setPlainText("ring on Friday")
    with qtbot.waitSignal(worker.window.lock_requested):
        worker.keys(dialog, Key.Key_L)
    assert len(asked) == 1


def shown(dialog: NotesDialog) -> list[str]:
    return [card.accessibleName() for card in dialog.findChildren(NoteCard) if card.isVisible()]


def test_nothing_can_be_changed_where_one_only_reads(qtbot: QtBot, store: Store, office: Office_) -> None:
    person = office.person("Бақытжан")
    tags.put_on(store, (Person, person), "urgent")
    store.read_only = "Another program has this casebook open."
    worker = CaseWorker(qtbot, store)
    worker.window.go("people", person)
    line = strip(worker, "people")
    assert line.tags() == ["urgent"]
    assert not line.add_button.isVisible()
    dialog = line.open_notes()
    assert dialog is not None
    assert not [b for b in dialog.findChildren(QPushButton) if b.isVisible()]
    dialog.reject()
