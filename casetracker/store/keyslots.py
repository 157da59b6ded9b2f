"""The key file: one random data key, wrapped once for each passphrase and once for the recovery code.

Nothing here is secret without a passphrase: `keys.json` holds salts, parameters and wrapped keys. The name of
a slot's user is sealed together with the key, so that a seized folder does not tell who works with it.

The key derivation is Argon2id (RFC 9106), the wrapping AES-256-GCM with every other field of the slot and the
id of the casebook as associated data, so that no field can be changed, and no slot moved to another casebook,
without the slot refusing to open. The keys in use are made of the data key with HKDF-Expand (RFC 5869).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from casetracker.errors import UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.store import recovery
from casetracker.store.passphrase import as_bytes
from casetracker.store.trouble import WRONG

VERSION = 1
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
LONGEST_NAME = 200  # bytes of a user's name, as sealed in the slot
Kind = Literal["passphrase", "recovery"]


class BadSlot(UserError):
    """A key slot that this program will not even try: malformed, unknown, or outside the bounds."""


@dataclass(frozen=True)
class KdfParameters:
    """How much work Argon2id does: memory in KiB, passes over it, lanes side by side.

    The defaults took 0.9 s on the machine of the measurements (two cores, 2026).
    """

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Bounds:
    """What a slot may ask for. Checked before Argon2 runs: below, somebody weakened the slot to guess faster;
    above, a prepared file would take all the memory of the computer."""

    memory_kib: tuple[int, int] = (64 * 1024, 1024 * 1024)
    passes: tuple[int, int] = (2, 10)
    lanes: tuple[int, int] = (1, 16)

    def check(self, kdf: KdfParameters) -> None:
        """Raise BadSlot if a parameter lies outside."""
        for each in fields(self):
            low, high = getattr(self, each.name)
            if not low <= getattr(kdf, each.name) <= high:
                raise BadSlot(
                    tr(
                        N_(
                            "The key file asks for a key derivation that is too weak or too heavy; it "
                            "was changed."
                        )
                    )
                )


@dataclass(frozen=True)
class DataKey:
    """The random key of a casebook, and the keys made of it. Its text never shows them."""

    secret: bytes = field(repr=False)

    @classmethod
    def random(cls) -> DataKey:
        """Make the key of a new casebook."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def database_key(self) -> bytes:
        """32 bytes for SQLCipher."""
        return self._expand(b"casetracker/v1/db", KEY_BYTES)

    @property
    def database_salt(self) -> bytes:
        """16 bytes; handed to SQLCipher, or a torn first sector makes the file unopenable."""
        return self._expand(b"casetracker/v1/dbsalt", SALT_BYTES)

    @property
    def evidence_key(self) -> bytes:
        """32 bytes for the files in `evidence/`."""
        return self._expand(b"casetracker/v1/evidence", KEY_BYTES)

    def _expand(self, label: bytes, length: int) -> bytes:
        return HKDFExpand(algorithm=hashes.SHA256(), length=length, info=label).derive(self.secret)


