"""What others can see of the program says no name: titles of windows, what the system remembers, settings."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

import casetracker
from casetracker.model import Case
from casetracker.store.store import Store
from casetracker.ui import desk as desks
from casetracker.ui import messages
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages import NEW, PAGES, new_record
from casetracker.ui.pages.users.dialogs import LeaveDialog, WordsDialog
from tests.ui import test_every_page

filled = test_every_page.filled  # a casebook with Chinese names only
NAME = re.compile(r"[\u4e00-\u9fff]|Almaty")
UI = Path(casetracker.__file__).parent / "ui"


class Titles(QObject):
    """Hears every title that any window is given, also one that is gone again at once."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.WindowTitleChange, QEvent.Type.Show)
        if event.type() in kinds and isinstance(watched, QWidget) and watched.isWindow():
            self.seen |= {watched.windowTitle(), watched.windowFilePath()}
        return False

    def names(self) -> list[str]:
        """The titles with a name in them."""
        self.seen |= {window.title() for window in QGuiApplication.topLevelWindows()}
        return sorted(title for title in self.seen if NAME.search(title))


@pytest.fixture
def heard() -> Titles:
    made = Titles()
    app = cast("QApplication", QApplication.instance())
    app.installEventFilter(made)
    yield made  # type: ignore[misc]
    app.removeEventFilter(made)


def test_no_page_tab_or_dialog_puts_a_name_into_a_title(
    qtbot: QtBot,
    filled: Store,
    heard: Titles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    window = MainWindow(filled, "Almaty 办公室")
    qtbot.addWidget(window)
    window.show()
    with filled.reader() as reader:
        case = next(iter(reader.all(Case))).id
    seen = [stage for key in PAGES for stage, _ in test_every_page.stages(window, key)]
    assert len(seen) > len(PAGES)
    for key in NEW:
        dialog = new_record(key, window, window.desk)
        assert isinstance(dialog, QDialog)
        dialog.show()
        dialog.dirty = False  # type: ignore[attr-defined]
        dialog.reject()
    window.go("cases", case)
    for made in (LeaveDialog(window, "张三", ["李四"]), WordsDialog(window, "张三", "six words")):
        qtbot.addWidget(made)
        made.show()
        assert any("张三" in child for child in _texts(made))  # inside it may be read
    box = messages._box(window, messages.QMessageBox.Icon.Information, "张三", "李四")
    qtbot.addWidget(box)
    box.show()

    assert heard.names() == []
    assert "Casetracker" in heard.seen
    assert not [w for w in QApplication.allWidgets() if isinstance(w, QSystemTrayIcon)]
    assert not NAME.search(QGuiApplication.applicationDisplayName() + QCoreApplication.applicationName())
    assert QSettings().allKeys() == []
    kept = [p for p in tmp_path.rglob("*") if p.is_file() and "records.db" not in p.name and _tells(p)]
    assert [p.name for p in kept] == []
    assert not list(
        Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)).glob(
            "*.xbel"
        )
    )


def _texts(widget: QWidget) -> list[str]:
    return [str(child.property("text") or "") for child in widget.findChildren(QWidget)]


def _tells(path: Path) -> bool:
    return bool(NAME.search(path.name + path.read_bytes().decode("utf-8", "replace")))


def test_the_ear_hears_a_title_with_a_name(qtbot: QtBot, heard: Titles) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    widget.setWindowTitle("张三")
    widget.setWindowTitle("Casetracker")
    assert heard.names() == ["张三"]


def _title_calls() -> list[tuple[str, str]]:
    found = []
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = node.func.attr
                if name in (
                    "setWindowTitle",
                    "setWindowFilePath",
                    "setWindowIconText",
                    "setApplicationDisplayName",
                ):
                    found.append((f"{path.relative_to(UI)}:{node.lineno}", ast.unparse(node.args[0])))
    return found


def test_every_title_in_the_source_is_a_fixed_text() -> None:
    """Also of dialogs that no test opens: a title is the program's name, or a text with nothing filled in."""
    calls = _title_calls()
    assert len(calls) > 20
    for where, given in calls:
        fixed = re.fullmatch(r"(tr\((N_\()?)?'[^'{}]*'\)*", given)
        assert fixed, (where, given)


def test_nothing_speaks_past_the_window() -> None:
    """No notifications, no tray, no lists of recent documents, no settings of Qt's own."""
    source = "".join(path.read_text("utf-8") for path in UI.rglob("*.py"))
    for word in (
        "QSystemTrayIcon",
        "QSettings",
        "SHAddToRecentDocs",
        "RecentManager",
        "notify-send",
    ):
        assert word not in source, word
    assert "go_to" in desks.Desk.__doc__  # the source was read
