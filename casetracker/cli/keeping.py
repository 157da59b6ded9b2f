"""Commands that keep a casebook from being lost: backups, bringing one back, rescuing what can be read."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casetracker.cli.words import WRONG, AsJson, File, complain, passphrase
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.settings import Settings
    from casetracker.store.backups.place import Backup
    from casetracker.store.checks import Finding

To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FOLDER", help="Where backups go; else where the window puts them."),
]


def backup(file: File, to: To = None, as_json: AsJson = False) -> None:
    """Make a backup of a casebook now, read it again, and thin out the older ones."""
    from casetracker.store.backups.making import Source
    from casetracker.store.backups.service import Backups
    from casetracker.store.casebook import folder_of
    from casetracker.store.keyfile import unlock

    folder = folder_of(file)  # not opened as the window does: one of an older program is copied as it is
    keys, opened = unlock(folder, passphrase())
    made = Backups(Source(folder, keys.casebook, opened.key, read_only=True), _settings(to)).make(_Bar())
    if as_json:
        _print(_told(made.backup) | {"findings": [asdict(each) for each in made.findings]})
    else:
        print(tr(N_("Made and read again: {folder}"), folder=made.backup.folder))
        _say(made.findings)
    if made.findings:
        raise typer.Exit(WRONG)


def backups(file: File, to: To = None, look: bool = False, as_json: AsJson = False) -> None:
    """List the backups of a casebook, the newest first; with --look each is read again."""
    from casetracker.store.backups.looking import look_at
    from casetracker.store.backups.place import Place
    from casetracker.store.backups.restoring import key_of
    from casetracker.store.backups.service import root_of
    from casetracker.store.casebook import folder_of
    from casetracker.store.keyfile import newest

    place = Place(root_of(_settings(to)), newest(folder_of(file)).casebook)
    known = place.backups()
    secret = passphrase() if look and known else ""
    told: list[dict[str, Any]] = []
    for each in known:
        found = look_at(each, key_of(each, secret), _Bar()) if look else []
        told.append(_told(each, good=each.good if not look else not found))
        told[-1]["findings"] = [asdict(finding) for finding in found]
    if as_json:
        _print(told)
    else:
        for row in told:
            good = tr(N_("good")) if row["good"] else tr(N_("has a fault"))
            print(f"{row['made_at']}  {row['size']:>12}  {good}  {row['folder']}")
            print("".join(f"    {each['where']}: {each['what']}\n" for each in row["findings"]), end="")
        if not told:
            print(tr(N_("There is no backup of this casebook yet.")))
    if bad := sum(not row["good"] for row in told):
        complain(ntr("{n} backup has a fault.", "{n} backups have a fault.", bad))
        raise typer.Exit(WRONG)


def restore(
    backup: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="The folder of a backup.", show_default=False)
    ],
    target: Annotated[Path, typer.Option("--as", metavar="FOLDER", help="The casebook to make of it.")],
    as_json: AsJson = False,
) -> None:
    """Make a casebook of a backup, beside what is there; nothing is replaced."""
    from casetracker.store.backups.place import read_backup
    from casetracker.store.backups.restoring import key_of
    from casetracker.store.backups.restoring import restore as bring_back

    found = read_backup(backup.absolute())
    folder, lost = bring_back(found, target, key_of(found, passphrase()), _Bar())
    if as_json:
        _print({"folder": str(folder), "findings": [asdict(each) for each in lost]})
    else:
        print(tr(N_("Made {name}."), name=folder.name))
        _say(lost)
    if lost:
        raise typer.Exit(WRONG)


def rescue(
    file: File,
    to: Annotated[
        Path, typer.Option("--to", metavar="NEW", help="The casebook to make of what can be read.")
    ],
    as_json: AsJson = False,
) -> None:
    """Save what can be read of a damaged casebook into a new one, and list what could not."""
    from casetracker.store.rescue.saving import rescue as save

    saved = save(file, passphrase(), to, _Bar())
    if as_json:
        told = {"rows": saved.rows, "brought_back": saved.back, "lost": saved.lost}
        _print({"folder": str(saved.folder)} | told)
    else:
        print(saved.text())


# What they share


@dataclass
class _Bar:
    """How far it is, on standard error, where somebody looks at it."""

    shown: bool = field(default_factory=lambda: bool(sys.stderr and sys.stderr.isatty()))

    def step(self, done: int, total: int, what: str = "") -> None:
        """Write the share that is done over what was written before."""
        if self.shown and total and what:
            print(f"\r{what} {100 * done // total:>3} %", end="", file=sys.stderr, flush=True)
            if done == total:
                print(file=sys.stderr)


def _settings(to: Path | None) -> Settings:
    from casetracker.settings import load

    chosen = load()
    if to is not None:
        chosen.backup_folder = str(to.absolute())
    return chosen


def _told(backup: Backup, *, good: bool | None = None) -> dict[str, Any]:
    return {
        "folder": str(backup.folder),
        "made_at": backup.made_at.isoformat(),
        "size": backup.manifest.size(),
        "documents": len(backup.manifest.evidence),
        "good": backup.good if good is None else good,
    }


def _say(findings: Sequence[Finding]) -> None:
    for each in findings:
        print(f"{each.where}: {each.what}")
    if findings:
        complain(ntr("{n} thing is wrong.", "{n} things are wrong.", len(findings)))


def _print(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))
