"""Opening a table, whatever program wrote it: CSV and TSV in any encoding, Excel, OpenDocument, JSON.

Rows are read one after the other, so that a file of a million lines takes no more memory than one of ten.
What a file really is says its beginning, not its name. Formulas, macros and links in it are never run: only
the values that were stored are read.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casetracker.errors import UserError
from casetracker.exchange.tables_in import encodings
from casetracker.i18n import N_, tr

Row = list[str]
MOST_COLUMNS = 1_000
LONGEST_CELL = 1_000_000  # letters
LARGEST_INSIDE = 2 * 1024**3  # bytes of one file in a zip, unpacked
STEEPEST = 200  # times: beyond it a zip was made to fill the memory (a real sheet reaches 20 to 60)
LARGEST_AT_ONCE = 64 * 1024**2  # bytes of a file that has to be read whole: OpenDocument, JSON
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of an OLE file: an old .xls, or a new one with a password
_SAMPLE = 256 * 1024  # bytes, from which encoding and separator are guessed
_SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Sheet:
    """One table of a file; `rows` begins anew each time it is called."""

    name: str
    rows: Callable[[], Iterator[Row]] = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """What a file turned out to be: its kind in plain words, its sheets, and what should be known of it."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    separator: str = ""
    notes: tuple[str, ...] = ()


