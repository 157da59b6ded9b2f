"""What the page of a case shows, as plain values read in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, Person, terms
from casetracker.model.confidentiality import USE_SHORT, Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import ACKNOWLEDGEMENT_TONE
from casetracker.model.detention.attention import Attention
from casetracker.model.detention.case import AT_REST, Stage
from casetracker.model.detention.certainty import CERTAINTY_TONE
from casetracker.model.sources.consent import Answer
from casetracker.store import attention, kin, portraits, questions, relations, situations
from casetracker.store.citations import contradicted, grade
from casetracker.store.questions import Happening, Owed
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import standing
from casetracker.store.store import Store

Facts = list[tuple[str, str, str]]  # label, value, note


@dataclass(frozen=True)
class Chip:
    """A short coloured label."""

    text: str
    tone: str
    help: str = ""


@dataclass(frozen=True)
class Relative:
    """A line of the family card."""

    person_id: str
    name: str
    kin: str
    chip: Chip | None


@dataclass(frozen=True)
class SourceLine:
    """One source of the case."""

    label: str
    kind: str
    relation: str
    told: str
    grade: str


@dataclass(frozen=True)
class ConsentLine:
    """One answer about one use."""

    use: str
    who: str
    answer: str
    given: str
    ends: str
    chip: Chip
    living: bool = True


@dataclass(frozen=True)
class CaseData:
    """Everything on the page."""

    id: str
    ref: str
    name: str
    others: list[str]
    person_id: str
    family_id: str
    family_name: str
    chips: list[Chip]
    contradicted: bool
    request: str
    situation: Facts
    account: str
    notes: str
    chronology: list[Happening]
    happened_inside: int
    stage: Stage
    sources: list[SourceLine]
    consents: list[ConsentLine]
    relatives: list[Relative]
    safe_contact: str
    promises: list[Owed]
    need: Attention = field(default_factory=Attention)
    portrait: bytes = b""

    @property
    def open_promises(self) -> list[Owed]:
        """What is still owed to this case."""
        return [p for p in self.promises if p.open]


def read(store: Store, case_id: str) -> CaseData | None:
    """Read a case as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        case = reader.get(Case, case_id)
        found = _read(case, reader) if case else None
    if found is None:
        return None
    need = attention.of_case(store, case_id)
    return replace(found, chips=[*found.chips, *_attention_chip(need)], need=need)


def _read(case: DisclosedRecord, reader: Reader) -> CaseData:
    person = case.ref("person_id")
    family = case.ref("family_id")
    now = situations.situation(case, reader)
    names = reader.names(case.value("person_id"))
    return CaseData(
        id=case.id,
        ref=case.text("ref"),
        portrait=portraits.portrait_of(case.ref("person_id")),
        name=names[0] if names else case.text("ref"),
        others=names[1:],
        person_id=case.value("person_id"),
        family_id=family.id if family else "",
        family_name=family.title if family else "",
        chips=[
            *axis_chips(now),
            Chip(case.text("ref"), "blue"),
            *consent_chips(case, reader),
            *_confirmed_chip(case, reader),
            *_authority_chip(case, family, reader.as_of),
            *_stage_chip(case),
        ],
        contradicted=now.contradicted or contradicted(reader, case.id),
        request=case.text("request"),
        situation=_situation(case, person, now, reader.as_of),
        account=case.text("account"),
        notes=case.text("notes"),
        chronology=questions.chronology(case, reader),
        happened_inside=len(situations.custody(case)),
        stage=case.value("stage"),
        sources=[_source(s) for s in case.children("sources")],
        consents=[consent_line(c, reader.as_of) for c in case.children("consents")],
        relatives=relatives(family, case, reader) if family else [],
        safe_contact=family.text("safe_contact") if family else "",
        promises=questions.promises(reader, case_id=case.id),
    )


def axis_chips(now: situations.Situation) -> list[Chip]:
    """Return the three axes of the status as chips: custody, what the State says, how sure it is."""
    chips = [Chip(now.status_text, now.tone, tr(N_("It follows from what happened in custody.")))]
    if now.days_beyond:
        chips.append(Chip(tr(N_("Beyond the sentence")), "red", beyond_text(now.days_beyond)))
    if says := now.acknowledgement:
        text = tr(N_("State: {what}"), what=terms.label_of(says).lower())
        chips.append(Chip(text, ACKNOWLEDGEMENT_TONE[says], tr(N_("The latest answer of the State."))))
    if sure := now.certainty:
        help_text = tr(N_("It follows from the sources of what decided the status."))
        chips.append(Chip(terms.label_of(sure), CERTAINTY_TONE[sure], help_text))
    return chips


