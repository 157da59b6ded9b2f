"""A new data key: who stays has it, who left does not, and a kill leaves one of the two keys in use."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from casetracker.errors import ReadOnly, UserError, WrongPassphrase
from casetracker.jobs import Cancelled
from casetracker.store import keyfile, rekey
from casetracker.store.casebook import Casebook
from casetracker.store.checks import RECORDS
from casetracker.store.engine import connect
from casetracker.store.keyslots import DataKey, KdfParameters, Owner, Slot, new_slot
from casetracker.store.trouble import Busy
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE, VERSIONS, add_people, make, names_in, reopen

SECOND, LEAVING = "b" * 32, "c" * 32
SECONDS, LEAVINGS = "another four ordinary words", "the words of who leaves us"
NAMES = [f"Person {n} of Almaty {'x' * 400}" for n in range(60)]


def with_users(folder: Path) -> tuple[Casebook, str]:
    """Make a casebook with three users, of whom one is going to leave."""
    book, code = make(folder)
    keys = keyfile.newest(book.folder)
    more = [
        new_slot(words, book.key, Owner(book.id, user, name), kdf=CHEAP, bounds=LOOSE)
        for words, user, name in ((SECONDS, SECOND, "Aigul"), (LEAVINGS, LEAVING, "Marat"))
    ]
    keyfile.write(book.folder, keys.with_slots(*keys.slots, *more).sealed(book.key))
    add_people(book, *NAMES)
    return book, code


def raw(folder: Path, key: DataKey) -> bool:
    """Whether this key opens the records."""
    return rekey._opens(folder / RECORDS, key)


def test_who_stays_opens_it_and_who_left_does_not(tmp_path: Path) -> None:
    book, code = with_users(tmp_path / "office")
    old, before = book.key, shutil.copytree(book.folder, tmp_path / "copy.casebook")

    rekey.renew(book, without={LEAVING})

    for secret, name in ((PASSPHRASE, "Dana"), (SECONDS, "Aigul"), (code, "Dana")):
        with reopen(book.folder, secret) as again:
            assert (again.user, names_in(again), again.read_only) == (name, NAMES, False)
            assert again.key != old
            assert again.check() == []
    with pytest.raises(WrongPassphrase):
        reopen(book.folder, LEAVINGS)
    assert not raw(book.folder, old)
    assert {each.name for each in book.folder.iterdir()} == {
        RECORDS,
        "keys.json",
        "keys.json.bak",
        "casebook.lock",
    }
    with reopen(before, LEAVINGS) as theirs:  # as the page says: copies that they hold stay readable
        assert names_in(theirs) == NAMES


def test_nobody_takes_the_key_away_from_themselves(tmp_path: Path) -> None:
    book, _ = with_users(tmp_path / "office")
    with book, pytest.raises(UserError, match="yourself"):
        rekey.renew(book, without={book.user_id})
    with reopen(book.folder) as again:
        assert names_in(again) == NAMES


def test_a_cancelled_change_leaves_everything_as_it_was(tmp_path: Path) -> None:
    class Enough:
        def step(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled

    book, _ = with_users(tmp_path / "office")
    keys = (book.folder / "keys.json").read_bytes()
    with book:
        with pytest.raises(Cancelled):
            rekey.renew(book, without={LEAVING}, progress=Enough())
        assert names_in(book) == NAMES  # and it goes on with the old key
        add_people(book, "One more")
        assert (book.folder / "keys.json").read_bytes() == keys
    with reopen(book.folder, LEAVINGS) as again:
        assert names_in(again)[-1] == "One more"


def test_while_somebody_reads_the_key_stays(tmp_path: Path) -> None:
    book, _ = with_users(tmp_path / "office")
    with book, book.engine.connect() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM people").scalar()
        with pytest.raises(Busy):
            rekey.renew(book, without={LEAVING})


KILLED = """
import sys
from pathlib import Path
from casetracker.store import rekey
from tests.store.sample import reopen
book = reopen(Path(sys.argv[1]))
print("go", flush=True)
rekey.renew(book, without={sys.argv[2]})
print("done", flush=True)
"""


@pytest.mark.parametrize("part", range(int(os.environ.get("REKEY_KILLS", "2"))))
def test_a_kill_at_any_moment_leaves_one_key_that_opens_everything(tmp_path: Path, part: int) -> None:
    book, _ = with_users(tmp_path / "office")
    with book:
        add_people(book, *(f"{n} {'y' * 900}" for n in range(800)))
        old, whole = book.key, names_in(book)
    command = [sys.executable, "-c", KILLED, str(book.folder), LEAVING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "go\n"
        time.sleep(random.Random(part).uniform(0, 0.25))
        child.kill()
        acknowledged = "done" in child.stdout.read()

    with reopen(book.folder, SECONDS) as again:
        assert names_in(again) == whole
        assert again.check() == []
        renewed = again.key != old
    assert not acknowledged or renewed
    assert not any(slot.coming for slot in keyfile.newest(book.folder).slots)
    assert raw(book.folder, old) is not renewed
    if renewed:
        with pytest.raises(WrongPassphrase):
            reopen(book.folder, LEAVINGS)
    else:
        with reopen(book.folder, LEAVINGS) as theirs:
            assert names_in(theirs) == whole


@pytest.mark.parametrize("cut", ["copied", "announced", "swapped", "finished"])
def test_each_step_may_be_the_last_one(tmp_path: Path, cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends right before a step: what follows in it never happens."""
    book, _ = with_users(tmp_path / "office")
    old = book.key

    class Ended(BaseException):
        pass

    def end(*_: object) -> None:
        for name in ("_opens", "_forget"):  # nor does what tidies up
            monkeypatch.setattr(rekey, name, lambda *_: False)
        raise Ended

    steps = {
        "copied": (rekey, "_copy"),
        "announced": (keyfile, "write"),
        "swapped": (rekey.upgrade, "swap"),
        "finished": (rekey, "_finish"),
    }
    where, name = steps[cut]
    with monkeypatch.context() as ending:
        monkeypatch = ending
        ending.setattr(where, name, end)
        ending.setattr(rekey.upgrade, "sweep_parts", lambda _path: None)
        with pytest.raises(Ended):
            rekey.renew(book, without={LEAVING})
    book.close()

    with reopen(book.folder) as again:
        assert names_in(again) == NAMES
        assert (again.key != old) is (cut == "finished")
    assert not any(slot.coming for slot in keyfile.newest(book.folder).slots)
    assert not (book.folder / (RECORDS + rekey.COPY)).exists() or cut in ("copied", "announced")


