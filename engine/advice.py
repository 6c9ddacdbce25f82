"""From numbers to words: which k to look at first, why, and what a result may be called.

Every sentence claims only what was tested: silhouettes and, unless the run was quick, agreement
between samples. Nothing here looks for gaps between segments, so nothing here says "separate groups".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.model import Diagnosis, KResult, Verdict

AGREEMENT = 0.8
OVERLAP = 0.75
"""Hennig (2007): from .75 a segment counts as stable."""
BORDERLINE = 0.03
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


def advise(results: Sequence[KResult], rows: int) -> Advice:
    """The k to mark, why, the shortlist (best first) and advice for results in ascending k.

    After a full run: a silhouette of at least .5 that is repeatable decides; otherwise the largest
    repeatable k up to 6 whose smallest segment holds 5 % and 11 accounts. After a quick run: the
    highest silhouette.
    """
    several = [result for result in results if result.silhouette is not None]
    if not several:
        only = results[-1].k
        return Advice(
            only, f"{_division(only)} is all that was asked for.", (), "There is nothing to compare."
        )
    if all(result.stability_ari is None for result in several):
        return _quick_advice(several)
    repeatable = [result for result in several if result.verdict == "reproducible"]
    useful = [result for result in repeatable if _large_enough(result, rows)]
    best = _highest(several)
    if (best.silhouette or 0) >= WEAK and best in useful:
        suggested = best.k
        reason = (
            f"{best.k} has the highest silhouette ({_figure(best.silhouette, 3)}, {band(best.silhouette)}), "
            f"and different samples of these accounts agree on it (agreement {_figure(best.stability_ari)})."
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
    others = sorted((result.k for result in useful if result.k != suggested), reverse=True)
    shortlist = (suggested, *others) if useful else ()
    return Advice(suggested, reason, shortlist, _full_advice(several, shortlist))


def verdict_of(result: KResult) -> Verdict | None:
    """reproducible: agreement at least .8 and every segment's overlap at least .75; else constructive.

    Never "natural", which needs a test for gaps; None where stability was not tested.
    """
    if result.stability_ari is None or result.jaccard is None:
        return None
    if result.stability_ari >= AGREEMENT and min(result.jaccard) >= OVERLAP:
        return "reproducible"
    return "constructive"


def verdict_text(result: KResult) -> str:
    """What these segments may be called, in a sentence or two for someone who never saw a silhouette."""
    if result.k == 1:
        return "All accounts are one segment; there is nothing to compare."
    if result.verdict is None or result.stability_ari is None or result.jaccard is None:
        return "Whether a different sample of your accounts would give the same segments was not tested."
    agreement = _figure(result.stability_ari)
    if result.verdict == "natural":
        return "Separate groups exist; a re-run on new data should find the same ones."
    if result.verdict == "reproducible":
        text = (
            f"These {result.k} segments are a repeatable way to divide your accounts: different samples "
            f"agree on them (agreement {agreement}). Whether gaps separate them was not tested."
        )
    elif result.stability_ari >= AGREEMENT:
        weak = [f"S{place + 1}" for place, overlap in enumerate(result.jaccard) if overlap < OVERLAP]
        text = (
            f"Different samples agree overall (agreement {agreement}), but not on {_listed(weak)}. "
            "Use these segments if they are useful; do not call them discovered."
        )
    else:
        text = (
            f"Different samples give different segments (agreement {agreement}). "
            "Use them if they are useful; do not call them discovered."
        )
    if _is_borderline(result):
        text += " This verdict is borderline: another sample could change it."
    return text


def explain(k: int, diagnosis: Diagnosis) -> str:
    """What choosing k means next to the suggested number, in a sentence or two."""
    chosen, suggested = diagnosis.at(k), diagnosis.at(diagnosis.suggested)
    if chosen is None or suggested is None:
        return f"{_division(k)} was not part of this diagnosis, so nothing is known about it."
    if k == diagnosis.suggested:
        return diagnosis.reason
    if chosen.silhouette is None or suggested.silhouette is None:
        return f"{verdict_text(chosen)} The suggestion is {suggested.k}."
    sentences = []
    if chosen.stability_ari is not None and suggested.stability_ari is not None:
        figures = (
            f"{_figure(chosen.stability_ari)} against {_figure(suggested.stability_ari)} for {suggested.k}"
        )
        if chosen.verdict == "reproducible" and k in diagnosis.shortlist:
            sentences.append(f"{k} segments are repeatable too (agreement {figures}), and a sound choice.")
        elif chosen.verdict == "reproducible":
            sentences.append(
                f"{k} segments are repeatable (agreement {figures}), but the smallest has only "
                f"{min(chosen.sizes):,} accounts."
            )
        else:
            sentences.append(
                f"{k} segments are less repeatable (agreement {figures}; weakest segment found again to "
                f"{_figure(min(chosen.jaccard or (0.0,)))}): expect accounts to change segment in a re-run."
            )
    more = "finer" if k > suggested.k else "coarser"
    sentences.append(
        f"The division is {more} than {suggested.k}; its silhouette is {_figure(chosen.silhouette, 3)} "
        f"against {_figure(suggested.silhouette, 3)}."
    )
    return " ".join(sentences)


def band(value: float | None) -> str:
    """A silhouette's band after Kaufman & Rousseeuw (1990), as words."""
    value = value or 0.0
    if value <= NO_STRUCTURE:
        return "no substantial structure"
    if value <= WEAK:
        return "weak structure"
    return "reasonable structure" if value <= REASONABLE else "strong structure"


