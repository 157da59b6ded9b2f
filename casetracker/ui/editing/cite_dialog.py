"""The small dialog that says which source states what about a field, and whether that version counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from casetracker.errors import Invalid
from casetracker.i18n import N_, tr
from casetracker.model import Citation, Source
from casetracker.store import citable, citations
from casetracker.store.citable import Citable
from casetracker.store.citations import Place
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.suggestions import Hit, Lookup

_SAYS = ("source_id", "stance", "says", "place")
_VERSION = ("standing", "standing_reason")
_NEW = ("label", "kind", "person_id", "relation", "told", "channel")


class PlacePick(Form):
    """Two lists: a record of the page, and a field of it; below them what stands on record there."""

    def __init__(self, desk: Desk, records: Sequence[Citable], draft: Draft) -> None:
        super().__init__(desk.store, draft, ())
        self._desk, self._records = desk, list(records)
        self._about = named(QComboBox(), "cite.about", tr(N_("About")))
        self._field = named(QComboBox(), "cite.field", tr(N_("Field")))
        for record in self._records:
            self._about.addItem(record.title)
        self._value = named(label("", "soft", wrap=True), "cite.value")
        self._grid.add(FormRow(tr(N_("About")), self._about))
        self._grid.add(FormRow(tr(N_("Field")), self._field))
        if (layout := self.layout()) is not None:
            layout.addWidget(self._value)
        self._begin()
        self._about.currentIndexChanged.connect(lambda _: self._fill_fields())
        self._field.currentIndexChanged.connect(lambda _: self._show_value())
        for box in (self._about, self._field):
            box.activated.connect(lambda _: self.edited.emit())

    def _begin(self) -> None:
        wanted = self.draft.values.get("about_id")
        at = next((n for n, record in enumerate(self._records) if record.id == wanted), 0)
        self._about.setCurrentIndex(at)
        self._fill_fields()
        self._field.setCurrentIndex(max(self._field.findData(self.draft.values.get("field")), 0))
        self._show_value()

    def _fill_fields(self) -> None:
        self._field.clear()
        for name, text in self._records[self._about.currentIndex()].fields():
            self._field.addItem(text, name)

    def place(self) -> Place:
        """Return what was chosen."""
        record = self._records[self._about.currentIndex()]
        return (record.entity, record.id, self._field.currentData() or "")

    def _show_value(self) -> None:
        value = citable.value_of(self._desk.store, self.place())
        said = (
            tr(N_("On record: {value}"), value=value) if value else tr(N_("Nothing is on record here yet."))
        )
        self._value.setText(said)

    def collect(self) -> dict[str, str]:
        """Put what was chosen into the draft."""
        self.draft.values |= dict(zip(("about", "about_id", "field"), self.place(), strict=True))
        return {}


def cite(
    parent: QWidget, desk: Desk, records: Sequence[Citable], place: Place, cases: list[str]
) -> EditDialog:
    """Open the dialog for a new citation of a field; the sources offered are those of these cases."""
    draft = citations.draft(desk.store, place)
    return _dialog(parent, desk, records, draft, cases, tr(N_("Cite a source")))


def edit_citation(
    parent: QWidget, desk: Desk, records: Sequence[Citable], citation_id: str, cases: list[str]
) -> EditDialog:
    """Open the dialog for a citation that is there."""
    draft = desk.store.draft(Citation, citation_id)
    return _dialog(parent, desk, records, draft, cases, tr(Citation.singular))


def _dialog(
    parent: QWidget, desk: Desk, records: Sequence[Citable], draft: Draft, cases: list[str], title: str
) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    look = {"source_id": at_hand(desk, cases)}
    says = Form(store, draft, _SAYS, lookups=look)
    dialog.add_section(title, ("", PlacePick(desk, records, draft)), ("", says))
    if cases and not draft.version:
        source = store.draft(Source)
        source.values["case_id"] = cases[0]
        new = Form(store, source, _NEW, optional=True)
        dialog.add_section(
            tr(N_("Or a source that is not written down yet")), ("source_id", new), opened=False
        )
        dialog.before_saving(lambda: _take_new(draft, source))
    version = Form(store, draft, _VERSION)
    dialog.add_section(tr(N_("Does it count?")), ("", version), opened=bool(draft.values.get("standing")))
    dialog.finish()
    dialog.open()
    says.editor("source_id").setFocus()
    return dialog


def _take_new(draft: Draft, source: Draft) -> None:
    if any(v for n, v in source.values.items() if n != "case_id"):
        if draft.values.get("source_id") and not isinstance(draft.values["source_id"], Draft):
            said = tr(N_("Choose a source that is there or write down a new one, not both."))
            raise Invalid({"source_id": said})
        draft.values["source_id"] = source


def at_hand(desk: Desk, cases: list[str]) -> Lookup:
    """Return a lookup over the sources of these cases."""

    def look(text: str) -> Sequence[Hit]:
        wanted = text.casefold()
        found = citable.sources_at_hand(desk.store, cases)
        return [Hit(key, title) for key, title in found if wanted in title.casefold()]

    return look
