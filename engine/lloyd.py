"""The loops of k-means as machine code. Columns are (d, n), so that loops over rows are vectorised."""

import numpy as np

from engine.compiled import compiled, compiled_fast

BLOCK = 256
"""Rows handled together, few enough to stay in the nearest cache."""


@compiled_fast
def squares_in_block(
    columns: np.ndarray, first: int, rows: int, centres: np.ndarray, segment: int, squares: np.ndarray
) -> None:
    """squares[:rows] = squared distances of `rows` rows from `first` to the centre of one segment."""
    features = columns.shape[0]
    # Unsigned counts spare the check for negative indices; three columns at a time spare memory traffic.
    count = np.uint64(rows)
    for row in range(count):
        squares[row] = 0
    feature = 0
    centre = centres[segment]
    while feature + 2 < features:
        one = columns[feature, first : first + rows]
        two = columns[feature + 1, first : first + rows]
        three = columns[feature + 2, first : first + rows]
        from_one, from_two, from_three = centre[feature], centre[feature + 1], centre[feature + 2]
        for row in range(count):
            a, b, c = one[row] - from_one, two[row] - from_two, three[row] - from_three
            squares[row] += a * a + b * b + c * c
        feature += 3
    while feature < features:
        one, from_one = columns[feature, first : first + rows], centre[feature]
        for row in range(count):
            a = one[row] - from_one
            squares[row] += a * a
        feature += 1


@compiled_fast
def lloyd(
    columns: np.ndarray, centres: np.ndarray, steps: int, tolerance: float
) -> tuple[float, np.ndarray, bool]:
    """Inertia, centres and whether they stand still, after at most `steps` steps of Lloyd (float32).

    Sums are float64, block by block in the order of the rows.
    """
    features, rows = columns.shape
    k = centres.shape[0]
    centres = centres.copy()
    squares = np.empty(BLOCK, dtype=np.float32)
    nearest = np.empty(BLOCK, dtype=np.float32)
    labels = np.empty(BLOCK, dtype=np.int32)
    inertia = 0.0
    for _ in range(steps):
        sums = np.zeros((k, features), dtype=np.float64)
        counts = np.zeros(k, dtype=np.int64)
        inertia = 0.0
        far_square, far_row = -1.0, 0
        for first in range(0, rows, BLOCK):
            size = min(BLOCK, rows - first)
            count = np.uint64(size)
            for row in range(count):
                nearest[row] = np.inf
            for segment in range(k):
                squares_in_block(columns, first, size, centres, segment, squares)
                number = np.int32(segment)
                for row in range(count):
                    closer = squares[row] < nearest[row]
                    nearest[row] = squares[row] if closer else nearest[row]
                    labels[row] = number if closer else labels[row]
            block_sum = np.float32(0)
            block_far = np.float32(0)
            for row in range(count):
                block_sum += nearest[row]
                block_far = max(block_far, nearest[row])
            inertia += float(block_sum)
            if block_far > far_square:
                far_square = float(block_far)
                for row in range(size):
                    if nearest[row] == block_far:
                        far_row = first + row
            for row in range(count):
                counts[np.uint32(labels[row])] += 1
            for feature in range(features):
                for row in range(size):
                    sums[np.uint32(labels[row]), feature] += columns[feature, first + row]
        shift = 0.0
        empty = False
        for segment in range(k):
            if counts[segment] == 0:
                # One empty segment is refilled in a step: the next step finds the next furthest row.
                for feature in range(features):
                    if not empty:
                        centres[segment, feature] = columns[feature, far_row]
                empty = True
                continue
            for feature in range(features):
                value = np.float32(sums[segment, feature] / counts[segment])
                shift = max(shift, abs(value - centres[segment, feature]))
                centres[segment, feature] = value
        if not empty and shift <= tolerance * np.sqrt(inertia / rows):
            return inertia, centres, True
    return inertia, centres, False


