"""The codes of the log that the casebook itself knows: of each signed head, by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel.dates import format_datetime
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, locale, tr
from casetracker.ui.style import px
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import button, label, named


class CodesDialog(QDialog):
    """A list to compare with papers: when, and which code."""

    def __init__(self, parent: QWidget, codes: Sequence[tuple[dt.datetime, str]]) -> None:
        title = tr(N_("Codes of the log"))
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "codes_dialog", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(620), px(460))
        self.table = CellTable((Column(tr(N_("When")), 1), Column(tr(N_("Code")), 2)), "codes.table", title)
        self.table.set_rows([TableRow(code, (Cell(_said(at), muted=True), code)) for at, code in codes])
        said = N_(
            "The log is signed after every hundred entries and when the casebook is closed. A code proves "
            "something only where it is kept outside the casebook: on paper, or with somebody else."
        )
        close = button(tr(N_("Close")), "codes.close", kind="primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "head", wrap=True))
        layout.addWidget(label(tr(said), "soft", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)


def _said(at: dt.datetime) -> str:
    local = at.replace(tzinfo=dt.UTC).astimezone()
    return format_datetime(local, "d MMMM y, HH:mm", locale=locale())
