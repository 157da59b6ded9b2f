"""A real encrypted casebook for each test, and short ways to fill it."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from casetracker.example import EXAMPLE_DAY, USER
from casetracker.example.build import build
from casetracker.model import ENTITIES, Case, Consent, Family, HandOver, Meeting, Office, Person
from casetracker.model.confidentiality import Confidentiality, Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.sources.consent import Answer
from casetracker.store import meta, upgrade
from casetracker.store.audit import device
from casetracker.store.engine import connect, open_engine
from casetracker.store.keyslots import DataKey
from casetracker.store.store import Store
from tests.filling import Filling

KEY = DataKey(bytes(range(32)))
TODAY = dt.date(2021, 11, 12)


@pytest.fixture(autouse=True, scope="session")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """Where the keys lie by which the computer of the tests signs logs: the last of these folders."""
    folders = [tmp_path_factory.mktemp("settings")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(device, "settings_folder", lambda: folders[-1])
        yield folders


@pytest.fixture(autouse=True)
def new_computer(computer: list[Path]) -> None:
    """Each test has a computer of its own: it has seen no other copy of a casebook that many tests copy."""
    computer.append(computer[0] / str(len(computer)))


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    """Once a test had a window, its loop alone clears circles away: done here for tests without one."""
    yield
    if not gc.isenabled():
        gc.collect(1)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once by the migrations and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "records.db"
    upgrade.create_tables(path, KEY, lambda connection: meta.write_identity(connection, "0" * 32))
    with closing(connect(path, KEY, mode="rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """An empty database of this test's own."""
    return Path(shutil.copy(template, tmp_path / "records.db"))


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """An open store on an empty encrypted database, on 12 November 2021."""
    engine = open_engine(database, KEY)
    yield Store(engine, "A. Serik", today=lambda: TODAY)
    engine.dispose()


@pytest.fixture(scope="module")
def example(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The example casebook, on its own day; one for all tests of a file."""
    path = tmp_path_factory.mktemp("example") / "records.db"
    path.write_bytes(template.read_bytes())
    engine = open_engine(path, KEY)
    store = Store(engine, USER, today=lambda: EXAMPLE_DAY)
    build(store)
    yield store
    engine.dispose()


@pytest.fixture(scope="module")
def full(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[tuple[Use, ...]], Store]]:
    """Casebooks with a record of every entity, each known to everybody, each field with its canary."""
    engines = []

    @cache
    def opened(agreed: tuple[Use, ...]) -> Store:
        path = tmp_path_factory.mktemp("full") / "records.db"
        path.write_bytes(template.read_bytes())
        engines.append(open_engine(path, KEY))
        store = Store(engines[-1], "A. Serik", today=lambda: TODAY)
        level = Confidentiality.PUBLIC
        fill = Filling(store, level=level, dates_in_words=True, without=(HandOver, Consent), agreed=agreed)
        for entity in ENTITIES:
            store.save(fill.draft(entity))
        return store

    yield opened
    for engine in engines:
        engine.dispose()


class Office_:  # noqa: N801 - the fixture below is the name that tests see
    """Short ways to write records, as a case worker would through the pages."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def person(self, *names: str, **values: object) -> str:
        """Write a person with these spellings, the first one the main one."""
        draft = self.store.draft(Person)
        draft.values |= values
        for place, full in enumerate(names or ("Айгүл Серікқызы",)):
            draft.add("names", full=full, primary=place == 0)
        return self.store.save(draft)

    def case(
        self,
        name: str = "Бақытжан Нұрланұлы",
        *,
        consent: tuple[Use, ...] = (Use.K3,),
        custody: tuple[tuple[CustodyKind, str], ...] = ((CustodyKind.TAKEN, "2018-10"),),
        **values: object,
    ) -> str:
        """Write a case with its person, family, one episode and the petitioner's consents."""
        person = self.person(name)
        petitioner = self.person(f"Petitioner of {name}")
        family = self.store.draft(Family)
        family.values |= {"name": f"Family of {name}", "petitioner_id": petitioner}
        family.add("members", person_id=petitioner)
        draft = self.store.draft(Case)
        draft.values |= {
            "person_id": person,
            "family_id": self.store.save(family),
            "stage": Stage.ACTIVE,
        } | values
        episode = draft.add("episodes", arrested=KnownDate.from_edtf("2018-10"), county="Emin")
        for kind, edtf in custody:
            episode.add("custody", kind=kind, on=KnownDate.from_edtf(edtf))
        for use in consent:
            draft.add(
                "consents", person_id=petitioner, use=use, answer=Answer.AGREES, given=dt.date(2021, 1, 5)
            )
        return self.store.save(draft)

    def meeting(
        self,
        *cases: str,
        day: str = "2021-10-04",
        due: dt.date | None = dt.date(2021, 10, 25),
        **values: object,
    ) -> str:
        """Write a meeting with the Commissioner: these cases were presented, and a promise was made."""
        draft = self.store.draft(Meeting)
        draft.values |= {
            "title": "Meeting with the Commissioner for Human Rights",
            "on": KnownDate.from_edtf(day),
            "office_id": self.office(),
        } | values
        for case in cases:
            draft.add("presented", case_id=case, asked="confirm where he is held")
            draft.add("cases", case_id=case)
        if due and cases:
            promise = draft.add("promises", words="look into each case", due=due)
            for case in cases:
                promise.add("covers", case_id=case)
        return self.store.save(draft)

    def office(self, name: str = "Commissioner for Human Rights") -> str:
        """Return the office of that name, written once."""
        with self.store.reader() as reader:
            known = {o.title: o.id for o in reader.all(Office)}
        if name in known:
            return known[name]
        draft = self.store.draft(Office)
        draft.values["name"] = name
        return self.store.save(draft)


@pytest.fixture
def office(store: Store) -> Office_:
    """Short ways to write records into `store`."""
    return Office_(store)


@pytest.fixture
def clock(store: Store) -> Callable[[dt.date], None]:
    """Set the store's day."""

    def set_day(day: dt.date) -> None:
        store.today = lambda: day

    return set_day
