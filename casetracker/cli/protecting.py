"""What the words of a command say about exceptions from the rules, passwords and signatures of papers."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casetracker.cli.words import Misuse
from casetracker.errors import UserError
from casetracker.i18n import N_, tr

if TYPE_CHECKING:
    from casetracker.reports.protection import Protection
    from casetracker.store.releases import Override
    from casetracker.store.store import Store

ASK = "-"


@dataclass(frozen=True)
class Protecting:
    """How a paper is to be protected, as it was written; a password itself is no word of a command."""

    password_file: str = ""
    sign: bool = False

    def of(self, store: Store) -> Protection | None:
        """Return what protects the papers; None if nothing was asked for."""
        from casetracker.reports.protection import Protection
        from casetracker.store.certificates import signing_key

        if not self.password_file and not self.sign:
            return None
        key = signing_key(store) if self.sign else None
        return Protection(new_password_from(self.password_file) if self.password_file else "", key)


def new_password_from(word: str) -> str:
    """Return the password with which a paper is locked; raises `UserError` if it will not do."""
    from casetracker.reports.protection import password_problem

    password = password_from(word, twice=True)
    if problem := password_problem(password):
        raise UserError(problem)
    return password


def password_from(word: str, *, twice: bool = False) -> str:
    """Return the password of a paper: of a file, or asked for, or the next line that is piped in."""
    from casetracker.reports.protection import password_in

    if word != ASK:
        return password_in(Path(word))
    if not sys.stdin or not sys.stdin.isatty():
        password = sys.stdin.readline().strip() if sys.stdin else ""
    else:
        password = getpass.getpass(tr(N_("Password of the paper: ")))
        if twice and password != getpass.getpass(tr(N_("The same again: "))):
            raise UserError(tr(N_("The two passwords differ; nothing was written.")))
    if not password:
        raise UserError(tr(N_("No password was given for the paper; type it, or name a file that holds it.")))
    return password


def overrides_of(kinds: Sequence[str], reasons: Sequence[str], names: Sequence[str]) -> tuple[Override, ...]:
    """Return what is let through for one paper; raises `Misuse` if it may not be, or says not why and who."""
    from casetracker.model.confidentiality import MAY_BE_LET_THROUGH, Sensitivity
    from casetracker.store.releases import Override

    if not kinds and not reasons and not names:
        return ()
    known = {kind.name.lower(): kind for kind in Sensitivity if kind in MAY_BE_LET_THROUGH}
    for kind in kinds:
        if kind.strip().lower() not in known:
            sentence = N_("“{kind}” is nothing that may be let through; these may: {known}.")
            raise Misuse(tr(sentence, kind=kind, known=", ".join(known)))
    if not kinds:
        raise Misuse(tr(N_("Say with --let-through what the reason is for.")))
    why, who = _one_each(reasons, len(kinds)), _one_each(names, len(kinds))
    if not all((*why, *who)):
        raise Misuse(
            tr(N_("What is let through needs a reason and the name of who decided it: --reason … --by …"))
        )
    return tuple(Override(known[k.strip().lower()], w, n) for k, w, n in zip(kinds, why, who, strict=True))


def _one_each(said: Sequence[str], count: int) -> list[str]:
    """Return what was said for each kind: the same for all if it was said once."""
    words = [each.strip() for each in said]
    if len(words) == 1:
        return words * count
    return words if len(words) == count else [""] * count
