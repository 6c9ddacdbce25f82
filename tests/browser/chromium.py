"""The browser of the browser tests: where it is, and how it gets here where it is missing.

`python -m tests.browser.chromium` installs one if none is found: Debian's package where apt-get may be
used, else the one Playwright brings.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
MISSING = (
    "The browser tests need Chromium, and none was found. "
    "Install Chromium or Google Chrome so that it is on the PATH, then run `make test` again."
)


def find() -> Path | None:
    """The first Chromium that starts: on the PATH, in its usual place, or Playwright's own."""
    on_path = (shutil.which(name) for name in NAMES)
    for candidate in (*on_path, *ELSEWHERE):
        if candidate and _starts(candidate):
            return Path(candidate)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return Path(own) if _starts(own) else None


def install() -> Path:
    """Install Chromium and say where it is. Raises SystemExit with a sentence where nothing works."""
    for command in _ways():
        print("Installing Chromium for the browser tests:", " ".join(command), flush=True)
        subprocess.run(command, check=False)
        found = find()
        if found:
            return found
    raise SystemExit(MISSING)


def _ways() -> list[list[str]]:
    playwright = [sys.executable, "-m", "playwright", "install"]
    root = os.geteuid() == 0
    sudo = [] if root else ["sudo", "-n"]
    ways = []
    if shutil.which("apt-get") and (root or shutil.which("sudo")):
        install = "apt-get install -y -q --no-install-recommends chromium fonts-liberation"
        script = f"export DEBIAN_FRONTEND=noninteractive; apt-get update -q && {install}"
        ways.append([*sudo, "sh", "-c", script])
    if root:
        ways.append([*playwright, "--with-deps", "chromium"])
    ways.append([*playwright, "chromium"])
    return ways


def _starts(program: str) -> bool:
    # Ubuntu's chromium-browser may be a stub that only says where to get the real one.
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


if __name__ == "__main__":
    print("Browser tests use", find() or install())
