"""Beside a document: what to beware of, what the camera wrote, and its custody log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.store import custody_log, photo_place
from casetracker.store.custody_log import LogLine
from casetracker.store.documents import DocumentLine
from casetracker.store.looking.looker import Sight
from casetracker.store.photo_place import Target
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named

_NOTES = {
    "scripts": N_("There are scripts in this PDF. They do not run here; another program may run them."),
    "attachments": N_("Other files are hidden in this PDF. They stay in it; nothing here opens them."),
    "launches": N_("This PDF asks to start something or to send something. Nothing here does so."),
}
_FACTS = {
    "taken": N_("Written in the file: made on"),
    "camera": N_("Camera"),
    "software": N_("Program"),
    "artist": N_("Author"),
    "title": N_("Title in the file"),
}


class SidePanel(ScrollPage):
    """Warnings, facts and the log of the document that is shown; `sheet_wanted` for the printed log."""

    sheet_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("viewer.side", tr(N_("About the document")))
        self._desk = desk
        self._place: tuple[float, float] | None = None
        self._document_id = ""
        self.setMinimumWidth(px(270))
        self.body.setContentsMargins(12, 0, 14, 12)
        self.warnings = Banner(object_name="viewer.warnings")
        self.notes = Banner(object_name="viewer.notes")
        self._about = Card(tr(N_("What the file says of itself")), "viewer.facts_card")
        self._facts = Facts("viewer.facts", label_width=110)
        self._about.add(self._facts)
        self.offer = button(tr(N_("Use as a place…")), "viewer.place")
        self.offer.setToolTip(tr(N_("Write where the photograph was taken into an event or a case")))
        self.menu = QMenu(self.offer)
        self.offer.setMenu(self.menu)
        self._about.add(self.offer)
        self._log_card = Card(tr(N_("Custody log")), "viewer.log_card", link=tr(N_("Print…")))
        self._log_card.link_clicked.connect(self.sheet_wanted)
        self.log = Facts("viewer.log", label_width=110)
        self._unlogged = named(label("", "problem", wrap=True), "viewer.unlogged")
        self._unlogged.hide()
        self._log_card.add(self._unlogged)
        self._log_card.add(self.log)
        for each in (self.warnings, self.notes, self._about, self._log_card):
            self.body.addWidget(each)
        self.body.addStretch(1)

    def show_document(self, line: DocumentLine, sight: Sight | None) -> None:
        """Say what is known of a document; `sight` is None as long as it is not open, or cannot be."""
        store = self._desk.store
        self._document_id = line.id
        dangers = line.warnings()
        self.warnings.set(tr(N_("Be careful")), "\n".join(dangers), Tone.RED)
        self.warnings.setVisible(bool(dangers))
        notes = [tr(_NOTES[note]) for note in (sight.notes if sight else ()) if note in _NOTES]
        self.notes.set("", "\n".join(notes), Tone.AMBER)
        self.notes.setVisible(bool(notes))
        self._place = sight.place if sight else None
        said = (sight.facts if sight else {}).items()
        facts = [Fact(tr(_FACTS[k]), _day(v) if k == "taken" else v) for k, v in said if k in _FACTS]
        if self._place:
            facts.append(Fact(tr(N_("Place (GPS)")), photo_place.written(self._place)))
        self._facts.set_facts(facts)
        self._about.setVisible(bool(facts))
        self._fill_offer(store)
        unlogged = tr(N_("The casebook is open for reading only: that you look at it is not written down."))
        self._unlogged.setText(unlogged if store.read_only else "")
        self._unlogged.setVisible(bool(store.read_only))
        self.show_log()

    def show_log(self) -> None:
        """Read the custody log again."""
        lines = custody_log.log_of(self._desk.store, self._document_id) if self._document_id else []
        self.log.set_facts([_fact(line) for line in reversed(lines)])

    def _fill_offer(self, store: Store) -> None:
        self.menu.clear()
        found = photo_place.targets(store, self._document_id) if self._place and not store.read_only else []
        for target in found:
            action = self.menu.addAction(target.label)
            action.triggered.connect(self._accepter(target))
        self.offer.setVisible(bool(found))

    def _accepter(self, target: Target) -> Callable[[], None]:
        def accept() -> None:
            if (place := self._place) is not None and self._desk.attempt(
                lambda: photo_place.accept(self._desk.store, target, place), self
            ):
                self._desk.note.emit(
                    tr(N_("Written into “{where}”. Undo takes it back."), where=target.label)
                )

        return accept


def _day(written: str) -> str:
    """Write the moment that a camera or a program wrote into a file; as it stands where it is no moment."""
    digits = "".join(sign for sign in written if sign.isdigit())[:14]
    try:
        moment = dt.datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007 - cameras have no zone
    except ValueError:
        return written
    return f"{KnownDate.on(moment.date()).text()}, {moment:%H:%M}"


def _fact(line: LogLine) -> Fact:
    said = line.what if not line.detail else f"{line.what}: {line.detail}"
    return Fact(line.when() or "—", said, note=line.who)
