"""A server on 127.0.0.1 that speaks Gemini's REST form, and misbehaves on demand.

Both packages can be pointed at it: POST .../models/NAME:generateContent and GET .../models under any
version. It plays its script in order and repeats the last scene; `requests` keeps what it was sent.
"""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FINISH_NUMBERS = {
    "STOP": 1, "MAX_TOKENS": 2, "SAFETY": 3, "RECITATION": 4, "BLOCKLIST": 7, "PROHIBITED_CONTENT": 8,
    "SPII": 9, "A_NEW_REASON": 99,
}  # fmt: skip
BLOCK_NUMBERS = {"PROHIBITED_CONTENT": 4}
ANSWER = '{"personas": []}'
MODELS = (
    ("models/gemini-large", ["generateContent", "countTokens"]),
    ("models/gemini-small", ["generateContent"]),
    ("models/embedder", ["embedContent"]),
)


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Loopback:
    """The running server: where it is, what it plays and what it was sent."""

    script: list[str]
    key: str
    answer: str = ANSWER
    respond: Callable[[str], str] | None = None
    address: str = ""
    requests: list[Received] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def next(self) -> str:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def _reply(parts: Sequence[dict[str, Any]], finish: str = "STOP") -> dict[str, Any]:
    return {
        "candidates": [
            {"content": {"role": "model", "parts": list(parts)}, "finishReason": finish, "index": 0}
        ],
        "usageMetadata": {
            "promptTokenCount": 120, "candidatesTokenCount": 30, "totalTokenCount": 150,
        },
        "modelVersion": "gemini-large",
    }  # fmt: skip


def _error(code: int, status: str, message: str, details: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "status": status, "details": list(details)}}


def scene(name: str, server: Loopback) -> tuple[int, dict[str, Any] | str]:
    """The status and body of one scene. Errors repeat the key, as a careless service might."""
    text = {"text": server.answer}
    empty = {"usageMetadata": {"promptTokenCount": 120, "totalTokenCount": 120}}
    scenes: dict[str, tuple[int, dict[str, Any] | str]] = {
        "ok": (200, _reply([text])),
        "thoughts": (200, _reply([{"text": "{I ponder}", "thought": True}, text])),
        "fenced": (200, _reply([{"text": f"Here you are:\n```json\n{server.answer}\n```"}])),
        "broken json": (200, _reply([{"text": server.answer[:-2]}])),
        "in parts": (200, _reply([{"text": server.answer[:5]}, {"text": server.answer[5:]}])),
        "truncated": (200, _reply([{"text": server.answer[:8]}], "MAX_TOKENS")),
        "safety": (200, {"candidates": [{"finishReason": "SAFETY", "index": 0}], **empty}),
        "recitation": (200, {"candidates": [{"finishReason": "RECITATION", "index": 0}], **empty}),
        "personal data": (200, {"candidates": [{"finishReason": "SPII", "index": 0}], **empty}),
        "blocklist": (200, {"candidates": [{"finishReason": "BLOCKLIST", "index": 0}], **empty}),
        "prohibited": (200, {"candidates": [{"finishReason": "PROHIBITED_CONTENT", "index": 0}], **empty}),
        "new reason": (200, {"candidates": [{"finishReason": "A_NEW_REASON", "index": 0}], **empty}),
        "prompt blocked": (200, {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, **empty}),
        "no candidates": (200, empty),
        "empty": (200, _reply([{"text": ""}])),
        "not json": (200, "<html>proxy</html>"),
        "bad key": (
            400,
            _error(
                400, "INVALID_ARGUMENT", f"API key not valid: {server.key}. Please pass a valid API key.",
                [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}],
            ),
        ),
        "bad request": (400, _error(400, "INVALID_ARGUMENT", f"Too many states ({server.key}).")),
        "unauthenticated": (401, _error(401, "UNAUTHENTICATED", f"Bad credentials {server.key}.")),
        "forbidden": (403, _error(403, "PERMISSION_DENIED", f"API key {server.key} was reported as leaked.")),
        "no model": (404, _error(404, "NOT_FOUND", f"models/x is not found for {server.key}.")),
        "quota": (
            429,
            _error(
                429, "RESOURCE_EXHAUSTED", f"You exceeded your current quota, {server.key}.",
                [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17s"}],
            ),
        ),
        "failing": (500, _error(500, "INTERNAL", f"Internal error for {server.key}.")),
        "overloaded": (503, _error(503, "UNAVAILABLE", "The model is overloaded.")),
        "late": (504, _error(504, "DEADLINE_EXCEEDED", "Deadline expired.")),
        "gateway": (502, "<html>bad gateway</html>"),
    }  # fmt: skip
    return scenes[name]


def prompt_of(body: str) -> str:
    """The prompt in the body of a request."""
    (content,) = json.loads(body)["contents"]
    return "".join(part["text"] for part in content["parts"])


@contextmanager
def serve(
    *script: str, key: str, answer: str = ANSWER, respond: Callable[[str], str] | None = None
) -> Iterator[Loopback]:
    """Run the server for the length of a with block. Scenes "hang" and "reset" send nothing. `respond` makes
    the answer out of each prompt."""
    server = Loopback(list(script) or ["ok"], key, answer, respond)
    handler = type("Handler", (_Handler,), {"server_state": server})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        http.shutdown()
        http.server_close()
        thread.join(timeout=5)


def _in_numbers(body: dict[str, Any]) -> dict[str, Any]:
    """The body with reasons as numbers, which google-generativeai asks for in its address."""
    for candidate in body.get("candidates", ()):
        candidate["finishReason"] = FINISH_NUMBERS[candidate["finishReason"]]
    if "promptFeedback" in body:
        body["promptFeedback"]["blockReason"] = BLOCK_NUMBERS[body["promptFeedback"]["blockReason"]]
    return body


class _Handler(BaseHTTPRequestHandler):
    server_state: Loopback

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server_state.requests.append(Received(self.path, dict(self.headers), body))
        if self.server_state.respond:
            self.server_state.answer = self.server_state.respond(prompt_of(body))
        self._play(self.server_state.next())

    def do_GET(self) -> None:
        self.server_state.requests.append(Received(self.path, dict(self.headers), ""))
        name = self.server_state.next()
        if name != "ok":
            self._play(name)
            return
        listed = [{"name": model, "supportedGenerationMethods": methods} for model, methods in MODELS]
        self._send(200, {"models": listed})

    def _play(self, name: str) -> None:
        if name == "hang":
            self.server_state.release.wait(10)
            self.close_connection = True
        elif name == "reset":
            linger = struct.pack("ii", 1, 0)  # close with a reset instead of a goodbye
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            self.close_connection = True
        else:
            status, body = scene(name, self.server_state)
            if "enum-encoding" in self.path and isinstance(body, dict):
                body = _in_numbers(body)
            self._send(status, body)

    def _send(self, status: int, body: dict[str, Any] | str) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if isinstance(body, dict) else "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the tests read what was logged."""
