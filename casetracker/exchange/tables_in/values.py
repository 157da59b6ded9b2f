"""What a cell says: terms by code or by label in any of our languages, yes and no, numbers with a unit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

from casetracker.i18n import N_, tr
from casetracker.model.fields import Choice, Kind, Number, Term
from casetracker.model.people.person import Sex
from casetracker.model.terms import shipped

_SEXES = dict.fromkeys(("f", "ж", "ә", "жен", "жен.", "әйел", "女"), Sex.FEMALE)
_SEXES |= dict.fromkeys(("m", "м", "е", "муж", "муж.", "ер", "еркек", "男"), Sex.MALE)
_YES = frozenset({"yes", "true", "1", "да", "иә", "是", "y"})
_NO = frozenset({"no", "false", "0", "нет", "жоқ", "否", "n"})


def term(kind: Choice | Term, text: str) -> Any:
    """Return the member or the code that a text means; None if it is no term of the list."""
    wanted = " ".join(text.split()).casefold()
    if isinstance(kind, Choice):
        found = _members(kind.options).get(wanted)
        return _SEXES.get(wanted) if found is None and kind.options is Sex else found
    code = _codes(kind.vocabulary).get(wanted)
    if code is not None:
        return code
    own = kind.parse(text)  # a term of the office's own
    return own if own and kind.format(own) != own else None


@cache
def _members(options: type[Enum]) -> Mapping[str, Enum]:
    codes = _codes(options.__name__)
    found = {label: options[code] for label, code in codes.items() if code in options.__members__}
    return found | {str(o.value).casefold(): o for o in options} | {o.name.casefold(): o for o in options}


@cache
def _codes(key: str) -> Mapping[str, str]:
    known = shipped().get(key)
    terms = known.terms if known else ()
    labels = {label.casefold(): each.code for each in terms for label in each.labels.values()}
    return labels | {each.code.casefold(): each.code for each in terms}


def yes_no(text: str) -> bool:
    """Read yes or no in any of our languages; raises `ValueError` with a sentence."""
    plain = text.strip().casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise ValueError(tr(N_("This is neither yes nor no.")))


def without_unit(kind: Kind, text: str) -> str:
    """Take the unit off a number: "7 лет", "12 years"; any other text stays."""
    words = text.split()
    named = len(words) == 2 and words[0].isdigit() and words[1].rstrip(".").isalpha()
    return words[0] if named and isinstance(kind, Number) else text
