"""Commands that bring records out of a casebook and into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from casetracker.cli.words import AsJson, File, Misuse, audience_named, day_of, language_named, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr


def export(  # noqa: PLR0913 - one parameter a word of the command
    file: File,
    *,
    in_format: Annotated[str, typer.Option("--format", help="json, xlsx, csv, ics, vcard, ftm, uwazi.")] = "",
    audience: Annotated[str, typer.Option(help="Who will read it, for example partner.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="The file to write.")] = None,
    in_language: Annotated[str, typer.Option("--language", help="Language of its heads and dates.")] = "en",
    case: Annotated[list[str] | None, typer.Option(metavar="REF", help="This case; may be repeated.")] = None,
    table: Annotated[str, typer.Option(help="Which table a CSV file holds, for example meetings.")] = "cases",
    as_of: Annotated[str, typer.Option(metavar="DATE", help="The day that it speaks of.")] = "",
    to: Annotated[str, typer.Option(metavar="WHOM", help="To whom it is given, for the register.")] = "",
    no_register: Annotated[
        bool, typer.Option("--no-register", help="Leave no trace in the release register: internal exports.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write records for other programs, as far as the audience may see them, and register the file."""
    from casetracker.exchange.export import Wanted, formats
    from casetracker.exchange.export import export as write
    from casetracker.store import questions
    from casetracker.store.opening import open_store

    known = [name for name, _ in formats()]
    if in_format not in known or not audience or out is None:
        sentence = N_("An export needs --format (one of {known}), --audience and --out PATH.")
        raise Misuse(tr(sentence, known=", ".join(known)))
    readers = audience_named(audience)
    day, language = day_of(as_of) if as_of else None, language_named(in_language)
    casebook, store = open_store(file, passphrase(), read_only=no_register)
    with casebook:
        with store.reader(as_of=day) as reader:
            ids = questions.cases_of(reader, case) if case else []
            found = questions.refs_of(reader, ids).values()
        for ref in case or []:
            if ref.strip().upper() not in found:
                raise UserError(tr(N_("There is no case {ref} in this casebook."), ref=ref.strip().upper()))
        wanted = Wanted(in_format, readers, language, tuple(ids), day, table)
        done = write(store, wanted, out, addressee=to, registered=not no_register)
    if as_json:
        left_out = [{"ref": ref, "why": why} for ref, why in done.left_out]
        said = {
            "file": str(done.path),
            "cases": done.cases,
            "records": done.records,
            "release": done.ref,
            "left_out": left_out,
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return
    written = ntr("Written: {file}, with {n} case.", "Written: {file}, with {n} cases.", done.cases, file=out)
    print(written)
    for ref, why in done.left_out:
        print(tr(N_("Left out: {why}"), why=f"{ref}: {why}"))
