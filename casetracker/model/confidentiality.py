"""Who may see what. Every rule of confidentiality is in this file and nowhere else.

A field says its `Sensitivity`: what it could do to somebody if the wrong person read it. A record has a
`Confidentiality`: who may know that it exists. The two tables below say what each `Audience` gets; what they
do not grant is withheld. Source of the rules: the redaction matrix and the consent codes K0 to K12 of the
field's practice (Berkeley Protocol, OHCHR monitoring manual, Murad Code), as gathered for this project.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

from casetracker.i18n import N_, tr


class Confidentiality(IntEnum):
    """How closely a whole record is kept."""

    PUBLIC = 0
    PARTNER = 1
    OFFICIAL = 2
    INTERNAL = 3
    RESTRICTED = 4


class Audience(Enum):
    """Those who will read what leaves the program; the value is the name used on the command line."""

    INTERNAL = "internal"
    FAMILY = "family"
    OFFICIAL = "official"
    MINISTRY = "ministry"
    UN = "un"
    PARTNER = "partner"
    PUBLIC = "public"


AUDIENCE_LABELS: dict[Audience, str] = {
    Audience.INTERNAL: N_("The office"),
    Audience.FAMILY: N_("The family"),
    Audience.OFFICIAL: N_("Officials (Commissioner)"),
    Audience.MINISTRY: N_("Ministries"),
    Audience.UN: N_("United Nations"),
    Audience.PARTNER: N_("Partner organisations"),
    Audience.PUBLIC: N_("The public"),
}

# The most closely kept record that an audience may know of. Partners and the public are told of what is kept
# for officials too, but of people only with their consent: see `PERSON_CONSENT`.
CLEARANCE: dict[Audience, Confidentiality] = {
    Audience.INTERNAL: Confidentiality.RESTRICTED,
    Audience.FAMILY: Confidentiality.OFFICIAL,
    Audience.OFFICIAL: Confidentiality.OFFICIAL,
    Audience.MINISTRY: Confidentiality.OFFICIAL,
    Audience.UN: Confidentiality.OFFICIAL,
    Audience.PARTNER: Confidentiality.OFFICIAL,
    Audience.PUBLIC: Confidentiality.OFFICIAL,
}


class Use(Enum):
    """What somebody agrees to: the consent codes K0 to K12."""

    K0 = N_("Keep in the office's casebook")
    K1 = N_("Count in anonymous statistics")
    K2 = N_("Share with a partner organisation")
    K3 = N_("Share with the Commissioner and other officials, with full identity")
    K4 = N_("Share with another Kazakh ministry or body")
    K5 = N_("Let the Ministry of Foreign Affairs pass the name to China")
    K6 = N_("Give to the United Nations, name to the government")
    K7 = N_("Give to the United Nations, name in a public report")
    K8 = N_("Publish without the name")
    K9 = N_("Publish with the name")
    K10 = N_("Publish photograph, video or voice")
    K11 = N_("Publish the testifier's own name")
    K12 = N_("Contact again")


USE_SHORT: dict[Use, str] = {
    Use.K0: N_("keep"),
    Use.K1: N_("statistics"),
    Use.K2: N_("partners"),
    Use.K3: N_("officials"),
    Use.K4: N_("ministries"),
    Use.K5: N_("name to China"),
    Use.K6: N_("United Nations"),
    Use.K7: N_("UN, public"),
    Use.K8: N_("publish without name"),
    Use.K9: N_("publish with name"),
    Use.K10: N_("publish photograph"),
    Use.K11: N_("publish testifier"),
    Use.K12: N_("contact again"),
}

# A case leaves the office for an audience only with this consent.
CASE_CONSENT: dict[Audience, Use] = {
    Audience.OFFICIAL: Use.K3,
    Audience.MINISTRY: Use.K4,
    Audience.UN: Use.K6,
    Audience.PARTNER: Use.K2,
    Audience.PUBLIC: Use.K8,
    Audience.FAMILY: Use.K0,
}

# The consent without which an audience is shown no face; whoever agrees to be named need not agree to that.
PORTRAIT_CONSENT: dict[Audience, Use] = {
    Audience.OFFICIAL: Use.K3,
    Audience.MINISTRY: Use.K3,
    Audience.UN: Use.K6,
    Audience.PARTNER: Use.K10,
    Audience.PUBLIC: Use.K10,
}

# With this consent about their own data somebody who submits a paper gives their own contacts to its readers,
# on a sheet apart. Other contacts never leave.
SUBMITTER_CONSENT: dict[Audience, Use] = {
    Audience.OFFICIAL: Use.K3,
    Audience.MINISTRY: Use.K4,
    Audience.UN: Use.K6,
}

# Nobody but a holder of public office exists for these audiences without one of these consents, not even as
# initials.
PERSON_CONSENT: dict[Audience, frozenset[Use]] = {
    Audience.PARTNER: frozenset({Use.K2}),
    Audience.PUBLIC: frozenset({Use.K8, Use.K9, Use.K11}),
}


class Sensitivity(Enum):
    """What a field could do to somebody if the wrong person read it; the label says so in plain words."""

    OPEN = N_("what may be read by every audience that may know of the record")
    NAME = N_("names")
    PORTRAIT = N_("photographs of people")
    BIRTH = N_("dates of birth")
    PLACE = N_("places in Xinjiang")
    ADDRESS = N_("home addresses")
    STORY = N_("accounts of what happened")
    HEALTH = N_("health")
    FATE_HERE = N_("what happened to relatives at protests")
    RELATION = N_("how a source is related")
    TESTIFIER = N_("who told, and how the news came")
    IDENTITY = N_("numbers of passports and identity cards")
    CONTACT = N_("telephone numbers and other contacts")
    RELATIVE = N_("relatives who are still in China")
    PERPETRATOR = N_("names of officers and guards")
    GRADE = N_("grades of sources")
    REVIEW = N_("what families' representatives were asked and what they answered")
    NOTES = N_("internal notes")


@dataclass(frozen=True)
class Subject:
    """Whom a record is about, as far as rules need it: living consents, and whether still a child."""

    consents: frozenset[Use] = frozenset()
    minor: bool = False
    public_figure: bool = False  # an official named for an act of office


Rule = Callable[[str, Subject], str | None]  # the text of a field -> what is given, or None to withhold


def show(text: str, subject: Subject) -> str | None:
    """Give the text as it is."""
    return text


def hide(text: str, subject: Subject) -> str | None:
    """Withhold the text."""
    return None


def initials(text: str, subject: Subject) -> str | None:
    """Give the first letter of each word."""
    return " ".join(f"{word[0]}." for word in text.split())


def year(text: str, subject: Subject) -> str | None:
    """Give the year of a date and nothing finer."""
    return next((word for word in text.replace("-", " ").split() if len(word) == 4 and word.isdigit()), None)


def consent(*uses: Use, otherwise: Rule = hide) -> Rule:
    """Give the text if one of these uses was agreed to."""
    return lambda text, subject: text if subject.consents & set(uses) else otherwise(text, subject)


def named(*uses: Use, otherwise: Rule = hide) -> Rule:
    """Give a name: an official's always, a child's as initials, an adult's with consent."""

    def rule(text: str, subject: Subject) -> str | None:
        if subject.public_figure:
            return text
        if subject.minor:
            return initials(text, subject)
        return text if subject.consents & set(uses) else otherwise(text, subject)

    return rule


