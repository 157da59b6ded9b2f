"""Nonsense for every parser: each says what is wrong or makes something of it, and never takes long."""

from __future__ import annotations

import io
import json
import logging
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from casetracker import settings as settings_file
from casetracker.errors import UserError
from casetracker.exchange.tables_in import taking
from casetracker.model.dates import KnownDate, parse
from casetracker.settings import Settings
from casetracker.store import keyfile, pdf_words
from casetracker.store.audit import anchors
from casetracker.store.backups import manifest
from casetracker.store.backups.place import Place
from casetracker.store.engine import connect
from casetracker.store.opening import store_of
from casetracker.store.rescue.pages import read_pages
from casetracker.store.rescue.tables import read_tables
from casetracker.store.views import query
from casetracker.store.views.listed import LISTS
from tests.store.sample import LOOSE
from tests.torture.office import SECRET, make_book

LONGEST = 2.0  # seconds that one of them may take
_WORDS = (
    b"\0",
    b"\xff" * 9,
    b"{",
    b"}",
    b'"',
    b"[" * 300,
    b"-1",
    b"1e999",
    b"null",
    "қ".encode(),
    b"9" * 400,
    b"/",
)
Refused = (UserError, ValueError)


def bent(whole: bytes, chance: random.Random) -> bytes:
    """Return a sample with some of it changed, cut, doubled or filled with what parsers stumble over."""
    content = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(content) + 1)
        how = chance.randrange(6)
        if how == 0 and content:
            content[at % len(content)] ^= 1 << chance.randrange(8)
        elif how == 1:
            content[at:at] = chance.choice(_WORDS)
        elif how == 2:
            del content[at : at + chance.randrange(1, 40)]
        elif how == 3:
            content[at:at] = content[at : at + chance.randrange(1, 60)]
        elif how == 4:
            content[at : at + 3] = chance.randbytes(3)
        else:
            del content[at:]
    return bytes(content)


def feed(
    parsers: dict[str, tuple[Callable[[bytes], object], list[bytes]]], times: int
) -> dict[str, Counter[str]]:
    """Give each parser so many bent samples."""
    found = {}
    for name, (parser, samples) in parsers.items():
        chance, counts = random.Random(name), Counter[str]()
        for _ in range(times):
            given = bent(chance.choice(samples), chance)
            began = time.process_time()  # of this process: others may want the machine too
            try:
                parser(given)
                counts["taken"] += 1
            except Refused:
                counts["refused"] += 1
            except Exception:  # noqa: BLE001 - counted
                counts["crashes"] += 1
                if counts["crashes"] < 4:
                    traceback.print_exc()
            took = time.process_time() - began
            counts["slower than 2 s"] += took > LONGEST
            counts["slowest ms"] = max(counts["slowest ms"], round(took * 1000))
        found[name] = counts
    return found


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda given: read(given.decode("utf-8", "replace"))


logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every oddity of a bent file


def _fields(given: bytes) -> object:
    """Read a reply form as the child does; what the library raises ends the child, which the program says."""
    try:
        return json.loads(pdf_words.pdf_fields(given))
    except Exception as error:
        raise ValueError from error


def parsers(folder: Path) -> dict[str, tuple[Callable[[bytes], object], list[bytes]]]:
    """Return every parser with samples that it takes."""
    from casetracker.store.backups.making import Source, make
    from casetracker.store.casebook import open_casebook

    made = make_book(folder)
    (folder / "stick").mkdir()
    reading = store_of(open_casebook(made, SECRET, read_only=True, bounds=LOOSE))
    with open_casebook(made, SECRET, bounds=LOOSE) as book:
        backup = make(Source(book.folder, book.id, book.key), Place(folder / "stick", book.id)).backup
        key = book.key
    records = (made / "records.db").read_bytes()[: 30 * 4096]
    (folder / "settings").mkdir()
    (folder / "bent").mkdir()

    def settings(given: bytes) -> object:
        (folder / "settings" / settings_file.NAME).write_bytes(given)
        read = settings_file.load(folder / "settings")
        assert isinstance(read, Settings)
        return read

    def header(given: bytes) -> object:
        path = folder / "bent" / "records.db"
        path.write_bytes(given)
        try:
            with closing(connect(path, key, mode="rw")) as connection:
                return connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError as error:
            raise ValueError from error

    def rescued(given: bytes) -> object:
        path = folder / "bent" / "records.db"
        path.write_bytes(given)
        return read_tables(read_pages(path, key))

    def table(ending: str) -> Callable[[bytes], object]:
        """Read a list that somebody made, down to the cases that it would give; nothing is written."""

        def read(given: bytes) -> object:
            path = folder / "bent" / f"list.{ending}"
            path.write_bytes(given)
            return taking.try_out(reading, taking.look(path))

        return read

    edtf = [b"2018-10", b"2018~/2019?", b"[2018-10,2019]", b"../2019-05-03", b"2018-21", b"2017-10-XX"]
    typed = [b"15.10.2018", b"about Oct 2018", "до весны 2018".encode(), "қазан 2018".encode()]
    anchor = [b"12-ABCD-EFGH-JKMN-PQRS", b"99999 0000 0000 0000 0000"]
    view = [json.dumps({"text": "x", "terms": [{"key": "no_news", "value": ["365"], "not": False}]}).encode()]
    return {
        "key file": (keyfile.parse, [(made / keyfile.FIRST).read_bytes()]),
        "backup manifest": (manifest.parse, [(backup.folder / manifest.NAME).read_bytes()]),
        "settings": (settings, [json.dumps({"recent": ["a"], "window_width": 5, "language": "kk"}).encode()]),
        "saved view": (_text(lambda text: query.read(text, LISTS["cases"].by_key)), view),
        "EDTF": (_text(KnownDate.from_edtf), edtf),
        "typed date": (_text(parse), typed),
        "code of the log": (_text(anchors.read_anchor), anchor),
        "header of records": (header, [records[: 3 * 4096]]),
        "pages to rescue": (rescued, [records]),
        "a list to import, CSV": (table("csv"), _lists()),
        "a list to import, Excel": (table("xlsx"), [_workbook()]),
        "reply form": (_fields, [_form()]),
    }


def _lists() -> list[bytes]:
    rows = ["Name;Date of birth;Place of detention;Notes", 'Ерлан Серікұлы;15.03.1975;Emin;"seen; once"']
    text = "\n".join([*rows, "Айгүл;около 1980;;", "Бақыт;1975?;Altay;x"])
    return [text.encode(), text.replace(";", ",").encode("utf-16"), text.encode("cp1251", "replace")]


def _workbook() -> bytes:
    from openpyxl import Workbook

    book, file = Workbook(), io.BytesIO()
    for row in (
        ("Name", "Date of birth", "Place"),
        ("Ерлан", "15.03.1975", "Emin"),
        ("Айгүл", 1980, "Altay"),
    ):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def _form() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        canvas = Canvas(file.name)
        canvas.acroForm.textfield(name="answer", value="held", x=50, y=700)
        canvas.showPage()
        canvas.save()
        return Path(file.name).read_bytes()


def nonsense(times: int, only: tuple[str, ...] = ()) -> dict[str, Counter[str]]:
    """Give nonsense to every parser, or to those named."""
    with tempfile.TemporaryDirectory() as temporary:
        known = parsers(Path(temporary))
        return feed({name: known[name] for name in (only or known)}, times)
