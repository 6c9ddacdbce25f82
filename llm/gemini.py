"""Gemini through google-genai, the package its maker supports. Nothing is imported before the first call."""

from typing import Any

from engine.errors import ModelProblem
from llm import wire
from llm.model import Reply, Request

PACKAGE = "google-genai"
_LIST_TIMEOUT_SECONDS = 20.0


class Gemini:
    """The adapter over google-genai. It holds the key, and shows it nowhere."""

    name = "Gemini"

    def __init__(self, key: str, base_url: str = "", api_version: str = "") -> None:
        self._key = key
        self._base_url = base_url
        self._api_version = api_version

    def __repr__(self) -> str:
        return f"Gemini({PACKAGE})"

    def complete(self, request: Request, timeout_seconds: float) -> Reply:
        """The reply. Raises subclasses of ModelProblem only."""
        try:
            client = self._client(timeout_seconds)
            config = {
                "system_instruction": request.system,
                "response_mime_type": "application/json",
                "response_schema": wire.schema(request.schema),
                "max_output_tokens": request.max_output_tokens,
                "temperature": request.temperature,
            }
            # The client stays referenced until the answer is read: its collection closes the connection.
            response = client.models.generate_content(
                model=request.model, contents=request.prompt, config=config
            )
            # Not `response.parsed`: bad JSON makes it None without a word. Not `.text`: it warns of thoughts.
            plain = response.model_dump(mode="json", exclude_none=True)
        except Exception as error:
            raise self._problem(error, request.model) from None
        return wire.reply(plain, request.model)

    def models(self) -> tuple[str, ...]:
        """Ids of the models that can generate text content with this key, in the service's order."""
        try:
            client = self._client(_LIST_TIMEOUT_SECONDS)
            offered = list(client.models.list())
        except Exception as error:
            raise self._problem(error, "") from None
        return tuple(
            (model.name or "").removeprefix("models/")
            for model in offered
            if "generateContent" in (model.supported_actions or [])
        )

    def _client(self, timeout_seconds: float) -> Any:
        try:
            from google import genai
            from google.genai import types
        except ImportError:
            raise wire.not_installed(PACKAGE, "requirements.txt") from None
        options = types.HttpOptions(
            timeout=max(1, round(1000 * timeout_seconds)),  # milliseconds, and endless by default
            base_url=self._base_url or None,
            api_version=self._api_version or None,
        )
        # Said outright, because GOOGLE_GENAI_USE_VERTEXAI in the environment would change the service.
        return genai.Client(api_key=self._key, vertexai=False, http_options=options)

    def _problem(self, error: Exception, model: str) -> ModelProblem:
        if isinstance(error, ModelProblem):
            return error
        from google.genai import errors

        if isinstance(error, errors.APIError):
            body = error.details if isinstance(error.details, dict) else {}
            headers = dict(getattr(error.response, "headers", None) or {})
            return wire.refused(error.code, body, headers, model, self._key)
        # The package sends through httpx or its fork httpx2, whichever is there; both name these alike.
        families = {family.__name__ for family in type(error).__mro__}
        if "TimeoutException" in families:
            return wire.timed_out()
        if "TransportError" in families:
            return wire.unreachable()
        return wire.malformed(f"the package stopped with {type(error).__name__}")
