"""Which client is meant: the first words, together, where they are the whole of a name."""

from __future__ import annotations

import pytest

from folders import Cf


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
def test_the_whole_name_is_the_client_and_the_rest_the_text(novaks: Cf, line: str, client: str, text: str) -> None:
    [change] = novaks.ok(f"{line} --json").data["changes"]
    assert change["client"] == client
    assert novaks.row(client)["last"]["text"] == text


def test_a_client_goes_before_a_slip_that_begins_with_its_name(novaks: Cf) -> None:
    novaks.write("vat", 'name = "VAT"\n')
    assert novaks.ok("log VAT return paid -n fri --json").data["changes"][0]["client"] == "vat"


def test_a_comma_behind_a_whole_name_is_refused(novaks: Cf) -> None:
    answer = novaks("log Novák Tisk, took B -n fri")
    assert answer.exit == 2
    assert answer.err.endswith("Again: cf log 'Novák' Tisk took B -n fri\n")


def test_which_is_asked_until_it_is_one_by_number_or_by_letters(novaks: Cf) -> None:
    novaks.write("anna-nowak", 'name = "Anna Nowak"\n')
    novaks.write("anneli", 'name = "Anneli"\n')
    answer = novaks.ok("log ann hi -n fri", typed="9\nzzz\nanna n\n")
    assert novaks.row("anna-nowak")["last"]["text"] == "hi"
    assert "1 to" in answer.out
    assert "None of these is called zzz" in answer.out
    novaks.ok("log ann ho -n fri", typed="anna\n1\n")
    assert novaks("log ann hu -n fri", typed="\n").exit == 4


def test_a_name_with_one_that_is_near_is_given_back_with_that_in_its_place(cf: Cf) -> None:
    cf.ok("new Brandt Architekten -n fri")
    answer = cf("log brant first call done -n thu")
    assert answer.exit == 3
    assert "cf log brandt-architekten first call done -n thu" in answer.err
    cf.ok("log brandt-architekten first call done -n thu")


def test_where_nobody_is_called_so_the_line_that_lists_all_is_of_that_folder(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n')
    line = cf(f"--folder {cf.root} show Bartholomäus").err
    assert f"All of them: cf --folder={cf.root} list" in " ".join(line.split())
