"""What has to hold for every kind of record, tried for each of them, also for those not written yet."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from babel.messages.extract import extract_from_dir

import casetracker.model
from casetracker.errors import UserError
from casetracker.model import ENTITIES, Entity, Person, User
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity
from casetracker.model.entity import children_of, fields_of, values_of
from casetracker.store import derived, frozen, history
from casetracker.store.draft import Draft
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.store import Store
from tests.filling import Filling

every_entity = pytest.mark.parametrize("entity", ENTITIES, ids=lambda e: e.__name__)
# What was given out has tests of its own: it changes in no way.
every_other = pytest.mark.parametrize(
    "entity", [e for e in ENTITIES if e not in frozen.KEPT], ids=lambda e: e.__name__
)

SCRIPTS = (
    "Бақытжан Нұрланұлы, Әсемгүл, Өмірбек, Һасан",
    "Baqytzhan Nurlanuly, Jürgen, Şahnoza",
    "巴合提江·努尔兰、古丽娜",
    "باقىتجان نۇرلان ۇلى، ئايگۈل",
    "one 𠮷 two 👪 three \u200f four",
)


@pytest.fixture
def fill(store: Store) -> Filling:
    """Drafts in which every field has a value."""
    return Filling(store)


_KEPT = r"handed over|given out|custody log"


def content(draft: Draft) -> object:
    """Return what a draft says, without the versions, which only count."""
    children = {n: [content(child) for child in kids] for n, kids in draft.children.items()}
    parts = values_of(draft.entity)
    return draft.id, {n: v for n, v in draft.values.items() if n in parts}, children


def texts_of(entity: type[Entity]) -> list[str]:
    """Return the fields into which anything may be written: not those that name another record."""
    fixed = {name for pair in entity.hangs_on for name in pair} if issubclass(entity, Attached) else set()
    fixed |= frozen.FIXED.get(entity, frozenset())
    return [
        n for n, d in values_of(entity).items() if isinstance(d.kind, f.Text | f.LongText) and n not in fixed
    ]


@every_entity
def test_what_is_written_is_read_back(store: Store, fill: Filling, entity: type[Entity]) -> None:
    draft = fill.draft(entity)
    assert set(draft.values) >= set(values_of(entity))
    assert all(value not in (None, "") for value in draft.values.values())

    record_id = store.save(draft)

    read = store.draft(entity, record_id)
    for name, value in draft.values.items():
        assert read.values[name] == value, name
    for name, children in draft.children.items():
        assert [c.id for c in read.children[name]] == [c.id for c in children], name
        for child, wanted in zip(read.children[name], children, strict=True):
            assert child.values.items() >= wanted.values.items(), name


@every_other
def test_a_change_is_written_down_as_before_and_after(
    store: Store, fill: Filling, entity: type[Entity]
) -> None:
    record_id = store.save(fill.draft(entity))
    draft = store.draft(entity, record_id)
    before = draft.values.copy()
    fill.change(draft, "other")

    store.save(draft)

    changed = _last_change(store, entity, record_id)
    columns = {c.key: c for c in history.columns_of(entity).values()}
    assert changed.before is not None
    assert changed.after is not None
    assert changed.before.keys() == changed.after.keys() <= columns.keys()
    for name, field in values_of(entity).items():
        if isinstance(field.kind, f.When):
            assert changed.before[f"{name}_words"] == before[name].words
            assert changed.after[f"{name}_edtf"] == draft.values[name].edtf
        elif before[name] != draft.values[name]:
            assert changed.before[name] == history.freeze(before[name]), name
            assert changed.after[name] == history.freeze(draft.values[name]), name
    assert set(texts_of(entity)) <= changed.after.keys()  # else the change was none


@every_other
def test_undo_and_redo_of_a_change_give_back_the_same(
    store: Store, fill: Filling, entity: type[Entity]
) -> None:
    record_id = store.save(fill.draft(entity))
    draft = store.draft(entity, record_id)
    first = content(draft)
    fill.change(draft, "other")
    store.save(draft)
    second = content(store.draft(entity, record_id))
    assert first != second

    store.undo()
    assert content(store.draft(entity, record_id)) == first

    store.redo()
    assert content(store.draft(entity, record_id)) == second
    with store.reading() as session:
        assert derived.wrong(session) == []


@pytest.mark.parametrize(
    "entity", [e for e in ENTITIES if e not in (*frozen.KEPT, User)], ids=lambda e: e.__name__
)
def test_undo_of_a_delete_gives_back_the_same(store: Store, fill: Filling, entity: type[Entity]) -> None:
    draft = fill.draft(entity)
    if entity is Person:  # what somebody answered about a case that stays keeps them: store/test_refusals.py
        for consent in draft.children["consents"]:
            consent.values["case_id"] = None
    record_id = store.save(draft)
    before = content(store.draft(entity, record_id))

    store.delete(entity, record_id)
    with pytest.raises(UserError, match="no longer there"):
        store.draft(entity, record_id)
    store.undo()

    assert content(store.draft(entity, record_id)) == before
    store.redo()
    with pytest.raises(UserError, match="no longer there"):
        store.draft(entity, record_id)


@every_other
def test_undo_of_a_new_record_takes_all_of_it_away(store: Store, fill: Filling, entity: type[Entity]) -> None:
    fill.draft(entity)  # writes what it will point at
    rows = _rows(store)
    record_id = store.save(fill.draft(entity))
    written = content(store.draft(entity, record_id))

    store.undo()
    assert _rows(store) == rows

    store.redo()
    assert content(store.draft(entity, record_id)) == written


@every_other
def test_texts_hold_every_script(store: Store, fill: Filling, entity: type[Entity]) -> None:
    record_id = store.save(fill.draft(entity))
    texts = texts_of(entity)

    for sample in SCRIPTS if texts else ():
        draft = store.draft(entity, record_id)
        draft.values |= dict.fromkeys(texts, sample)
        store.save(draft)

        read = store.draft(entity, record_id)
        assert {n: read.values[n] for n in texts} == dict.fromkeys(texts, sample)


@every_entity
def test_every_field_says_what_it_is_and_what_it_could_do(entity: type[Entity]) -> None:
    assert entity.singular
    assert entity.plural
    assert fields_of(entity)
    for name, field in fields_of(entity).items():
        assert field.label, name
        assert isinstance(field.sensitivity, Sensitivity), name
    assert set(entity.named_by) <= set(values_of(entity))


@every_entity
def test_every_column_has_a_field_or_is_the_stores_own(entity: type[Entity]) -> None:
    """A column that no field describes would be neither disclosed, nor edited, nor asked for its danger."""
    own = {"id", "version", "confidentiality", "sort", "case_ids"}
    described = {c.key for n in values_of(entity) for c in sa.inspect(entity).attrs[n].columns}
    derived_ones = {c.key for c in sa.inspect(entity).columns if c.info.get("derived")}

    assert {c.key for c in sa.inspect(entity).columns} - described - derived_ones <= own


@every_entity
def test_labels_are_marked_for_translation(entity: type[Entity], marked: set[str]) -> None:
    said = {entity.singular, entity.plural}
    for field in fields_of(entity).values():
        said |= {field.label, field.help} - {""}
        if isinstance(field.kind, f.Choice):
            said |= {option.value for option in field.kind.options}

    assert said <= marked


@pytest.fixture(scope="module")
def marked() -> set[str]:
    """All texts of the model that translators are given."""
    folder = Path(casetracker.model.__file__).parent
    keywords = {"N_": None, "tr": None, "ntr": (1, 2)}
    found = extract_from_dir(folder, [("**.py", "python")], keywords=keywords)
    return {
        text
        for _, _, message, _, _ in found
        for text in (message if isinstance(message, tuple) else [message])
    }


@pytest.mark.parametrize("entity", frozen.KEPT, ids=lambda e: e.__name__)
def test_what_was_given_out_changes_in_no_way(store: Store, fill: Filling, entity: type[Entity]) -> None:
    record_id = store.save(fill.draft(entity))
    draft = store.draft(entity, record_id)
    before = content(draft)
    fill.change(draft, "other")

    if content(draft) != before:  # that somebody was named has nothing of its own that could change
        with pytest.raises(UserError, match=_KEPT):
            store.save(draft)
    with pytest.raises(UserError, match=_KEPT):
        store.delete(entity, record_id)


def test_names_of_tables_and_classes_are_each_given_once() -> None:
    assert len({e.__tablename__ for e in ENTITIES}) == len({e.__name__ for e in ENTITIES}) == len(ENTITIES)
    every = {sub for base in Entity.__subclasses__() for sub in (base, *base.__subclasses__())}
    assert {entity for entity in every if "__abstract__" not in vars(entity)} == set(ENTITIES)


def test_children_belong_to_entities_that_are_listed() -> None:
    for entity in ENTITIES:
        for field in children_of(entity).values():
            assert field.kind.target in casetracker.model.BY_NAME


def _last_change(store: Store, entity: type[Entity], record_id: str) -> AuditChange:
    with store.reading() as session:
        last = sa.select(sa.func.max(AuditAction.number)).scalar_subquery()
        query = (
            sa.select(AuditChange)
            .join(AuditAction, AuditAction.id == AuditChange.action_id)
            .where(AuditAction.number == last, AuditChange.record_id == record_id)
        )
        changed = session.scalars(query).one()
    assert changed.entity == entity.__name__
    return changed


def _rows(store: Store) -> dict[str, int]:
    with store.reading() as session:
        count = sa.func.count()
        return {e.__name__: session.scalar(sa.select(count).select_from(e.__table__)) for e in ENTITIES}
