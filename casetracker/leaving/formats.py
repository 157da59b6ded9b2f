"""The formats of exports by the names that the command line and the release register use."""

from __future__ import annotations

from casetracker.i18n import N_

FORMATS: dict[str, str] = {
    "json": N_("Records (JSON)"),
    "xlsx": N_("Workbook (Excel)"),
    "csv": N_("Table (CSV)"),
    "ics": N_("Calendar (iCalendar)"),
    "vcard": N_("Address cards of officials (vCard)"),
    "ftm": N_("Entities (FollowTheMoney)"),
    "uwazi": N_("Table for Uwazi (CSV)"),
    "package": N_("Open package (everything, encrypted)"),
    "partner": N_("Bundle for a partner office (sealed)"),
}
SUFFIXES = {
    "json": ".json",
    "xlsx": ".xlsx",
    "csv": ".csv",
    "ics": ".ics",
    "vcard": ".vcf",
    "ftm": ".ftm.jsonl",
    "uwazi": ".csv",
    "package": ".zip",
    "partner": ".ctsealed",
}
_REGISTERED = "export-"
REVIEW_FILE, REVIEW_SHEET = "review-file", "review-sheet"
_OF_REVIEWS = {
    REVIEW_FILE: N_("Review file for a family (encrypted)"),
    REVIEW_SHEET: N_("Review sheet"),
}


def registered_name(format_: str) -> str:
    """Return what the release register calls an export in this format."""
    return _REGISTERED + format_


def registered_title(name: str) -> str | None:
    """Return the title of an export as the register names it, still to be translated; None of a paper."""
    if name in _OF_REVIEWS:
        return _OF_REVIEWS[name]
    return FORMATS.get(name.removeprefix(_REGISTERED)) if name.startswith(_REGISTERED) else None
