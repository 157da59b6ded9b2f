"""Named questions that pages and reports ask of a reader: who owes what, what happened, how things stand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, CaseEvent, Meeting, Office, Participant, Promise, PromisedCase, Protest
from casetracker.model.confidentiality import WITHHELD, Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import STATUS_AFTER, STATUS_TONE, CustodyKind, Standing
from casetracker.model.events.event import Outcome
from casetracker.model.events.promise import STILL_OWED, DueBasis, PromiseOutcome, days_overdue
from casetracker.model.events.renewal import Renewal, chain
from casetracker.model.sources.source import SourceKind
from casetracker.model.terms import label_of
from casetracker.store import event_kinds
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.situations import custody, order_of

_HELD = frozenset({Outcome.DETAINED, Outcome.FINED, Outcome.ARRESTED})

# Promises


@dataclass(frozen=True)
class Owed:
    """One promise for one case, and what became of it by the reader's day."""

    promise_id: str
    meeting_id: str
    meeting_title: str
    made_on: KnownDate | None
    office_id: str
    office: str
    made_by: str
    words: str
    original: str
    due: dt.date | None
    due_basis: DueBasis | None
    case_id: str
    case_ref: str
    case_name: str
    outcome: PromiseOutcome
    outcome_on: dt.date | None
    outcome_note: str
    days_overdue: int
    renewal: str = ""  # how often it was promised by now, and since when

    @property
    def open(self) -> bool:
        """Whether something is still owed."""
        return self.outcome in STILL_OWED

    @property
    def state(self) -> str:
        """What became of it, in words, overdue days counted."""
        if self.days_overdue:
            return ntr("{n} day overdue", "{n} days overdue", self.days_overdue)
        text = label_of(self.outcome)
        return (
            f"{text}, {KnownDate.on(self.outcome_on).short()}" if self.outcome_on and not self.open else text
        )

    @property
    def tone(self) -> str:
        """The tone of the chip that shows the state."""
        if self.days_overdue or self.outcome is PromiseOutcome.REFUSED:
            return "red"
        return {PromiseOutcome.KEPT: "green", PromiseOutcome.RENEWED: "amber"}.get(self.outcome, "grey")


def renewal(promise: DisclosedRecord, reader: Reader) -> Renewal:
    """Return where a promise stands in the chain of those that renew one another."""
    if not promise.value("renews_id"):
        return Renewal((), None)
    query = sa.select(Promise.id, Promise.renews_id).where(Promise.renews_id.is_not(None))
    earlier = chain(promise.id, {row[0]: row[1] for row in reader.rows(query)})
    first = next(iter(reader.many(Promise, earlier)), None)
    meeting = first.ref("meeting_id") if first else None
    return Renewal(earlier, meeting.value("on") if meeting else None)


def owed(promise: DisclosedRecord, reader: Reader, *, case_id: str = "") -> list[Owed]:
    """Return what one promise owes, a line a case; to one case if its id is given."""
    meeting = promise.ref("meeting_id")
    office = meeting.ref("office_id") if meeting else None
    by = promise.ref("made_by_id")
    again = renewal(promise, reader).text(reader.as_of)
    lines = []
    for covered in promise.children("covers", **({"case_id": case_id} if case_id else {})):
        case = covered.ref("case_id")
        if case is None:
            continue
        outcome = covered.value("outcome") or PromiseOutcome.PENDING
        ended, note = covered.value("outcome_on"), covered.text("outcome_note")
        if ended and ended > reader.as_of:  # the paper is made as of an earlier day
            outcome, ended, note = PromiseOutcome.PENDING, None, ""
        lines.append(
            Owed(
                promise_id=promise.id,
                meeting_id=meeting.id if meeting else "",
                meeting_title=meeting.title if meeting else "",
                made_on=meeting.value("on") if meeting else None,
                office_id=office.id if office else "",
                office=office.title if office else "",
                made_by=by.title if by else "",
                words=promise.text("words"),
                original=promise.text("original"),
                due=promise.value("due"),
                due_basis=promise.value("due_basis"),
                case_id=case.id,
                case_ref=case.text("ref"),
                case_name=case_name(case, reader),
                outcome=outcome,
                outcome_on=ended,
                outcome_note=note,
                days_overdue=days_overdue(promise.value("due"), outcome, reader.as_of),
                renewal=again,
            )
        )
    return lines


