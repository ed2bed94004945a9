"""How long a person waits: each command as a whole process, against the bare cost of the libraries.

    python tests/benchmarks/run.py [--runs 7] [WORD...]

It makes its own folders of invented clients in a temporary directory, runs each command in turn with
`python -c "import typer, rich.console, rich.table"` (that is B), and prints the medians of the paired ratios, of the
time on the clock and of that of the processor, and the peak memory. On a busy machine the second is the one to read.
Words choose the rows that hold one of them. It is no test: machines are noisy, and ratios only compare.
"""

from __future__ import annotations

import argparse
import os
import pty
import random
import shutil
import statistics
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

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
    """One line of the table. `folder`: how many clients with how many entries. `cold`: without the register.

    `terminal`: with colours, in a window of 80 columns and 24 lines. `payments`: so many behind each log.
    `has_care`: of the entries some are complaints and questions, and some are rated. `has_deals`: the payments are of
    several products and two currencies, some went back, and every third client has a deal.
    """

    words: str
    folder: tuple[int, int]
    command: Sequence[str]
    must: float | None
    ambition: float | None
    cold: bool = False
    terminal: bool = False
    payments: int = 0
    has_care: bool = False
    has_deals: bool = False
    env: tuple[tuple[str, str], ...] = ()


SYLLABLES = (
    "an",
    "ko",
    "wal",
    "ska",
    "no",
    "vak",
    "tis",
    "bra",
    "nt",
    "dt",
    "me",
    "yer",
    "schu",
    "lz",
    "bi",
    "stro",
    "ze",
    "ny",
)
TAB = (("_CF_COMPLETE", "complete_bash"), ("COMP_WORDS", "cf show client-0001"), ("COMP_CWORD", "2"))
ROWS = [
    Row("today, 300 x 100", (300, 100), ["today"], 2.0, 1.2),
    Row("today, 10,000 x 10", (10_000, 10), ["today"], 3.0, 1.6),
    Row("today on a terminal, 300 x 100", (300, 100), ["today"], 1.3, 1.0, terminal=True),
    Row("today on a terminal, 10,000 x 10", (10_000, 10), ["today"], 2.0, 1.6, terminal=True),
    Row("log, 300 x 100", (300, 100), ["log", "client-00007", "hello", "-n", "fri"], 2.2, 1.2),
    Row("log, 10,000 x 10", (10_000, 10), ["log", "client-00007", "hello", "-n", "fri"], 3.0, 1.3),
    Row("log, one of 2,000 entries", (1, 2_000), ["log", "client-00000", "hello", "-n", "fri"], 4.0, 2.5),
    Row(
        "log, payments behind, 300 x 100",
        (300, 100),
        ["log", "client-00007", "hello", "-n", "fri"],
        1.3,
        1.1,
        payments=20,
    ),
    *(
        Row(
            f"{what}, 500 x 100{beside}",
            (500, 100),
            [what, *words],
            must,
            None,
            payments=20 if has else 0,
            has_care=has,
        )
        for what, words, must in (
            ("care", [], 2.5),
            ("checkup", [], 2.5),
            ("today", [], None),
            ("show", ["client-00007"], None),
            ("log", ["client-00007", "hello", "-n", "fri"], None),
        )
        for has, beside in ((False, ", no care kept"), (True, ", care kept"))
        if has or must is None
    ),
    *(
        Row(
            f"{what}, {clients:,} x {payments} payments",
            (clients, 10),
            [what, *words],
            must,
            None,
            payments=payments,
            has_deals=True,
        )
        for clients, payments, must_page in ((500, 40, 2.5), (10_000, 10, 5.0))
        for what, words, must in (
            ("worth", [], must_page),
            ("period", [], must_page),
            ("products", [], must_page),
            ("funnel", [], must_page),
            ("pay", ["client-00007", "25", "shop"], 2.2),
        )
    ),
    Row("show, 10,000 x 10", (10_000, 10), ["show", "client-00007"], 2.5, 1.3),
    Row("find, 10,000 x 10", (10_000, 10), ["find", "nowhere to be found"], 5.0, 2.5),
    Row("review, 10,000 x 10", (10_000, 10), ["review"], 5.0, 3.5),
    Row("review week, 10,000 x 10", (10_000, 10), ["review", "week"], None, None),
    Row("Tab on a client, 1,000 x 10", (1_000, 10), [], 1.8, 1.2, env=TAB),
    Row("first today, 10,000 x 10", (10_000, 10), ["today"], None, None, cold=True),
]


def make_folder(
    root: Path, clients: int, entries: int, payments: int = 0, has_care: bool = False, has_deals: bool = False
) -> None:
    """Invented clients whose logs are written as this program writes them; no two names begin quite alike."""
    chance = random.Random(7)
    (root / "clients").mkdir(parents=True)
    (root / "clientfolder.toml").write_text(SETTINGS if has_deals else "")
    for number in range(clients):
        on = DAY + timedelta(days=chance.choice([*range(-2, 200), *range(1, 30)]))
        text = (
            f'name = "{_name(chance)} {_name(chance)}"\ncompany = "Firma {number}"\ntags = ["b2b"]\nrhythm = "6 weeks"\n\n'
            f'[card]\nphone = "+49 30 555 {number:05}"\nemail = "c{number}@firma.example"\n\n'
            f'[next]\non = {on}\nkind = "call"\nabout = "the quote"\nhow = "planned"\n'
        )
        at = datetime(2026, 7, 1, 9) - timedelta(days=entries)
        for number_of in range(entries):
            at += timedelta(days=1, minutes=chance.randint(1, 9))
            said = " ".join(chance.choices(WORDS, k=12))
            kind, more = _said(number, number_of) if has_care else ("call", "")
            text += f'\n[[log]]\nat = {at.isoformat()}+02:00\nkind = "{kind}"\ntext = "{said}."\n{more}'
        if has_deals:
            text += _sold(random.Random(number), payments)
        for number_of in range(0 if has_deals else payments):
            paid = DAY - timedelta(days=30 * (payments - number_of))
            text += f'\n[[payments]]\non = {paid}\namount = {chance.randint(50, 900)}\nproduct = "shop"\n'
        (root / "clients" / f"client-{number:05}.toml").write_text(text)


