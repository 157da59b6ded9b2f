"""Taking down a case, changing it, and linking it to events."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case, Event, Person
from casetracker.model.detention.case import Stage
from casetracker.model.entity import new_id
from casetracker.model.sources.consent import Answer
from casetracker.store import lists
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.likely import watch_person
from casetracker.ui.editing.names_grid import NamesGrid
from casetracker.ui.editing.papers import number_grid
from casetracker.ui.style import px
from casetracker.ui.widgets.suggestions import Hit, Lookup

_RELATIVE = ("sex", "birth", "birthplace", "ethnicity", "citizenships", "kz_status", "kz_since")
_ARREST = (
    *("arrested", "arrest_place", "arrest_place_kind", "forces", "held_from", "county", "held_at"),
    *("outside", "contact_allowed"),
)
_REASON = ("official_reason", "no_reason_given", "suspected_reason", "basis", "legal_basis")
_ORDER = ("warrant", "warrant_authority", "authority", "officers", "family_told", "family_told_on")
_INSIDE = (
    *("had_lawyer", "lawyer_chosen", "lawyer_access", "ended", "outcome"),
    *("torture", "conditions", "torture_note"),
)
_JUDGMENTS = ("decided", "court", "charge", "term_years", "term_months", "term_from", "source_id")
_ANSWERS = ("on", "body", "says", "form", "words", "source_id", "standing", "standing_reason")
_CUSTODY = (
    *("kind", "on", "facility_id", "place", "agency", "note"),
    *("source_id", "standing", "standing_reason"),
)
_WIDTHS = {"on": 112, "standing": 88, "kind": 136, "facility_id": 110, "agency": 92, "source_id": 104}


def new_case(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new case and the new relative that it is about."""
    draft = desk.store.draft(Case)
    draft.values |= {"stage": Stage.INTAKE, "opened": desk.store.today()}
    person = desk.store.draft(Person)
    person.add("names", primary=True)
    draft.values["person_id"] = person
    dialog = _dialog(parent, desk, draft, person, tr(N_("New case")))
    dialog.open()
    return dialog


def edit_case(parent: QWidget, desk: Desk, case_id: str, *, another: bool = False) -> EditDialog:
    """Open the dialog for a case and its relative; with `another`, to write down one more detention."""
    draft = desk.store.draft(Case, case_id)
    if another:
        draft.add("episodes")
    person = desk.store.draft(Person, draft.values["person_id"])
    draft.values["person_id"] = person
    dialog = _dialog(parent, desk, draft, person, tr(N_("Case {ref}"), ref=draft.values["ref"]))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, desk: Desk, draft: Draft, person: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    dialog.resize(px(1020), px(680))  # the lines of what happened in custody are long
    episodes = draft.children["episodes"] or [draft.add("episodes")]
    at = "person_id"
    names, facts = NamesGrid(store, person), Form(store, person, _RELATIVE)
    section = dialog.add_section(tr(N_("Detained relative")), (f"{at}.names", names), (at, facts))
    if not person.version:
        section.add(
            watch_person(
                dialog, store, person, (names, facts), lambda known: _go_on(parent, desk, draft, known)
            )
        )
    dialog.add_section(
        tr(N_("Case")), ("", Form(store, draft, ("family_id", "stage", "opened", "request", "account")))
    )
    for number, episode in enumerate(episodes):
        _detention(dialog, desk, draft, episode, number, opened=number == len(episodes) - 1)
    _answers(dialog, desk, draft)
    _consents_and_sources(dialog, desk, draft)
    rest, numbers = Form(store, draft, ("health", "notes")), number_grid(store, draft)
    dialog.add_section(tr(N_("For the office only")), ("", rest), ("numbers", numbers), opened=False)
    dialog.finish()
    dialog.saved.connect(lambda case_id: desk.open("Case", case_id))
    return dialog


def _go_on(parent: QWidget, desk: Desk, draft: Draft, known: Draft) -> None:
    """Go on with the case about a person of the casebook, to whom what was typed was added."""
    draft.values["person_id"] = known
    dialog = _dialog(parent, desk, draft, known, tr(N_("New case")))
    dialog.dirty = True
    dialog.open()


