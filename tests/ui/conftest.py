"""The look of the program for every test of a window, so that sizes and fonts are the real ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from casetracker import i18n
from casetracker.ui import style


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    style.apply(qapp)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the computer speaks: the tests read English, unless they choose a language."""
    monkeypatch.setattr(i18n, "fitting", lambda wanted="": wanted or "en")
    yield
    i18n.use("en")
