"""The command line: what scripts rely on, and that nothing ends in a traceback or shows a secret."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from pypdf import PdfReader

from casetracker import cli, logs
from casetracker.cli.words import day_of
from casetracker.example import CASE_SHOWN, NEXT_MEETING, USER
from casetracker.example.build import build
from casetracker.model import Case, Tag
from casetracker.store.audit.anchors import anchor
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.engine import connect
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.search import search

SECRET = "four words nobody guesses"
QUICK = KdfParameters(64 * 1024, 2, 4)  # as little work as a casebook may ask for
DAY = ("--as-of", "2021-11-12")
OFFICIAL = ("--audience", "official", "--language", "en")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example casebook, whose key derivation is quick. Not to be changed."""
    casebook, _ = create_casebook(
        tmp_path_factory.mktemp("made") / "example", SECRET, USER, kdf=QUICK, recovery=False
    )
    with casebook:
        build(store_of(casebook))
    return casebook.folder


@pytest.fixture
def casebook(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in this process; return code, output and complaint. No run shows the passphrase."""
    monkeypatch.setenv(cli.PASSPHRASE, SECRET)
    monkeypatch.setattr(logs, "log_folder", lambda: tmp_path / "log")

    def command(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        told = capsys.readouterr()
        assert SECRET not in told.out + told.err
        assert "Traceback" not in told.err
        assert told.err == "" if code == 0 else told.err or words[0] == "check"
        assert told.err.count("\n") <= 1
        return code, told.out, told.err

    return command


def text_of(paper: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(paper).pages)


# Reports


def test_the_list_of_reports_is_an_array_for_scripts(run: Run) -> None:
    code, out, _ = run("report", "list", "--json")

    reports = {each["name"]: each for each in json.loads(out)}
    assert code == 0
    assert {"case", "dossier"} <= set(reports)
    assert set(reports["case"]) == {"name", "title", "audiences"}
    assert "official" in reports["case"]["audiences"]


def test_the_list_of_reports_for_people(run: Run) -> None:
    assert "dossier" in run("report", "list")[1]


def test_a_dossier_for_the_next_meeting(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "dossier.pdf"

    code, out, _ = run(
        "report", "dossier", made, *OFFICIAL, *DAY, "--meeting", NEXT_MEETING.lower(), "--out", paper
    )

    assert code == 0
    assert "18 days overdue" in text_of(paper)
    assert "CT-B9FV: consent was withdrawn on 8 November 2021." in out
    assert "CT-B9FV" not in text_of(paper)


def test_all_means_the_next_meeting_for_a_dossier(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "dossier.pdf"

    assert run("report", "dossier", made, *OFFICIAL, *DAY, "--all", "--out", paper)[0] == 0
    assert NEXT_MEETING in text_of(paper)


def test_the_day_of_a_paper_decides_what_is_overdue(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"

    run("report", "case", made, *OFFICIAL, "--as-of", "2021-10-26", "--case", CASE_SHOWN, "--out", paper)

    assert re.search(r"\b1 days? overdue", text_of(paper))


def test_a_summary_of_one_case_names_no_other(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"

    code, _, _ = run("report", "case", made, *OFFICIAL, *DAY, "--case", CASE_SHOWN.lower(), "--out", paper)

    assert code == 0
    assert CASE_SHOWN in text_of(paper)
    assert "CT-4KWD" not in text_of(paper)


def test_a_summary_of_the_cases_of_a_meeting(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"

    run("report", "case", made, *OFFICIAL, *DAY, "--meeting", "MT-C6NT", "--out", paper)

    assert "CT-X2M9" in text_of(paper)
    assert CASE_SHOWN not in text_of(paper)


def test_a_paper_of_nothing_but_withheld_cases_is_not_written(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"

    code, _, complaint = run("report", "case", made, *OFFICIAL, *DAY, "--case", "CT-J3XE", "--out", paper)

    assert code == 1
    assert "consent ran out on 30 September 2021" in complaint
    assert not paper.exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("case", "--audience", "un", "--out", "x.pdf"), 2, "not for this audience"),
        (("case", "--audience", "nobody", "--out", "x.pdf"), 2, "no audience called “nobody”"),
        (("nothing", "--audience", "official", "--out", "x.pdf"), 2, "no report called “nothing”"),
        (("case", "--audience", "official"), 2, "--out PDF"),
        (("case", *OFFICIAL, "--as-of", "2021-02-30", "--out", "x.pdf"), 2, "“2021-02-30” is not a day"),
        (("case", "--audience", "official", "--language", "xx", "--out", "x.pdf"), 2, "language “xx”"),
        (("case", *OFFICIAL, "--case", CASE_SHOWN, "--all", "--out", "x.pdf"), 2, "only one of"),
        (("dossier", *OFFICIAL, "--case", CASE_SHOWN, "--out", "x.pdf"), 2, "--meeting instead"),
        (("case", *OFFICIAL, "--case", "CT-0000", "--out", "x.pdf"), 1, "no case CT-0000"),
        (("dossier", *OFFICIAL, "--meeting", "MT-0000", "--out", "x.pdf"), 1, "no meeting MT-0000"),
    ],
)
def test_what_a_report_cannot_be_made_of(
    run: Run, made: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    name, *rest = words

    ended, _, complaint = run("report", name, made, *rest)

    assert (ended, sentence in complaint) == (code, True), complaint
    assert not Path("x.pdf").exists()


def test_a_paper_in_a_folder_that_is_not_there(run: Run, made: Path, tmp_path: Path) -> None:
    paper = tmp_path / "missing" / "case.pdf"

    assert run("report", "case", made, *OFFICIAL, *DAY, "--all", "--out", paper)[0] == 1


def test_a_paper_for_each_case(run: Run, casebook: Path, tmp_path: Path) -> None:
    code, out, _ = run("report", "case", casebook, *OFFICIAL, *DAY, "--each", "--out", tmp_path)
    names = [path.name for path in tmp_path.glob("*.pdf")]
    assert code == 0
    assert f"case-official-en-{CASE_SHOWN}.pdf" in names
    assert f"Papers written: {len(names)}." in out
    assert "Left out: CT-J3XE" in out


# New and example


def test_a_new_casebook_opens_with_passphrase_and_recovery_code(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("new", tmp_path / "office", "--user", "Aliya")

    (recovery,) = [word for word in out.split() if word.count("-") == 7]
    assert code == 0
    for secret in (SECRET, recovery):
        with open_casebook(tmp_path / "office", secret) as opened:
            assert opened.user == "Aliya"


def test_a_new_casebook_does_not_take_the_place_of_another(run: Run, casebook: Path) -> None:
    code, _, complaint = run("new", casebook)

    assert (code, "already" in complaint) == (1, True)


def test_a_weak_passphrase_makes_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cli.PASSPHRASE, "short")

    assert run("new", tmp_path / "office")[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == []


def test_the_example_is_built_and_sound(run: Run, tmp_path: Path) -> None:
    assert run("example", tmp_path / "ours")[0] == 0
    code, out, _ = run("check", tmp_path / "ours.casebook")
    assert (code, out.splitlines()[-1]) == (0, "Sound.")


# Check


def test_a_sound_casebook_in_json(run: Run, made: Path) -> None:
    code, out, _ = run("check", made, "--json")

    told = json.loads(out)
    assert (code, told["sound"], told["findings"]) == (0, True, [])
    assert told["log"]["entries"] > 100
    assert told["log"]["first_break"] is None
    assert told["log"]["cannot_know"]


def test_the_log_is_compared_with_a_code_on_paper(run: Run, casebook: Path) -> None:
    code = json.loads(run("check", casebook, "--json")[1])["log"]["code"]
    assert run("check", casebook, "--anchor", code.lower())[0] == 0
    number, _, rest = code.partition("-")

    assert run("check", casebook, "--anchor", f"{number}-{rest[:-1]}")[:2] == (1, "")
    assert run("check", casebook, "--anchor", code.replace(number, str(int(number) - 1)))[:2] == (1, "")


def test_an_older_copy_is_known_by_a_newer_code(run: Run, casebook: Path) -> None:
    older = shutil.copytree(casebook, casebook.with_name("older.casebook"))
    with open_casebook(casebook, SECRET) as opened:
        draft = (store := store_of(opened)).draft(Tag)
        draft.values["name"] = "newer"
        store.save(draft)
        code = anchor(store)

    told = run("check", older, "--anchor", code, "--json")

    said = json.loads(told[1])
    assert (told[0], said["sound"]) == (1, False)
    assert any("older copy" in finding["what"] for finding in said["findings"])


def test_damage_is_told_with_its_place(run: Run, casebook: Path) -> None:
    records = casebook / "records.db"
    with records.open("r+b") as file:
        file.seek(40 * 4096 + 100)
        file.write(b"\0" * 64)

    code, out, _ = run("check", casebook, "--json")
    found = json.loads(out)["findings"]

    assert code == 1
    assert {each["where"] for each in found} == {"records.db"}
    assert all(each["what"] for each in found)


def test_records_that_contradict_each_other_are_told(run: Run, casebook: Path) -> None:
    """The derived status of one case, and what was handed over, are changed behind the program's back."""
    with open_casebook(casebook, SECRET) as opened:
        key = opened._key
    with closing(connect(casebook / "records.db", key, mode="rw")) as connection:
        connection.execute("UPDATE cases SET status = 'RELEASED' WHERE ref = ?", (CASE_SHOWN,))
        connection.execute("UPDATE handovers SET digest = 'something else'")
        connection.commit()

    code, out, _ = run("check", casebook, "--json")
    found = {each["where"]: each["what"] for each in json.loads(out)["findings"]}

    assert code == 1
    assert CASE_SHOWN in found
    assert any("hash" in what for what in found.values())


# Search


def test_a_search_gives_what_the_window_shows_with_reasons(run: Run, made: Path) -> None:
    with open_casebook(made, SECRET, read_only=True) as opened:
        shown = search(store_of(opened), "kunpolat")

    code, out, _ = run("search", made, "kunpolat", "--json")

    assert code == 0
    assert json.loads(out) == [asdict(hit) for hit in shown]
    assert any("sounds like" in hit["why"] for hit in json.loads(out))


def test_a_search_for_people(run: Run, made: Path) -> None:
    code, out, _ = run("search", made, CASE_SHOWN.lower())

    assert code == 0
    assert out.startswith("Case ")
    assert f"(number {CASE_SHOWN})" in out
    assert run("search", made, "no such name") == (0, "Nothing was found.\n", "")
    assert json.loads(run("search", made, "no such name", "--json")[1]) == []


# Bad input


def test_a_wrong_passphrase_is_said_and_not_shown(
    run: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "quite another passphrase"
    monkeypatch.setenv(cli.PASSPHRASE, wrong)

    code, _, complaint = run("check", made)

    assert (code, "does not open" in complaint, wrong in complaint) == (1, True, False)


def test_a_fault_of_the_program_is_a_sentence_and_a_report_without_values(
    run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = "Бақытжан-marker"

    def faulty(*_: object) -> None:
        raise ZeroDivisionError(marker)

    monkeypatch.setattr("casetracker.store.examine.examination", faulty)
    code, _, complaint = run("check", made)

    (report,) = (tmp_path / "log").iterdir()
    written = report.read_text("utf-8")
    assert (code, "ZeroDivisionError" in complaint, marker in complaint) == (1, True, False)
    assert "casetracker.cli:" in written
    assert marker not in written
    assert str(Path.home()) not in written


def test_stopping_by_the_keyboard_is_no_traceback(
    run: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("casetracker.store.examine.examination", stopped)

    assert run("check", made)[0] == 1


# As a program of its own


def program(*words: str | Path, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | {cli.PASSPHRASE: secret}
    return subprocess.run(
        [sys.executable, "-m", "casetracker", *map(str, words)],
        env=environment | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_program_works_without_a_display_and_without_qt(made: Path, tmp_path: Path) -> None:
    """A folder in front of the others holds a PySide6 that cannot be imported."""
    (tmp_path / "PySide6.py").write_text("raise ImportError('Qt is not here')")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from casetracker.cli import main; "
        f"sys.exit(main(['report', 'case', {str(made)!r}, '--audience', 'official', '--all', '--as-of', "
        f"'2021-11-12', '--out', {str(tmp_path / 'case.pdf')!r}]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {cli.PASSPHRASE: SECRET},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "case.pdf").stat().st_size


def test_the_program_says_what_is_wrong_in_one_line(made: Path) -> None:
    done = program("report", "case", made, "--audience", "un", "--out", "x.pdf")

    assert done.returncode == 2
    assert "not for this audience" in done.stderr
    assert done.stderr.count("\n") == 1


def test_dates_on_the_command_line_are_iso() -> None:
    assert day_of(" 2021-11-12 ") == dt.date(2021, 11, 12)


def test_the_example_in_a_file_has_its_cases(made: Path) -> None:
    with open_casebook(made, SECRET, read_only=True) as opened, store_of(opened).reader() as reader:
        assert CASE_SHOWN in {case.text("ref") for case in reader.all(Case)}
