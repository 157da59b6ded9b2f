"""What an event followed, before there were typed links, is a link afterwards."""

from __future__ import annotations

from pathlib import Path

from casetracker.model.events.chain import Joint
from casetracker.store import chain
from casetracker.store.engine import open_engine, open_unguarded
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import KEY
from tests.test_migrations import migrate


def test_an_event_still_follows_what_it_followed(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    migrate(path, "0007")
    engine = open_unguarded(path, KEY)
    with engine.begin() as connection:
        for id_, sort, follows in (("p1", "protest", None), ("p2", "protest", "p1"), ("m1", "meeting", "p2")):
            connection.exec_driver_sql(
                "INSERT INTO events (id, version, confidentiality, sort, title, on_edtf, follows_id)"
                " VALUES (?, 1, 2, ?, ?, '2021-10', ?)",
                (id_, sort, f"Event {id_}", follows),
            )
        connection.exec_driver_sql("INSERT INTO protests (id) VALUES ('p1'), ('p2')")
        connection.exec_driver_sql(
            "INSERT INTO offices (id, version, confidentiality, name) VALUES ('o', 1, 0, 'O')"
        )
        connection.exec_driver_sql("INSERT INTO meetings (id, ref, office_id) VALUES ('m1', 'MT-1', 'o')")
    engine.dispose()

    migrate(path, "head")

    engine = open_engine(path, KEY)
    store = Store(engine, "A. Serik")
    with store.reader() as reader:
        followed = chain.follows(reader, "m1")
        found = chain.chain_of(reader, "Protest", "p1")
    assert followed is not None
    assert (followed.entity.__name__, followed.id) == ("Protest", "p2")
    assert [node.id for node in found.nodes] == ["p1", "p2", "m1"]
    assert {tie.joint for tie in found.ties} == {Joint.FOLLOWS}
    assert inconsistencies(store) == []
    engine.dispose()
