"""Every limit the checker goes by, in one place; shown to the analyst beside the findings."""

ABOVE = 0.2
"""From this z on a segment is "above" or "high"; at most minus this it is "below" or "low"."""
NEAR = 0.3
"""Up to this absolute z a segment is "close to average"."""
VERY = 0.8
"""From this absolute z on it is "very", "far" or "markedly" so."""
SLIGHTLY = 0.5
"""Up to this absolute z it is "slightly" so."""

HEDGE = 0.025
"""About, roughly: this part of the value, or half a unit of the last non-zero digit if that is more."""
ROUNDED = 0.005
"""A whole figure that ends in zeros is round ("428,330", "19,400"): this part of the value is given it, at most."""
ONE_SIDED = 0.10
"""Over, nearly, at least: on the right side, and within this part of the value."""
TIMES = 0.10
"""Twice is 1.8 to 2.2: this part of the multiple, or the rounding of its last digit if that is less."""

OVER_INDEX = 1.2
"""From this lift on a category over-indexes; under-indexing is one over it."""
OVER_POINTS = 0.05
"""And from this gap to the population's share on."""
