"""Icons by name, drawn from the bundled SVG files in any colour of the style and at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from casetracker.paths import resource
from casetracker.ui.style import COLOURS, TONES, Tone


class _SvgEngine(QIconEngine):
    """Paints the drawing itself each time, so that it is sharp at 125 % as at 300 %."""

    def __init__(self, svg: bytes) -> None:
        super().__init__()
        self._svg = svg
        self._renderer = QSvgRenderer(QByteArray(svg))
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setOpacity(0.4 if mode == QIcon.Mode.Disabled else painter.opacity())
        self._renderer.render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._svg)


@cache
def icon(name: str, tone: str | Tone = "text") -> QIcon:
    """Return the icon `name` (a file in `resources/icons`) in a colour of `style.COLOURS` or a `Tone`.

    Raises `FileNotFoundError` when there is no such icon.
    """
    ink = TONES[tone].text if isinstance(tone, Tone) else COLOURS[tone]
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    engine = _SvgEngine(svg.encode())
    made = QIcon(engine)
    _kept.append(engine)
    return made


@cache
def app_icon() -> QIcon:
    """Return the icon of the program itself, for windows and the task bar."""
    svg = resource("icons/casetracker.svg").read_bytes()
    engine = _SvgEngine(svg)
    made = QIcon(engine)
    _kept.append(engine)
    return made


_kept: list[QIconEngine] = []  # Qt owns the engines, but Python must not forget their Python half
