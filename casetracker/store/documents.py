"""Documents: taken in with their words, opened, checked; the rows that name the sealed files."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import Document, DocumentLink
from casetracker.model.sources.document import TextState
from casetracker.store import file_kinds, history
from casetracker.store.checks import Finding
from casetracker.store.draft import Draft
from casetracker.store.evidence import FOLDER, Evidence
from casetracker.store.file_kinds import HEAD, FileKind, Look, kind_of
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.reader import DisclosedRecord
from casetracker.store.reading_text import LARGEST_PDF, LARGEST_TEXT, Read, read_text
from casetracker.store.sealed import Opened, Seal
from casetracker.store.store import Store


@dataclass
class TakenIn:
    """What came of taking in files: the new documents, those that were there, those that failed and why."""

    new: list[str] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)  # the file's name, the document's title
    failed: list[tuple[str, str]] = field(default_factory=list)
    warned: list[tuple[str, str]] = field(default_factory=list)  # what is dangerous, or not what it says

    def text(self) -> str:
        """Say it in a sentence or several."""
        said = [ntr("{n} document added.", "{n} documents added.", len(self.new))] if self.new else []
        said += [
            tr(N_("“{name}” is in the casebook already, as “{title}”."), name=n, title=t)
            for n, t in self.known
        ]
        said += [f"{name}: {what}" for name, what in self.warned]
        said += [why for _, why in self.failed]
        return " ".join(said)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are meant by files and folders; what is hidden is passed over."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        found += [p for p in inside if not p.name.startswith(".")]
    return found


def take_in(
    store: Store, files: Sequence[Path], values: Mapping[str, Any], progress: Progress | None = None,
    about: Sequence[tuple[str, str]] = (),
) -> TakenIn:  # fmt: skip
    """Take files into the casebook, each as one action; `values` are the same for all of them.

    `about` names records, by kind and id, that the documents belong to beside their case. A file that is in
    the casebook already is not taken in twice. Cancelling keeps those that are finished.
    """
    report, result = progress or Silent(), TakenIn()
    evidence = evidence_of(store) if store.folder else None
    for number, path in enumerate(files):
        report.step(number * SHARES, len(files) * SHARES, path.name)
        try:
            inside = Within(report, number, len(files), path.name)
            evidence = evidence or evidence_of(store)
            sealing = partial(evidence.put_in, path, inside)
            _take_one(store, path.name, sealing, dict(values), about, result)
        except UserError as error:
            result.failed.append((path.name, f"{path.name}: {error}"))
    report.step(len(files), len(files))
    return result


def take_in_content(
    store: Store, name: str, content: bytes, values: Mapping[str, Any],
    about: Sequence[tuple[str, str]] = (), label: str = "",
) -> TakenIn:  # fmt: skip
    """Take in what is in memory only: a picture from the clipboard, a working copy. Raises `UserError`."""
    result = TakenIn()
    sealing = partial(evidence_of(store).seal, io.BytesIO(content), len(content))
    _take_one(store, name, sealing, dict(values), about, result, label=label)
    return result


SHARES = 100  # into which the work on one file is divided


@dataclass
class Within:
    """Progress inside one of several files."""

    outer: Progress
    number: int
    files: int
    name: str

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say how far this file is, beside its name."""
        share = f" · {100 * done // total} %" if total else ""
        here = SHARES * done // total if total else 0
        self.outer.step(self.number * SHARES + here, self.files * SHARES, f"{self.name}{share}")


def _take_one(
    store: Store, name: str, sealing: Callable[[], tuple[str, Seal]], values: dict[str, Any],
    about: Sequence[tuple[str, str]], result: TakenIn, *, label: str = "",
) -> None:  # fmt: skip
    """Seal a file and write its row; whatever goes wrong in between takes the file away again."""
    evidence = evidence_of(store)
    kept_at, seal = sealing()
    written = False
    try:
        if title := title_of(store, seal.sha256):
            result.known.append((name, title))
            return
        draft, kind = drafted(store, name, kept_at, seal, values)
        for about_kind, record_id in about:
            draft.add("links", about=about_kind, about_id=record_id)
        result.new.append(store.save(draft, label or tr(N_("Add document"))))
        written = True
        result.warned += [(name, what) for what in file_kinds.warnings_of(kind, name)]
    finally:
        if not written:
            evidence.throw_away(kept_at)


