"""Papers in two languages: what is equal stands once, what differs stands together, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.i18n import tr
from casetracker.model import Case, Family, Person, Release
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.people.family import Kinship
from casetracker.reports import REPORTS, report_named
from casetracker.reports import blocks as b
from casetracker.reports.drawn import Shade
from casetracker.reports.make import ReleaseWanted, Wanted, make, preview
from casetracker.reports.report import Report
from casetracker.reports.two_languages import cell, merged, paired, spoken
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.reports.reading import pages, poppler

ACCOUNT = "She went to the market and did not return."
OFFERED = [r for r in REPORTS if r.two_languages]


def together(first: b.Block, second: b.Block) -> list[b.Block]:
    return list(paired([first], [second]))


def test_what_is_equal_stands_once() -> None:
    assert together(b.Para("CT-7F3Q"), b.Para("CT-7F3Q")) == [b.Para("CT-7F3Q")]
    facts = together(b.Facts((("Имя", "Aigul"),)), b.Facts((("Аты", "Aigul"),)))
    assert facts == [b.Facts((("Имя\nАты", "Aigul"),))]


def test_running_text_stands_beside_it_and_labels_below() -> None:
    assert together(b.Para("да"), b.Para("иә")) == [b.Para("да", beside="иә")]
    assert together(b.Heading("Дела"), b.Heading("Істер")) == [b.Heading("Дела / Істер")]
    (table,) = together(b.Table(("Дата",), (("май",),)), b.Table(("Күні",), (("мамыр",),)))
    assert table == b.Table(("Дата\nКүні",), ((("май", "мамыр"),),))


def test_a_cell_holds_each_part_in_both_languages_and_no_name_twice() -> None:
    one = (b.Strong("Aigul"), b.Muted("Айгүл"), b.Muted("CT-7F3Q"))
    other = (b.Strong("Айгүл"), b.Muted("Aigul"), b.Muted("CT-7F3Q"))
    assert cell(one, other) == one
    assert cell(b.Chip("open"), b.Chip("открыто")) == (b.Chip("open"), b.Chip("открыто"))
    assert cell("", "") == ()


def test_a_name_in_the_script_of_the_second_reader_is_the_first_of_the_others() -> None:
    names = merged(b.Names("Aigul", ("艾古丽", "Айгүл")), b.Names("Айгүл", ("艾古丽", "Aigul")))
    assert names == b.Names("Aigul", ("Айгүл", "艾古丽"))


def test_charts_have_their_words_in_both_languages_and_each_number_once() -> None:
    bars = (b.Bar("Лагерь", 7, "7"),), (b.Bar("Лагерьде", 7, "7"),)
    both = (b.Bar("Лагерь\nЛагерьде", 7, "7"),)
    assert together(b.Bars(bars[0]), b.Bars(bars[1])) == [b.Bars(both)]
    assert together(b.Columns(bars[0]), b.Columns(bars[1])) == [b.Columns(both)]
    maps = [
        b.TileMap((b.Tile(0, 0, name, "3", Shade.SPARSE),), ((Shade.NONE, none),))
        for name, none in (("Алматы", "нет дел"), ("Алматы", "іс жоқ"))
    ]
    (made,) = together(*maps)
    assert made == b.TileMap((b.Tile(0, 0, "Алматы", "3", Shade.SPARSE),), ((Shade.NONE, "нет дел\nіс жоқ"),))


def test_what_one_language_has_alone_is_printed_and_moves_nothing_else() -> None:
    first = [b.Heading("Дела"), b.Note("только здесь"), b.Para("да")]
    second = [b.Heading("Істер"), b.Para("иә")]
    expected = [b.Heading("Дела / Істер"), b.Note("только здесь"), b.Para("да", beside="иә")]
    assert list(paired(first, second)) == expected


def test_sections_are_told_apart_by_their_anchor() -> None:
    first = [b.Section(anchor="case-1"), b.Para("да"), b.Section(anchor="case-2"), b.Para("нет")]
    second = [b.Section(anchor="case-1"), b.Para("иә"), b.Section(anchor="case-3"), b.Para("жоқ")]
    said = list(paired(first, second))
    assert said[:2] == [b.Section(anchor="case-1"), b.Para("да", beside="иә")]
    assert b.Section(anchor="case-2") in said
    assert b.Section(anchor="case-3") in said


def test_a_choice_sends_back_the_same_whichever_language_is_read() -> None:
    def form(*options: tuple[str, str]) -> b.FormFields:
        return b.FormFields("", (b.ReplyField("CT-7F3Q.answer", options=options),))

    said = merged(form(("yes", "да"), ("no", "нет")), form(("yes", "иә"), ("no", "жоқ")))
    assert said == form(("yes", "да / иә"), ("no", "нет / жоқ"))


def test_each_side_is_built_in_its_language_whatever_is_spoken_meanwhile() -> None:
    def built() -> Iterator[b.Block]:
        for _ in range(2):
            yield b.Para(i18n.current())

    with i18n.language("en"):
        sides = zip(spoken("ru", built()), spoken("kk", built()), strict=True)
        assert [(one, other, i18n.current()) for one, other in sides] == [
            (b.Para("ru"), b.Para("kk"), "en"),
        ] * 2


@pytest.fixture
def told(store: Store, office: Office_) -> Store:
    case = office.case("Айгүл Сәдуақас", account=ACCOUNT, request="Let her call.")
    person = store.draft(Case, case).values["person_id"]
    draft = store.draft(Person, person)
    draft.add("names", full="Aigul Saduakas")
    store.save(draft)
    office.meeting(case)
    return store


def flat(text: str) -> str:
    return " ".join(text.split())


def text_of(path: Path) -> str:
    return flat(" ".join(pages(path)))


@pytest.mark.parametrize("report", OFFERED, ids=lambda r: r.name)
def test_both_languages_are_in_the_paper(told: Store, tmp_path: Path, report: Report) -> None:
    first, second = "ru", "kk"
    wanted = Wanted(report, report.audiences[0], first, second_language=second)
    out = make(told, wanted, tmp_path / "paper.pdf")
    text = text_of(out)
    document = PdfReader(out)
    for language in (first, second):
        with i18n.language(language):
            assert tr(report.title) in str(document.metadata.title if document.metadata else "")
            assert flat(tr("As of {day}", day=KnownDate.on(told.today()).text())) in text
    assert text.count(ACCOUNT) <= 1
    assert document.trailer["/Root"]["/Lang"] == first


def test_user_text_once_terms_twice(told: Store, tmp_path: Path) -> None:
    wanted = Wanted(report_named("case"), Audience.OFFICIAL, "ru", second_language="kk")
    out = make(told, wanted, tmp_path / "case.pdf")
    for text in (text_of(out), poppler(out)):
        if text is not None:
            read = flat(text)
            assert read.count(ACCOUNT) == 1
            assert read.count("Let her call.") == 1
            for language in ("ru", "kk"):
                with i18n.language(language):
                    assert tr("Chronology") in read
                    assert flat(KnownDate.from_edtf("2018-10").text()) in read


def test_outlines_name_the_case_for_both_readers(told: Store, tmp_path: Path) -> None:
    wanted = Wanted(report_named("case"), Audience.OFFICIAL, "en", second_language="ru")
    (entry,) = PdfReader(make(told, wanted, tmp_path / "case.pdf")).outline
    assert "Aigul Saduakas" in entry.title
    assert "Айгүл Сәдуақас" in entry.title


def test_the_two_columns_are_read_one_after_the_other(told: Store, tmp_path: Path) -> None:
    wanted = Wanted(report_named("case"), Audience.OFFICIAL, "en", second_language="ru")
    text = text_of(make(told, wanted, tmp_path / "case.pdf"))
    assert "confirmed it unless the basis says so." in text  # the end of the left column, in one piece


def test_the_same_language_twice_is_one(told: Store) -> None:
    one = Wanted(report_named("case"), Audience.OFFICIAL, "kk")
    twice = Wanted(report_named("case"), Audience.OFFICIAL, "kk", second_language="kk")
    assert preview(told, one) == preview(told, twice)


@pytest.mark.parametrize("report", [r for r in REPORTS if not r.two_languages], ids=lambda r: r.name)
def test_where_it_is_not_offered_a_sentence_says_so(told: Store, tmp_path: Path, report: Report) -> None:
    wanted = Wanted(report, report.audiences[0], "en", second_language="ru")
    with pytest.raises(UserError, match="one language at a time"):
        make(told, wanted, tmp_path / "paper.pdf")
    assert not list(tmp_path.glob("*.pdf*"))


def test_a_withheld_day_written_in_the_second_language_stops_the_paper(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    case = office.case(account="Её мать, родилась 7 мая 1985 г., ждёт её.")
    family = store.draft(Family, store.draft(Case, case).values["family_id"])
    mother = office.person("Сара Қонысбайқызы", birth=KnownDate.from_edtf("1985-05-07"))
    family.add("members", person_id=mother, kinship=Kinship.MOTHER)
    store.save(family)
    with pytest.raises(UserError, match="page 1"):
        make(
            store,
            Wanted(report_named("case"), Audience.OFFICIAL, "en", second_language="ru"),
            tmp_path / "case.pdf",
        )


def test_the_register_knows_both_languages_and_who_is_named_in_either(told: Store, tmp_path: Path) -> None:
    wanted = Wanted(report_named("case-list"), Audience.OFFICIAL, "en", second_language="ru")
    make(told, wanted, tmp_path / "list.pdf", release=ReleaseWanted("Commissioner"))
    with told.reader() as reader:
        (release,) = reader.all(Release)
        assert release.text("language") == "en+ru"
        named = {line.text("person_id") for line in release.children("people")}
        assert any("Сәдуақас" in name or "Saduakas" in name for name in named)
        assert len(release.children("cases")) == 1
