"""Pages of the example as they looked when somebody last looked at them, and how far a page may differ.

Letters are drawn a little differently by each version of PDFium, so both pictures are made soft before they
are compared; a line that moved or a box that is missing still counts. `make golden` draws them anew:
look at every picture before you commit it.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from casetracker.example import EXAMPLE_DAY, USER
from casetracker.example.build import build
from casetracker.model.confidentiality import Audience
from casetracker.reports import report_named
from casetracker.reports.make import Wanted, preview
from casetracker.store import meta, upgrade
from casetracker.store.engine import connect, open_engine
from casetracker.store.store import Store
from tests.conftest import KEY

FOLDER = Path(__file__).parent / "golden"
SCALE = 60 / 72  # 60 dots an inch
GREYS = 16
FAR = 28  # of 255 levels of grey, after softening
MOST = 0.0012  # of all places


class Page(NamedTuple):
    """A page that is kept."""

    name: str
    report: str
    number: int = 0
    audience: Audience = Audience.OFFICIAL


PAGES = (
    Page("case-summary", "case", 4),
    Page("dossier-first", "dossier"),
    Page("dossier-case", "dossier", 1),
    Page("promises", "promises"),
    Page("case-list", "case-list"),
    Page("statistics-charts", "statistics"),
    Page("statistics-map", "statistics", 1),
    Page("delta", "delta"),
    Page("chronicle", "chronicle"),
    Page("receipt", "receipt"),
    Page("wgad", "wgad", audience=Audience.UN),
    Page("appeal-letter", "appeal-letter"),
)


def drawn(store: Store, page: Page) -> Image.Image:
    """Return a page of a paper about the example as a picture."""
    data = preview(store, Wanted(report_named(page.report), page.audience, "en"))
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return document[page.number].render(scale=SCALE).to_pil().convert("L")


def kept(page: Page) -> Image.Image:
    """Return the picture of a page that somebody looked at."""
    with Image.open(FOLDER / f"{page.name}.png") as picture:
        return picture.convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of places at which two pictures differ by more than the drawing of letters does."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(_soft(one), _soft(other)).histogram()
    return sum(counts[FAR:]) / sum(counts)


def _soft(picture: Image.Image) -> Image.Image:
    small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(0.8))


def example(path: Path) -> Store:
    """Return the example in a new database."""
    upgrade.create_tables(path, KEY, lambda connection: meta.write_identity(connection, "0" * 32))
    with closing(connect(path, KEY, mode="rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store = Store(open_engine(path, KEY), USER, today=lambda: EXAMPLE_DAY)
    build(store)
    return store


def renew() -> Iterator[str]:
    """Draw all pages anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = example(Path(folder) / "records.db")
        for page in PAGES:
            path = FOLDER / f"{page.name}.png"
            drawn(store, page).quantize(GREYS).save(path, optimize=True)
            yield f"{path.name}: {path.stat().st_size // 1024} kB"


if __name__ == "__main__":
    print("\n".join(renew()))
