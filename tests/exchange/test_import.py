"""Lists of others: opened whatever they are, read into cases, doubtful cells kept and told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from casetracker.errors import UserError
from casetracker.exchange.tables_in import encodings, profile, taking, written_dates
from casetracker.exchange.tables_in.guess import guess, heading_row
from casetracker.exchange.tables_in.opened import opened
from casetracker.jobs import Cancelled
from casetracker.model import Case, Family, Note, Person
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.people.kinship import Kinship
from casetracker.model.people.person import Sex
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store
from tests.conftest import Office_

RUSSIAN = """\
ФИО;имя по-китайски;Пол;Дата рождения;Дата задержания;Тюрьма;Срок;Заявитель;Кем приходится;Телефон;Рост
Төлеген Асқар;托列根;муж.;1954-02-29;октябрь 2018;тюрьма Усу;7 лет;Айша Төлеген;дочь;+7 701 000 00 00;высокий
Гүлбақыт Серік;;ж;1970;2018年10月;;;;;;
;;м;1980;весна 2017;лагерь;;Марат;брат;;
Асқар Төлеген;;м;;осень 2017;;;;;;
"""


def written(folder: Path, text: str, name: str = "list.csv", code: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(code))
    return path


def case_of(reader: Reader, name: str) -> DisclosedRecord:
    (found,) = [c for c in reader.all(Case) if reader.names(c.value("person_id"))[0] == name]
    return found


def notes(reader: Reader, case: DisclosedRecord) -> str:
    return "\n".join(n.text("text") for n in reader.all(Note) if n.value("about_id") == case.id)


# Encodings, separators, dates


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RUSSIAN.replace("Төлеген", "Толеген").replace("托列根", "").replace("年", "-").replace("月", "")
         .replace("қ", "к").replace("ү", "у"), "cp1251"),
        ("Аты;Туған күні\nБақытжан Нұрланұлы;қазан 2018\nӘлия Өмірбек;1970\n", "kz1048"),
        ("姓名,出生,地点\n叶尔兰·托列根,2018年10月,伊犁\n古丽,1954年,乌鲁木齐\n", "gb18030"),
        ("Name,Place\nJosé Müller,Zürich\n", "cp1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_by_the_letters(text: str, code: str) -> None:
    data = text.encode(code)
    assert data.decode(encodings.guess(data)).lstrip("\ufeff") == text


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_the_columns(tmp_path: Path, mark: str) -> None:
    rows = [["Name", "Born", "Said, and more"], ["A B", "1970", "one; two|three"], ["C", "1980", ""]]
    file = io.StringIO()
    csv.writer(file, delimiter=mark).writerows(rows)
    found = opened(written(tmp_path, file.getvalue()))
    assert (found.separator, list(found.sheets[0].rows())) == (mark, rows)


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("октябрь 2018", "2018-10"),
        ("2018年10月", "2018-10"),
        ("2018年10月5日", "2018-10-05"),
        ("2018年春", "2018-21"),
        ("10.2018", "2018-10"),
        ("autumn 2017", "2017-23"),
        ("осенью 2017 года", "2017-23"),
        ("около 2018", "2018~"),
        ("до октября 2018", "[..2018-09]"),
        ("между 2017 и 2018", "[2017..2018]"),
        ("2018 жылға дейін", "[..2017]"),
        ("1940-е", "194X"),
        ("20181005", "2018-10-05"),
        ("2018-10-05 00:00:00", "2018-10-05"),
        ("10/25/2018", "2018-10-25"),
        ("05.10.2018", "2018-10-05"),
    ],
)
def test_dates_are_read_as_lists_write_them(said: str, edtf: str) -> None:
    known, understood = written_dates.read(said)
    assert (known.edtf, understood) == (edtf, True)


@pytest.mark.parametrize("said", ["1954-02-29", "неизвестно", "31.13.2018", "05.10.18"])
def test_what_is_no_date_is_kept_as_words(said: str) -> None:
    known, understood = written_dates.read(said)
    assert (known.words, known.edtf, understood) == (said, None, False)


def test_the_month_comes_first_where_the_list_says_so() -> None:
    assert written_dates.read("10/05/2018", "mdy")[0].edtf == "2018-10-05"
    assert written_dates.read("10/05/2018", "dmy")[0].edtf == "2018-05-10"


# From rows to cases


def test_a_list_becomes_cases_and_nothing_of_it_is_lost(store: Store, tmp_path: Path) -> None:
    seen = taking.look(written(tmp_path, RUSSIAN))
    done = taking.take_in(store, seen)
    assert (done.rows, done.cases, done.problems, done.doubles, done.refused) == (4, 4, 2, 1, [])
    with store.reader() as reader:
        case = case_of(reader, "Төлеген Асқар")
        person = case.ref("person_id")
        assert person is not None
        assert reader.names(person.id) == ["Төлеген Асқар", "托列根"]
        assert person.value("sex") is Sex.MALE
        assert (person.value("birth").words, person.value("birth").edtf) == ("1954-02-29", None)
        (episode,) = case.children("episodes")
        assert (episode.value("arrested").edtf, episode.text("held_at")) == ("2018-10", "тюрьма Усу")
        assert [e.value("kind") for e in episode.children("custody")] == [CustodyKind.TAKEN]
        assert episode.children("judgments")[0].value("term_years") == 7
        family = case.ref("family_id")
        assert family is not None
        (member,) = family.children("members")
        assert (member.value("kinship"), member.value("to_person_id")) == (Kinship.DAUGHTER, person.id)
        assert "высокий" in notes(reader, case)
        assert case.children("sources")[0].text("label") == "list.csv, row 2"


def test_every_cell_stands_somewhere(store: Store, tmp_path: Path) -> None:
    """Nothing of a row is lost, whatever it is: each word is found in the office's own export."""
    from casetracker.exchange.export import Wanted, export
    from casetracker.model.confidentiality import Audience

    taking.take_in(store, taking.look(written(tmp_path, RUSSIAN)))
    export(store, Wanted("json", Audience.INTERNAL), tmp_path / "all.json", registered=False)
    kept = (tmp_path / "all.json").read_text("utf-8")
    said = [cell for row in csv.reader(io.StringIO(RUSSIAN), delimiter=";") for cell in row]
    read_as = {"муж.": "MALE", "ж": "FEMALE", "м": "MALE", "октябрь 2018": "2018-10", "2018年10月": "2018-10"}
    read_as |= {"весна 2017": "2017-21", "осень 2017": "2017-23", "7 лет": '"term_years": 7'}
    read_as |= {"дочь": "DAUGHTER", "брат": "BROTHER"}
    heads = set(RUSSIAN.splitlines()[0].split(";"))
    assert [c for c in said if c and c not in heads and read_as.get(c, c) not in kept] == []


