"""Printing a PDF that is only in memory, page by page, without a file in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.background import ProgressDialog

DPI = 300
_SHOW_AFTER_MS = 400


def ask_printer(parent: QWidget) -> QPrinter | None:
    """Ask for a printer; None if the user gave up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName("casetracker")  # print queues show names
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


class Printing(QObject):
    """One paper on its way to the printer: a page at a time, so that the window stays alive.

    `finished(pages)` says how many pages went out; it is fewer than there are if somebody stopped it.
    """

    finished = Signal(int)

    def __init__(self, parent: QWidget, printer: QPrinter, data: bytes) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._printer, self._next, self._stopped = printer, 0, False
        self._painter = QPainter()
        self._dialog = ProgressDialog(tr(N_("Printing")), parent)
        self._dialog.cancelled.connect(self._stop)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_AFTER_MS)
        self._late.timeout.connect(self._dialog.open)

    def start(self) -> Printing:
        """Begin, and return itself."""
        self._painter.begin(self._printer)
        self._late.start()
        self._soon(self._page)
        return self

    def _soon(self, work: Callable[[], None]) -> None:
        QTimer.singleShot(0, self, work)

    def _stop(self) -> None:
        self._stopped = True

    def _page(self) -> None:
        """Draw one page, and come back for the next."""
        total = self._document.pageCount()
        if self._stopped or self._next >= total:
            self._end()
            return
        if self._next:
            self._printer.newPage()
        draw_page(self._painter, self._printer, self._document, self._next)
        self._next += 1
        self._dialog.show_step(
            self._next, total, tr(N_("page {page} of {pages}"), page=self._next, pages=total)
        )
        self._soon(self._page)

    def _end(self) -> None:
        self._late.stop()
        if self._stopped:
            self._printer.abort()
        self._painter.end()
        self._dialog.done(0)
        self._dialog.deleteLater()
        self.finished.emit(self._next)
        self.deleteLater()


def draw_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, number: int) -> None:
    """Draw a page of the document as large as the printer's page allows."""
    area = printer.pageLayout().paintRectPixels(DPI)
    size = document.pagePointSize(number)
    scale = min(area.width() / size.width(), area.height() / size.height())
    image = document.render(number, QSize(round(size.width() * scale), round(size.height() * scale)))
    painter.drawImage(0, 0, image)
