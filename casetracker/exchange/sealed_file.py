"""One sealed file that goes to another computer: opened with a passphrase, or by whoever holds a private key.

    line of text with the version · length and text of a header (JSON) · what is in it

The header says what kind of file it is and holds the key of the file, wrapped once for each way to open it:
with a passphrase (Argon2id, RFC 9106; AES-256-GCM) or for a public key (X25519, RFC 7748; HKDF, RFC 5869).
Everything in the header that is not itself wrapped is associated data of each wrapping, and the hash of the
whole header is the name of the sealed content behind it: no field can be changed, and no content put behind
another header, without the file refusing to open. The content is the format of attached files
(`store.sealed`): pieces that cannot be left out, swapped or cut off, decrypted in memory only, and read at
any place, so that a zip in it can be opened without being unpacked.

Nothing is asked of a passphrase here: whoever seals says before whether it is good enough (`passphrase`).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casetracker.errors import Damaged, TooNew, UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import sealed
from casetracker.store.keyslots import BadSlot, Bounds, KdfParameters
from casetracker.store.passphrase import as_bytes
from casetracker.store.recovery import ALPHABET, grouped

VERSION = 1
SUFFIX = ".ctsealed"
KEY_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES = 32, 16, 12, 16
LONGEST_HEADER, MOST_WAYS = 64 * 1024, 32
_BEGINS = b"casetracker sealed file "
_LENGTH = 4
_CHECK_BYTES = 3

# What such files are, as a sentence says it: "This is {what}, not {wanted}."
KINDS = {
    "review": N_("a review file for a family's representative"),
    "answers": N_("a file with a family's answers"),
    "package": N_("an open package of a whole casebook"),
    "cases": N_("a file of cases from a partner"),
    "receipt": N_("a partner's receipt"),
}
_ALTERED = N_("The file was changed, damaged or cut off on its way; ask for it to be sent again.")
_NOT_OURS = N_("This is no file that casetracker sealed; choose another one.")


class WrongKind(UserError):
    """A sealed file, but of another kind than was asked for."""


class NotForThisKey(UserError):
    """A sealed file that the private key at hand does not open."""


@dataclass(frozen=True)
class Identity:
    """A private key, which never leaves its computer, and the public key for which others seal."""

    private: bytes = field(repr=False)

    @classmethod
    def random(cls) -> Identity:
        """Make a new one."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> str:
        """The public key in groups of four signs, with a check: it is read out or copied."""
        return written(self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.private)


@dataclass(frozen=True)
class Header:
    """What a sealed file says of itself before it is opened; nothing of it is known to be true yet."""

    kind: str
    ways: tuple[dict[str, Any], ...]
    raw: bytes = field(repr=False)

    @property
    def wants_passphrase(self) -> bool:
        """Whether a passphrase opens it."""
        return any(way["way"] == "passphrase" for way in self.ways)

    @property
    def bound(self) -> bytes:
        """What no wrapping lets be changed."""
        return _bound(self.kind, self.ways)

    @property
    def name(self) -> str:
        """The name of the content that belongs behind this header."""
        return hashlib.sha256(self.raw).hexdigest()[: 2 * sealed.NAME_BYTES]


class Content(io.RawIOBase):
    """What is in an opened file, to be read from any place; `Damaged` where a piece was altered."""

    def __init__(self, opened: sealed.Opened, kind: str) -> None:
        self.kind, self.size = kind, opened.size
        self._opened, self._at = opened, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next reading begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, as files do."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise OSError("before the beginning")  # what a file says; zipfile expects it
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, or less at the end."""
        try:
            found = self._opened.read(self._at, len(buffer))
        except Damaged:
            raise Damaged(tr(_ALTERED)) from None
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Forget what was decrypted; the file below is closed too."""
        self._opened.close()
        super().close()


def seal(
    source: BinaryIO,
    target: BinaryIO,
    *,
    kind: str,
    passphrase: str = "",
    recipients: Sequence[str] = (),
    progress: Progress | None = None,
    kdf: KdfParameters | None = None,
) -> None:
    """Write all of `source` sealed into `target`, for a passphrase, for public keys, or for both.

    UserError for a public key that is mistyped.
    """
    if not (passphrase or recipients):
        raise ValueError("a sealed file needs somebody who can open it")
    key = secrets.token_bytes(KEY_BYTES)
    ways = [_passphrase_way(kdf or KdfParameters())] if passphrase else []
    ways += [_recipient_way(read_public(each)) for each in recipients]
    bound = _bound(kind, ways)
    for way in ways:
        wrapping = _stretched(passphrase, way) if way["way"] == "passphrase" else way.pop("secret")
        way["wrapped"] = AESGCM(wrapping).encrypt(bytes(NONCE_BYTES), key, bound).hex()
    raw = json.dumps({"kind": kind, "ways": ways}, sort_keys=True, separators=(",", ":")).encode()
    header, size = Header(kind, tuple(ways), raw), _size_of(source)
    target.write(_BEGINS + b"%d\n" % VERSION + len(raw).to_bytes(_LENGTH, "big") + raw)
    sealed.seal(source, target, header.name, size, progress or Silent(), key=_content_key(key))


