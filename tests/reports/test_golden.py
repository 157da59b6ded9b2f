"""The main pages look as they did when somebody last looked at them; a changed page is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from casetracker.store.store import Store
from tests.reports import golden
from tests.reports.golden import PAGES, Page


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return golden.example(tmp_path_factory.mktemp("golden") / "records.db")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_looks_as_it_did(example: Store, tmp_path: Path, page: Page) -> None:
    picture = golden.drawn(example, page)
    if (share := golden.difference(picture, golden.kept(page))) > golden.MOST:
        picture.save(tmp_path / f"{page.name}.png")
        pytest.fail(f"{share:.2%} of {page.name} is different; see {tmp_path} and `make golden`")


def moved(picture: Image.Image) -> Image.Image:
    """The lower half slipped down by a line."""
    half = picture.height // 2
    lower = picture.crop((0, half, picture.width, picture.height))
    changed = picture.copy()
    changed.paste(lower, (0, half + 11))
    return changed


def without_a_line(picture: Image.Image) -> Image.Image:
    changed = picture.copy()
    changed.paste(255, (40, 180, 455, 210))
    return changed


@pytest.mark.parametrize("change", [moved, without_a_line, lambda p: ImageChops.offset(p, 6, 0)])
@pytest.mark.parametrize("page", PAGES[:3], ids=lambda page: page.name)
def test_a_changed_page_is_noticed(page: Page, change: object) -> None:
    picture = golden.kept(page)
    assert golden.difference(picture, change(picture)) > golden.MOST  # type: ignore[operator]


def test_letters_drawn_a_little_differently_are_no_change() -> None:
    for page in PAGES:
        picture = golden.kept(page)
        other = picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.BICUBIC)
        assert golden.difference(picture, other.resize(picture.size, Image.Resampling.LANCZOS)) < golden.MOST


def test_the_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in golden.FOLDER.glob("*.png")}
    assert set(sizes) == {f"{page.name}.png" for page in PAGES}
    assert max(sizes.values()) < 60_000
    assert sum(sizes.values()) < 1_500_000
