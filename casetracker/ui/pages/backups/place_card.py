"""Where backups go and how many of them stay."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from casetracker.i18n import N_, tr
from casetracker.settings import Settings
from casetracker.store.backups.place import default_root
from casetracker.ui.desk import Desk
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.chip import Flow
from casetracker.ui.widgets.naming import button, label, named, show_if

# Days, weeks and months of which the newest backup is kept.
KEPT: tuple[tuple[tuple[int, int, int], str], ...] = (
    ((7, 4, 12), N_("7 days, 4 weeks, 12 months")),
    ((3, 2, 3), N_("3 days, 2 weeks, 3 months (a small stick)")),
    ((30, 26, 36), N_("30 days, 26 weeks, 36 months")),
)


class PlaceCard(Card):
    """The folder with its buttons, and the choice of how many stay. `changed` when one was chosen here."""

    choose_clicked = Signal()
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr(N_("Where backups go")), "card.backups.place")
        self._desk = desk
        self._settings: Settings | None = None
        self.folder = named(label("", wrap=True, selectable=True), "backups.folder")
        self.note = label("", "note", wrap=True)
        choose = button(tr(N_("Choose a folder or a stick…")), "backups.choose")
        choose.clicked.connect(self.choose_clicked)
        self.own = button(tr(N_("Back to this computer")), "backups.own", kind="link")
        self.own.clicked.connect(self._take_own)
        self.kept = named(QComboBox(), "backups.kept", tr(N_("Kept")))
        for _, text in KEPT:
            self.kept.addItem(tr(N_("Kept: {what}"), what=tr(text)))
        self.kept.activated.connect(self._on_kept)
        buttons = Flow()
        for made in (choose, self.own, self.kept):
            buttons.add(made)
        for widget in (self.folder, self.note, buttons):
            self.add(widget)

    def show_settings(self, settings: Settings, root: Path) -> None:
        """Show what is chosen now."""
        self._settings = settings
        self.folder.setText(str(root))
        own = root == default_root()
        show_if(self.own, not own)
        text = (
            N_("This lies on the same computer. A stick that is kept elsewhere survives a theft or a fire.")
            if own
            else N_("Backups are as encrypted as the casebook, and open with its passphrase.")
        )
        self.note.setText(tr(text))
        chosen = (settings.backup_days, settings.backup_weeks, settings.backup_months)
        self.kept.setCurrentIndex(next((n for n, (kept, _) in enumerate(KEPT) if kept == chosen), 0))

    def _take_own(self) -> None:
        if self._settings is not None:
            self._settings.backup_folder = ""
            self._tell()

    def _on_kept(self, number: int) -> None:
        if self._settings is not None:
            chosen = self._settings
            chosen.backup_days, chosen.backup_weeks, chosen.backup_months = KEPT[number][0]
            self._tell()

    def _tell(self) -> None:
        self._desk.settings_changed.emit()
        self.changed.emit()
