"""How likely two records are of one person, with the reasons in words.

Every piece of evidence adds to or takes from a sum (the logarithm of the odds), which is shown as a value
from 0 to 1. The weights were chosen by hand and measured on made-up lists; they order pairs for people to
look at, and are no statement of probability.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.model.matching.likeness import names_alike
from casetracker.model.matching.profile import Profile
from casetracker.model.places import successor

_START = -2.8
_UNLIKE_NAMES = 0.78  # below, only a paper makes two people one
_YEARS_OF_ABOUT = 2
_A_YEAR = 366  # days


@dataclass(frozen=True)
class Evidence:
    """One reason for (weight above zero) or against."""

    weight: float
    sentence: str


@dataclass(frozen=True)
class Score:
    """From 0 to 1, with what speaks for it and against it, the weightiest first."""

    value: float
    reasons: tuple[str, ...]


def score(first: Profile, second: Profile, namesakes: int = 2) -> Score:
    """Compare two people; `namesakes` is how many have this name, for a common name tells less."""
    papers = _papers(first, second)
    alike, one, other = _best_names(first, second)
    if alike < _UNLIKE_NAMES and not any(each.weight > 0 for each in papers):
        return Score(0.0, ())
    found = [*papers, _names(alike, one, other), *_namesakes(namesakes), *_birth(first, second)]
    found += [*_sex(first, second), *_place(first, second), *_related(first, second)]
    found.sort(key=lambda each: -abs(each.weight))
    odds = _START + sum(each.weight for each in found)
    return Score(1 / (1 + math.exp(-odds)), tuple(each.sentence for each in found if each.sentence))


def _best_names(first: Profile, second: Profile) -> tuple[float, str, str]:
    alike = ((names_alike(a, b), a.full, b.full) for a in first.names for b in second.names)
    return max(alike, default=(0.0, "", ""), key=lambda each: each[0])


def _names(alike: float, one: str, other: str) -> Evidence:
    weight = 3.4 - (1 - alike) * 22
    sentence = N_("Same name: {one} / {other}") if alike > 0.97 else N_("Like names: {one} / {other}")
    if alike < _UNLIKE_NAMES:
        return Evidence(max(weight, -3.0), tr(N_("Different names: {one} / {other}"), one=one, other=other))
    return Evidence(weight, tr(sentence, one=one, other=other))


def _namesakes(count: int) -> list[Evidence]:
    if count <= 3:
        return []
    weight = -min(0.5 * math.log2(count - 1), 2.0)
    return [Evidence(weight, tr(N_("The name is common: {n} people in the casebook have it"), n=count))]


def _papers(first: Profile, second: Profile) -> list[Evidence]:
    from rapidfuzz.distance import Levenshtein

    if first.papers & second.papers:
        return [Evidence(9.0, tr(N_("Same number of an identity paper")))]
    same_kind = [
        (a, b) for a in first.papers for b in second.papers if a.partition(":")[0] == b.partition(":")[0]
    ]
    if any(len(a) == len(b) and Levenshtein.distance(a, b, score_cutoff=1) == 1 for a, b in same_kind):
        return [Evidence(4.5, tr(N_("Numbers of an identity paper differ by one character")))]
    fixed = [
        pair for pair in same_kind if pair[0].startswith(("PRC_ID:", "KZ_IIN:"))
    ]  # others change at renewal
    return [Evidence(-2.5, tr(N_("Different identity numbers")))] if fixed else []


def _birth(first: Profile, second: Profile) -> list[Evidence]:
    a, b = _bounds(first.birth), _bounds(second.birth)
    if a is None or b is None:
        return []
    words = {"one": first.birth.text(), "other": second.birth.text()} if first.birth and second.birth else {}
    if a == b and a[0] == a[1]:
        return [Evidence(3.2, tr(N_("Same date of birth: {one}"), **words))]
    gap = max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)
    if gap == 0:
        narrow = min(max((x[1] - x[0]).days for x in (a, b)), 3 * _A_YEAR) <= _A_YEAR
        return [Evidence(1.7 if narrow else 0.8, tr(N_("Dates of birth agree: {one} / {other}"), **words))]
    if a[0] == a[1] and b[0] == b[1] and _slip(a[0], b[0]):
        return [Evidence(1.2, tr(N_("Dates of birth differ in one figure: {one} / {other}"), **words))]
    weight = -0.4 if gap <= _A_YEAR else -3.0 if gap > 3 * _A_YEAR else -1.6
    return [Evidence(weight, tr(N_("Dates of birth differ: {one} / {other}"), **words))]


def _bounds(birth: KnownDate | None) -> tuple[dt.date, dt.date] | None:
    """Return the bounds of a birth, wider by two years where it was said to be about then."""
    if birth is None or birth.earliest is None or birth.latest is None:
        return None
    about = dt.timedelta(days=_YEARS_OF_ABOUT * _A_YEAR if birth.approximate else 0)
    return birth.earliest - about, birth.latest + about


def _slip(first: dt.date, second: dt.date) -> bool:
    """Whether day and month changed places, or only one of day, month and year (by little) differs."""
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return True
    same = (first.year == second.year) + (first.month == second.month) + (first.day == second.day)
    return same == 2 and abs(first.year - second.year) in {0, 1, 10}


def _sex(first: Profile, second: Profile) -> list[Evidence]:
    if None in {first.sex, second.sex} or first.sex == second.sex:
        return []
    return [Evidence(-3.5, tr(N_("One is a man, the other a woman")))]


def _place(first: Profile, second: Profile) -> list[Evidence]:
    if not first.place or not second.place:
        return []
    a, b = (successor(place) for place in (first.place, second.place))
    if a.casefold() == b.casefold():
        return [Evidence(1.5, tr(N_("Same place")))]
    if not (a.isdecimal() and b.isdecimal()):
        return []  # free words may name one place in two ways
    if a[:4] != b[:4]:
        return [Evidence(-1.2, tr(N_("Different prefectures")))]
    if a.endswith("00") or b.endswith("00"):
        return [Evidence(0.7, tr(N_("Same prefecture")))]
    return [Evidence(-0.3, tr(N_("Different counties of one prefecture")))]


def _related(first: Profile, second: Profile) -> list[Evidence]:
    if not first.related & second.related:
        return []
    return [Evidence(0.6, tr(N_("Both stand with the same family or testifier")))]
