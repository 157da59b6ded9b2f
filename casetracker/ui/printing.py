"""Printing a PDF that is only in memory, page by page, without a file in between."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

DPI = 300


def print_document(parent: QWidget, document: QPdfDocument) -> bool:
    """Ask for a printer and print; return False if the user gave up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName("casetracker")  # print queues show names
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    paint(printer, document)
    return True


def paint(printer: QPrinter, document: QPdfDocument) -> None:
    """Draw every page of the document onto the printer's pages."""
    painter = QPainter(printer)
    area = printer.pageLayout().paintRectPixels(DPI)
    for number in range(document.pageCount()):
        if number:
            printer.newPage()
        size = document.pagePointSize(number)
        scale = min(area.width() / size.width(), area.height() / size.height())
        image = document.render(number, QSize(round(size.width() * scale), round(size.height() * scale)))
        painter.drawImage(0, 0, image)
    painter.end()
