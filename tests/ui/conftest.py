"""The look of the program for every test of a window, so that sizes and fonts are the real ones."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from casetracker.ui import style


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    style.apply(qapp)
