"""A profile.json as anyone may write it becomes a Profile.

Files of `python -m engine segment` come back unchanged. Files of other makers need only the keys that the
command line promises: what is missing is derived where that is exact (a share from its count, z from mean
and sd), and is otherwise absent (NaN, or no entry), so that no figure exists that the file does not bear out.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from engine.errors import OptionProblem
from engine.model import (
    CategoryStat,
    FeatureStat,
    Meaning,
    PopulationProfile,
    Profile,
    SegmentProfile,
    SuppressedCell,
    Theme,
    Unit,
    Verdict,
)
from llm.facts import SMALLEST_CELL

WANTED = "a profile.json as `python -m engine segment` writes it"

_UNITS: Mapping[str, Unit] = {
    **{unit: unit for unit in get_args(Unit)},
    **dict.fromkeys(("proportion", "share", "probability", "0-1"), "fraction"),
    **dict.fromkeys(("int", "integer", "counts", "n"), "count"),
    **dict.fromkeys(("scores", "index", "rating"), "score"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars", "money", "eur", "€", "gbp", "£"), "currency"),
    "day": "days", "month": "months", "ratios": "ratio", "x": "ratio",
    **dict.fromkeys(("categorical", "text", "string"), "category"),
}  # fmt: skip
_ROLES: Mapping[str, Theme] = {role: role for role in get_args(Theme)}
_PERCENT = frozenset({"%", "percent", "per cent", "percentage", "pct", "rate"})


def read_profile(text: str | bytes, path: str = "the profile") -> Profile:
    """The profile in a JSON text. Raises OptionProblem where it is no JSON or holds no segments."""
    try:
        content = json.loads(text)
    except ValueError as problem:
        raise _refused(f"{path} is no JSON") from problem
    if not isinstance(content, dict):
        raise _refused(f"{path} holds no object")
    raw = list(_entries(content.get("segments"), "id"))
    if not raw:
        raise _refused(f"{path} has no segments")
    sizes = [_whole(entry.get("size")) for entry in raw]
    if any(size is None for size in sizes):
        raise _refused(f"{path} has a segment without a size")
    known = [size for size in sizes if size is not None]
    rows = _whole(content.get("rows")) or sum(known)
    population = content.get("population")
    population = population if isinstance(population, dict) else {}
    features = _numbers(population.get("features"), rows) or _pooled(raw, known)
    hidden = tuple(_suppressed(content.get("suppressed")))
    categories = _mixes(population.get("categories"), rows, {})
    segments = tuple(
        _segment(entry, size, rows, features, categories, hidden)
        for entry, size in zip(raw, known, strict=True)
    )
    mixes = categories or _merged(segments, rows)
    verdict = content.get("verdict")
    return Profile(
        rows=rows,
        segments=segments,
        population=PopulationProfile(features, mixes),
        dictionary=_dictionary(content.get("dictionary"), features, mixes),
        clustered=_names(content.get("clustered")),
        verdict=verdict if verdict in get_args(Verdict) else None,
        verdict_text=str(content.get("verdict_text") or ""),
        suppressed=hidden,
        zeros_missing=_names(content.get("zeros_missing")),
        zeros_in_doubt=_names(content.get("zeros_in_doubt")),
    )


def words_of(header: str) -> str:
    """A header as words: underscores and camelCase become spaces."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\s]+", " ", header)
    return " ".join(apart.split()) or header


def _names(raw: object) -> tuple[str, ...]:
    return tuple(str(name) for name in raw) if isinstance(raw, list) else ()


def _refused(found: str) -> OptionProblem:
    return OptionProblem(f"Expected {WANTED}.", f"Found that {found}.", "Give another file.")


