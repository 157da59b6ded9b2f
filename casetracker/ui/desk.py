"""What every page is handed: the store, where to go, and what changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.entity import Entity
from casetracker.settings import Settings
from casetracker.store.access import Access as UserAccess
from casetracker.store.backups.service import Backups
from casetracker.store.store import Change, Store
from casetracker.ui import messages
from casetracker.ui.editing import keeping


class Desk(QObject):
    """One open casebook on the screen.

    `changed(Change)` reaches every page after each action, whatever thread it came from; `go_to(key, id)`
    asks the window to show a page ("cases", …) and on it a record; `note(text)` is shown for a while in the
    status strip, `status(text)` stands at its left. `backed_up` when a backup was made; `settings_changed`
    when what the program remembers is to be written; `replace_wanted(folder)` asks for a copy in place of
    this casebook; `sign_in_again` when it has another key, `erased` when
    there is none any more.
    """

    changed = Signal(object)
    go_to = Signal(str, str)
    note = Signal(str)
    status = Signal(str)
    backed_up = Signal()
    settings_changed = Signal()
    replace_wanted = Signal(object)
    sign_in_again = Signal()
    erased = Signal()
    _heard = Signal(object)

    def __init__(self, store: Store, casebook_name: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.casebook_name = casebook_name
        self.tables: list[str] = []  # how lists are shown as tables; the program keeps it in its settings
        self.settings: Settings | None = None  # what the program remembers; set by it
        self.access: UserAccess | None = None  # users and key slots; set by the program, as the next
        self.backups: Backups | None = None  # set by the program, where the casebook lies on a disk
        store.listeners.append(self._heard.emit)
        self._heard.connect(self.changed, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Keep what is being typed, and stop listening to the store."""
        keeping.close_all(self.store)
        self.store.listeners.clear()

    def open(self, entity: str, record_id: str) -> None:
        """Show a record on its page."""
        self.go_to.emit(PAGE_OF.get(entity, "overview"), record_id)

    def looked_at(self, entity: type[Entity], record_id: str) -> None:
        """Tell the store that a record was looked at; it notes those that are kept more closely."""
        self.store.viewed(entity, record_id)

    def undo(self) -> None:
        """Take back the last own action and say what it was."""
        self._step(self.store.undo, N_("Undone: {label}"))

    def redo(self) -> None:
        """Do again what was last undone."""
        self._step(self.store.redo, N_("Done again: {label}"))

    def _step(self, step: Callable[[], str], said: str) -> None:
        try:
            label = step()
        except UserError as error:
            self.note.emit(str(error))
        else:
            self.note.emit(tr(said, label=label))

    def attempt(self, work: Callable[[], object], parent: QWidget | None = None) -> bool:
        """Do something that may fail in a way the user can understand; say so if it does."""
        try:
            work()
        except UserError as error:
            messages.warn(parent, error)
            return False
        return True

    @staticmethod
    def touches(change: Change, *names: str) -> bool:
        """Whether a change is about records of these entities."""
        return any(entity in names for entity, _ in change.records)


PAGE_OF: dict[str, str] = {
    "Case": "cases",
    "Person": "people",
    "Family": "families",
    "Facility": "facilities",
    "Protest": "protests",
    "Meeting": "meetings",
    **dict.fromkeys(("Hearing", "Petition", "UNSession", "Reprisal", "OtherEvent"), "events"),
    "Promise": "promises",
    "Appeal": "appeals",
    "Task": "deadlines",
    "Release": "given_out",
    "Review": "reviews",
}
