"""From numbers to words: which k to look at first, why, and what choosing another one means.

Every sentence claims only what was tested. What a division may be called is engine.verdict's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.model import Diagnosis, KResult, Stage
from engine.verdict import (
    AGREEMENT,
    groups,
    largest_natural,
    listed,
    one_cloud,
    repeatable,
    second_division,
    sentence,
)

SMALLEST_SHARE = 0.05
SMALLEST_ACCOUNTS = 11
WORKABLE = 6
"""More segments than this are hard to brief a team on; they stay on the shortlist."""
NO_STRUCTURE, WEAK, REASONABLE = 0.25, 0.5, 0.7
"""Upper ends of the bands of Kaufman & Rousseeuw (1990)."""


@dataclass(frozen=True)
class Advice:
    suggested: int
    reason: str
    shortlist: tuple[int, ...]
    advice: str


def advise(
    results: Sequence[KResult], rows: int, *, stage: Stage = "complete", gap_k: int | None = None
) -> Advice:
    """The k to mark, why, the shortlist (best first) and advice for results in ascending k.

    The largest natural k decides; without one, a silhouette of at least .5 that is repeatable; otherwise
    the largest repeatable k up to 6 whose smallest segment holds 5 % and 11 accounts. Where nothing was
    tested yet, the highest silhouette. gap_k: the gap statistic's answer.
    """
    several = [result for result in results if result.k > 1]
    if not several:
        only = results[-1].k
        return Advice(
            only, f"{_division(only)} is all that was asked for.", (), "There is nothing to compare."
        )
    if all(result.stability_ari is None for result in several):
        return _untested(several, stage)
    useful = [result for result in several if repeatable(result) and _large_enough(result, rows)]
    best = _highest(several)
    natural = [result for result in several if result.verdict == "natural"]
    if natural:
        suggested = natural[-1].k
        reason = _natural_reason(natural[-1], several)
    elif (best.silhouette or 0) >= WEAK and best in useful:
        suggested = best.k
        reason = (
            f"{best.k} segments are set apart most clearly (silhouette {_figure(best.silhouette, 3)}, "
            f"{band(best.silhouette)}), and other samples of these accounts give the same ones (agreement "
            f"{_figure(best.stability_ari)} of 1)."
        )
    elif useful:
        suggested = max((r.k for r in useful if r.k <= WORKABLE), default=min(r.k for r in useful))
        reason = f"{_agreement_reason(suggested, several, useful)} {_silhouette_reason(several, suggested)}"
    else:
        nearest = max(several, key=lambda result: (result.stability_ari or 0, -result.k))
        suggested = nearest.k
        reason = (
            f"No number of segments tested is both repeatable and free of very small segments; {suggested} "
            f"comes first by agreement between samples ({_figure(nearest.stability_ari)})."
        )
    reason += second_division(next(result for result in several if result.k == suggested))
    listed_ks = {result.k for result in (*natural, *useful)}
    shortlist = tuple(sorted(listed_ks, key=lambda k: (k != suggested, k not in _ks(natural), -k)))
    small = [str(result.k) for result in several if repeatable(result) and result.k not in shortlist]
    told = [
        _structure(several, stage),
        _choice(shortlist, natural),
        _too_small(small),
        _one_segment(several, gap_k),
    ]
    return Advice(suggested, reason, shortlist, " ".join(part for part in told if part))


def most_separate(results: Sequence[KResult]) -> int:
    """The k of the highest silhouette known, the simplified ones where none is exact; the smallest of equals."""
    exact = any(result.silhouette is not None for result in results)
    return max(results, key=lambda result: (_separation(result, exact), -result.k)).k


def so_far(diagnosis: Diagnosis) -> str:
    """What is known while a diagnosis runs, in two sentences that advise nothing: advice that changes while one
    reads it is none."""
    several = [result for result in diagnosis.ks if result.k > 1]
    if not several:
        return ""
    if diagnosis.stage == "stability":
        back = [str(result.k) for result in several if repeatable(result)]
        known = (
            f"{listed(back)} segments come back in other samples of these accounts"
            if back
            else "at no number do the same segments come back in other samples of these accounts"
        )
    else:
        first = diagnosis.at(most_separate(several)) or several[0]
        measured = (
            f"simplified silhouette {_figure(first.silhouette_simplified, 3)}, of a sample"
            if first.silhouette is None
            else f"silhouette {_figure(first.silhouette, 3)}, {band(first.silhouette)}"
        )
        known = f"{first.k} segments are set apart most clearly ({measured})"
    return f"So far, {known}. No number is suggested before every figure is in."


def explain(k: int, diagnosis: Diagnosis) -> str:
    """What choosing k means next to the suggested number, in a few sentences."""
    chosen, suggested = diagnosis.at(k), diagnosis.at(diagnosis.suggested)
    if chosen is None or suggested is None:
        return f"{_division(k)} was not part of this diagnosis, so nothing is known about it."
    if k == diagnosis.suggested:
        return diagnosis.reason
    if chosen.silhouette is None or suggested.silhouette is None:
        return f"{sentence(chosen, largest_natural(diagnosis.ks))} The suggestion is {suggested.k}."
    sentences = []
    if chosen.stability_ari is not None and suggested.stability_ari is not None:
        sentences.append(_off_the_shortlist(chosen, suggested, diagnosis.shortlist))
    natural = largest_natural(diagnosis.ks)
    if natural is not None and k > natural:
        cut = [listed(part) for part in groups(chosen) if len(part) > 1]
        if cut:
            sentences.append(f"They cut through separate groups: {'; '.join(cut)} run into each other.")
    elif natural is not None and k < natural:
        sentences.append(f"They put some of the {natural} separate groups together.")
    finer = k > suggested.k
    sentences.append(
        f"{'Finer' if finer else 'Coarser'} than {suggested.k}: "
        f"{'more plans to brief, for narrower' if finer else 'fewer plans to brief, for broader'} groups "
        f"(silhouette {_figure(chosen.silhouette, 3)} against {_figure(suggested.silhouette, 3)})."
    )
    return " ".join(sentences)


def in_short(k: int, diagnosis: Diagnosis) -> str:
    """A number worth choosing beside the suggested one, in figures and who runs into whom."""
    chosen = diagnosis.at(k)
    if chosen is None or chosen.stability_ari is None:
        return explain(k, diagnosis)
    told = [
        f"Comes back in other samples (agreement {_figure(chosen.stability_ari)}), silhouette "
        f"{_figure(chosen.silhouette, 3)}."
    ]
    cut = [listed(part) for part in groups(chosen) if len(part) > 1]
    if cut and largest_natural(diagnosis.ks) is not None:
        told.append(f"{'; '.join(cut)} run into each other.")
    borderline = " Borderline: another sample could change its verdict." if chosen.borderline else ""
    return f"{' '.join(told)}{second_division(chosen)}{borderline}"


def band(value: float | None) -> str:
    """A silhouette's band after Kaufman & Rousseeuw (1990), as words."""
    value = value or 0.0
    if value <= NO_STRUCTURE:
        return "no substantial structure"
    if value <= WEAK:
        return "weak structure"
    return "reasonable structure" if value <= REASONABLE else "strong structure"


