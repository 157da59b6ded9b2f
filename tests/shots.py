"""Pictures of every page for the manual: python -m tests.shots (or "make shots").

Each page is drawn at 1440×900 and 1024×700 in the light theme, from the example as of its own day, into
`resources/manual/images/`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from casetracker.example import CASE_SHOWN, EXAMPLE_DAY, USER
from casetracker.example.build import build
from casetracker.model import Case, Meeting, Protest
from casetracker.store import questions
from casetracker.store.casebook import create_casebook
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.store import Store
from casetracker.ui import style
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.reports import ReportsPage
from casetracker.ui.widgets.tabs import TabPages

SIZES = ((1440, 900), (1024, 700))
IMAGES = Path(__file__).parent.parent / "resources" / "manual" / "images"
CHEAP = KdfParameters(memory_kib=8 * 1024, passes=1, lanes=1)
LOOSE = Bounds(memory_kib=(8, 2**20), passes=(1, 10), lanes=(1, 16))


def settle(milliseconds: int = 150) -> None:
    """Let the window draw."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(signal: object, start: Callable[[], object]) -> None:
    """Do something and wait for what it says when it is done."""
    loop = QEventLoop()
    signal.connect(loop.quit)  # type: ignore[attr-defined]
    QTimer.singleShot(20_000, loop.quit)
    start()
    loop.exec()


class Camera:
    """Draws the pages of one window."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        self.window = window
        with store.reader() as reader:
            [self.case] = questions.cases_of(reader, [CASE_SHOWN])
            meetings = {m.text("on"): m.id for m in questions.meetings_of(reader)}
            self.meeting = meetings["4 October 2021"]
            self.protest = next(p.id for p in reader.all(Protest) if p.text("on") == "1 October 2021")
            assert reader.get(Case, self.case)
            assert reader.get(Meeting, self.meeting)

    def take(self, name: str) -> None:
        """Draw the window at both sizes."""
        for width, height in SIZES:
            self.window.resize(width, height)
            settle()
            self.save(self.window, f"{name}.png" if width == SIZES[0][0] else f"{name}-small.png")

    @staticmethod
    def save(widget: QWidget, name: str) -> None:
        """Write what a widget looks like."""
        widget.grab().save(str(IMAGES / name))
        print(name)

    def pages(self) -> None:
        """Draw every page and every tab."""
        window = self.window
        for key, record in (
            ("overview", ""),
            ("cases", self.case),
            ("people", ""),
            ("families", ""),
            ("protests", self.protest),
            ("meetings", self.meeting),
            ("promises", ""),
        ):
            window.go(key, record)
            self.take({"cases": "case", "meetings": "meeting", "protests": "protest"}.get(key, key))
            tabs = window.page(key).findChild(TabPages)
            for tab in tabs.keys()[1:] if tabs else ():
                tabs.select(tab)
                self.take(f"{key}-{tab}")
            if tabs:
                tabs.select(tabs.keys()[0])

    def reports(self) -> None:
        """Draw the reports page with the dossier of the next meeting."""
        page = self.window.page("reports")
        assert isinstance(page, ReportsPage)
        self.window.resize(*SIZES[0])
        until(page.previewed, lambda: self.window.go("reports", f"meeting:{self.meeting}"))
        settle(800)
        self.take("reports")


def main() -> int:
    """Make the example in a temporary folder and draw."""
    application = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(application, QApplication)
    style.apply(application)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        casebook, _ = create_casebook(
            Path(folder) / "Almaty office", "example", USER, kdf=CHEAP, bounds=LOOSE, recovery=False
        )
        with casebook:
            store = Store(casebook.engine, USER, today=lambda: EXAMPLE_DAY)
            build(store)
            window = MainWindow(store, casebook.name)
            window.show()
            camera = Camera(window, store)
            camera.pages()
            camera.reports()
            window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
