"""The square code on a released paper, by which a telephone reads its number."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor

_INK = "#000000"


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
