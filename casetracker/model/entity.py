"""What every record has, and how to ask an entity for its fields."""

from __future__ import annotations

from functools import cache
from typing import ClassVar
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from casetracker.model.confidentiality import Confidentiality
from casetracker.model.fields import Children, Field, Ref


def new_id() -> str:
    """Make the id of a record: random, so that ids neither count nor collide between offices."""
    return uuid4().hex


class Base(DeclarativeBase):
    """All tables; the naming convention lets migrations name every constraint."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Entity(Base):
    """A kind of record the user works with."""

    __abstract__ = True
    singular: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    page: ClassVar[bool] = True  # whether it has a page of its own
    named_by: ClassVar[tuple[str, ...]] = ()  # the fields that make up its title
    # References without whose record this one does not exist for an audience, beside those that are needed.
    stands_on: ClassVar[tuple[str, ...]] = ()
    kept: ClassVar[Confidentiality] = Confidentiality.INTERNAL  # the level of a new record

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    confidentiality: Mapped[int] = mapped_column()

    def __init__(self, **values: object) -> None:
        values.setdefault("confidentiality", int(self.kept))
        super().__init__(**values)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - SQLAlchemy hands in the class
        return {"version_id_col": cls.version}

    @property
    def alias(self) -> str:
        """What stands for the record where its title may not be shown."""
        return f"{self.singular} {self.id[:4].upper()}"

    def check(self) -> dict[str, str]:
        """Return what is wrong with the record as a whole: a sentence by field."""
        return {}


@cache
def fields_of(entity: type[Entity]) -> dict[str, Field]:
    """Return the described fields of an entity, in the order in which they were written."""
    mapper = sa.inspect(entity)
    infos = {a.key: a.columns[0].info for a in mapper.column_attrs}
    infos |= {c.key: c.info for c in mapper.composites} | {r.key: r.info for r in mapper.relationships}
    found = [info["field"].named(key) for key, info in infos.items() if "field" in info]
    return {f.name: f for f in sorted(found, key=lambda f: f.order)}


@cache
def values_of(entity: type[Entity]) -> dict[str, Field]:
    """Return the fields that hold a value of the record's own."""
    return {n: f for n, f in fields_of(entity).items() if not isinstance(f.kind, Children)}


@cache
def children_of(entity: type[Entity]) -> dict[str, Field]:
    """Return the fields that hold records which belong to this one."""
    return {n: f for n, f in fields_of(entity).items() if isinstance(f.kind, Children)}


@cache
def keys_to(parent: type[Entity], child: type[Entity]) -> frozenset[str]:
    """Return the child's references to its parent, which need not be asked for inside it."""
    names = {base.__name__ for base in parent.__mro__}
    found = [n for n, f in values_of(child).items() if isinstance(f.kind, Ref) and f.kind.target in names]
    return frozenset(found[:1])
