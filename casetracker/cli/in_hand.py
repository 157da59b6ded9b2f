"""Commands about a paper in hand: did we give it out, what did an official write into it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casetracker.cli.protecting import password_from
from casetracker.cli.words import AsJson, File, Misuse, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, tr

if TYPE_CHECKING:
    from casetracker.reports.signature import Signed

ALTERED, NOT_KNOWN = 3, 4  # of a paper that is verified


def verify(
    file: File,
    paper: Annotated[Path, typer.Argument(metavar="PDF", help="The paper in hand.", show_default=False)],
    password_file: Annotated[
        str, typer.Option(metavar="FILE", help='Open it with the password in this file; "-" asks for it.')
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say whether a paper is one that this office gave out: 0 genuine, 3 altered, 4 not known here."""
    from casetracker.reports.verify import Verdict
    from casetracker.reports.verify import verify as compare
    from casetracker.store.opening import open_store

    casebook, store = open_store(file, passphrase(), read_only=True)
    with casebook:
        found = compare(store, paper, password_from(password_file) if password_file else "")
    if as_json:
        told = asdict(found.release) if found.release else None
        signature = _signature(found.signature) if found.signature else None
        said: dict[str, object] = {
            "verdict": found.verdict.value,
            "sentence": found.sentence,
            "release": told,
        }
        said |= {"signature": signature, "locked": found.locked}
        print(json.dumps(said, ensure_ascii=False, indent=2, default=_plain))
    else:
        print(found.sentence)
    codes = {Verdict.GENUINE: 0, Verdict.ALTERED: ALTERED, Verdict.UNKNOWN: NOT_KNOWN}
    raise typer.Exit(codes[found.verdict])


def _signature(signed: Signed) -> dict[str, object]:
    told = {"state": signed.state.value, "office": signed.office, "fingerprint": signed.fingerprint}
    return told | {"ours": signed.ours, "sentence": signed.sentence}


def certificate(
    file: File,
    make: Annotated[str, typer.Option(metavar="NAME", help="Make one for the office of this name.")] = "",
    renew: Annotated[bool, typer.Option("--renew", help="Let it last two more years.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="CER", help="Write it for others, to put it into their programs.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the certificate with which papers are signed, with its fingerprint; or make it, or renew it."""
    from casetracker.reports.certificate_sheet import as_text, write_certificate
    from casetracker.store import certificates
    from casetracker.store.opening import open_store

    if make and renew:
        raise Misuse(tr(N_("Give only one of --make and --renew.")))
    casebook, store = open_store(file, passphrase(), read_only=not (make or renew))
    with casebook:
        if make:
            certificates.make(store, make)
        elif renew:
            certificates.renew(store)
        now = certificates.current(store)
        today = store.today()
    if now is None:
        raise UserError(tr(N_("There is no certificate to sign with yet; make one first.")))
    if out is not None:
        write_certificate(now, out)
    told = {"office": now.office, "fingerprint": now.fingerprint, "made": now.made, "until": now.until}
    print(json.dumps(told, ensure_ascii=False, indent=2, default=_plain) if as_json else as_text(now, today))


def _plain(value: object) -> str:
    """Write what JSON has no form for: days, and kinds of facts."""
    return value.isoformat() if isinstance(value, dt.date) else str(getattr(value, "value", value))


def read_text(fields: bool = False) -> None:
    """Take words or fields out of a PDF at standard input: the program starts this as a process apart."""
    from casetracker.store.pdf_words import child, form_child

    form_child() if fields else child()


def look() -> None:
    """Open pictures and PDFs for the program, which starts this as a process apart."""
    from casetracker.store.looking.child import child

    child()


def import_reply(
    file: File,
    pdf: Annotated[Path, typer.Argument(metavar="PDF", help="The form that came back.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be recorded.")] = False,
    password_file: Annotated[
        str, typer.Option(metavar="FILE", help='Open it with the password in this file; "-" asks for it.')
    ] = "",
    as_json: AsJson = False,
) -> None:
    """File what an official answered in a reply form, for exactly the cases of the list handed over."""
    from casetracker.reports.protection import readable
    from casetracker.store import reply_forms
    from casetracker.store.opening import open_store

    casebook, store = open_store(file, passphrase(), read_only=dry_run)
    with casebook:
        password = password_from(password_file) if password_file else ""
        form = reply_forms.read_form(store, readable(reply_forms.content_of(pdf), password))
        if not dry_run:
            reply_forms.file_form(store, form)
    said = reply_forms.as_json(form) | {"filed": not dry_run}
    print(json.dumps(said, ensure_ascii=False, indent=2) if as_json else reply_forms.as_text(form))
