"""More about one paper: who issued it, and its lines for machines, checked and compared with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model.papers import Known, mrz
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.offer_dialog import OfferDialog


class PaperLinesDialog(OfferDialog):
    """Changes the lines of a paper, and its number and expiry where the lines tell them."""

    def __init__(self, parent: QWidget | None, store: Store, paper: Draft, known: Known) -> None:
        self._known = known
        title = tr(N_("More about the paper"))
        fields = ("number", "issuer", "issued", "expires", "mrz")
        super().__init__(parent, store, paper, fields, name="lines", title=title, head=title)

    def offers(self) -> Mapping[str, Any]:
        zone = mrz.read(self._lines())
        told = {"number": zone.number, "expires": zone.expires} if zone else {}
        return {name: value for name, value in told.items() if value}

    def said(self) -> str:
        lines = self._lines()
        if not lines:
            return tr(N_("The two lines at the foot of a passport, or the three on the back of a card."))
        odd = [*mrz.check(lines), *mrz.compare(lines, "", self._known)]
        return "\n".join(each.sentence for each in odd) or tr(N_("The check digits fit."))

    def _lines(self) -> str:
        return str(self.form.value("mrz") or "").strip()
