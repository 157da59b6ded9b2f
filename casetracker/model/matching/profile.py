"""What is compared of a person; it is put together from the records and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casetracker.model.dates import KnownDate
from casetracker.model.names.writing import Language, Script


@dataclass(frozen=True)
class Spelling:
    """One spelling of a name; script and language are told from the letters where they are not known."""

    full: str
    script: Script | None = None
    language: Language | None = None


@dataclass(frozen=True)
class Profile:
    """One person as the records know them.

    `place` is a code of `model.places` or free words; `related` holds ids of families, testifiers and
    relatives; `papers` holds numbers as "kind:number" (normalised, or their keyed HMAC).
    """

    id: str
    names: tuple[Spelling, ...]
    birth: KnownDate | None = None
    sex: Literal["FEMALE", "MALE"] | None = None
    place: str | None = None
    related: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
