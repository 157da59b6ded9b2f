"""Tags and notes of the record on a page: the strip under its head, and the window of its notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Note, Tag, Tagging
from casetracker.model.entity import Entity
from casetracker.model.fields import Day
from casetracker.store import notes, tags
from casetracker.store.notes import NoteLine
from casetracker.store.store import Change
from casetracker.ui.desk import PAGE_OF, Desk
from casetracker.ui.editing.dialog import may_discard
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.suggestions import Hit
from casetracker.ui.widgets.tag_strip import TagStrip, TagText

About = tuple[type[Entity], str]


def entity_of(page: str) -> str:
    """Return the kind of record that a page is about, by its key; "" if it is about none."""
    return next((entity for entity, key in PAGE_OF.items() if key == page), "")


class RecordStrip(TagStrip):
    """The tags and notes of one record, kept right as they change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._look, fixed=bool(desk.store.read_only))
        self._desk = desk
        self.about: About | None = None
        self.added.connect(self._put_on)
        self.taken_off.connect(self._take_off)
        self.notes_wanted.connect(self.open_notes)
        desk.changed.connect(self._on_change)

    def show_record(self, entity: type[Entity], record_id: str) -> None:
        """Show the tags and the number of notes of a record."""
        self.about = (entity, record_id)
        self._read()

    def _read(self) -> None:
        if self.about is None:
            return
        found = tags.tags_of(self._desk.store, self.about[1])
        self.set_tags([TagText(tag.tagging_id, tag.name, Tone(tag.tone)) for tag in found])
        self.set_notes(notes.count_notes(self._desk.store, self.about[1]))

    def _on_change(self, change: Change) -> None:
        if change.touches(Tag, Tagging, Note):
            self._read()

    def _look(self, typed: str) -> Sequence[Hit]:
        """Suggest the tags there are that this record does not have; those most in use first."""
        wanted, has = typed.casefold(), {name.casefold() for name in self.tags()}
        found = [tag for tag in tags.every_tag(self._desk.store) if tag.name.casefold() not in has]
        fits = sorted((tag for tag in found if wanted in tag.name.casefold()), key=lambda tag: -tag.used)
        return [
            Hit(
                tag.id,
                tag.name,
                ntr("{n} record", "{n} records", tag.used),
                ChipText(tag.name, Tone(tag.tone)),
            )
            for tag in fits
        ]

    def _put_on(self, name: str) -> None:
        about = self.about
        if about is not None:
            self._desk.attempt(lambda: tags.put_on(self._desk.store, about, name), self)

    def _take_off(self, key: str) -> None:
        self._desk.attempt(lambda: tags.take_off(self._desk.store, key), self)

    def open_notes(self) -> NotesDialog | None:
        """Open the window of the notes."""
        if self.about is None:
            return None
        dialog = NotesDialog(self, self._desk, self.about)
        dialog.open()
        return dialog


def with_keys(page: QWidget, strip: RecordStrip) -> None:
    """Let Ctrl+T begin a tag and Ctrl+Shift+T open the notes wherever the keyboard is on this page."""
    within = Qt.ShortcutContext.WidgetWithChildrenShortcut
    for keys, step in (("Ctrl+T", strip.start), ("Ctrl+Shift+T", strip.open_notes)):
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(within)
        shortcut.activated.connect(step)


class NoteCard(Card):
    """One note: its text, whose and when, and what can be done with it."""

    changed_wanted = Signal(str)

    def __init__(self, desk: Desk, note: NoteLine, *, fixed: bool) -> None:
        super().__init__("", f"note.{note.id}")
        self.setAccessibleName(note.text)
        self.add(label(note.text, wrap=True, selectable=True))
        line = QHBoxLayout()
        line.setSpacing(px(12))
        said = [tr(N_("pinned"))] if note.pinned else []
        said += [part for part in (Day().format(note.written), note.by) if part]
        line.addWidget(label(" · ".join(said), "note"), 1)
        pin = button(tr(N_("Let go")) if note.pinned else tr(N_("Pin")), f"note.pin.{note.id}", kind="link")
        pin.clicked.connect(
            lambda: desk.attempt(lambda: notes.pin_note(desk.store, note.id, pinned=not note.pinned), self)
        )
        change = button(tr(N_("Edit")), f"note.edit.{note.id}", kind="link")
        change.clicked.connect(lambda: self.changed_wanted.emit(note.id))
        delete = button(
            tr(N_("Delete")), f"note.delete.{note.id}", kind="link", tooltip=tr(N_("Undo brings it back."))
        )
        delete.clicked.connect(lambda: desk.attempt(lambda: desk.store.delete(Note, note.id), self))
        for made in (pin, change, delete):
            made.setVisible(not fixed)
            line.addWidget(made)
        self.body.addLayout(line)


