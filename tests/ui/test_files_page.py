"""A folder dropped on the page of lists: each file with its case, changed or left out, taken in, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Document
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.page import ExchangePage
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.test_exchange_page import told


def dropped(page: object, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)  # type: ignore[attr-defined]


def picture(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#c04040"))
    assert image.save(str(path))
    return path


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Desk:
    if desk.store.folder is None:
        desk.store.folder = tmp_path / "office.casebook"
        desk.store.folder.mkdir()
    return desk


def documents(desk: Desk) -> list[tuple[str, str | None]]:
    with desk.store.reading() as session:
        rows = session.execute(sa.select(Document.title, Document.case_id).order_by(Document.title))
        return [(title, case_id) for title, case_id in rows]


def test_a_folder_is_matched_looked_over_and_taken_in(
    kept: Desk, office: Office_, qtbot: QtBot, tmp_path: Path
) -> None:
    one, two = office.case("Erlan Tolegen"), office.case("Дана Серік")
    ref = kept.store.draft(Case, one).values["ref"]
    folder = tmp_path / "pictures"
    picture(folder / f"{ref}.png")
    picture(folder / "Dana Serik.png")
    (folder / "unknown.txt").write_text("nothing")
    page = show(ExchangePage(kept), kept, qtbot, (1200, 900))
    dropped(page.taking, [folder])
    pane = page.files
    qtbot.waitUntil(lambda: len(pane.rows.boxes) == 3)
    assert page.tabs.selected() == "files"
    assert [p.path.name for p in pane.rows.proposals] == [
        "CT" + f"{ref}.png"[2:],
        "Dana Serik.png",
        "unknown.txt",
    ]
    assert {m.path.name: m.record_id for m in pane.rows.meant()} == {f"{ref}.png": one, "Dana Serik.png": two}
    assert pane.said.text().startswith("2 of 3 files")
    qtbot.waitUntil(lambda: not pane.rows.pictures[1].pixmap().isNull(), timeout=20_000)
    shown = pane.rows.pictures[1].pixmap().toImage()
    assert QColor(shown.pixel(shown.width() // 2, shown.height() // 2)).red() > 150
    # the second is left out, the third is of the first case
    skip = pane.rows.boxes[1]
    skip.setCurrentIndex(skip.count() - 1)
    skip.activated.emit(skip.count() - 1)
    pane.rows.put(pane.rows.boxes[2], one)
    assert {m.path.name for m in pane.rows.meant()} == {f"{ref}.png", "unknown.txt"}
    qtbot.mouseClick(pane.take_in, Qt.MouseButton.LeftButton)
    assert "2 documents added." in told(qtbot, page)
    assert documents(kept) == [(ref, one), ("unknown", one)]
    assert pane.empty.isVisibleTo(page)
    kept.store.undo()
    assert documents(kept) == []


def test_more_files_than_are_shown_come_afterwards(
    kept: Desk, office: Office_, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casetracker.ui.pages.exchange.files.SHOWN", 2)
    ref = kept.store.draft(Case, office.case("Erlan Tolegen")).values["ref"]
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3):
        (folder / f"{ref} {number}.txt").write_text(f"words {number}")
    page = show(ExchangePage(kept), kept, qtbot, (1200, 900))
    page.tabs.select("files")
    page.files.choose_folder = lambda: str(folder)
    page.files.choose()
    qtbot.waitUntil(lambda: len(page.files.rows.boxes) == 2)
    assert "1 more file" in page.files.said.text()
    page.files.take_them_in()
    qtbot.waitUntil(lambda: len(page.files.rows.boxes) == 1)
    told(qtbot, page)
    assert len(documents(kept)) == 2


def test_an_empty_folder_is_said(kept: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = show(ExchangePage(kept), kept, qtbot, (1200, 900))
    (tmp_path / "none").mkdir()
    page.files.look([tmp_path / "none"])
    assert "There is no file in this folder." in told(qtbot, page)
