"""Asking for the passphrase of a backup whose key is not that of today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.keyslots import DataKey
from casetracker.ui.background import Background
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit


class AskPassphrase(QDialog):
    """Tries what was typed on another thread, because that takes a second; `key` is what came of it."""

    def __init__(self, parent: QWidget, text: str, open_with: Callable[[str], DataKey]) -> None:
        super().__init__(parent)
        title = tr(N_("Passphrase of the backup"))
        named(self, "ask_passphrase", title)
        self.setWindowTitle(tr(N_("Passphrase of the backup")))
        self.setMinimumWidth(440)
        self._open_with = open_with
        self.key: DataKey | None = None
        self.edit = PassphraseEdit("ask_passphrase.line", title)
        self.edit.entered.connect(self.attempt)
        self._problem = named(label("", "problem", wrap=True), "ask_passphrase.problem")
        self._problem.hide()
        cancel = button(tr(N_("Cancel")), "cancel")
        cancel.clicked.connect(self.reject)
        self.go = button(tr(N_("Open")), "ask_passphrase.open", kind="primary")
        self.go.clicked.connect(self.attempt)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        for widget in (label(text, wrap=True), self.edit, self._problem):
            layout.addWidget(widget)
        layout.addLayout(foot)

    def attempt(self) -> None:
        """Try what was typed."""
        secret = self.edit.text()
        if secret and self.go.isEnabled():
            self.go.setEnabled(False)
            work = Background(
                self,
                self.accessibleName(),
                lambda _: self._open_with(secret),
                self._on_open,
                failed=self._on_failed,
            )
            work.start()

    def _on_open(self, key: Any) -> None:
        self.key = key
        self.accept()

    def _on_failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self._problem.setText(str(error))
        self._problem.show()


def ask_passphrase(parent: QWidget, text: str, open_with: Callable[[str], DataKey]) -> DataKey | None:
    """Ask until it opens; None if the question was closed."""
    dialog = AskPassphrase(parent.window(), text, open_with)
    dialog.exec()
    return dialog.key
