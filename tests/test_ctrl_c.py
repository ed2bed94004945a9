"""Ctrl-C while the program starts, and at its very end: one line or the answer, never a traceback."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from folders import Cf
from signals import as_usual
from watched import strace, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

# From here on the program is ours; before, Python itself starts.
OUR_FIRST_FILE = re.compile(r"clientfolder/cli/(__pycache__/)?__init__\.")


@pytest.fixture
def line(cf: Cf) -> list[str]:
    cf.write("anna", 'name = "Anna"\n')
    return [sys.executable, "-m", "clientfolder", "--folder", str(cf.root), "--today", "2026-07-15", "today"]


def traced(line: list[str], trace: Path, *options: str) -> subprocess.CompletedProcess[str]:
    calls = "trace=openat,read,close,munmap,rt_sigaction,write,exit_group"
    program = [str(strace), "-qq", "-o", str(trace), "-e", calls, *options, *line]
    return subprocess.run(program, capture_output=True, text=True, check=False, timeout=60, preexec_fn=as_usual)


def test_ctrl_c_at_the_start_and_at_the_end(line: list[str], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    trace = tmp_path / "trace"
    traced(line, trace)  # whatever has to be compiled is compiled by this one
    as_ever = traced(line, trace)
    calls = [found[1] for said in trace.read_text().splitlines() if (found := re.match(r"(\w+)\(", said))]
    begun = next(n for n, said in enumerate(trace.read_text().splitlines()) if OUR_FIRST_FILE.search(said))
    places = range(begun, len(calls), 12 if request.config.getoption("--faults") else 120)
    for place in [*places, *range(len(calls) - 6, len(calls))]:
        ordinal = calls[: place + 1].count(calls[place])
        done = traced(line, trace, "-e", f"inject={calls[place]}:signal=INT:when={ordinal}")
        where = f"{calls[place]} {ordinal}: {done}"
        assert "Traceback" not in done.stderr, where
        if done.returncode == 130:
            assert done.stderr == "cf: Interrupted\n", where
        else:
            assert (done.returncode, done.stdout, done.stderr) == (0, as_ever.stdout, ""), where


def test_ctrl_c_while_the_first_modules_are_read(line: list[str], tmp_path: Path) -> None:
    """At each call from the first line of the console script's function to that of the front door."""
    trace = tmp_path / "trace"
    script = [sys.executable, "-c", "import sys; from clientfolder.cli import run; run()", *line[3:]]
    for program, first in (
        (line, r"clientfolder/cli/(__pycache__/)?__init__\."),
        (script, r"/contextlib\.|/signal\.|/app\."),
    ):
        traced(program, trace)
        traced(program, trace)
        said = trace.read_text().splitlines()
        calls = [found[1] if (found := re.match(r"(\w+)\(", one)) else "" for one in said]
        begun = next(n for n, one in enumerate(said) if re.search(first, one) and "ENOENT" not in one)
        for place in range(begun, begun + 60, 7):
            ordinal = calls[: place + 1].count(calls[place])
            done = traced(program, trace, "-e", f"inject={calls[place]}:signal=INT:when={ordinal}")
            assert "Traceback" not in done.stderr, (said[place], done)
            assert (done.returncode, done.stderr) == (130, "cf: Interrupted\n"), (said[place], done)
