"""The page “History”: what was done in the whole office, by whom, when, to what; and the code of the log."""

from __future__ import annotations

import datetime as dt

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import BY_NAME
from casetracker.store.audit import anchors, reading
from casetracker.store.audit.entries import Op
from casetracker.store.audit.reading import HistoryLine, Wanted
from casetracker.store.audit.state import LogState, log_state
from casetracker.store.store import Change
from casetracker.ui.background import Background
from casetracker.ui.desk import PAGE_OF, Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.pages.history.codes import CodesDialog
from casetracker.ui.pages.history.view import HistoryView
from casetracker.ui.pages.page import Page
from casetracker.ui.rereading import Rereading
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import button, label, named

SHOWN = 100  # lines at a time
_PERIODS = (
    ("", N_("At any time"), None),
    ("today", N_("Today"), 0),
    ("week", N_("Last 7 days"), 6),
    ("month", N_("Last 30 days"), 29),
)
_SORTS = (
    ("", N_("Everything"), None),
    ("changes", N_("Changes to records"), Op.ACTION),
    ("looks", N_("Openings, papers, copies, restricted records"), Op.ACCESS),
)


class HistoryPage(Page):
    """The log of the office, the newest first, and the code by which it is compared with a paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "history_page", tr(N_("History")))
        self._limit = SHOWN
        self._code = ""
        self.header = PageHeader("history.header")
        self.header.set_title(self.title)
        self.check = self.header.add_action(
            "history.check", tr(N_("Check the log")), tooltip=tr(N_("Look at every entry, from the first"))
        )
        self.check.clicked.connect(lambda _=False: self.check_log())
        compare = self.header.add_action(
            "history.compare",
            tr(N_("Compare with a code…")),
            tooltip=tr(N_("A code of the log that stands on a paper")),
        )
        compare.clicked.connect(self.ask_code)
        self.who, self.when, self.sort, self.kind = (
            self._box(name, text)
            for name, text in (
                ("who", tr(N_("Who"))),
                ("when", tr(N_("When"))),
                ("sort", tr(N_("What"))),
                ("kind", tr(N_("Kind of record"))),
            )
        )
        self._fill_boxes()
        self.result = Banner(object_name="history.result")
        self.result.hide()
        self.view = HistoryView("history_page.lines", self.title)
        self.view.opened.connect(desk.open)
        self.view.older.connect(self._show_older)
        self.reading = Rereading(self, self.title, self._read, self._show)
        self._arrange()

    def _box(self, name: str, text: str) -> QComboBox:
        box = named(QComboBox(), f"history.{name}", text)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.activated.connect(self._on_narrowed)
        return box

    def _fill_boxes(self) -> None:
        self.who.addItem(tr(N_("Everybody")), "")
        for key, text, _ in _PERIODS:
            self.when.addItem(tr(text), key)
        for key, text, _ in _SORTS:
            self.sort.addItem(tr(text), key)
        self.kind.addItem(tr(N_("All records")), "")
        kinds = sorted((tr(BY_NAME[name].plural), name) for name in PAGE_OF)
        for text, name in kinds:
            self.kind.addItem(text, name)

    def _arrange(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(24, 12, 24, 4)
        filters.setSpacing(10)
        for box in (self.who, self.when, self.sort, self.kind):
            filters.addWidget(box, 1)
        self.code = named(label("", "note", wrap=True, selectable=True), "history.code")
        self.earlier = button(tr(N_("Earlier codes…")), "history.earlier", kind="quiet")
        self.earlier.clicked.connect(self.show_codes)
        self.copy = button(tr(N_("Copy the code")), "history.copy", kind="quiet")
        self.copy.clicked.connect(self._copy)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(24, 8, 24, 8)
        line.addWidget(self.code, 1)
        line.addWidget(self.earlier)
        line.addWidget(self.copy)
        banner = QHBoxLayout()
        banner.setContentsMargins(24, 4, 24, 4)
        banner.addWidget(self.result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(filters)
        layout.addLayout(banner)
        layout.addWidget(self.view, 1)
        layout.addWidget(foot)
        foot.setMinimumHeight(px(40))

    # Reading

    def refresh(self) -> None:
        self.reading.start()

    def show_record(self, record_id: str) -> None:
        """Show the newest lines; the log is about no one record."""
        self.refresh()

    def on_change(self, change: Change) -> None:
        self.result.hide()
        self.refresh()

    def wanted(self) -> Wanted:
        """What the boxes ask for."""
        days = {key: days for key, _, days in _PERIODS}[self.when.currentData()]
        since = dt.date.today() - dt.timedelta(days) if days is not None else None
        kind = {key: op for key, _, op in _SORTS}[self.sort.currentData()]
        return Wanted(self.who.currentData(), self.kind.currentData(), since, kind=kind)

    def _on_narrowed(self) -> None:
        self._limit = SHOWN
        self.refresh()

    def _show_older(self) -> None:
        self._limit += SHOWN
        self.refresh()

    def _read(self) -> tuple[Wanted, list[HistoryLine], list[str], str]:
        store, wanted = self.desk.store, self.wanted()
        lines = reading.of_office(store, wanted, limit=self._limit + 1)
        return wanted, lines, reading.users(store), anchors.anchor(store)

    def _show(self, found: tuple[Wanted, list[HistoryLine], list[str], str]) -> None:
        wanted, lines, users, code = found
        if wanted != self.wanted():
            self.reading.start()
            return
        for who in users:
            if self.who.findData(who) < 0:
                self.who.addItem(who, who)
        foot = tr(N_("Show older ones")) if len(lines) > self._limit else ""
        self.view.set_lines(lines[: self._limit], foot=foot)
        if not lines:
            self.view.setPlainText(tr(N_("Nothing of this kind was done.")))
        self._code = code
        said = N_("Code of the log now: {code}. On paper it proves later that nothing before it was altered.")
        self.code.setText(tr(said, code=code) if code else "")
        self.copy.setVisible(bool(code))
        shown = min(len(lines), self._limit)
        self.desk.status.emit(ntr("{n} line", "{n} lines", shown))

    # The log as a whole

    def check_log(self, code: str = "") -> None:
        """Look at the whole log on another thread, and say what was found. `UserError` for a bad code."""
        store = self.desk.store
        codes = (anchors.read_anchor(code),) if code else ()
        title = tr(N_("Checking the log…"))
        Background(self, title, lambda _: log_state(store, codes), self._on_checked).start()

    def ask_code(self) -> ReasonDialog:
        """Ask for a code from a paper, and see whether the log still holds its entry."""
        made = ReasonDialog(
            self.window(),
            tr(N_("Compare with a code")),
            tr(N_("Type the code of the log as it stands on the paper: a number and groups of four signs.")),
            tr(N_("Compare")),
            self.check_log,
            tr(N_("Code of the log")),
        )
        made.open()
        return made

    def _on_checked(self, state: LogState) -> None:
        wrong = [f"{finding.where}: {finding.what}" for finding in state.findings]
        if wrong:
            title = ntr("{n} thing is wrong with the log", "{n} things are wrong with the log", len(wrong))
        else:
            title = ntr("The log is whole: {n} entry", "The log is whole: {n} entries", state.entries)
        text = "\n".join([*wrong[:8], *state.notes, *state.cannot_know])
        self.result.set(title, text, tone=Tone.RED if wrong else Tone.GREEN)
        self.result.show()

    def show_codes(self) -> CodesDialog:
        """Show the codes of earlier days: of each signed head."""
        made = CodesDialog(self.window(), anchors.listed(self.desk.store))
        made.open()
        return made

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.desk.note.emit(tr(N_("The code was copied.")))
