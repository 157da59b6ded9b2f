"""Who may act for a family, when to call it, and who is what to whom, as of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from casetracker import i18n
from casetracker.errors import Invalid
from casetracker.model import Case, Family, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.people.kinship import Kinship
from casetracker.model.people.person import Sex
from casetracker.store import kin, relations
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_

DAY = dt.timedelta(days=1)


def family_of(store: Store, case: str) -> Draft:
    return store.draft(Family, store.draft(Case, case).values["family_id"])


def acting(store: Store, case: str, **values: Any) -> None:
    """Let the petitioner of a case act with these values."""
    family = family_of(store, case)
    family.add("authorities", **{"person_id": family.values["petitioner_id"], "document": "oral"} | values)
    store.save(family)


def who_acts(store: Store, case: str, audience: Audience = Audience.INTERNAL) -> list[str]:
    with store.reader(audience) as reader:
        return [a.document for a in relations.may_act(reader, case)]


def missing(store: Store, case: str, **more: str) -> str:
    with store.reader() as reader:
        family = reader.get(Family, family_of(store, case).id)
        assert family is not None
        return relations.authority_missing(family, reader.as_of, **more)


@pytest.mark.parametrize(
    ("days", "stands"),
    [
        ({}, True),
        ({"since": TODAY}, True),
        ({"since": TODAY + DAY}, False),
        ({"until": TODAY}, True),
        ({"until": TODAY - DAY}, False),
        ({"withdrawn": TODAY}, False),
        ({"withdrawn": TODAY + DAY}, True),
    ],
)
def test_authority_stands_from_its_first_to_its_last_day(
    store: Store, office: Office_, days: dict[str, dt.date], stands: bool
) -> None:
    case = office.case()

    acting(store, case, **days)

    assert who_acts(store, case) == (["Oral, noted by the office"] if stands else [])


def test_authority_for_one_case_is_not_for_another_of_the_family(store: Store, office: Office_) -> None:
    one = office.case()
    other = store.draft(Case, office.case("Гүлнар Әбдіқызы"))
    other.values["family_id"] = store.draft(Case, one).values["family_id"]
    store.save(other)

    acting(store, one, case_id=one)

    assert who_acts(store, one) == ["Oral, noted by the office"]
    assert who_acts(store, other.id) == []
    assert missing(store, one, case_id=one) == ""
    assert missing(store, one, case_id=other.id) == "Petitioner has no authority"
    acting(store, one)
    assert len(who_acts(store, one)) == 2
    assert len(who_acts(store, other.id)) == 1


def test_officials_know_of_authority_only_with_the_case(store: Store, office: Office_) -> None:
    closed = office.case(consent=())
    acting(store, closed, case_id=closed)
    opened = office.case("Гүлнар Әбдіқызы", consent=(Use.K3,))
    acting(store, opened, case_id=opened)

    assert who_acts(store, opened, Audience.OFFICIAL) == ["Oral, noted by the office"]
    assert who_acts(store, closed, Audience.OFFICIAL) == []
    with store.reader(Audience.OFFICIAL) as reader:
        family = reader.get(Family, family_of(store, closed).id)
        assert family is not None
        assert relations.authorities(family, TODAY) == []


def test_what_is_wrong_with_the_petitioners_authority_is_said(store: Store, office: Office_) -> None:
    case = office.case()
    assert missing(store, case) == "Petitioner has no authority"
    acting(store, case, until=TODAY - DAY)
    assert missing(store, case) == "Petitioner's authority ended"
    acting(store, case, until=TODAY + 30 * DAY)
    assert missing(store, case) == "Petitioner's authority ends 12 Dec"
    acting(store, case, until=TODAY + 31 * DAY)
    assert missing(store, case) == ""


def test_what_ends_within_thirty_days(store: Store, office: Office_) -> None:
    case = office.case()
    for until in (TODAY - DAY, TODAY, TODAY + 30 * DAY, TODAY + 31 * DAY):
        acting(store, case, until=until)
    acting(store, case, until=TODAY + DAY, withdrawn=TODAY)

    with store.reader() as reader:
        ends = [a.until for a in relations.ending_authorities(reader)]

    assert ends == [TODAY, TODAY + 30 * DAY]


def test_an_end_before_the_beginning_is_refused(store: Store, office: Office_) -> None:
    with pytest.raises(Invalid) as caught:
        acting(store, office.case(), since=TODAY, until=TODAY - DAY)
    assert "before the authority began" in caught.value.problems["authorities.0.until"]


# Contact log


def called(store: Store, case: str, on: dt.date, **values: Any) -> None:
    family = family_of(store, case)
    family.add("contact_log", on=on, **values)
    store.save(family)


def test_a_call_that_nobody_took_is_no_contact(store: Store, office: Office_) -> None:
    case = office.case()
    called(store, case, TODAY - 9 * DAY, reached=True)
    called(store, case, TODAY - 12 * DAY)
    called(store, case, TODAY - DAY, reached=False)

    with store.reader() as reader:
        family = reader.get(Family, family_of(store, case).id)
        assert family is not None
        assert relations.last_contact(family) == TODAY - 9 * DAY
        assert [e.value("on") for e in relations.contact_log(family)] == [
            TODAY - DAY,
            TODAY - 9 * DAY,
            TODAY - 12 * DAY,
        ]


def test_calls_that_are_owed(store: Store, office: Office_) -> None:
    case, other = office.case(), office.case("Гүлнар Әбдіқызы")
    called(store, case, TODAY - 20 * DAY, next_due=TODAY + DAY, said="asks after parcels")
    called(store, case, TODAY - 30 * DAY, next_due=TODAY - 20 * DAY, done=TODAY - 20 * DAY)
    called(store, other, TODAY - 20 * DAY, next_due=TODAY - 5 * DAY)

    with store.reader() as reader:
        owed = relations.calls_due(reader)
        late = relations.calls_due(reader, TODAY)

    assert [(c.family, c.due) for c in owed] == [
        ("Family of Гүлнар Әбдіқызы", TODAY - 5 * DAY),
        ("Family of Бақытжан Нұрланұлы", TODAY + DAY),
    ]
    assert [c.due for c in late] == [TODAY - 5 * DAY]
    assert owed[1].about == "asks after parcels"


@pytest.mark.parametrize("audience", [a for a in Audience if a is not Audience.INTERNAL])
def test_the_contact_log_is_for_nobody_else(store: Store, office: Office_, audience: Audience) -> None:
    called(store, office.case(consent=tuple(Use)), TODAY, next_due=TODAY, said="a cousin called")

    with store.reader(audience) as reader:
        assert relations.calls_due(reader) == []


# Kinship


def kin_in(store: Store, family: Draft) -> list[kin.Kin]:
    with store.reader() as reader:
        read = reader.get(Family, family.id)
        assert read is not None
        return [kin.kin_of(m) for m in read.children("members")]


def related(store: Store, office: Office_, kind: Kinship, **births: str) -> Draft:
    """Write a woman and a relative of hers of that kinship."""
    whom = office.person("Айгүл", sex=Sex.FEMALE, **born(births.get("whom")))
    who = office.person("Аяулым", sex=births.get("sex", Sex.FEMALE), **born(births.get("who")))
    family = store.draft(Family)
    family.values["name"] = "Family of Айгүл"
    family.add("members", person_id=who, kinship=kind, to_person_id=whom)
    store.save(family)
    return family


def born(edtf: str | None) -> dict[str, KnownDate]:
    return {"birth": KnownDate.from_edtf(edtf)} if edtf else {}


def test_kinship_is_said_both_ways(store: Store, office: Office_) -> None:
    [line] = kin_in(store, related(store, office, Kinship.YOUNGER_SISTER))

    assert line.text == "younger sister of Айгүл"
    assert line.in_return == "elder sister"


def test_in_kazakh_age_and_sex_of_the_other_one_choose_the_term(store: Store, office: Office_) -> None:
    family = related(store, office, Kinship.FATHERS_BROTHERS_DAUGHTER, whom="1980", who="1984")
    with i18n_language("kk"):
        [line] = kin_in(store, family)

    assert line.term == "немере сіңлісі"
    assert line.in_return == "немере әпкесі"


class i18n_language:  # noqa: N801 - reads as a word
    """The language for a few lines."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __enter__(self) -> None:
        self._before = i18n.current()
        i18n.use(self._language)

    def __exit__(self, *_: object) -> None:
        i18n.use(self._before)


