"""A record while it is being written: plain values that need no session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from casetracker.model import BY_NAME
from casetracker.model.entity import Entity, children_of, fields_of, keys_to, values_of


@dataclass
class Draft:
    """What the screens edit. A field absent from `values` is left untouched by writing.

    The value of a reference is an id, or the draft of a new record that is to be written with this one.
    """

    entity: type[Entity]
    id: str = ""
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    children: dict[str, list[Draft]] = field(default_factory=dict)
    # Children that were there when the record was read, with their versions: only these are removed by
    # writing, so that what another page added meanwhile is not lost.
    seen: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, record: Entity) -> Draft:
        """Copy a record, with what belongs to it, out of its session."""
        entity = type(record)
        children = {name: [cls.of(c) for c in getattr(record, name)] for name in children_of(entity)}
        return cls(
            entity,
            record.id,
            record.version,
            {name: getattr(record, name) for name in values_of(entity)},
            children,
            {child.id: child.version for drafts in children.values() for child in drafts},
        )

    def add(self, name: str, **values: Any) -> Draft:
        """Append a new child under the field `name` and return its draft."""
        child = Draft(child_entity(self.entity, name), values=values)
        self.children.setdefault(name, []).append(child)
        return child

    def problems(self, known: frozenset[str] = frozenset()) -> dict[str, str]:
        """Return what keeps the draft from being saved: a sentence by address, as in ``names.0.full``.

        `known` are references that the parent sets.
        """
        found: dict[str, str] = {}
        for name, described in values_of(self.entity).items():
            if name in known or (self.version and name not in self.values):
                continue
            value = self.values.get(name)
            if isinstance(value, Draft):
                found |= {f"{name}.{n}": p for n, p in value.problems().items()}
            elif problem := described.check(value):
                found[name] = problem
        for name, drafts in self.children.items():
            from_parent = keys_to(self.entity, child_entity(self.entity, name))
            for place, child in enumerate(drafts):
                found |= {f"{name}.{place}.{n}": p for n, p in child.problems(from_parent).items()}
        return found


def child_entity(entity: type[Entity], name: str) -> type[Entity]:
    """Return the entity that a children field holds."""
    return BY_NAME[fields_of(entity)[name].kind.target]  # type: ignore[attr-defined]
