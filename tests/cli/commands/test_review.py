"""`cf review`: a day as it was lived, the page that tells of it, and the facts for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import Cf

LIVED = (
    ("07:50", "log brandt They send the plans. -n 5 aug"),
    ("09:40", "log novak Took B. -n fri 10:00"),
    ("09:55", "log knihkupectvi The hedgehog it is. -n 3w"),
    ("10:10", "log vinarstvi --as mail Sleeve is off. -n 2w"),
    ("11:20", "log bistro -x"),
    ("14:00", "log hedwig --as meeting The page works. -n mon"),
    ("16:30", "snooze yoga 1w"),
    ("17:05", "log anna -x -n mon"),
)
PAGE = Path(__file__).parent.parent / "golden" / "review-of-a-lived-day.txt"


@pytest.fixture
def lived(vera: Cf) -> Cf:
    """The example folder in the evening of its day."""
    for clock, line in LIVED:
        vera.ok(line, today=f"2026-07-15T{clock}:00")
    return vera


def test_the_page_of_a_lived_day(lived: Cf, request: pytest.FixtureRequest) -> None:
    page = lived.ok("review").out
    if request.config.getoption("--renew-pages"):
        PAGE.write_text(page)
    assert page == PAGE.read_text()


def test_in_the_evening_planned_is_what_lay_there_in_the_morning(vera: Cf) -> None:
    morning = vera.ok("today --json").data["load"]
    for clock, line in LIVED:
        vera.ok(line, today=f"2026-07-15T{clock}:00")
        found = vera.ok("review --json").data
        assert found["planned"] == morning
        assert found["left"] == vera.ok("today --json").data["load"]


def test_the_next_day_is_the_one_that_comes(lived: Cf) -> None:
    ahead = lived.ok("review --json").data["next"]
    assert lived.ok("today --json", today=ahead["on"]).data["today"].__len__() == ahead["load"]


def test_scripts_get_every_key(lived: Cf) -> None:
    data = lived.ok("review --json").data
    assert list(data) == [
        "from", "to", "contacts", "attempts", "slips_done", "moves", "late_moves", "first_calls", "promises", "planned", "done",
        "tried", "put_off", "unplanned", "left", "by_kind", "by_hour", "days", "who", "next", "week",
        "ratings", "complaints", "answers", "money",
    ]  # fmt: skip
    assert (data["from"], data["to"], data["week"]) == ("2026-07-15", "2026-07-15", None)
    assert (data["contacts"], data["attempts"], data["moves"], data["first_calls"]) == (5, 2, 1, 1)
    assert data["by_kind"] == {"call": 3, "mail": 1, "meeting": 1}
    assert data["by_hour"] == {"07": 1, "09": 2, "10": 1, "14": 1}
    assert list(data["promises"]) == ["kept", "broken", "open"]
    [day] = data["days"]
    assert list(day) == [
        "on",
        "contacts",
        "attempts",
        "moves",
        "planned",
        "done",
        "tried",
        "put_off",
        "unplanned",
        "left",
    ]
    assert list(data["next"]) == ["on", "load", "capacity", "agreed"]


def test_a_week_has_its_days_and_whom_they_do_not_bring_up(lived: Cf) -> None:
    data = lived.ok("review week --json").data
    assert [day["on"] for day in data["days"]] == ["2026-07-13", "2026-07-14", "2026-07-15"]
    week = data["week"]
    assert list(week) == ["unfiled", "dodged", "drifting", "no_phone", "birthdays"]
    row = lived.ok("today --json").data["unfiled"]
    assert week["unfiled"] == row
    assert [one["client"] for one in week["dodged"]] == ["yoga-loft"]
    [birthday] = week["birthdays"]
    assert birthday == {
        "client": "pension-ilse", "name": "Pension Ilse", "on": "2026-07-19", "who": "Ilse Trattnig", "age": 75,
    }  # fmt: skip


def test_an_empty_folder_and_an_empty_day_are_quiet(cf: Cf) -> None:
    for line in ("review", "review week", "review last month"):
        page = cf.ok(line).out
        assert "Nothing was written down." in page
        assert page.count("\n") == 5
    assert cf.ok("review --json").data["by_hour"] == {}


def test_one_that_cannot_be_read_never_hides_the_others(lived: Cf) -> None:
    whole = lived.ok("review --json").data
    lived.write("broken", 'name = \n[[log]]\nat = 2026-07-15\nkind = "call"\n')
    lived.path("nowhere").symlink_to("gone")
    answer = lived("review --json")
    assert answer.exit == 1
    assert answer.data == whole
    files = [error["file"] for error in answer.json["errors"]]
    assert files == ["clients/broken.toml", "clients/nowhere.toml"]
    assert "broken.toml" in lived("review").err


def test_a_long_dossier_is_looked_through_to_its_end(cf: Cf) -> None:
    said = f'[[log]]\nat = 2026-01-02\nkind = "call"\ntext = "{"x" * 1000}"\n'
    cf.write("anna", f'name = "Anna"\n{said * 100}[[log]]\nat = 2026-07-15T09:00:00\nkind = "call"\ntext = "y"\n')
    assert cf.ok("review --json").data["contacts"] == 1
    assert cf.ok("review 2026-01-02 --json").data["contacts"] == 100


@pytest.mark.parametrize(
    "written", ['"20260715T0900"', '"2026-W29-3T09:00"', '"2026W293T09:00"', '"2026-07-15"', "2026-07-15 09:00:00"]
)
def test_a_day_is_found_however_it_is_written(cf: Cf, written: str) -> None:
    cf.write("anna", f'name = "Anna"\n[[log]]\nat = {written}\nkind = "call"\n')
    assert cf.ok("review --json").data["contacts"] == 1


def test_an_answered_promise_is_kept(cf: Cf) -> None:
    kept = 'at = 2026-07-15T09:00:00\nkind = "call"\npromised = 2026-07-15\n'
    cf.write("anna", f'name = "Anna"\n[next]\non = 2026-08-03\n[[log]]\n{kept}')
    assert cf.ok("review --json").data["promises"] == {"kept": 1, "broken": 0, "open": 0}


@pytest.mark.parametrize("line", ["review soon", "review fri 10:00", "review 2026-08"])
def test_what_is_no_time_that_has_been_is_refused(cf: Cf, line: str) -> None:
    answer = cf(f"{line} --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (2, "phrase")


@pytest.mark.parametrize("line", ["review", "review week", "review month"])
def test_the_last_month_of_the_calendar_is_a_month_too(lived: Cf, line: str) -> None:
    """Nothing is due when it is over, and nobody else's review stops at it."""
    found = lived(line + " --json").data
    lived.write("late", 'name = "Late"\n[next]\non = "9999-12"\n')
    lived.write(
        "moved",
        'name = "Moved"\n[next]\non = 2026-09-01\n[[log]]\nat = 2026-07-15\nkind = "moved"\nfrom = "9999-12"\nto = 2026-09-01\n',
    )
    answer = lived(line + " --json")
    assert answer.exit == 0, answer
    assert answer.data.get("planned") == found.get("planned")


