"""What the commands do with bundles of partner offices and with their receipts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casetracker.cli.packages import office_of, passphrase_of
from casetracker.cli.words import Misuse, passphrase
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.store.partner.comparing import Comparison
    from casetracker.store.partner.taking import Taken
    from casetracker.store.partner.theirs import Bundle

Differences = Annotated[
    str,
    typer.Option(help="Of a partner's bundle: whose version counts where both differ: ours, theirs, both."),
]
ReceiptOut = Annotated[
    Path | None, typer.Option("--receipt", metavar="PATH", help="Write a receipt for the partner.")
]


def take_in_partner(
    file: Path, path: Path, word: str, differences: str, receipt: Path | None, *, dry_run: bool, as_json: bool
) -> bool:
    """Take in a bundle or a receipt of a partner; False where the file is neither."""
    from casetracker.exchange.partner import receiving

    if receiving.is_receipt(path):
        _note_receipt(file, path, as_json=as_json)
        return True
    if not receiving.is_bundle(path):
        return False
    from casetracker.store.opening import open_store
    from casetracker.store.partner import comparing, taking

    sides = {side.name.lower(): side for side in comparing.Side}
    if differences not in sides:
        raise Misuse(tr(N_("Say --differences with one of: {known}."), known=", ".join(sides)))
    secret = passphrase()
    bundle = receiving.read(path, passphrase_of(word))
    casebook, store = open_store(file, secret, read_only=dry_run)
    with casebook:
        found = comparing.compare(store, bundle)
        done = None if dry_run else taking.take_in(store, bundle, {}, sides[differences])
        if receipt is not None and not dry_run:
            receiving.write_receipt(store, bundle, office_of(store), receipt)
    _say(bundle, found, done, as_json=as_json)
    return True


def _note_receipt(file: Path, path: Path, *, as_json: bool) -> None:
    from casetracker.exchange.partner import receiving
    from casetracker.store.opening import open_store
    from casetracker.store.partner import receipts

    receipt = receiving.read_receipt(path)
    casebook, store = open_store(file, passphrase())
    with casebook:
        said = receipts.note(store, receipt)
    told = {"release": receipt.number, "received": receipt.received.isoformat(), "said": said}
    print(json.dumps(told, ensure_ascii=False, indent=2) if as_json else said)


def _say(bundle: Bundle, found: Comparison, done: Taken | None, *, as_json: bool) -> None:
    if as_json:
        said: dict[str, Any] = {"bundle": bundle.number, "from": bundle.office_name, "made": bundle.made}
        said |= {"written": done is not None, "already": found.already is not None}
        said |= {"new_cases": found.new_cases, "known_cases": found.known_cases, "new": found.new}
        said["differences"] = [asdict(each) for each in found.differences]
        said["taken"] = asdict(done) if done else None
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return
    if done is not None:
        print(done.text())
        return
    if found.already:
        print(tr(N_("This bundle was taken in already; nothing was changed.")))
        return
    print(ntr("{n} case would be new.", "{n} cases would be new.", found.new_cases))
    print(ntr("{n} case is known.", "{n} cases are known.", found.known_cases))
    for each in found.differences:
        sentence = N_("{about}, {label}: here “{ours}”, there “{theirs}”.")
        told = {"about": each.about, "label": each.label, "ours": each.ours, "theirs": each.theirs}
        print(tr(sentence, **told))
