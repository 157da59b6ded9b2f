"""The paper as it would be: its first page at once, the rest while one looks at it; stopped by a button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QTimer, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Cancelled
from casetracker.reports.make import Forecast, Wanted, forecast, preview
from casetracker.store.readiness import Item, readiness
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.background import Background, Teller
from casetracker.ui.widgets.naming import button, label, named

_NEVER = 2**31 - 1  # ms; the bar at the foot says how far it is, and nothing stands in the way
_FLASH_MS = 400  # what is quicker than this needs no bar


class PaperView(QPdfView):
    """A PDF that is only in memory.

    The document belongs to the page and not to the view: its last words reach whoever shows it, and a view
    that is half gone cannot bear them (a crash at the end of the program). The buffer comes after the
    document, which reads from it as long as it lives.
    """

    def __init__(self, page: QWidget) -> None:
        self.paper = QPdfDocument(page)
        self._buffer = QBuffer(page)
        super().__init__()
        named(self, "preview", tr(N_("Preview")))
        self.setDocument(self.paper)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def show_paper(self, data: bytes, *, stay: bool = False) -> None:
        """Show these bytes; with `stay` at the place where one was looking."""
        navigator = self.pageNavigator()
        page, where = navigator.currentPage(), navigator.currentLocation()
        self.paper.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self.paper.load(self._buffer)
        if stay and page < self.paper.pageCount():
            navigator.jump(page, QPointF(where))


@dataclass(frozen=True)
class Foreseen:
    """What is said beside a paper: who is left out, and what it still needs."""

    forecast: Forecast
    needs: list[Item]


class PreviewPane(QWidget):
    """Makes a paper on another thread and shows it, the first page as soon as it is full.

    `foreseen` brings what is said beside the paper, `begun` tells that the first page stands, `previewed`
    that all of it does. What was asked for before is stopped and never shown.
    """

    foreseen = Signal(object)
    begun = Signal()
    previewed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.view = PaperView(page)
        self.whole = False
        self._job: Background | None = None
        self._said = named(label("", "note", wrap=True), "preview.progress")
        self._stop = button(tr(N_("Stop")), "preview.stop", tooltip=tr(N_("Show no more than this page")))
        self._stop.clicked.connect(self.stop)
        self._foot = QWidget()
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(16, 6, 16, 6)
        line.addWidget(self._said, 1)
        line.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._foot)
        self._foot.hide()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_FLASH_MS)
        self._late.timeout.connect(self._foot.show)

    def make(self, store: Store, wanted: Wanted) -> None:
        """Begin to make a paper; the one before is given up."""
        if self._job is not None:
            self._job.cancel()
        self.whole = False

        def work(teller: Teller) -> tuple[bytes, Foreseen | None]:
            told: list[Foreseen] = []

            def started(data: bytes) -> None:
                teller.tell(data)
                told.append(_foreseen(store, wanted))
                teller.tell(told[0])

            made = preview(store, wanted, teller, started)
            return made, None if told else _foreseen(store, wanted)

        job = Background(
            self,
            tr(N_("Preview")),
            work,
            lambda made: self._end(job, made),
            failed=lambda error: self._fail(job, error),
            show_after=_NEVER,
        )
        self._job = job
        job.told.connect(lambda part: self._take(job, part))
        job.stepped.connect(lambda _done, _total, what: self._step(job, what))
        self._said.setText(tr(N_("The paper is being made…")))
        self._stop.setEnabled(True)
        self._late.start()
        job.start()

    def stop(self) -> None:
        """Make no more pages; what is shown stays, and any change of the options begins anew."""
        if self._job is None:
            return
        self._job.cancel()
        self._job = None
        self._late.stop()
        self._foot.show()
        self._stop.setEnabled(False)
        self._said.setText(tr(N_("Stopped; only the beginning of the paper is shown.")))

    def _step(self, job: Background, what: str) -> None:
        if job is self._job:
            self._said.setText(tr(N_("The paper is being made: {what}"), what=what))

    def _take(self, job: Background, part: bytes | Foreseen) -> None:
        if job is not self._job:
            return
        if isinstance(part, Foreseen):
            self.foreseen.emit(part)
            return
        self.view.show_paper(part)
        self.begun.emit()

    def _end(self, job: Background, made: tuple[bytes, Foreseen | None]) -> None:
        if job is not self._job:
            return
        data, foreseen = made
        self._done()
        self.whole = True
        if foreseen is not None:
            self.foreseen.emit(foreseen)
        self.view.show_paper(data, stay=foreseen is None)  # somebody may have turned the first page already
        self.previewed.emit()

    def _fail(self, job: Background, error: BaseException) -> None:
        if job is not self._job:
            return
        self._done()
        if isinstance(error, UserError):  # a message for each letter that is typed would be in the way
            self._stop.setEnabled(False)
            self._said.setText(str(error))
            self._foot.show()
        elif not isinstance(error, Cancelled):
            messages.crashed(self.window(), error)

    def _done(self) -> None:
        self._job = None
        self._late.stop()
        self._foot.hide()

    def pages_told(self) -> str:
        """Say how many pages are shown."""
        pages = self.view.paper.pageCount()
        return ntr("Preview: {n} page", "Preview: {n} pages", pages)


def _foreseen(store: Store, wanted: Wanted) -> Foreseen:
    with i18n.of_window():  # it is asked for while the paper, in its own language, is being made
        return Foreseen(forecast(store, wanted), _needs(store, wanted))


def _needs(store: Store, wanted: Wanted) -> list[Item]:
    """Say what the paper about one case needs, as the office sees it."""
    if not wanted.report.route or len(wanted.scope.case_ids) != 1:
        return []
    with store.reader(as_of=wanted.as_of) as reader:
        return readiness(reader, wanted.scope.case_ids[0], wanted.report.route)
