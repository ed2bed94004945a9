"""Folders that the tests of several commands stand in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from acts import SETTINGS
from folders import Cf

NOVAK = 'name = "Novák Tisk"\n\n[card]\nphone = "+420 555 010 188"\n\n[people.petra]\nname = "Petra Dvořáková"\n'


@pytest.fixture
def novaks(cf: Cf) -> Cf:
    cf.write("novak-tisk", NOVAK)
    cf.write("novak", 'name = "Novák"\n')
    cf.write("anna", 'name = "Anna"\n')
    cf.write("anna-may", 'name = "Anna May"\n')
    (cf.root / "slips").mkdir()
    cf.write("slips/vat-return", 'name = "VAT return"\n[next]\non = 2026-07-15\nkind = "task"\n')
    return cf


CLIENTS = {
    "agnes": 'on = 2026-07-10\ntime = "09:00"\nkind = "visit"\nabout = "quote"\nhow = "planned"',
    "bertha": 'on = 2026-07-15\nhow = "agreed"',
    "carla": 'on = 2026-07-20\nhow = "planned"',
    "doris": 'on = 2026-08-08\nhow = "planned"',
    "emma": 'on = 2026-08-20\nhow = "agreed"',
    "flora": 'on = "2026-07"',
    "greta": 'on = "2026-09"',
    "hanna": 'on = 2027-07-20',
    "ida": None,
    "julia": "resting",
    "karin": 'on = "2026-05"',
}  # fmt: skip


@pytest.fixture
def binder(cf: Cf) -> Cf:
    for name, contact in CLIENTS.items():
        resting = 'resting = "gone"\n' if contact == "resting" else ""
        table = f"\n[next]\n{contact}\n" if contact and not resting else ""
        cf.write(name, f'name = "{name.title()}"\n{resting}{table}')
    return cf


@pytest.fixture
def crowded(cf: Cf) -> Cf:
    """Room for three a day; on Wed 15 July five lie on the desk, one of them promised."""
    (cf.root / SETTINGS).write_text('# mine\ncapacity = 3\n\n# days_off = [2026-12-24]\nsnooze = "+1b"  # one\n')
    for name, on, how in (
        ("anna", "2026-07-13", "agreed"), ("bert", "2026-07-10", "planned"), ("carl", "2026-07-14", "rhythm"),
        ("dora", "2026-07-15", "planned"), ("emil", "2026-07-15", "rhythm"), ("fred", "2026-07-16", "planned"),
        ("gina", "2026-07-16", "planned"),
    ):  # fmt: skip
        cf.write(name, f'name = "{name.title()}"\n\n[next]\non = {on}\ntime = "09:00"\nabout = "x"\nhow = "{how}"\n')
    cf.write("hans", 'name = "Hans"\n[next]\non = "2026-07"\n')
    cf.write("ida", 'name = "Ida"\n')
    return cf


@pytest.fixture
def crowd(cf: Cf) -> Cf:
    """A hundred and twenty dossiers, many of them this week; some promised."""
    for number in range(120):
        on = date(2026, 7, 13) + timedelta(days=number % 24)
        how = "agreed" if number % 6 == 0 else "planned"
        cf.write(f"client-{number}", f'name = "Client {number:03}"\n[next]\non = {on}\nhow = "{how}"\n')
    return cf


@pytest.fixture
def opener(anna: Cf) -> Path:
    """An opener that writes down what it was given."""
    program = anna.home / "open er"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/opened.tmp"\necho noise; echo noise >&2\nmv "$(dirname "$0")/opened.tmp" "$(dirname "$0")/opened"\n')  # fmt: skip
    program.chmod(0o755)
    anna.env["CF_OPENER"] = f'"{program}" --now'
    return anna.home / "opened"


@pytest.fixture
def elsewhere(cf: Cf) -> Cf:
    """A mia in the folder at hand, and another mia in a folder elsewhere."""
    cf.write("mia", 'name = "Mia Here"\n')
    other = cf.root.parent / "elsewhere"
    (other / "clients").mkdir(parents=True)
    (other / "clientfolder.toml").write_text("")
    (other / "clients" / "mia.toml").write_text('name = "Mia Other"\n')
    return cf
