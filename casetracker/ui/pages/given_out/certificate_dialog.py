"""The certificate with which the office signs its papers: made, renewed, shown, and handed to others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import certificates
from casetracker.store.certificates import Certificate
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.messages import Answer
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import button, label, named

CHOICES = "PDF (*.pdf)", "X.509 (*.cer)"


class CertificateDialog(QDialog):
    """Shows the certificate with its fingerprint, or asks for the name of the office to make one."""

    def __init__(self, parent: QWidget, store: Store) -> None:
        super().__init__(parent)
        title = tr(N_("Certificate of the office"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "certificate", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.setMinimumWidth(px(560))
        self._store = store
        self.choose_file: Callable[[str, str], str] = self._ask_where
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(22, 18, 22, 16)
        self.layout_.setSpacing(12)
        self.layout_.addWidget(label(title, "head"))
        hint = N_(
            "With it papers are signed: whoever gets one sees in a program for PDFs whether it was changed "
            "after it left. It names the office and no person. Its key stays in this casebook."
        )
        self.layout_.addWidget(label(tr(hint), "note", wrap=True))
        self._shown = QWidget()
        self.layout_.addWidget(self._shown)
        self.name = named(QLineEdit(), "certificate.name", tr(N_("Name of the office")))
        self.name.setMaxLength(certificates.LONGEST_NAME)
        self._name_row = FormRow(tr(N_("Name of the office, as readers know it")), self.name, required=True)
        self.layout_.addWidget(self._name_row)
        self.layout_.addStretch(1)
        self.layout_.addLayout(self._ways_out())
        self.layout_.addLayout(self._buttons())
        self._fill()

    def _ways_out(self) -> QHBoxLayout:
        """What others need of it."""
        line = QHBoxLayout()
        self.sheet = button(tr(N_("Save the sheet…")), "certificate.sheet")
        self.sheet.setToolTip(tr(N_("A page with the fingerprint, to print and to hand over")))
        self.sheet.clicked.connect(self.save_sheet)
        self.file = button(tr(N_("Save for programs…")), "certificate.file")
        self.file.setToolTip(tr(N_("The file that others load, so that their programs know the office")))
        self.file.clicked.connect(self.save_file)
        line.addWidget(self.sheet)
        line.addWidget(self.file)
        line.addStretch(1)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.renew_button = button(tr(N_("Renew")), "certificate.renew")
        self.renew_button.setToolTip(tr(N_("Two more years from today; the fingerprint stays the same")))
        self.renew_button.clicked.connect(self.renew)
        self.other = button(tr(N_("Make another…")), "certificate.other", kind="quiet")
        self.other.clicked.connect(self._ask_for_another)
        self.ok = button(tr(N_("Make the certificate")), "certificate.make", kind="primary")
        self.ok.clicked.connect(self.make)
        close = button(tr(N_("Close")), "certificate.close")
        close.clicked.connect(self.reject)
        line.addWidget(self.other)
        line.addStretch(1)
        for each in (self.renew_button, self.ok, close):
            line.addWidget(each)
        return line

    def _fill(self) -> None:
        """Show what there is, or what is asked for."""
        now, writable = (
            certificates.current(self._store),
            self._store.rights.manages_users and not self._store.read_only,
        )
        fresh = self._build_shown(now) if now else QWidget()
        self.layout_.replaceWidget(self._shown, fresh)
        self._shown.deleteLater()
        self._shown = fresh
        self._shown.setVisible(now is not None)
        self._name_row.setVisible(now is None)
        self.ok.setVisible(now is None)
        self.ok.setEnabled(writable)
        for each in (self.sheet, self.file):
            each.setVisible(now is not None)
        for each in (self.renew_button, self.other):
            each.setVisible(now is not None and writable)
        if now is None:
            self.name.setFocus()
        self.adjustSize()

    def _build_shown(self, now: Certificate) -> QWidget:
        from casetracker.reports.certificate_sheet import lines_of, until

        shown = named(QWidget(), "certificate.shown", now.office)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(now.office, "title", wrap=True, selectable=True))
        today = self._store.today()
        tone = Tone.RED if now.over(today) else Tone.AMBER if now.ends_soon(today) else Tone.GREEN
        column.addWidget(Banner(until(now, today), "", tone=tone, object_name="certificate.until"))
        column.addWidget(label(tr(N_("Fingerprint (SHA-256)")), "muted"))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for row, groups in enumerate(lines_of(now.fingerprint)):
            for place, group in enumerate(groups):
                grid.addWidget(label(group, "head", selectable=True), row, place)
        column.addLayout(grid)
        hint = N_(
            "Make the fingerprint known: on your site, on paper, by hand. Anybody can make a certificate "
            "with this name; only the fingerprint tells that it is yours."
        )
        column.addWidget(label(tr(hint), "note", wrap=True))
        shown.setAccessibleDescription(now.fingerprint)
        return shown

    def make(self) -> None:
        """Make a certificate for the office of the name that was typed."""
        self._do(lambda: certificates.make(self._store, self.name.text()))

    def renew(self) -> None:
        """Let the certificate last two more years."""
        self._do(lambda: certificates.renew(self._store))

    def _do(self, what: Callable[[], object]) -> None:
        try:
            what()
        except UserError as error:
            self._name_row.set_problem(str(error))
            if not self._name_row.isVisible():
                messages.warn(self, error)
            return
        self._name_row.set_problem("")
        self._fill()

    def _ask_for_another(self) -> None:
        """A new fingerprint has to be made known anew, so it is asked for twice."""
        text = tr(
            N_(
                "Its fingerprint will be another one, which you have to make known again. Do it if the name "
                "of the office changed, or somebody else may have had the casebook open. Papers that were "
                "signed before stay signed."
            )
        )
        answers = [
            Answer("make", tr(N_("Make another")), danger=True),
            Answer("keep", tr(N_("Keep this one")), primary=True, cancel=True),
        ]
        if messages.ask(self, tr(N_("Make another certificate?")), text, answers) == "make":
            now = certificates.current(self._store)
            self.name.setText(now.office if now else "")
            self._name_row.show()
            self.ok.show()
            self.name.setFocus()
            self.name.selectAll()

    # For others

    def _ask_where(self, name: str, kind: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self, tr(N_("Save")), name, kind)
        return path

    def save_sheet(self) -> None:
        """Save the page with the fingerprint."""
        from casetracker.reports import certificate_sheet

        self._save("certificate.pdf", CHOICES[0], certificate_sheet.make)

    def save_file(self) -> None:
        """Save the certificate as others load it into their programs."""
        from casetracker.reports.certificate_sheet import write_certificate

        self._save("certificate.cer", CHOICES[1], lambda path, now: write_certificate(now, path))

    def _save(self, name: str, kind: str, write: Callable[[Path, Certificate], None]) -> None:
        now = certificates.current(self._store)
        path = self.choose_file(name, kind) if now else ""
        if not now or not path:
            return
        try:
            write(Path(path).with_suffix(Path(name).suffix), now)
        except UserError as error:
            messages.warn(self, error)