# Nobody slips in a key of their own


def _slip_in(folder: Path, change: object) -> None:
    for name in (keyfile.FIRST, keyfile.SECOND):
        content = json.loads((folder / name).read_text())
        change(content)
        content.pop("checksum")
        content["checksum"] = keyfile._checksum(content)
        (folder / name).write_text(json.dumps(content))


def test_a_foreign_public_key_is_noticed_and_given_nothing(tmp_path: Path) -> None:
    book, _ = with_users(tmp_path / "office")
    book.close()
    stranger = new_slot("the words of a stranger", DataKey.random(), Owner(book.id, SECOND, "x"), kdf=CHEAP,
                        bounds=LOOSE)  # fmt: skip

    def foreign(content: dict[str, list[dict[str, object]]]) -> None:
        place = next(n for n, each in enumerate(content["slots"]) if each["user"] == SECOND)
        content["slots"][place] = stranger.told()

    _slip_in(book.folder, foreign)

    with reopen(book.folder) as again:
        assert again.keys_altered
        assert "does not have its key" in again.why_read_only
        assert names_in(again) == NAMES  # nobody is shut out
        with pytest.raises(ReadOnly, match="does not have its key"):
            rekey.renew(again)
        with pytest.raises(ReadOnly):
            again.change_passphrase(PASSPHRASE, "some other good words here")


