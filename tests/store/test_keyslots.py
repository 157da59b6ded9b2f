"""Key slots and the key file: nothing opens but the right secret, and nothing can be changed unnoticed."""

from __future__ import annotations

import errno
import json
import unicodedata
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest

from casetracker.errors import Damaged, NotACasebook, TooNew, UserError, WrongPassphrase
from casetracker.store import durable, keyfile, keyslots
from casetracker.store.keyslots import (
    BadSlot,
    Bounds,
    DataKey,
    KdfParameters,
    Owner,
    Slot,
    new_slot,
    open_slot,
)
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.recovery import MistypedCode, new_code
from casetracker.store.trouble import DiskFull
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE, make

BOOK = "ab" * 16
OWNER = Owner(BOOK, "u1", "Дана Ерлан")
KEY = DataKey(bytes(range(32)))


def slot(secret: str = PASSPHRASE, kind: keyslots.Kind = "passphrase") -> Slot:
    return new_slot(secret, KEY, OWNER, kind=kind, kdf=CHEAP, bounds=LOOSE)


def unlock(given: Slot, secret: str = PASSPHRASE, casebook: str = BOOK) -> keyslots.Opened:
    return open_slot(given, secret, casebook=casebook, bounds=LOOSE)


def write_keys(folder: Path, *slots: Slot, serial: int = 1) -> keyfile.KeyFile:
    keys = keyfile.KeyFile(BOOK, slots or (slot(),), serial)
    keyfile.write(folder, keys)
    return keys


def test_a_slot_gives_back_the_key_and_the_name() -> None:
    opened = unlock(slot())
    assert opened.key == KEY
    assert opened.user_name == "Дана Ерлан"


def test_neither_key_nor_name_can_be_seen_in_the_file() -> None:
    text = json.dumps(asdict(slot()), ensure_ascii=False)
    assert "Дана" not in text
    assert KEY.secret.hex() not in text
    assert KEY.secret.hex() not in repr(KEY)
    assert len(slot().wrapped) == len(
        new_slot(PASSPHRASE, KEY, replace(OWNER, name="Li"), kdf=CHEAP, bounds=LOOSE).wrapped
    )


def test_the_derived_keys_are_fixed_for_ever() -> None:
    """Known answers: a change here makes every existing casebook unreadable."""
    assert KEY.database_key.hex() == "a190d5237c67340070ea9ae4bbac3f07b52011b5c08f01ab852abe877b2b1279"
    assert KEY.database_salt.hex() == "03a3feedd574f7556208343994de4772"
    assert KEY.evidence_key.hex() == "225d8fda693c705f857c9ef74eb4ec951c24b15f480317b05f21b52b6bbd625c"


WRITTEN = Slot(
    version=1,
    kind="passphrase",
    user="u1",
    kdf="argon2id",
    memory_kib=64,
    passes=1,
    lanes=1,
    salt="47038be4429b02d35e37d4868ced0af8",
    nonce="ab7d1d1a425860abdabec59f",
    wrapped="402e79f6c49f7ff50ca179f9bd584987bdea4a5fa6db0b753e1d89a42c0d40c7ff5e15b4460a74d7139e8817834c42e3"
    "22bfef377c3a65529fdbed38b5c1d02c7a7b3772184323e596a6b005760a41d6ae2966e4ca0abdfdd0801e4048dc54b6"
    "3385095908342d15236209b7f748febff34c67e13dfb09fec187c48cf523f17d14c068d41e102019124e36b2cd430806"
    "fc4dcc18bd250a8bb41b542695a42a4c82816c56aa57382f443c755dcbddd8520c00aeb984c55d2d1421795a31493dd3"
    "7857508c55aaeedc7fa6362b3c69b579991aad1d5718c0e679b83b7910bf98f0ba12f0dd21f0810ee3af610526cc5305"
    "36b688e4dc974b28",
)


def test_a_slot_of_the_first_version_opens_for_ever() -> None:
    """A change of the header, of the labels or of Argon2's parameters would lock every casebook."""
    opened = unlock(WRITTEN)
    assert (opened.key, opened.user_name) == (KEY, "Дана Ерлан")


def test_the_bounds_of_the_program_let_an_honest_slot_through() -> None:
    kdf = KdfParameters(memory_kib=64 * 1024, passes=2, lanes=4)
    given = new_slot(PASSPHRASE, KEY, OWNER, kdf=kdf)
    assert open_slot(given, PASSPHRASE, casebook=BOOK).key == KEY


