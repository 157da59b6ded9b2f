"""Working copies of a document: redacted, cut to some pages, transcribed, translated. The original stays."""

from __future__ import annotations

from typing import Any

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.model import Document
from casetracker.model.names.writing import Language
from casetracker.model.sources.document import WorkingCopy
from casetracker.model.terms import label_of
from casetracker.store import documents
from casetracker.store.file_kinds import HEAD, kind_of
from casetracker.store.store import Store


def make(store: Store, original_id: str, kind: WorkingCopy, content: bytes, note: str, **values: Any) -> str:
    """Keep a working copy of a document, belonging to all that the original belongs to; return its id.

    It is one action, which can be undone. Raises `UserError` if the same content is there already.
    """
    original = store.draft(Document, original_id)
    title = f"{original.values['title']} – {label_of(kind)}"[:300]
    ending = (kind_of(content[:HEAD]).endings or ("",))[0]
    given = {
        "title": title,
        "kind": original.values["kind"],
        "case_id": original.values["case_id"],
        "received_from": original.values["received_from"],
        "language": original.values["language"],
        "original_id": original_id,
        "copy_kind": kind,
        "copy_note": note[:300],
    } | values
    about = [(link.values["about"], link.values["about_id"]) for link in original.children["links"]]
    label = tr(N_("Make a working copy: {what}"), what=label_of(kind))
    result = documents.take_in_content(store, f"{title}{ending}", content, given, about, label)
    if result.known:
        raise UserError(result.text())
    return result.new[0]


def write_text(
    store: Store, original_id: str, kind: WorkingCopy, text: str, language: Language | None, by: str
) -> str:
    """Keep a transcript or a translation of a document as a text beside it; return its id."""
    if not text.strip():
        raise UserError(tr(N_("There is no text yet.")))
    values = {"language": language, "translator": by or None}
    return make(store, original_id, kind, text.strip().encode() + b"\n", by, **values)


def redaction_note(boxes: int, pages: int) -> str:
    """Say what a redaction did."""
    places = ntr("{n} place blacked out", "{n} places blacked out", boxes)
    return places if pages <= 1 else tr(N_("{places}, all pages made anew as pictures"), places=places)


def pages_note(first: int, last: int, of: int) -> str:
    """Say which pages were taken; counted from one."""
    return tr(N_("pages {first}–{last} of {n}"), first=first, last=last, n=of)
