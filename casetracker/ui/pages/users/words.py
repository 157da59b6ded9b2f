"""What the roles are called and what they mean, in words for the one who gives them."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.model.people.user import Role
from casetracker.store.users import UserLine
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText

MEANING: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Everything, and says who works with the casebook."),
    Role.CASE_WORKER: N_("Reads and writes all records; cannot change users."),
    Role.READ_ONLY: N_("Reads all records and changes nothing."),
    Role.REPRESENTATIVE: N_(
        "Sees the cases of the families chosen below and nothing else, as far as a family may see it; "
        "changes nothing."
    ),
}
ROLES_GUARD = N_(
    "Roles guard against mistakes. Whoever can open the casebook holds its key: somebody who knows computers "
    "well could read all of it. Give what must stay apart in a casebook of its own."
)
COPIES = N_(
    "Copies of the casebook that this person already has stay readable to them, whatever you choose here."
)
_TONES = {
    Role.ADMINISTRATOR: Tone.BLUE,
    Role.CASE_WORKER: Tone.GREEN,
    Role.READ_ONLY: Tone.GREY,
    Role.REPRESENTATIVE: Tone.AMBER,
}


def chips(line: UserLine) -> list[ChipText]:
    """Return the role of a user, and whether they left."""
    if line.left is not None:
        said = tr(N_("Left on {day}"), day=f"{line.left:%d.%m.%Y}")
        return [ChipText(said, Tone.GREY)]
    return [ChipText(tr(line.role.value), _TONES[line.role])]
