"""The ground the tests stand on is itself tested: a guard that lets everything through is no guard."""

import os
import socket
import tempfile
from pathlib import Path

import pytest

from tests.conftest import NetworkUsed


@pytest.mark.parametrize("host", ["192.0.2.1", "8.8.8.8", "2001:db8::1"])
def test_connecting_to_another_machine_is_refused(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(NetworkUsed, match=host):
        connection.connect((host, 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkUsed, match=r"example\.com"):
        socket.create_connection(("example.com", 443))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_can_be_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


def test_home_and_workspace_are_temporary() -> None:
    temporary = Path(tempfile.gettempdir()).resolve()
    assert Path.home().resolve().is_relative_to(temporary)
    assert Path(os.environ["SEGMENT_WORKSPACE"]).resolve().is_relative_to(temporary)
