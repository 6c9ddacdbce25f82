"""A guess at what a column means, from its name and its range. The analyst has the last word."""

import re

from engine.columns import words
from engine.model import Kind, Meaning, Theme, Unit

SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9À-ɏ%+&$€£-]+|_")
DURATION = re.compile(r"(\d+)(d|day|days|m|mo|month|months|w|wk|week|weeks|y|yr|year|years)")
DURATION_WORDS = {"d": "day", "m": "month", "w": "week", "y": "year"}


def header_words(header: str) -> tuple[str, ...]:
    """The lower-case words of a header: brand_trx, brandTrx and "Brand TRx" give ("brand", "trx")."""
    known = re.sub("|".join(("TRx", "NRx", "NBRx", "e-mail", "E-mail")), _joined, header)
    return tuple(word.lower() for word in SPLIT.split(known) if word and word.strip("-"))


def _joined(found: re.Match[str]) -> str:
    return found.group().replace("-", "").capitalize()


def guess(header: str, kind: Kind, minimum: float | None, maximum: float | None, integer: bool) -> Meaning:
    """Label, other words, unit, theme and polarity of a column.

    minimum, maximum: of its numbers, None for other kinds. integer: whether all of them are whole.
    """
    found = frozenset(header_words(header))
    numeric = kind in ("number", "boolean")
    role = _role(found) if numeric else "other"
    label = label_of(header)
    spoken = " ".join(header_words(header))
    return Meaning(
        label=label,
        aliases=(spoken,) if spoken and spoken != label.lower() else (),
        unit=_unit(found, kind, minimum, maximum, integer),
        role=role,
        polarity=_polarity(found, role) if numeric else 0,
    )


def label_of(header: str) -> str:
    """The header as a person would write it: "brand_trx" becomes "Brand TRx"."""
    parts = [_spelled(word) for word in header_words(header)]
    if "percentage" in parts and len(parts) > 1 and {"rate", "share", "ratio"} & set(parts):
        parts.remove("percentage")
    first = [part for part in parts if part in words.LEADING]
    label = " ".join(first + [part for part in parts if part not in words.LEADING])
    return label[:1].upper() + label[1:] if label else header.strip()


def _spelled(word: str) -> str:
    duration = DURATION.fullmatch(word)
    if duration:
        number, unit = duration.groups()
        return f"{number}-{DURATION_WORDS[unit[0]]}"
    return words.SPELLING.get(word, word)


def _unit(
    found: frozenset[str], kind: Kind, minimum: float | None, maximum: float | None, integer: bool
) -> Unit:
    if kind == "boolean":
        return "fraction"
    if kind != "number" or minimum is None or maximum is None:
        return "category"
    unit = _share_unit(found, minimum, maximum)
    if unit:
        return unit
    if found & words.SCORES or _is_rating(found, minimum, maximum, integer):
        return "score"
    if found & words.CURRENCY or (found & words.PAID and not integer):
        return "currency"
    if "days" in found or "recency" in found or {"day", "supply"} <= found:
        return "days"
    if "months" in found:
        return "months"
    if found & words.MEASURES or not integer or minimum < 0:
        return "number"
    return "count"


def _is_rating(found: frozenset[str], minimum: float, maximum: float, integer: bool) -> bool:
    """Whether answers on a scale of 1 to 5, 7 or 10 are likelier than a count or an amount."""
    scale = integer and minimum == 1 and maximum in (5, 7, 10)
    return scale and _role(found) == "other" and not found & words.MEASURES


def _share_unit(found: frozenset[str], minimum: float, maximum: float) -> Unit | None:
    if not found & words.FRACTIONS or minimum < 0:
        return None
    if maximum <= 1:
        return "fraction"
    if found & words.PERCENTS and maximum <= 100:
        return "points"
    return "ratio" if "ratio" in found else None


def _role(found: frozenset[str]) -> Theme:
    return next((role for role, vocabulary in words.ROLES if found & vocabulary), "other")


def _polarity(found: frozenset[str], role: Theme) -> int:
    if found & words.UNDECIDED:
        return 0
    if found & words.WORSE:
        return -1
    return 1 if role in words.BETTER_THEMES or found & words.BETTER else 0
