"""Files dropped anywhere on the page of a record, and pictures pasted there, become its documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from casetracker.ui.pages.documents.box import DocumentsBox


class Dropping(QObject):
    """Watches a page; what is dropped or pasted on it goes to `box`."""

    def __init__(self, page: QWidget, box: DocumentsBox) -> None:
        super().__init__(page)
        self._box = box
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        shortcut = QShortcut(
            QKeySequence.StandardKey.Paste, page
        )  # where a field has the keyboard, it pastes
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(box.paste)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and self._wanted(event.mimeData()):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._drop(event)
        return super().eventFilter(watched, event)

    def _wanted(self, held: QMimeData) -> bool:
        return not self._box.desk.store.read_only and (held.hasUrls() or held.hasImage())

    def _drop(self, event: QDropEvent) -> bool:
        held = event.mimeData()
        files = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        image = held.imageData() if not files and held.hasImage() else None
        taken = self._box.add(files) if files else None
        if isinstance(image, QImage) and not image.isNull():
            taken = self._box.add_picture(image)
        if taken is None:
            return False
        event.acceptProposedAction()
        return True
