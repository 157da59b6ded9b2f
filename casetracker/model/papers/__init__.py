"""Numbers of identity papers, looked at while they are typed. A warning never keeps one from being saved."""

from __future__ import annotations

from enum import Enum

from casetracker.i18n import N_
from casetracker.model.papers import iin, mrz, passport, prc
from casetracker.model.papers.finding import NOTHING_KNOWN, Finding, Known, Severity

__all__ = ["NOTHING_KNOWN", "Finding", "Known", "PaperKind", "Severity", "check", "normalised"]


class PaperKind(Enum):
    """What sort of paper a number stands on; the values are labels."""

    PRC_ID = N_("Chinese identity card")
    PRC_PASSPORT = N_("Chinese passport")
    PRC_HUKOU = N_("Household register")
    PRC_PERMIT = N_("Exit-entry permit")
    KZ_IIN = N_("IIN")
    KZ_PASSPORT = N_("Kazakh passport")
    KZ_CARD = N_("Kazakh identity card")
    KZ_RESIDENCE = N_("Residence permit of Kazakhstan")
    KZ_KANDAS = N_("Kandas certificate")
    BIRTH = N_("Birth certificate")
    OTHER = N_("Other paper")


def check(kind: PaperKind, number: str, known: Known = NOTHING_KNOWN, zone: str = "") -> list[Finding]:
    """Say what is odd about a number of that kind; nothing about kinds whose numbers have no known shape.

    `zone` are the lines for machines, as far as they were typed too.
    """
    lines = [*mrz.check(zone), *mrz.compare(zone, normalised(kind, number), known)] if zone.strip() else []
    return [*(_check_number(kind, number, known) if number.strip() else []), *lines]


def _check_number(kind: PaperKind, number: str, known: Known) -> list[Finding]:
    if kind is PaperKind.PRC_ID:
        return prc.check(number, known)
    if kind is PaperKind.KZ_IIN:
        return iin.check(number, known)
    shapes = {
        PaperKind.PRC_PASSPORT: passport.check_prc,
        PaperKind.KZ_PASSPORT: passport.check_kazakhstan,
        PaperKind.KZ_CARD: passport.check_kazakhstan_card,
    }
    return shapes[kind](number) if kind in shapes else []


def normalised(kind: PaperKind, number: str) -> str:
    """Return the form in which a number is compared, so that both generations of a Chinese number are one."""
    if kind is PaperKind.PRC_ID:
        parts = prc.read(number)
        return parts.full if parts else prc.normalised(number)
    return passport.normalised(number)
