"""Columns that say the same thing twice, and so count twice in every distance."""

import numpy as np

from engine.model import Features

PAIR, TOGETHER = 0.8, 0.9
"""Correlation of a pair, and R2 of one column on all others, beyond which it is said."""


def redundancies(features: Features) -> list[str]:
    """A sentence for every pair of number columns beyond |r| = .8, and for every other number that the
    rest determine together (R2 above .9). Measured on the prepared matrix."""
    widths = [1 if p.kind == "number" else len(p.levels) for p in features.preparation]
    starts = np.cumsum([0, *widths[:-1]])
    chosen = [(p.column, s) for p, s in zip(features.preparation, starts, strict=True) if p.kind == "number"]
    if len(chosen) < 2 or len(features.keys) <= len(chosen) + 1:
        return []
    names = [name for name, _ in chosen]
    matrix = features.matrix[:, [start for _, start in chosen]]
    r = np.corrcoef(matrix / np.abs(matrix).max(axis=0), rowvar=False)
    sentences = [
        f"`{names[i]}` and `{names[j]}` say almost the same (correlation {r[i, j]:.2f}), "
        "so it counts twice: consider leaving one out."
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if abs(r[i, j]) > PAIR
    ]
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
