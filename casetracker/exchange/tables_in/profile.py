"""A mapping of columns to fields, kept under a name: shipped for lists that many use, or the office's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from casetracker.errors import UserError
from casetracker.exchange.tables_in.targets import target
from casetracker.exchange.tables_in.written_dates import Order
from casetracker.i18n import N_, tr
from casetracker.paths import resource


@dataclass(frozen=True)
class Column:
    """What becomes of one column, or of several together.

    `heads` are the headings of the columns, `to` an address (see `targets`); several columns are put together
    with `join` between them, and one is taken apart at `split`. `values` says what a value of the list means
    here: the code of a term, or "" for nothing. `before` is put before what was written (a unit, a scheme).
    """

    heads: tuple[str, ...]
    to: str
    join: str = " "
    split: str = ""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    before: str = ""


@dataclass(frozen=True)
class Profile:
    """A whole mapping. `source` is how the list is called as a source of what it says."""

    name: str
    columns: tuple[Column, ...]
    source: str = ""
    order: Order = "dmy"
    about: str = ""
    sheet: str = ""
    encoding: str = ""
    separator: str = ""

    def as_json(self) -> str:
        """Write the profile for keeping."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def fits(self, heads: Iterable[str]) -> float:
        """Return the share of its columns that a list has: 1 if all are there."""
        there = {_same(head) for head in heads}
        wanted = [_same(head) for column in self.columns for head in column.heads]
        return sum(head in there for head in wanted) / len(wanted) if wanted else 0.0

    def without(self, heads: Iterable[str]) -> Profile:
        """Return the profile without what becomes of these columns."""
        gone = {_same(head) for head in heads}
        kept = tuple(c for c in self.columns if not gone & {_same(head) for head in c.heads})
        return replace(self, columns=kept)


def _same(head: str) -> str:
    return " ".join(head.split()).casefold()


def shipped() -> list[Profile]:
    """Return the profiles that come with the program."""
    files = sorted(resource("imports").glob("*.toml"))
    return [_of(tomllib.loads(path.read_text("utf-8"))) for path in files if path.stem != "headings"]


def profile_named(name: str) -> Profile:
    """Return a shipped profile by its name; raises `UserError` that names those there are."""
    for profile in shipped():
        if profile.name.casefold() == name.strip().casefold():
            return profile
    known = ", ".join(p.name for p in shipped())
    raise UserError(
        tr(N_("There is no profile called “{name}”; there are: {known}."), name=name, known=known)
    )


def profile_from(kept: str) -> Profile:
    """Read what `Profile.as_json` wrote. Raises `UserError` for anything else."""
    try:
        return _of(json.loads(kept))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UserError(tr(N_("This profile of an import cannot be read; map the columns anew."))) from None


def _of(said: dict[str, Any]) -> Profile:
    columns = tuple(_column(each) for each in said.get("columns", said.get("column", ())))
    order: Order = "mdy" if said.get("order") == "mdy" else "dmy"
    texts = {name: str(said.get(name, "")) for name in ("source", "about", "sheet", "encoding", "separator")}
    return Profile(str(said["name"]), columns, order=order, **texts)


def _column(said: dict[str, Any]) -> Column:
    heads = said.get("heads") or [said["head"]]
    to = str(said["to"])
    if to not in {"note", ""} and target(to) is None:
        raise UserError(tr(N_("This program knows no field “{address}”."), address=to))
    return Column(
        tuple(str(head) for head in heads),
        to,
        str(said.get("join", " ")),
        str(said.get("split", "")),
        {str(k): str(v) for k, v in dict(said.get("values", {})).items()},
        str(said.get("before", "")),
    )
