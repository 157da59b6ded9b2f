"""Files of our own that are no lists, chosen where a list was meant: where they belong instead."""

from __future__ import annotations

from pathlib import Path

from casetracker.exchange.package.locked_zip import looks_like_one
from casetracker.exchange.partner.receiving import is_bundle, is_receipt
from casetracker.i18n import N_, tr


def no_list(path: Path) -> str:
    """Return what to do with a package, a bundle or a receipt; "" of any other file."""
    if looks_like_one(path):
        sentence = N_(
            "“{name}” is an open package: a casebook is made of it, with “casetracker import NEW {name}” on "
            "the command line."
        )
        return tr(sentence, name=path.name)
    if is_bundle(path) or is_receipt(path):
        return tr(N_("“{name}” came from a partner office: use the tab for that."), name=path.name)
    return ""
