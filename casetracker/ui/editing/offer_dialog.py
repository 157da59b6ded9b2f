"""Some fields of a draft inside another one, with what can be told from others offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.form import Form
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named


class OfferDialog(QDialog):
    """Changes fields of a draft that is saved with the record around it; `changed` when it did.

    A kind of it says what it offers in `offers`, and in words in `said`.
    """

    changed = Signal()

    def __init__(
        self, parent: QWidget | None, store: Store, draft: Draft, fields: Sequence[str], *, name: str,
        title: str, head: str,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        named(self, name, title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(720), px(380))
        self.draft = draft
        self.form = Form(
            store,
            draft,
            fields,
        )
        self._said = label("", "soft", wrap=True)
        named(self._said, f"{name}.said")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 18, 22, 16)
        outer.setSpacing(12)
        outer.addWidget(label(head, "head"))
        outer.addWidget(self._said)
        outer.addWidget(self.form)
        outer.addStretch(1)
        outer.addLayout(self._buttons(name))
        self.form.edited.connect(self.look)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self.look()

    def offers(self) -> Mapping[str, Any]:
        """Return the values that can be told, by the name of the field."""
        return {}

    def said(self) -> str:
        """Say what can be told, and what is odd."""
        return ""

    def look(self) -> None:
        """Say it again after something was typed."""
        self._said.setText(self.said())
        self._take.setEnabled(bool(self.offers()))

    def _buttons(self, name: str) -> QHBoxLayout:
        line = QHBoxLayout()
        self._take = button(tr(N_("Take the suggestion")), f"{name}.take", kind="link")
        self._take.clicked.connect(self.take)
        line.addWidget(self._take)
        line.addStretch(1)
        cancel = button(tr(N_("Cancel")), f"{name}.cancel")
        cancel.clicked.connect(self.reject)
        done = button(tr(N_("Done")), f"{name}.done", kind="primary")
        done.clicked.connect(self.accept)
        line.addWidget(cancel)
        line.addWidget(done)
        return line

    def take(self) -> None:
        """Put what is offered into the fields that are empty; nothing is saved by it."""
        self.form.fill_empty(self.offers())

    def accept(self) -> None:
        """Put what stands there into the draft."""
        if not self.form.collect():
            self.changed.emit()
            super().accept()
