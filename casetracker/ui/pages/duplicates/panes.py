"""The right side of the page of duplicates: two records to compare, or a decision of before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Entity, NotSame, Person
from casetracker.model.matching import Pair
from casetracker.store import comparing, merging
from casetracker.store.comparing import Decided
from casetracker.ui import messages
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.compare_table import CompareTable
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import button, label, named


class PairPane(QWidget):
    """Two people who may be one: the reasons, side by side, and what is decided."""

    later = Signal()
    decided = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "pair")
        self._desk = desk
        self._pair: Pair | None = None
        self._entity: type[Entity] = Person
        self._keep_second = False
        self.header = PageHeader("pair.header")
        for name, text, tip, step in self._actions():
            made = self.header.add_action(name, text, primary=name == "pair.merge", tooltip=tip)
            made.clicked.connect(step)
            made.setEnabled(not desk.store.read_only or name in ("pair.swap", "pair.later"))
            if name == "pair.different":
                self._different = made
        body = ScrollPage("pair.page", tr(N_("Side by side")))
        self._why = Card(tr(N_("Why they may be one")), "card.why")
        self._reasons = named(label("", wrap=True, selectable=True), "reasons")
        self._why.add(self._reasons)
        body.body.addWidget(self._why)
        beside = Card(tr(N_("Side by side")), "card.beside")
        self.table = CompareTable(
            "compare", tr(N_("This record is kept")), tr(N_("This one is merged into it"))
        )
        beside.add(self.table)
        hint = tr(
            N_(
                "Where both say something else, the value in bold stays in the field (space bar or click); "
                "the other is written down with the merge. Nothing is lost, and a merge can be taken apart "
                "at any time."
            )
        )
        beside.add(label(hint, "note", wrap=True))
        body.body.addWidget(beside)
        body.body.addLayout(self._links())
        body.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(body, 1)

    def _actions(self) -> tuple[tuple[str, str, str, Callable[[], None]], ...]:
        keep = tr(N_("Keep the other record"))
        next_one = tr(N_("Go on with the next pair (Ctrl+J)"))
        never = tr(N_("Do not show this pair again (Ctrl+D)"))
        into = tr(N_("Everything goes to the left record (Ctrl+M)"))
        return (
            ("pair.swap", tr(N_("Swap sides")), keep, self.swap),
            ("pair.later", tr(N_("Later")), next_one, self.later.emit),
            ("pair.different", tr(N_("Not the same…")), never, self.different),
            ("pair.merge", tr(N_("Merge into the left")), into, self.merge),
        )

    def _links(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for name, text, place in (
            ("pair.open_first", tr(N_("Open the left record")), 0),
            ("pair.open_second", tr(N_("Open the right record")), 1),
        ):
            made = button(text, name, kind="quiet")
            made.clicked.connect(
                lambda _=False, at=place: self._desk.open(self._entity.__name__, self.ids()[at])
            )
            line.addWidget(made)
        line.addStretch(1)
        return line

    def ids(self) -> tuple[str, str]:
        """The record that would be kept, and the other."""
        if self._pair is None:
            return "", ""
        both = (self._pair.first, self._pair.second)
        return (both[1], both[0]) if self._keep_second else both

    def show_pair(self, pair: Pair, entity: type[Entity] = Person) -> None:
        """Show a pair of people or cases; the record with more in it is at the left."""
        self._entity = entity
        self._different.setVisible(entity is Person)  # two cases of one person are never two people
        if self._pair is None or (pair.first, pair.second) != (self._pair.first, self._pair.second):
            self._pair, self._keep_second = pair, False
            lines = self._lines()
            self._keep_second = sum(bool(x.second) for x in lines) > sum(bool(x.first) for x in lines)
        self._pair = pair
        self._fill()

    def _lines(self) -> list[comparing.Compared]:
        with self._desk.store.reader() as reader:
            return comparing.side_by_side(reader, self._entity, *self.ids())

    def _fill(self) -> None:
        lines = self._lines()
        self.table.set_lines(lines)
        names = next((line for line in lines if line.name in ("names", "person_id")), None)
        if names and self._pair:
            first, second = (text.partition("\n")[0] for text in (names.first, names.second))
            self.header.set_title(f"{first}  /  {second}" if self._entity is Person else first)
            self.header.set_chips([ChipText(f"{self._pair.value:.0%}", Tone.AMBER)])
            self._reasons.setText("\n".join(f"•  {reason}" for reason in self._pair.reasons))

    def swap(self) -> None:
        """Let the other record be the one that is kept."""
        self._keep_second = not self._keep_second
        self._fill()

    def merge(self) -> None:
        """Merge into the left record, as one action that can be undone or taken apart later."""
        keep, gone = self.ids()
        taken = self.table.taken()
        if not keep or self._desk.store.read_only:
            return
        if self._desk.attempt(lambda: merging.merge(self._desk.store, self._entity, keep, gone, taken), self):
            self._desk.note.emit(tr(N_("Merged. Ctrl+Z takes it back; “Merged” takes it apart later.")))
            self.decided.emit()

    def different(self) -> None:
        """Remember that they are two, with a reason if there is one."""
        first, second = sorted(self.ids())
        if not first or self._desk.store.read_only or self._entity is not Person:
            return
        draft = self._desk.store.draft(NotSame)
        draft.values |= {"first_id": first, "second_id": second, "decided": self._desk.store.today()}
        dialog = EditDialog(
            self.window(),
            self._desk.store,
            draft,
            tr(N_("Not the same person")),
            action=tr(N_("Not the same person")),
        )
        dialog.add_section(
            tr(N_("Why they are two")), ("", Form(self._desk.store, draft, ("reason",), columns=1))
        )
        dialog.finish()
        dialog.resize(dialog.width(), 260)
        dialog.saved.connect(lambda _: self.decided.emit())
        dialog.open()


class DecidedPane(ScrollPage):
    """A pair that was judged different, or a merge; both can be taken back at any time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("decided", tr(N_("What was decided")))
        self._desk = desk
        self._shown: Decided | None = None
        self._merged = False
        self._card = Card("", "card.decided")
        self._facts = Facts("decided.facts")
        self._back = button("", "decided.back", kind="primary")
        self._back.clicked.connect(self.take_back)
        self._back.setEnabled(not desk.store.read_only)
        self._card.add(self._facts)
        line = QHBoxLayout()
        line.addWidget(self._back)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self._card.add(holder)
        self.body.addWidget(self._card)
        self.body.addStretch(1)

    def show_decided(self, decided: Decided, *, merged: bool) -> None:
        """Show a decision."""
        self._shown, self._merged = decided, merged
        self._card.set_title(tr(N_("Merged")) if merged else tr(N_("Judged different")))
        self._back.setText(tr(N_("Take apart…")) if merged else tr(N_("Compare them again")))
        kept, other = (
            (tr(N_("Record that was kept")), tr(N_("The other record")))
            if merged
            else (tr(N_("One person")), tr(N_("The other person")))
        )
        detail = tr(N_("What the other record said differently")) if merged else tr(N_("Why they are two"))
        facts = [
            Fact(kept, decided.first),
            Fact(other, decided.second),
            Fact(tr(N_("Decided on")), decided.day),
            Fact(detail, decided.detail),
        ]
        self._facts.set_facts([fact for fact in facts if fact.value])

    def take_back(self) -> None:
        """Take the merge apart, after a question; or let the pair be compared again."""
        shown, store = self._shown, self._desk.store
        if shown is None:
            return
        if not self._merged:
            self._desk.attempt(lambda: store.delete(NotSame, shown.id), self)
            return
        answers = (
            messages.Answer("keep", tr(N_("Keep them merged")), primary=True, cancel=True),
            messages.Answer("apart", tr(N_("Take apart"))),
        )
        text = tr(
            N_(
                "What moved goes back where it was. What was changed or added since then stays "
                "with the record that was kept."
            )
        )
        if messages.ask(self, tr(N_("Take these two records apart?")), text, answers) == "apart":
            self._desk.attempt(lambda: merging.take_apart(store, shown.id), self)
