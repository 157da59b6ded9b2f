"""Documents: taken in with their words, opened, checked; the rows that name the sealed files."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import Document, DocumentLink
from casetracker.model.sources.document import TextState
from casetracker.store import history
from casetracker.store.checks import Finding
from casetracker.store.draft import Draft
from casetracker.store.evidence import FOLDER, Evidence
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.reading_text import LARGEST_PDF, Read, read_text, readable
from casetracker.store.store import Store


@dataclass
class TakenIn:
    """What came of taking in files: the new documents, those that were there, those that failed and why."""

    new: list[str] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)  # the file's name, the document's title
    failed: list[tuple[str, str]] = field(default_factory=list)

    def text(self) -> str:
        """Say it in a sentence or several."""
        said = [ntr("{n} document added.", "{n} documents added.", len(self.new))] if self.new else []
        said += [
            tr(N_("“{name}” is in the casebook already, as “{title}”."), name=n, title=t)
            for n, t in self.known
        ]
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
    for number, path in enumerate(files):
        report.step(number, len(files), path.name)
        try:
            inside = _Within(report, number, len(files), path.name)
            _take_one(store, path, values, about, result, inside)
        except UserError as error:
            result.failed.append((path.name, f"{path.name}: {error}"))
    report.step(len(files), len(files))
    return result


@dataclass
class _Within:
    """Progress inside one of several files."""

    outer: Progress
    number: int
    files: int
    name: str

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say how far this file is, beside its name."""
        share = f" · {100 * done // total} %" if total else ""
        self.outer.step(self.number, self.files, f"{self.name}{share}")


def _take_one(
    store: Store, path: Path, values: Mapping[str, Any], about: Sequence[tuple[str, str]],
    result: TakenIn, progress: Progress,
) -> None:  # fmt: skip
    evidence = evidence_of(store)
    kept_at, seal = evidence.put_in(path, progress)
    written = False
    try:
        if title := _title_of(store, seal.sha256):
            result.known.append((path.name, title))
            return
        read = Read(TextState.UNREAD)
        if readable(path.name) and seal.size <= LARGEST_PDF:
            read = read_text(path.name, evidence.content(kept_at, seal.key))
        draft = store.draft(Document)
        draft.values |= {"title": path.stem[:300], "received": store.today(), "received_by": store.who}
        draft.values |= dict(values) | {
            "file_name": path.name[:300],
            "file_type": mimetypes.guess_type(path.name)[0],
            "size": seal.size,
            "sha256": seal.sha256,
            "sealed_sha256": seal.sealed_sha256,
            "kept_at": kept_at,
            "key": seal.key,
            "text_state": read.state,
            "text": read.text or None,
        }
        for kind, record_id in about:
            draft.add("links", about=kind, about_id=record_id)
        result.new.append(store.save(draft, tr(N_("Add document"))))
        written = True
    finally:
        if not written:
            evidence.throw_away(kept_at)


def _title_of(store: Store, sha256: str) -> str:
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
    kind: str
    received: str
    received_from: str
    file_name: str
    size: int
    text_state: TextState | None
    sha256: str


def documents_of(store: Store, case_id: str = "", about_id: str = "") -> list[DocumentLine]:
    """Return the documents of a case, or those that hang on a record: the latest received first."""
    linked = sa.select(DocumentLink.document_id).where(DocumentLink.about_id == about_id)
    wanted = Document.id.in_(linked) if about_id else Document.case_id.in_([case_id])
    with store.reader() as reader:
        query = sa.select(Document.id).where(wanted).order_by(Document.received.desc(), Document.title)
        return [
            DocumentLine(
                d.id,
                d.text("title"),
                d.text("kind"),
                d.text("received"),
                d.text("received_from"),
                d.text("file_name"),
                d.value("size") or 0,
                d.value("text_state"),
                d.text("sha256"),
            )
            for d in reader.many(Document, reader.ids(query))
        ]


def count(store: Store, case_id: str) -> int:
    """Return how many documents a case has."""
    with store.reading() as session:
        query = sa.select(sa.func.count()).select_from(Document).where(Document.case_id == case_id)
        return session.scalar(query) or 0


def copy_out(store: Store, document_id: str, target: Path, progress: Progress | None = None) -> None:
    """Write a document to a file of its own, in the clear. Raises `UserError`."""
    row = store.draft(Document, document_id).values
    evidence_of(store).copy_out(row["kept_at"] or "", row["key"] or "", target, progress)


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