# --- Parts of sentences ---------------------------------------------------------------------------


def _untested(several: Sequence[KResult], stage: Stage) -> Advice:
    if stage == "preview":
        first = max(several, key=lambda result: (result.silhouette_simplified or -1.0, -result.k))
        return Advice(
            first.k,
            f"In a first look at a sample, {first.k} segments are set apart most clearly (simplified silhouette "
            f"{_figure(first.silhouette_simplified, 3)}). Exact figures follow.",
            (),
            "Nothing was tested yet.",
        )
    best = _highest(several)
    reason = (
        f"{best.k} segments are set apart most clearly (silhouette {_figure(best.silhouette, 3)}, "
        f"{band(best.silhouette)}). Whether other samples of these accounts give the same ones was not tested"
    )
    ranked = sorted(several, key=lambda result: (-(result.silhouette or 0), result.k))
    if stage != "complete":
        return Advice(best.k, f"{reason} yet.", tuple(r.k for r in ranked[:3]), _structure(several, stage))
    advice = (
        f"{_structure(several, stage)} This quick run did not test whether different samples of your accounts "
        "give the same segments; run the full diagnosis before you rely on a number."
    )
    return Advice(best.k, f"{reason}.", tuple(r.k for r in ranked[:3]), advice)


def _structure(several: Sequence[KResult], stage: Stage) -> str:
    best = _highest(several)
    highest = best.silhouette or 0.0
    tested = [result for result in several if result.gaps is not None]
    natural = largest_natural(several)
    if natural is not None:
        return f"{natural} separate groups exist; a re-run on new data should find the same ones."
    if tested and all(one_cloud(result) for result in tested):
        return (
            "Your accounts form one continuous cloud: at no number of segments do they thin out between any "
            "two. Segments are then a way to divide the accounts, and those near a border could sit on either "
            "side."
        )
    if tested:
        return (
            "Your accounts are not made of separate groups at any number of segments tested, though they thin "
            "out between some segments."
        )
    if highest <= NO_STRUCTURE:
        return (
            "Your accounts form no clearly separate groups by this measure: every silhouette is "
            f"{_figure(NO_STRUCTURE)} or less. Segments are then a way to divide the accounts, and those "
            "near a border could sit on either side."
        )
    return (
        f"The silhouette shows {band(highest)} at {best.k} segments ({_figure(highest, 3)}); it does not by "
        "itself show that the groups are separate."
    )


