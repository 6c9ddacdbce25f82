"""A small profile by hand: three segments of prescribers, three numbers, one category, one hidden cell."""

from collections.abc import Mapping

from engine.model import (
    CategoryStat,
    FeatureStat,
    Level,
    Meaning,
    PopulationProfile,
    Profile,
    SegmentProfile,
    SuppressedCell,
)

LEVELS: Mapping[str, Level] = {"S1": "Medium", "S2": "High", "S3": "Low"}
"""The priorities as computed from the means below."""

MEANS = {
    "brand_share": {"ALL": 0.30, "S1": 0.20, "S2": 0.46, "S3": 0.35},
    "class_trx": {"ALL": 200.0, "S1": 120.0, "S2": 380.0, "S3": 180.0},
    "access_score": {"ALL": 50.0, "S1": 55.0, "S2": 42.0, "S3": 50.0},
}
SIZES = {"S1": 500, "S2": 300, "S3": 200}
SPECIALTY = {
    "ALL": {"Cardiology": 400, "Primary care": 600},
    "S1": {"Cardiology": 100, "Primary care": 400},
    "S2": {"Cardiology": 240, "Primary care": 60},
    "S3": {"Cardiology": 60, "Primary care": 140},
}


def profile(labels: Mapping[str, str] | None = None, values: Mapping[str, str] | None = None) -> Profile:
    """The profile; `labels` replaces labels by column, `values` category values by value."""
    labels, values = labels or {}, values or {}
    dictionary = {
        "brand_share": Meaning(labels.get("brand_share", "Brand share"), (), "fraction", "share", 1),
        "class_trx": Meaning(labels.get("class_trx", "Class TRx"), (), "count", "volume", 1),
        "access_score": Meaning(labels.get("access_score", "Access score"), (), "score", "access", 1),
        "specialty": Meaning(labels.get("specialty", "Specialty"), (), "category", "other", 0),
    }
    order = {name: sorted(SIZES, key=lambda s, means=means: -means[s]) for name, means in MEANS.items()}

    def stats(where: str) -> dict[str, FeatureStat]:
        n = SIZES.get(where, 1000)
        return {
            name: FeatureStat(
                means[where], means[where], 0.1 * means["ALL"], n,
                z=(means[where] - means["ALL"]) / (0.2 * means["ALL"]),
                rank=None if where == "ALL" else order[name].index(where) + 1,
            )
            for name, means in MEANS.items()
        }  # fmt: skip

    def cells(where: str) -> dict[str, dict[str, CategoryStat]]:
        n = SIZES.get(where, 1000)
        return {
            "specialty": {
                values.get(value, value): CategoryStat(
                    count / n, (count / n) / (SPECIALTY["ALL"][value] / 1000), count
                )
                for value, count in SPECIALTY[where].items()
            }
        }

    return Profile(
        rows=1000,
        segments=tuple(
            SegmentProfile(name, f"Segment {name[1]}", size, size / 1000, stats(name), cells(name))
            for name, size in SIZES.items()
        ),
        population=PopulationProfile(stats("ALL"), cells("ALL")),
        dictionary=dictionary,
        clustered=tuple(MEANS),
        verdict="reproducible",
        suppressed=(SuppressedCell("S2", "specialty", values.get("Primary care", "Primary care")),),
    )
