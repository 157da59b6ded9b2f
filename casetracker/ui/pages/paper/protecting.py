"""What protects the file of a paper: a password for the way, the signature of the office."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import certificates
from casetracker.store.store import Store
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.section import Section

Protect = Callable[[bytes], bytes]


class ProtectionSection(Section):
    """Asks for what protects a file; `protection()` is what came of it."""

    def __init__(self, store: Store, object_name: str) -> None:
        super().__init__(tr(N_("Protect the file")), object_name, opened=False)
        self._store, self._name = store, object_name
        self.lock_box = self._box("lock", tr(N_("Lock it with a password")))
        hint = N_(
            "For a paper that goes by e-mail or on a stick. Tell the password by telephone, never in the "
            "same message. It is kept nowhere: without it nobody can open the file."
        )
        self.body.addWidget(self.lock_box)
        self._locking = named(QWidget(), f"{object_name}.locking")
        lines = FormRow(tr(N_("Password")), self._build_password())
        self._password_row = lines
        self.body.addWidget(label(tr(hint), "note", wrap=True))
        self.body.addWidget(lines)
        self.sign_box = self._box("sign", "")
        self._sign_hint = label("", "note", wrap=True)
        self.make_button = button(tr(N_("Make a certificate…")), f"{object_name}.make", kind="quiet")
        self.make_button.clicked.connect(self._make)
        self.body.addWidget(self.sign_box)
        self.body.addWidget(self._sign_hint)
        self.body.addWidget(self.make_button)
        self.lock_box.toggled.connect(lambda on: self._on_lock(on=on))
        self._on_lock(on=False)
        self.reread()

    def _box(self, name: str, text: str) -> QCheckBox:
        return named(QCheckBox(text), f"{self._name}.{name}", text)

    def _build_password(self) -> QWidget:
        self.password = named(QLineEdit(), f"{self._name}.password", tr(N_("Password")))
        self.password.setPlaceholderText(tr(N_("at least 12 Latin letters, or four words")))
        self.suggest = button(tr(N_("Suggest words")), f"{self._name}.suggest")
        self.suggest.clicked.connect(self._on_suggest)
        both = named(QWidget(), f"{self._name}.password.line")
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.password, 1)
        line.addWidget(self.suggest)
        return both

    def reread(self) -> None:
        """Say with which certificate a paper would be signed, or that there is none."""
        now, today = certificates.current(self._store), self._store.today()
        usable = now is not None and not now.over(today)
        text = tr(N_("Sign it as “{office}”"), office=now.office) if now else tr(N_("Sign it for the office"))
        self.sign_box.setText(text)
        self.sign_box.setAccessibleName(text)
        self.sign_box.setEnabled(usable)
        self._sign_hint.setText(
            tr(N_("Readers see whether the file was changed after it left. No name of a person is in it."))
            if usable
            else tr(N_("The certificate of the office has ended; renew it first."))
            if now
            else tr(N_("There is no certificate to sign with yet."))
        )
        may = self._store.rights.manages_users and not self._store.read_only
        self.make_button.setVisible(not usable and may)
        self.make_button.setText(tr(N_("Renew…")) if now else tr(N_("Make a certificate…")))

    def protection(self) -> Protect | None:
        """Return what protects the file, None if nothing is to; raises `UserError`, said at its place too."""
        from casetracker.reports.protection import Protection, password_problem

        password = self.password.text().strip() if self.lock_box.isChecked() else ""
        problem = password_problem(password) if self.lock_box.isChecked() else ""
        self._password_row.set_problem(problem)
        if problem:
            self.set_open(True)
            raise UserError(problem)
        key = certificates.signing_key(self._store) if self.sign_box.isChecked() else None
        return Protection(password, key) or None

    def _on_lock(self, *, on: bool) -> None:
        self._password_row.setVisible(on)
        if on:
            self.password.setFocus()

    def _on_suggest(self) -> None:
        from casetracker.reports.protection import new_password

        self.password.setText(new_password())
        self.password.setFocus()
        self.password.selectAll()

    def _make(self) -> None:
        from casetracker.ui.pages.given_out.certificate_dialog import CertificateDialog

        dialog = CertificateDialog(self.window(), self._store)
        dialog.finished.connect(self.reread)
        dialog.open()
