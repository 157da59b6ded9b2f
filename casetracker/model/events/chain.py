"""What led to what: typed links between events, promises, appeals and changes in a case."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line


class Joint(Enum):
    """What the record that a link hangs on has to do with the other; read "this … that"."""

    LED_TO = N_("Led to")
    ANSWERS = N_("In answer to")
    REPRISAL = N_("Reprisal for")
    FOLLOWS = N_("Follows up")
    SERIES = N_("Same series as")


# Where the other record came first; in a series neither has to.
BACKWARDS = frozenset({Joint.ANSWERS, Joint.REPRISAL, Joint.FOLLOWS})


class Strength(Enum):
    """How sure it is that one has to do with the other. The program never computes this."""

    ASSERTED = N_("Asserted")
    PLAUSIBLE = N_("Plausible")
    DOCUMENTED = N_("Documented")


class ChainLink(Attached):
    """One link: the record that it hangs on, and the one that it leads to, both by kind and id."""

    __tablename__ = "chain_links"
    singular, plural, page = N_("Link"), N_("Links"), False
    named_by: ClassVar[tuple[str, ...]] = ("joint",)
    kept = Confidentiality.OFFICIAL  # it is given to nobody who may not know of both its ends
    hangs_on: ClassVar[tuple[tuple[str, str], ...]] = (("about", "about_id"), ("to", "to_id"))

    joint: Mapped[Joint] = f.choice(Joint, N_("How they are linked"), S.OPEN, required=True)
    to: Mapped[str] = f.text(N_("To (kind of record)"), S.NOTES, required=True)
    to_id: Mapped[str] = f.text(N_("To (record)"), S.NOTES, required=True, index=True)
    strength: Mapped[Strength | None] = f.choice(Strength, N_("How sure"), S.OPEN)
    note: Mapped[str | None] = f.text(N_("Why we think so"), S.NOTES)
    source: Mapped[str | None] = f.text(N_("Source"), S.TESTIFIER)
