"""Putting one term in place of another: a small window, the other term picked by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import terms
from casetracker.store import vocabularies
from casetracker.store.store import Store
from casetracker.store.vocabularies import Entry
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.suggestions import Hit, LookupEdit


class ReplaceDialog(QDialog):
    """`replaced(code)` says which term stands there now."""

    replaced = Signal(str)

    def __init__(self, parent: QWidget, store: Store, key: str, entry: Entry) -> None:
        super().__init__(parent.window())
        self._store, self._key, self._code = store, key, entry.term.code
        title = tr(N_("Replace a term"))
        named(self, "replace_dialog", title)
        self.setWindowTitle(tr(N_("Replace a term")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(460), px(220))
        where = entry.where or tr(N_("no record"))
        said = tr(
            N_("Used in: {where}. All of them will hold the other term; undo takes it back."), where=where
        )
        self.field = LookupEdit(self._look, "replace.by", tr(N_("Replace by")), eager=True)
        self.field.setPlaceholderText(tr(N_("type a term, or ↓ for the list")))
        self._problem = label("", "problem", wrap=True)
        cancel = button(tr(N_("Cancel")), "replace.cancel")
        cancel.clicked.connect(self.reject)
        go = button(tr(N_("Replace")), "replace.go", kind="primary", tooltip=tr(N_("Enter")))
        go.clicked.connect(self.replace)
        self.field.returnPressed.connect(self.replace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        shown = label(tr(N_("In place of “{term}”:"), term=entry.term.text()), "bold", wrap=True)
        for part in (shown, self.field, label(said, "muted", wrap=True), self._problem):
            layout.addWidget(part)
        layout.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(go)
        layout.addLayout(line)

    def _look(self, typed: str) -> list[Hit]:
        wanted = typed.casefold()
        others = [t for t in terms.vocabulary(self._key).terms if t.active and t.code != self._code]
        return [Hit(t.code, t.text()) for t in others if wanted in " ".join(t.labels.values()).casefold()]

    def replace(self) -> None:
        """Replace the term by the one that was picked, and close."""
        hit = self.field.hit()
        try:
            vocabularies.replace(self._store, self._key, self._code, hit.key if hit else "")
        except UserError as error:
            self._problem.setText(str(error))
            self.field.setFocus()
            return
        self.replaced.emit(hit.key if hit else "")
        self.accept()
