"""The head of a page: who or what it is about, in all spellings, its chips, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casetracker.ui.icons import icon
from casetracker.ui.style import colour, px
from casetracker.ui.style import font as make_font
from casetracker.ui.widgets.bidi import joined
from casetracker.ui.widgets.chip import ChipRow, ChipText, Flow
from casetracker.ui.widgets.naming import button, label, named, reads_only, show_if

_NARROW = 620


class Initials(QWidget):
    """The box with a picture, or with the initials of a name while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._picture: QPixmap | None = None
        self.setFixedSize(px(74), px(90))

    def set(self, text: str, picture: QPixmap | None = None) -> None:
        """Show the picture, or else these letters; with neither, nothing."""
        self._text, self._picture = text, picture
        show_if(self, bool(text) or picture is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour("line"))
        painter.setBrush(colour("line"))
        painter.setBrush(colour("line_soft").darker(102))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 7, 7)
        if self._picture is not None:
            how = Qt.AspectRatioMode.KeepAspectRatio
            fit = self._picture.scaled(
                self.size() - QSize(4, 4), how, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawPixmap((self.width() - fit.width()) // 2, (self.height() - fit.height()) // 2, fit)
        else:
            letters = make_font("figure")
            painter.setFont(letters)
            painter.setPen(colour("initials"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)
        painter.end()


def initials_of(name: str) -> str:
    """Return the first letters of the first two words of a name, in any script."""
    return "".join(word[0] for word in name.replace("·", " ").split()[:2]).upper()


def picture_of(data: bytes) -> QPixmap | None:
    """Return a picture that this program made; None if there is none."""
    picture = QPixmap()
    return picture if data and picture.loadFromData(data) else None


class PageHeader(QFrame):
    """Picture, title, other spellings, chips; on a narrow page no picture, and the buttons below."""

    def __init__(self, object_name: str = "header", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._initials = Initials()
        self._initials.hide()
        self._title = named(label("", "title", wrap=True, selectable=True), f"{object_name}.title")
        self._subtitle = named(label("", "lead", wrap=True, selectable=True), f"{object_name}.subtitle")
        self._subtitle.hide()
        self._chips = ChipRow()
        words = self._words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addStretch(1)
        marks = self._marks = QVBoxLayout()  # chips and strips: they need more width than the words
        marks.setSpacing(3)
        marks.addWidget(self._chips)
        marks.addStretch(1)
        self._actions = Flow(gap=10, line_gap=8)
        self._actions.set_margins(16, 0, 0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(22, 16, 22, 10)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)
        self._grid.addWidget(self._initials, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(words, 0, 1)
        self._grid.addLayout(marks, 1, 1, 1, 2)
        self._grid.addWidget(self._actions, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._is_narrow = self._pictured = False

    def set_initials(self, text: str, picture: QPixmap | None = None) -> None:
        """Show the picture box; "" and no picture take it away."""
        self._initials.set(text, picture)
        self._pictured = bool(text) or picture is not None
        self._indent()

    def _indent(self) -> None:
        shown = self._pictured and not self._is_narrow
        show_if(self._initials, shown)
        left = 16 if shown else 0
        self._words.setContentsMargins(left, 0, 0, 0)
        self._marks.setContentsMargins(left, 0, 0, 0)

    def set_title(self, title: str) -> None:
        """Show what the page is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, *parts: str) -> None:
        """Show other spellings, or date and place, each in its own direction with · between."""
        self._subtitle.setText(joined(parts))
        show_if(self._subtitle, any(parts))

    def set_chips(self, chips: Sequence[ChipText]) -> None:
        """Show these chips."""
        self._chips.set_chips(chips)

    def add_strip(self, strip: QWidget) -> None:
        """Put a line of small controls below the chips."""
        self._marks.insertWidget(self._marks.count() - 1, strip)

    def add_action(
        self, object_name: str, text: str, *, primary: bool = False, icon_name: str = "", tooltip: str = ""
    ) -> QPushButton:
        """Add a button at the right and return it."""
        made = button(text, object_name, kind="primary" if primary else "", tooltip=tooltip)
        if icon_name:
            made.setIcon(icon(icon_name, "on_primary" if primary else "text_soft"))
        self._actions.add(made)
        self._arrange()
        return made

    def showEvent(self, event: QShowEvent) -> None:
        for action in self._actions.findChildren(QPushButton):
            if action.objectName().endswith(".edit") and reads_only(self):
                action.hide()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # an action was shown or hidden
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        narrow = self.width() < px(_NARROW)
        if narrow == self._is_narrow:
            self._actions.setMinimumWidth(0 if narrow else self._actions.sizeHint().width())
            return
        self._is_narrow = narrow
        self._indent()
        self._grid.removeWidget(self._actions)
        self._actions.set_margins(0 if narrow else 16, 0, 0, 0)
        if narrow:
            self._actions.setMinimumWidth(0)
            self._grid.addWidget(self._actions, 2, 0, 1, 3)
        else:
            self._actions.setMinimumWidth(self._actions.sizeHint().width())
            self._grid.addWidget(self._actions, 0, 2, Qt.AlignmentFlag.AlignTop)
