"""Writing a package: pages for people, records for programs, the files, and for the office its rows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from casetracker.errors import Damaged, UserError
from casetracker.exchange import records, tables
from casetracker.exchange.gather import Gathered
from casetracker.exchange.package import locked_zip, pages
from casetracker.exchange.package.contents import FILES, INDEX, ORIGIN, RECORDS, ROWS, Filling
from casetracker.i18n import N_, in_window, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import AUDIENCE_LABELS, Audience
from casetracker.model.dates import KnownDate
from casetracker.paths import resource
from casetracker.store import packing
from casetracker.store.evidence import Missing
from casetracker.store.exporting import OutsideIds
from casetracker.store.passphrase import package_passphrase_problem
from casetracker.store.reader import Reader
from casetracker.store.rights import NotAllowed
from casetracker.store.store import Store

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
_LONGEST_NAME = 80
_PACKED_ALREADY = re.compile(r"\.(jpe?g|png|gif|webp|heic|mp[34]|m4a|ogg|mov|avi|zip|docx|xlsx|7z|gz)$", re.I)


@dataclass(frozen=True)
class Packing:
    """What a package is made of."""

    store: Store
    gathered: Gathered
    reader: Reader
    ids: OutsideIds
    about: Mapping[str, Any]
    chosen: tuple[str, ...]  # cases; all without
    passphrase: str
    progress: Progress

    @property
    def internal(self) -> bool:
        """Whether it is for the office itself: then files go along."""
        return self.reader.audience is Audience.INTERNAL

    @property
    def everything(self) -> bool:
        """Whether it is all that the office has, with its rows, to be brought back without loss."""
        return self.internal and not self.chosen


def require_possible(store: Store, audience: Audience, passphrase: str) -> None:
    """Raise `UserError` for a passphrase that will not do, and where this user may not take everything."""
    if problem := package_passphrase_problem(passphrase):
        raise UserError(problem)
    if audience is Audience.INTERNAL and not store.rights.manages_users:
        raise NotAllowed(tr(N_("Only an administrator may write a package of everything.")))


def write(asked: Packing, part: Path) -> list[str]:
    """Write a package; return what could not be put in, in sentences."""
    with locked_zip.writing(part, asked.passphrase) as archive:
        filling = Filling(archive, asked.progress)
        filling.manifest.about = dict(asked.about)
        missing = fill(asked, filling)
        filling.finish()
    return missing


def fill(asked: Packing, filling: Filling) -> list[str]:
    """Put everything into the inner zip but the manifest; return what could not be put in."""
    missing = _files(asked, filling) if asked.internal else []
    if asked.everything:
        _rows(asked, filling)
    filling.put_text(RECORDS, records.as_json(asked.gathered, asked.ids, dict(asked.about)))
    filling.put(records.SCHEMA, [(resource("schemas") / records.SCHEMA).read_bytes()])
    _pages(asked, filling)
    return missing


# For programs


def _rows(asked: Packing, filling: Filling) -> None:
    with asked.store.reading() as session:
        origin = packing.origin_of(session, asked.store)
        filling.put(ORIGIN, [json.dumps(asdict(origin), ensure_ascii=False).encode()])
        names = packing.tables()
        for done, table in enumerate(names):
            asked.progress.step(done, len(names), in_window(N_("Records")))
            lines = (
                json.dumps(row, ensure_ascii=False).encode() + b"\n"
                for row in packing.rows_of(session, table)
            )
            filling.put(f"{ROWS}{table}.jsonl", lines)


def _files(asked: Packing, filling: Filling) -> list[str]:
    with asked.store.reading() as session:
        documents = packing.documents_of(session)
    if asked.chosen:
        documents = [d for d in documents if d.case_id in asked.chosen]
    missing = []
    for number, document in enumerate(documents, 1):
        asked.progress.step(number, len(documents), in_window(N_("Documents")))
        path = f"{FILES}{number:05d} {_safe(document.file_name)}"
        try:
            for piece in packing.content_of(asked.store, document):  # all of it is sound, or none goes along
                asked.progress.step(number, len(documents))
                del piece
        except (Missing, Damaged) as error:
            missing.append(f"{document.file_name}: {error}")
            continue
        content = packing.content_of(asked.store, document)
        filling.put(path, content, packed=not _PACKED_ALREADY.search(path))
        filling.manifest.documents[document.id] = path
    return missing


def _safe(name: str) -> str:
    """Return a name that every system takes for a file, with its ending."""
    plain = _UNSAFE.sub("_", name).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        return plain[:_LONGEST_NAME] or "file"
    return f"{stem[: _LONGEST_NAME - len(ending)].rstrip(' .') or 'file'}.{ending}"


# For people


def _pages(asked: Packing, filling: Filling) -> None:
    told = {t.case.id: t for t in tables.told_of(asked.gathered, asked.reader)}
    case_pages = {id_: f"cases/case-{n:05d}.html" for n, id_ in enumerate(told, 1)}
    refs = {t.case.text("ref"): case_pages[id_] for id_, t in told.items()}
    telling = pages.Telling(asked.gathered, case_pages, filling.manifest.documents, "../")
    cases = tables.cases(asked.gathered, asked.reader)
    for done, (row, id_) in enumerate(zip(cases.rows, told, strict=True)):
        asked.progress.step(done, len(told), in_window(N_("Cases")))
        case = told[id_].case
        title = " ".join(str(text) for text in row[:2] if text)
        body = telling.case(case, list(zip(cases.heads, row, strict=True)))
        filling.put_text(case_pages[id_], pages.page(title, body, up=f"../{INDEX}"))
    kinds: dict[str, tuple[str, str, int]] = {}
    for entity, number, found in pages.of_kinds(asked.gathered):
        asked.progress.step(0, 0, in_window(entity.plural))
        title = tr(entity.plural) + (f" {number}" if number > 1 else "")
        path = f"records/{entity.__tablename__}" + (f"-{number}" if number > 1 else "") + ".html"
        kinds[path] = (title, path, len(found))
        filling.put_text(path, pages.page(title, telling.kind(found), up=f"../{INDEX}"))
    more = _history(asked, filling) if asked.everything else []
    listed = sorted(kinds.values(), key=lambda kind: kind[0].casefold())
    body = pages.index(_about(asked), cases, refs, listed, more)
    filling.put_text(INDEX, pages.page(tr(N_("Cases of the office")), body))


def _history(asked: Packing, filling: Filling) -> list[tuple[str, str]]:
    title = tr(N_("History"))
    with asked.store.reading() as session:
        body = pages.history(packing.history_of(session))
        filling.put_text("records/history.html", pages.page(title, body, up=f"../{INDEX}"))
    return [(title, "records/history.html")]


def _about(asked: Packing) -> list[tuple[str, str]]:
    count = len(asked.gathered.of(Case))
    said = [
        (tr(N_("For")), tr(AUDIENCE_LABELS[asked.reader.audience])),
        (tr(N_("As of")), KnownDate.on(asked.reader.as_of).text()),
        (tr(N_("Cases")), ntr("{n} case", "{n} cases", count)),
    ]
    if release := asked.about.get("release"):
        said.append((tr(N_("Number in the register")), str(release)))
    return said
