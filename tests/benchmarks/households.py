"""The people of a generated casebook: detained relatives, their families and cases."""

from __future__ import annotations

import datetime as dt

from casetracker.model import (
    Case,
    Consent,
    ContactPoint,
    CustodyEvent,
    Episode,
    Family,
    FamilyMember,
    Judgment,
    Person,
    PersonName,
    Source,
)
from casetracker.model.confidentiality import Use
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind, Standing
from casetracker.model.detention.episode import Forces
from casetracker.model.people.family import Kinship, Whereabouts
from casetracker.model.people.person import KazakhstanStatus, Language, NameKind, Script, Sex, folded
from casetracker.model.sources.consent import Answer, ConsentForm
from casetracker.model.sources.source import Channel, Credibility, Reliability, SourceKind
from tests.benchmarks.rows import Rows, dated, undated
from tests.benchmarks.spellings import Part, Spellings, spelt

_LANGUAGE = {
    Script.CYRL: Language.KK,
    Script.LATN: Language.EN,
    Script.HANS: Language.ZH,
    Script.ARAB: Language.KK,
}
_COUNTIES = ("Emin", "Tacheng", "Kunes", "Tekes", "Altay", "Burqin", "Qaba", "Mori", "Barkol", "Nilka")
_KINSHIP = (
    (Kinship.WIFE, True),
    (Kinship.MOTHER, True),
    (Kinship.ELDER_BROTHER, False),
    (Kinship.SON, False),
)


