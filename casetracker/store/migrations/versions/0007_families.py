"""Authority to act, contact log, more about consents; exact kinship."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casetracker.store.migrations import columns as c

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Kinship that named both sexes, where the sex of the person says which it is.
_SPLIT = {
    ("GRANDPARENT", "MALE"): "GRANDFATHER",
    ("GRANDPARENT", "FEMALE"): "GRANDMOTHER",
    ("GRANDCHILD", "MALE"): "GRANDSON",
    ("GRANDCHILD", "FEMALE"): "GRANDDAUGHTER",
    ("UNCLE_AUNT", "MALE"): "UNCLE",
    ("UNCLE_AUNT", "FEMALE"): "AUNT",
    ("NEPHEW_NIECE", "MALE"): "NEPHEW",
    ("NEPHEW_NIECE", "FEMALE"): "NIECE",
}


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "authorities",
        c.ref("family_id", "families", needed=True),
        c.ref("person_id", "persons", needed=True),
        c.ref("case_id", "cases"),
        c.text("document", 60),
        c.text("number"),
        c.day("since"),
        c.day("until", index=True),
        c.day("withdrawn"),
        c.text("note"),
    )
    c.records(
        "contact_entries",
        c.ref("family_id", "families", needed=True),
        c.ref("case_id", "cases"),
        c.ref("person_id", "persons"),
        c.day("on", needed=True, index=True),
        c.text("time"),
        c.text("channel", 60),
        c.text("direction", 60),
        c.text("by"),
        c.yes_no("reached"),
        c.yes_no("safe"),
        c.long_text("said"),
        c.day("next_due", index=True),
        c.day("done"),
    )
    c.add(
        "consents",
        c.day("review_on"),
        c.text("capacity", 60),
        c.text("body"),
        c.choice("explained_in"),
        c.text("explained_by"),
        c.text("interpreter"),
        c.text("witness"),
        c.day("handled_on"),
        c.text("recalled"),
    )
    _split_kinship()


def _split_kinship() -> None:
    """Say exactly what the sex of a person already says; the side of the family nobody wrote down."""
    change = sa.text(
        "UPDATE family_members SET kinship = :new, version = version + 1 WHERE kinship = :old"
        " AND person_id IN (SELECT id FROM persons WHERE sex = :sex)"
    )
    for (old, sex), new in _SPLIT.items():
        op.get_bind().execute(change, {"old": old, "sex": sex, "new": new})
