"""The story the program was made for, in the real window, by keyboard.

Three cases are taken down; the protest of 1 October and the eight people detained in that week are
recorded, and their fines; the Commissioner receives the families on 4 October, each case is presented, and it
is promised to look into each of them. Weeks pass. The dossier for the next meeting shows, for each case, that
promise and for how long it is overdue. Then everything is undone, back to the hand-over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import Case, HandOver, Meeting, Participant, Penalty, Protest
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import lists, questions
from casetracker.store.store import Store
from casetracker.ui import messages
from tests.ui.story import CaseWorker

CASES = (
    ("Бақытжан Нұрланұлы", "about October 2018", "Emin", "Айгүл Серікқызы"),
    ("Гүлнар Әбдіқызы", "spring 2018", "Ili", "Мұхит Әбдіұлы"),
    ("ئابدۇراخمان يولۋاس", "26.5.2017", "Kashgar", "رەناگۈل يولۋاس"),
)
EIGHT = (
    "Айгүл Серікқызы", "Мұхит Әбдіұлы", "رەناگۈل يولۋاس", "Сара Қонысбай",
    "Фариза Жұмаділқызы", "Алма Зейнолла", "Гүлзия Ершат", "Жанар Оразқызы",
)  # fmt: skip
WEEK = "27.9.2021 - 3.10.2021"


@pytest.fixture
def worker(qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaseWorker]:
    store.today = lambda: dt.date(2021, 9, 20)
    yield CaseWorker(qtbot, store)
    # Where the story broke off in the middle of a page, the window must not wait for an answer.
    monkeypatch.setattr(messages, "ask", lambda *_: "discard")


def take_down_three_cases(worker: CaseWorker) -> None:
    for name, since, county, petitioner in CASES:
        dialog = worker.new("cases")
        names = worker.grid(dialog, "names")
        names.remove(range(len(names.rows())))
        worker.add_line(names, full=name)
        worker.fill(dialog, family_id=f"Family of {petitioner}", request="confirm where the relative is held")
        worker.fill(dialog, arrested=since, county=county)
        worker.add_line(worker.grid(dialog, "custody"), kind="Taken", on=since)
        worker.add_line(
            worker.grid(dialog, "consents"),
            use="Share with the Commissioner", person_id=petitioner, answer="Agrees", given="20.9.2021",
        )  # fmt: skip
        worker.save(dialog)


def record_the_protest(worker: CaseWorker) -> None:
    worker.wait_for_day(dt.date(2021, 10, 2))
    dialog = worker.new("protests")
    worker.fill(dialog, title="Protest in Nur-Sultan", on="1 October 2021", place="Nur-Sultan")
    worker.save(dialog)
    page = worker.window.page("protests")
    people = worker.grid(page, "participants")
    for name in EIGHT:
        worker.add_line(people, person_id=name, part="Participant", outcome="Detained and", detained=WEEK)
    worker.bot.keyClick(page.findChild(QPushButton, "penalties.each"), Qt.Key.Key_Space)
    penalties = worker.grid(page, "penalties")
    for row in range(len(penalties.rows())):
        penalties.set_value(row, "article", "488")
        penalties.set_value(row, "amount", "87 510")
    [save] = [
        b for b in page.findChildren(QPushButton) if b.objectName().endswith("bar.save") and b.isVisible()
    ]
    worker.bot.mouseClick(save, Qt.MouseButton.LeftButton)


def record_the_meeting(worker: CaseWorker) -> str:
    worker.wait_for_day(dt.date(2021, 10, 4))
    dialog = worker.new("meetings")
    worker.fill(dialog, office_id="Commissioner for Human Rights", on="4.10.2021", place="Nur-Sultan")
    worker.add_line(
        worker.grid(dialog, "participants"), person_id="Elvira Azimova", part="Official", post="Commissioner"
    )
    for name, *_ in CASES:
        worker.add_line(
            worker.grid(dialog, "presented"), case_id=name, asked="confirm where the relative is held"
        )
    worker.save(dialog)
    return worker.window.page("meetings").record().record_id  # type: ignore[attr-defined]


def record_the_promise(worker: CaseWorker) -> None:
    page = worker.window.page("meetings")
    worker.press(page, "meeting.promise")
    dialog = worker.dialog()
    worker.fill(dialog, words="to look into each case", due="25.10.2021", due_basis="Our own guess")
    worker.press(dialog, "covers.each")
    worker.save(dialog)


def hand_over(worker: CaseWorker) -> None:
    worker.press(worker.window.page("meetings"), "meeting.hand_over")
    [question] = [d for d in worker.window.findChildren(QDialog) if d.objectName() == "hand_over"]
    worker.press(question, "hand_over.do")


def record_the_silence(worker: CaseWorker) -> None:
    """Three weeks later nobody has answered; it is written down for the first case."""
    worker.wait_for_day(dt.date(2021, 11, 10))
    worker.window.go("promises")
    worker.press(worker.window.page("promises"), "outcome.silent")


def record_the_next_meeting(worker: CaseWorker) -> None:
    worker.wait_for_day(dt.date(2021, 11, 12))
    dialog = worker.new("meetings")
    worker.fill(dialog, office_id="Commissioner for Human Rights", on="15.11.2021")
    for name, *_ in CASES:
        worker.add_line(worker.grid(dialog, "presented"), case_id=name)
    worker.save(dialog)


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def test_from_three_cases_to_the_dossier_and_back(worker: CaseWorker, store: Store, tmp_path: Path) -> None:
    take_down_three_cases(worker)
    assert lists.count(store, Case) == 3

    record_the_protest(worker)
    with store.reader() as reader:
        [protest] = reader.all(Protest)
        assert questions.detained_count(protest) == 8
        assert {p.text("detained") for p in reader.all(Participant)} == {
            "from 27 September to 3 October 2021"
        }
        assert sum(p.value("amount") for p in reader.all(Penalty)) == 8 * 87_510

    record_the_meeting(worker)
    record_the_promise(worker)
    hand_over(worker)
    record_the_silence(worker)
    record_the_next_meeting(worker)

    pages = text_of(worker.print_dossier(tmp_path))
    index, *cases = pages
    for name, *_ in CASES:
        assert name in index
    told = [page for page in cases if "18 days overdue" in page]
    assert len(told) == 3
    assert all("to look into each case" in page for page in told)

    given_out, *before = store.recent(4)
    assert given_out.label.startswith("Give out RL-")
    for taken_back in before[:2]:  # the next meeting, then the silence
        worker.keys(worker.window, Qt.Key.Key_Z)
        assert store.recent(1)[0].label == f"Undo: {taken_back.label}"
    assert lists.count(store, Meeting) == 1
    with store.reader() as reader:
        assert {p.outcome for p in questions.promises(reader)} == {PromiseOutcome.PENDING}

    worker.keys(worker.window, Qt.Key.Key_Z)  # the hand-over stands: the paper is out of the office
    assert before[2].label == "Hand over 3 cases"
    assert "cannot be undone" in worker.find(worker.window, QLabel, "status.saved").text()
    assert lists.count(store, HandOver) == 1
