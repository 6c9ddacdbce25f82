"""Sentences that say something of a column, a share or another segment in words; see numeric.py for makers."""

from bench.checker.frames import shares as parts
from bench.checker.frames import words as frames
from bench.checker.numeric import retry
from bench.checker.oracle import SHARE_WORDS, Said
from bench.checker.scene import Scene, Sentence
from bench.checker.written import ORDINALS


def _opposite(direction: str) -> str:
    return {"above": "below", "below": "above", "highest": "lowest", "lowest": "highest"}[direction]


@retry
def direction(scene: Scene, want: bool) -> Sentence | None:
    """Above or below the population, for one feature or two; sometimes near it."""
    if scene.chance(0.25):
        return _two(scene, want)
    feature = scene.feature()
    if feature is None:
        return None
    if scene.chance(0.12):
        frame = scene.pick(frames.NEAR)
        said = Said("direction", scene.segment, feature, relation="near")
        z = scene.table.get("z", scene.segment, feature)
        if not want and abs(z) < 0.8:
            return None
        claims = scene.level(feature, "near")
    else:
        up = scene.chance(0.5)
        frame = scene.pick(frames.DIRECTION)[0 if up else 1]
        said = Said("direction", scene.segment, feature, relation="above" if up else "below")
        claims = scene.level(feature, "above" if up else "below")
    if not scene.one_way(feature, frame):
        return None
    return scene.sentence("direction", frame, scene.fill(frame, feature), (said,), want, (), claims)


def _two(scene: Scene, want: bool) -> Sentence | None:
    """Two features in one sentence; a false one has one of the two the wrong way round."""
    if len(scene.features) < 2:
        return None
    first, second = (scene.features[int(i)] for i in scene.random.permutation(len(scene.features))[:2])
    ways = []
    for feature in (first, second):
        z = scene.table.get("z", scene.segment, feature)
        if abs(z) < 0.2:
            return None
        ways.append("above" if z > 0 else "below")
    if not want:
        wrong = scene.pick((0, 1))
        ways[wrong] = _opposite(ways[wrong])
    frame = scene.pick(frames.COORDINATED)
    if scene.measure(first).plural != scene.measure(second).plural and "[" in frame:
        return None
    said = tuple(
        Said("direction", scene.segment, feature, relation=way)
        for feature, way in zip((first, second), ways, strict=True)
    )
    levels = {"above": "high", "below": "low"}
    text = scene.fill(frame, first, m=scene.label(second), a=ways[0], b=ways[1], hi=levels[ways[0]],
                      lo=levels[ways[1]])  # fmt: skip
    claims = scene.level(first, ways[0]) + scene.level(second, ways[1])
    # "and not or": the sentence is false when either half is, which the conjunction of `said` gives.
    return scene.sentence("direction", frame, text, said, want, (), claims)


@retry
def paraphrase(scene: Scene, want: bool) -> Sentence | None:
    """Degrees, better and worse, near the average."""
    feature = scene.feature()
    if feature is None:
        return None
    style = scene.pick(("far", "slight", "better", "near"))
    up = scene.chance(0.5)
    if style == "better":
        polarity = scene.measure(feature).polarity
        if not polarity:
            return None
        frame = scene.pick(frames.POLARITY)[0 if up else 1]
        high = up == (polarity > 0)
        said = Said("direction", scene.segment, feature, relation="above" if high else "below")
        claims = scene.level(feature, "above" if high else "below")
    elif style == "near":
        frame = scene.pick(frames.NEAR)
        said = Said("direction", scene.segment, feature, relation="near")
        claims = scene.level(feature, "near")
    else:
        frame = scene.pick(frames.INTENSE if style == "far" else frames.SLIGHT)[0 if up else 1]
        degree = "very" if style == "far" else "slightly"
        said = Said("intense", scene.segment, feature, statistic=degree, relation="above" if up else "below")
        claims = scene.level(feature, "above" if up else "below")
    return scene.sentence("paraphrase", frame, scene.fill(frame, feature), (said,), want, (), claims)


