"""Dates as known: what was said, how exact it is, and between which days it must lie.

A date in a testimony is seldom a day. It is "about October 2018", "before the New Year", "from April to
September". A `KnownDate` keeps the words as spoken, the same in EDTF (ISO 8601-2) and the two strict bounds
by which lists sort and questions search.

Modules: `parts` (a year, month, day or season), `edtf` (reading and writing EDTF), `wording` (how it is
printed), `known` (the value itself), `typed` (the forgiving reader of typed text).
"""

from casetracker.model.dates.edtf import NotEdtfError
from casetracker.model.dates.known import Composition, KnownDate, Precision, compose, decompose
from casetracker.model.dates.parts import Part, Qualifier, Relation, Season
from casetracker.model.dates.typed import parse

__all__ = [
    "Composition",
    "KnownDate",
    "NotEdtfError",
    "Part",
    "Precision",
    "Qualifier",
    "Relation",
    "Season",
    "compose",
    "decompose",
    "parse",
]
