"""A page that is longer than the window is shown by a pager."""

from __future__ import annotations

import subprocess
import sys

import pexpect

from folders import Cf


def test_a_page_that_is_too_long_is_shown_in_the_pager_and_the_short_one_is_not(cf: Cf) -> None:
    pager = cf.home / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat >/dev/null\n")
    pager.chmod(0o755)

    def seen(rows: int, pager: str) -> str:
        env = {"PATH": "/usr/bin:/bin", "HOME": str(cf.home), "PAGER": pager, "TERM": "xterm", "LANG": "C.UTF-8"}
        words = ["-m", "clientfolder", "help", "rhythms"]
        child = pexpect.spawn(sys.executable, words, env=env, dimensions=(rows, 80), encoding="utf-8", timeout=30)
        return str(child.read())

    assert seen(20, str(pager)).strip() == "PAGED"
    assert "PAGED" not in seen(200, str(pager))
    assert "VAT return" in seen(20, str(cf.home / "no-such-pager"))


def test_a_pipe_is_never_paged(cf: Cf) -> None:
    env = {"HOME": str(cf.home), "PAGER": "false", "LINES": "10", "PYTHONPATH": ":".join(sys.path)}
    words = [sys.executable, "-m", "clientfolder", "help", "dates"]
    out = subprocess.run(words, env=env, capture_output=True, text=True, check=True).stdout
    assert "\x1b" not in out
    assert out.startswith(" Dates:")
