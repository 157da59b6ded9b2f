"""Kinship: every term has its counterpart, fits a sex, and is said correctly in Kazakh."""

from __future__ import annotations

from itertools import product

import pytest

from casetracker.model import terms
from casetracker.model.people.kinship import (
    Gender,
    Kinship,
    common,
    fits,
    gender,
    gender_of,
    inverse,
    kin_term,
    wider,
)
from casetracker.model.people.person import Sex

K, F, M = Kinship, Gender.FEMALE, Gender.MALE


@pytest.mark.parametrize("kind", Kinship, ids=lambda k: k.name)
def test_the_counterpart_of_the_counterpart_is_the_same_or_less_exact(kind: Kinship) -> None:
    implied = gender_of(inverse(kind, F)) if inverse(kind, F) is inverse(kind, M) else None
    for other in Gender if implied is None else [implied]:  # a wife's father is said of a man
        back = inverse(kind, other)
        assert fits(back, other)
        again = inverse(back, gender_of(kind))
        assert again in {kind, *wider(kind)} or kind in wider(again)  # a spouse of a man is a wife


@pytest.mark.parametrize("kind", Kinship, ids=lambda k: k.name)
def test_a_counterpart_of_unknown_sex_holds_for_both(kind: Kinship) -> None:
    back = inverse(kind, None)

    for other in Gender:
        exact = inverse(kind, other)
        assert back in {exact, *wider(exact)}


@pytest.mark.parametrize("kind", Kinship, ids=lambda k: k.name)
def test_what_is_less_exact_holds_for_the_same_sex(kind: Kinship) -> None:
    for above in wider(kind):
        assert gender_of(above) in (None, gender_of(kind))
    assert kind not in wider(kind)


@pytest.mark.parametrize(
    ("kind", "other", "back"),
    [
        (K.YOUNGER_BROTHER, F, K.ELDER_SISTER),
        (K.YOUNGER_BROTHER, M, K.ELDER_BROTHER),
        (K.WIFE, M, K.HUSBAND),
        (K.MOTHER, F, K.DAUGHTER),
        (K.MOTHERS_BROTHER, M, K.SISTERS_SON),
        (K.SISTERS_DAUGHTER, F, K.MOTHERS_SISTER),
        (K.FATHERS_ELDER_BROTHER, F, K.BROTHERS_DAUGHTER),
        (K.ELDER_BROTHERS_WIFE, F, K.HUSBANDS_YOUNGER_SISTER),
        (K.DAUGHTERS_SON, M, K.MOTHERS_FATHER),
        (K.FATHERS_SISTERS_SON, F, K.MOTHERS_BROTHERS_DAUGHTER),
        (K.MOTHERS_SISTERS_SON, M, K.MOTHERS_SISTERS_SON),
        (K.WIFES_MOTHER, M, K.DAUGHTERS_HUSBAND),
        (K.CHILDS_FATHER_IN_LAW, F, K.CHILDS_MOTHER_IN_LAW),
        (K.SON, None, K.PARENT),
        (K.GUARDIAN, None, K.WARD),
        (K.STEPSON, None, K.OTHER),
    ],
)
def test_who_is_what_in_return(kind: Kinship, other: Gender | None, back: Kinship) -> None:
    assert inverse(kind, other) is back


@pytest.mark.parametrize(
    ("kind", "speaker", "elder", "term"),
    [
        (K.YOUNGER_SISTER, M, None, "Қарындасы"),
        (K.YOUNGER_SISTER, F, None, "Сіңлісі"),
        (K.YOUNGER_SISTER, None, None, "Қарындасы (сіңлісі)"),
        (K.YOUNGER_BROTHER, F, None, "Інісі"),
        (K.ELDER_BROTHER, M, None, "Ағасы"),
        (K.ELDER_BROTHERS_WIFE, M, None, "Жеңгесі"),
        (K.MOTHERS_BROTHER, M, None, "Нағашы ағасы"),
        (K.SISTERS_SON, M, None, "Жиені"),
        (K.CHILDS_MOTHER_IN_LAW, F, None, "Құдағиы"),
        (K.FATHERS_BROTHERS_SON, M, True, "Немере ағасы"),
        (K.FATHERS_BROTHERS_SON, M, False, "Немере інісі"),
        (K.FATHERS_BROTHERS_SON, M, None, "Немере бауыры"),
        (K.FATHERS_BROTHERS_DAUGHTER, F, False, "Немере сіңлісі"),
        (K.FATHERS_BROTHERS_DAUGHTER, M, False, "Немере қарындасы"),
        (K.MOTHERS_BROTHERS_DAUGHTER, M, True, "Нағашы әпкесі"),
        (K.MOTHERS_SISTERS_SON, M, True, "Бөлесі (ер)"),
    ],
)
def test_kazakh_terms(kind: Kinship, speaker: Gender | None, elder: bool | None, term: str) -> None:
    assert kin_term(kind, speaker, "kk", elder=elder) == term


def test_russian_and_english_terms_do_not_hang_on_the_speaker() -> None:
    for speaker, elder in product((F, M, None), (True, False, None)):
        assert kin_term(K.YOUNGER_SISTER, speaker, "ru", elder=elder) == "Младшая сестра"
        assert kin_term(K.WIFES_FATHER, speaker, "ru", elder=elder) == "Тесть"
        assert kin_term(K.FATHERS_ELDER_BROTHER, speaker, "en", elder=elder) == "Father's elder brother"


def test_every_term_by_speaker_belongs_to_a_kinship() -> None:
    for term in terms.shipped()["kinship_by_speaker"].terms:
        kind, _, how = term.code.partition("__")
        assert kind.upper() in Kinship.__members__
        assert set(how.split("_")) <= {"elder", "younger", "of", "man", "woman"}


def test_sexes_of_papers_are_those_of_kinship() -> None:
    assert [gender(sex) for sex in (Sex.FEMALE, Sex.MALE, None)] == [F, M, None]
    assert fits(K.WIFE, F)
    assert not fits(K.WIFE, M)
    assert fits(K.WIFE, None)
    assert common(K.FATHERS_FATHER, K.MOTHERS_FATHER) is K.GRANDFATHER
