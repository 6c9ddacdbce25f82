"""Nouns to JSON and back, and the content id of anything that has a JSON form."""

import hashlib
import json
import math
from typing import Any, TypeVar

from pydantic import TypeAdapter

Noun = TypeVar("Noun")


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def plain(noun: object) -> Any:
    """The noun as dicts, lists, strings and numbers; NaN and infinities become None."""
    return _finite(_adapter(type(noun)).dump_python(noun, mode="json"))


def dump(noun: object) -> str:
    """The noun as strict JSON (no NaN), keys in the order they are declared."""
    return json.dumps(plain(noun), ensure_ascii=False, allow_nan=False)


def load(kind: type[Noun], text: str | bytes) -> Noun:
    """The noun that `dump` wrote. Raises pydantic.ValidationError on anything else."""
    noun: Noun = _adapter(kind).validate_json(text)
    return noun


def content_id(*parts: object) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the canonical JSON of the parts.

    Equal content gives an equal id on every machine; parts may be nouns, or anything json can write.
    """
    try:
        canonical = _canonical([_adapter(type(part)).dump_python(part, mode="json") if _noun(part) else part
                                for part in parts])  # fmt: skip
    except ValueError:  # NaN or an infinity, which `plain` looks for in every number
        canonical = _canonical([plain(part) if _noun(part) else part for part in parts])
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _noun(part: object) -> bool:
    return hasattr(part, "__dataclass_fields__")


def _canonical(parts: list[object]) -> str:
    return json.dumps(parts, sort_keys=True, ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
