"""Circles of Python objects are cleared away on the thread of the window, and nowhere else.

Python clears them on whatever thread happens to ask for memory. Where a widget or a timer is in such a circle
and a worker clears it away, Qt takes its object apart on the wrong thread, and the program ends at once. So
Python's own clearing is switched off and done here, between two events of the window.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_EVERY_MS = 500  # the youngest objects
_MIDDLE, _ALL = 10, 600  # times that: those that stayed once, and all


class _Collector(QObject):
    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._times = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Clear away the youngest objects; older ones, which are many, seldom."""
        self._times += 1
        generation = 2 if self._times % _ALL == 0 else 1 if self._times % _MIDDLE == 0 else 0
        gc.collect(generation)


_made: list[_Collector] = []


def collect_here() -> None:
    """From now on clear circles away on this thread, which is that of the window. Harmless twice."""
    application = QCoreApplication.instance()
    if _made or application is None:
        return
    gc.disable()
    _made.append(_Collector(application))
