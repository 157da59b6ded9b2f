"""The attention score: each sign adds its weight, in words, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from casetracker.model.detention.attention import WEIGHTS, Attention, Signs, attention, reasons, score
from casetracker.model.detention.custody import CustodyStatus

QUIET = Signs(status=CustodyStatus.CAMP, days_silent=3, presented=True, consent=True)


@pytest.mark.parametrize(
    ("sign", "key", "said"),
    [
        ({"minor": True}, "minor", "A minor"),
        ({"elderly": True}, "elderly", "65 years or older"),
        ({"ill": True}, "health", "Health is a concern"),
        ({"days_silent": 200}, "silence", "No news for 200 days"),
        ({"days_silent": 400}, "long_silence", "No news for 400 days"),
        ({"days_silent": None}, "long_silence", "There was never any news"),
        ({"days_beyond": 1}, "beyond", "Held 1 day beyond the sentence"),
        ({"days_overdue": 18}, "overdue", "A promise is 18 days overdue"),
        ({"presented": False}, "never_presented", "Never put to an official"),
        ({"consent": False}, "no_consent", "No consent for officials"),
        ({"consent_ends_in": 9}, "consent_ending", "Consent ends in 9 days"),
        ({"cut_off": True}, "cut_off", "The family may not reach them"),
        ({"reprisal": True}, "reprisal", "A relative was detained or threatened"),
    ],
)
def test_each_sign_adds_its_weight_and_says_so(sign: dict[str, Any], key: str, said: str) -> None:
    before, after = attention(QUIET), attention(replace(QUIET, **sign))

    assert after.score - before.score == WEIGHTS[key]
    assert [r.text for r in after.reasons if r not in before.reasons] == [said]
    assert f"+{WEIGHTS[key]}  {said}" in after.text().splitlines()


def test_custody_alone_is_a_reason_and_so_are_unknown_whereabouts() -> None:
    assert [r.text for r in attention(QUIET).reasons] == ["Deprived of liberty"]
    assert reasons(replace(QUIET, status=CustodyStatus.NO_NEWS)) == ["no_news"]


def test_somebody_released_needs_only_what_the_office_owes() -> None:
    free = Signs(
        status=CustodyStatus.RELEASED, minor=True, ill=True, cut_off=True, days_overdue=5, consent=True
    )

    assert reasons(free) == ["overdue"]


def test_a_case_laid_to_rest_needs_none() -> None:
    assert attention(replace(QUIET, open=False)) == Attention()


def test_the_number_is_the_sum_of_what_is_shown_the_weightiest_first() -> None:
    found = attention(replace(QUIET, days_beyond=9, minor=True, ill=True, consent=False))
    weights = [r.weight for r in found.reasons]

    assert (
        found.score
        == sum(weights)
        == score(replace(QUIET, days_beyond=9, minor=True, ill=True, consent=False))
    )
    assert weights == sorted(weights, reverse=True)
    assert found.tone == "red"
    assert found.short(1) == "Held 9 days beyond the sentence"
