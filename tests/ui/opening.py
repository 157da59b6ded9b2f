"""Casebooks for the tests of the windows before one is open: real ones, with a cheap key derivation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from casetracker.model import Person
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from casetracker.ui.new_casebook import NewCasebookDialog
from tests.store.sample import CHEAP, LOOSE
from tests.ui.keys import type_into

PASSPHRASE = "four quite ordinary words"
MARKER = "Zhanbolat-marker"
DAY = dt.date(2021, 11, 12)


def open_cheaply(path: Path, secret: str) -> tuple[Casebook, Store]:
    """Open a casebook that `make_cheaply` made."""
    casebook = open_casebook(path, secret, bounds=LOOSE)
    return casebook, store_of(casebook, today=lambda: DAY)


def make_cheaply(folder: Path) -> Path:
    """Make a casebook with one person in it, close it, and return its folder."""
    made, _ = create_casebook(folder / "Бюро", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE)
    with made:
        store = store_of(made)
        draft = store.draft(Person)
        draft.add("names", full=MARKER)
        store.save(draft)
    return made.folder


def press(parent: QWidget, name: str) -> None:
    """Press a button."""
    button = parent.findChild(QPushButton, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_and_enter(dialog: QWidget, text: str) -> None:
    """Type into the field that has the keyboard, and press Enter."""
    field = dialog.focusWidget()
    assert isinstance(field, QLineEdit), field
    type_into(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def as_far_as_recovery(dialog: NewCasebookDialog, name: str = "Алматы") -> None:
    """Do the first three steps of making a casebook."""
    type_and_enter(dialog, name)
    type_and_enter(dialog, "Dana")
    first = dialog.focusWidget()
    assert isinstance(first, QLineEdit)
    type_into(first, PASSPHRASE)
    dialog.passphrase.second.setFocus()
    type_and_enter(dialog, PASSPHRASE)
    assert dialog.step() is dialog.recovery
