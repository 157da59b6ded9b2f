"""Giving a paper out by hand, and finding it again: in the register, at a person, in a withdrawal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case
from casetracker.model.confidentiality import Audience, Sensitivity
from casetracker.reports import report_named
from casetracker.reports.make import Forecast, ReleaseWanted, Wanted, forecast, make
from casetracker.store import release_register
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.consents.withdraw import withdraw
from casetracker.ui.pages.given_out.page import GivenOutPage
from casetracker.ui.pages.given_out.release_dialog import ReleaseDialog
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.tabs import TabPages
from tests.conftest import Office_

CASES = report_named("case")
WHOM = "Office of the Commissioner"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def case(store: Store, office: Office_, tmp_path: Path) -> str:
    """A case that stands in a paper for the Commissioner and in one for the office."""
    made = office.case("Бақытжан Нұрланұлы")
    make(store, Wanted(CASES, Audience.OFFICIAL), tmp_path / "given.pdf", release=ReleaseWanted(WHOM))
    make(store, Wanted(CASES, Audience.INTERNAL), tmp_path / "own.pdf", release=ReleaseWanted())
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, case: str) -> GivenOutPage:
    made = GivenOutPage(desk)
    qtbot.addWidget(made)
    made.show_record("")
    made.show()
    return made


def cells(table: CellTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def titles(page: GivenOutPage) -> list[str]:
    return sorted(page.list.row_at(n).left for n in range(page.list.row_count()))


Given = list[tuple[Wanted, ReleaseWanted]]


def opened(
    host: QWidget, store: Store, coming: Forecast, audience: Audience = Audience.OFFICIAL
) -> tuple[ReleaseDialog, Given]:
    given: Given = []
    dialog = ReleaseDialog(
        host,
        Wanted(CASES, audience),
        coming,
        store,
        lambda wanted, release: given.append((wanted, release)),
    )
    dialog.open()
    return dialog, given


def test_the_dialog_says_what_is_learnt_held_back_and_left_out(
    store: Store, office: Office_, host: QWidget
) -> None:
    office.case("Ержан Қайратұлы", consent=())
    dialog, _ = opened(host, store, forecast(store, Wanted(CASES, Audience.OFFICIAL)))

    said = " ".join(text.text() for text in dialog.findChildren(QLabel))
    assert "names (of those who agreed)" in said
    assert "telephone numbers and other contacts" in said
    assert "the family has not agreed to it" in said
    assert "Children are initials and age only." in said


def test_nothing_is_given_to_nobody(qtbot: QtBot, store: Store, host: QWidget) -> None:
    dialog, given = opened(host, store, Forecast((), 1, ()))

    ok = dialog.findChild(QPushButton, "release.ok")
    assert isinstance(ok, QPushButton)

    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert not given
    qtbot.keyClicks(dialog.addressee, WHOM)
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    [(wanted, release)] = given
    assert (release.addressee, release.overrides, wanted.let_through) == (WHOM, (), frozenset())


def test_an_exception_needs_its_reason(qtbot: QtBot, store: Store, host: QWidget) -> None:
    dialog, given = opened(host, store, Forecast((), 1, ()))
    qtbot.keyClicks(dialog.addressee, WHOM)
    box = dialog.findChild(QCheckBox, "release.let.HEALTH")
    assert isinstance(box, QCheckBox)
    box.setChecked(True)

    dialog.finish()
    assert not given
    qtbot.keyClicks(dialog.reason, "The doctor was promised")
    dialog.finish()

    [(wanted, release)] = given
    assert wanted.let_through == {Sensitivity.HEALTH}
    assert [(o.reason, o.by) for o in release.overrides] == [("The doctor was promised", "A. Serik")]


@pytest.mark.parametrize("audience", [Audience.OFFICIAL, Audience.PUBLIC])
def test_what_never_leaves_is_not_offered(store: Store, host: QWidget, audience: Audience) -> None:
    dialog, _ = opened(host, store, Forecast((), 1, ()), audience)

    never = {Sensitivity.CONTACT, Sensitivity.TESTIFIER, Sensitivity.GRADE, Sensitivity.IDENTITY,
             Sensitivity.PERPETRATOR, Sensitivity.RELATIVE, Sensitivity.NOTES}  # fmt: skip
    assert dialog.kinds
    assert not never & dialog.kinds.keys()


def test_the_register_is_narrowed_and_searched(qtbot: QtBot, page: GivenOutPage) -> None:
    assert len(titles(page)) == 2
    page.show_view("out")
    assert [WHOM in title for title in titles(page)] == [True]
    page.show_view("all")
    field = page.findChild(QLineEdit, "given_out.find")
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "commissioner given")
    assert len(titles(page)) == 1
    qtbot.keyClicks(field, " nobody")
    assert titles(page) == []


def test_a_paper_is_asked_back(qtbot: QtBot, page: GivenOutPage, store: Store) -> None:
    page.show_view("out")
    button = page.findChild(QPushButton, "release.recall")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    text = dialog.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    qtbot.keyClicks(text, "The secretary gave it back")
    dialog.finish()

    page.refresh()
    assert titles(page) == []
    page.show_view("recalled")
    assert len(titles(page)) == 1
    assert [r.recall_note for r in release_register.register(store) if r.recalled] == [
        "The secretary gave it back"
    ]


def test_a_paper_in_hand_is_checked(qtbot: QtBot, page: GivenOutPage, tmp_path: Path) -> None:
    page.choose_file = lambda: str(tmp_path / "given.pdf")

    page.check_paper()

    box = page.window().findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "Genuine" in box.text() + box.informativeText()
    box.close()


def test_the_page_of_a_person_and_of_a_case_show_it(
    qtbot: QtBot, desk: Desk, store: Store, case: str
) -> None:
    people, cases = PersonPage(desk), CasePage(desk)
    qtbot.addWidget(people)
    qtbot.addWidget(cases)
    people.show_record(store.draft(Case, case).values["person_id"])
    cases.show_record(case)
    cases.show()
    tab = cases.findChild(CellTable, "table.consents.papers")
    cases.findChild(TabPages).select("consents")  # type: ignore[union-attr]
    table = people.findChild(CellTable, "table.person.releases")

    assert isinstance(tab, CellTable)
    assert isinstance(table, CellTable)
    assert len(cells(tab)) == len(cells(table)) == 2
    assert any(WHOM in row[2] and "still out" in row[3] for row in cells(table))


def test_a_withdrawal_shows_what_is_to_be_asked_back(
    qtbot: QtBot, desk: Desk, host: QWidget, case: str
) -> None:
    dialog = withdraw(host, desk, case)

    table = dialog.findChild(CellTable, "withdraw.papers")
    assert isinstance(table, CellTable)
    assert [WHOM in row[2] for row in cells(table)] == [True]  # not what stayed in the office
