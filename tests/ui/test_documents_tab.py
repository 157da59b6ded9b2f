"""The documents of a case: dropped, read, opened in a copy that does not stay, checked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casetracker.model import Document
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.opened_copies import PREFIX, clear_left_behind
from casetracker.ui.pages.case.page import CasePage, CasePane
from casetracker.ui.pages.case.tab_documents import DocumentsTab
from casetracker.ui.widgets.cell_table import CellTable
from tests.conftest import KEY, TODAY, Office_


@pytest.fixture
def store(database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store whose casebook is a folder, so that files can lie in it."""
    engine = open_engine(database, KEY)
    yield Store(engine, "A. Serik", today=lambda: TODAY, folder=tmp_path / "book")
    engine.dispose()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files of this test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def tab(desk: Desk, office: Office_, qtbot: QtBot) -> DocumentsTab:
    office.case()
    page = CasePage(desk)
    qtbot.addWidget(page)
    desk.changed.connect(page.on_change)
    page.resize(1232, 820)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    pane = page.record()
    assert isinstance(pane, CasePane)
    pane.tabs.select("documents")
    made = pane.more["documents"]
    assert isinstance(made, DocumentsTab)
    return made


def table(tab: DocumentsTab) -> CellTable:
    found = tab.findChild(CellTable, "documents")
    assert found is not None
    return found


def add(tab: DocumentsTab, qtbot: QtBot, path: Path, content: bytes = "Айтылған сөз".encode()) -> None:
    path.write_bytes(content)
    job = tab.add([path])
    assert job is not None
    with qtbot.waitSignal(job.finished):
        pass
    qtbot.waitUntil(lambda: path.stem in [row.cell(0).text for row in table(tab).rows()])


def test_files_dropped_on_the_tab_become_documents(
    tab: DocumentsTab, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "notice.txt").write_text("taken in October")
    (folder / "letter.txt").write_text("we wait")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier

    tab.dropEvent(QDropEvent(QPointF(10, 10), action, data, Qt.MouseButton.LeftButton, none))

    qtbot.waitUntil(lambda: len(table(tab).rows()) == 2)
    assert {row.cell(0).text for row in table(tab).rows()} == {"notice", "letter"}
    with store.reader() as reader:
        assert {d.value("case_id") for d in reader.all(Document)} == {tab.case_id}


def test_the_words_of_the_chosen_document_are_shown(tab: DocumentsTab, tmp_path: Path, qtbot: QtBot) -> None:
    add(tab, qtbot, tmp_path / "notice.txt")

    text = tab.findChild(QLabel, "document.text")
    assert text is not None
    assert text.text() == "Айтылған сөз"


class Viewer(QObject):
    """Another program that shows files."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[bytes, int]] = []

    @Slot(QUrl)
    def look(self, url: QUrl) -> None:
        path = Path(url.toLocalFile())
        self.shown.append((path.read_bytes(), path.stat().st_mode & 0o077))


def test_an_opened_copy_is_private_and_goes_when_the_casebook_closes(
    temporary: Path, tab: DocumentsTab, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "look")
    try:
        add(tab, qtbot, tmp_path / "notice.txt")
        with qtbot.waitSignal(tab.show_copy(tab._lines[0]).finished):
            pass
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [content for content, _ in viewer.shown] == ["Айтылған сөз".encode()]
    assert os.name == "nt" or viewer.shown[0][1] == 0
    assert len(desk.opened_copies().paths()) == 1

    desk.close()

    assert list(temporary.iterdir()) == []


def test_copies_of_a_program_that_no_longer_runs_are_cleared_away(temporary: Path) -> None:
    dead, alive = temporary / f"{PREFIX}999999999-x", temporary / f"{PREFIX}{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "notice.txt").write_text("words")

    clear_left_behind()

    assert list(temporary.iterdir()) == [alive]


def test_a_copy_is_saved_and_every_file_checked(
    tab: DocumentsTab, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    add(tab, qtbot, tmp_path / "notice.txt")
    add(tab, qtbot, tmp_path / "letter.txt", b"we wait")
    letter = next(line for line in tab._lines if line.title == "letter")
    with qtbot.waitSignal(tab.save_copy(letter.id, tmp_path / "out.txt").finished):
        pass
    assert (tmp_path / "out.txt").read_bytes() == b"we wait"
    kept = store.draft(Document, letter.id).values["kept_at"]
    assert store.folder is not None
    (store.folder / "evidence" / kept).unlink()

    with qtbot.waitSignal(tab.check_all().finished):
        pass

    said = {row.cell(0).text: row.cell(5).text for row in table(tab).rows()}
    assert said == {"letter": "altered or missing", "notice": "as it came"}


def test_a_transcript_is_written_down_beside_the_file(
    tab: DocumentsTab, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    add(tab, qtbot, tmp_path / "photo.jpg", b"\xff\xd8\xff")
    document = tab._lines[0].id
    tab._preview.link_clicked.emit()
    [dialog] = [d for d in tab.window().findChildren(EditDialog) if d.isVisible()]
    transcript = dialog.findChild(QPlainTextEdit, "transcript")
    assert transcript is not None
    transcript.setPlainText("A notice on the door")

    assert dialog.save()

    row = store.draft(Document, document).values
    assert row["transcript"] == "A notice on the door"
    assert row["key"]
    qtbot.waitUntil(lambda: tab._text.text() == "A notice on the door")
