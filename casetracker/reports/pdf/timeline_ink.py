"""The ink of a timeline: bands in patterns, ranges as low hatched bars, signs, arrows; black and white do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor

from casetracker.reports import script
from casetracker.reports.drawn import Shade, Sign
from casetracker.reports.pdf import look
from casetracker.reports.pdf.charts import pattern

SIGN = 6.4  # across
_BAND, _RANGE = 7.0, 3.4  # heights
_HATCH = 1.9


@dataclass(frozen=True)
class Drawn:
    """What stands on the line of a lane, in points from its left: a band, ranges, signs."""

    left: float
    right: float
    shade: Shade
    solid: tuple[float, float] | None = None
    soft: tuple[tuple[float, float], ...] = ()
    arrows: tuple[bool, bool] = (False, False)
    signs: tuple[tuple[float, Sign], ...] = ()
    about: bool = False

    def draw(self, canvas: Any, x: float, middle: float) -> None:
        """Draw it with its left edge counted from `x`, around the height `middle`."""
        canvas.saveState()
        canvas.setStrokeColor(HexColor(script.INK))
        for left, right in self.soft:
            _range(canvas, x + left, x + right, middle, about=self.about)
        if self.solid:
            left, right = self.solid
            pattern(canvas, (x + left, middle - _BAND / 2, right - left, _BAND), self.shade)
        if self.arrows[0]:
            _arrow(canvas, x + self.left, middle, -1)
        if self.arrows[1]:
            _arrow(canvas, x + self.right, middle, 1)
        for at, sign in self.signs:
            _sign(canvas, sign, x + at, middle, filled=self.shade is Shade.FULL)
        canvas.restoreState()


def _range(canvas: Any, left: float, right: float, middle: float, *, about: bool) -> None:
    """Draw a low hatched bar; with dashed lines around it where the bounds themselves are only near."""
    canvas.saveState()
    canvas.setLineWidth(0.5)
    box = (left, middle - _RANGE / 2, right - left, _RANGE)
    clip = canvas.beginPath()
    clip.rect(*box)
    canvas.saveState()
    canvas.clipPath(clip, stroke=0, fill=0)
    at = left - _RANGE
    while at < right:
        canvas.line(at, middle - _RANGE / 2, at + _RANGE, middle + _RANGE / 2)
        at += _HATCH
    canvas.restoreState()
    if about:
        canvas.setDash(1, 1.6)
    canvas.rect(*box)
    canvas.restoreState()


def _arrow(canvas: Any, x: float, middle: float, side: int) -> None:
    path = canvas.beginPath()
    path.moveTo(x + 4 * side, middle)
    path.lineTo(x, middle + 3)
    path.lineTo(x, middle - 3)
    path.close()
    canvas.setFillColor(HexColor(script.INK))
    canvas.drawPath(path, stroke=0, fill=1)


def _sign(canvas: Any, sign: Sign, x: float, middle: float, *, filled: bool) -> None:
    """Draw a sign with a white seam around it, so that signs which overlap can be counted."""
    half = SIGN / 2
    if sign is Sign.CROSS:
        for width, colour in ((3.0, "#ffffff"), (1.6, script.INK)):
            canvas.setLineWidth(width)
            canvas.setStrokeColor(HexColor(colour))
            canvas.line(x - half + 0.5, middle - half + 0.5, x + half - 0.5, middle + half - 0.5)
            canvas.line(x - half + 0.5, middle + half - 0.5, x + half - 0.5, middle - half + 0.5)
        return
    inner = script.INK if filled else "#ffffff"
    for width, colour, fill in ((2.2, "#ffffff", "#ffffff"), (0.9, script.INK, inner)):
        canvas.setLineWidth(width)
        canvas.setStrokeColor(HexColor(colour))
        canvas.setFillColor(HexColor(fill))
        canvas.drawPath(_outline(canvas, sign, x, middle, half - 0.4), stroke=1, fill=1)


def _outline(canvas: Any, sign: Sign, x: float, middle: float, half: float) -> Any:
    path = canvas.beginPath()
    if sign is Sign.CIRCLE:
        path.circle(x, middle, half)
        return path
    if sign is Sign.SQUARE:
        path.rect(x - half, middle - half, 2 * half, 2 * half)
        return path
    path.moveTo(x, middle + half)
    path.lineTo(x + half, middle - half)
    path.lineTo(x - half, middle - half)
    path.close()
    return path


def pole(canvas: Any, x: float, top: float, bottom: float) -> None:
    """Draw the thin line from a sign to the label that hangs below it."""
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(HexColor(look.GREY))
    canvas.line(x, top, x, bottom)
    canvas.restoreState()


def ticks(canvas: Any, places: Sequence[float], top: float, bottom: float) -> None:
    """Draw the faint lines at which years begin."""
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(HexColor(look.RULE))
    for x in places:
        canvas.line(x, top, x, bottom)


def axis(canvas: Any, left: float, right: float, y: float, places: Sequence[float]) -> None:
    """Draw the axis with its marks."""
    canvas.setLineWidth(0.7)
    canvas.setStrokeColor(HexColor(look.GREY))
    canvas.line(left, y, right, y)
    for x in places:
        canvas.line(x, y + 2, x, y - 4)
