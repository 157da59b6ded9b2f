"""Offices with their posts, who holds them now, and how much is still owed in each post."""

from __future__ import annotations

from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model import Office
from casetracker.store import promises
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class PostLine:
    """One post: its title, who holds it on the reader's day, and for how many cases something is owed."""

    id: str
    title: str
    office: str
    holder: str
    since: str
    owed: int


@dataclass(frozen=True)
class OfficeLine:
    """One office."""

    id: str
    name: str
    body: str
    city: str
    posts: tuple[PostLine, ...]


def offices(reader: Reader) -> list[OfficeLine]:
    """Return all offices by name, with their posts in their order."""
    found = [
        OfficeLine(
            office.id,
            office.title,
            office.text("body"),
            office.text("city"),
            tuple(_post(post, office.title, reader) for post in office.children("posts")),
        )
        for office in reader.all(Office)
    ]
    return sorted(found, key=lambda each: each.name)


def _post(post: DisclosedRecord, office: str, reader: Reader) -> PostLine:
    now = promises.holder_now(reader, post)
    since = now.text("since") if now else ""
    return PostLine(
        post.id,
        post.title,
        office,
        now.text("person_id") if now else "",
        tr(N_("since {date}"), date=since) if since else "",
        len(promises.owed_by_post(reader, post.id)),
    )
