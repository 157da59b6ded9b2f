"""The viewer: what is seen comes from memory, every view is logged, and copies hold what they should."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Document, Person, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.sources.document import WorkingCopy
from casetracker.store import custody_log, documents, portraits
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing import keeping
from casetracker.ui.viewer import dialogs
from casetracker.ui.viewer.window import DocumentViewer
from tests.conftest import KEY, TODAY, Office_
from tests.store.test_looking import pdf, photograph

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., DocumentViewer]


@pytest.fixture
def store(database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store whose casebook is a folder, so that files can lie in it."""
    engine = open_engine(database, KEY)
    yield Store(engine, "A. Serik", today=lambda: TODAY, folder=tmp_path / "book")
    engine.dispose()


@pytest.fixture
def opened(desk: Desk, store: Store, qtbot: QtBot) -> Open:
    """Open the viewer on contents by name, the first of them shown; `about` is what they belong to."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def opening(about: list[tuple[str, str]] | None = None, **contents: bytes) -> DocumentViewer:
        ids = [
            documents.take_in_content(store, name.replace("__", "."), content, {}, about or []).new[0]
            for name, content in contents.items()
        ]
        viewer = DocumentViewer(parent, desk, ids, ids[0])
        qtbot.addWidget(viewer)
        with qtbot.waitExposed(viewer):
            viewer.show()
        viewer.activateWindow()
        return viewer

    return opening


def wait_for_page(viewer: DocumentViewer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not viewer.content.canvas._image.isNull(), timeout=20_000)


def test_a_pdf_is_seen_page_by_page_and_searched(opened: Open, store: Store, qtbot: QtBot) -> None:
    viewer = opened(notice__pdf=pdf("we saw the notice", "nine years", "the notice again"))
    wait_for_page(viewer, qtbot)
    canvas = viewer.content.canvas
    assert viewer.content.number.maximum() == 3
    assert canvas._image.width() > 300

    QTest.keyClick(canvas, Key.Key_PageDown)
    assert (viewer.content.page, viewer.content.number.value()) == (1, 2)
    wait_for_page(viewer, qtbot)
    viewer.content.find_edit.setText("notice")
    QTest.keyClick(viewer.content.find_edit, Key.Key_Return)
    qtbot.waitUntil(lambda: viewer.content.page == 2, timeout=20_000)
    assert canvas._hit_now is not None
    QTest.keyClick(viewer.content.find_edit, Key.Key_Return)
    assert viewer.content.page == 0

    width = canvas.width()
    viewer.content.zoom_by(1.5)
    assert canvas.width() > width
    viewer.content.fit()
    assert canvas.width() == width
    [line] = [line for line in custody_log.log_of(store, viewer.ids[0]) if line.act]
    assert line.what == "Looked at"


def test_a_text_is_read_and_a_script_only_read(opened: Open, qtbot: QtBot) -> None:
    viewer = opened(run__bat=b"@echo off\r\nformat c:")

    qtbot.waitUntil(lambda: "format" in viewer.content.text.toPlainText(), timeout=20_000)
    assert "run commands" in viewer.side.warnings.text()
    viewer.content.find_edit.setText("echo")
    viewer.content.find_next()
    assert viewer.content.text.textCursor().selectedText() == "echo"


def test_one_document_after_the_other_each_view_in_its_log(opened: Open, store: Store, qtbot: QtBot) -> None:
    viewer = opened(first__jpg=photograph(), second__pdf=b"%PDF-1.7 broken", third__txt=b"words")
    wait_for_page(viewer, qtbot)
    QTest.keyClick(viewer, Key.Key_Right, Ctrl)
    qtbot.waitUntil(lambda: "cannot be shown" in _message(viewer), timeout=20_000)
    QTest.keyClick(viewer, Key.Key_Right, Ctrl)
    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == "words", timeout=20_000)
    QTest.keyClick(viewer, Key.Key_Right, Ctrl)  # there is no more
    assert viewer.line is not None
    assert viewer.line.id == viewer.ids[2]

    for each in viewer.ids:
        assert [line.what for line in custody_log.log_of(store, each) if line.act] == ["Looked at"]


def _message(viewer: DocumentViewer) -> str:
    found = viewer.findChild(QWidget, "viewer.message")
    return found.accessibleName() if found else ""


def test_boxes_are_drawn_by_mouse_and_keys_and_what_is_under_them_is_gone(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    viewer = opened(photo__jpg=photograph((640, 400)))
    wait_for_page(viewer, qtbot)
    canvas = viewer.content.canvas
    QTest.keyClick(viewer, Key.Key_R, Ctrl)
    assert canvas.redacting
    width, height = canvas.width(), canvas.height()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(width * 6 // 10, height // 5))
    QTest.mouseMove(canvas, QPoint(width * 7 // 10, height // 2))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(width * 9 // 10, height * 8 // 10))
    assert canvas.boxes[0] == pytest.approx((0.6, 0.2, 0.9, 0.8), abs=0.01)
    QTest.keyClick(canvas, Key.Key_B)
    for _ in range(10):
        QTest.keyClick(canvas, Key.Key_Left)
    QTest.keyClick(canvas, Key.Key_Down, Shift)
    assert canvas.boxes[1] == pytest.approx((0.25, 0.45, 0.55, 0.51))
    QTest.keyClick(canvas, Key.Key_B)
    QTest.keyClick(canvas, Key.Key_Delete)
    assert len(canvas.boxes) == 2
    before = _content(store, viewer.ids[0])

    with qtbot.waitSignal(viewer.copying.made, timeout=20_000) as made:
        viewer.copying.redact()

    copy = made.args[0]
    with Image.open(io.BytesIO(_content(store, copy))) as new:
        for left, top, right, bottom in ((384, 80, 576, 320), (160, 180, 352, 204)):
            under = new.crop((left + 2, top + 2, right - 2, bottom - 2))
            assert max(high for _, high in under.getextrema()) < 12
        assert new.getpixel((20, 20))[0] > 240
        assert not new.getexif()
    row = store.draft(Document, copy).values
    assert (row["original_id"], row["copy_kind"]) == (viewer.ids[0], WorkingCopy.REDACTED_IMAGE)
    assert row["copy_note"] == "2 places blacked out"
    assert _content(store, viewer.ids[0]) == before
    assert not canvas.redacting
    assert viewer.line is not None
    assert viewer.line.id == copy


def _content(store: Store, document_id: str) -> bytes:
    return b"".join(documents.pieces(store, document_id))


def test_a_redacted_pdf_and_some_of_the_pages_are_kept_beside(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    viewer = opened(notice__pdf=pdf("secret words", "second page"))
    wait_for_page(viewer, qtbot)
    original = viewer.ids[0]
    viewer.redact(on=True)
    viewer.content.canvas.add_box((0.1, 0.1, 0.9, 0.3))
    with qtbot.waitSignal(viewer.copying.made, timeout=20_000) as redacted:
        viewer.copying.redact()
    viewer.open_document(original)
    wait_for_page(viewer, qtbot)
    dialog = viewer.copying.ask_pages()
    assert dialog is not None
    dialog.last.setValue(1)
    dialog.first.setValue(2)
    dialog.finish()
    assert "before the first" in dialog._problem.text()
    dialog.last.setValue(2)
    with qtbot.waitSignal(viewer.copying.made, timeout=20_000) as pages:
        dialog.finish()

    with store.reader() as reader:
        found = {each: reader.get(Document, each) for each in (redacted.args[0], pages.args[0])}
        assert [d.text("text") for d in found.values() if d] == ["", "second page"]
        assert [d.text("copy_note") for d in found.values() if d] == [
            "1 place blacked out, all pages made anew as pictures",
            "pages 2–2 of 2",
        ]
    assert [line.what for line in custody_log.log_of(store, original)].count("Looked at") == 2


def test_a_translation_is_written_and_stands_in_the_log_of_the_original(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    viewer = opened(notice__txt=b"words")
    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == "words", timeout=20_000)
    original = viewer.ids[0]
    dialog = viewer.copying.ask_text(WorkingCopy.TRANSLATION)
    assert dialog is not None
    dialog.finish()
    assert "no text" in dialog._problem.text()
    dialog.text.setPlainText("Сөздер")
    dialog.language.setCurrentIndex(1)

    dialog.finish()

    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == "Сөздер", timeout=20_000)
    [line] = [li for li in custody_log.log_of(store, original) if "Translation" in li.what]
    assert line.who == "A. Serik"


def test_a_transcript_that_is_being_typed_survives_a_crash(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    viewer = opened(notice__txt=b"words")
    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == "words", timeout=20_000)
    dialog = viewer.copying.ask_text(WorkingCopy.TRANSCRIPT)
    assert dialog is not None
    dialog.text.setPlainText("half of a long transcript")
    keeping.close_all(store)  # what a lock does

    again = viewer.copying.ask_text(WorkingCopy.TRANSCRIPT)

    assert again is not None
    QTest.mouseClick(again.findChild(QWidget, "text_copy.kept.action"), Qt.MouseButton.LeftButton)
    assert again.text.toPlainText() == "half of a long transcript"
    asked: list[QWidget] = []
    monkeypatch.setattr(dialogs, "may_discard", lambda parent: bool(asked.append(parent)))
    again.reject()
    assert asked == [again]
    assert again.isVisible()


def test_the_process_that_decodes_ends_with_the_window(desk: Desk, store: Store, qtbot: QtBot) -> None:
    [document] = documents.take_in_content(store, "photo.jpg", photograph(), {}).new
    parent = QWidget()
    viewer = DocumentViewer(parent, desk, [document], document)
    viewer.show()
    wait_for_page(viewer, qtbot)
    looker = viewer.content.looker
    assert looker is not None
    assert looker._child is not None
    child = looker._child

    parent.deleteLater()  # nobody closes the viewer itself

    qtbot.waitUntil(lambda: child.poll() is not None, timeout=20_000)


@pytest.mark.parametrize("bare", [True, False])
def test_a_copy_outside_has_a_reason_and_hidden_data_only_if_wanted(
    bare: bool, opened: Open, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    content = photograph()
    viewer = opened(photo__jpg=content)
    wait_for_page(viewer, qtbot)
    out = tmp_path / "out.jpg"
    proposed: list[str] = []
    viewer.copying.choose_file = lambda name: proposed.append(name) or str(out)  # type: ignore[func-returns-value]
    dialog = viewer.copying.ask_outside()
    assert dialog is not None
    dialog.finish()
    assert "Say why" in dialog._problem.text()
    dialog.whole.setChecked(not bare)
    dialog.reason.setText("for the lawyer")
    with qtbot.waitSignal(viewer.copying.saved, timeout=20_000):
        dialog.finish()

    assert (out.read_bytes() == content) is not bare
    assert (b"Phone 7" in out.read_bytes()) is not bare
    assert proposed == [f"document-{viewer.ids[0][:6]}.jpg"]  # it names nobody
    if os.name != "nt":
        assert out.stat().st_mode & 0o077 == 0
    last = custody_log.log_of(store, viewer.ids[0])[-1]
    how = "without hidden data" if bare else "as it came"
    assert (last.what, last.detail) == (
        "Saved outside the casebook, not encrypted",
        f"for the lawyer ({how}: out.jpg)",
    )


def test_the_place_of_a_photograph_becomes_that_of_the_protest_and_undo_takes_it_back(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "At the gate", "on": KnownDate.from_edtf("2021-10-04")}
    protest = store.save(draft)
    viewer = opened([("Protest", protest)], photo__jpg=photograph())
    wait_for_page(viewer, qtbot)
    [action] = viewer.side.menu.actions()
    assert action.text() == "Place: At the gate"

    action.trigger()

    assert store.draft(Protest, protest).values["place"] == "43.23750, 76.89000"
    store.undo()
    assert store.draft(Protest, protest).values["place"] is None


def test_nothing_of_what_is_seen_is_written_to_the_disk(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    words = b"canary in a coal mine"
    viewer = opened(notice__txt=words, photo__png=photograph(kind="PNG"))
    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == words.decode(), timeout=20_000)
    viewer.step(1)
    wait_for_page(viewer, qtbot)

    assert list(temporary.iterdir()) == []
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or words not in path.read_bytes()
    viewer.close()
    assert viewer.content.looker is None


def test_a_recording_is_not_shown_and_what_to_do_is_said(opened: Open, store: Store, qtbot: QtBot) -> None:
    viewer = opened(call__mp4=b"\x00\x00\x00\x18ftypisom" + bytes(99))

    assert viewer.content.tools.isHidden()
    assert viewer.outside.isEnabled()
    assert [line.act for line in custody_log.log_of(store, viewer.ids[0]) if line.act] == []


def test_reading_only_says_that_the_view_is_not_logged(opened: Open, store: Store, qtbot: QtBot) -> None:
    viewer = opened(first__txt=b"one", second__txt=b"two")
    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == "one", timeout=20_000)
    store.read_only = "Opened for reading only."

    viewer.step(1)

    qtbot.waitUntil(lambda: viewer.content.text.toPlainText() == "two", timeout=20_000)
    assert not viewer.side._unlogged.isHidden()
    assert not viewer.outside.isEnabled()
    assert viewer.copying.ask_outside() is None
    viewer.redact(on=True)
    assert not viewer.content.canvas.redacting


# Portraits


def _two_halves() -> bytes:
    """Red at the left, blue at the right, with the marks of a camera."""
    picture = Image.open(io.BytesIO(photograph()))
    exif = picture.info["exif"]
    halves = Image.new("RGB", (400, 300), (200, 30, 30))
    halves.paste((30, 60, 200), (200, 0, 400, 300))
    out = io.BytesIO()
    halves.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def _portrait(store: Store, person: str) -> Image.Image:
    with store.reader() as reader:
        data = portraits.portrait_of(reader.get(Person, person))
    assert b"Exif" not in data
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("boxed", [True, False])
def test_a_picture_becomes_the_portrait_of_the_person_it_hangs_on(
    opened: Open, store: Store, office: Office_, qtbot: QtBot, boxed: bool
) -> None:
    person = office.person("Aigul Serikqyzy")
    viewer = opened([("Person", person)], her__jpg=_two_halves())
    wait_for_page(viewer, qtbot)
    if boxed:
        viewer.redact(on=True)
        viewer.content.boxes[0] = [(0.55, 0.1, 0.95, 0.9)]
    viewer.menu.aboutToShow.emit()
    action = viewer.menu.findChild(QAction, "viewer.make.portrait.0")
    assert action is not None
    assert action.text() == "Portrait of Aigul Serikqyzy" + (", from the box" if boxed else "")

    with qtbot.waitSignal(viewer.copying.portrayed, timeout=20_000):
        action.trigger()

    made = _portrait(store, person)
    assert made.size == ((160, 240) if boxed else (400, 300))
    red, _, blue = made.getpixel((10, 100))  # type: ignore[misc]
    assert (blue > red) is boxed
    assert documents.count(store, about_id=person) == 1  # the photograph stays as it came
    store.undo()
    with store.reader() as reader:
        assert portraits.portrait_of(reader.get(Person, person)) == b""


def test_nobody_is_offered_where_a_picture_hangs_on_nobody(opened: Open, qtbot: QtBot) -> None:
    viewer = opened(crowd__jpg=_two_halves())
    wait_for_page(viewer, qtbot)
    viewer.menu.aboutToShow.emit()

    assert viewer.menu.findChild(QAction, "viewer.make.strip") is not None
    assert viewer.menu.findChild(QAction, "viewer.make.portrait.0") is None