def opened(path: Path, *, encoding: str = "", separator: str = "") -> Opened:
    """Open a table. Raises `UserError`: not there, empty, locked with a password, no table, or made to harm.

    `encoding` and `separator` overrule what would be guessed of a text.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE)
    except OSError:
        raise UserError(
            tr(N_("“{name}” cannot be read; is it there, and may you read it?"), name=path.name)
        ) from None
    if not head.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise UserError(tr(N_("“{name}” is empty."), name=path.name))
    if head.startswith(_LOCKED):
        return _old_excel(path)
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")
    ):
        raise UserError(
            tr(
                N_("“{name}” is no table; save the list as CSV or Excel and choose that file."),
                name=path.name,
            )
        )
    return _text(path, head, encoding, separator)


# Text


def _text(path: Path, head: bytes, encoding: str, separator: str) -> Opened:
    code = encoding or encodings.guess(head)
    try:
        sample = head.decode(code, "ignore" if len(head) == _SAMPLE else "strict")
    except (UnicodeDecodeError, LookupError):
        raise UserError(
            tr(
                N_("“{name}” cannot be read as {encoding}; choose another encoding."),
                name=path.name,
                encoding=code,
            )
        ) from None
    sample = sample.lstrip("\ufeff")
    if sample.lstrip()[:1] in {"[", "{"} and path.suffix.lower() not in {".csv", ".tsv"}:
        return _json(path, code)
    mark = separator or _separator(sample)
    notes = _wrong_ending(path, {".csv", ".tsv", ".txt", ".tab", ""}, tr(N_("a text with columns")))
    rows = _TextRows(path, code, mark)
    return Opened(tr(N_("Text with columns")), (Sheet(path.stem, rows),), code, mark, notes)


@dataclass(frozen=True)
class _TextRows:
    path: Path
    code: str
    separator: str

    def __call__(self) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open(encoding=self.code, errors="replace", newline="") as file:
            reader = csv.reader(_without_nul(file), delimiter=self.separator)
            try:
                for row in reader:
                    yield [cell.lstrip("\ufeff") for cell in row[:MOST_COLUMNS]]
            except csv.Error as error:
                raise UserError(
                    tr(N_("Line {n} of “{name}” cannot be read ({why}); mend it in the file."),
                       n=reader.line_num, name=self.path.name, why=error)
                ) from error  # fmt: skip


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "")


def _separator(sample: str) -> str:
    """Return the mark that parts the lines into the same number of columns most often."""
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    best, most = ",", (0.0, 0)
    for mark in _SEPARATORS:
        counts = [len(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=mark)]
        columns = max(set(counts), key=counts.count, default=0)
        if columns > 1:
            score = (counts.count(columns) / len(counts), columns)
            if score > most:
                best, most = mark, score
    return best


# JSON


def _json(path: Path, code: str) -> Opened:
    """Open a list of objects, or an object of lists of them (the program's own export is one)."""
    if path.stat().st_size > LARGEST_AT_ONCE:
        raise _too_large(path)
    try:
        said = json.loads(path.read_text(code).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UserError(
            tr(N_("“{name}” is no JSON that can be read ({why})."), name=path.name, why=error)
        ) from None
    lists = {path.stem: said} if isinstance(said, list) else said.get("records", said)
    if not isinstance(lists, dict):
        raise UserError(tr(N_("“{name}” holds no list of records."), name=path.name))
    found = {
        str(name): [one for one in each if isinstance(one, dict)]
        for name, each in lists.items()
        if isinstance(each, list)
    }
    sheets = tuple(Sheet(name, _objects(each)) for name, each in found.items() if each)
    if not sheets:
        raise UserError(tr(N_("“{name}” holds no list of records."), name=path.name))
    return Opened("JSON", sheets, code)


def _objects(records: list[dict[str, Any]]) -> Callable[[], Iterator[Row]]:
    heads = list(dict.fromkeys(key for record in records for key in record))[:MOST_COLUMNS]

    def rows() -> Iterator[Row]:
        yield [str(head) for head in heads]
        for record in records:
            yield [_of_json(record.get(head)) for head in heads]

    return rows


def _of_json(value: Any) -> str:
    """Write a value of JSON as a cell: several values with "; " between them, a date as it is known."""
    if isinstance(value, list):
        return "; ".join(_of_json(one) for one in value)
    if isinstance(value, dict):
        known = value.get("edtf") or value.get("words") or value.get("text") or value.get("label")
        return str(known) if known else json.dumps(value, ensure_ascii=False)
    return _cell(value)


# Workbooks


def _zipped(path: Path) -> Opened:
    names = _looked_into(path)
    if "mimetype" in names or "content.xml" in names:
        return _by_calamine(path, tr(N_("OpenDocument")), {".ods"})
    if not any(name.startswith("xl/") for name in names):
        raise UserError(
            tr(
                N_("“{name}” is an archive and no table; unpack it and choose the file in it."),
                name=path.name,
            )
        )
    notes = _wrong_ending(path, {".xlsx", ".xlsm", ".xltx"}, tr(N_("an Excel file")))
    if any(name.endswith("vbaProject.bin") for name in names):
        notes = (*notes, tr(N_("The file holds macros; they were not run.")))
    return _excel(path, notes)


def _looked_into(path: Path) -> set[str]:
    """Return the names in a zip; refuse one whose parts are larger than any sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UserError(
            tr(
                N_("“{name}” is damaged, or was not copied whole; take it again from where it came."),
                name=path.name,
            )
        ) from None
    for part in parts:
        steep = part.file_size > 10 * 1024**2 and part.file_size > STEEPEST * max(part.compress_size, 1)
        if part.file_size > LARGEST_INSIDE or steep:
            raise UserError(
                tr(
                    N_("“{name}” was made to fill the memory of whoever opens it; it was not opened."),
                    name=path.name,
                )
            )
        if part.flag_bits & 1:
            raise UserError(_with_password(path))
    return {part.filename for part in parts}


def _excel(path: Path, notes: tuple[str, ...]) -> Opened:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        names = [sheet.title for sheet in book.worksheets]
        book.close()
    except Exception as error:
        raise UserError(
            tr(N_("“{name}” cannot be read as an Excel file; save it again as .xlsx or CSV."), name=path.name)
        ) from error
    return Opened("Excel", tuple(Sheet(name, _ExcelRows(path, name)) for name in names), notes=notes)


@dataclass(frozen=True)
class _ExcelRows:
    path: Path
    sheet: str

    def __call__(self) -> Iterator[Row]:
        from openpyxl import load_workbook

        book = load_workbook(self.path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book[self.sheet]
            sheet.reset_dimensions()  # what the file says of its own size may be wrong
            for row in sheet.iter_rows(values_only=True):
                yield [_cell(value) for value in row[:MOST_COLUMNS]]
        except UserError:
            raise
        except Exception as error:
            raise UserError(
                tr(N_("“{name}” cannot be read further; save it again as .xlsx or CSV."), name=self.path.name)
            ) from error
        finally:
            book.close()


def _old_excel(path: Path) -> Opened:
    with path.open("rb") as file:
        if "EncryptedPackage".encode("utf-16-le") in file.read(4 * 1024**2):
            raise UserError(_with_password(path))
    return _by_calamine(path, "Excel 97", {".xls"})


def _by_calamine(path: Path, kind: str, endings: set[str]) -> Opened:
    """Open what only calamine reads; it takes a sheet whole, so the file may not be large."""
    from python_calamine import CalamineWorkbook

    if path.stat().st_size > LARGEST_AT_ONCE:
        raise _too_large(path)
    try:
        book = CalamineWorkbook.from_path(path)
        names = list(book.sheet_names)
    except Exception as error:
        raise UserError(
            tr(
                N_("“{name}” cannot be read; save the list as CSV or Excel and choose that file."),
                name=path.name,
            )
        ) from error

    def rows(name: str) -> Callable[[], Iterator[Row]]:
        def each() -> Iterator[Row]:
            for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python():
                yield [_cell(value) for value in row[:MOST_COLUMNS]]

        return each

    return Opened(kind, tuple(Sheet(n, rows(n)) for n in names), notes=_wrong_ending(path, endings, kind))


# What they share


def _cell(value: Any) -> str:
    """Write a stored value as somebody would type it: days in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr(N_("Yes")) if value else tr(N_("No"))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return value.date().isoformat() if whole else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)[:LONGEST_CELL]


def _wrong_ending(path: Path, endings: set[str], kind: str) -> tuple[str, ...]:
    if path.suffix.lower() in endings:
        return ()
    sentence = N_("Its name ends in “{ending}”, but it is {kind}; it was read as that.")
    return (tr(sentence, ending=path.suffix, kind=kind),)


def _with_password(path: Path) -> str:
    sentence = N_(
        "“{name}” is locked with a password; open it in its program, save it without, and try again."
    )
    return tr(sentence, name=path.name)


def _too_large(path: Path) -> UserError:
    sentence = N_("“{name}” is too large to be read in this form; save it as CSV and choose that file.")
    return UserError(tr(sentence, name=path.name))
