"""This computer, as a signer of the log: its key, and the newest head of the log that it has seen.

The key does not lie in the casebook: whoever takes the folder and knows a passphrase could sign with it. It
lies in the settings of the user of this computer, sealed with a key made from that of the casebook, so that
whoever takes the computer cannot sign without a passphrase. What is lost with it is nothing: a computer
without a key makes a new one, and the log says so. The file says nothing of the casebook but how long its log
is; even which casebook it belongs to is told only by its key.

The newest head that was seen here is kept in the same file. A casebook that no longer holds it was put back,
or its log was cut or written anew: the nearest of the anchors outside the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from casetracker.paths import settings_folder

_HEAD = b"ct-head-v1\0"
_NONCE, _KEY = 12, 32
_FOLDER = "signing"


@dataclass
class Device:
    """The key by which this computer signs the log of one casebook, and the head it has seen last."""

    file: Path
    sealing_key: bytes = field(repr=False)
    key: Ed25519PrivateKey = field(repr=False)
    seen: tuple[int, str] | None = None  # of which entry, and its link

    @property
    def public(self) -> str:
        """The public key, in hexadecimal digits."""
        return self.key.public_key().public_bytes_raw().hex()

    @property
    def id(self) -> str:
        """How entries name this computer: the beginning of the hash of its public key."""
        return device_id(self.public)

    def sign(self, casebook: str, seq: int, link: str) -> str:
        """Sign a head of the log."""
        return self.key.sign(_head(casebook, seq, link)).hex()

    def remember(self, seq: int, link: str) -> None:
        """Keep a head as the newest that was seen; a folder that cannot be written to is passed over."""
        if (seq, link) != self.seen:
            self.seen = (seq, link)
            self.save()

    def save(self) -> None:
        """Write the file whole or not at all, readable by this user only."""
        told = {"key": self.key.private_bytes_raw().hex(), "seen": self.seen}
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(self.sealing_key).encrypt(nonce, json.dumps(told).encode(), _HEAD)
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".", dir=self.file.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(sealed)
            Path(part).replace(self.file)


def this_device(sealing_key: bytes, folder: Path | None = None) -> Device:
    """Return this computer as the signer of the casebook to which the key belongs; made if there is none."""
    file = (folder or settings_folder() / _FOLDER) / _name(sealing_key)
    try:
        sealed = file.read_bytes()
        told = json.loads(AESGCM(sealing_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _HEAD))
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["key"]))
        seen = (int(told["seen"][0]), str(told["seen"][1])) if told["seen"] else None
    except (OSError, ValueError, KeyError, InvalidTag):
        return Device(file, sealing_key, Ed25519PrivateKey.generate())
    return Device(file, sealing_key, key, seen)


def sealing_key(evidence_key: bytes) -> bytes:
    """Return the key that seals the file of this computer, made from one that the casebook's slots open."""
    return HKDFExpand(hashes.SHA256(), 32, b"casetracker/v1/device").derive(evidence_key)


def carry(old: bytes, new: bytes) -> None:
    """Keep the key of this computer, and what it has seen, for a casebook that was given a new data key.

    `old` and `new` are the evidence keys before and after.
    """
    device = this_device(sealing_key(old))
    if device.file.exists():
        sealing = sealing_key(new)
        replace(device, file=device.file.with_name(_name(sealing)), sealing_key=sealing).save()


def _name(sealing_key: bytes) -> str:
    return hashlib.sha256(b"ct-device-name\0" + sealing_key).hexdigest()[:_KEY]


def device_id(public: str) -> str:
    """Return how entries name the computer with this public key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:_KEY]


def signed(public: str, signature: str, casebook: str, seq: int, link: str) -> bool:
    """Whether a signature is that of this key over this head."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), _head(casebook, seq, link))
    except (InvalidSignature, ValueError):
        return False
    return True


def _head(casebook: str, seq: int, link: str) -> bytes:
    return _HEAD + casebook.encode() + b"\0" + seq.to_bytes(8, "big") + bytes.fromhex(link)
