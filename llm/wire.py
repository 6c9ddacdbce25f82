"""What Gemini says over HTTP, put into our words: one reading for both adapters.

Both packages hand back the same JSON in snake case (candidates, finish_reason, prompt_feedback,
usage_metadata) and the same error object (code, status, message, details), so replies and failures are
told apart here once.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from engine.errors import (
    BadKey,
    Declined,
    Malformed,
    ModelProblem,
    Quota,
    TimedOut,
    Truncated,
    Unreachable,
)
from llm.model import UNCHANGED, Reply, scrub

_CUT_OFF = {"MAX_TOKENS", "CONTINUATION"}
_BROKEN = {"MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"}
_FINISHED = {"STOP", "FINISH_REASON_UNSPECIFIED", ""}
_NOT_BLOCKED = {"", "BLOCK_REASON_UNSPECIFIED", "BLOCKED_REASON_UNSPECIFIED"}
_REFUSED_KEY = re.compile(r"api[ _]key (not valid|not found|expired|invalid)|API_KEY_INVALID", re.IGNORECASE)


# --- Requests -----------------------------------------------------------------------------------


def schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The shape as Gemini's schema object: references written out, only type, properties, required,
    items and enum. The order of `required` is the order in which the model writes the fields."""
    document = shape.model_json_schema()
    return _plain_schema(document, document.get("$defs", {}))


def _plain_schema(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _plain_schema(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    plain: dict[str, Any] = {"type": node["type"].upper()}
    if "enum" in node:
        plain["enum"] = list(node["enum"])
    if "items" in node:
        plain["items"] = _plain_schema(node["items"], definitions)
    if "properties" in node:
        plain["properties"] = {
            name: _plain_schema(child, definitions) for name, child in node["properties"].items()
        }
        plain["required"] = list(node["properties"])
    return plain


# --- Replies ------------------------------------------------------------------------------------


def reply(response: Mapping[str, Any], model: str) -> Reply:
    """The reply in a finished response. Raises Declined, Truncated or Malformed for any other."""
    blocked = str((response.get("prompt_feedback") or {}).get("block_reason") or "")
    if blocked not in _NOT_BLOCKED:
        raise declined(blocked)
    candidates = response.get("candidates") or []
    if not candidates:
        raise declined("no answer was given")
    reason = str(candidates[0].get("finish_reason") or "")
    if reason in _CUT_OFF:
        raise Truncated(
            "The reply was cut off before its end.",
            do=f"Allow more output tokens, or choose a model that thinks less. {UNCHANGED}",
        )
    if reason in _BROKEN:
        raise malformed("the model broke off with " + _words(reason))
    if reason not in _FINISHED:
        raise declined(reason)
    parts = (candidates[0].get("content") or {}).get("parts") or []
    text = "".join(part.get("text") or "" for part in parts if not part.get("thought"))
    if not text.strip():
        raise malformed("it was empty")
    usage = response.get("usage_metadata") or {}
    return Reply(
        text,
        str(response.get("model_version") or model),
        int(usage.get("prompt_token_count") or 0),
        int(usage.get("candidates_token_count") or 0) + int(usage.get("thoughts_token_count") or 0),
    )


def declined(reason: str) -> Declined:
    return Declined(
        f"Gemini declined to write this ({_words(reason)}).",
        do=f"Reword the brief or the names of segments, or write the personas offline. {UNCHANGED}",
    )


def malformed(why: str) -> Malformed:
    return Malformed(
        f"The reply was not in the agreed form: {why}.",
        do=f"Try again, or choose another model. {UNCHANGED}",
    )


def _words(code: str) -> str:
    return "personal data" if code == "SPII" else code.replace("_", " ").lower()


# --- Failures -----------------------------------------------------------------------------------


def refused(
    status: int, body: Mapping[str, Any], headers: Mapping[str, str], model: str, key: str
) -> ModelProblem:
    """The problem behind an HTTP error. `body` is the error's JSON, with or without its outer "error"."""
    inner = body.get("error")
    error: Mapping[str, Any] = inner if isinstance(inner, Mapping) else body
    message = str(error.get("message") or "")
    says = _says(message, key)
    if status in (401, 403) or (status == 400 and _REFUSED_KEY.search(f"{message} {error.get('details')}")):
        return BadKey("Gemini refused the key.", says, f"Check the key, or use another one. {UNCHANGED}")
    if status == 404:
        return ModelProblem(
            f"Gemini offers this key no model called `{model}`.", do=f"Choose another model. {UNCHANGED}"
        )
    problem: ModelProblem
    if status == 429:
        problem = Quota(
            "The key's quota is used up for now.",
            do=f"Wait a little, choose another model, or use another key. {UNCHANGED}",
        )
    elif status in (408, 499, 504):
        problem = timed_out()
    elif status >= 500:
        problem = Unreachable(
            f"Gemini is failing at the moment (error {status}).",
            do=f"Try again later, or choose another model. {UNCHANGED}",
        )
    else:
        return ModelProblem(
            f"Gemini did not accept the request (error {status}).",
            says,
            f"Choose another model, or write the personas offline. {UNCHANGED}",
        )
    problem.retry_after_seconds = _delay(error, headers)
    return problem


def timed_out() -> TimedOut:
    return TimedOut("Gemini did not answer in time.", do=f"Try again, or choose a faster model. {UNCHANGED}")


def unreachable() -> Unreachable:
    return Unreachable("Gemini could not be reached.", do=f"Check the network and try again. {UNCHANGED}")


def not_installed(package: str, requirements: str) -> ModelProblem:
    return ModelProblem(
        f"The package {package} is not installed.",
        do=f"Install it with: pip install -r {requirements}, or write the personas offline. {UNCHANGED}",
    )


def _says(message: str, key: str) -> str:
    """The service's first sentence, short enough for a line of ours."""
    line = " ".join(scrub(message, key).split())
    first = re.split(r"(?<=[.!?]) ", line, maxsplit=1)[0][:160].rstrip(".")
    return f"It says: {first}." if first else ""


def _delay(error: Mapping[str, Any], headers: Mapping[str, str]) -> float | None:
    """Seconds from google.rpc.RetryInfo ("37s", "1.5s"), else from the Retry-After header."""
    details = error.get("details")
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, Mapping) and str(detail.get("@type", "")).endswith("google.rpc.RetryInfo"):
            return _seconds(str(detail.get("retryDelay", "")).removesuffix("s"))
    return _seconds(next((value for name, value in headers.items() if name.lower() == "retry-after"), ""))


def _seconds(text: str) -> float | None:
    # A date is also allowed in Retry-After; our own back-off serves as well there.
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d+)?", text) else None
