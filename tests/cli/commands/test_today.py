"""The morning: what is on the desk, for people and for scripts."""

from __future__ import annotations

import pytest

from folders import Cf


def test_the_sections_of_the_desk_are_those_of_its_page(cf: Cf) -> None:
    assert cf.ok("today --json").data["sections"] == []
    cf.write("late", 'name = "Late"\n[next]\non = 2026-07-10\n')
    assert cf.ok("today --json").data["sections"] == [{"section": "LATE", "clients": ["late"]}]
    cf.write("now", 'name = "Now"\n[next]\non = 2026-07-15\n')
    cf.write("undated", 'name = "Undated"\n[next]\non = "2026-07"\n')
    today = cf.ok("today --json").data
    assert today["sections"] == [{"section": "LATE", "clients": ["late"]}, {"section": "TODAY", "clients": ["now"]}]
    assert [line.strip() for line in cf.ok("today").out.splitlines() if line.strip() in ("LATE", "TODAY")] == [
        one["section"] for one in today["sections"]
    ]


@pytest.fixture
def anna(called: Cf) -> Cf:
    return called


@pytest.fixture
def desk(anna: Cf) -> Cf:
    """Everything on the desk at once: complaints and questions, late and not, promises and plans."""
    for number in range(6):
        for name, how, on in (
            ("late", "planned", "2026-07-10"),
            ("due", "planned", "2026-07-15"),
            ("sworn", "agreed", "2026-07-15"),
        ):
            anna.write(f"{name}{number}", f'name = "{name}{number}"\n\n[next]\non = {on}\nhow = "{how}"\n')
        at = f"2026-07-{number + 10:02}T09:00:00+02:00"
        anna.write(
            f"says{number}", f'name = "says{number}"\n\n[[log]]\nat = {at}\nkind = "complaint"\ntext = "broke"\n'
        )
        anna.write(f"asks{number}", f'name = "asks{number}"\n\n[[log]]\nat = {at}\nkind = "question"\ntext = "why"\n')
    return anna


def test_each_client_stands_once_and_all_of_it_has_room_in_24_lines(desk: Cf) -> None:
    data = desk.ok("today --json").data
    assert [one["section"] for one in data["sections"]] == ["COMPLAINTS", "WAITING", "LATE", "TODAY"]
    clients = [client for one in data["sections"] for client in one["clients"]]
    assert len(clients) == len({*clients}) == 31
    assert data["load"] == 19
    assert data["sections"][0]["clients"] == [f"says{number}" for number in range(6)]
    desk.env |= {"COLUMNS": "80", "LINES": "24", "TERM": "xterm"}
    lines = desk.ok("today", terminal=True).out.rstrip("\n").split("\n")
    assert len(lines) <= 22
    page = "\n".join(lines)
    assert all(f"sworn{number}" in page for number in range(6))
    assert "says0" in page
    assert "asks0" in page
    assert "more: cf -a" in page
    assert "NEXT DAYS" in page


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 24), (120, 40), (80, 18)])
def test_whoever_has_everything_at_once_stands_once_and_under_the_first_heading(
    desk: Cf, columns: int, rows: int
) -> None:
    """A complaint, a question, a promise that is broken, a slip, an open deal, a birthday, and a rating that is due."""
    said = "".join(
        f'[[log]]\nat = 2026-07-{day}T09:00:00+02:00\nkind = "{kind}"\ntext = "{text}"\n\n'
        for day, kind, text in ((13, "question", "in which colour?"), (14, "complaint", "two broke"))
    )
    desk.write(
        "zoe",
        'name = "Zoe"\n\n[card]\nphone = "+48 22"\nbirthday = "--07-15"\n\n[next]\non = 2026-07-09\nhow = "agreed"\n\n'
        f'{said}[[deals]]\nname = "shop"\nsteps.offer = 2026-01-07\n\n[[payments]]\non = 2026-02-01\namount = 5\n',
    )
    desk.ok("slip call the printer --client zoe -n 15 july --today 2026-07-14")
    desk.env |= {"COLUMNS": str(columns), "LINES": str(rows), "TERM": "xterm", "NO_COLOR": "1"}
    lines = desk.ok("today", terminal=True).out.rstrip("\n").split("\n")
    assert len(lines) <= rows - 2
    above = next(number for number, line in enumerate(lines) if line.startswith(" ALSO"))
    [headed] = [number for number, line in enumerate(lines[:above]) if " Zoe " in f"{line} " and "slip" not in line]
    assert lines[headed].rstrip().endswith("+48 22")
    assert [line for line in lines[:headed] if line[1:2].isupper() and not line.startswith(" Wed")] == [" COMPLAINTS"]
    assert "Zoe" in lines[above]


def test_a_complaint_that_a_call_has_answered_lies_ahead_and_is_counted(anna: Cf) -> None:
    anna.ok("log anna --complaint two broke", today="2026-07-13T09:00")
    assert "COMPLAINTS" in anna.ok("today").out
    anna.ok("log anna rang, they wait for the new ones -n mon")
    page = anna.ok("today").out
    assert "COMPLAINTS" not in page
    assert "1 complaint ahead" in page
    assert anna.ok("today --json").data["complaints"][0]["client"] == "anna"


def test_birthdays_stand_in_the_foot(anna: Cf) -> None:
    anna.ok(["set", "anna", "birthday=--07-15"])
    assert "birthday: Anna Kowalska" in anna.ok("today").out
    assert "birthday" not in anna.ok("today", today="2026-07-16").out


# Deals -----------------------------------------------------------------------------------------------------


def test_the_stage_of_the_furthest_open_deal_stands_before_the_number_where_ten_cells_are_free(cf: Cf) -> None:
    client = 'name = "{}"\n\n[card]\nphone = "+48 22 555 01 07"\n\n[next]\non = 2026-07-15\n'
    deals = '\n[[deals]]\nname = "shop"\nsteps.offer = 2026-07-10\n\n[[deals]]\nname = "cards"\n'
    cf.write("anna", client.format("Anna") + deals)
    cf.write("bob", client.format("Bob") + deals.replace("steps.offer", "won"))
    [anna, bob] = [line for line in cf.ok("today").out.splitlines() if "+48" in line]
    assert anna.endswith("  offer  +48 22 555 01 07")
    assert bob.endswith("  presentation  +48 22 555 01 07")
    beside = "offer  +48 22 555 01 07"
    for letters in range(26, 50):
        name = "A" * letters
        cf.write("anna", client.format(name) + deals)
        [line] = [line for line in cf.ok("today").out.splitlines() if name in line]
        assert ("offer" in line) == (9 + letters + 10 + len(beside) <= 79), letters


def test_a_deal_that_is_slow_says_for_how_many_days(cf: Cf) -> None:
    steps = "".join(
        f'\n[[deals]]\nname = "d{n}"\nsteps.offer = 2026-06-0{n}\nsteps.contract = 2026-06-1{n}\nwon = 2026-06-2{n}\n'
        for n in (1, 2, 3)
    )
    cf.write("bob", 'name = "Bob"\n' + steps)
    deal = '\n[[deals]]\nname = "shop"\nsteps.offer = 2026-06-20\n'
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-07-10\n' + deal)
    assert "  offer 25 d\n" in cf.ok("today").out
    assert "  offer\n" in cf.ok("today", today="2026-07-10").out
