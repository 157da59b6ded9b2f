"""The form of sealed files: published vectors, a second reader of its own, and reading at any place."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from casetracker.errors import Damaged
from casetracker.jobs import Silent
from casetracker.store import sealed
from casetracker.store.sealed import CHUNK, Opened
from tests.store import second_reader

VECTORS = json.loads((Path(__file__).parent / "sealed_vectors.json").read_text("utf-8"))


def content_of(vector: dict[str, object]) -> bytes:
    """The contents are not stored: `size` bytes, of which each is its place modulo 251."""
    size = int(str(vector["size"]))
    return bytes(n % 251 for n in range(251)) * (size // 251) + bytes(n % 251 for n in range(size % 251))


def sealed_now(vector: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Seal the contents of a vector with its key, which in life is random."""
    monkeypatch.setattr(sealed.secrets, "token_bytes", lambda _: bytes.fromhex(str(vector["key"])))
    out, content = io.BytesIO(), content_of(vector)
    seal = sealed.seal(io.BytesIO(content), out, str(vector["name"]), len(content), Silent())
    assert (seal.size, seal.sha256) == (vector["size"], vector["sha256"])
    assert seal.sealed_sha256 == vector["sealed_sha256"]
    return out.getvalue()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['size']} bytes")
def test_the_program_writes_the_published_vectors(
    vector: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sealed_now(vector, monkeypatch)

    assert hashlib.sha256(whole).hexdigest() == vector["sealed_sha256"]
    assert whole[:64].hex() == vector["begins"]
    assert whole[-16:].hex() == vector["ends"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['size']} bytes")
def test_a_second_reader_agrees(
    vector: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, key = tmp_path / f"{vector['name']}.cta", bytes.fromhex(str(vector["key"]))
    whole = sealed_now(vector, monkeypatch)
    path.write_bytes(whole)

    assert second_reader.read(path, key) == content_of(vector)

    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(InvalidSignature):
        second_reader.read(path, key)


def made(size: int) -> tuple[bytes, str, sealed.Seal, bytes]:
    content, name, out = os.urandom(size), sealed.new_name(), io.BytesIO()
    seal = sealed.seal(io.BytesIO(content), out, name, size, Silent())
    return content, name, seal, out.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 6 * CHUNK, 6 * CHUNK + 5])
def test_a_file_is_read_at_any_place(size: int) -> None:
    content, name, seal, whole = made(size)
    opened, chance = Opened(io.BytesIO(whole), name, seal.key), random.Random(size)

    assert opened.size == size
    assert opened.read(0, size + 9) == content
    for _ in range(60):
        at, length = chance.randrange(size + 2), chance.randrange(2 * CHUNK)
        assert opened.read(at, length) == content[at : at + length]
    assert len(opened._kept) <= sealed.PIECES_KEPT


def test_an_alteration_is_found_where_it_is_read() -> None:
    _, name, seal, whole = made(5 * CHUNK + 7)
    step = CHUNK + 16
    cut = [whole[:-1], whole[: 24 + step], whole[: 24 + 5 * step], whole + b"x", whole[24:], whole[:20], b""]

    for bent in cut:
        with pytest.raises(Damaged):
            Opened(io.BytesIO(bent), name, seal.key)
    swapped = whole[:24] + whole[24 + step : 24 + 2 * step] + whole[24 : 24 + step] + whole[24 + 2 * step :]
    opened = Opened(io.BytesIO(swapped), name, seal.key)
    assert len(opened.read(2 * CHUNK, CHUNK)) == CHUNK
    with pytest.raises(Damaged):
        opened.read(CHUNK - 1, 1)
