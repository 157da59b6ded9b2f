"""Recovery codes: read however they are typed, refused with one wrong sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.store import recovery
from casetracker.store.recovery import ALPHABET, LENGTH, MistypedCode, new_code, parse_code


def test_a_code_has_140_random_bits_in_groups_of_four() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all([len(group) for group in code.split("-")] == [4] * 8 for code in codes)
    assert len(ALPHABET) == 32
    assert recovery.RANDOM_SIGNS * 5 >= 130
    assert {sign for code in codes for sign in code} == set(ALPHABET) | {"-"}


@given(st.integers(0, 2**32), st.sampled_from(["-", " ", "", " – ", "\n", "."]))
def test_case_spaces_and_dashes_do_not_matter(number: int, between: str) -> None:
    code = new_code()
    typed = code.replace("-", between)
    typed = "".join(sign.lower() if number >> at % 32 & 1 else sign for at, sign in enumerate(typed))
    assert parse_code(f"  {typed} ") == code.replace("-", "")


def test_signs_that_look_alike_are_the_same() -> None:
    code = next(code for code in iter(new_code, "") if {"0", "1", "C", "A"} <= set(code))
    for typed in ("OIСА", "olса"):  # the last two are Cyrillic
        swapped = code
        for sign, alike in zip("01CA", typed, strict=True):
            swapped = swapped.replace(sign, alike)
        assert swapped != code
        assert parse_code(swapped) == parse_code(code)


def test_one_wrong_sign_is_noticed_wherever_it_is() -> None:
    signs = parse_code(new_code())
    for at, sign in enumerate(signs):
        other = ALPHABET[(ALPHABET.index(sign) + 1) % 32]
        with pytest.raises(MistypedCode, match="is wrong"):
            parse_code(signs[:at] + other + signs[at + 1 :])


def test_swapped_groups_are_noticed() -> None:
    groups = new_code().split("-")
    while groups[0] == groups[1]:
        groups = new_code().split("-")
    with pytest.raises(MistypedCode):
        parse_code("-".join([groups[1], groups[0], *groups[2:]]))


@pytest.mark.parametrize(
    ("cut", "sentence"),
    [(lambda c: c[:-1], f"has {LENGTH} signs, and this one has 31"), (lambda c: c[:-1] + "U", "has no “U”")],
)
def test_the_sentence_says_what_is_wrong(cut: object, sentence: str) -> None:
    with pytest.raises(MistypedCode, match=sentence):
        parse_code(cut(new_code()))  # type: ignore[operator]


def test_a_mistyped_code_is_told_from_a_passphrase() -> None:
    code = "7F3Q-" + new_code()[5:]
    assert recovery.looks_like_code(code)
    assert recovery.looks_like_code(code[:-1])
    assert not recovery.looks_like_code("correct horse battery staple")
    assert not recovery.looks_like_code("my dog was born in 2011 in a small town")
