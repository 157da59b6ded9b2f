"""Attached files: what comes out is what went in, every altered byte is found, and a crash leaves no half."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casetracker.errors import Damaged, UserError
from casetracker.jobs import Cancelled, Silent
from casetracker.model import Case, Document, DocumentLink
from casetracker.model.sources.document import TextState
from casetracker.store import custody_log, documents, reading_text, sealed
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.evidence import Evidence, Missing
from casetracker.store.examine import examine
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

CHUNK = sealed.CHUNK
QUICK = KdfParameters(64 * 1024, 2, 4)  # as little work as a casebook may ask for


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    made, _ = create_casebook(
        tmp_path / "Almaty", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    with made:
        yield made


@pytest.fixture
def kept(book: Casebook) -> Store:
    """The store of a casebook that lies in a folder."""
    return store_of(book)


def paper(folder: Path, name: str = "notice.txt", content: bytes = "Айтылған сөз".encode()) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def pdf(words: str) -> bytes:
    """Return a PDF with these words, drawn as the program draws its papers."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    page = Canvas(out)
    page.drawString(72, 720, words)
    page.save()
    return out.getvalue()


def files_in(book: Casebook) -> list[Path]:
    return [p for p in (book.folder / "evidence").rglob("*") if p.is_file()]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_comes_out_is_what_went_in(size: int) -> None:
    content, name, out = os.urandom(size), sealed.new_name(), io.BytesIO()

    seal = sealed.seal(io.BytesIO(content), out, name, size, Silent())

    assert b"".join(sealed.pieces(io.BytesIO(out.getvalue()), name, seal.key)) == content
    assert (seal.size, len(bytes.fromhex(seal.key))) == (size, 32)


def _bent(whole: bytes) -> dict[str, bytes]:
    """Return every way in which somebody could alter a sealed file of two and a half pieces."""
    head, step = 24, CHUNK + 16
    first, second, rest = (
        whole[head : head + step],
        whole[head + step : head + 2 * step],
        whole[head + 2 * step :],
    )
    flips = {
        f"byte {n}": whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :]
        for n in (0, 8, 23, 24, head + step - 1, head + step, len(whole) - 1)
    }
    return flips | {
        "cut after a piece": whole[: head + step],
        "cut inside a piece": whole[:-5],
        "swapped": whole[:head] + second + first + rest,
        "repeated": whole[:head] + first + first + second + rest,
        "left out": whole[:head] + first + rest,
        "longer": whole + b"x",
        "emptied": b"",
    }


def _opens(whole: bytes, name: str, key: str) -> bool:
    try:
        return bool(list(sealed.pieces(io.BytesIO(whole), name, key)))
    except Damaged:
        return False


