"""The office's page of reviews: sending, answers as a diff, deciding each of them, undo, what lapsed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from casetracker.exchange.review_file import open_review_file, write_answers
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.work.review import Decision, ReviewState, Said
from casetracker.store.reviews import box
from casetracker.store.reviews.packet import Reply
from casetracker.store.reviews.standing import Confirmed
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.desk import Desk
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.case.data import read
from casetracker.ui.pages.reviews.key_in import KeyInWindow
from casetracker.ui.pages.reviews.page import ReviewsPage
from casetracker.ui.pages.reviews.proposal_card import ProposalCard
from casetracker.ui.pages.reviews.send import SendDialog
from tests.conftest import KEY, Office_
from tests.exchange.test_review_file import WORDS
from tests.store.reviewing import WRONG, Round
from tests.ui.conftest import show


@pytest.fixture
def once(store: Store, office: Office_, tmp_path: Path) -> Round:
    store.folder, store.answers_key = tmp_path, KEY.answers_key
    return Round(store, office)


@pytest.fixture
def page(once: Round, desk: Desk, qtbot: QtBot) -> ReviewsPage:
    made = show(ReviewsPage(desk), desk, qtbot, (1200, 800))
    qtbot.waitUntil(lambda: made.pane.line is not None)
    return made


def card(page: ReviewsPage, label: str) -> ProposalCard:
    return next(c for c in page.pane.proposals if c.proposal.label == label)


def click(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_what_waits_for_the_family_is_listed(page: ReviewsPage, once: Round) -> None:
    assert page.list.row_count() == 1
    row = page.list.row_at(0)
    assert row.chip is not None
    assert row.chip.text == "waiting 0 days"
    assert page.pane.withdraw.isVisible()
    assert page.pane.proposals == []


def test_answers_are_decided_one_by_one_and_undone(
    page: ReviewsPage, once: Round, store: Store, qtbot: QtBot
) -> None:
    once.back(once.answers(Occupation=WRONG, Born=Reply(Said.WRONG, "1971"), Arrested=Reply(Said.WITHHOLD)))
    qtbot.waitUntil(lambda: len(page.pane.proposals) == 3)
    shown = card(page, "Occupation")
    assert (shown.now.text(), shown.proposed.text()) == ("teacher of music", "teacher of physics")

    click(qtbot, shown.accept)
    qtbot.waitUntil(lambda: card(page, "Occupation").proposal.decision is Decision.ACCEPTED)
    assert once.occupation(Audience.INTERNAL) == "teacher of physics"
    dialog = card(page, "Born").ask_change()
    dialog.rows["birth"].editor.setText("1972")  # type: ignore[attr-defined]
    dialog.finish()
    assert dialog.isVisible()  # a reason is needed
    assert "Say why" in dialog._why.problem()
    dialog.reason.setText("the certificate")
    dialog.finish()
    qtbot.waitUntil(lambda: card(page, "Born").proposal.decision is Decision.CHANGED)
    why = card(page, "Arrested").ask_reason()
    why._reason.setPlainText("they meant something else")
    why.finish()
    qtbot.waitUntil(lambda: card(page, "Arrested").proposal.decision is Decision.DECLINED)

    page.desk.undo()
    qtbot.waitUntil(lambda: card(page, "Arrested").proposal.decision is Decision.OPEN)
    assert "Decline" not in store.can_undo()


def test_what_is_not_in_the_words_of_a_field_is_asked_for(
    page: ReviewsPage, once: Round, qtbot: QtBot
) -> None:
    once.back(once.answers(Sex=Reply(Said.WRONG, "a girl")) if _has(once, "Sex") else once.answers(
        **{_event(once): Reply(Said.WRONG, "it was later")}))  # fmt: skip
    qtbot.waitUntil(lambda: len(page.pane.proposals) == 1)

    click(qtbot, page.pane.proposals[0].accept)

    dialog = page.window().findChild(type(page.pane.proposals[0].ask_change()))
    assert dialog is not None
    dialog.close()


def _has(once: Round, label: str) -> bool:
    return any(i.label == label for i in once.packet.items)


def _event(once: Round) -> str:
    return next(i.label for i in once.packet.items if i.at and i.at.record == "CustodyEvent").replace(
        " ", "_"
    )


def test_a_review_is_sent_from_the_dialog(once: Round, desk: Desk, store: Store, qtbot: QtBot) -> None:
    dialog = SendDialog(desk.parent() or MainWindow(store), desk, once.family)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert dialog.cases[once.case].isChecked()
    dialog.to.setCurrentText("A cousin")
    dialog.way.setCurrentIndex(0)
    dialog.finish()
    assert not store.draft(Case, once.case).values.get("nothing")
    assert "Family representative" in dialog._problem.text()
    dialog.way.setCurrentIndex(3)
    dialog.language.setCurrentIndex(1)
    dialog.finish()

    with store.reader() as reader:
        from casetracker.model import Review

        sent = [r for r in reader.all(Review) if r.text("addressee") == "A cousin"]
        assert [(r.text("language"), r.text("way")) for r in sent] == [("ru", "As an encrypted file")]


def test_answers_from_a_file_are_asked_about_and_taken_in(
    page: ReviewsPage, once: Round, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.pane.write_file(tmp_path / "r.ctreview", WORDS).wait()
    review = open_review_file(tmp_path / "r.ctreview", WORDS)
    back = write_answers(tmp_path / "a.ctanswers", review, once.answers(Occupation=WRONG))
    said: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _, title, text, answers: said.append(title) or "take")

    page.read_in(back)

    qtbot.waitUntil(lambda: len(page.pane.proposals) == 1)
    assert said == [f"Take in the answers of M. Dauletova to {once.packet.review}?"]
    warned: list[str] = []
    monkeypatch.setattr(messages, "warn", lambda _, error, title="": warned.append(str(error)))
    page.read_in(back)
    qtbot.waitUntil(lambda: bool(warned))
    assert "taken in already" in warned[0]


def test_what_was_sent_in_the_program_is_taken_in(page: ReviewsPage, once: Round, qtbot: QtBot) -> None:
    from dataclasses import replace

    box.keep(once.store, once.id, replace(once.answers(Occupation=WRONG), done=True))
    page.refresh()
    qtbot.waitUntil(page.pane.came.isVisible)

    page.pane.take_in()

    qtbot.waitUntil(lambda: len(page.pane.proposals) == 1)
    assert not page.pane.came.isVisible()


def test_a_scanned_sheet_is_keyed_in_beside_it(
    page: ReviewsPage, once: Round, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    scan = tmp_path / "scan.png"
    Image.new("RGB", (300, 400), "white").save(scan)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(scan), ""))

    page.key_in(once.id)

    qtbot.waitUntil(lambda: page.window().findChild(KeyInWindow) is not None)
    window = page.window().findChild(KeyInWindow)
    assert window.scan.line is not None
    assert window.scan.line.file_name == "scan.png"
    qtbot.waitUntil(lambda: window.scan.sight is not None)
    for _ in once.packet.items:
        window.sheet._key(1)
        window.sheet._step(1)
    click(qtbot, window.sheet.send)
    qtbot.waitUntil(lambda: once.stands().state is not Confirmed.WAITING)
    assert box.kept(once.store, once.id) is None


def test_what_lapsed_is_listed_and_the_case_says_why(
    page: ReviewsPage, once: Round, store: Store, qtbot: QtBot
) -> None:
    once.back(once.answers())
    data = read(store, once.case)
    assert data is not None
    assert "confirmed by the family on 10 Nov 2021" in [chip.text for chip in data.chips]
    case = store.draft(Case, once.case)
    case.values["request"] = "Let him call home"
    store.save(case)
    page.show_view("lapsed")
    qtbot.waitUntil(lambda: page.list.row_count() == 1)

    assert page.list.row_at(0).left == "Changed since: What the family asks"
    data = read(store, once.case)
    assert data is not None
    assert ("confirmation of 10 Nov 2021 lapsed", "Changed since: What the family asks") in [
        (chip.text, chip.help) for chip in data.chips
    ]


def test_a_review_is_withdrawn_with_a_reason(
    page: ReviewsPage, once: Round, store: Store, qtbot: QtBot
) -> None:
    dialog = page.pane.ask_withdraw()
    assert dialog is not None
    dialog._reason.setPlainText("wrong spelling")
    dialog.finish()
    qtbot.waitUntil(lambda: page.pane.line is not None and page.pane.line.state is ReviewState.WITHDRAWN)
    assert not page.pane.withdraw.isVisible()


def test_the_window_says_that_answers_wait(once: Round, store: Store, qtbot: QtBot) -> None:
    once.back(once.answers(Occupation=WRONG))
    window = MainWindow(store, "Almaty office")
    qtbot.addWidget(window)
    badge = window.nav._buttons["reviews"].badge
    assert badge is not None
    assert badge.text == "1 to decide"
    window._narrow("reviews:open")
    assert window.nav.selected() == "reviews"
    page = window.page("reviews")
    assert isinstance(page, ReviewsPage)
    assert page.view == "open"
    window.close()