def seal_bytes(content: bytes, *, kind: str, **ways: Any) -> bytes:
    """Seal what is in memory; `ways` as in `seal`."""
    target = io.BytesIO()
    seal(io.BytesIO(content), target, kind=kind, **ways)
    return target.getvalue()


def look(source: BinaryIO) -> Header:
    """Read what a file says of itself and stand before its content; UserError if it is none of ours.

    `Damaged` if it is cut off or its header makes no sense, `TooNew` if a newer program sealed it.
    """
    line = source.readline(len(_BEGINS) + 12)
    found = re.fullmatch(re.escape(_BEGINS) + rb"(\d{1,10})\n", line)
    if not found:
        # A file of ours that ends within its first line is cut off, not strange.
        begun = len(line) > len(_BEGINS) // 2 and (_BEGINS.startswith(line) or line.startswith(_BEGINS))
        raise Damaged(tr(_ALTERED)) if begun else UserError(tr(_NOT_OURS))
    if int(found[1]) > VERSION:
        raise TooNew(tr(N_("This file was sealed by a newer program; install the newest one first.")))
    length = int.from_bytes(source.read(_LENGTH), "big")
    raw = source.read(length) if 0 < length <= LONGEST_HEADER else b""
    if not raw or len(raw) != length or int(found[1]) < 1:
        raise Damaged(tr(_ALTERED))
    return _parsed(raw)


def open_sealed(
    source: BinaryIO,
    *,
    kind: str,
    passphrase: str = "",
    identity: Identity | None = None,
    bounds: Bounds | None = None,
) -> Content:
    """Open a sealed file of this kind; it begins where `source` stands and belongs to what is returned.

    Raises, besides what `look` raises: WrongKind, WrongPassphrase, NotForThisKey, and Damaged if the end is
    not the end that was sealed. Pieces in the middle are checked when they are read.
    """
    header = look(source)
    if header.kind != kind:
        what, wanted = (tr(KINDS.get(each, N_("a file of another kind"))) for each in (header.kind, kind))
        raise WrongKind(tr(N_("This is {what}, not {wanted}."), what=what, wanted=wanted))
    key = _key_of(header, passphrase, identity, bounds or Bounds())
    try:
        opened = sealed.Opened(source, header.name, _content_key(key).hex())
    except Damaged:
        raise Damaged(tr(_ALTERED)) from None
    return Content(opened, header.kind)


def open_bytes(content: bytes, *, kind: str, most: int, **ways: Any) -> bytes:
    """Open what is in memory; UserError if it holds more than `most` bytes. `ways` as in `open_sealed`."""
    with open_sealed(io.BytesIO(content), kind=kind, **ways) as found:
        if found.size > most:
            raise UserError(tr(N_("This file is too large to be what it says; ask who sent it.")))
        return found.read()


def written(public: bytes) -> str:
    """Write a public key in groups of four signs, the last ones a check."""
    number = int.from_bytes(public + hashlib.sha256(public).digest()[:_CHECK_BYTES], "big")
    signs = 8 * (KEY_BYTES + _CHECK_BYTES) // 5
    return grouped("".join(ALPHABET[number >> 5 * at & 31] for at in range(signs - 1, -1, -1)))


def read_public(text: str) -> bytes:
    """Read a public key as it was copied or typed; UserError if a sign is wrong."""
    signs = re.sub(r"[\s\-\u2010-\u2015]+", "", text.upper()).translate(str.maketrans("OIL", "011"))
    raw = b""
    if len(signs) == 8 * (KEY_BYTES + _CHECK_BYTES) // 5 and set(signs) <= set(ALPHABET):
        number = sum(ALPHABET.index(sign) << 5 * at for at, sign in enumerate(reversed(signs)))
        raw = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    public = raw[:KEY_BYTES]
    if not raw or raw[KEY_BYTES:] != hashlib.sha256(public).digest()[:_CHECK_BYTES]:
        raise UserError(tr(N_("This public key is mistyped or not complete; copy all of its groups again.")))
    return public


