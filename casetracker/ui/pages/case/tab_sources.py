"""The tab of sources: who told, how near they were, the two grades with their reasons, what was said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, Source
from casetracker.model.detention.certainty import origins
from casetracker.model.terms import label_of
from casetracker.store.citations import called, grade
from casetracker.store.draft import Draft
from casetracker.store.reader import DisclosedRecord
from casetracker.ui.desk import Desk
from casetracker.ui.editing.cite_dialog import at_hand
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label, named

_WHO = ("label", "kind", "person_id", "relation", "outlet", "hand", "origin_id")
_HOW = ("told", "told_at", "channel", "language", "recorded", "interpreter", "interviewer")
_GRADES = ("reliability", "reliability_reason", "credibility", "credibility_reason")
_SAID = ("account", "translation", "translator")


class SourcesTab(CaseTab):
    """Who told what, with grades; it never leaves the office."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "sources", tr(N_("Sources")))
        card = self.card(tr(N_("Sources")), "sources", link=tr(N_("Add a source")))
        card.link_clicked.connect(lambda: new_source(self, desk, self.case_id))
        said = tr(N_("Names of sources, channels and grades are for the office only."))
        card.add(label(said, "muted", wrap=True))
        self._origins = named(label("", "soft", wrap=True), "sources.origins")
        card.add(self._origins)
        columns = (
            Column(tr(N_("Source")), 3),
            Column(tr(N_("Kind")), 1),
            Column(tr(N_("How near it was")), 2),
            Column(tr(N_("Told on")), 0),
            Column(tr(N_("Grade, why")), 3),
        )
        self._table = CellTable(columns, "sources", tr(N_("Sources")))
        self._table.chosen.connect(lambda key: edit_source(self, desk, self.case_id, key))
        card.add(self._table)
        self._notes = Card(tr(N_("Internal notes")), "card.notes")
        self._text = named(label("", wrap=True, selectable=True), "notes")
        self._notes.add(self._text)
        self.body.addWidget(self._notes)
        self.body.addStretch(1)

    def count(self, data: CaseData) -> int:
        return len(data.sources)

    def fill(self, data: CaseData) -> None:
        with self.desk.store.reader() as reader:
            case = reader.get(Case, data.id)
            sources = case.children("sources") if case else []
            self._table.set_rows([_row(source) for source in sources])
            count = independent_origins(sources)
        self._table.setVisible(bool(sources))
        voices = ntr("{n} source", "{n} sources", len(sources))
        counted = ntr("{n} independent origin", "{n} independent origins", count)
        self._origins.setText(tr(N_("{sources}, {origins}"), sources=voices, origins=counted))
        self._origins.setVisible(bool(sources))
        self._text.setText(data.notes)
        self._notes.setVisible(bool(data.notes))


class _Traced:
    """A source as far as its origin is counted."""

    def __init__(self, source: DisclosedRecord) -> None:
        self.id = source.id
        self.person_id: str | None = source.value("person_id")
        self.origin_id: str | None = source.value("origin_id")


def independent_origins(sources: list[DisclosedRecord]) -> int:
    """Count from how many independent origins these sources know what they tell."""
    known = {s.id: _Traced(s) for s in sources}
    return origins(known.values(), known)


def _row(source: DisclosedRecord) -> TableRow:
    told, origin = source.value("told"), source.ref("origin_id")
    who = [source.text(name) for name in ("person_id", "relation", "outlet")]
    teller = " · ".join(dict.fromkeys(w for w in who if w and w != source.title))
    near = label_of(hand) if (hand := source.value("hand")) else ""
    way = tr(N_("by way of {source}"), source=called(origin)) if origin else ""
    why = " · ".join(t for n in ("reliability_reason", "credibility_reason") if (t := source.text(n)))
    return TableRow(
        source.id,
        (
            Cell(source.title, teller, bold=True),
            source.text("kind"),
            Cell(near or way, way if near else ""),
            told.short() if told else "",
            Cell(grade(source), why),
        ),
    )


def new_source(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open the dialog for a new source of a case."""
    draft = desk.store.draft(Source)
    draft.values["case_id"] = case_id
    return _dialog(parent, desk, case_id, draft, tr(N_("New source")))


def edit_source(parent: QWidget, desk: Desk, case_id: str, source_id: str) -> EditDialog:
    """Open the dialog for a source."""
    return _dialog(parent, desk, case_id, desk.store.draft(Source, source_id), tr(Source.singular))


def _dialog(parent: QWidget, desk: Desk, case_id: str, draft: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    look = {"origin_id": at_hand(desk, [case_id])}
    dialog.add_section(tr(N_("Who told")), ("", Form(store, draft, _WHO, lookups=look)))
    dialog.add_section(tr(N_("When and how")), ("", Form(store, draft, _HOW)))
    dialog.add_section(tr(N_("Grades, each with its reason")), ("", Form(store, draft, _GRADES)))
    dialog.add_section(tr(N_("What was said")), ("", Form(store, draft, _SAID)))
    dialog.finish()
    dialog.open()
    return dialog
