"""`examples/` holds what `cf demo` makes for one fixed day, and its walk through that day runs."""

from __future__ import annotations

import re
import shlex
import stat
from datetime import date

import pytest

from clientfolder import demo
from clientfolder.binder.toml import dossier_file
from folders import EXAMPLE, EXAMPLE_DAY, Cf


def test_the_example_is_what_demo_makes_for_its_day(cf: Cf) -> None:
    cf.ok("demo made", today=EXAMPLE_DAY)
    made = cf.root / "made"
    files = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file() and ".cf" not in path.parts)
    assert files == sorted(path.relative_to(EXAMPLE) for path in EXAMPLE.rglob("*") if path.is_file())
    for file in files:
        assert (made / file).read_bytes() == (EXAMPLE / file).read_bytes(), file


def test_the_demo_is_private_and_never_the_default(cf: Cf) -> None:
    answer = cf.ok("demo made")
    assert answer.out.splitlines()[-1] == "cd made"
    assert stat.S_IMODE((cf.root / "made").stat().st_mode) == 0o700
    assert stat.S_IMODE((cf.root / "made" / "clients" / "anna-kowalska.toml").stat().st_mode) == 0o600
    assert not (cf.home / "config").exists()
    assert cf("demo made").exit == 2


@pytest.mark.parametrize("day", [date(2026, 7, 15), date(2026, 11, 22), date(2027, 1, 31), date(2028, 2, 29)], ids=str)
def test_the_demo_lies_around_any_day(day: date) -> None:
    texts = demo.dossiers(day)
    assert len(texts) == 40
    for client, text in texts.items():
        read = dossier_file.read(client, f"{client}.toml", text.encode())
        assert not read.dossier.odd
        assert read.short.runs or not read.dossier.log
        assert all(entry.day <= day for entry in read.dossier.log)


def walk() -> list[str]:
    text = (EXAMPLE.parent / "README.md").read_text()
    return re.findall(r"^ +\$ (cf.*)$", text, re.MULTILINE)


def test_the_walk_through_one_day_runs(vera: Cf) -> None:
    lines = walk()
    assert len(lines) >= 10
    for line in lines:
        typed = "Took B, Petra sends the texts.\n\nfri 10:00\n" if line == "cf log nov" else None
        answer = vera(shlex.split(line)[1:], typed=typed, today=EXAMPLE_DAY)
        assert answer.exit == 0, (line, answer)
