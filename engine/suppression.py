"""Which cells of a table of counts stay hidden, so that no small group can be seen or worked out.

The table's row and column totals are known to its readers. Think of rows and columns as points and of
each hidden cell as a line between its row and its column: a hidden cell follows from the totals, by any
chain of subtractions, exactly when its line is a bridge, the only way between its two ends (Gusfield
1988, SIAM J. Comput. 17(3)). So cells are hidden until no bridge is left.
"""

from collections.abc import Iterable, Mapping, Sequence

from engine.model import SMALLEST_CELL

EVERYONE = "ALL"

Cell = tuple[str, str]
"""A row (a segment's id, or EVERYONE) and a column (a category's value)."""

_Point = tuple[bool, str]
"""A row (True) or a column (False) of the table."""


def hidden_cells(table: Mapping[str, Mapping[str, int]], segments: Sequence[str]) -> set[Cell]:
    """The (segment, value) cells to hide: 1 to 10 accounts, and those that would give one away.

    table: accounts by value and segment, with their total under EVERYONE; an absent cell is 0. A total
    is hidden only where it is itself small. Of a table with one value nothing can stay hidden that the
    segments' sizes do not say.
    """
    size = {
        (row, value): cells.get(row, 0) for value, cells in table.items() for row in (*segments, EVERYONE)
    }
    hidden = {cell for cell, n in size.items() if 0 < n < SMALLEST_CELL}
    if len(table) < 2:
        return hidden
    while cuts := _bridges(hidden):
        side = min(cuts, key=sorted)
        across = [
            (row, value)
            for row, value in size
            if row != EVERYONE
            and (row, value) not in hidden
            and ((True, row) in side) != ((False, value) in side)
        ]
        if not across:
            break
        # An empty cell says least when it is shown, so it is hidden last.
        hidden.add(min(across, key=lambda cell: (size[cell] == 0, size[cell], cell)))
    return hidden


def _bridges(cells: Iterable[Cell]) -> list[frozenset[_Point]]:
    """For every bridge, the points on its far side, found by one walk in depth (Tarjan 1974)."""
    neighbours: dict[_Point, list[_Point]] = {}
    for row, value in sorted(cells):
        neighbours.setdefault((True, row), []).append((False, value))
        neighbours.setdefault((False, value), []).append((True, row))
    order: dict[_Point, int] = {}
    visited: list[_Point] = []
    found: list[frozenset[_Point]] = []

    def walk(point: _Point, came_from: _Point | None) -> int:
        """The earliest point that can be reached from here without the line that led here."""
        earliest = order[point] = len(order)
        visited.append(point)
        for other in neighbours[point]:
            if other not in order:
                reached = walk(other, point)
                if reached > order[point]:
                    found.append(frozenset(visited[order[other] :]))
                earliest = min(earliest, reached)
            elif other != came_from:
                earliest = min(earliest, order[other])
        return earliest

    for point in neighbours:
        if point not in order:
            walk(point, None)
    return found