@dataclass(frozen=True)
class Slot:
    """One way to open the casebook. `user` is an id; salt, nonce and wrapped are hexadecimal."""

    version: int
    kind: Kind
    user: str
    kdf: str
    memory_kib: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str = ""

    @property
    def parameters(self) -> KdfParameters:
        """What Argon2id is asked to do."""
        return KdfParameters(self.memory_kib, self.passes, self.lanes)

    def header(self, casebook: str) -> bytes:
        """Everything that must not change without the slot refusing to open."""
        known = {**asdict(self), "casebook": casebook}
        del known["wrapped"]
        return json.dumps(known, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Owner:
    """Whose slot it is: a user (by id and by name) of one casebook."""

    casebook: str
    user: str
    name: str


@dataclass(frozen=True)
class Opened:
    """What a slot gave: the key, and who it belongs to."""

    key: DataKey
    slot: Slot
    user_name: str


def new_slot(
    secret: str,
    key: DataKey,
    owner: Owner,
    *,
    kind: Kind = "passphrase",
    kdf: KdfParameters | None = None,
    bounds: Bounds | None = None,
) -> Slot:
    """Wrap the data key under a passphrase (or a recovery code). BadSlot if `kdf` is out of bounds."""
    kdf = kdf or KdfParameters()
    (bounds or Bounds()).check(kdf)
    name = owner.name.encode()
    if len(name) > LONGEST_NAME:
        raise UserError(tr(N_("This name is too long; take a shorter one.")))
    blank = Slot(
        version=VERSION,
        kind=kind,
        user=owner.user,
        kdf="argon2id",
        memory_kib=kdf.memory_kib,
        passes=kdf.passes,
        lanes=kdf.lanes,
        salt=secrets.token_hex(SALT_BYTES),
        nonce=secrets.token_hex(NONCE_BYTES),
    )
    cipher = AESGCM(_stretch(_secret_bytes(secret, kind), blank))
    # Padded: the length of the name must not tell whose slot it is.
    content = key.secret + name.ljust(LONGEST_NAME, b"\0")
    sealed = cipher.encrypt(bytes.fromhex(blank.nonce), content, blank.header(owner.casebook))
    return replace(blank, wrapped=sealed.hex())


def open_slot(slot: Slot, secret: str, *, casebook: str, bounds: Bounds | None = None) -> Opened:
    """Unwrap the data key; WrongPassphrase if it does not open, BadSlot if it is not fit to be tried."""
    (bounds or Bounds()).check(slot.parameters)
    cipher = AESGCM(_stretch(_secret_bytes(secret, slot.kind), slot))
    try:
        content = cipher.decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), slot.header(casebook)
        )
    except InvalidTag:
        raise WrongPassphrase(tr(WRONG)) from None
    return Opened(DataKey(content[:KEY_BYTES]), slot, content[KEY_BYTES:].rstrip(b"\0").decode())


def open_any(slots: Iterable[Slot], secret: str, *, casebook: str, bounds: Bounds | None = None) -> Opened:
    """Try the slots that this secret can be meant for; `recovery.MistypedCode` for a code with a mistake."""
    wanted: tuple[Kind, ...] = ("recovery", "passphrase") if recovery.is_code(secret) else ("passphrase",)
    trouble: UserError = WrongPassphrase(tr(WRONG))
    for slot in sorted(
        (slot for slot in slots if slot.kind in wanted), key=lambda slot: wanted.index(slot.kind)
    ):
        try:
            return open_slot(slot, secret, casebook=casebook, bounds=bounds)
        except WrongPassphrase:
            continue
        except BadSlot as error:
            trouble = error
    if recovery.looks_like_code(secret):
        recovery.parse_code(secret)
    raise trouble


def parse_slot(raw: Any) -> Slot:
    """Read one slot from JSON. BadSlot on anything that this program did not write itself."""
    known = {each.name: each.type for each in fields(Slot)}
    if not isinstance(raw, dict) or set(raw) != set(known):
        raise BadSlot(tr(N_("The key file has a slot that this program does not know.")))
    for name, value in raw.items():
        if type(value) is not (int if known[name] == "int" else str):
            raise BadSlot(tr(N_("The key file has a slot that cannot be read.")))
    slot = Slot(**raw)
    known_kind = (
        slot.version == VERSION and slot.kdf == "argon2id" and slot.kind in ("passphrase", "recovery")
    )
    lengths = {"salt": SALT_BYTES, "nonce": NONCE_BYTES, "wrapped": KEY_BYTES + LONGEST_NAME + TAG_BYTES}
    if not known_kind or not all(_is_hex(raw[name], length) for name, length in lengths.items()):
        raise BadSlot(tr(N_("The key file has a slot that this program does not know.")))
    return slot


def _is_hex(text: str, length: int) -> bool:
    return len(text) == 2 * length and all(digit in "0123456789abcdef" for digit in text)


def _secret_bytes(secret: str, kind: Kind) -> bytes:
    return recovery.parse_code(secret).encode() if kind == "recovery" else as_bytes(secret)


def _stretch(secret: bytes, slot: Slot) -> bytes:
    try:
        return Argon2id(
            salt=bytes.fromhex(slot.salt),
            length=KEY_BYTES,
            iterations=slot.passes,
            lanes=slot.lanes,
            memory_cost=slot.memory_kib,
        ).derive(secret)
    except MemoryError:
        raise UserError(
            tr(
                N_(
                    "The computer has too little free memory to open the casebook; close other programs, "
                    "try again."
                )
            )
        ) from None
