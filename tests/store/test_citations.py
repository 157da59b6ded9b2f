"""Citations of fields: who supports a value, who says otherwise, and the version that counts."""

from __future__ import annotations

import pytest

from casetracker.errors import Invalid
from casetracker.model import Case, Citation, Person, Source
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, CustodyStatus, Standing
from casetracker.model.sources.citation import Stance
from casetracker.model.sources.source import Hand, Reliability, SourceKind
from casetracker.store import citations, situations, versions
from casetracker.store.store import Store
from casetracker.store.versions import Side
from tests.conftest import Office_


def source(store: Store, case: str, label: str, kind: SourceKind, **values: object) -> str:
    draft = store.draft(Source)
    draft.values |= {"case_id": case, "label": label, "kind": kind} | values
    return store.save(draft)


def cite(store: Store, about: citations.Place, source_id: str, **values: object) -> str:
    draft = citations.draft(store, about)
    draft.values |= {"source_id": source_id} | values
    return store.save(draft)


def born(store: Store, case: str) -> citations.Place:
    """Give the relative of a case a date of birth; return where it stands."""
    person = store.draft(Person, store.draft(Case, case).values["person_id"])
    person.values["birth"] = KnownDate.from_edtf("1971")
    return ("Person", store.save(person), "birth")


def test_support_counts_voices_and_independent_origins(store: Store, office: Office_) -> None:
    case = office.case()
    place = born(store, case)
    sister = source(store, case, "sister", SourceKind.TESTIMONY, hand=Hand.FIRST)
    brother = source(store, case, "brother", SourceKind.TESTIMONY, origin_id=sister, hand=Hand.SECOND)
    paper = source(store, case, "notice", SourceKind.DOCUMENT)
    for told in (sister, brother):
        cite(store, place, told)
    with store.reader() as reader:
        assert citations.support(reader, [place[1]])[place] == citations.Support(2, 0, 1)

    cite(store, place, paper)
    cite(store, place, paper, stance=Stance.CONTRADICTS, says="1972")

    with store.reader() as reader:
        found = citations.support(reader, [place[1]])[place]
        assert (found.supports, found.contradicts, found.origins, found.open) == (3, 1, 2, True)
        assert citations.contradicted(reader, case)


def test_the_version_that_counts_becomes_the_value_on_record_with_its_reason(
    store: Store, office: Office_
) -> None:
    case = office.case()
    place = born(store, case)
    family = source(store, case, "sister", SourceKind.TESTIMONY)
    paper = source(store, case, "passport", SourceKind.DOCUMENT)
    told = cite(store, place, family, says="1971")
    read = cite(store, place, paper, stance=Stance.CONTRADICTS, says="3.4.1972", place="page 2")
    [row] = versions.board(store, case)
    assert (row.what, row.value, row.decided) == ("Born", "1971", False)
    assert {v.side: (v.text, v.detail) for v in row.versions} == {
        Side.FAMILY: ("1971", ""),
        Side.DOCUMENT: ("3.4.1972", "page 2"),
    }

    assert versions.let_count(store, case, f"Citation:{read}", "the passport was seen")

    assert store.draft(Person, place[1]).values["birth"].text() == "3 April 1972"
    now = {i: store.draft(Citation, i).values for i in (told, read)}
    assert (now[read]["standing"], now[read]["stance"]) == (Standing.COUNTS, Stance.SUPPORTS)
    assert (now[told]["standing"], now[told]["stance"]) == (Standing.SET_ASIDE, Stance.CONTRADICTS)
    assert now[told]["standing_reason"] == "the passport was seen"
    [row] = versions.board(store, case)
    assert row.decided

    store.undo()

    assert store.draft(Person, place[1]).values["birth"].text() == "1971"
    assert store.draft(Citation, told).values["standing"] is None


