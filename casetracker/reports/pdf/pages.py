"""Pages: rows come in, pages go out, with running header, footer, links, bookmarks and "page x of y".

Rows are placed as they come and nothing is laid out twice: what is known only at the end (the number of
pages, on which page a case stands) is drawn as a small form that is filled in at the end.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from casetracker.i18n import N_, current, in_window, tr
from casetracker.i18n import language as in_language
from casetracker.jobs import Progress
from casetracker.reports import fonts, script
from casetracker.reports.blocks import Footer, ReplyField
from casetracker.reports.pdf import look, square
from casetracker.reports.pdf.fields import Form
from casetracker.reports.pdf.rows import Mark, Row

PAPERS = {"A4": A4, "Letter": LETTER}
LEFT = RIGHT = 50.0
TOP, TOP_WITHOUT_HEADER, BOTTOM = 74.0, 54.0, 56.0  # with one or two lines at the head, one at the foot
LINE = look.RUNNING.height  # of headers and footers
SQUARE = 30.0  # of the square code: half a millimetre a module, in the corner that no text reaches
_COMMENT = b"ReportLab Generated PDF document (opensource)"
_COMMENT_OF_ID = b"% ReportLab generated PDF document -- digest (opensource)"


class _OnlyTitle(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Document information that names neither person, program nor time."""

    def format(self, document: Any) -> Any:
        """Write the title and nothing else."""
        return pdfdoc.PDFDictionary({"Title": pdfdoc.PDFString(self.title)}).format(document)


