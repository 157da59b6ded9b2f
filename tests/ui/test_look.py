"""Style sheet, fonts and icons."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QLabel

from casetracker.paths import resource
from casetracker.ui import style
from casetracker.ui.icons import app_icon, icon
from casetracker.ui.lasting_none import keep_none
from casetracker.ui.style import Tone

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))
SCRIPTS = {
    "Kazakh": "Әбдіқызы ұ ң һ",
    "Latin": "Ürümqi",
    "Uyghur": "مۇھەممەد ئابدۇراخمان",
    "Chinese": "巴合提江努尔兰",
}


def test_the_sheet_has_no_unknown_name_and_no_colour_of_its_own_for_tokens() -> None:
    sheet = style.sheet()

    assert "$" not in sheet
    assert style.COLOURS["primary"] in sheet


def test_every_icon_in_the_sheet_exists() -> None:
    names = re.findall(r'url\("\$icons/([^"]+)"\)', resource("style.qss").read_text("utf-8"))

    assert names
    assert [name for name in names if not resource(f"icons/{name}").is_file()] == []


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_the_bundled_fonts_hold_all_scripts(text: str) -> None:
    assert set(style.FAMILIES) <= set(style.load_fonts())
    holding = [
        family
        for family in style.FAMILIES
        if all(QFontMetrics(QFont(family)).inFontUcs4(ord(letter)) for letter in text if letter != " ")
    ]
    assert holding


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_at_any_scale(name: str) -> None:
    made = app_icon() if name == "casetracker" else icon(name)

    for scale in (1.0, 1.25, 3.0):
        drawn = made.pixmap(QSize(16, 16), scale)
        assert drawn.width() == round(16 * scale)
        image, width = drawn.toImage(), range(drawn.width())
        assert any(image.pixelColor(x, y).alpha() for x in width for y in width)


def test_an_icon_takes_its_colour_from_the_tone() -> None:
    drawn = icon("search", Tone.RED).pixmap(64, 64).toImage()
    solid = [point for x in range(64) for y in range(64) if (point := drawn.pixelColor(x, y)).alpha() == 255]

    assert solid
    wanted = QColor(style.TONES[Tone.RED].text)
    assert all(abs(point.red() - wanted.red()) + abs(point.blue() - wanted.blue()) < 4 for point in solid)


def test_a_disabled_icon_is_pale() -> None:
    made = icon("lock")
    image = made.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
    points = [image.pixelColor(x, y) for x in range(32) for y in range(32)]

    assert min(point.lightness() for point in points if point.alpha() == 255) > 150


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("text", "paper"), ("muted", "paper"), ("faint", "paper"), ("muted", "page"), ("primary", "selection"),
     ("on_primary", "primary"), ("danger", "bad_fill"), ("text_soft", "warn_fill")],
)  # fmt: skip
def test_text_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    assert contrast(style.COLOURS[ink], style.COLOURS[ground]) >= 4.4


@pytest.mark.parametrize("tone", Tone)
def test_chips_can_be_read(tone: Tone) -> None:
    assert contrast(style.TONES[tone].text, style.TONES[tone].fill) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG."""
    lights = []
    for text in (one, other):
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_a_session_outlives_the_references_that_qt_loses(qtbot: object) -> None:
    """Without the guard this ends Python 3.11 under PySide6 6.12."""
    keep_none()
    label = QLabel()
    for number in range(20_000):
        label.setText(str(number))

    assert label.text() == "19999"
