"""Sentences around a number: true ones, and the corruptions of the number, its owner and its unit.

Every maker takes a scene and `want` and returns one sentence whose truth the oracle confirmed, or None when
this segment offers none. A corruption that stays true is thus never used.
"""

from collections.abc import Callable

from bench.checker import written
from bench.checker.frames import numbers as frames
from bench.checker.frames import shares as parts
from bench.checker.oracle import ALL, TIMES_WORDS, Said, verdict
from bench.checker.scene import Scene, Sentence
from bench.checker.written import Written
from engine.model import Statistic, Unit

Maker = Callable[[Scene, bool], Sentence | None]
TRIES = 30


def retry(draw: Maker) -> Maker:
    """The maker that draws until the oracle says what is wanted, at most TRIES times."""

    def make(scene: Scene, want: bool) -> Sentence | None:
        for _ in range(TRIES):
            found = draw(scene, want)
            if found is not None and verdict(scene.case, found.said) is want:
                return found
        return None

    return make


def _stated(scene: Scene, feature: str) -> tuple[str, str, Statistic]:
    """A frame for one number of the feature: the frame, what it claims (mean, median, centre), its source."""
    counted = scene.measure(feature).counted
    claims = scene.pick(("mean", "mean", "median", "centre", "centre"))
    pools = {
        "mean": frames.MEAN + (frames.MEAN_COUNTED if counted else ()),
        "median": frames.MEDIAN,
        "centre": frames.CENTRE + (frames.CENTRE_COUNTED if counted else ()),
    }
    source: Statistic = "median" if claims == "median" else "mean"
    return scene.pick(pools[claims]), claims, source


def _say(
    scene: Scene, kind: str, feature: str, frame: str, claims: str, shown: Written, want: bool,
    evidence: tuple[str, ...],
) -> Sentence:  # fmt: skip
    said = [Said("number", scene.segment, feature, statistic=claims, value=shown.value, half=shown.half)]
    slots = {"v": shown.text}
    if "{pop}" in frame:
        everyone, also = scene.population(feature)
        said.append(also)
        slots["pop"] = everyone.text
        evidence += scene.fact(feature, "mean", segment=ALL)
    text = scene.fill(frame, feature, **slots)
    return scene.sentence(kind, frame, text, tuple(said), want, evidence)


def _altered(scene: Scene, unit: Unit, value: float, digits: int = 3) -> Written:
    factor = 1 + scene.pick((-1, 1)) * scene.between(0.06, 0.6)
    if unit == "fraction" and value * factor > 0.99:
        factor = 2 - factor
    return written.number(value * factor, unit, digits)


@retry
def number(scene: Scene, want: bool) -> Sentence | None:
    """A mean or median, right or altered by 6 to 60 %; now and then a share of accounts or of a total."""
    if scene.chance(0.15):
        return share_number(scene, want)
    if scene.chance(0.12):
        return total_share(scene, want)
    feature = scene.feature()
    if feature is None:
        return None
    frame, claims, source = _stated(scene, feature)
    shown = scene.value(feature, source)
    if not want:
        shown = _altered(scene, scene.measure(feature).unit, scene.table.get(source, scene.segment, feature))
    return _say(scene, "number", feature, frame, claims, shown, want, scene.fact(feature, source))


@retry
def share_number(scene: Scene, want: bool) -> Sentence | None:
    """The part of the segment with a value of a category column."""
    feature = scene.pick(tuple(scene.case.sortings))
    sorting = scene.case.sortings[feature]
    category = scene.pick(sorting.values)
    actual = scene.table.share(scene.segment, feature, category)
    overall = scene.table.share(ALL, feature, category)
    if not actual > 0 or not overall > 0:
        return None
    shown = written.number(actual, "fraction", 3) if want else _altered(scene, "fraction", actual)
    frame = scene.pick(parts.SHARE)
    said = [
        Said("number", scene.segment, feature, category, "category share", value=shown.value, half=shown.half)
    ]
    pop = written.number(overall, "fraction", 3)
    if "{pop}" in frame:
        said.append(Said("number", ALL, feature, category, "category share", value=pop.value, half=pop.half))
    text = scene.fill(frame, v=shown.text, pop=pop.text, c=category, n=sorting.label,
                      did=scene.pick(sorting.verbs).format(v=category))  # fmt: skip
    evidence = scene.fact(feature, "category share", category=category)
    claims = scene.claim("share", feature, category=category, evidence=evidence)
    return scene.sentence("number", frame, text, tuple(said), want, evidence, claims)


