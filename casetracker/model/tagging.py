"""Tags and notes: what an office sticks on any record for its own use. None of it ever leaves the office."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class TagColour(Enum):
    """The colours of tags; a tag always says its name too."""

    GREY = N_("grey")
    BLUE = N_("blue")
    GREEN = N_("green")
    AMBER = N_("yellow")
    RED = N_("red")

    @property
    def tone(self) -> str:
        """The name of the tone in which the tag is drawn."""
        return self.name.lower()


class Tag(Entity):
    """A word of the office's own by which records are found again, such as "for the next meeting"."""

    __tablename__ = "tags"
    __table_args__ = (sa.Index("ix_tags_name", "name", unique=True),)
    singular, plural, page = N_("Tag"), N_("Tags"), False
    named_by: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = f.text(N_("Name"), S.NOTES, required=True)
    colour: Mapped[TagColour | None] = f.choice(TagColour, N_("Colour"), S.NOTES)


class Tagging(Attached):
    """That a record has a tag."""

    __tablename__ = "taggings"
    __table_args__ = (sa.Index("ix_taggings_once", "tag_id", "about_id", unique=True),)
    singular, plural, page = N_("Tag of a record"), N_("Tags of records"), False
    named_by: ClassVar[tuple[str, ...]] = ("tag_id",)

    tag_id: Mapped[str] = f.ref("Tag", "tags", N_("Tag"), S.NOTES, required=True)
    tagged: Mapped[dt.date | None] = f.day(N_("Tagged on"), S.NOTES)
    by: Mapped[str | None] = f.text(N_("Tagged by"), S.NOTES)


class Note(Attached):
    """A note about a record: what somebody wants to remember, with day and name. Pinned ones stand on top."""

    __tablename__ = "notes"
    singular, plural, page = N_("Note"), N_("Notes"), False
    named_by: ClassVar[tuple[str, ...]] = ("text",)

    text: Mapped[str] = f.long_text(N_("Note"), S.NOTES, required=True)
    written: Mapped[dt.date | None] = f.day(N_("Written on"), S.NOTES)
    by: Mapped[str | None] = f.text(N_("Written by"), S.NOTES)
    pinned: Mapped[bool | None] = f.yes_no(N_("Pinned"), S.NOTES)
