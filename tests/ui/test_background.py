"""Work on another thread, messages, and what is shown when the program is at fault."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.errors import UserError
from casetracker.jobs import Cancelled, Progress
from casetracker.ui import messages
from casetracker.ui.background import Background, ProgressDialog, cancel_and_wait
from casetracker.ui.messages import Answer, CrashDialog

SECRET = "Бақытжан Нұрланұлы"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def endless(progress: Progress) -> None:
    """Work until somebody has had enough."""
    number = 0
    while True:
        number += 1
        progress.step(number % 100, 100, "page")


def test_the_result_comes_back_in_the_thread_of_the_window(qtbot: QtBot, window: QWidget) -> None:
    told: list[tuple[object, bool]] = []
    here = threading.current_thread()

    def work(progress: Progress) -> bool:
        progress.step(1, 2)
        return threading.current_thread() is not here

    def done(result: object) -> None:
        told.append((result, threading.current_thread() is here))

    job = Background(window, "Work", work, done)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert told == [(True, True)]


def test_quick_work_shows_no_dialog_and_slow_work_does(qtbot: QtBot, window: QWidget) -> None:
    seen: list[bool] = []
    quick = Background(window, "Quick", lambda _: None, lambda _: seen.append(quick.dialog.isVisible()))
    with qtbot.waitSignal(quick.finished):
        quick.start()
    assert seen == [False]
    slow = Background(window, "Slow", endless, show_after=0).start()
    qtbot.waitUntil(slow.dialog.isVisible)
    with qtbot.waitSignal(slow.finished):
        slow.cancel()


def test_the_cancel_button_stops_the_work_silently(qtbot: QtBot, window: QWidget) -> None:
    job = Background(window, "Slow", endless, lambda _: pytest.fail("not cancelled"), show_after=0).start()
    qtbot.waitUntil(job.dialog.isVisible)
    stop = job.dialog.findChild(QPushButton, "progress.cancel")
    with qtbot.waitSignal(job.finished):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert window.findChildren(QMessageBox) == []
    assert window.findChildren(CrashDialog) == []


def test_escape_and_the_close_button_ask_to_stop_only_once(qtbot: QtBot, window: QWidget) -> None:
    dialog = ProgressDialog("Work", window)
    dialog.open()
    asked: list[bool] = []
    dialog.cancelled.connect(lambda: asked.append(True))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()

    assert asked == [True]
    assert dialog.isVisible()
    dialog.done(0)


def test_steps_are_told_rarely_but_the_last_one_always(qtbot: QtBot, window: QWidget) -> None:
    steps: list[tuple[int, int]] = []

    def work(progress: Progress) -> None:
        for number in range(1, 10_001):
            progress.step(number, 10_000, "case")

    job = Background(window, "Many", work)
    job._task.signals.stepped.connect(lambda done, total, what: steps.append((done, total)))
    with qtbot.waitSignal(job.finished):
        job.start()
    assert steps[-1] == (10_000, 10_000)
    assert len(steps) < 1_000


def test_an_expected_failure_is_a_message(qtbot: QtBot, window: QWidget) -> None:
    def work(progress: Progress) -> None:
        raise UserError("The disk is full; make room and save again.")

    job = Background(window, "Save", work)
    with qtbot.waitSignal(job.finished):
        job.start()
    box = window.findChild(QMessageBox)
    assert box.text() == "The disk is full; make room and save again."
    box.close()


def test_any_other_failure_is_the_crash_dialog(qtbot: QtBot, window: QWidget) -> None:
    def work(progress: Progress) -> None:
        name = SECRET
        raise KeyError(name)

    job = Background(window, "Save", work)
    with qtbot.waitSignal(job.finished):
        job.start()
    dialog = window.findChild(CrashDialog)
    report = dialog.findChild(QPlainTextEdit).toPlainText()

    assert "builtins.KeyError" in report
    assert re.search(r"test_background:\d+ work", report)
    assert SECRET not in report
    qtbot.mouseClick(dialog.findChild(QPushButton, "crash.copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == report
    dialog.close()


def test_a_failure_can_be_taken_by_the_caller(qtbot: QtBot, window: QWidget) -> None:
    taken: list[BaseException] = []
    job = Background(window, "Open", lambda progress: progress.nothing, failed=taken.append)  # type: ignore[attr-defined]
    with qtbot.waitSignal(job.finished):
        job.start()

    assert [type(error) for error in taken] == [AttributeError]


def test_a_closing_window_waits_for_its_work(qtbot: QtBot, window: QWidget) -> None:
    began, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        try:
            began.set()
            endless(progress)
        except Cancelled:
            ended.set()
            raise

    job = Background(window, "Slow", work).start()
    qtbot.waitUntil(began.is_set)
    assert job.is_running()
    cancel_and_wait(window)

    assert ended.is_set()
    assert not job.is_running()
    QApplication.processEvents()


def answer(key: str) -> None:
    """Press a button of the question that is open."""
    box = QApplication.activeModalWidget()
    assert box is not None
    box.findChild(QPushButton, f"answer.{key}").click()


@pytest.mark.parametrize("key", ["save", "discard", "cancel"])
def test_a_question_returns_the_key_of_the_button(window: QWidget, key: str) -> None:
    QTimer.singleShot(0, lambda: answer(key))
    said = messages.ask(
        window,
        "Save the changes?",
        "They are lost otherwise.",
        [Answer("save", "Save", primary=True), Answer("discard", "Discard", danger=True),
         Answer("cancel", "Cancel", cancel=True)],
    )  # fmt: skip

    assert said == key


def test_closing_a_question_cancels(qtbot: QtBot, window: QWidget) -> None:
    def escape() -> None:
        qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)

    QTimer.singleShot(0, escape)
    said = messages.ask(window, "Leave?", "", [Answer("go", "Leave"), Answer("stay", "Stay", cancel=True)])

    assert said == "stay"


def test_a_message_shows_a_tag_as_it_is(window: QWidget) -> None:
    box = messages.warn(window, UserError("<b>Conflict</b>"))

    assert box.textFormat() == Qt.TextFormat.PlainText
    box.close()


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook
    messages.catch_crashes()
    yield
    sys.excepthook, threading.excepthook = before


def test_what_nobody_caught_is_shown_without_its_values(qtbot: QtBot, hooks: None) -> None:
    try:
        raise ValueError(SECRET) from KeyError(SECRET)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    def dialogs() -> list[CrashDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog)]

    qtbot.waitUntil(lambda: bool(dialogs()))
    [dialog] = dialogs()
    assert "builtins.ValueError" in dialog.report
    assert "builtins.KeyError" in dialog.report
    assert SECRET not in dialog.report
    dialog.close()


def test_an_error_of_a_bare_thread_is_shown_too(qtbot: QtBot, hooks: None) -> None:
    def work() -> None:
        raise UserError("The folder is gone.")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    def boxes() -> list[QMessageBox]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]

    qtbot.waitUntil(lambda: bool(boxes()))
    [box] = boxes()
    assert box.text() == "The folder is gone."
    box.close()


def test_a_window_goes_with_the_work_that_alone_knows_it(qtbot: QtBot) -> None:
    """Here the program ended at once: the window was taken apart while its child, the work, was."""
    gone: list[str] = []

    def begin(name: str) -> None:
        window = QWidget()
        window.destroyed.connect(lambda: gone.append(name))

        def done(_: int) -> None:
            assert window.isHidden()

        Background(window, "work", lambda _: 1, done).start()

    for name in ("one", "two", "three"):
        begin(name)
    qtbot.waitUntil(lambda: sorted(gone) == ["one", "three", "two"])