class NotesDialog(QDialog):
    """The notes of a record: a field for a new one, below it the pinned ones, then the newest first."""

    def __init__(self, parent: QWidget, desk: Desk, about: About) -> None:
        super().__init__(parent.window())
        self._desk, self._about = desk, about
        self._editing, self._before = "", ""  # the note in the field, and its text before that
        self._fixed = bool(desk.store.read_only)
        title = tr(N_("Notes"))
        named(self, "notes_dialog", title)
        self.setWindowTitle(tr(N_("Notes")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(560), px(560))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_field())
        self._page = ScrollPage("notes.page", title)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        self._page.body.addLayout(self._list)
        self._page.body.addStretch(1)
        layout.addWidget(self._page, 1)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.write)
        QShortcut(QKeySequence("Ctrl+L"), self, self._lock)  # the window does not hear keys of a modal dialog
        desk.changed.connect(self._on_change)
        self._read()

    def _make_field(self) -> QWidget:
        top = QWidget()
        top.setVisible(not self._fixed)
        self.field = named(QPlainTextEdit(), "notes.field", tr(N_("New note")))
        self.field.setPlaceholderText(tr(N_("What somebody should know. Only the office sees notes.")))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(px(86))
        self._write = button(tr(N_("Add note")), "notes.add", kind="primary", tooltip=tr(N_("Ctrl+Enter")))
        self._write.clicked.connect(self.write)
        self._problem = label("", "problem", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self._problem, 1)
        line.addWidget(self._write)
        layout = QVBoxLayout(top)
        layout.setContentsMargins(24, 18, 24, 8)
        layout.addWidget(self.field)
        layout.addLayout(line)
        return top

    def write(self) -> None:
        """Write what stands in the field: a new note, or the one that is being edited."""
        text, store = self.field.toPlainText().strip(), self._desk.store
        if not text:
            self._problem.setText(tr(N_("There is nothing to write down yet.")))
            self.field.setFocus()
            return
        if self._editing:
            done = self._desk.attempt(lambda: notes.change_note(store, self._editing, text), self)
        else:
            done = self._desk.attempt(lambda: notes.write_note(store, self._about, text), self)
        if done:
            self._begin("", "")

    def edit(self, note_id: str) -> None:
        """Put a note into the field to write it anew."""
        found = next((n for n in notes.notes_of(self._desk.store, self._about[1]) if n.id == note_id), None)
        if found is not None:
            self._begin(note_id, found.text)
            self.field.setFocus()

    def _begin(self, note_id: str, text: str) -> None:
        self._editing, self._before = note_id, text
        self.field.setPlainText(text)
        self._problem.setText("")
        said = tr(N_("Save note")) if note_id else tr(N_("Add note"))
        self._write.setText(said)
        self._write.setAccessibleName(said)

    def _on_change(self, change: Change) -> None:
        if change.touches(Note):
            self._read()

    def _read(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = notes.notes_of(self._desk.store, self._about[1])
        for note in found:
            card = NoteCard(self._desk, note, fixed=self._fixed)
            card.changed_wanted.connect(self.edit)
            self._list.addWidget(card)
        if not found:
            self._list.addWidget(label(tr(N_("No notes yet.")), "muted"))

    def reject(self) -> None:
        """Close; ask first if something was typed."""
        if self.field.toPlainText().strip() != self._before.strip() and not may_discard(self):
            return
        super().reject()

    def _lock(self) -> None:
        """Close, after the question about what is not saved, and lock the casebook."""
        self.reject()
        lock = getattr(self.parentWidget(), "lock", None)
        if not self.isVisible() and lock is not None:
            lock()
