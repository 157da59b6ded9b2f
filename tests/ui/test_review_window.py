"""Review mode: a file on another computer, answered and saved for the office, with no casebook anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casetracker.errors import UserError
from casetracker.exchange.review_file import (
    ReviewFile,
    open_review_file,
    read_answers_file,
    write_review_file,
)
from casetracker.model.work.review import Said
from casetracker.store.reviews import taking
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.review_window import OpenReviewWindow, ReviewWindow
from tests.conftest import Office_
from tests.exchange.test_review_file import WORDS
from tests.exchange.test_sealed_file import BOUNDS, CHEAP
from tests.store.reviewing import Round


@pytest.fixture
def once(store: Store, office: Office_) -> Round:
    return Round(store, office)


@pytest.fixture
def sent(once: Round, tmp_path: Path) -> Path:
    return write_review_file(once.store, once.id, tmp_path / "r.ctreview", WORDS, kdf=CHEAP)


def cheap(path: Path, secret: str) -> ReviewFile:
    return open_review_file(path, secret, bounds=BOUNDS)


def test_the_passphrase_is_asked_for(sent: Path, qtbot: QtBot) -> None:
    window = OpenReviewWindow(sent, open_with=cheap)
    qtbot.addWidget(window)
    window.show()
    window.passphrase.line.setText("wrong words here now")
    window.attempt()
    qtbot.waitUntil(lambda: "does not open this file" in window.problem())
    window.passphrase.line.setText(WORDS)
    with qtbot.waitSignal(window.opened) as caught:
        window.attempt()
    assert isinstance(caught.args[0], ReviewFile)


def test_answers_are_saved_for_the_office(once: Round, sent: Path, qtbot: QtBot, tmp_path: Path) -> None:
    names: list[str] = []

    def where(_: object, name: str) -> str:
        names.append(name)
        return str(tmp_path / name)

    window = ReviewWindow(cheap(sent, WORDS), where=where)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    sheet = window.sheet
    for _ in once.packet.items:
        sheet._key(1)
        sheet._step(1)
    assert sheet.signed.text() == "M. Dauletova"
    before = set(tmp_path.iterdir())

    qtbot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)

    (made,) = set(tmp_path.iterdir()) - before
    assert [made.name] == names == [f"{once.packet.review}.ctanswers"]
    assert window.saved.isVisible()
    assert window.may_close()
    taking.take_in(once.store, read_answers_file(once.store, made))
    with pytest.raises(UserError):
        read_answers_file(once.store, made)


def test_closing_asks_about_what_is_not_saved(
    sent: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(("stay", "close"))
    monkeypatch.setattr(messages, "ask", lambda *_: next(said))
    window = ReviewWindow(cheap(sent, WORDS), where=lambda *_: "")
    qtbot.addWidget(window)
    assert window.may_close()
    window.sheet._key(2)
    assert [r.said for r in window.sheet.answers.replies.values()] == [Said.WRONG]
    assert not window.may_close()
    assert window.may_close()
