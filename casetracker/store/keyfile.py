"""`keys.json` and its second copy: reading, choosing the good one, mending the other.

The file says of itself which state it is (`serial` goes up by one with every change) and carries a checksum,
so that chance damage is found before a passphrase is tried. Only a slot's own seal guards against intent.
An older copy is never tried when a newer one is sound: after a change of passphrase the old one stays dead.

The list of slots is authenticated with a key made of the data key (`seal`). It is needed because new data
keys are sealed to the public keys in it: nobody may slip in their own. One whose seal is broken still opens,
for reading only, so that nobody can shut an office out by changing it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casetracker.errors import Damaged, NotACasebook, TooNew, UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.store.durable import write_file, write_files
from casetracker.store.keyslots import BadSlot, Bounds, DataKey, Opened, Slot, open_any, parse_slot
from casetracker.store.trouble import WRONG, disk_trouble

FIRST = "keys.json"
SECOND = "keys.json.bak"
FORMAT = "casetracker-keys"
FIRST_VERSION, VERSION = 1, 2
LARGEST = 256 * 1024  # bytes; a slot takes about 900
MOST_SLOTS = 64


@dataclass(frozen=True)
class KeyFile:
    """The slots of a casebook: what both copies hold."""

    casebook: str
    slots: tuple[Slot, ...]
    serial: int = 1
    seal: str = ""  # HMAC-SHA256, hexadecimal; none in a file of the first version

    def sealed(self, key: DataKey) -> KeyFile:
        """Return the file with the seal of the data key."""
        return replace(self, seal=self._seal(key))

    def holds(self, key: DataKey) -> bool:
        """Whether the list of slots is as somebody with the data key wrote it."""
        first = not self.seal and all(slot.version == FIRST_VERSION for slot in self.slots)
        return first or hmac.compare_digest(self.seal, self._seal(key))

    def _seal(self, key: DataKey) -> str:
        told = json.dumps(self._told(), sort_keys=True, separators=(",", ":")).encode()
        return hmac.new(key.slots_key, told, hashlib.sha256).hexdigest()

    def _told(self) -> dict[str, Any]:
        slots = [slot.told() for slot in self.slots]
        return {"casebook": self.casebook, "serial": self.serial, "slots": slots}

    def with_slots(self, *slots: Slot) -> KeyFile:
        """Return the next state of the file, not yet sealed."""
        return replace(self, slots=slots, serial=self.serial + 1, seal="")

    def to_bytes(self) -> bytes:
        """Return what is written to both copies."""
        content: dict[str, Any] = {"format": FORMAT, "version": VERSION, **self._told(), "seal": self.seal}
        if not self.seal:
            content["version"] = FIRST_VERSION
            del content["seal"]
        return json.dumps({**content, "checksum": _checksum(content)}, indent=1).encode() + b"\n"


def write(folder: Path, keys: KeyFile) -> None:
    """Write both copies: one of them is whole at any moment. Raises UserError.

    Neither is put in place before there was room for both: whoever is told that the disk is full must not
    find that the passphrase changed all the same.
    """
    try:
        write_files(folder, dict.fromkeys((FIRST, SECOND), keys.to_bytes()))
    except OSError as error:
        raise disk_trouble(error) from error


def unlock(folder: Path, secret: str, bounds: Bounds | None = None) -> tuple[KeyFile, Opened]:
    """Open the casebook's data key with a passphrase or recovery code.

    Raises WrongPassphrase, NotACasebook (no key file), TooNew, Damaged (neither copy can be read).
    """
    sound, troubles = read_copies(folder)
    if not sound:
        raise _worst(troubles)
    newest = max(keys.serial for keys in sound)
    trouble: UserError = WrongPassphrase(tr(WRONG))
    altered: tuple[KeyFile, Opened] | None = None
    for keys in dict.fromkeys(keys for keys in sound if keys.serial == newest):
        try:
            opened = open_any(keys.slots, secret, casebook=keys.casebook, bounds=bounds)
        except (WrongPassphrase, BadSlot) as error:
            trouble = error
            continue
        if keys.holds(opened.key) or (opened.coming is not None and keys.holds(opened.coming)):
            return keys, opened
        altered = altered or (keys, replace(opened, altered=True))
    if altered:
        return altered
    raise trouble


def newest(folder: Path) -> KeyFile:
    """Return the newest state of the key file that can be read, without opening a slot. Raises UserError."""
    sound, troubles = read_copies(folder)
    if not sound:
        raise _worst(troubles)
    return max(sound, key=lambda keys: keys.serial)


def read_copies(folder: Path) -> tuple[list[KeyFile], dict[str, UserError]]:
    """Return the copies that can be read, the first one first, and what is wrong with the others, by name."""
    sound: list[KeyFile] = []
    troubles: dict[str, UserError] = {}
    for name in (FIRST, SECOND):
        try:
            sound.append(parse(_content(folder / name)))
        except UserError as error:
            troubles[name] = error
    return sound, troubles


def mend(folder: Path, keys: KeyFile) -> list[str]:
    """Write the copies that differ from the state that opened; return their names."""
    mended = []
    for name in (FIRST, SECOND):
        try:
            if _content(folder / name) == keys.to_bytes():
                continue
        except UserError:
            pass
        try:
            write_file(folder / name, keys.to_bytes())
        except OSError as error:
            raise disk_trouble(error) from error
        mended.append(name)
    return mended


def parse(content: bytes) -> KeyFile:
    """Read a copy; Damaged or TooNew with a sentence, whatever the bytes are."""
    try:
        raw = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise _damaged() from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise _damaged()
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        raise TooNew(tr(N_("The key file was written by a newer casetracker; install the newest version.")))
    checksum = raw.pop("checksum", None)
    if version not in (FIRST_VERSION, VERSION) or checksum != _checksum(raw):
        raise _damaged()
    casebook, serial, slots = raw.get("casebook"), raw.get("serial"), raw.get("slots")
    seal = raw.get("seal", "")
    if not isinstance(casebook, str) or type(serial) is not int or not isinstance(slots, list):
        raise _damaged()
    fields = {"format", "version", "casebook", "serial", "slots"} | (
        {"seal"} if version == VERSION else set()
    )
    if not 0 < len(slots) <= MOST_SLOTS or set(raw) != fields or not isinstance(seal, str):
        raise _damaged()
    return KeyFile(casebook, tuple(parse_slot(slot) for slot in slots), serial, seal)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotACasebook(
            tr(
                N_(
                    "The key files keys.json and keys.json.bak are missing from this folder; without one "
                    "of them "
                    "nobody can open the records; bring one back from a copy of the whole folder."
                )
            )
        ) from None
    except OSError as error:
        raise disk_trouble(error) from error
    if len(content) > LARGEST:
        raise _damaged()
    return content


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _damaged() -> Damaged:
    return Damaged(
        tr(
            N_(
                "The key files keys.json and keys.json.bak cannot be read; "
                "bring one of them back from a copy of the whole folder."
            )
        )
    )


def _worst(troubles: dict[str, UserError]) -> UserError:
    """Of two unreadable copies, say what helps most: a missing one only if both are missing."""
    told = list(troubles.values())
    return next((each for each in told if not isinstance(each, NotACasebook)), told[0])
