"""Who may read what of a made-up casebook, said by hand and not asked of the program.

A rule and its test must not be derived from each other, so nothing of `model.confidentiality` but its lists
of audiences, uses and kinds of facts is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casetracker.model.confidentiality import Audience, Confidentiality, Sensitivity, Use
from tests.books.plans import Answers, Said, Someone

# The consent with which a case, or a name, is given to each audience; the public needs one more for names.
CASE = {
    Audience.FAMILY: Use.K0,
    Audience.OFFICIAL: Use.K3,
    Audience.MINISTRY: Use.K4,
    Audience.UN: Use.K6,
    Audience.PARTNER: Use.K2,
    Audience.PUBLIC: Use.K8,
}
NAME = CASE | {Audience.PUBLIC: Use.K9}
HIDDEN_LEVELS = (Confidentiality.INTERNAL, Confidentiality.RESTRICTED)


@dataclass(frozen=True)
class Paper:
    """For whom a paper is, what was let through, and (for a family) whose it is."""

    audience: Audience
    let_through: frozenset[Sensitivity]
    families: frozenset[int]  # those of the cases that it is about


Rule = Callable[[Paper], bool]


@dataclass
class Secrets:
    """Words of a casebook, each with the rules by which it may stand; one that says yes is enough."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)

    def add(self, words: Iterable[str], rule: Rule) -> None:
        """Note words that may stand only where the rule says so."""
        for word in words:
            self.rules.setdefault(word, []).append(rule)

    def of(self, paper: Paper) -> list[str]:
        """Return the words that must not stand in a paper."""
        return [word for word, rules in self.rules.items() if not any(rule(paper) for rule in rules)]


def office(paper: Paper) -> bool:
    """What never leaves."""
    return paper.audience is Audience.INTERNAL


def uses(speakers: Iterable[Answers]) -> frozenset[Use]:
    """Return what was agreed to by somebody and refused by nobody, as it stands today."""
    said = [each for answers in speakers for each in answers]
    refused = {use for use, how in said if how is Said.REFUSES}
    return frozenset({use for use, how in said if how is Said.AGREES} - refused)


def anybody(level: Confidentiality) -> Rule:
    """What may be read by all who may know of the record."""
    return lambda paper: office(paper) or level not in HIDDEN_LEVELS


def case_rule(agreed: frozenset[Use], level: Confidentiality, family: int) -> Rule:
    """That there is such a case, and what is open about it."""

    def rule(paper: Paper) -> bool:
        if office(paper):
            return True
        if level in HIDDEN_LEVELS or CASE[paper.audience] not in agreed:
            return False
        return paper.audience is not Audience.FAMILY or family in paper.families

    return rule


def story_rule(agreed: frozenset[Use], case: Rule) -> Rule:
    """What happened, and where: as the name, of a case that may be known."""

    def rule(paper: Paper) -> bool:
        if office(paper) or paper.audience is Audience.FAMILY:
            return case(paper)
        return case(paper) and NAME[paper.audience] in agreed

    return rule


def held_rule(kind: Sensitivity, agreed: frozenset[Use], case: Rule) -> Rule:
    """What only the family reads, unless it was let through of somebody who may be named."""
    story = story_rule(agreed, case)

    def rule(paper: Paper) -> bool:
        if office(paper) or paper.audience is Audience.FAMILY:
            return case(paper)
        return kind in paper.let_through and story(paper)

    return rule


def name_rule(person: Someone, agreed: frozenset[Use], families: frozenset[int]) -> Rule:
    """A name in full."""

    def rule(paper: Paper) -> bool:
        if office(paper):
            return True
        if person.level in HIDDEN_LEVELS:
            return False
        if person.official:
            return True
        if paper.audience is Audience.FAMILY:
            return bool(families & paper.families)
        return not person.child and NAME[paper.audience] in agreed

    return rule


def birth_rule(person: Someone, agreed: frozenset[Use], families: frozenset[int]) -> Rule:
    """The day of birth; partners and the public get the year, unless it was let through."""
    named = name_rule(person, agreed, families)

    def rule(paper: Paper) -> bool:
        if paper.audience in (Audience.PARTNER, Audience.PUBLIC):
            return Sensitivity.BIRTH in paper.let_through and named(paper)
        if paper.audience in (Audience.INTERNAL, Audience.FAMILY):
            return named(paper)
        return person.level not in HIDDEN_LEVELS and NAME[paper.audience] in agreed

    return rule


def fate_rule(person: Someone, agreed: frozenset[Use]) -> Rule:
    """What the police and the courts here did to somebody."""

    def rule(paper: Paper) -> bool:
        if office(paper) or paper.audience is Audience.FAMILY:
            return True
        if paper.audience is Audience.PUBLIC:
            return Sensitivity.FATE_HERE in paper.let_through and NAME[paper.audience] in agreed
        return NAME[paper.audience] in agreed

    return rule
