"""Writes a made-up casebook, and notes of every word in it who may read it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image

from casetracker.errors import UserError
from casetracker.model import (
    Appeal,
    Case,
    Family,
    Meeting,
    Office,
    Person,
    Protest,
    Reprisal,
)
from casetracker.model.confidentiality import Confidentiality, Sensitivity
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.case import CaseRole, Stage
from casetracker.model.detention.judgment import SentenceKind
from casetracker.model.events.event import Outcome, Part, PenaltyKind
from casetracker.model.papers import PaperKind
from casetracker.model.people.kinship import Kinship
from casetracker.model.people.person import ContactKind
from casetracker.model.sources.consent import Answer
from casetracker.model.sources.source import Channel, Credibility, Reliability, SourceKind
from casetracker.model.work.appeal import ReplyKind
from casetracker.store import documents
from casetracker.store.draft import Draft
from casetracker.store.handover import hand_over
from casetracker.store.store import Store
from tests.books import rules, words
from tests.books.plans import Answers, CasePlan, FamilyPlan, Plan, ProtestPlan, Said, Someone
from tests.books.rules import Secrets

TODAY = dt.date(2021, 11, 12)
COMING = "2022-03-14"


class Book:
    """A casebook as it is written: ids of its cases and people, and its secrets."""

    def __init__(self, store: Store, plan: Plan, folder: Path) -> None:
        self.store, self.plan, self.folder = store, plan, folder
        self.secrets = Secrets()
        self.cases: list[str] = []
        self.case_of: list[tuple[CasePlan, int]] = []
        self.meetings: list[str] = []
        self.here: list[tuple[str, Someone]] = []  # families and strangers, in the order of their places
        self.pictures = 0
        self._next = 0
        self._photographed: list[str] = []
        self._given: list[str] = []
        with store.edit("Write a casebook") as self._edit:  # one action: a hundred would take their time
            self._write()
        for case in self._photographed:
            self._photograph(case)
        for meeting in self._given:
            with suppress(UserError):  # none of its cases may be shown to officials
                hand_over(store, meeting)

    def _write(self) -> None:
        plan = self.plan
        self._officials = [self._person(o) for o in plan.officials]
        self.here += [(self._person(s), s) for s in plan.strangers]
        self._office = self._offices()
        for number, family in enumerate(plan.families):
            self._family(number, family)
        for protest in plan.protests:
            self._protest(protest)
        for meeting in range(len(plan.meetings)):
            self._meeting(meeting)
        for appeal in range(len(plan.appeals)):
            self._appeal(appeal)
        if plan.reprisal:
            self._reprisal()

    def paper_families(self, case: int | None) -> frozenset[int]:
        """Return the families of a paper about one case, or about all."""
        if case is None or not self.cases:
            return frozenset(range(len(self.plan.families)))
        return frozenset({self.case_of[case % len(self.cases)][1]})

    # Words

    def word(self, rule: rules.Rule = rules.office) -> str:
        """Return a new word in a sentence; it may stand where the rule says so, else never outside."""
        self._next += 1
        word = words.text(self._next)
        self.secrets.add([word], rule)
        return f"Told so: {word}."

    def _choose(self, places: Sequence[int]) -> list[tuple[str, Someone]]:
        found = dict.fromkeys(place % len(self.here) for place in places)
        return [self.here[place] for place in found]

    def _some_cases(self, places: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(place % len(self.cases) for place in places))

    # People

    def _person(
        self,
        someone: Someone,
        *,
        families: frozenset[int] = frozenset(),
        about: Sequence[Answers] = (),
    ) -> str:
        """Write a person; `about` are the answers of others, by which the data of the detained go."""
        if about:
            own = tuple(each for each in someone.answers if each[1] is Said.REFUSES)
            agreed = rules.uses([*about, own])
        else:
            agreed = rules.uses([someone.answers])
        name = rules.name_rule(someone, agreed, families)
        born = words.born(someone.number, child=someone.child)
        draft = self.store.draft(Person)
        draft.values |= {
            "birth": KnownDate.on(born),
            "public_figure": someone.official,
            "notes": self.word(),
            "confidentiality": int(someone.level),
            "marks": self.word(),
        }
        for place, script in enumerate(someone.scripts):
            parts = words.name_words(someone.number, script)
            self.secrets.add(parts, name)
            draft.add("names", full=" ".join(parts), primary=place == 0, position=place, source=self.word())
        if not someone.official:
            self.secrets.add(
                [f"day of birth {born.isoformat()}"], rules.birth_rule(someone, agreed, families)
            )
        phone, passport = words.phone(someone.number), words.passport(someone.number)
        self.secrets.add([phone, passport], rules.office)
        draft.add("contacts", kind=ContactKind.PHONE, value=phone, note=self.word())
        draft.add("papers", kind=PaperKind.PRC_PASSPORT, number=passport, note=self.word())
        draft.add("addresses", text=self.word(), place="Almaty")
        _say(draft, someone.answers)
        return self._edit.write(draft)

    def _family(self, number: int, plan: FamilyPlan) -> None:
        mine = frozenset({number})
        members = [self._person(m, families=mine) for m in plan.members]
        self.here += zip(members, plan.members, strict=True)
        draft = self.store.draft(Family)
        own: rules.Rule = lambda paper: (  # noqa: E731
            rules.office(paper) or (paper.audience is rules.Audience.FAMILY and number in paper.families)
        )
        draft.values |= {
            "name": self.word(own),
            "petitioner_id": members[0],
            "contact_id": members[-1],
            "safe_contact": self.word(),
            "notes": self.word(),
        }
        kinships = [Kinship.WIFE, Kinship.SON, Kinship.MOTHER]
        for member, kinship in zip(members, kinships, strict=False):
            draft.add("members", person_id=member, kinship=kinship)
        draft.add("contact_log", on=dt.date(2021, 3, 4), said=self.word(), person_id=members[0])
        family = self._edit.write(draft)
        for case in plan.cases:
            self._case(case, number, family, members)

    # Cases

    def _case(self, plan: CasePlan, number: int, family: str, members: list[str]) -> None:
        agreed = rules.uses(plan.answers)
        rule = rules.case_rule(agreed, plan.level, number)
        story = rules.story_rule(agreed, rule)
        health = rules.held_rule(Sensitivity.HEALTH, agreed, rule)
        person = self._person(plan.detained, families=frozenset({number}), about=plan.answers)
        ref = f"CT-{words.reference(len(self.cases))}"
        draft = self.store.draft(Case)
        draft.values |= {
            "ref": ref,
            "person_id": person,
            "family_id": family,
            "stage": Stage.ACTIVE,
            "confidentiality": int(plan.level),
            "request": self.word(rule),
            "account": self.word(story) + self._slip(plan),
            "health": self.word(health),
            "notes": self.word(),
        }
        self._detention(draft, plan, rule, story, health)
        for telling in plan.tellings:
            self._telling(draft, telling.who, telling.kind)
        for speaker, answers in zip((members[0], members[-1]), plan.answers, strict=True):
            _say(draft, answers, person_id=speaker)
        case = self._edit.write(draft)
        self.secrets.add([ref], rule)
        self.cases.append(case)
        self.case_of.append((plan, number))
        if plan.photograph:
            self._photographed.append(case)

    def _slip(self, plan: CasePlan) -> str:
        """Return what a clerk typed who forgot who reads it: the name of somebody around."""
        if not plan.slip or not self.here:
            return ""
        _, who = self.here[plan.detained.number % len(self.here)]
        return " " + " ".join(words.name_words(who.number, who.scripts[0])) + " saw it."

    def _detention(
        self, draft: Draft, plan: CasePlan, rule: rules.Rule, story: rules.Rule, health: rules.Rule
    ) -> None:
        episode = draft.add(
            "episodes",
            arrested=KnownDate.from_edtf("2018-10~"),
            county="Emin",
            held_at=self.word(story),
            officers=self.word(),
            conditions=self.word(health),
            official_reason=self.word(rule),
        )
        for kind, months in plan.custody:
            on = KnownDate.from_edtf(f"{2017 + months // 12}-{months % 12 + 1:02}")
            episode.add("custody", kind=kind, on=on, note=self.word(story), standing_reason=self.word())
        if plan.sentenced:
            episode.add(
                "judgments",
                decided=KnownDate.from_edtf("2019-04"),
                court=self.word(rule),
                number=self.word(story),
                sentence=SentenceKind.FIXED,
                term_years=13,
            )
        draft.add(
            "answers",
            on=KnownDate.from_edtf("2021-02-11"),
            body="Embassy",
            says=Acknowledgement.DENIED,
            words=self.word(story),
        )

    def _telling(self, draft: Draft, who: int | None, kind: SourceKind) -> None:
        known = self.here[who % len(self.here)][0] if who is not None and self.here else None
        draft.add(
            "sources",
            label=self.word(),
            kind=kind,
            person_id=known,
            relation="neighbour",
            outlet=self.word(),
            channel=Channel.PHONE,
            told_at=self.word(),
            interviewer=self.word(),
            reliability=Reliability.B,
            reliability_reason=self.word(),
            credibility=Credibility.TWO,
            credibility_reason=self.word(),
            account=self.word(),
            translation=self.word(),
        )

    def _photograph(self, case: str) -> None:
        """Take in a photograph whose camera knew too much."""
        told = [self.word() for _ in range(3)]
        exif = Image.Exif()
        exif[0x010E], exif[0x9286], exif[0x8825] = told[0], told[1], {1: "N", 29: told[2]}
        picture = Image.new("RGB", (32, 24), (200, 40 + self.pictures, 60))
        path = self.folder / f"{self.word()[9:-1]}.jpg"
        out = io.BytesIO()
        picture.save(out, "JPEG", exif=exif, comment=told[0].encode())
        path.write_bytes(out.getvalue())
        self.pictures += 1
        values = {"case_id": case, "kind": "photograph", "received_from": self.word()}
        taken = documents.take_in(self.store, [path], values)
        assert taken.new, taken.failed

    # Events

    def _offices(self) -> str:
        draft = self.store.draft(Office)
        draft.values |= {"name": "Commissioner for Human Rights", "notes": self.word()}
        return self._edit.write(draft)

    def _protest(self, plan: ProtestPlan) -> None:
        anybody = rules.anybody(Confidentiality.OFFICIAL)
        draft = self.store.draft(Protest)
        draft.values |= {
            "title": self.word(rules.office if plan.planned else anybody),
            "on": KnownDate.from_edtf(COMING if plan.planned else "2021-02-08"),
            "place": "Almaty",
            "account": self.word(),
            "source": self.word(),
            "officers_words": self.word(),
        }
        for place, (person, someone) in enumerate(self._choose(plan.people)):
            agreed = rules.uses([someone.answers])
            punished = place < plan.punished and not plan.planned
            fate = rules.fate_rule(someone, agreed)
            draft.add(
                "participants",
                person_id=person,
                part=Part.PARTICIPANT,
                outcome=Outcome.FINED if punished else Outcome.PRESENT,
                station=self.word(fate),
                note=self.word(),
            )
            if punished:
                draft.children["participants"][-1].add(
                    "penalties",
                    kind=PenaltyKind.FINE,
                    amount=87_510,
                    article=self.word(fate),
                    court=self.word(fate),
                    judge=self.word(),
                    paid_by=self.word(),
                )
        for case in self._some_cases(plan.concerns):
            draft.add("cases", case_id=self.cases[case], role=CaseRole.SPOKEN_FOR, note=self.word())
        self._edit.write(draft)

    def _case_rule(self, case: int) -> rules.Rule:
        plan, family = self.case_of[case]
        return rules.case_rule(rules.uses(plan.answers), plan.level, family)

    def _meeting(self, number: int) -> None:
        plan = self.plan.meetings[number]
        draft = self.store.draft(Meeting)
        draft.values |= {
            "title": f"Meeting number {number + 1}",
            "on": KnownDate.from_edtf(COMING if plan.planned else f"2021-10-{11 + number}"),
            "office_id": self._office,
            "agenda": self.word(),
            "minutes": self.word(),
            "follow_up": self.word(),
        }
        for person in self._officials:
            draft.add("participants", person_id=person, part=Part.OFFICIAL, post="Commissioner")
        for person, _ in self.here[:1]:
            draft.add("participants", person_id=person, part=Part.DELEGATE)
        cases = self._some_cases(plan.cases)
        for case in cases:
            rule = self._case_rule(case)
            draft.add("presented", case_id=self.cases[case], asked=self.word(rule), answered=self.word(rule))
            draft.add("cases", case_id=self.cases[case], role=CaseRole.PRESENTED)
        for outcome in plan.outcomes if cases else ():
            promise = draft.add(
                "promises",
                words="Look into it",
                due=dt.date(2021, 11, 1),
                made_by_id=self._officials[0],
                evidence=self.word(),
            )
            for case in cases:
                note = self.word(self._case_rule(case))
                promise.add("covers", case_id=self.cases[case], outcome=outcome, outcome_note=note)
        meeting = self._edit.write(draft)
        self.meetings.append(meeting)
        if plan.handed_over and cases:
            self._given.append(meeting)

    def _appeal(self, number: int) -> None:
        plan = self.plan.appeals[number]
        draft = self.store.draft(Appeal)
        draft.values |= {
            "subject": "Request for news",
            "office_id": self._office,
            "sent": dt.date(2021, 3, 1),
            "summary": self.word(),
            "signed_by_id": self.here[0][0],
            "notes": self.word(),
        }
        reply = draft.add("replies", on=dt.date(2021, 4, 2), kind=ReplyKind.INTERIM) if plan.replied else None
        for case in self._some_cases(plan.cases):
            case_plan, _ = self.case_of[case]
            rule = self._case_rule(case)
            draft.add("cases", case_id=self.cases[case], asked=self.word(rule))
            if reply is not None:
                said = rules.story_rule(rules.uses(case_plan.answers), rule)
                reply.add("cases", case_id=self.cases[case], said=self.word(said))
        self._edit.write(draft)

    def _reprisal(self) -> None:
        draft = self.store.draft(Reprisal)
        draft.values |= {
            "title": self.word(),
            "on": KnownDate.from_edtf("2021-06-01"),
            "words": self.word(),
            "by_whom": self.word(),
            "kin": self.word(),
        }
        for person, _ in self.here[:1]:
            draft.add("participants", person_id=person, part=Part.TARGET)
        draft.add("cases", case_id=self.cases[0], role=CaseRole.CONCERNS)
        self._edit.write(draft)


def _say(draft: Draft, answers: Answers, **more: object) -> None:
    """Write down answers about consent."""
    for use, said in answers:
        values: dict[str, object] = {"answer": Answer.AGREES, "given": dt.date(2021, 1, 5)}
        if said is Said.REFUSES:
            values["answer"] = Answer.REFUSES
        elif said is Said.WITHDREW:
            values["withdrawn"] = dt.date(2021, 6, 1)
        elif said is Said.ENDED:
            values["until"] = dt.date(2021, 6, 1)
        elif said is Said.LATER:
            values["given"] = dt.date(2021, 12, 24)
        draft.add("consents", use=use, conditions="only after asking", **values, **more)
