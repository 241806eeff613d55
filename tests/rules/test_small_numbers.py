"""Small counts stay hidden from somebody who subtracts."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.small_numbers import suppress, suppress_count, with_totals

THRESHOLD = 5
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))


# Every change of a 2 × 2 table by at most two in each cell, with what it does to the totals.
BODIES = np.array(list(product(range(-2, 3), repeat=4))).reshape(-1, 2, 2)
WITH_COLUMN = np.concatenate([BODIES, BODIES.sum(axis=2, keepdims=True)], axis=2)
SHIFTS = np.concatenate([WITH_COLUMN, WITH_COLUMN.sum(axis=1, keepdims=True)], axis=1)


@st.composite
def tables(draw: st.DrawFn, most: int = 5) -> pd.DataFrame:
    rows, columns = draw(st.integers(2, most)), draw(st.integers(2, most))
    values = draw(
        st.lists(st.lists(COUNTS, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    names = [f"c{column}" for column in range(columns)]
    return pd.DataFrame(values, columns=names, index=[f"r{row}" for row in range(rows)])


def hidden_of(shown: pd.DataFrame) -> np.ndarray:
    return np.asarray(shown.isna())


def determined(hidden: np.ndarray, equations: list[np.ndarray]) -> list[int]:
    """Hidden cells that the equations fix: those that are 0 in every solution of the homogeneous system."""
    unknown = np.flatnonzero(hidden.ravel())
    matrix = np.array([equation.ravel()[unknown] for equation in equations], dtype=float)
    _, values, basis = np.linalg.svd(matrix)
    free = basis[int((values > 1e-9).sum()) :]
    return [int(cell) for place, cell in enumerate(unknown) if not np.any(np.abs(free[:, place]) > 1e-9)]


def line_equations(shape: tuple[int, int], total: bool) -> list[np.ndarray]:
    """One equation a row and a column; with totals inside, the last cell of each line has the other sign."""
    equations = []
    for axis, length in enumerate(shape):
        for place in range(length):
            equation = np.zeros(shape)
            line = equation[place, :] if axis == 0 else equation[:, place]
            line[:] = 1
            if total:
                line[-1] = -1
            equations.append(equation)
    return equations


@given(tables())
def test_every_small_count_is_hidden_and_every_shown_count_is_true(table: pd.DataFrame) -> None:
    shown = suppress(table, THRESHOLD)
    small = ((table > 0) & (table < THRESHOLD)).to_numpy()
    assert hidden_of(shown)[small].all()
    visible = ~hidden_of(shown)
    assert (shown.to_numpy()[visible] == table.to_numpy()[visible]).all()
    if not small.any():
        assert not hidden_of(shown).any()


@given(tables())
def test_totals_of_rows_and_columns_give_no_hidden_cell_back(table: pd.DataFrame) -> None:
    hidden = hidden_of(suppress(table, THRESHOLD))
    if hidden.any():
        assert determined(hidden, line_equations(hidden.shape, total=False)) == []


@given(tables())
def test_totals_inside_the_table_give_no_hidden_cell_back(table: pd.DataFrame) -> None:
    hidden = hidden_of(suppress(with_totals(table), THRESHOLD))
    if hidden.any():
        assert determined(hidden, line_equations(hidden.shape, total=True)) == []


@given(tables(most=2))
def test_knowing_that_counts_are_not_negative_gives_none_back_either(table: pd.DataFrame) -> None:
    true = with_totals(table).to_numpy()
    hidden = hidden_of(suppress(with_totals(table), THRESHOLD))
    others = true + SHIFTS
    possible = (others >= 0).all(axis=(1, 2)) & (SHIFTS[:, ~hidden] == 0).all(axis=1)
    seen = others[possible]
    small = (true > 0) & (true < THRESHOLD)
    assert all(len(set(seen[:, row, column])) > 1 for row, column in np.argwhere(small))
    # Nor does knowing that what is hidden is not zero, when that is so.
    if (true[hidden] > 0).all():
        seen = seen[(seen[:, hidden] > 0).all(axis=1)]
        assert all(len(set(seen[:, row, column])) > 1 for row, column in np.argwhere(small))


def test_a_single_small_cell_takes_the_cheapest_loop_with_it() -> None:
    table = pd.DataFrame([[3, 20, 40], [30, 10, 90], [70, 80, 60]])
    shown = suppress(table, THRESHOLD)
    assert {(int(r), int(c)) for r, c in zip(*np.nonzero(hidden_of(shown)), strict=True)} == {
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    }


def test_zeros_are_poor_company_and_taken_last() -> None:
    table = pd.DataFrame([[3, 0, 20], [0, 10, 30], [20, 30, 40]])
    hidden = hidden_of(suppress(table, THRESHOLD))
    assert hidden.tolist() == [[True, False, True], [False, False, False], [True, False, True]]


def test_a_single_column_hides_a_second_line() -> None:
    shown = suppress(pd.DataFrame({"ménages": [3, 12, 40]}, index=["Hem", "Lille", "Roubaix"]), THRESHOLD)
    assert list(shown["ménages"].isna()) == [True, True, False]
    assert suppress(pd.DataFrame({"a": [3]}), THRESHOLD).isna().all(axis=None)


def test_names_are_kept_and_the_table_given_is_not_touched() -> None:
    table = pd.DataFrame({"x": [1, 8], "y": [9, 7]}, index=["a", "b"])
    shown = suppress(table, THRESHOLD)
    assert list(shown.columns) == ["x", "y"]
    assert list(shown.index) == ["a", "b"]
    assert table.loc["a", "x"] == 1
    assert suppress(table.iloc[:0], THRESHOLD).empty


@pytest.mark.parametrize("bad", [-1, 2.5, None])
def test_what_is_not_a_count_is_refused(bad: float | None) -> None:
    with pytest.raises(ValueError, match="whole number"):
        suppress(pd.DataFrame({"x": [8, bad], "y": [9, 9]}), THRESHOLD)


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (120, 120)])
def test_a_single_count_is_hidden_under_the_threshold(n: int, shown: int | None) -> None:
    assert suppress_count(n, THRESHOLD) == shown
    with pytest.raises(ValueError, match="negative"):
        suppress_count(-1, THRESHOLD)
