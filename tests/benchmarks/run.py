"""How long a person waits: each command as a whole process, against the bare cost of the libraries.

    python tests/benchmarks/run.py [--runs 7] [WORD...]

It makes its own folders of invented clients in a temporary directory, runs each command in turn with
`python -c "import typer, rich.console, rich.table"` (that is B), and prints the median of the paired ratios and the
peak memory. Words choose the rows that hold one of them. It is no test: machines are noisy, and ratios only compare.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

DAY = date(2026, 7, 15)
BARE = [sys.executable, "-c", "import typer, rich.console, rich.table"]
CF = [sys.executable, "-m", "clientfolder"]
WORDS = [
    "wants",
    "the",
    "revised",
    "quote",
    "by",
    "friday",
    "logos",
    "proofs",
    "invoice",
    "paper",
    "colours",
    "fair",
    "back",
    "again",
    "soon",
    "maybe",
]


@dataclass(frozen=True)
class Row:
    """One line of the table. `folder`: how many clients with how many entries. `cold`: without the register."""

    words: str
    folder: tuple[int, int]
    command: Sequence[str]
    must: float | None
    ambition: float | None
    cold: bool = False
    env: tuple[tuple[str, str], ...] = ()


TAB = (("_CF_COMPLETE", "complete_bash"), ("COMP_WORDS", "cf show client-0001"), ("COMP_CWORD", "2"))
ROWS = [
    Row("today, 300 x 100", (300, 100), ["today"], 2.0, 1.2),
    Row("today, 10,000 x 10", (10_000, 10), ["today"], 3.0, 1.6),
    Row("log, 300 x 100", (300, 100), ["log", "client-00007", "hello", "-n", "fri"], 2.2, 1.2),
    Row("log, 10,000 x 10", (10_000, 10), ["log", "client-00007", "hello", "-n", "fri"], 3.0, 1.3),
    Row("log, one of 2,000 entries", (1, 2_000), ["log", "client-00000", "hello", "-n", "fri"], 4.0, 2.5),
    Row("show, 10,000 x 10", (10_000, 10), ["show", "client-00007"], 2.5, 1.3),
    Row("find, 10,000 x 10", (10_000, 10), ["find", "nowhere to be found"], 5.0, 2.5),
    Row("review, 10,000 x 10", (10_000, 10), ["review"], 5.0, 3.5),
    Row("review week, 10,000 x 10", (10_000, 10), ["review", "week"], None, None),
    Row("Tab on a client, 1,000 x 10", (1_000, 10), [], 1.8, 1.2, env=TAB),
    Row("first today, 10,000 x 10", (10_000, 10), ["today"], None, None, cold=True),
]


def make_folder(root: Path, clients: int, entries: int) -> None:
    """Invented clients whose logs are written as this program writes them."""
    chance = random.Random(7)
    (root / "clients").mkdir(parents=True)
    (root / "clientfolder.toml").write_text("")
    for number in range(clients):
        on = DAY + timedelta(days=chance.choice([*range(-2, 200), *range(1, 30)]))
        text = (
            f'name = "Client {number:05} Müller"\ncompany = "Firma {number}"\ntags = ["b2b"]\nrhythm = "6 weeks"\n\n'
            f'[card]\nphone = "+49 30 555 {number:05}"\nemail = "c{number}@firma.example"\n\n'
            f'[next]\non = {on}\nkind = "call"\nabout = "the quote"\nhow = "planned"\n'
        )
        at = datetime(2026, 7, 1, 9) - timedelta(days=entries)
        for _ in range(entries):
            at += timedelta(days=1, minutes=chance.randint(1, 9))
            said = " ".join(chance.choices(WORDS, k=12))
            text += f'\n[[log]]\nat = {at.isoformat()}+02:00\nkind = "call"\ntext = "{said}."\n'
        (root / "clients" / f"client-{number:05}.toml").write_text(text)


def run(command: Sequence[str], cwd: Path, env: dict[str, str]) -> tuple[float, float]:
    """Wall seconds and peak MiB of one process."""
    begun = time.perf_counter()
    process = os.posix_spawn(
        command[0], command, env,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)],
    )  # fmt: skip
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed with {os.waitstatus_to_exitcode(status)} in {cwd}")
    return seconds, usage.ru_maxrss / 1024


def measure(row: Row, root: Path, runs: int) -> tuple[float, float]:
    """The median ratio to B, and the peak memory in MiB."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(root.parent), "XDG_CONFIG_HOME": str(root.parent)}
    env = plain | {"CF_TODAY": f"{DAY}T10:00:00", "CF_FOLDER": str(root)} | dict(row.env)
    command = [*CF, *row.command]
    ratios, memory = [], 0.0
    for number in range(runs + 1):
        if row.cold:
            shutil.rmtree(root / ".cf", ignore_errors=True)
        bare, _ = run(BARE, root, plain)
        seconds, peak = run(command, root, env)
        if number:  # the first pair only warms the caches
            ratios.append(seconds / bare)
            memory = max(memory, peak)
    return statistics.median(ratios), memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("words", nargs="*")
    said = parser.parse_args()
    chosen = [row for row in ROWS if not said.words or any(word in row.words for word in said.words)]
    print(f"{'':30}{'ratio to B':>12}{'must':>8}{'ambition':>10}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as directory:
        for row in chosen:
            root = Path(directory) / f"{row.folder[0]}x{row.folder[1]}"
            if not root.exists():
                make_folder(root, *row.folder)
            ratio, memory = measure(row, root, said.runs)
            must, ambition = (f"{bound:.1f}" if bound else "-" for bound in (row.must, row.ambition))
            print(f"{row.words:30}{ratio:12.2f}{must:>8}{ambition:>10}{memory:10.0f}", flush=True)


if __name__ == "__main__":
    main()
