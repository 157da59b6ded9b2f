"""Profiles of papers: kept, changed, renamed and deleted, each one action that can be undone."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import ReportProfile
from casetracker.store.store import Store


@dataclass(frozen=True)
class Profile:
    """One profile; `options` is JSON that `reports.options` understands."""

    name: str
    report: str
    audience: str
    language: str = "en"
    addressee: str = ""
    options: str = ""
    id: str = ""


def profiles(store: Store) -> list[Profile]:
    """Return the profiles of the office by name."""
    p = ReportProfile
    query = sa.select(p.name, p.report, p.audience, p.language, p.addressee, p.options, p.id)
    with store.reading() as session:
        rows = session.execute(query).all()
    made = (
        Profile(n, r, a, lang or "en", to or "", options or "", i) for n, r, a, lang, to, options, i in rows
    )
    return sorted(made, key=lambda profile: profile.name.casefold())


def keep(store: Store, profile: Profile) -> str:
    """Write a profile, in the place of the one with its id; return the id.

    Raises `UserError` if it has no name, or another profile has the same one.
    """
    name = " ".join(profile.name.split())
    if not name:
        raise UserError(tr(N_("Give the profile a name, for example that of the office it is for.")))
    if any(p.name.casefold() == name.casefold() and p.id != profile.id for p in profiles(store)):
        raise UserError(tr(N_("There is a profile called “{name}” already; choose another name."), name=name))
    draft = store.draft(ReportProfile, profile.id)
    draft.values |= {
        "name": name,
        "addressee": profile.addressee or None,
        "report": profile.report,
        "audience": profile.audience,
        "language": profile.language,
        "options": profile.options or None,
    }
    return store.save(draft, tr(N_("Profile “{name}” kept"), name=name))


def forget(store: Store, profile_id: str) -> None:
    """Delete a profile; papers that were made with it are not touched."""
    store.delete(ReportProfile, profile_id)