@retry
def negation(scene: Scene, want: bool) -> Sentence | None:
    """Not low, not above average: true where the feature lies clearly on the other side."""
    feature = scene.feature()
    if feature is None:
        return None
    up = scene.chance(0.5)
    frame = scene.pick(frames.NEGATION)[0 if up else 1]
    if not scene.one_way(feature, frame):
        return None
    way = "above" if up else "below"
    said = Said("direction", scene.segment, feature, relation=way)
    return scene.sentence(
        "negation", frame, scene.fill(frame, feature), (said,), want, (), scene.level(feature, way)
    )


@retry
def superlative(scene: Scene, want: bool) -> Sentence | None:
    """Highest or lowest of all segments, or the only one above or below the average."""
    feature = scene.feature()
    if feature is None:
        return None
    if scene.chance(0.12):
        way = scene.pick(("above", "below"))
        frame = scene.pick(frames.ONLY)[0 if way == "above" else 1]
        said = Said("only", scene.segment, feature, relation=way)
        claims = scene.level(feature, way)
    else:
        end = scene.pick(("highest", "lowest"))
        frame = scene.pick(frames.EXTREME)[0 if end == "highest" else 1]
        said = Said("extreme", scene.segment, feature, relation=end)
        claims = scene.claim("rank", feature, direction="above" if end == "highest" else "below",
                             evidence=scene.fact(feature, "rank") + scene.fact(feature, "mean"))  # fmt: skip
    if not scene.one_way(feature, frame):
        return None
    return scene.sentence("superlative", frame, scene.fill(frame, feature), (said,), want, (), claims)


@retry
def joint(scene: Scene, want: bool) -> Sentence | None:
    """A tie at the displayed precision, said to be one."""
    feature = scene.feature()
    if feature is None:
        return None
    end = scene.pick(("highest", "lowest"))
    said = Said("extreme", scene.segment, feature, relation=end, joint=True)
    frame = scene.pick(frames.JOINT)[0 if end == "highest" else 1]
    if not scene.one_way(feature, frame):
        return None
    return scene.sentence("tie", frame, scene.fill(frame, feature), (said,), want, ())


@retry
def rank(scene: Scene, want: bool) -> Sentence | None:
    """The place among the segments by a feature's mean."""
    feature = scene.feature()
    if feature is None:
        return None
    low = scene.chance(0.2)
    order = scene.table.ranked(feature)
    if scene.segment not in order:
        return None
    place = (order[::-1] if low else order).index(scene.segment)
    if not want:
        place = int(scene.random.integers(len(order)))
    if low and place == 0:
        return None
    frame = scene.pick(frames.RANK_LOW if low else frames.RANK)
    if place == 0 and "{nth}-" in frame:
        return None
    if scene.measure(feature).polarity < 0 and "high" not in frame and frame not in frames.RANK_LOW:
        return None
    said = Said("rank", scene.segment, feature, value=place + 1, relation="lowest" if low else "highest")
    nth = scene.pick((ORDINALS[place], f"{place + 1}{('st', 'nd', 'rd')[place] if place < 3 else 'th'}"))
    if frame.startswith("{L}:"):
        nth = ORDINALS[place]
    evidence = scene.fact(feature, "rank") if not low else ()
    claims = scene.claim("rank", feature, evidence=scene.fact(feature, "rank") + scene.fact(feature, "mean"))
    return scene.sentence("rank", frame, scene.fill(frame, feature, nth=nth), (said,), want, evidence, claims)


@retry
def majority(scene: Scene, want: bool) -> Sentence | None:
    """Most, half, a third, a quarter, nearly all, few of the accounts."""
    feature = scene.pick(tuple(scene.case.sortings))
    sorting = scene.case.sortings[feature]
    category = scene.pick(sorting.values)
    word = scene.pick(("most", "most", "most", *SHARE_WORDS))
    frame = scene.pick(parts.WORDED[word])
    said = Said("share", scene.segment, feature, category, relation=word)
    text = scene.fill(frame, c=category, n=sorting.label, did=scene.pick(sorting.verbs).format(v=category))
    evidence = scene.fact(feature, "category share", category=category)
    claims = scene.claim("share", feature, category=category, evidence=evidence)
    return scene.sentence("majority", frame, text, (said,), want, (), claims)


