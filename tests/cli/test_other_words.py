"""A first word that is no command leads on to the line that does what it says."""

from __future__ import annotations

import pytest

from acts import leads_on
from folders import Cf

LEADS_ON = {
    # Other words for a command.
    "call anna wants a quote -n fri": "cf log anna wants a quote -n fri", "done mockups": "cf log mockups",
    "note anna likes blue": "cf log anna likes blue --as note", "Mail anna sent it": "cf log anna sent it --as mail",
    "add Zoe Malá phone=555": "cf new Zoe 'Malá' phone=555", "postpone anna 1w": "cf snooze anna 1w", "remind anna": "cf snooze anna",
    "rm anna": "cf remove anna", "delete anna": "cf remove anna", "search revised quote": "cf find revised quote",
    "ls": "cf list", "stats": "cf review", "holiday 10..21 aug": "cf away 10..21 aug", "man": "cf help",
    "--folder . search x": "cf --folder . find x",
    # What lies where.
    "13": "cf list 13", "tomorrow": "cf list tomorrow", "july": "cf list july", "late": "cf list late", "no date": "cf list no date",
    "this week": "cf list this week", "20..24 jul": "cf list 20..24 jul", "next fri": "cf list next fri", "slips": "cf list slips",
    # A client.
    "anna": "cf log anna, or cf show anna", "novak": "cf log novak, or cf show novak", "089 5550 7731": "cf log 089 5550 7731, or cf show 089 5550 7731",
    "novak tisk took B": "cf log novak tisk took B, or cf show novak tisk", "petra": "cf log petra, or cf show petra",
    # A slip of the finger, or the beginning of one.
    "lgo anna hi": "cf log anna hi", "tody": "cf today", "snoze anna": "cf snooze anna", "revew week": "cf review week", "sno anna": "cf snooze anna",
}  # fmt: skip


@pytest.mark.parametrize("typed", LEADS_ON)
def test_it_leads_on(vera: Cf, typed: str) -> None:
    answer = vera(typed)
    assert answer.exit == 2
    assert answer.out == ""
    assert answer.err.endswith(f": {LEADS_ON[typed]}\n")


@pytest.mark.parametrize(
    "typed", ["undoo", "undp", "redoo", "restor", "restore-all", "innit", "inti", "rmove", "removee anna"]
)
def test_nobody_is_led_to_what_changes_more_than_a_slip_of_the_finger_should(vera: Cf, typed: str) -> None:
    answer = vera(typed)
    assert answer.exit == 2
    assert not any(f"cf {verb}" in answer.err for verb in ("undo", "redo", "restore", "init", "remove"))
    assert "cf help all" in answer.err


@pytest.mark.parametrize("typed", ["xyzzy", "xy", "fri 10:00", "fri!", "\x1b[2J", "[/x]"])
def test_of_what_nothing_is_known_the_commands_are_told(vera: Cf, typed: str) -> None:
    answer = vera([typed])
    assert answer.exit == 2
    assert "log snooze new" in answer.err
    assert "\x1b" not in answer.err


def test_without_a_folder_a_word_leads_on_all_the_same(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").unlink()
    assert "cf find x" in cf("search x").err
    assert "cf list 13" in cf("13").err
    assert "There is no command anna" in cf("anna").err


def test_a_client_that_is_called_like_an_insert_gets_its_lines_too(cf: Cf) -> None:
    cf.write("client-may", 'name = "May"\n')
    assert cf("may").err == "cf: may is no command. This would work: cf list may, or cf log may, or cf show may\n"


@pytest.mark.parametrize(
    ("line", "leads_to"),
    [
        ("reschedule anna fri", "cf file anna fri"),
        ("wake anna", "cf file anna"),
        ("clients", "cf list all"),
        ("month", "cf binder"),
        ("status", "cf today"),
        ("version", "cf --version"),
        ("?", "cf help"),
        ("birthdays", "cf care"),
        ("move anna friday", "cf move anna -n friday"),
        ("move anna next friday", "cf move anna -n next friday"),
        ("set anna phone 123456", "cf set anna phone=123456"),
        ("set capacity=5", "cf settings capacity=5"),
        ("list anna", "cf show anna"),
    ],
)
def test_what_a_new_user_types_leads_to_a_line_that_works(cf: Cf, line: str, leads_to: str) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-20\n')
    told = cf(line)
    assert told.exit == 2
    assert leads_to in told.err
    assert cf(leads_to.removeprefix("cf ") + (" fri" if line.startswith("wake") else "")).exit == 0


HABITS = {
    # Verbs and nouns of everyday, of other programs and of the languages around.
    "tag zoe vip": "cf set zoe tags+=vip", "untag zoe shop": "cf set zoe tags-=shop", "untag": "cf help set", "free": "cf binder", "who": "cf today",
    "who zoe": "cf show zoe", "what now": "cf today", "next": "cf today", "next fri": "cf list next fri", "later": "cf list later", "later zoe": "cf snooze zoe",
    "cancel zoe": "cf snooze zoe, or cf rest zoe cancelled", "phone zoe": "cf show zoe phone", "phone zoe 123": "cf set zoe phone=123", "zoe phone": "cf show zoe phone",
    "birthday zoe 3 may": "cf set zoe birthday=3 may", "email zoe a@b.cz": "cf set zoe email=a@b.cz", "mail zoe": "cf log zoe --as mail", "zoe fri": "cf file zoe fri, or cf show zoe",
    "call zoe fri": "cf file zoe fri", "meeting zoe fri 10:00": "cf file zoe fri 10:00 --for meeting", "meet with zoe fri": "cf file zoe fri --for meeting",
    "follow up zoe fri": "cf file zoe fri", "reschedule zoe to fri": "cf file zoe fri", "talked to zoe": "cf log zoe", "i called zoe": "cf log zoe", "sent zoe the quote": "cf log zoe sent the quote",
    "add note zoe likes tea": "cf log zoe likes tea --as note", "add client Eva X": "cf new Eva X", "client zoe": "cf show zoe", "zoe log hello": "cf log zoe hello",
    "remind me zoe fri": "cf snooze zoe fri", "remind me to call mum fri": "cf slip call mum -n fri", "plan tomorrow": "cf list tomorrow", "plan": "cf week",
    "todos": "cf list slips", "promises": "cf list promised", "customers": "cf list all", "invoices": "cf list --is unpaid", "shop": "cf list --tag shop", "deals": "cf funnel",
    "money": "cf worth", "commit": "cf history", "exit": "cf", "pull": "cf merge", "calendar": "cf export ics",
    "heute": "cf today", "zítra": "cf list tomorrow", "freitag": "cf list friday", "hilfe": "cf help", "suche tisk": "cf find tisk", "neu Jan X": "cf new Jan X",
    # A command that is not seen as one.
    "Today": "cf today", "LOG zoe hi": "cf log zoe hi", "'log zoe hi -n fri'": "cf log zoe hi -n fri", "log-zoe hi": "cf log zoe hi", "logzoe hi": "cf log zoe hi",
    "log: zoe hi": "cf log zoe hi", "please show zoe": "cf show zoe", "cf show zoe": "cf show zoe", "tomorow": "cf list tomorrow",
}  # fmt: skip


@pytest.mark.parametrize("typed", HABITS)
def test_what_people_are_used_to_leads_to_lines_that_work(small: Cf, typed: str) -> None:
    leads_on(small, typed, HABITS[typed])
