"""What the page of a family shows, as plain values read in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Family
from casetracker.model.confidentiality import USE_SHORT, Use
from casetracker.model.events.event import Paid, PenaltyAppeal
from casetracker.model.people.family import Whereabouts
from casetracker.model.sources.consent import Answer
from casetracker.model.terms import label_of
from casetracker.store import consent_matrix, kin, questions, relations, situations
from casetracker.store.penalties import tenge
from casetracker.store.questions import Owed
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.relations import Acting, Cost
from casetracker.store.reprisals import Retaliation, reprisals
from casetracker.store.store import Store
from casetracker.ui.pages.case.data import Chip, ConsentLine, consent_line
from casetracker.ui.pages.consents.card import About
from casetracker.ui.pages.contact_card import Contact, contacts_of


@dataclass(frozen=True)
class MemberLine:
    """One member: what they are to whom, and where."""

    person_id: str
    name: str
    others: str
    kin: str
    whereabouts: Chip | None
    chip: Chip | None


@dataclass(frozen=True)
class CaseLine:
    """One case of the family."""

    case_id: str
    name: str
    ref: str
    status: Chip
    since: str


@dataclass(frozen=True)
class ConsentOf:
    """Answers that stand alike, and what they are about: a case, or the person's own data."""

    about: str
    line: ConsentLine


@dataclass(frozen=True)
class PenaltyLine:
    """One member at one protest, and what it cost."""

    target: tuple[str, str]
    person: str
    event: str
    when: str
    outcome: Chip | None
    penalty: str
    amount: str
    paid: Chip | None


@dataclass(frozen=True)
class LogLine:
    """One contact with the family."""

    id: str
    when: str
    who: str
    how: str
    said: str
    chip: Chip | None


@dataclass(frozen=True)
class FamilyData:
    """Everything on the page."""

    id: str
    name: str
    petitioner: str
    petitioner_id: str
    representative: str
    chips: list[Chip]
    safe_contact: str
    notes: str
    members: list[MemberLine]
    cases: list[CaseLine]
    contact_id: str
    contact: str
    contacts: list[Contact]
    consents: list[ConsentOf]
    penalties: list[PenaltyLine]
    cost: Cost
    promises: list[Owed]
    authorities: list[Acting] = field(default_factory=list)
    log: list[LogLine] = field(default_factory=list)
    last_contact: str = ""
    next_call: Chip | None = None
    doubts: list[str] = field(default_factory=list)
    abouts: list[About] = field(default_factory=list)
    reprisals: list[Retaliation] = field(default_factory=list)

    @property
    def open_promises(self) -> list[Owed]:
        """What is still owed to the cases of the family."""
        return [p for p in self.promises if p.open]


def read(store: Store, family_id: str) -> FamilyData | None:
    """Read a family as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        family = reader.get(Family, family_id)
        return _read(family, reader) if family else None


def _read(family: DisclosedRecord, reader: Reader) -> FamilyData:
    cases = relations.cases_of_family(reader, family.id)
    members = family.children("members")
    people = {m.value("person_id") for m in members}
    spoken = [family.value(n) for n in ("petitioner_id", "representative_id")]
    parts = relations.took_part(reader, sorted(people | {p for p in spoken if p}))
    penalties = [p for part in parts for p in part.children("penalties")]
    contact = family.ref("contact_id") or family.ref("petitioner_id")
    consents = relations.consents_by(reader, sorted(people), [c.id for c in cases])
    return FamilyData(
        id=family.id,
        name=family.title,
        petitioner=family.text("petitioner_id"),
        petitioner_id=family.value("petitioner_id") or "",
        representative=family.text("representative_id"),
        chips=[*_chips(cases, members, reader), *_authority_chip(family, reader.as_of)],
        safe_contact=family.text("safe_contact"),
        notes=family.text("notes"),
        members=[_member(m, family, reader) for m in members],
        cases=[_case(c, reader) for c in cases],
        contact_id=contact.id if contact else "",
        contact=contact.title if contact else "",
        contacts=contacts_of(contact),
        consents=_consents(consents, reader),
        penalties=[line for part in parts for line in _penalties(part)],
        cost=relations.cost_of(penalties),
        promises=[p for c in cases for p in questions.promises(reader, case_id=c.id)],
        authorities=relations.authorities(family, reader.as_of),
        log=[_log_line(e) for e in relations.contact_log(family)],
        last_contact=_last_contact(family, reader.as_of),
        next_call=_next_call(family, reader.as_of),
        doubts=kin.doubtful(family),
        abouts=_abouts(cases, members, reader),
        reprisals=reprisals(reader, sorted(people | {p for p in spoken if p}), [c.id for c in cases]),
    )


def _abouts(cases: list[DisclosedRecord], members: list[DisclosedRecord], reader: Reader) -> list[About]:
    """Return what the family can be asked about: each case, then the members' own data."""
    found = [About(questions.case_name(c, reader), consent_matrix.about_case(c, reader)) for c in cases]
    held = {c.value("person_id") for c in cases}
    people = [m.value("person_id") for m in members if m.value("person_id") not in held]
    own = consent_matrix.about_themselves(people, reader)
    return [*found, About(tr(N_("Their own data")), own)]


