"""What ties a reply form to the list that was handed over: a line in a hidden field of the paper.

The line names the meeting, the hash of the frozen list and the cases that have fields. Its seal is made with
the list itself, which holds keys that only this casebook knows, so a line that was changed is noticed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import HandOver
from casetracker.store.handover import digest
from casetracker.store.reader import Reader

FIELD = "casetracker"  # the name of the hidden field
_VERSION = "1"


@dataclass(frozen=True)
class FrozenList:
    """A list that was handed over and not withdrawn: hash, content, and ids of cases by reference."""

    digest: str
    content: str
    cases: dict[str, str]

    @property
    def whole(self) -> bool:
        """Whether the list still has the hash under which it was given."""
        return digest(self.content) == self.digest


@dataclass(frozen=True)
class Mark:
    """The line in the hidden field, taken apart."""

    meeting: str
    digest: str
    refs: tuple[str, ...]
    seal: str

    def line(self) -> str:
        """Write the line."""
        return " ".join((_VERSION, self.meeting, self.digest, ",".join(self.refs), self.seal))

    @classmethod
    def read(cls, line: str) -> Mark | None:
        """Take a line apart; None if it is no such line."""
        parts = line.split()
        if len(parts) != 5 or parts[0] != _VERSION:
            return None
        return cls(parts[1], parts[2], tuple(parts[3].split(",")), parts[4])

    def holds(self, frozen: FrozenList) -> bool:
        """Whether this is the line of a form that was made for the list, for just these cases."""
        return hmac.compare_digest(self.seal.encode(), _seal(frozen, self.meeting, self.refs).encode())


def mark_for(frozen: FrozenList, meeting: str, refs: Iterable[str]) -> Mark:
    """Return the line for a form of a meeting with fields for these cases."""
    named = tuple(refs)
    return Mark(meeting, frozen.digest, named, _seal(frozen, meeting, named))


def frozen_list(reader: Reader, meeting_id: str) -> FrozenList | None:
    """Return the list of a meeting that officials now hold. Reports use its hash, never its content."""
    query = sa.select(HandOver.digest, HandOver.content).where(
        HandOver.meeting_id == meeting_id, HandOver.withdrawn.is_(None)
    )
    for kept, content in reader.rows(query):
        return FrozenList(kept, content, {line["ref"]: line["case"] for line in json.loads(content)})
    return None


def _seal(frozen: FrozenList, meeting: str, refs: Iterable[str]) -> str:
    words = " ".join((_VERSION, meeting, *refs))
    return hmac.new(frozen.content.encode("utf-8"), words.encode("utf-8"), hashlib.sha256).hexdigest()[:32]
