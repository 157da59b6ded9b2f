"""Looking at files of strangers: what is drawn is the file, what is hidden is gone, and no file harms us."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ExifTags, Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from casetracker.store.looking.looker import CannotLook, Drawn, Looker, Sight, _sight

A4 = (595.0, 842.0)
Open = Callable[[str, bytes], Looker]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open contents, and end every child at the end."""
    made: list[Looker] = []

    def opening(kind: str, content: bytes) -> Looker:
        made.append(Looker(kind, len(content), lambda: [content]))
        return made[-1]

    yield opening
    for looker in made:
        looker.close()


def pdf(*pages: str, script: str = "") -> bytes:
    """Return a PDF with one line of words on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for words in pages:
        canvas.drawString(100, 700, words)
        canvas.showPage()
    canvas.save()
    if not script:
        return out.getvalue()
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.getvalue())) as opened:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(script))
        opened.Root.OpenAction = action
        opened.pages[0].AA = pikepdf.Dictionary(O=action)
        opened.attachments["list of names.txt"] = b"names"
        opened.save(kept)
    return kept.getvalue()


def photograph(size: tuple[int, int] = (320, 200), kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture: red at the left, blue at the right, made with a telephone in Almaty."""
    picture = Image.new("RGB", size, "blue")
    ImageDraw.Draw(picture).rectangle([0, 0, size[0] // 2 - 1, size[1]], fill="red")
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Maker", "Phone 7"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2021:10:04 11:30:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (43.0, 14.0, 15.0), 3: "E", 4: (76.0, 53.0, 24.0)})
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue()


def colour(drawn: Drawn, across: float, down: float) -> tuple[int, int, int]:
    """Return the colour at a place, as shares of the page."""
    at = (int(down * (drawn.height - 1)) * drawn.width + int(across * (drawn.width - 1))) * 3
    red, green, blue = drawn.rows[at : at + 3]
    return red, green, blue


def test_a_picture_is_shown_with_what_the_camera_wrote(opened: Open) -> None:
    looker = opened("picture", photograph())

    sight = looker.sight()

    assert sight.pages == ((320.0, 200.0),)
    assert sight.facts == {"taken": "2021:10:04 11:30:00", "camera": "Maker Phone 7"}
    assert sight.place == pytest.approx((43.2375, 76.89), abs=1e-4)
    drawn = looker.draw(0, 1.0)
    assert (drawn.width, drawn.height) == (320, 200)
    assert colour(drawn, 0.1, 0.5)[0] > 240 > colour(drawn, 0.9, 0.5)[0]
    assert looker.draw(0, 0.25).width == 80


def test_a_picture_on_its_side_is_shown_upright(opened: Open) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "red").save(out, "JPEG", exif=exif)
    looker = opened("picture", out.getvalue())

    assert looker.sight().pages == ((100.0, 300.0),)
    assert looker.draw(0, 1.0).height == 300


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_redacted_picture_has_nothing_left_under_the_box_and_nothing_hidden(
    opened: Open, kind: str
) -> None:
    looker = opened("picture", photograph(kind=kind))
    looker.sight()

    made = looker.redacted([(0, (0.55, 0.2, 0.9, 0.8))], [0])

    with Image.open(io.BytesIO(made)) as new:
        assert new.size == (320, 200)
        assert not new.getexif()
        assert max(max(new.getpixel((x, y))) for x in range(178, 286) for y in range(42, 158)) < 12
        assert new.getpixel((20, 100))[0] > 240
    assert all(word not in made for word in (b"Phone", b"Maker", b"2021", b"Exif"))


def test_the_pages_of_a_pdf_are_drawn_and_searched(opened: Open) -> None:
    looker = opened("pdf", pdf("we saw the notice", "nine years", "the notice again"))

    assert looker.sight().pages == (A4,) * 3
    hits = looker.find("notice")
    assert [page for page, _ in hits] == [0, 2]
    left, top, right, bottom = hits[0][1]
    drawn = looker.draw(0, 1.0)
    inside = [
        colour(drawn, left + (right - left) * n / 60, top + (bottom - top) * m / 9)
        for n in range(60)
        for m in range(9)
    ]
    assert min(min(each) for each in inside) < 90  # the letters are where they were found
    assert colour(drawn, 0.5, 0.9) == (255, 255, 255)


def test_a_redacted_pdf_is_pictures_of_pages_without_words(opened: Open) -> None:
    looker = opened("pdf", pdf(f"secret {'x' * 9}", "the second page", script="app.alert(1)"))
    sight = looker.sight()
    box = next(box for page, box in looker.find("secret"))

    made = looker.redacted([(0, box)], range(len(sight.pages)))

    read = PdfReader(io.BytesIO(made))
    assert [page.extract_text().strip() for page in read.pages] == ["", ""]
    assert [(float(p.mediabox.width), float(p.mediabox.height)) for p in read.pages] == [A4, A4]
    assert not read.metadata
    again = pypdfium2.PdfDocument(made)[0].render(scale=2).to_pil().convert("RGB")
    left, top, right, bottom = (
        int(share * side) for share, side in zip(box, (*again.size, *again.size), strict=True)
    )
    under = again.crop((left, top, right, bottom))
    assert max(high for _, high in under.getextrema()) < 16
    assert min(again.crop((right + 6, top, right + 60, bottom)).getextrema()[0]) < 90  # the rest of the line
    assert b"/JavaScript" not in made


def test_some_of_the_pages_know_nothing_of_the_rest(opened: Open) -> None:
    looker = opened("pdf", pdf("one", "two", "three", "four", script="app.alert(1)"))
    assert {"scripts", "attachments"} <= set(looker.sight().notes)

    made = looker.extracted(1, 2)

    read = PdfReader(io.BytesIO(made))
    assert [page.extract_text().strip() for page in read.pages] == ["two", "three"]
    assert not read.metadata
    everything = b"".join(
        obj.get_data() if hasattr(obj, "get_data") else str(obj).encode()
        for obj in (read.get_object(n) for n in range(1, int(read.trailer["/Size"])))
        if obj is not None
    )
    assert all(word not in made + everything for word in (b"app.alert", b"list of names", b"one", b"four"))


def bomb() -> bytes:
    """Return a PNG of 60,000 × 60,000 pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress(bytes(60_000 * 3 + 1) * 40, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("picture", bomb()),
        ("picture", b"\xff\xd8\xff" + bytes(99)),
        ("picture", b""),
        ("pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20),
        ("pdf", b""),
    ],
    ids=["pixels", "half a JPEG", "empty picture", "noise", "empty PDF"],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(opened: Open, kind: str, content: bytes) -> None:
    with pytest.raises(CannotLook) as raised:
        opened(kind, content).sight()

    assert str(raised.value).endswith(".")


def test_a_locked_pdf_says_so(opened: Open) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf("words")))
    writer.encrypt("a word", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(CannotLook, match="password"):
        opened("pdf", out.getvalue()).sight()


def test_a_child_that_dies_or_hangs_is_replaced(opened: Open) -> None:
    looker = opened("pdf", pdf("words"))
    looker.sight()
    assert looker._child is not None
    looker._child.kill()
    looker._child.wait()
    assert looker.draw(0, 0.1).width == 60  # begun anew

    looker._time_out = 0.0
    with pytest.raises(CannotLook):
        looker.draw(0, 1.0)
    looker._time_out = 60.0
    assert looker.draw(0, 0.1).width == 60
    last = looker._child
    looker.close()
    assert last.poll() is not None
    with pytest.raises(CannotLook, match="closed"):
        looker.draw(0, 0.1)


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """Return a file with some of it flipped, cut, doubled, or replaced by what upsets parsers."""
    bent = bytearray(seed)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(bent))
        match chance.randrange(5):
            case 0:
                bent[at] ^= 1 << chance.randrange(8)
            case 1:
                bent[at : at + chance.randrange(64)] = b""
            case 2:
                bent[at:at] = bent[at : at + chance.randrange(400)]
            case 3:
                bent[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"))
            case _:
                bent[at : at + 1] = str(chance.choice((-1, 2**31, 2**63, 99999))).encode()
        bent = bent or bytearray(b"%")
    return bytes(bent)


def fuzz(number: int, seed: int) -> tuple[int, int]:
    """Look at so many mutated files; return how many could be shown, and how many ended their child."""
    seeds = [("pdf", pdf("words of a page", "more", script="app.alert(1)"))]
    seeds += [("picture", photograph(kind=kind)) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")]
    chance, shown, ended = random.Random(seed), 0, 0
    looker: Looker | None = None
    for turn in range(number):
        kind, whole = seeds[turn % len(seeds)]
        content = mutated(whole, chance)
        if looker is None:
            looker = Looker(kind, 0, list, time_out=20.0)
        looker._kind, looker._size, looker._pieces = kind, len(content), lambda content=content: [content]
        shown += _looked(looker, content)
        if looker._child is None or looker._child.poll() is not None:
            ended, looker = ended + 1, None
    if looker is not None:
        looker.close()
    return shown, ended


def _looked(looker: Looker, content: bytes) -> bool:
    """Open and draw, in the child that runs already; whatever goes wrong must be a sentence."""
    try:
        sight = looker.sight() if looker._child is None else _again(looker, content)
        looker.find("words")
        looker.draw(len(sight.pages) - 1, 0.5)
        looker.redacted([(0, (0.1, 0.1, 0.5, 0.5))], [0])
    except CannotLook:
        return False
    return True


def _again(looker: Looker, content: bytes) -> Sight:
    with looker._lock:
        said, _ = looker._talk({"do": "open", "kind": looker._kind}, [content], len(content))
    return _sight(said)


def test_two_hundred_mutated_files_harm_nobody(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")  # POSIX
    before = set(tmp_path.parent.iterdir())
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # children of the tests before this one

    shown, ended = fuzz(200, seed=23)

    assert shown > 20  # else nothing was tried
    assert ended <= 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - rss < 256 * 1024
    assert set(tmp_path.parent.iterdir()) == before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert child == others or child < 1024 * 1024  # the largest of all children: ours, if it grew


_CONFINED = """
import sys
from casetracker.store.confine import confine
confine(9.0)
with open(sys.argv[1], "wb", buffering=0) as file:
    file.write(b"words")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_the_child_can_write_into_no_file(tmp_path: Path) -> None:
    path = tmp_path / "out"

    done = subprocess.run([sys.executable, "-c", _CONFINED, path], capture_output=True, check=False)

    assert done.returncode != 0
    assert not path.exists() or path.read_bytes() == b""
