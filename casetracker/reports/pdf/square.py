"""The square code on a released paper, by which a telephone reads its number."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor

_INK = "#000000"
_QUIET = 4  # squares that are to stay white around a code (ISO/IEC 18004)


def draw(canvas: Any, text: str, left: float, bottom: float, side: float) -> None:
    """Draw a QR code of `text`, `side` points wide; capitals, digits and hyphens make it coarse.

    Only filled squares: no font is asked for that is not embedded.
    """
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    module = side / code.getModuleCount()
    path = canvas.beginPath()
    for row, modules in enumerate(code.modules):
        for column, dark in enumerate(modules):
            if dark:
                path.rect(left + column * module, bottom + side - (row + 1) * module, module, module)
    canvas.setFillColor(HexColor(_INK))
    canvas.drawPath(path, stroke=0, fill=1)


def as_picture(text: str, module: int = 8) -> bytes:
    """Return a QR code of `text` as a PNG, `module` pixels for each square, with the quiet edge around it."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount() + 2 * _QUIET
    picture = Image.new("L", (side, side), 255)
    for row, modules in enumerate(code.modules):
        for column, dark in enumerate(modules):
            if dark:
                picture.putpixel((column + _QUIET, row + _QUIET), 0)
    made = BytesIO()
    picture.resize((side * module, side * module), Image.Resampling.NEAREST).save(made, "PNG")
    return made.getvalue()
