"""A paper appears whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from casetracker.errors import UserError
from casetracker.jobs import Cancelled
from casetracker.leaving import part_file
from casetracker.model import Case, Family
from casetracker.model.confidentiality import Audience
from casetracker.reports import pdf, report_named
from casetracker.reports.blocks import Para
from casetracker.reports.make import Wanted, make
from casetracker.reports.report import Scope
from casetracker.store.store import Store
from tests.conftest import Office_


class Impatient:
    """Progress of a user who has had enough at once."""

    def step(self, done: int, total: int, what: str = "") -> None:
        raise Cancelled


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def failing(path: Path, trouble: Exception) -> None:
    with part_file.writing(path) as part:
        part.write_bytes(b"half")
        raise trouble


def test_the_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    with part_file.writing(path) as part:
        part.write_bytes(b"whole")
        assert not path.exists()

    assert path.read_bytes() == b"whole"
    assert names(tmp_path) == ["paper.pdf"]


@pytest.mark.parametrize("trouble", [Cancelled(), ValueError("a bug"), OSError(errno.ENOSPC, "full")])
def test_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, trouble: Exception) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    with pytest.raises((Cancelled, ValueError, UserError)):
        failing(path, trouble)

    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["paper.pdf"]


def test_a_cancelled_paper_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        pdf.write([Para("x")], tmp_path / "paper.pdf", title="x", language="en", progress=Impatient())

    assert names(tmp_path) == []


def test_what_a_killed_run_left_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf.part").write_bytes(b"half of another run")
    with part_file.writing(tmp_path / "paper.pdf") as part:
        part.write_bytes(b"new")

    assert (tmp_path / "paper.pdf").read_bytes() == b"new"


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="disk is full"), part_file.writing(tmp_path / "paper.pdf"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_open_elsewhere_is_one_sentence(tmp_path: Path) -> None:
    """On Windows, replacing a file that a reader has open ends in this error."""
    with pytest.raises(UserError, match="close it where it is open"), part_file.writing(tmp_path / "a.pdf"):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere"), part_file.writing(tmp_path / "nowhere" / "paper.pdf"):
        pass


def test_a_folder_of_that_name_is_said(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").mkdir()
    with pytest.raises(UserError, match="is a folder"), part_file.writing(tmp_path / "paper.pdf") as part:
        part.write_bytes(b"x")

    assert names(tmp_path) == ["paper.pdf"]


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all"
)
def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with (
            pytest.raises(UserError, match="Nothing may be written"),
            part_file.writing(tmp_path / "paper.pdf"),
        ):
            pass
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_this_user_may_read_the_paper(tmp_path: Path) -> None:
    with part_file.writing(tmp_path / "paper.pdf") as part:
        part.write_bytes(b"x")

    assert (tmp_path / "paper.pdf").stat().st_mode & 0o077 == 0


def test_what_goes_wrong_with_a_paper_is_told_in_the_language_of_the_window(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    """The paper is Russian, the window English: folder, place of a leak, and the list it belongs to."""
    case = office.case(account="Her neighbour Gulnaz Amangeldiqyzy saw it.")
    family = store.draft(Family, store.draft(Case, case).values["family_id"])
    family.add("members", person_id=office.person("Gulnaz Amangeldiqyzy"))
    store.save(family)
    office.meeting(case)

    def sentence(report: str, out: Path, **scope: object) -> str:
        wanted = Wanted(report_named(report), Audience.OFFICIAL, "ru", Scope(**scope))  # type: ignore[arg-type]
        with pytest.raises(UserError) as told:
            make(store, wanted, out)
        return str(told.value)

    assert "does not exist" in sentence("promises", tmp_path / "nowhere" / "paper.pdf")
    assert "held back for its readers (page 1" in sentence("case", tmp_path / "paper.pdf")
    assert "hand the list over first" in sentence("dossier", tmp_path / "paper.pdf", reply_form=True)
