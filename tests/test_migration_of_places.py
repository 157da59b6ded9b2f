"""Homes are addresses afterwards, places have codes, and the casebook has the key by which numbers meet."""

from __future__ import annotations

from pathlib import Path

from casetracker.model import Person
from casetracker.model.papers import PaperKind
from casetracker.store import papers
from casetracker.store.engine import open_engine, open_unguarded
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import KEY
from tests.test_migrations import migrate

NUMBER = "65310119000615009X"  # a documented vector, of nobody alive


def test_an_older_casebook_knows_its_places_and_homes(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    migrate(path, "0001")
    engine = open_unguarded(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO casebook (casebook_id, created_at, program_version)"
            " VALUES ('b', '2021-10-01', '0.1')"
        )
        for id_, home, birthplace in (
            ("a", "a village", "Künes"),
            ("b", None, "far away"),
            ("c", "flat 5", None),
        ):
            connection.exec_driver_sql(
                "INSERT INTO persons (id, version, confidentiality, home, birthplace) VALUES (?, 1, 2, ?, ?)",
                (id_, home, birthplace),
            )
            connection.exec_driver_sql(
                "INSERT INTO person_names (id, version, confidentiality, person_id, full, folded, position)"
                " VALUES (?, 1, 2, ?, 'Nurlan', 'nurlan', 0)",
                (f"n{id_}", id_),
            )
    engine.dispose()

    migrate(path, "head")

    engine = open_engine(path, KEY)
    store = Store(engine, "A. Serik")
    assert inconsistencies(store) == []
    homes = {id_: store.draft(Person, id_).children["addresses"] for id_ in "abc"}
    assert {id_: [home.values["text"] for home in found] for id_, found in homes.items()} == {
        "a": ["a village"],
        "b": [],
        "c": ["flat 5"],
    }
    assert store.draft(Person, "a").values["birthplace"] == "Künes"
    person = store.draft(Person, "a")
    person.add("papers", kind=PaperKind.PRC_ID, number=NUMBER)
    store.save(person)
    with store.reading() as session:
        assert papers.people_with_number(session, NUMBER) == ["a"]
        assert len(papers.key_of(session)) == 64
    engine.dispose()
