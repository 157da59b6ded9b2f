"""Tags as a condition of any list."""

from __future__ import annotations

from casetracker.i18n import N_
from casetracker.model import Entity
from casetracker.store import tags
from casetracker.store.views.condition import Condition, Operand


def by_tag(entity: type[Entity]) -> Condition:
    """Describe the condition that a record has one of some tags."""
    return Condition(
        "tag",
        N_("Tag"),
        N_("tagged {value}"),
        N_("not tagged {value}"),
        lambda _, value: entity.id.in_(tags.tagged(entity, value, every=False)),
        Operand.PICK,
        lambda store: [(tag.id, tag.name) for tag in tags.every_tag(store)],
    )