def _size_of(source: BinaryIO) -> int:
    """How much there is to read, for telling how far it is; 0 where nobody knows."""
    if not source.seekable():
        return 0
    at = source.tell()
    end = source.seek(0, io.SEEK_END)
    source.seek(at)
    return end - at


def _key_of(header: Header, passphrase: str, identity: Identity | None, bounds: Bounds) -> bytes:
    for way in header.ways:
        if way["way"] == "passphrase" and passphrase:
            try:
                bounds.check(_parameters(way))
            except BadSlot:
                raise Damaged(tr(_ALTERED)) from None
            wrapping = _stretched(passphrase, way)
        elif way["way"] == "x25519" and identity:
            wrapping = _agreed(identity.private, bytes.fromhex(way["once"]))
        else:
            continue
        try:
            return AESGCM(wrapping).decrypt(bytes(NONCE_BYTES), bytes.fromhex(way["wrapped"]), header.bound)
        except InvalidTag:
            continue
    if passphrase or (header.wants_passphrase and not identity):
        raise WrongPassphrase(
            tr(N_("The passphrase does not open this file; type it again, or ask who sent it."))
        )
    raise NotForThisKey(tr(N_("This file was sealed for somebody else; it does not open here.")))


def _parsed(raw: bytes) -> Header:
    try:
        told = json.loads(raw)
        kind, ways = told["kind"], told["ways"]
        known = isinstance(kind, str) and isinstance(ways, list) and 0 < len(ways) <= MOST_WAYS
        if not known or set(told) != {"kind", "ways"} or not all(_well_formed(way) for way in ways):
            raise Damaged(tr(_ALTERED))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged(tr(_ALTERED)) from None
    return Header(kind, tuple(ways), raw)


def _well_formed(way: Any) -> bool:
    if not isinstance(way, dict) or not _is_hex(way.get("wrapped"), KEY_BYTES + TAG_BYTES):
        return False
    if way.get("way") == "x25519":
        return set(way) == {"way", "once", "wrapped"} and _is_hex(way["once"], KEY_BYTES)
    numbers = all(type(way.get(name)) is int for name in ("memory_kib", "passes", "lanes"))
    known = {"way", "salt", "memory_kib", "passes", "lanes", "wrapped"}
    return (
        way.get("way") == "passphrase" and numbers and set(way) == known and _is_hex(way["salt"], SALT_BYTES)
    )


def _is_hex(value: Any, length: int) -> bool:
    return (
        isinstance(value, str) and re.fullmatch(r"[0-9a-f]+", value) is not None and len(value) == 2 * length
    )


def _bound(kind: str, ways: Sequence[dict[str, Any]]) -> bytes:
    open_ = [{name: way[name] for name in way if name not in ("wrapped", "secret")} for way in ways]
    told = {"version": VERSION, "kind": kind, "ways": open_}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def _passphrase_way(kdf: KdfParameters) -> dict[str, Any]:
    numbers = {"memory_kib": kdf.memory_kib, "passes": kdf.passes, "lanes": kdf.lanes}
    return {"way": "passphrase", "salt": secrets.token_hex(SALT_BYTES), **numbers}


def _recipient_way(public: bytes) -> dict[str, Any]:
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return {"way": "x25519", "once": own.hex(), "secret": _derived(shared, own + public)}


def _agreed(private: bytes, once: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(once))
    except ValueError:  # a point of low order, which nobody who seals would write
        raise Damaged(tr(_ALTERED)) from None
    return _derived(shared, once + key.public_key().public_bytes_raw())


def _derived(shared: bytes, publics: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=publics, info=b"casetracker/sealed/v1/way").derive(shared)


def _content_key(key: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"casetracker/sealed/v1/content").derive(key)


def _parameters(way: dict[str, Any]) -> KdfParameters:
    return KdfParameters(way["memory_kib"], way["passes"], way["lanes"])


def _stretched(passphrase: str, way: dict[str, Any]) -> bytes:
    try:
        return Argon2id(
            salt=bytes.fromhex(way["salt"]),
            length=KEY_BYTES,
            iterations=way["passes"],
            lanes=way["lanes"],
            memory_cost=way["memory_kib"],
        ).derive(as_bytes(passphrase))
    except MemoryError:
        raise UserError(
            tr(N_("The computer has too little free memory to open the file; close other programs."))
        ) from None