def test_undo_takes_the_whole_list_back(store: Store, tmp_path: Path) -> None:
    taking.take_in(store, taking.look(written(tmp_path, RUSSIAN)))
    assert "list.csv" in store.can_undo()
    store.undo()
    with store.reader() as reader:
        assert not [*reader.all(Case), *reader.all(Person), *reader.all(Family), *reader.all(Note)]
    store.redo()
    with store.reader() as reader:
        assert len(list(reader.all(Case))) == 4


def test_trying_out_writes_nothing_and_counts_the_same(store: Store, tmp_path: Path) -> None:
    seen = taking.look(written(tmp_path, RUSSIAN))
    tried = taking.try_out(store, seen)
    assert store.can_undo() == ""
    done = taking.take_in(store, seen)
    assert (tried.rows, tried.problems, tried.doubles) == (done.rows, done.problems, done.doubles)


def test_people_who_are_there_already_are_told_and_can_be_taken(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    known = office.person("Төлеген Асқар", "托列根")
    seen = taking.look(written(tmp_path, RUSSIAN))
    tried = taking.try_out(store, seen)
    double = tried.told_doubles[0]
    assert (double.row, double.person_id) == (2, known)
    assert double.reasons
    taking.take_in(store, seen, same={2: known}, left_out=frozenset({5}))
    with store.reader() as reader:
        assert case_of(reader, "Төлеген Асқар").value("person_id") == known
        assert len(list(reader.all(Case))) == 3


def test_stopping_writes_nothing(store: Store, tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        taking.take_in(store, taking.look(written(tmp_path, RUSSIAN)), Impatient())
    with store.reader() as reader:
        assert not list(reader.all(Person))
    assert store.can_undo() == ""


def test_what_a_record_refuses_goes_to_its_note(store: Store, tmp_path: Path) -> None:
    text = "Name,Arrested,Detention: Detention ended\nErlan,2018-10,2017\nAidos,2018,2019\n"
    done = taking.take_in(store, taking.look(written(tmp_path, text)))
    assert (done.cases, done.refused) == (2, [])
    with store.reader() as reader:
        case = case_of(reader, "Erlan")
        assert case.children("episodes")[0].value("ended") is None
        assert "Detention ended: 2017" in notes(reader, case)
        assert case_of(reader, "Aidos").children("episodes")[0].value("ended").edtf == "2019"


def test_values_of_any_length_are_kept(store: Store, tmp_path: Path) -> None:
    long = "a very long place " * 50
    done = taking.take_in(store, taking.look(written(tmp_path, f"Name,Held at\nErlan,{long}\n")))
    assert done.problems == 1
    with store.reader() as reader:
        assert long.strip() in notes(reader, case_of(reader, "Erlan"))


def test_more_cells_than_headings_are_kept(store: Store, tmp_path: Path) -> None:
    taking.take_in(store, taking.look(written(tmp_path, "Name,Born\nErlan,1970,extra,\n,,\nDana\n")))
    with store.reader() as reader:
        assert "extra" in notes(reader, case_of(reader, "Erlan"))
        assert len(list(reader.all(Case))) == 2


def test_the_headings_may_stand_lower(store: Store, tmp_path: Path) -> None:
    text = "List of relatives,,\nmade in 2021,,\n,,\nName,Born,Sex\nErlan,1970,M\n"
    seen = taking.look(written(tmp_path, text))
    assert (seen.heads_at, seen.heads) == (3, ("Name", "Born", "Sex"))
    assert heading_row([["Erlan", "1970"], ["Dana", "1980"]]) == 0


def test_columns_can_be_put_together_and_taken_apart(store: Store, tmp_path: Path) -> None:
    columns = (
        profile.Column(("Surname", "Given"), "person.names"),
        profile.Column(("Other",), "person.names:NICKNAME", split="/"),
        profile.Column(("State",), "custody.kind", values={"K": "CAMP", "-": ""}),
    )
    mapped = profile.Profile("Ours", columns)
    assert profile.profile_from(mapped.as_json()) == mapped
    text = "Surname,Given,Other,State\nNurlan,Erlan,Erke / Er,K\nSerik,Dana,,-\n"
    taking.take_in(store, taking.look(written(tmp_path, text), mapped))
    with store.reader() as reader:
        case = case_of(reader, "Nurlan Erlan")
        assert reader.names(case.value("person_id")) == ["Nurlan Erlan", "Erke", "Er"]
        kinds = [e.value("kind") for ep in case.children("episodes") for e in ep.children("custody")]
        assert kinds == [CustodyKind.CAMP]
        assert "State: -" in notes(reader, case_of(reader, "Serik Dana"))


# Profiles


CECC = {
    "CECC Record Number": "2009-00319", "Detention Date": "2018/03/05", "Main Name": "Erlan Tolegen",
    "Chinese characters": "叶尔兰·托列根", "Pinyin Name": "Ye'erlan Tuoliegen",
    "Alternate Name (lay or pen)": "",
    "Additional Name(s)": "", "Name Native Characters (non-Chinese)": "ەرلان تولەگەن",
    "Name Transliteration (non-Chinese)": "Erlan Tölegen", "Short Summary": "Taken from his home.",
    "Sex": "M",
    "Date of Birth": "1969/00/00", "Origin": "Burchin", "Residence": "Altay", "Occupation": "teacher",
    "Affiliation": "school no. 3", "Ethnic Group": "Kazakh", "Religion": "Islam", "Family": "wife and son",
    "Sentence Length Years": "7", "Months": "6", "Days": "", "Expected Release Date": "2025/09/05",
    "Actual Release Date": "", "Current or Last Detention Facility": "Wusu prison",
    "Formal Arrest Date": "2018/04/11", "Sentence Details": "7.5 years", "Legal Advisor": "",
    "Official End Date of Sentence": "2025/09/04", "Detention Status": "DET", "Issues": "relig/eth",
    "Detention Timeline": "long text",
}  # fmt: skip


def test_the_public_export_of_the_cecc_is_known(store: Store, tmp_path: Path) -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, CECC)
    writer.writeheader()
    writer.writerow(CECC)
    path = written(tmp_path, file.getvalue())
    assert taking.look(path).profile.name == "CECC"  # also where only guessed
    known = profile.profile_named("cecc")
    seen = taking.look(path, known)
    assert seen.missing == ()
    done = taking.take_in(store, seen)
    assert (done.cases, done.problems) == (1, 1)  # "1969/00/00" is no day
    with store.reader() as reader:
        case = case_of(reader, "Erlan Tolegen")
        names = reader.names(case.value("person_id"))
        assert {"叶尔兰·托列根", "Ye'erlan Tuoliegen", "ەرلان تولەگەن", "Erlan Tölegen"} <= set(names)
        assert [(n.text("number"), n.value("scheme")) for n in case.children("numbers")] == [
            ("2009-00319", "cecc")
        ]
        (episode,) = case.children("episodes")
        (judgment,) = episode.children("judgments")
        assert (judgment.value("term_years"), judgment.value("term_months")) == (7, 6)
        assert judgment.value("term_to").edtf == "2025-09-04"
        told = notes(reader, case)
        assert all(
            word in told for word in ("school no. 3", "wife and son", "relig/eth", "long text", "7.5 years")
        )
        assert case.children("sources")[0].text("label") == "CECC Political Prisoner Database, row 2"


def test_all_columns_that_the_issue_of_the_list_names_are_mapped() -> None:
    mapped = {head for column in profile.profile_named("CECC").columns for head in column.heads}
    assert mapped == set(CECC)


@pytest.mark.parametrize("known", profile.shipped(), ids=lambda p: p.name)
def test_shipped_profiles_can_be_kept_and_guessed(known: profile.Profile) -> None:
    assert profile.profile_from(known.as_json()) == known
    heads = [head for column in known.columns for head in column.heads]
    assert guess(heads).name == known.name


def test_a_profile_of_another_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="of the profile “CECC”"):
        taking.look(written(tmp_path, "Foo,Bar\n1,2\n"), profile.profile_named("CECC"))
    with pytest.raises(UserError, match="XVD"):
        profile.profile_named("nobody's")
    with pytest.raises(UserError, match="map the columns anew"):
        profile.profile_from("{")


def test_our_own_table_for_uwazi_comes_back(store: Store, office: Office_, tmp_path: Path) -> None:
    from casetracker.exchange.export import Wanted, export
    from casetracker.model.confidentiality import Audience

    office.case("Erlan Tolegen", request="News of him", account="Taken at night")
    export(store, Wanted("uwazi", Audience.INTERNAL), tmp_path / "u.csv")
    seen = taking.look(tmp_path / "u.csv")
    assert seen.profile.name == "Uwazi"
    (row,) = seen.rows
    assert (row.name, row.case.values["request"], row.case.values["account"]) == (
        "Erlan Tolegen", "News of him", "Taken at night"
    )  # fmt: skip