@retry
def total_share(scene: Scene, want: bool) -> Sentence | None:
    """The segment's part of a column's total."""
    feature = scene.feature("count", "currency")
    if feature is None:
        return None
    actual = scene.table.get("sum", scene.segment, feature) / scene.table.get("sum", ALL, feature)
    shown = written.number(actual, "fraction", 3) if want else _altered(scene, "fraction", actual)
    frame = scene.pick(frames.TOTAL_SHARE)
    said = Said("number", scene.segment, feature, statistic="total share", value=shown.value, half=shown.half)
    evidence = scene.fact(feature, "total share")
    text = scene.fill(frame, feature, v=shown.text)
    return scene.sentence("number", frame, text, (said,), want, evidence)


@retry
def digits(scene: Scene, want: bool) -> Sentence | None:
    """The right number with two neighbouring digits swapped."""
    feature = scene.feature()
    if feature is None:
        return None
    frame, claims, source = _stated(scene, feature)
    shown = scene.value(feature, source)
    if not want:
        texts = written.transposed(shown.text)
        if not texts:
            return None
        shown = written.read(scene.pick(texts), scene.measure(feature).unit)
    return _say(scene, "digits transposed", feature, frame, claims, shown, want, scene.fact(feature, source))


@retry
def rounding(scene: Scene, want: bool) -> Sentence | None:
    """The right number in more or fewer digits than it is displayed with, or spelled another way."""
    feature = scene.feature()
    if feature is None:
        return None
    frame, claims, source = _stated(scene, feature)
    actual = scene.table.get(source, scene.segment, feature)
    unit = scene.measure(feature).unit
    shown = written.number(actual, unit, scene.pick((2, 4, 5)), scene.pick((0, 1, 2)))
    return _say(scene, "rounding", feature, frame, claims, shown, want, scene.fact(feature, source))


@retry
def hedge(scene: Scene, want: bool) -> Sentence | None:
    """About, over or nearly a rounder number."""
    feature = scene.feature()
    if feature is None:
        return None
    unit, value = scene.measure(feature).unit, scene.table.get("mean", scene.segment, feature)
    how = scene.pick(("about", "about", "over", "nearly"))
    shown = written.rounded(value, unit) if how == "about" else written.beside(value, unit, how == "nearly")
    frame = scene.pick({"about": frames.ABOUT, "over": frames.OVER, "nearly": frames.NEARLY}[how])
    said = Said("number", scene.segment, feature, value=shown.value, half=shown.half, hedge=how)
    text = scene.fill(frame, feature, v=shown.text)
    return scene.sentence("hedges", frame, text, (said,), want, scene.fact(feature, "mean"))


@retry
def feature_swap(scene: Scene, want: bool) -> Sentence | None:
    """The number of another feature of the same unit."""
    feature = scene.feature()
    if feature is None:
        return None
    frame, claims, source = _stated(scene, feature)
    if want:
        return _say(scene, "feature swap", feature, frame, claims, scene.value(feature, source), want,
                    scene.fact(feature, source))  # fmt: skip
    alike = [
        f for f in scene.features if f != feature and scene.measure(f).unit == scene.measure(feature).unit
    ]
    if not alike:
        return None
    taken = scene.pick(alike)
    evidence = scene.fact(scene.pick((taken, feature)), source)
    return _say(scene, "feature swap", feature, frame, claims, scene.value(taken, source), want, evidence)