def _authority_chip(family: DisclosedRecord, day: dt.date) -> list[Chip]:
    missing = relations.authority_missing(family, day)
    return [Chip(missing, "amber", tr(N_("Who may act for the family, and by which document.")))] * bool(
        missing
    )


def _log_line(entry: DisclosedRecord) -> LogLine:
    on, due, done = (entry.value(n) for n in ("on", "next_due", "done"))
    when = " ".join(p for p in (f"{on:%d.%m.%Y}", entry.text("time")) if p)
    how = [entry.text("channel"), entry.text("direction"), entry.text("by")]
    chip = None
    if entry.value("safe") is False:
        chip = Chip(tr(N_("not safe")), "red")
    elif entry.value("reached") is False:
        chip = Chip(tr(N_("not reached")), "grey")
    elif due and not done:
        chip = Chip(tr(N_("call by {day}"), day=f"{due:%d.%m.}"), "amber")
    return LogLine(
        entry.id, when, entry.text("person_id"), " · ".join(h for h in how if h), entry.text("said"), chip
    )


def _last_contact(family: DisclosedRecord, day: dt.date) -> str:
    last = relations.last_contact(family)
    if last is None:
        return tr(N_("No contact is written down yet."))
    days = (day - last).days
    if not days:
        return tr(N_("Last contact today"))
    return ntr("Last contact {n} day ago", "Last contact {n} days ago", days)


def _next_call(family: DisclosedRecord, day: dt.date) -> Chip | None:
    owed = [
        e.value("next_due")
        for e in family.children("contact_log")
        if e.value("next_due") and not e.value("done")
    ]
    if not owed:
        return None
    due = min(owed)
    late = (day - due).days
    if late > 0:
        return Chip(ntr("call is {n} day late", "call is {n} days late", late), "red")
    return Chip(tr(N_("call by {day}"), day=f"{due:%d.%m.%Y}"), "amber" if late > -7 else "grey")


def _chips(cases: list[DisclosedRecord], members: list[DisclosedRecord], reader: Reader) -> list[Chip]:
    chips = [
        Chip(ntr("{n} case", "{n} cases", len(cases)), "blue"),
        Chip(ntr("{n} member", "{n} members", len(members)), "grey"),
    ]
    if not cases:
        return chips
    agreed = sum(1 for c in cases if _agreed(c, reader))
    if agreed == len(cases):
        chips.append(Chip(tr(N_("Consent: officials")), "green"))
    elif agreed:
        text = tr(N_("Consent for officials: {n} of {all} cases"), n=agreed, all=len(cases))
        chips.append(Chip(text, "amber"))
    else:
        chips.append(Chip(tr(N_("No consent for officials")), "red"))
    return chips


def _agreed(case: DisclosedRecord, reader: Reader) -> bool:
    """Whether the living answers about a case let it go to officials; the strictest counts."""
    about = [c for c in case.children("consents") if c.value("use") is Use.K3]
    living = [c for c in about if consent_line(c, reader.as_of).living]
    answers = {c.value("answer") for c in living}
    return Answer.AGREES in answers and Answer.REFUSES not in answers


