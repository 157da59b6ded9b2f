"""Kinship: what one relative is to another, exactly enough for the terms of Kazakh, Russian and English.

Every member says what somebody is *to* another person, the one of whom the term is said: in "Aidar is the
sister's son of Aigerim" that is Aigerim. Kazakh tells the mother's side (нағашы) and the sister's children
(жиен) from the father's, elder from younger, and calls a man's younger sister қарындас, a woman's сіңлі.
The less exact members are for what is not known, and for what was recorded before there were exact ones.

Labels lie in `resources/terms/Kinship.toml` and `kinship_by_speaker.toml`; HURIDOCS list 21 (types of
relationship) knows spouse, sibling, parent, child and other relative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from casetracker import i18n
from casetracker.i18n import N_
from casetracker.model import terms

_BY_SPEAKER = "kinship_by_speaker"
_KAZAKH = "kk"


class Kinship(Enum):
    """What somebody is to a relative; the nearest first, what is less exact at the end."""

    WIFE = N_("Wife")
    HUSBAND = N_("Husband")
    MOTHER = N_("Mother")
    FATHER = N_("Father")
    DAUGHTER = N_("Daughter")
    SON = N_("Son")
    ELDER_BROTHER = N_("Elder brother")
    YOUNGER_BROTHER = N_("Younger brother")
    ELDER_SISTER = N_("Elder sister")
    YOUNGER_SISTER = N_("Younger sister")
    FATHERS_FATHER = N_("Father's father")
    FATHERS_MOTHER = N_("Father's mother")
    MOTHERS_FATHER = N_("Mother's father")
    MOTHERS_MOTHER = N_("Mother's mother")
    SONS_SON = N_("Son's son")
    SONS_DAUGHTER = N_("Son's daughter")
    DAUGHTERS_SON = N_("Daughter's son")
    DAUGHTERS_DAUGHTER = N_("Daughter's daughter")
    FATHERS_ELDER_BROTHER = N_("Father's elder brother")
    FATHERS_YOUNGER_BROTHER = N_("Father's younger brother")
    FATHERS_BROTHER = N_("Father's brother")
    FATHERS_SISTER = N_("Father's sister")
    MOTHERS_BROTHER = N_("Mother's brother")
    MOTHERS_SISTER = N_("Mother's sister")
    FATHERS_BROTHERS_WIFE = N_("Father's brother's wife")
    MOTHERS_BROTHERS_WIFE = N_("Mother's brother's wife")
    FATHERS_SISTERS_HUSBAND = N_("Father's sister's husband")
    MOTHERS_SISTERS_HUSBAND = N_("Mother's sister's husband")
    BROTHERS_SON = N_("Brother's son")
    BROTHERS_DAUGHTER = N_("Brother's daughter")
    SISTERS_SON = N_("Sister's son")
    SISTERS_DAUGHTER = N_("Sister's daughter")
    FATHERS_BROTHERS_SON = N_("Cousin (father's brother's son)")
    FATHERS_BROTHERS_DAUGHTER = N_("Cousin (father's brother's daughter)")
    FATHERS_SISTERS_SON = N_("Cousin (father's sister's son)")
    FATHERS_SISTERS_DAUGHTER = N_("Cousin (father's sister's daughter)")
    MOTHERS_BROTHERS_SON = N_("Cousin (mother's brother's son)")
    MOTHERS_BROTHERS_DAUGHTER = N_("Cousin (mother's brother's daughter)")
    MOTHERS_SISTERS_SON = N_("Cousin (mother's sister's son)")
    MOTHERS_SISTERS_DAUGHTER = N_("Cousin (mother's sister's daughter)")
    WIFES_FATHER = N_("Father-in-law (wife's father)")
    WIFES_MOTHER = N_("Mother-in-law (wife's mother)")
    HUSBANDS_FATHER = N_("Father-in-law (husband's father)")
    HUSBANDS_MOTHER = N_("Mother-in-law (husband's mother)")
    SONS_WIFE = N_("Daughter-in-law (son's wife)")
    DAUGHTERS_HUSBAND = N_("Son-in-law (daughter's husband)")
    ELDER_BROTHERS_WIFE = N_("Elder brother's wife")
    YOUNGER_BROTHERS_WIFE = N_("Younger brother's wife")
    ELDER_SISTERS_HUSBAND = N_("Elder sister's husband")
    YOUNGER_SISTERS_HUSBAND = N_("Younger sister's husband")
    WIFES_ELDER_BROTHER = N_("Wife's elder brother")
    WIFES_YOUNGER_BROTHER = N_("Wife's younger brother")
    WIFES_ELDER_SISTER = N_("Wife's elder sister")
    WIFES_YOUNGER_SISTER = N_("Wife's younger sister")
    HUSBANDS_ELDER_BROTHER = N_("Husband's elder brother")
    HUSBANDS_YOUNGER_BROTHER = N_("Husband's younger brother")
    HUSBANDS_ELDER_SISTER = N_("Husband's elder sister")
    HUSBANDS_YOUNGER_SISTER = N_("Husband's younger sister")
    WIFES_SISTERS_HUSBAND = N_("Wife's sister's husband")
    HUSBANDS_BROTHERS_WIFE = N_("Husband's brother's wife")
    CHILDS_FATHER_IN_LAW = N_("Father of a child's wife or husband")
    CHILDS_MOTHER_IN_LAW = N_("Mother of a child's wife or husband")
    STEPMOTHER = N_("Stepmother")
    STEPFATHER = N_("Stepfather")
    STEPDAUGHTER = N_("Stepdaughter")
    STEPSON = N_("Stepson")
    GUARDIAN = N_("Guardian")
    WARD = N_("Person under guardianship")
    SPOUSE = N_("Wife or husband")
    PARENT = N_("Parent")
    CHILD = N_("Child")
    BROTHER = N_("Brother")
    SISTER = N_("Sister")
    SIBLING = N_("Brother or sister")
    GRANDFATHER = N_("Grandfather")
    GRANDMOTHER = N_("Grandmother")
    GRANDPARENT = N_("Grandparent")
    GRANDSON = N_("Grandson")
    GRANDDAUGHTER = N_("Granddaughter")
    GRANDCHILD = N_("Grandchild")
    GREAT_GRANDPARENT = N_("Great-grandparent")
    GREAT_GRANDCHILD = N_("Great-grandchild")
    UNCLE = N_("Uncle")
    AUNT = N_("Aunt")
    UNCLE_AUNT = N_("Uncle or aunt")
    NEPHEW = N_("Nephew")
    NIECE = N_("Niece")
    NEPHEW_NIECE = N_("Nephew or niece")
    COUSIN = N_("Cousin")
    IN_LAW = N_("Relative by marriage")
    OTHER = N_("Other relative")
    SELF = N_("The detained relative")


class Gender(Enum):
    """Whether a term is of a woman or a man; the sex in a person's papers has the same names."""

    FEMALE = "f"
    MALE = "m"


