"""A review that goes to another computer as a sealed file, and the answers that come back in another one.

The file holds only what was frozen for the family, without ids of records; it is looked through, and written
into the release register like a paper. Its answers are sealed for the office, which needs no passphrase.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from casetracker import i18n
from casetracker.errors import Damaged, ReadOnly, TooNew, UserError
from casetracker.exchange.sealed_file import Identity, NotForThisKey, open_bytes, read_public, seal_bytes
from casetracker.i18n import N_, tr
from casetracker.leaving import part_file
from casetracker.leaving.formats import REVIEW_FILE
from casetracker.leaving.sought import all_sought, in_text
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.store import office_key, releases
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.releases import Given
from casetracker.store.reviews import packet as packets
from casetracker.store.reviews import sending, statements, taking
from casetracker.store.reviews.packet import Answers, Packet
from casetracker.store.reviews.taking import Incoming
from casetracker.store.store import Store
from casetracker.store.withheld import must_not_stand

SUFFIX, ANSWER_SUFFIX = ".ctreview", ".ctanswers"
_FORMAT, _VERSION = "casetracker-review-file", 1
_LARGEST = 2 * packets.LARGEST
_BROKEN = N_("What is in this file cannot be read; ask for it to be sent again.")


@dataclass(frozen=True)
class ReviewFile:
    """A review file that was opened: what is asked, and the public key for which the answers are sealed."""

    packet: Packet
    answer_to: str


def write_review_file(
    store: Store, review_id: str, out: Path, passphrase: str, *, kdf: KdfParameters | None = None
) -> Path:
    """Write the file of a review, sealed with a passphrase; it is registered, or not written.

    Raises `UserError` for a weak passphrase, if it would hold what the family may not read, or for what the
    disk complains of.
    """
    if store.read_only:
        raise ReadOnly(store.read_only)
    if problem := passphrase_problem(passphrase):
        raise UserError(problem)
    packet = sending.packet_of(store, review_id)
    answer_to = Identity(office_key.private_key(store)).public
    told = {
        "format": _FORMAT,
        "version": _VERSION,
        "packet": packet.outside().content(),
        "answer_to": answer_to,
    }
    content = json.dumps(told, ensure_ascii=False)
    refuse_leaks(store, packet, content, out.name)
    sealed = seal_bytes(content.encode(), kind="review", passphrase=passphrase, kdf=kdf)

    def together(_: Path) -> AbstractContextManager[None]:
        return releases.registering(store, _given(store, packet, out, hashlib.sha256(sealed).hexdigest()))

    with part_file.writing(out, together) as part:
        part.write_bytes(sealed)
    return out


def refuse_leaks(store: Store, packet: Packet, content: str, name: str) -> None:
    """Raise `UserError` if a review would show what is held back from the family, as records are now."""
    with i18n.language(packet.language), store.reader(Audience.FAMILY) as reader:
        for kept in packet.cases:
            if (case := reader.get(Case, kept.case_id)) is None:
                why = reader.refusal(kept.case_id)
                raise UserError(tr(N_("A case cannot be sent to this family: {why}"), why=why))
            reader.names(case.value("person_id"))
            list(statements.of_case(case))
        sought = all_sought(must_not_stand(reader))
    if any(any(in_text(line, sought)) for line in content.replace(",", "\n").splitlines()):
        raise UserError(
            tr(N_("“{name}” was not saved: it would show what is held back for its readers."), name=name)
        )


def _given(store: Store, packet: Packet, out: Path, digest: str) -> Given:
    with store.reader() as reader:
        cases = reader.many(Case, [case.case_id for case in packet.cases])
        people = tuple(sorted({str(c.value("person_id")) for c in cases if c.value("person_id")}))
    return Given(
        mark=releases.new_mark(store),
        report=REVIEW_FILE,
        audience=Audience.FAMILY,
        language=packet.language,
        as_of=dt.date.fromisoformat(packet.sent),
        digest=digest,
        file_name=out.name,
        pages=None,
        addressee=packet.addressee,
        case_ids=tuple(case.case_id for case in packet.cases),
        person_ids=people,
    )


def open_review_file(path: Path, passphrase: str, *, bounds: Bounds | None = None) -> ReviewFile:
    """Open a review file, on whatever computer; nothing is unpacked to the disk. Raises `UserError`."""
    content = open_bytes(
        _content_of(path), kind="review", most=_LARGEST, passphrase=passphrase, bounds=bounds
    )
    try:
        told = json.loads(content)
        version, answer_to, packet = told["version"], told["answer_to"], told["packet"]
        if told["format"] != _FORMAT or type(version) is not int or not isinstance(packet, str):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged(tr(_BROKEN)) from None
    if version > _VERSION:
        raise TooNew(tr(N_("This file was written by a newer program; install the newest one first.")))
    read_public(str(answer_to))
    return ReviewFile(packets.read_packet(packet), str(answer_to))


def write_answers(out: Path, review: ReviewFile, answers: Answers) -> Path:
    """Write the answers into a file that only the office can open."""
    sealed = seal_bytes(answers.content().encode(), kind="answers", recipients=[review.answer_to])
    with part_file.writing(out) as part:
        part.write_bytes(sealed)
    return out


def read_answers_file(store: Store, path: Path) -> Incoming:
    """Read answers that came back, and compare them with what was sent; nothing is written.

    Raises `UserError` if the file was cut, changed or written by a newer program, is for another casebook or
    another version, or was taken in already.
    """
    identity = Identity(office_key.private_key(store))
    try:
        content = open_bytes(
            _content_of(path), kind="answers", most=packets.LARGEST_ANSWERS, identity=identity
        )
    except NotForThisKey:
        raise UserError(
            tr(N_("These answers are for another casebook; open the one from which the review was sent."))
        ) from None
    try:
        answers = packets.read_answers(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise Damaged(tr(_BROKEN)) from None
    return taking.look(store, answers)


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(tr(N_("“{name}” is too large to be what it says."), name=path.name))
        return path.read_bytes()
    except OSError:
        raise UserError(tr(N_("“{name}” cannot be opened."), name=path.name)) from None
