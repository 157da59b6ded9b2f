"""Sealed files: they open for whom they were sealed, and for nobody else; whatever is changed is noticed."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from casetracker.errors import Damaged, TooNew, UserError, WrongPassphrase
from casetracker.exchange.sealed_file import (
    Identity,
    NotForThisKey,
    WrongKind,
    look,
    open_bytes,
    open_sealed,
    read_public,
    seal_bytes,
)
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.sealed import CHUNK

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
BOUNDS = Bounds(memory_kib=(64, 1024 * 1024), passes=(1, 10))
WORDS, SECRET = "bulak tarazy kiyiz altai", "Бақытжан Нұрланұлы".encode()


def sealed(content: bytes = SECRET, kind: str = "review") -> bytes:
    return seal_bytes(content, kind=kind, passphrase=WORDS, kdf=CHEAP)


def opened(content: bytes, passphrase: str = WORDS, kind: str = "review") -> bytes:
    return open_bytes(content, kind=kind, most=10**8, passphrase=passphrase, bounds=BOUNDS)


@pytest.mark.parametrize("size", [0, 1, 1000, CHUNK, CHUNK + 1, 2 * CHUNK + 17])
def test_a_passphrase_opens_what_it_sealed(size: int) -> None:
    content = random.Random(size).randbytes(size)

    assert opened(sealed(content)) == content


def test_the_content_cannot_be_read_without_it() -> None:
    assert SECRET not in sealed()
    with pytest.raises(WrongPassphrase):
        opened(sealed(), "bulak tarazy kiyiz altay")
    with pytest.raises(WrongPassphrase):
        opened(sealed(), "")


def test_each_recipient_opens_it_and_nobody_else() -> None:
    first, second, other = Identity.random(), Identity.random(), Identity.random()
    whole = seal_bytes(SECRET, kind="answers", recipients=[first.public, second.public.lower()])

    for identity in (first, second):
        assert open_bytes(whole, kind="answers", most=99, identity=identity) == SECRET
    with pytest.raises(NotForThisKey):
        open_bytes(whole, kind="answers", most=99, identity=other)


def test_a_passphrase_and_a_recipient_open_the_same_file() -> None:
    identity = Identity.random()
    whole = seal_bytes(SECRET, kind="cases", passphrase=WORDS, recipients=[identity.public], kdf=CHEAP)

    assert opened(whole, kind="cases") == open_bytes(whole, kind="cases", most=99, identity=identity)


def test_a_zip_in_it_is_read_in_place() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.bin", random.Random(1).randbytes(3 * CHUNK))
        archive.writestr("b.txt", "words")
    source = io.BytesIO(sealed(packed.getvalue(), "package"))
    with (
        open_sealed(source, kind="package", passphrase=WORDS, bounds=BOUNDS) as content,
        zipfile.ZipFile(content) as archive,
    ):
        assert archive.read("b.txt") == b"words"
        assert archive.testzip() is None


def test_another_kind_is_told_by_name() -> None:
    with pytest.raises(WrongKind, match="a review file for a family's representative, not a partner's rec"):
        opened(sealed(), kind="receipt")


def test_a_newer_program_is_named() -> None:
    newer = sealed().replace(b"sealed file 1\n", b"sealed file 2\n")

    with pytest.raises(TooNew, match="newer program"):
        opened(newer)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n" * 9, b"casetracker", b"\0" * 5000])
def test_what_we_did_not_seal_is_told_so(content: bytes) -> None:
    with pytest.raises(UserError, match="no file that casetracker sealed"):
        look(io.BytesIO(content))


def test_each_place_of_cutting_is_noticed() -> None:
    whole = sealed(b"x" * 300)
    for end in range(20, len(whole)):
        with pytest.raises((Damaged, UserError), match="cut off"):
            opened(whole[:end])
    with pytest.raises(Damaged):
        opened(whole + b"\0")


def test_each_changed_byte_is_noticed() -> None:
    whole = sealed(b"x" * 40)
    for at in range(len(whole)):
        altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(UserError):
            opened(altered)


def test_a_changed_byte_in_the_middle_is_noticed_when_it_is_read() -> None:
    whole = bytearray(sealed(bytes(5 * CHUNK)))
    whole[len(whole) - 3 * CHUNK] ^= 1

    with pytest.raises(Damaged, match="sent again"):
        opened(bytes(whole))


def test_the_content_of_one_file_does_not_stand_behind_the_header_of_another() -> None:
    one, other = sealed(b"a" * 50), sealed(b"b" * 50)
    body = 50 + 16 + 8 + 16

    with pytest.raises(Damaged):
        opened(one[:-body] + other[-body:])


def test_a_weak_or_heavy_derivation_is_not_tried() -> None:
    with pytest.raises(Damaged):
        open_bytes(sealed(), kind="review", most=99, passphrase=WORDS)
    heavy = sealed().replace(b'"memory_kib":64,', b'"memory_kib":99999999,')
    length = heavy.index(b"\n") + 1
    size = int.from_bytes(heavy[length : length + 4], "big") + 6
    heavy = heavy[:length] + size.to_bytes(4, "big") + heavy[length + 4 :]
    with pytest.raises(Damaged):
        opened(heavy)


def test_more_than_was_expected_is_refused() -> None:
    with pytest.raises(UserError, match="too large"):
        open_bytes(sealed(), kind="review", most=5, passphrase=WORDS, bounds=BOUNDS)


def test_nonsense_is_refused_with_a_sentence() -> None:
    chance, whole = random.Random(7), sealed()
    for _ in range(300):
        begin = chance.choice(
            [b"", whole[:24], whole[:26], whole[:30], whole[: chance.randrange(len(whole))]]
        )
        with pytest.raises(UserError):
            opened(begin + chance.randbytes(chance.randrange(200)))


def test_public_keys_are_read_as_they_are_typed() -> None:
    public = Identity.random().public

    assert len(public.split("-")) == 14
    assert read_public(public.lower().replace("-", " ").replace("0", "o")) == read_public(public)
    for wrong in (
        public[:-5],
        public + "-7777",
        "",
        "ж" * 56,
        ("1" if public[0] == "0" else "0") + public[1:],
    ):
        with pytest.raises(UserError, match="mistyped"):
            read_public(wrong)


def test_nobody_to_open_it_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="somebody"):
        seal_bytes(b"", kind="review")
