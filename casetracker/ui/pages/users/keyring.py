"""Letting this computer's keyring open the casebook, and taking that back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Cancelled
from casetracker.store import this_computer
from casetracker.store.access import Access
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.pages.users.pane import ComputerCard

_QUIET_MS = 60_000  # the system shows a window of its own where it asks


class KeyringCare(QObject):
    """Does what the card asks for. Keyrings may ask the user first, so they are asked on another thread."""

    def __init__(self, parent: QWidget, card: ComputerCard, access: Callable[[], Access | None]) -> None:
        super().__init__(parent)
        self._parent, self.card, self._access = parent, card, access
        card.wanted.connect(self.turn)
        card.everywhere_wanted.connect(self.take_back_everywhere)

    def show(self) -> None:
        """Show whether this computer opens the casebook now."""
        if (access := self._access()) is None:
            return
        casebook = access.casebook

        def read(_: object) -> tuple[bool, int]:
            return this_computer.slot_here(casebook) is not None, this_computer.others(casebook)

        self._do(read, lambda found: self._shown(*found))

    def _shown(self, on: bool, others: int) -> None:
        access = self._access()
        possible = access is not None and not access.casebook.keys_altered
        self.card.show_state(on=on, others=others, possible=possible)

    def turn(self, on: bool) -> None:
        """Let the keyring open the casebook, after a question, or no longer."""
        if (access := self._access()) is None:
            return
        casebook = access.casebook
        if not on:
            self._do(lambda _: this_computer.forget(casebook), lambda _: self.show())
        elif self._agrees():
            self._do(lambda _: this_computer.remember(casebook), lambda _: self.show())
        else:
            self.card.box.setChecked(False)

    def take_back_everywhere(self) -> None:
        """Take the slots of all computers away: for one that was lost."""
        if (access := self._access()) is not None:
            casebook = access.casebook
            self._do(lambda _: this_computer.forget(casebook, everywhere=True), lambda _: self.show())

    def _agrees(self) -> bool:
        answers = (
            messages.Answer("no", tr(N_("Keep asking for the passphrase")), primary=True, cancel=True),
            messages.Answer("yes", tr(N_("Let this computer open it"))),
        )
        said = N_(
            "Then nobody needs the passphrase on this computer who can use your account on it. Who takes the "
            "computer while it is on, or makes you sign in to it, has the casebook. Without the keyring they "
            "need the passphrase too."
        )
        title = tr(N_("Open this casebook without the passphrase here?"))
        return messages.ask(self._parent, title, tr(said), answers) == "yes"

    def _do(self, work: Callable[[object], object], done: Callable[..., None]) -> None:
        title = tr(N_("Asking the keyring of this computer…"))
        Background(self._parent, title, work, done, failed=self._on_failed, show_after=_QUIET_MS).start()

    def _on_failed(self, error: BaseException) -> None:
        self.card.box.setChecked(False)
        if isinstance(error, UserError):
            self.card.say(str(error))
        elif not isinstance(error, Cancelled):
            messages.crashed(self._parent, error)
