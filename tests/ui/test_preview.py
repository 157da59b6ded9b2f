"""The preview of a paper: the first page at once, stopped by a button, never an old one; and printing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from casetracker import i18n
from casetracker.model import Case, Release
from casetracker.reports import REPORTS
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.given_out.release_dialog import ReleaseDialog
from casetracker.ui.pages.reports import ReportsPage
from tests.benchmarks.generate import TODAY, USER, fill
from tests.conftest import KEY, Office_
from tests.ui.keys import type_into
from tests.ui.story import CaseWorker

Key = Qt.Key
MANY = 300
LONG = 120_000  # ms; other tests run beside this one


@pytest.fixture
def many(database: Path) -> Iterator[Store]:
    """A casebook of three hundred cases."""
    engine = open_engine(database, KEY)
    fill(engine, MANY)
    yield Store(engine, USER, today=lambda: TODAY)
    engine.dispose()


def opened(qtbot: QtBot, store: Store) -> ReportsPage:
    page = CaseWorker(qtbot, store).window.page("reports")
    assert isinstance(page, ReportsPage)
    return page


def choose(page: ReportsPage, name: str) -> None:
    page.report_box.setCurrentIndex([r.name for r in REPORTS].index(name))


def text(page: ReportsPage) -> str:
    paper = page.view.paper
    return " ".join(paper.getAllText(n).text() for n in range(paper.pageCount()))


def test_the_first_page_comes_before_the_rest(qtbot: QtBot, store: Store, office: Office_) -> None:
    refs = [store.draft(Case, office.case(f"Бақытжан Нұрлан{n}")).values["ref"] for n in range(6)]
    page = opened(qtbot, store)
    seen: list[tuple[str, int, bool]] = []
    page.preview.begun.connect(
        lambda: seen.append((text(page), page.view.paper.pageCount(), page.preview.whole))
    )
    with qtbot.waitSignal(page.previewed, timeout=LONG):
        page.window().go("reports", "")  # type: ignore[attr-defined]
        choose(page, "case")
    first, pages, whole = seen[-1]
    assert not whole
    assert "page 1 of …" in first
    assert pages < page.view.paper.pageCount()
    assert sum(ref in first for ref in refs) <= 2
    assert page.preview.whole
    assert all(ref in text(page) for ref in refs)
    assert "page 1 of 6" in text(page)


def test_a_long_preview_is_stopped_and_what_is_shown_stays(qtbot: QtBot, many: Store) -> None:
    page = opened(qtbot, many)
    with qtbot.waitSignal(page.preview.begun, timeout=LONG):
        page.window().go("reports", "")  # type: ignore[attr-defined]
        choose(page, "case")
    stop = page.findChild(QPushButton, "preview.stop")
    assert isinstance(stop, QPushButton)
    qtbot.waitUntil(stop.isVisible, timeout=LONG)
    job = page.preview._job
    assert job is not None
    assert job.dialog.isHidden()  # nothing stands in the way of the options
    qtbot.keyClick(stop, Key.Key_Space)
    job.wait()
    QApplication.processEvents()
    assert not page.preview.whole
    assert 1 <= page.view.paper.pageCount() < MANY
    said = page.findChild(QLabel, "preview.progress")
    assert isinstance(said, QLabel)
    assert said.text().startswith("Stopped")


def test_what_was_asked_for_before_is_never_shown(qtbot: QtBot, many: Store) -> None:
    page = opened(qtbot, many)
    with qtbot.waitSignal(page.preview.begun, timeout=LONG):
        page.window().go("reports", "")  # type: ignore[attr-defined]
        choose(page, "case")
    shown: list[str] = []
    page.previewed.connect(lambda: shown.append(text(page)))
    with qtbot.waitSignal(page.previewed, timeout=LONG):
        choose(page, "intake-form")
    QApplication.processEvents()
    assert len(shown) == 1
    assert shown[0].startswith("First taking down")


# Printing


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def previewed(qtbot: QtBot, page: ReportsPage, case: str) -> None:
    with qtbot.waitSignal(page.previewed, timeout=LONG):
        page.window().go("reports", f"case:{case}")  # type: ignore[attr-defined]


def test_what_is_printed_for_an_official_is_registered(
    qtbot: QtBot, store: Store, office: Office_, tmp_path: Path
) -> None:
    page, out = opened(qtbot, store), tmp_path / "printed.pdf"
    previewed(qtbot, page, office.case())
    page.choose_printer = lambda: printer_into(out)
    page.print_paper()
    dialog = page.window().findChild(ReleaseDialog)
    assert isinstance(dialog, ReleaseDialog)
    type_into(dialog.addressee, "Office of the Commissioner")
    with qtbot.waitSignal(page.printed, timeout=LONG) as went:
        qtbot.keyClick(dialog.addressee, Key.Key_Return)
    assert went.args == [1]
    document = pypdfium2.PdfDocument(out)
    assert len(document) == 1
    document.close()
    with store.reader() as reader:
        (release,) = reader.all(Release)
    assert release.text("addressee") == "Office of the Commissioner"


def test_a_paper_that_would_tell_too_much_is_not_printed(
    qtbot: QtBot, store: Store, office: Office_, tmp_path: Path
) -> None:
    case = office.case(account="Серікбай Тоқтарұлы saw it.")
    draft = store.draft(Case, case)
    draft.add("sources", label="A neighbour", person_id=office.person("Серікбай Тоқтарұлы"))
    store.save(draft)
    page, out = opened(qtbot, store), tmp_path / "printed.pdf"
    previewed(qtbot, page, case)
    page.choose_printer = lambda: printer_into(out)
    page.print_paper()
    dialog = page.window().findChild(ReleaseDialog)
    assert isinstance(dialog, ReleaseDialog)
    type_into(dialog.addressee, "Office of the Commissioner")
    qtbot.keyClick(dialog.addressee, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.window().findChildren(QMessageBox)), timeout=LONG)
    (box,) = page.window().findChildren(QMessageBox)
    assert "held back" in box.informativeText() + box.text()
    box.close()
    assert not out.exists()
    with store.reader() as reader:
        assert list(reader.all(Release)) == []


def test_giving_up_the_printer_prints_and_registers_nothing(
    qtbot: QtBot, store: Store, office: Office_
) -> None:
    page = opened(qtbot, store)
    previewed(qtbot, page, office.case())
    page.choose_printer = lambda: None
    page.print_paper()
    dialog = page.window().findChild(ReleaseDialog)
    assert isinstance(dialog, ReleaseDialog)
    type_into(dialog.addressee, "Office of the Commissioner")
    qtbot.keyClick(dialog.addressee, Key.Key_Return)
    with store.reader() as reader:
        assert list(reader.all(Release)) == []


def test_the_window_speaks_its_own_language_while_a_paper_speaks_another(
    qtbot: QtBot, store: Store, office: Office_
) -> None:
    for name in (
        "Erlan Tolegen",
        "Aidos Nurlan",
        "Marat Qasym",
    ):  # more than one page
        office.case(name)
    office.case("Dana Serik", consent=())
    i18n.use("ru")
    page = opened(qtbot, store)
    page.preview.make(store, replace(page.wanted(), language="en"))
    qtbot.waitUntil(lambda: page.left_out.isVisibleTo(page))
    assert "согласи" in page.left_out.text()
    assert "agreed" not in page.left_out.text()


def test_nothing_is_said_before_something_is_known(qtbot: QtBot, desk: Desk) -> None:
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    assert page.left_out.isHidden()
    assert page.held_back.isHidden()
