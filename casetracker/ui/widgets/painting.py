"""What several widgets draw in the same way: a cut line of text, a chip, the ring of the focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from casetracker.ui.style import TONES, Tone, colour, font, px

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
CHIP_HEIGHT = 19
_CHIP_SIDE = 7.5


def draw_text(
    painter: QPainter, rect: QRect, text: str, letters: QFont, ink: str, flags: Qt.AlignmentFlag = LEFT
) -> None:
    """Draw one line of text in a colour of the style, cut with … where the room ends."""
    painter.setFont(letters)
    painter.setPen(colour(ink))
    cut = QFontMetrics(letters).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(flags | Qt.TextFlag.TextSingleLine), cut)


def text_width(text: str, letters: QFont) -> int:
    """Return how wide a line of text is."""
    return QFontMetrics(letters).horizontalAdvance(text)


def chip_size(text: str) -> QSize:
    """Return the room that a chip with this text needs."""
    return QSize(round(text_width(text, font("chip", bold=True)) + 2 * _CHIP_SIDE), px(CHIP_HEIGHT))


def draw_chip(painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
    """Draw a chip that fills the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(tone, "fill"))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    letters = font("chip", bold=True)
    painter.setFont(letters)
    painter.setPen(colour_of(tone, "text"))
    inner = rect.adjusted(int(_CHIP_SIDE), 0, -int(_CHIP_SIDE), 0)
    cut = QFontMetrics(letters).elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), cut)
    painter.restore()


def colour_of(tone: Tone, part: str) -> QColor:
    """Return the `fill`, `text` or `solid` colour of a tone."""
    return QColor(getattr(TONES[tone], part))


def draw_focus(painter: QPainter, rect: QRect, radius: float = 5) -> None:
    """Draw the ring that shows where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("primary"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def lay_out(text: str, letters: QFont, width: int, most: int) -> list[str]:
    """Break a text into at most `most` lines of a width; the last is cut with … if there is more."""
    layout = QTextLayout(text.replace("\n", "\u2028"), letters)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid() and len(starts) <= most:
        line.setLineWidth(max(width, 1))
        starts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    units = text.encode("utf-16-le")  # Qt counts in UTF-16, Python in letters
    lines = [
        units[2 * start : 2 * (start + length)].decode("utf-16-le").strip("\n\u2028 ")
        for start, length in starts[:most]
    ]
    if len(starts) > most:
        rest = units[2 * starts[most - 1][0] :].decode("utf-16-le").replace("\n", " ")
        lines[-1] = QFontMetrics(letters).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return lines or [""]


class PaintedButton(QAbstractButton):
    """A button that draws itself; the focus ring, the hand and the hover are the same for all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._by_keyboard = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.OtherFocusReason,
        )
        self._by_keyboard = event.reason() not in reasons
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        super().keyPressEvent(event)
        self.update()

    def ring(self, painter: QPainter, radius: float = 5) -> None:
        """Draw the focus ring if the keyboard is here, and was brought here by the keyboard."""
        if self.hasFocus() and self._by_keyboard:
            draw_focus(painter, self.rect(), radius)