# --- Parts of sentences ---------------------------------------------------------------------------


def _quick_advice(several: Sequence[KResult]) -> Advice:
    best = _highest(several)
    reason = (
        f"{best.k} has the highest silhouette ({_figure(best.silhouette, 3)}, {band(best.silhouette)} on the "
        "scale of Kaufman and Rousseeuw). Agreement between samples was not tested."
    )
    ranked = sorted(several, key=lambda result: (-(result.silhouette or 0), result.k))
    return Advice(best.k, reason, tuple(r.k for r in ranked[:3]), _untested_advice(several))


def _untested_advice(several: Sequence[KResult]) -> str:
    return (
        f"{_structure(several)} This quick run did not test whether different samples of your accounts "
        "give the same segments; run the full diagnosis before you rely on a number."
    )


def _full_advice(several: Sequence[KResult], shortlist: tuple[int, ...]) -> str:
    if not shortlist:
        return (
            f"{_structure(several)} No division tested here can be counted on to come out the same from "
            "another sample with segments large enough to work with. Fewer or other columns may help."
        )
    if len(shortlist) == 1:
        choice = (
            f"{_division(shortlist[0])} is repeatable, and the only one tested whose segments are all large "
            "enough to work with."
        )
    else:
        choice = (
            f"{_listed([str(k) for k in sorted(shortlist)])} segments are repeatable divisions: choose the "
            "number you can act on."
        )
    return f"{_structure(several)} {choice}"


def _structure(several: Sequence[KResult]) -> str:
    best = _highest(several)
    highest = best.silhouette or 0.0
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


def _agreement_reason(suggested: int, several: Sequence[KResult], useful: Sequence[KResult]) -> str:
    chosen = next(result for result in useful if result.k == suggested)
    following = next((result for result in several if result.k > suggested), None)
    figure = f"agreement {_figure(chosen.stability_ari)}"
    largest = max(result.k for result in useful)
    if largest > suggested and suggested <= WORKABLE:
        return (
            f"Different samples of these accounts agree on {suggested} segments ({figure}). {largest} "
            f"would be repeatable too, but more than {WORKABLE} are hard to brief a team on."
        )
    if largest > suggested:
        return f"{suggested} is the smallest number that different samples of these accounts agree on ({figure})."
    fall = ""
    if following is not None and following.verdict == "reproducible":
        fall = f"; {following.k} leaves a segment of only {min(following.sizes):,} accounts"
    elif following is not None and (following.stability_ari or 0) < AGREEMENT:
        fall = f"; {following.k} falls to {_figure(following.stability_ari)}"
    elif following is not None:
        weakest = min(following.jaccard or (0.0,))
        fall = f"; at {following.k} one segment is found again only to {_figure(weakest)}"
    return (
        f"{suggested} is the largest number of segments that different samples of these accounts agree on "
        f"({figure}{fall})."
    )


def _silhouette_reason(several: Sequence[KResult], suggested: int) -> str:
    best = _highest(several)
    value = _figure(best.silhouette, 3)
    if (best.silhouette or 0) <= NO_STRUCTURE:
        return (
            f"The silhouette is highest at {best.k} ({value}), but no value is above {_figure(NO_STRUCTURE)}, "
            "so no number of segments stands out by itself."
        )
    if best.k == suggested:
        return f"The silhouette is highest there too ({value}, {band(best.silhouette)})."
    return (
        f"The silhouette is highest at {best.k} ({value}, {band(best.silhouette)}): look at that one as well."
    )


def _highest(several: Sequence[KResult]) -> KResult:
    return max(several, key=lambda result: (result.silhouette or -1.0, -result.k))


def _large_enough(result: KResult, rows: int) -> bool:
    return min(result.sizes) >= max(SMALLEST_SHARE * rows, SMALLEST_ACCOUNTS)


def _is_borderline(result: KResult) -> bool:
    overlap, agreement = min(result.jaccard or (0.0,)), result.stability_ari or 0.0
    margins = (agreement - AGREEMENT, overlap - OVERLAP)
    return abs(min(margins)) <= BORDERLINE


def _figure(value: float | None, digits: int = 2) -> str:
    return f"{value or 0.0:.{digits}f}"


def _division(k: int) -> str:
    return "One segment" if k == 1 else f"A division into {k} segments"


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
