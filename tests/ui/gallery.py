"""Every part of the window in one place, with invented content, to be looked at beside the pictures.

`python -m tests.ui.gallery FOLDER` writes each page as a PNG at 1440x900 and 1024x700 (offscreen if need be);
without a folder it opens the window.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casetracker.ui import style
from casetracker.ui.icons import app_icon, icon
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.frame import StatusStrip, TopBar
from casetracker.ui.widgets.nav import Navigation
from tests.ui.gallery_form import form, lookup
from tests.ui.gallery_overview import overview
from tests.ui.gallery_pages import case, meeting


class Gallery(QMainWindow):
    """A window with the frame of the program and the pages above."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Gallery")
        self.setWindowIcon(app_icon())
        self.nav = Navigation("Casetracker", "Almaty office.casebook")
        self.pages = {"overview": overview(), "cases": case(), "meetings": meeting(), "form": form()}
        self._fill_nav()
        self.bar = TopBar()
        self.bar.add_button("undo", "Undo")
        self.bar.add_button("lock", "Lock").setIcon(icon("lock", "text_soft"))
        self.bar.add_button("new", "+ New", primary=True)
        self.bar.search.typed.connect(lambda text: self.bar.search.show_hits(lookup(text)))
        self.status = StatusStrip()
        self.status.set_shown("128 cases · 7 shown")
        self.status.set_saved("Encrypted casebook · saved 14:02")
        self.status.set_right("Last backup: today 09:00")
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.bar, self.stack, self.status):
            right.addWidget(part, 1 if part is self.stack else 0)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.nav)
        across.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _fill_nav(self) -> None:
        groups = (
            (
                ("overview", "Overview", None),
                ("cases", "Cases", 128),
                ("people", "People", 611),
                ("families", "Families", 97),
            ),
            (
                ("protests", "Protests", 23),
                ("meetings", "Meetings", 14),
                ("promises", "Promises", 34),
                ("form", "Forms", None),
            ),
            (("reports", "Reports", None),),
        )
        for number, group in enumerate(groups):
            if number:
                self.nav.add_separator()
            for key, text, count in group:
                self.nav.add_entry(key, text)
                self.nav.set_count(key, count)
        self.nav.set_badge("promises", ChipText("5 overdue", Tone.RED))
        self.nav.set_signed_in("A. Serik", "Case worker · locks in 10 min")
        self.nav.chosen.connect(self.show_page)

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        if key in self.pages:
            self.nav.select(key)
            self.stack.setCurrentWidget(self.pages[key])


def shoot(folder: Path) -> list[Path]:
    """Write every page in both sizes and return the files."""
    window = Gallery()
    written = []
    for size in ((1440, 900), (1024, 700)):
        window.resize(*size)
        window.show()
        for key in window.pages:
            window.show_page(key)
            QApplication.processEvents()
            QApplication.processEvents()
            written.append(folder / f"{key}-{size[0]}.png")
            window.grab().save(str(written[-1]))
    window.close()
    return written


def main(arguments: list[str]) -> int:
    """Open the gallery, or write its pictures."""
    if arguments or (sys.platform == "linux" and not os.environ.get("DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.apply(app)
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        for file in shoot(folder):
            print(file)
        return 0
    window = Gallery()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