def promises(
    reader: Reader, *, office_id: str = "", case_id: str = "", before: dt.date | None = None
) -> list[Owed]:
    """Return promises, oldest due first: of one office, about one case, or made before a day."""
    query = sa.select(Promise.id).join(Meeting, Promise.meeting_id == Meeting.id).distinct()
    if office_id:
        query = query.where(Meeting.office_id == office_id)
    if case_id:
        query = query.join(PromisedCase, PromisedCase.promise_id == Promise.id).where(
            PromisedCase.case_id == case_id
        )
    made = reader.many(Promise, reader.ids(query))
    found = [line for promise in made for line in owed(promise, reader, case_id=case_id)]
    if before:
        found = [o for o in found if o.made_on and (o.made_on.earliest or dt.date.max) < before]
    return sorted(found, key=lambda o: (o.due or dt.date.max, o.words, o.case_ref))


def overdue_promises(reader: Reader) -> list[Owed]:
    """Return what is owed past its due date on the reader's day, the oldest first."""
    query = sa.select(Promise.id).where(Promise.due < reader.as_of)
    lines = [line for promise in reader.many(Promise, reader.ids(query)) for line in owed(promise, reader)]
    return sorted((o for o in lines if o.days_overdue), key=lambda o: -o.days_overdue)


# Cases


def case_name(case: DisclosedRecord, reader: Reader) -> str:
    """Return the main name of the detained relative, else the reference of the case."""
    person_id = case.value("person_id")
    name = reader.name(person_id) if person_id else WITHHELD
    return case.text("ref") if name == WITHHELD else name


# Chronology


@dataclass(frozen=True)
class Happening:
    """One line of a chronology."""

    on: KnownDate | None
    what: str
    detail: str
    tone: str
    basis: str
    target: tuple[str, str]
    record_id: str = ""  # of the custody event that it tells


def chronology(case: DisclosedRecord, reader: Reader) -> list[Happening]:
    """Return what happened to the detained relative, and the protests and meetings that bear on the case."""
    shown = [e for e in custody(case) if reader.audience is Audience.INTERNAL or not _set_aside(e)]
    told = {_as_given(e.value("on")) for e in shown if e.value("kind") is CustodyKind.TAKEN}
    lines = [
        _arrest(episode, case)
        for episode in case.children("episodes")
        if (on := episode.value("arrested")) and _as_given(on) not in told  # the custody event says more
    ]
    lines += [_custody_line(event, case) for event in shown]
    links = [(event, link) for link in case.children("events") if (event := link.ref("event_id"))]
    held = _detained_counts([event for event, _ in links if event.entity is Protest], reader)
    lines += [_event_line(event, link, held.get(event.id, 0)) for event, link in links]
    return sorted((h for h in lines if may_be_told(h.on, reader)), key=lambda h: order_of(h.on))


def may_be_told(on: KnownDate | None, reader: Reader) -> bool:
    """Whether an event may be told of: what is planned is nobody's business outside the office."""
    begun = (on.earliest or on.latest) if on else None
    return reader.audience is Audience.INTERNAL or begun is None or begun <= reader.as_of


def _set_aside(event: DisclosedRecord) -> bool:
    return event.value("standing") is Standing.SET_ASIDE


def _as_given(on: KnownDate | None) -> str:
    """The same date, whatever words it was told in."""
    return (on.edtf or on.words or "") if on else ""


def _arrest(episode: DisclosedRecord, case: DisclosedRecord) -> Happening:
    place = episode.text("arrest_place")
    detail = "" if place in ("", WITHHELD) else place
    return Happening(
        episode.value("arrested"),
        tr(N_("Taken into custody")),
        detail,
        "red",
        basis_of(None),
        ("Case", case.id),
    )


def _custody_line(event: DisclosedRecord, case: DisclosedRecord) -> Happening:
    details = [event.text("place"), event.text("note")]
    status = STATUS_AFTER.get(event.value("kind"))
    what = event.text("kind")
    if _set_aside(event):
        what = tr(N_("{what} (another version, set aside)"), what=what)
    return Happening(
        event.value("on"),
        what,
        " · ".join(d for d in details if d and d != WITHHELD),
        STATUS_TONE[status] if status else "grey",
        basis_of(event.ref("source_id")),
        ("Case", case.id),
        event.id,
    )


