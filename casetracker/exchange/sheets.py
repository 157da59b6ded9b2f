"""CSV and Excel files of the tables. What looks like a formula is written so that no program runs it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from casetracker.exchange.tables import Cell, Table
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for the beginning of one (OWASP)
_WIDEST, _NARROWEST = 60, 9  # letters of a column
_HEAD, _BAND = "1F3A5F", "F3F6FA"
LONGEST = 32_767  # letters that a cell of Excel holds


def csv_of(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with its mark, so that Excel reads it; days in ISO form.

    A text that begins like a formula gets an apostrophe before it, which every spreadsheet takes for "text".
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(table.heads)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def write_xlsx(tables: Sequence[Table], title: str, file: IO[bytes], progress: Progress) -> None:
    """Write a workbook with a sheet for each table: heads that stay in sight, filters, typed cells."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = "", title  # nobody's name
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    for done, table in enumerate(tables):
        progress.step(done, len(tables), table.title)
        sheet = book.create_sheet(_sheet_name(table.title, taken))
        _fill(sheet, table)
    book.save(file)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name as Excel wants it: 31 letters, none of seven signs, each name once."""
    plain = "".join(c for c in title if c not in "[]:*?/\\")[:31] or "?"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain[:27]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    _head(sheet, table)
    _body(sheet, table)
    last = get_column_letter(len(table.heads))
    for column in range(1, len(table.heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"


def _head(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, text in enumerate(table.heads, 1):
        cell = sheet.cell(1, column, text)
        cell.data_type = "s"
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=_HEAD)
        cell.alignment = Alignment(vertical="top", wrap_text=True)


def _body(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, PatternFill

    band, top = PatternFill("solid", start_color=_BAND), Alignment(vertical="top", wrap_text=True)
    for at, row in enumerate(table.rows, 2):
        for column, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell: Any = sheet.cell(at, column)
            _set(cell, value)
            cell.alignment = top
            if at % 2:
                cell.fill = band


def _set(cell: Any, value: Cell) -> None:
    """Put a value into a cell as what it is; a text stays text, also one that begins like a formula."""
    cell.value = _held(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"


def _held(text: str) -> str:
    """Return as much of a text as a cell of Excel holds; that it was cut is said in the cell."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(clean) <= LONGEST:
        return clean
    cut = tr(N_("… (cut here: a cell holds no more; the JSON export has all of it)"))
    return clean[: LONGEST - len(cut)] + cut


def _width(table: Table, column: int) -> float:
    longest = max((len(str(row[column])) for row in table.rows[:200] if row[column]), default=0)
    return min(max(longest, len(table.heads[column]), _NARROWEST) + 2, _WIDEST)
