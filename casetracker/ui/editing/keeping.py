"""What is typed is kept while it is typed, and offered again after a crash or a lock.

Each second the screen is looked at; what has changed, and then not for a second, is written into the casebook
by another thread, because it may have to wait for one who is saving. Nothing is said if it cannot be written:
the save itself will say why.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import kept_drafts
from casetracker.store.kept_drafts import Kept
from casetracker.store.store import Store
from casetracker.ui.editing import screen
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.naming import button

PAUSE_MS = 1000
_WRITER = ThreadPoolExecutor(1, "keeping")  # one: what is forgotten must not be overtaken by what is kept
_LONGEST_WAIT_S = 3.0
_open: weakref.WeakSet[Keeper] = weakref.WeakSet()


class Keeper(QObject):
    """Keeps what stands below some widgets. `roots` says which these are now; `allowed` whether it may."""

    def __init__(
        self, store: Store, roots: Callable[[], Sequence[QWidget]], parent: QObject,
        allowed: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.store, self._roots, self._allowed = store, roots, allowed
        self.key, self._place = "", ""
        self._first: Any = None  # what stood there when it was opened
        self._seen: Any = None
        self._written: Any = None
        self._version = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, place: str, version: int = 0) -> Kept | None:
        """Keep from now on what is typed at this place; return what waits to be taken up again there."""
        self.key, self._place, self._version = kept_drafts.new_key(), place, version
        self._first = self._seen = screen.read(self._roots())
        self._written = None
        if self.store.read_only:
            return None
        _open.add(self)
        self._timer.start()
        with suppress(UserError):
            return kept_drafts.offered(self.store, place, but=[*(each.key for each in _open), *_gone])
        return None

    def take_up(self, kept: Kept) -> None:
        """Put back what was typed, as if it had just been typed."""
        screen.put(self._roots(), kept.content["screen"])
        self.key = kept.id
        self._written = kept.content["screen"]

    def changed_since(self, kept: Kept) -> bool:
        """Whether the record was changed since this was typed."""
        return bool(kept.content.get("version", 0) != self._version)

    def throw_away(self, kept: Kept) -> None:
        """Forget what waited here."""
        _forget(self.store, kept.id)

    def stop(self) -> None:
        """Look no more; what is kept stays."""
        self._timer.stop()
        _open.discard(self)

    def end(self) -> None:
        """It was saved, or is not wanted: forget what was kept, and keep nothing any more."""
        self.stop()
        if self._written is not None:
            self._written = None
            _forget(self.store, self.key)

    def flush(self) -> None:
        """Keep at once what stands there."""
        if self.key and self._timer.isActive():
            self._keep(screen.read(self._roots()))

    def _look(self) -> None:
        now = screen.read(self._roots())
        paused, self._seen = now == self._seen, now
        if paused:
            self._keep(now)

    def _keep(self, now: Any) -> None:
        if not self._allowed() or now == self._first:
            if self._written is not None:
                self._written = None
                _forget(self.store, self.key)
        elif now != self._written:
            self._written = now
            _gone.discard(self.key)
            content = {"screen": now, "version": self._version}
            _submit(kept_drafts.keep, self.store, self.key, self._place, content)


class KeptOffer(Banner):
    """Says that something was typed here and not saved, with the two things to do about it."""

    taken_up = Signal()
    answered = Signal()

    def __init__(self, keeper: Keeper, object_name: str = "kept") -> None:
        super().__init__(action=tr(N_("Take it up again")), object_name=object_name)
        self._keeper = keeper
        self._kept: Kept | None = None
        away = button(tr(N_("Throw it away")), f"{object_name}.away", kind="quiet")
        away.clicked.connect(self._throw_away)
        self.action_clicked.connect(self._take_up)
        self.add_button(away)
        self.hide()

    def offer(self, kept: Kept | None) -> None:
        """Offer it; nothing is shown where there is nothing."""
        self._kept = kept
        self.setVisible(kept is not None)
        if kept is None:
            return
        said = tr(
            N_("You were typing this on {when}; it was not saved."), when=f"{kept.local:%d.%m.%Y, %H:%M}"
        )
        if self._keeper.changed_since(kept):
            said += " " + tr(N_("The record was changed since; look at it before you save."))
        self.set("", said)

    def _take_up(self) -> None:
        kept, self._kept = self._kept, None
        self.hide()
        if kept is not None:
            self._keeper.take_up(kept)
            self.taken_up.emit()
        self.answered.emit()

    def _throw_away(self) -> None:
        kept, self._kept = self._kept, None
        self.hide()
        if kept is not None:
            self._keeper.throw_away(kept)
        self.answered.emit()


def flush_all(store: Store) -> None:
    """Keep at once all that is being typed, and wait until it is written: before the program locks."""
    for each in _of(store):
        each.flush()
    settle()


def close_all(store: Store) -> None:
    """Keep what is being typed and look no more: the casebook is closed next."""
    flush_all(store)
    for each in _of(store):
        each.stop()


def _of(store: Store) -> list[Keeper]:
    return [each for each in list(_open) if isValid(each) and each.store is store]


def settle() -> None:
    """Wait until what was handed over is written; not for ever, a disk may be gone."""
    wait(list(_pending), _LONGEST_WAIT_S)


_pending: set[Future[None]] = set()
_gone: set[str] = set()  # what is thrown away, perhaps not yet by the thread that does it


def _forget(store: Store, key: str) -> None:
    _gone.add(key)
    _submit(kept_drafts.forget, store, key)


def _submit(work: Callable[..., None], *words: Any) -> None:
    job = _WRITER.submit(_quietly, work, *words)
    _pending.add(job)
    job.add_done_callback(_pending.discard)


def _quietly(work: Callable[..., None], *words: Any) -> None:
    with suppress(Exception):
        work(*words)