@compiled_fast
def plus_plus(columns: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """(k, d) centres of one greedy k-means++ start. draws: (k, trials) in [0, 1)."""
    features, rows = columns.shape
    k, trials = draws.shape
    count = np.uint64(rows)
    centres = np.empty((k, features), dtype=np.float32)
    nearest = np.empty(rows, dtype=np.float32)
    trial = np.empty(rows, dtype=np.float32)
    best = np.empty(rows, dtype=np.float32)
    for row in range(count):
        nearest[row] = np.inf
    total = 0.0
    for segment in range(k):
        least = np.inf
        best_row = 0
        for attempt in range(trials if segment > 0 else 1):
            chosen = 0
            if segment == 0:
                chosen = min(rows - 1, int(draws[0, 0] * rows))
            else:
                left = draws[segment, attempt] * total - nearest[0]
                while left >= 0 and chosen < rows - 1:
                    chosen += 1
                    left -= nearest[chosen]
            for feature in range(features):
                centres[segment, feature] = columns[feature, chosen]
            squares_in_block(columns, 0, rows, centres, segment, trial)
            potential = 0.0
            for row in range(count):
                trial[row] = min(trial[row], nearest[row])
                potential += trial[row]
            if potential < least:
                least, best_row = potential, chosen
                trial, best = best, trial
        nearest, best = best, nearest
        total = least
        for feature in range(features):
            centres[segment, feature] = columns[feature, best_row]
    return centres


@compiled_fast
def best_start(
    columns: np.ndarray, draws: np.ndarray, steps: int, tolerance: float
) -> tuple[float, np.ndarray]:
    """Inertia and centres of the best of several starts. draws: (starts, k, trials) in [0, 1).

    All in one call: a thread that asks for Python's lock between short calls waits for it each time.
    """
    least = np.inf
    best = np.empty((draws.shape[1], columns.shape[0]), dtype=np.float32)
    for start in range(draws.shape[0]):
        inertia, centres, _ = lloyd(columns, plus_plus(columns, draws[start]), steps, tolerance)
        if inertia < least:
            least, best = inertia, centres
    return least, best


@compiled_fast
def swapped(
    columns: np.ndarray, inertia: float, centres: np.ndarray, moves: np.ndarray, steps: int, tolerance: float
) -> tuple[float, np.ndarray]:
    """Inertia and centres after random swaps (Fränti 2018), all in one call. A centre moves to a row and stays
    where that lowers the inertia. moves: (swaps, 2) in [0, 1), which centre goes to which row."""
    k, rows = centres.shape[0], columns.shape[1]
    for move in range(moves.shape[0]):
        trial = centres.copy()
        trial[int(moves[move, 0] * k)] = columns[:, int(moves[move, 1] * rows)]
        found, trial, _ = lloyd(columns, trial, steps, tolerance)
        if found < inertia * (1 - 1e-6):
            inertia, centres = found, trial
    return inertia, centres


@compiled
def settle(
    matrix: np.ndarray, first: int, last: int, centres: np.ndarray, moves: np.ndarray, labels: np.ndarray,
    upper: np.ndarray, lower: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """One exact step of Lloyd for the rows from first to last, in float64.

    Returns what their changes of segment add to the sums (k, d) and to the counts (k,), both signed, in
    the order of the rows, with the number of changes as a last count. labels, upper and lower (n,) are
    changed in place: bounds on the distance to the own centre and to the next (Hamerly 2010) spare the
    rows that cannot have moved. moves: (k,) how far each centre came since the last step. Rows within a
    billionth of a border are always computed, so rounding in the bounds decides nothing.
    """
    k, features = centres.shape
    sums = np.zeros((k, features))
    counts = np.zeros(k + 1, dtype=np.int64)
    largest, runner_up, mover = 0.0, 0.0, 0
    for segment in range(k):
        if moves[segment] > largest:
            largest, runner_up, mover = moves[segment], largest, segment
        elif moves[segment] > runner_up:
            runner_up = moves[segment]
    for row in range(first, last):
        label = labels[row]
        if label >= 0:
            upper[row] += moves[label]
            lower[row] -= runner_up if label == mover else largest
            if upper[row] * (1 + 1e-9) < lower[row]:
                continue
        closest, nearest, second = _nearest(matrix, row, centres)
        upper[row], lower[row] = np.sqrt(nearest), np.sqrt(second)
        if closest == label:
            continue
        labels[row] = closest
        counts[k] += 1
        counts[closest] += 1
        for feature in range(features):
            sums[closest, feature] += matrix[row, feature]
        if label >= 0:
            counts[label] -= 1
            for feature in range(features):
                sums[label, feature] -= matrix[row, feature]
    return sums, counts


@compiled
def assign_rows(
    matrix: np.ndarray, first: int, last: int, centres: np.ndarray, labels: np.ndarray,
    nearest: np.ndarray, second: np.ndarray,
) -> None:  # fmt: skip
    """The nearest centre of the rows from first to last, and the squares of the two smallest distances."""
    for row in range(first, last):
        labels[row], nearest[row], second[row] = _nearest(matrix, row, centres)


@compiled
def _nearest(matrix: np.ndarray, row: int, centres: np.ndarray) -> tuple[int, float, float]:
    """The nearest centre, ties to the lowest, and the two smallest squared distances, in float64."""
    nearest, second, closest = np.inf, np.inf, 0
    for segment in range(centres.shape[0]):
        square = 0.0
        for feature in range(centres.shape[1]):
            difference = matrix[row, feature] - centres[segment, feature]
            square += difference * difference
        if square < nearest:
            nearest, second, closest = square, nearest, segment
        elif square < second:
            second = square
    return closest, nearest, second