def _choice(shortlist: tuple[int, ...], natural: Sequence[KResult]) -> str:
    if natural:
        others = [str(k) for k in sorted(shortlist) if k != natural[-1].k]
        return f"{listed(others)} segments are repeatable too." if others else ""
    if not shortlist:
        return (
            "No division tested here can be counted on to come out the same from another sample with segments "
            "large enough to work with. Fewer or other columns may help."
        )
    if len(shortlist) == 1:
        return (
            f"{_division(shortlist[0])} can be relied on to come back, and is the only one tested whose segments "
            "are all large enough to work with."
        )
    return (
        f"{listed([str(k) for k in sorted(shortlist)])} segments can all be relied on to come back: choose the "
        "number of plans that your team can act on."
    )


def _too_small(ks: Sequence[str]) -> str:
    if not ks:
        return ""
    comes = "comes" if len(ks) == 1 else "come"
    return f"{listed(ks)} {comes} back too, but with segments too small to work with."


def _one_segment(several: Sequence[KResult], gap_k: int | None) -> str:
    if gap_k != 1 or largest_natural(several) is not None:
        return ""
    return (
        "The gap statistic's answer is 1: no division is tighter than it would be in a cloud without any "
        "structure. If you are looking for groups, there is one; divide it only where that helps you act."
    )


def _natural_reason(natural: KResult, several: Sequence[KResult]) -> str:
    lift = (natural.silhouette_tested or 0.0) - (natural.null_silhouette_mean or 0.0)
    finer = next((result for result in several if result.k > natural.k), None)
    reason = (
        f"{natural.k} separate groups exist: accounts thin out between every two of them, other samples find "
        f"the same ones (agreement {_figure(natural.stability_ari)}), and the silhouette is {_figure(lift)} "
        "above that of tables with the same correlations and no groups."
    )
    cut = [listed(part) for part in groups(finer) if len(part) > 1] if finer else []
    return f"{reason} At {finer.k}, {cut[0]} run into each other." if finer and cut else reason


