"""Tables whose structure is known, to judge the diagnosis by: clouds, separate blobs, and harder ones.

Every case draws (rows, d) numbers with its own generator. `tuned` cases are those the rule's thresholds
were chosen on; the others were drawn up before and only looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from data.demo import FEATURES, generate

Draw = Callable[[np.random.Generator, int], "np.ndarray | pd.DataFrame"]
Truth = Literal["cloud", "blobs", "judgement"]


@dataclass(frozen=True)
class Case:
    """truth: "cloud" should never be natural, "blobs" should be at k, "judgement" has no one answer."""

    name: str
    truth: Truth
    draw: Draw
    k: int | None = None
    tuned: bool = False


# --- Clouds ---------------------------------------------------------------------------------------


def single(columns: int) -> Draw:
    return lambda random, rows: random.normal(size=(rows, columns))


def correlated(random: np.random.Generator, rows: int) -> np.ndarray:
    mixing = random.normal(size=(6, 6)) * np.array([3.0, 1.5, 1.0, 0.7, 0.5, 0.3])
    return random.normal(size=(rows, 6)) @ mixing.T


@cache
def _demo() -> np.ndarray:
    return generate(20_000)[list(FEATURES)].to_numpy(dtype=float)


def copula_of_demo(random: np.random.Generator, rows: int) -> np.ndarray:
    """Normal in its ranks' correlations, with the demo table's own marginals."""
    sorted_columns, correlations = _demo_copula()
    drawn = random.multivariate_normal(np.zeros(len(correlations)), correlations, size=rows)
    places = (_normal_shares(drawn) * len(sorted_columns)).astype(int)
    return np.take_along_axis(sorted_columns, places, axis=0)


@cache
def _demo_copula() -> tuple[np.ndarray, np.ndarray]:
    table = _demo()
    ranks = np.argsort(np.argsort(table, axis=0, kind="stable"), axis=0)
    normal = _normal_quantiles((ranks + 0.5) / len(table))
    return np.sort(table, axis=0), np.corrcoef(normal.T)


def demo_rows(random: np.random.Generator, rows: int) -> np.ndarray:
    table = _demo()
    return table[random.choice(len(table), rows, replace=False)]


def cube(columns: int) -> Draw:
    return lambda random, rows: random.random((rows, columns))


def lognormal(sigma: float) -> Draw:
    return lambda random, rows: np.exp(sigma * random.normal(size=(rows, 5)))


def arc(degrees: float, thickness: float = 0.1) -> Draw:
    def draw(random: np.random.Generator, rows: int) -> np.ndarray:
        angle = np.radians(random.uniform(0, degrees, rows))
        radius = 1 + thickness * random.normal(size=rows)
        return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])

    return draw


def student(degrees: int) -> Draw:
    return lambda random, rows: random.standard_t(degrees, size=(rows, 4))


def banana(random: np.random.Generator, rows: int) -> np.ndarray:
    x = random.normal(size=rows)
    return np.column_stack([x, x**2 + 0.5 * random.normal(size=rows), random.normal(size=rows)])


def disk(random: np.random.Generator, rows: int) -> np.ndarray:
    angle, radius = random.uniform(0, 2 * np.pi, rows), np.sqrt(random.random(rows))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def sphere(random: np.random.Generator, rows: int) -> np.ndarray:
    direction = random.normal(size=(rows, 3))
    return direction / np.linalg.norm(direction, axis=1)[:, None]


def spiral(random: np.random.Generator, rows: int) -> np.ndarray:
    turn = 3 * np.pi * np.sqrt(random.uniform(0.1, 1, rows))
    curve = np.column_stack([turn * np.cos(turn), turn * np.sin(turn)])
    return curve + 0.3 * random.normal(size=(rows, 2))


def cross(random: np.random.Generator, rows: int) -> np.ndarray:
    """Two long thin clouds through one middle."""
    along, across = random.normal(size=rows), 0.1 * random.normal(size=rows)
    turned = random.random(rows) < 0.5
    return np.where(turned[:, None], np.column_stack([along, across]), np.column_stack([across, along]))


def stretched(random: np.random.Generator, rows: int) -> np.ndarray:
    return random.normal(size=(rows, 4)) * np.array([20.0, 1.0, 1.0, 1.0]) @ _rotation(4)


def exponential(random: np.random.Generator, rows: int) -> np.ndarray:
    return random.exponential(size=(rows, 3))


def two_heaps_touching(distance: float) -> Draw:
    def draw(random: np.random.Generator, rows: int) -> np.ndarray:
        return random.normal(size=(rows, 3)) + np.outer(random.random(rows) < 0.5, [distance, 0, 0])

    return draw


def yes_no(random: np.random.Generator, rows: int) -> np.ndarray:
    return (random.random((rows, 6)) < np.array([0.5, 0.4, 0.3, 0.2, 0.5, 0.1])).astype(float)


def ratings(random: np.random.Generator, rows: int) -> np.ndarray:
    """Answers from 1 to 5 with a common factor."""
    latent = 0.7 * random.normal(size=(rows, 1)) + 0.7 * random.normal(size=(rows, 6))
    return np.clip(np.round(latent + 3), 1, 5)


def counts(random: np.random.Generator, rows: int) -> np.ndarray:
    """Small counts, most of them 0, around a common rate."""
    return random.poisson(np.exp(0.5 * random.normal(size=(rows, 1))) * np.array([0.3, 1.0, 3.0, 8.0])) * 1.0


def rounded(random: np.random.Generator, rows: int) -> np.ndarray:
    return np.round(random.normal(size=(rows, 4)) * 6)


def many_zeros(random: np.random.Generator, rows: int) -> np.ndarray:
    return np.where(random.random((rows, 4)) < 0.5, 0.0, np.exp(random.normal(size=(rows, 4))))


def category_and_numbers(random: np.random.Generator, rows: int) -> pd.DataFrame:
    """Four numbers of one cloud beside a category that has nothing to do with them."""
    frame = pd.DataFrame(random.normal(size=(rows, 4)), columns=list("abcd"))
    frame["kind"] = random.choice(["north", "south", "west"], size=rows, p=[0.5, 0.3, 0.2])
    return frame


def thin_curve(random: np.random.Generator, rows: int) -> np.ndarray:
    angle = np.radians(random.uniform(0, 250, rows))
    return np.column_stack([np.cos(angle), np.sin(angle)])


def arc_among_noise(random: np.random.Generator, rows: int) -> np.ndarray:
    return np.column_stack([arc(270)(random, rows), random.normal(size=(rows, 5))])


# --- Blobs ----------------------------------------------------------------------------------------


def grid(columns: int, distance: float = 6.0) -> Draw:
    """Four blobs at the corners of a square whose sides run through all columns."""

    def draw(random: np.random.Generator, rows: int) -> np.ndarray:
        sides = np.zeros((2, columns))
        sides[0, ::2] = distance / np.sqrt(len(sides[0, ::2]))
        sides[1, 1::2] = distance / np.sqrt(len(sides[1, 1::2]))
        which = random.integers(0, 2, size=(rows, 2))
        return which @ sides + random.normal(size=(rows, columns))

    return draw


def scattered(columns: int, k: int = 5, distance: float = 6.0) -> Draw:
    """k blobs at random places of a box, no two of them nearer than that."""

    def draw(random: np.random.Generator, rows: int) -> np.ndarray:
        while True:
            centres = random.uniform(0, 4 * distance / np.sqrt(columns), size=(k, columns))
            apart = np.linalg.norm(centres[:, None] - centres[None], axis=2)
            if (apart + np.diag(np.full(k, np.inf))).min() >= distance:
                break
        return centres[random.integers(0, k, rows)] + random.normal(size=(rows, columns))

    return draw


def nine_to_one(columns: int) -> Draw:
    def draw(random: np.random.Generator, rows: int) -> np.ndarray:
        small = random.random(rows) < 0.1
        return small[:, None] * 6 / np.sqrt(columns) + random.normal(size=(rows, columns))

    return draw


def with_noise_columns(blobs: Draw) -> Draw:
    return lambda random, rows: np.column_stack([blobs(random, rows), random.normal(size=(rows, 2))])


def heavy_tailed_blobs(random: np.random.Generator, rows: int) -> np.ndarray:
    sides = random.integers(0, 2, size=(rows, 2)) * 10.0
    return sides + random.standard_t(5, size=(rows, 2))


def unequal_spreads(random: np.random.Generator, rows: int) -> np.ndarray:
    centres = np.array([[0.0, 0.0], [14.0, 0.0], [0.0, 14.0]])
    which = random.integers(0, 3, rows)
    return centres[which] + np.array([0.5, 1.0, 2.5])[which, None] * random.normal(size=(rows, 2))


def blobs_in_noise(random: np.random.Generator, rows: int) -> np.ndarray:
    rows_of_noise = rows // 10
    blobs = scattered(2, 3, 8.0)(random, rows - rows_of_noise)
    noise = random.uniform(blobs.min(axis=0), blobs.max(axis=0), size=(rows_of_noise, 2))
    return np.vstack([blobs, noise])


def profiles_of_yes_no(random: np.random.Generator, rows: int) -> np.ndarray:
    """Three kinds of account that answer 12 yes/no questions each in its own way, 9 in 10 as expected."""
    answers = np.kron(np.eye(3), np.ones(4))
    expected = answers[random.integers(0, 3, rows)]
    return np.abs(expected - (random.random(expected.shape) < 0.1))


def one_column(random: np.random.Generator, rows: int) -> np.ndarray:
    """Two blobs eight sd apart in one column, four columns of noise."""
    return random.normal(size=(rows, 5)) + np.outer(random.random(rows) < 0.5, [8.0, 0, 0, 0, 0])


def long_blobs(random: np.random.Generator, rows: int) -> np.ndarray:
    return random.normal(size=(rows, 3)) * [1, 3, 1] + np.outer(random.integers(0, 3, rows), [10.0, 0, 0])


def skewed_blobs(random: np.random.Generator, rows: int) -> np.ndarray:
    return np.exp(0.4 * random.normal(size=(rows, 3)) + 2.4 * random.integers(0, 2, size=(rows, 1)))


def two_moons(random: np.random.Generator, rows: int) -> np.ndarray:
    angle, upper = np.pi * random.random(rows), random.random(rows) < 0.5
    x = np.where(upper, np.cos(angle), 1 - np.cos(angle))
    y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle))
    return np.column_stack([x, y]) + 0.05 * random.normal(size=(rows, 2))


# --- All of them ----------------------------------------------------------------------------------

CASES = (
    Case("one Gaussian", "cloud", single(5), tuned=True),
    Case("correlated Gaussian", "cloud", correlated, tuned=True),
    Case("copula of the demo table", "cloud", copula_of_demo, tuned=True),
    Case("cube, 2 columns", "cloud", cube(2), tuned=True),
    Case("cube, 6 columns", "cloud", cube(6), tuned=True),
    Case("lognormal", "cloud", lognormal(1.0), tuned=True),
    Case("half ring", "cloud", arc(180), tuned=True),
    Case("arc of 270 degrees", "cloud", arc(270), tuned=True),
    Case("grid of 4, 2 columns", "blobs", grid(2), 4, tuned=True),
    Case("grid of 4, 9 columns", "blobs", grid(9), 4, tuned=True),
    Case("5 at random, 2 columns", "blobs", scattered(2), 5, tuned=True),
    Case("5 at random, 9 columns", "blobs", scattered(9), 5, tuned=True),
    Case("9 to 1, 2 columns", "blobs", nine_to_one(2), 2, tuned=True),
    Case("9 to 1, 9 columns", "blobs", nine_to_one(9), 2, tuned=True),
    Case("grid of 4 and two noise columns", "blobs", with_noise_columns(grid(2)), 4, tuned=True),
    Case("demo table", "cloud", demo_rows),
    Case("one Gaussian, 20 columns", "cloud", single(20)),
    Case("t with 3 degrees", "cloud", student(3)),
    Case("t with 1 degree", "cloud", student(1)),
    Case("lognormal, sigma 2", "cloud", lognormal(2.0)),
    Case("banana", "cloud", banana),
    Case("disk", "cloud", disk),
    Case("sphere", "cloud", sphere),
    Case("thin ring", "cloud", arc(360, 0.05)),
    Case("thin arc of 300 degrees", "cloud", arc(300, 0.05)),
    Case("curve of 250 degrees, no noise", "cloud", thin_curve),
    Case("arc and 5 noise columns", "cloud", arc_among_noise),
    Case("spiral", "cloud", spiral),
    Case("cross", "cloud", cross),
    Case("stretched Gaussian", "cloud", stretched),
    Case("exponential", "cloud", exponential),
    Case("two heaps 2 sd apart", "cloud", two_heaps_touching(2.0)),
    Case("independent yes/no", "cloud", yes_no),
    Case("a category beside 4 numbers", "cloud", category_and_numbers),
    Case("ratings 1 to 5", "cloud", ratings),
    Case("small counts", "cloud", counts),
    Case("rounded Gaussian", "cloud", rounded),
    Case("grid of 4, 8 sd", "blobs", grid(2, 8.0), 4),
    Case("grid of 4, 20 columns", "blobs", grid(20), 4),
    Case("3 at random and two noise columns", "blobs", with_noise_columns(scattered(2, 3)), 3),
    Case("heavy-tailed blobs, 10 apart", "blobs", heavy_tailed_blobs, 4),
    Case("unequal spreads", "blobs", unequal_spreads, 3),
    Case("3 with 10% uniform noise", "blobs", blobs_in_noise, 3),
    Case("three yes/no profiles", "blobs", profiles_of_yes_no, 3),
    Case("one column of five, 8 sd", "blobs", one_column, 2),
    Case("long blobs", "blobs", long_blobs, 3),
    Case("lognormal blobs", "blobs", skewed_blobs, 2),
    Case("two heaps 4 sd apart", "judgement", two_heaps_touching(4.0), 2),
    Case("grid of 4, 4 sd", "judgement", grid(2, 4.0), 4),
    Case("grid of 4, 5 sd", "judgement", grid(2, 5.0), 4),
    Case("grid of 4, 5 sd, 9 columns", "judgement", grid(9, 5.0), 4),
    Case("two moons", "judgement", two_moons, 2),
    Case("many zeros", "judgement", many_zeros),
)


def _rotation(columns: int) -> np.ndarray:
    return np.linalg.qr(np.random.default_rng(1).normal(size=(columns, columns)))[0]


def _normal_quantiles(shares: np.ndarray) -> np.ndarray:
    from scipy.special import ndtri

    return np.asarray(ndtri(shares))


def _normal_shares(values: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return np.asarray(ndtr(values))