@dataclass(frozen=True)
class _About:
    """The sex a term stands for, the less exact term above it, and what the other one is in return."""

    sex: Gender | None
    wider: Kinship | None
    of_man: Kinship
    of_woman: Kinship


def _is(
    sex: Gender | None, wider: Kinship | None, of_man: Kinship, of_woman: Kinship | None = None
) -> _About:
    return _About(sex, wider, of_man, of_woman or of_man)


_K, _F, _M = Kinship, Gender.FEMALE, Gender.MALE
_ABOUT: dict[Kinship, _About] = {
    _K.WIFE: _is(_F, _K.SPOUSE, _K.HUSBAND),
    _K.HUSBAND: _is(_M, _K.SPOUSE, _K.WIFE),
    _K.MOTHER: _is(_F, _K.PARENT, _K.SON, _K.DAUGHTER),
    _K.FATHER: _is(_M, _K.PARENT, _K.SON, _K.DAUGHTER),
    _K.DAUGHTER: _is(_F, _K.CHILD, _K.FATHER, _K.MOTHER),
    _K.SON: _is(_M, _K.CHILD, _K.FATHER, _K.MOTHER),
    _K.ELDER_BROTHER: _is(_M, _K.BROTHER, _K.YOUNGER_BROTHER, _K.YOUNGER_SISTER),
    _K.YOUNGER_BROTHER: _is(_M, _K.BROTHER, _K.ELDER_BROTHER, _K.ELDER_SISTER),
    _K.ELDER_SISTER: _is(_F, _K.SISTER, _K.YOUNGER_BROTHER, _K.YOUNGER_SISTER),
    _K.YOUNGER_SISTER: _is(_F, _K.SISTER, _K.ELDER_BROTHER, _K.ELDER_SISTER),
    _K.FATHERS_FATHER: _is(_M, _K.GRANDFATHER, _K.SONS_SON, _K.SONS_DAUGHTER),
    _K.FATHERS_MOTHER: _is(_F, _K.GRANDMOTHER, _K.SONS_SON, _K.SONS_DAUGHTER),
    _K.MOTHERS_FATHER: _is(_M, _K.GRANDFATHER, _K.DAUGHTERS_SON, _K.DAUGHTERS_DAUGHTER),
    _K.MOTHERS_MOTHER: _is(_F, _K.GRANDMOTHER, _K.DAUGHTERS_SON, _K.DAUGHTERS_DAUGHTER),
    _K.SONS_SON: _is(_M, _K.GRANDSON, _K.FATHERS_FATHER, _K.FATHERS_MOTHER),
    _K.SONS_DAUGHTER: _is(_F, _K.GRANDDAUGHTER, _K.FATHERS_FATHER, _K.FATHERS_MOTHER),
    _K.DAUGHTERS_SON: _is(_M, _K.GRANDSON, _K.MOTHERS_FATHER, _K.MOTHERS_MOTHER),
    _K.DAUGHTERS_DAUGHTER: _is(_F, _K.GRANDDAUGHTER, _K.MOTHERS_FATHER, _K.MOTHERS_MOTHER),
    _K.FATHERS_ELDER_BROTHER: _is(_M, _K.FATHERS_BROTHER, _K.BROTHERS_SON, _K.BROTHERS_DAUGHTER),
    _K.FATHERS_YOUNGER_BROTHER: _is(_M, _K.FATHERS_BROTHER, _K.BROTHERS_SON, _K.BROTHERS_DAUGHTER),
    _K.FATHERS_BROTHER: _is(_M, _K.UNCLE, _K.BROTHERS_SON, _K.BROTHERS_DAUGHTER),
    _K.FATHERS_SISTER: _is(_F, _K.AUNT, _K.BROTHERS_SON, _K.BROTHERS_DAUGHTER),
    _K.MOTHERS_BROTHER: _is(_M, _K.UNCLE, _K.SISTERS_SON, _K.SISTERS_DAUGHTER),
    _K.MOTHERS_SISTER: _is(_F, _K.AUNT, _K.SISTERS_SON, _K.SISTERS_DAUGHTER),
    _K.FATHERS_BROTHERS_WIFE: _is(_F, _K.AUNT, _K.NEPHEW, _K.NIECE),
    _K.MOTHERS_BROTHERS_WIFE: _is(_F, _K.AUNT, _K.NEPHEW, _K.NIECE),
    _K.FATHERS_SISTERS_HUSBAND: _is(_M, _K.UNCLE, _K.NEPHEW, _K.NIECE),
    _K.MOTHERS_SISTERS_HUSBAND: _is(_M, _K.UNCLE, _K.NEPHEW, _K.NIECE),
    _K.BROTHERS_SON: _is(_M, _K.NEPHEW, _K.FATHERS_BROTHER, _K.FATHERS_SISTER),
    _K.BROTHERS_DAUGHTER: _is(_F, _K.NIECE, _K.FATHERS_BROTHER, _K.FATHERS_SISTER),
    _K.SISTERS_SON: _is(_M, _K.NEPHEW, _K.MOTHERS_BROTHER, _K.MOTHERS_SISTER),
    _K.SISTERS_DAUGHTER: _is(_F, _K.NIECE, _K.MOTHERS_BROTHER, _K.MOTHERS_SISTER),
    _K.FATHERS_BROTHERS_SON: _is(_M, _K.COUSIN, _K.FATHERS_BROTHERS_SON, _K.FATHERS_BROTHERS_DAUGHTER),
    _K.FATHERS_BROTHERS_DAUGHTER: _is(_F, _K.COUSIN, _K.FATHERS_BROTHERS_SON, _K.FATHERS_BROTHERS_DAUGHTER),
    _K.FATHERS_SISTERS_SON: _is(_M, _K.COUSIN, _K.MOTHERS_BROTHERS_SON, _K.MOTHERS_BROTHERS_DAUGHTER),
    _K.FATHERS_SISTERS_DAUGHTER: _is(_F, _K.COUSIN, _K.MOTHERS_BROTHERS_SON, _K.MOTHERS_BROTHERS_DAUGHTER),
    _K.MOTHERS_BROTHERS_SON: _is(_M, _K.COUSIN, _K.FATHERS_SISTERS_SON, _K.FATHERS_SISTERS_DAUGHTER),
    _K.MOTHERS_BROTHERS_DAUGHTER: _is(_F, _K.COUSIN, _K.FATHERS_SISTERS_SON, _K.FATHERS_SISTERS_DAUGHTER),
    _K.MOTHERS_SISTERS_SON: _is(_M, _K.COUSIN, _K.MOTHERS_SISTERS_SON, _K.MOTHERS_SISTERS_DAUGHTER),
    _K.MOTHERS_SISTERS_DAUGHTER: _is(_F, _K.COUSIN, _K.MOTHERS_SISTERS_SON, _K.MOTHERS_SISTERS_DAUGHTER),
    _K.WIFES_FATHER: _is(_M, _K.IN_LAW, _K.DAUGHTERS_HUSBAND),
    _K.WIFES_MOTHER: _is(_F, _K.IN_LAW, _K.DAUGHTERS_HUSBAND),
    _K.HUSBANDS_FATHER: _is(_M, _K.IN_LAW, _K.SONS_WIFE),
    _K.HUSBANDS_MOTHER: _is(_F, _K.IN_LAW, _K.SONS_WIFE),
    _K.SONS_WIFE: _is(_F, _K.IN_LAW, _K.HUSBANDS_FATHER, _K.HUSBANDS_MOTHER),
    _K.DAUGHTERS_HUSBAND: _is(_M, _K.IN_LAW, _K.WIFES_FATHER, _K.WIFES_MOTHER),
    _K.ELDER_BROTHERS_WIFE: _is(_F, _K.IN_LAW, _K.HUSBANDS_YOUNGER_BROTHER, _K.HUSBANDS_YOUNGER_SISTER),
    _K.YOUNGER_BROTHERS_WIFE: _is(_F, _K.IN_LAW, _K.HUSBANDS_ELDER_BROTHER, _K.HUSBANDS_ELDER_SISTER),
    _K.ELDER_SISTERS_HUSBAND: _is(_M, _K.IN_LAW, _K.WIFES_YOUNGER_BROTHER, _K.WIFES_YOUNGER_SISTER),
    _K.YOUNGER_SISTERS_HUSBAND: _is(_M, _K.IN_LAW, _K.WIFES_ELDER_BROTHER, _K.WIFES_ELDER_SISTER),
    _K.WIFES_ELDER_BROTHER: _is(_M, _K.IN_LAW, _K.YOUNGER_SISTERS_HUSBAND),
    _K.WIFES_YOUNGER_BROTHER: _is(_M, _K.IN_LAW, _K.ELDER_SISTERS_HUSBAND),
    _K.WIFES_ELDER_SISTER: _is(_F, _K.IN_LAW, _K.YOUNGER_SISTERS_HUSBAND),
    _K.WIFES_YOUNGER_SISTER: _is(_F, _K.IN_LAW, _K.ELDER_SISTERS_HUSBAND),
    _K.HUSBANDS_ELDER_BROTHER: _is(_M, _K.IN_LAW, _K.YOUNGER_BROTHERS_WIFE),
    _K.HUSBANDS_YOUNGER_BROTHER: _is(_M, _K.IN_LAW, _K.ELDER_BROTHERS_WIFE),
    _K.HUSBANDS_ELDER_SISTER: _is(_F, _K.IN_LAW, _K.YOUNGER_BROTHERS_WIFE),
    _K.HUSBANDS_YOUNGER_SISTER: _is(_F, _K.IN_LAW, _K.ELDER_BROTHERS_WIFE),
    _K.WIFES_SISTERS_HUSBAND: _is(_M, _K.IN_LAW, _K.WIFES_SISTERS_HUSBAND),
    _K.HUSBANDS_BROTHERS_WIFE: _is(_F, _K.IN_LAW, _K.HUSBANDS_BROTHERS_WIFE),
    _K.CHILDS_FATHER_IN_LAW: _is(_M, _K.IN_LAW, _K.CHILDS_FATHER_IN_LAW, _K.CHILDS_MOTHER_IN_LAW),
    _K.CHILDS_MOTHER_IN_LAW: _is(_F, _K.IN_LAW, _K.CHILDS_FATHER_IN_LAW, _K.CHILDS_MOTHER_IN_LAW),
    _K.STEPMOTHER: _is(_F, _K.OTHER, _K.STEPSON, _K.STEPDAUGHTER),
    _K.STEPFATHER: _is(_M, _K.OTHER, _K.STEPSON, _K.STEPDAUGHTER),
    _K.STEPDAUGHTER: _is(_F, _K.OTHER, _K.STEPFATHER, _K.STEPMOTHER),
    _K.STEPSON: _is(_M, _K.OTHER, _K.STEPFATHER, _K.STEPMOTHER),
    _K.GUARDIAN: _is(None, _K.OTHER, _K.WARD),
    _K.WARD: _is(None, _K.OTHER, _K.GUARDIAN),
    _K.SPOUSE: _is(None, _K.OTHER, _K.HUSBAND, _K.WIFE),
    _K.PARENT: _is(None, _K.OTHER, _K.SON, _K.DAUGHTER),
    _K.CHILD: _is(None, _K.OTHER, _K.FATHER, _K.MOTHER),
    _K.BROTHER: _is(_M, _K.SIBLING, _K.BROTHER, _K.SISTER),
    _K.SISTER: _is(_F, _K.SIBLING, _K.BROTHER, _K.SISTER),
    _K.SIBLING: _is(None, _K.OTHER, _K.BROTHER, _K.SISTER),
    _K.GRANDFATHER: _is(_M, _K.GRANDPARENT, _K.GRANDSON, _K.GRANDDAUGHTER),
    _K.GRANDMOTHER: _is(_F, _K.GRANDPARENT, _K.GRANDSON, _K.GRANDDAUGHTER),
    _K.GRANDPARENT: _is(None, _K.OTHER, _K.GRANDSON, _K.GRANDDAUGHTER),
    _K.GRANDSON: _is(_M, _K.GRANDCHILD, _K.GRANDFATHER, _K.GRANDMOTHER),
    _K.GRANDDAUGHTER: _is(_F, _K.GRANDCHILD, _K.GRANDFATHER, _K.GRANDMOTHER),
    _K.GRANDCHILD: _is(None, _K.OTHER, _K.GRANDFATHER, _K.GRANDMOTHER),
    _K.GREAT_GRANDPARENT: _is(None, _K.OTHER, _K.GREAT_GRANDCHILD),
    _K.GREAT_GRANDCHILD: _is(None, _K.OTHER, _K.GREAT_GRANDPARENT),
    _K.UNCLE: _is(_M, _K.UNCLE_AUNT, _K.NEPHEW, _K.NIECE),
    _K.AUNT: _is(_F, _K.UNCLE_AUNT, _K.NEPHEW, _K.NIECE),
    _K.UNCLE_AUNT: _is(None, _K.OTHER, _K.NEPHEW, _K.NIECE),
    _K.NEPHEW: _is(_M, _K.NEPHEW_NIECE, _K.UNCLE, _K.AUNT),
    _K.NIECE: _is(_F, _K.NEPHEW_NIECE, _K.UNCLE, _K.AUNT),
    _K.NEPHEW_NIECE: _is(None, _K.OTHER, _K.UNCLE, _K.AUNT),
    _K.COUSIN: _is(None, _K.OTHER, _K.COUSIN),
    _K.IN_LAW: _is(None, _K.OTHER, _K.IN_LAW),
    _K.OTHER: _is(None, None, _K.OTHER),
    _K.SELF: _is(None, None, _K.SELF),
}


