"""Commands about a whole casebook: make one, open it, examine it, find something in it."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casetracker.cli.words import PASSPHRASE, WRONG, AsJson, File, complain, day_of, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.store.examine import Examination


def start(context: typer.Context) -> None:
    """Without a command, open the window."""
    if context.invoked_subcommand is None:
        raise typer.Exit(_window(None))


def new(
    file: File,
    user: Annotated[str, typer.Option(help="Who works here, as the audit log names them.")] = "",
) -> None:
    """Make an empty casebook, and print its recovery code once."""
    from casetracker.store.casebook import create_casebook, passphrase_problem, place_warning

    secret = passphrase(twice=True)
    if problem := passphrase_problem(secret):
        raise UserError(problem)
    if warning := place_warning(file):
        complain(warning)
    casebook, code = create_casebook(file, secret, user or getpass.getuser())
    with casebook:
        print(tr(N_("Made {name}."), name=casebook.folder.name))
    print(tr(N_("Recovery code, shown only now; print it and keep it apart: {code}"), code=code))


def open_window(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    quit_after_start: Annotated[bool, typer.Option(help="Close again at once, to try it out.")] = False,
    today: Annotated[str, typer.Option(metavar="DATE", help="Count from this day, as in 2021-11-12.")] = "",
) -> None:
    """Open the window, on a casebook if one is named."""
    raise typer.Exit(_window(file, quit_after_start=quit_after_start, today=day_of(today) if today else None))


def example(file: File) -> None:
    """Make the example casebook: public facts of October 2021, and invented families."""
    from casetracker.example import USER
    from casetracker.example.build import build
    from casetracker.store.casebook import create_casebook
    from casetracker.store.opening import store_of

    casebook, _ = create_casebook(file, passphrase(twice=True), USER, recovery=False)
    with casebook:
        build(store_of(casebook))
    print(tr(N_("Made {name}."), name=casebook.folder.name))


def review(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A review file that the office sent.")],
) -> None:
    """Open a review file for a family in a window of its own; no casebook is needed."""
    if not file.is_file():
        raise UserError(tr(N_("“{name}” cannot be opened."), name=file.name))
    from casetracker.ui.app import run

    raise typer.Exit(run(review=file.absolute()))


def check(
    file: File,
    anchor: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="A code of the log from a paper; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a casebook is sound; if not, what is wrong, and where."""
    from casetracker.store.examine import examination

    found = examination(file, passphrase(), anchor or [])
    if as_json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_as_lines(found)))
    if found.findings:
        raise typer.Exit(WRONG)


def _as_json(found: Examination) -> dict[str, object]:
    log = asdict(found.log) if found.log else {}
    log.pop("findings", None)
    findings = [{"where": f.where, "what": f.what} for f in found.findings]
    return {"sound": not findings, "findings": findings, "log": log or None}


def _as_lines(found: Examination) -> Iterator[str]:
    for finding in found.findings:
        yield f"{finding.where}: {finding.what}"
    if found.log is not None:
        yield from found.log.notes
        code = found.log.code or "—"
        yield ntr("Audit log: {n} entry, code {code}.", "Audit log: {n} entries, code {code}.",
                  found.log.entries, code=code)  # fmt: skip
        yield from found.log.cannot_know
    n = len(found.findings)
    yield ntr("{n} thing is wrong.", "{n} things are wrong.", n) if n else tr(N_("Sound."))


def search(
    file: File,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="A name in any script, a number, a place, words of a text.")
    ],
    as_json: AsJson = False,
) -> None:
    """Find people, cases, events and everything else by names, numbers, places and texts, with the reason."""
    from casetracker.model import BY_NAME
    from casetracker.store.opening import open_store
    from casetracker.store.search import search as find

    casebook, store = open_store(file, passphrase(), read_only=True)
    with casebook:
        hits = find(store, query)
    if as_json:
        print(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2))
        return
    for hit in hits:
        what = " · ".join(part for part in (hit.title, hit.detail) if part)
        said = f": {hit.snippet}" if hit.snippet else ""
        print(f"{tr(BY_NAME[hit.entity].singular):<8} {what} ({hit.why}){said}")
    if not hits:
        print(tr(N_("Nothing was found.")))


def _window(file: Path | None, *, quit_after_start: bool = False, today: dt.date | None = None) -> int:
    from casetracker.ui.app import run

    secret = os.environ.get(PASSPHRASE, "")
    return run(file, passphrase=secret, today=today, quit_after_start=quit_after_start)
