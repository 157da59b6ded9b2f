"""Posts and who held them: a post outlives the person, and its open promises pass to the successor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import ClassVar, Protocol, TypeVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity


class BodyKind(Enum):
    """What sort of body an office is; it chooses the rule by which the office has to reply."""

    COMMISSIONER = N_("Commissioner for Human Rights")
    MINISTRY = N_("Ministry")
    PROSECUTOR = N_("Prosecutor's office")
    AKIMAT = N_("Akimat")
    COURT = N_("Court")
    POLICE = N_("Police")
    UN = N_("Body of the United Nations")
    OTHER = N_("Other body")


class Post(Entity):
    """One post in an office; promises made by whoever holds it stay with the post."""

    __tablename__ = "posts"
    singular, plural, page = N_("Post"), N_("Posts"), False
    named_by: ClassVar[tuple[str, ...]] = ("title",)
    kept = Confidentiality.PUBLIC

    office_id: Mapped[str] = f.ref("Office", "offices", N_("Office"), S.OPEN, required=True)
    title: Mapped[str] = f.text(N_("Title of the post"), S.OPEN, required=True)
    title_ru: Mapped[str | None] = f.text(N_("Title in Russian"), S.OPEN)
    title_kk: Mapped[str | None] = f.text(N_("Title in Kazakh"), S.OPEN)
    tenures: Mapped[list[Tenure]] = f.children("Tenure", N_("Who held it"), S.OPEN, order_by="since_earliest")
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)


class Tenure(Entity):
    """That somebody held a post, from when until when; without an end they hold it still."""

    __tablename__ = "tenures"
    singular, plural, page = N_("Time in a post"), N_("Times in posts"), False
    named_by: ClassVar[tuple[str, ...]] = ("person_id",)
    kept = Confidentiality.PUBLIC

    post_id: Mapped[str] = f.ref("Post", "posts", N_("Post"), S.OPEN, required=True)
    person_id: Mapped[str] = f.ref("Person", "persons", N_("Who"), S.OPEN, required=True)
    since: Mapped[KnownDate | None] = f.when("since", N_("From"), S.OPEN)
    until: Mapped[KnownDate | None] = f.when("until", N_("Until"), S.OPEN)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)

    def check(self) -> dict[str, str]:
        """A time in a post does not end before it begins."""
        first = self.since.earliest if self.since else None
        last = self.until.latest if self.until else None
        if first and last and last < first:
            return {"until": tr(N_("The time in the post ends before it begins; correct one of the two."))}
        return {}


class Held(Protocol):
    """What is known of somebody's time in a post: the bounds of its first and last day."""

    @property
    def since_earliest(self) -> dt.date | None:
        """The first day it can have begun."""

    @property
    def until_latest(self) -> dt.date | None:
        """The last day it can have lasted."""


H = TypeVar("H", bound=Held)


def holder(tenures: Iterable[H], day: dt.date) -> H | None:
    """Return who holds a post on a day: of several, the one who came last."""
    now = [
        t
        for t in tenures
        if (t.since_earliest or dt.date.min) <= day and (t.until_latest is None or day <= t.until_latest)
    ]
    return max(now, key=lambda t: t.since_earliest or dt.date.min, default=None)
