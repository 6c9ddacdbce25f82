"""The entry: `streamlit run streamlit_app.py [-- --workspace FILE]`.

Wraps views/app.py in a policy that keeps the page from reaching any other host, and turns an
unforeseen failure into a sentence instead of a traceback.
"""

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.errors import StudioError
from llm.markdown import said
from views import ENTRY

log = logging.getLogger(__name__)

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class ContentPolicy:
    """Adds the content-security policy to every response: a name or a text cannot call home."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", [])]
                headers.append((b"content-security-policy", POLICY.encode()))
                headers.append((b"referrer-policy", b"no-referrer"))
                headers.append((b"x-content-type-options", b"nosniff"))
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_policy)


def say_it_kindly(error: Exception) -> bool:
    """Show a sentence; keep the details in the log. Returns True: Streamlit shows nothing else."""
    if isinstance(error, StudioError):
        st.error(said(str(error)))
    else:
        log.exception("a page failed", exc_info=error)
        st.error(
            "This page met something it did not expect. What you saved is safe. "
            "Reload the page; if it happens again, the details are in the app's log."
        )
    return True


def demand_loopback(address: str | None) -> None:
    """Refuse to serve other machines: there is no sign-in, so whoever reaches the page owns the workspace.

    Raises SystemExit with a sentence when the address is not this machine's own.
    """
    if address not in ("127.0.0.1", "::1", "localhost"):
        raise SystemExit(
            f"The studio serves this machine only, and was asked to listen on {address or 'every address'}. "
            "Start it with --server.address 127.0.0.1, or leave the option out."
        )


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Make the demo tables beside the server's start, and close the workspace at its end."""
    threading.Thread(target=_make_demo, name="demo", daemon=True).start()
    yield
    importlib.import_module("views.resources").close()


def _make_demo() -> None:
    # The engine's libraries take seconds to import; the server answers in the meantime.
    importlib.import_module("views.resources").make_demo()


demand_loopback(st.get_option("server.address"))
app = st.App(
    ENTRY,
    middleware=[Middleware(ContentPolicy)],
    lifespan=lifespan,
    on_script_error=say_it_kindly,
)
