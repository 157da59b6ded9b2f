"""Identity numbers of the People's Republic of China (GB 11643): 18 characters, and the 15 digits of before.

Source: domain standards, §5.6. The number holds county, birth date and sex: strong personal data. Never
hash it bare, for only about a thousand million numbers are possible; match with a keyed HMAC.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model import places
from casetracker.model.papers.finding import NOTHING_KNOWN, Finding, Known, Severity, SexInPapers

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NEW, _OLD = re.compile(r"[0-9]{17}[0-9X]"), re.compile(r"[0-9]{15}")


@dataclass(frozen=True)
class PrcNumber:
    """A number taken apart; `county` is where it was first registered, which is not where somebody lives."""

    full: str
    county: str
    birth: dt.date | None  # nothing when there is no such day
    sex: SexInPapers
    legacy: bool


def normalised(number: str) -> str:
    """Return a number without spaces and dashes, in plain digits and with a Latin X."""
    plain = unicodedata.normalize("NFKC", number).upper().replace("Х", "X")  # the first is Cyrillic
    return re.sub(r"[\s\-‐-―−]", "", plain)


def check_character(first: str) -> str:
    """Return the check character of the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def lengthened(number: str) -> str:
    """Return the 18 characters of a number of 15 digits: the century 19 and the check character are added."""
    first = number[:6] + "19" + number[6:]
    return first + check_character(first)


def read(number: str) -> PrcNumber | None:
    """Take a number apart; nothing when it has not the shape of one."""
    plain = normalised(number)
    legacy = bool(_OLD.fullmatch(plain))
    if not legacy and not _NEW.fullmatch(plain):
        return None
    full = lengthened(plain) if legacy else plain
    try:
        birth = dt.datetime.strptime(full[6:14], "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        birth = None
    return PrcNumber(full, full[:6], birth, "MALE" if int(full[16]) % 2 else "FEMALE", legacy)


def check(number: str, known: Known = NOTHING_KNOWN) -> list[Finding]:
    """Say what is odd about a number, the gravest first; an empty list when nothing is."""
    parts = read(number)
    if parts is None:
        sentence = N_(
            "A Chinese identity number has 18 characters (15 digits before 1999); this one has {n}."
        )
        return [Finding(Severity.WRONG, tr(sentence, n=len(normalised(number))))]
    found = [*_check_character(parts), *_check_date(parts, known), *_check_sex(parts, known)]
    return [*found, *_check_county(parts), *_check_birthplace(parts, known)]


def _check_character(parts: PrcNumber) -> list[Finding]:
    if parts.legacy:
        sentence = N_("This is a number of the first generation; the same in 18 characters is {full}.")
        return [Finding(Severity.INFORMATION, tr(sentence, full=parts.full))]
    right = check_character(parts.full[:17])
    if right == parts.full[17]:
        return []
    return [
        Finding(
            Severity.WRONG,
            tr(N_("The last character does not fit the others: it would be {right}."), right=right),
        )
    ]


def _check_date(parts: PrcNumber, known: Known) -> list[Finding]:
    if parts.birth is None:
        sentence = N_("The number holds {digits} as date of birth, and there is no such day.")
        return [Finding(Severity.WRONG, tr(sentence, digits=parts.full[6:14]))]
    return date_differs(parts.birth, known)


def date_differs(birth: dt.date, known: Known) -> list[Finding]:
    """Compare the birth date of a number with that of the record."""
    record = known.birth
    if record is None or known.may_be_born(birth):
        return []
    sentence = N_("The number says born on {number}, the record says {record}.")
    return [Finding(Severity.NOTICE, tr(sentence, number=f"{birth:%d.%m.%Y}", record=record.text()))]


def _check_sex(parts: PrcNumber, known: Known) -> list[Finding]:
    if known.sex in {None, parts.sex}:
        return []
    if parts.sex == "MALE":
        return [Finding(Severity.NOTICE, tr(N_("The number is that of a man, the record says woman.")))]
    return [Finding(Severity.NOTICE, tr(N_("The number is that of a woman, the record says man.")))]


def _check_county(parts: PrcNumber) -> list[Finding]:
    if not parts.county.startswith("65"):
        sentence = N_("The number was first registered outside Xinjiang (code {code}).")
        return [Finding(Severity.INFORMATION, tr(sentence, code=parts.county))]
    counties = places.with_code(parts.county)
    if not counties:
        sentence = N_("The county code {code} is not in the list of Xinjiang.")
        return [Finding(Severity.INFORMATION, tr(sentence, code=parts.county))]
    if any(county.current for county in counties):
        return []
    sentence = N_(
        "The county code {code} ({name}) was abolished in {year}; numbers issued before stay valid."
    )
    last = counties[-1]
    return [Finding(Severity.INFORMATION, tr(sentence, code=last.code, name=last.text(), year=last.valid_to))]


def _check_birthplace(parts: PrcNumber, known: Known) -> list[Finding]:
    """A child is registered where the parents are: another county than that of birth is told, no more."""
    born = places.placed(known.birthplace)
    counties = places.with_code(places.successor(parts.county))
    if born is None or born.country != "CN" or not counties:
        return []
    registered = counties[0]
    codes = {registered.code, *(upper.code for upper in places.above(registered))}
    if places.successor(born.code) in codes:
        return []
    sentence = N_("The number was first registered in {county}, the record says born in {place}.")
    county, place = registered.text(), born.text()
    return [Finding(Severity.INFORMATION, tr(sentence, county=county, place=place))]
