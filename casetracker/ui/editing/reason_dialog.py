"""A small dialog that asks for the reason of a decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named


class ReasonDialog(QDialog):
    """Asks why, or another `question`; `decide(reason)` does it, and what it raises stands below the text."""

    def __init__(
        self, parent: QWidget, title: str, text: str, action: str, decide: Callable[[str], object],
        question: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "count", title)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(460))
        self._decide = decide
        self._reason = named(QPlainTextEdit(), "count.reason", question or tr(N_("Why")))
        self._reason.setTabChangesFocus(True)
        self._reason.setMaximumHeight(px(90))
        self._problem = named(label("", "problem", wrap=True), "count.problem")
        self._problem.hide()
        cancel = button(tr(N_("Cancel")), "count.cancel")
        cancel.clicked.connect(self.reject)
        ok = button(action, "count.ok", kind="primary", tooltip=tr(N_("Ctrl+Enter")))
        ok.clicked.connect(self.finish)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(ok)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "head", wrap=True))
        layout.addWidget(label(text, "soft", wrap=True))
        layout.addWidget(label(question or tr(N_("Why")), "muted"))
        layout.addWidget(self._reason)
        layout.addWidget(self._problem)
        layout.addLayout(foot)
        self._reason.setFocus()

    def finish(self) -> None:
        """Decide, and close if it could be done."""
        try:
            self._decide(self._reason.toPlainText())
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self.accept()
