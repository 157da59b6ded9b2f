"""Users: who opens this casebook, what each may do, and one's own passphrase and recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.store.access import Access
from casetracker.store.trouble import Busy
from casetracker.store.users import UserLine
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.users.dialogs import (
    AskingDialog,
    LeaveDialog,
    OwnPassphraseDialog,
    UserDialog,
    WordsDialog,
)
from casetracker.ui.pages.users.erase_dialog import EraseDialog
from casetracker.ui.pages.users.keyring import KeyringCare
from casetracker.ui.pages.users.pane import UserPane
from casetracker.ui.pages.users.sheet_dialog import SheetDialog
from casetracker.ui.pages.users.words import chips
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import button, label
from casetracker.ui.widgets.record_rows import RecordRow


class UsersPage(Page):
    """The users by name beside what one of them may do. Who is no administrator sees themselves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "users", tr(N_("Users")))
        self._known: dict[str, UserLine] = {}
        self.dialog: AskingDialog | SheetDialog | None = None
        self.split = ListBesidePage("users", self.title, list_width=330)
        self.list = self.split.pane.list
        self.list.set_empty_text(tr(N_("Users are kept in casebooks on the disk; this is none.")))
        self.new = button(tr(N_("New user…")), "users.new", kind="primary")
        self.new.clicked.connect(self.add)
        self.split.pane.add_filter(self.new)
        self.pane = UserPane()
        for signal, work in (
            (self.pane.role_wanted, self.change_role),
            (self.pane.words_wanted, self.give_words),
            (self.pane.leave_wanted, self.deactivate),
            (self.pane.passphrase_wanted, self.change_passphrase),
            (self.pane.sheet_wanted, self.new_sheet),
            (self.pane.erase_wanted, self.erase),
        ):
            signal.connect(work)
        self.pane.locking.changed.connect(self._set_minutes)
        self.keyring = KeyringCare(self, self.pane.computer, lambda: self.access)
        self.split.set_page(self.pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.list.chosen.connect(self._show)

    @property
    def access(self) -> Access | None:
        """Users and slots of the open casebook; None where there is none on a disk."""
        return self.desk.access

    def show_record(self, record_id: str) -> None:
        """Show this user."""
        self.refresh()
        if record_id in self._known:
            self._select(record_id)

    def refresh(self) -> None:
        """Read the users again."""
        access = self.access
        self.new.setEnabled(access is not None and access.may_manage)
        if access is None:
            self.pane.hide()
            return
        me = access.casebook.user_id
        all_of_them = access.store.rights.manages_users
        try:
            lines = [line for line in access.lines() if all_of_them or line.id == me]
        except Busy:  # the key is being changed just now; the window signs in again after that
            return
        self._known = {line.id: line for line in lines}
        if self.desk.settings is not None:
            self.pane.locking.show_minutes(self.desk.settings.lock_minutes)
        before = self.list.current_key()
        self.list.set_rows([_row(line, me) for line in lines])
        self._select(before if before in self._known else me)
        self.desk.status.emit(ntr("{n} user", "{n} users", len(lines)))

    def _select(self, key: str) -> None:
        keys = list(self._known)
        self.list.select_number(keys.index(key) if key in keys else -1)
        self._show(key)

    def _show(self, key: str) -> None:
        line, access = self._known.get(key), self.access
        self.pane.setVisible(line is not None)
        if line is not None and access is not None:
            own = key == access.casebook.user_id
            self.pane.show_user(line, own=own, manages=access.may_manage)
            if own:
                self.keyring.show()

    def _set_minutes(self, minutes: int) -> None:
        if self.desk.settings is not None:
            self.desk.settings.lock_minutes = minutes
            self.desk.settings_changed.emit()

    def _current(self) -> tuple[Access, UserLine] | None:
        line = self._known.get(self.pane.user_id)
        return (self.access, line) if self.access is not None and line is not None else None

    # What is done

    def _open(self, dialog: AskingDialog, do: Callable[[], None], done: Callable[[object], None]) -> None:
        self.dialog, dialog.do = dialog, do
        dialog.accepted.connect(lambda: done(dialog.result_))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self) -> None:
        """Add a user and show their first passphrase."""
        access = self.access
        if access is None or not access.may_manage:
            return
        dialog = UserDialog(self, access.store)

        def do() -> None:
            name, role, families = dialog.name.text().strip(), dialog.roles.role(), dialog.roles.chosen()
            if not name:
                dialog.say(tr(N_("Write how the user is to be named in the history.")))
                return
            dialog.attempt(lambda _: access.add(name, role, families))

        self._open(dialog, do, lambda words: self._tell(dialog.name.text().strip(), str(words)))

    def _tell(self, name: str, words: str) -> None:
        self.refresh()
        told = self.dialog = WordsDialog(self, name, words)
        told.finished.connect(told.deleteLater)
        told.open()

    def give_words(self) -> None:
        """Give somebody who forgot theirs another first passphrase."""
        if (now := self._current()) is None:
            return
        access, line = now
        title = tr(N_("A new first passphrase for {name}?"), name=line.name)
        dialog = AskingDialog(self, "give", title, tr(N_("Make it")))
        dialog.body.addWidget(
            _said(N_("The passphrase that this person has now stops to open the casebook."))
        )
        work = lambda: dialog.attempt(lambda _: access.give_passphrase(line.id))  # noqa: E731
        self._open(dialog, work, lambda words: self._tell(line.name, str(words)))

    def change_role(self) -> None:
        """Give a user another role, or other families."""
        if (now := self._current()) is None:
            return
        access, line = now
        dialog = UserDialog(self, access.store, line)

        def do() -> None:
            try:
                access.change(line.id, dialog.roles.role(), dialog.roles.chosen())
            except UserError as error:
                dialog.say(str(error))
            else:
                dialog.accept()

        self._open(dialog, do, lambda _: self.refresh())

    def deactivate(self) -> None:
        """Let somebody leave, with a new key or without."""
        if (now := self._current()) is None:
            return
        access, line = now
        dialog = LeaveDialog(self, line.name, access.without_new_slot())

        def do() -> None:
            if dialog.new_key.isChecked():
                dialog.accept()
                self._renew(access, line)
            else:
                dialog.attempt(lambda _: access.deactivate(line.id))

        self._open(dialog, do, lambda _: self.refresh())

    def _renew(self, access: Access, line: UserLine) -> None:
        """Encrypt everything anew, and ask to sign in: this process still holds the old key."""
        title = tr(N_("Making a new key"))

        def work(progress: Progress) -> None:
            access.deactivate_with_new_key(line.id, progress)

        Background(
            self, title, work, lambda _: self.desk.sign_in_again.emit(), failed=self._on_renew_failed
        ).start()

    def _on_renew_failed(self, error: BaseException) -> None:
        self.refresh()
        if isinstance(error, UserError):
            messages.warn(self, error)
        else:
            self.desk.note.emit(tr(N_("The user was deactivated; the key is the one of before.")))

    def change_passphrase(self) -> None:
        """Change one's own passphrase."""
        if self.access is not None:
            self.dialog = ask_own_passphrase(self, self.access, self.desk)

    def erase(self) -> None:
        """Destroy this casebook on this computer, after its name was typed."""
        if self.access is not None and self.access.may_manage:
            dialog = EraseDialog(self, self.access.casebook)
            self._open(dialog, dialog.do, lambda _: self.desk.erased.emit())

    def new_sheet(self) -> None:
        """Make a new recovery sheet."""
        if self.access is not None:
            self.dialog = SheetDialog(self, self.access)
            self.dialog.finished.connect(self.dialog.deleteLater)
            self.dialog.open()


def ask_own_passphrase(parent: QWidget, access: Access, desk: Desk, why: str = "") -> OwnPassphraseDialog:
    """Ask for the present passphrase and a new one, and take it."""
    dialog = OwnPassphraseDialog(parent, why)

    def do() -> None:
        if dialog.ready():
            old, new = dialog.old.text(), dialog.new.first.text()
            dialog.attempt(lambda _: access.change_own_passphrase(old, new))
        elif not dialog.old.text():
            dialog.say(tr(N_("Type the passphrase that you have now.")))

    dialog.do = do
    dialog.accepted.connect(lambda: desk.note.emit(tr(N_("Your passphrase was changed."))))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _said(text: str) -> QWidget:
    return label(tr(text), wrap=True)


def _row(line: UserLine, me: str) -> RecordRow:
    detail = tr(N_("you")) if line.id == me else ", ".join(name for _, name in line.families[:3])
    return RecordRow(line.id, line.name, detail, "", chips(line)[0])
