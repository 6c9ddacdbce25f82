"""The rule: what a division may be called, with every threshold in this one place.

*natural*: groups that are really apart. *reproducible*: other samples give the same segments.
*constructive*: other samples give different ones. A verdict claims only what was tested.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.model import KResult, PairGap, Verdict

BORDERLINE = 0.03
"""A figure this near its threshold could fall on the other side in another sample."""
ERRORS = 2
"""So could one within so many of its standard errors, where samples differ much among themselves."""


@dataclass(frozen=True)
class Criterion:
    """One condition. `name` is the figure's, `needs` says it in words; `least`: at least or at most."""

    name: str
    threshold: float
    least: bool
    needs: str

    def holds(self, value: float) -> bool:
        return value >= self.threshold if self.least else value <= self.threshold

    def near(self, value: float, error: float = 0.0) -> bool:
        """Whether the value, with this standard error, could as well have fallen on the other side."""
        return abs(value - self.threshold) <= max(BORDERLINE, ERRORS * error)


VALLEY = Criterion(
    "valley", 0.5, False,
    "between every two segments, along the line through their centres, the density falls to half its lower "
    "peak or less",
)  # fmt: skip
PATH = Criterion(
    "path", 0.35, False,
    "along the densest way between every two segments it falls to 0.35 of their cores' density or less, so "
    "that a curved cloud is not taken for several",
)  # fmt: skip
LIFT = Criterion(
    "lift", 0.05, True,
    "the silhouette is at least 0.05 above that of tables with the same correlations and no groups",
)  # fmt: skip
PREDICTION = Criterion(
    "prediction", 0.8, True,
    "segments found in one half of the accounts predict those of the other (prediction strength 0.80 or more)",
)  # fmt: skip
FOUND_AGAIN = Criterion(
    "overlap", 0.85, True, "every segment is found again in other samples (Jaccard overlap 0.85 or more)"
)
AGREEMENT = Criterion(
    "agreement", 0.8, True, "different samples agree (adjusted Rand index 0.80 or more, median of pairs)"
)
OVERLAP = Criterion(
    "overlap", 0.75, True, "every segment is found again in other samples (Jaccard overlap 0.75 or more)"
)

NATURAL = (VALLEY, PATH, LIFT, PREDICTION, FOUND_AGAIN)
"""All must hold. Cheap ones first, so that a bench can stop at the first that fails."""
REPRODUCIBLE = (AGREEMENT, OVERLAP)


def holds(criteria: Sequence[Criterion], figure: Callable[[Criterion], float]) -> bool:
    """Whether every criterion holds. `figure` is asked in order, and not beyond the first that fails."""
    return all(criterion.holds(figure(criterion)) for criterion in criteria)


def figures(result: KResult) -> dict[str, float]:
    """The figures that were computed, by the names of their criteria.

    valley and path are those of the worst pair; the path is 1 where a pair's valley left it open.
    """
    found: dict[str, float] = {}
    if result.gaps:
        found["valley"] = max(pair.valley for pair in result.gaps)
        found["path"] = max(1.0 if pair.path is None else pair.path for pair in result.gaps)
    if result.silhouette_tested is not None and result.null_silhouette_mean is not None:
        found["lift"] = result.silhouette_tested - result.null_silhouette_mean
    if result.prediction_strength is not None:
        found["prediction"] = result.prediction_strength
    if result.jaccard:
        found["overlap"] = min(result.jaccard)
    if result.stability_ari is not None:
        found["agreement"] = result.stability_ari
    return found


def errors(result: KResult) -> dict[str, float]:
    """The standard errors of figures made of samples, by the names of their criteria."""
    found: dict[str, float] = {}
    if result.jaccard and result.jaccard_se:
        found["overlap"] = result.jaccard_se[result.jaccard.index(min(result.jaccard))]
    if result.stability_ari_se is not None:
        found["agreement"] = result.stability_ari_se
    return found


def judge(result: KResult) -> tuple[Verdict | None, bool]:
    """The verdict on a complete result and whether it is borderline; None where something is missing.

    Borderline: a criterion that decided lies within .03 or two standard errors of its threshold and no
    other would have decided the same; or the segments are reproducible, and a second division is nearly as
    good.
    """
    found, error = figures(result), errors(result)
    if any(criterion.name not in found for criterion in (*NATURAL, *REPRODUCIBLE)):
        return None, False
    natural, natural_near = _decided(NATURAL, found, error)
    if natural:
        return "natural", natural_near
    reproducible, near = _decided(REPRODUCIBLE, found, error)
    if reproducible:
        return "reproducible", near or natural_near or result.second is not None
    return "constructive", near or natural_near


def repeatable(result: KResult) -> bool:
    """Whether other samples give the same segments, which every verdict but constructive says."""
    found = figures(result)
    return all(c.name in found and c.holds(found[c.name]) for c in REPRODUCIBLE)


def largest_natural(results: Sequence[KResult]) -> int | None:
    """The largest k that is natural, the number of separate groups to report."""
    return max((result.k for result in results if result.verdict == "natural"), default=None)


def sentence(result: KResult, separate: int | None = None) -> str:
    """What these segments may be called, in a sentence or two for someone who never saw a silhouette.

    separate: the largest natural k of the same diagnosis, for accounts of separate groups are no one cloud.
    """
    if result.k == 1:
        return "All accounts are one segment; there is nothing to compare."
    if result.stability_ari is None or result.jaccard is None:
        return "Whether a different sample of your accounts would give the same segments was not tested."
    text = _words(result, result.stability_ari, result.jaccard, separate) + second_division(result)
    return (
        text + " This verdict is borderline: another sample could change it." if result.borderline else text
    )


