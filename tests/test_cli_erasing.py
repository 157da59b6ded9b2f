"""Erasing a person from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casetracker import cli
from casetracker.model import Case, Person
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import store_of
from tests.conftest import Office_

SECRET = "correct horse battery staple"
QUICK = KdfParameters(memory_kib=64 * 1024, passes=2, lanes=1)
NAME = "Бақытжан Нұрланұлы"


def test_a_person_is_erased_once_the_name_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(cli.PASSPHRASE, SECRET)
    made, _ = create_casebook(tmp_path / "B", SECRET, "A. Serik", kdf=QUICK, recovery=False)
    with made:
        store = store_of(made)
        case = Office_(store).case(NAME)
        ref = str(store.draft(Case, case).values["ref"])
        person = str(store.draft(Case, case).values["person_id"])

    assert cli.main(["erase-person", str(made.folder), ref, "--confirm", "somebody else"]) == 1
    assert cli.main(["erase-person", str(made.folder), "CT-0000", "--confirm", NAME]) == 1
    assert "nothing was erased" in capsys.readouterr().err
    assert cli.main(["erase-person", str(made.folder), ref, "--confirm", NAME, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] > 5

    with open_casebook(made.folder, SECRET) as again:
        names = store_of(again).draft(Person, person).children["names"]
        assert [name.values["full"] for name in names] == ["Erased person"]
    assert cli.main(["check", str(made.folder)]) == 0
