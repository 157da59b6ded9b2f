"""Locking and signing papers by hand: in the dialogs of the page Reports; the certificate of the office."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model.confidentiality import Audience
from casetracker.reports import report_named
from casetracker.reports.make import ReleaseWanted, Wanted, forecast, make
from casetracker.reports.protection import Protection, password_problem
from casetracker.reports.signature import signed
from casetracker.store import certificates
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.given_out.certificate_dialog import CertificateDialog
from casetracker.ui.pages.given_out.page import GivenOutPage
from casetracker.ui.pages.given_out.release_dialog import ReleaseDialog
from casetracker.ui.pages.paper.several import Several, SeveralDialog
from tests.conftest import Office_
from tests.reports.reading import finds
from tests.ui.keys import type_into

CASES = report_named("case")
OFFICE = "Бюро родственников"
WHOM = "Office of the Commissioner"
Key = Qt.Key


@pytest.fixture
def host(qtbot: QtBot, office: Office_) -> QWidget:
    office.case("Бақытжан Нұрланұлы")
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


Given = list[tuple[Wanted, ReleaseWanted]]


def opened(host: QWidget, store: Store, audience: Audience) -> tuple[ReleaseDialog, Given]:
    given: Given = []
    wanted = Wanted(CASES, audience)
    dialog = ReleaseDialog(host, wanted, forecast(store, wanted), store, lambda *told: given.append(told))
    dialog.open()
    return dialog, given


def test_a_paper_is_locked_with_words_that_are_offered(
    qtbot: QtBot, store: Store, host: QWidget, tmp_path: Path
) -> None:
    dialog, given = opened(host, store, Audience.OFFICIAL)
    type_into(dialog.addressee, WHOM)
    dialog.protecting.set_open(True)
    qtbot.keyClick(dialog.protecting.lock_box, Key.Key_Space)
    qtbot.keyClick(dialog.protecting.suggest, Key.Key_Space)
    password = dialog.protecting.password.text()
    assert password_problem(password) == ""
    dialog.finish()

    [(wanted, release)] = given
    data = make(store, wanted, tmp_path / "given.pdf", release=release).read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    assert pikepdf.open(io.BytesIO(data), password=password).is_encrypted


@pytest.mark.parametrize(("typed", "why"), [("", "12 characters"), ("пароль из слов", "Latin")])
def test_a_password_that_will_not_do_is_said_where_it_was_typed(
    qtbot: QtBot, store: Store, host: QWidget, typed: str, why: str
) -> None:
    dialog, given = opened(host, store, Audience.OFFICIAL)
    type_into(dialog.addressee, WHOM)
    dialog.protecting.lock_box.setChecked(True)
    type_into(dialog.protecting.password, typed)
    dialog.finish()

    assert (given, dialog.isVisible(), dialog.protecting.is_open()) == ([], True, True)
    assert any(why in text.text() for text in dialog.findChildren(QLabel) if text.isVisible())


def test_nothing_asked_for_protects_nothing(store: Store, host: QWidget) -> None:
    dialog, given = opened(host, store, Audience.OFFICIAL)
    type_into(dialog.addressee, WHOM)
    dialog.finish()

    assert given[0][1].protect is None


def test_a_paper_for_the_office_may_be_locked_too(qtbot: QtBot, store: Store, host: QWidget) -> None:
    dialog, given = opened(host, store, Audience.INTERNAL)

    assert not dialog.addressee.isVisible()
    assert "Whoever finds the file can read it" in " ".join(t.text() for t in dialog.findChildren(QLabel))
    dialog.protecting.lock_box.setChecked(True)
    type_into(dialog.protecting.password, "bako timu sena")
    qtbot.keyClick(dialog.protecting.password, Key.Key_Return)

    [(_, release)] = given
    assert isinstance(release.protect, Protection)
    assert (release.addressee, release.protect.password) == ("", "bako timu sena")


def test_a_certificate_is_made_on_the_way_and_signs(
    qtbot: QtBot, store: Store, host: QWidget, tmp_path: Path
) -> None:
    dialog, given = opened(host, store, Audience.OFFICIAL)
    type_into(dialog.addressee, WHOM)
    section = dialog.protecting
    section.set_open(True)
    assert not section.sign_box.isEnabled()
    qtbot.keyClick(section.make_button, Key.Key_Space)
    making = dialog.findChild(CertificateDialog)
    assert isinstance(making, CertificateDialog)
    qtbot.keyClick(making.ok, Key.Key_Space)
    assert certificates.current(store) is None  # it has no name yet, and says so
    type_into(making.name, OFFICE)
    qtbot.keyClick(making.ok, Key.Key_Space)
    making.reject()

    qtbot.waitUntil(section.sign_box.isEnabled)
    assert OFFICE in section.sign_box.text()
    assert not section.make_button.isVisible()
    qtbot.keyClick(section.sign_box, Key.Key_Space)
    dialog.finish()
    [(wanted, release)] = given
    data = make(store, wanted, tmp_path / "given.pdf", release=release).read_bytes()
    found = signed(data, certificates.known(store))
    assert found is not None
    assert found.ours


def test_many_papers_are_locked_alike(qtbot: QtBot, store: Store, host: QWidget) -> None:
    asked: list[Several] = []
    dialog = SeveralDialog(host, store, Audience.OFFICIAL, CASES, asked.append)
    dialog.open()
    type_into(dialog.addressee, WHOM)
    dialog.protecting.lock_box.setChecked(True)
    dialog.finish()
    assert not asked
    type_into(dialog.protecting.password, "bako timu sena")
    dialog.finish()

    assert isinstance(asked[0].protect, Protection)
    assert asked[0].protect.password == "bako timu sena"


def test_the_certificate_is_shown_renewed_and_handed_to_others(
    qtbot: QtBot, store: Store, host: QWidget, tmp_path: Path
) -> None:
    first = certificates.make(store, OFFICE)
    store.today = lambda: first.until
    dialog = CertificateDialog(host, store)
    dialog.open()
    shown = [text.text() for text in dialog.findChildren(QLabel) if text.isVisible()]
    assert set(first.fingerprint.split()) <= set(shown)
    assert any("It ends on" in text for text in shown)

    qtbot.keyClick(dialog.renew_button, Key.Key_Space)
    now = certificates.current(store)
    assert now is not None
    assert (now.fingerprint, now.until > first.until) == (first.fingerprint, True)
    dialog.choose_file = lambda name, _: str(tmp_path / name)
    dialog.save_file()
    dialog.save_sheet()
    written = x509.load_der_x509_certificate((tmp_path / "certificate.cer").read_bytes())
    assert written.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert all(finds(tmp_path / "certificate.pdf", group) for group in first.fingerprint.split())
    assert finds(tmp_path / "certificate.pdf", OFFICE)


def test_a_locked_paper_in_hand_is_checked_with_its_password(
    qtbot: QtBot, desk: Desk, store: Store, host: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "given.pdf"
    release = ReleaseWanted(WHOM, protect=Protection("bako timu sena"))
    make(store, Wanted(CASES, Audience.OFFICIAL), path, release=release)
    path.write_bytes(path.read_bytes() + b"\n")
    page = GivenOutPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.choose_file, page.ask_password = lambda: str(path), lambda: "bako timu sena"

    page.check_paper()

    (box,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    assert box.informativeText().startswith("Altered: it bears RL-")
    box.close()