def _segment(
    entry: Mapping[str, Any], size: int, rows: int, everyone: Mapping[str, FeatureStat],
    categories: Mapping[str, Mapping[str, CategoryStat]], hidden: Sequence[SuppressedCell],
) -> SegmentProfile:  # fmt: skip
    identity = str(entry.get("id") or entry.get("name"))
    gone = {cell.column for cell in hidden if cell.segment == identity and not cell.value}
    features = {
        name: stat
        for name, stat in _numbers(entry.get("features"), size, everyone).items()
        if name not in gone
    }
    return SegmentProfile(
        id=identity,
        name=str(entry.get("name") or identity),
        size=size,
        size_share=_number(entry.get("size_share"), size / rows if rows else 0.0),
        features=features,
        categories=_mixes(entry.get("categories"), size, categories),
    )


def _numbers(
    raw: object, size: int, everyone: Mapping[str, FeatureStat] | None = None
) -> dict[str, FeatureStat]:
    """Statistics by feature; those without a mean are left out."""
    found = {}
    for name, entry in _fields(raw):
        stat = {"mean": entry} if isinstance(entry, int | float) else entry
        mean = _number(stat.get("mean")) if isinstance(stat, Mapping) else math.nan
        if math.isnan(mean):
            continue
        z = 0.0 if everyone is None else _number(stat.get("z"), _z(mean, everyone.get(name)))
        index = _optional(stat, "index")
        found[name] = FeatureStat(
            mean=mean,
            median=_number(stat.get("median")),
            sd=_number(stat.get("sd")),
            n=size if (n := _whole(stat.get("n"))) is None else n,
            z=z,
            index=100.0 if index is None and everyone is None and "index" not in stat else index,
            rank=_whole(stat.get("rank")),
            d=_optional(stat, "d"),
            q1=_optional(stat, "q1"),
            q3=_optional(stat, "q3"),
            total_share=_optional(stat, "total_share"),
            above=_optional(stat, "above"),
            top_tenth=_part(_optional(stat, "top_tenth")),
            at_q3=_enough(_whole(stat.get("at_q3")), size),
        )
    return found


def _part(share: float | None) -> float | None:
    """A share of 0 to 1; None for anything else."""
    return share if share is not None and 0 <= share <= 1 else None


def _enough(part: int | None, size: int) -> int | None:
    """So many of a segment's accounts, where neither they nor the others are too few to tell of."""
    told = part is not None and part >= SMALLEST_CELL and (part == size or size - part >= SMALLEST_CELL)
    return part if told else None


def _z(mean: float, everyone: FeatureStat | None) -> float:
    if everyone is None or not everyone.sd > 0:
        return math.nan
    return (mean - everyone.mean) / everyone.sd


def _pooled(raw: Sequence[Mapping[str, Any]], sizes: Sequence[int]) -> dict[str, FeatureStat]:
    """The means of all accounts from those of the segments; nothing else follows from them."""
    tables = [_numbers(entry.get("features"), size) for entry, size in zip(raw, sizes, strict=True)]
    found = {}
    for name in dict.fromkeys(name for table in tables for name in table):
        stats = [table[name] for table in tables if name in table]
        n = sum(stat.n for stat in stats)
        if len(stats) == len(tables) and n:
            mean = sum(stat.mean * stat.n for stat in stats) / n
            found[name] = FeatureStat(mean, math.nan, math.nan, n)
    return found


def _mixes(
    raw: object, size: int, everyone: Mapping[str, Mapping[str, CategoryStat]]
) -> dict[str, dict[str, CategoryStat]]:
    found: dict[str, dict[str, CategoryStat]] = {}
    for column, values in _fields(raw):
        found[column] = {}
        for value, entry in _fields(values):
            cell = {"share": entry} if isinstance(entry, int | float) else entry
            share, n = (
                (_number(cell.get("share")), _whole(cell.get("n")))
                if isinstance(cell, Mapping)
                else (math.nan, None)
            )
            if math.isnan(share) and n is not None and size:
                share = n / size
            if math.isnan(share):
                continue
            usual = everyone.get(column, {}).get(value)
            lift = share / usual.share if usual and usual.share > 0 else (math.nan if everyone else 1.0)
            found[column][value] = CategoryStat(
                share, _number(cell.get("lift"), lift), round(share * size) if n is None else n
            )
    return found


