"""Making a casebook, a step at a time, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casetracker.store.place import place_warning
from casetracker.store.recovery import is_code
from casetracker.ui.new_casebook import NewCasebookDialog
from casetracker.ui.new_casebook_steps import strength
from casetracker.ui.style import Tone
from tests.store.sample import CHEAP, LOOSE
from tests.ui.opening import PASSPHRASE, as_far_as_recovery, open_cheaply, press, type_and_enter


def new_dialog(
    qtbot: QtBot, folder: Path, warn_of: Callable[[Path], str] = lambda folder: ""
) -> NewCasebookDialog:
    dialog = NewCasebookDialog(folder=folder, kdf=CHEAP, bounds=LOOSE, warn_of=warn_of)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_casebook_is_made_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = new_dialog(qtbot, tmp_path)
    as_far_as_recovery(dialog)
    assert list(tmp_path.iterdir()) == []  # nothing is on the disk before the last step
    qtbot.keyClick(dialog.recovery.wanted, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.step() is dialog.sheet)
    code = dialog.sheet.shown()
    assert is_code(code)
    assert not dialog.go_on.isEnabled()

    qtbot.keyClick(dialog.sheet.kept, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.made) as made:
        qtbot.keyClick(dialog.sheet.kept, Qt.Key.Key_Return)

    casebook, store = made.args[0]
    assert (casebook.folder, store.who) == (tmp_path / "Алматы.casebook", "Dana")
    casebook.close()
    for secret in (PASSPHRASE, code):
        open_cheaply(casebook.folder, secret)[0].close()
    assert dialog.sheet.shown() == ""
    assert dialog.passphrase.first.text() == ""


def test_the_sheet_can_be_saved_and_says_the_code(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = new_dialog(qtbot, tmp_path)
    dialog.sheet.set_code("Алматы", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH")

    assert dialog.sheet.save_to(tmp_path / "sheet.pdf")

    text = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    assert all(group in text for group in ("AAAA", "DDDD", "EEEE", "HHHH", "Алматы"))
    assert "AAAA   BBBB   CCCC   DDDD\nEEEE" in dialog.sheet.document().toPlainText()


def test_no_sheet_has_to_be_said_and_is_warned_of(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = new_dialog(qtbot, tmp_path)
    as_far_as_recovery(dialog)
    warning = dialog.findChild(QWidget, "new.no_way_in")
    assert warning is not None
    assert not warning.isVisible()
    dialog.recovery.declined.setFocus()
    qtbot.keyClick(dialog.recovery.declined, Qt.Key.Key_Space)
    assert warning.isVisible()

    with qtbot.waitSignal(dialog.made) as made:
        qtbot.keyClick(dialog.recovery.declined, Qt.Key.Key_Return)

    casebook, _ = made.args[0]
    casebook.close()
    kinds = [slot["kind"] for slot in json.loads((casebook.folder / "keys.json").read_text("utf-8"))["slots"]]
    assert kinds == ["passphrase"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "Give the casebook a name."),
        ("a/b", "A name cannot contain “/”; leave it out."),
        ("what?", "A name cannot contain “?”; leave it out."),
        (".hidden", "Take a name of up to 80 letters, without a dot at either end."),
        ("taken", "There is something called taken.casebook already; choose another name."),
    ],
)
def test_names_that_cannot_be(qtbot: QtBot, tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "taken.casebook").mkdir()
    dialog = new_dialog(qtbot, tmp_path)
    type_and_enter(dialog, name)

    assert dialog.step() is dialog.place
    assert dialog.place.name_row.problem() == problem


def test_places_that_are_not_good(qtbot: QtBot, tmp_path: Path) -> None:
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()
    dialog = new_dialog(qtbot, tmp_path, place_warning)
    assert not dialog.place.warning.isVisible()
    dialog.place.where.setText(str(cloud))
    assert dialog.place.warning.isVisible()
    assert dialog.place.warning.text().startswith("Not a good place Dropbox copies this folder")
    type_and_enter(dialog, "here all the same")
    assert dialog.step() is dialog.who  # it warns; whose office it is decides

    press(dialog, "new.back")
    dialog.place.where.setText(str(tmp_path / "nowhere"))
    press(dialog, "new.next")
    assert dialog.place.where_row.problem() == "This folder does not exist; choose one that does."


def test_passphrases_that_are_not_taken(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = new_dialog(qtbot, tmp_path)
    type_and_enter(dialog, "Алматы")
    press(dialog, "new.next")
    assert dialog.who.row.problem() != ""
    type_and_enter(dialog, "Dana")
    step = dialog.passphrase
    step.first.line.setText("short")
    press(dialog, "new.next")
    assert step.first_row.problem().startswith("Take at least 12 characters")
    step.first.line.setText(PASSPHRASE)
    step.second.line.setText(PASSPHRASE + "!")
    press(dialog, "new.next")
    assert step.second_row.problem() == "The two differ; type the same passphrase twice."
    assert dialog.step() is step


@pytest.mark.parametrize(
    ("passphrase", "tone"),
    [
        ("", Tone.GREY),
        ("password", Tone.RED),
        ("abcabcabcabcabc", Tone.RED),
        ("twelvelettersx", Tone.AMBER),
        ("apple river stone", Tone.AMBER),
        ("apple river stone cloud", Tone.GREEN),
        ("apple river stone cloud seven", Tone.GREEN),
        ("алма өзен тас бұлт жеті", Tone.GREEN),
        ("apple apple apple apple", Tone.AMBER),
    ],
)
def test_strength_in_words(passphrase: str, tone: Tone) -> None:
    assert strength(passphrase)[1] is tone


def test_a_failure_leaves_the_dialog_and_all_that_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = new_dialog(qtbot, tmp_path)
    as_far_as_recovery(dialog)
    (tmp_path / "Алматы.casebook").mkdir()  # somebody else was quicker

    press(dialog, "new.next")

    assert dialog.step() is dialog.place
    assert "already" in dialog.place.name_row.problem()
    assert dialog.passphrase.first.text() == PASSPHRASE
