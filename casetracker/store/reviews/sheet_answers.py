"""Review sheets that came back filled in: whether they are ours and unchanged, and what they say.

The hidden line of a sheet names the review and the hash of what was sent; its seal is made with the frozen
content as the key, which holds ids that never leave the casebook.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Review
from casetracker.model.terms import label_of
from casetracker.model.work.review import Said
from casetracker.store.reading_text import COMMAND, LARGEST_PDF, in_another_process
from casetracker.store.reviews import taking
from casetracker.store.reviews.packet import LONGEST, MAY_SAY, STATEMENT, Answers, Item, Packet, Reply
from casetracker.store.reviews.sending import packet_of
from casetracker.store.reviews.taking import Incoming
from casetracker.store.store import Store

FIELD = "casetracker"  # the name of the hidden field
SIGNED, COMMENT = "end.signed", "end.comment"
_VERSION = "review1"


def mark_line(packet: Packet) -> str:
    """Return the hidden line of a sheet."""
    return " ".join((_VERSION, packet.review, packet.digest, _seal(packet)))


def field_of(item: Item, part: str) -> str:
    """Return the name of a field of a sheet: part is "answer" or "words"."""
    return f"n{item.number}.{part}"


def names_of(packet: Packet) -> set[str]:
    """Return the names of all fields of a sheet."""
    items = {field_of(i, part) for i in packet.items for part in ("answer", "words")}
    return items | {SIGNED, COMMENT}


def read_sheet(store: Store, path: Path) -> Incoming:
    """Return what a filled sheet would record; nothing is written.

    Raises `UserError` if it cannot be read, is no review sheet, is that of another casebook or review, was
    changed in more than its fields, says nothing, or was taken in already.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST_PDF else b""
    except OSError:
        raise UserError(tr(N_("“{name}” cannot be opened."), name=path.name)) from None
    return taking.look(store, answers_of(store, content))


def answers_of(store: Store, content: bytes) -> Answers:
    """Return the answers in a sheet that was found to be ours. Raises `UserError`."""
    fields = _fields_of(content)
    packet = _packet(store, fields.pop(FIELD, ""))
    if fields.keys() != names_of(packet):
        raise UserError(tr(N_("The fields of this sheet are not those that were sent; it was changed.")))
    replies = {}
    for item in packet.items:
        said, words = (_clean(fields[field_of(item, part)]) for part in ("answer", "words"))
        if reply := _reply(item, said, words):
            replies[item.number] = reply
    signed, comment = _clean(fields[SIGNED])[:300], _clean(fields[COMMENT])[:LONGEST]
    if not (replies or comment):
        raise UserError(tr(N_("Nothing was filled in in this sheet.")))
    day = store.today().isoformat()
    return Answers(packet.review, packet.digest, replies, {}, comment, signed, day, done=True)


def _seal(packet: Packet) -> str:
    return hmac.new(packet.content().encode("utf-8"), packet.review.encode(), hashlib.sha256).hexdigest()[:32]


def _fields_of(content: bytes) -> dict[str, str]:
    said = in_another_process((COMMAND, "--fields"), content) if content else None
    if said is None:
        raise UserError(
            tr(N_("This file cannot be read as a PDF; ask for it again, or for a file without a password."))
        )
    return {str(name): str(text) for name, text in json.loads(said).items()}


def _packet(store: Store, line: str) -> Packet:
    parts = line.split()
    if len(parts) != 4 or parts[0] != _VERSION:
        raise UserError(
            tr(N_("This is no review sheet of this program, or its fields were lost when it was saved anew."))
        )
    with store.reader() as reader:
        ids = reader.ids(sa.select(Review.id).where(Review.ref == parts[1]))
    if not ids:
        raise UserError(
            tr(N_("This sheet is that of another casebook: there is no review {ref} in this one."),
               ref=parts[1])
        )  # fmt: skip
    packet = packet_of(store, ids[0])
    if packet.digest != parts[2] or not hmac.compare_digest(_seal(packet).encode(), parts[3].encode()):
        raise UserError(
            tr(N_("This sheet is not the one that was sent with {ref}; it was changed."), ref=parts[1])
        )
    return packet


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if c.isprintable()).strip() for line in lines).strip()


def _reply(item: Item, answer: str, words: str) -> Reply | None:
    """Return what was meant: a correction without a tick is a correction all the same."""
    said = _said(item.kind).get(answer.casefold())
    words = words[:LONGEST]
    if said is None:
        typed = "\n".join(part for part in (answer, words) if part)[:LONGEST]
        return Reply(Said.WRONG, typed) if typed and item.kind == STATEMENT else None
    return Reply(said, words) if said is Said.WRONG else Reply(said, "", words)


def _said(kind: str) -> Mapping[str, Said]:
    """Return what may be chosen, by its code and by its label in every language."""
    found = {said.name.casefold(): said for said in MAY_SAY[kind]}
    for code in i18n.languages():
        with i18n.language(code):
            found |= {label_of(said).casefold(): said for said in MAY_SAY[kind]}
    return found
