"""Commands that bring records out of a casebook and into it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casetracker.cli import folders, packages, partner, trees
from casetracker.cli.packages import PassphraseFile
from casetracker.cli.partner import Differences, ReceiptOut
from casetracker.cli.words import (
    WRONG,
    AsJson,
    File,
    Misuse,
    audience_named,
    day_of,
    language_named,
    passphrase,
)
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr

_LOCKED = ("package", "partner")

if TYPE_CHECKING:
    from casetracker.exchange.tables_in.taking import Counted, Look


def export(  # noqa: PLR0913 - one parameter a word of the command
    file: File,
    *,
    in_format: Annotated[
        str, typer.Option("--format", help="json, xlsx, csv, ics, vcard, ftm, uwazi, package, partner.")
    ] = "",
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
    passphrase_file: PassphraseFile = "",
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
        lock = packages.passphrase_for(passphrase_file) if in_format in _LOCKED else ""
        wanted = Wanted(
            in_format,
            readers,
            language,
            tuple(ids),
            day,
            table,
            passphrase=lock,
            office=packages.office_of(store),
        )
        done = write(store, wanted, out, addressee=to, registered=not no_register)
    drawn = lock if lock and not passphrase_file else ""
    if as_json:
        left_out = [{"ref": ref, "why": why} for ref, why in done.left_out]
        said = {
            "file": str(done.path),
            "cases": done.cases,
            "records": done.records,
            "release": done.ref,
            "left_out": left_out,
            "notes": list(done.notes),
        } | ({"passphrase": drawn} if drawn else {})
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return
    written = ntr("Written: {file}, with {n} case.", "Written: {file}, with {n} cases.", done.cases, file=out)
    print(written)
    for ref, why in done.left_out:
        print(tr(N_("Left out: {why}"), why=f"{ref}: {why}"))
    for note in done.notes:
        print(note)
    if drawn:
        print(tr(N_("Passphrase of the package, shown only now; write it down: {words}"), words=drawn))


def import_list(  # noqa: PLR0913 - one parameter a word of the command
    file: File,
    table: Annotated[Path, typer.Argument(metavar="LIST", help="The list to take in.", show_default=False)],
    *,
    profile: Annotated[str, typer.Option(metavar="NAME", help="A known list: CECC, XVD, Uwazi …")] = "",
    guess: Annotated[bool, typer.Option("--guess", help="Map the columns by their headings.")] = False,
    sheet: Annotated[str, typer.Option(metavar="NAME", help="The sheet of a workbook.")] = "",
    encoding: Annotated[str, typer.Option(metavar="CODE", help="Of a text, as in cp1251.")] = "",
    files: Annotated[
        bool,
        typer.Option("--files", help="LIST is a folder of photographs or statements: match them to cases."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken in.")] = False,
    passphrase_file: PassphraseFile = "",
    differences: Differences = "both",
    receipt: ReceiptOut = None,
    as_json: AsJson = False,
) -> None:
    """Take in a list of people as cases: CSV, TSV, Excel, OpenDocument, JSON. Undo takes it back whole.

    0 when every row is in; doubtful cells and likely doubles are kept, marked and counted. An open package of
    the office becomes a casebook again: FILE is then one that is not there yet, or an empty one. The bundle
    of a partner office is merged into FILE; its receipt is noted in the release register.
    """
    if files or table.is_dir():
        folders.import_files(file, table, dry_run=dry_run, as_json=as_json)
        return
    if packages.is_package(table):
        packages.bring_back(file, table, passphrase_file, dry_run=dry_run, as_json=as_json)
        return
    how = {"dry_run": dry_run, "as_json": as_json}
    if partner.take_in_partner(file, table, passphrase_file, differences, receipt, **how):
        return
    from casetracker.exchange.tables_in import taking
    from casetracker.exchange.tables_in.profile import profile_named
    from casetracker.store.opening import open_store

    if profile and guess:
        raise Misuse(tr(N_("Give --profile or --guess, not both.")))
    if trees.take_in_tree(file, table, encoding, **how):
        return
    seen = taking.look(table, profile_named(profile) if profile else None, sheet=sheet, encoding=encoding)
    casebook, store = open_store(file, passphrase(), read_only=dry_run)
    with casebook:
        counted = taking.try_out(store, seen) if dry_run else taking.take_in(store, seen)
    if as_json:
        print(json.dumps(_told(seen, counted, written=not dry_run), ensure_ascii=False, indent=2))
    else:
        print("\n".join(taking.summary(counted, written=not dry_run)))
        for problem in counted.told[:20]:
            sentence = N_("Row {row}, “{head}”: {value}: {what}")
            shown = {"row": problem.row, "head": problem.head, "value": problem.value[:60]}
            print(tr(sentence, **shown, what=problem.what))
        for row, why in counted.refused[:20]:
            print(tr(N_("Row {row} is left out: {why}"), row=row, why=why))
    if counted.refused:
        raise typer.Exit(WRONG)


def _told(seen: Look, counted: Counted, *, written: bool) -> dict[str, Any]:
    """Return what came of an import for scripts."""
    mapped = {head: column.to for column in seen.profile.columns for head in column.heads}
    return {
        "written": written,
        "kind": seen.file.kind,
        "encoding": seen.file.encoding,
        "separator": seen.file.separator,
        "sheet": seen.sheet.name,
        "profile": seen.profile.name,
        "columns": mapped,
        "missing": list(seen.missing),
        "notes": list(seen.file.notes),
        "rows": counted.rows,
        "cases": counted.cases,
        "doubtful_rows": counted.doubtful_rows,
        "problems": counted.problems,
        "doubles": counted.doubles,
        "doubtful": [asdict(problem) for problem in counted.told],
        "likely_doubles": [asdict(double) for double in counted.told_doubles],
        "refused": [{"row": row, "why": why} for row, why in counted.refused],
    }
