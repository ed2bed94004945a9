"""The first words are the client where together they are the whole of a name; and `about` ends a date."""

from __future__ import annotations

import pytest

from folders import Cf

NOVAK = 'name = "Novák Tisk"\n\n[card]\nphone = "+420 555 010 188"\n\n[people.petra]\nname = "Petra Dvořáková"\n'


@pytest.fixture
def folder(cf: Cf) -> Cf:
    cf.write("novak-tisk", NOVAK)
    cf.write("novak", 'name = "Novák"\n')
    cf.write("anna", 'name = "Anna"\n')
    cf.write("anna-may", 'name = "Anna May"\n')
    (cf.root / "slips").mkdir()
    cf.write("slips/vat-return", 'name = "VAT return"\n[next]\non = 2026-07-15\nkind = "task"\n')
    return cf


@pytest.mark.parametrize(
    ("line", "client", "text"),
    [
        ("log Novák Tisk took B -n fri", "novak-tisk", "took B"),
        ("log novak tisk took B -n fri", "novak-tisk", "took B"),
        ("log novak tells me B -n fri", "novak", "tells me B"),
        ("log Petra Dvořáková took B -n fri", "novak-tisk", "took B"),
        ("log Anna May is the month -n fri", "anna-may", "is the month"),
        ("log Anna Mayer called -n fri", "anna", "Mayer called"),
        ("log 555 010 188 took B -n fri", "novak-tisk", "took B"),
        ("log +420 555 010 188 2 posters -n fri", "novak-tisk", "2 posters"),
        ("log 'novak tisk' took B -n fri", "novak-tisk", "took B"),
        ("log VAT return paid -n fri", "slips/vat-return", "paid"),
    ],
)
def test_the_whole_name_is_the_client_and_the_rest_the_text(folder: Cf, line: str, client: str, text: str) -> None:
    [change] = folder.ok(f"{line} --json").data["changes"]
    assert change["client"] == client
    assert folder.row(client)["last"]["text"] == text


def test_a_client_goes_before_a_slip_that_begins_with_its_name(folder: Cf) -> None:
    folder.write("vat", 'name = "VAT"\n')
    assert folder.ok("log VAT return paid -n fri --json").data["changes"][0]["client"] == "vat"


@pytest.mark.parametrize("command", ["snooze", "file"])
def test_where_fewer_words_are_a_client_too_and_the_rest_a_date_both_lines_are_shown(folder: Cf, command: str) -> None:
    before = folder.tree()
    answer = folder(f"{command} anna may")
    assert answer.exit == 4
    assert f"cf {command} 'anna may', or cf {command} anna -n may" in answer.err
    assert folder.tree() == before
    folder.ok(f"{command} anna -n may")
    assert folder.next("anna")["on"] == "2027-05"  # type: ignore[index]
    assert folder(f"{command} anna may --json").json["errors"][0]["candidates"] == ["anna-may", "anna"]


def test_other_commands_take_it_too(folder: Cf) -> None:
    folder.ok("snooze novak tisk fri")
    folder.ok("rest Novák Tisk sold the shop")
    assert 'resting = "sold the shop"' in folder.text("novak-tisk")
    folder.ok("rename Novák Tisk Novák Print")
    assert folder.row("novak-print")["name"] == "Novák Print"
    assert folder("rename Anna May").exit == 2
    assert folder("rest Anna May").exit == 2


def test_a_comma_behind_a_whole_name_is_refused(folder: Cf) -> None:
    answer = folder("log Novák Tisk, took B -n fri")
    assert answer.exit == 2
    assert answer.err.endswith("Again: cf log 'Novák' Tisk took B -n fri\n")


@pytest.mark.parametrize(
    ("line", "on", "how", "about"),
    [
        ("log anna hi -n fri 10:00 about the revised quote", "2026-07-17", "agreed", "the revised quote"),
        ("log anna hi -n fri about the price! now", "2026-07-17", "planned", "the price! now"),
        ("log anna hi -n fri! ABOUT talk about talk", "2026-07-17", "agreed", "talk about talk"),
        ("file anna 20 about proofs", "2026-07-20", "planned", "proofs"),
        ("file anna -n 20 about proofs", "2026-07-20", "planned", "proofs"),
    ],
)
def test_about_ends_the_date_and_names_the_topic(folder: Cf, line: str, on: str, how: str, about: str) -> None:
    folder.ok(line)
    found = folder.next("anna")
    assert found
    assert (found["on"], found["how"], found["about"]) == (on, how, about)


