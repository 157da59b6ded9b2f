"""Writing on the page itself: parts over one draft, a bar while something is not saved, and the guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.model.entity import Entity
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.editing.keeping import Keeper, KeptOffer
from casetracker.ui.widgets.naming import button, label, named


class Part(Protocol):
    """What writes some of a draft: a form, a grid."""

    edited: SignalInstance

    def collect(self) -> dict[str, str]:
        """Put what stands on the screen into the draft; return what cannot be read."""

    def reload(self) -> None:
        """Show the draft as it stands."""

    def show_problems(self, problems: dict[str, str]) -> dict[str, str]:
        """Mark what is wrong; return those that are not of this part."""

    def focus_first(self, problems: dict[str, str]) -> bool:
        """Put the keyboard where the first problem is."""


class SaveBar(QFrame):
    """The strip below a page that says that something is not saved yet, with Save and Discard."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        named(self, object_name, tr(N_("Not saved yet")))
        self.text = named(label("", wrap=True), f"{object_name}.text")
        self.save = button(tr(N_("Save")), f"{object_name}.save", kind="primary", tooltip=tr(N_("Ctrl+S")))
        self.discard = button(tr(N_("Discard")), f"{object_name}.discard")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.text, 1)
        line.addWidget(self.discard)
        line.addWidget(self.save)
        self._line = QWidget()
        self._line.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self._offer: KeptOffer | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 9, 22, 9)
        layout.setSpacing(8)
        layout.addWidget(self._line)
        self.hide()

    def add_offer(self, offer: KeptOffer) -> None:
        """Show above the buttons what was typed earlier and not saved."""
        self._offer = offer
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, offer)

    def show_for(self, *, dirty: bool) -> None:
        """Show what there is: the buttons where something is to be saved, the offer where there is one."""
        offered = self._offer is not None and not self._offer.isHidden()
        self._line.setVisible(dirty)
        self.setVisible(dirty or offered)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say what stands at the left."""
        self.text.setText(text)
        self.text.setProperty("role", "problem" if wrong else "soft")
        self.text.style().unpolish(self.text)
        self.text.style().polish(self.text)


class InlineEdit(QObject):
    """Writes some children of one record, on the page.

    `load` gives it the record as it is; from the first change until `save` or `discard` a reload keeps what
    was typed. `changed` says that there is something to save, or no longer. Before writing, `steps` may
    complete the draft (and raise `Invalid`); `action` names the action of the user.
    """

    changed = Signal(bool)
    saved = Signal()

    def __init__(
        self, store: Store, entity: type[Entity], object_name: str, action: Callable[[Draft], str]
    ) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._store, self._action = store, action
        self.draft = Draft(entity)
        self.steps: list[Callable[[Draft], None]] = []
        self._parts: list[tuple[str, Part]] = []
        self._children: tuple[str, ...] = ()
        self._dirty = False
        self.bar = SaveBar(f"{object_name}.bar")
        self.bar.save.clicked.connect(self.save)
        self.bar.discard.clicked.connect(self.discard)
        self.keeper = Keeper(store, self._widgets, self)
        self.kept = KeptOffer(self.keeper, f"{object_name}.kept")
        self.kept.answered.connect(lambda: self.bar.show_for(dirty=self._dirty))
        self.bar.add_offer(self.kept)

    def write(self, *children: str) -> None:
        """Say which children of the record are written; nothing else of it is touched."""
        self._children = children

    def add(self, address: str, part: Part) -> None:
        """Add a part, with the address of its problems in the draft."""
        self._parts.append((address, part))
        part.edited.connect(self._on_edited)

    def _widgets(self) -> list[QWidget]:
        return [part for _, part in self._parts if isinstance(part, QWidget)]

    def shortcut(self, within: QWidget) -> None:
        """Save by Ctrl+S while the keyboard is within this widget."""
        made = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), within)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self.save)

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return self._dirty

    def load(self, fresh: Draft) -> None:
        """Take the record as it is now; what was typed on it and is not saved stays."""
        if self._dirty and fresh.id == self.draft.id:
            self.draft.version = fresh.version  # none of its own fields are written, so nothing is lost
            return
        self.draft.id, self.draft.version, self.draft.seen = fresh.id, fresh.version, fresh.seen
        self.draft.children = {name: fresh.children[name] for name in self._children}
        self.draft.values = {}
        for _, part in self._parts:
            part.reload()
            part.show_problems({})
        self._set_dirty(False)
        self.keeper.end()
        place = f"{self.draft.entity.__name__}:{self.draft.id}:{self.objectName()}"
        self.kept.offer(self.keeper.begin(place, fresh.version) if fresh.id else None)
        self.bar.show_for(dirty=False)

    def save(self) -> bool:
        """Write it as one action; else say what is wrong, beside the cells and in the bar."""
        if not self._dirty:
            return True
        problems: dict[str, str] = {}
        for address, part in self._parts:
            problems |= {f"{address}.{name}": text for name, text in part.collect().items()}
        problems = problems or self._written()
        if problems:
            self._show(problems)
            return False
        self._set_dirty(False)
        self.load(self._store.draft(self.draft.entity, self.draft.id))
        self.saved.emit()
        return True

    def _written(self) -> dict[str, str]:
        try:
            for step in self.steps:
                step(self.draft)
            self._store.save(self.draft, self._action(self.draft))
        except Invalid as error:
            return error.problems
        except UserError as error:
            return {"": str(error)}
        return {}

    def _show(self, problems: dict[str, str]) -> None:
        left, focused = dict(problems), False
        for address, part in self._parts:
            below = {
                key.removeprefix(f"{address}."): text
                for key, text in problems.items()
                if key == address or key.startswith(f"{address}.")
            }
            missed = part.show_problems(below)
            for name in below.keys() - missed.keys():
                left.pop(name if name == address else f"{address}.{name}", None)
            focused = focused or part.focus_first(below)
        text = " ".join(dict.fromkeys(left.values()))
        self.bar.say(text or tr(N_("Some cells need a look; nothing was lost.")), wrong=True)

    def discard(self) -> None:
        """Throw away what was typed and show the record as it is."""
        self._set_dirty(False)
        self.load(self._store.draft(self.draft.entity, self.draft.id))

    def may_leave(self) -> bool:
        """Ask what becomes of what was typed: saved, thrown away, or gone on with."""
        if not self._dirty:
            return True
        answers = (
            messages.Answer("save", tr(N_("Save")), primary=True),
            messages.Answer("discard", tr(N_("Discard")), danger=True),
            messages.Answer("stay", tr(N_("Go on writing")), cancel=True),
        )
        said = tr(N_("What you typed here has not been saved."))
        answer = messages.ask(self.bar, tr(N_("Save before you leave?")), said, answers)
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.discard()
        return answer == "discard"

    def _on_edited(self) -> None:
        self._set_dirty(True)

    def _set_dirty(self, dirty: bool) -> None:
        if dirty:
            self.bar.say(tr(N_("Not saved yet")))
        if dirty != self._dirty:
            self._dirty = dirty
            self.bar.show_for(dirty=dirty)
            self.changed.emit(dirty)
