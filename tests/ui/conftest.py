"""The look of the program for every test of a window, so that sizes and fonts are the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casetracker import i18n
from casetracker.store.store import Store
from casetracker.ui import style
from casetracker.ui.collecting import collect_here
from casetracker.ui.desk import Desk
from casetracker.ui.pages.page import Page

P = TypeVar("P", bound=Page)


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    style.apply(qapp)
    collect_here()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the computer speaks: the tests read English, unless they choose a language."""
    monkeypatch.setattr(i18n, "fitting", lambda wanted="": wanted or "en")
    yield
    i18n.use("en")


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    made = Desk(store, "Almaty office")
    yield made
    made.close()


def show(page: P, desk: Desk, qtbot: QtBot, size: tuple[int, int]) -> P:
    """Show a page as a window of its own, with the keyboard, kept up to date as the main window does."""
    qtbot.addWidget(page)
    desk.changed.connect(page.on_change)
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh()
    return page
