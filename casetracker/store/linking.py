"""Links of cases to events that follow from what was recorded: presented cases, families at protests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import Invalid
from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, Event, Family, FamilyMember, Participant
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import Outcome
from casetracker.store.draft import Draft
from casetracker.store.store import Store

HELD = frozenset({Outcome.DETAINED, Outcome.FINED, Outcome.ARRESTED})


def follow_presented(meeting: Draft) -> None:
    """Make the links of a meeting's draft those of its presented cases; do this before it is written.

    A presented case has one link in the role "Presented", and a case that is taken off the list loses it;
    links in other roles are left alone. Raises `Invalid` if a promise made there covers a case that is not
    presented, because a promise speaks only of what was put to the official.
    """
    presented = _cases(meeting.children["presented"])
    if "promises" in meeting.children:
        _require_presented(meeting, set(presented))
    links = meeting.children.setdefault("cases", [])
    meeting.children["cases"] = [
        link
        for link in links
        if link.values.get("role") is not CaseRole.PRESENTED or link.values.get("case_id") in presented
    ]
    own = {
        link.values["case_id"]: link
        for link in meeting.children["cases"]
        if link.values.get("role") in (None, CaseRole.PRESENTED)
    }
    for case_id in presented:
        link = own.get(case_id) or meeting.add("cases", case_id=case_id)
        link.values["role"] = CaseRole.PRESENTED


def require_covered(promise: Draft, presented: Iterable[str]) -> None:
    """Raise `Invalid` if a promise covers no case, or one that was not presented at its meeting."""
    covers, known = promise.children.get("covers", []), set(presented)
    if not covers:
        text = N_("Say which cases the promise is about: take each case presented, or type them.")
        raise Invalid({"covers": tr(text)})
    problems = {
        f"covers.{place}.case_id": tr(
            N_("This case was not presented at the meeting; add it to the list there first.")
        )
        for place, covered in enumerate(covers)
        if covered.values.get("case_id") and covered.values["case_id"] not in known
    }
    if problems:
        raise Invalid(problems)


def _require_presented(meeting: Draft, presented: set[str]) -> None:
    for promise in meeting.children["promises"]:
        if not presented.issuperset(_cases(promise.children.get("covers", []))):
            text = N_("The promise “{words}” covers a case that is no longer on the list; change it first.")
            raise Invalid({"presented": tr(text, words=promise.values.get("words") or "")})


def _cases(drafts: Iterable[Draft]) -> list[str]:
    found = [draft.values.get("case_id") for draft in drafts]
    return list(dict.fromkeys(case_id for case_id in found if case_id))


@dataclass(frozen=True)
class FamilyLink:
    """A case that bears on an event because somebody of its family took part; `link_id` if it is linked."""

    case_id: str
    role: CaseRole
    link_id: str = ""


def family_links(store: Store, event_id: str) -> list[FamilyLink]:
    """Return the cases of families whose members took part in an event and that do not say so yet.

    A relative who was detained counts more than one who was there. A case that is linked in another role
    (spoken for, concerns) stays as it is.
    """
    came = sa.select(Family.id.label("family_id"), Participant.outcome).where(
        Participant.event_id == event_id
    )
    member = sa.select(FamilyMember.family_id, Participant.outcome).where(Participant.event_id == event_id)
    families = sa.union(  # each part by an index; one join with "or" in it would look at every family
        came.join(Participant, Participant.person_id == Family.petitioner_id),
        came.join(Participant, Participant.person_id == Family.representative_id),
        member.join(Participant, Participant.person_id == FamilyMember.person_id),
    ).subquery()
    query = (
        sa.select(Case.id, families.c.outcome)
        .join(families, families.c.family_id == Case.family_id)
        .order_by(Case.ref)
    )
    roles: dict[str, CaseRole] = {}
    with store.reading() as session:
        for case_id, outcome in session.execute(query):
            if outcome in HELD or case_id not in roles:
                roles[case_id] = CaseRole.RELATIVE_DETAINED if outcome in HELD else CaseRole.RELATIVE_PRESENT
    return _not_linked(store.draft(Event, event_id), roles)


def _not_linked(event: Draft, roles: dict[str, CaseRole]) -> list[FamilyLink]:
    links = {link.values["case_id"]: link for link in event.children["cases"]}
    found = []
    for case_id, role in roles.items():
        link = links.get(case_id)
        if link is None:
            found.append(FamilyLink(case_id, role))
        elif (link.values.get("role"), role) == (CaseRole.RELATIVE_PRESENT, CaseRole.RELATIVE_DETAINED):
            found.append(FamilyLink(case_id, role, link.id))
    return found


def link_families(store: Store, event_id: str) -> int:
    """Link the cases of the families who took part in an event, as one action; return how many."""
    links = family_links(store, event_id)
    event = store.draft(Event, event_id)
    if not links:
        return 0
    for found in links:
        link = next((x for x in event.children["cases"] if found.link_id and x.id == found.link_id), None)
        link = link or event.add("cases", case_id=found.case_id)
        link.values["role"] = found.role
    part = Draft(Event, event.id, event.version, {}, {"cases": event.children["cases"]}, event.seen)
    label = ntr("Link {n} case to {event}", "Link {n} cases to {event}", len(links), event=_title(event))
    store.save(part, label)
    return len(links)


def _title(event: Draft) -> str:
    return str(event.values.get("title") or "")
