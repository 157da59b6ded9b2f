"""Many papers at once: each case its own, what is left out and why, stopping, and files that are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from casetracker.errors import UserError
from casetracker.jobs import Cancelled
from casetracker.model import Release
from casetracker.model.confidentiality import Audience
from casetracker.reports import report_named
from casetracker.reports.batch import told, write_each
from casetracker.reports.make import ReleaseWanted, Wanted
from casetracker.store.store import Store
from tests.conftest import Office_

NAMES = ("Aigul Sadyk", "Bakyt Omar", "Dina Nur")


@pytest.fixture
def cases(office: Office_) -> list[str]:
    return [office.case(name) for name in NAMES]


class StopsAfter:
    """Somebody who has had enough when so many papers are written."""

    def __init__(self, papers: int) -> None:
        self._papers = papers

    def step(self, done: int, total: int, what: str = "") -> None:
        if done >= self._papers:
            raise Cancelled


def wanted(audience: Audience = Audience.INTERNAL, report: str = "case") -> Wanted:
    return Wanted(report_named(report), audience)


def test_each_case_has_a_paper_of_its_own_without_a_name_in_the_name(
    store: Store, cases: list[str], tmp_path: Path
) -> None:
    batch = write_each(store, [wanted()], tmp_path, release=ReleaseWanted())
    assert not batch.left_out
    texts = ["".join(page.extract_text() for page in PdfReader(path).pages) for path in batch.written]
    assert [sum(name in text for name in NAMES) for text in texts] == [1] * len(cases)
    assert not any(word in path.name for path in batch.written for name in NAMES for word in name.split())
    with store.reader() as reader:
        assert len(list(reader.all(Release))) == len(cases)


def test_what_may_not_be_shown_is_left_out_with_its_reason(
    store: Store, cases: list[str], tmp_path: Path
) -> None:
    batch = write_each(store, [wanted(Audience.PUBLIC)], tmp_path)
    assert not batch.written
    assert not list(tmp_path.glob("*.pdf*"))
    assert len(batch.left_out) == len(cases)
    assert all(why for _, why in batch.left_out)
    assert len(told(batch)) == 1 + len(cases)


def test_a_file_that_is_there_stays(store: Store, cases: list[str], tmp_path: Path) -> None:
    first = write_each(store, [wanted()], tmp_path).written[0]
    first.write_text("mine")
    again = write_each(store, [wanted()], tmp_path)
    assert first.read_text() == "mine"
    assert not again.written
    assert len(again.left_out) == len(cases)


@pytest.mark.usefixtures("cases")
def test_what_was_written_before_the_stop_stays(store: Store, tmp_path: Path) -> None:
    batch = write_each(store, [wanted()], tmp_path, StopsAfter(1))
    assert batch.stopped
    assert [path.name for path in batch.written] == [path.name for path in tmp_path.glob("*.pdf")]
    assert len(batch.written) == 1
    assert not list(tmp_path.glob("*.part"))
    assert "Stopped" in " ".join(told(batch))


def test_no_folder_and_nothing_to_split(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        write_each(store, [wanted()], tmp_path / "nowhere")
    with pytest.raises(UserError, match="holds no record"):
        write_each(store, [wanted(report="intake-form")], tmp_path)
