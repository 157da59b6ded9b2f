"""`keys.json` and its second copy: reading, choosing the good one, mending the other.

The file says of itself which state it is (`serial` goes up by one with every change) and carries a checksum,
so that chance damage is found before a passphrase is tried. Only a slot's own seal guards against intent.
An older copy is never tried when a newer one is sound: after a change of passphrase the old one stays dead.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from casetracker.errors import Damaged, NotACasebook, TooNew, UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.store.durable import write_file
from casetracker.store.keyslots import BadSlot, Bounds, Opened, Slot, open_any, parse_slot
from casetracker.store.trouble import WRONG, disk_trouble

FIRST = "keys.json"
SECOND = "keys.json.bak"
FORMAT = "casetracker-keys"
VERSION = 1
LARGEST = 256 * 1024  # bytes; a slot takes about 900
MOST_SLOTS = 64


@dataclass(frozen=True)
class KeyFile:
    """The slots of a casebook: what both copies hold."""

    casebook: str
    slots: tuple[Slot, ...]
    serial: int = 1

    def with_slots(self, *slots: Slot) -> KeyFile:
        """Return the next state of the file."""
        return replace(self, slots=slots, serial=self.serial + 1)

    def to_bytes(self) -> bytes:
        """Return what is written to both copies."""
        content: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "casebook": self.casebook,
            "serial": self.serial,
            "slots": [asdict(slot) for slot in self.slots],
        }
        return json.dumps({**content, "checksum": _checksum(content)}, indent=1).encode() + b"\n"


def write(folder: Path, keys: KeyFile) -> None:
    """Write both copies, one after the other: one of them is whole at any moment. Raises UserError."""
    try:
        for name in (FIRST, SECOND):
            write_file(folder / name, keys.to_bytes())
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
    for keys in dict.fromkeys(keys for keys in sound if keys.serial == newest):
        try:
            return keys, open_any(keys.slots, secret, casebook=keys.casebook, bounds=bounds)
        except (WrongPassphrase, BadSlot) as error:
            trouble = error
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
    if version != VERSION or checksum != _checksum(raw):
        raise _damaged()
    casebook, serial, slots = raw.get("casebook"), raw.get("serial"), raw.get("slots")
    if not isinstance(casebook, str) or type(serial) is not int or not isinstance(slots, list):
        raise _damaged()
    if not 0 < len(slots) <= MOST_SLOTS or len(raw) != len(
        ("format", "version", "casebook", "serial", "slots")
    ):
        raise _damaged()
    return KeyFile(casebook, tuple(parse_slot(slot) for slot in slots), serial)


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
