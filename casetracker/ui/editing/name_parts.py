"""The parts of one spelling, with what its endings tell offered and taken by a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model.names.parts import parts_of
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.offer_dialog import OfferDialog

PARTS = ("given", "father", "grandfather", "surname", "patronymic")


class NamePartsDialog(OfferDialog):
    """Changes the parts in the draft of a spelling."""

    def __init__(self, parent: QWidget | None, store: Store, name: Draft) -> None:
        full = str(name.values.get("full") or "")
        self.offered = parts_of(full).named()
        title = tr(N_("Parts of the name"))
        super().__init__(parent, store, name, (*PARTS, "scheme"), name="parts", title=title, head=full)

    def offers(self) -> Mapping[str, Any]:
        return self.offered

    def said(self) -> str:
        if not self.offered:
            return tr(N_("The name itself does not tell its parts."))
        said = " · ".join(f"{self.form.caption(part)}: {text}" for part, text in self.offered.items())
        return tr(N_("The endings seem to say: {parts}"), parts=said)
