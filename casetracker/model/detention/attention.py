"""How much attention a case needs: a number, and every reason behind it in words with its weight.

The weights are the office's judgment and no measure of suffering: they only put first what may otherwise be
forgotten. Each reason is shown beside the number, so that anybody can see why a case stands where it does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casetracker.i18n import N_, ntr, tr
from casetracker.model.detention.custody import IN_CUSTODY, CustodyStatus

ELDERLY = 65  # years
CONSENT_ENDS_SOON = 30  # days
SILENT_AFTER = 180  # days without news after which silence counts; more after twice that time
REPRISAL_COUNTS = 365  # days during which a reprisal counts
HIGH, MIDDLE = 60, 35  # from here the chip is red, and amber

# What each reason adds.
WEIGHTS = {
    "custody": 20,
    "no_news": 15,
    "minor": 15,
    "elderly": 10,
    "health": 15,
    "silence": 10,
    "long_silence": 20,
    "beyond": 25,
    "overdue": 15,
    "never_presented": 10,
    "no_consent": 10,
    "consent_ending": 5,
    "cut_off": 10,
    "reprisal": 15,
}

_WORDS = {
    "custody": N_("Deprived of liberty"),
    "no_news": N_("Whereabouts unknown"),
    "minor": N_("A minor"),
    "elderly": N_("{n} years or older"),
    "health": N_("Health is a concern"),
    "long_silence": N_("There was never any news"),
    "never_presented": N_("Never put to an official"),
    "no_consent": N_("No consent for officials"),
    "cut_off": N_("The family may not reach them"),
    "reprisal": N_("A relative was detained or threatened"),
}


@dataclass(frozen=True)
class Signs:
    """What is known of a case; days are counted as of one day."""

    open: bool = True  # the office still works on it
    status: CustodyStatus = CustodyStatus.UNKNOWN
    minor: bool = False
    elderly: bool = False
    ill: bool = False
    days_silent: int | None = None  # nothing where there never was any news
    days_beyond: int | None = None  # past the end of the sentence, at least
    days_overdue: int = 0  # of the promise that is overdue for the longest time
    presented: bool = False
    consent: bool = False  # the family lets the case be put to officials
    consent_ends_in: int | None = None
    cut_off: bool = False  # the family may not reach the detained
    reprisal: bool = False


@dataclass(frozen=True)
class Reason:
    """One reason, in words, and what it adds."""

    text: str
    weight: int


@dataclass(frozen=True)
class Attention:
    """How much attention a case needs, and why; the reasons with the greatest weight first."""

    score: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def tone(self) -> str:
        """The tone of the chip that shows the score."""
        return "red" if self.score >= HIGH else "amber" if self.score >= MIDDLE else "grey"

    def text(self) -> str:
        """Write all reasons, one a line, each with its weight."""
        lines = (tr(N_("+{weight}  {reason}"), weight=r.weight, reason=r.text) for r in self.reasons)
        return "\n".join(lines)

    def short(self, most: int = 3) -> str:
        """Write the weightiest reasons in one line."""
        return " · ".join(r.text for r in self.reasons[:most])


def attention(signs: Signs) -> Attention:
    """Add up what speaks for looking at a case now; nothing for one that the office has laid to rest."""
    keys = sorted(reasons(signs), key=lambda key: -WEIGHTS[key])
    return Attention(score(signs), tuple(Reason(_said(key, signs), WEIGHTS[key]) for key in keys))


def score(signs: Signs) -> int:
    """Return the number alone, without the words."""
    return sum(WEIGHTS[key] for key in reasons(signs))


def reasons(signs: Signs) -> list[str]:
    """Return which reasons hold, by their keys in `WEIGHTS`."""
    if not signs.open:
        return []
    held = signs.status in IN_CUSTODY or signs.status is CustodyStatus.RESTRICTED
    missing = signs.status is CustodyStatus.NO_NEWS
    holds = _of_the_detention(signs, held=held) if held or missing else {}
    holds |= {
        "overdue": signs.days_overdue > 0,
        "no_consent": not signs.consent,
        "consent_ending": signs.consent
        and signs.consent_ends_in is not None
        and signs.consent_ends_in <= CONSENT_ENDS_SOON,
        "reprisal": signs.reprisal,
    }
    return [key for key, true in holds.items() if true]


def _of_the_detention(signs: Signs, *, held: bool) -> dict[str, bool]:
    """Return what speaks for somebody who is held or missing."""
    silent = signs.days_silent
    long = silent is None or silent > 2 * SILENT_AFTER
    return {
        "custody": held,
        "no_news": not held,
        "minor": signs.minor,
        "elderly": signs.elderly,
        "health": signs.ill,
        "cut_off": signs.cut_off and held,
        "beyond": bool(signs.days_beyond),
        "silence": not long and silent is not None and silent > SILENT_AFTER,
        "long_silence": long,
        "never_presented": not signs.presented,
    }


def _said(key: str, signs: Signs) -> str:
    """Say a reason in words."""
    if key == "beyond":
        n = signs.days_beyond or 0
        return ntr("Held {n} day beyond the sentence", "Held {n} days beyond the sentence", n)
    if key in ("silence", "long_silence") and signs.days_silent is not None:
        return ntr("No news for {n} day", "No news for {n} days", signs.days_silent)
    if key == "overdue":
        return ntr("A promise is {n} day overdue", "A promise is {n} days overdue", signs.days_overdue)
    if key == "consent_ending":
        return ntr("Consent ends in {n} day", "Consent ends in {n} days", signs.consent_ends_in or 0)
    return tr(_WORDS[key], n=ELDERLY)


def old(born: dt.date, day: dt.date) -> int:
    """Return the age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