def _off_the_shortlist(chosen: KResult, suggested: KResult, shortlist: Sequence[int]) -> str:
    second = second_division(chosen)
    figures = f"{_figure(chosen.stability_ari)} against {_figure(suggested.stability_ari)} for {suggested.k}"
    if chosen.verdict == "natural":
        return f"{chosen.k} segments are separate groups too (agreement {figures})."
    if repeatable(chosen) and chosen.k in shortlist:
        sound = "" if suggested.verdict == "natural" or chosen.second else ", and are a sound choice"
        return f"{chosen.k} segments come back in other samples too (agreement {figures}){sound}.{second}"
    if repeatable(chosen):
        return (
            f"{chosen.k} segments come back in other samples (agreement {figures}), but the smallest has only "
            f"{min(chosen.sizes):,} accounts."
        )
    return (
        f"{chosen.k} segments are less repeatable (agreement {figures}; weakest segment found again to "
        f"{_figure(min(chosen.jaccard or (0.0,)))}): expect accounts to change segment in a re-run.{second}"
    )


def _ks(results: Sequence[KResult]) -> set[int]:
    return {result.k for result in results}


def _agreement_reason(suggested: int, several: Sequence[KResult], useful: Sequence[KResult]) -> str:
    chosen = next(result for result in useful if result.k == suggested)
    following = next((result for result in several if result.k > suggested), None)
    figure = f"agreement {_figure(chosen.stability_ari)} of 1"
    largest = max(result.k for result in useful)
    if largest > suggested and suggested <= WORKABLE:
        return (
            f"Other samples of these accounts give the same {suggested} segments ({figure}). {largest} would "
            f"come back too, but more than {WORKABLE} are hard to brief a team on."
        )
    if largest > suggested:
        return (
            f"{suggested} is the smallest number of segments that other samples of these accounts give again "
            f"({figure})."
        )
    fall = ""
    if following is not None and repeatable(following):
        fall = f"; {following.k} leaves a segment of only {min(following.sizes):,} accounts"
    elif following is not None and not AGREEMENT.holds(following.stability_ari or 0.0):
        fall = f"; with {following.k} it falls to {_figure(following.stability_ari)}"
    elif following is not None:
        weakest = min(following.jaccard or (0.0,))
        fall = f"; with {following.k} one segment is found again only to {_figure(weakest)}"
    return (
        f"{suggested} is the most segments you can rely on: other samples of these accounts give the same "
        f"{suggested}, all large enough to work with ({figure}{fall})."
    )


def _silhouette_reason(several: Sequence[KResult], suggested: int) -> str:
    best = _highest(several)
    value = _figure(best.silhouette, 3)
    if (best.silhouette or 0) <= NO_STRUCTURE:
        return (
            f"No number stands out by itself: even at {best.k}, where segments are set apart most clearly, the "
            f"silhouette is {value}, and up to {_figure(NO_STRUCTURE)} is no clear separation."
        )
    if best.k == suggested:
        return f"Segments are set apart most clearly there too (silhouette {value}, {band(best.silhouette)})."
    return (
        f"Segments are set apart most clearly at {best.k} (silhouette {value}, {band(best.silhouette)}): look at "
        "that number as well."
    )


def _separation(result: KResult, exact: bool) -> float:
    value = result.silhouette if exact else result.silhouette_simplified
    return -1.0 if value is None else value


def _highest(several: Sequence[KResult]) -> KResult:
    return max(several, key=lambda result: (result.silhouette or -1.0, -result.k))


def _large_enough(result: KResult, rows: int) -> bool:
    return min(result.sizes) >= max(SMALLEST_SHARE * rows, SMALLEST_ACCOUNTS)


def _figure(value: float | None, digits: int = 2) -> str:
    return f"{value or 0.0:.{digits}f}"


def _division(k: int) -> str:
    return "One segment" if k == 1 else f"A division into {k} segments"
