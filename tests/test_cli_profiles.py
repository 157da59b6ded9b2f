"""Papers by the command line: in two languages, and as a profile keeps them for an addressee."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from casetracker import cli
from casetracker.model import Release
from casetracker.model.confidentiality import Use
from casetracker.reports.images import clean_logo
from casetracker.reports.options import Options
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.report_profiles import Profile, keep
from casetracker.store.store import Store
from tests.conftest import Office_

SECRET = "four words nobody guesses"
QUICK = KdfParameters(64 * 1024, 2, 4)  # as little work as a casebook may ask for
OFFICIAL = ("--audience", "official", "--language", "en")
OFFICE = ("--audience", "internal", "--language", "en")
Run = Callable[..., tuple[int, str]]
NAME = "Office of the Commissioner"


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    with open_casebook(folder, SECRET) as kept:
        yield store_of(kept)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with one case, a promise about it, and a profile. Not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "small"
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#0b5382").save(picture, "PNG")
    options = Options(left_out=("account",), header="Бюро", order=("promises", "chronology", "account"))
    profile = Profile(NAME, "case", "official", "ru", "Commissioner", options.as_json(), second_language="kk")
    casebook, _ = create_casebook(folder, SECRET, "A. Serik", kdf=QUICK, recovery=False)
    with casebook:
        store = store_of(casebook)
        office = Office_(store)
        agreed = (Use.K3, Use.K4)
        office.meeting(office.case("Айгүл Сәдуақас", account="She did not return.", consent=agreed))
        keep(store, replace(profile, logo=clean_logo(picture.getvalue())))
    return casebook.folder


@pytest.fixture
def casebook(made: Path, tmp_path: Path) -> Path:
    """A copy into whose register a paper may be written."""
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv(cli.PASSPHRASE, SECRET)

    def command(*words: str | Path) -> tuple[int, str]:
        return cli.main([str(word) for word in words]), capsys.readouterr().err

    return command


def text_of(paper: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(paper).pages)


def test_two_languages(run: Run, casebook: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"
    words = ("--second-language", "ru", "--all", "--out", paper)
    assert run("report", "case", casebook, *OFFICIAL, *words)[0] == 0
    assert "Chronology / Хронология" in text_of(paper)


def test_a_profile_says_all_but_what_the_paper_is_about(run: Run, casebook: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"
    words = ("--profile", "office of the commissioner", "--all", "--out", paper)
    assert run("report", "case", casebook, *words)[0] == 0
    text = text_of(paper)
    assert "Бюро" in text
    assert "Обещания по этому делу" in text
    assert text.index("Обещания по этому делу") < text.index("Хронология")
    assert "Что произошло, со слов семьи" not in text
    assert len(PdfReader(paper).pages[0].images) == 1
    with opened(casebook) as store, store.reader() as reader:
        (release,) = reader.all(Release)
        assert (release.text("addressee"), release.text("language")) == ("Commissioner", "ru+kk")


def test_what_is_said_goes_before_the_profile(run: Run, casebook: Path, tmp_path: Path) -> None:
    paper = tmp_path / "case.pdf"
    said = ("--language", "en", "--second-language", "none", "--to", "Ministry", "--audience", "ministry")
    words = ("--profile", NAME, *said, "--all", "--out", paper)
    assert run("report", "case", casebook, *words)[0] == 0
    assert "Хронология" not in text_of(paper)
    with opened(casebook) as store, store.reader() as reader:
        (release,) = reader.all(Release)
        told = [release.text(name) for name in ("addressee", "language", "audience")]
        assert told == ["Ministry", "en", "ministry"]


def test_a_submitter_has_a_sheet_of_their_own(run: Run, casebook: Path, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    words = ("--submitter", "petitioner", "--all", "--out", paper)
    assert run("report", "appeal-letter", casebook, *OFFICIAL, *words)[0] == 0
    assert "To be filled in by hand" in text_of(paper)  # nobody agreed to it in this casebook


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("case", "--profile", "Nobody"), 1, "there are: Office of the Commissioner"),
        (("dossier", "--profile", NAME), 2, "for the report “case”"),
        (("case", "--profile", NAME, "--no-register"), 2, "leave out --no-register"),
        (("case", "--profile", NAME, "--audience", "un"), 2, "not for this audience"),
        (("case", *OFFICIAL, "--second-language", "en"), 2, "the first one again"),
        (("case", *OFFICIAL, "--submitter", "petitioner"), 2, "no sheet of a submitter"),
        (("appeal-letter", *OFFICIAL, "--submitter", "No One"), 1, "Nobody is called"),
        (("case", *OFFICIAL, "--second-language", "xx"), 2, "language “xx”"),
        (("custody", *OFFICE, "--second-language", "ru"), 2, "one language at a time"),
    ],
)
def test_what_a_profile_or_a_second_language_cannot_be(
    run: Run, made: Path, tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    name, *rest = words
    paper = tmp_path / "x.pdf"
    ended, complaint = run("report", name, made, *rest, "--out", paper)
    assert (ended, sentence in complaint) == (code, True), complaint
    assert not paper.exists()
    with opened(made) as store, store.reader() as reader:
        assert not list(reader.all(Release))
