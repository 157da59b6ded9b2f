"""A representative's own page: by mouse and by keys, kept as they go, sent at the end; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Person
from casetracker.model.confidentiality import Audience
from casetracker.model.people.user import Role
from casetracker.model.work.review import ReviewWay, Said
from casetracker.store import own_rows, users
from casetracker.store.engine import open_engine
from casetracker.store.reviews import box, sending, taking
from casetracker.store.reviews.packet import Packet
from casetracker.store.reviews.sending import ReviewWanted
from casetracker.store.rights import Rights
from casetracker.store.store import Store
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.review.page import MyReviewPage
from casetracker.ui.pages.review.sheet import ReviewSheet
from tests.conftest import KEY, TODAY, Office_
from tests.store.reviewing import Round

Key = Qt.Key
THEIRS = "a" * 32


@pytest.fixture
def once(store: Store, office: Office_, tmp_path: Path) -> Round:
    """A review in Kazakh that waits for a representative in the program."""
    store.folder, store.answers_key = tmp_path, KEY.answers_key
    once = Round(store, office)
    users.write_first(store, "f" * 32, "A. Serik")
    users.write_new(store, THEIRS, "М. Дәулетова", Role.REPRESENTATIVE, (once.family,))
    sending.withdraw(store, once.id, "in the program now")
    wanted = ReviewWanted(once.family, (once.case,), ReviewWay.PROGRAM, "kk", "М. Дәулетова", THEIRS)
    once.id = sending.send(store, wanted)
    once.packet = sending.packet_of(store, once.id)
    return once


@pytest.fixture
def window(once: Round, database: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as the representative has it."""
    engine = open_engine(database, KEY, cover=own_rows.cover(THEIRS))
    rights = Rights(Role.REPRESENTATIVE, THEIRS)
    theirs = Store(engine, "М. Дәулетова", today=lambda: TODAY, folder=once.store.folder, rights=rights)
    theirs.answers_key = KEY.answers_key
    made = MainWindow(theirs, "Almaty office")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()
    engine.dispose()


def page_of(window: MainWindow) -> MyReviewPage:
    page = window.stack.currentWidget()
    assert isinstance(page, MyReviewPage)
    return page


def sheet_of(window: MainWindow) -> ReviewSheet:
    sheet = page_of(window).sheet
    assert sheet is not None
    return sheet


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, alt: bool = False) -> None:
    keys = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(widget, key, keys)


def test_a_representative_arrives_at_the_review_and_answers_by_keys(
    window: MainWindow, once: Round, qtbot: QtBot
) -> None:
    sheet = sheet_of(window)
    assert sheet.title.text() == "Бақытжан Нұрланұлы"
    assert sheet.list.row_count() == len(once.packet.items) + 1
    sheet.list.setFocus()

    press(qtbot, sheet.list, Key.Key_1)
    press(qtbot, sheet.list, Key.Key_Right, alt=True)
    press(qtbot, sheet.list, Key.Key_2)

    assert [r.said for r in sheet.answers.replies.values()] == [Said.CORRECT, Said.WRONG]
    assert window.focusWidget() is sheet.card.proposed
    qtbot.keyClicks(sheet.card.proposed, "3 kyz")  # a number in a text is no answer
    assert sheet.card.proposed.toPlainText() == "3 kyz"
    assert sheet.progress.value() == 2
    sheet.keep_now()
    kept = box.kept(once.store, once.id)
    assert kept is not None
    assert [r.proposed for r in kept.replies.values()] == ["", "3 kyz"]
    assert list(box.sent(once.store)) == []


def test_what_was_answered_is_there_again(window: MainWindow, once: Round, qtbot: QtBot) -> None:
    sheet = sheet_of(window)
    qtbot.mouseClick(sheet.card.buttons[Said.WITHHOLD], Qt.MouseButton.LeftButton)
    page_of(window)._drop_sheet()
    page_of(window).refresh()

    again = sheet_of(window)
    assert again is not sheet
    assert [r.said for r in again.answers.replies.values()] == [Said.WITHHOLD]
    assert again._now == "2"  # the first that is not answered
    qtbot.mouseClick(again.back, Qt.MouseButton.LeftButton)
    assert again.card.buttons[Said.WITHHOLD].isChecked()
    qtbot.mouseClick(again.card.buttons[Said.WITHHOLD], Qt.MouseButton.LeftButton)  # taken back
    assert again.answers.replies == {}


def answer_everything(sheet: ReviewSheet, packet: Packet) -> None:
    for _ in packet.items:
        sheet._key(1)
        sheet._step(1)


def test_it_is_sent_with_a_name_and_changes_no_record(
    window: MainWindow, once: Round, store: Store, qtbot: QtBot
) -> None:
    sheet = sheet_of(window)
    before = store.recent(1)
    answer_everything(sheet, once.packet)
    assert sheet.counted.text()
    assert not sheet.missing.isVisible()
    sheet.signed.clear()
    qtbot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)
    assert list(box.sent(store)) == []  # a name is needed
    qtbot.keyClicks(sheet.signed, "M. Dauletova")
    sheet.comment.setPlainText("Thank you")

    qtbot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)

    page = page_of(window)
    assert page.sheet is None
    assert page.empty.isVisible()
    assert store.recent(1) == before
    ((_, sent),) = box.sent(store)
    assert (sent.signed, sent.comment, sent.on) == ("M. Dauletova", "Thank you", TODAY.isoformat())
    taking.take_in(store, taking.look(store, sent))
    page.refresh()
    assert page.outcomes.model().rowCount() > 0  # what is agreed waits for a decision


def test_a_representative_sees_calm_navigation_and_only_their_own(window: MainWindow, once: Round) -> None:
    keys = set(window.nav._buttons)

    assert window.nav.selected() == "my_review"
    assert keys == {"my_review", "cases", "families", "meetings", "promises", "search", "users"}
    assert not window._banner.isVisible()
    window.go("cases")
    assert window._banner.isVisible()
    with window.desk.store.reader(Audience.FAMILY) as reader:
        assert len(list(reader.all(Person))) == 2


def test_the_office_has_no_such_page(store: Store, qtbot: QtBot) -> None:
    window = MainWindow(store, "Almaty office")
    qtbot.addWidget(window)
    assert "my_review" not in window.nav._buttons
    assert window.nav.selected() == "overview"
