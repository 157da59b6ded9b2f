"""The page of reports: options, profiles, what a paper needs, and a day, all by keys."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.reports import REPORTS
from casetracker.reports.options import Options
from casetracker.store.report_profiles import profiles
from casetracker.store.store import Store
from casetracker.ui.pages.given_out.release_dialog import ReleaseDialog
from casetracker.ui.pages.paper.in_languages import LANGUAGES
from casetracker.ui.pages.paper.several import SeveralDialog
from casetracker.ui.pages.reports import ReportsPage
from tests.conftest import Office_
from tests.ui.keys import type_into
from tests.ui.story import CaseWorker

Key = Qt.Key


@pytest.fixture
def case(office: Office_) -> str:
    made = office.case("Aigul Sadyk", account="She went to the market.")
    office.meeting(made)
    return made


@pytest.fixture
def page(qtbot: QtBot, store: Store, case: str) -> ReportsPage:
    worker = CaseWorker(qtbot, store)
    shown = worker.window.page("reports")
    assert isinstance(shown, ReportsPage)
    with qtbot.waitSignal(shown.previewed, timeout=20_000):
        worker.window.go("reports", f"case:{case}")
    return shown


def words(page: ReportsPage) -> str:
    paper = page.view.paper
    return " ".join(paper.getAllText(n).text() for n in range(paper.pageCount()))


def pick(qtbot: QtBot, box: QComboBox, place: int) -> None:
    """Go to a line of a closed list by arrow keys, as at the keyboard."""
    qtbot.keyClick(box, Key.Key_Home)
    for _ in range(place):
        qtbot.keyClick(box, Key.Key_Down)


def answer(qtbot: QtBot, page: ReportsPage, text: str) -> None:
    field = page.findChild(QLineEdit, "narrow.ask.field")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    type_into(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def test_the_preview_follows_the_options(page: ReportsPage, qtbot: QtBot) -> None:
    assert "Chronology" in words(page)
    page.options.set_open(True)
    box = page.findChild(QCheckBox, "paper.part.chronology")
    assert isinstance(box, QCheckBox)
    with qtbot.waitSignal(page.previewed, timeout=20_000):
        qtbot.keyClick(box, Key.Key_Space)
        type_into(page.options.header_edit, "Бюро родственников")
        type_into(page.options.sign_edit, "Head of the office")
    assert "Chronology" not in words(page)
    assert "Бюро родственников" in words(page)
    assert "Head of the office" in words(page)


def test_a_part_is_moved_with_the_keyboard_and_the_preview_follows(page: ReportsPage, qtbot: QtBot) -> None:
    assert words(page).index("Chronology") < words(page).index("Promises about")
    page.options.set_open(True)
    up = page.findChild(QPushButton, "paper.part.promises.up")
    assert isinstance(up, QPushButton)
    up.setFocus()
    with qtbot.waitSignal(page.previewed, timeout=20_000):
        for _ in range(2):
            focus = page.window().focusWidget()
            assert isinstance(focus, QPushButton)
            qtbot.keyClick(focus, Key.Key_Space)
    assert page.options.options().order == ("promises", "account", "chronology")
    assert words(page).index("Promises about") < words(page).index("Chronology")
    at_the_top = page.window().focusWidget()  # where "up" leads no further, the keyboard goes to "down"
    assert at_the_top is not None
    assert at_the_top.objectName() == "paper.part.promises.down"
    for _ in range(2):
        focus = page.window().focusWidget()
        assert isinstance(focus, QPushButton)
        qtbot.keyClick(focus, Key.Key_Space)
    assert page.options.options() == Options()


def test_two_languages_in_the_preview_and_in_the_profile(
    page: ReportsPage, store: Store, qtbot: QtBot
) -> None:
    codes = [page.languages.second.itemData(n) for n in range(page.languages.second.count())]
    assert codes == ["", "kk", "ru"]
    with qtbot.waitSignal(page.previewed, timeout=20_000):
        pick(qtbot, page.languages.second, codes.index("ru"))
    assert "Chronology / Хронология" in words(page)
    page.profiles.save_as()
    answer(qtbot, page, "Akimat")
    assert [(p.language, p.second_language) for p in profiles(store)] == [("en", "ru")]
    pick(qtbot, page.languages.first, [code for code, _ in LANGUAGES].index("ru"))
    assert page.languages.chosen() == ("ru", "")  # not the same one twice
    pick(qtbot, page.profiles.box, 0)
    pick(qtbot, page.profiles.box, 1)
    assert page.languages.chosen() == ("en", "ru")
    pick(qtbot, page.report_box, [r.name for r in REPORTS].index("custody"))
    assert not page.languages.second_row.isVisible()
    assert page.wanted().second_language == ""


def test_a_logo_and_a_running_header_are_kept_in_the_profile_and_the_picture_made_anew(
    page: ReportsPage, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "our-logo.jpg"
    exif = Image.Exif()
    exif[0x010E] = "taken by Serikbai"
    Image.new("RGB", (900, 300), "#0b5382").save(file, exif=exif)
    page.options.set_open(True)
    page.options.logo.choose_file = lambda: str(file)
    with qtbot.waitSignal(page.previewed, timeout=20_000):
        type_into(page.options.running_edit, "Бюро · to the Commissioner")
        with qtbot.waitSignal(page.options.logo.changed, timeout=20_000):
            qtbot.keyClick(page.options.logo.choose, Key.Key_Space)
    assert "Бюро · to the Commissioner" in words(page)
    assert b"Serikbai" not in page.options.options().logo
    assert page.options.logo.picture.isVisible()
    page.profiles.save_as()
    answer(qtbot, page, "Commissioner")
    (kept,) = profiles(store)
    assert kept.logo == page.options.options().logo
    qtbot.keyClick(page.options.logo.remove, Key.Key_Space)
    page.options.running_edit.clear()
    assert page.options.options() == Options()
    pick(qtbot, page.profiles.box, 0)
    pick(qtbot, page.profiles.box, 1)
    assert page.options.options().logo == kept.logo
    assert page.options.options().running == "Бюро · to the Commissioner"


def test_a_file_that_is_no_picture_is_refused_where_it_was_chosen(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "letter.png"
    file.write_bytes(b"%PDF-1.7")
    page.options.set_open(True)
    page.options.logo.choose_file = lambda: str(file)
    qtbot.keyClick(page.options.logo.choose, Key.Key_Space)
    qtbot.waitUntil(page.options.logo.problem.isVisible)
    assert "JPEG or PNG" in page.options.logo.problem.text()
    assert page.options.options() == Options()


def test_a_profile_is_kept_chosen_renamed_and_deleted(page: ReportsPage, store: Store, qtbot: QtBot) -> None:
    pick(qtbot, page.report_box, [r.name for r in REPORTS].index("dossier"))
    type_into(page.options.header_edit, "Our office")
    page.profiles.save_as()
    answer(qtbot, page, "Commissioner")
    assert [(p.name, p.report) for p in profiles(store)] == [("Commissioner", "dossier")]
    pick(qtbot, page.report_box, 0)
    page.options.header_edit.clear()
    pick(qtbot, page.profiles.box, 0)
    pick(qtbot, page.profiles.box, 1)
    assert page.report().name == "dossier"
    assert page.options.options().header == "Our office"
    page.profiles.rename()
    answer(qtbot, page, "Commissioner of human rights")
    assert page.profiles.box.currentText() == "Commissioner of human rights"
    page.profiles.delete()
    qtbot.waitUntil(lambda: page.profiles.box.count() == 1)
    page.desk.undo()
    qtbot.waitUntil(lambda: page.profiles.box.count() == 2)


def test_a_profile_says_to_whom_the_paper_is_given(page: ReportsPage, store: Store, qtbot: QtBot) -> None:
    page.options.set_open(True)
    type_into(page.options.addressee_edit, "Office of the Commissioner")
    page.profiles.save_as()
    answer(qtbot, page, "Commissioner")
    assert [p.addressee for p in profiles(store)] == ["Office of the Commissioner"]
    page.options.addressee_edit.clear()
    pick(qtbot, page.profiles.box, 0)
    pick(qtbot, page.profiles.box, 1)
    page.save()
    dialog = page.window().findChild(ReleaseDialog)
    assert isinstance(dialog, ReleaseDialog)
    assert dialog.addressee.text() == "Office of the Commissioner"
    dialog.reject()


def test_a_name_that_is_taken_is_refused_where_it_was_typed(page: ReportsPage, qtbot: QtBot) -> None:
    for _ in range(2):
        page.profiles.save_as()
        answer(qtbot, page, "Ministry")
    assert page.profiles.asking.isVisible()
    assert len(profiles(page.desk.store)) == 1


def test_what_a_paper_needs_leads_to_the_record(page: ReportsPage, qtbot: QtBot, case: str) -> None:
    assert not page.ready.isVisible()
    with qtbot.waitSignal(page.previewed, timeout=20_000):
        pick(qtbot, page.report_box, [r.name for r in REPORTS].index("wgad"))
    assert page.ready.isVisible()
    links = [b for b in page.ready.findChildren(QPushButton) if b.accessibleName().startswith("What is")]
    links = links or [b for b in page.ready.findChildren(QPushButton) if "missing" in b.accessibleName()]
    with qtbot.waitSignal(page.desk.go_to, timeout=5_000) as went:
        qtbot.keyClick(links[0], Key.Key_Space)
    assert went.args[0] in {"cases", "people"}


def test_the_day_is_asked_for_only_where_it_counts(page: ReportsPage, qtbot: QtBot) -> None:
    assert not page.since_edit.isVisible()
    pick(qtbot, page.report_box, [r.name for r in REPORTS].index("delta"))
    assert page.since_edit.isVisible()
    type_into(page.since_edit.line, "1.9.2021")
    assert page.wanted().scope.since == dt.date(2021, 9, 1)


def test_several_papers_go_to_a_folder_and_a_summary_is_told(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.choose_folder = lambda: str(tmp_path)
    page.export_several()
    dialog = page.window().findChild(SeveralDialog)
    assert isinstance(dialog, SeveralDialog)
    qtbot.keyClick(dialog.addressee, Key.Key_Return)  # to nobody: it stays open and says so
    assert dialog.isVisible()
    type_into(dialog.addressee, "Office of the Commissioner")
    with qtbot.waitSignal(page.exported, timeout=20_000) as ended:
        qtbot.keyClick(dialog.addressee, Key.Key_Return)
    (batch,) = ended.args
    assert len(batch.written) + len(batch.left_out) == 1
    assert len(list(tmp_path.glob("case-official-en-*.pdf"))) == len(batch.written)
    told = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert f"Papers written: {len(batch.written)}." in told[0].informativeText()
    told[0].close()
