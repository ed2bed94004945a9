"""What the tests of several commands share: a client Anna in any state, what lies where, and what was kept."""

from __future__ import annotations

import os
import re
import shlex
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from clientfolder.cli.output.terminal import Window
from folders import Cf


def settings(cf: Cf, text: str) -> None:
    (cf.root / "clientfolder.toml").write_text(text)


def anna(cf: Cf, head: str = "", on: str = "2026-07-15", how: str = "planned", log: str = "") -> None:
    day = f'"{on}"' if len(on) == 7 else on
    log = log or '[[log]]\nat = 2026-07-01\nkind = "call"\n'
    cf.write("anna", f'name = "Anna"\n{head}\n[next]\non = {day}\nhow = "{how}"\n\n{log}')


def fill(cf: Cf, on: str, count: int) -> None:
    for number in range(count):
        name = f"w{on[5:].replace('-', '')}{number:02}"
        cf.write(name, f'name = "{name}"\n[next]\non = {on}\n[[log]]\nat = 2026-07-01\nkind = "call"\n')


def entries(cf: Cf, client: str = "anna") -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = tomllib.loads(cf.text(client))["log"]
    return log


def on(cf: Cf, client: str = "anna") -> str | None:
    contact = cf.next(client)
    return contact and contact["on"]


def clients_of(cf: Cf, line: str) -> list[str]:
    return [row["client"] for place in cf.ok(f"list {line} --json").data["slots"] for row in place["dossiers"]]


NEVER = "".join(f'[[log]]\nat = 2026-07-0{day}\nkind = "call"\nreached = false\n\n' for day in (1, 2, 3))


DODGED = "".join(
    f'[[log]]\nat = 2026-07-0{day}\nkind = "moved"\nfrom = 2026-07-0{day}\nto = 2026-07-0{day + 1}\n\n'
    for day in (7, 8)
)


def listed(cf: Cf, words: str = "") -> list[tuple[str, str | None, list[str]]]:
    places = cf.ok(f"list {words} --json").data["slots"]
    return [(place["slot"], place["on"], [row["client"] for row in place["dossiers"]]) for place in places]


SETTINGS = "clientfolder.toml"


def whole(cf: Cf) -> dict[str, bytes]:
    return {**cf.tree(), SETTINGS: (cf.root / SETTINGS).read_bytes()}


def moves(data: dict[str, Any]) -> dict[str, str]:
    return {move["client"]: move["to"] for move in data["plan"]}


def kept_in(letter: str) -> bytes:
    found = re.search(r"(?:kept as it came|What you typed is kept|What the editor left lies) in (\S+)", letter)
    assert found, letter
    return Path(found[1].rstrip(".")).read_bytes()


NOON = 1_784_000_000  # 14 July 2026


def lay(cf: Cf, *papers: str) -> Path:
    """Papers of Anna's, each a day older than the one before."""
    directory = cf.root / "papers" / "anna-kowalska"
    for age, name in enumerate(papers):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 82_000)
        os.utime(path, (NOON - 86_400 * age, NOON - 86_400 * age))
    return directory


def opened(note: Path) -> list[str]:
    until = time.monotonic() + 20
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.01)
    words = note.read_text().splitlines()
    note.unlink()
    return words


def window(cf: Cf, line: str, paper: Window, monkeypatch: pytest.MonkeyPatch, today: str | None = None) -> list[str]:
    monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: paper))
    return cf.ok(line, today=today).out.splitlines()


def again(err: str) -> str:
    return err.strip().partition("Again: ")[2]


def advised(err: str) -> list[str]:
    """The lines that a letter names to be typed, each from the program's name on."""
    told = err.strip().splitlines()[0] if err.strip() else ""
    return [
        found[1] for found in re.finditer(r"(?:[:;] |, or )(cf\b(?!:).*?)(?=, or cf\b|[.;,] [A-Za-z ]+: cf\b|$)", told)
    ]


# What is typed where a line that is named asks: what happened, or whatever else, and when next.
ANSWERS = "It is well.\nfri\n" + "\n" * 20


def leads_on(cf: Cf, typed: str, lines: str) -> None:
    """Check that a line is refused with these lines, `, or ` between them, that it writes nothing, and that they work."""
    before = cf.tree()
    refused = cf(typed)
    assert refused.exit in (2, 3), refused
    assert refused.out == ""
    assert cf.tree() == before
    assert ", or ".join(advised(refused.err)) == lines, refused.err
    for line in advised(refused.err):
        worked = cf(shlex.split(line)[1:], typed=ANSWERS)
        assert worked.exit == 0, (line, worked)
        for path in cf.tree():
            (cf.root / path).unlink()
        for path, content in before.items():
            (cf.root / path).write_bytes(content)
