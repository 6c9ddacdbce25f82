"""Both packages for Gemini, pointed at a server of our own."""

from collections.abc import Callable

import pytest

from llm import gemini, gemini_legacy
from llm.model import Model
from tests.llm.loopback import Loopback

KEY = "AIzaSyCanaryCanaryCanary"

Connect = Callable[[Loopback], Model]


@pytest.fixture(params=["google-genai", "google-generativeai"])
def connect(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Makes the adapter for a running loopback server; a test is skipped where its package is not there."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    module = {"google-genai": "google.genai", "google-generativeai": "google.generativeai"}[request.param]
    pytest.importorskip(module, reason=f"Needs the package {request.param}, which is not installed.")
    adapter = gemini.Gemini if request.param == "google-genai" else gemini_legacy.Gemini
    return lambda server: adapter(KEY, server.address)
