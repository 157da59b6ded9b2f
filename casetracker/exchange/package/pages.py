"""The pages of a package that people read: an index, a page for each case, and one for each kind of record.

Plain HTML without a script, a font, a picture or a link that leads outside, so that reading it tells nobody
anything. Every text is escaped, and a word of each script runs in its own direction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from urllib.parse import quote

from casetracker.exchange.gather import Gathered
from casetracker.exchange.tables import Cell, Table
from casetracker.i18n import N_, current, ntr, tr
from casetracker.model import Case, Document, DocumentUse
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.entity import Entity, children_of, keys_to, values_of
from casetracker.model.fields import Ref
from casetracker.store.reader import DisclosedRecord

AT_ONCE = 500  # records on a page
_NOT_FOR_READERS: dict[type[Entity], set[str]] = {Document: {"key", "kept_at", "sealed_sha256"}}
_OF_ORDER = {"position", "primary"}
_NO_PAGE = (DocumentUse,)
_STYLE = """
body{font:15px/1.45 "Noto Sans","Segoe UI",Arial,sans-serif;color:#1b2733;margin:0;background:#f3f6fa}
main{max-width:1080px;margin:0 auto;padding:24px 28px 60px;background:#fff}
h1{font-size:25px;color:#1f3a5f;margin:0 0 4px}h2{font-size:18px;color:#1f3a5f;margin:30px 0 8px}
h3{font-size:15px;margin:18px 0 4px}a{color:#1f5fa8}p{margin:6px 0}.muted{color:#5c6b7a}
table{border-collapse:collapse;width:100%;margin:6px 0}
th{background:#1f3a5f;color:#fff;text-align:start;padding:6px 8px;font-weight:600;position:sticky;top:0}
td{padding:5px 8px;border-bottom:1px solid #dbe3ec;vertical-align:top;white-space:pre-wrap;
overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(150px,26%) 1fr;gap:2px 14px;margin:4px 0 12px}
dt{color:#5c6b7a}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
section{border-top:1px solid #dbe3ec;padding:4px 0}.in{margin-inline-start:20px}
@media print{body{background:#fff}th{position:static}}
"""


def page(title: str, body: Iterable[str], *, up: str = "") -> Iterator[str]:
    """Yield a whole page; `up` is the way back to the index."""
    yield "<!DOCTYPE html>\n"
    yield f'<html lang="{current()}"><head><meta charset="utf-8">\n'
    yield '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    yield "style-src 'unsafe-inline'\">\n"
    yield '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">\n'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n<body><main>\n"
    if up:
        yield f'<p><a href="{up}">← {escape(tr(N_("All cases")))}</a></p>\n'
    yield f'<h1 dir="auto">{escape(title)}</h1>\n'
    yield from body
    yield "</main></body></html>\n"


# The index


def index(
    about: Sequence[tuple[str, str]],
    cases: Table,
    names: Mapping[str, str],
    kinds: Sequence[tuple[str, str, int]],
    more: Sequence[tuple[str, str]] = (),
) -> Iterator[str]:
    """Yield the page that everything starts from.

    `names` maps references to the pages of cases; `kinds` are title, page and number of the kinds of records;
    `more` are other pages with their titles.
    """
    yield "<dl>\n"
    for label, text in about:
        yield from _fact(label, text)
    yield "</dl>\n"
    empty = tr(N_("What is empty is not known, or held back for these readers."))
    yield f'<p class="muted">{escape(empty)}</p>\n'
    yield f"<h2>{escape(tr(N_('Cases')))}</h2>\n"
    yield from _cases(cases, names)
    yield f"<h2>{escape(tr(N_('All records by kind')))}</h2>\n<table>\n"
    for title, path, count in kinds:
        said = ntr("{n} record", "{n} records", count)
        yield f'<tr><td><a href="{path}">{escape(title)}</a></td>\n<td>{escape(said)}</td></tr>\n'
    for title, path in more:
        yield f'<tr><td><a href="{path}">{escape(title)}</a></td>\n<td></td></tr>\n'
    yield "</table>\n"


_SHOWN = (
    *(N_("Reference"), N_("Name"), N_("Born"), N_("Status"), N_("Since")),
    *(N_("County or city"), N_("Sentence"), N_("Last news")),
)


def _cases(cases: Table, names: Mapping[str, str]) -> Iterator[str]:
    heads = [at for at, head in enumerate(cases.heads) if head in {tr(h) for h in _SHOWN}]
    yield "<table>\n<tr>" + "\n".join(f"<th>{escape(cases.heads[at])}</th>" for at in heads) + "</tr>\n"
    for row in cases.rows:
        cells = []
        for place, at in enumerate(heads):
            text = _plain(row[at])
            target = names.get(text) if place == 0 else None
            cells.append(f'<a href="{target}">{text}</a>' if target else text)
        yield "<tr>" + "\n".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>\n"
    yield "</table>\n"


def _plain(cell: Cell) -> str:
    return "" if cell is None else escape(str(cell))


# Records


class Telling:
    """Writes records out, with what belongs to them and what points at them."""

    def __init__(
        self, gathered: Gathered, case_pages: Mapping[str, str], files: Mapping[str, str], up: str
    ) -> None:
        self._cases, self._files, self._up = case_pages, files, up
        self._pointing: dict[str, list[DisclosedRecord]] = defaultdict(list)
        for entity, records in gathered.records.items():
            names = [n for n, d in values_of(entity).items() if isinstance(d.kind, Ref)]
            for record in records if entity not in _NO_PAGE else ():
                for name in names:
                    if key := record.value(name):
                        self._pointing[key].append(record)

    def case(self, case: DisclosedRecord, facts: Sequence[tuple[str, Cell]]) -> Iterator[str]:
        """Yield the page of a case: as people read it, then every record that speaks of it."""
        yield "<dl>\n"
        for label, cell in facts:
            if cell not in (None, ""):
                yield from _fact(label, str(cell))
        yield "</dl>\n"
        told: set[str] = set()
        person = case.ref("person_id")
        family = case.ref("family_id")
        for record in (case, person, family):
            if record is not None:
                yield from self._record(record, told)
        for record in self._pointing[case.id]:
            if record.id not in told and record.entity is not Case:
                yield from self._record(record, told)

    def kind(self, records: Iterable[DisclosedRecord]) -> Iterator[str]:
        """Yield all records of a kind, one below the other."""
        for record in records:
            yield from self._record(record, set(), deep=False)

    def _record(
        self, record: DisclosedRecord, told: set[str], *, deep: bool = True, of: type[Entity] | None = None
    ) -> Iterator[str]:
        told.add(record.id)
        title = record.title if record.title != WITHHELD else ""
        kind = escape(tr(record.entity.singular))
        head = f"{kind}: {escape(title)}" if title and title != tr(record.entity.singular) else kind
        yield f'<section{" class=in" if of else ""}><h3 dir="auto">{head}</h3><dl>\n'
        passed_over = _NOT_FOR_READERS.get(record.entity, set()) | _OF_ORDER
        passed_over |= keys_to(of, record.entity) if of else set()
        for name, field in values_of(record.entity).items():
            if name not in passed_over:
                yield from self._field(record, name, tr(field.label))
        if path := self._files.get(record.id):
            link = f'<a href="{self._up}{quote(path)}">{escape(path.rpartition("/")[2])}</a>'
            yield f"<dt>{escape(tr(N_('File')))}</dt>\n<dd>{link}</dd>\n"
        yield "</dl>\n"
        if deep:
            for name in children_of(record.entity):
                for child in record.children(name):
                    if child.id not in told and child.entity not in _NO_PAGE:
                        yield from self._record(child, told, of=record.entity)
        yield "</section>\n"

    def _field(self, record: DisclosedRecord, name: str, label: str) -> Iterator[str]:
        text = record.text(name)
        if not text or text == WITHHELD:
            return
        target = self._cases.get(record.value(name) or "") if record.value(name).__class__ is str else None
        if target:
            yield f'<dt>{escape(label)}</dt>\n<dd><a href="{self._up}{target}">{escape(text)}</a></dd>\n'
        else:
            yield from _fact(label, text)


def _fact(label: str, text: str) -> Iterator[str]:
    yield f'<dt>{escape(label)}</dt>\n<dd dir="auto">{escape(text)}</dd>\n'


def history(lines: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the actions of the audit log, the newest first."""
    heads = (tr(N_("When (UTC)")), tr(N_("Who")), tr(N_("What")))
    yield "<table>\n<tr>" + "\n".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr>\n"
    for line in lines:
        yield "<tr>" + "\n".join(f'<td dir="auto">{escape(text)}</td>' for text in line) + "</tr>\n"
    yield "</table>\n"


def of_kinds(gathered: Gathered) -> Iterator[tuple[type[Entity], int, list[DisclosedRecord]]]:
    """Yield the records by kind, in pages; the number of a page counts from 1."""
    for entity, records in gathered.records.items():
        for number, start in enumerate(range(0, len(records), AT_ONCE), 1):
            yield entity, number, records[start : start + AT_ONCE]
