"""Icons by name, drawn from the bundled SVG files in any colour of the style and at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from casetracker.paths import resource
from casetracker.ui.style import COLOURS, TONES, Tone

_PALE = "#a5afb9"  # what cannot be used just now


class _SvgEngine(QIconEngine):
    """Paints the drawing itself each time, so that it is sharp at 125 % as at 300 %."""

    def __init__(self, svg: str, ink: str) -> None:
        super().__init__()
        self._svg, self._ink = svg, ink
        self._drawing, self._pale = (
            QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode())) for colour in (ink, _PALE)
        )

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        drawing = self._pale if mode == QIcon.Mode.Disabled else self._drawing
        drawing.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._svg, self._ink)


@cache
def icon(name: str, tone: str | Tone = "text") -> QIcon:
    """Return the icon `name` (a file in `resources/icons`) in a colour of `style.COLOURS` or a `Tone`.

    Raises `FileNotFoundError` when there is no such icon.
    """
    ink = TONES[tone].text if isinstance(tone, Tone) else COLOURS[tone]
    engine = _SvgEngine(resource(f"icons/{name}.svg").read_text(encoding="utf-8"), ink)
    made = QIcon(engine)
    _kept.append(engine)
    return made


@cache
def app_icon() -> QIcon:
    """Return the icon of the program itself, for windows and the task bar."""
    engine = _SvgEngine(resource("icons/casetracker.svg").read_text(encoding="utf-8"), COLOURS["text"])
    made = QIcon(engine)
    _kept.append(engine)
    return made


_kept: list[QIconEngine] = []  # Qt owns the engines, but Python must not forget their Python half