class Households(Rows):
    """Rows of people, families and cases; `petitioners` says who asks for which case."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.petitioners: dict[str, str] = {}
        self._asks: dict[str, str] = {}  # who petitions, by family

    def _person(
        self, *, female: bool, scripts: int, father: Part | None = None, official: bool = False
    ) -> tuple[str, Spellings, Part]:
        names, given = spelt(self.dice, female=female, father=father)
        citizen = self.dice.random() < 0.7
        id_ = self.add(
            Person,
            sex=Sex.FEMALE if female else Sex.MALE,
            **dated("birth", str(self.dice.randint(1945, 2015))),
            ethnicity="Kazakh",
            citizenships="Kazakhstan" if citizen else "China",
            kz_status=KazakhstanStatus.CITIZEN if citizen else KazakhstanStatus.KANDAS,
            **undated("kz_since"),
            public_figure=True if official else None,
        )
        for position, (script, full) in enumerate(names.by_script()[:scripts]):
            self.add(
                PersonName,
                person_id=id_,
                full=full,
                script=script,
                language=_LANGUAGE[script],
                kind=NameKind.REGISTERED if position == 0 else NameKind.ROMANISED,
                primary=script is not Script.ARAB,
                position=position,
                folded=folded(full),
            )
        return id_, names, given

    def official(self) -> str:
        """Add an official."""
        return self._person(female=False, scripts=2, official=True)[0]

    def _family(self, relative: str, names: Spellings, father: Part) -> tuple[str, str]:
        members = self.dice.sample(_KINSHIP, self.dice.randint(1, 3))
        people = [
            self._person(female=female, scripts=2, father=father if kinship is Kinship.SON else None)[0]
            for kinship, female in members
        ]
        family = self.add(
            Family,
            name=f"Family of {names.latn}",
            petitioner_id=people[0],
            contact_id=people[0],
            representative_id=None,
            safe_contact="Never call before seven in the evening." if self.dice.random() < 0.1 else None,
        )
        self._member(family, relative, Kinship.SELF, Whereabouts.DETAINED, None, 0)
        for place, (person, (kinship, _)) in enumerate(zip(people, members, strict=True), 1):
            self._member(family, person, kinship, Whereabouts.HERE, relative, place)
        self.add(ContactPoint, person_id=people[0], value=f"+7 000 {self.dice.randint(1000000, 9999999)}")
        self._asks[family] = people[0]
        return family, people[0]

    def _member(
        self, family: str, person: str, kinship: Kinship, where: Whereabouts, to: str | None, place: int
    ) -> None:
        self.add(
            FamilyMember,
            family_id=family,
            person_id=person,
            kinship=kinship,
            to_person_id=to,
            whereabouts=where,
            position=place,
        )

    # Cases

    def case(self, family: str) -> tuple[str, str]:
        """Add a case, of this family if one is given; return the ids of both."""
        person, names, given = self._person(
            female=self.dice.random() < 0.3, scripts=4 if self.dice.random() < 0.9 else 2
        )
        if family:
            petitioner = self._asks[family]
            self._member(family, person, Kinship.SELF, Whereabouts.DETAINED, None, 9)
        else:
            family, petitioner = self._family(person, names, given)
        case = self.add(
            Case,
            ref=self.ref("CT"),
            person_id=person,
            family_id=family,
            stage=self.dice.choice((Stage.ACTIVE, Stage.ACTIVE, Stage.VERIFYING, Stage.INTAKE)),
            opened=self.day(2018, 2020),
            request="Say in writing where he is held and on what grounds, and let the family call him.",
            account=(
                "The relative was called to the village office, was told that it was for a day, and did "
                "not come home. The family asked at three offices and was given no paper. " * 2
            ),
        )
        self.petitioners[case] = petitioner
        sources = [self._source(case, petitioner, number) for number in range(self.dice.randint(1, 3))]
        self._episode(case, sources)
        self._consents(case, petitioner)
        return case, family

    def _source(self, case: str, person: str, number: int) -> str:
        return self.add(
            Source,
            case_id=case,
            label=("Petitioner, in our office", "Neighbour who left in 2019", "Copy of the judgement")[
                number
            ],
            kind=(SourceKind.TESTIMONY, SourceKind.TESTIMONY, SourceKind.DOCUMENT)[number],
            person_id=person if number == 0 else None,
            relation="wife" if number == 0 else None,
            channel=self.dice.choice((Channel.PHONE, Channel.MESSENGER, Channel.VISIT)),
            **dated("told", self.day(2019, 2020).isoformat()),
            reliability=self.dice.choice(list(Reliability)),
            credibility=self.dice.choice(list(Credibility)),
            reliability_reason="as the interviewer judged",
            credibility_reason="as the interviewer judged",
            account="What was said, taken down in the office. " * 3,
        )

    def _episode(self, case: str, sources: list[str]) -> None:
        taken = self.vague(2017, 2018)
        fate = self.dice.choice(
            (CustodyKind.SENTENCED, CustodyKind.CAMP, CustodyKind.LOST, CustodyKind.RELEASED_CONTROL)
        )
        sentenced = fate is CustodyKind.SENTENCED
        episode = self.add(
            Episode,
            case_id=case,
            position=0,
            **dated("arrested", taken),
            **undated("held_from"),
            arrest_place="at home",
            forces=self.dice.choice(list(Forces)),
            county=self.dice.choice(_COUNTIES),
            held_at="Detention centre of the county",
            suspected_reason="a visit to Kazakhstan",
        )
        if sentenced:
            self._judgment(episode, sources[-1])
        self._custody(episode, CustodyKind.TAKEN, taken, sources[0])
        self._custody(episode, CustodyKind.DETENTION_CENTRE, self.vague(2018, 2018), sources[0])
        later = self.vague(2019, 2021)
        self._custody(episode, fate, later, sources[-1])
        if self.dice.random() < 0.1:  # another source says otherwise of the same day
            self._custody(episode, CustodyKind.RELEASED, later, sources[0], decide=self.dice.random() < 0.5)

    def _judgment(self, episode: str, source: str) -> None:
        self.add(
            Judgment,
            episode_id=episode,
            court="Intermediate court of Ili",
            term_years=self.dice.randint(3, 19),
            source_id=source,
        )

    def _custody(
        self, episode: str, kind: CustodyKind, edtf: str, source: str, *, decide: bool = False
    ) -> None:
        self.add(
            CustodyEvent,
            episode_id=episode,
            kind=kind,
            **dated("on", edtf),
            place="the county town",
            note="as the family was told",
            source_id=source,
            standing=Standing.SET_ASIDE if decide else None,
            standing_reason="The other source has seen the paper." if decide else None,
        )

    def _consents(self, case: str, petitioner: str) -> None:
        given = self.day(2020, 2021)
        for use in (Use.K0, Use.K3, Use.K6):
            withdrawn = use is Use.K3 and self.dice.random() < 0.03
            until = given + dt.timedelta(days=self.dice.choice((700, 1000, 1200)))
            self.add(
                Consent,
                person_id=petitioner,
                case_id=case,
                use=use,
                answer=Answer.AGREES,
                given=given,
                until=until,
                withdrawn=given + dt.timedelta(days=100) if withdrawn else None,
                form=ConsentForm.WRITTEN,
            )
