"""The dialog in which records are written: sections of fields and grids, saved as one action or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.keeping import Keeper, KeptOffer
from casetracker.ui.style import px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.section import Section

Part = Form | ChildGrid


class EditDialog(QDialog):
    """Writes one draft: `saved(id)` after it was written. What was typed stays when it cannot be.

    One that is about a part of a record only does not offer to delete the whole: it is not `deletable`.
    """

    saved = Signal(str)

    def __init__(
        self, parent: QWidget | None, store: Store, draft: Draft, title: str, *, action: str = "",
        deletable: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        named(self, "edit_dialog", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(860), px(640))
        self._store, self.draft, self._action = store, draft, action
        self._deletable = deletable and bool(draft.version)
        self._parts: list[tuple[str, Part]] = []  # the address at which a part stands, and the part
        self._checks: list[Callable[[], None]] = []
        self.dirty = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 18, 22, 16)
        outer.setSpacing(12)
        outer.addWidget(label(title, "head"))
        self._banner = Banner(object_name="edit_problem")
        self._banner.hide()
        outer.addWidget(self._banner)
        self.keeper = Keeper(store, lambda: [part for _, part in self._parts], self)
        self.kept = KeptOffer(self.keeper)
        outer.addWidget(self.kept)
        scroll = named(QScrollArea(), "edit_scroll")
        scroll.setWidgetResizable(True)
        inside = named(QWidget(), "edit_inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(10)
        scroll.setWidget(inside)
        self._scroll = scroll
        outer.addWidget(scroll, 1)
        outer.addLayout(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        QShortcut(QKeySequence("Ctrl+L"), self, self._lock)  # a modal dialog keeps the window's own from it

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        if self._deletable:
            deleting = button(tr(N_("Delete…")), "delete", kind="quiet")
            deleting.clicked.connect(self._delete)
            line.addWidget(deleting)
        line.addStretch(1)
        cancel = button(tr(N_("Cancel")), "cancel")
        cancel.clicked.connect(self.reject)
        save = button(tr(N_("Save")), "save", kind="primary", tooltip=tr(N_("Ctrl+Enter")))
        save.clicked.connect(self.save)
        line.addWidget(cancel)
        line.addWidget(save)
        return line

    def add_section(self, title: str, *parts: tuple[str, Part], opened: bool = True) -> Section:
        """Add a group of parts under a title, each with the address of its draft ("" for the main one)."""
        section = Section(title, f"section.{len(self._parts)}", opened=opened)
        for address, part in parts:
            section.add(part)
            self._parts.append((address, part))
            part.edited.connect(self._on_edited)
        self._body.addWidget(section)
        return section

    def finish(self) -> None:
        """Say that all sections are there."""
        self._body.addStretch(1)
        self.dirty = False
        self.kept.offer(self.keeper.begin(self._place(), self.draft.version))

    def _place(self) -> str:
        """Where something is typed: this dialog, about this record."""
        which = self.draft.id if self.draft.version else "new"
        return f"{self.draft.entity.__name__}:{which}:{self.accessibleName()}"

    def done(self, result: int) -> None:
        """Close, whatever it came to: what was kept while it was typed is no longer wanted."""
        self.keeper.end()
        super().done(result)

    def before_saving(self, step: Callable[[], None]) -> None:
        """Do this to the draft after the screen was read and before it is written; it may raise `Invalid`."""
        self._checks.append(step)

    def _on_edited(self) -> None:
        self.dirty = True

    def read(self) -> dict[str, str]:
        """Put what stands on the screen into the draft; return what cannot be read, a sentence by address."""
        problems: dict[str, str] = {}
        for address, part in self._parts:
            problems |= {_join(address, name): text for name, text in part.collect().items()}
        return problems

    def save(self) -> bool:
        """Write the draft; on success close. Otherwise show each problem beside its field."""
        problems = self.read() or self._written()
        if problems:
            self._show(problems)
            return False
        return True

    def _written(self) -> dict[str, str]:
        try:
            for step in self._checks:
                step()
            record_id = self._store.save(self.draft, self._action)
        except Invalid as error:
            return error.problems
        except UserError as error:
            return {"": str(error)}
        self.dirty = False
        self.saved.emit(record_id)
        self.accept()
        return {}

    def _show(self, problems: dict[str, str]) -> None:
        left = dict(problems)
        focused = False
        for address, part in self._parts:
            keys = {name: key for key in problems if (name := _below(address, key)) is not None}
            own = {name: problems[key] for name, key in keys.items()}
            missed = part.show_problems(own)
            for name in own.keys() - missed.keys():
                left.pop(keys[name], None)
            focused = focused or part.focus_first(own)
        text = " ".join(dict.fromkeys(left.values()))
        self._banner.set("", text or tr(N_("Some fields need a look; nothing was lost.")))
        self._banner.show()

    def reject(self) -> None:
        """Close; ask first if something was typed."""
        if self.dirty and not may_discard(self):
            return
        super().reject()

    def _delete(self) -> None:
        """Delete the record, after a question; it can be undone."""
        what = tr(self.draft.entity.singular).lower()
        answers = (
            messages.Answer("keep", tr(N_("Keep")), primary=True, cancel=True),
            messages.Answer("delete", tr(N_("Delete")), danger=True),
        )
        text = tr(N_("What belongs to it goes with it. Undo brings it back."))
        if messages.ask(self, tr(N_("Delete this {what}?"), what=what), text, answers) != "delete":
            return
        try:
            self._store.delete(self.draft.entity, self.draft.id)
        except UserError as error:
            self._show({"": str(error)})
        else:
            self.dirty = False
            super().reject()

    def _lock(self) -> None:
        """Close, after the question about what is not saved, and lock the casebook."""
        self.reject()
        lock = getattr(self.parentWidget(), "lock", None)
        if not self.isVisible() and lock is not None:
            lock()

    def ask(self) -> bool:
        """Show the dialog and wait; return whether it was saved."""
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        return self.exec() == QDialog.DialogCode.Accepted


def may_discard(parent: QWidget) -> bool:
    """Ask whether what was typed may be thrown away."""
    answers = (
        messages.Answer("stay", tr(N_("Go on writing")), primary=True, cancel=True),
        messages.Answer("close", tr(N_("Close without saving")), danger=True),
    )
    text = tr(N_("What you typed here has not been saved."))
    return messages.ask(parent, tr(N_("Close without saving?")), text, answers) == "close"


def _join(address: str, name: str) -> str:
    return f"{address}.{name}" if address and name else address or name


def _below(address: str, key: str) -> str | None:
    """Return a problem's address as the part at `address` knows it; None if it is not the part's."""
    if not address:
        return key
    if key == address:  # about a grid as a whole: it knows its own name
        return key.rpartition(".")[2]
    return key.removeprefix(f"{address}.") if key.startswith(f"{address}.") else None
