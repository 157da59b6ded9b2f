"""Whatever was done in whatever order: all of it can be undone, and done again."""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetracker.errors import UserError
from casetracker.model import Case, Family, Meeting, Person
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.entity import Entity
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import derived
from casetracker.store.draft import Draft
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY, Office_
from tests.store.stepping import content, redo_all, undo_all

ACTIONS = ("person", "case", "meeting", "edit", "custody", "answer", "delete", "reorder", "undo", "redo")


class Desk:
    """Somebody who does one thing after another."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.office = Office_(store)
        self.made = 0

    def do(self, action: str, chance: int) -> None:
        self.made += 1
        with suppress(UserError):  # refused with a sentence: nothing was changed
            getattr(self, f"_{action}")(chance)

    def _ids(self, entity: type[Entity]) -> list[str]:
        with self.store.reader() as reader:
            return reader.ids(sa.select(entity.id).order_by(entity.id))

    def _one(self, entity: type[Entity], chance: int) -> Draft:
        ids = self._ids(entity)
        if not ids:
            raise UserError("nothing there")
        return self.store.draft(entity, ids[chance % len(ids)])

    def _person(self, _: int) -> None:
        self.office.person(f"Айгүл {self.made}")

    def _case(self, _: int) -> None:
        self.office.case(f"Ерлан {self.made}")

    def _meeting(self, chance: int) -> None:
        self.office.meeting(*self._ids(Case)[: chance % 4])

    def _edit(self, chance: int) -> None:
        draft = self._one(Person, chance)
        draft.values["occupation"] = f"trade {self.made}"
        draft.add("contacts", value=f"+7 {self.made}")
        self.store.save(draft)

    def _custody(self, chance: int) -> None:
        draft = self._one(Case, chance)
        custody = draft.children["episodes"][0].children["custody"]
        if custody and chance % 3 == 0:
            custody.pop()
        else:
            kinds = list(CustodyKind)
            draft.children["episodes"][0].add("custody", kind=kinds[chance % len(kinds)])
        self.store.save(draft)

    def _answer(self, chance: int) -> None:
        draft = self._one(Meeting, chance)
        for promise in draft.children["promises"]:
            for covered in promise.children["covers"]:
                covered.values |= {"outcome": PromiseOutcome.KEPT, "outcome_on": dt.date(2021, 11, 1)}
        self.store.save(draft)

    def _reorder(self, chance: int) -> None:
        draft = self._one(Meeting, chance)
        draft.children["presented"].reverse()
        self.store.save(draft)

    def _delete(self, chance: int) -> None:
        entity = (Meeting, Case, Person, Family)[chance % 4]
        self.store.delete(entity, self._one(entity, chance // 4).id)

    def _undo(self, _: int) -> None:
        self.store.undo()

    def _redo(self, _: int) -> None:
        self.store.redo()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 1000)), max_size=12))
def test_whatever_was_done_all_of_it_can_be_undone_and_redone(
    template: Path, actions: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records.db")
        path.write_bytes(template.read_bytes())
        engine = open_engine(path, KEY)
        store = Store(engine, "A. Serik", today=lambda: TODAY)
        desk = Desk(store)
        for action, chance in actions:
            desk.do(action, chance)
            with store.reading() as session:
                assert derived.wrong(session) == []
        while store.can_redo():
            store.redo()
        end = content(store)

        steps = undo_all(store)
        assert not any(content(store).values())
        with store.reading() as session:
            assert derived.wrong(session) == []

        assert redo_all(store) == steps
        assert content(store) == end
        engine.dispose()
