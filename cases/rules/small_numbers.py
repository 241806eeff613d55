"""Tables that identify nobody: small counts hidden, and enough others that no total gives them back."""

from collections.abc import Iterable
from heapq import heappop, heappush

import pandas as pd

Cell = tuple[int, int]
Grid = list[list[int]]


def suppress_count(n: int, threshold: int) -> int | None:
    """`n`, or None when 0 < n < threshold. Raises ValueError for a negative count."""
    if n < 0:
        raise ValueError("a count cannot be negative")
    return None if 0 < n < threshold else n


def with_totals(frame: pd.DataFrame, label: str = "Total") -> pd.DataFrame:
    """`frame` with a row and a column of totals named `label`; call before `suppress`, never after."""
    totalled = frame.assign(**{label: frame.sum(axis=1)})
    return pd.concat([totalled, totalled.sum(axis=0).to_frame(label).T])


def suppress(frame: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """`frame` as nullable integers where small counts, and those that would reveal them, are pd.NA.

    `frame`: counts in every cell, with its totals inside (`with_totals`, `crosstab(margins=True)`) or
    without. A total printed apart from the frame must itself be at least the threshold: put totals inside.
    Every hidden cell lies on a loop of hidden cells through rows and columns, so no chain of
    subtractions isolates it; the loop takes cells of two or more where it can, so that knowing
    counts are not negative does not help either. Raises ValueError when a cell is not a whole
    number at or above zero. Tables nested in one another (communes, then territories) are each
    protected on their own only.
    """
    grid = _grid(frame)
    hidden = {
        (row, column)
        for row, values in enumerate(grid)
        for column, value in enumerate(values)
        if suppress_count(value, threshold) is None
    }
    for cell in sorted(hidden):
        hidden.update(_companions(cell, grid, hidden))
    shown = frame.astype("Int64")
    for row, column in hidden:
        shown.iloc[row, column] = pd.NA
    return shown


def _grid(frame: pd.DataFrame) -> Grid:
    grid: Grid = []
    for values in frame.itertuples(index=False, name=None):
        if any(pd.isna(value) or value < 0 or value != int(value) for value in values):
            raise ValueError("suppress() wants a whole number at or above zero in every cell")
        grid.append([int(value) for value in values])
    return grid


def _cost(value: int, is_hidden: bool, dear: int) -> int:
    """Hide little: free when hidden already, the count otherwise; 0 and 1 protect badly, so last."""
    if value < 2:
        return dear
    return 0 if is_hidden else value


def _companions(cell: Cell, grid: Grid, hidden: set[Cell]) -> Iterable[Cell]:
    """The cheapest cells that close a loop with `cell`: a path from its column back to its row."""
    rows, columns = len(grid), len(grid[0])
    dear = 1 + sum(sum(values) for values in grid)
    if rows == 1 or columns == 1:
        line = [(row, column) for row in range(rows) for column in range(columns) if (row, column) != cell]
        return sorted(line, key=lambda other: _cost(grid[other[0]][other[1]], other in hidden, dear))[:1]
    start, goal = rows + cell[1], cell[0]
    # Nodes 0..rows-1 are rows, then columns; a cell joins its row and its column.
    queue: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    cheapest = {start: 0}
    while queue:
        cost, node, path = heappop(queue)
        if node == goal:
            return path
        for row, column in _cells_of(node, rows, columns):
            other = rows + column if node < rows else row
            total = cost + _cost(grid[row][column], (row, column) in hidden, dear)
            if (row, column) != cell and total < cheapest.get(other, total + 1):
                cheapest[other] = total
                heappush(queue, (total, other, (*path, (row, column))))
    return ()


def _cells_of(node: int, rows: int, columns: int) -> list[Cell]:
    if node < rows:
        return [(node, column) for column in range(columns)]
    return [(row, node - rows) for row in range(rows)]
