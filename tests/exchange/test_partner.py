"""Cases go to another office and come back: nothing lost, nothing twice, both versions kept."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from casetracker.errors import Damaged, UserError, WrongPassphrase
from casetracker.exchange.export import Exported, Wanted, export
from casetracker.exchange.partner import giving, receiving
from casetracker.jobs import Cancelled
from casetracker.model import Case, Citation, ExternalNumber, Note, Person, ReceivedBundle
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.sources.consent import Answer
from casetracker.store import meta, release_register, upgrade
from casetracker.store.draft import Draft
from casetracker.store.engine import open_engine
from casetracker.store.partner import receipts
from casetracker.store.partner.comparing import Side, compare
from casetracker.store.partner.taking import Taken, take_in
from casetracker.store.partner.theirs import TAKEN, Bundle, office_id
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY
from tests.store.sample import CHEAP, LOOSE

LOCK = "rano muso goza dopu tera suma levo"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving, "KDF", CHEAP)
    monkeypatch.setattr(receiving, "BOUNDS", LOOSE)


@pytest.fixture
def other(template: Path, tmp_path: Path) -> Iterator[Store]:
    """The casebook of another office: empty, with keys of its own."""
    folder = tmp_path / "other"
    folder.mkdir()
    with another_office(template, folder) as store:
        yield store


def other_cases(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(sa.select(Case.id)))


@contextmanager
def another_office(template: Path, folder: Path) -> Iterator[Store]:
    path = Path(shutil.copy(template, folder / "records.db"))
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.execute(sa.update(meta.casebook_table).values(paper_key="ab" * 32, casebook_id="1" * 32))
    yield Store(engine, "B. Other", today=lambda: dt.date(2021, 11, 20))
    engine.dispose()


def send(store: Store, out: Path, **more: Any) -> Exported:
    wanted = Wanted("partner", Audience.PARTNER, passphrase=LOCK, office="Office A", **more)
    return export(store, wanted, out, addressee="Office B")


def bundle_of(store: Store, folder: Path, **more: Any) -> Bundle:
    out = folder / "cases.ctsealed"
    send(store, out, **more)
    return receiving.read(out, LOCK)


def rows(store: Store, *entities: Any) -> dict[str, list[Any]]:
    tables = [e.__table__ for e in entities or TAKEN]
    with store.reading() as session:
        return {t.name: sorted(map(tuple, session.execute(sa.select(t))), key=str) for t in tables}


def agree(store: Store, case_id: str) -> None:
    """Ask the family for consent to share with partners, as the other office has to do for itself."""
    draft = store.draft(Case, case_id)
    values = {"use": Use.K2, "answer": Answer.AGREES, "given": dt.date(2021, 11, 16)}
    draft.add("consents", person_id=draft.values["person_id"], **values)
    store.save(draft)


def test_the_examples_cases_arrive_with_all_that_was_given(
    example: Store, other: Store, tmp_path: Path
) -> None:
    bundle = bundle_of(example, tmp_path)
    assert bundle.office_name == "Office A"
    found = compare(other, bundle)
    assert (found.new_cases, found.differences) == (4, [])
    taken = take_in(other, bundle, {})
    assert (taken.new_cases, taken.known_cases, taken.kept_beside) == (4, 0, 0)
    assert taken.new + taken.in_notes >= len(bundle.records)
    given = {(e.entity.__name__, v) for e in bundle.records for v in map(_text, e.values.values()) if v}
    with other.reading() as session:
        there = {
            (e.__name__, v)
            for e in TAKEN
            for record in session.scalars(sa.select(e))
            for v in (_text(getattr(record, n)) for n in _fields(e))
        }
        notes = " ".join(session.scalars(sa.select(Note.text)))
        notes += " ".join(filter(None, session.scalars(sa.select(ReceivedBundle.notes))))
    lost = {text for kind, text in given - there if text not in notes}
    assert lost == set(), lost


def _fields(entity: Any) -> list[str]:
    from casetracker.model.entity import values_of

    return list(values_of(entity))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def test_twice_changes_nothing_and_undo_takes_all_of_it_back(
    example: Store, other: Store, tmp_path: Path
) -> None:
    bundle = bundle_of(example, tmp_path)
    before = rows(other)
    take_in(other, bundle, {})
    once = rows(other, *TAKEN, Note, Citation, ReceivedBundle)
    assert take_in(other, bundle, {}).already
    assert compare(other, bundle).already == dt.date(2021, 11, 20)
    assert rows(other, *TAKEN, Note, Citation, ReceivedBundle) == once
    again = bundle_of(example, tmp_path)  # another bundle, which says the same
    assert again.number != bundle.number
    taken = take_in(other, again, {})
    assert (taken.new, taken.changed, taken.kept_beside) == (0, 0, 0)
    assert rows(other, *TAKEN) == {name: once[name] for name in rows(other, *TAKEN)}
    other.undo()
    other.undo()
    assert rows(other) == before
    assert take_in(other, bundle, {}).new_cases == 4


def _changed(store: Store, entity: Any, **values: Any) -> None:
    with store.reading() as session:
        (record_id,) = session.scalars(
            sa.select(entity.id).where(entity.__table__.c.id.is_not(None)).limit(1)
        )
    draft = store.draft(entity, record_id)
    draft.values |= values
    store.save(draft)


@pytest.mark.parametrize("side", list(Side))
def test_two_copies_of_a_case_show_only_what_differs_and_keep_both(
    store: Store, other: Store, office: Any, tmp_path: Path, side: Side
) -> None:
    case = office.case("Бақытжан Нұрланұлы", consent=(Use.K2,), request="Find him.", account="Taken at home.")
    take_in(other, bundle_of(store, tmp_path, case_ids=(case,)), {})
    with other.reading() as session:
        (there,) = session.scalars(sa.select(Case.id))
    _changed(store, Case, request="Find him soon.", account="Taken at home in May.")
    _changed(other, Case, request="A visit.")
    agree(other, there)
    second = bundle_of(store, tmp_path, case_ids=(case,))
    found = compare(other, second)
    assert {(d.label, d.ours, d.theirs) for d in found.differences} == {
        ("What the family asks", "A visit.", "Find him soon."),
        ("What happened", "Taken at home.", "Taken at home in May."),
    }
    decisions = {d.key: side for d in found.differences if d.name == "request"}
    take_in(other, second, decisions, Side.THEIRS)
    now = other.draft(Case, there).values
    assert now["account"] == "Taken at home in May."
    wanted = {Side.OURS: "A visit.", Side.THEIRS: "Find him soon."}
    if side is Side.BOTH:
        assert now["request"].startswith("A visit.")
        assert now["request"].endswith("Find him soon.")
    else:
        assert now["request"] == wanted[side]
    with other.reading() as session:
        notes = " ".join(session.scalars(sa.select(Note.text)))
        cited = set(session.execute(sa.select(Citation.field, Citation.says)))
    assert {"A visit.", "Find him soon.", "Taken at home."} <= {w for w in (
        "A visit.", "Find him soon.", "Taken at home.") if w in notes}  # fmt: skip
    assert ("request", "Find him soon.") in cited
    third = bundle_of(store, tmp_path, case_ids=(case,))
    assert compare(other, third).differences == []  # what was decided is not asked again
    _changed(store, Case, request="Find him today.")
    (open_,) = compare(other, bundle_of(store, tmp_path, case_ids=(case,))).differences
    assert open_.theirs == "Find him today."


def test_a_case_that_comes_home_is_known_again(
    store: Store, other: Store, office: Any, tmp_path: Path
) -> None:
    case = office.case("Бақытжан Нұрланұлы", consent=(Use.K2,), request="Find him.")
    take_in(other, bundle_of(store, tmp_path), {})
    with other.reading() as session:
        (there,) = session.scalars(sa.select(Case.id))
    agree(other, there)
    _changed(other, Case, request="A visit.")
    home = bundle_of(other, tmp_path)
    assert home.office == office_id(other) != office_id(store)
    found = compare(store, home)
    assert (found.new_cases, found.known_cases) == (0, 1)
    assert [(d.label, d.ours, d.theirs) for d in found.differences] == [
        ("What the family asks", "Find him.", "A visit.")
    ]
    take_in(store, home, {}, Side.THEIRS)
    assert store.draft(Case, case).values["request"] == "A visit."
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2


def test_consents_do_not_travel_and_so_nothing_goes_on(
    store: Store, other: Store, office: Any, tmp_path: Path
) -> None:
    office.case(consent=(Use.K2, Use.K3))
    take_in(other, bundle_of(store, tmp_path), {})
    with pytest.raises(UserError, match="not agreed"):
        send(other, tmp_path / "on.ctsealed")


# Receipts


def test_a_receipt_comes_back_and_the_register_says_so(
    store: Store, other: Store, office: Any, tmp_path: Path
) -> None:
    office.case(consent=(Use.K2,))
    bundle = bundle_of(store, tmp_path)
    out = tmp_path / "receipt.json"
    receiving.write_receipt(other, bundle, "Office B", out)
    assert receiving.is_receipt(out)
    assert "Бақытжан" not in out.read_text("utf-8")
    receipt = receiving.read_receipt(out)
    assert "2021-11-20" in receipts.note(store, receipt)
    assert receipts.receipts(store) == {bundle.number: (dt.date(2021, 11, 20), "Office B")}
    (line,) = release_register.register(store)
    assert (line.report, line.addressee) == ("export-partner", "Office B")
    assert "already" in receipts.note(store, receipt)
    assert len(receipts.receipts(store)) == 1
    for wrong in (replace(receipt, received_by="X"), replace(receipt, received=TODAY)):
        with pytest.raises(UserError, match="changed"):
            receipts.note(store, wrong)
    with pytest.raises(UserError, match="no bundle"):
        receipts.note(other, receipt)
    said = json.loads(out.read_text("utf-8"))
    out.write_text(json.dumps(said | {"version": 2}))
    with pytest.raises(UserError, match="newer"):
        receiving.read_receipt(out)
    out.write_text('{"format": "casetracker-receipt"}')
    with pytest.raises(UserError, match="cannot be read"):
        receiving.read_receipt(out)


# What can be wrong


def test_bad_bundles_are_named(store: Store, other: Store, office: Any, tmp_path: Path) -> None:
    office.case(consent=(Use.K2,))
    out = tmp_path / "cases.ctsealed"
    send(store, out)
    assert receiving.is_bundle(out)
    assert "Бақытжан".encode() not in out.read_bytes()
    with pytest.raises(WrongPassphrase):
        receiving.read(out, "another one")
    with pytest.raises(UserError, match="made in this casebook"):
        take_in(store, receiving.read(out, LOCK), {})
    whole = out.read_bytes()
    bad = tmp_path / "bad.ctsealed"
    for content in (whole[:-30], whole[: len(whole) // 2], whole[:-900] + b"x" + whole[-899:]):
        bad.write_bytes(content)
        with pytest.raises(Damaged):
            receiving.read(bad, LOCK)
    bad.write_bytes(b"no bundle")
    assert not receiving.is_bundle(bad)
    with pytest.raises(UserError, match="partner"):
        export(store, Wanted("partner", Audience.PUBLIC, passphrase=LOCK), tmp_path / "x")


def test_values_that_do_not_fit_stand_in_the_note_of_the_case(
    store: Store, other: Store, office: Any, tmp_path: Path
) -> None:
    case = office.case(consent=(Use.K2,))
    draft = store.draft(Case, case)
    draft.children["numbers"] = [Draft(ExternalNumber, values={"scheme": "xvd", "number": "123"})]
    store.save(draft)
    bundle = bundle_of(store, tmp_path)
    records = [
        replace(each, values=each.values | {"sex": "nonsense"}, unread=(("Shoe size", "43"),))
        if each.entity is Case
        else each
        for each in bundle.records
    ]
    records = [
        replace(e, values={n: v for n, v in e.values.items() if n != "sex"}) if e.entity is Case else e
        for e in records
    ]
    taken = take_in(other, replace(bundle, records=tuple(records)), {})
    assert taken.in_notes >= 1
    with other.reading() as session:
        assert "Shoe size: 43" in " ".join(session.scalars(sa.select(Note.text)))


class Impatient:
    def step(self, done: int, total: int, what: str = "") -> None:
        if done:
            raise Cancelled


def test_stopping_leaves_nothing(store: Store, other: Store, office: Any, tmp_path: Path) -> None:
    office.case(consent=(Use.K2,))
    bundle = bundle_of(store, tmp_path)
    before = rows(other)
    with pytest.raises(Cancelled):
        take_in(other, bundle, {}, progress=Impatient())
    assert rows(other) == before
    assert (type(Taken().text()), upgrade.revisions()[0]) == (str, upgrade.revisions()[0])
