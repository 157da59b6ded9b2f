"""Family trees (GEDCOM 5.5.1 and 7): people, spellings, dates as known, kin; nothing of a file is lost."""

from __future__ import annotations

import codecs
import json
import unicodedata
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker import cli
from casetracker.errors import UserError
from casetracker.exchange.gedcom import reading, taking
from casetracker.jobs import Cancelled, Silent
from casetracker.model import Case, Family, Note, Person
from casetracker.model.people.kinship import Kinship
from casetracker.model.people.person import Sex
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.test_cli import SECRET

TREE = """\
0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR {char}
0 @I1@ INDI
1 NAME Нұрлан /Серікұлы/
2 ROMN Nurlan /Serikuly/
2 NICK Нұрекең
1 NAME Nurlan /Serikov/
2 TYPE maiden
1 SEX M
1 BIRT
2 DATE ABT 1954
2 PLAC Emin county
1 DEAT
2 DATE BEF MAR 2010
2 PLAC Almaty
1 OCCU shepherd
1 OCCU driver
1 _OWN a tag of one program
1 NOTE He wrote
2 CONT two lines.
0 @I2@ INDI
1 NAME Айгүл /Серікқызы/
1 SEX F
1 BIRT
2 DATE 29 FEB 1954
0 @I3@ INDI
1 NAME Бақыт /Нұрланұлы/
1 SEX M
1 RESI
2 PLAC Almaty
2 DATE FROM 2001 TO 2005
0 @I4@ INDI
1 SEX U
0 @F1@ FAM
1 HUSB @I1@
1 WIFE @I2@
1 CHIL @I3@
1 CHIL @I4@
1 MARR
2 DATE 12 JUN 1975
0 @F2@ FAM
1 CHIL @I9@
0 TRLR
"""


def tree(folder: Path, encoding: str = "utf-8", char: str = "UTF-8", text: str = TREE) -> Path:
    path = folder / "tree.ged"
    path.write_bytes(text.format(char=char).encode(encoding))
    return path


def planted(store: Store, path: Path) -> taking.Counted:
    return taking.take_in(store, taking.look(path))


def test_people_and_families_are_written_and_nothing_is_lost(store: Store, tmp_path: Path) -> None:
    counted = planted(store, tree(tmp_path))
    assert (counted.people, counted.families, len(counted.told)) == (4, 1, 2)
    with store.reader() as reader:
        people = {p.title: p for p in reader.all(Person)}
        (family,) = reader.all(Family)
        names = reader.names(people["Нұрлан Серікұлы"].id)
        kin = {m.ref("person_id").title: (m.value("kinship"), m.text("to_person_id")) for m in
               family.children("members")}  # fmt: skip
        notes = "\n".join(n.text("text") for n in reader.all(Note))
        assert list(reader.all(Case)) == []
    assert names == ["Нұрлан Серікұлы", "Nurlan Serikuly", "Нұрекең", "Nurlan Serikov"]
    man = people["Нұрлан Серікұлы"]
    assert (man.value("sex"), man.value("birth").edtf, man.text("birthplace")) == (
        Sex.MALE, "1954~", "Emin county",
    )  # fmt: skip
    head = "Нұрлан Серікұлы"
    assert kin == {
        head: (None, ""),
        "Айгүл Серікқызы": (Kinship.WIFE, head),
        "Бақыт Нұрланұлы": (Kinship.SON, head),
        "Name not known": (Kinship.CHILD, head),
    }
    for kept in ("BEFORE MAR 2010", "driver", "a tag of one program", "two lines.", "12 JUN 1975",
                 "29 FEB 1954",                 "FROM 2001 TO 2005", "tree.ged"):  # fmt: skip
        assert kept in notes
    assert people["Айгүл Серікқызы"].value("birth").words == "29 FEB 1954"
    assert search(store, "Nurlan Serikuly")
    store.undo()
    with store.reader() as reader:
        assert [list(reader.all(e)) for e in (Person, Family, Note)] == [[], [], []]


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("12 JAN 1954", "1954-01-12"),
        ("JAN 1954", "1954-01"),
        ("1954", "1954"),
        ("ABT 1954", "1954~"),
        ("EST 1954", "1954~"),
        ("CAL MAR 1954", "1954-03~"),
        ("BEF 1960", "[..1959]"),
        ("TO 1960", "[..1960]"),
        ("AFT JAN 1960", "[1960-02..]"),
        ("FROM 1960", "[1960..]"),
        ("BET 1950 AND 1955", "[1950..1955]"),
        ("FROM 1950 TO 1955", "1950/1955"),
        ("INT 1954 (the year of the horse)", "1954"),
        ("@#DGREGORIAN@ 1 MAY 1960", "1960-05-01"),
        ("29 FEB 1954", None),
        ("(when the snow lay)", None),
        ("@#DHEBREW@ 2 TVT 5758", None),
    ],
)
def test_dates_are_known_as_exactly_as_they_are_said(tmp_path: Path, said: str, edtf: str | None) -> None:
    text = TREE.replace("ABT 1954", said)
    man = reading.read(tree(tmp_path, text=text), Silent()).people["@I1@"]
    birth = man.draft.values["birth"]
    assert birth.edtf == edtf
    if edtf is None:
        assert birth.words
        assert man.doubtful


