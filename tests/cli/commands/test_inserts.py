"""`snooze file move list binder`: putting dossiers behind inserts, and seeing what lies where."""

from __future__ import annotations

import pytest

from acts import listed
from folders import Cf


def test_the_binder_from_front_to_back(binder: Cf) -> None:
    assert listed(binder) == [
        ("overdue", None, ["karin", "agnes"]),
        ("july", "2026-07", ["flora"]),
        ("15", "2026-07-15", ["bertha"]),
        ("20", "2026-07-20", ["carla"]),
        ("8", "2026-08-08", ["doris"]),
        ("august", "2026-08", ["emma"]),
        ("september", "2026-09", ["greta"]),
        ("later", "2027-07", ["hanna"]),
        ("unfiled", None, ["ida"]),
    ]


def test_the_binder_counts_each_insert(binder: Cf) -> None:
    places = binder.ok("binder --json").data["slots"]
    assert [(place["slot"], place["count"], place["load"]) for place in places][:3] == [
        ("overdue", 2, 2), ("july", 1, 1), ("15", 1, 3),
    ]  # fmt: skip
    page = binder.ok("binder").out
    assert "LATE 2" in page
    assert "IN JULY, NO DAY YET 1" in page
    assert "NO DATE 1" in page


def test_an_empty_insert_tells_the_day_that_was_meant(binder: Cf) -> None:
    """On the 15th, insert 31 is that of 31 July; what lies at 31 August is behind August."""
    binder.ok("file carla 31 aug")
    page = binder.ok("list 31", today="2026-08-01").out
    assert "Carla" in page
    page = binder.ok("list 30").out
    assert page == " Nothing lies there.\n"
    binder.ok("file carla 31 dec", today="2026-11-21")
    assert "That day itself: cf list 2026-12-31" in binder.ok("list 31", today="2026-11-21").out
    assert "Carla" in binder.ok("list 2026-12-31", today="2026-11-21").out


# Filing and moving -------------------------------------------------------------------------------------


# Snoozing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "words", "on"),
    [
        ("carla", "", "2026-07-21"),         # the default step, from the day it lies at
        ("carla", "1w", "2026-07-27"),       # an offset counts from there too
        ("carla", "fri 24 july", None),
        ("carla", "31 july", "2026-07-31"),  # every other phrase from today
        ("agnes", "1w", "2026-07-22"),       # a late one counts from today
        ("ida", "1w", "2026-07-22"),         # so does one without a date
        ("julia", "1w", "2026-07-22"),       # and a resting one, which wakes
        ("karin", "1w", "2026-07-22"),
        ("flora", "aug", "2026-08"),
    ],
)  # fmt: skip
def test_snoozing_goes_forward(binder: Cf, client: str, words: str, on: str | None) -> None:
    answer = binder(f"snooze {client} {words}")
    if on is None:
        assert answer.exit == 2
        return
    assert answer.exit == 0, answer
    assert binder.next(client)["on"] == on  # type: ignore[index]


@pytest.mark.parametrize(
    "line", ["snooze carla fri", "snooze carla 20", "snooze flora 1w", "snooze greta 20 july", "snooze flora 20"]
)
def test_snoozing_to_no_later_day_is_refused(binder: Cf, line: str) -> None:
    before = binder.tree()
    answer = binder(line)
    assert answer.exit == 2
    assert "cf file" in answer.err
    assert binder.tree() == before


def test_moves_are_counted_from_the_third_on_in_red(binder: Cf) -> None:
    for day in ("2026-07-20", "2026-07-21", "2026-07-22"):
        binder.ok("snooze carla", today=day)
    assert binder.row("carla", today="2026-07-22")["moves"] == 3
    binder.ok("log carla reached her -n 31 july", today="2026-07-22")
    assert binder.row("carla", today="2026-07-22")["moves"] == 0


def test_the_rate_of_a_week_counts_what_its_sum_counts(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-25\n')
    assert "1, 0.2/day" in cf.ok("binder --dated", today="2026-07-15").out


def test_a_list_of_those_who_need_care_always_says_why(cf: Cf) -> None:
    name = "Sdružení přátel staré vodárny v Králově Poli a okolí, spolek"
    days = "".join(f'[[log]]\nat = 2026-0{month}-01\nkind = "call"\n' for month in (1, 2, 3))
    put_off = "".join(
        f'[[log]]\nat = 2026-07-1{n}\nkind = "moved"\nfrom = 2026-07-1{n}\nto = 2026-07-1{n + 1}\n' for n in (2, 3, 4)
    )
    cf.write("sdruzeni", f'name = "{name}"\nphone = "+420 555 010 362"\n[next]\non = 2026-07-17\n{days}{put_off}')
    for line in ("list --drifting", "list --silent-since 30d"):
        assert "silent 136 d, usually 28 d" in cf.ok(line, today="2026-07-15").out
    assert "put off 3x" in cf.ok("list --dodged", today="2026-07-15").out


def test_the_running_month_by_name_is_what_has_no_day_and_names_the_line_that_shows_its_days(binder: Cf) -> None:
    for line in ("list july", "list jul"):
        page = binder.ok(line).out
        assert "Flora" in page
        assert "Carla" not in page
        assert page.endswith(" At days of July: 3. All of July: cf list 2026-07\n")
    whole = binder.ok("list 2026-07").out
    assert "Carla" in whole
    assert "Flora" in whole
    assert "cf list" not in whole
    assert "cf list" not in binder.ok("list august").out


# Whole sheets, for others -------------------------------------------------------------------------------------

KEPT = """\
name = "Anna"
tags = ["makers", "Seeker"]
sent_by = "fair"

[next]
on = 2026-07-15

[[log]]
at = 2026-07-01
kind = "call"
text = "All well."
rating = 4

[[deals]]
name = "catalogue"
amount = 11200
steps.offer = 2026-06-26

[[deals]]
name = "menu"
amount = 777
won = 2026-06-26

[[payments]]
on = 2026-06-30
amount = 2500.50
product = "shopping"
"""


def test_whole_sheets_hold_no_money_no_letters_and_no_types_if_it_is_not_said(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nsegments = { makers = ["shopping", "cards"] }\n')
    cf.write("anna", KEPT)
    for number in range(5):
        cf.write(f"c{number}", f'name = "C{number}"\n\n[[payments]]\non = 2026-06-30\namount = 10\n')
    for line in ("list all --full", "list --is new --full", "list --lacks cards --full", "list 15 --full"):
        page = cf.ok(line).out
        assert "All well." in page, line
        told = (
            "2 500",
            "2500",
            "11 200",
            "11200",
            "777",
            "shopping",
            "catalogue",
            "worth",
            "A,",
            "eeker",
            "rat",
            "4 of 5",
        )
        assert [word for word in told if word in page] == [], line
        assert "makers" in page
    page = cf.ok("list 15 --full --worth").out
    for word in ("A, 98 %, last paid 30 Jun, has shopping, menu", "catalogue: offer since 26 Jun", "Seeker", "4 of 5"):
        assert word in " ".join(page.split()), word
    assert cf("list 15 --worth").exit == 2
