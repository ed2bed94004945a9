"""Folders that the tests of several commands stand in."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from acts import NOON, SETTINGS
from folders import CALLED, FILED, Cf, empty_folder

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


@pytest.fixture
def furnished(cf: Cf, furnished_once: Path) -> Cf:
    """Anna and Novák, with papers, steps to undo, an archive, a file of contacts: what the examples of commands need."""
    cf.env |= {"EDITOR": "true", "CF_OPENER": "true"}
    shutil.copytree(furnished_once, cf.root.parent, dirs_exist_ok=True)
    return cf


@pytest.fixture(scope="session")
def furnished_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folder `furnished` and the home beside it are made, to be copied."""
    cf = empty_folder(tmp_path_factory.mktemp("furnished"))
    (cf.root / "papers" / "anna").mkdir(parents=True)
    (cf.root / "papers" / "anna" / "offer.pdf").write_text("offer")
    (cf.home / "Downloads").mkdir()
    (cf.home / "Downloads" / "offer.pdf").write_text("another offer")
    (cf.root / "contacts.vcf").write_text("BEGIN:VCARD\nFN:Carl\nTEL:555 010 1001\nEND:VCARD\n")
    cf.write("novak", 'name = "Novák"\n[next]\non = 2026-09-01\n')
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\ntext = "said"\n')
    cf.ok("log anna before -n fri")
    cf.ok("log anna again -n fri")
    cf.ok("undo")
    cf.ok("backup ../clients-2026-07-15.tar.gz")
    (cf.root.parent / "clients-2026-07-15.tar.gz").rename(cf.root / "clients-2026-07-15.tar.gz")
    return cf.root.parent


@pytest.fixture
def called(cf: Cf) -> Cf:
    """Anna, who was called two weeks ago and lies at today."""
    cf.write("anna", CALLED)
    return cf


@pytest.fixture
def paying(cf: Cf) -> Cf:
    """Anna, in a folder that reckons in euros and knows a rate for zloty."""
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nrates = { PLN = 0.23 }\n')
    cf.write("anna", FILED)
    return cf


@pytest.fixture
def with_an_offer(cf: Cf, tmp_path: Path) -> Cf:
    """Anna, and a file that may become a paper of hers."""
    cf.write("anna-kowalska", '# mine\nname = "Anna Kowalska"\n[next]\non = 2026-07-16\n')
    (tmp_path / "offer.pdf").write_bytes(b"the offer")
    os.utime(tmp_path / "offer.pdf", (NOON, NOON))
    return cf


@pytest.fixture
def with_a_slip(cf: Cf) -> Cf:
    """A client with a number, and a slip beside the next call."""
    cf.write(
        "novak-tisk",
        'name = "Novák Tisk"\n\n[card]\nphone = "+420 555 010 180"\n\n[next]\non = 2026-07-15\nhow = "planned"\n',
    )
    cf.ok("slip send the mockups --client nov -n wed!")
    return cf


# What nobody else may see stands in it seven times.
SECRETIVE = (
    'name = "Anna"\n[card]\nphone = "1"\nbank = "SECRET-7"\n\n# SECRET-1\n[private]\n# SECRET-2\nhealth = "SECRET-3"\n\n'
    '[next]\non = 2026-08-13\nhow = "agreed"\n\n[[log]]\nat = 2026-07-01T10:00:00+02:00\nkind = "call"\ntext = "said"\n\n'
    '# SECRET-4\n[[log]]\nat = 2026-07-02T10:00:00+02:00\nkind = "note"\nprivate = true\ntext = """\nSECRET-5\n"""  # SECRET-6\n\n'
    '[[payments]]\n# SECRET-8\non = 2026-06-30\namount = 4711\n\n# of this call\n[[log]]\nat = 2026-07-03T10:00:00+02:00\ntext = "more"\n'
)


@pytest.fixture
def to_lend(cf: Cf) -> Cf:
    """Clients with and without a date in the days of an absence; what nobody else may see is called SECRET."""
    cf.write("anna", SECRETIVE)
    cf.write("bert", 'name = "Bert"\nnext = { on = 2026-08-20, how = "planned" }\nprivate = { x = "SECRET-9" }\n')
    cf.write("carl", 'name = "Carl"\n[next]\non = 2026-09-20\n')
    cf.write("rests", 'name = "Rests"\nresting = "why"\n')
    (cf.root / "clientfolder.toml").write_text("days_off = [2026-08-10, 2026-12-24]\n")
    cf.ok("slip send cups --client anna -n 2026-10-01")
    cf.ok("slip tax return -n 2026-08-12")
    return cf


WHOLE = """name = "{}"
tags = ["shop"]
[card]
phone = "+48 22 555 01 07"
address = "Lane 1, 10115 Berlin"
[next]
on = {}
how = "planned"
"""


@pytest.fixture
def small(cf: Cf) -> Cf:
    """Two clients with planned dates, one of them late, and an offer that is no paper yet."""
    cf.write("zoe", WHOLE.format("Zoe", "2026-07-13"))
    cf.write("tom", WHOLE.format("Tom", "2026-07-20"))
    cf.env["CF_OPENER"] = "true"
    (cf.root / "offer.pdf").write_bytes(b"an offer")
    return cf
