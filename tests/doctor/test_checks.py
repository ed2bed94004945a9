"""What `cf doctor` finds in dossiers, settings and the journal, and that the line it gives mends it when it is pasted."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from clientfolder.binder.index import lookup
from clientfolder.dossier.types import Cover
from examined import ANNA, findings, mended, only
from folders import Cf, Shell


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def test_an_act_that_was_cut_short_is_named(anna: Cf) -> None:
    anna.ok("log anna rang in -n fri")
    [step] = (anna.root / ".cf" / "daybook").iterdir()
    step.rename(str(step).replace(".done.", ".doing."))
    assert "Anna" in only(anna, "interrupted")["message"]
    anna.ok("log anna again -n mon")
    assert findings(anna) == []


def test_a_step_that_cannot_be_read(anna: Cf, shell: Shell) -> None:
    anna.ok("log anna x -n fri")
    [step] = (anna.root / ".cf" / "daybook").iterdir()
    step.write_bytes(step.read_bytes()[:40])
    assert only(anna, "daybook")["file"] == f".cf/daybook/{step.name}"
    mended(anna, shell, only(anna, "daybook"))


@pytest.mark.parametrize("kind", ["an empty directory", "a directory", "a pipe", "a link to itself"])
def test_settings_that_are_no_file(anna: Cf, shell: Shell, kind: str) -> None:
    path = anna.root / "clientfolder.toml"
    path.unlink()
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link to itself":
        # Then nothing marks the folder, and it must be named.
        path.symlink_to("clientfolder.toml")
        assert anna("doctor").exit == 5
        return
    else:
        path.mkdir()
        if kind == "a directory":
            (path / "x").write_text("mine")
    mended(anna, shell, only(anna, "setting"))


def test_git_must_not_take_what_is_of_this_machine(anna: Cf, shell: Shell) -> None:
    (anna.root / ".git").mkdir()
    assert findings(anna) == []
    anna.ok("log anna x -n fri")
    assert findings(anna) == []
    (anna.root / ".cf" / ".gitignore").unlink()
    assert shell(only(anna, "not_ignored")["mend"]).returncode == 0
    assert (anna.root / ".cf" / ".gitignore").read_text() == "*\n"


def test_two_dossiers_of_one_client(anna: Cf, shell: Shell) -> None:
    same = '\n[card]\nphone = "{}"\nemail = "{}"\n'
    anna.write("anna", ANNA + same.format("+48 22 555 01 07", "a@firm.example"))
    anna.write("anna-2", ANNA + same.format("22 111 11 11", "b@firm.example"))
    assert findings(anna) == []
    anna.write("anna-2", ANNA.replace("Anna", "ANNA") + same.format("+48 (22) 555-0107", "b@firm.example"))
    finding = only(anna, "double")
    assert "clients/anna" in finding["message"]
    anna.write("anna-2", ANNA + same.format("", "A@firm.example"))
    finding = only(anna, "double")
    assert finding["mend"].startswith("cf remove ") or "EDITOR" in finding["mend"]


def test_clients_called_by_numbers_are_looked_up_once(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Cover] = []
    phones, number = lookup.phone_digits, 4_800_000

    def counted(cover: Cover) -> Iterator[str]:
        looked_at.append(cover)
        return phones(cover)

    for client in range(number, number + 60):
        cf.write(str(client), f'name = "{client}"\n[card]\nphone = "+48 22 {client - 100}"\n')
    monkeypatch.setattr(lookup, "phone_digits", counted)
    mends = [finding["mend"] for finding in findings(cf)]
    assert mends == [f"cf file {client} fri" for client in range(number, number + 60)]
    assert len(looked_at) < 60 * 5


def test_a_number_that_is_a_name_and_the_phone_of_another_is_no_way_to_call_them(cf: Cf) -> None:
    cf.write("4800000", 'name = "4800000"\n')
    cf.write("anna", ANNA + '[card]\nphone = "+48 22 4800000"\n')
    assert only(cf, "no_date")["mend"] == "${EDITOR:-vi} clients/4800000.toml"


def test_a_person_known_by_name_is_known(anna: Cf) -> None:
    for person in ("marek", "Marek Kowalski", "MAREK", "Anna"):
        anna.write("anna", f'{ANNA}with = "{person}"\n\n[people.marek]\nname = "Marek Kowalski"\n')
        assert findings(anna) == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('name = "Anna"\n', "no_date", None),
        ('name = "Anna"\n[next]\non = 2026-06-01\n', "overdue", None),
        ('name = "Anna"\n[next]\non = 2026-06-01\nhow = "agreed"\n', "overdue", None),
        ('name = "Anna"\n[next]\non = "2026-05"\n', "overdue", None),
        ('name = "Anna"\nresting = "it\'s over; for now"\n[next]\non = 2026-08-01\n', "resting_with_date", 2),
    ],
)
def test_the_line_mends_what_waits(cf: Cf, shell: Shell, text: str, code: str, line: int | None) -> None:
    cf.write("anna", text)
    assert only(cf, code)["line"] == line
    mended(cf, shell, only(cf, code))


def test_a_month_late_is_not_yet_long(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-06-15\n')
    assert findings(cf) == []
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-06-14\n')
    assert "31 days late" in only(cf, "overdue")["message"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"# mine\ncapacty = 5\n", 2, "Did you mean capacity?"),
        (b"colour = 5\n", 1, "cf settings"),
        (b"day_first = true\ncapacity = 0\n", 2, "a whole number from 1 to 999"),
        (b"day_first = yes\n", 1, "day_first = true"),
        (b"<<<<<<< HEAD\ncapacity = 5\n=======\ncapacity = 6\n>>>>>>> laptop\n", 1, "merged by git"),
        (b"capacity = 5\ncapacity = 6\n", 2, "stands twice, first in line 1"),
        ("capacity = 5\n".encode("utf-16"), 1, "UTF-16"),
        (b"# caf\xe9\n", 1, "not UTF-8"),
    ],
)
def test_a_setting_that_says_nothing(anna: Cf, shell: Shell, text: bytes, line: int, words: str) -> None:
    (anna.root / "clientfolder.toml").write_bytes(text)
    finding = only(anna, "setting")
    assert (finding["file"], finding["line"]) == ("clientfolder.toml", line)
    assert words in finding["message"]
    assert not anna("doctor").err
    assert shell(finding["mend"]).returncode == 0


def test_an_entry_of_a_day_to_come(anna: Cf) -> None:
    """Else it would be the last contact, and nobody would be rung until then."""
    anna.write("anna", f'{ANNA}\n[[log]]\nat = 2026-07-14\nkind = "call"\n\n[[log]]\nat = 2062-07-15\nkind = "call"\n')
    finding = only(anna, "entry_ahead")
    assert (finding["client"], finding["line"]) == ("anna", 11)
    assert "Sat 15 Jul 2062" in finding["message"]
    anna.write("anna", f'{ANNA}\n[[log]]\nat = 2026-07-15T23:59:00\nkind = "call"\n')
    assert findings(anna) == []
