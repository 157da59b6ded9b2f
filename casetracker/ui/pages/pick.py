"""A small dialog that asks for one record."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.entity import Entity
from casetracker.store.store import Store
from casetracker.ui.editing.editors import lookup
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.suggestions import LookupEdit


class PickDialog(QDialog):
    """A question, a field with suggestions, and two buttons."""

    def __init__(self, parent: QWidget, store: Store, entity: type[Entity], question: str) -> None:
        super().__init__(parent.window())
        named(self, "pick", question)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.setMinimumWidth(px(460))
        self.field = LookupEdit(lookup(store, entity, new=False), "pick.field", question, eager=True)
        self.field.setPlaceholderText(tr(N_("type a name, or ↓ for the list")))
        self._ok = button(tr(N_("Choose")), "pick.ok", kind="primary")
        self._ok.setEnabled(False)
        self._ok.clicked.connect(self.accept)
        cancel = button(tr(N_("Cancel")), "pick.cancel")
        cancel.clicked.connect(self.reject)
        self.field.picked.connect(lambda _: self._ok.setEnabled(True))
        self.field.cleared.connect(lambda: self._ok.setEnabled(False))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self._ok)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(question, "head", wrap=True))
        layout.addWidget(self.field)
        layout.addStretch(1)
        layout.addLayout(line)

    def chosen(self) -> str:
        """The id of what was picked, or ""."""
        hit = self.field.hit()
        return hit.key if hit else ""


def pick(parent: QWidget, store: Store, entity: type[Entity], question: str) -> str:
    """Ask for one record; return its id, or "" if the user gave up."""
    dialog = PickDialog(parent, store, entity, question)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.chosen() if accepted else ""
