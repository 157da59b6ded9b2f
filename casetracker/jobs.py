"""Long work reports its progress and can be cancelled. Knows nothing of threads or screens."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The user asked the work to stop; not an error."""


class Progress(Protocol):
    """Where long work says how far it is. `step` raises `Cancelled` when the user has had enough."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` pieces are finished; `what` names the piece in hand."""


class Silent:
    """Progress for callers that do not care."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Do nothing."""