def _attention_chip(need: Attention) -> list[Chip]:
    return [Chip(tr(N_("Attention {n}"), n=need.score), need.tone, need.text())] if need.score else []


def _authority_chip(case: DisclosedRecord, family: DisclosedRecord | None, day: dt.date) -> list[Chip]:
    """Warn where the petitioner may not act for the case, as long as the office works on it."""
    if family is None or case.value("stage") in AT_REST:
        return []
    missing = relations.authority_missing(family, day, case.id)
    return (
        [Chip(missing, "amber", tr(N_("Who may act stands on the page of the family.")))] if missing else []
    )


def _confirmed_chip(case: DisclosedRecord, reader: Reader) -> list[Chip]:
    """Say whether the family confirmed what is recorded, or because of what that lapsed."""
    stands = standing.of_case(reader, case.id)
    if stands.state is standing.Confirmed.NEVER:
        return []
    return [Chip(stands.text(), stands.tone, stands.why() or tr(N_("See the page “Reviews”.")))]


def _stage_chip(case: DisclosedRecord) -> list[Chip]:
    return [Chip(case.text("stage"), "grey", tr(N_("Where the office's own work stands")))]


def consent_chips(case: DisclosedRecord, reader: Reader) -> list[Chip]:
    """Say what the family agreed to: green for yes, red for officials if not, amber if it ends soon."""
    rows = case.children("consents")
    living = {c.value("use") for c in rows if c.value("answer") is Answer.AGREES and _lives(c, reader.as_of)}
    refused = {
        c.value("use") for c in rows if c.value("answer") is Answer.REFUSES and _lives(c, reader.as_of)
    }
    chips = []
    if Use.K3 in living - refused:
        chips.append(Chip(tr(N_("Consent: officials")), "green"))
    else:
        chips.append(
            Chip(tr(N_("No consent for officials")), "red", tr(N_("Left out of papers for officials.")))
        )
    if not {Use.K8, Use.K9} & (living - refused):
        chips.append(Chip(tr(N_("No publication")), "grey"))
    others = sorted((living - refused) - {Use.K0, Use.K3, Use.K12}, key=lambda u: u.name)
    if others:
        every = ", ".join(tr(USE_SHORT[u]) for u in others)
        few = ", ".join(tr(USE_SHORT[u]) for u in others[:2])
        more = tr(N_("{few} and {n} more"), few=few, n=len(others) - 2) if len(others) > 2 else few
        chips.append(Chip(more, "green", every))
    return chips


def _lives(consent: DisclosedRecord, day: dt.date) -> bool:
    until, withdrawn = consent.value("until"), consent.value("withdrawn")
    return (
        consent.value("given") <= day and (not until or day <= until) and (not withdrawn or day < withdrawn)
    )


def _situation(
    case: DisclosedRecord, person: DisclosedRecord | None, now: situations.Situation, today: dt.date
) -> Facts:
    facts: Facts = []
    decided = now.decided_by
    source = decided.ref("source_id") if decided else None
    by = [source.title, grade(source)] if source else []
    facts.append((tr(N_("Status")), now.status_text, " · ".join(b for b in by if b)))
    facts.append((tr(N_("Place")), now.place, ""))
    facts.append((tr(N_("Detained")), now.since.text() if now.since else "", held(now.days_held)))
    facts.append((tr(N_("Sentence ends")), situations.release_text(now.release), _end_note(now)))
    facts.append((tr(N_("The State says")), *_state(now.answer)))
    if now.episode:
        reason = now.episode.text("official_reason")
        if now.episode.value("no_reason_given"):
            reason = tr(N_("none given to the family"))
        facts.append((tr(N_("Official reason")), reason, ""))
        facts.append((tr(N_("Suspected reason")), now.episode.text("suspected_reason"), ""))
    if person:
        status = " ".join(p for p in (person.text("kz_status"), person.text("kz_since")) if p)
        papers = " · ".join(p for p in (person.text("citizenships"), status) if p)
        facts.append((tr(N_("Citizenship / status")), papers, ""))
        facts.append((tr(N_("Born")), person.text("birth"), ""))
    facts.append((tr(N_("Health")), case.text("health"), ""))
    if now.last_news:
        silent = now.days_silent or 0
        facts.append((tr(N_("Last news")), now.last_news.text(), ntr("{n} day ago", "{n} days ago", silent)))
    numbers = [*case.children("numbers"), *(person.children("numbers") if person else [])]
    facts.append((tr(N_("Numbers elsewhere")), " · ".join(number.title for number in numbers), ""))
    return [f for f in facts if f[1]]


