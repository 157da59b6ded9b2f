"""Asking one person about every use at once: how it was explained, then a letter for each answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case, Consent, Person
from casetracker.model.confidentiality import Use
from casetracker.model.entity import fields_of
from casetracker.model.sources.consent import Answer
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.intake.consent_ask import ConsentAsk
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label

_HOW = (
    "person_id",
    "capacity",
    "given",
    "form",
    "explained_in",
    "explained_by",
    "interpreter",
    "witness",
    "review_on",
    "until",
    "conditions",
    "body",
)
_How = Mapping[str, str | None]
_NAMED_BODY = frozenset({Use.K2, Use.K4})
_DAY = dt.timedelta(days=1)


def ask_about_case(parent: QWidget, desk: Desk, case_id: str, person_id: str = "") -> EditDialog:
    """Open the questions about the data of the detained relative of a case."""
    draft = desk.store.draft(Case, case_id)
    how = {"person_id": person_id or None, "capacity": "closest_relative"}
    return _dialog(parent, desk, draft, how, tr(N_("Consents about case {ref}"), ref=draft.values["ref"]))


def ask_about_themselves(parent: QWidget, desk: Desk, person_id: str) -> EditDialog:
    """Open the questions about somebody's own data."""
    draft = desk.store.draft(Person, person_id)
    how = {"person_id": person_id, "capacity": "self"}
    names = [n.values["full"] for n in draft.children["names"]]
    title = tr(N_("Consents about their own data: {name}"), name=names[0] if names else "")
    return _dialog(parent, desk, draft, how, title)


def _dialog(parent: QWidget, desk: Desk, draft: Draft, how: _How, title: str) -> EditDialog:
    store = desk.store
    told = Draft(Consent, values={"given": store.today(), "explained_by": store.who, **how})
    action = tr(N_("Ask about consents"))
    dialog = EditDialog(parent.window(), store, draft, title, action=action, deletable=False)
    dialog.resize(max(dialog.width(), px(920)), px(760))
    part = AskPart(store, draft, told, own=draft.entity is Person)
    dialog.add_section(tr(N_("Explain, then ask: who answers, and how it was explained")), ("", part))
    dialog.finish()
    dialog.open()
    return dialog


class AskPart(Form):
    """How it was explained, above the questions; each answer becomes a consent of the record."""

    def __init__(self, store: Store, record: Draft, told: Draft, *, own: bool) -> None:
        names: Sequence[str] = _HOW[1:] if own else _HOW
        super().__init__(store, told, names, columns=3)
        self._record = record
        self._before = list(record.children["consents"])
        self._kept = [(c, dict(c.values)) for c in self._before]
        self.ask = ConsentAsk(Use)
        hint = label(
            tr(N_("Press A for yes, R for no, N for not asked; missing means no.")), "note", wrap=True
        )
        self.layout().addWidget(hint)  # type: ignore[union-attr]
        self.layout().addWidget(self.ask)  # type: ignore[union-attr]
        self.ask.changed.connect(self.edited)

    def collect(self) -> dict[str, str]:
        """Put an answer for each use that was asked into the record; earlier ones of the person end."""
        problems = super().collect()
        for name in self._editors:
            value = self.draft.values.get(name)
            if name not in problems and (wrong := fields_of(Consent)[name].check(value)):
                problems[name] = wrong
        answers = {use: a for use, a in self.ask.answers().items() if a is not None}
        if not answers and not problems:
            problems["person_id" if "person_id" in self._editors else "given"] = tr(
                N_("No question was answered yet.")
            )
        self.show_problems(problems)
        if not problems:
            self._write(answers)
        return problems

    def _write(self, answers: dict[Use, Answer]) -> None:
        for consent, values in self._kept:  # as they were before an attempt to save that did not succeed
            consent.values = dict(values)
        self._record.children["consents"] = list(self._before)
        for use, answer in answers.items():
            values = {**self.draft.values, "use": use, "answer": answer}
            if use not in _NAMED_BODY:
                values["body"] = None
            supersede(self._before, values)
            self._record.add("consents", **values)


def supersede(before: Sequence[Draft], values: Mapping[str, Any]) -> None:
    """End what the same person answered about the same use before: by a date, never by deleting it.

    An answer that says the same runs until the day before; one that says otherwise is withdrawn.
    """
    given: dt.date = values["given"]
    for consent in before:
        old = consent.values
        same = old["use"] is values["use"] and old["person_id"] == values["person_id"]
        if not same or old["withdrawn"] or (old["until"] and old["until"] < given):
            continue
        if old["answer"] is values["answer"] and old["given"] < given:
            old["until"] = given - _DAY
        elif old["given"] <= given:
            old["withdrawn"] = given