def basis_of(source: DisclosedRecord | None) -> str:
    """Say on what a statement rests, in the neutral words that may be printed for every audience."""
    told = {
        SourceKind.DOCUMENT: N_("document"),
        SourceKind.AUTHORITY: N_("statement by the authorities"),
        SourceKind.MEDIA: N_("press"),
        SourceKind.TESTIMONY: N_("according to the family"),
    }
    kind: SourceKind = (source.value("kind") if source else None) or SourceKind.TESTIMONY
    return tr(told.get(kind, told[SourceKind.TESTIMONY]))


def _detained_counts(protests: list[DisclosedRecord], reader: Reader) -> dict[str, int]:
    """Count who was detained at these protests; for the office, which may know of all, by the database."""
    if reader.audience is not Audience.INTERNAL:
        reader.together(protests, "participants")
        return {protest.id: detained_count(protest) for protest in protests}
    ids = [protest.id for protest in protests]
    query = sa.select(Participant.event_id).where(
        Participant.event_id.in_(ids), Participant.outcome.in_(_HELD)
    )
    return Counter(reader.ids(query))


def _event_line(event: DisclosedRecord, link: DisclosedRecord, held: int) -> Happening:
    detail = link.text("role")
    if held:
        detail = (
            ntr("{role}; {n} person detained", "{role}; {n} people detained", held, role=detail)
            if detail
            else ""
        )
    own = "" if event.entity in (Protest, Meeting) else event_kinds.sort(event)
    return Happening(
        event.value("on"),
        event.title,
        " · ".join(p for p in (own, event_kinds.state_text(event), detail) if p),
        event_kinds.tone(event),
        tr(N_("office record")),
        (event.entity.__name__, event.id),
    )


def detained_count(event: DisclosedRecord) -> int:
    """Return how many participants were detained, as far as the audience may count them."""
    return sum(1 for p in event.children("participants") if p.value("outcome") in _HELD)


# Meetings


def meetings_of(reader: Reader, office_id: str = "") -> list[DisclosedRecord]:
    """Return meetings in the order of their dates, of one office or of all."""
    query = sa.select(Meeting.id)
    if office_id:
        query = query.where(Meeting.office_id == office_id)
    found = reader.many(Meeting, reader.ids(query))
    return sorted(found, key=lambda m: order_of(m.value("on")))


def meeting_for_dossier(reader: Reader) -> DisclosedRecord | None:
    """Return the next meeting on or after the reader's day, else the last one that was held.

    Whom the office will meet is not told to partners and the public: they get the last one.
    """
    meetings = meetings_of(reader)
    if reader.audience in (Audience.PARTNER, Audience.PUBLIC):
        meetings = [m for m in meetings if may_be_told(m.value("on"), reader)]
    coming = [m for m in meetings if m.value("on") and (m.value("on").latest or dt.date.max) >= reader.as_of]
    return coming[0] if coming else (meetings[-1] if meetings else None)


def cases_of(reader: Reader, refs: Iterable[str] = ()) -> list[str]:
    """Return the ids of the cases with these references, in their order; of all cases if none are given."""
    wanted = [r.strip().upper() for r in refs]
    if not wanted:
        return reader.ids(sa.select(Case.id).order_by(Case.ref))
    known = {ref: i for ref in wanted for i in reader.ids(sa.select(Case.id).where(Case.ref == ref))}
    return [known[ref] for ref in wanted if ref in known]


def refs_of(reader: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Return the references of cases by their ids."""
    return {case.id: case.text("ref") for case in reader.many(Case, ids)}


def linked_cases(reader: Reader, event_id: str) -> list[str]:
    """Return the ids of the cases that an event is linked to."""
    return reader.ids(sa.select(CaseEvent.case_id).where(CaseEvent.event_id == event_id))


def offices(reader: Reader) -> list[DisclosedRecord]:
    """Return all offices by name."""
    return sorted(reader.all(Office), key=lambda o: o.title)