@retry
def mean_for_median(scene: Scene, want: bool) -> Sentence | None:
    """A mean called median, or a median called mean, where the two differ by at least 4 %."""
    feature = scene.feature()
    if feature is None:
        return None
    claims: Statistic = scene.pick(("mean", "median"))
    mean, median = (scene.table.get(s, scene.segment, feature) for s in ("mean", "median"))
    if median <= 0 or abs(mean / median - 1) < 0.04:
        return None
    source: Statistic = claims if want else "median" if claims == "mean" else "mean"
    frame = scene.pick(frames.MEAN if claims == "mean" else frames.MEDIAN)
    shown = scene.value(feature, source)
    return _say(scene, "mean for median", feature, frame, claims, shown, want, scene.fact(feature, source))


@retry
def unit_slip(scene: Scene, want: bool) -> Sentence | None:
    """The right figures in another unit: "0.46%" for 46 %, months for days, M for k, % for a count."""
    feature = scene.feature()
    if feature is None:
        return None
    unit = scene.measure(feature).unit
    shown = scene.value(feature)
    frame = scene.pick([f for f in frames.MEAN + frames.CENTRE if "{pop}" not in f])
    evidence = scene.fact(feature, "mean")
    if want:
        return _say(scene, "unit slip", feature, frame, "centre", shown, want, evidence)
    value = scene.table.get("mean", scene.segment, feature)
    found = scene.pick(_slips(unit, value))
    text, factor = found
    said = Said(
        "number", scene.segment, feature, statistic="centre", value=value * factor, half=0.006 * value
    )
    if not factor:
        said = Said("never", scene.segment, feature)
    return scene.sentence("unit slip", frame, scene.fill(frame, feature, v=text), (said,), want, evidence)


def _slips(unit: Unit, value: float) -> list[tuple[str, float]]:
    """Texts with the factor that they claim beside the truth (0: another kind of quantity altogether)."""
    plain = f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    if unit == "fraction":
        return [(f"{value:.2f}%", 0.01), (f"{value:.3f} percent", 0.01), (f"${100 * value:.0f}", 0),
                (f"{100 * value:.0f} days", 0)]  # fmt: skip
    if unit == "points":
        return [(f"{value / 100:.2f}%", 0.01), (f"{value / 100:.3f} percent", 0.01), (f"${value:.0f}", 0)]
    if unit == "currency":
        return [(f"${plain}k", 1e3), (f"${plain}M", 1e6), (f"{plain}%", 0), (f"{plain} days", 0)]
    if unit in ("days", "months"):
        other = "months" if unit == "days" else "days"
        factor = 30.4 if unit == "days" else 1 / 30.4
        return [(f"{plain} {other}", factor), (f"{plain}%", 0), (f"${plain}", 0),
                (f"{plain} years", 365 if unit == "days" else 12)]  # fmt: skip
    return [(f"{plain}%", 0), (f"${plain}", 0), (f"{plain}k", 1e3), (f"{plain} days", 0), (f"{plain}M", 1e6)]