def _merged(segments: Sequence[SegmentProfile], rows: int) -> dict[str, dict[str, CategoryStat]]:
    """The mix of all accounts from those of the segments, for values that every segment shows."""
    found: dict[str, dict[str, CategoryStat]] = {}
    for column in dict.fromkeys(column for segment in segments for column in segment.categories):
        mixes = [segment.categories.get(column, {}) for segment in segments]
        for value in dict.fromkeys(value for mix in mixes for value in mix):
            if rows and all(value in mix for mix in mixes):
                n = sum(mix[value].n for mix in mixes)
                found.setdefault(column, {})[value] = CategoryStat(n / rows, 1.0, n)
    return found


def _dictionary(
    raw: object, features: Mapping[str, FeatureStat], categories: Mapping[str, object]
) -> dict[str, Meaning]:
    given = dict(_fields(raw))
    found = {}
    for name in dict.fromkeys([*given, *features, *categories]):
        entry = given.get(name)
        entry = {"label": entry} if isinstance(entry, str) else entry if isinstance(entry, Mapping) else {}
        unit = str(entry.get("unit") or "").strip().lower()
        mean = features[name].mean if name in features else math.nan
        role = str(entry.get("role") or "").strip().lower().replace(" ", "_")
        aliases = entry.get("aliases") or ()
        found[name] = Meaning(
            label=label if (label := str(entry.get("label") or "")).strip() else words_of(name),
            aliases=tuple(str(a) for a in ([aliases] if isinstance(aliases, str) else aliases)),
            unit="category" if not unit and name in categories else _unit(unit, mean),
            role=_ROLES.get(role, "other"),
            polarity=_polarity(entry.get("polarity")),
        )
    return found


def _unit(unit: str, mean: float) -> Unit:
    if unit in _PERCENT:
        return "fraction" if abs(mean) <= 1 else "points"
    return _UNITS.get(unit, "number")


def _polarity(value: object) -> int:
    if isinstance(value, str):
        text = value.strip().lower()
        if re.match(r"(?:higher|more|up|positive|good|\+)", text):
            return 1
        if re.match(r"(?:lower|less|fewer|down|negative|bad|-)", text):
            return -1
        return 0
    number = _number(value, 0.0)
    return (number > 0) - (number < 0)


def _suppressed(raw: object) -> Iterator[SuppressedCell]:
    """Cells in any of the forms in use: objects, lists, or "S1/column/value". An empty value means the
    whole column of that segment."""
    for entry in raw if isinstance(raw, list) else ():
        if isinstance(entry, Mapping):
            parts = [
                next((entry[key] for key in keys if entry.get(key) is not None), "")
                for keys in (
                    ("segment", "segment_id", "id"),
                    ("column", "feature", "field", "name"),
                    ("value", "category", "level"),
                )
            ]
        else:
            parts = list(entry) if isinstance(entry, list) else re.split(r"[/|:]", str(entry))
        segment, column, value, *_ = *(str(part) for part in parts), "", "", ""
        if segment and column:
            yield SuppressedCell(segment, column, value)


def _entries(raw: object, key: str) -> Iterator[Mapping[str, Any]]:
    """Objects of a list, or of an object whose keys then are the missing `key`."""
    if isinstance(raw, Mapping):
        yield from ({key: name, **entry} for name, entry in raw.items() if isinstance(entry, Mapping))
    elif isinstance(raw, list):
        yield from (entry for entry in raw if isinstance(entry, Mapping))


def _fields(raw: object) -> Iterator[tuple[str, Any]]:
    if isinstance(raw, Mapping):
        yield from ((str(name), entry) for name, entry in raw.items())
    elif isinstance(raw, list):
        for entry in raw:
            if isinstance(entry, Mapping):
                name = next((entry[k] for k in ("name", "feature", "column", "value") if entry.get(k)), None)
                if name is not None:
                    yield str(name), entry


def _optional(stat: Mapping[str, Any], key: str) -> float | None:
    value = _number(stat.get(key))
    return None if math.isnan(value) else value


def _number(value: object, otherwise: float = math.nan) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return otherwise
    return float(value)


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if math.isnan(number) else round(number)