@retry
def over_index(scene: Scene, want: bool) -> Sentence | None:
    """A category that is more or less common here than overall."""
    feature = scene.pick(tuple(scene.case.sortings))
    sorting = scene.case.sortings[feature]
    category = scene.pick(sorting.values)
    up = scene.chance(0.5)
    frame = scene.pick(parts.OVER_INDEX)[0 if up else 1]
    said = Said("index", scene.segment, feature, category, relation="above" if up else "below")
    text = scene.fill(frame, c=category, n=sorting.label, did=scene.pick(sorting.verbs).format(v=category))
    evidence = scene.fact(feature, "lift", category=category, other="ALL")
    claims = scene.claim(
        "share", feature, category=category, direction="above" if up else "below", evidence=evidence
    )
    return scene.sentence("over-index", frame, text, (said,), want, (), claims)


@retry
def segment(scene: Scene, want: bool) -> Sentence | None:
    """Two segments: a comparison, two numbers, or (false only) a number that belongs to another segment."""
    feature = scene.feature()
    if feature is None:
        return None
    other = scene.pick(scene.others)
    if scene.table.get("mean", other, feature) != scene.table.get("mean", other, feature):
        return None
    if scene.chance(0.3):
        return _compared(scene, feature, other, want)
    own_value, other_value = scene.value(feature), scene.value(feature, "mean", other)
    evidence = scene.fact(feature, "mean") + scene.fact(feature, "mean", segment=other)
    frame = scene.pick(frames.OTHER_NUMBER)
    if not want and scene.chance(0.6):
        frame = scene.pick(("{L} [averages|average] {v} {here}.", "{S} <average|averages> {v} on {l}.",
                            "On average, {l} {here} [comes|come] to {v}.", "{P} {l} [averages|average] {v}.",
                            "The mean for {l} {here} is {v}.", "Average {l}: {v}.",
                            "{L} [stands|stand] at {v} {here}.", "We see {l} averaging {v} {here}."))  # fmt: skip
        own_value, evidence = other_value, evidence[1:] if scene.chance(0.5) else evidence[:1]
    elif not want:
        own_value, other_value = other_value, own_value
    said = []
    if "{v}" in frame:
        said.append(
            Said(
                "number",
                scene.segment,
                feature,
                statistic="centre",
                value=own_value.value,
                half=own_value.half,
            )
        )
    if "{ov}" in frame:
        said.append(
            Said("number", other, feature, statistic="centre", value=other_value.value, half=other_value.half)
        )
    text = scene.fill(frame, feature, v=own_value.text, ov=other_value.text, o=scene.called(other))
    return scene.sentence("segment swap", frame, text, tuple(said), want, evidence)


def _compared(scene: Scene, feature: str, other: str, want: bool) -> Sentence:
    up = scene.chance(0.5)
    neutral = [pair for pair in frames.COMPARE if all(scene.one_way(feature, frame) for frame in pair)]
    frame = scene.pick(neutral)[0 if up else 1]
    way = "above" if up else "below"
    said = [Said("compare", scene.segment, feature, relation=way, other=other)]
    own = scene.value(feature)
    evidence: tuple[str, ...] = ()
    if "{v}" in frame:
        said.append(
            Said("number", scene.segment, feature, statistic="centre", value=own.value, half=own.half)
        )
        evidence = scene.fact(feature, "mean")
    claims = scene.claim("comparison", feature, other=other, direction=way,
                         evidence=scene.fact(feature, "mean") + scene.fact(feature, "mean", segment=other))  # fmt: skip
    text = scene.fill(frame, feature, v=own.text, o=scene.called(other))
    return scene.sentence("segment swap", frame, text, tuple(said), want, evidence, claims)
