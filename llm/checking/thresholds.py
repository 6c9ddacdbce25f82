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
ONE_SIDED = 0.10
"""Over, nearly, at least: on the right side, and within this part of the value."""
TIMES = 0.10
"""Twice is 1.8 to 2.2: this part of the multiple, or the rounding of its last digit if that is less."""

SHARES = {
    "most": (0.5, 1.0), "half": (0.45, 0.55), "third": (0.30, 0.37), "quarter": (0.22, 0.28),
    "fifth": (0.18, 0.22), "tenth": (0.08, 0.12), "nearly all": (0.9, 1.0), "all": (0.995, 1.0),
    "few": (0.0, 0.1), "none": (0.0, 0.005), "minority": (0.0, 0.5),
}  # fmt: skip
"""Shares in words. "Most" is above its lower end, "minority" below its upper end."""
OVER_INDEX = 1.2
"""From this lift on a category over-indexes; under-indexing is one over it."""
OVER_POINTS = 0.05
"""And from this gap to the population's share on."""

LIMITS = {
    "above or below average": f"z from {ABOVE} on",
    "close to average": f"z up to {NEAR} either way",
    "very, far, markedly": f"z from {VERY} on",
    "slightly": f"z up to {SLIGHTLY}",
    "about, roughly": f"within {HEDGE:.1%}, or half a unit of the last non-zero digit",
    "over, nearly": f"the right side, within {ONE_SIDED:.0%}",
    "twice, three times": f"within {TIMES:.0%}",
    "most": "more than 50%", "half": "45% to 55%", "a third": "30% to 37%", "a quarter": "22% to 28%",
    "nearly all": "90% or more", "few": "10% or less",
    "over-indexes": f"lift from {OVER_INDEX} on and {OVER_POINTS:.0%} points or more",
}  # fmt: skip
"""The same limits in words, for people."""
