"""A paper in hand: genuine, altered, or not one of this office."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from casetracker.errors import UserError
from casetracker.model.confidentiality import Audience
from casetracker.reports import report_named
from casetracker.reports.make import ReleaseWanted, Wanted, make
from casetracker.reports.verify import Verdict, verify
from casetracker.store import meta, release_register, upgrade
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY, Office_

WHOM = "Office of the Commissioner"
WANTED = Wanted(report_named("case"), Audience.OFFICIAL)


@pytest.fixture
def given(store: Store, office: Office_, tmp_path: Path) -> Path:
    """A paper that was given to somebody."""
    office.case()
    return make(store, WANTED, tmp_path / "given.pdf", release=ReleaseWanted(WHOM))


def turned(path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.pages[0].rotate(90)
    writer.write(path)


def added_to(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n% a remark\n")


def shortened(path: Path) -> None:
    writer = PdfWriter()
    writer.add_page(PdfReader(path).pages[-1])
    writer.write(path)


def test_a_copy_under_any_name_is_genuine(store: Store, given: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(given, tmp_path / "scan 4.pdf"))

    found = verify(store, copy)

    assert found.verdict is Verdict.GENUINE
    assert found.sentence.startswith("Genuine: RL-")
    assert found.sentence.endswith(f"released 12 November 2021 to {WHOM}.")


def test_one_that_was_asked_back_says_so(store: Store, given: Path) -> None:
    [line] = release_register.register(store)
    release_register.note_recall(store, line.id, "no answer yet")

    assert verify(store, given).sentence.endswith("It was asked back on 12 November 2021.")


@pytest.mark.parametrize("change", [turned, added_to, shortened])
def test_one_that_was_altered(store: Store, given: Path, change: Callable[[Path], None]) -> None:
    change(given)

    found = verify(store, given)

    assert (found.verdict, found.release is not None) == (Verdict.ALTERED, True)
    assert WHOM in found.sentence


def test_one_without_a_number_is_not_known(store: Store, given: Path, tmp_path: Path) -> None:
    bare = make(store, WANTED, tmp_path / "bare.pdf")

    assert verify(store, bare).verdict is Verdict.UNKNOWN


def test_one_of_another_office_is_not_known(store: Store, given: Path, tmp_path: Path) -> None:
    """Also not if it bears a number that is given here: its code is not ours."""
    [line] = release_register.register(store)
    path = tmp_path / "other.db"
    upgrade.create_tables(path, KEY, lambda connection: meta.write_identity(connection, "1" * 32))
    engine = open_engine(path, KEY)
    other = Store(engine, "B. Omar", today=lambda: TODAY)
    Office_(other).case()
    theirs = make(other, WANTED, tmp_path / "theirs.pdf", release=ReleaseWanted("Somebody", ref=line.ref))
    engine.dispose()

    assert line.ref in PdfReader(theirs).pages[0].extract_text()
    assert verify(store, theirs).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("data", [b"", b"no PDF at all", b"%PDF-1.5\n1 0 obj\n<<>>\n"])
def test_what_is_no_paper_is_not_known(store: Store, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)

    assert verify(store, path).verdict is Verdict.UNKNOWN


def test_what_is_not_there_cannot_be_read(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.pdf"):
        verify(store, tmp_path / "missing.pdf")
