"""The rows of a long list, fetched a page at a time and forgotten again, the page seen longest ago first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

R = TypeVar("R")
PAGE = 200  # rows
_KEPT_PAGES = 20  # four megabytes of rows


class FetchedRows(Generic[R]):
    """Asks `fetch(offset, limit)` only for the pages that are seen."""

    def __init__(self) -> None:
        self.total = 0
        self._fetch: Callable[[int, int], Sequence[R]] = lambda offset, limit: ()
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()

    def set_source(self, total: int, fetch: Callable[[int, int], Sequence[R]]) -> None:
        """Forget what was fetched; from now on there are `total` rows, which `fetch` returns."""
        self.total, self._fetch = total, fetch
        self._pages.clear()

    def row(self, number: int) -> R | None:
        """Return a row; None for one that went away meanwhile."""
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(page * PAGE, PAGE)
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def seen(self) -> Iterator[tuple[int, R]]:
        """Yield the rows that are kept, each with its number."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                yield page * PAGE + place, row
