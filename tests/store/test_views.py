"""Conditions, queries and views: what they leave, what they say, and that nothing of them gets lost."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from casetracker.errors import UserError
from casetracker.model import (
    Appeal,
    Case,
    Family,
    Meeting,
    OtherEvent,
    Person,
    Protest,
    SavedView,
)
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.event import Outcome
from casetracker.model.people.person import Sex
from casetracker.model.sources.consent import Answer
from casetracker.store import tags
from casetracker.store.store import Store
from casetracker.store.views import listed, saved
from casetracker.store.views.condition import Operand
from casetracker.store.views.listed import LISTS
from casetracker.store.views.query import OR, Query, Term, left_aside, read, where, written
from casetracker.store.views.sentence import sentence
from tests.conftest import TODAY, Office_
from tests.store.counting import Counter

CASES = LISTS["cases"]
CAMP, PRISON = ((CustodyKind.CAMP, "2019"),), ((CustodyKind.PRISON, "2019"),)
FREE = ((CustodyKind.CAMP, "2019"), (CustodyKind.RELEASED, "2020"))


def ids(store: Store, key: str, query: Query) -> set[str]:
    """Return what a query leaves, having asked the count for the same."""
    found = {line.id for line in listed.lines(store, LISTS[key], query)}
    assert listed.count(store, LISTS[key], query) == len(found)
    return found


def only(*terms: Term, **more: object) -> Query:
    return Query(terms=terms, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", list(LISTS))
def test_every_condition_of_every_list_can_be_asked_and_denied(
    store: Store, office: Office_, key: str
) -> None:
    office.meeting(office.case())
    everything = ids(store, key, Query())
    for condition in LISTS[key].conditions:
        value = a_value(store, condition)
        assert condition.fits(value), condition.key
        yes = ids(store, key, only(where(condition.key, *value)))
        no = ids(store, key, only(where(condition.key, *value, negated=True)))
        assert yes | no == everything, condition.key
        assert not yes & no, condition.key
        said = sentence(store, LISTS[key], only(where(condition.key, *value)))
        denied = sentence(store, LISTS[key], only(where(condition.key, *value, negated=True)))
        assert said != denied, condition.key
        assert "{" not in said + denied


def a_value(store: Store, condition: object) -> tuple[str, ...]:
    operand = condition.operand  # type: ignore[attr-defined]
    if operand is Operand.PICK:
        options = condition.options(store)  # type: ignore[attr-defined]
        return (options[0][0] if options else "0" * 32,)
    typed = {Operand.NONE: (), Operand.PLACE: ("654200",), Operand.DAY: ("2019-01-01",)}
    return typed.get(operand, ("60",) if operand is Operand.NUMBER else ("Айгүл",))


def test_and_binds_before_or_unless_it_is_said_otherwise(store: Store, office: Office_) -> None:
    presented = office.case("Ерлан", custody=CAMP)
    silent = office.case("Ерболат", custody=PRISON)
    free = office.case("Асқар", custody=FREE)
    office.meeting(presented, free, due=None)

    query = only(where("custody"), where("presented", negated=True), Term("presented", join=OR))
    assert ids(store, "cases", query) == {presented, silent, free}
    assert sentence(store, CASES, query) == (
        "Cases in custody and never presented to an official, or presented to an official"
    )
    first = only(where("custody"), Term("presented", (), True, OR), where("presented"), or_first=True)
    assert ids(store, "cases", first) == {presented}
    assert sentence(store, CASES, first) == (
        "Cases in custody or never presented to an official, and presented to an official"
    )


def test_the_sentence_of_the_specification(store: Store) -> None:
    query = only(where("custody"), where("presented", negated=True), Term("overdue", join=OR))
    assert sentence(store, CASES, query) == (
        "Cases in custody and never presented to an official, or with a promise overdue"
    )
    assert sentence(store, CASES, Query()) == "All cases"
    assert sentence(store, CASES, Query("拜山")) == "All cases with “拜山”"
    many = only(where("status", "CAMP", "SENTENCED", "DIED", negated=True))
    assert sentence(store, CASES, many) == "Cases whose status is not Camp, Sentenced or Died"


def test_closed_cases_are_shown_unless_somebody_says_otherwise(store: Store, office: Office_) -> None:
    open_, other = office.case("Ерлан"), office.case("Ерболат")
    twin = store.draft(Case, other)
    twin.values |= {"stage": Stage.DUPLICATE, "duplicate_of_id": open_}
    store.save(twin)
    assert ids(store, "cases", Query()) == {open_, other}
    assert ids(store, "cases", only(where("closed", negated=True))) == {open_}


def test_a_place_holds_what_lies_in_it(store: Store, office: Office_) -> None:
    case = office.case("Ерлан")  # in Emin, 654221
    for code in ("654221", "654200", "650000"):
        assert ids(store, "cases", only(where("county", code))) == {case}
    assert ids(store, "cases", only(where("county", "654002"))) == set()
    assert ids(store, "cases", only(where("county", "654002", negated=True))) == {case}
    said = sentence(store, CASES, only(where("county", "654200")))
    assert said.startswith("Cases held in T")


def test_who_was_arrested_when_and_who_they_are(store: Store, office: Office_) -> None:
    case = office.case("Ерлан")  # arrested in October 2018
    for key, day, held in (
        ("arrested_before", "2018-11-01", True),
        ("arrested_before", "2018-10-31", False),
        ("arrested_after", "2018-10-01", True),
        ("arrested_after", "2018-10-02", False),
    ):
        assert ids(store, "cases", only(where(key, day))) == ({case} if held else set()), (key, day)
    person = store.draft(Person, str(store.draft(Case, case).values["person_id"]))
    person.values |= {"sex": Sex.FEMALE, "birth": KnownDate.from_edtf("2004-01-01")}
    store.save(person)
    assert ids(store, "cases", only(where("minor"), where("sex", "FEMALE"))) == {case}
    assert ids(store, "cases", only(where("sex", "MALE"))) == set()


def test_news_and_contact_and_promises_by_days(store: Store, office: Office_) -> None:
    near, far = office.case("Ерлан", custody=((CustodyKind.SEEN, "2021-11-01"),)), office.case("Ерболат")
    family = store.draft(Family, str(store.draft(Case, near).values["family_id"]))
    family.add("contact_log", on=TODAY - dt.timedelta(days=60), said="hello")
    store.save(family)
    assert ids(store, "cases", only(where("no_news", "365"))) == {far}
    assert ids(store, "cases", only(where("no_news", "10"))) == {near, far}
    assert ids(store, "cases", only(where("no_contact", "60"))) == {far}
    assert ids(store, "cases", only(where("no_contact", "59"))) == {near, far}
    office.meeting(near, due=TODAY + dt.timedelta(days=7))
    assert ids(store, "cases", only(where("promise_due", "7"))) == {near}
    assert ids(store, "cases", only(where("promise_due", "6"))) == set()
    assert ids(store, "promises", only(where("due", "7"))) == ids(store, "promises", Query())


def test_consents_to_a_use(store: Store, office: Office_) -> None:
    agreed, without = office.case("Ерлан"), office.case("Ерболат", consent=())
    both = office.case("Асқар")
    draft = store.draft(Case, both)
    refusing = {"use": Use.K3, "answer": Answer.REFUSES, "given": dt.date(2021, 2, 5)}
    draft.add("consents", person_id=office.person("Гүл"), **refusing)
    store.save(draft)
    assert ids(store, "cases", only(where("agreed", "K3"))) == {agreed}
    assert ids(store, "cases", only(where("agreed", "K3", negated=True))) == {without, both}
    assert ids(store, "cases", only(where("agreed", "K3", "K7"))) == set()
    taken_back = store.draft(Case, agreed)
    taken_back.children["consents"][0].values["withdrawn"] = dt.date(2021, 11, 1)
    store.save(taken_back)
    assert ids(store, "cases", only(where("withdrawn", "K3"))) == {agreed}


def test_tags_and_documents_and_the_name_of_the_family(store: Store, office: Office_) -> None:
    case, other = office.case("Ерлан"), office.case("Ерболат")
    tag = tags.put_on(store, (Case, case), "for Geneva")
    assert ids(store, "cases", only(where("tag", tag))) == {case}
    assert sentence(store, CASES, only(where("tag", tag, negated=True))) == "Cases not tagged for Geneva"
    tags.delete(store, tag)
    assert ids(store, "cases", only(where("tag", tag))) == set()
    assert sentence(store, CASES, only(where("tag", tag))) == "Cases tagged something that is gone"
    assert ids(store, "cases", only(where("family", "erlan"))) == {case}
    assert ids(store, "cases", Query("ер", (where("family", "erbolat"),))) == {other}


def test_nothing_done_is_told_from_the_audit_log(
    store: Store, office: Office_, clock: Callable[[dt.date], None]
) -> None:
    case = office.case()
    clock(dt.date.today())
    assert ids(store, "cases", only(where("untouched", "90"))) == set()
    clock(dt.date.today() + dt.timedelta(days=120))
    assert ids(store, "cases", only(where("untouched", "90"))) == {case}
    assert ids(store, "cases", only(where("untouched", "130"))) == set()


def test_appeals_and_their_cases(store: Store, office: Office_) -> None:
    case = office.case("Ерлан")
    office.case("Ерболат")
    draft = store.draft(Appeal)
    draft.values |= {"subject": "Where is he held", "office_id": office.office(), "sent": dt.date(2021, 1, 5)}
    draft.add("cases", case_id=case)
    store.save(draft)
    assert ids(store, "cases", only(where("appeal"))) == {case}
    sent = ids(store, "appeals", Query("erlan", (where("open"), where("office", office.office()))))
    assert sent == ids(store, "appeals", Query("where is")) != set()
    assert ids(store, "appeals", only(where("draft"))) == set()


@pytest.mark.parametrize("typed", ["Nur-Sultan", "астана", "АСТАНА", "Айгүл", "aigul", "Vigil"])
def test_a_protest_is_found_by_title_place_and_people_in_any_script(
    store: Store, office: Office_, typed: str
) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Vigil", "on": KnownDate.from_edtf("2021-10-01"), "place": "Nur-Sultan, Astana"}
    draft.values["place"] = "Астана" if "астана" in typed.lower() else "Nur-Sultan"
    draft.add("participants", person_id=office.person("Айгүл"), outcome=Outcome.DETAINED)
    protest = store.save(draft)
    assert ids(store, "protests", Query(typed)) == {protest}
    assert ids(store, "protests", Query(typed, (where("detained"),))) == {protest}
    assert ids(store, "protests", Query("Каракол")) == set()


def test_meetings_promises_and_events(store: Store, office: Office_) -> None:
    case = office.case("Ерлан")
    meeting = office.meeting(case)
    (promise,) = (p.id for p in store.draft(Meeting, meeting).children["promises"])
    assert ids(store, "meetings", only(where("office", office.office()), where("year", "2021"))) == {meeting}
    assert ids(store, "meetings", only(where("year", "2020"))) == set()
    assert ids(store, "promises", Query("erlan")) == {promise}
    assert ids(store, "promises", only(where("overdue"), where("office", office.office()))) == {promise}
    visit = store.draft(OtherEvent)
    visit.values |= {"title": "Visit", "on": KnownDate.from_edtf("2021-05"), "kind": "visit"}
    made = store.save(visit)
    assert ids(store, "events", Query()) == {made}  # the meeting has its own list
    assert ids(store, "events", only(where("kind", "OtherEvent:visit"))) == {made}
    assert ids(store, "events", only(where("kind", "Hearing"))) == set()


# Queries as they are kept


def test_a_query_comes_back_as_it_was_written() -> None:
    query = Query(
        "拜山", (where("custody", negated=True), Term("status", ("CAMP", "DIED"), join=OR)), or_first=True
    )
    assert read(written(query), CASES.by_key) == query
    assert read("", CASES.by_key) == read(None, CASES.by_key) == Query()


@pytest.mark.parametrize(
    "held",
    [
        {"key": "sentenced_by", "value": ["K"]},
        {"key": "status", "value": ["IN_ORBIT"]},
        {"key": "no_news", "value": ["many"]},
        {"key": "arrested_before", "value": ["32.13.2018"]},
        {"key": "county", "value": ["999999"]},
        {"key": "custody", "value": ["yes"]},
        {"key": "status", "value": []},
        {"value": ["CAMP"]},
        "custody",
        {"key": "custody", "value": "CAMP"},
    ],
)
def test_what_is_not_known_is_laid_aside_and_kept(store: Store, held: object) -> None:
    good = {"key": "custody", "value": [], "not": False, "join": "and"}
    query = read(json.dumps({"terms": [held, good], "text": "a"}), CASES.by_key)
    assert query.terms == (where("custody"),)
    assert left_aside(query).startswith("1 condition of this view is not known here and not applied: ")
    assert held in json.loads(written(query))["terms"]
    ids(store, "cases", query)


@pytest.mark.parametrize("broken", ["{", "[]", "7", '"x"', '{"terms": 5, "text": 3}'])
def test_a_broken_view_is_no_reason_to_fail(broken: str) -> None:
    assert read(broken, CASES.by_key).terms == ()


# Views


@pytest.mark.parametrize("key", list(LISTS))
def test_ready_made_views_are_about_conditions_that_there_are(store: Store, key: str) -> None:
    for view in saved.ready_made(key):
        assert read(written(view.query), LISTS[key].by_key) == view.query, view.key
        ids(store, key, view.query)


def test_a_view_is_saved_renamed_deleted_and_undone(store: Store) -> None:
    query = only(where("custody"), where("no_news", "365"))
    made = saved.save(store, "cases", "  Silent   ones ", query, columns=("ref", "status"), sort="-status")
    (view,) = saved.saved(store, "cases")
    assert (view.id, view.name, view.query) == (made, "Silent ones", query)
    assert (view.columns, view.sort, view.aside) == (("ref", "status"), "-status", "")
    assert saved.saved(store, "people") == []

    with pytest.raises(UserError, match="There is a view “silent ONES” on this list already"):
        saved.save(store, "cases", "silent ONES", query)
    with pytest.raises(UserError, match="A view needs a name"):
        saved.rename(store, view, "cases", " ")
    saved.rename(store, view, "cases", "Long silent")
    saved.save(store, "cases", "Long silent", only(where("beyond")), view_id=made)
    (view,) = saved.saved(store, "cases")
    assert (view.name, view.query) == ("Long silent", only(where("beyond")))

    saved.delete(store, made)
    assert saved.saved(store, "cases") == []
    with pytest.raises(UserError, match="no longer there"):
        saved.rename(store, view, "cases", "Again")
    store.undo()
    assert [v.name for v in saved.saved(store, "cases")] == ["Long silent"]


def test_a_view_of_a_later_version_says_so_and_keeps_it(store: Store) -> None:
    draft = store.draft(SavedView)
    later = {"terms": [{"key": "drone", "value": [], "not": False, "join": "and"}]}
    draft.values |= {"list_key": "cases", "name": "Later", "query": json.dumps(later)}
    made = store.save(draft)
    (view,) = saved.saved(store, "cases")
    assert "“drone”" in view.aside
    saved.save(store, "cases", view.name, view.query.adding(where("custody")), view_id=made)
    assert "drone" in str(store.draft(SavedView, made).values["query"])


def test_a_narrowed_list_costs_as_many_statements_with_many_records_as_with_few(
    store: Store, office: Office_
) -> None:
    query = Query("ер", (where("custody"), where("no_contact", "60"), where("untouched", "90", negated=True)))

    def statements() -> int:
        with Counter(store) as counter:
            listed.count(store, CASES, query)
            listed.lines(store, CASES, query)
        return counter.statements

    office.case("Ерлан", custody=CAMP)
    few = statements()
    for number in range(8):
        office.case(f"Ербол {number}", custody=CAMP)
    assert statements() == few
    assert few <= 8


# Pills and links


def test_pills_of_one_axis_take_each_others_place() -> None:
    by_key = {pill.key: pill for pill in CASES.pills}
    query = listed.toggled(CASES, Query(), by_key["custody"])
    query = listed.toggled(CASES, query, by_key["overdue"])
    assert query.terms == (where("custody"), where("overdue"))
    query = listed.toggled(CASES, query, by_key["no_news"])
    assert query.terms == (where("overdue"), where("status", "NO_NEWS"))
    assert listed.toggled(CASES, query, by_key["no_news"]).terms == (where("overdue"),)


def test_links_elsewhere_become_conditions() -> None:
    assert listed.narrowed(CASES, "overdue") == only(where("overdue"))
    assert listed.narrowed(CASES, "SENTENCED") == only(where("status", "SENTENCED"))
    assert listed.narrowed(LISTS["events"], "OtherEvent:visit") == only(where("kind", "OtherEvent:visit"))
    assert listed.narrowed(CASES, "") == listed.narrowed(CASES, "nonsense") == Query()
