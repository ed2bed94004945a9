"""What each place of a line offers to the Tab key."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest

from clientfolder.cli.commands import print_
from clientfolder.cli.commands.table import TABLE, Command
from clientfolder.cli.completion import offers
from clientfolder.cli.parameters import Argument, parameters
from clientfolder.cli.places import PRINTED
from clientfolder.settings import TABLE as SETTINGS
from clientfolder.workspace import Environment
from completed import CLIENTS, make_folder

WORLD = Environment({}, "/", io.StringIO(), io.StringIO(), io.StringIO(), clock=datetime.now, config_dir=str)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = make_folder(tmp_path / "folder", CLIENTS)
    anna = root / "clients" / "anna-kowalska.toml"
    anna.write_text('name = "Anna Kowalska"\n[card]\nphone = "1"\nphone_mobile = "2"\n"a b" = "3"\n')
    (root / "slips").mkdir()
    (root / "slips" / "vat.toml").write_text('name = "VAT"\n')
    return root


def offered(folder: Path, line: str) -> list[str]:
    *words, typed = line.split(" ")
    return [offer.word for offer in offers([f"--folder={folder}", *words], typed, WORLD)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("merge an", ["anna-kowalska", "anton-dvorak"]),
        ("merge anna-kowalska an", ["anton-dvorak"]),
        ("merge anna-kowalska anton-dvorak n", []),
        ("print ", [*PRINTED]),
        ("print day tom", ["tomorrow"]),
        ("print inserts ju", ["june", "july"]),
        ("print inserts july ju", ["june"]),
        ("print dossier no", ["novak-tisk", "november"]),
        ("print dossier novak-tisk an", ["anna-kowalska", "anton-dvorak"]),
        ("print labels over", ["overdue"]),
        ("print handover an", []),
        ("export ", ["ics", "vcf", "csv", "json"]),
        ("export ics ju", ["june", "july"]),
        ("settings ca", ["capacity="]),
        ("settings capacity=6 ca", []),
        ("settings ", [f"{one.name}=" for one in SETTINGS]),
        ("show anna ph", ["phone", "phone_mobile"]),
        ("show anna-kowalska ", ["phone", "phone_mobile"]),
        ("show va", ["slips/vat"]),
        ("show slips", ["slips/vat"]),
    ],
)
def test_each_place_offers_what_may_stand_there(folder: Path, line: str, words: list[str]) -> None:
    assert offered(folder, line) == words


def test_what_can_be_printed_is_offered_whole() -> None:
    assert [*PRINTED] == [*print_.MAKERS]


# What these take is text of one's own, a file, or a place in the file system.
FREE = {"new", "find", "import", "form", "backup", "restore", "init", "demo", "handover", "slip", "attach"}


@pytest.mark.parametrize("row", [row for row in TABLE if row.name not in FREE], ids=lambda row: row.name)
def test_the_first_word_behind_every_command_is_completed(row: Command) -> None:
    """A place that takes a word of a known kind offers it."""
    found = parameters(row.function()) or []
    words = [one for one in found if isinstance(one.declared, Argument)]
    assert all(one.declared.completes for one in words[:1])
