"""The page of the search: a field, pills by kind, and everything that was found, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import BY_NAME
from casetracker.store.search import Hit, search
from casetracker.store.store import Change
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.search.results import Results
from casetracker.ui.style import px
from casetracker.ui.widgets.chip import FilterChip, Flow
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import label, named

PAUSE_MS = 150
_MOST = 50  # of each kind; who gets more than that types another word
_NO_WINDOW_MS = 60_000  # results come while typing; no window may flash up for them


class _Field(QLineEdit):
    """The field; Down goes to the results."""

    def __init__(self, page: SearchPage) -> None:
        super().__init__()
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._page.results.step(None, 1)
        else:
            super().keyPressEvent(event)


class SearchPage(Page):
    """Everything that is found by a name in any script, a number, a place, or words in a text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "search", tr(N_("Search")))
        self._hits: Sequence[Hit] = ()
        self._kind, self._typed, self._shown_for = "", "", ""
        self.results = Results()
        self.results.opened.connect(lambda key: desk.open(*key.split(":", 1)))
        self.results.left_upwards.connect(self.start)
        hint = tr(N_("Names in any script, numbers, places, words in texts…"))
        self.field = named(_Field(self), "search.field", tr(N_("What to search for")))
        self.field.setPlaceholderText(hint)
        self.field.setClearButtonEnabled(True)
        self.pills = named(Flow(gap=6), "search.pills", tr(N_("Kinds")))
        self.said = named(label("", "note"), "search.said")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_return)
        self._build()

    def _build(self) -> None:
        teach = EmptyState(
            tr(N_("Search everything")),
            tr(
                N_(
                    "Names in any of five scripts, whatever the spelling: kunbolat finds Күнболатұлы. "
                    "Numbers of cases, papers and appeals. Places, by any of their names. Words in accounts, "
                    "minutes, notes and attached PDF files."
                )
            ),
            icon_name="search",
            object_name="search.teach",
        )
        nothing = EmptyState(
            tr(N_("Nothing found")),
            tr(
                N_(
                    "Try one word less, another spelling, or the beginning of a word. Scans and photographs "
                    "have no words until somebody writes a transcript."
                )
            ),
            icon_name="search",
            object_name="search.nothing",
        )
        scroll = ScrollPage("search.scroll", self.title)
        scroll.body.addWidget(self.results)
        scroll.body.addStretch(1)
        self._stack = QStackedWidget()
        self._teach, self._nothing, self._scroll = teach, nothing, scroll
        for widget in (teach, nothing, scroll):
            self._stack.addWidget(widget)
        head = QVBoxLayout()
        head.setContentsMargins(px(24), px(18), px(24), px(10))
        head.setSpacing(px(8))
        for part in (label(self.title, "title"), self.field, self.pills, self.said):
            head.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self._draw()

    # What the window asks

    def refresh(self) -> None:
        self._search()

    def on_change(self, change: Change) -> None:
        self._search()

    def show_record(self, record_id: str) -> None:
        self.start()

    def start(self) -> None:
        """Put the keyboard into the field and mark what stands there."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def look(self, text: str) -> None:
        """Search for this."""
        self.field.setText(text)
        self._pause.stop()
        self._search()

    def hits(self) -> Sequence[Hit]:
        """What was found, of all kinds."""
        return self._hits

    # Searching

    def _on_text(self) -> None:
        self._pause.start()

    def _on_return(self) -> None:
        if self._pause.isActive() or self._shown_for != self.field.text().strip():
            self._pause.stop()
            self._search()
        elif self.results.lines:
            first = self.results.lines[0].hit
            self.desk.open(first.entity, first.id)

    def _search(self) -> None:
        """Search on another thread; what comes for a text that is no longer there is dropped."""
        text = self._typed = self.field.text().strip()
        if not text:
            self._take(("", []))
            return
        store = self.desk.store
        self.said.setText(tr(N_("Searching…")))
        Background(
            self, tr(N_("Searching…")), lambda _: (text, search(store, text, _MOST)), self._take,
            show_after=_NO_WINDOW_MS,
        ).start()  # fmt: skip

    def _take(self, result: tuple[str, list[Hit]]) -> None:
        text, hits = result
        if text != self._typed:
            return
        if text != self._shown_for:
            self._kind = ""
        self._shown_for, self._hits = text, hits
        self._draw()

    # Showing

    def _draw(self) -> None:
        counts = Counter(hit.entity for hit in self._hits)
        if self._kind not in counts:
            self._kind = ""
        self.pills.clear()
        for kind, number in counts.items() if len(counts) > 1 else ():
            text = tr(N_("{kind} {n}"), kind=tr(BY_NAME[kind].plural), n=number)
            pill = FilterChip(text, f"search.kind.{kind}", on=kind == self._kind)
            pill.clicked.connect(lambda _=False, kind=kind: self._pick("" if kind == self._kind else kind))
            self.pills.add(pill)
        self.pills.setVisible(len(counts) > 1)
        shown = [hit for hit in self._hits if self._kind in ("", hit.entity)]
        self.results.show_hits(shown, self._shown_for)
        self.said.setText(ntr("{n} result", "{n} results", len(self._hits)) if self._shown_for else "")
        place: QWidget = self._scroll if self._hits else self._nothing if self._shown_for else self._teach
        self._stack.setCurrentWidget(place)
        if self.isVisible():
            self.desk.status.emit(self.said.text())

    def _pick(self, kind: str) -> None:
        self._kind = kind
        self._draw()
