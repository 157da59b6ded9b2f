"""The page of users, with a real folder, and what other roles find in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model.people.user import Role
from casetracker.settings import Settings
from casetracker.store import keyfile, this_computer, users
from casetracker.store.access import Access
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.ui import messages
from casetracker.ui.app import Program
from casetracker.ui.desk import Desk
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.users.dialogs import LeaveDialog, OwnPassphraseDialog, UserDialog, WordsDialog
from casetracker.ui.pages.users.erase_dialog import EraseDialog
from casetracker.ui.pages.users.page import UsersPage
from casetracker.ui.pages.users.sheet_dialog import SheetDialog
from casetracker.ui.unlock import UnlockWindow
from tests.conftest import TODAY, Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE
from tests.store.test_this_computer import InMemory
from tests.ui.conftest import show

LONG = 30_000


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    book, _ = create_casebook(
        tmp_path / "Almaty", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    with book:
        yield book


@pytest.fixture
def access(book: Casebook) -> Access:
    store = store_of(book, today=lambda: TODAY)
    Office_(store).case("Бақытжан Нұрланұлы")
    return Access(book, store, kdf=CHEAP)


@pytest.fixture
def desk(access: Access) -> Iterator[Desk]:
    made = Desk(access.store, "Almaty")
    made.access = access
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> UsersPage:
    return show(UsersPage(desk), desk, qtbot, (1232, 820))


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    assert found.isVisibleTo(parent)
    found.click()


def add(page: UsersPage, qtbot: QtBot, name: str, role: Role, families: int = 0) -> str:
    press(page, "users.new")
    dialog = page.dialog
    assert isinstance(dialog, UserDialog)
    dialog.name.setText(name)
    dialog.roles.choices[role].click()
    for number in range(families):
        dialog.roles.families.item(number).setCheckState(Qt.CheckState.Checked)
    press(dialog, "user.go")
    qtbot.waitUntil(lambda: isinstance(page.dialog, WordsDialog), timeout=LONG)
    assert isinstance(page.dialog, WordsDialog)
    words = page.dialog.words.text()
    press(page.dialog, "words.go")
    return words


def test_a_user_is_added_and_signs_in_with_the_words_shown(
    page: UsersPage, qtbot: QtBot, book: Casebook
) -> None:
    assert page.list.row_count() == 1
    words = add(page, qtbot, "M. Dauletova", Role.REPRESENTATIVE, families=1)

    assert page.list.row_count() == 2
    folder = book.folder
    book.close()
    with open_casebook(folder, words, bounds=LOOSE) as again:
        assert again.rights.role is Role.REPRESENTATIVE


def test_what_is_missing_is_said_in_the_dialog(page: UsersPage) -> None:
    press(page, "users.new")
    dialog = page.dialog
    assert isinstance(dialog, UserDialog)
    press(dialog, "user.go")
    assert "named in the history" in dialog.problem()
    assert not dialog.roles.families.isVisible()
    dialog.roles.choices[Role.REPRESENTATIVE].click()
    assert dialog.roles.families.isVisible()
    dialog.reject()


def test_another_role_and_leaving(page: UsersPage, qtbot: QtBot, access: Access) -> None:
    add(page, qtbot, "Dana", Role.CASE_WORKER)
    dana = next(line.id for line in access.lines() if line.name == "Dana")
    page.show_record(dana)
    press(page, "user.change")
    dialog = page.dialog
    assert isinstance(dialog, UserDialog)
    dialog.roles.choices[Role.READ_ONLY].click()
    press(dialog, "user.go")
    assert "Reads all records" in page.pane.meaning.text()

    press(page, "user.leave")
    leaving = page.dialog
    assert isinstance(leaving, LeaveDialog)
    assert leaving.new_key.isChecked()  # the safer one is offered first
    leaving.slot.click()
    press(leaving, "leave.go")
    qtbot.waitUntil(lambda: users.lines(access.store)[-1].left == TODAY, timeout=LONG)
    qtbot.waitUntil(lambda: len(keyfile.newest(access.casebook.folder).slots) == 1, timeout=LONG)
    qtbot.waitUntil(lambda: not page.pane.leave.isVisible(), timeout=LONG)


def test_leaving_with_a_new_key_asks_to_sign_in_again(
    page: UsersPage, qtbot: QtBot, access: Access, desk: Desk
) -> None:
    add(page, qtbot, "Dana", Role.CASE_WORKER)
    page.show_record(next(line.id for line in access.lines() if line.name == "Dana"))
    old, folder = access.casebook.key, access.casebook.folder
    press(page, "user.leave")
    assert isinstance(page.dialog, LeaveDialog)
    with qtbot.waitSignal(desk.sign_in_again, timeout=LONG):
        press(page.dialog, "leave.go")
    with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as again:
        assert again.key != old


def test_ones_own_passphrase(page: UsersPage, qtbot: QtBot, book: Casebook) -> None:
    press(page, "card.passphrase.link")
    dialog = page.dialog
    assert isinstance(dialog, OwnPassphraseDialog)
    new = "words that nobody else ever knew"
    dialog.old.line.setText("not the one")
    dialog.new.first.line.setText(new)
    dialog.new.second.line.setText(new)
    press(dialog, "own.go")
    qtbot.waitUntil(lambda: "does not open" in dialog.problem(), timeout=LONG)
    dialog.old.line.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.accepted, timeout=LONG):
        press(dialog, "own.go")
    folder = book.folder
    book.close()
    open_casebook(folder, new, bounds=LOOSE).close()


def test_a_new_recovery_sheet_is_shown_until_it_is_kept(
    page: UsersPage, qtbot: QtBot, book: Casebook
) -> None:
    press(page, "card.sheet.link")
    dialog = page.dialog
    assert isinstance(dialog, SheetDialog)
    dialog.passphrase.line.setText(PASSPHRASE)
    press(dialog, "sheet.go")
    qtbot.waitUntil(lambda: bool(dialog.step.code), timeout=LONG)
    code = dialog.step.code
    dialog.reject()
    assert dialog.isVisible()
    assert not dialog.go.isEnabled()
    dialog.step.kept.click()
    press(dialog, "sheet.go")
    folder = book.folder
    book.close()
    open_casebook(folder, code, bounds=LOOSE).close()


def test_emergency_erase_needs_the_name_typed(
    page: UsersPage, qtbot: QtBot, book: Casebook, desk: Desk
) -> None:
    press(page, "card.erase.link")
    dialog = page.dialog
    assert isinstance(dialog, EraseDialog)
    assert not dialog.go.isEnabled()
    dialog.typed.setText("Astana")
    assert not dialog.go.isEnabled()
    assert book.folder.exists()
    dialog.typed.setText("Almaty")
    with qtbot.waitSignal(desk.erased, timeout=LONG):
        press(dialog, "erase.go")
    assert not book.folder.exists()


def test_a_recovery_sheet_in_parts_is_saved_as_a_page_each(
    page: UsersPage, qtbot: QtBot, book: Casebook, tmp_path: Path
) -> None:
    press(page, "card.sheet.link")
    dialog = page.dialog
    assert isinstance(dialog, SheetDialog)
    dialog.parted.click()
    dialog.of.setValue(3)
    dialog.passphrase.line.setText(PASSPHRASE)
    press(dialog, "sheet.go")
    qtbot.waitUntil(lambda: len(dialog.parts) == 3, timeout=LONG)
    parts = list(dialog.parts)
    dialog.reject()
    assert dialog.isVisible()  # the old code opens nothing any more
    (tmp_path / "sheets").mkdir()
    dialog.choose_folder = lambda: str(tmp_path / "sheets")
    press(dialog, "sheet.go")
    assert len(list((tmp_path / "sheets").glob("*.pdf"))) == 3
    folder = book.folder
    book.close()
    open_casebook(folder, " ".join(parts[1:]), bounds=LOOSE).close()


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.READ_ONLY, Role.REPRESENTATIVE])
def test_others_see_themselves_and_no_buttons(qtbot: QtBot, access: Access, role: Role) -> None:
    families = [access.store.draft]  # noqa: F841 - a family is there already
    with access.store.reading() as session:
        from casetracker.model import Family

        family = next(iter(session.query(Family.id).all()))[0]
    words = access.add("M. Dauletova", role, (family,))
    folder = access.casebook.folder
    access.casebook.close()
    with open_casebook(folder, words, bounds=LOOSE) as book:
        store = store_of(book, today=lambda: TODAY)
        desk = Desk(store, "Almaty")
        desk.access = Access(book, store)
        page = show(UsersPage(desk), desk, qtbot, (1232, 820))
        assert page.list.row_count() == 1
        assert not page.new.isEnabled()
        assert not page.pane.change.isVisible()
        assert page.pane.own.isVisible()
        desk.close()


@pytest.mark.parametrize("role", [Role.READ_ONLY, Role.REPRESENTATIVE])
def test_the_window_of_somebody_who_only_reads(qtbot: QtBot, access: Access, role: Role) -> None:
    """Every page opens, says kindly why nothing can be changed, and offers no way to."""
    with access.store.reading() as session:
        from casetracker.model import Family

        family = next(iter(session.query(Family.id).all()))[0]
    words = access.add("M. Dauletova", role, (family,))
    folder = access.casebook.folder
    access.casebook.close()
    with open_casebook(folder, words, bounds=LOOSE) as book:
        window = MainWindow(store_of(book, today=lambda: TODAY), "Almaty")
        qtbot.addWidget(window)
        window.show()
        window.desk.access = Access(book, window.desk.store)
        assert "change" in window.desk.store.read_only
        for name in ("undo", "new"):
            assert not window.top.findChild(QPushButton, name).isEnabled()  # type: ignore[union-attr]
        from casetracker.ui.pages import ENTRIES

        for entry in ENTRIES:
            window.go(entry.key)
            qtbot.wait(50)
            edits = [b for b in window.page(entry.key).findChildren(QPushButton) if b.text() == "Edit"]
            assert not [b for b in edits if b.isVisible() and b.isEnabled()], entry.key
        window.close()


def test_the_first_sign_in_asks_for_a_passphrase_of_ones_own(
    qtbot: QtBot, access: Access, tmp_path: Path
) -> None:
    words = access.add("Dana", Role.CASE_WORKER)
    folder = access.casebook.folder
    access.casebook.close()
    book = open_casebook(folder, words, bounds=LOOSE)
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(
        app, settings_folder=tmp_path / "settings", start_again=lambda *_: False, leave=lambda: None
    )
    program.settings = Settings()
    program.show_casebook((book, store_of(book, today=lambda: TODAY)))
    dialog = program.window.findChild(OwnPassphraseDialog)  # type: ignore[union-attr]
    assert isinstance(dialog, OwnPassphraseDialog)
    assert dialog.isVisible()
    program.end()
    program.window.close()  # type: ignore[union-attr]


def test_the_keyring_of_this_computer_is_off_turned_on_after_a_question_and_off_again(
    page: UsersPage, qtbot: QtBot, book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = InMemory()
    monkeypatch.setattr(this_computer, "system_keyring", lambda: ring)
    monkeypatch.setattr(this_computer, "_KDF", CHEAP)
    answers = ["no", "yes"]
    monkeypatch.setattr(messages, "ask", lambda *_: answers.pop(0))
    box = page.pane.computer.box
    qtbot.waitUntil(box.isEnabled, timeout=LONG)
    assert not box.isChecked()

    box.click()
    assert not box.isChecked()
    assert ring.held == {}
    box.click()

    def slots() -> list[str]:
        return [slot.kind for slot in keyfile.newest(book.folder).slots]

    qtbot.waitUntil(lambda: "computer" in slots(), timeout=LONG)
    assert list(ring.held) == [("casetracker", book.id)]
    window = UnlockWindow(book.folder, lambda path, secret: (open_casebook(path, secret, bounds=LOOSE), None))
    qtbot.addWidget(window)
    window.show()
    assert window.keyring.isVisible()
    with qtbot.waitSignal(window.opened, timeout=LONG) as opened:
        window.keyring.click()
    again = opened.args[0][0]
    assert again.user == "A. Serik"
    again.close()

    box.click()
    qtbot.waitUntil(lambda: ring.held == {} and "computer" not in slots(), timeout=LONG)
    window.keyring.click()
    qtbot.waitUntil(lambda: "does not hold the key" in window.problem(), timeout=LONG)
    assert not UnlockWindow(book.folder, lambda *_: (None, None)).keyring.isVisibleTo(window)


def test_where_there_is_no_keyring_that_is_said(
    page: UsersPage, qtbot: QtBot, book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = InMemory()
    ring.locked = True
    monkeypatch.setattr(this_computer, "system_keyring", lambda: ring)
    monkeypatch.setattr(messages, "ask", lambda *_: "yes")
    card = page.pane.computer
    qtbot.waitUntil(card.box.isEnabled, timeout=LONG)
    card.box.click()
    qtbot.waitUntil(card.problem.isVisible, timeout=LONG)
    assert "nothing was stored" in card.problem.text()
    assert not card.box.isChecked()
    assert "computer" not in [slot.kind for slot in keyfile.newest(book.folder).slots]
