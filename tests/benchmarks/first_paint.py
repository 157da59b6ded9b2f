"""What a fresh process does until its first window is painted; it prints the moment and ends.

    python -m tests.benchmarks.first_paint bare
    python -m tests.benchmarks.first_paint program [CASEBOOK]

The moment is that of the system's clock, because the process that started this one wants to know it.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Watch(QObject):
    """Ends the process when the first window was painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            print(time.time(), flush=True)
            os._exit(0)
        return False


def main(kind: str, casebook: str = "") -> int:
    """Show the window and wait for it."""
    application = QApplication(sys.argv[:1])
    watch = Watch()
    application.installEventFilter(watch)
    if kind == "bare":
        window = QMainWindow()
        window.resize(480, 350)
        window.show()
        return application.exec()
    from pathlib import Path

    from casetracker.ui.app import run

    return run(Path(casebook) if casebook else None)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
