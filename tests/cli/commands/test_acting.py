"""Rhythm, firmness, attempts, load and moves, as a user meets them at the command line."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

import folders
from acts import DODGED, NEVER, anna, clients_of, entries, fill, on, settings
from folders import Cf

# Rhythm -------------------------------------------------------------------------------------------------


def test_a_rhythm_that_falls_on_a_day_off_slides_and_says_why(cf: Cf) -> None:
    settings(cf, "days_off = [2026-08-14]\n")
    anna(cf, 'rhythm = "every month on the 14th"')
    answer = cf.ok("log anna fine")
    assert "-> Mon 17 Aug 2026" in answer.out
    assert "by the rhythm: Fri 14 Aug -> Mon 17 Aug (day off)" in answer.out
    assert cf.next("anna")["how"] == "rhythm"  # type: ignore[index]


def test_a_day_that_a_person_named_never_slides(cf: Cf) -> None:
    settings(cf, "days_off = [2026-08-14]\n")
    anna(cf, 'rhythm = "every month on the 14th"\nnot_on = ["fri"]')
    answer = cf.ok("log anna fine -n 14 aug")
    assert on(cf) == "2026-08-14"
    assert "day off" in answer.out
    assert "not on Fridays" in answer.out


def test_inside_the_tolerance_the_lightest_day_is_proposed(cf: Cf) -> None:
    anna(cf, 'rhythm = "1-2 weeks"')
    settings(cf, "capacity = 2\n")
    for day in ("2026-07-22", "2026-07-23", "2026-07-24", "2026-07-27", "2026-07-29"):
        fill(cf, day, 3)
    fill(cf, "2026-07-28", 2)
    answer = cf.ok("log anna fine")
    assert on(cf) == "2026-07-28"
    assert "by the rhythm: Tue 28 Jul (lightest of 22 Jul to 29 Jul)" in answer.out


def test_inside_the_tolerance_the_day_nearest_to_its_middle_where_there_is_room(cf: Cf) -> None:
    anna(cf, 'rhythm = "1-2 weeks"')
    fill(cf, "2026-07-24", 7)
    answer = cf.ok("log anna fine")
    assert on(cf) == "2026-07-27"
    assert "by the rhythm: Mon 27 Jul (within 22 Jul to 29 Jul)" in answer.out


def test_a_date_of_the_rhythm_that_lies_ahead_is_computed_anew_and_no_other(cf: Cf) -> None:
    anna(cf, 'rhythm = "2 weeks"', on="2026-07-17", how="rhythm")
    cf.ok("log anna rang in")
    assert (on(cf), cf.next("anna")["how"]) == ("2026-07-29", "rhythm")  # type: ignore[index]
    cf.ok("log anna a note --as note")
    assert on(cf) == "2026-07-29"
    cf.ok("log anna kept --keep")
    assert on(cf) == "2026-07-29"
    for how in ("planned", "agreed"):
        anna(cf, 'rhythm = "2 weeks"', on="2026-07-17", how=how)
        assert "stays: " in cf.ok("log anna rang in").out
        assert on(cf) == "2026-07-17"
    anna(cf, on="2026-07-17", how="rhythm")
    assert "stays: " in cf.ok("log anna rang in").out, "there is no rhythm any more that could say another"
    anna(cf, 'rhythm = "2 weeks"', on="2026-07-17", how="rhythm")
    cf.ok("log anna -x")
    assert on(cf) == "2026-07-16", "an attempt climbs the ladder"


def test_a_wanted_day_of_several_months_comes_after_so_many(cf: Cf) -> None:
    anna(cf, 'rhythm = "every 3 months on the first monday"', on="2026-07-06", how="rhythm")
    cf.ok("log anna fine", today="2026-07-06")
    assert on(cf) == "2026-10-05"
    cf.ok("slip Advance tax --every 3 months on the first monday -n 2026-07-06", today="2026-07-01")
    [slip] = [path for path in cf.tree() if path.startswith("slips/")]
    cf.ok("log advance", today="2026-07-20")
    assert "2026-10-05" in cf.tree()[slip].decode()


def test_enter_takes_the_proposal_that_is_shown(cf: Cf) -> None:
    settings(cf, "days_off = [2026-08-14]\n")
    anna(cf, 'rhythm = "every month on the 14th"')
    answer = cf("log anna", typed="fine\n\n", terminal=True)
    assert "Next? [Fri 14 Aug -> Mon 17 Aug (day off), by the rhythm]" in answer.err
    assert on(cf) == "2026-08-17"


def test_the_rhythm_counts_from_the_last_real_contact(cf: Cf) -> None:
    log = '[[log]]\nat = 2026-07-10\nkind = "call"\n\n[[log]]\nat = 2026-07-14\nkind = "call"\nreached = false\n'
    anna(cf, 'rhythm = "2 weeks"', log=log)
    cf.ok("log anna only a note --as note -n 2026-07-15")
    cf.ok("log anna spoke on friday --on fri")
    assert on(cf) == "2026-07-24"


def test_a_weekday_that_does_not_suit_gets_no_computed_contact(cf: Cf) -> None:
    anna(cf, 'rhythm = "1 week"\nnot_on = ["wed", "thu"]')
    assert "Wed 22 Jul -> Fri 24 Jul (not on Wednesdays)" in cf.ok("log anna fine").out
    anna(cf, 'not_on = ["thu"]')
    cf.ok("log anna -x")
    assert on(cf) == "2026-07-17"


# Lists --------------------------------------------------------------------------------------------------

MONTHLY = "".join(f'[[log]]\nat = 2026-0{month}-10\nkind = "call"\n\n' for month in (1, 2, 3, 4))


def test_drifting_is_who_is_silent_for_longer_than_is_usual_with_them(cf: Cf) -> None:
    anna(cf, log=MONTHLY)
    cf.write("bert", f'name = "Bert"\n[next]\non = 2026-08-01\n\n{MONTHLY.replace("2026-0", "2025-0")}')
    cf.write("carl", 'name = "Carl"\n[next]\non = 2026-08-01\n[[log]]\nat = 2026-01-01\nkind = "call"\n')
    cf.write("dora", f'name = "Dora"\n[next]\non = 2026-08-01\n\n{MONTHLY}[[log]]\nat = 2026-07-01\nkind = "call"\n')
    assert clients_of(cf, "--drifting") == ["anna", "bert"]
    assert "silent 96 d, usually 31 d" in cf.ok("list --drifting").out
    assert clients_of(cf, "--drifting --silent-since 200d") == ["bert"]


def test_a_contact_of_a_busy_day_is_one_contact_of_the_gap(cf: Cf) -> None:
    anna(cf, log=MONTHLY + '[[log]]\nat = 2026-04-10\nkind = "mail"\n')
    assert clients_of(cf, "--drifting") == ["anna"]


def test_dodged_is_who_was_put_off_three_times_after_the_day_had_come(cf: Cf) -> None:
    anna(cf)
    for day, to in (("15", "16"), ("16", "17"), ("17", "20")):
        cf.today = f"2026-07-{day}"
        assert clients_of(cf, "--dodged") == []
        cf.ok(f"snooze anna 2026-07-{to}")
    assert clients_of(cf, "--dodged") == ["anna"]
    cf.ok("log anna at last -n fri")
    assert clients_of(cf, "--dodged") == []


# Firmness -----------------------------------------------------------------------------------------------


def test_a_promise_that_has_passed_stands_first_and_is_called_broken(cf: Cf) -> None:
    anna(cf, on="2026-07-14", how="agreed")
    cf.write("bert", 'name = "Bert"\n[next]\non = 2026-05-01\n[[log]]\nat = 2026-04-01\nkind = "call"\n')
    page = cf.ok("today").out
    assert page.index("Anna") < page.index("Bert")
    assert page.count("broken promise") == 1


def test_a_promise_put_off_shows_for_when_it_was_until_the_next_contact(cf: Cf) -> None:
    anna(cf, how="agreed")
    cf.ok("snooze anna tomorrow --yes")
    for line in ("today", "show anna", "list fri"):
        cf.ok("file anna fri") if line.startswith("list") else None
        shown = cf.ok(line, today="2026-07-16T09:00:00").out
        assert "for Wed 15 Jul" in shown, (line, shown)
    cf.ok("log anna sorry -n mon")
    assert "Wed 15 Jul" not in cf.ok("show anna").out.split("\n\n")[0]
    assert entries(cf)[-1].get("promised") is None


def test_an_attempt_on_a_promised_day_remembers_the_promise(cf: Cf) -> None:
    anna(cf, how="agreed")
    cf.ok("log anna -x")
    assert str(entries(cf)[-1]["promised"]) == "2026-07-15"
    assert "promised for Wed 15 Jul" in cf.ok("today", today="2026-07-16").out
    cf.ok("log anna reached --keep", today="2026-07-16")
    assert "promised for" not in cf.ok("today", today="2026-07-16").out


def test_a_new_promise_takes_the_place_of_the_old(cf: Cf) -> None:
    anna(cf, how="agreed")
    cf.ok("file anna tomorrow! --yes")
    assert "promised for" not in cf.ok("today", today="2026-07-16").out


def test_a_contact_that_answers_a_promise_keeps_its_day(cf: Cf) -> None:
    anna(cf, on="2026-07-14", how="agreed")
    cf.ok("log anna done -n fri")
    assert str(entries(cf)[-1]["promised"]) == "2026-07-14"
    cf.ok("log anna rang in")
    assert "promised" not in entries(cf)[-1]


def test_the_late_ones_are_ranked_against_their_rhythm(cf: Cf) -> None:
    late = [("weekly", "1 week", "12"), ("yearly", "1 year", "05"), ("none", "", "10")]
    for name, rhythm, day in late:
        own = f'rhythm = "{rhythm}"\n' if rhythm else ""
        cf.write(name, f'name = "{name}"\n{own}[next]\non = 2026-07-{day}\n')
    assert [row["client"] for row in cf.ok("today --json").data["overdue"]] == ["weekly", "none", "yearly"]


# Attempts -----------------------------------------------------------------------------------------------


def test_the_ladder_of_attempts(cf: Cf) -> None:
    anna(cf)
    days = []
    for _ in range(3):
        cf.ok("log anna -x", today=on(cf))
        days.append(on(cf))
    assert days == ["2026-07-16", "2026-07-20", "2026-07-27"]
    answer = cf.ok("log anna -x --json", today=days[-1])
    assert [warning["code"] for warning in answer.json["warnings"]] == ["attempts"]
    assert "no answer  4x" in cf.ok("show anna", today=days[-1]).out


# Load ---------------------------------------------------------------------------------------------------


def test_inside_a_tolerance_the_lighter_day_is_inside_it_too(cf: Cf) -> None:
    settings(cf, "capacity = 2\n")
    anna(cf, 'rhythm = "2-3 weeks"')
    fill(cf, "2026-07-29", 2)
    answer = cf.ok("log anna fine -n 29 july")
    assert "lighter: Thu 30 Jul" in answer.out


def test_a_promised_day_is_never_asked_about(cf: Cf) -> None:
    settings(cf, "capacity = 2\n")
    anna(cf)
    fill(cf, "2026-07-17", 2)
    assert cf("log anna fine -n fri!", typed="", terminal=True).exit == 0
    assert on(cf) == "2026-07-17"


def test_hours_are_shown_and_who_cannot_be_called_now_is_not_next(cf: Cf) -> None:
    anna(cf, 'hours = "after 17:00"')
    cf.write("bert", 'name = "Bert"\n[next]\non = 2026-07-15\n[card]\nphone = "123"\n')
    cf.write("carl", 'name = "Carl"\n[next]\non = 2026-07-15\n')
    assert "after 17:00" in cf.ok("today").out
    assert "2 left, now: Bert" in cf.ok("snooze carl").out
    assert "2 left, now: Anna" in cf.ok("snooze carl 1w", today="2026-07-15T18:00:00").out
    assert "but after 17:00" in cf.ok("file anna fri 9:00").out


@pytest.mark.parametrize(("line", "key"), [('not_on = ["someday"]', "not_on"), ('hours = "now and then"', "hours")])
def test_what_cannot_be_read_of_it_is_shown_with_a_warning(cf: Cf, line: str, key: str) -> None:
    anna(cf, line)
    answer = cf.ok("show anna")
    assert key in answer.err
    assert line.split('"')[1] in answer.out


# Moves --------------------------------------------------------------------------------------------------


def test_a_move_made_before_the_day_has_come_is_none_of_these(cf: Cf) -> None:
    anna(cf, on="2026-07-17", log=DODGED)
    assert "put off" not in cf("snooze anna 1w", typed="", terminal=True).out


# What has changed while a question waited ------------------------------------------------------------------


class Meanwhile(io.StringIO):
    """A terminal at which something else happens before the answer comes."""

    def __init__(self, text: str, act: Callable[[], object]) -> None:
        super().__init__(text)
        self.act = act

    def isatty(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        self._once()
        return super().read(size)

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        self._once()
        return super().readline(-1 if size is None else size)

    def _once(self) -> None:
        act, self.act = self.act, lambda: None
        act()


@pytest.mark.parametrize("other", ["file anna 20! --yes", "rest anna bankrupt", "set anna rhythm=1 week"])
def test_an_answer_about_a_dossier_that_says_something_else_now_is_refused(
    cf: Cf, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna(cf, log=NEVER)
    monkeypatch.setattr(folders, "Typing", lambda text: Meanwhile(text, lambda: cf.ok(other)))
    answer = cf("log anna -x", typed="\r")
    assert answer.exit == 6, answer
    assert sum(entry.get("reached") is False for entry in entries(cf)) == 3


def test_the_rhythm_is_not_taken_where_it_has_gone_meanwhile(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    anna(cf, 'rhythm = "6 weeks"')
    monkeypatch.setattr(folders, "Typing", lambda text: Meanwhile(text, lambda: cf.ok("set anna rhythm=")))
    assert cf("log anna spoke", typed="\n").exit == 6


def test_the_room_of_a_day_is_asked_for_the_weight_of_the_contact(cf: Cf) -> None:
    settings(cf, "capacity = 4\nweights = { call = 3 }\n")
    anna(cf, 'rhythm = "1 week"')
    fill(cf, "2026-07-22", 1)
    assert "Wed 22 Jul -> Thu 23 Jul (full)" in cf.ok("log anna hello").out


# The end of the calendar ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["file anna 20", "log anna spoke", "rename anna Bert", "snooze anna", "undo"])
def test_a_date_at_the_end_of_the_calendar_stops_no_command(cf: Cf, line: str) -> None:
    settings(cf, "capacity = { mon = 0, fri = 0 }\n")
    for day in ("2026-07-15", "9999-12-31"):
        anna(cf, 'rhythm = "4-6 weeks"', on=day, log='[[log]]\nat = 9999-12-30\nkind = "call"\n')
        cf("set anna tags=vip")
        answer = cf(line)
        assert answer.exit in (0, 2), answer
        cf("undo")


def test_a_rhythm_that_leads_beyond_the_calendar_is_a_letter(cf: Cf) -> None:
    cf.ok("slip tax -n fri --every 1 month")
    path = cf.root / "slips" / "tax.toml"
    path.write_text(path.read_text().replace("2026-07-17", "9999-12-20"))
    answer = cf("log tax done")
    assert answer.exit == 2
    assert "beyond the calendar" in answer.err


# Told as it is --------------------------------------------------------------------------------------------


def test_weekdays_that_do_not_suit_may_stand_in_one_text(cf: Cf) -> None:
    anna(cf, 'not_on = "thu, fri"')
    cf.ok("log anna -x")
    assert on(cf) == "2026-07-20"


def test_the_desk_is_never_wider_than_its_paper(cf: Cf) -> None:
    anna(cf, 'hours = "9-10, 11-12, 13-14, 15-16, 17-18, 19-20, after 21:00"')
    cf.ok("set anna phone=+48 22 555 01 07 +48 22 555 01 07 extension 12345 and more")
    assert all(len(line) <= 80 for line in cf.ok("today").out.splitlines())


def test_a_file_of_one_line_end_is_empty(cf: Cf) -> None:
    cf.write("empty", "\n")
    assert "The file is empty" in cf("list").err


# What an act leaves ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "line", "kept"),
    [
        ("agreed", "log anna fine -n fri", "promised"),
        ("planned", "log anna fine -n fri", "planned"),
        ("rhythm", "log anna fine -n fri", "planned"),
        ("planned", "log anna -x", "planned"),
        ("planned", "log anna sold the shop --rest", "planned"),
        ("planned", "log anna moved away --as note -n fri", "planned"),
        ("agreed", "rest anna sold the shop --yes", "promised"),
        ("planned", "rest anna sold the shop", "planned"),
        ("agreed", "log anna fine --keep", None),
        ("planned", "log anna a thought --as note", None),
    ],
)
def test_an_entry_keeps_the_date_that_it_answers(cf: Cf, how: str, line: str, kept: str | None) -> None:
    anna(cf, on="2026-07-15", how=how)
    cf.ok(line)
    told = {key: str(value) for key, value in entries(cf)[-1].items() if key in ("promised", "planned")}
    assert told == ({kept: "2026-07-15"} if kept else {})


def test_a_day_without_a_time_lies_behind_what_was_logged_before_it(cf: Cf) -> None:
    anna(cf, on="2026-07-14", how="agreed")
    cf.ok("log anna -x", today="2026-07-14T09:00:00")
    cf.ok("log anna spoke after all --on yesterday -n 20")
    assert cf.row("anna")["last"]["text"] == "spoke after all"
    cf.ok("log anna -x", today="2026-07-20T09:00:00")
    assert on(cf) == "2026-07-21", "the first rung of the ladder"
    review = cf.ok("review 14 --json").data["who"]
    assert (len(review["kept"]), len(review["broken"])) == (1, 0)


def test_what_lies_at_another_day_stands_in_the_order_of_its_times(cf: Cf) -> None:
    for name, more in (
        ("anna", ""),
        ("bert", 'time = "14:00"\n'),
        ("carl", 'time = "09:00"\n'),
        ("dora", 'how = "agreed"\n'),
    ):
        cf.write(name, f'name = "{name.title()}"\n[next]\non = 2026-07-20\n{more}')
    for line in ("20", "mon", "16..21", ""):
        assert clients_of(cf, line)[-4:] == ["carl", "bert", "dora", "anna"], line