def pictured(*uses: Use) -> Rule:
    """Give somebody's photograph, if one of these uses was agreed to; a child's never."""
    given = consent(*uses)
    return lambda text, subject: None if subject.minor else given(text, subject)


_A, _U = Audience, Use
MATRIX: dict[Sensitivity, dict[Audience, Rule]] = {
    Sensitivity.OPEN: dict.fromkeys(_A, show),
    Sensitivity.NAME: {
        _A.INTERNAL: show,
        _A.FAMILY: show,
        _A.OFFICIAL: named(_U.K3),
        _A.MINISTRY: named(_U.K4),
        _A.UN: named(_U.K6),
        _A.PARTNER: named(_U.K2),
        _A.PUBLIC: named(_U.K9, otherwise=initials),
    },
    Sensitivity.PORTRAIT: {
        _A.INTERNAL: show,
        _A.FAMILY: show,
        **{audience: pictured(use) for audience, use in PORTRAIT_CONSENT.items()},
    },
    Sensitivity.BIRTH: {
        _A.INTERNAL: show,
        _A.FAMILY: show,
        _A.OFFICIAL: consent(_U.K3, otherwise=year),
        _A.MINISTRY: consent(_U.K4, otherwise=year),
        _A.UN: consent(_U.K6, otherwise=year),
        _A.PARTNER: year,
        _A.PUBLIC: year,
    },
    Sensitivity.PLACE: {
        _A.INTERNAL: show,
        _A.FAMILY: show,
        _A.OFFICIAL: consent(_U.K3),
        _A.MINISTRY: consent(_U.K4),
        _A.UN: consent(_U.K6),
        _A.PARTNER: consent(_U.K2),
        _A.PUBLIC: consent(_U.K9),
    },
    Sensitivity.ADDRESS: {_A.INTERNAL: show, _A.FAMILY: show, _A.UN: consent(_U.K6)},
    Sensitivity.STORY: {
        _A.INTERNAL: show,
        _A.FAMILY: show,
        _A.OFFICIAL: consent(_U.K3),
        _A.MINISTRY: consent(_U.K4),
        _A.UN: consent(_U.K6),
        _A.PARTNER: consent(_U.K2),
        _A.PUBLIC: consent(_U.K9),
    },
    Sensitivity.HEALTH: {_A.INTERNAL: show, _A.FAMILY: show},
    Sensitivity.FATE_HERE: {
        _A.INTERNAL: show,
        _A.FAMILY: show,
        _A.OFFICIAL: consent(_U.K3),
        _A.MINISTRY: consent(_U.K4),
        _A.UN: consent(_U.K6),
        _A.PARTNER: consent(_U.K2),
    },
    Sensitivity.RELATION: {a: show for a in _A if a is not _A.PUBLIC},
    Sensitivity.TESTIFIER: {_A.INTERNAL: show},
    Sensitivity.IDENTITY: {_A.INTERNAL: show},
    Sensitivity.CONTACT: {_A.INTERNAL: show},
    Sensitivity.RELATIVE: {_A.INTERNAL: show, _A.FAMILY: show},
    Sensitivity.PERPETRATOR: {_A.INTERNAL: show},
    Sensitivity.GRADE: {_A.INTERNAL: show},
    Sensitivity.REVIEW: {_A.INTERNAL: show, _A.FAMILY: show},
    Sensitivity.NOTES: {_A.INTERNAL: show},
}


