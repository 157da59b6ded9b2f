"""The recovery code on the screen, to be written down, printed or saved; shown once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QGridLayout, QHBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.reports import recovery_sheet
from casetracker.ui import messages
from casetracker.ui.new_casebook_steps import Step
from casetracker.ui.widgets.naming import button, label, named


class SheetStep(Step):
    """The code in groups; it has to be said that it was kept (`kept`)."""

    def __init__(self) -> None:
        text = N_("Write this code down or print it. It is shown only now, and kept nowhere else.")
        super().__init__("new.code_step", tr(N_("The recovery sheet")), tr(text))
        self.name, self.code = "", ""
        self.log_code = ""  # of the audit log, for the foot of the sheet
        self._groups = named(QWidget(), "new.code", tr(N_("Recovery code")))
        self._grid = QGridLayout(self._groups)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setVerticalSpacing(6)
        self.body.addWidget(self._groups)
        printing = button(tr(N_("Print…")), "new.print")
        printing.clicked.connect(self._print)
        saving = button(tr(N_("Save as PDF…")), "new.pdf")
        saving.clicked.connect(self._save)
        line = QHBoxLayout()
        line.addWidget(printing)
        line.addWidget(saving)
        line.addStretch(1)
        self.body.addLayout(line)
        for sentence in recovery_sheet.advice()[:2]:
            self.body.addWidget(label(sentence, "muted", wrap=True))
        self.body.addStretch(1)
        self.kept = named(QCheckBox(tr(N_("I have written it down or printed it"))), "new.kept")
        self.kept.setAccessibleName(self.kept.text())
        self.body.addWidget(self.kept)

    def set_code(self, name: str, code: str) -> None:
        """Show the code of the casebook `name`."""
        self.name, self.code = name, code
        self._groups.setAccessibleDescription(code)
        for row, groups in enumerate(recovery_sheet.lines_of(code)):
            for column, group in enumerate(groups):
                self._grid.addWidget(label(group, "head", selectable=True), row, column)

    def shown(self) -> str:
        """The code as it is on the screen, for those who read it out."""
        return self.code

    def forget(self) -> None:
        """Take the code off the screen."""
        self.code = self.log_code = ""
        self._groups.setAccessibleDescription("")
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # or Qt would still show it, as a window of its own
                old.setParent(None)
                old.deleteLater()

    def begin(self) -> None:
        self.kept.setFocus()

    def ready(self) -> bool:
        return self.kept.isChecked()

    def save_to(self, path: Path) -> bool:
        """Save the sheet as a PDF; say what is in the way if it cannot be."""
        try:
            recovery_sheet.make(path, self.name, self.code, log_code=self.log_code)
        except UserError as error:
            messages.warn(self, error)
            return False
        return True

    def _save(self) -> None:
        name = tr(N_("Recovery sheet.pdf"))
        chosen, _ = QFileDialog.getSaveFileName(self, tr(N_("Save the recovery sheet")), name, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen).with_suffix(".pdf"))

    def _print(self) -> None:
        """Print straight from memory: a file on the way would leave the code on the disk."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.document().print_(printer)

    def document(self) -> QTextDocument:
        """Return the sheet as it is printed."""
        lines = ["   ".join(groups) for groups in recovery_sheet.lines_of(self.code)]
        page = QTextDocument()
        page.setPlainText(
            "\n\n".join(
                [
                    tr(N_("Recovery sheet")),
                    tr(N_("Casebook: {name}"), name=self.name),
                    "\n".join(lines),
                    *recovery_sheet.advice(),
                    *([recovery_sheet.log_line(self.log_code)] if self.log_code else []),
                ]
            )
        )
        return page
