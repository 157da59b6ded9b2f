"""Lists, search, the page of a case, a save and the overview, each beside the same by the bare driver."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from casetracker.model import Case
from casetracker.model.entity import new_id
from casetracker.model.people.person import Script, folded
from casetracker.store import lists
from casetracker.store.casebook import Casebook
from casetracker.store.overview import overview
from casetracker.store.search import search
from casetracker.store.store import Store
from casetracker.ui.pages.case import data
from tests.benchmarks.measure import Figure, Statements, bare, medians, repeat

PAGE = 200  # lines that the list in the window asks for at a time
_COLUMNS = (
    "c.id, c.ref, c.status, c.last_news,"
    " (SELECT full FROM person_names n WHERE n.person_id = c.person_id ORDER BY position LIMIT 1),"
    " e.county, e.arrested_edtf, e.arrested_words, c.term_years,"
    " (SELECT full FROM person_names n WHERE n.person_id = f.petitioner_id ORDER BY position LIMIT 1)"
)
_LIST = (
    f"SELECT {_COLUMNS} FROM (SELECT * FROM cases ORDER BY last_news DESC, ref LIMIT ? OFFSET ?) c"
    " LEFT JOIN episodes e ON e.case_id = c.id AND e.position = 0 LEFT JOIN families f ON f.id = c.family_id"
)
_SEARCH = (
    "SELECT DISTINCT p.id, n.full, c.id, c.ref FROM person_names n JOIN persons p ON p.id = n.person_id"
    " LEFT JOIN cases c ON c.person_id = p.id WHERE n.folded LIKE ? LIMIT 24"
)
# All rows that the page of a case shows, one statement a table.
_CASE = (
    "SELECT * FROM cases WHERE id = :id",
    "SELECT * FROM episodes WHERE case_id = :id ORDER BY position",
    "SELECT j.* FROM judgments j JOIN episodes e ON e.id = j.episode_id WHERE e.case_id = :id",
    "SELECT r.* FROM suspected_reasons r JOIN episodes e ON e.id = r.episode_id WHERE e.case_id = :id",
    "SELECT * FROM state_answers WHERE case_id = :id",
    "SELECT * FROM case_closings WHERE case_id = :id",
    "SELECT u.* FROM custody_events u JOIN episodes e ON e.id = u.episode_id WHERE e.case_id = :id",
    "SELECT * FROM sources WHERE case_id = :id",
    "SELECT * FROM consents WHERE case_id = :id",
    "SELECT * FROM case_events l JOIN events e ON e.id = l.event_id LEFT JOIN protests p ON p.id = e.id"
    " LEFT JOIN meetings m ON m.id = e.id LEFT JOIN offices o ON o.id = m.office_id WHERE l.case_id = :id",
    "SELECT count(*) FROM participants t JOIN case_events l ON l.event_id = t.event_id WHERE l.case_id = :id"
    " AND outcome IN ('DETAINED', 'FINED', 'ARRESTED') GROUP BY t.event_id",
    "SELECT * FROM persons WHERE id = (SELECT person_id FROM cases WHERE id = :id)",
    "SELECT * FROM person_names WHERE person_id = (SELECT person_id FROM cases WHERE id = :id)",
    "SELECT * FROM families WHERE id = (SELECT family_id FROM cases WHERE id = :id)",
    "SELECT m.*, p.*, n.full FROM family_members m JOIN persons p ON p.id = m.person_id"
    " JOIN person_names n ON n.person_id = p.id"
    " WHERE m.family_id = (SELECT family_id FROM cases WHERE id = :id)",
    "SELECT * FROM promised_cases v JOIN promises p ON p.id = v.promise_id JOIN events e"
    " ON e.id = p.meeting_id WHERE v.case_id = :id",
)


def measure(book: Casebook, store: Store) -> Iterator[Figure]:
    """Yield the figures of one casebook."""
    with bare(book) as raw:
        yield from _lists(book, store, raw)
        yield from _search(store, raw)
        yield from _case_page(book, store, raw)
        yield from _overview(book, store, raw)
    yield from _save(book, store)


def _lists(book: Casebook, store: Store, raw: Any) -> Iterator[Figure]:
    number = lists.count_cases(store)
    places = (("first page", 0), ("jump to the end", max(0, (number - 1) // PAGE * PAGE)))
    for name, offset in places:

        def page(offset: int = offset) -> list[lists.Line]:
            return lists.case_lines(store, offset=offset, limit=PAGE)

        def floor(offset: int = offset) -> list[Any]:
            return list(raw.execute(_LIST, (PAGE, offset)).fetchall())

        same = repeat(raw, Statements(book).of(page))
        ours, least, own = medians(page, floor, same)
        note = f"{own:.1f} ms are the program's own SQL"
        yield Figure("P4", f"list of {number} cases: {name}", ours, least, f"≤ {3 * least + 20:.0f} ms", note)
    chosen = lists.Filter(text="nur")
    ours, own = medians(
        lambda: lists.case_lines(store, chosen, limit=PAGE),
        repeat(raw, Statements(book).of(lambda: lists.case_lines(store, chosen, limit=PAGE))),
    )
    yield Figure(
        "P4", f"list of {number} cases: filtered by a name", ours, own, f"≤ {3 * own + 20:.0f} ms", "same SQL"
    )


def _search(store: Store, raw: Any) -> Iterator[Figure]:
    number = lists.count_cases(store)
    for script in Script:
        [(name,)] = raw.execute(
            "SELECT full FROM person_names WHERE script = ? ORDER BY id LIMIT 1", (script.name,)
        ).fetchall()
        typed = name[: 2 if script is Script.HANS else 6]
        pattern = f"%{folded(typed)}%"
        found = len(search(store, typed))
        ours, floor = medians(
            lambda typed=typed: search(store, typed),  # type: ignore[misc]
            lambda pattern=pattern: raw.execute(_SEARCH, (pattern,)).fetchall(),  # type: ignore[misc]
        )
        what = f"search among {number} cases, {script.value}"
        yield Figure("P3", what, ours, floor, f"≤ {3 * floor + 5:.0f} ms", f"{found} hits; floor: LIKE")


def _case_page(book: Casebook, store: Store, raw: Any) -> Iterator[Figure]:
    number, statements = lists.count_cases(store), Statements(book)
    [(case,)] = raw.execute("SELECT id FROM cases ORDER BY id LIMIT 1").fetchall()
    with bare(book) as connection:
        few = len(statements.of(lambda: data.read(store, case)))
        ours, floor = medians(
            lambda: data.read(store, case),
            lambda: [connection.execute(sql, {"id": case}).fetchall() for sql in _CASE],
        )
        own = repeat(connection, statements.of(lambda: data.read(store, case)))
        [same] = medians(own)
    note = f"{few} statements, {same:.1f} ms of SQL"
    yield Figure("P5", f"open a case among {number}", ours, floor, "≤ 10", note)


def growth(book: Casebook, store: Store, links: int = 60) -> Figure:
    """Count the statements of a case's page before and after many more events are linked to it.

    It leaves the casebook with those links, so it comes last.
    """
    with bare(book, writing=True) as raw:
        [(case,)] = raw.execute("SELECT id FROM cases ORDER BY id LIMIT 1").fetchall()
        few = len(Statements(book).of(lambda: data.read(store, case)))
        raw.execute(
            "INSERT INTO case_events (id, version, confidentiality, case_id, event_id, role)"
            " SELECT lower(hex(randomblob(16))), 1, 2, ?, id, 'CONCERNS' FROM events WHERE id NOT IN"
            " (SELECT event_id FROM case_events WHERE case_id = ?) LIMIT ?",
            (case, case, links),
        )
        many = len(Statements(book).of(lambda: data.read(store, case)))
    what = f"statements of a case's page with {links} more events"
    return Figure("P5", what, many, few, "the same", unit="st.")


def _overview(book: Casebook, store: Store, raw: Any) -> Iterator[Figure]:
    number = lists.count_cases(store)
    statements = Statements(book).of(lambda: overview(store))
    ours, floor = medians(lambda: overview(store), repeat(raw, statements))
    note = f"{len(statements)} statements; floor: the same SQL"
    yield Figure("P11", f"overview of {number} cases", ours, floor, "≤ 2", note)


def _save(book: Casebook, store: Store) -> Iterator[Figure]:
    number = lists.count_cases(store)
    with store.reader() as reader:
        case = reader.ids(lists.sa.select(Case.id).order_by(Case.id).limit(1))[0]
    counter = itertools.count()

    def save() -> None:
        draft = store.draft(Case, case)
        draft.values["request"] = f"Answer in writing, edition {next(counter)}"
        store.save(draft)

    count = len(Statements(book).of(save))
    with bare(book, writing=True) as raw:
        ours, floor = medians(save, _raw_commit(raw, case, counter), runs=15)
    note = f"read, checked, saved: {count} statements"
    yield Figure("P6", f"save one edit among {number} cases", ours, floor, "≤ 5", note)


def _raw_commit(raw: Any, case: str, counter: Iterator[int]) -> Callable[[], None]:
    """The rows that such an edit changes, in one transaction of the bare driver."""

    def work() -> None:
        text, id_ = f"Answer in writing, edition {next(counter)}", new_id()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE cases SET request = ?, version = version + 1 WHERE id = ?", (text, case))
        raw.execute(
            "INSERT INTO audit_actions (id, at, who, label, kind) VALUES (?, '2021-11-12', 'A', 'E', 'EDIT')",
            (id_,),
        )
        raw.execute(
            "INSERT INTO audit_changes (action_id, entity, record_id, before, after)"
            " VALUES (?, 'Case', ?, '{}', '{}')",
            (id_, case),
        )
        raw.execute("COMMIT")

    return work
