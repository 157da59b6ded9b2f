"""The command that erases a person for good."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casetracker.cli.words import AsJson, File, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.store.erasing.scope import Outlook
    from casetracker.store.release_register import Registered


def erase_person(
    file: File,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="The number of the person's case, or the id of the person.")
    ],
    confirm: Annotated[str, typer.Option(metavar="NAME", help="The name, for scripts; else asked.")] = "",
    as_json: AsJson = False,
) -> None:
    """Erase a person from records, history, search and evidence. It cannot be undone."""
    from casetracker.store.erasing.doing import erase_person as erase
    from casetracker.store.erasing.doing import warnings
    from casetracker.store.erasing.scope import outlook, person_named
    from casetracker.store.opening import open_store

    casebook, store = open_store(file, passphrase())
    with casebook:
        store.require_writable()
        person = person_named(store, ref)
        seen = outlook(store, person)
        if not confirm:
            print("\n".join(_lines(seen, warnings())), file=sys.stderr)
        _require_name(seen, confirm or input(tr(N_("Type the name to erase this person: "))))
        done = erase(store, person)
    if as_json:
        print(json.dumps(_as_json(done), ensure_ascii=False, indent=2, default=str))
        return
    print(ntr("Erased, with {n} record.", "Erased, with {n} records.", done.records))
    for paper in done.papers:
        print(_paper(paper))


def _require_name(seen: Outlook, typed: str) -> None:
    if typed.strip() != seen.title:
        raise UserError(tr(N_("This is not the name of the person; nothing was erased.")))


def _lines(seen: Outlook, said: list[str]) -> list[str]:
    return [
        seen.title,
        ntr("{n} record", "{n} records", seen.records),
        ntr("{n} document", "{n} documents", seen.documents),
        *seen.cases,
        *map(_paper, seen.papers),
        *said,
    ]


def _paper(paper: Registered) -> str:
    said = N_("{ref}, given to {whom} on {day}, still names this person; ask it back.")
    return tr(said, ref=paper.ref, whom=paper.addressee or "—", day=paper.released.isoformat())


def _as_json(done: Any) -> dict[str, Any]:
    return asdict(done)