class Pages:
    """The paper being written; `add` rows, then take the file from `finish`."""

    def __init__(
        self, title: str, language: str, footer: Footer, paper: str, progress: Progress, *, whole: bool = True
    ) -> None:
        """Begin a paper; of one that is not `whole` it is not known how many pages it has."""
        self.size = PAPERS[paper]
        self.width = self.size[0] - LEFT - RIGHT
        self.canvas = self._canvas(title, language)
        self._form = Form(self.canvas)
        self._file: io.BytesIO
        self._footer, self._progress, self._whole = footer, progress, whole
        self._bottom = bottom(two_languages=bool(footer.second_language))
        self._header: tuple[str, str] = ("", "")
        self._waiting: list[Row] = []
        self._page = 0
        self._open = False
        self._y = self._highest = 0.0
        self._fresh = True  # nothing but the header is on this page yet
        self._places: dict[str, int] = {}
        self._asked: dict[str, str] = {}
        self._depth = -1

    def _canvas(self, title: str, language: str) -> Any:
        fonts.font("sans-regular")
        self._file = io.BytesIO()
        canvas = Canvas(self._file, pagesize=self.size, invariant=1, pageCompression=1,
                        initialFontName="sans-regular", pdfVersion=(1, 5))  # fmt: skip
        canvas._doc.info = _OnlyTitle()  # noqa: SLF001
        canvas._doc.info.invariant = 1  # noqa: SLF001
        canvas.setTitle(title)
        canvas.setCatalogEntry("Lang", language)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    @property
    def _full(self) -> float:
        """The height of an empty page."""
        return float(self.size[1]) - self._top - self._bottom

    @property
    def _top(self) -> float:
        """The height of the head of a page with the header it has now."""
        return top(*self._header)

    # ------------------------------------------------------------------------------------------ filling

    def section(self, left: str, right: str, *, new_page: bool) -> None:
        """Change the running header, from the next page on or from this one if nothing is on it."""
        self._place()
        if new_page:
            self.break_page()
        self._header = (left, right)

    def break_page(self) -> None:
        """End the page, unless nothing is on it yet."""
        self._place()
        if self._open and not self._fresh:
            self._end_page()

    @property
    def count(self) -> int:
        """How many pages there are so far, the one in hand among them."""
        return self._page

    def add(self, row: Row) -> None:
        """Place a row below the others; one that keeps with the next waits for it."""
        self._waiting.append(row)
        if not row.keep_next:
            self._place()

    def _place(self) -> None:
        group, self._waiting = self._waiting, []
        if not group:
            return
        if not self._open:
            self._start_page()
        need = sum(row.gap + row.height for row in group[:-1]) + group[-1].gap + group[-1].least
        while len(group) > 1 and need > self._full:  # too much to stay together
            self._put(group[0])
            group = group[1:]
            need = sum(row.gap + row.height for row in group[:-1]) + group[-1].gap + group[-1].least
        if need > self._y - self._bottom and not self._fresh:
            self._turn(group[0])
        for row in group:
            self._put(row)

    def _turn(self, row: Row) -> None:
        """Start the next page, with the heads of the row's table."""
        self._end_page()
        self._start_page()
        for head in row.heads:
            self._draw(replace(head, gap=0.0))
        self._highest = self._y

    def _put(self, row: Row) -> None:
        if not self._open:
            self._start_page()
        while True:
            room = self._y - self._bottom - (0 if self._fresh else row.gap)
            if row.height <= room + 0.01:
                return self._draw(row)
            headed = self._y >= self._highest - 0.01
            parts = None if row.whole and row.height <= self._full and not headed else row.split(room)
            if parts is None and headed:
                return self._draw(row)  # a single thing taller than a page: cannot be, but must not hang
            if parts is not None:
                self._draw(parts[0])
                row = parts[1]
            self._turn(row)

    def _draw(self, row: Row) -> None:
        if not self._fresh:
            self._y -= row.gap
        for mark in row.marks:
            self._mark(mark)
        row.draw(self, LEFT, self._y, self.width)
        if row.link:
            self._asked.setdefault(row.link, "")
            area = (LEFT, self._y - row.height, LEFT + self.width, self._y)
            self.canvas.linkRect("", row.link, area, relative=0, thickness=0)
        self._y -= row.height
        self._fresh = self._fresh and not row.height

    def _mark(self, mark: Mark) -> None:
        if mark.anchor in self._places:
            return
        self._places[mark.anchor] = self._page
        self.canvas.bookmarkPage(mark.anchor, fit="XYZ", left=0, top=min(self._y + 20, self.size[1]), zoom=0)
        if mark.outline:
            self._depth = min(mark.level, self._depth + 1)
            self.canvas.addOutlineEntry(mark.outline, mark.anchor, self._depth, closed=False)

    # -------------------------------------------------------------------------------------------- pages

    def _start_page(self) -> None:
        self._page += 1
        self._open = True
        self._progress.step(self._page - 1, 0, in_window(N_("page {number}"), number=self._page))
        self._y = self.size[1] - self._top
        self._fresh, self._highest = True, self._y
        left, right = self._header
        if left or right:
            self._running(left, right, self._y + 29 + LINE * (_height(left, right) - 1))
            self._rule(self._y + 14, look.BLUE, 1.4)

    def _end_page(self) -> None:
        self._rule(self._bottom - 14, look.RULE, 0.6)
        self._running(self._footer.handling, "", self._bottom - 19)
        self.canvas.doForm(f"foot-{self._page}")
        if self._footer.mark:
            self.canvas.doForm("mark")
        self.canvas.showPage()
        self._open = False

    def _rule(self, y: float, colour: str, width: float) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.line(LEFT, y, LEFT + self.width, y)

    def _running(self, left: str, right: str, top: float) -> None:
        """Draw the two ends of each line of a header or footer; the left one gives way."""
        for begin, end in zip_longest(left.split("\n"), right.split("\n"), fillvalue=""):
            last = script.lay_out([script.Span(end, look.RUNNING)], self.width, "L")[0]
            first = _shortened(begin, self.width - last.width - 12 if end else self.width * 0.62)
            script.draw(self.canvas, first, LEFT, top)
            script.draw(self.canvas, last, LEFT + self.width - last.width, top)
            top -= LINE

    def page_of(self, anchor: str, right: float, top: float) -> None:
        """Leave room for the page number of an anchor, flush right at `right`."""
        name = self._asked.get(anchor) or f"page-{len(self._asked)}"
        self._asked[anchor] = name
        self.canvas.saveState()
        self.canvas.translate(right - 40, top - look.BODY.height)
        self.canvas.doForm(name)
        self.canvas.restoreState()

    def field(self, field: ReplyField, x: float, bottom: float, width: float, height: float) -> None:
        """Place a field that can be filled in."""
        self._form.add(field, x, bottom, width, height)

    # ---------------------------------------------------------------------------------------------- end

    def places(self) -> dict[str, int]:
        """Return the numbers of the pages on which the anchors stand, the first being 1."""
        return dict(self._places)

    def finish(self) -> bytes:
        """Fill in what was not known before and return the file."""
        self._place()
        lost = [anchor for anchor in self._asked if anchor not in self._places]
        if not self._open and (lost or not self._page):
            self._start_page()
        for anchor in lost:  # a link to what is not in this paper leads to the last page
            self.canvas.bookmarkPage(anchor, fit="XYZ", left=0, top=self.size[1], zoom=0)
        if self._open:
            self._end_page()
        for number in range(1, self._page + 1):
            self._foot(number)
        if self._footer.mark:
            self._mark_of_release(self._footer.mark)
        for anchor, name in self._asked.items():
            if name:
                self._number(name, str(self._places.get(anchor, "")))
        self._form.finish()
        self._progress.step(self._page, self._page, in_window(N_("saving")))
        self.canvas.save()
        return _nameless(self._file.getvalue())

    def _foot(self, number: int) -> None:
        self.canvas.beginForm(f"foot-{number}", 0, 0, self.size[0], self._bottom)
        top = self._bottom - 19
        for as_of, text in zip_longest(self._footer.as_of.split("\n"), self._counted(number), fillvalue=""):
            line = script.joined([as_of, text])
            end = script.lay_out([script.Span(line, look.RUNNING)], self.width, "L")[0]
            script.draw(self.canvas, end, LEFT + self.width - end.width, top)
            top -= LINE
        self.canvas.endForm()

    def _counted(self, number: int) -> Iterator[str]:
        """Yield which page it is of how many, in each language of the paper."""
        pages = self._page if self._whole else "…"
        for language in filter(None, (current(), self._footer.second_language)):
            with in_language(language):
                yield tr(N_("page {page} of {pages}"), page=number, pages=pages)

    def _mark_of_release(self, mark: str) -> None:
        line = script.lay_out([script.Span(mark, look.RUNNING)], self.width, "L")[0]
        self.canvas.beginForm("mark", 0, 0, self.size[0], BOTTOM)
        script.draw(self.canvas, line, LEFT + self.width - line.width, BOTTOM - 30)
        square.draw(self.canvas, mark, self.size[0] - RIGHT + 8, 12, SQUARE)
        self.canvas.endForm()

    def _number(self, name: str, text: str) -> None:
        line = script.lay_out([script.Span(text, look.BODY)], 40)[0]
        self.canvas.beginForm(name, 0, 0, 40, look.BODY.height)
        script.draw(self.canvas, line, 40 - line.width, look.BODY.height)
        self.canvas.endForm()


