"""A new recovery sheet for one's own slot: one's passphrase is asked for, then the code is shown once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.store.access import Access
from casetracker.ui.pages.users.dialogs import AskingDialog
from casetracker.ui.recovery_step import SheetStep
from casetracker.ui.widgets.naming import label
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit


class SheetDialog(AskingDialog):
    """Asks, makes the code, and shows it until it was written down."""

    def __init__(self, parent: QWidget, access: Access) -> None:
        super().__init__(parent, "sheet", tr(N_("A new recovery sheet")), tr(N_("Make it")))
        self._access = access
        said = N_("The code of the old sheet stops to open the casebook; destroy that sheet.")
        self._asked = label(tr(said), wrap=True)
        self.passphrase = PassphraseEdit("sheet.passphrase", tr(N_("Your passphrase")))
        self.step = SheetStep()
        self.step.hide()
        for part in (self._asked, self.passphrase, self.step):
            self.body.addWidget(part)
        self.do = self._make
        self.passphrase.entered.connect(self._make)
        self.step.kept.toggled.connect(self.go.setEnabled)

    def _make(self) -> None:
        secret = self.passphrase.text()
        if not secret:
            self.say(tr(N_("Type the passphrase that you have now.")))
        elif self.go.isEnabled():
            self.attempt(lambda _: self._access.new_recovery_code(secret))

    def _done(self, result: object) -> None:
        """Show the code instead of closing."""
        self.passphrase.clear()
        self.passphrase.hide()
        self._asked.hide()
        self.cancel.hide()
        self.step.set_code(self._access.casebook.name, str(result))
        self.step.show()
        self.go.setText(tr(N_("Close")))
        self.do = self._close
        self.go.setEnabled(self.step.kept.isChecked())

    def _close(self) -> None:
        self.step.forget()
        self.accept()

    def reject(self) -> None:
        """Not before the code was kept: the old one does not open any more."""
        if not self.step.code or self.step.kept.isChecked():
            super().reject()
