"""Columns that say the same thing twice, and so count twice in every distance."""

import numpy as np

from engine.model import Features

PAIR, TOGETHER = 0.8, 0.9
"""Correlation of a pair, and R2 of one column on all others, beyond which it is said."""


def redundancies(features: Features) -> list[str]:
    """A sentence for every group of number columns linked by pairs beyond |r| = .8, and for every other
    number that the rest determine together (R2 above .9). Measured on the prepared matrix."""
    widths = [1 if p.kind == "number" else len(p.levels) for p in features.preparation]
    starts = np.cumsum([0, *widths[:-1]])
    chosen = [(p.column, s) for p, s in zip(features.preparation, starts, strict=True) if p.kind == "number"]
    if len(chosen) < 2 or len(features.keys) <= len(chosen) + 1:
        return []
    names = [name for name, _ in chosen]
    matrix = features.matrix[:, [start for _, start in chosen]]
    r = np.corrcoef(matrix / np.abs(matrix).max(axis=0), rowvar=False)
    sentences = [_sentence(group, names, r) for group in _groups(np.abs(r) > PAIR)]
    left = [i for i in range(len(names)) if not (np.abs(np.delete(r[i], i)) > PAIR).any()]
    while len(left) > 2:
        among = r[np.ix_(left, left)]
        inverse = np.diag(np.linalg.inv(among + 1e-9 * np.eye(len(left))))
        determined = 1 - 1 / inverse
        worst = int(np.argmax(determined))
        if determined[worst] <= TOGETHER:
            break
        others = sorted((i for i in left if i != left[worst]), key=lambda i: -abs(r[left[worst], i]))
        sentences.append(
            f"`{names[left[worst]]}` follows almost entirely from the other columns, above all "
            f"`{names[others[0]]}` and `{names[others[1]]}` (R² {determined[worst]:.2f}), "
            "so what they say together counts twice: consider leaving one out."
        )
        left.pop(worst)
    return sentences


def _groups(linked: np.ndarray) -> list[list[int]]:
    """Columns that hang together through links, two or more at a time, in the order of the columns."""
    groups: list[list[int]] = []
    for column in range(len(linked)):
        touched = [group for group in groups if linked[column, group].any()]
        merged = sorted([column, *(member for group in touched for member in group)])
        groups = [*(group for group in groups if group not in touched), merged]
    return sorted(group for group in groups if len(group) > 1)


def _sentence(group: list[int], names: list[str], r: np.ndarray) -> str:
    spoken = [f"`{names[i]}`" for i in group]
    if len(group) == 2:
        return (
            f"{spoken[0]} and {spoken[1]} move together (correlation {r[group[0], group[1]]:.2f}), "
            "so what they share counts twice: consider leaving one out."
        )
    strongest = np.abs(r[np.ix_(group, group)] - np.eye(len(group))).max()
    return (
        f"{', '.join(spoken[:-1])} and {spoken[-1]} move together (correlations up to {strongest:.2f}), "
        f"so what they share counts {len(group)} times: consider keeping one or two of them."
    )