def test_fifty_wrong_passphrases_open_nothing() -> None:
    given = slot()
    near = [PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1], "", "\0"]
    for wrong in [*near, *(f"{PASSPHRASE}{n}" for n in range(45))]:
        with pytest.raises(WrongPassphrase, match="does not open"):
            unlock(given, wrong)


def test_a_letter_typed_as_one_sign_or_as_two_is_the_same() -> None:
    typed = "Қазақша сөйлейміз ғой é"
    given = slot(unicodedata.normalize("NFD", typed))
    assert unlock(given, unicodedata.normalize("NFC", typed)).key == KEY


OTHER: dict[str, Any] = {
    "version": 1,
    "kind": "recovery",
    "user": "u2",
    "kdf": "scrypt",
    "memory_kib": 72,
    "passes": 2,
    "lanes": 2,
    "salt": "00" * 16,
    "nonce": "00" * 12,
    "wrapped": "00" * 248,
    "public": "09" * 32,
    "sealed": "00" * 80,
    "coming": "00" * 80,
    "first": 1,
}


@pytest.mark.parametrize("name", [each.name for each in fields(Slot)])
def test_no_field_can_be_changed(name: str) -> None:
    secret = new_code()  # opens as either kind, so that changing the kind alone is what is refused
    given = slot(secret.replace("-", ""))
    assert unlock(given, secret.replace("-", "")).key == KEY
    with pytest.raises(WrongPassphrase):
        unlock(replace(given, **{name: OTHER[name]}), secret.replace("-", ""))


def test_a_slot_does_not_open_in_another_casebook() -> None:
    with pytest.raises(WrongPassphrase):
        unlock(slot(), casebook="cd" * 16)


@pytest.mark.parametrize(
    "kdf",
    [
        KdfParameters(memory_kib=2**40),  # Argon2 would be refused the memory, or take it all
        KdfParameters(memory_kib=64 * 1024 - 1),
        KdfParameters(passes=1),
        KdfParameters(passes=10**9),
        KdfParameters(lanes=0),
        KdfParameters(lanes=17),
        KdfParameters(memory_kib=-1),
    ],
)
def test_too_weak_and_too_heavy_are_refused_before_argon2_runs(kdf: KdfParameters) -> None:
    weakened = replace(slot(), **asdict(kdf))
    with pytest.raises(BadSlot, match="too weak or too heavy"):
        open_slot(weakened, PASSPHRASE, casebook=BOOK)
    with pytest.raises(BadSlot):
        new_slot(PASSPHRASE, KEY, OWNER, kdf=kdf)


def test_new_slots_take_a_quarter_of_a_gibibyte() -> None:
    assert KdfParameters() == KdfParameters(256 * 1024, 3, 4)
    Bounds().check(KdfParameters())


@pytest.mark.parametrize("name", [each.name for each in fields(Slot)])
@pytest.mark.parametrize("value", [None, True, [], {}, 1.5, -1, "", "ä", "zz" * 16, 10**400, "A" * 32])
def test_strange_values_in_a_slot_are_refused(name: str, value: Any) -> None:
    raw = {**asdict(slot()), name: value}
    try:
        parsed = keyslots.parse_slot(raw)
    except BadSlot:
        return
    if (name, value) == ("coming", ""):
        return  # none is what it has
    # Well-formed, and still of no use to whoever changed it.
    with pytest.raises((WrongPassphrase, BadSlot)):
        unlock(parsed)


def test_the_recovery_code_opens_the_second_slot(tmp_path: Path) -> None:
    code = new_code()
    write_keys(tmp_path, slot(), slot(code, "recovery"))
    assert keyfile.unlock(tmp_path, code.lower().replace("-", " "), LOOSE)[1].slot.kind == "recovery"
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(MistypedCode, match="is wrong"):
        keyfile.unlock(tmp_path, wrong, LOOSE)
    with pytest.raises(WrongPassphrase):
        keyfile.unlock(tmp_path, new_code(), LOOSE)


