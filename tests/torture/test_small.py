"""The same torture in small numbers, so that it runs with every test; `make torture` runs the full ones."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from casetracker.store.opening import store_of
from tests.torture import __main__ as torture
from tests.torture import damage, full, kills, machine, nonsense, office, plan, power, tracing, working_day

FORKS = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")
TRACED = pytest.mark.skipif(bool(tracing.why_not()), reason=tracing.why_not() or "traced here")


def bad(counts: Mapping[str, int]) -> int:
    return sum(counts.get(word, 0) for word in torture.BAD)


@FORKS
@pytest.mark.parametrize("name", ["saves", "imports", "new data keys", "backups"])
def test_killed_nothing_is_lost(name: str) -> None:
    counts = kills.kill_during(name, 2)
    assert (counts["kills"], bad(counts)) == (2, 0), counts


def test_a_list_that_is_there_in_part_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: with another number of rows each list of the casebook is one in part."""
    folder = office.make_book(tmp_path)

    def enough(line: str) -> None:
        if line.startswith("list"):
            raise InterruptedError

    with office.open_book(folder) as book:
        store = store_of(book)
        with pytest.raises(InterruptedError):
            office.imports(store, book, enough)
        assert office.torn_lists(store) == 0
        monkeypatch.setattr(office, "ROWS", office.ROWS + 1)
        assert office.torn_lists(store) == 1


@FORKS
def test_killed_while_being_brought_up_to_date_it_is_old_or_new() -> None:
    counts = kills.kill_at_every_statement(900)
    assert counts["kills"] >= 1
    assert bad(counts) == 0, counts


@TRACED
def test_the_power_goes_and_what_was_acknowledged_is_there() -> None:
    counts = power.cut_during(1, 8, rounds=6)
    assert (counts["cuts"], bad(counts)) == (8, 0), counts


@TRACED
def test_without_syncing_the_same_loses_something() -> None:
    """The negative control: a test of power cuts that cannot fail shows nothing."""
    assert bad(power.cut_during(1, 25, synced=False, rounds=6)) > 0


@TRACED
def test_the_disk_is_full() -> None:
    few = ("an edit", "a document", "a backup and bringing it back")
    for name, counts in full.full_during(1, only=few).items():
        assert bad(counts) == 0, (name, counts)
        assert counts["told"] + counts["told otherwise"] + counts["there was room"] == 1


def test_one_byte_is_changed() -> None:
    for name, counts in damage.change_bytes(8).items():
        assert bad(counts) == 0, (name, counts)
        assert counts["named by check"] == counts["changes"], (name, counts)


def test_nonsense_for_every_parser() -> None:
    for name, counts in nonsense.nonsense(40).items():
        assert bad(counts) == 0, (name, counts)


def test_the_watch_over_parsers_sees_a_crash_and_a_long_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonsense, "LONGEST", -1.0)

    def crash(_: bytes) -> None:
        raise KeyError

    counts = nonsense.feed({"x": (crash, [b"abc"])}, 3)["x"]
    assert (counts["crashes"], counts["slower than 2 s"]) == (3, 3)


def test_any_sequence_of_actions() -> None:
    assert machine.run(2, 8) == 16


def test_a_working_day_leaves_memory_and_threads_as_they_were() -> None:
    assert not torture.failed("day", working_day.work(60))


class TestTable:
    """What the table says of a line."""

    good: ClassVar[dict[str, int]] = {"kills": 3, "lost": 0}

    def test_a_loss_fails_and_a_control_that_loses_nothing_too(self) -> None:
        assert not torture.failed("kills", self.good)
        assert torture.failed("kills", Counter({"kills": 3, "lost": 1}))
        assert torture.failed("without syncing (must fail)", self.good)
        assert torture.failed("day", {"KiB before": 1, "KiB after": 90_000})
        assert "**failed**" in torture.table({"kills": {"x": {"torn": 2}}})

    def test_the_plan_names_twenty_five_tests_that_are_there(self) -> None:
        assert len(plan.TESTS) == 25
        for what, where, less in plan.TESTS:
            assert where or less, what
            assert all((plan.ROOT / place).exists() for place in where), what