def second_division(result: KResult) -> str:
    """That another division fits nearly as well, with its figures, led by a space; empty where none does."""
    second = result.second
    if second is None:
        return ""
    higher = f"{second.excess:.1%}" if second.excess >= 0.0005 else "less than 0.1%"
    fits = f"nearly as well (inertia {higher} higher)" if second.excess > 0 else "as well"
    return (
        f" Another division into {result.k} fits the accounts {fits}: {second.samples} of {second.of} samples "
        f"led to it, and it agrees with this one only to {max(second.agreement, 0.0):.2f}."
    )


def one_cloud(result: KResult) -> bool:
    """Whether gaps were looked for between all pairs of these segments and none was found."""
    return bool(result.gaps) and not any(pair.apart for pair in result.gaps or ())


def groups(result: KResult) -> tuple[tuple[str, ...], ...]:
    """The segments in groups that run into each other; each alone where all are apart."""
    members = [f"S{place + 1}" for place in range(result.k)]
    together = {name: {name} for name in members}
    for pair in result.gaps or ():
        if not pair.apart:
            merged = together[pair.one] | together[pair.other]
            for name in merged:
                together[name] = merged
    return tuple(dict.fromkeys(tuple(name for name in members if name in together[own]) for own in members))


def method() -> Iterator[str]:
    """The rule in sentences, one per line, thresholds and all."""
    yield "*Natural* means all of these: " + "; ".join(criterion.needs for criterion in NATURAL) + "."
    yield "*Reproducible* means: " + "; ".join(criterion.needs for criterion in REPRODUCIBLE) + "."
    yield (
        "*Constructive* is everything else. A figure within "
        f"{BORDERLINE:.2f} of its threshold, or within {ERRORS} of its standard errors, makes a verdict borderline; so "
        "does, of *reproducible*, a second division that fits nearly as well."
    )


# --- Parts ----------------------------------------------------------------------------------------


def _decided(
    criteria: Sequence[Criterion], found: dict[str, float], error: dict[str, float]
) -> tuple[bool, bool]:
    """Whether all hold, and whether that hangs on figures near their thresholds alone."""
    failed = [criterion for criterion in criteria if not criterion.holds(found[criterion.name])]
    deciding = failed or criteria
    near = [criterion.near(found[criterion.name], error.get(criterion.name, 0.0)) for criterion in deciding]
    return not failed, all(near) if failed else any(near)


def _words(result: KResult, agreement: float, jaccard: tuple[float, ...], separate: int | None) -> str:
    if result.verdict == "natural":
        return "Separate groups exist; a re-run on new data should find the same ones."
    if AGREEMENT.holds(agreement) and OVERLAP.holds(min(jaccard)):
        return _repeatable(result, agreement, separate)
    if AGREEMENT.holds(agreement):
        weak = [f"S{place + 1}" for place, overlap in enumerate(jaccard) if not OVERLAP.holds(overlap)]
        return (
            f"Different samples agree overall (agreement {agreement:.2f}), but not on {listed(weak)}. "
            "Use these segments if they are useful; do not call them discovered."
        )
    return (
        f"Different samples give different segments (agreement {agreement:.2f}). "
        "Use them if they are useful; do not call them discovered."
    )


def _repeatable(result: KResult, agreement: float, separate: int | None) -> str:
    cut = f"These {result.k} segments are a repeatable way to cut"
    if result.gaps is None:
        return (
            f"{cut} your accounts: different samples agree on them (agreement {agreement:.2f}). "
            "Whether gaps separate them was not tested."
        )
    if one_cloud(result) and separate is not None:
        how = "cut them further" if result.k > separate else "put some of them together"
        return (
            f"Your accounts form {separate} separate groups. These {result.k} segments are a repeatable way to {how} "
            f"(agreement {agreement:.2f}), but accounts near the borders are interchangeable."
        )
    if one_cloud(result):
        return (
            f"Your accounts form one continuous cloud. {cut} it (agreement {agreement:.2f}), but accounts "
            "near the borders are interchangeable."
        )
    parts = groups(result)
    if len(parts) < result.k:
        run = [listed(part) for part in parts if len(part) > 1]
        return (
            f"{cut} your accounts (agreement {agreement:.2f}), and real gaps lie between some of them: "
            f"{_apart(parts)}. {_run_together(run)}"
        )
    figure = figures(result)
    missing = [
        criterion
        for criterion in (LIFT, PREDICTION, FOUND_AGAIN)
        if not criterion.holds(figure[criterion.name])
    ]
    return (
        f"{cut} your accounts (agreement {agreement:.2f}). Accounts thin out between them, but that alone does "
        f"not make them separate groups: {_shortfall(missing, figure)}."
    )


def _apart(parts: Sequence[tuple[str, ...]]) -> str:
    named = [part[0] if len(part) == 1 else f"the group of {listed(part)}" for part in parts]
    named.sort(key=len)
    return f"{listed(named)} are apart from each other"


def _run_together(run: Sequence[str]) -> str:
    return " ".join(
        f"{names} run into each other, and accounts near their borders are interchangeable." for names in run
    )


def _shortfall(missing: Sequence[Criterion], figure: dict[str, float]) -> str:
    words = {
        "lift": "tables with the same correlations and no groups are divided almost as well",
        "prediction": "one half of the accounts does not predict the other well enough",
        "overlap": "not every segment is found again closely enough",
    }
    return listed([f"{words[criterion.name]} ({figure[criterion.name]:.2f})" for criterion in missing])


def listed(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def pair_is_apart(pair: PairGap) -> bool:
    """Whether the pair's own two figures show a gap, whatever other segments may join them."""
    return VALLEY.holds(pair.valley) and pair.path is not None and PATH.holds(pair.path)
