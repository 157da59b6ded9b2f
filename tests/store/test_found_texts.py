"""The full-text index agrees with the records whatever was done, and a check finds where it does not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from casetracker.model import ENTITIES, Case, FoundText, HandOver, Meeting, Note
from casetracker.store import found_texts, fulltext
from casetracker.store.draft import Draft
from casetracker.store.examine import inconsistencies
from casetracker.store.handover import hand_over
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.filling import Filling
from tests.store.counting import Counter

Texts = set[tuple[str, str, str]]


def texts(store: Store) -> Texts:
    """Return what the index holds, having asked whether it agrees with the records."""
    with store.reading() as session:
        assert found_texts.wrong(session) == []
        rows = session.execute(sa.select(FoundText.entity, FoundText.record_id, FoundText.field)).all()
    held = {(entity, record, field) for entity, record, field in rows}
    assert len(held) == len(rows)
    return held


def words(store: Store) -> set[str]:
    with store.reading() as session:
        return {word for _, word, _ in fulltext.kept(session)}


@pytest.mark.parametrize(
    "entity", [e for e in ENTITIES if found_texts.fields_found(e)], ids=lambda e: e.__name__
)
def test_every_kind_of_text_is_kept_through_edit_undo_and_redo(store: Store, entity: type[Case]) -> None:
    if entity is HandOver:
        pytest.skip("a list that was handed over cannot be edited")
    fill = Filling(store)
    draft = fill.draft(entity)
    record_id = store.save(draft)
    first = texts(store)
    fields = {field for name, record, field in first if (name, record) == (entity.__name__, record_id)}
    assert fields == found_texts.fields_found(entity).keys()
    before = words(store)

    changed = store.draft(entity, record_id)
    fill.change(changed, "other")
    store.save(changed)
    texts(store)
    assert words(store) != before
    store.undo()
    assert texts(store) == first
    assert words(store) == before
    store.redo()
    texts(store)


def test_a_deleted_record_takes_its_texts_along_and_brings_them_back(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.values["account"] = "Оны көпірден алып кетті."
    case.add("sources", label="a neighbour", account="She heard it from the baker.")
    store.save(case)
    about = {"about": "Case", "about_id": case.id}
    store.save(Draft(Note, values=about | {"text": "Ask the carpenter again."}))
    held, said = texts(store), words(store)
    assert {"копирден", "baker", "carpenter"} <= said

    store.delete(Case, case.id)

    assert texts(store) < held
    assert words(store).isdisjoint({"копирден", "baker", "carpenter"})
    store.undo()
    assert (texts(store), words(store)) == (held, said)


def test_a_meeting_is_kept_once_and_what_was_handed_over_not_at_all(store: Store, office: Office_) -> None:
    case = office.case()
    meeting = office.meeting(case, account="They were told to wait.", minutes="The list was read aloud.")
    hand_over(store, meeting)

    kinds = {entity for entity, _, field in texts(store) if field in ("account", "minutes")}

    assert kinds == {Meeting.__name__}
    assert not any(entity == HandOver.__name__ for entity, _, _ in texts(store))


def test_a_field_that_is_emptied_or_has_no_words_is_not_kept(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.values |= {"account": "bridge", "notes": "— …"}
    store.save(case)
    assert {field for entity, _, field in texts(store) if entity == "Case"} == {"account"}
    again = store.draft(Case, case.id)
    again.values["account"] = None
    store.save(again)

    assert not any(entity == "Case" for entity, _, _ in texts(store))
    assert "bridge" not in words(store)


def test_an_edit_that_spares_the_texts_leaves_the_index_alone(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.values["account"] = "bridge"
    store.save(case)
    again = store.draft(Case, case.id)
    again.values["stage"] = "CLOSED"

    with Counter(store) as counted:
        store.save(again)

    assert not any(name in sql for sql in counted.seen for name in (fulltext.INDEX, "found_texts"))


def test_working_it_out_anew_comes_to_the_same(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.values |= {"account": "Оны көпірден 拜山 алып кетті.", "request": "Where is he?"}
    store.save(case)
    held, said = texts(store), words(store)

    with store._edits() as session:
        found_texts.rebuild(session.connection())
        session.commit()

    assert (texts(store), words(store)) == (held, said)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cases SET account = 'something else'",
        "UPDATE cases SET account = 'cart the taken by was He'",
        "DELETE FROM text_words",
        "DELETE FROM found_texts",
        "UPDATE found_texts SET field = 'request'",
        "INSERT INTO text_words (rowid, words) VALUES (99, 'nobody')",
        "INSERT INTO found_texts (number, entity, record_id, field) VALUES (99, 'Case', 'gone', 'account')",
    ],
)
def test_a_check_says_where_index_and_records_disagree(store: Store, office: Office_, damage: str) -> None:
    case = store.draft(Case, office.case())
    case.values["account"] = "He was taken by the cart."
    store.save(case)
    assert inconsistencies(store) == []

    with store._edits() as session:
        session.execute(sa.text(damage))
        session.commit()

    assert any("index of texts" in finding.what for finding in inconsistencies(store))
