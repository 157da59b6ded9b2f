"""Fills every field of any entity from its description: whole-program tests cover what is not written yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from casetracker.model import BY_NAME, Case, HandOver, Person
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Confidentiality, Use
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, children_of, keys_to, values_of
from casetracker.model.sources.consent import Answer
from casetracker.store import frozen
from casetracker.store.draft import Draft, child_entity
from casetracker.store.store import Store


def canary(entity: type[Entity], name: str, salt: str = "") -> str:
    """Return the one word that stands in this field and nowhere else."""
    return f"{entity.__name__}{name}{salt}".replace("_", "") + "canary"


class Filling:
    """Makes drafts in which every field has a value; what they point at is written first, with the least.

    A `salt` makes other values for the same fields. With `dates_in_words` the dates carry canaries too.
    With a `mark` the words are none of those of another filling.
    Nobody agrees to anything but to the uses in `agreed`; to these everybody does, for each case and person.
    """

    def __init__(
        self,
        store: Store,
        *,
        level: Confidentiality | None = None,
        dates_in_words: bool = False,
        without: tuple[type[Entity], ...] = (HandOver,),
        agreed: tuple[Use, ...] = (),
        mark: str = "",
    ) -> None:
        self.store = store
        self._level = level
        self._dates_in_words = dates_in_words
        self._without = without
        self._agreed = agreed
        self._mark = mark
        self.known: dict[str, str] = {}

    def draft(self, entity: type[Entity], salt: str = "") -> Draft:
        """Return a new draft of an entity with every field filled, children too."""
        return self._filled(Draft(entity), salt, frozenset())

    def change(self, draft: Draft, salt: str) -> None:
        """Give every field of a draft another value, those of its children too; references stay."""
        for name, field in values_of(draft.entity).items():
            fixed = name == "position" or name in frozen.FIXED.get(draft.entity, ())
            if not isinstance(field.kind, f.Ref) and not fixed:
                draft.values[name] = self._value(draft.entity, name, field, salt)
        for children in draft.children.values():
            for child in children:
                self.change(child, salt)

    def id_of(self, target: str) -> str:
        """Return the id of a record to point at."""
        if target not in self.known:
            self.known[target] = self.store.save(self._least(BY_NAME[target]))
        return self.known[target]

    def _filled(self, draft: Draft, salt: str, from_parent: frozenset[str]) -> Draft:
        entity = draft.entity
        if self._level is not None:
            draft.values["confidentiality"] = int(self._level)
        for name, field in values_of(entity).items():
            if name not in from_parent:
                draft.values[name] = self._value(entity, name, field, salt)
        for name in children_of(entity):
            child = child_entity(entity, name)
            draft.children[name] = []
            if child not in self._without:
                self._filled(draft.add(name), salt, keys_to(entity, child))
        return self._with_consents(draft)

    def _with_consents(self, draft: Draft) -> Draft:
        if draft.entity in (Case, Person):
            asked = {"person_id": draft.values["person_id"]} if draft.entity is Case else {}
            for use in self._agreed:
                draft.add("consents", use=use, answer=Answer.AGREES, given=dt.date(2021, 1, 5), **asked)
        return draft

    def _least(self, entity: type[Entity]) -> Draft:
        needed = {n: d for n, d in values_of(entity).items() if d.required}
        values = {n: self._value(entity, n, field, "least") for n, field in needed.items()}
        draft = Draft(entity, values=values)
        if self._level is not None:
            draft.values["confidentiality"] = int(self._level)
        for name, field in children_of(entity).items():
            if field.required:
                self._filled(draft.add(name), "least", keys_to(entity, child_entity(entity, name)))
        return self._with_consents(draft)

    def _value(self, entity: type[Entity], name: str, field: f.Field, salt: str) -> Any:
        if issubclass(entity, Attached):
            for kind, key in entity.hangs_on:
                if name in (kind, key):
                    return "Office" if name == kind else self.id_of("Office")
        return self._plain(canary(entity, name, salt + self._mark), field, salt)

    def _plain(self, word: str, field: f.Field, salt: str) -> Any:
        other = bool(salt)
        match field.kind:
            case f.Ref(target=target):
                return self.id_of(target)
            case f.When() if self._dates_in_words:
                return KnownDate.in_words(word)
            case f.When():
                return KnownDate.from_edtf("2019-03" if other else "2018-10~", words=word)
            case f.Day():
                return dt.date(2021, 2, 2) if other else dt.date(2021, 1, 5)
            case f.Choice(options=options):
                return list(options)[min(int(other), len(options) - 1)]
            case f.Number():
                return 8 if other else 7
            case f.YesNo():
                return other and field.name != "no_reason_given"  # which excludes that a reason was given
            case f.Text() | f.LongText() | f.Term() | f.Picture():
                return word
        raise AssertionError(f"tests/filling.py does not know how to fill {type(field.kind).__name__}")
