"""The audit log as a chain: what is written later cannot be altered unseen."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from casetracker.errors import UserError
from casetracker.model import Case, Person
from casetracker.store.audit import anchors, chaining, guard, signing
from casetracker.store.audit.accesses import Access, Noted
from casetracker.store.audit.carrying import carry_over
from casetracker.store.audit.chaining import EVERY
from casetracker.store.audit.device import Device, signed, this_device
from casetracker.store.audit.entries import Entry, canonical, entries, genesis, heads
from casetracker.store.audit.unlogged import unlogged
from casetracker.store.audit.verifying import ChainReport, verify
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.tampering import ATTACKS, ONLY_WITH_A_CODE, attack

KNOWN = "34c2b411a214b86c9fb0d281a444bed5eafc5f2987988973ed155a57b8233436"
SEALING = bytes(range(32))


def report(store: Store) -> ChainReport:
    with store.reading() as session:
        return verify(session)


@pytest.fixture
def device(store: Store, tmp_path: Path) -> Device:
    """The computer of the test, known to the log."""
    made = store.chain.device = this_device(SEALING, tmp_path / "signing")
    signing.note_opening(store)
    return made


def test_an_empty_log_is_sound_and_has_no_code(store: Store) -> None:
    assert report(store).breaks == []
    assert anchors.anchor(store) == ""


def test_every_action_is_bound_in_its_own_transaction(store: Store, office: Office_) -> None:
    case = office.case()
    draft = store.draft(Case, case)
    draft.values["notes"] = "told by telephone"
    store.save(draft)
    store.undo()
    store.redo()
    store.delete(Case, case)

    found = report(store)

    with store.reading() as session:
        changes = session.scalar(sa.select(sa.func.count()).select_from(AuditChange)) or 0
        actions = session.scalar(sa.select(sa.func.count()).select_from(AuditAction)) or 0
    assert found.breaks == []
    assert found.length == changes + actions


def test_an_action_that_fails_leaves_no_entry(store: Store, office: Office_) -> None:
    office.person()
    length = report(store).length

    def half() -> None:
        with store.edit("half") as edit:
            draft = store.draft(Person)
            draft.add("names", full="Аманжол", primary=True)
            edit.write(draft)
            raise UserError("no")

    with pytest.raises(UserError):
        half()

    assert report(store).length == length
    assert report(store).breaks == []


def test_what_is_written_past_the_flushes_is_bound_too(store: Store, office: Office_) -> None:
    person = office.person()
    with store.rewriting("many at once") as session:
        session.get_one(Person, person).occupation = "driver"
        session.flush()
        action = session.scalar(sa.select(sa.func.max(AuditAction.number)))
        of = session.scalar(sa.select(AuditAction.id).where(AuditAction.number == action))
        row = {"entity": "Person", "record_id": person, "before": {"build": None}, "after": {"build": "tall"}}
        session.execute(sa.insert(AuditChange), [{"action_id": of, **row}])

    assert report(store).breaks == []


@pytest.mark.parametrize("table", [AuditAction.__table__, AuditChange.__table__, entries], ids=str)
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_lets_nobody_change_the_log(
    store: Store, office: Office_, table: sa.Table, deed: str
) -> None:
    office.person()
    column = next(iter(table.primary_key))
    statement = (
        sa.delete(table) if deed == "delete" else sa.update(table).values({column.name: column + 1000})
    )

    with pytest.raises(IntegrityError), store._edits() as session:
        session.execute(statement)


def test_a_guard_that_was_taken_down_is_missed(store: Store) -> None:
    with store._edits() as session:
        guard.take_down(session)
        session.commit()

    assert any("audit_changes" in b.what for b in report(store).breaks)


@pytest.fixture
def long_log(store: Store, device: Device, office: Office_) -> Store:
    """A log of some hundred entries, with signed heads."""
    people = [office.person(f"Аманжол {n}") for n in range(12)]
    for number in range(110):
        draft = store.draft(Person, people[number % 12])
        draft.values["occupation"] = f"driver {number}"
        store.save(draft)
    signing.sign_off(store)
    return store


@pytest.mark.parametrize("name", list(ATTACKS))
def test_every_attack_is_found_with_a_code_from_outside(long_log: Store, name: str) -> None:
    code = anchors.anchor(long_log)
    length = report(long_log).length
    chance = random.Random(name)
    assert length > 2 * EVERY
    for _ in range(4):
        with long_log._edits() as session:  # never committed: the next attack meets the sound log
            attack(session, name, chance, "0" * 32, length)
            found = verify(session)

        missing = anchors.compare(found, anchors.read_anchor(code))
        assert found.breaks or missing
        if name in ONLY_WITH_A_CODE:
            assert missing
            assert all(b.seq == 0 or b.seq % EVERY for b in found.breaks)
        elif name != "fork":
            assert found.breaks
    assert report(long_log).breaks == []


def test_the_first_break_is_named(long_log: Store) -> None:
    with long_log._edits() as session:
        guard.take_down(session)
        session.execute(sa.update(entries).where(entries.c.seq.in_((57, 90))).values(actor="X"))
        found = verify(session)

    assert found.first_break is not None
    assert found.first_break.seq == 57


def test_heads_are_signed_every_hundred_entries_and_at_the_end(long_log: Store, device: Device) -> None:
    with long_log.reading() as session:
        made = session.execute(sa.select(heads).order_by(heads.c.seq)).all()
    found = report(long_log)

    assert len(made) == found.length // EVERY + 1
    assert next(code for _, code in anchors.listed(long_log)) == anchors.anchor(long_log)
    assert made[-1].seq == found.length == found.signed_to
    assert all(signed(h.device_key, h.signature, "0" * 32, h.seq, h.link) for h in made)
    assert not signed(made[0].device_key, made[0].signature, "1" * 32, made[0].seq, made[0].link)


def test_the_key_of_a_computer_is_kept_sealed_and_comes_back(tmp_path: Path) -> None:
    first = this_device(SEALING, tmp_path)
    first.remember(7, "ab" * 32)

    again, stranger = this_device(SEALING, tmp_path), this_device(bytes(32), tmp_path)

    assert (again.id, again.seen) == (first.id, (7, "ab" * 32))
    assert stranger.id != first.id
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert first.key.private_bytes_raw() not in kept
    assert first.key.private_bytes_raw().hex().encode() not in kept


def test_an_older_copy_put_back_is_noticed_on_the_computer_that_saw_the_newer(
    long_log: Store, device: Device
) -> None:
    assert signing.lost(long_log) == ""
    device.seen = (report(long_log).length + 5, "ab" * 32)

    assert "entry" in signing.lost(long_log)


def test_a_clock_set_back_changes_no_order_and_is_told(
    store: Store, office: Office_, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.person()
    earlier = dt.datetime(2001, 1, 1)  # noqa: DTZ001 - UTC without its zone, as the log has it
    monkeypatch.setattr("casetracker.store.store._now", lambda: earlier)
    office.person("Әлия")

    found = report(store)

    with store.reading() as session:
        ticks = session.scalars(sa.select(entries.c.tick).order_by(entries.c.seq)).all()
    assert found.breaks == []
    assert len(found.notes) == 1
    assert ticks == sorted(ticks)


def test_accesses_are_noted_and_bound(store: Store) -> None:
    store.note(Noted(Access.PRINTED, "Case", "c", "Case summary"), Noted(Access.VIEWED, "Case", "c"))

    found = report(store)

    assert (found.length, found.breaks) == (2, [])


def test_lines_from_before_the_chain_are_carried_over_and_marked(store: Store, office: Office_) -> None:
    office.case()
    with store._edits() as session:
        guard.take_down(session)
        session.execute(sa.delete(entries))
        guard.put_up(session)
        assert verify(session).breaks
        carry_over(session, "0099")
        session.commit()

    found = report(store)
    with store.reading() as session:
        marks = session.scalars(sa.select(entries.c.carried)).all()
        assert list(unlogged(session)) == []
    assert found.breaks == []
    assert found.length == len(marks)
    assert all(marks)
    office.person("Әлия")
    assert report(store).breaks == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE persons SET occupation = 'spy'", "changed"),
        ("DELETE FROM person_names", "removed"),
        (
            "INSERT INTO tags (id, version, confidentiality, name) VALUES ('t', 1, 3, 'made up')",
            "added",
        ),
    ],
)
def test_records_that_were_changed_past_the_program_are_found(
    store: Store, office: Office_, statement: str, said: str
) -> None:
    office.person()
    with store.reading() as session:
        assert list(unlogged(session)) == []

    with store._edits() as session:
        session.execute(sa.text(statement))
        found = list(unlogged(session))

    assert [said in what for _, _, what in found] == [True]


# Codes


@pytest.mark.parametrize(
    "typed", [str.lower, lambda c: c.replace("-", " "), lambda c: c.replace("-", "–"), str]
)
def test_a_code_is_read_as_people_write_it(store: Store, office: Office_, typed: object) -> None:
    office.person()
    code = anchors.anchor(store)

    assert str(anchors.read_anchor(typed(code))) == code  # type: ignore[operator]


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 10**7), st.binary(min_size=32, max_size=32), st.integers(0, 23), st.sampled_from("0ZQ7")
)
def test_one_wrong_sign_of_a_code_is_noticed(seq: int, link: bytes, place: int, sign: str) -> None:
    code = str(anchors.Anchor(seq, anchors.signs_of(link.hex())))
    at = len(str(seq)) + 1 + place
    wrong = code[:at] + sign + code[at + 1 :]
    if code[at] in (sign, "-"):
        return

    with pytest.raises(UserError):
        anchors.read_anchor(wrong)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_as_a_code_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(UserError):
        anchors.read_anchor(text)


# Properties of the link

ENTRIES = st.builds(
    Entry,
    seq=st.integers(1, 10**6),
    device=st.text(max_size=8),
    actor=st.text(max_size=20),
    at=st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001
    tick=st.integers(0, 2**31),
    op=st.sampled_from([op.name for op in chaining.Op]),
    entity=st.text(max_size=8),
    record_id=st.text(max_size=8),
    row_version=st.none() | st.integers(0, 99),
    before_hash=st.none() | st.text(max_size=8),
    after_hash=st.none() | st.text(max_size=8),
    of_row=st.none() | st.integers(0, 99),
    carried=st.booleans(),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES, ENTRIES, st.sampled_from([f.name for f in dataclasses.fields(Entry)]))
def test_no_part_of_an_entry_can_change_without_its_link(one: Entry, other: Entry, part: str) -> None:
    start = genesis("0" * 32)
    changed = dataclasses.replace(one, **{part: getattr(other, part)})

    same = canonical(getattr(one, part)) if part != "at" else one.at
    becomes = canonical(getattr(other, part)) if part != "at" else other.at
    assert (one.link("0" * 32, start) == changed.link("0" * 32, start)) == (same == becomes)
    assert one.link("0" * 32, start) != one.link("1" * 32, start)
    assert one.link("0" * 32, start) != one.link("0" * 32, genesis("1" * 32))


def test_the_body_of_an_entry_is_hashed_in_one_way() -> None:
    """A known answer, so that no later version reads old chains differently."""
    entry = Entry(1, "d", "Ә", dt.datetime(2021, 11, 12, 9), 5, "ADDED", "Case", "c", 1, None, "ff", 3)  # noqa: DTZ001

    assert canonical({"b": "Ә", "a": None}) == '{"a":null,"b":"Ә"}'.encode()
    assert entry.link("0" * 32, genesis("0" * 32)).hex() == KNOWN
