"""A widget for each kind of field, all spoken to in one way: read it, write it, hear it change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, Entity, Facility, Family, Office, Person, places, terms
from casetracker.model import fields as f
from casetracker.model.dates import KnownDate, Precision, parse
from casetracker.store import lists, questions
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.suggestions import Hit, Lookup, LookupEdit

NEW = "new:"  # the key of a hit that stands for a record which is not written yet
NEWABLE = (Person, Family, Office, Facility)  # what a name alone is enough to begin


@dataclass(frozen=True)
class Editor:
    """One editor: `get` raises `ValueError` with a sentence where what was typed cannot be read."""

    widget: QWidget
    get: Callable[[], Any]
    set: Callable[[Any], None]
    changed: SignalInstance


def _text(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    w = QLineEdit()
    return Editor(w, lambda: kind.parse(w.text()), lambda v: w.setText(kind.format(v)), w.textChanged)


def _place(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    """Suggest known places while one types; whatever stands in the field is kept as it was said."""
    w = LookupEdit(place_lookup, field.name, "", free=True)
    w.setPlaceholderText(tr(N_("as it was said; known places are suggested")))

    def show(value: str | None) -> None:
        w.set_hit(None)
        w.setText(value or "")

    return Editor(w, lambda: w.text().strip() or None, show, w.textChanged)


def place_lookup(typed: str) -> list[Hit]:
    """Return the places of which a name begins with what is typed, in any language; also by their codes."""
    found = places.with_code(typed.strip()) if typed.strip().isdecimal() else places.suggest(typed)
    return [Hit(place.code, places.label(place), places.details(place)) for place in found]


def _long_text(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    w = QPlainTextEdit()
    w.setTabChangesFocus(True)
    w.setMinimumHeight(px(64))
    w.setMaximumHeight(px(92))
    return Editor(
        w, lambda: w.toPlainText().strip() or None, lambda v: w.setPlainText(v or ""), w.textChanged
    )


def _day(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    w = QLineEdit()
    w.setPlaceholderText(tr(N_("day.month.year")))
    return Editor(
        w, lambda: day_of(w.text()), lambda v: w.setText(f"{v:%d.%m.%Y}" if v else ""), w.textChanged
    )


def day_of(text: str) -> dt.date | None:
    """Read an exact day as people type it; raises `ValueError` with a sentence."""
    if not text.strip():
        return None
    known = parse(text)
    if known.precision is not Precision.DAY or known.earliest is None:
        raise ValueError(tr(N_("“{text}” is not an exact day; write it as 25.10.2021."), text=text.strip()))
    return known.earliest


def _when(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    w = DateEditor(field.name, tr(field.label))

    def get() -> KnownDate | None:
        if problem := w.problem():
            raise ValueError(problem)
        return w.value()

    return Editor(w, get, w.set_value, w.changed)


def _number(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    w = QLineEdit()
    w.setMaximumWidth(px(120))
    return Editor(w, lambda: kind.parse(w.text()), lambda v: w.setText(kind.format(v)), w.textChanged)


def _combo(options: Sequence[tuple[Any, str]]) -> Editor:
    w = QComboBox()
    w.addItem("—", None)
    for _, label in options:
        w.addItem(label)
    keys = [None, *(value for value, _ in options)]
    return Editor(
        w,
        lambda: keys[w.currentIndex()],
        lambda v: w.setCurrentIndex(keys.index(v) if v in keys else 0),
        w.currentIndexChanged,
    )


def _yes_no(kind: f.Kind, store: Store, field: f.Field) -> Editor:
    return _combo([(True, tr("Yes")), (False, tr("No"))])


def _choice(kind: f.Choice, store: Store, field: f.Field) -> Editor:
    return _combo([(option, kind.format(option)) for option in kind.options])


def _term(kind: f.Term, store: Store, field: f.Field) -> Editor:
    """Offer the terms in use; one that is no longer offered stays where it is written."""
    w = QComboBox()
    w.addItem("—", "")
    for term in terms.vocabulary(kind.vocabulary).terms:
        if term.active:
            w.addItem(term.text(), term.code)

    def show(code: str | None) -> None:
        if code and w.findData(code) < 0:
            w.addItem(kind.format(code), code)
        w.setCurrentIndex(max(w.findData(code or ""), 0))

    return Editor(w, lambda: w.currentData() or None, show, w.currentIndexChanged)


def lookup(store: Store, target: type[Entity], *, new: bool = True) -> Lookup:
    """Return what a reference suggests; also to record a new one where a name is enough."""

    def look(text: str) -> list[Hit]:
        hits = [Hit(key, title) for key, title in lists.options(store, target, text, limit=8)]
        if new and target in NEWABLE and text.strip():
            what = tr(N_("record as new: {what}"), what=tr(target.singular).lower())
            hits.append(Hit(NEW + text.strip(), text.strip(), what))
        return hits

    return look


def begun(target: type[Entity], name: str) -> Draft:
    """Return the draft of a record of which only a name is known yet."""
    draft = Draft(target)
    if target is Person:
        draft.add("names", full=name, primary=True)
    else:
        draft.values["name"] = name
    return draft


def settled(target: type[Entity], key: str) -> Any:
    """Return what a picked key stands for: an id, or the draft of a new record."""
    return begun(target, key.removeprefix(NEW)) if key.startswith(NEW) else key or None


def name_of(draft: Draft) -> str:
    """Return the name of a record that is not written yet."""
    if draft.entity is Person:
        return str(draft.children["names"][0].values.get("full") or "")
    return str(draft.values.get("name") or "")


def title_of(store: Store, target: type[Entity], value: Any) -> str:
    """Return how a reference is shown."""
    if isinstance(value, Draft):
        return name_of(value)
    return titles_of(store, target, [value]).get(value, "") if value else ""


def titles_of(store: Store, target: type[Entity], ids: Iterable[str]) -> dict[str, str]:
    """Return how references are shown, read together."""
    with store.reader() as reader:
        records = reader.many(target, ids)
        if target is Case:  # a reference alone tells nobody who it is
            return {r.id: f"{questions.case_name(r, reader)} · {r.title}" for r in records}
        return {r.id: r.title for r in records}


def _ref(kind: f.Ref, store: Store, field: f.Field, look: Lookup | None = None) -> Editor:
    target = BY_NAME[kind.target]
    w = _RefField(look or lookup(store, target), field.name)

    def show(value: Any) -> None:
        w.set_hit(
            Hit(value, title_of(store, target, value)) if value and not isinstance(value, Draft) else None
        )

    def get() -> Any:
        hit = w.hit()
        if hit is None and w.text().strip():
            raise ValueError(
                tr(N_("“{text}” is not on the list; pick a line of the list."), text=w.text().strip())
            )
        return settled(target, hit.key) if hit else None

    return Editor(w, get, show, w.textChanged)


class _RefField(LookupEdit):
    def __init__(self, look: Lookup, name: str) -> None:
        super().__init__(look, name, "", eager=True, free=True)
        self.setPlaceholderText(tr(N_("type a name, or ↓ for the list")))


EDITORS: dict[type[f.Kind], Callable[..., Editor]] = {
    f.Text: _text,
    f.PlaceName: _place,
    f.LongText: _long_text,
    f.Day: _day,
    f.When: _when,
    f.Number: _number,
    f.YesNo: _yes_no,
    f.Choice: _choice,
    f.Term: _term,
    f.Ref: _ref,
}


def editor_for(field: f.Field, store: Store, look: Lookup | None = None) -> Editor:
    """Return the editor of a field, named after it for tests, style sheets and screen readers.

    `look` replaces what a reference suggests.
    """
    more = {"look": look} if look else {}
    editor = EDITORS[type(field.kind)](field.kind, store, field, **more)
    named(editor.widget, field.name, tr(field.label), tr(field.help) if field.help else "")
    return editor
