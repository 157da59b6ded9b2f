"""A bundle that came from a partner office: opened, read into values, and confirmed with a receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from casetracker.errors import Damaged, UserError
from casetracker.exchange import sealed_file
from casetracker.exchange.package.contents import RECORDS, Package
from casetracker.exchange.partner.giving import KIND, PARTNER
from casetracker.i18n import N_, tr
from casetracker.leaving import part_file
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Choice, Day, Field, Number, Ref, Term, When, YesNo
from casetracker.store.keyslots import Bounds
from casetracker.store.partner.receipts import Receipt, code_of
from casetracker.store.partner.theirs import Bundle, Theirs, entity_named
from casetracker.store.store import Store

RECEIPT_FORMAT, RECEIPT_VERSION = "casetracker-receipt", 1
_LARGEST_RECEIPT = 64 * 1024
BOUNDS: Bounds | None = None  # what is usual; tests allow cheap ones


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle of a partner, as far as can be told without its passphrase."""
    try:
        with path.open("rb") as file:
            return sealed_file.look(file).kind == KIND
    except (OSError, UserError):
        return False


def is_receipt(path: Path) -> bool:
    """Whether a file is a receipt of a partner."""
    try:
        if path.stat().st_size > _LARGEST_RECEIPT:
            return False
        return bool(json.loads(path.read_text("utf-8")).get("format") == RECEIPT_FORMAT)
    except (OSError, ValueError, AttributeError):
        return False


def read(path: Path, passphrase: str) -> Bundle:
    """Open a bundle. Raises `UserError`: no bundle, wrong passphrase, damaged, of a newer program."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with (
        path.open("rb") as file,
        sealed_file.open_sealed(file, kind=KIND, passphrase=passphrase, bounds=BOUNDS) as content,
    ):
        try:
            archive = zipfile.ZipFile(content)
        except zipfile.BadZipFile as error:
            raise Damaged(_changed(path)) from error
        with archive:
            return _bundle(Package(archive, path.name), digest)


def _changed(path: Path) -> str:
    sentence = N_("“{name}” was changed, damaged or not copied whole; ask the partner to send it again.")
    return tr(sentence, name=path.name)


def _bundle(package: Package, digest: str) -> Bundle:
    said, partner, about = package.json(RECORDS), package.json(PARTNER), package.about
    try:
        found, left = [], Counter[str]()
        for name, records in said["records"].items():
            entity = entity_named(str(name))
            if entity is None:
                left[str(name)] += len(records)
                continue
            found += [_record(entity, record, partner) for record in records]
        return Bundle(
            str(about["bundle"]),
            str(about["office"]),
            str(about.get("office_name", "")),
            str(about.get("as_of", "")),
            digest,
            tuple(found),
            str(partner["receipt_key"]),
            tuple(sorted(left.items())),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise package.broken(RECORDS) from error


def _record(entity: type[Entity], said: dict[str, Any], partner: dict[str, Any]) -> Theirs:
    id_ = str(said["id"])
    values: dict[str, Any] = {}
    links: dict[str, str] = {}
    unread: list[tuple[str, str]] = []
    partial = {str(name) for name in partner["partial"].get(id_, ())}
    for name, described in values_of(entity).items():
        if (value := said.get(name)) is None:
            continue
        if isinstance(described.kind, Ref):
            links[name] = str(value)
            continue
        try:
            values[name] = _value(described, value)
        except (ValueError, KeyError, TypeError):
            unread.append((tr(described.label), str(value)))
    unread += [(name, str(value)) for name, value in said.items() if name not in _names(entity)]
    known_as = tuple(str(mark) for mark in partner["known_as"].get(id_, ()))
    return Theirs(entity, id_, values, links, said, frozenset(partial), known_as, tuple(unread))


def _names(entity: type[Entity]) -> set[str]:
    return {"id", *values_of(entity)}


def _value(field: Field, value: Any) -> Any:
    """Read a value; raises `ValueError` and its kin for what the field cannot hold."""
    kind = field.kind
    if isinstance(kind, When):
        edtf, words = value.get("edtf"), value.get("words")
        return KnownDate.from_edtf(edtf, words) if edtf else KnownDate.in_words(words or value["text"])
    if isinstance(kind, Choice):
        return kind.options[value]
    if isinstance(kind, Term):
        return _term(kind, value)
    if isinstance(kind, Day):
        return dt.date.fromisoformat(value)
    wanted = {YesNo: bool, Number: int}.get(type(kind), str)
    if type(value) is not wanted:
        raise ValueError(field.label)
    if problem := kind.check(value):
        raise ValueError(problem)
    return value


def _term(kind: Term, value: Any) -> str:
    if not isinstance(value, str) or kind.format(value) == value:  # a term of the other office's own
        raise ValueError(kind.vocabulary)
    return value


# Receipts


def write_receipt(store: Store, bundle: Bundle, received_by: str, out: Path) -> None:
    """Write the file with which the partner learns that the bundle came; it names no case."""
    blank = Receipt(bundle.number, bundle.digest, store.today(), " ".join(received_by.split()))
    receipt = replace(blank, code=code_of(blank, bundle.receipt_key))
    said = {"format": RECEIPT_FORMAT, "version": RECEIPT_VERSION, **asdict(receipt)}
    said["received"] = receipt.received.isoformat()
    with part_file.writing(out) as part:
        part.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_receipt(path: Path) -> Receipt:
    """Read a receipt. Raises `UserError` where the file is none, or of a newer program."""
    try:
        said = json.loads(path.read_text("utf-8"))
        if int(said["version"]) > RECEIPT_VERSION:
            raise UserError(tr(N_("This receipt was made by a newer program; install the newest one first.")))
        day, who = dt.date.fromisoformat(said["received"]), str(said["received_by"])
        return Receipt(str(said["number"]), str(said["digest"]), day, who, str(said["code"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(tr(N_("“{name}” cannot be read as a receipt."), name=path.name)) from None
