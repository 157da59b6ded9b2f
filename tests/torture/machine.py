"""Any sequence of actions, with locking and opening again between them: the casebook agrees with itself."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casetracker.errors import UserError
from casetracker.model import Case, Meeting, Person
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.entity import Entity
from casetracker.store import kept_drafts
from casetracker.store.audit.verifying import verify
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.erasing.doing import erase_person
from casetracker.store.examine import inconsistencies
from casetracker.store.merging import merge
from casetracker.store.opening import store_of
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE
from tests.torture.office import SECRET

CHANCE = st.integers(0, 1000)


class OfficeMachine(RuleBasedStateMachine):
    """Somebody who does one thing after another, in any order."""

    made: Path | None = None

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="casetracker-machine-"))
        self.number = 0
        self.book: Casebook

    @initialize()
    def begin(self) -> None:
        cls = type(self)
        if cls.made is None or not cls.made.exists():
            home = Path(tempfile.mkdtemp(prefix="casetracker-made-"))
            create_casebook(home / "b", SECRET, "D", kdf=CHEAP, bounds=LOOSE, recovery=False)[0].close()
            cls.made = home / "b.casebook"
        self._open(Path(shutil.copytree(cls.made, self.root / "b.casebook")))

    def _open(self, folder: Path) -> None:
        self.book = open_casebook(folder, SECRET, bounds=LOOSE)
        self.store = store_of(self.book)
        self.office = Office_(self.store)

    def teardown(self) -> None:
        with suppress(AttributeError):
            self.book.close()
        shutil.rmtree(self.root, ignore_errors=True)

    def _ids(self, entity: type[Entity]) -> list[str]:
        with self.store.reader() as reader:
            return reader.ids(sa.select(entity.id).order_by(entity.id))

    def _try(self, work: Callable[[], Any]) -> None:
        self.number += 1
        with suppress(UserError):  # refused with a sentence: nothing was changed
            work()

    def _pick(self, entity: type[Entity], chance: int) -> str:
        ids = self._ids(entity)
        if not ids:
            raise UserError("nothing there")
        return ids[chance % len(ids)]

    @rule()
    def person(self) -> None:
        self._try(lambda: self.office.person(f"Айгүл {self.number}", f"Aigul {self.number}"))

    @rule()
    def case(self) -> None:
        self._try(lambda: self.office.case(f"Ерлан {self.number}"))

    @rule(chance=CHANCE)
    def meeting(self, chance: int) -> None:
        self._try(lambda: self.office.meeting(*self._ids(Case)[: chance % 3]))

    @rule(chance=CHANCE)
    def edit(self, chance: int) -> None:
        def work() -> None:
            draft = self.store.draft(Person, self._pick(Person, chance))
            draft.values["occupation"] = f"trade {self.number}"
            draft.add("contacts", value=f"+7 {self.number}")
            self.store.save(draft)

        self._try(work)

    @rule(chance=CHANCE)
    def link(self, chance: int) -> None:
        def work() -> None:
            draft = self.store.draft(Meeting, self._pick(Meeting, chance))
            draft.add("cases", case_id=self._pick(Case, chance // 7))
            self.store.save(draft)

        self._try(work)

    @rule(chance=CHANCE)
    def custody(self, chance: int) -> None:
        def work() -> None:
            draft = self.store.draft(Case, self._pick(Case, chance))
            kinds = list(CustodyKind)
            draft.children["episodes"][0].add("custody", kind=kinds[chance % len(kinds)])
            self.store.save(draft)

        self._try(work)

    @rule(chance=CHANCE)
    def merge_two(self, chance: int) -> None:
        one, other = (lambda: self._pick(Person, chance)), (lambda: self._pick(Person, chance + 1))
        self._try(lambda: merge(self.store, Person, one(), other()) if one() != other() else None)

    @rule(chance=CHANCE)
    def delete(self, chance: int) -> None:
        entity = (Meeting, Case, Person)[chance % 3]
        self._try(lambda: self.store.delete(entity, self._pick(entity, chance // 3)))

    @rule(chance=CHANCE)
    def erase(self, chance: int) -> None:
        if chance % 4 == 0:  # seldom: it cannot be taken back
            self._try(lambda: erase_person(self.store, self._pick(Person, chance)))

    @rule()
    def undo(self) -> None:
        self._try(self.store.undo)

    @rule()
    def redo(self) -> None:
        self._try(self.store.redo)

    @rule()
    def type_something(self) -> None:
        self._try(lambda: kept_drafts.keep(self.store, "k", "p", {"screen": {"n": self.number}}))

    @rule()
    def lock_and_open_again(self) -> None:
        folder = self.book.folder
        self.book.close()
        self._open(folder)

    @invariant()
    def agrees_with_itself(self) -> None:
        if not hasattr(self, "store"):
            return
        assert inconsistencies(self.store) == []
        with self.store.reading() as session:
            assert verify(session).first_break is None


def run(examples: int, steps: int) -> int:
    """Try so many sequences of so many steps; raises what the first broken one raises."""
    from hypothesis.stateful import run_state_machine_as_test

    random.seed(1)
    run_state_machine_as_test(
        OfficeMachine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    return examples * steps
