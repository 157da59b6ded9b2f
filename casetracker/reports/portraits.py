"""Portraits on paper: made anew once more, small enough for many in one file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.reports import images
from casetracker.store import portraits
from casetracker.store.portraits import Shown
from casetracker.store.reader import DisclosedRecord, Reader

LONGEST_SIDE = 420  # pixels: 35 mm at 300 dots an inch
_KEPT = 64  # a paper is drawn again whenever an option changes


@lru_cache(maxsize=_KEPT)
def printable(picture: bytes) -> bytes:
    """Return a picture as it is put into papers; nothing if it cannot be read."""
    try:
        return images.clean(picture, LONGEST_SIDE)
    except UserError:
        return b""


def portrait(case: DisclosedRecord) -> bytes:
    """Return the portrait of the detained relative, if the audience of the reader may see it."""
    picture = portraits.portrait_of(case.ref("person_id"))
    return printable(picture) if picture else b""


def given(reader: Reader) -> list[bytes]:
    """Return all portraits that the reader gave, as they are put into papers."""
    return [made for picture in portraits.given(reader) if (made := printable(picture))]


def in_words(foreseen: Sequence[Shown]) -> list[str]:
    """Say, before a paper leaves, whose face will be seen in it, whose not and why, and under what terms."""
    seen = [each.ref for each in foreseen if each.shown]
    said = []
    if seen:
        refs = ", ".join(seen)
        said.append(
            ntr(
                "{n} photograph will be seen: {refs}.",
                "{n} photographs will be seen: {refs}.",
                len(seen),
                refs=refs,
            )
        )
    for each in foreseen:
        if not each.shown:
            said.append(tr(N_("{ref}: no photograph, {why}"), ref=each.ref, why=each.why))
        said += [
            tr(N_("{ref}: agreed to under the condition “{words}”"), ref=each.ref, words=words)
            for words in each.conditions
        ]
    return said
