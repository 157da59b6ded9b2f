"""The logo of a paper: chosen from a file, made anew from its pixels, and shown small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.ui.background import Background
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named, show_if

_MOST_BYTES = 20_000_000
_HEIGHT = 40


class LogoPicker(QWidget):
    """Holds a logo in memory; `changed` after the user chose another one or took it away.

    Only a profile keeps it, inside the casebook. The file it came from is read once and never named.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "paper.logo", tr(N_("Logo")))
        self.choose_file: Callable[[], str] = self._ask_which
        self._data = b""
        self.picture = named(QLabel(), "paper.logo.picture", tr(N_("Logo")))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.choose = button(tr(N_("Choose…")), "paper.logo.choose", tooltip=tr(N_("A picture: PNG or JPEG")))
        self.remove = button(tr(N_("Take away")), "paper.logo.remove", kind="quiet")
        self.problem = named(label("", "problem", wrap=True), "paper.logo.problem", tr(N_("Problem")))
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        line = QHBoxLayout()
        line.addWidget(self.choose)
        line.addWidget(self.remove)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.picture)
        layout.addLayout(line)
        layout.addWidget(self.problem)
        self.set_data(b"")

    def data(self) -> bytes:
        """The picture as it goes onto the paper; nothing if there is none."""
        return self._data

    def set_data(self, data: bytes) -> None:
        """Show a logo that was made anew before, without a signal."""
        self._data = data
        shown = QPixmap()
        shown.loadFromData(data)
        if not shown.isNull():
            size = px(_HEIGHT)
            shown = shown.scaled(
                size * 5, size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self.picture.setPixmap(shown)
        show_if(self.picture, bool(data))
        show_if(self.remove, bool(data))
        self._tell("")

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        show_if(self.problem, bool(problem))

    def _ask_which(self) -> str:
        path, _ = QFileDialog.getOpenFileName(self, tr(N_("Logo")), "", "PNG, JPEG (*.png *.jpg *.jpeg)")
        return path

    def _on_choose(self) -> None:
        if path := self.choose_file():
            Background(self, tr(N_("Logo")), lambda _: _made_anew(Path(path)), self._on_made).start()

    def _on_made(self, made: bytes | str) -> None:
        if isinstance(made, str):
            self._tell(made)
        else:
            self.set_data(made)
            self.changed.emit()

    def _on_remove(self) -> None:
        self.set_data(b"")
        self.choose.setFocus()
        self.changed.emit()


def _made_anew(path: Path) -> bytes | str:
    """Return the picture of a file, made anew, or the sentence that says why it cannot be one."""
    from casetracker.reports.images import clean_logo

    try:
        if path.stat().st_size > _MOST_BYTES:
            return tr(N_("The picture is too large; make it smaller first."))
        return clean_logo(path.read_bytes())
    except UserError as error:
        return str(error)
    except OSError:
        return tr(N_("“{name}” cannot be read; choose another file."), name=path.name)
