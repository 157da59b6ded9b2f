"""A small dialog that asks for the reason of a decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.editing.small_dialog import SmallDialog
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label, named


class ReasonDialog(SmallDialog):
    """Asks why, or another `question`; `decide(reason)` does it, and what it raises stands below the text."""

    def __init__(
        self, parent: QWidget, title: str, text: str, action: str, decide: Callable[[str], object],
        question: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent, "count", title, action)
        self._decide = decide
        self._reason = named(QPlainTextEdit(), "count.reason", question or tr(N_("Why")))
        self._reason.setTabChangesFocus(True)
        self._reason.setMaximumHeight(px(90))
        self.body.addWidget(label(text, "soft", wrap=True))
        self.body.addWidget(label(question or tr(N_("Why")), "muted"))
        self.body.addWidget(self._reason)
        self._reason.setFocus()

    def do(self) -> None:
        """Decide; raises what the decision raises."""
        self._decide(self._reason.toPlainText())
