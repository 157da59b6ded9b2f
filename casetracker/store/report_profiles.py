"""Profiles of papers: kept, changed, renamed and deleted, each one action that can be undone."""

from __future__ import annotations

import base64
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
    second_language: str = ""
    logo: bytes = b""


def profiles(store: Store) -> list[Profile]:
    """Return the profiles of the office by name."""
    p = ReportProfile
    query = sa.select(
        p.name, p.report, p.audience, p.language, p.addressee, p.options, p.id, p.second_language, p.logo
    )
    with store.reading() as session:
        rows = session.execute(query).all()
    made = (
        Profile(n, r, a, lang or "en", to or "", options or "", i, second or "", _picture(logo or ""))
        for n, r, a, lang, to, options, i, second, logo in rows
    )
    return sorted(made, key=lambda profile: profile.name.casefold())


def profile_named(store: Store, name: str) -> Profile:
    """Return the profile of that name; raises `UserError` that names those there are."""
    known = profiles(store)
    for profile in known:
        if profile.name.casefold() == " ".join(name.split()).casefold():
            return profile
    if not known:
        raise UserError(tr(N_("There is no profile called “{name}”; none is kept yet."), name=name))
    names = ", ".join(profile.name for profile in known)
    raise UserError(
        tr(N_("There is no profile called “{name}”; there are: {known}."), name=name, known=names)
    )


def _picture(kept: str) -> bytes:
    """Return a logo as it was kept; nothing if somebody wrote something else there."""
    try:
        return base64.b64decode(kept, validate=True)
    except ValueError:
        return b""


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
        "second_language": profile.second_language or None,
        "logo": base64.b64encode(profile.logo).decode("ascii") or None,
    }
    return store.save(draft, tr(N_("Profile “{name}” kept"), name=name))


def forget(store: Store, profile_id: str) -> None:
    """Delete a profile; papers that were made with it are not touched."""
    store.delete(ReportProfile, profile_id)
