"""Citations on any page: marks beside the facts and lines that sources speak about, and a way to add one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import BY_NAME, Citation, Person, Source
from casetracker.model.detention.custody import Standing
from casetracker.model.entity import Entity, fields_of, values_of
from casetracker.model.sources.citation import Stance
from casetracker.store import citable
from casetracker.store.audit import reading
from casetracker.store.citable import Citable
from casetracker.store.citations import Cited, Place, Support, field_of
from casetracker.store.store import Change
from casetracker.ui.desk import Desk
from casetracker.ui.editing import cite_dialog
from casetracker.ui.editing.field_history import KEYS
from casetracker.ui.icons import icon
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.facts import Facts
from casetracker.ui.widgets.marks import Mark, raised
from casetracker.ui.widgets.naming import button

# Facts that a page calls otherwise than their field: the name of the facts, the label, the record, the field.
_CALLED: tuple[tuple[str, str, str, str], ...] = (
    ("situation", N_("Detained"), "Episode", "arrested"),
    ("situation", N_("Place"), "Episode", "held_at"),
    ("situation", N_("Sentence ends"), "Judgment", "term_to"),
    ("situation", N_("The State says"), "StateAnswer", "says"),
    ("situation", N_("Citizenship / status"), Person.__name__, "citizenships"),
)


class Citing(QObject):
    """The citations of the record on a page. It is the `marker` of the facts and tables on that page.

    Ctrl+Shift+C cites the fact or line that has the keyboard, Ctrl+Shift+H shows its history; a right click
    on one shows what is cited there.
    """

    def __init__(self, desk: Desk, pane: QWidget) -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self._about: tuple[type[Entity], str] | None = None
        self._cited: dict[Place, tuple[Support, list[Cited]]] = {}
        self._records: list[Citable] | None = None
        pane.marker = self  # type: ignore[attr-defined]  # found by the widgets on it
        tip = tr(N_("What sources say about what is on this page (Ctrl+Shift+C)"))
        self.button = button(tr(N_("Cite a source")), "citations", kind="quiet", tooltip=tip)
        self.button.setIcon(icon("file-text", "text_soft"))
        self.button.clicked.connect(self._all)
        for sequence, step in (("Ctrl+Shift+C", self.cite_what_has_focus), (KEYS, self.history_of_focused)):
            keys = QShortcut(QKeySequence(sequence), pane)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(step)
        desk.changed.connect(self._on_change)

    def show_record(self, entity: type[Entity], record_id: str) -> None:
        """Read the citations of a record, and mark what the page shows of it."""
        self._about, self._records = (entity, record_id), None
        self._read()

    def _read(self) -> None:
        if self._about is not None:
            before, self._cited = self._cited, citable.cited_on_page(self._desk.store, *self._about)
            count = sum(len(found) for _, found in self._cited.values())
            text = ntr("{n} citation", "{n} citations", count) if count else tr(N_("Cite a source"))
            self.button.setText(text)
            self.button.setAccessibleName(text)
            if before or self._cited:
                for facts in self._pane.findChildren(Facts):
                    facts.mark()
                for table in self._pane.findChildren(CellTable):
                    table.mark()

    def _on_change(self, change: Change) -> None:
        self._records = None
        if change.touches(Citation, Source):
            self._read()

    def records(self) -> list[Citable]:
        """Return the records that the page shows."""
        if self._records is None:
            self._records = citable.citable(self._desk.store, *self._about) if self._about else []
        return self._records

    # Marks

    def fact_mark(self, facts: str, label: str) -> Mark | None:
        if not self._cited:
            return None
        place = self._place_of(facts, label)
        return self._mark([place]) if place else None

    def row_mark(self, key: str) -> Mark | None:
        return self._mark([place for place in self._cited if place[1] == key])

    def _mark(self, places: list[Place]) -> Mark | None:
        found = [self._cited[place][0] for place in places if place in self._cited]
        if not found:
            return None
        supports = sum(s.supports for s in found)
        against = sum(s.contradicts for s in found)
        undecided = any(s.open for s in found)
        text = raised(supports + against) + ("ꜝ" if undecided else "")
        return Mark(text, "danger" if undecided else "muted", said(found))

    def _place_of(self, facts: str, label: str) -> Place | None:
        """Return the field that a fact on the page shows; the last detention is the one "now"."""
        for name, text, entity, field in _CALLED:
            if name == facts and tr(text) == label:
                record = next((r for r in reversed(self.records()) if r.entity == entity), None)
                return (entity, record.id, field) if record else None
        records = self.records()
        near = [r for r in records if r.group and facts.startswith(f"{r.group}.")]
        for record in near or [r for r in reversed(records) if r.group] or records:
            for field, name in record.fields():
                if name == label:
                    return (record.entity, record.id, field)
        return None

    # What can be done

    def fact_menu(self, facts: str, label: str, at: QPoint) -> None:
        place = self._place_of(facts, label)
        field = place or self._own_field(label)
        if field is not None:
            menu = self._menu([place], place) if place else self._new_menu()
            history = menu.addAction(tr(N_("History of this field…")))
            history.setObjectName("citations.history")
            history.setShortcut(QKeySequence(KEYS))
            history.triggered.connect(lambda: self.show_history(field))
            menu.exec(at)

    def _own_field(self, label: str) -> Place | None:
        """Return the field of the record itself that is called so, if sources cannot speak about it."""
        if self._about is None:
            return None
        entity, record_id = self._about
        fields = ((name, field) for name, field in values_of(entity).items() if tr(field.label) == label)
        return next(((entity.__name__, record_id, name) for name, _ in fields), None)

    def show_history(self, place: Place) -> QWidget:
        """Open the history of one field."""
        from casetracker.ui.pages.history.field import FieldHistory  # pages know of citations, not otherwise

        made = FieldHistory(self._pane.window(), self._desk, (BY_NAME[place[0]], place[1]), place[2])
        made.open()
        return made

    def row_menu(self, key: str, at: QPoint) -> None:
        record = next((r for r in self.records() if r.id == key), None)
        if record is not None:
            places = [place for place in self._cited if place[1] == key]
            menu = self._menu(places, (record.entity, key, ""))
            self._add_histories(menu, record)
            menu.exec(at)

    def _add_histories(self, menu: QMenu, record: Citable) -> QMenu:
        """Offer the history of each field of a line that was ever written."""
        entity = BY_NAME[record.entity]
        fields = menu.addMenu(icon("history", "text_soft"), tr(N_("History of a field")))
        fields.setObjectName("citations.histories")
        for name in reading.changed_fields(self._desk.store, entity, record.id):
            place = (record.entity, record.id, name)
            fields.addAction(tr(fields_of(entity)[name].label)).triggered.connect(self._history(place))
        fields.setEnabled(bool(fields.actions()))
        return fields

    def _history(self, place: Place) -> Callable[[], object]:
        return lambda: self.show_history(place)

    def history_of_focused(self) -> None:
        """Show the history of the fact that has the keyboard; of a line, ask of which of its fields."""
        for facts in self._pane.findChildren(Facts):
            if text := facts.fact_in_focus():
                if place := self._place_of(facts.objectName(), text) or self._own_field(text):
                    self.show_history(place)
                return
        table, place = QApplication.focusWidget(), self._focused()
        record = next((r for r in self.records() if place and r.id == place[1]), None)
        if record is not None and isinstance(table, CellTable):
            fields = self._add_histories(self._new_menu(), record)
            fields.popup(table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft()))

    def _all(self) -> None:
        """Show all that is cited on the page; where nothing is, begin at once."""
        if self._cited:
            self._menu(list(self._cited), None).exec(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        else:
            self.cite()

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._pane)
        menu.setObjectName("citations.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _menu(self, places: list[Place], new: Place | None) -> QMenu:
        menu = self._new_menu()
        for place in (place for place in places if place in self._cited):
            field = field_of(place)
            menu.addSection(tr(field.label) if field else place[2])
            for cited in self._cited[place][1]:
                menu.addAction(_line(cited)).triggered.connect(self._editor(cited.id))
        menu.addSeparator()
        cite = menu.addAction(tr(N_("Cite a source…")))
        cite.setShortcut(QKeySequence("Ctrl+Shift+C"))
        cite.setEnabled(not self._desk.store.read_only)
        cite.triggered.connect(lambda: self.cite(new))
        return menu

    def _editor(self, citation_id: str) -> Callable[[], object]:
        return lambda: cite_dialog.edit_citation(
            self._pane, self._desk, self.records(), citation_id, self._cases()
        )

    def cite(self, place: Place | None = None) -> None:
        """Open the dialog that cites a source for a field."""
        records = self.records()
        if not records or self._desk.store.read_only:
            return
        place = place or (records[0].entity, records[0].id, "")
        cite_dialog.cite(self._pane, self._desk, records, place, self._cases())

    def cite_what_has_focus(self) -> None:
        """Cite a source for the fact or line that has the keyboard, else for one that is then chosen."""
        self.cite(self._focused())

    def _focused(self) -> Place | None:
        for facts in self._pane.findChildren(Facts):
            if label := facts.fact_in_focus():
                return self._place_of(facts.objectName(), label)
        focused = QApplication.focusWidget()
        if isinstance(focused, CellTable) and (key := focused.current_key()):
            record = next((r for r in self.records() if r.id == key), None)
            return (record.entity, record.id, "") if record else None
        return None

    def _cases(self) -> list[str]:
        return citable.cases_of(self._desk.store, *self._about) if self._about else []


def said(found: list[Support]) -> str:
    """Say in words how many sources stand for a value and how many say otherwise."""
    supports = sum(s.supports for s in found)
    against = sum(s.contradicts for s in found)
    parts = []
    if supports:
        parts.append(ntr("{n} source supports", "{n} sources support", supports))
    if against:
        parts.append(ntr("{n} contradicts", "{n} contradict", against))
    text = ", ".join(parts)
    if len(found) == 1 and 0 < found[0].origins < supports:
        origins = ntr("{n} independent origin", "{n} independent origins", found[0].origins)
        text = f"{text} ({origins})"
    reasons = [tr(N_("Counts because: {why}"), why=s.reason) for s in found if s.reason]
    return "\n".join([text, *reasons])


def _line(cited: Cited) -> str:
    does = "✓" if cited.stance is Stance.SUPPORTS else "✗"
    counts = (
        {Standing.COUNTS: " ●", Standing.SET_ASIDE: " ○"}.get(cited.standing, "") if cited.standing else ""
    )
    where = f" ({cited.where})" if cited.where else ""
    who = " · ".join(part for part in (cited.source, cited.grade) if part)
    return f"{does} {who}: {cited.says or '—'}{where}{counts}"
