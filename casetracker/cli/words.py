"""What the commands share: their words turned into values, the passphrase, a complaint."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casetracker.errors import UserError
from casetracker.i18n import N_, languages, tr

if TYPE_CHECKING:
    from casetracker.model.confidentiality import Audience

PASSPHRASE = "CASETRACKER_PASSPHRASE"  # noqa: S105 - the name of the variable
WRONG, MISUSED = 1, 2


class Misuse(UserError):
    """The words of the command are not right."""


File = Annotated[Path, typer.Argument(metavar="FILE", help="The folder of the casebook.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def audience_named(name: str) -> Audience:
    """Return the audience of that name; raises `Misuse` with the names there are."""
    from casetracker.model.confidentiality import Audience

    try:
        return Audience(name.strip().lower())
    except ValueError:
        known = ", ".join(a.value for a in Audience)
        sentence = N_("There is no audience called “{name}”; there are: {known}.")
        raise Misuse(tr(sentence, name=name, known=known)) from None


def language_named(code: str) -> str:
    """Return the code of a language that there are texts in; raises `Misuse` with those there are."""
    known = languages()
    if code.strip().lower() not in known:
        sentence = N_("There are no texts in the language “{code}”; there are: {known}.")
        raise Misuse(tr(sentence, code=code, known=", ".join(known)))
    return code.strip().lower()


def day_of(text: str) -> dt.date:
    """Return the day written as 2021-11-12; raises `Misuse` if it is none."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Misuse(
            tr(
                N_("“{text}” is not a day; write it as year, month and day, for example 2021-11-12."),
                text=text,
            )
        ) from None


def passphrase(*, twice: bool = False) -> str:
    """Take the passphrase from the environment, else from the keyboard or the first line that is piped in."""
    if given := os.environ.get(PASSPHRASE, ""):
        return given
    if not sys.stdin or not sys.stdin.isatty():
        secret = sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    else:
        secret = getpass.getpass(tr(N_("Passphrase: ")))
        if twice and secret and secret != getpass.getpass(tr(N_("The same again: "))):
            raise UserError(tr(N_("The two passphrases differ; nothing was made.")))
    if not secret:
        raise UserError(tr(N_("No passphrase was given; type it, or set CASETRACKER_PASSPHRASE.")))
    return secret


def complain(what: object, code: int = WRONG) -> int:
    """Print one line on standard error, and return the exit code that goes with it."""
    print(" ".join(str(what).split()), file=sys.stderr)
    return code