def drafted(
    store: Store, name: str, kept_at: str, seal: Seal, values: Mapping[str, Any]
) -> tuple[Draft, FileKind]:
    """Return the draft of a document whose file is sealed, and what the file is by its first bytes."""
    kind, read = _looked_at(evidence_of(store), kept_at, seal, name)
    draft = store.draft(Document)
    draft.values |= {"title": PurePath(name).stem[:300], "received": store.today()}
    draft.values |= {"received_by": store.who, **values}
    draft.values |= {
        "file_name": name[:300],
        "file_type": kind.mime,
        "size": seal.size,
        "sha256": seal.sha256,
        "sealed_sha256": seal.sealed_sha256,
        "kept_at": kept_at,
        "key": seal.key,
        "text_state": read.state,
        "text": read.text or None,
    }
    return draft, kind


def _looked_at(evidence: Evidence, kept_at: str, seal: Seal, name: str) -> tuple[FileKind, Read]:
    """Return what a file is by its first bytes, and its words where it is of a sort that has some."""
    opened = evidence.opened(kept_at, seal.key)
    try:
        kind = kind_of(opened.read(0, HEAD), name)
        if kind.look is Look.PDF and seal.size <= LARGEST_PDF:
            return kind, read_text("words.pdf", opened.read(0, seal.size))
        if kind.look is Look.TEXT:
            return kind, read_text("words.txt", opened.read(0, LARGEST_TEXT))
        return kind, Read(TextState.UNREAD)
    finally:
        opened.close()


def title_of(store: Store, sha256: str) -> str:
    """Return the title of the document that holds this file already; "" if none does."""
    with store.reading() as session:
        return session.scalar(sa.select(Document.title).where(Document.sha256 == sha256).limit(1)) or ""


def evidence_of(store: Store) -> Evidence:
    """Return the folder of sealed files; raises `UserError` for records that lie in no casebook folder."""
    if store.folder is None:
        raise UserError(
            tr(N_("These records do not lie in the folder of a casebook, so they hold no files."))
        )
    return Evidence(store.folder)


@dataclass(frozen=True)
class DocumentLine:
    """A document as lists show it; its text is read by `text_of`."""

    id: str
    title: str
    sort: str
    received: str
    received_from: str
    file_name: str
    size: int
    text_state: TextState | None
    sha256: str
    file_type: str = ""
    original_id: str = ""
    copy: str = ""  # what it is of its original, in words
    copy_note: str = ""

    @property
    def kind(self) -> FileKind:
        """What the file is by its first bytes; of what another program took in, nothing is known."""
        return file_kinds.kind_named(self.file_type) or file_kinds.UNKNOWN

    def warnings(self) -> list[str]:
        """Say what somebody should know before another program opens it."""
        return file_kinds.warnings_of(self.kind, self.file_name) if self.sha256 else []


def documents_of(store: Store, case_id: str = "", about_id: str = "") -> list[DocumentLine]:
    """Return the documents of a case, or those that hang on a record: the latest received first.

    Those of a case are also what hangs on it. A working copy stands behind its original.
    """
    query = sa.select(Document.id).where(_bears_on(case_id, about_id))
    with store.reader() as reader:
        ids = reader.ids(query.order_by(Document.received.desc(), Document.title, Document.id))
        lines = [_line(d) for d in reader.many(Document, ids)]
    return _behind_originals(lines)


