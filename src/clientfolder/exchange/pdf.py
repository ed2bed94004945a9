"""A PDF of a page, made by a Chromium without a window: a program of the user's own, that loads nothing."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping

from clientfolder.binder.files import FILE_MODE, reason
from clientfolder.errors import CannotReach

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MOST_SECONDS = 120


def browser(env: Mapping[str, str]) -> str | None:
    """The path of a Chromium that can be started here; None where there is none."""
    for directory in env.get("PATH", "").split(os.pathsep):
        for name in NAMES:
            path = os.path.join(directory, name)
            if os.path.isabs(path) and os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def made(browser: str, page: bytes, temporary: str, env: Mapping[str, str]) -> bytes:
    """The PDF of a page. Raises CannotReach where it cannot be made."""
    with tempfile.TemporaryDirectory(dir=temporary, prefix="cf-print-") as place:
        source, target = os.path.join(place, "page.html"), os.path.join(place, "page.pdf")
        with open(os.open(source, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            file.write(page)
        try:
            done = subprocess.run(
                [browser, *_flags(place), f"--print-to-pdf={target}", source],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**env, "HOME": place}, timeout=MOST_SECONDS, check=False,
            )  # fmt: skip
            with open(target, "rb") as pdf:
                return pdf.read()
        except subprocess.TimeoutExpired:
            raise CannotReach(f"{browser} made no PDF in {MOST_SECONDS} seconds") from None
        except FileNotFoundError:
            raise CannotReach(f"{browser} made no PDF, and ended with {done.returncode}") from None
        except OSError as error:
            raise CannotReach(f"{browser} does not start: {reason(error)}") from None


def _flags(place: str) -> list[str]:
    # A browser of root's has no sandbox of its own.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [
        "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer", "--no-first-run",
        "--disable-background-networking", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={os.path.join(place, 'profile')}", *sandbox,
    ]  # fmt: skip
