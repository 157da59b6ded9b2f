"""One field of a form: what it is called, its editor, below it what is wrong; and the form of such rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import px, restyle
from casetracker.ui.widgets.columns import Columns
from casetracker.ui.widgets.naming import label, named

_TWO_COLUMNS_FROM = 560
_LABEL = 118


class FormRow(QWidget):
    """An editor with its label above it (or at its left, with `side=True`); `*` marks what is needed."""

    def __init__(
        self, text: str, editor: QWidget, *, required: bool = False, help_text: str = "", side: bool = False
    ) -> None:
        super().__init__()
        name = editor.objectName() or "field"
        named(self, f"{name}.row")
        self.editor = editor
        self._label_text = text
        self._label = named(label(f"{text} *" if required else text, "muted", wrap=side), f"{name}.label")
        self._label.setBuddy(editor)
        self._label.setToolTip(tr("This is needed.") if required else "")
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        self._help = help_text
        if help_text:
            editor.setToolTip(help_text)
        self._problem = named(label("", "problem", wrap=True), f"{name}.problem", tr("Problem"))
        self._problem.hide()
        below = QVBoxLayout()
        below.setSpacing(3)
        below.addWidget(editor)
        below.addWidget(self._problem)
        below.addStretch(1)
        outer: QHBoxLayout | QVBoxLayout = QHBoxLayout(self) if side else QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        if side:
            self._label.setFixedWidth(px(_LABEL))
            self._label.setContentsMargins(0, 7, 0, 0)
        outer.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(below, 1)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the field, in red below it and to a screen reader; "" when all is well."""
        self._problem.setText(text)
        own = getattr(self.editor, "problem", None)
        told = callable(own) and own() == text  # an editor of dates says itself what it cannot read
        self._problem.setVisible(bool(text) and not told)
        self.editor.setProperty("problem", "true" if text else "false")
        self.editor.setAccessibleDescription(text)
        self.editor.setToolTip(text or self._help)
        restyle(self.editor)

    def problem(self) -> str:
        """What is said to be wrong, or ""."""
        return self._problem.text()


class FormGrid(Columns):
    """Rows of a form in two columns where there is room for two, in one where there is not."""

    def __init__(self, object_name: str = "form", *, columns: int = 2) -> None:
        super().__init__(object_name, columns=columns, wide_from=_TWO_COLUMNS_FROM, gap=(16, 10), even=False)
