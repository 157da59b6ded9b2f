"""The offer to link the cases of families whose members took part in an event."""

from __future__ import annotations

from casetracker.i18n import N_, ntr, tr
from casetracker.store import linking
from casetracker.ui.desk import Desk
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner


class FamiliesOffer(Banner):
    """Shown while somebody of a family took part whose cases do not say so yet."""

    def __init__(self, desk: Desk) -> None:
        action = tr(N_("Link the cases of these families"))
        super().__init__("", "", tone=Tone.BLUE, action=action, object_name="families")
        self._desk, self._event_id = desk, ""
        self.action_clicked.connect(self._link)

    def offer(self, event_id: str, cases: int) -> None:
        """Offer it for an event, where there are such cases."""
        self._event_id = event_id
        text = ntr(
            "Somebody of a family with {n} case took part, and that case does not say so yet.",
            "Somebody of families with {n} cases took part, and these cases do not say so yet.",
            cases,
        )
        self.set("", text, Tone.BLUE)
        self.setVisible(bool(cases))

    def _link(self) -> None:
        store = self._desk.store
        self._desk.attempt(lambda: linking.link_families(store, self._event_id), self.window())
