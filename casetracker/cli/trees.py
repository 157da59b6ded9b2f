"""What the command for imports does with a family tree."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from casetracker.cli.words import WRONG, passphrase
from casetracker.i18n import N_, tr


def take_in_tree(file: Path, path: Path, encoding: str, *, dry_run: bool, as_json: bool) -> bool:
    """Take in a family tree (GEDCOM); False where the file is none."""
    from casetracker.exchange.gedcom import reading, taking
    from casetracker.store.opening import open_store

    if not reading.is_gedcom(path):
        return False
    tree = taking.look(path, encoding=encoding)
    casebook, store = open_store(file, passphrase(), read_only=dry_run)
    with casebook:
        counted = taking.try_out(store, tree) if dry_run else taking.take_in(store, tree)
    if as_json:
        said = {"written": not dry_run, "kind": "GEDCOM", "encoding": tree.encoding, **asdict(counted)}
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print("\n".join(taking.summary(counted, written=not dry_run)))
        for row, why in counted.refused[:20]:
            print(tr(N_("Row {row} is left out: {why}"), row=row, why=why))
    if counted.refused:
        raise typer.Exit(WRONG)
    return True
