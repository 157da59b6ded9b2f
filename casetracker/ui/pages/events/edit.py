"""Recording an event of any of the other kinds, and changing it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Event, Hearing, OtherEvent, Petition, Reprisal, UNSession, terms
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.entity import Entity
from casetracker.model.events.event import Part
from casetracker.store import events
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import person_lookup, take_known
from casetracker.ui.pages.meeting.edit import propose_title
from casetracker.ui.widgets.chip import Flow
from casetracker.ui.widgets.naming import button, named
from casetracker.ui.widgets.suggestions import Hit, Lookup, LookupEdit

Options = Callable[[str], list[tuple[str, str]]]

_WHEN = ("on", "place", "title")
_HOURS = ("state", "starts", "ends")
_OWN: dict[type[Entity], tuple[str, ...]] = {
    Hearing: ("court", "case_number", "heard", "result", "penalty_id", "judgment_id", "judge"),
    Petition: ("office_id", "signatures", "registered", "registered_on", "asks"),
    UNSession: ("body", "session", "statement", "state_answer"),
    Reprisal: ("form", "by_whom", "kin", "words"),
    OtherEvent: ("kind", "office_id"),
}
# Which term says what an event of that kind was: its field and its list.
_CODED: dict[type[Entity], tuple[str, str]] = {
    Reprisal: ("form", "reprisal_form"),
    OtherEvent: ("kind", "event_kind"),
}
_PART: dict[type[Entity], Part] = {Reprisal: Part.TARGET, Hearing: Part.PARTICIPANT}
_REPORTED = ("reported_to", "reported_on", "prompt_letter")
_MORE = ("account", "media", "source")
_TITLED_BY: dict[type[Entity], tuple[str, str]] = {
    Hearing: ("court", N_("Hearing: {what}")),
    Petition: ("office_id", N_("Petition to {what}")),
}


def new_event(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new event; pills at its top say which other kinds there are."""
    return new_of(parent, desk, OtherEvent)


def new_of(parent: QWidget, desk: Desk, kind: type[Event], typed: Draft | None = None) -> EditDialog:
    """Open the dialog for a new event of a kind; what was `typed` for another kind is taken over."""
    draft = desk.store.draft(kind)
    draft.values["on"] = KnownDate.on(desk.store.today())
    if typed is not None:
        draft.values |= {name: typed.values.get(name) for name in (*_WHEN, *_HOURS, *_MORE)}
        draft.children |= {name: typed.children[name] for name in ("participants", "cases")}
    dialog = _dialog(parent, desk, draft, tr(N_("New event")))
    _add_kinds(dialog, parent, desk)
    return dialog


def edit_event(parent: QWidget, desk: Desk, event_id: str) -> EditDialog:
    """Open the dialog for an event."""
    with desk.store.reader() as reader:
        event = reader.get(Event, event_id)
    kind: type[Event] = event.entity if event else Event  # type: ignore[assignment]
    return _dialog(parent, desk, desk.store.draft(kind, event_id), tr(kind.singular))


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str) -> EditDialog:
    store, kind = desk.store, draft.entity
    dialog = EditDialog(parent.window(), store, draft, title)
    choices = _choices(store) if kind is Hearing else {}
    form = Form(
        store, draft, (*_OWN[kind], *_WHEN),
        lookups={name: _lookup(options) for name, options in choices.items()},
    )  # fmt: skip
    dialog.add_section(tr(kind.singular), ("", form))
    hours = Form(store, draft, _HOURS, columns=3)
    dialog.add_section(tr(N_("Hours, planned or held")), ("", hours), opened=kind is Hearing)
    people = ChildGrid(
        store, draft, "participants", ("person_id", "part", "post", "note"),
        lookups={"person_id": person_lookup(store)}, widths={"part": 170, "post": 190},
        defaults={"part": _PART.get(kind, Part.DELEGATE)},
    )  # fmt: skip
    take_known(people.grid, store)
    dialog.add_section(tr(N_("People")), ("participants", people))
    cases = ChildGrid(
        store, draft, "cases", ("case_id", "role", "note"),
        widths={"role": 190}, defaults={"role": CaseRole.CONCERNS},
    )  # fmt: skip
    dialog.add_section(tr(N_("Cases concerned")), ("cases", cases))
    if kind is Reprisal:
        dialog.add_section(tr(N_("Reported")), ("", Form(store, draft, _REPORTED)))
    dialog.add_section(tr(N_("What happened, and who says so")), ("", Form(store, draft, _MORE)))
    if kind in _TITLED_BY:
        source, text = _TITLED_BY[kind]
        propose_title(form, source, lambda what: tr(text, what=what))
    for name, options in choices.items():
        _say_whose(form, name, options)
    dialog.before_saving(lambda: _give_title(draft))
    dialog.finish()
    dialog.saved.connect(lambda event_id: desk.open(kind.__name__, event_id))
    dialog.open()
    return dialog


def _choices(store: Store) -> dict[str, Options]:
    """What a hearing can be about, told by the person, not by the fine alone."""
    return {
        "penalty_id": lambda words: events.penalties(store, words),
        "judgment_id": lambda words: events.judgments(store, words),
    }


def _lookup(options: Options) -> Lookup:
    return lambda words: [Hit(key, title) for key, title in options(words)]


def _say_whose(form: Form, name: str, options: Options) -> None:
    field = form.editor(name)
    if isinstance(field, LookupEdit) and (hit := field.hit()) is not None:
        field.set_hit(next((Hit(key, title) for key, title in options("") if key == hit.key), hit))


def _give_title(draft: Draft) -> None:
    """Call an event that nobody gave a title by what it is: nobody has to think of one."""
    if not draft.values.get("title"):
        kind = draft.entity
        name, vocabulary = _CODED.get(kind, ("", ""))
        code = draft.values.get(name)
        what = terms.label(vocabulary, code) if code else tr(kind.singular)
        place = draft.values.get("place")
        draft.values["title"] = f"{what}, {place}" if place else what


def _add_kinds(dialog: EditDialog, parent: QWidget, desk: Desk) -> None:
    """Put a pill for each kind over the form; another kind keeps what was typed for all kinds."""
    row = named(Flow(), "kinds", tr(N_("Kinds of events")))
    for kind in events.KINDS:
        own = dialog.draft.entity is kind
        pill = button(tr(kind.singular), f"kind.{kind.__name__}", kind="primary" if own else "")
        pill.clicked.connect(lambda _=False, kind=kind: _switch(dialog, parent, desk, kind))
        row.add(pill)
    layout = dialog.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertWidget(1, row)


def _switch(dialog: EditDialog, parent: QWidget, desk: Desk, kind: type[Event]) -> None:
    if dialog.draft.entity is kind:
        return
    dialog.read()
    dialog.dirty = False
    dialog.reject()
    new_of(parent, desk, kind, dialog.draft)
