"""A bundle for a partner office: the cases as partners may see them, sealed for a passphrase.

Inside is the same as in an open package for partners (pages to read, records, a manifest with hashes), and
beside it what the other casebook needs to know the records again: by which ids this office and others know
them, which fields are given only in part, and the key with which it confirms that the bundle came.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from casetracker.errors import UserError
from casetracker.exchange import sealed_file
from casetracker.exchange.package.contents import Filling
from casetracker.exchange.package.writing import Packing, fill
from casetracker.i18n import N_, tr
from casetracker.model.confidentiality import WITHHELD, Audience
from casetracker.model.entity import values_of
from casetracker.model.fields import Ref
from casetracker.store.keyslots import KdfParameters
from casetracker.store.partner import theirs
from casetracker.store.releases import Mark

KIND = "cases"
PARTNER = "partner.json"
KDF: KdfParameters | None = None  # what is usual; tests bring a cheap one


def require_possible(audience: Audience) -> None:
    """Raise `UserError` unless the bundle is for a partner: its receiver may see what partners may see."""
    if audience is not Audience.PARTNER:
        raise UserError(tr(N_("A bundle for a partner office is for the readers “partner” and no others.")))


def write(asked: Packing, mark: Mark, office_name: str, part: Path) -> bytes:
    """Write a bundle; return what is in it, to be looked through. In the clear it is only in memory."""
    inner = io.BytesIO()
    about = {**asked.about, "bundle": mark.ref, "office": theirs.office_id(asked.store)}
    with zipfile.ZipFile(inner, "w") as archive:
        filling = Filling(archive, asked.progress)
        filling.manifest.about = {**about, "office_name": office_name}
        fill(replace(asked, about=about), filling)
        filling.put(PARTNER, [json.dumps(_partner(asked, mark), ensure_ascii=False).encode()])
        filling.finish()
    inner.seek(0)
    with part.open("wb") as target:
        sealed_file.seal(
            inner, target, kind=KIND, passphrase=asked.passphrase, progress=asked.progress, kdf=KDF
        )
    return inner.getvalue()


def _partner(asked: Packing, mark: Mark) -> dict[str, Any]:
    known = theirs.known_as(asked.store, asked.gathered.ids)
    partial: dict[str, list[str]] = {}
    for records in asked.gathered.records.values():
        for record in records:
            names = [
                name
                for name, described in values_of(record.entity).items()
                if not isinstance(described.kind, Ref)
                and record.value(name) is None
                and record.text(name) not in {"", WITHHELD}
            ]
            if names:
                partial[asked.ids.of(record.id)] = names
    return {
        "known_as": {asked.ids.of(id_): names for id_, names in known.items()},
        "partial": partial,
        "receipt_key": theirs.receipt_key(asked.store, mark.ref),
    }
