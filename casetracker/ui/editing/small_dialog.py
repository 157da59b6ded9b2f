"""A small dialog: a title, what is asked, what is wrong, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named


class SmallDialog(QDialog):
    """What is asked goes into `body`; `do` raises `UserError` where something is missing."""

    def __init__(self, parent: QWidget, name: str, title: str, action: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, name, title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.setMinimumWidth(px(500))
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._problem = named(label("", "problem", wrap=True), f"{name}.problem")
        self._problem.hide()
        cancel, ok = button(tr(N_("Cancel")), f"{name}.cancel"), button(action, f"{name}.ok", kind="primary")
        cancel.clicked.connect(self.reject)
        ok.clicked.connect(self.finish)
        ok.setToolTip(tr(N_("Ctrl+Enter")))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(ok)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "head", wrap=True))
        layout.addLayout(self.body)
        layout.addWidget(self._problem)
        layout.addLayout(foot)

    def finish(self) -> None:
        """Do it, and close if it could be done."""
        try:
            self.do()
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self.accept()

    def do(self) -> None:
        """Do what the dialog is for."""
        raise NotImplementedError
