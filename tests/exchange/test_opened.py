"""What lists are opened, whatever they are, and what is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import json
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.errors import UserError
from casetracker.exchange.tables_in import taking
from casetracker.model import Person
from casetracker.store.store import Store
from tests.exchange.test_import import case_of, written


def test_a_workbook_with_merged_cells_dates_and_a_title(store: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Empty")
    sheet = book.create_sheet("People")
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "Our list"
    sheet.append(["Name", "Born", "Sentence (years)", "Sum"])
    sheet.append(["Erlan", dt.datetime(1969, 5, 4), 7.0, "=1+1"])  # noqa: DTZ001 - as Excel keeps it
    book.save(tmp_path / "a.xlsx")
    seen = taking.look(tmp_path / "a.xlsx")
    assert (seen.file.kind, seen.sheet.name, seen.heads_at) == ("Excel", "People", 1)
    taking.take_in(store, seen)
    with store.reader() as reader:
        case = case_of(reader, "Erlan")
        person = case.ref("person_id")
        assert person is not None
        assert person.value("birth").edtf == "1969-05-04"
        assert case.children("episodes")[0].children("judgments")[0].value("term_years") == 7


def test_json_of_objects(tmp_path: Path) -> None:
    people = [{"name": "Erlan", "born": {"edtf": "1969"}, "tags": ["a", "b"]}, {"name": "Dana", "sex": True}]
    path = written(tmp_path, json.dumps(people), "a.json")
    seen = taking.look(path)
    assert [row.name for row in seen.rows] == ["Erlan", "Dana"]
    assert seen.rows[0].person.values["birth"].edtf == "1969"
    assert ("tags", "a; b") in seen.rows[0].note


def locked(path: Path) -> Path:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024**2))
    return path


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("list.csv", "Name\nErlan\n")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: p, "cannot be read"),
        (lambda p: (p.write_bytes(b"") and p) or p, "is empty"),
        (lambda p: p.write_bytes(b"\xef\xbb\xbf\r\n ") and p, "is empty"),
        (lambda p: p.write_bytes(b"%PDF-1.7 ...") and p, "is no table"),
        (lambda p: p.write_bytes(b"PK\x03\x04 cut off") and p, "damaged"),
        (lambda p: p.write_text("Name,Born\n") and p, "no row below"),
        (lambda p: p.write_text('[{"a": ') and p, "no JSON"),
        (lambda p: p.write_text('"text"') and p, None),
        (locked, "password"),
        (bomb, "fill the memory"),
        (archive, "is an archive"),
    ],
)
def test_what_is_no_list_is_said_in_a_sentence(store: Store, tmp_path: Path, make: object, said: str) -> None:
    path = make(tmp_path / "list.xlsx")  # type: ignore[operator]
    if said is None:
        taking.look(path)
        return
    with pytest.raises(UserError, match=said):
        taking.take_in(store, taking.look(path))
    assert store.can_undo() == ""


def test_a_wrong_ending_is_told_and_the_file_read(tmp_path: Path) -> None:
    seen = taking.look(written(tmp_path, "Name,Born\nErlan,1970\n", "list.xlsx"))
    assert "a text with columns" in seen.file.notes[0]
    assert [row.name for row in seen.rows] == ["Erlan"]


def test_an_encoding_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="another encoding"):
        taking.look(written(tmp_path, "Имя\nЕрлан\n", code="cp1251"), encoding="utf-8")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.ods", "a.json", "a.tsv"]))
def test_any_bytes_give_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        path.write_bytes(head + data)
        try:
            said = taking.look(path).file.kind
        except UserError as error:
            said = str(error)
        assert said


def test_mutated_workbooks_give_rows_or_a_sentence(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Name", "Born"])
    book.worksheets[0].append(["Erlan", "1970"])
    book.save(tmp_path / "good.xlsx")
    good = (tmp_path / "good.xlsx").read_bytes()
    dice = random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(good)
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        (tmp_path / "bad.xlsx").write_bytes(data)
        try:
            taking.look(tmp_path / "bad.xlsx")
        except UserError:
            refused += 1
    assert refused > 20


def test_macros_and_formulas_are_read_as_what_was_stored_and_never_run(store: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Summary"])
    book.active.append(["Erlan", "=cmd|' /C calc'!A0"])
    path = tmp_path / "list.xlsm"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    seen = taking.look(path)
    assert any("macros" in note for note in seen.file.notes)
    text = written(tmp_path, "Name,Summary\n=cmd|' /C calc'!A0,+1+1\nErlan\nDana,x,y,z\n")
    counted = taking.take_in(store, taking.look(text))
    assert (counted.rows, counted.refused) == (3, [])
    with store.reader() as reader:
        names = {reader.name(person.id) for person in reader.all(Person)}
    assert "=cmd|' /C calc'!A0" in names  # as a text: an export writes it so that nothing runs it
    assert counted.problems >= 2  # of the row with more cells than there are headings