def _detention(
    dialog: EditDialog, desk: Desk, draft: Draft, episode: Draft, number: int, *, opened: bool
) -> None:
    """Add the sections of one detention; what is rarely known is folded away until it is."""
    store, at, look = desk.store, f"episodes.{number}", {"source_id": own_sources(draft)}
    heading = tr(N_("Detention {number}"), number=number + 1)
    custody = ChildGrid(
        store, episode, "custody", _CUSTODY,
        lookups=look, widths=_WIDTHS,
    )  # fmt: skip
    dialog.add_section(
        heading, (at, Form(store, episode, _ARREST)), (f"{at}.custody", custody), opened=opened
    )
    reasons = ChildGrid(store, episode, "reasons", ("reason",), widths={"reason": 0}, most_lines=4)
    judgments = ChildGrid(
        store, episode, "judgments", _JUDGMENTS,
        lookups=look, widths={"decided": 116, "term_from": 116, "term_years": 70, "term_months": 70},
    )  # fmt: skip
    order, reason, inside = (Form(store, episode, names) for names in (_ORDER, _REASON, _INSIDE))
    for name, title, parts in (
        ("order", N_("{detention}: warrant, order, notification"), ((at, order),)),
        ("law", N_("{detention}: reasons and law"), ((at, reason), (f"{at}.reasons", reasons))),
        ("judgments", N_("{detention}: judgments"), ((f"{at}.judgments", judgments),)),
        ("inside", N_("{detention}: counsel, conditions, end"), ((at, inside),)),
    ):
        known = name == "law" or _known(episode, name)
        dialog.add_section(tr(title, detention=heading), *parts, opened=opened and known)


def _known(episode: Draft, name: str) -> bool:
    """Whether something stands in a section that is folded away while it is empty."""
    if name == "judgments":
        return bool(episode.children.get("judgments"))
    names = _ORDER if name == "order" else _INSIDE
    return any(episode.values.get(field) is not None for field in names)


def _answers(dialog: EditDialog, desk: Desk, draft: Draft) -> None:
    grid = ChildGrid(
        desk.store, draft, "answers", _ANSWERS,
        lookups={"source_id": own_sources(draft)},
        widths={"on": 110, "says": 140, "form": 120, "source_id": 110, "standing": 92},
    )  # fmt: skip
    answered = bool(draft.children["answers"])
    dialog.add_section(tr(N_("Answers of the State")), ("answers", grid), opened=answered)


def _consents_and_sources(dialog: EditDialog, desk: Desk, draft: Draft) -> None:
    store = desk.store
    sources = ChildGrid(
        store, draft, "sources",
        ("label", "kind", "relation", "channel", "told"),
        widths={"kind": 150, "channel": 150},
    )  # fmt: skip
    consents = ChildGrid(
        store, draft, "consents", ("use", "person_id", "answer", "given", "until", "withdrawn"),
        widths={"use": 0, "answer": 90}, defaults={"answer": Answer.AGREES},
    )  # fmt: skip
    dialog.add_section(tr(N_("Consents")), ("consents", consents), opened=bool(draft.children["consents"]))
    dialog.add_section(tr(N_("Sources")), ("sources", sources), opened=bool(draft.children["sources"]))


def own_sources(draft: Draft) -> Lookup:
    """Return a lookup over the sources of this case, those just typed included."""

    def look(text: str) -> Sequence[Hit]:
        hits = []
        for source in draft.children.get("sources", []):
            source.id = source.id or new_id()
            name = source.values.get("label") or ""
            if name and text.casefold() in name.casefold():
                hits.append(Hit(source.id, name))
        return hits

    return look


def link_event(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open the dialog that links a case to protests, meetings and other events."""
    draft = desk.store.draft(Case, case_id)
    title = tr(N_("Events of case {ref}"), ref=draft.values["ref"])
    dialog = EditDialog(parent.window(), desk.store, draft, title, deletable=False)
    grid = ChildGrid(
        desk.store, draft, "events", ("event_id", "role", "note"),
        lookups={"event_id": events(desk.store)}, widths={"role": 190},
    )  # fmt: skip
    dialog.add_section(tr(N_("Linked events")), ("events", grid))
    dialog.finish()
    dialog.open()
    return dialog


def events(store: Store) -> Lookup:
    """Return a lookup over all events."""
    return lambda text: [Hit(key, title) for key, title in lists.options(store, Event, text, limit=12)]
