"""The command that matches the files of a folder to cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casetracker.cli.words import WRONG, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.store.documents import TakenIn
    from casetracker.store.file_matching import Proposal


def import_files(file: Path, folder: Path, *, dry_run: bool, as_json: bool) -> None:
    """Match the files of a folder to cases; take in those of which it is sure whose they are."""
    from casetracker.store import documents_together
    from casetracker.store.documents import TakenIn, files_of
    from casetracker.store.documents_together import Meant
    from casetracker.store.file_matching import propose
    from casetracker.store.opening import open_store

    found = files_of([folder]) if folder.exists() else []
    if not found:
        raise UserError(tr(N_("There is no file in “{name}”."), name=folder.name))
    casebook, store = open_store(file, passphrase(), read_only=dry_run)
    with casebook:
        proposals = propose(store, found, folder)
        meant = [Meant(p.path, best.kind, best.id) for p in proposals if (best := p.best)]
        done = TakenIn() if dry_run else documents_together.take_in(store, meant)
    if as_json:
        told = _told(folder, proposals, done, written=not dry_run)
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(folder, proposals)))
        would = ntr("{n} file would be taken in.", "{n} files would be taken in.", len(meant))
        print(would if dry_run else done.text())
    if done.failed or len(meant) < len(proposals):
        raise typer.Exit(WRONG)


def _lines(folder: Path, proposals: list[Proposal]) -> list[str]:
    """Say of each file whose it is; a question mark where somebody has to choose in the window."""
    said = []
    for each in proposals:
        first = each.best or next(iter(each.whose), None)
        whose = f"{first.title} ({first.why})" if first else tr(N_("Nothing in its name says whose it is."))
        said.append(f"{_called(folder, each)} {'→' if each.best else '?'} {whose}")
    return said


def _called(folder: Path, proposal: Proposal) -> str:
    return str(proposal.path.relative_to(folder)) if folder.is_dir() else proposal.path.name


def _told(folder: Path, proposals: list[Proposal], done: TakenIn, *, written: bool) -> dict[str, Any]:
    """Return whose the files of a folder are, for scripts."""
    return {
        "written": written,
        "files": [
            {
                "file": _called(folder, p),
                "sure": p.best is not None,
                "whose": [{"kind": w.kind, "title": w.title, "why": w.why} for w in p.whose],
            }
            for p in proposals
        ],
        "taken_in": len(done.new),
        "known": [name for name, _ in done.known],
        "failed": [why for _, why in done.failed],
    }