def top(left: str, right: str) -> float:
    """Return the height of the head of a page with a header."""
    return TOP + LINE * max(0, _height(left, right) - 2) if left or right else TOP_WITHOUT_HEADER


def bottom(*, two_languages: bool) -> float:
    """Return the height of the foot of a page."""
    return BOTTOM + (LINE if two_languages else 0.0)


def _height(left: str, right: str) -> int:
    """Return how many lines a header has."""
    return max(left.count("\n"), right.count("\n")) + 1


def _shortened(text: str, room: float) -> script.Line:
    """Return one line of the text, with dots at its end if there is more than fits."""
    lines = script.lay_out([script.Span(text, look.RUNNING)], room, "L")
    if len(lines) == 1:
        return lines[0]
    while text and script.natural_width([script.Span(text + "…", look.RUNNING)]) > room:
        text = text[:-1]
    return script.lay_out([script.Span(text.rstrip() + "…", look.RUNNING)], room + 1, "L")[0]


def _nameless(data: bytes) -> bytes:
    """Blank out the comments that name the library; the places of all objects stay as they are."""
    head, body = data[:200], data[200:]
    head = head.replace(_COMMENT, b" " * len(_COMMENT))
    return head + body.replace(_COMMENT_OF_ID, b"%" + b" " * (len(_COMMENT_OF_ID) - 1))
