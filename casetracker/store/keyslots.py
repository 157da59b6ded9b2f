"""The key file: one random data key, wrapped once for each passphrase and once for the recovery code.

A slot opens in two steps. Its secret opens a private key of X25519 (RFC 7748), and that opens the data key,
which is sealed to the public half. So an administrator can seal a new data key to everybody who stays
without knowing their passphrases (`store.rekey`). The slots of the first version hold the data key itself;
they are made anew when their user signs in.

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
from typing import Any, Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from casetracker.errors import UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.store import parts, recovery
from casetracker.store.passphrase import as_bytes
from casetracker.store.trouble import WRONG

FIRST_VERSION, VERSION = 1, 2
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
LONGEST_NAME = 200  # bytes of a user's name, as sealed in the slot
_SINCE_2 = {"public", "sealed", "coming", "first"}
Kind = Literal["passphrase", "recovery", "computer"]
COMPUTER: Kind = "computer"  # opened by what lies in the keyring of one computer (store.this_computer)
OF_COMPUTER = "casetracker-keyring-1/"  # how such a secret begins


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

    @property
    def work(self) -> int:
        """How much it costs to try one passphrase: memory that is filled, in KiB over all passes."""
        return self.memory_kib * self.passes


@dataclass(frozen=True)
class Bounds:
    """What a slot may ask for. Checked before Argon2 runs: below, somebody weakened the slot to guess faster;
    above, a prepared file would take all the memory of the computer."""

    memory_kib: tuple[int, int] = (64 * 1024, 1024 * 1024)
    passes: tuple[int, int] = (2, 10)
    lanes: tuple[int, int] = (1, 16)

    def allow(self, kdf: KdfParameters) -> bool:
        """Whether all parameters lie inside."""
        return all(
            getattr(self, each.name)[0] <= getattr(kdf, each.name) <= getattr(self, each.name)[1]
            for each in fields(self)
        )

    def check(self, kdf: KdfParameters) -> None:
        """Raise BadSlot if a parameter lies outside."""
        if not self.allow(kdf):
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
    def slots_key(self) -> bytes:
        """32 bytes that authenticate the list of slots: nobody without the data key can add one."""
        return self._expand(b"casetracker/v2/slots", KEY_BYTES)

    @property
    def evidence_key(self) -> bytes:
        """32 bytes for the files in `evidence/`."""
        return self._expand(b"casetracker/v1/evidence", KEY_BYTES)

    @property
    def answers_key(self) -> bytes:
        """32 bytes for what a representative answers in the program, in `answers/`."""
        return self._expand(b"casetracker/v2/answers", KEY_BYTES)

    def _expand(self, label: bytes, length: int) -> bytes:
        return HKDFExpand(algorithm=hashes.SHA256(), length=length, info=label).derive(self.secret)


@dataclass(frozen=True)
class Slot:
    """One way to open the casebook. `user` is an id; salt, nonce and what follows are hexadecimal.

    `sealed` is the data key, sealed to the `public` key whose private half is in `wrapped`; `coming` is the
    next data key while a casebook is being given one. `first` is 1 if somebody else chose the passphrase.
    """

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
    public: str = ""
    sealed: str = ""
    coming: str = ""
    first: int = 0

    @property
    def parameters(self) -> KdfParameters:
        """What Argon2id is asked to do."""
        return KdfParameters(self.memory_kib, self.passes, self.lanes)

    def told(self) -> dict[str, Any]:
        """Return the slot as it is written down; one of the first version as that version knew it."""
        known = asdict(self)
        return (
            {n: v for n, v in known.items() if n not in _SINCE_2} if self.version == FIRST_VERSION else known
        )

    def sealed_to_it(self, key: DataKey, casebook: str) -> str:
        """Seal a data key to the public key of this slot, as hexadecimal digits."""
        public = bytes.fromhex(self.public)
        once = X25519PrivateKey.generate()
        shared = once.exchange(X25519PublicKey.from_public_bytes(public))
        own = once.public_key().public_bytes_raw()
        cipher = AESGCM(_agreed(shared, own + public))
        # The key is used once, so the nonce may be any.
        return (own + cipher.encrypt(bytes(NONCE_BYTES), key.secret, self.header(casebook))).hex()

    def header(self, casebook: str) -> bytes:
        """Everything that must not change without the slot refusing to open."""
        known = {**self.told(), "casebook": casebook}
        for name in ("wrapped", "sealed", "coming"):
            known.pop(name, None)
        return json.dumps(known, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Owner:
    """Whose slot it is: a user (by id and by name) of one casebook."""

    casebook: str
    user: str
    name: str


@dataclass(frozen=True)
class Opened:
    """What a slot gave: the key, and who it belongs to.

    `coming` is the next data key, if the casebook was being given one when the program ended.
    """

    key: DataKey
    slot: Slot
    user_name: str
    coming: DataKey | None = None
    altered: bool = False  # the list of slots is not as somebody with the key wrote it


def new_slot(
    secret: str,
    key: DataKey,
    owner: Owner,
    *,
    kind: Kind = "passphrase",
    kdf: KdfParameters | None = None,
    bounds: Bounds | None = None,
    first: bool = False,
) -> Slot:
    """Wrap the data key under a passphrase (or a recovery code). BadSlot if `kdf` is out of bounds."""
    kdf = kdf or KdfParameters()
    (bounds or Bounds()).check(kdf)
    name = owner.name.encode()
    if len(name) > LONGEST_NAME:
        raise UserError(tr(N_("This name is too long; take a shorter one.")))
    private = X25519PrivateKey.generate()
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
        public=private.public_key().public_bytes_raw().hex(),
        first=int(first),
    )
    cipher = AESGCM(_stretch(_secret_bytes(secret, kind), blank))
    # Padded: the length of the name must not tell whose slot it is.
    content = private.private_bytes_raw() + name.ljust(LONGEST_NAME, b"\0")
    wrapped = cipher.encrypt(bytes.fromhex(blank.nonce), content, blank.header(owner.casebook))
    return replace(blank, wrapped=wrapped.hex(), sealed=blank.sealed_to_it(key, owner.casebook))


def open_slot(slot: Slot, secret: str, *, casebook: str, bounds: Bounds | None = None) -> Opened:
    """Unwrap the data key; WrongPassphrase if it does not open, BadSlot if it is not fit to be tried."""
    (bounds or Bounds()).check(slot.parameters)
    cipher = AESGCM(_stretch(_secret_bytes(secret, slot.kind), slot))
    try:
        content = cipher.decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), slot.header(casebook)
        )
        secret_part, name = content[:KEY_BYTES], content[KEY_BYTES:].rstrip(b"\0").decode()
        if slot.version == FIRST_VERSION:
            return Opened(DataKey(secret_part), slot, name)
        key = _unsealed(slot, slot.sealed, secret_part, casebook)
        coming = _unsealed(slot, slot.coming, secret_part, casebook) if slot.coming else None
    except (InvalidTag, ValueError):
        raise WrongPassphrase(tr(WRONG)) from None
    return Opened(key, slot, name, coming)


def open_any(slots: Iterable[Slot], secret: str, *, casebook: str, bounds: Bounds | None = None) -> Opened:
    """Try the slots that this secret can be meant for; `recovery.MistypedCode` for a code with a mistake."""
    if parts.looks_like_parts(secret):
        secret = parts.joined(secret)
    wanted: tuple[Kind, ...] = ("recovery", "passphrase") if recovery.is_code(secret) else ("passphrase",)
    if secret.startswith(OF_COMPUTER):
        wanted = (COMPUTER,)
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
    if isinstance(raw, dict) and raw.get("version") == FIRST_VERSION:
        known = {name: type_ for name, type_ in known.items() if name not in _SINCE_2}
    if not isinstance(raw, dict) or set(raw) != set(known):
        raise BadSlot(tr(N_("The key file has a slot that this program does not know.")))
    for name, value in raw.items():
        if type(value) is not (int if known[name] == "int" else str):
            raise BadSlot(tr(N_("The key file has a slot that cannot be read.")))
    slot = Slot(**raw)
    known_kind = (
        slot.version in (FIRST_VERSION, VERSION)
        and slot.kdf == "argon2id"
        and slot.kind in get_args(Kind)
        and slot.first in (0, 1)
    )
    lengths = {"salt": SALT_BYTES, "nonce": NONCE_BYTES, "wrapped": KEY_BYTES + LONGEST_NAME + TAG_BYTES}
    if slot.version == VERSION:
        lengths |= {"public": KEY_BYTES, "sealed": 2 * KEY_BYTES + TAG_BYTES}
        lengths |= {"coming": 2 * KEY_BYTES + TAG_BYTES} if slot.coming else {}
    if not known_kind or not all(_is_hex(raw[name], length) for name, length in lengths.items()):
        raise BadSlot(tr(N_("The key file has a slot that this program does not know.")))
    return slot


def _unsealed(slot: Slot, sealed: str, private: bytes, casebook: str) -> DataKey:
    content, public = bytes.fromhex(sealed), bytes.fromhex(slot.public)
    once, rest = content[:KEY_BYTES], content[KEY_BYTES:]
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(once))
    key = AESGCM(_agreed(shared, once + public)).decrypt(bytes(NONCE_BYTES), rest, slot.header(casebook))
    return DataKey(key)


def _agreed(shared: bytes, publics: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=publics, info=b"casetracker/v2/slot").derive(shared)


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
