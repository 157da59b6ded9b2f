"""The system's keyring as a key slot: off by default, never where it is not safe, taken back at any time."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from keyring.errors import KeyringLocked, PasswordDeleteError

from casetracker.errors import UserError, WrongPassphrase
from casetracker.store import keyfile, rekey, this_computer
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.keyslots import DataKey
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE


class InMemory(KeyringBackend):
    """A keyring as the library knows them, that keeps what it is given in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = self.forgets = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        if not self.forgets:
            self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError
        del self.held[service, username]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    made, _ = create_casebook(tmp_path / "office", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE)
    with made:
        yield made


def kinds(book: Casebook) -> list[str]:
    return sorted(slot.kind for slot in keyfile.newest(book.folder).slots)


def again(book: Casebook, secret: str) -> DataKey:
    return keyfile.unlock(book.folder, secret, LOOSE)[1].key


def test_there_is_none_until_somebody_wants_it(book: Casebook) -> None:
    assert kinds(book) == ["passphrase", "recovery"]
    with pytest.raises(UserError, match="does not hold the key"):
        this_computer.secret_for(book.folder, InMemory())
    assert this_computer.slot_here(book, InMemory()) is None


def test_it_opens_the_casebook_and_the_passphrase_still_does(book: Casebook) -> None:
    ring = InMemory()
    this_computer.remember(book, ring, kdf=CHEAP)

    secret = this_computer.secret_for(book.folder, ring)
    assert again(book, secret) == again(book, PASSPHRASE) == book.key
    assert kinds(book) == ["computer", "passphrase", "recovery"]
    book.close()
    with open_casebook(book.folder, secret, bounds=LOOSE) as opened:
        assert (opened.user, opened.user_id, opened.read_only) == ("Dana", book.user_id, False)


def test_the_keyring_holds_no_name_and_the_folder_no_secret(book: Casebook) -> None:
    ring = InMemory()
    this_computer.remember(book, ring, kdf=CHEAP)

    [(name, value)] = ring.held.items()
    assert name == ("casetracker", book.id)
    secret = value.partition(":")[2]
    assert len(bytes.fromhex(secret.partition("/")[2])) == 32
    assert "Dana" not in value
    assert secret.encode() not in (book.folder / "keys.json").read_bytes()
    assert secret.rpartition("/")[2].encode() not in (book.folder / "keys.json").read_bytes()


def test_it_is_taken_back_here_and_everywhere(book: Casebook) -> None:
    here, there = InMemory(), InMemory()
    this_computer.remember(book, there, kdf=CHEAP)
    this_computer.remember(book, here, kdf=CHEAP)
    stolen = this_computer.secret_for(book.folder, there)
    assert this_computer.others(book, here) == 1

    this_computer.forget(book, here)
    assert here.held == {}
    assert again(book, stolen) == book.key
    this_computer.forget(book, here, everywhere=True)

    assert kinds(book) == ["passphrase", "recovery"]
    with pytest.raises(WrongPassphrase):
        again(book, stolen)


def test_twice_on_one_computer_is_one_slot(book: Casebook) -> None:
    ring = InMemory()
    this_computer.remember(book, ring, kdf=CHEAP)
    this_computer.remember(book, ring, kdf=CHEAP)
    assert kinds(book) == ["computer", "passphrase", "recovery"]
    assert again(book, this_computer.secret_for(book.folder, ring)) == book.key


@pytest.mark.parametrize("trouble", ["locked", "forgets"])
def test_where_the_keyring_does_not_keep_it_there_is_no_slot(book: Casebook, trouble: str) -> None:
    ring = InMemory()
    setattr(ring, trouble, True)
    with pytest.raises(UserError, match="no keyring that keeps secrets safely"):
        this_computer.remember(book, ring, kdf=CHEAP)
    assert kinds(book) == ["passphrase", "recovery"]
    assert ring.held == {}


def test_where_the_slot_cannot_be_written_nothing_stays_in_the_keyring(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError("full")

    ring = InMemory()
    monkeypatch.setattr(keyfile, "write", full)
    with pytest.raises(UserError, match="full"):
        this_computer.remember(book, ring, kdf=CHEAP)
    assert ring.held == {}


def test_a_new_data_key_and_a_new_passphrase_leave_it(book: Casebook) -> None:
    ring = InMemory()
    this_computer.remember(book, ring, kdf=CHEAP)
    book.change_passphrase(PASSPHRASE, "another four ordinary words", kdf=CHEAP)
    before = book.key
    rekey.renew(book)

    secret = this_computer.secret_for(book.folder, ring)
    assert again(book, secret) != before
    assert again(book, secret) == again(book, "another four ordinary words")


def test_the_secret_of_another_casebook_and_a_changed_slot_open_nothing(
    book: Casebook, tmp_path: Path
) -> None:
    ring, other = InMemory(), create_casebook(tmp_path / "b", PASSPHRASE, "A", kdf=CHEAP, bounds=LOOSE)[0]
    this_computer.remember(book, ring, kdf=CHEAP)
    secret = this_computer.secret_for(book.folder, ring)
    with other, pytest.raises(WrongPassphrase):
        again(other, secret)
    raw = json.loads((book.folder / "keys.json").read_text())
    for slot in raw["slots"]:
        slot["user"] = "0" * 32
    copy = Path(shutil.copytree(book.folder, tmp_path / "copy.casebook"))
    (copy / "keys.json").write_text(json.dumps(raw))
    (copy / "keys.json.bak").write_text(json.dumps(raw))
    with pytest.raises(UserError):
        keyfile.unlock(copy, secret, LOOSE)


def test_only_keyrings_of_the_system_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library falls back to (nothing, a file in the clear) is never even asked for."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(SecretService.Keyring, "viable", False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(UserError, match="nothing was stored"):
        this_computer.system_keyring()
    monkeypatch.setattr(SecretService.Keyring, "viable", True)
    assert type(this_computer.system_keyring()) is SecretService.Keyring


def test_every_system_has_the_keyring_that_is_named() -> None:
    for module, name in (*this_computer._KNOWN.values(), this_computer._SECRET_SERVICE):
        spec = importlib.util.find_spec(module)
        assert spec is not None
        assert spec.origin is not None
        assert f"class {name}(" in Path(spec.origin).read_text("utf-8")


_REAL = """
import sys
from pathlib import Path
from casetracker.store import keyfile, this_computer
from casetracker.store.casebook import create_casebook
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE
with create_casebook(Path(sys.argv[1]) / "o", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE)[0] as book:
    this_computer.remember(book, kdf=CHEAP)
    secret = this_computer.secret_for(book.folder)
    print(keyfile.unlock(book.folder, secret, LOOSE)[1].key == book.key)
    this_computer.forget(book)
    print([slot.kind for slot in keyfile.newest(book.folder).slots])
"""


@pytest.mark.skipif(
    not all(map(shutil.which, ("dbus-run-session", "gnome-keyring-daemon"))), reason="needs GNOME Keyring"
)
def test_a_real_keyring_on_a_bus_of_its_own(tmp_path: Path) -> None:
    run = f"echo -n pass | gnome-keyring-daemon --unlock --components=secrets; {sys.executable} - {tmp_path}"
    home = {name: str(tmp_path) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME")}
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{run} <<'END'\n{_REAL}\nEND"],
        check=False,
        env={**os.environ, **home, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.stdout.splitlines()[-2:] == ["True", "['passphrase', 'recovery']"], told.stderr
