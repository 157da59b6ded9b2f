"""A key slot that the keyring of this computer's system opens: chosen by a user, for one computer.

The slot is wrapped by 256 random bits, which lie in the keyring and nowhere else; its entry has the random id
of the casebook for a name. Only the keyrings of Windows, macOS and the Secret Service (GNOME, KDE) are used:
what the library would take where there is none, a file in the clear or nothing at all, is refused.
"""

from __future__ import annotations

import importlib
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import keyfile
from casetracker.store.casebook import Casebook, folder_of
from casetracker.store.keyslots import COMPUTER, OF_COMPUTER, KdfParameters, Owner, Slot, new_slot

SERVICE = "casetracker"
_BITS = 32  # bytes
# So much by chance cannot be guessed, whatever it costs to try: the least that a slot may ask for.
_KDF = KdfParameters(memory_kib=64 * 1024, passes=2, lanes=4)
_KNOWN = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
}
_SECRET_SERVICE = ("keyring.backends.SecretService", "Keyring")
_NONE = N_(
    "This computer has no keyring that keeps secrets safely, or it is locked, so nothing was stored; go on "
    "with the passphrase."
)
_GONE = N_("The keyring of this computer does not hold the key of this casebook; type the passphrase.")


class Keyring(Protocol):
    """What is asked of a keyring: the interface of the library's own backends."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept under a name."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep something under a name."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


def system_keyring() -> Keyring:
    """Return the keyring of this system. Raises `UserError` where there is none that is safe."""
    module, name = _KNOWN.get(sys.platform, _SECRET_SERVICE)
    try:
        backend: Any = getattr(importlib.import_module(module), name)
        if backend.viable:
            made: Keyring = backend()
            return made
    except Exception as error:  # each of them fails in ways of its own
        raise UserError(tr(_NONE)) from error
    raise UserError(tr(_NONE))


def secret_for(path: Path, ring: Keyring | None = None) -> str:
    """Return the secret that the keyring of this computer holds for a casebook. Raises `UserError`.

    The system may ask the user first.
    """
    keys = keyfile.newest(folder_of(path))
    _salt, _, secret = _asked(ring or system_keyring(), keys.casebook).partition(":")
    if not secret:
        raise UserError(tr(_GONE))
    return secret


def slot_here(casebook: Casebook, ring: Keyring | None = None) -> Slot | None:
    """Return the slot of this user that this computer opens, if there is one."""
    own = _own(casebook)
    if not own:
        return None
    with suppress(UserError):
        held = _asked(ring or system_keyring(), casebook.id)
        return next((slot for slot in own if slot.salt == held.partition(":")[0]), None)
    return None


def others(casebook: Casebook, ring: Keyring | None = None) -> int:
    """Return how many slots of this user open on other computers."""
    here = slot_here(casebook, ring)
    return sum(slot != here for slot in _own(casebook))


def remember(casebook: Casebook, ring: Keyring | None = None, *, kdf: KdfParameters | None = None) -> None:
    """Let this computer open the casebook for its user without the passphrase. Raises `UserError`.

    What is put into the keyring is read back before the slot is written.
    """
    ring = ring or system_keyring()
    with casebook.changing_keys():
        keys = keyfile.newest(casebook.folder)
        if not keys.holds(casebook.key):
            raise UserError(tr(N_("The key files changed meanwhile; close the casebook and open it again.")))
        before = slot_here(casebook, ring)
        owner = Owner(casebook.id, casebook.user_id, casebook.user)
        secret = f"{OF_COMPUTER}{secrets.token_hex(_BITS)}"
        slot = new_slot(secret, casebook.key, owner, kind=COMPUTER, kdf=kdf or _KDF, bounds=casebook.bounds)
        _keep(ring, casebook.id, f"{slot.salt}:{secret}")
        try:
            kept = [each for each in keys.slots if each != before]
            keyfile.write(casebook.folder, keys.with_slots(*kept, slot).sealed(casebook.key))
        except BaseException:
            _drop(ring, casebook.id)
            raise


def forget(casebook: Casebook, ring: Keyring | None = None, *, everywhere: bool = False) -> None:
    """Take the slot of this user on this computer away, or those on all computers; the passphrase stays.

    Raises `UserError`.
    """
    here = slot_here(casebook, ring)
    with casebook.changing_keys():
        keys = keyfile.newest(casebook.folder)
        gone = _own(casebook) if everywhere else [here]
        kept = [slot for slot in keys.slots if slot not in gone]
        keyfile.write(casebook.folder, keys.with_slots(*kept).sealed(casebook.key))
    if here is not None:
        with suppress(UserError):
            _drop(ring or system_keyring(), casebook.id)


def _own(casebook: Casebook) -> list[Slot]:
    slots = keyfile.newest(casebook.folder).slots
    return [slot for slot in slots if (slot.kind, slot.user) == (COMPUTER, casebook.user_id)]


def _asked(ring: Keyring, casebook: str) -> str:
    try:
        return ring.get_password(SERVICE, casebook) or ""
    except Exception as error:  # each keyring has errors of its own
        raise UserError(tr(_NONE)) from error


def _keep(ring: Keyring, casebook: str, secret: str) -> None:
    try:
        ring.set_password(SERVICE, casebook, secret)
        held = ring.get_password(SERVICE, casebook)
    except Exception as error:
        raise UserError(tr(_NONE)) from error
    if held != secret:
        raise UserError(tr(_NONE))


def _drop(ring: Keyring, casebook: str) -> None:
    with suppress(Exception):  # what it held opens nothing any more
        ring.delete_password(SERVICE, casebook)
