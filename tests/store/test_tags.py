"""Tags and notes on any record: put on, taken off, found again, gone with the record and back with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from casetracker.errors import Invalid, UserError
from casetracker.model import Case, Event, Meeting, Note, Person, Protest, Tagging
from casetracker.model.dates import KnownDate
from casetracker.model.tagging import TagColour
from casetracker.store import attached, notes, tags
from casetracker.store.store import Store
from tests.conftest import Office_


def names(store: Store, record_id: str) -> list[str]:
    return [tag.name for tag in tags.tags_of(store, record_id)]


def found(store: Store, query: sa.Select[str]) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(query))


def test_a_tag_is_made_once_and_put_on_once(store: Store, office: Office_) -> None:
    first, second = office.case(), office.case("Гүлнар Әбдіқызы")
    tag = tags.put_on(store, (Case, first), "Келесі кездесуге")
    assert tags.put_on(store, (Case, second), "  келесі   КЕЗДЕСУГЕ ") == tag
    tags.put_on(store, (Case, first), "Келесі кездесуге")
    assert names(store, first) == names(store, second) == ["Келесі кездесуге"]
    assert [(t.name, t.used) for t in tags.every_tag(store)] == [("Келесі кездесуге", 2)]
    with pytest.raises(UserError, match="needs a name"):
        tags.put_on(store, (Case, first), "   ")


def test_putting_on_and_taking_off_are_undone_as_one(store: Store, office: Office_) -> None:
    case = office.case()
    tags.put_on(store, (Case, case), "urgent")
    tags.take_off(store, tags.tags_of(store, case)[0].tagging_id)
    assert names(store, case) == []
    store.undo()
    assert names(store, case) == ["urgent"]
    store.undo()
    assert names(store, case) == []
    assert tags.every_tag(store) == []


def test_records_are_found_by_all_or_any_of_their_tags(store: Store, office: Office_) -> None:
    both, one, none = office.case("Бір"), office.case("Екі"), office.case("Үш")
    person = office.person("Төрт")
    urgent = tags.put_on(store, (Case, both), "urgent")
    press = tags.put_on(store, (Case, both), "press")
    tags.put_on(store, (Case, one), "press")
    tags.put_on(store, (Person, person), "press")
    assert found(store, tags.tagged(Case, [urgent, press])) == {both}
    assert found(store, tags.tagged(Case, [urgent, press], every=False)) == {both, one}
    assert found(store, tags.tagged(Person, [press])) == {person}
    assert none not in found(store, sa.select(Case.id).where(Case.id.in_(tags.tagged(Case, [press]))))


def test_a_protest_is_found_among_events_too(store: Store) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest", "on": KnownDate.from_edtf("2021-10-01")}
    protest = store.save(draft)
    tag = tags.put_on(store, (Event, protest), "press")
    assert found(store, tags.tagged(Protest, [tag])) == found(store, tags.tagged(Event, [tag])) == {protest}


def test_a_page_of_several_kinds_of_events_may_name_another_of_them(store: Store) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest", "on": KnownDate.from_edtf("2021-10-01")}
    protest = store.save(draft)
    tag = tags.put_on(store, (Meeting, protest), "press")
    assert found(store, tags.tagged(Protest, [tag])) == {protest}
    with store.reading() as session:
        assert list(attached.orphans(session)) == []


def test_names_and_colours_change_on_all_records(store: Store, office: Office_) -> None:
    case = office.case()
    urgent, press = (tags.put_on(store, (Case, case), name) for name in ("urgent", "press"))
    tags.rename(store, urgent, "at once")
    tags.recolour(store, urgent, TagColour.RED)
    assert [(t.name, t.tone) for t in tags.tags_of(store, case) if t.id == urgent] == [("at once", "red")]
    with pytest.raises(UserError, match="already"):
        tags.rename(store, urgent, "PRESS")
    tags.delete(store, press)
    assert names(store, case) == ["at once"]
    store.undo()
    assert names(store, case) == ["at once", "press"]


def test_neighbours_differ_in_colour(store: Store, office: Office_) -> None:
    case = office.case()
    for name in ("one", "two", "three"):
        tags.put_on(store, (Case, case), name)
    assert len({tag.colour for tag in tags.tags_of(store, case)}) == 3


def test_tags_and_notes_go_with_their_record_and_come_back(store: Store, office: Office_) -> None:
    case = office.case()
    tags.put_on(store, (Case, case), "urgent")
    notes.write_note(store, (Case, case), "ring on Friday")
    store.delete(Case, case)
    with store.reading() as session:
        assert session.scalars(sa.select(Tagging.id)).all() == session.scalars(sa.select(Note.id)).all() == []
    store.undo()
    assert names(store, case) == ["urgent"]
    assert [n.text for n in notes.notes_of(store, case)] == ["ring on Friday"]


def test_pinned_notes_stand_on_top_then_the_newest(
    store: Store, office: Office_, clock: Callable[[dt.date], None]
) -> None:
    case = office.case()
    pinned = notes.write_note(store, (Case, case), "old, but kept in sight")
    for text in ("first of the day", "second of the day"):
        notes.write_note(store, (Case, case), text)
    clock(dt.date(2021, 12, 1))
    notes.write_note(store, (Case, case), "newest")
    notes.pin_note(store, pinned, pinned=True)
    texts = [note.text for note in notes.notes_of(store, case)]
    assert texts == ["old, but kept in sight", "newest", "second of the day", "first of the day"]
    first = notes.notes_of(store, case)[0]
    assert (first.by, first.written, first.pinned) == ("A. Serik", dt.date(2021, 11, 12), True)
    assert notes.count_notes(store, case) == 4


def test_a_note_is_written_anew_and_never_empty(store: Store, office: Office_) -> None:
    case = office.case()
    note = notes.write_note(store, (Case, case), "ring on Friday")
    notes.change_note(store, note, " ring on Monday ")
    assert [n.text for n in notes.notes_of(store, case)] == ["ring on Monday"]
    with pytest.raises(Invalid):
        notes.change_note(store, note, "  ")
    with pytest.raises(Invalid):
        notes.write_note(store, (Case, case), "")