def test_every_alteration_is_found() -> None:
    content, name, out = os.urandom(2 * CHUNK + CHUNK // 2), sealed.new_name(), io.BytesIO()
    seal = sealed.seal(io.BytesIO(content), out, name, len(content), Silent())

    for how, bent in _bent(out.getvalue()).items():
        assert not _opens(bent, name, seal.key), how
    assert not _opens(out.getvalue(), sealed.new_name(), seal.key)  # a file cannot take the place of another
    assert _opens(out.getvalue(), name, seal.key)


def test_a_document_is_taken_in_with_its_words_and_given_out_again(kept: Store, tmp_path: Path) -> None:
    case = Office_(kept).case()
    path = paper(tmp_path)

    result = documents.take_in(kept, [path], {"case_id": case}, about=[("Case", case)])

    [line] = documents.documents_of(kept, case)
    assert result.new == [line.id]
    assert (line.title, line.file_name, line.text_state) == ("notice", "notice.txt", TextState.FOUND)
    row = kept.draft(Document, line.id)
    assert row.values["text"] == "Айтылған сөз"
    assert (row.values["received"], row.values["received_by"]) == (kept.today(), "A. Serik")
    assert [d.id for d in documents.documents_of(kept, about_id=case)] == [line.id]
    out = tmp_path / "out.txt"
    custody_log.save_outside(kept, line.id, out, "for the lawyer")
    assert out.read_bytes() == path.read_bytes()
    assert documents.problem(kept, line.id) == ""


def test_nothing_of_a_document_can_be_read_in_the_folder(kept: Store, book: Casebook, tmp_path: Path) -> None:
    documents.take_in(kept, [paper(tmp_path, "canary.txt", b"secretcanary" * 9)], {})

    for path in book.folder.rglob("*"):
        assert b"canary" not in (str(path.relative_to(book.folder)).encode())
        assert not path.is_file() or b"secretcanary" not in path.read_bytes()


def test_the_words_of_a_pdf_are_read_by_another_process(kept: Store, tmp_path: Path) -> None:
    documents.take_in(kept, [paper(tmp_path, "verdict.pdf", pdf("sentenced to nine years"))], {})

    with kept.reader() as reader:
        [found] = reader.all(Document)
        assert found.value("text_state") is TextState.FOUND
        assert "sentenced to nine years" in found.text("text")


def test_a_bad_pdf_or_one_that_takes_too_long_is_kept_unread(kept: Store, tmp_path: Path) -> None:
    bad = b"%PDF-1.7\n" + os.urandom(5000)

    documents.take_in(kept, [paper(tmp_path, "bad.pdf", bad)], {})

    with kept.reader() as reader:
        [found] = reader.all(Document)
        assert found.value("text_state") is TextState.UNREAD
    assert reading_text.read_text("slow.pdf", pdf("words"), time_out=0.01).state is TextState.UNREAD


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("сөз".encode(), "сөз"),
        ("сөз".encode("utf-16"), "сөз"),
        ("Справка о задержании".encode("cp1251"), "Справка о задержании"),
        (b"\x00\x00", ""),
    ],
)
def test_text_files_in_the_codes_that_offices_use(content: bytes, text: str) -> None:
    assert reading_text.read_text("a.txt", content).text == text


def test_a_picture_is_not_read() -> None:
    assert reading_text.read_text("a.jpg", b"\xff\xd8\xff").state is TextState.UNREAD


def test_the_same_file_is_not_taken_in_twice(kept: Store, book: Casebook, tmp_path: Path) -> None:
    first = paper(tmp_path)
    again = paper(tmp_path, "copy of it.txt")

    result = documents.take_in(kept, [first, again, tmp_path / "gone.txt"], {})

    assert len(result.new) == len(files_in(book)) == 1
    assert result.known == [("copy of it.txt", "notice")]
    assert [name for name, _ in result.failed] == ["gone.txt"]
    assert "notice" in result.text()


def test_a_folder_is_taken_in_whole_without_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    wanted = [paper(tmp_path, "b.txt"), paper(tmp_path / "in", "a.txt")]
    paper(tmp_path, ".DS_Store")

    assert sorted(documents.files_of([tmp_path])) == sorted(wanted)


def test_cancelling_leaves_no_half_of_a_file(kept: Store, book: Casebook, tmp_path: Path) -> None:
    class Enough:
        def step(self, done: int, total: int, what: str = "") -> None:
            if "%" in what:
                raise Cancelled

    with pytest.raises(Cancelled):
        documents.take_in(kept, [paper(tmp_path, content=os.urandom(3 * CHUNK))], {}, Enough())

    assert files_in(book) == []


def test_check_names_the_altered_and_the_missing(kept: Store, book: Casebook, tmp_path: Path) -> None:
    documents.take_in(kept, [paper(tmp_path, f"{n}.txt", bytes([65 + n]) * 99) for n in range(3)], {})
    assert documents.findings(kept) == []
    altered, gone, _ = sorted(files_in(book))
    whole = altered.read_bytes()
    altered.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    gone.unlink()

    found = documents.findings(kept)

    assert {f.where.split(" ")[0].rpartition("/")[2] for f in found} == {altered.name, gone.name}
    assert {"changed or damaged" in f.what for f in found} == {True, False}


