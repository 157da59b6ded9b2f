"""Spellings in the other scripts: suggested in the grid of names, ticked, and saved like any line or not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Person
from casetracker.model.people.person import Language, NameKind, Script
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.names_grid import NamesGrid, Typed, new_spellings
from casetracker.ui.editing.spellings_dialog import SpellingsDialog
from casetracker.ui.pages.case.edit import edit_case
from casetracker.ui.pages.person.edit import edit_person, new_person
from tests.conftest import Office_
from tests.ui.keys import Typist

NAME = "Күнболат Байсанұлы"
PASSPORT, LATIN, RUSSIAN, ARABIC = (
    "Kunbolat Baisanuly",
    "Künbolat Baisanūly",
    "Кунболат Байсанулы",
    "كۇنبولات بايسانۇلى",
)
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def names_of(dialog: EditDialog) -> NamesGrid:
    [grid] = dialog.findChildren(NamesGrid)
    return grid


def asked(qtbot: QtBot, dialog: EditDialog) -> SpellingsDialog:
    """Press the button below the grid with the keyboard; return the list that opens."""
    button = dialog.findChild(QPushButton, "names.suggest")
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    [spellings] = [each for each in dialog.findChildren(SpellingsDialog) if each.isVisible()]
    return spellings


def boxes(spellings: SpellingsDialog) -> dict[str, QCheckBox]:
    return {box.text(): box for box in spellings.findChildren(QCheckBox)}


def told(dialog: EditDialog) -> QMessageBox:
    [box] = [each for each in dialog.findChildren(QMessageBox) if each.isVisible()]
    return box


def fulls(dialog: EditDialog) -> list[str]:
    return [name.full for name in names_of(dialog).typed()]


def give_up(dialog: EditDialog) -> None:
    dialog.dirty = False
    dialog.reject()


def saved_names(store: Store, person_id: str) -> list[Draft]:
    return store.draft(Person, person_id).children["names"]


def test_by_keyboard_from_a_name_to_saved_lines(
    qtbot: QtBot, store: Store, desk: Desk, window: QWidget
) -> None:
    dialog = new_person(window, desk)
    grid = names_of(dialog).grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    typist = Typist(qtbot, grid)
    typist.press(Key.Key_F2)
    typist.text(NAME)  # the cell is still open when the button is pressed

    spellings = asked(qtbot, dialog)
    assert list(boxes(spellings)) == [PASSPORT, LATIN, RUSSIAN, ARABIC]
    first = spellings.focusWidget()
    assert first is boxes(spellings)[PASSPORT]
    qtbot.keyClick(first, Key.Key_Space)
    qtbot.keyClick(first, Key.Key_Tab)
    qtbot.keyClick(spellings.focusWidget(), Key.Key_Tab)
    qtbot.keyClick(spellings.focusWidget(), Key.Key_Space)
    qtbot.keyClick(spellings.focusWidget(), Key.Key_Return)

    assert fulls(dialog) == [NAME, PASSPORT, RUSSIAN]
    with qtbot.waitSignal(dialog.saved) as saved:
        assert dialog.save()
    own, romanised, russian = (name.values for name in saved_names(store, saved.args[0]))
    assert own["source"] is None
    assert romanised["kind"] is NameKind.ROMANISED
    assert (romanised["language"], romanised["script"]) == (Language.EN, Script.LATN)
    assert romanised["source"] == "In no paper. Suggested: Kazakh passport letters"
    assert romanised["primary"] is None
    assert russian["kind"] is NameKind.USUAL
    assert (russian["language"], russian["script"]) == (Language.RU, Script.CYRL)


def test_nothing_is_ticked_beforehand_and_each_says_how_it_was_made(
    qtbot: QtBot, office: Office_, desk: Desk, window: QWidget
) -> None:
    dialog = edit_person(window, desk, office.person(NAME))
    spellings = asked(qtbot, dialog)
    add = spellings.findChild(QPushButton, "spellings.add")

    assert spellings.ticked() == []
    assert add is not None
    assert not add.isEnabled()
    assert boxes(spellings)[ARABIC].accessibleName() == (
        f"{ARABIC}. Kazakh, Arabic script. Suggested: Kazakh in Arabic letters"
    )
    qtbot.keyClick(spellings, Key.Key_Return)  # with nothing ticked there is nothing to add
    assert spellings.isVisible()
    qtbot.keyClick(spellings, Key.Key_Escape)
    assert fulls(dialog) == [NAME]
    assert not dialog.dirty
    give_up(dialog)


def test_added_lines_are_unsaved_and_delete_takes_them_out(
    qtbot: QtBot, store: Store, office: Office_, desk: Desk, window: QWidget
) -> None:
    person_id = office.person(NAME)
    dialog = edit_person(window, desk, person_id)
    spellings = asked(qtbot, dialog)
    for box in boxes(spellings).values():
        box.setChecked(True)
    spellings.accept()

    assert fulls(dialog) == [NAME, PASSPORT, LATIN, RUSSIAN, ARABIC]
    assert dialog.dirty
    assert [name.values["full"] for name in saved_names(store, person_id)] == [NAME]
    qtbot.keyClick(names_of(dialog).grid, Key.Key_Delete)
    assert fulls(dialog) == [NAME]
    give_up(dialog)


def test_the_relative_of_a_case_gets_them_too_and_undo_takes_them_back(
    qtbot: QtBot, store: Store, office: Office_, desk: Desk, window: QWidget
) -> None:
    case_id = office.case(NAME)
    dialog = edit_case(window, desk, case_id)
    spellings = asked(qtbot, dialog)
    boxes(spellings)[LATIN].setChecked(True)
    spellings.accept()
    assert dialog.save()

    person_id = store.draft(Case, case_id).values["person_id"]
    _, latin = saved_names(store, person_id)
    assert (latin.values["full"], latin.values["language"]) == (LATIN, Language.KK)
    assert latin.values["source"] == "In no paper. Suggested: Kazakh Latin of 2021"
    store.undo()
    assert [name.values["full"] for name in saved_names(store, person_id)] == [NAME]


def test_where_all_is_there_or_nothing_is_typed_it_says_so(
    qtbot: QtBot, office: Office_, desk: Desk, window: QWidget
) -> None:
    everything = edit_person(window, desk, office.person(NAME, PASSPORT, LATIN, RUSSIAN, ARABIC))
    names_of(everything).suggest()
    assert "not here already" in told(everything).text()
    told(everything).close()
    give_up(everything)

    nobody = new_person(window, desk)
    names_of(nobody).suggest()
    assert "Type a name first" in told(nobody).text()
    told(nobody).close()
    give_up(nobody)


def found(*names: Typed) -> dict[str, list[str]]:
    return {origin.full: [each.full for each in origin.spellings] for origin in new_spellings(names)}


def test_what_is_already_there_is_not_suggested_however_it_is_typed() -> None:
    assert found(Typed(NAME), Typed(PASSPORT.upper()), Typed(RUSSIAN)) == {NAME: [LATIN, ARABIC]}


def test_nothing_is_guessed_from_a_spelling_that_a_surer_one_leads_to() -> None:
    """The letters of a passport do not tell ә from а; where the Kazakh spelling stands, it has settled it."""
    passport = Typed("Gulnar", Language.EN)

    assert found(passport)["Gulnar"][0] == "Гүлнар"
    together = found(passport, Typed("Гүлнәр", Language.KK))
    assert list(together) == ["Гүлнәр"]
    assert "Гүлнар" not in together["Гүлнәр"]


def test_chinese_leads_to_pinyin_and_pinyin_to_nothing() -> None:
    assert found(Typed("昆波拉提·拜山", Language.ZH)) == {"昆波拉提·拜山": ["Kunbolati Baishan"]}
    assert found(Typed("Kunbolati Baishan", Language.ZH)) == {}