@pytest.mark.parametrize("what", ["order", "serial", "seal", "slot gone", "first version"])
def test_every_change_of_the_list_of_slots_is_noticed(tmp_path: Path, what: str) -> None:
    book, _ = with_users(tmp_path / "office")
    book.close()

    def change(content: dict[str, object]) -> None:
        slots = content["slots"]
        assert isinstance(slots, list)
        if what == "order":
            slots.reverse()
        elif what == "serial":
            content["serial"] = 77
        elif what == "seal":
            content["seal"] = ""
        elif what == "slot gone":
            del slots[-1]
        else:
            del content["seal"]
            content["version"] = 1

    _slip_in(book.folder, change)

    with reopen(book.folder) as again:
        assert again.keys_altered
        assert again.read_only


# Slots grow with the program


def first_version(secret: str, key: DataKey, owner: Owner) -> Slot:
    """A slot as the first version made them: it holds the data key itself."""
    made = replace(
        new_slot(secret, key, owner, kdf=CHEAP, bounds=LOOSE),
        version=1,
        public="",
        sealed="",
        coming="",
        first=0,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from casetracker.store import keyslots

    cipher = AESGCM(keyslots._stretch(keyslots._secret_bytes(secret, "passphrase"), made))
    content = key.secret + owner.name.encode().ljust(keyslots.LONGEST_NAME, b"\0")
    sealed = cipher.encrypt(bytes.fromhex(made.nonce), content, made.header(owner.casebook))
    return replace(made, wrapped=sealed.hex())


def test_a_slot_of_the_first_version_is_made_anew_at_sign_in(tmp_path: Path) -> None:
    book, _ = make(tmp_path / "office")
    with book:
        add_people(book, *NAMES)
        slots = [
            first_version(PASSPHRASE, book.key, Owner(book.id, book.user_id, "Dana")),
            first_version(SECONDS, book.key, Owner(book.id, SECOND, "Aigul")),
        ]
        keyfile.write(book.folder, keyfile.KeyFile(book.id, tuple(slots), serial=5))
    assert json.loads((book.folder / "keys.json").read_text())["version"] == 1

    with reopen(book.folder) as again:
        assert not again.keys_altered
        assert {slot.version for slot in keyfile.newest(book.folder).slots} == {1, 2}
        assert rekey.who_cannot_stay(keyfile.newest(book.folder)) == {SECOND}
    with reopen(book.folder, SECONDS):
        pass
    keys = keyfile.newest(book.folder)
    assert {slot.version for slot in keys.slots} == {2}
    assert rekey.who_cannot_stay(keys) == set()
    with reopen(book.folder) as again:
        rekey.renew(again)
    with reopen(book.folder, SECONDS) as again:
        assert (again.user, names_in(again)) == ("Aigul", NAMES)


def test_a_stronger_program_makes_slots_stronger_at_sign_in(tmp_path: Path) -> None:
    book, code = make(tmp_path / "office")
    book.close()
    from casetracker.store.casebook import open_casebook

    stronger = KdfParameters(memory_kib=128, passes=2, lanes=1)
    open_casebook(book.folder, PASSPHRASE, bounds=LOOSE, kdf=stronger, versions=VERSIONS).close()
    own = next(slot for slot in keyfile.newest(book.folder).slots if slot.kind == "passphrase")
    assert own.parameters == stronger
    for secret in (PASSPHRASE, code):
        reopen(book.folder, secret).close()
    assert next(s for s in keyfile.newest(book.folder).slots if s.kind == "passphrase").parameters == stronger


def test_connect_is_what_the_tests_above_look_with(tmp_path: Path) -> None:
    book, _ = with_users(tmp_path / "office")
    with book:
        assert raw(book.folder, book.key)
        assert not raw(book.folder, DataKey.random())
        assert connect(book.folder / RECORDS, book.key, mode="ro").execute("SELECT 1").fetchone() == (1,)
