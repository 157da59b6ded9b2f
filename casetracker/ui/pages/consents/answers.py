"""Every answer about a case as lines of a grid, for what was written down wrongly."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case
from casetracker.model.sources.consent import Answer
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label

_SAID = (
    "use",
    "person_id",
    "answer",
    "given",
    "until",
    "review_on",
    "withdrawn",
    "handled_on",
    "recalled",
    "conditions",
)


_NARROW = {"person_id": 150, "recalled": 130, "conditions": 130}
_DAYS = ("given", "until", "withdrawn", "handled_on")


def edit_answers(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open all answers about a case; a change of mind is a new answer, or a day of withdrawal."""
    draft = desk.store.draft(Case, case_id)
    title = tr(N_("Consents about case {ref}"), ref=draft.values["ref"])
    dialog = EditDialog(parent.window(), desk.store, draft, title, deletable=False)
    dialog.resize(px(1240), px(640))
    grid = ChildGrid(
        desk.store, draft, "consents", _SAID,
        widths={"use": 0, "answer": 90, "review_on": 110, **_NARROW, **dict.fromkeys(_DAYS, 92)},
        defaults={"answer": Answer.AGREES, "given": desk.store.today()},
    )  # fmt: skip
    section = dialog.add_section(tr(N_("Every answer")), ("consents", grid))
    said = N_("Take out a line only if it was written down by mistake; what was taken back gets its day.")
    section.add(label(tr(said), "note", wrap=True))
    dialog.finish()
    dialog.open()
    return dialog
