"""The look of the program in one place: colours, sizes and fonts, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from casetracker.paths import resource
from casetracker.ui.lasting_none import keep_none

COLOURS = {
    "text": "#1d2733",
    "text_nav": "#33404d",
    "text_soft": "#55616e",
    "muted": "#66727f",
    "faint": "#6d7986",
    "initials": "#7a8694",
    "primary": "#0b5583",
    "primary_hover": "#0a4a72",
    "primary_down": "#083c5d",
    "on_primary": "#ffffff",
    "selection": "#e6f0f7",
    "hover": "#f3f6f9",
    "page": "#f6f7f9",
    "paper": "#ffffff",
    "paper_behind": "#8c949d",
    "field": "#ffffff",
    "field_quiet": "#fbfcfd",
    "line": "#dfe3e8",
    "line_soft": "#eef0f3",
    "line_field": "#ccd3da",
    "line_active": "#9cc3dc",
    "danger": "#a1261a",
    "warn_fill": "#fffaf0",
    "warn_line": "#eed9a8",
    "good_fill": "#f2f8f4",
    "good_line": "#bfe0c9",
    "info_fill": "#f1f7fb",
    "info_line": "#bcd7e8",
    "bad_fill": "#fdf3f2",
    "bad_line": "#efc1bb",
}

SIZES = {
    "small": 11,
    "chip": 11.5,
    "note": 12,
    "body": 13,
    "lead": 14,
    "name": 15,
    "head": 17,
    "title": 21,
    "figure": 26,
}

FAMILIES = ["Noto Sans", "Noto Naskh Arabic", "Noto Sans SC"]
_ELSEWHERE = ["Segoe UI", "Helvetica Neue", "DejaVu Sans"]

_state = {"zoom": 1.0}


class Tone(Enum):
    """What a colour says; every coloured thing also says it in words."""

    RED = "red"
    AMBER = "amber"
    ORANGE = "orange"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"
    BLACK = "black"


@dataclass(frozen=True)
class ToneColours:
    """The three colours of a tone: behind text, of text, and of a solid bar or dot."""

    fill: str
    text: str
    solid: str


TONES = {
    Tone.RED: ToneColours("#fbe4e1", "#a1261a", "#a1261a"),
    Tone.AMBER: ToneColours("#fdf0d5", "#8a5a00", "#c98a00"),
    Tone.ORANGE: ToneColours("#fdeedd", "#85500a", "#b9770e"),
    Tone.GREEN: ToneColours("#dff2e4", "#1d6b36", "#1d6b36"),
    Tone.BLUE: ToneColours("#e0edf6", "#0b5583", "#5b7f95"),
    Tone.GREY: ToneColours("#e9ecf0", "#4b5763", "#7a8694"),
    Tone.BLACK: ToneColours("#e9ecf0", "#1d2733", "#1d2733"),
}


def colour(name: str) -> QColor:
    """Return the colour with that name in `COLOURS`."""
    return QColor(COLOURS[name])


def px(size: float) -> int:
    """Return a length of the design, in pixels at 100 %, at the size of text now in use."""
    return round(size * _state["zoom"])


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """Return the program's font in a size of `SIZES`, for what is painted rather than styled."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(SIZES[size]))
    made.setBold(bold)
    return made


@cache
def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts once and return the families found; none is no error."""
    found: list[str] = []
    for file in sorted(resource("fonts").glob("*.[to]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        found += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(found))


def sheet() -> str:
    """Return the style sheet with colours and sizes filled in."""
    values = dict(COLOURS)
    values |= {f"size_{name}": f"{px(size)}px" for name, size in SIZES.items()}
    values |= {f"tone_{tone.value}_{part}": getattr(colours, part) for tone, colours in TONES.items()
               for part in ("fill", "text", "solid")}  # fmt: skip
    values["icons"] = resource("icons").as_posix()
    return Template(resource("style.qss").read_text(encoding="utf-8")).substitute(values)


def apply(app: QApplication, zoom: float = 1.0) -> None:
    """Give the whole program its fonts, palette and style sheet; `zoom` makes text and rows larger."""
    keep_none()
    _state["zoom"] = zoom
    load_fonts()
    app.setStyle(
        QStyleFactory.create("Fusion")
    )  # the native styles draw half a style sheet each in its own way
    base = QFont()
    base.setFamilies([*FAMILIES, *_ELSEWHERE])
    base.setPixelSize(px(SIZES["body"]))
    base.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(base)
    app.setPalette(_palette())
    app.setStyleSheet(sheet())


def restyle(widget: QWidget) -> None:
    """Look at the style sheet again after a property that it selects by has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _palette() -> QPalette:
    """The colours for what the style sheet leaves to Qt; light also on a dark desktop."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, name in (
        (role.Window, "page"),
        (role.WindowText, "text"),
        (role.Base, "field"),
        (role.AlternateBase, "hover"),
        (role.Text, "text"),
        (role.Button, "paper"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "paper"),
        (role.PlaceholderText, "faint"),
        (role.Highlight, "primary"),
        (role.HighlightedText, "on_primary"),
        (role.Link, "primary"),
        (role.LinkVisited, "primary"),
    ):
        palette.setColor(where, colour(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor("#8d98a4"))
    return palette