def of_content(store: Store, path: Path) -> DocumentLine:
    """Return the document that holds just what is in a file; raises `UserError` if none does."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with store.reading() as session:
        found = session.scalar(sa.select(Document.id).where(Document.sha256 == sha256).limit(1))
    if found is None:
        raise UserError(tr(N_("“{name}” could not be taken in as a document."), name=path.name))
    return line_of(store, found)


def line_of(store: Store, document_id: str) -> DocumentLine:
    """Return one document; raises `UserError` if it is gone."""
    with store.reader() as reader:
        if (document := reader.get(Document, document_id)) is not None:
            return _line(document)
    raise UserError(tr(N_("This record is no longer there; it may have been deleted or undone.")))


def _bears_on(case_id: str, about_id: str) -> sa.ColumnElement[bool]:
    linked = sa.select(DocumentLink.document_id).where(DocumentLink.about_id == (about_id or case_id))
    hangs = Document.id.in_(linked)
    return hangs if about_id else sa.or_(Document.case_id.in_([case_id]), hangs)


def _line(d: DisclosedRecord) -> DocumentLine:
    return DocumentLine(
        d.id,
        d.text("title"),
        d.text("kind"),
        d.text("received"),
        d.text("received_from"),
        d.text("file_name"),
        d.value("size") or 0,
        d.value("text_state"),
        d.text("sha256"),
        d.text("file_type"),
        d.value("original_id") or "",
        d.text("copy_kind"),
        d.text("copy_note"),
    )


def _behind_originals(lines: Sequence[DocumentLine]) -> list[DocumentLine]:
    there = {line.id for line in lines}
    found: list[DocumentLine] = []

    def put(line: DocumentLine) -> None:
        found.append(line)
        for copy in lines:
            if copy.original_id == line.id:
                put(copy)

    for line in lines:
        if line.original_id not in there:
            put(line)
    return found


def count(store: Store, case_id: str = "", about_id: str = "") -> int:
    """Return how many documents a case, or another record, has."""
    with store.reading() as session:
        query = sa.select(sa.func.count()).select_from(Document).where(_bears_on(case_id, about_id))
        return session.scalar(query) or 0


def opened(store: Store, document_id: str) -> Opened:
    """Return what a document holds, to be read at any place and then closed; raises `UserError`."""
    row = store.draft(Document, document_id).values
    return evidence_of(store).opened(row["kept_at"] or "", row["key"] or "")


def pieces(store: Store, document_id: str) -> Iterator[bytes]:
    """Return what a document holds, a piece at a time; raises `UserError`."""
    row = store.draft(Document, document_id).values
    return evidence_of(store).pieces(row["kept_at"] or "", row["key"] or "")


def problem(store: Store, document_id: str, progress: Progress | None = None) -> str:
    """Check the file of one document; return what is wrong with it, or nothing."""
    return _problem(evidence_of(store), store.draft(Document, document_id), progress)


def _problem(evidence: Evidence, document: Draft, progress: Progress | None = None) -> str:
    row = document.values
    if not row["kept_at"]:
        return ""  # a paper that the office only knows of
    return evidence.problem(row["kept_at"], row["key"] or "", row["sha256"] or "", progress)


def findings(store: Store, progress: Progress | None = None) -> list[Finding]:
    """Check the files of all documents; an empty list means sound."""
    if store.folder is None:
        return []
    evidence, report = Evidence(store.folder), progress or Silent()
    columns = (Document.id, Document.kept_at, Document.key, Document.sha256)
    with store.reading() as session:
        rows = session.execute(sa.select(*columns).where(Document.kept_at.is_not(None))).all()
    found = []
    for number, (record_id, kept_at, key, sha256) in enumerate(rows):
        report.step(number, len(rows))
        if what := evidence.problem(kept_at or "", key or "", sha256 or ""):
            found.append(
                Finding(f"{FOLDER}/{kept_at} ({tr(Document.singular)} {record_id[:4].upper()})", what)
            )
    return found


def sweep(store: Store) -> int:
    """Remove the files that no row names and no undo can bring back; return how many they were."""
    if store.read_only or store.folder is None or not (store.folder / FOLDER).is_dir():
        return 0
    with store.reading() as session:
        named = session.scalars(sa.select(Document.kept_at).where(Document.kept_at.is_not(None)))
        known = {place for place in named if place} | _in_reach(session)
    return Evidence(store.folder).sweep(known)


def _in_reach(session: Session) -> set[str]:
    """Return the files of documents that are gone but could come back by undo or redo."""
    reach: set[str] = set()
    for who in session.scalars(sa.select(AuditAction.who).distinct()).all():
        actions = [a.id for stack in history.stacks(session, who) for a in stack]
        query = sa.select(AuditChange).where(
            AuditChange.entity == Document.__name__, AuditChange.action_id.in_(actions)
        )
        for change in session.scalars(query):
            reach |= {v["kept_at"] for v in (change.before, change.after) if v and v.get("kept_at")}
    return reach