def test_the_whole_check_looks_at_the_files_too(tmp_path: Path) -> None:
    made, _ = create_casebook(tmp_path / "B", PASSPHRASE, "A. Serik", kdf=QUICK, recovery=False)
    with made:
        documents.take_in(store_of(made), [paper(tmp_path)], {})
        [file] = files_in(made)
    assert examine(made.folder, PASSPHRASE) == []
    file.write_bytes(file.read_bytes()[:-1])

    [finding] = examine(made.folder, PASSPHRASE)

    assert file.name in finding.where


def test_undo_takes_the_row_away_redo_brings_it_back_and_only_then_the_file_is_swept(
    kept: Store, book: Casebook, tmp_path: Path
) -> None:
    documents.take_in(kept, [paper(tmp_path)], {})
    kept.undo()
    assert documents.documents_of(kept) == []
    assert documents.sweep(kept) == 0  # redo can still bring it back

    kept.redo()
    with kept.reader() as reader:
        [document] = reader.all(Document)
    assert documents.problem(kept, document.id) == ""

    kept.undo()
    Office_(kept).person("Somebody else")  # ends the way forward
    assert documents.sweep(kept) == 1
    assert files_in(book) == []


def test_what_a_crash_left_is_swept_and_nothing_else(kept: Store, book: Casebook, tmp_path: Path) -> None:
    documents.take_in(kept, [paper(tmp_path)], {})
    [mine] = files_in(book)
    lone, _ = Evidence(book.folder).put_in(paper(tmp_path, "lone.txt", b"lone"))
    half = mine.with_name("0" * 32 + ".cta.part")
    half.write_bytes(b"half")
    strange = mine.with_name("notes of somebody.txt")
    strange.write_bytes(b"keep")

    assert documents.sweep(kept) == 2

    assert set(files_in(book)) == {mine, strange}
    assert not (book.folder / "evidence" / lone).exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
from casetracker.store import documents
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import open_store
book, store = open_store(Path(sys.argv[1]), {passphrase!r})
if sys.argv[3] == "writing":
    def step(self, *_): os.kill(os.getpid(), signal.SIGKILL)
    documents.Within.step = step
else:
    documents.read_text = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
documents.take_in(store, [Path(sys.argv[2])], {{}})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("moment", ["writing", "written"])
def test_killed_on_the_way_no_row_is_without_its_file(tmp_path: Path, moment: str) -> None:
    made, _ = create_casebook(tmp_path / "B", PASSPHRASE, "A. Serik", kdf=QUICK, recovery=False)
    made.close()
    code = _KILLED.format(passphrase=PASSPHRASE)
    words = [sys.executable, "-c", code, str(made.folder), str(paper(tmp_path)), moment]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    [left] = files_in(made)
    assert left.name.endswith(".part") is (moment == "writing")

    with open_casebook(made.folder, PASSPHRASE) as book:
        store = store_of(book)
        assert files_in(book) == []
        with store.reader() as reader:
            assert list(reader.all(Document)) == []


def test_a_row_that_names_a_file_elsewhere_is_not_followed(kept: Store, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        Evidence(tmp_path).content("../records.db", "00" * 32)


def test_records_without_a_folder_hold_no_files(store: Store, tmp_path: Path) -> None:
    assert "folder of a casebook" in documents.take_in(store, [paper(tmp_path)], {}).text()
    with pytest.raises(UserError):
        documents.evidence_of(store)


def test_a_link_goes_with_the_record_that_it_names(kept: Store, tmp_path: Path) -> None:
    case = Office_(kept).case()
    documents.take_in(kept, [paper(tmp_path)], {}, about=[("Case", case)])

    kept.delete(Case, case)

    with kept.reader() as reader:
        assert list(reader.all(DocumentLink)) == []
        assert len(list(reader.all(Document))) == 1