def _said(client: int, entry: int) -> tuple[str, str]:
    """The kind of an entry, and its keys of care: a rating in 20, a question in 25, a complaint in 40; those of one client in 250 are open."""
    if entry % 40 == 19:
        return "complaint", 'remedy = "a new one"\ncause = "thin"\nmended = "thick"\n' if client % 250 else ""
    return ("question" if entry % 25 == 14 else "call"), "rating = 4\n" if entry % 20 == 9 else ""


SETTINGS = 'currency = "EUR"\nrates = { PLN = 0.23 }\nsegments = { b2b = ["shop", "care"], makers = ["cards"] }\n'
PRODUCTS = ["shop", "care", "cards", "site", "photos"]


def _sold(chance: random.Random, payments: int) -> str:
    """A deal of every third client with two instalments of it, and payments of the last two years, one in 100 of which went back."""
    days = sorted(DAY - timedelta(days=chance.randint(0, 730)) for _ in range(payments))
    text = ""
    if has_deal := chance.random() < 1 / 3:
        steps = [days[0] - timedelta(days=before) for before in (20, 9)]
        end = chance.choice([f"won = {days[0]}\n", f'lost = {days[0]}\nwhy = "too dear"\n', ""])
        text += '\n[[deals]]\nname = "spring"\nproduct = "site"\namount = 1500\n'
        text += f"steps.presentation = {steps[0]}\nsteps.offer = {steps[1]}\n{end}"
    for number, day in enumerate(days):
        amount = chance.randint(50, 900) * (-1 if number and chance.random() < 0.01 else 1)
        text += f'\n[[payments]]\non = {day}\namount = {amount}\nproduct = "{chance.choice(PRODUCTS)}"\n'
        text += 'currency = "PLN"\n' if chance.random() < 0.1 else ""
        text += 'deal = "spring"\n' if has_deal and number < 2 else ""
    return text


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()


class Spent(NamedTuple):
    """What a process took: seconds on the clock and of the processor, and MiB at its peak."""

    clock: float
    processor: float
    memory: float


def run(command: Sequence[str], cwd: Path, env: dict[str, str], *, terminal: bool = False) -> Spent:
    """One process to its end; its standard output is nowhere, or a terminal whose content is read and dropped."""
    begun = time.perf_counter()
    reader, writer = _terminal() if terminal else (None, os.open(os.devnull, os.O_RDWR))
    process = os.posix_spawn(
        command[0], command, env, file_actions=[(os.POSIX_SPAWN_DUP2, writer, to) for to in (0, 1)]
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    os.close(writer)
    if reader is not None:
        reader.join()
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed with {os.waitstatus_to_exitcode(status)} in {cwd}")
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _terminal() -> tuple[threading.Thread, int]:
    """A terminal of 80 columns and 24 lines, and who reads it until it is closed."""
    outer, inner = pty.openpty()
    termios.tcsetwinsize(inner, (24, 80))

    def read() -> None:
        try:
            while os.read(outer, 65_536):
                pass
        except OSError:  # Linux tells the end so
            pass
        os.close(outer)

    reader = threading.Thread(target=read)
    reader.start()
    return reader, inner


def measure(row: Row, root: Path, runs: int) -> Spent:
    """The median ratios to B, and the peak memory in MiB."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(root.parent), "XDG_CONFIG_HOME": str(root.parent)}
    env = plain | {"CF_TODAY": f"{DAY}T10:00:00", "CF_FOLDER": str(root), "TERM": "xterm-256color"} | dict(row.env)
    command = [*CF, *row.command]
    pairs: list[tuple[Spent, Spent]] = []
    for number in range(runs + 1):
        if row.cold:
            shutil.rmtree(root / ".cf", ignore_errors=True)
        bare = run(BARE, root, plain)
        spent = run(command, root, env, terminal=row.terminal)
        if number:  # the first pair only warms the caches
            pairs.append((spent, bare))
    return Spent(
        statistics.median(spent.clock / bare.clock for spent, bare in pairs),
        statistics.median(spent.processor / bare.processor for spent, bare in pairs),
        max(spent.memory for spent, _ in pairs),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("words", nargs="*")
    said = parser.parse_args()
    chosen = [row for row in ROWS if not said.words or any(word in row.words for word in said.words)]
    print(f"{'':34}{'ratio to B':>12}{'processor':>12}{'must':>8}{'ambition':>10}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as directory:
        for row in chosen:
            made_as = (*row.folder, row.payments, row.has_care, row.has_deals)
            root = Path(directory) / "x".join(map(str, made_as))
            if not root.exists():
                make_folder(root, *made_as)
            found = measure(row, root, said.runs)
            must, ambition = (f"{bound:.1f}" if bound else "-" for bound in (row.must, row.ambition))
            print(
                f"{row.words:34}{found.clock:12.2f}{found.processor:12.2f}{must:>8}{ambition:>10}{found.memory:10.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