@pytest.mark.parametrize("broken", [keyfile.FIRST, keyfile.SECOND])
@pytest.mark.parametrize("how", ["missing", "empty", "flipped", "cut", "huge"])
def test_either_copy_is_enough_and_the_other_is_mended(tmp_path: Path, broken: str, how: str) -> None:
    keys = write_keys(tmp_path)
    path = tmp_path / broken
    content = path.read_bytes()
    at = content.index(b'"salt": "') + 9
    spoilt = {
        "empty": b"",
        "flipped": content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
        "cut": content[: len(content) // 2],
        "huge": content + b" " * keyfile.LARGEST,
    }
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(spoilt[how])
    found, opened = keyfile.unlock(tmp_path, PASSPHRASE, LOOSE)
    assert (found, opened.key) == (keys, KEY)
    assert keyfile.mend(tmp_path, found) == [broken]
    assert path.read_bytes() == content
    assert keyfile.mend(tmp_path, found) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == [keyfile.FIRST, keyfile.SECOND]


def test_a_copy_changed_with_care_is_passed_over(tmp_path: Path) -> None:
    """Whoever recomputes the checksum still meets the seal of the slot; the other copy opens."""
    keys = write_keys(tmp_path)
    forged = replace(keys, slots=(replace(keys.slots[0], passes=2),))
    (tmp_path / keyfile.FIRST).write_bytes(forged.to_bytes())
    found, opened = keyfile.unlock(tmp_path, PASSPHRASE, LOOSE)
    assert (found, opened.key) == (keys, KEY)


def test_who_is_told_that_the_disk_is_full_still_has_the_old_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _ = make(tmp_path / "office")
    write, written = durable._part, []

    def once(folder: Path, name: str, content: bytes) -> Path:
        if written:
            raise OSError(errno.ENOSPC, "full")
        written.append(name)
        return write(folder, name, content)

    with book:
        before = {path.name: path.read_bytes() for path in book.folder.glob("keys.json*")}
        monkeypatch.setattr(durable, "_part", once)
        with pytest.raises(DiskFull):
            book.change_passphrase(PASSPHRASE, "another four ordinary words", kdf=CHEAP)
        assert {path.name: path.read_bytes() for path in book.folder.glob("keys.json*")} == before
        assert not list(book.folder.glob(".keys*"))


def test_the_old_passphrase_stays_dead_after_a_crash_between_the_copies(tmp_path: Path) -> None:
    old = write_keys(tmp_path)
    (tmp_path / keyfile.FIRST).write_bytes(old.with_slots(slot("quite another passphrase")).to_bytes())
    with pytest.raises(WrongPassphrase):
        keyfile.unlock(tmp_path, PASSPHRASE, LOOSE)
    found, _ = keyfile.unlock(tmp_path, "quite another passphrase", LOOSE)
    assert keyfile.mend(tmp_path, found) == [keyfile.SECOND]


def test_both_copies_missing(tmp_path: Path) -> None:
    with pytest.raises(NotACasebook, match=r"keys\.json and keys\.json\.bak are missing"):
        keyfile.unlock(tmp_path, PASSPHRASE, LOOSE)


NO_KEYS: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
    "huge": b" " * (keyfile.LARGEST + 5),
    "list": b"[]",
    "number": b"1" * 5000,
    "other": b'{"format": "something else"}',
    "no slots": b'{"format": "casetracker-keys", "version": 1, "casebook": "a", "serial": 1, "slots": []}',
    "old": b'{"format": "casetracker-keys", "version": 0}',
    "odd": b'{"format": "casetracker-keys", "version": "1"}',
}


@pytest.mark.parametrize("content", NO_KEYS.values(), ids=NO_KEYS.keys())
def test_a_file_that_is_no_key_file_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    for name in (keyfile.FIRST, keyfile.SECOND):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Damaged, match="cannot be read"):
        keyfile.unlock(tmp_path, PASSPHRASE, LOOSE)


@pytest.mark.parametrize(
    "slots", [[], [1], "x", None, [{}], [[]] * 65, [{"version": 1}]], ids=lambda slots: repr(slots)[:12]
)
def test_slots_of_a_wrong_shape(slots: Any) -> None:
    content = {"format": keyfile.FORMAT, "version": 1, "casebook": BOOK, "serial": 1, "slots": slots}
    whole = json.dumps({**content, "checksum": keyfile._checksum(content)}).encode()
    with pytest.raises(UserError, match="key file"):
        keyfile.parse(whole)


def test_a_newer_key_file_is_left_alone(tmp_path: Path) -> None:
    for name in (keyfile.FIRST, keyfile.SECOND):
        (tmp_path / name).write_bytes(b'{"format": "casetracker-keys", "version": 3}')
    with pytest.raises(TooNew, match="newer casetracker"):
        keyfile.unlock(tmp_path, PASSPHRASE, LOOSE)


@pytest.mark.parametrize("weak", ["", "short", "eleven char", "aaaaaaaaaaaaaaaa", "a b c d e"])
def test_weak_passphrases_are_told(weak: str) -> None:
    assert passphrase_problem(weak).endswith(".")


@pytest.mark.parametrize(
    "good", ["twelve signs", "dog hat sun ink", "төрт сөз ешкім білмейді", "kV8#pq!2Lm0z"]
)
def test_good_passphrases_pass(good: str) -> None:
    assert passphrase_problem(good) == ""
