"""A paper, picture or recording that the office received: what it is, and where its sealed file lies.

What is asked of each follows the Berkeley Protocol: the hash of the file as it came, who gave it, when and to
whom, where the original is. The file itself is never altered; `store.evidence` keeps it.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.names.writing import Language


class TextState(Enum):
    """Whether the words of a document could be taken out of its file."""

    FOUND = N_("Text found")
    NONE = N_("No text in it")
    UNREAD = N_("Not read")


class WorkingCopy(Enum):
    """What a working copy is of its original, which stays as it came."""

    REDACTED_IMAGE = N_("Redacted picture")
    REDACTED_PDF = N_("Redacted PDF")
    PAGES = N_("Some of the pages")
    TRANSCRIPT = N_("Transcript")
    TRANSLATION = N_("Translation")
    STRIPPED = N_("Picture without hidden data")


class DocumentAct(Enum):
    """What was done with a document without changing anything; changes stand in the audit log."""

    VIEWED = N_("Looked at")
    SAVED_OUT = N_("Saved outside the casebook, not encrypted")
    EXPORTED = N_("Given out with a paper")
    CHECKED = N_("Compared with its hash")


class Document(Entity):
    """One file that the office keeps as evidence. No audience outside the office hears of it by itself."""

    __tablename__ = "documents"
    singular, plural, page = N_("Document"), N_("Documents"), False
    named_by: ClassVar[tuple[str, ...]] = ("title",)
    stands_on: ClassVar[tuple[str, ...]] = ("case_id",)

    title: Mapped[str] = f.text(N_("Title"), S.TESTIFIER, required=True)
    kind: Mapped[str | None] = f.term("document_kind", N_("Kind of document"), S.OPEN)
    case_id: Mapped[str | None] = f.ref("Case", "cases", N_("Case"), S.OPEN)
    # A working copy names the document it was made from; the original is never altered.
    original_id: Mapped[str | None] = f.ref("Document", "documents", N_("Made from"), S.NOTES)
    copy_kind: Mapped[WorkingCopy | None] = f.choice(WorkingCopy, N_("Working copy"), S.NOTES)
    copy_note: Mapped[str | None] = f.text(N_("What was done to it"), S.NOTES)
    # How it came to the office
    received_from: Mapped[str | None] = f.text(N_("Received from"), S.TESTIFIER)
    received: Mapped[dt.date | None] = f.day(N_("Received on"), S.TESTIFIER)
    received_by: Mapped[str | None] = f.text(N_("Received by"), S.NOTES)
    original_at: Mapped[str | None] = f.text(N_("Where the original is"), S.TESTIFIER)
    language: Mapped[Language | None] = f.choice(Language, N_("Language"), S.TESTIFIER)
    # The file
    file_name: Mapped[str | None] = f.text(N_("Name of the file"), S.TESTIFIER)
    file_type: Mapped[str | None] = f.text(N_("Type of the file"), S.OPEN)
    size: Mapped[int | None] = f.big_number(N_("Size (bytes)"), S.OPEN)
    sha256: Mapped[str | None] = f.text(N_("SHA-256 of the file as it came"), S.OPEN, index=True)
    sealed_sha256: Mapped[str | None] = f.text(N_("SHA-256 of the sealed file"), S.NOTES)
    kept_at: Mapped[str | None] = f.text(N_("Sealed file"), S.NOTES)
    key: Mapped[str | None] = f.text(N_("Key of the sealed file"), S.NOTES)
    # The words
    text_state: Mapped[TextState | None] = f.choice(TextState, N_("Text"), S.NOTES)
    text: Mapped[str | None] = f.long_text(N_("Text of the document"), S.TESTIFIER)
    transcript: Mapped[str | None] = f.long_text(N_("Transcript or translation"), S.TESTIFIER)
    translator: Mapped[str | None] = f.text(N_("Written or translated by"), S.NOTES)
    machine_made: Mapped[bool | None] = f.yes_no(N_("Made by a machine"), S.NOTES)
    notes: Mapped[str | None] = f.long_text(N_("Notes"), S.NOTES)
    links: Mapped[list[DocumentLink]] = f.children("DocumentLink", N_("Belongs to"), S.NOTES)


class DocumentLink(Attached):
    """That a document bears on a record beside its case: an event, a source, a person."""

    __tablename__ = "document_links"
    singular, plural, page = N_("Link of a document"), N_("Links of documents"), False
    named_by: ClassVar[tuple[str, ...]] = ("note",)

    document_id: Mapped[str] = f.ref("Document", "documents", N_("Document"), S.NOTES, required=True)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)


class DocumentUse(Entity):
    """One line of the custody log of a document. It is only ever added, and stays when the document goes."""

    __tablename__ = "document_uses"
    singular, plural, page = N_("Line of a custody log"), N_("Custody log"), False
    named_by: ClassVar[tuple[str, ...]] = ("act",)

    document_id: Mapped[str] = f.text(N_("Document"), S.NOTES, required=True, index=True)
    act: Mapped[DocumentAct] = f.choice(DocumentAct, N_("What was done"), S.NOTES, required=True)
    at: Mapped[str] = f.text(N_("When (UTC)"), S.NOTES, required=True)
    who: Mapped[str] = f.text(N_("By whom"), S.NOTES, required=True)
    detail: Mapped[str | None] = f.text(N_("Reason, or what was found"), S.NOTES)
