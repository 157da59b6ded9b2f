"""The parts of one spelling, with what its endings tell offered in grey and taken by a click."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.names.parts import parts_of
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.form import Form
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named

PARTS = ("given", "father", "grandfather", "surname", "patronymic")


class NamePartsDialog(QDialog):
    """Changes the parts in the draft of a spelling, which is saved with the person; `changed` when it did."""

    changed = Signal()

    def __init__(self, parent: QWidget | None, store: Store, name: Draft) -> None:
        super().__init__(parent)
        title = tr(N_("Parts of the name"))
        named(self, "name_parts", title)
        self.setWindowTitle(title)
        self.resize(px(560), px(380))
        self._name = name
        self.form = Form(store, name, (*PARTS, "scheme"))
        self.offered = parts_of(str(name.values.get("full") or "")).named()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 18, 22, 16)
        outer.setSpacing(12)
        outer.addWidget(label(str(name.values.get("full") or ""), "head"))
        outer.addWidget(label(self._said(), "soft", wrap=True))
        outer.addWidget(self.form)
        outer.addStretch(1)
        outer.addLayout(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def _said(self) -> str:
        if not self.offered:
            return tr(N_("The name itself does not tell its parts."))
        said = " · ".join(f"{self.form.caption(part)}: {text}" for part, text in self.offered.items())
        return tr(N_("The endings seem to say: {parts}"), parts=said)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        take = button(tr(N_("Take the suggestion")), "parts.take", kind="link")
        take.clicked.connect(self.take)
        take.setEnabled(bool(self.offered))
        line.addWidget(take)
        line.addStretch(1)
        cancel = button(tr(N_("Cancel")), "parts.cancel")
        cancel.clicked.connect(self.reject)
        done = button(tr(N_("Done")), "parts.done", kind="primary")
        done.clicked.connect(self.accept)
        line.addWidget(cancel)
        line.addWidget(done)
        return line

    def take(self) -> None:
        """Put the suggested parts into the fields that are empty; nothing is saved by it."""
        self.form.fill_empty(self.offered)

    def accept(self) -> None:
        """Put what stands there into the draft of the spelling."""
        if not self.form.collect():
            self.changed.emit()
            super().accept()
