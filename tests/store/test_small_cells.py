"""Small numbers cannot be read, nor worked out from the total and the other lines."""

from __future__ import annotations

from itertools import product

import pytest

from casetracker.store.small_cells import LEAST, Cell, Shown, suppressed


def cells(*numbers: int) -> tuple[Cell, ...]:
    return tuple(Cell(str(i), n) for i, n in enumerate(numbers))


def possible(told: tuple[Cell, ...]) -> list[tuple[int, ...]]:
    """All that a reader who knows the total and the rule can think of."""
    total = sum(c.number for c in told)
    choices = {
        Shown.EXACT: lambda c: range(c.number, c.number + 1),
        Shown.FEW: lambda _: range(1, LEAST),
        Shown.HELD_BACK: lambda _: range(LEAST, total + 1),
    }
    return [p for p in product(*(choices[c.shown](c) for c in told)) if sum(p) == total]


def test_large_numbers_are_told() -> None:
    assert [c.told for c in suppressed(cells(5, 6, 70))] == [5, 6, 70]


def test_one_small_number_takes_another_line_with_it() -> None:
    assert [c.shown for c in suppressed(cells(3, 9, 30))] == [Shown.FEW, Shown.HELD_BACK, Shown.EXACT]


def test_two_small_numbers_that_are_enough_hide_each_other() -> None:
    assert [c.shown for c in suppressed(cells(3, 3, 30))] == [Shown.FEW, Shown.FEW, Shown.EXACT]


@pytest.mark.parametrize("numbers", list(product((1, 4, 5, 6), (1, 2, 5, 9), (2, 4, 7), (8, 11))))
def test_no_small_number_follows_from_the_others(numbers: tuple[int, ...]) -> None:
    told = suppressed(cells(*numbers))
    thinkable = possible(told)
    for place, cell in enumerate(told):
        assert (cell.number < LEAST) == (cell.shown is Shown.FEW)
        if cell.shown is Shown.FEW:
            assert len({p[place] for p in thinkable}) > 1


def test_where_nothing_helps_nothing_is_told() -> None:
    assert suppressed(cells(1, 1)) == ()
    assert suppressed(cells(3)) == ()
