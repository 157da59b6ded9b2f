"""What the commands say of open packages: their passphrase, and bringing one back as a casebook."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casetracker.cli.words import Misuse, complain, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.store.store import Store

PassphraseFile = Annotated[
    str,
    typer.Option(
        "--passphrase-file", metavar="FILE", help='The passphrase of the package is in it; "-" asks for it.'
    ),
]
_ASK = "-"


def is_package(path: Path) -> bool:
    """Whether a file that is to be taken in is an open package."""
    from casetracker.exchange.package.locked_zip import looks_like_one

    return looks_like_one(path)


def passphrase_for(word: str) -> str:
    """Return the passphrase that a new package gets: of a file, asked for, or drawn at random."""
    from casetracker.store.passphrase import PACKAGE_WORDS, made_up_words

    return passphrase_of(word, twice=True) if word else made_up_words(PACKAGE_WORDS)


def passphrase_of(word: str, *, twice: bool = False) -> str:
    """Return the passphrase of a package or bundle: the first line of a file, or asked for, or piped in."""
    if word not in {"", _ASK}:
        return _first_line(Path(word))
    if sys.stdin and sys.stdin.isatty():
        secret = getpass.getpass(tr(N_("Passphrase of the package: ")))
        if twice and secret != getpass.getpass(tr(N_("The same again: "))):
            raise UserError(tr(N_("The two passphrases differ; nothing was made.")))
    else:
        secret = sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    if not secret:
        raise UserError(tr(N_("No passphrase of the package was given; name a file with --passphrase-file.")))
    return secret


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(
            tr(N_("“{name}” cannot be read as a file with a password."), name=path.name)
        ) from None
    if not lines or not lines[0].strip():
        raise UserError(
            tr(N_("There is no password in “{name}”; it belongs in the first line."), name=path.name)
        )
    return lines[0].strip()


def office_of(store: Store) -> str:
    """Return how this office is called outside: as in its certificate; "" without one."""
    from casetracker.store import certificates

    made = certificates.current(store)
    return made.office if made else ""


def bring_back(file: Path, package: Path, word: str, *, dry_run: bool, as_json: bool) -> None:
    """Make the casebook again that a package was made of, and print its recovery code once."""
    from casetracker.exchange.package import reading
    from casetracker.store.casebook import place_warning

    if dry_run:
        raise Misuse(tr(N_("A package is taken in whole or not at all; leave out --dry-run.")))
    secret = passphrase(twice=not file.exists())
    if warning := place_warning(file):
        complain(warning)
    made = reading.bring_back(package, passphrase_of(word), file, secret)
    if as_json:
        told = {"casebook": str(made.folder), "rows": made.rows, "documents": made.documents}
        told |= {"recovery_code": made.code, "notes": made.notes}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = ntr("{n} row", "{n} rows", made.rows)
    documents = ntr("{n} document", "{n} documents", made.documents)
    sentence = N_("Made {name} of the package: {rows}, {documents}, with its whole history.")
    print(tr(sentence, name=made.folder.name, rows=rows, documents=documents))
    for note in made.notes:
        print(note)
    print(tr(N_("Recovery code, shown only now; print it and keep it apart: {code}"), code=made.code))
