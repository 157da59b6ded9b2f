"""Every report of the example: nothing in the margins, nothing on anything else, no heading alone; stress."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest

from casetracker.reports import REPORTS, pdf
from casetracker.reports.blocks import Block, Chip, Cover, Heading, Keep, Para, Section, Table, Tone
from casetracker.reports.make import Wanted, preview
from casetracker.reports.report import Report
from casetracker.store.store import Store
from tests.reports import layout
from tests.reports.test_pdf import dossier

LANGUAGES = ("ru", pytest.param("en", marks=pytest.mark.slow), pytest.param("kk", marks=pytest.mark.slow))
LONG = "Бақытжан-Нұрланұлы Әбдіқызы-Өмірзақұлы"
WIDE = "古丽娜尔·阿布迪热合曼·吐尔逊"
LEFTWARD = "گۈلنار ئابدۇراخمان يولۋاس قىزى"


def faults(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    return layout.faults(path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_report_is_laid_out_well(example: Store, tmp_path: Path, report: Report, language: str) -> None:
    wanted = Wanted(report, report.audiences[0], language)
    assert faults(tmp_path, preview(example, wanted)) == []


# ------------------------------------------------------------------------------------------- the finder finds


def test_a_letter_on_another_is_found(tmp_path: Path) -> None:
    canvas_twice = pdf.to_bytes([Para("Nothing to see here.")], title="Paper", language="en")
    assert faults(tmp_path, canvas_twice) == []
    with pypdfium2.PdfDocument(canvas_twice) as document:
        letters = layout.letters(document[0])
    assert list(layout.on_each_other([*letters, *letters[:1]]))
    moved = [letter for letter in letters if letter.bottom > layout.FOOT]
    assert list(layout.outside([*moved, layout.Letter("x", 20, 400, 25, 406, ("Regular", 9.5))], 595, 842))


def test_a_heading_alone_is_found(tmp_path: Path) -> None:
    assert faults(tmp_path, pdf.to_bytes([Para("Text."), Heading("Left alone")], title="P", language="en"))


# ------------------------------------------------------------------------------------------- stress


def rows(number: int) -> tuple[tuple[object, ...], ...]:
    account = "An account of twenty lines. " * 70
    return tuple(
        (f"{LONG} {n}", (WIDE, LEFTWARD), (Chip(f"overdue by {n} days and some more", Tone.RED), "note"),
         account if n % 40 == 7 else "short")
        for n in range(number)
    )  # fmt: skip


@pytest.mark.parametrize("number", [0, 1, 300])
def test_tables_of_any_length_with_names_in_wide_scripts(tmp_path: Path, number: int) -> None:
    heads = ("Detained relative", "Names", "Status", "Account")
    table = Table(heads, rows(number), widths=(3, 2.4, 2, 4), empty="None.")  # type: ignore[arg-type]
    blocks: list[Block] = [
        Section("Cases", LONG * 3),
        Cover(LONG, WIDE, (("Name", LEFTWARD),), "Confidential"),
    ]
    blocks += [Heading("Cases", level=2), table, Keep((Heading("After", level=3), Para("Text.")))]
    assert faults(tmp_path, pdf.to_bytes(blocks, title="Paper", language="en")) == []


@pytest.mark.parametrize("number", [1, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_dossier_of_any_length(tmp_path: Path, number: int, paper: pdf.Paper) -> None:
    data = pdf.to_bytes(dossier(number), title="Paper", language="en", paper=paper)
    assert faults(tmp_path, data) == []


def test_headings_are_never_left_alone_wherever_a_page_ends(tmp_path: Path) -> None:
    """The same paper is pushed down line by line, so that a page ends at every place of it."""
    for lines in range(0, 60, 3):
        blocks: list[Block] = [Para("line\n" * lines)] if lines else []
        for level in (1, 2, 3):
            blocks += [Heading(f"Heading {level}", level=level), Table(("Day",), ((str(dt.date.min),),) * 3)]
        blocks += [Heading("Last", level=3), Para("Text. " * 80)]
        assert faults(tmp_path, pdf.to_bytes(blocks, title="Paper", language="en")) == []
