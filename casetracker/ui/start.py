"""The first window: casebooks that were open lately, and the ways to another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from casetracker import __version__
from casetracker.i18n import N_, tr
from casetracker.settings import Settings
from casetracker.ui.review_window import ask_review_file
from casetracker.ui.style import px
from casetracker.ui.unlock import name_of
from casetracker.ui.widgets.language_pick import LanguagePick
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.record_list import RecordList
from casetracker.ui.widgets.record_rows import RecordRow
from casetracker.ui.widgets.sheet import SmallWindow

AskFolder = Callable[[QWidget], str]


def ask_folder(parent: QWidget) -> str:
    """Ask for the folder of a casebook; "" if the question was closed."""
    return QFileDialog.getExistingDirectory(
        parent, tr(N_("Open a casebook: choose the folder whose name ends in .casebook"))
    )


class StartWindow(SmallWindow):
    """Which casebook shall it be? `open_wanted(path)`, `new_wanted`, `example_wanted`.

    `changed` says that the list of recent casebooks was cleared.
    """

    open_wanted = Signal(object)
    new_wanted = Signal()
    example_wanted = Signal()
    review_wanted = Signal(object)
    language_wanted = Signal(str)
    changed = Signal()

    def __init__(
        self, settings: Settings, ask: AskFolder = ask_folder, ask_review: AskFolder = ask_review_file
    ) -> None:
        super().__init__("start", "Casetracker", tr(N_("The memory of an advocacy office")))
        self._settings, self._ask, self._ask_review = settings, ask, ask_review
        self.resize(px(640), px(520))
        self._build()
        self.show_recent()

    def _build(self) -> None:
        self.recent = RecordList("start.recent", tr(N_("Recent casebooks")))
        self.recent.set_empty_text(tr(N_("No casebook was opened on this computer yet.")))
        self.recent.clicked.connect(self._on_click)
        self.recent.opened.connect(self._open)
        self.clear = button(tr(N_("Clear this list")), "start.clear", kind="link")
        self.clear.clicked.connect(self._on_clear)
        head = QHBoxLayout()
        head.addWidget(label(tr(N_("Recent casebooks")), "bold"), 1)
        head.addWidget(self.clear)
        body = self.sheet.body
        body.setContentsMargins(px(16), px(13), px(16), px(12))
        body.addLayout(head)
        body.addWidget(self.recent, 1)
        new = button(tr(N_("New casebook…")), "start.new", kind="primary")
        new.clicked.connect(self.new_wanted)
        other = button(tr(N_("Open casebook…")), "start.open")
        other.clicked.connect(self._on_other)
        example = button(tr(N_("Look at the example")), "start.example")
        example.clicked.connect(self.example_wanted)
        tip = tr(N_("For families who were sent one; no casebook is needed."))
        self.review = button(tr(N_("Open a review file…")), "start.review", kind="link", tooltip=tip)
        self.review.clicked.connect(self._on_review)
        body.addWidget(self.review, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        for made in (new, other, example):
            foot.addWidget(made)
        foot.addStretch(1)
        self.language = LanguagePick()
        self.language.picked.connect(self.language_wanted)
        foot.addWidget(self.language)
        foot.addWidget(named(label(__version__, "note"), "start.version", tr(N_("Version"))))
        self.body.addLayout(foot)
        new.setFocus()

    def show_recent(self) -> None:
        """Show the recent casebooks as the settings know them; one that is gone says so."""
        rows = []
        for path in self._settings.recent:
            folder = Path(path)
            gone = "" if folder.exists() else tr(N_("not found"))
            rows.append(RecordRow(path, name_of(folder), str(folder.parent), gone))
        self.recent.set_rows(rows)
        self.clear.setVisible(bool(rows))
        if rows:
            self.recent.select(rows[0].key)
            self.recent.setFocus()

    def _on_click(self, index: QModelIndex) -> None:
        self._open(self.recent.row_at(index.row()).key)

    def _open(self, key: str) -> None:
        self.open_wanted.emit(Path(key))

    def _on_other(self) -> None:
        if chosen := self._ask(self):
            self._open(chosen)

    def _on_review(self) -> None:
        if chosen := self._ask_review(self):
            self.review_wanted.emit(Path(chosen))

    def _on_clear(self) -> None:
        self._settings.forget()
        self.show_recent()
        self.changed.emit()
