"""A new recovery sheet for one's own slot: one code that is shown once, or parts for several people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.reports import recovery_sheet
from casetracker.reports.recovery_sheet import Part
from casetracker.store.access import Access
from casetracker.store.parts import FEWEST, MOST
from casetracker.ui.pages.users.dialogs import AskingDialog
from casetracker.ui.recovery_step import SheetStep
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.number_box import NumberBox
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit


class SheetDialog(AskingDialog):
    """Asks, makes the code, and shows it until it was written down; parts are saved as a sheet each."""

    def __init__(self, parent: QWidget, access: Access) -> None:
        super().__init__(parent, "sheet", tr(N_("A new recovery sheet")), tr(N_("Make it")))
        self._access = access
        self.choose_folder: Callable[[], str] = self._ask_folder
        self.parts: list[str] = []
        said = N_("The code of the old sheet stops to open the casebook; destroy that sheet.")
        self._asked = label(tr(said), wrap=True)
        self.passphrase = PassphraseEdit("sheet.passphrase", tr(N_("Your passphrase")))
        self.step = SheetStep()
        self.step.hide()
        for part in (self._asked, self.passphrase, self._make_parts(), self.step):
            self.body.addWidget(part)
        self.do = self._make
        self.passphrase.entered.connect(self._make)
        self.step.kept.toggled.connect(self.go.setEnabled)

    def _make_parts(self) -> QWidget:
        self.parted = named(QCheckBox(tr(N_("Part it among several people"))), "sheet.parted")
        self.parted.setAccessibleName(self.parted.text())
        self.of = _number("sheet.of", tr(N_("How many parts")), 3)
        self.needed = _number("sheet.needed", tr(N_("How many of them are needed")), 2)
        self.needed.setMaximum(self.of.value())
        self.of.valueChanged.connect(self.needed.setMaximum)
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 0, 0)
        for part in (label(tr(N_("Parts:"))), self.of, label(tr(N_("needed to open:"))), self.needed):
            line.addWidget(part)
        line.addStretch(1)
        numbers = QWidget()
        numbers.setLayout(line)
        numbers.setVisible(False)
        self.parted.toggled.connect(numbers.setVisible)
        box = QWidget()
        lines = QHBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.parted)
        lines.addWidget(numbers, 1)
        self._parts_box = box
        return box

    def _make(self) -> None:
        secret, needed, of = self.passphrase.text(), self.needed.value(), self.of.value()
        if not secret:
            self.say(tr(N_("Type the passphrase that you have now.")))
        elif self.go.isEnabled() and self.parted.isChecked():
            self.attempt(lambda _: self._access.new_recovery_parts(secret, needed, of))
        elif self.go.isEnabled():
            self.attempt(lambda _: self._access.new_recovery_code(secret))

    def _done(self, result: object) -> None:
        """Show what was made instead of closing: the old code does not open any more."""
        self.passphrase.clear()
        for part in (self.passphrase, self._asked, self._parts_box, self.cancel):
            part.hide()
        if isinstance(result, list):
            self.parts = [str(words) for words in result]
            said = ntr("{n} part was made.", "{n} parts were made.", len(self.parts))
            self._asked.setText(
                f"{said} " + tr(N_("Save a sheet for each, print them, then delete the files."))
            )
            self._asked.show()
            self.go.setText(tr(N_("Save the sheets…")))
            self.go.setEnabled(True)
            self.do = self._save_parts
            return
        self.step.set_code(self._access.casebook.name, str(result))
        self.step.show()
        self.go.setText(tr(N_("Close")))
        self.do = self._close
        self.go.setEnabled(self.step.kept.isChecked())

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr(N_("Choose a folder for the sheets")))

    def _save_parts(self) -> None:
        folder = self.choose_folder()
        if not folder:
            return
        try:
            for number, words in enumerate(self.parts, 1):
                part = Part(words, number, len(self.parts), self.needed.value())
                name = tr(N_("Recovery part {number} of {of}.pdf"), number=number, of=len(self.parts))
                recovery_sheet.make_part(Path(folder) / name, self._access.casebook.name, part)
        except UserError as error:
            self.say(str(error))
            return
        self.parts = []
        self.accept()

    def _close(self) -> None:
        self.step.forget()
        self.accept()

    def reject(self) -> None:
        """Not before what was made is kept: the old code does not open any more."""
        if not self.parts and (not self.step.code or self.step.kept.isChecked()):
            super().reject()


def _number(name: str, said: str, value: int) -> NumberBox:
    made = named(NumberBox(), name, said)
    made.setRange(FEWEST, MOST)
    made.setValue(value)
    return made
