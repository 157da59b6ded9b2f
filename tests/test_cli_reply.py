"""Reply forms on the command line: made with a dossier, looked at, filed, and refused the second time."""

from __future__ import annotations

import json
from pathlib import Path

from casetracker.reports.protection import lock
from casetracker.store import handover, questions
from casetracker.store.opening import open_store
from tests.store.test_reply_forms import with_pypdf
from tests.test_cli import DAY, OFFICIAL, SECRET, Run, casebook, made, run

__all__ = ["casebook", "made", "run"]  # the fixtures


def test_a_reply_form_is_made_tried_filed_and_noticed_again(run: Run, casebook: Path, tmp_path: Path) -> None:
    dossier = ("report", "dossier", casebook, "--all", *OFFICIAL, *DAY, "--reply-form", "--out")
    code, _, told = run(*dossier, tmp_path / "early.pdf")
    assert code == 1
    assert "hand the list over first" in told
    open_book, store = open_store(casebook, SECRET)
    with open_book:
        with store.reader() as reader:
            meeting = questions.meeting_for_dossier(reader)
            assert meeting
        if not any(not given.value("withdrawn") for given in meeting.children("handovers")):
            handover.hand_over(store, meeting.id)
    assert run(*dossier, tmp_path / "form.pdf")[0] == 0
    assert (
        run("report", "case", casebook, "--all", *OFFICIAL, "--reply-form", "--out", tmp_path / "c.pdf")[0]
        == 2
    )

    code, _, told = run("import-reply", casebook, tmp_path / "form.pdf")
    assert (code, told) == (1, "Nothing was filled in in this form.\n")
    paper = (tmp_path / "form.pdf").read_bytes()
    names = [name for name in with_names(paper) if name.endswith(".measure")]
    (tmp_path / "back.pdf").write_bytes(with_pypdf(paper, {names[0]: "Запрос направлен"}))
    (tmp_path / "locked.pdf").write_bytes(lock((tmp_path / "back.pdf").read_bytes(), "bako timu sena"))
    (tmp_path / "password.txt").write_text("bako timu sena", "utf-8")
    assert "locked with a password" in run("import-reply", casebook, tmp_path / "locked.pdf", "--dry-run")[2]
    words = ("--dry-run", "--json", "--password-file", tmp_path / "password.txt")
    said = json.loads(run("import-reply", casebook, tmp_path / "locked.pdf", *words)[1])
    assert said["cases"][0]["measure"] == "Запрос направлен"
    code, out, _ = run("import-reply", casebook, tmp_path / "back.pdf", "--dry-run", "--json")
    said = json.loads(out)
    assert (code, said["filed"], said["cases"][0]["measure"]) == (0, False, "Запрос направлен")
    code, out, _ = run("import-reply", casebook, tmp_path / "back.pdf")
    assert code == 0
    assert "Запрос направлен" in out
    code, _, told = run("import-reply", casebook, tmp_path / "back.pdf")
    assert code == 1
    assert "read in already" in told


def with_names(paper: bytes) -> list[str]:
    """Return the names of the fields of a paper."""
    from casetracker.store.pdf_words import pdf_fields

    return list(json.loads(pdf_fields(paper)))


def test_what_cannot_be_a_form(run: Run, casebook: Path, tmp_path: Path) -> None:
    assert "cannot be opened" in run("import-reply", casebook, tmp_path / "nowhere.pdf")[2]
    (tmp_path / "text.pdf").write_text("no PDF", "utf-8")
    assert "cannot be read as a PDF" in run("import-reply", casebook, tmp_path / "text.pdf")[2]
