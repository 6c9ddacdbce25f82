"""The loop of silhouettes as machine code: distances summed by atom, atoms folded into clusters."""

from typing import NamedTuple

import numpy as np

from engine.compiled import compiled_fast

LANES = 64
"""Rows whose distances are computed side by side. 64 rows of nine columns stay in the nearest cache."""
FLUSHED = 256
"""Float32 sums are carried on in float64 after so many distances."""


class Plan(NamedTuple):
    """Where each distance is added. Rows are sorted by atom; labelings share one numbering of clusters.

    starts: atom i holds rows starts[i] to starts[i + 1]. clusters: (atoms, labelings). offsets: the
    clusters of labeling l are offsets[l] to offsets[l + 1]; sizes: their rows.
    runs: atoms runs[j] to runs[j + 1] agree in the first labelings, all but the last tail_clusters.shape[1].
    tails: (atoms,) which row of tail_clusters holds an atom's clusters in those last labelings.
    So an atom's sum is added twice, to its run and to its tail, and only those to every labeling.
    """

    starts: np.ndarray
    clusters: np.ndarray
    offsets: np.ndarray
    sizes: np.ndarray
    runs: np.ndarray
    tails: np.ndarray
    tail_clusters: np.ndarray


@compiled_fast
def tiles(
    rows: np.ndarray, queries: np.ndarray, atom_of: np.ndarray, plan: Plan, width: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Silhouettes (labelings, queries), and per query the smallest over labelings of max(a, b).

    rows: (n, steps, width), float32 or float64, sorted by atom; queries: numbers of rows.
    """
    labelings, steps = plan.clusters.shape[1], rows.shape[1]
    kept = labelings - plan.tail_clusters.shape[1]
    result = np.zeros((labelings, queries.size))
    smallest = np.full(queries.size, np.inf)
    zero = rows.dtype.type(0)
    tile = np.empty((steps, len(width), LANES), dtype=rows.dtype)
    squares = np.empty(LANES, dtype=rows.dtype)
    partial = np.empty(LANES, dtype=rows.dtype)
    run_sums = np.empty(LANES)
    tail_sums = np.empty((plan.tail_clusters.shape[0], LANES))
    sums = np.empty((plan.offsets[-1], LANES))
    # Unsigned counts spare the check for negative indices.
    lanes = np.uint64(LANES)
    for first in range(0, queries.size, LANES):
        for lane in range(LANES):
            query = queries[min(first + lane, queries.size - 1)]
            for step in range(steps):
                for column in range(len(width)):
                    tile[step, column, lane] = rows[query, step, column]
        sums[:] = 0.0
        tail_sums[:] = 0.0
        for run in range(plan.runs.size - 1):
            run_sums[:] = 0.0
            for atom in range(plan.runs[run], plan.runs[run + 1]):
                tail = plan.tails[atom]
                for begin in range(plan.starts[atom], plan.starts[atom + 1], FLUSHED):
                    end = min(begin + FLUSHED, plan.starts[atom + 1])
                    partial[:] = zero
                    row = begin
                    # Four rows at once: a value of the tile is loaded once for all of them.
                    while steps == 1 and row + 3 < end:
                        for lane in range(lanes):
                            a, b, c, d = zero, zero, zero, zero
                            for column in range(len(width)):
                                value = tile[0, column, lane]
                                from_a = value - rows[row, 0, column]
                                from_b = value - rows[row + 1, 0, column]
                                from_c = value - rows[row + 2, 0, column]
                                from_d = value - rows[row + 3, 0, column]
                                a += from_a * from_a
                                b += from_b * from_b
                                c += from_c * from_c
                                d += from_d * from_d
                            partial[lane] += (np.sqrt(a) + np.sqrt(b)) + (np.sqrt(c) + np.sqrt(d))
                        row += 4
                    while row < end:
                        squares[:] = zero
                        for step in range(steps):
                            for lane in range(lanes):
                                square = squares[lane]
                                for column in range(len(width)):
                                    difference = tile[step, column, lane] - rows[row, step, column]
                                    square += difference * difference
                                squares[lane] = square
                        for lane in range(lanes):
                            partial[lane] += np.sqrt(squares[lane])
                        row += 1
                    for lane in range(lanes):
                        run_sums[lane] += partial[lane]
                        tail_sums[tail, lane] += partial[lane]
            for labeling in range(kept):
                cluster = plan.clusters[plan.runs[run], labeling]
                for lane in range(lanes):
                    sums[cluster, lane] += run_sums[lane]
        for tail in range(plan.tail_clusters.shape[0]):
            for labeling in range(labelings - kept):
                cluster = plan.tail_clusters[tail, labeling]
                for lane in range(lanes):
                    sums[cluster, lane] += tail_sums[tail, lane]
        for lane in range(min(LANES, queries.size - first)):
            own_atom = atom_of[queries[first + lane]]
            for labeling in range(labelings):
                own = plan.clusters[own_atom, labeling]
                low, high = plan.offsets[labeling], plan.offsets[labeling + 1]
                if high - low < 2:
                    result[labeling, first + lane] = np.nan
                    continue
                if plan.sizes[own] < 2:
                    continue
                inside = sums[own, lane] / (plan.sizes[own] - 1.0)
                outside = np.inf
                for cluster in range(low, high):
                    if cluster != own:
                        outside = min(outside, sums[cluster, lane] / plan.sizes[cluster])
                larger = max(inside, outside)
                smallest[first + lane] = min(smallest[first + lane], larger)
                if larger > 0.0:
                    result[labeling, first + lane] = (outside - inside) / larger
    return result, smallest