def gender(sex: Enum | None) -> Gender | None:
    """Return a sex as it stands in a person's papers for the rules of kinship."""
    return Gender[sex.name] if sex else None


def gender_of(kinship: Kinship) -> Gender | None:
    """Return the sex that a term stands for: a wife is a woman, a cousin either."""
    return _ABOUT[kinship].sex


def wider(kinship: Kinship) -> Iterator[Kinship]:
    """Yield the less exact terms that hold too, the nearest first: father's brother, uncle, uncle or aunt."""
    above = _ABOUT[kinship].wider
    while above is not None:
        yield above
        above = _ABOUT[above].wider


def inverse(kinship: Kinship, sex: Gender | None) -> Kinship:
    """Return what the other one is in return, given the other one's sex.

    "X is the younger brother of Y": with Y a woman, Y is the elder sister of X. Where the sex is not known,
    the term is one that holds for both.
    """
    about = _ABOUT[kinship]
    if sex is not None:
        return about.of_man if sex is Gender.MALE else about.of_woman
    return common(about.of_man, about.of_woman)


def common(one: Kinship, other: Kinship) -> Kinship:
    """Return the most exact term that holds for both."""
    known = {other, *wider(other)}
    return next((k for k in (one, *wider(one)) if k in known), Kinship.OTHER)


