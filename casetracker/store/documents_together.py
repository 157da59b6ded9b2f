"""Many files become documents of different records as one action, which one undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import ntr
from casetracker.jobs import Progress, Silent
from casetracker.model import Case
from casetracker.store import documents, file_kinds
from casetracker.store.documents import TakenIn, Within
from casetracker.store.draft import Draft
from casetracker.store.evidence import Evidence
from casetracker.store.file_kinds import FileKind, Look
from casetracker.store.sealed import Seal
from casetracker.store.store import Store

_KINDS = {"image": "photo", "video": "video", "audio": "audio"}


@dataclass(frozen=True)
class Meant:
    """A file and the record that it is to belong to."""

    path: Path
    kind: str
    record_id: str


def take_in(store: Store, meant: Sequence[Meant], progress: Progress = Silent()) -> TakenIn:  # noqa: B008
    """Seal the files, then write all their documents as one action.

    A file that is in the casebook already, or cannot be read, is told and left out. Raises `Cancelled`, and
    then no file and no document of them is there.
    """
    store.require_writable()
    evidence, result = documents.evidence_of(store), TakenIn()
    sealing = _Sealing(store, evidence, result, progress, len(meant))
    written = False
    try:
        drafts = [draft for each in meant if (draft := sealing.draft(each)) is not None]
        if drafts:
            label = ntr("{n} file matched to its case", "{n} files matched to their cases", len(drafts))
            with store.edit(label) as edit:
                result.new += [edit.write(draft) for draft in drafts]
        written = True
    finally:
        for kept_at in () if written else sealing.sealed:
            evidence.throw_away(kept_at)
    progress.step(len(meant), len(meant))
    return result


@dataclass
class _Sealing:
    """The files that were sealed so far, until their documents are written."""

    store: Store
    evidence: Evidence
    result: TakenIn
    progress: Progress
    files: int
    at: int = 0
    sealed: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)  # by the hash of the file

    def draft(self, meant: Meant) -> Draft | None:
        """Seal a file and return the draft of its document; None where it is there already or failed."""
        name = meant.path.name
        inside = Within(self.progress, self.at, self.files, name)
        self.at += 1
        inside.step(0, 1)
        try:
            kept_at, seal = self.evidence.put_in(meant.path, inside)
        except UserError as error:
            self.result.failed.append((name, f"{name}: {error}"))
            return None
        self.sealed.append(kept_at)
        title = documents.title_of(self.store, seal.sha256) or self.titles.get(seal.sha256, "")
        if title:  # there already, or twice in the folder
            self.result.known.append((name, title))
            self.sealed.remove(kept_at)
            self.evidence.throw_away(kept_at)
            return None
        self.titles[seal.sha256] = name
        return self._drafted(meant, kept_at, seal)

    def _drafted(self, meant: Meant, kept_at: str, seal: Seal) -> Draft:
        name, of_case = meant.path.name, meant.kind == Case.__name__
        values = {"case_id": meant.record_id} if of_case else {}
        draft, kind = documents.drafted(self.store, name, kept_at, seal, values)
        draft.values["kind"] = _sort_of(kind)
        if not of_case:
            draft.add("links", about=meant.kind, about_id=meant.record_id)
        self.result.warned += [(name, what) for what in file_kinds.warnings_of(kind, name)]
        return draft


def _sort_of(kind: FileKind) -> str:
    """Return what sort of document a file is likely to be; anybody may change it afterwards."""
    major = kind.mime.partition("/")[0]
    return _KINDS.get(major, "testimony" if kind.look in {Look.PDF, Look.TEXT} else "other")