def _member(member: DisclosedRecord, family: DisclosedRecord, reader: Reader) -> MemberLine:
    person_id = member.value("person_id")
    person = member.ref("person_id")
    roles = [kin.kin_of(member).text]
    roles += [tr(N_("petitioner"))] if person_id == family.value("petitioner_id") else []
    roles += [tr(N_("representative"))] if person_id == family.value("representative_id") else []
    names = reader.names(person_id)
    return MemberLine(
        person_id,
        member.text("person_id"),
        names[1] if len(names) > 1 else "",
        ", ".join(r for r in roles if r),
        _whereabouts(member),
        Chip(tr(N_("minor")), "amber") if person and person.minor else None,
    )


def _whereabouts(member: DisclosedRecord) -> Chip | None:
    tones = {Whereabouts.HERE: "green", Whereabouts.CHINA: "amber", Whereabouts.DETAINED: "red"}
    place = member.value("whereabouts")
    return Chip(member.text("whereabouts"), tones.get(place, "grey")) if place else None


def _case(case: DisclosedRecord, reader: Reader) -> CaseLine:
    now = situations.situation(case, reader)
    since = tr(N_("since {date}"), date=now.since.short()) if now.since else ""
    return CaseLine(
        case.id,
        questions.case_name(case, reader),
        case.text("ref"),
        Chip(now.status_text, now.tone),
        since,
    )


def _consents(consents: list[DisclosedRecord], reader: Reader) -> list[ConsentOf]:
    """Return the answers; those that were given together and stand alike are one line."""
    alike: dict[tuple[str, ConsentLine], list[str]] = {}
    for consent in consents:
        case = consent.ref("case_id")
        about = questions.case_name(case, reader) if case else tr(N_("own data"))
        line = replace(consent_line(consent, reader.as_of), use="")
        alike.setdefault((about, line), []).append(tr(USE_SHORT[consent.value("use")]))
    return [ConsentOf(about, replace(line, use=", ".join(uses))) for (about, line), uses in alike.items()]


def _penalties(part: DisclosedRecord) -> list[PenaltyLine]:
    """Return a line a penalty, and one for somebody who was held or warned without one."""
    event = part.ref("event_id")
    if event is None or event.entity.__name__ != "Protest":
        return []
    on = event.value("on")
    outcome = outcome_chip(part)

    def line(penalty: DisclosedRecord | None) -> PenaltyLine:
        return PenaltyLine(
            ("Protest", event.id),
            part.text("person_id"),
            event.title,
            on.short() if on else "",
            outcome,
            penalty_text(penalty) if penalty else "",
            tenge(amount) if penalty and (amount := penalty.value("amount")) else "",
            paid_chip(penalty) if penalty else None,
        )

    return [line(p) for p in part.children("penalties")] or [line(None)]


def outcome_chip(part: DisclosedRecord) -> Chip | None:
    """Return what the police did with somebody as a chip."""
    outcome = part.value("outcome")
    if outcome is None:
        return None
    tones = {"PRESENT": "grey", "WARNED": "amber", "DETAINED": "amber"}
    return Chip(part.text("outcome"), tones.get(outcome.name, "red"))


def penalty_text(penalty: DisclosedRecord) -> str:
    """Return a penalty in words: what, under which article, for how many days."""
    days = penalty.value("days")
    parts = [
        penalty.text("kind"),
        penalty.text("article"),
        ntr("{n} day", "{n} days", days) if days else "",
    ]
    return " · ".join(p for p in parts if p)


def paid_chip(penalty: DisclosedRecord) -> Chip | None:
    """Return whether a penalty was paid, or taken back, as a chip."""
    if penalty.value("appeal") is PenaltyAppeal.CANCELLED:
        return Chip(tr(N_("cancelled")), "green")
    if not penalty.value("amount"):
        return None
    paid = penalty.value("paid") or Paid.NO
    tones = {Paid.YES: "green", Paid.PARTLY: "amber", Paid.NO: "red"}
    return Chip(label_of(paid).lower(), tones[paid])
