"""The window in Russian and Kazakh: no page keeps a text in English, and none cuts a word off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker import i18n
from casetracker.i18n import tr
from casetracker.store.store import Store
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages import PAGES
from tests.test_translations import texts as every_text
from tests.ui.test_every_page import AS_DATA, filled, shown, stages, texts

__all__ = ["filled"]
_ROOM = 2  # pixels by which a metric may be off


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Every text of the program as it is written, without those that hold values."""
    own = set(i18n.OWN_NAMES.values())  # each language calls itself so everywhere
    return {t for t in every_text() if isinstance(t, str) and "{" not in t and len(t) > 3 and t not in own}


@pytest.fixture
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def left_in_english(parent: QWidget, english: set[str]) -> set[str]:
    return {text for text in texts(parent) if text in english and tr(text) != text}


def cut(parent: QWidget) -> set[str]:
    """Return what does not fit into its button or label."""
    found = set()
    for widget in (*shown(parent, QPushButton), *shown(parent, QLabel)):
        if widget.objectName() in AS_DATA or (isinstance(widget, QLabel) and widget.wordWrap()):
            continue
        text = re.sub("<[^>]+>", "", widget.text())  # type: ignore[attr-defined]
        width = max((widget.fontMetrics().horizontalAdvance(line) for line in text.splitlines()), default=0)
        if text and widget.width() and width > widget.width() + _ROOM:
            found.add(f"{widget.objectName()}: {text}")
    return found


@pytest.mark.parametrize("key", list(PAGES))
@pytest.mark.parametrize("spoken", ["ru", "kk"], indirect=True)
def test_a_page_speaks_the_language(
    qtbot: QtBot, spoken: str, filled: Store, english: set[str], key: str
) -> None:
    filled.who = "员工"
    window = MainWindow(filled, "办公室")
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    for stage, page in stages(window, key):
        assert left_in_english(page, english) == set(), stage
        assert cut(page) == set(), stage