# Kinds of facts that may be let through for one paper, with a reason and a name, where its readers would not
# get them. Names are a matter of consent alone; the rest could cost somebody their freedom and never leaves.
MAY_BE_LET_THROUGH: frozenset[Sensitivity] = frozenset(
    {
        Sensitivity.BIRTH,
        Sensitivity.PLACE,
        Sensitivity.ADDRESS,
        Sensitivity.STORY,
        Sensitivity.HEALTH,
        Sensitivity.FATE_HERE,
        Sensitivity.RELATION,
    }
)
NOTHING: frozenset[Sensitivity] = frozenset()


def may_know_of(level: Confidentiality, audience: Audience) -> bool:
    """Whether a record of this level exists at all for this audience."""
    return level <= CLEARANCE[audience]


def contacts_may_stand_apart(audience: Audience, own: frozenset[Use], *, minor: bool) -> bool:
    """Whether the contacts of a submitter, who agreed to `own`, may stand on the sheet apart."""
    if audience is Audience.INTERNAL:
        return True
    return not minor and audience in SUBMITTER_CONSENT and SUBMITTER_CONSENT[audience] in own


def may_be_named_at_all(subject: Subject, audience: Audience) -> bool:
    """Whether a person exists for this audience; how they are called is the matter of `disclosed`."""
    uses = PERSON_CONSENT.get(audience)
    return uses is None or subject.public_figure or bool(uses & subject.consents)


def disclosed(
    sensitivity: Sensitivity,
    text: str,
    subject: Subject,
    audience: Audience,
    let_through: frozenset[Sensitivity] = NOTHING,
) -> str | None:
    """What this audience gets of a field's text; None where it is withheld.

    What is let through for one paper is given of those only who may be named in it: never of a child, nor of
    somebody who did not agree.
    """
    if sensitivity in let_through & MAY_BE_LET_THROUGH and _may_be_named(subject, audience):
        return text
    return MATRIX[sensitivity].get(audience, hide)(text, subject)


def _may_be_named(subject: Subject, audience: Audience) -> bool:
    name = "a name"
    return MATRIX[Sensitivity.NAME].get(audience, hide)(name, subject) == name


_IN_A_LIST = {Sensitivity.OPEN: N_("which cases there are, and how each of them stands")}
_DAY = "7 May 2001"  # a text that every rule has something to do with: words, and a year in them


def kinds_held_back(audience: Audience) -> list[Sensitivity]:
    """Return the kinds of facts that this audience never gets in full, whatever was agreed to."""
    everything = Subject(frozenset(Use), public_figure=True)
    return [s for s in Sensitivity if disclosed(s, _DAY, everything, audience) != _DAY]


def told(audience: Audience, let_through: frozenset[Sensitivity] = NOTHING) -> list[str]:
    """Say, in plain words, what this audience will be able to learn, and of whom."""
    said = []
    for kind in Sensitivity:
        most, least = (
            disclosed(kind, _DAY, subject, audience, let_through)
            for subject in (Subject(frozenset(Use)), Subject())
        )
        label = tr(_IN_A_LIST.get(kind, kind.value))
        if most == least == _DAY:
            said.append(label)
        elif most == _DAY:
            said.append(tr(N_("{kind} (of those who agreed)"), kind=label))
        elif most is not None:
            said.append(tr(N_("{kind} (the year only)"), kind=label))
    return said


def held_back(audience: Audience, let_through: frozenset[Sensitivity] = NOTHING) -> list[str]:
    """Name, in plain words, the kinds of facts that this audience never gets."""
    everything = Subject(frozenset(Use), public_figure=True)
    return [
        tr(s.value) for s in Sensitivity if disclosed(s, "2001", everything, audience, let_through) is None
    ]


WITHHELD = "—"
