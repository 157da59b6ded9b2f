"""Identity numbers, with the vectors of the domain standards (§5.6–5.8): births before 1902, so nobody's."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.model.dates import KnownDate
from casetracker.model.papers import Known, PaperKind, Severity, check, iin, mrz, normalised, passport, prc
from casetracker.model.papers.mrz import check as check_line
from casetracker.model.papers.mrz import check_digit

WRONG, NOTICE, INFORMATION = Severity.WRONG, Severity.NOTICE, Severity.INFORMATION
SPECIMEN = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"  # of ICAO 9303


def severities(kind: PaperKind, number: str, known: Known | None = None) -> list[Severity]:
    return [each.severity for each in check(kind, number, known or Known())]


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("650102190001010016", dt.date(1900, 1, 1), "MALE"),
        ("650102190001010024", dt.date(1900, 1, 1), "FEMALE"),
        ("654221190006300133", dt.date(1900, 6, 30), "MALE"),
        ("654321190012311248", dt.date(1900, 12, 31), "FEMALE"),
        ("65310119000615009X", dt.date(1900, 6, 15), "MALE"),
        ("65310119000615009x", dt.date(1900, 6, 15), "MALE"),
        ("65310119000615009Х", dt.date(1900, 6, 15), "MALE"),  # Cyrillic
        ("６５０１０２ 1900-0101 001６", dt.date(1900, 1, 1), "MALE"),
    ],
)
def test_chinese_numbers_without_a_fault(number: str, birth: dt.date, sex: str) -> None:
    parts = prc.read(number)

    assert parts is not None
    assert (parts.birth, parts.sex) == (birth, sex)
    assert check(PaperKind.PRC_ID, number) == []


@pytest.mark.parametrize(
    ("number", "severity", "words"),
    [
        ("654125190101010038", INFORMATION, "654125 (Künes) was abolished in 2000"),
        ("654125000115003", INFORMATION, "654125190001150033"),
        ("650102190001010017", WRONG, "it would be 6"),
        ("654025190002290016", WRONG, "19000229"),
        ("65010219000101001", WRONG, "this one has 17"),
    ],
)
def test_chinese_numbers_with_something_to_say(number: str, severity: Severity, words: str) -> None:
    found = check(PaperKind.PRC_ID, number)

    assert found[0].severity is severity
    assert words in found[0].sentence


def test_county_codes() -> None:
    def with_check(first: str) -> str:
        return first + prc.check_character(first)

    (elsewhere,) = check(PaperKind.PRC_ID, with_check("11010119000101001"))
    (unknown,) = check(PaperKind.PRC_ID, with_check("65999919000101001"))

    assert (elsewhere.severity, "outside Xinjiang" in elsewhere.sentence) == (INFORMATION, True)
    assert (unknown.severity, "659999" in unknown.sentence) == (INFORMATION, True)


def test_a_number_is_compared_with_the_record() -> None:
    number = "650102190001010016"
    agrees = Known(KnownDate.from_edtf("1900"), "MALE")
    differs = Known(KnownDate.from_edtf("1901-01"), "FEMALE")

    assert severities(PaperKind.PRC_ID, number, agrees) == []
    assert severities(PaperKind.PRC_ID, number, differs) == [NOTICE, NOTICE]
    assert severities(PaperKind.PRC_ID, number, Known(KnownDate.from_edtf("1899/.."))) == []
    assert severities(PaperKind.PRC_ID, number, Known(KnownDate.in_words("in the year of the rat"))) == []


def test_both_generations_of_a_number_are_one() -> None:
    assert normalised(PaperKind.PRC_ID, "654125000115003") == "654125190001150033"
    assert normalised(PaperKind.PRC_ID, "6541 2519 0001 1500 33") == "654125190001150033"


@pytest.mark.parametrize("number", ["990101100010", "981231200025", "950630100003", "990101100111"])
def test_kazakh_numbers_without_a_fault(number: str) -> None:
    assert check(PaperKind.KZ_IIN, number) == []


def test_what_a_kazakh_number_was_made_from() -> None:
    assert (iin.born("990101100010"), iin.sex("990101100010")) == (dt.date(1899, 1, 1), "MALE")
    assert (iin.born("981231200025"), iin.sex("981231200025")) == (dt.date(1898, 12, 31), "FEMALE")


@pytest.mark.parametrize("last", "0123456789")
def test_a_kazakh_number_that_is_never_issued(last: str) -> None:
    assert severities(PaperKind.KZ_IIN, "99010110010" + last) == [WRONG]


@pytest.mark.parametrize(
    ("first", "severity", "words"),
    [
        ("95064010000", NOTICE, "company"),
        ("99010190001", NOTICE, "foreigners"),
        ("99130110001", NOTICE, "no date"),
    ],
)
def test_kazakh_numbers_with_something_to_say(first: str, severity: Severity, words: str) -> None:
    (found,) = check(PaperKind.KZ_IIN, first + (iin.check_digit(first) or ""))

    assert (found.severity, words in found.sentence) == (severity, True)


def test_mistyped_kazakh_numbers() -> None:
    (bad,) = check(PaperKind.KZ_IIN, "990101100011")

    assert (bad.severity, bad.sentence) == (WRONG, "The last digit does not fit the others: it would be 0.")
    assert severities(PaperKind.KZ_IIN, "99010110001") == [WRONG]


def test_since_2013_a_kazakh_number_need_not_match() -> None:
    known = Known(KnownDate.from_edtf("1897"), "FEMALE")

    assert severities(PaperKind.KZ_IIN, "990101100010", known) == [NOTICE, NOTICE]


@pytest.mark.parametrize(
    "number", ["E12345678", "EA1234567", "G12345678", "SE1234567", "DE1234567", "е12345678"]
)
def test_chinese_passports(number: str) -> None:
    assert check(PaperKind.PRC_PASSPORT, number) == []


@pytest.mark.parametrize("number", ["EI1234567", "EO1234567", "E1234567", "H12345678", "E123456789"])
def test_what_is_no_chinese_passport(number: str) -> None:
    assert severities(PaperKind.PRC_PASSPORT, number) == [WRONG]


def test_kazakh_passports_and_cards() -> None:
    assert check(PaperKind.KZ_PASSPORT, "N 12345678") == []
    assert severities(PaperKind.KZ_PASSPORT, "12345678") == [NOTICE]
    assert check(PaperKind.KZ_CARD, "012345678") == []
    assert severities(PaperKind.KZ_CARD, "12345678") == [NOTICE]
    assert check(PaperKind.PRC_HUKOU, "whatever it says") == []
    assert check(PaperKind.KZ_IIN, " ") == []
    assert passport.normalised("№ n-123 45678") == "N12345678"


@pytest.mark.parametrize(
    ("text", "digit"),
    [("L898902C3", "6"), ("740812", "2"), ("E12345678", "2"), ("EA1234567", "6"), ("N12345678", "5")],
)
def test_check_digits_of_the_zone_for_machines(text: str, digit: str) -> None:
    assert check_digit(text) == digit


def test_the_second_line_of_a_passport() -> None:
    assert check_line(SPECIMEN) == []
    assert (
        len(check_line(SPECIMEN.replace("740812", "740813"))) == 2
    )  # the date's digit, and that of the line
    assert "44" in check_line("L898902C3")[0].sentence


CARD = """I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<"""  # of ICAO 9303


def test_the_lines_of_a_card() -> None:
    assert check_line(CARD) == []
    assert len(check_line(CARD.replace("7408122F", "7408123F"))) == 2
    assert check_line(CARD.replace("UTOD", "UTÖD")) != []


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (SPECIMEN, "L898902C3"),
        ("P<UTOERIKSSON<<ANNA<MARIA".ljust(44, "<") + "\n" + SPECIMEN, "L898902C3"),
        (CARD, "D23145890"),
    ],
)
def test_what_the_lines_say(lines: str, number: str) -> None:
    zone = mrz.read(lines)

    assert zone is not None
    assert zone.number == number
    assert zone.births == (dt.date(1974, 8, 12), dt.date(2074, 8, 12))
    assert (zone.sex, zone.expires) == ("FEMALE", dt.date(2012, 4, 15))
    assert mrz.read("L898902C3") is None


def test_the_lines_are_compared_with_number_and_record() -> None:
    same = Known(KnownDate.from_edtf("1974-08"), "FEMALE")
    other = Known(KnownDate.from_edtf("1975"), "MALE")

    assert check(PaperKind.OTHER, "l898902-c3", same, SPECIMEN) == []
    assert check(PaperKind.OTHER, "", same, " ") == []
    found = check(PaperKind.OTHER, "L898902C4", other, SPECIMEN)
    assert [each.severity for each in found] == [NOTICE, NOTICE, NOTICE]
    assert "L898902C3" in found[0].sentence


@pytest.mark.parametrize(
    ("number", "born", "told"),
    [
        ("654221190006300133", "Emin", False),
        ("654221190006300133", "Tarbaghatay", False),  # the prefecture around it
        ("654125190101010038", "Künes", False),  # the code of before 2000 is the same county
        ("654221190006300133", "Künes", True),
        ("654221190006300133", "Almaty", False),
        ("654221190006300133", "a village", False),
    ],
)
def test_another_county_than_that_of_birth_is_told(number: str, born: str, told: bool) -> None:
    found = [f for f in check(PaperKind.PRC_ID, number, Known(birthplace=born)) if "born in" in f.sentence]

    assert [f.severity for f in found] == [INFORMATION] * told
