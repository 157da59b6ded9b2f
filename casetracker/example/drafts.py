"""The shapes of the example as drafts of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.example.protests import ARTICLE, COURT, FINES
from casetracker.example.shapes import (
    INVENTED,
    Came,
    Covered,
    Fields,
    File,
    Gathering,
    Held,
    Household,
    Human,
    Promised,
    Told,
    Visit,
    known,
)
from casetracker.model import Case, Family, Meeting, Office, Person, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.entity import children_of, new_id
from casetracker.model.events.event import Outcome, PenaltyKind
from casetracker.model.people.person import Language, NameKind, Script, script_of
from casetracker.model.sources.consent import Answer, ConsentForm
from casetracker.model.sources.source import Credibility, Reliability, SourceKind
from casetracker.store.draft import Draft

ASKED_ON = "2021-01-05"  # the day on which the relatives were asked about their own data
_PEOPLES = {
    "Uyghur": Language.UG,
    "Kyrgyz": Language.KY,
    "Tajik": Language.RU,
    "Hui": Language.RU,
    "Han": Language.RU,
}
_CREDIBILITY = dict(zip("123456", Credibility, strict=True))
# Why a source is graded as it is, where the example does not say it itself.
_TELLER = {
    SourceKind.TESTIMONY: "close relative, spoken to by the office; has told nothing wrong before",
    SourceKind.DOCUMENT: "the paper itself was seen",
    SourceKind.AUTHORITY: "speaks for the body in question",
    SourceKind.MEDIA: "the outlet names its own sources seldom",
    SourceKind.OTHER: "known to the office",
}
_NEWS = {
    "1": "another source says the same",
    "2": "fits what is known of others from the same county",
    "3": "not impossible; nothing speaks for it or against it",
    "4": "does not fit with what others say",
    "5": "others who were there say otherwise",
    "6": None,
}


@dataclass
class Keys:
    """The ids of what was written, by the keys of the example."""

    offices: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)


def office(values: Fields) -> Draft:
    """Return an office."""
    return Draft(Office, values=dict(values))


def person(human: Human) -> Draft:
    """Return a person with all spellings, the contact and the answers about their own data."""
    draft = Draft(Person, children={"names": [], "contacts": [], "consents": []})
    draft.id = new_id()
    draft.values = {
        "sex": human.sex,
        "birth": known(human.born),
        "ethnicity": human.ethnicity or None,
        "kz_status": human.status,
        "kz_since": known(human.since),
        "notes": INVENTED if human.source == INVENTED else None,
        **human.fields,
    }
    mains: set[Language] = set()
    for full in human.names:
        language = _language(full, human.ethnicity)
        draft.add(
            "names",
            full=full,
            language=language,
            kind=_kind(full, main=language not in mains),
            primary=language not in mains,
            source=human.source,
        )
        mains.add(language)
    if human.phone:
        draft.add("contacts", value=human.phone, note=INVENTED)
    for use in human.agreed:
        given = KnownDate.from_edtf(ASKED_ON).earliest
        draft.add(
            "consents",
            person_id=draft.id,
            use=use,
            answer=Answer.AGREES,
            given=given,
            form=ConsentForm.WRITTEN,
        )
    return draft


def _language(full: str, ethnicity: str) -> Language:
    script = script_of(full)
    if script is Script.CYRL:
        return {**_PEOPLES, "Uyghur": Language.RU}.get(ethnicity, Language.KK)
    if script is Script.ARAB:
        return Language.UG if ethnicity == "Uyghur" else Language.KK
    return Language.ZH if script is Script.HANS else Language.EN


def _kind(full: str, *, main: bool) -> NameKind:
    if script_of(full) is Script.LATN:
        return NameKind.ROMANISED
    return NameKind.REGISTERED if main or script_of(full) is not Script.CYRL else NameKind.MISSPELT


def family(household: Household, keys: Keys) -> Draft:
    """Return a family with its members."""
    about = next((kin.person for kin in household.members if kin.kinship.name == "SELF"), None)
    draft = Draft(Family, children={"members": []})
    draft.values = {
        "name": household.name,
        "petitioner_id": keys.people[household.members[0].person],
        "representative_id": keys.people.get(household.representative),
        "contact_id": keys.people[household.members[0].person],
        "safe_contact": household.safe_contact or None,
        "notes": INVENTED,
    }
    for kin in household.members:
        draft.add(
            "members",
            person_id=keys.people[kin.person],
            kinship=kin.kinship,
            to_person_id=keys.people[about] if about and about != kin.person else None,
            whereabouts=kin.where,
        )
    return draft


def case(told: File, keys: Keys) -> Draft:
    """Return a case with its sources, episodes of detention and consents."""
    draft = Draft(Case, children={name: [] for name in children_of(Case)})
    draft.values = {
        "ref": told.ref,
        "person_id": keys.people[told.person],
        "family_id": keys.families[told.family],
        "stage": told.stage,
        "opened": told.opened,
        "request": told.request,
        "account": told.account,
        "health": told.health or None,
        "notes": told.notes or None,
    }
    sources = {source.key: _source(draft, source, keys) for source in told.sources}
    for held in told.episodes:
        _episode(draft, held, sources)
    for said in told.answers:
        draft.add(
            "answers",
            says=said.says,
            on=known(said.on),
            body=said.body,
            form=said.form or None,
            words=said.words or None,
            source_id=sources.get(said.source),
        )
    if told.closed:
        draft.add("closings", **told.closed)
    for consent in told.consents:
        for use in consent.uses:
            draft.add(
                "consents",
                person_id=keys.people[consent.by],
                use=use,
                answer=consent.answer,
                given=consent.given,
                until=consent.until,
                withdrawn=consent.withdrawn,
                form=consent.form,
                conditions=consent.conditions or None,
            )
    return draft


def _source(draft: Draft, told: Told, keys: Keys) -> str:
    source = draft.add(
        "sources",
        label=INVENTED,
        kind=told.kind,
        person_id=keys.people.get(told.by),
        relation=told.relation or None,
        channel=told.channel,
        told=known(told.told),
        reliability=Reliability[told.grade[0]],
        credibility=_CREDIBILITY[told.grade[1]],
        reliability_reason=told.why or _TELLER[told.kind],
        credibility_reason=told.fits or _NEWS[told.grade[1]],
        **told.more,
        account=told.said or None,
    )
    source.id = new_id()
    return source.id


def _episode(draft: Draft, held: Held, sources: Mapping[str, str]) -> None:
    episode = draft.add(
        "episodes",
        arrested=known(held.arrested, held.words),
        held_from=known(held.held_from),
        ended=known(held.ended),
        **held.fields,
    )
    for judged in held.judged:
        episode.add(
            "judgments",
            court=judged.court or None,
            term_years=judged.years,
            term_months=judged.months,
            decided=known(judged.decided),
            term_from=known(judged.counted_from),
            source_id=sources.get(judged.source),
            **judged.fields,
        )
    for reason in held.reasons:
        episode.add("reasons", reason=reason)
    for event in held.custody:
        episode.add(
            "custody",
            kind=event.kind,
            on=known(event.on, event.words),
            place=event.place or None,
            note=event.note or None,
            source_id=sources[event.source],
            standing=event.standing,
            standing_reason=event.why or None,
        )


def protest(gathering: Gathering, keys: Keys) -> Draft:
    """Return a protest with those who took part and the cases that it is about."""
    draft = Draft(Protest, children={"cases": [], "participants": []})
    draft.values = {
        "title": gathering.title,
        "on": known(gathering.on, gathering.words),
        "place": gathering.place,
        "source": gathering.source,
        **gathering.fields,
    }
    _people(draft, gathering.came, keys)
    for ref, role in gathering.cases.items():
        draft.add("cases", case_id=keys.cases[ref], role=role)
    return draft


def meeting(visit: Visit, keys: Keys) -> Draft:
    """Return a meeting with those who came, the cases presented and the promises."""
    draft = Draft(Meeting, children={"cases": [], "participants": [], "presented": [], "promises": []})
    draft.values = {
        "ref": visit.ref,
        "title": visit.title,
        "on": KnownDate.on(visit.on),
        "office_id": keys.offices[visit.office],
        "source": visit.source,
        **visit.fields,
    }
    _people(draft, visit.came, keys)
    for line in visit.presented:
        case_id = keys.cases[line.ref]
        draft.add("presented", case_id=case_id, asked=line.asked, answered=line.answered or None)
        draft.add("cases", case_id=case_id, role=CaseRole.PRESENTED)
    for made in visit.promises:
        _promise(draft, made, keys)
    return draft


def _promise(draft: Draft, made: Promised, keys: Keys) -> None:
    promise = draft.add(
        "promises",
        words=made.words,
        due=made.due,
        due_basis=made.basis,
        made_by_id=keys.people.get(made.by),
        **made.fields,
    )
    for covered in made.covers:
        promise.add("covers", case_id=keys.cases[covered.ref], **outcome(covered))


def outcome(covered: Covered) -> dict[str, Any]:
    """Return the fields that say what became of a promise for a case."""
    return {"outcome": covered.outcome, "outcome_on": covered.on, "outcome_note": covered.note or None}


def _people(draft: Draft, came: Iterable[Came], keys: Keys) -> None:
    for one in came:
        draft.add(
            "participants",
            person_id=keys.people[one.person],
            part=one.part,
            post=one.post or None,
            outcome=one.outcome,
            detained=known(one.detained),
            hours_held=one.hours,
            note=one.note or None,
        )


def fine(draft: Draft, keys: Keys) -> None:
    """Add to a protest the fines of those who were detained there."""
    there = {line.values["person_id"]: line for line in draft.children["participants"]}
    for fined in FINES:
        line = there[keys.people[fined.person]]
        line.values["outcome"] = Outcome.FINED
        line.add(
            "penalties",
            kind=PenaltyKind.FINE,
            article=ARTICLE,
            amount=fined.amount,
            decided=fined.decided,
            court=COURT,
            paid=fined.paid,
            paid_by=fined.paid_by or None,
            appeal=fined.appeal,
            appeal_note=fined.appeal_note or None,
        )
