"""Underlined tabs with counts, and the pages behind them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import colour, font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import PaintedButton, draw_text, text_width

_GAP, _HEIGHT, _SIDE = 22, 37, 22


class _Tab(PaintedButton):
    def __init__(self, key: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.count = key, ""
        self.setText(text)
        self.setCheckable(True)
        named(self, f"tab.{key}", text)

    def sizeHint(self) -> QSize:
        more = text_width(f" {self.count}", font()) if self.count else 0
        return QSize(text_width(self.text(), font(bold=True)) + more + 1, px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        strip = self.parent()
        if isinstance(strip, TabStrip) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            strip.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        ink = "primary" if on else "text" if self.underMouse() else "text_soft"
        area = self.rect().adjusted(0, 0, 0, -px(3))
        draw_text(painter, area, self.text(), font(bold=on), ink)
        if self.count:
            used = text_width(self.text(), font(bold=on))
            draw_text(painter, area.adjusted(used, 0, 0, 0), f" {self.count}", font(), "faint")
        if on:
            painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), colour("primary"))
        self.ring(painter, 3)
        painter.end()


class TabStrip(QFrame):
    """The row of tabs; those for which there is no room are in a menu "More"; `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, object_name: str = "tabs", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, tr("Tabs"))
        self._tabs: dict[str, _Tab] = {}
        self._group = QButtonGroup(self)
        self._more = named(QPushButton(tr("More"), self), f"{object_name}.more", tr("More tabs"))
        self._more.setProperty("kind", "quiet")
        self._menu = QMenu(self)
        self._more.setProperty("menu", "true")
        self._more.setMenu(self._menu)
        self.setFixedHeight(px(_HEIGHT) + 1)

    def add(self, key: str, text: str, count: int | None = None) -> None:
        """Add a tab; the first one is selected."""
        made = self._tabs[key] = _Tab(key, text, self)
        self._group.addButton(made)
        made.clicked.connect(lambda: self.chosen.emit(key))
        made.setChecked(len(self._tabs) == 1)
        self.set_count(key, count)

    def set_count(self, key: str, count: int | None) -> None:
        """Show how much is behind a tab."""
        tab = self._tabs[key]
        tab.count = "" if count is None else str(count)
        tab.setAccessibleName(f"{tab.text()}, {count}" if tab.count else tab.text())
        self._place()

    def select(self, key: str) -> None:
        """Mark a tab, without a signal."""
        self._tabs[key].setChecked(True)
        self._place()

    def selected(self) -> str:
        """The key of the marked tab."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def step(self, by: int) -> None:
        """Go to the tab so many places to the right, and say so."""
        keys = list(self._tabs)
        key = keys[max(0, min(len(keys) - 1, keys.index(self.selected()) + by))]
        if key != self.selected():
            self.select(key)
            self._tabs[key].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(key)

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(_HEIGHT) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _fitting(self) -> list[str]:
        """The keys of the tabs for which there is room; the marked one is always among them."""
        room = self.width() - 2 * px(_SIDE)
        wide = {key: tab.sizeHint().width() + px(_GAP) for key, tab in self._tabs.items()}
        if sum(wide.values()) - px(_GAP) <= room:
            return list(wide)
        room -= self._more.sizeHint().width() + wide.get(self.selected(), 0)
        shown: list[str] = []
        for key, width in wide.items():
            if key == self.selected():
                shown.append(key)
            elif width <= room:
                shown.append(key)
                room -= width
            else:
                room = -1
        return shown

    def _place(self) -> None:
        shown = self._fitting()
        x = px(_SIDE)
        self._menu.clear()
        for key, tab in self._tabs.items():
            tab.setVisible(key in shown)
            if key in shown:
                width = tab.sizeHint().width()
                tab.setGeometry(x, 0, width, px(_HEIGHT))
                x += width + px(_GAP)
            else:
                action = self._menu.addAction(f"{tab.text()}  {tab.count}".rstrip())
                action.triggered.connect(lambda _=False, key=key: self._from_menu(key))
        size = self._more.sizeHint()
        self._more.setVisible(len(shown) < len(self._tabs))
        self._more.setGeometry(x - px(6), (px(_HEIGHT) - size.height()) // 2, size.width(), size.height())

    def _from_menu(self, key: str) -> None:
        self.select(key)
        self._tabs[key].setFocus()
        self.chosen.emit(key)


class TabPages(QWidget):
    """A `strip` of tabs over their pages; `chosen(key)` after the page was brought to the front."""

    chosen = Signal(str)

    def __init__(self, object_name: str = "tabs", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = TabStrip(object_name, self)
        self._stack = named(QStackedWidget(), f"{object_name}.pages")
        self._pages: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)
        self.strip.chosen.connect(self._on_chosen)

    def add(self, key: str, text: str, page: QWidget, count: int | None = None) -> None:
        """Add a page with its tab."""
        self._pages[key] = page
        self._stack.addWidget(page)
        self.strip.add(key, text, count)

    def keys(self) -> list[str]:
        """The keys of all pages, in order."""
        return list(self._pages)

    def page(self, key: str) -> QWidget:
        """The page behind a tab."""
        return self._pages[key]

    def select(self, key: str) -> None:
        """Bring a page to the front, without a signal."""
        self.strip.select(key)
        self._stack.setCurrentWidget(self._pages[key])

    def selected(self) -> str:
        """The key of the page in front."""
        return self.strip.selected()

    def _on_chosen(self, key: str) -> None:
        self._stack.setCurrentWidget(self._pages[key])
        self.chosen.emit(key)
