"""Four scripts in one line, also where it breaks, and found again as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from casetracker.reports import fonts, pdf, script
from casetracker.reports.blocks import Block, Chip, Muted, Names, Para, Strong, Table
from casetracker.reports.script import Span, Style
from tests.reports import reading

BODY = Style(10)
NAMES = (
    "باقىتجان نۇرلانۇلى",
    "گۈلچېھرە تۇردى نىياز",
    "مۇھەممەد قاسىم",
    "ئابدۇللا روزى",
    "پەرۋىز ئەسقەر",
    "ٴبىرجان ۆمىرزاق",
    "ئالاھىدە ساڭلام",
    "چىنار جۇماقىزى",
    "سَمِير حَسَن",
    "ئايگۈل سېيىت",
)
FIRST = "Әбдіғали"
VOWEL = "\u064e"
KAZAKH = "Әбдіғали Қыдырғалиұлы Өміржанұлы Ұлжан Үміт Һайдар Іңкәр Нұрғазы Ғаппар"
CHINESE = "巴合提江·努尔兰"


def written(folder: Path, *blocks: Block) -> Path:
    path = folder / "paper.pdf"
    path.write_bytes(pdf.to_bytes(blocks, title="Names", language="en"))
    return path


def both_find(path: Path, words: str) -> bool:
    text = reading.poppler(path)
    return reading.finds(path, words) and (text is None or words in text)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    alone = [Para(name) for name in NAMES]
    mixed = [Para(f"Nurlan ({FIRST}) {name} {CHINESE}, 2018") for name in reversed(NAMES)]
    return written(tmp_path_factory.mktemp("sheet"), *alone, Para(KAZAKH), Para(CHINESE), *mixed)


@pytest.mark.parametrize("name", [*NAMES, KAZAKH, CHINESE])
def test_a_name_is_found_as_typed(sheet: Path, name: str) -> None:
    assert both_find(sheet, name)


# PDFium takes a vowel sign for the end of a word where most of a line runs from left to right.
@pytest.mark.parametrize("name", [name for name in NAMES if VOWEL not in name])
def test_a_name_between_other_scripts_is_found(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, Para(f"Latin {name} Қазақша, 2018"))

    assert both_find(path, name)
    assert both_find(path, "Latin")
    assert both_find(path, "Қазақша, 2018")


@pytest.mark.parametrize("name", [name for name in NAMES if VOWEL not in name])
def test_every_word_is_found_where_a_name_breaks_over_two_lines(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, *(Para(f"Latin {'i' * length} {name}") for length in range(150, 185)))

    first, *_ = name.split()
    ends = [line.rstrip().endswith(first) for page in reading.pages(path) for line in page.splitlines()]
    assert any(ends), "no name was broken after its first word"
    for word in name.split():
        assert both_find(path, word)


@pytest.mark.parametrize(
    "latin", ["Muhammed Qasym", "Министерство юстиции, 2018", "CT-7F3Q", "Wusu (Qarghaliq) county"]
)
@pytest.mark.parametrize("name", ["گۈلچېھرە", "گۈلچېھرە تۇردى نىياز ئوغلى ئابدۇللا"])
@pytest.mark.parametrize("order", ["{name} · {latin}", "{latin} · {name}", "{name} ({latin}) {name}"])
def test_phrases_of_both_directions_are_found_in_one_line(
    tmp_path: Path, name: str, latin: str, order: str
) -> None:
    """Whichever direction has the majority in a line, and a reader therefore turns it around."""
    path = written(tmp_path, Para(order.format(name=name, latin=latin)))

    assert both_find(path, name)
    assert both_find(path, latin)


@pytest.mark.parametrize(
    "other", ["confirm where he is held; a consular visit", NAMES[3], "مۇھەممەد قاسىم ئابدۇراخمان"]
)
def test_names_side_by_side_in_a_table_are_found(tmp_path: Path, other: str) -> None:
    cells = ("1", (Strong(NAMES[1]), Muted("Gulchehra Turdi Niyaz · 古丽切热")), other, Chip("no answer yet"))
    path = written(tmp_path, Table(("No.", "Name", "Asked", "Outcome"), (cells,)))

    for words in (NAMES[1], "Gulchehra Turdi Niyaz", "古丽切热", "no answer yet", other.partition(";")[0]):
        assert reading.finds(path, words)


def test_a_paragraph_from_right_to_left_reads_on_in_the_next_line() -> None:
    words = " ".join(NAMES)
    lines = script.lay_out([Span(words, BODY)], 150)

    assert len(lines) > 2
    assert not any(line.rightward for line in lines)
    assert all(line.width <= 150.01 for line in lines)


def test_unshaped_letters_would_not_be_what_is_drawn() -> None:
    """The letters are joined: the middle letter of a word is another glyph than the letter alone."""
    font = fonts.font("arabic-regular")
    assert isinstance(font, fonts.ArabicFont)

    assert font.shape("ببب")[1] not in {font.shape("ب"), "ب"}
    assert len(set(font.shape("ببب"))) == 3


def test_brackets_are_mirrored_from_right_to_left() -> None:
    (line,) = script.lay_out([Span("سمير (حسن) احمد", BODY)], 500)
    brackets = "".join(run.text for run in line.runs if set(run.text) & set("()"))

    assert brackets.replace(" ", "") == "()"  # as seen from left to right


def test_numbers_keep_their_direction_in_a_leftward_line() -> None:
    (line,) = script.lay_out([Span("سمير 2018 احمد", BODY)], 500)

    assert "2018" in "".join(run.text for run in line.runs)


def test_names_of_two_directions_keep_their_places() -> None:
    text = script.joined(["سمير", "احمد", "Anna"])
    (line,) = script.lay_out([Span(text, BODY)], 500)
    font = fonts.font("arabic-regular")
    assert isinstance(font, fonts.ArabicFont)

    drawn = "".join(run.text for run in line.runs)
    assert drawn == f"{font.shape('سمير')} · {font.shape('احمد')} · Anna"


@pytest.mark.parametrize(
    "text",
    [
        KAZAKH * 3,
        CHINESE * 12,
        " ".join(NAMES),
        "W" * 200,
        "a b " * 90,
        "www.example.org/" + "a-b/" * 60,
        "\u00a0" * 400,
    ],
)
def test_no_line_is_wider_than_its_column(text: str) -> None:
    lines = script.lay_out([Span(text, BODY)], 97)

    assert len(lines) > 1
    assert max(line.width for line in lines) <= 97.01


def test_nothing_is_lost_where_lines_break() -> None:
    text = "Айгүл Серікқызы – 2018-10-15, Wusu (乌苏), кеше түнде үйінен әкетілді"
    lines = script.lay_out([Span(text, BODY)], 60)
    drawn = "".join(run.text for line in lines for run in line.runs)

    assert drawn.replace(" ", "") == text.replace(" ", "")


def test_a_reference_is_never_broken() -> None:
    assert script.longest_word([Span("CT-QFQQ", BODY)]) == script.natural_width([Span("CT-QFQQ", BODY)])


def test_an_unknown_letter_is_a_box_and_control_characters_vanish() -> None:
    assert fonts.drawable("a\x07b\u202ec\tdᚠ") == "abc d□"


def test_chinese_has_no_bold_font_and_is_thickened() -> None:
    (line,) = script.lay_out([Span(CHINESE, Style(12, fonts.BOLD))], 500)

    assert {run.font for run in line.runs if run.thicken} == {"chinese-regular"}


def test_names_in_all_scripts_stand_in_one_block(tmp_path: Path) -> None:
    path = written(tmp_path, Names(FIRST, ("Abdighali", CHINESE, NAMES[0])))

    assert both_find(path, NAMES[0])
    assert both_find(path, CHINESE)
