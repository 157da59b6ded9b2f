"""Names are found across scripts and with a letter wrong, what is spelled so first, each with its reason."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa

from casetracker.model import Case, Family, NameKey, Person, PersonName
from casetracker.model.people.person import Language
from casetracker.store import lists, name_keys
from casetracker.store.lists import Filter
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.counting import Counter

SAME = [
    ("kunbolat", "Күнболатұлы"),
    ("Kunbolatov", "Қайсар Күнболатұлы"),
    ("拜山", "Байсан"),
    ("Байсан", "拜山"),
    ("baisan", "拜山·库尔班"),
    ("ئابدۇراخمان", "Abdurakhman"),
    ("ئابدۇراخمان", "Әбдірахман"),
    ("Abdurahman", "ئابدۇراخمان"),
    ("Нұрлан Еркінбек", "努尔兰叶尔肯别克"),
    ("努尔兰叶尔肯别克", "Нұрлан Еркінбек"),
    ("努尔兰", "Нұрлан Еркінбек"),
    ("Erkinbek Nurlan", "Нұрлан Еркінбек"),
]


@pytest.mark.parametrize(("typed", "written"), SAME)
def test_a_name_is_found_in_another_script(store: Store, office: Office_, typed: str, written: str) -> None:
    person = office.person(written)
    draft = store.draft(Case)
    draft.values |= {"person_id": person, "stage": "ACTIVE"}
    case = store.save(draft)
    family = store.draft(Family)
    family.values["name"] = "№ 1"
    family.add("members", person_id=person)
    store.save(family)
    for other in ("Мақпал", "Гүлнәр Ахметқызы", "塞里克"):
        office.person(other)

    hits = search(store, typed)

    assert [(h.entity, h.id) for h in hits] == [("Case", case), ("Person", person), ("Family", family.id)]
    assert {h.why for h in hits} == {f"sounds like {written}"}
    assert lists.count_cases(store, Filter(text=typed)) == 1


@pytest.mark.parametrize("name", ["Күнболат", "Қайсар", "Нұрлан", "Бақытжан", "Мәлик", "Серік", "Kazygul"])
def test_any_one_letter_may_be_wrong_missing_or_too_many(store: Store, office: Office_, name: str) -> None:
    person = office.person(name)
    letters = "абгдекмнорстуш" if name[0] > "z" else "abgdekmnorstu"
    dice = random.Random(name)

    for at in range(1, len(name)):
        wrong = name[:at] + dice.choice(letters) + name[at + 1 :]
        more = name[:at] + dice.choice(letters) + name[at:]
        swapped = name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
        for typed in (wrong, name[:at] + name[at + 1 :], more, swapped):
            assert [line.id for line in lists.person_lines(store, typed)] == [person], typed


def test_two_letters_wrong_are_another_name(store: Store, office: Office_) -> None:
    office.person("Күнболат")

    assert search(store, "Кумполаш") == []
    assert search(store, "Kasbolat") == []


def test_what_is_spelled_so_comes_before_what_sounds_so_and_that_before_a_slip(
    store: Store, office: Office_
) -> None:
    slip, sound, spelled = (office.person(n) for n in ("Aлмат Күнболап", "Бүркіт Күнполат", "Ясын Күнболат"))

    assert [line.id for line in lists.person_lines(store, "күнболат")] == [spelled, sound, slip]
    assert [(h.id, h.why) for h in search(store, "күнболат")] == [
        (spelled, "spelled Ясын Күнболат"),
        (sound, "sounds like Бүркіт Күнполат"),
        (slip, "one letter differs from Aлмат Күнболап"),
    ]


def test_the_spelling_that_matched_is_said_not_the_main_one(store: Store, office: Office_) -> None:
    office.person("Бақытжан", "Baqytzhan", "巴合提江")

    assert [h.why for h in search(store, "合提")] == ["spelled 巴合提江"]
    assert [h.why for h in search(store, "baqyt")] == ["spelled Baqytzhan"]


def test_records_that_are_no_people_say_why_too(store: Store, office: Office_) -> None:
    case = office.case("Ерлан", ref="CT-7F3Q")
    office.meeting(case, title="Әділет министрлігі", place="Astana")

    def why(text: str) -> list[str]:
        return [h.why for h in search(store, text)]

    assert why("ct-7f3q") == ["number CT-7F3Q"]
    assert why("family of") == ["name of the family"]
    assert why("ӘДІЛЕТ") == ["title: Әділет министрлігі"]
    assert why("commissioner") == ["office: Commissioner for Human Rights"]


def test_results_come_while_a_name_is_typed(store: Store, office: Office_) -> None:
    person = office.person("Нұрлан Күнболатұлы")

    for typed in ("kunb", "kunbo", "kunbolatu", "nurlan k", "nurlan kunb"):
        assert [line.id for line in lists.person_lines(store, typed)] == [person], typed


def test_keys_follow_every_edit_undo_redo_and_deletion(store: Store, office: Office_) -> None:
    def found(text: str) -> bool:
        with store.reading() as session:
            assert name_keys.wrong(session) == []
            kept = session.scalar(sa.select(sa.func.count()).select_from(NameKey)) or 0
            names = session.scalar(sa.select(sa.func.count()).select_from(PersonName)) or 0
            assert kept >= names
        return any(h.entity == "Person" for h in search(store, text))

    person = office.person("Байсан")
    assert found("拜山")
    draft = store.draft(Person, person)
    draft.children["names"][0].values["full"] = "Күнболат"
    draft.add("names", full="叶尔肯别克")
    store.save(draft)
    assert not found("拜山")
    assert found("kunbolat")
    assert found("Еркінбек")
    store.undo()
    assert found("拜山")
    assert not found("kunbolat")
    store.redo()
    assert found("kunbolat")
    store.delete(Person, person)
    assert not found("kunbolat")
    with store.reading() as session:
        assert session.scalars(sa.select(NameKey.name_id)).all() == []
    store.undo()
    assert found("kunbolat")


def test_another_language_of_the_same_letters_makes_other_keys(store: Store, office: Office_) -> None:
    person = office.person("جۇمابەك")
    draft = store.draft(Person, person)
    draft.children["names"][0].values["language"] = Language.UG
    store.save(draft)

    with store.reading() as session:
        assert name_keys.wrong(session) == []


def test_an_edit_that_spares_the_names_leaves_their_keys_alone(store: Store, office: Office_) -> None:
    person = office.person("Байсан")
    draft = store.draft(Person, person)
    draft.values["occupation"] = "teacher"

    with Counter(store) as counted:
        store.save(draft)

    assert not any("name_keys" in sql for sql in counted.seen)


@pytest.mark.parametrize(
    "typed", ["бу", "努尔兰" * 2000, "Бақытжан " * 2000, "Kunbolat" * 900, "— … —", "Ай Әуе"]
)
def test_what_is_no_name_is_looked_for_as_it_stands(store: Store, office: Office_, typed: str) -> None:
    office.person("Мақпал")

    assert search(store, typed) == []
