"""Gemini through google-generativeai, whose support has ended, for teams that still have it.

It goes over REST, and past the package's `configure`: that is one key for the whole process, and two
people's sessions would send with each other's.
"""

import json
import warnings
from functools import lru_cache
from typing import Any

from engine.errors import ModelProblem
from llm import wire
from llm.model import Reply, Request

PACKAGE = "google-generativeai"
_LIST_TIMEOUT_SECONDS = 20.0


class Gemini:
    """The adapter over google-generativeai. It holds the key, and shows it nowhere."""

    name = "Gemini"

    def __init__(self, key: str, base_url: str = "") -> None:
        self._key = key
        self._base_url = base_url

    def __repr__(self) -> str:
        return f"Gemini({PACKAGE})"

    def complete(self, request: Request, timeout_seconds: float) -> Reply:
        """The reply. Raises subclasses of ModelProblem only."""
        package = _package()
        from google.ai.generativelanguage import GenerativeServiceClient as Service

        config: dict[str, Any] = {
            "response_mime_type": "application/json",
            "response_schema": package.protos.Schema(wire.schema(request.schema)),
            "max_output_tokens": request.max_output_tokens,
        }
        if request.temperature is not None:
            config["temperature"] = request.temperature
        try:
            model = package.GenerativeModel(
                request.model, generation_config=config, system_instruction=request.system
            )
            client: Any = Service(transport="rest", client_options=self._options())
            # The transport's session is the only place where thoughts can still be told from the answer.
            client.transport._session.hooks["response"].append(_without_thoughts)
            # A key cannot be renewed: without this the package sends a refused request twice more.
            client.transport._session._max_refresh_attempts = 0
            model._client = client
            response = model.generate_content(
                request.prompt,
                # Without this the package itself repeats a 503 for up to ten minutes.
                request_options={"retry": None, "timeout": timeout_seconds},
            )
            plain = response.to_dict()
        except Exception as error:
            raise self._problem(error, request.model) from None
        return wire.reply(_reasons_in_words(plain, package), request.model)

    def models(self) -> tuple[str, ...]:
        """Ids of the models that can generate text content with this key, in the service's order."""
        package = _package()
        from google.ai.generativelanguage import ModelServiceClient

        try:
            client = ModelServiceClient(transport="rest", client_options=self._options())
            offered = list(
                package.list_models(
                    client=client, request_options={"retry": None, "timeout": _LIST_TIMEOUT_SECONDS}
                )
            )
        except Exception as error:
            raise self._problem(error, "") from None
        return tuple(
            model.name.removeprefix("models/")
            for model in offered
            if "generateContent" in model.supported_generation_methods
        )

    def _options(self) -> dict[str, str]:
        options = {"api_key": self._key}
        if self._base_url:
            options["api_endpoint"] = self._base_url
        return options

    def _problem(self, error: Exception, model: str) -> ModelProblem:
        from google.api_core.exceptions import GoogleAPICallError
        from requests.exceptions import JSONDecodeError, RequestException, Timeout

        if isinstance(error, GoogleAPICallError):
            body, headers = _error_parts(error)
            return wire.refused(int(error.code or 0), body, headers, model, self._key)
        if isinstance(error, Timeout):
            return wire.timed_out()
        if isinstance(error, RequestException) and not isinstance(error, JSONDecodeError):
            return wire.unreachable()
        return wire.malformed(f"the package stopped with {type(error).__name__}")


@lru_cache(maxsize=1)
def _package() -> Any:
    try:
        with warnings.catch_warnings():
            # The package announces at import that its support has ended, as requirements-legacy.txt says,
            # and its base package that Python 3.11 will leave support in 2027. Neither concerns this call.
            for opening in (r"\s*All support for the", "You are using a Python version"):
                warnings.filterwarnings("ignore", message=opening, category=FutureWarning)
            import google.generativeai as package
    except ImportError:
        raise wire.not_installed(PACKAGE, "requirements-legacy.txt") from None
    return package


def _without_thoughts(response: Any, **_: object) -> Any:
    """Take thought parts out of a response's JSON: the package's types predate the mark and would drop it."""
    try:
        body = json.loads(response.content)
        for candidate in body["candidates"]:
            parts = candidate["content"]["parts"]
            candidate["content"]["parts"] = [part for part in parts if not part.get("thought")]
    except (ValueError, KeyError, TypeError):
        return response  # an error, or no candidates: nothing to take out
    response._content = json.dumps(body).encode()
    return response


def _reasons_in_words(response: dict[str, Any], package: Any) -> dict[str, Any]:
    """The response with finish and block reasons by name; the package writes them as numbers."""
    finishes = package.protos.Candidate.FinishReason
    blocks = package.protos.GenerateContentResponse.PromptFeedback.BlockReason
    for candidate in response.get("candidates", ()):
        candidate["finish_reason"] = _name(finishes, candidate.get("finish_reason", 0))
    feedback = response.get("prompt_feedback") or {}
    feedback["block_reason"] = _name(blocks, feedback.get("block_reason", 0))
    return {**response, "prompt_feedback": feedback}


def _name(reasons: Any, number: int) -> str:
    """The name of a reason; a number that is newer than the package stays a number."""
    return next((reason.name for reason in reasons if reason.value == number), f"REASON_{number}")


def _error_parts(error: Any) -> tuple[dict[str, Any], dict[str, str]]:
    response = error.response
    if response is None:
        return {"message": error.message}, {}
    try:
        body = response.json()
    except ValueError:
        body = {}
    return (body if isinstance(body, dict) else {}), dict(response.headers)