def test_a_value_that_cannot_be_read_leaves_the_record_as_it_is(store: Store, office: Office_) -> None:
    case = office.case()
    person = store.draft(Case, case).values["person_id"]
    paper = source(store, case, "list", SourceKind.DOCUMENT)
    read = cite(store, ("Person", person, "sex"), paper, stance=Stance.CONTRADICTS, says="a soldier")

    assert not versions.let_count(store, case, f"Citation:{read}", "no other source")

    assert store.draft(Person, person).values["sex"] is None
    assert store.draft(Citation, read).values["stance"] is Stance.CONTRADICTS


def test_custody_events_that_contradict_stand_side_by_side_until_one_counts(
    store: Store, office: Office_
) -> None:
    case = office.case(custody=((CustodyKind.PRISON, "2019-05"), (CustodyKind.RELEASED, "2019-05")))
    ministry = source(store, case, "ministry", SourceKind.AUTHORITY)
    draft = store.draft(Case, case)
    for event in draft.children["episodes"][0].children["custody"]:
        if event.values["kind"] is CustodyKind.RELEASED:
            event.values["source_id"] = ministry
    store.save(draft)
    [row] = versions.board(store, case)
    assert {v.side: v.text for v in row.versions} == {
        Side.OTHER: "Held in a prison",
        Side.OFFICIAL: "Released",
    }
    prison = next(v for v in row.versions if v.side is Side.OTHER)

    versions.let_count(store, case, prison.key, "the family telephoned with the prison")

    with store.reader() as reader:
        found = reader.get(Case, case)
        assert found is not None
        now = situations.situation(found, reader)
        assert (now.status, now.contradicted) == (CustodyStatus.SENTENCED, False)
    [row] = versions.board(store, case)
    assert row.decided
    store.undo()
    [row] = versions.board(store, case)
    assert not row.decided


def test_a_decision_needs_a_reason(store: Store, office: Office_) -> None:
    case = office.case()
    paper = source(store, case, "list", SourceKind.DOCUMENT)
    read = cite(store, born(store, case), paper, stance=Stance.CONTRADICTS, says="1972")

    with pytest.raises(Invalid):
        versions.let_count(store, case, f"Citation:{read}", "  ")


def test_who_says_otherwise_says_something_and_a_grade_has_its_reason(store: Store, office: Office_) -> None:
    case = office.case()
    paper = source(store, case, "list", SourceKind.DOCUMENT)

    with pytest.raises(Invalid) as wrong:
        cite(store, born(store, case), paper, stance=Stance.CONTRADICTS)
    assert list(wrong.value.problems) == ["says"]
    with pytest.raises(Invalid) as wrong:
        source(store, case, "aunt", SourceKind.TESTIMONY, reliability=Reliability.B)
    assert list(wrong.value.problems) == ["reliability_reason"]
    source(store, case, "stranger", SourceKind.TESTIMONY, reliability=Reliability.F)


def test_a_citation_goes_with_its_source_and_with_what_it_is_about(store: Store, office: Office_) -> None:
    case = office.case()
    place = born(store, case)
    papers = [source(store, case, name, SourceKind.DOCUMENT) for name in ("one", "two")]
    first, second = (cite(store, place, paper) for paper in papers)

    store.delete(Source, papers[0])
    with store.reader() as reader:
        assert [c.id for c in reader.all(Citation)] == [second]
    store.undo()
    with store.reader() as reader:
        assert {c.id for c in reader.all(Citation)} == {first, second}
    store.delete(Case, case)
    with store.reader() as reader:
        assert list(reader.all(Citation)) == []


def test_nobody_outside_hears_of_citations(store: Store, office: Office_) -> None:
    case = office.case()
    paper = source(store, case, "list", SourceKind.DOCUMENT)
    cite(store, born(store, case), paper, says="canary")

    for audience in Audience:
        with store.reader(audience) as reader:
            there = bool(list(reader.all(Citation)))
            assert there is (audience is Audience.INTERNAL)
