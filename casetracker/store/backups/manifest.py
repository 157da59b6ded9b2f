"""What a backup says of itself: its files with their hashes for everybody, its counts for who has the key.

The open part says what may be seen anyway (moment, sizes, random names). How many people and cases there
are is nobody's business, so the counts are sealed with AES-256-GCM, and the open part is bound to them: a
manifest that was changed does not open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from casetracker.errors import Damaged, TooNew
from casetracker.i18n import N_, tr
from casetracker.store import keyfile
from casetracker.store.checks import RECORDS
from casetracker.store.keyslots import DataKey

NAME = "manifest.json"
FORMAT, VERSION = "casetracker-backup", 1
LARGEST = 64 * 1024 * 1024  # bytes; a file of the evidence takes about 150
_NONCE = 12
_FILES = frozenset({RECORDS, keyfile.FIRST, keyfile.SECOND})
_PLACE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.cta")
_HASH = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = N_("The manifest of this backup cannot be read; take another backup.")
_CHANGED = N_("The manifest of this backup was changed, or belongs to another casebook; take another backup.")


@dataclass(frozen=True)
class KeptFile:
    """A file of a backup: its name, its size in bytes, its SHA-256 in hex digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Inside:
    """What only the key opens: rows in each table, the number of the last action, the head of the audit
    log.
    """

    counts: Mapping[str, int]
    last_action: int
    head: str = ""


@dataclass(frozen=True)
class Manifest:
    """All of it. `made_at` is in UTC; `revision` is that of the tables."""

    casebook: str
    made_at: dt.datetime
    program: str
    revision: str
    files: tuple[KeptFile, ...]
    evidence: tuple[KeptFile, ...]
    sealed: str = ""

    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(each.size for each in (*self.files, *self.evidence))

    def open_part(self) -> dict[str, Any]:
        """Return what everybody may read."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "casebook": self.casebook,
            "made_at": self.made_at.isoformat(),
            "program": self.program,
            "revision": self.revision,
            "files": [asdict(each) for each in self.files],
            "evidence": [asdict(each) for each in self.evidence],
        }

    def inside(self, key: DataKey) -> Inside:
        """Open the sealed part; Damaged if the manifest was changed or the key is another one."""
        try:
            raw = bytes.fromhex(self.sealed)
            content = _cipher(key).decrypt(raw[:_NONCE], raw[_NONCE:], _bytes(self.open_part()))
        except (InvalidTag, ValueError):
            raise Damaged(tr(_CHANGED)) from None
        held = json.loads(content)
        return Inside(held["counts"], held["last_action"], held["head"])

    def to_bytes(self) -> bytes:
        """Return what is written."""
        return json.dumps({**self.open_part(), "sealed": self.sealed}, indent=1).encode() + b"\n"


def seal(bare: Manifest, inside: Inside, key: DataKey) -> Manifest:
    """Return the manifest with its sealed part."""
    nonce = secrets.token_bytes(_NONCE)
    content = _bytes({**asdict(inside), "counts": dict(inside.counts)})
    sealed = nonce + _cipher(key).encrypt(nonce, content, _bytes(bare.open_part()))
    return Manifest(**{**vars(bare), "sealed": sealed.hex()})


def parse(content: bytes) -> Manifest:
    """Read a manifest; Damaged or TooNew with a sentence, whatever the bytes are."""
    try:
        raw = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise Damaged(tr(_UNREADABLE)) from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise Damaged(tr(_UNREADABLE))
    if type(raw.get("version")) is int and raw["version"] > VERSION:
        raise TooNew(tr(N_("This backup was made by a newer casetracker; install the newest version.")))
    try:
        read = _read(raw)
    except (ValueError, KeyError, TypeError):
        raise Damaged(tr(_UNREADABLE)) from None
    return read


def sha256_of(content: bytes) -> str:
    """Return the hash of a small file."""
    return hashlib.sha256(content).hexdigest()


def _read(raw: Mapping[str, Any]) -> Manifest:
    made_at = dt.datetime.fromisoformat(raw["made_at"])
    words = [raw[name] for name in ("casebook", "program", "revision", "sealed")]
    if made_at.tzinfo is None or raw["version"] != VERSION or not all(isinstance(w, str) for w in words):
        raise ValueError
    files = tuple(_kept(each, each["name"] in _FILES) for each in _list(raw["files"]))
    evidence = tuple(_kept(each, bool(_PLACE.fullmatch(each["name"]))) for each in _list(raw["evidence"]))
    if {each.name for each in files} != _FILES or len(files) != len(_FILES):
        raise ValueError
    casebook, program, revision, sealed = words
    return Manifest(casebook, made_at, program, revision, files, evidence, sealed)


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise TypeError
    return raw


def _kept(raw: Any, known: bool) -> KeptFile:
    kept = KeptFile(**raw)
    sound = known and type(kept.size) is int and kept.size >= 0 and _HASH.fullmatch(kept.sha256)
    if not sound:
        raise ValueError
    return kept


def _cipher(key: DataKey) -> AESGCM:
    label = b"casetracker/v1/backup"
    return AESGCM(HKDFExpand(algorithm=hashes.SHA256(), length=32, info=label).derive(key.secret))


def _bytes(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