@pytest.mark.parametrize(
    ("encoding", "char"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UNICODE"),
        ("utf-8", "ANSI"),
        ("kz1048", "ANSI"),
    ],
)
def test_encodings_are_seen_through(tmp_path: Path, encoding: str, char: str) -> None:
    path = tree(tmp_path, encoding, char)
    assert reading.is_gedcom(path)
    assert reading.read(path, Silent()).people["@I1@"].name == "Нұрлан Серікұлы"


def test_ansel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ged"
    lines = b"0 HEAD\n1 CHAR ANSEL\n0 @I1@ INDI\n1 NAME M\xe8anar /K\xe8aufmann/\n0 TRLR\n"
    path.write_bytes(lines)
    name = reading.read(path, Silent()).people["@I1@"].name
    assert unicodedata.normalize("NFC", name) == "Mänar Käufmann"


def test_version_7_without_an_encoding(tmp_path: Path) -> None:
    text = TREE.replace("5.5.1", "7.0").replace("1 CHAR {char}\n", "").replace("2 ROMN", "2 TRAN")
    man = reading.read(tree(tmp_path, text=text), Silent()).people["@I1@"]
    assert [n.values["full"] for n in man.draft.children["names"]][:2] == [
        "Нұрлан Серікұлы",
        "Nurlan Serikuly",
    ]


def test_likely_doubles_are_told_and_decided(store: Store, office: Office_, tmp_path: Path) -> None:
    known = office.person("Нұрлан Серікұлы")
    found = taking.look(tree(tmp_path))
    counted = taking.try_out(store, found)
    assert [(d.row, d.person_id) for d in counted.told_doubles] == [(1, known)]
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1  # nothing was written
    taking.take_in(store, found, same={1: known}, left_out=frozenset({4}))
    with store.reader() as reader:
        assert len(list(reader.all(Person))) == 3
        (family,) = reader.all(Family)
        assert known in {m.value("person_id") for m in family.children("members")}


def test_what_is_no_tree_is_said(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.ged"
    path.write_text("0 HEAD\n0 TRLR\n")
    with pytest.raises(UserError, match="nobody"):
        taking.look(path)
    path.write_text("0 HEAD\nthis is no line\n5 @I1@ INDI\n")
    with pytest.raises(UserError, match="broken"):
        taking.look(path)
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(UserError, match="too large"):
        taking.look(tree(tmp_path))
    path.write_bytes(codecs.BOM_UTF8)
    assert not reading.is_gedcom(path)
    assert not reading.is_gedcom(tmp_path / "none")


def test_stopping_writes_nothing(store: Store, tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done == 3:
                raise Cancelled

    found = taking.look(tree(tmp_path))
    with pytest.raises(Cancelled):
        taking.take_in(store, found, Impatient())
    with store.reader() as reader:
        assert list(reader.all(Person)) == []


def test_the_command_takes_a_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(cli.PASSPHRASE, SECRET)
    assert cli.main(["new", str(tmp_path / "b")]) == 0
    capsys.readouterr()
    words = ["import", str(tmp_path / "b.casebook"), str(tree(tmp_path)), "--json"]
    assert cli.main([*words, "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["people"] == 4
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["families"] == 1
