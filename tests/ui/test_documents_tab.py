"""The documents of a record: dropped and pasted on its page, read, checked; nothing of them in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casetracker.model import Document, Family
from casetracker.store import custody_log, documents
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.case.page import CasePage, CasePane
from casetracker.ui.pages.documents.box import DocumentsBox
from casetracker.ui.pages.events.page import EventsPage
from casetracker.ui.pages.family.page import FamilyPage
from casetracker.ui.pages.meeting.page import MeetingPage
from casetracker.ui.pages.page import ListPage
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.pages.protest.page import ProtestPage
from tests.conftest import KEY, TODAY, Office_
from tests.filling import Filling
from tests.ui.conftest import show

NOTICE = "Айтылған сөз".encode()


@pytest.fixture
def store(database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store whose casebook is a folder, so that files can lie in it."""
    engine = open_engine(database, KEY)
    yield Store(engine, "A. Serik", today=lambda: TODAY, folder=tmp_path / "book")
    engine.dispose()


@pytest.fixture
def box(desk: Desk, office: Office_, qtbot: QtBot) -> DocumentsBox:
    """The documents of a case, on its page."""
    office.case()
    pane = show(CasePage(desk), desk, qtbot, (1232, 820)).record()
    assert isinstance(pane, CasePane)
    pane.tabs.select("documents")
    found = pane.findChild(DocumentsBox)
    assert found is not None
    return found


def add(box: DocumentsBox, qtbot: QtBot, path: Path, content: bytes = NOTICE) -> None:
    path.write_bytes(content)
    job = box.add([path])
    assert job is not None
    with qtbot.waitSignal(job.finished):
        pass
    qtbot.waitUntil(lambda: path.stem in [row.cell(0).text for row in box.table.rows()])


def drop(on: ListPage, held: QMimeData) -> None:
    """Drop something in the middle of the page of a record, as Qt delivers it."""
    pane = on.record()
    action, left, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = QPointF(pane.rect().center())
    entered = QDragEnterEvent(middle, action, held, left, no)
    QApplication.sendEvent(pane, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(pane, QDropEvent(middle, action, held, left, no))


def files(*paths: Path) -> QMimeData:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return held


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (CasePage, "Case"),
        (FamilyPage, "Family"),
        (PersonPage, "Person"),
        (ProtestPage, "Protest"),
        (MeetingPage, "Meeting"),
        (EventsPage, "Hearing"),
    ],
)
def test_files_dropped_on_the_page_of_a_record_become_its_documents(
    page: type[ListPage], kind: str, desk: Desk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    record = Filling(store).id_of(kind)
    shown = show(page(desk), desk, qtbot, (1232, 820))
    shown.show_record(record)
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "notice.txt").write_bytes(NOTICE)
    (folder / "letter.txt").write_bytes(b"we wait")

    drop(shown, files(folder))

    of = {"case_id": record} if kind == "Case" else {"about_id": record}
    qtbot.waitUntil(lambda: documents.count(store, **of) == 2)
    assert {line.title for line in documents.documents_of(store, **of)} == {"notice", "letter"}


def picture() -> QImage:
    made = QImage(64, 40, QImage.Format.Format_RGB32)
    made.fill(QColor("red"))
    return made


def test_a_picture_is_pasted_and_one_is_dropped(box: DocumentsBox, store: Store, qtbot: QtBot) -> None:
    assert box.paste() is None  # nothing is in the clipboard
    QGuiApplication.clipboard().setImage(picture())
    job = box.paste()
    QGuiApplication.clipboard().clear()
    assert job is not None
    with qtbot.waitSignal(job.finished):
        pass

    [line] = documents.documents_of(store, box._record_id)
    assert (line.file_type, line.file_name) == ("image/png", "Picture of 12.11.2021.png")


def test_the_words_of_the_chosen_document_are_shown(box: DocumentsBox, tmp_path: Path, qtbot: QtBot) -> None:
    add(box, qtbot, tmp_path / "notice.txt")

    assert box.text.text() == NOTICE.decode()


def test_a_program_that_calls_itself_a_photo_is_shown_as_what_it_is(
    box: DocumentsBox, tmp_path: Path, qtbot: QtBot
) -> None:
    add(box, qtbot, tmp_path / "photo.jpg", b"MZ\x90\x00" + bytes(99))

    [row] = box.table.rows()
    assert row.cell(5).text == "be careful"
    warned = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert any("It is a program" in message.text() for message in warned)
    for message in warned:
        message.close()


def test_every_file_is_checked_and_the_check_is_written_down(
    box: DocumentsBox, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    add(box, qtbot, tmp_path / "notice.txt")
    add(box, qtbot, tmp_path / "letter.txt", b"we wait")
    letter = next(line for line in box.lines if line.title == "letter")
    kept = store.draft(Document, letter.id).values["kept_at"]
    assert store.folder is not None
    (store.folder / "evidence" / kept).unlink()

    with qtbot.waitSignal(box.check_all().finished):
        pass

    said = {row.cell(0).text: row.cell(5).text for row in box.table.rows()}
    assert said == {"letter": "altered or missing", "notice": "as it came"}
    log = custody_log.log_of(store, letter.id)
    assert log[-1].what == "Compared with its hash"
    assert "missing" in log[-1].detail


def test_a_transcript_is_written_down_beside_the_file(
    box: DocumentsBox, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    add(box, qtbot, tmp_path / "photo.jpg", b"\xff\xd8\xff")
    box.preview.link_clicked.emit()
    [dialog] = [d for d in box.window().findChildren(EditDialog) if d.isVisible()]
    transcript = dialog.findChild(QPlainTextEdit, "transcript")
    assert transcript is not None
    transcript.setPlainText("A notice on the door")

    assert dialog.save()

    row = store.draft(Document, box.chosen).values
    assert row["transcript"] == "A notice on the door"
    assert row["key"]
    qtbot.waitUntil(lambda: box.text.text() == "A notice on the door")


def test_another_record_has_documents_of_its_own(
    desk: Desk, store: Store, office: Office_, qtbot: QtBot
) -> None:
    office.case()
    page = show(FamilyPage(desk), desk, qtbot, (1232, 820))
    with store.reader() as reader:
        first = next(reader.all(Family)).id
    page.show_record(first)
    documents.take_in_content(store, "notice.txt", NOTICE, {}, [("Family", first)])
    page.refresh()
    pane = page.record()
    assert pane.findChild(DocumentsBox).table.rows()[0].cell(0).text == "notice"  # type: ignore[union-attr]

    other = store.draft(Family)
    other.values["name"] = "Another family"
    page.show_record(store.save(other))

    assert pane.findChild(DocumentsBox).table.rows() == []  # type: ignore[union-attr]
