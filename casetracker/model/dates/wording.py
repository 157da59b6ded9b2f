"""How a date as known is printed, in the language now in use.

Month names and the order of day, month and year are Babel's; the words around them are ours. A date always
stands in the nominative ("since {date}", "about {date}"), so that a translator whose language has cases can
put a colon before it and need not bend it.
"""

from __future__ import annotations

import datetime as dt

from babel import Locale
from babel.dates import format_date, format_skeleton

from casetracker.i18n import N_, locale, tr
from casetracker.model.dates.edtf import Reading, write_part
from casetracker.model.dates.parts import Part, Qualifier, Relation, Season


def text(reading: Reading) -> str:
    """Write the date in words: "about October 2018", "from April to September 2017"."""
    if reading.relation is Relation.BETWEEN:
        return _between(reading)
    first = _sure(_first(reading), reading.sure)
    second = _sure(_part(reading.second), reading.second_sure) if reading.second else ""
    match reading.relation:
        case Relation.BEFORE:
            return tr(N_("before {date}"), date=first)
        case Relation.AFTER:
            return tr(N_("after {date}"), date=first)
        case Relation.FROM_TO:
            return tr(N_("from {first} to {second}"), first=first, second=second)
        case Relation.SINCE_ONGOING:
            return tr(N_("since {date}"), date=first)
        case Relation.SINCE_END_UNKNOWN:
            return tr(N_("from {date}, end not known"), date=first)
        case _:
            return first


def _between(reading: Reading) -> str:
    """Write one moment somewhere within; what is said of its being sure is said of the whole."""
    second = _part(reading.second) if reading.second else ""
    date = tr(N_("between {first} and {second}"), first=_first(reading), second=second)
    match reading.sure:
        case Qualifier.ABOUT:
            return tr(N_("roughly {period}"), period=date)
        case Qualifier.PERHAPS_ABOUT:
            return tr(N_("perhaps roughly {period}"), period=date)
        case _:
            return _sure(date, reading.sure)


def short(reading: Reading) -> str:
    """Write the date for a narrow column: "≈ Oct 2018", "Oct 2018?".

    A time that lasted is "2017-04 – 2017-09", a moment somewhere within "2017-04 … 2017-09".
    """
    match reading.relation:
        case Relation.ON:
            return _signed(_short_part(reading.first), reading.sure)
        case Relation.BEFORE:
            return tr(N_("before {date}"), date=_signed(_short_part(reading.first), reading.sure))
        case Relation.AFTER:
            return tr(N_("after {date}"), date=_signed(_short_part(reading.first), reading.sure))
    second = _digits(reading.second) if reading.second else ""
    if reading.relation is Relation.BETWEEN:
        return _signed(f"{_digits(reading.first)} … {second}", reading.sure)
    end = "?" if reading.relation is Relation.SINCE_END_UNKNOWN else _signed(second, reading.second_sure)
    return f"{_signed(_digits(reading.first), reading.sure)} – {end}".rstrip()


def _sure(date: str, qualifier: Qualifier) -> str:
    """Say how sure the date is."""
    match qualifier:
        case Qualifier.ABOUT:
            return tr(N_("about {date}"), date=date)
        case Qualifier.PERHAPS:
            return tr(N_("perhaps {date}"), date=date)
        case Qualifier.PERHAPS_ABOUT:
            return tr(N_("perhaps about {date}"), date=date)
        case Qualifier.EXACT:
            return date


def _signed(date: str, qualifier: Qualifier) -> str:
    """Say how sure the date is, with signs."""
    return f"{'≈ ' if qualifier.approximate else ''}{date}{'?' if qualifier.uncertain else ''}"


def _first(reading: Reading) -> str:
    """Write the first date, without what the second says again: "3" to 15 April, "April" to September 2017.

    Only in languages that say the year last, and only when both dates have something besides the year.
    """
    first, second = reading.first, reading.second
    if second is None or first.year != second.year or first.unknown or _begins_with_year(locale()):
        return _part(first)
    if Season.WINTER in (first.season, second.season):
        return _part(first)  # a winter has two years
    if first.day and second.day and first.month == second.month:
        return str(first.day)
    return _part(first, year=not all(part.season or part.month for part in (first, second)))


def _begins_with_year(name: str) -> bool:
    return str(Locale.parse(name).datetime_skeletons["yMMMM"].pattern).startswith("y")


def _skeleton(name: str, day: dt.date) -> str:
    return str(format_skeleton(name, day, locale=locale()))


def _part(part: Part, year: bool = True) -> str:
    """Write a part in full."""
    if part.season:
        season = tr(part.season.value)
        years = f"{part.year}/{part.year + 1}" if part.season is Season.WINTER else part.year
        return tr(N_("{season} {year}"), season=season, year=years) if year else season
    if part.day is not None:
        return format_date(part.first_day, "long", locale()) if year else _skeleton("MMMMd", part.first_day)
    if part.month is not None:
        month = _skeleton("yMMMM", part.first_day) if year else format_date(part.first_day, "LLLL", locale())
        return tr(N_("{month} (day not known)"), month=month) if part.unknown else month
    if part.decade:
        return tr(N_("the {decade}s"), decade=part.year)
    return tr(N_("{year} (month not known)"), year=part.year) if part.unknown else str(part.year)


def _short_part(part: Part) -> str:
    """Write a part with the month shortened."""
    if part.day is not None:
        return format_date(part.first_day, "medium", locale())
    if part.month is not None:
        return _skeleton("yMMM", part.first_day)
    return str(part.year) if part.unknown else _part(part)


def _digits(part: Part) -> str:
    """Write a part in digits where digits can say it."""
    if part.unknown:
        return write_part(Part(part.year, part.month))
    return _part(part) if part.season or part.decade else write_part(part)