@pytest.mark.parametrize(
    ("kind", "births", "said"),
    [
        (Kinship.YOUNGER_SISTER, {"whom": "1980", "who": "1984"}, []),
        (Kinship.YOUNGER_SISTER, {"whom": "1984", "who": "1980"}, ["does not fit the dates of birth"]),
        (Kinship.YOUNGER_SISTER, {"whom": "1984", "who": "1984"}, []),
        (Kinship.MOTHER, {"whom": "1980", "who": "1984"}, ["does not fit the dates of birth"]),
        (Kinship.HUSBAND, {}, ["does not fit the sex"]),
        (Kinship.COUSIN, {"whom": "1980", "who": "1984"}, []),
    ],
)
def test_what_does_not_fit_is_said_and_not_forbidden(
    store: Store, office: Office_, kind: Kinship, births: dict[str, str], said: list[str]
) -> None:
    family = related(store, office, kind, **births)

    with store.reader() as reader:
        read = reader.get(Family, family.id)
        assert read is not None
        found = kin.doubtful(read)

    assert len(found) == len(said)
    assert all(part in text for part, text in zip(said, found, strict=True))


def test_a_kinship_is_told_while_it_is_typed(store: Store, office: Office_) -> None:
    sister, brother = office.person("Айгүл", sex=Sex.FEMALE), office.person("Нұрлан", sex=Sex.MALE)

    with store.reader() as reader:
        said = kin.describe(reader, brother, Kinship.YOUNGER_BROTHER, sister)
        assert kin.describe(reader, brother, Kinship.SELF, sister) == ""
        assert kin.describe(reader, "", Kinship.SON, sister) == ""

    assert said == "Нұрлан is the younger brother of Айгүл; Айгүл is the elder sister of Нұрлан."
    assert store.draft(Person, sister).version
