"""While a person is being typed: who of the casebook it may be already, with the reasons, side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Person
from casetracker.model.matching import Pair
from casetracker.store import comparing, duplicates, merging, relations
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.background import Background
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.compare_table import CompareTable
from casetracker.ui.widgets.naming import button, label, named

_WAIT_MS = 350  # after the last letter
_SILENT_MS = 60_000  # no window over the typing


class LikelyPeople(QWidget):
    """The strip under the names. `same(person_id)` when somebody says that it is this person.

    It reads what is typed a moment after the last letter, compares on another thread, and writes nothing
    until `saved` says that the person was written.
    """

    same = Signal(str)
    checked = Signal()

    def __init__(self, saved: SignalInstance, store: Store, person: Draft, *parts: ChildGrid | Form) -> None:
        super().__init__()
        named(self, "likely")
        self._store, self._person, self._parts = store, person, parts
        self._found: list[Pair] = []
        self._apart: set[str] = set()
        self._asked = 0
        self._banner = Banner(action=tr(N_("Compare…")), object_name="likely.banner")
        self._banner.action_clicked.connect(self.compare)
        self._banner.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._banner)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.check)
        for part in parts:
            part.edited.connect(self._timer.start)
        saved.connect(self._remember)

    def found(self) -> list[Pair]:
        """Who it may be, the likeliest first, without those who were said to be somebody else."""
        return [pair for pair in self._found if pair.second not in self._apart]

    def check(self) -> None:
        """Read what is typed and look for people who may be the same."""
        for part in self._parts:
            part.collect()
        profile, store = duplicates.profile_of(self._person), self._store
        self._asked += 1
        number = self._asked
        Background(
            self,
            tr(N_("Comparing")),
            lambda _: (number, _with_names(store, duplicates.near(store, profile))),
            self._show,
            show_after=_SILENT_MS,
        ).start()

    def _show(self, result: tuple[int, tuple[list[Pair], dict[str, str]]]) -> None:
        number, (found, names) = result
        if number != self._asked:
            return  # more was typed meanwhile
        self._found = found
        left = self.found()
        if left:
            first = left[0]
            more = ntr("and {n} more", "and {n} more", len(left) - 1) if len(left) > 1 else ""
            text = " · ".join((names.get(first.second, ""), *first.reasons[:3], *([more] if more else [])))
            self._banner.set(tr(N_("Perhaps in the casebook already")), text, Tone.AMBER)
        self._banner.setVisible(bool(left))
        self.checked.emit()

    def compare(self) -> ComparePeople | None:
        """Show the likeliest beside what is typed; does not wait."""
        left = self.found()
        if not left:
            return None
        for part in self._parts:
            part.collect()
        dialog = ComparePeople(self.window(), self._store, self._person, left)
        dialog.same.connect(self.same)
        dialog.different.connect(self._judged)
        dialog.open()
        return dialog

    def _judged(self, person_id: str) -> None:
        self._apart.add(person_id)
        self._banner.setVisible(bool(self.found()))

    def _remember(self, _: str) -> None:
        """Write down, after the person was written, who was said to be somebody else."""
        for other in sorted(self._apart):
            merging.judge_different(self._store, self._person.id, other)


def _with_names(store: Store, pairs: list[Pair]) -> tuple[list[Pair], dict[str, str]]:
    with store.reader() as reader:
        people = reader.many(Person, [pair.second for pair in pairs])
        return pairs, {person.id: person.title for person in people}


class ComparePeople(QDialog):
    """What is typed beside a person of the casebook: the same person, somebody else, or not now."""

    same = Signal(str)
    different = Signal(str)

    def __init__(self, parent: QWidget, store: Store, typed: Draft, found: list[Pair]) -> None:
        super().__init__(parent)
        named(self, "compare_people", tr(N_("Perhaps in the casebook already")))
        self.setWindowTitle(tr(N_("Perhaps in the casebook already")))
        self.resize(px(820), px(560))
        self._store, self._typed, self._left = store, typed, list(found)
        self._reasons = label("", "soft", wrap=True)
        self.table = CompareTable(
            "compare_people.table", tr(N_("As typed")), tr(N_("In the casebook")), choosing=False
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(tr(N_("Perhaps in the casebook already")), "head"))
        layout.addWidget(self._reasons)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._buttons())
        self._show()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addStretch(1)
        for name, text, kind, step in (
            ("compare.close", tr(N_("Go on writing")), "", self.reject),
            ("compare.different", tr(N_("Not the same person")), "", self._different),
            ("compare.same", tr(N_("It is this person")), "primary", self._same),
        ):
            made = button(text, name, kind=kind)
            made.clicked.connect(step)
            line.addWidget(made)
        return line

    def _show(self) -> None:
        pair = self._left[0]
        self._reasons.setText("\n".join(f"•  {reason}" for reason in pair.reasons))
        with self._store.reader() as reader:
            self.table.set_lines(comparing.typed_beside(reader, self._typed, pair.second))

    def _same(self) -> None:
        self.accept()
        self.same.emit(self._left[0].second)

    def _different(self) -> None:
        """Go on with the next one, or close after the last."""
        self.different.emit(self._left.pop(0).second)
        if self._left:
            self._show()
        else:
            self.reject()


def watch_person(
    dialog: EditDialog,
    store: Store,
    person: Draft,
    parts: tuple[ChildGrid | Form, ...],
    known: Callable[[Draft], None],
) -> LikelyPeople:
    """Put the strip under the names of a new person; `known(draft)` goes on with the one of the casebook.

    What was typed is added to that draft, unsaved: spellings below, empty fields filled.
    """
    strip = LikelyPeople(dialog.saved, store, person, *parts)

    def same(person_id: str) -> None:
        draft = comparing.adopt(person, store.draft(Person, person_id))
        dialog.dirty = False
        dialog.reject()
        known(draft)

    strip.same.connect(same)
    return strip


def cases_of(store: Store, person_id: str) -> list[str]:
    """Return the ids of the cases that there are about a person already."""
    with store.reader() as reader:
        return [case.id for case in relations.cases_about(reader, person_id)]
