"""What every test stands on: no network, nothing of the user's touched, no cache left from the last test."""

import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

_HOME = pytest.StashKey[Path]()


class NetworkUsed(Exception):
    """A test reached for a machine other than this one."""


def pytest_configure(config: pytest.Config) -> None:
    """Move home and workspace to a temporary folder before anything of the project is imported."""
    # Playwright looks for its browsers under the real home.
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(platformdirs.user_cache_path("ms-playwright")))
    home = Path(tempfile.mkdtemp(prefix="studio-tests-"))
    config.stash[_HOME] = home
    os.environ["HOME"] = str(home)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ.pop(name, None)
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS"):
        os.environ.pop(name, None)
    os.environ["SEGMENT_WORKSPACE"] = str(home / "workspace.duckdb")
    _guard_sockets()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_streamlit_caches() -> Iterator[None]:
    """Nothing cached by one test is seen by the next; Streamlit is not imported for it."""
    yield
    if "streamlit" in sys.modules:
        import streamlit

        streamlit.cache_data.clear()
        streamlit.cache_resource.clear()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real tables beside the repository; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("Needs the real tables in ../shared/data, which are not here.")
    return SHARED_DATA


def _guard_sockets() -> None:
    """Let sockets reach this machine only. Raises NetworkUsed for any other address."""
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: object, _original=original) -> object:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise NetworkUsed(f"A test tried to reach {address[0]}. Tests stay on this machine.")
            return _original(self, address)

        setattr(socket.socket, name, guarded)
    look_up = socket.getaddrinfo

    def guarded_look_up(host: object, *arguments: object, **options: object) -> object:
        if not _is_here(host):
            raise NetworkUsed(f"A test tried to look up {host!r}. Tests stay on this machine.")
        return look_up(host, *arguments, **options)

    socket.getaddrinfo = guarded_look_up


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