def test_a_day_with_a_ticked_slip_is_no_empty_day(cf: Cf) -> None:
    cf.ok("slip mock -n today")
    assert "Nothing was written down." not in cf.ok("review").out
    cf.ok("log mock")
    page = cf.ok("review").out
    assert "Nothing was written down." not in page
    assert "PLANNED          1  done 1" in page
    assert "SLIPS DONE       1  mock" in page
    assert cf.ok("review --json").data["slips_done"] == 1


def test_scripts_are_told_who_is_behind_the_figures(lived: Cf) -> None:
    data = lived.ok("review --json").data
    who = data["who"]
    assert list(who) == ["contacts", "attempts", "slips_done", "moves", "first_calls", "kept", "broken", "open", "left"]
    assert {key: len(clients) for key, clients in who.items()} == {
        key: data[key] if key in data else data["promises"][key] for key in who
    }
    assert who["moves"] == ["yoga-loft"]
    assert {"client": "hedwig-zwoelfer", "on": "2026-07-15"} in who["kept"]


# Money -----------------------------------------------------------------------------------------------------


@pytest.fixture
def sellers(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nrates = { PLN = 0.25 }\n')
    cf.write("anna", 'name = "Anna"\n\n[[deals]]\nname = "catalogue"\namount = 3000\ncurrency = "PLN"\n')
    cf.write("bob", 'name = "Bob"\n\n[[deals]]\nname = "shop"\n\n[[deals]]\nname = "menu"\n')
    cf.ok("pay anna 2 500 PLN --deal catalogue")
    cf.ok("pay bob 320 EUR")
    cf.ok("deal anna catalogue won")
    cf.ok("deal bob shop lost too dear")
    return cf


def test_money_is_one_line(sellers: Cf) -> None:
    sellers.env["COLUMNS"] = "100"
    line = " MONEY               paid 2 500 PLN, 320 EUR · won catalogue (Anna) · lost 1: too dear"
    assert line in sellers.ok("review").out.splitlines()
    data = sellers.ok("review --json").data["money"]
    assert data["paid"] == {"PLN": 2500, "EUR": 320}
    assert [(one["client"], one["deal"]) for one in data["won"]] == [("anna", "catalogue")]
    assert [(one["client"], one["why"]) for one in data["lost"]] == [("bob", "too dear")]
    assert "MONEY" not in sellers.ok("review yesterday").out
    for _ in range(4):
        sellers.ok("undo")
    assert "MONEY" not in sellers.ok("review").out


def test_the_week_brings_up_who_has_not_paid_whose_deal_is_slow_and_whose_second_order_is_due(sellers: Cf) -> None:
    def told(label: str) -> str:
        lines = sellers.ok("review week").out.splitlines()
        return next((" ".join(line.split()) for line in lines if line.startswith(f" {label} ")), "")

    assert told("UNPAID") == "UNPAID 1 Anna: catalogue 500 PLN cf list --is unpaid"
    assert told("SLOW DEALS") == told("TO COME") == ""
    closed = "".join(f'\n[[deals]]\nname = "d{n}"\nsteps.offer = 2026-06-0{n}\nwon = 2026-06-1{n}\n' for n in (1, 2, 3))
    sellers.write("cid", 'name = "Cid"\n' + closed + '\n[[deals]]\nname = "site"\nsteps.offer = 2026-05-01\n')
    assert told("SLOW DEALS") == "SLOW DEALS 1 Cid: site 75 d cf funnel"
    payment = "\n[[payments]]\non = 2025-{}-01\namount = 5\n"
    for number in range(5):
        sellers.write(f"old-{number}", f'name = "Old {number}"\n' + payment.format("01") + payment.format("02"))
    sellers.write("dan", 'name = "Dan"\n\n[[payments]]\non = 2026-05-01\namount = 5\n')
    assert told("TO COME") == "TO COME 1 Dan: 75 d cf worth"
    week = sellers.ok("review week --json").data["money"]
    assert (week["slow"], week["second_due"], week["unpaid"]) == (["cid"], ["dan"], ["anna"])
    for client in ("anna", "cid", "dan"):
        sellers.ok(f"rest {client} gone")
    assert told("UNPAID") == told("SLOW DEALS") == told("TO COME") == ""
