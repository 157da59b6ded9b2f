"""Texts and what is typed are taken apart by one rule, in five scripts; the excerpt shows what matched."""

from __future__ import annotations

import pytest

from casetracker.model.matching.words import LONGEST, Excerpt, Phrase, excerpt, phrases_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Түрмеде, ЖЫЛЫ; қыста\nалып кетті.", ["турмеде", "жылы", "кыста", "алып", "кетти"]),
        ("Ёлка и Йод", ["елка", "и", "иод"]),
        ("拜山·库尔班在E区", ["拜", "山", "库", "尔", "班", "在", "e", "区"]),
        ("x𠀀y", ["x", "𠀀", "y"]),
        ("Ma’mut O'zbek – CT-7F3Q", ["mamut", "ozbek", "ct", "7f3q"]),
        ("café cafe\u0301 ﬁn", ["cafe", "cafe", "fin"]),
        ("مُحَمَّد كـــتاب", ["محمد", "كتاب"]),
        ("_ — … !", []),
        ("ы" * 500, ["ы" * LONGEST]),
    ],
)
def test_words_have_no_case_accents_or_separators(text: str, words: list[str]) -> None:
    assert [word.text for word in words_of(text)] == words


def test_a_word_says_where_it_stands() -> None:
    text = "Оны «Шәуешек» қаласында 拜山 көрді."

    assert [text[word.start : word.end] for word in words_of(text)] == [
        *("Оны", "Шәуешек", "қаласында", "拜", "山", "көрді"),
    ]


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("түрм", [Phrase(("турм",), unfinished=True)]),
        ("оны түр", [Phrase(("оны",)), Phrase(("тур",), unfinished=True)]),
        ("түрме оны", [Phrase(("турме",), unfinished=True), Phrase(("оны",), unfinished=True)]),
        ("拜山", [Phrase(("拜", "山"))]),
        ("拜 山", [Phrase(("拜",)), Phrase(("山",))]),
        ("«алып кетті»", [Phrase(("алып", "кетти"))]),
        ('"taken from" "the house"', [Phrase(("taken", "from")), Phrase(("the", "house"))]),
        ("—", []),
    ],
)
def test_what_is_typed_may_go_on_unless_it_is_quoted_or_chinese(typed: str, phrases: list[Phrase]) -> None:
    assert phrases_of(typed) == phrases


def marked(found: Excerpt) -> list[str]:
    return [found.text[start:end] for start, end in found.marks]


def test_an_excerpt_stands_where_most_of_the_words_are_close_together() -> None:
    text = "Түрме туралы естіді. " + "Басқа сөздер. " * 30 + "Түрмеде   ағасы\nотыр. " + "Соңы. " * 30

    found = excerpt(text, phrases_of("түрме аға"))

    assert marked(found) == ["Түрмеде", "ағасы"]
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    assert "\n" not in found.text
    assert len(found.text) < 200


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Оны алып кетті.", phrases_of("алып")) == Excerpt("Оны алып кетті.", ((4, 8),))


@pytest.mark.parametrize("typed", ["ап", '"кетті алып"', "山"])
def test_what_does_not_stand_there_has_no_excerpt(typed: str) -> None:
    assert excerpt("Оны алып кетті.", phrases_of(typed)) == Excerpt()