def _end_note(now: situations.Situation) -> str:
    if now.days_beyond:
        return beyond_text(now.days_beyond)
    return tr(now.release.basis.value) if now.release else ""


def _state(answer: DisclosedRecord | None) -> tuple[str, str]:
    if answer is None:
        return "", ""
    on: KnownDate | None = answer.value("on")
    return answer.text("says"), ", ".join(p for p in (answer.text("body"), on.text() if on else "") if p)


def beyond_text(days: tuple[int | None, int | None] | None) -> str:
    """Say for how long somebody is held beyond the sentence; empty if they are not."""
    if days is None or days[0] is None:
        return ""
    return ntr("at least {n} day beyond the sentence", "at least {n} days beyond the sentence", days[0])


def held(days: tuple[int | None, int | None]) -> str:
    """Say how long somebody has been held, at least and at most."""
    least, most = days
    if least is None and most is None:
        return ""
    if most is None:
        return ntr("at least {n} day held", "at least {n} days held", least or 0)
    if least == most:
        return ntr("{n} day held", "{n} days held", most)
    if not least:
        return ntr("at most {n} day held", "at most {n} days held", most)
    return tr(N_("{least} to {most} days held"), least=least, most=most)


def _source(source: DisclosedRecord) -> SourceLine:
    told: KnownDate | None = source.value("told")
    return SourceLine(
        source.title,
        source.text("kind"),
        source.text("relation"),
        told.short() if told else "",
        grade(source),
    )


def consent_line(consent: DisclosedRecord, today: dt.date) -> ConsentLine:
    """Return an answer about a use as it stands on that day."""
    withdrawn, until = consent.value("withdrawn"), consent.value("until")
    if withdrawn:
        chip = Chip(tr(N_("withdrawn")), "red")
    elif until and until < today:
        chip = Chip(tr(N_("ran out")), "amber")
    elif consent.value("answer") is Answer.REFUSES:
        chip = Chip(tr(N_("refused")), "red")
    else:
        chip = Chip(tr(N_("agreed")), "green")
    return ConsentLine(
        consent.text("use"),
        consent.text("person_id"),
        consent.text("answer"),
        consent.text("given"),
        consent.text("withdrawn") or consent.text("until"),
        chip,
        _lives(consent, today),
    )


def relatives(family: DisclosedRecord, case: DisclosedRecord | None, reader: Reader) -> list[Relative]:
    """Return the members of a family with what they are to the detained relative."""
    petitioner, representative = family.value("petitioner_id"), family.value("representative_id")
    lines = []
    for member in family.children("members"):
        person_id = member.value("person_id")
        if case is not None and person_id == case.value("person_id"):
            continue
        person = member.ref("person_id")
        words = [_kin(member, case)]
        words += [tr(N_("petitioner"))] if person_id == petitioner else []
        words += [tr(N_("representative"))] if person_id == representative else []
        lines.append(
            Relative(person_id, member.text("person_id"), ", ".join(w for w in words if w), _chip(person))
        )
    seen = {line.person_id for line in lines}
    if representative and representative not in seen:
        lines.append(Relative(representative, reader.name(representative), tr(N_("representative")), None))
    return lines


def _kin(member: DisclosedRecord, case: DisclosedRecord | None) -> str:
    """Say what a member is; of whom too, where that is not the relative whom the case is about."""
    found = kin.kin_of(member)
    about = case.value("person_id") if case else None
    return found.term if found.whom_id in ("", about) else found.text


def _chip(person: DisclosedRecord | None) -> Chip | None:
    return Chip(tr(N_("minor")), "amber") if person and person.minor else None


def person_name(store: Store, person_id: str) -> str:
    """Return a person's main name."""
    with store.reader() as reader:
        return reader.name(person_id) if reader.get(Person, person_id) else ""
