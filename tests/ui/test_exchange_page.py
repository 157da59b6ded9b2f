"""Taking in a list and writing a file for another program, by the keys and clicks of a case worker."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from casetracker.exchange.package import locked_zip
from casetracker.exchange.partner import giving, receiving
from casetracker.jobs import Silent
from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.sources.consent import Answer
from casetracker.store import import_profiles, release_register
from casetracker.store.partner.taking import take_in
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.page import ExchangePage
from tests.conftest import Office_
from tests.exchange.test_import import RUSSIAN, written
from tests.exchange.test_partner import LOCK, another_office, bundle_of, other_cases, send
from tests.store.sample import CHEAP, LOOSE
from tests.ui.conftest import show


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving, "KDF", CHEAP)
    monkeypatch.setattr(receiving, "BOUNDS", LOOSE)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ExchangePage:
    return show(ExchangePage(desk), desk, qtbot, (1200, 900))


def texts(page: ExchangePage, card: str) -> str:
    found = page.findChild(object, card)
    return " ".join(each.text() for each in found.findChildren(QLabel) if each.isVisibleTo(page))


def choose(box: QComboBox, data: str) -> None:
    at = box.findData(data)
    assert at >= 0, data
    box.setCurrentIndex(at)
    box.activated.emit(at)


def told(qtbot: QtBot, page: ExchangePage) -> str:
    """Return what the message says that was opened, and close it."""
    qtbot.waitUntil(lambda: page.window().findChild(QMessageBox) is not None)
    box = page.window().findChild(QMessageBox)
    said = box.text()
    box.close()
    box.deleteLater()
    return f"{said} {box.informativeText()}"


def opened(page: ExchangePage, qtbot: QtBot, path: Path) -> None:
    page.taking.choose_file = lambda: str(path)
    qtbot.mouseClick(page.taking.empty.findChild(object, "taking.empty.action"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.taking.seen is not None)


def test_a_list_is_looked_at_tried_out_and_taken_in(
    page: ExchangePage, desk: Desk, office: Office_, qtbot: QtBot, tmp_path: Path
) -> None:
    known = office.person("Төлеген Асқар", "托列根")
    pane = page.taking
    opened(page, qtbot, written(tmp_path, RUSSIAN))
    assert pane.mapping.boxes["ФИО"].currentText() == "Detained relative: Name in full"
    assert pane.mapping.boxes["Рост"].currentText() == "Keep in a note of the case"
    assert [row.key for row in pane.preview.rows()] == ["2", "3", "4", "5"]
    assert not pane.take_in.isVisibleTo(page)
    qtbot.mouseClick(pane.try_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.take_in.isVisibleTo(page))
    assert "4 rows would be taken in" in texts(page, "card.result")
    assert len(pane.problems.rows()) == 2
    double, box = pane.doubles.choices[2]
    assert double.person_id == known
    choose(box, "same")
    choose(pane.doubles.choices[5][1], "out")
    qtbot.mouseClick(pane.take_in, Qt.MouseButton.LeftButton)
    assert "3 cases were taken in" in told(qtbot, page)
    with desk.store.reader() as reader:
        assert len(list(reader.all(Case))) == 3
        assert known in {case.value("person_id") for case in reader.all(Case)}
    desk.undo()
    with desk.store.reader() as reader:
        assert [p.id for p in reader.all(Person)] == [known]


def test_a_column_is_mapped_otherwise_and_the_mapping_kept(
    page: ExchangePage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = page.taking
    opened(page, qtbot, written(tmp_path, "Name,Foo\nErlan,teacher\n"))
    box = pane.mapping.boxes["Foo"]
    at = box.findText("Detained relative: Occupation")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    assert pane.seen is not None
    assert pane.seen.rows[0].person.values["occupation"] == "teacher"
    pane.ask_name = lambda: "  Our  school list "
    qtbot.mouseClick(pane.keep, Qt.MouseButton.LeftButton)
    ((_, name, mapping),) = import_profiles.kept(desk.store)
    assert name == "Our school list"
    assert {c["to"] for c in json.loads(mapping)["columns"]} == {"person.names", "person.occupation"}
    other = written(tmp_path, "Foo,Name\nnurse,Dana\n", "other.csv")
    pane.choose_file = lambda: str(other)
    pane.choose()
    qtbot.waitUntil(lambda: pane.seen is not None and pane.seen.path == other)
    assert pane.mapping.boxes["Foo"].currentText() == "Keep in a note of the case"
    choose(pane.known, mapping)
    qtbot.waitUntil(lambda: pane.mapping.boxes["Foo"].currentText() == "Detained relative: Occupation")


def test_headings_lower_down_and_another_encoding(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    pane = page.taking
    text = "x;y\nИмя;Пол\nЕрлан;м\n"
    opened(page, qtbot, written(tmp_path, text, code="cp1251"))
    assert list(pane.mapping.boxes) == ["Имя", "Пол"]
    choose(pane.heads_at, "1")
    qtbot.waitUntil(lambda: list(pane.mapping.boxes) == ["x", "y"])
    choose(pane.encoding, "koi8-r")
    qtbot.waitUntil(lambda: pane.seen is not None and pane.seen.file.encoding == "koi8-r")


def test_what_is_no_list_is_said(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"%PDF-1.7")
    page.taking.look(path)
    assert "is no table" in told(qtbot, page)
    assert page.taking.seen is None
    assert page.taking.empty.isVisibleTo(page)


def test_a_file_that_is_dropped_is_looked_at(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(written(tmp_path, RUSSIAN)))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.taking.dropEvent(event)
    qtbot.waitUntil(lambda: page.taking.seen is not None)


def test_a_file_is_written_and_registered(
    page: ExchangePage, desk: Desk, office: Office_, qtbot: QtBot, tmp_path: Path
) -> None:
    office.case("Erlan Tolegen", consent=(Use.K2,))
    office.case("Dana Serik", consent=())
    pane = page.giving
    page.tabs.select("out")
    choose(pane.audience, Audience.PARTNER.value)
    choose(pane.format, "json")
    qtbot.waitUntil(lambda: "1 case will be in it" in texts(page, "card.outlook"))
    assert "Left out: CT-" in texts(page, "card.outlook")
    assert "Held back" in texts(page, "card.outlook")
    pane.to.setText("A partner")
    pane.choose_file = lambda suggested: str(tmp_path / suggested)
    qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
    (line,) = told_register(qtbot, desk)
    assert (line.addressee, line.report, line.cases) == ("A partner", "export-json", 1)
    assert line.ref in told(qtbot, page)
    assert "Dana" not in (tmp_path / "casetracker-partner.json").read_text("utf-8")


def told_register(qtbot: QtBot, desk: Desk) -> list[release_register.Registered]:
    qtbot.waitUntil(lambda: bool(release_register.register(desk.store)))
    return release_register.register(desk.store)


def test_cases_are_chosen_by_reference(page: ExchangePage, office: Office_, qtbot: QtBot, desk: Desk) -> None:
    case = office.case("Erlan Tolegen")
    office.case("Dana Serik")
    with desk.store.reader() as reader:
        ref = next(c.text("ref") for c in reader.all(Case) if c.id == case)
    page.tabs.select("out")
    page.giving.cases.setPlainText(f"{ref.lower()},")
    qtbot.waitUntil(lambda: "1 case will be in it" in texts(page, "card.outlook"))
    assert page.giving.wanted().case_ids == (case,)
    page.giving.cases.setPlainText("CT-0000")
    qtbot.waitUntil(lambda: "There is no case CT-0000" in texts(page, "card.outlook"))
    assert not page.giving.save.isEnabled()


def test_a_package_gets_a_passphrase_that_is_shown(
    page: ExchangePage, office: Office_, qtbot: QtBot, tmp_path: Path
) -> None:
    office.case()
    page.tabs.select("out")
    pane = page.giving
    assert not pane.passphrase.isVisibleTo(page)
    choose(pane.format, "package")
    assert pane.passphrase.isVisibleTo(page)
    first = pane.passphrase.text()
    qtbot.mouseClick(pane.draw, Qt.MouseButton.LeftButton)
    words = pane.passphrase.text()
    assert len(words.split()) == 7
    assert words != first
    pane.choose_file = lambda name: str(tmp_path / name)
    qtbot.waitUntil(pane.save.isEnabled)
    qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
    assert words in told(qtbot, page)
    with locked_zip.opened(tmp_path / "casetracker-internal.zip", words, Silent()) as package:
        assert "index.html" in package.namelist()


def test_a_partners_bundle_is_merged_field_by_field_and_confirmed(
    page: ExchangePage, desk: Desk, office: Office_, qtbot: QtBot, tmp_path: Path, template: Path
) -> None:
    case = office.case("Erlan Tolegen", consent=(Use.K2,), request="Find him.")
    folder = tmp_path / "other"
    folder.mkdir()
    with another_office(template, folder) as other:
        there = bundle_of(desk.store, tmp_path, case_ids=(case,))
        take_in(other, there, {})
        (theirs,) = other_cases(other)
        draft = other.draft(Case, theirs)
        draft.values["request"] = "A visit."
        person = draft.values["person_id"]
        draft.add("consents", person_id=person, use=Use.K2, answer=Answer.AGREES, given=dt.date(2021, 11, 16))
        other.save(draft)
        send(other, tmp_path / "back.ctsealed")
        receipt = tmp_path / "r.json"
        receiving.write_receipt(other, there, "Office B", receipt)
    pane = page.partner
    page.tabs.select("partner")
    pane.ask_passphrase = lambda: LOCK
    pane.choose_file = lambda: str(tmp_path / "back.ctsealed")
    qtbot.mouseClick(pane.empty.findChild(object, "partner.empty.action"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.bundle is not None)
    assert "1 case is known" in texts(page, "card.bundle")
    assert "A visit." in texts(page, "card.differences")
    choose(pane.findChild(QComboBox, "difference.1"), "THEIRS")
    qtbot.mouseClick(pane.take_in, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 field was changed" in texts(page, "card.bundle"))
    assert desk.store.draft(Case, case).values["request"] == "A visit."
    pane.choose_receipt = lambda name: str(tmp_path / name)
    qtbot.mouseClick(pane.receipt, Qt.MouseButton.LeftButton)
    assert "names no case" in told(qtbot, page)
    pane.look(receipt)
    boxes = page.window().findChildren(QMessageBox)
    assert any("Office B" in box.text() + box.informativeText() for box in boxes)
    for box in boxes:
        box.close()
    (line,) = release_register.register(desk.store)
    assert line.received_by == "Office B"
    desk.store.undo()
    desk.store.undo()
    assert desk.store.draft(Case, case).values["request"] == "Find him."