def test_a_new_client_has_it_too_and_so_have_the_questions(folder: Cf) -> None:
    folder.ok("new Zoe -n mon about the site")
    assert folder.next("zoe")["about"] == "the site"  # type: ignore[index]
    answer = folder.ok("log anna", typed="Wants a quote.\n?\nfri about the quote\n")
    assert "cf help dates" in answer.out
    assert answer.out.count("\n   ") >= 7
    assert folder.next("anna")["about"] == "the quote"  # type: ignore[index]
    folder.ok("new Eva", typed="mon about the fair\n")
    assert folder.next("eva")["about"] == "the fair"  # type: ignore[index]


@pytest.mark.parametrize(
    "line",
    [
        "log anna hi -n about the quote", "log anna hi -n fri about", "log anna hi -n fri about x --about y",
        "file anna about x", "snooze anna fri about x", "move anna -n fri about x", "slip x -n fri about y", "when fri about x",
        "list fri about x", "file anna fri about x --about y",
    ],
)  # fmt: skip
def test_it_is_refused_where_it_has_no_place_and_nothing_is_written(folder: Cf, line: str) -> None:
    before = folder.tree()
    answer = folder(line)
    assert answer.exit == 2, answer
    assert "Traceback" not in answer.err
    assert folder.tree() == before


def test_the_line_that_would_work_keeps_the_topic(folder: Cf) -> None:
    assert "tues 10:00 about x or tues 22:00 about x" in folder("log anna hi -n tues 10 about x").err


def test_one_value_alone_is_printed_to_be_used(folder: Cf) -> None:
    assert folder.ok("show novak tisk phone").out == "+420 555 010 188\n"
    assert folder.ok("show petra people.petra.name").out == "Petra Dvořáková\n"
    assert folder.ok("show anna may name").out == "Anna May\n"
    assert folder.ok("show novak tisk phone --json").data["value"] == "+420 555 010 188"
    folder.write("list", 'name = "List"\n[card]\nphone = ["555 010 777", "555 010 888"]\n')
    assert folder.ok("show list phone").out == "555 010 777, 555 010 888\n"
    refused = folder("show anna phone")
    assert (refused.exit, refused.err) == (2, "cf: Anna has no phone. There: name\n")
    assert folder("show nobody phone").exit == 3


def test_which_is_asked_until_it_is_one_by_number_or_by_letters(folder: Cf) -> None:
    folder.write("anna-nowak", 'name = "Anna Nowak"\n')
    folder.write("anneli", 'name = "Anneli"\n')
    answer = folder.ok("log ann hi -n fri", typed="9\nzzz\nanna n\n")
    assert folder.row("anna-nowak")["last"]["text"] == "hi"
    assert "1 to" in answer.out
    assert "None of these is called zzz" in answer.out
    folder.ok("log ann ho -n fri", typed="anna\n1\n")
    assert folder("log ann hu -n fri", typed="\n").exit == 4


def test_set_tells_the_old_and_the_new(folder: Cf) -> None:
    answer = folder.ok("set novak tisk phone=555 tags=vip")
    assert "phone: +420 555 010 188 -> 555" in answer.out
    assert "tags: vip" in answer.out
    assert "phone: 555 -> taken away" in folder.ok("set novak tisk phone=").out


@pytest.mark.parametrize(
    "said",
    [
        "weekly",
        "every week",
        "6w",
        "monthly",
        "quarterly",
        "every 2 weeks",
        "fortnightly",
        "yearly",
        "every other week",
    ],
)
def test_a_rhythm_is_said_as_people_say_it(folder: Cf, said: str) -> None:
    folder.ok(["set", "anna", f"rhythm={said}"])
    folder.ok("log anna hi")
    assert folder.next("anna")["how"] == "rhythm"  # type: ignore[index]


def test_a_rhythm_that_is_none_is_refused_with_all_forms(folder: Cf) -> None:
    answer = folder("set anna rhythm=often")
    assert answer.exit == 2
    assert "first monday" in answer.err
    assert "cf help rhythms" in answer.err


def test_a_slip_that_is_there_already_is_told(folder: Cf) -> None:
    assert "the same stands there already" not in folder.ok("slip call the bank -n fri").out
    assert "the same stands there already, at Fri 17 Jul" in folder.ok("slip Call the bank -n mon").out
