"""Duplicates: the pairs that may be one person, a list beside the two records; what was decided before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, NotSame, Person
from casetracker.model.matching import Pair
from casetracker.store import comparing, duplicates
from casetracker.store.comparing import Decided
from casetracker.store.store import Change
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.duplicates.panes import DecidedPane, PairPane
from casetracker.ui.pages.page import Page
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText, FilterChip
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import button
from casetracker.ui.widgets.record_rows import RecordRow

_VIEWS = {
    "suspected": N_("To compare"),
    "cases": N_("Cases of one person"),
    "different": N_("Judged different"),
    "merged": N_("Merged"),
}


class DuplicatesPage(Page):
    """Works through suspected pairs; nothing is ever merged by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "duplicates", tr(N_("Duplicates")))
        self.view = "suspected"
        self._pairs: dict[str, Pair] | None = None
        self._names: dict[str, str] = {}
        self._decided: dict[str, Decided] = {}
        self._cases: dict[str, Pair] = {}
        self._job: Background | None = None
        self._later: set[str] = set()
        self.split = ListBesidePage("duplicates", tr(N_("Duplicates")))
        self.list = self.split.pane.list
        self.pills = {key: FilterChip(tr(text), f"view.{key}") for key, text in _VIEWS.items()}
        for key, pill in self.pills.items():
            pill.clicked.connect(self._viewer(key))
            self.split.pane.add_filter(pill)
        self.again = button(tr(N_("Compare everybody again")), "duplicates.again", kind="quiet")
        self.again.clicked.connect(self.compare)
        self.split.pane.add_filter(self.again)
        self.pair = PairPane(desk)
        self.decided = DecidedPane(desk)
        self.empty = EmptyState(
            tr(N_("No pair to compare")),
            tr(N_("People who may be one are listed here with the reasons. Nothing is merged by itself.")),
            icon_name="users",
            object_name="duplicates.empty",
        )
        self._right = QStackedWidget()
        for pane in (self.empty, self.pair, self.decided):
            self._right.addWidget(pane)
        self.split.set_page(self._right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.pair.later.connect(self._put_off)
        self.pair.decided.connect(self._next)
        for keys, step in (
            ("Ctrl+M", self.pair.merge),
            ("Ctrl+D", self.pair.different),
            ("Ctrl+J", self._put_off),
        ):
            QShortcut(QKeySequence(keys), self, step).setContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
            )

    def _viewer(self, key: str) -> Callable[[], None]:
        return lambda: self.show_view(key)

    # What is listed

    def show_record(self, record_id: str) -> None:
        """Show the page; it has no record of its own."""
        self.refresh()

    def refresh(self) -> None:
        """Read what was decided; compare everybody the first time."""
        for key, pill in self.pills.items():
            pill.setChecked(key == self.view)
        if self.view == "suspected" and self._pairs is None:
            self.compare()
            return
        self._fill()

    def on_change(self, change: Change) -> None:
        """A decision takes a pair off the list; everybody is compared again when that is asked for."""
        if change.touches(NotSame, Person):
            self._drop_gone()
        self._fill()

    def show_view(self, key: str) -> None:
        """Show the pairs to compare, those judged different, or the merges."""
        self.view = key
        self.refresh()

    def compare(self) -> None:
        """Compare everybody with everybody, on another thread, with a way out."""
        if self._job is not None and self._job.is_running():
            return
        store = self.desk.store
        self._job = Background(
            self,
            tr(N_("Looking for people who are in the casebook twice…")),
            lambda progress: _with_names(self.desk, duplicates.suspected(store, progress)),
            self._compared,
        ).start()

    def _compared(self, found: tuple[list[Pair], dict[str, str]]) -> None:
        pairs, self._names = found
        self._pairs = {f"{p.first}:{p.second}": p for p in pairs}
        self._later = set()
        self._fill()

    def _drop_gone(self) -> None:
        """Forget pairs of which one is gone or which were judged; nothing new is looked for."""
        if self._pairs is None:
            return
        pairs, names = _with_names(self.desk, list(self._pairs.values()))
        apart = duplicates.apart(self.desk.store)
        kept = [p for p in pairs if frozenset((p.first, p.second)) not in apart]
        self._pairs, self._names = {f"{p.first}:{p.second}": p for p in kept}, names

    def _fill(self) -> None:
        rows = self._rows()
        before = self.list.current_key()
        self.list.set_empty_text(tr(N_("Nothing here yet")))
        self.list.set_rows(rows)
        keys = [row.key for row in rows]
        key = before if before in keys else next(iter(keys), "")
        self.list.select_number(keys.index(key) if key else -1)
        self._show(key)
        count = len(rows)
        said = (
            ntr("{n} pair", "{n} pairs", count)
            if self.view != "merged"
            else ntr("{n} merge", "{n} merges", count)
        )
        self.desk.status.emit(said)

    def _rows(self) -> list[RecordRow]:
        if self.view == "suspected":
            return self._suspected_rows()
        return self._case_rows() if self.view == "cases" else self._decided_rows()

    def _case_rows(self) -> list[RecordRow]:
        pairs = duplicates.cases_of_one_person(self.desk.store)
        self._cases = {f"{p.first}:{p.second}": p for p in pairs}
        with self.desk.store.reader() as reader:
            cases = reader.many(Case, [p.first for p in pairs])
            names = {case.id: case.text("person_id") for case in cases}
        return [RecordRow(key, names.get(p.first, ""), p.reasons[0]) for key, p in self._cases.items()]

    def _suspected_rows(self) -> list[RecordRow]:
        pairs = list((self._pairs or {}).items())
        pairs.sort(key=lambda item: item[0] in self._later)
        return [
            RecordRow(
                key,
                f"{self._names.get(p.first, '')}  /  {self._names.get(p.second, '')}",
                p.reasons[0] if p.reasons else "",
                tr(N_("later")) if key in self._later else "",
                ChipText(f"{p.value:.0%}", Tone.AMBER if p.value >= 0.8 else Tone.GREY),
            )
            for key, p in pairs
        ]

    def _decided_rows(self) -> list[RecordRow]:
        store = self.desk.store
        found = comparing.merges(store) if self.view == "merged" else comparing.judged_different(store)
        self._decided = {each.id: each for each in found}
        return [
            RecordRow(each.id, f"{each.first}  /  {each.second}", each.detail.partition("\n")[0], each.day)
            for each in found
        ]

    # What is shown at the right

    def _show(self, key: str) -> None:
        if self.view == "suspected" and self._pairs and key in self._pairs:
            self.pair.show_pair(self._pairs[key])
            self._right.setCurrentWidget(self.pair)
        elif self.view == "cases" and key in self._cases:
            self.pair.show_pair(self._cases[key], Case)
            self._right.setCurrentWidget(self.pair)
        elif self.view in ("different", "merged") and key in self._decided:
            self.decided.show_decided(self._decided[key], merged=self.view == "merged")
            self._right.setCurrentWidget(self.decided)
        else:
            self._right.setCurrentWidget(self.empty)

    def _put_off(self) -> None:
        """Leave the pair for later: it goes to the end of the list, and the next one is shown."""
        key = self.list.current_key()
        if self.view == "suspected" and key:
            number = self.list.currentIndex().row()
            self._later.add(key)
            self._fill()
            self.list.setCurrentIndex(self.list.model().index(min(number, self.list.row_count() - 1), 0))

    def _next(self) -> None:
        self.list.setFocus()


def _with_names(desk: Desk, pairs: list[Pair]) -> tuple[list[Pair], dict[str, str]]:
    """Return the pairs of which both are there, and what everybody in them is called."""
    with desk.store.reader() as reader:
        people = reader.many(Person, dict.fromkeys(i for p in pairs for i in (p.first, p.second)))
        names = {person.id: person.title for person in people}
    return [p for p in pairs if p.first in names and p.second in names], names