def fits(kinship: Kinship, sex: Gender | None) -> bool:
    """Whether a term can be said of somebody of that sex."""
    return sex is None or gender_of(kinship) in (None, sex)


def kin_term(
    kinship: Kinship,
    speaker_sex: Gender | None = None,
    language: str | None = None,
    *,
    elder: bool | None = None,
) -> str:
    """Return the term for a relative in a language, as the one of whom it is said calls them.

    Kazakh needs the sex of the one of whom it is said (a man's younger sister is қарындас, a woman's сіңлі)
    and, of cousins, whether the relative is the elder one; where that is not known the label names both.
    """
    if (language or i18n.current()) == _KAZAKH:
        for code in _codes(kinship, speaker_sex, elder=elder):
            if found := terms.find(_BY_SPEAKER, code.lower()):
                return found.text(_KAZAKH)
    return terms.label_of(kinship, language)


def _codes(kinship: Kinship, sex: Gender | None, *, elder: bool | None) -> Iterator[str]:
    """Yield under which codes the term may stand, the most exact first."""
    age = "" if elder is None else "ELDER" if elder else "YOUNGER"
    of = "" if sex is None else "OF_MAN" if sex is Gender.MALE else "OF_WOMAN"
    if age and of:
        yield f"{kinship.name}__{age}_{of}"
    for part in (age, of):
        if part:
            yield f"{kinship.name}__{part}"