@retry
def ratio(scene: Scene, want: bool) -> Sentence | None:
    """Times the average or another segment, twice and half, per cent more or less."""
    feature = scene.feature()
    if feature is None:
        return None
    style = scene.pick(("times", "times", "other", "word", "percent"))
    other = ALL if style in ("times", "percent") else scene.pick(scene.others)
    own, against = (scene.table.get("mean", s, feature) for s in (scene.segment, other))
    if not own > 0 or not against > 0:
        return None
    actual = own / against
    evidence = scene.fact(feature, "ratio", other=ALL) if other == ALL else scene.fact(feature, "mean")
    if style == "word":
        word = scene.pick(tuple(TIMES_WORDS))
        frame = scene.pick(frames.TWICE[word])
        said = Said("twice", scene.segment, feature, relation=word, other=other)
        text = scene.fill(frame, feature, o=scene.called(other))
        claims = scene.claim("comparison", feature, other=other, direction="above" if actual > 1 else "below",
                             evidence=_both(scene, feature, other))  # fmt: skip
        return scene.sentence("ratio", frame, text, (said,), want, (), claims)
    told = actual if want else actual * (1 + scene.pick((-1, 1)) * scene.between(0.2, 0.6))
    if style == "percent":
        if scene.measure(feature).unit in ("fraction", "points") or abs(told - 1) < 0.03:
            return None
        more = told > 1
        shown = written.percent(abs(told - 1))
        frame = scene.pick(frames.PERCENT_MORE if more else frames.PERCENT_LESS)
        if not scene.one_way(feature, frame):
            return None
        said = Said("number", scene.segment, feature, statistic="percent more" if more else "percent less",
                    value=shown.value, half=shown.half)  # fmt: skip
        return scene.sentence(
            "ratio", frame, scene.fill(frame, feature, v=shown.text), (said,), want, evidence
        )
    shown = written.multiple(told, scene.pick((0, 0, 1)))
    frame = scene.pick(frames.TIMES if other == ALL else frames.TIMES_OTHER)
    said = Said(
        "number", scene.segment, feature, statistic="ratio", value=shown.value, half=shown.half, other=other
    )
    text = scene.fill(frame, feature, v=shown.text, o=scene.called(other) if other != ALL else "")
    return scene.sentence("ratio", frame, text, (said,), want, evidence)


def _both(scene: Scene, feature: str, other: str) -> tuple[str, ...]:
    return scene.fact(feature, "mean") + scene.fact(feature, "mean", segment=other)


@retry
def points(scene: Scene, want: bool) -> Sentence | None:
    """A gap between fractions in points, or the same gap in relative per cent."""
    feature = scene.feature("fraction")
    if feature is None:
        return None
    own, against = (scene.table.get("mean", s, feature) for s in (scene.segment, ALL))
    gap = own - against
    if abs(gap) < 0.02:
        return None
    relative = scene.chance(0.3)
    shown = written.percent(abs(own / against - 1)) if relative else written.points(gap)
    pools = (
        (frames.PERCENT_MORE, frames.PERCENT_LESS) if relative else (frames.POINTS_MORE, frames.POINTS_LESS)
    )
    frame = scene.pick(pools[0 if gap > 0 else 1])
    if not scene.one_way(feature, frame):
        return None
    statistic = ("percent more" if gap > 0 else "percent less") if relative else "gap"
    value = shown.value if relative or gap > 0 else -shown.value
    said = Said("number", scene.segment, feature, statistic=statistic, value=value, half=shown.half)
    evidence = scene.fact(feature, "difference", other=ALL)
    return scene.sentence(
        "points vs percent", frame, scene.fill(frame, feature, v=shown.text), (said,), want, evidence
    )


@retry
def size(scene: Scene, want: bool) -> Sentence | None:
    """How many accounts, what part of all, the largest or smallest."""
    style = scene.pick(("n", "share", "extreme"))
    rows, n = len(scene.case.table), scene.table.sizes[scene.segment]
    if style == "extreme":
        largest = scene.chance(0.5)
        frame = scene.pick(parts.EXTREME_SIZE)[0 if largest else 1]
        said = Said("size", scene.segment, relation="largest" if largest else "smallest")
        claims = scene.claim("size", "", evidence=scene.fact("", "size"))
        return scene.sentence("size", frame, scene.fill(frame), (said,), want, (), claims)
    told = n if want else max(11, round(n * (1 + scene.pick((-1, 1)) * scene.between(0.1, 0.6))))
    if style == "n":
        frame = scene.pick(parts.SIZE)
        said = Said("number", scene.segment, statistic="size", value=told, half=0.5)
        return scene.sentence(
            "size", frame, scene.fill(frame, v=f"{told:,}"), (said,), want, scene.fact("", "size")
        )
    shown = written.number(told / rows, "fraction", scene.pick((3, 3, 4)))
    frame = scene.pick(parts.SIZE_SHARE)
    said = Said("number", scene.segment, statistic="size share", value=shown.value, half=shown.half)
    evidence = scene.fact("", "size share")
    return scene.sentence("size", frame, scene.fill(frame, v=shown.text), (said,), want, evidence)
