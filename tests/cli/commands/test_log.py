"""`cf log`: the two questions, the one line, and what becomes of the date."""

from __future__ import annotations

import subprocess
import tomllib
from typing import Any

import pytest

from folders import Cf

NEXT = {
    "none": "",
    "late": '[next]\non = 2026-07-09\ntime = "09:00"\nkind = "visit"\nabout = "the quote"\nwith = "marek"\nhow = "planned"\n',
    "late and agreed": '[next]\non = 2026-07-09\nkind = "visit"\nabout = "the quote"\nhow = "agreed"\n',
    "today": '[next]\non = 2026-07-15\nkind = "visit"\nabout = "the quote"\nhow = "planned"\n',
    "ahead": '[next]\non = 2026-07-24\ntime = "09:00"\nkind = "visit"\nabout = "the quote"\nhow = "agreed"\n',
    "this month": '[next]\non = "2026-07"\nkind = "visit"\nabout = "the quote"\nhow = "planned"\n',
    "a month ahead": '[next]\non = "2026-09"\nkind = "visit"\nabout = "the quote"\nhow = "planned"\n',
}
MAREK = '[people.marek]\nname = "Marek Kowalski"\n'


def anna(cf: Cf, where: str, *, rhythm: bool = False, resting: bool = False) -> None:
    head = 'name = "Anna Kowalska"\n' + 'rhythm = "6 weeks"\n' * rhythm + 'resting = "gone"\n' * resting
    cf.write("anna", f'{head}\n{MAREK}\n{NEXT[where]}\n[[log]]\nat = 2026-06-12\nkind = "call"\n')


def contact(cf: Cf) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(cf.text("anna")).get("next", {})
    return found


def entries(cf: Cf) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = tomllib.loads(cf.text("anna"))["log"]
    return log


# What becomes of the date ------------------------------------------------------------------------------

# (where it lies, rhythm, options, exit, date afterwards or None for none)
DATES = [
    *[(where, rhythm, "-n 31 july", 0, "2026-07-31") for where in NEXT for rhythm in (False, True)],
    *[(where, rhythm, "--rest", 0, None) for where in NEXT for rhythm in (False, True)],
    *[(where, rhythm, "", 0, "2026-07-24") for where in ("ahead",) for rhythm in (False, True)],
    *[(where, rhythm, "", 0, "2026-09") for where in ("a month ahead",) for rhythm in (False, True)],
    *[(where, True, "", 0, "2026-08-26") for where in ("none", "late", "late and agreed", "today", "this month")],
    *[(where, False, "", 2, "unchanged") for where in ("none", "late", "late and agreed", "today", "this month")],
    *[(where, rhythm, "-x", 0, "2026-07-16") for where in ("none", "late", "late and agreed", "today", "this month") for rhythm in (False, True)],
    ("ahead", False, "-x", 0, "2026-07-24"),
    ("late", True, "--keep", 0, "2026-07-09"),
    ("late", True, "--as note", 0, "2026-07-09"),
    ("this month", False, "--as note", 0, "2026-07"),
    ("none", True, "--keep", 2, "unchanged"),
    ("none", False, "--as note", 2, "unchanged"),
    ("none", True, "--as note", 0, "2026-07-24"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "rhythm", "options", "exit_code", "on"), DATES)
def test_what_becomes_of_the_date(
    cf: Cf, where: str, rhythm: bool, options: str, exit_code: int, on: str | None
) -> None:
    anna(cf, where, rhythm=rhythm)
    before = cf.text("anna")
    answer = cf(f"log anna something {options}")
    assert answer.exit == exit_code, answer
    if on == "unchanged":
        assert cf.text("anna") == before
        return
    assert (str(contact(cf)["on"]) if contact(cf) else None) == on
    assert len(entries(cf)) == 2
    assert entries(cf)[-1].get("text") == "something"


@pytest.mark.parametrize("options", ["", "-x", "--as note"])
def test_a_resting_one_rests_on_unless_a_date_is_named(cf: Cf, options: str) -> None:
    anna(cf, "none", resting=True)
    cf.ok(f"log anna something {options}")
    assert 'resting = "gone"' in cf.text("anna")
    cf.ok("log anna she is back -n fri")
    assert "resting" not in cf.text("anna")
    assert contact(cf)["on"].isoformat() == "2026-07-17"


def test_to_rest_the_text_is_the_reason(cf: Cf) -> None:
    anna(cf, "late")
    cf.ok("log anna sold the shop --rest")
    assert 'resting = "sold the shop"' in cf.text("anna")
    assert contact(cf) == {}


def test_contradictions_are_refused(cf: Cf) -> None:
    anna(cf, "late")
    before = cf.text("anna")
    for options in ("--keep --rest", "-n fri --keep", "-n fri --rest"):
        assert cf(f"log anna x {options}").exit == 2
    assert cf.text("anna") == before


# What an act leaves ------------------------------------------------------------------------------------


def left(cf: Cf, where: str, options: str, *, rhythm: bool = False) -> dict[str, Any]:
    anna(cf, where, rhythm=rhythm)
    cf.ok(f"log anna something {options}")
    return {key: str(value) for key, value in contact(cf).items()}


def test_a_new_date_starts_afresh(cf: Cf) -> None:
    assert left(cf, "late", "-n 31 july") == {"on": "2026-07-31", "kind": "call", "how": "planned"}
    assert left(cf, "late", "-n 31 july 9:30 --about the proofs --for visit --with marek") == {
        "on": "2026-07-31", "time": "09:30", "kind": "visit", "about": "the proofs", "with": "marek", "how": "agreed",
    }  # fmt: skip
    assert left(cf, "late", "-n 31 july!")["how"] == "agreed"
    assert left(cf, "late", "-n 31 july --agreed")["how"] == "agreed"


def test_an_attempt_keeps_what_it_was_for_and_loses_the_time(cf: Cf) -> None:
    assert left(cf, "late", "-x") == {
        "on": "2026-07-16", "kind": "visit", "about": "the quote", "with": "marek", "how": "planned",
    }  # fmt: skip
    assert entries(cf)[-1]["reached"] is False


def test_an_attempt_at_a_promised_date_says_so(cf: Cf) -> None:
    anna(cf, "late and agreed")
    assert "promised for Thu 9 Jul" in cf.ok("log anna -x").out


def test_what_stays_takes_the_options(cf: Cf) -> None:
    kept = {"on": "2026-07-24", "time": "09:00", "kind": "visit", "about": "the quote", "how": "agreed"}
    assert left(cf, "ahead", "") == kept
    assert left(cf, "ahead", "--about the proofs --for mail") == kept | {"about": "the proofs", "kind": "mail"}
    assert left(cf, "a month ahead", "--agreed")["how"] == "agreed"


def test_the_rhythm_says_that_it_was_the_rhythm(cf: Cf) -> None:
    assert left(cf, "late", "--about proofs", rhythm=True) == {
        "on": "2026-08-26", "kind": "call", "about": "proofs", "how": "rhythm",
    }  # fmt: skip


def test_the_rhythm_goes_round_days_off_and_weekends(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text("days_off = [2026-08-26, 2026-08-27, 2026-08-28]\n")
    assert left(cf, "late", "", rhythm=True)["on"] == "2026-08-31"


def test_a_day_that_was_named_never_slides(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text("days_off = [2026-07-31]\n")
    anna(cf, "late")
    answer = cf.ok("log anna x -n 31 july")
    assert "day off" in answer.out
    assert str(contact(cf)["on"]) == "2026-07-31"
    assert "a Sunday" in cf.ok("log anna x -n 2 august").out


# The entry ---------------------------------------------------------------------------------------------


def test_the_entry_says_when_what_and_with_which_words(cf: Cf) -> None:
    anna(cf, "ahead")
    cf.ok("log anna offers -20% or -3d --as mail")
    assert entries(cf)[-1]["text"] == "offers -20% or -3d"
    assert entries(cf)[-1]["kind"] == "mail"
    assert entries(cf)[-1]["at"].isoformat() == "2026-07-15T10:30:00"


@pytest.mark.parametrize(
    ("said", "at"),
    [("yesterday", "2026-07-14"), ("fri", "2026-07-10"), ("13", "2026-07-13"), ("3d ago", "2026-07-12"),
     ("2026-07-03", "2026-07-03"), ("fri 10:00", "2026-07-10T10:00:00")],
)  # fmt: skip
def test_a_day_looked_back_at(cf: Cf, said: str, at: str) -> None:
    anna(cf, "ahead")
    cf.ok(f"log anna something --on {said} --as visit")
    assert entries(cf)[-1]["at"].isoformat() == at


@pytest.mark.parametrize("said", ["tomorrow", "2026-07-16", "today 23:00", "next fri", ""])
def test_the_future_is_not_looked_back_at(cf: Cf, said: str) -> None:
    anna(cf, "ahead")
    assert cf(["log", "anna", "something", "--on", said]).exit == 2


def test_the_clock_writes_its_offset(cf: Cf) -> None:
    cf.today = None
    anna(cf, "ahead")
    cf.ok("log anna something")
    assert entries(cf)[-1]["at"].isoformat() == "2026-07-15T10:30:00+02:00"


def test_a_day_without_a_clock_is_a_plain_date(cf: Cf) -> None:
    anna(cf, "ahead")
    cf.ok("log anna something", today="2026-07-14")
    assert entries(cf)[-1]["at"].isoformat() == "2026-07-14"


def test_standard_input_is_a_text(cf: Cf) -> None:
    anna(cf, "ahead")
    cf.ok("log anna -", piped="line one\nline two\n")
    assert entries(cf)[-1]["text"] == "line one\nline two"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_writes_nothing(cf: Cf, text: str) -> None:
    anna(cf, "ahead")
    before = cf.text("anna")
    assert cf("log anna -", piped=text).exit == 2
    assert cf(["log", "anna", text, "-n", "fri"]).exit == 2
    assert cf("log anna", typed=f"{text}\n").exit == 2
    assert cf.text("anna") == before


# The two questions -------------------------------------------------------------------------------------


def test_two_questions_and_where_it_lies_now(cf: Cf) -> None:
    anna(cf, "late")
    answer = cf.ok("log anna", typed="Took B; 'quotes' & $dollars need no care.\nfri 10:00\n")
    assert entries(cf)[-1]["text"] == "Took B; 'quotes' & $dollars need no care."
    assert (str(contact(cf)["on"]), contact(cf)["time"]) == ("2026-07-17", "10:00")
    assert "the quote" in answer.out.split("What happened?")[0]
    assert "-> ! Fri 17 Jul 2026 10:00, in 2 days, 1 that day" in answer.out
    assert answer.err == "What happened? Next? "


def test_a_date_that_cannot_be_read_is_asked_again(cf: Cf) -> None:
    anna(cf, "late")
    answer = cf.ok("log anna", typed="Took B.\nsoonish\n\nfri\n")
    assert answer.err.count("Next?") == 3
    assert "soonish" in answer.out
    assert entries(cf)[-1]["text"] == "Took B."


def test_enter_takes_the_rhythm(cf: Cf) -> None:
    anna(cf, "late", rhythm=True)
    answer = cf.ok("log anna", typed="Took B.\n\n")
    assert "Next? [Wed 26 Aug, by the rhythm]" in answer.err
    assert contact(cf)["how"] == "rhythm"


def test_where_a_date_lies_ahead_only_one_question_is_asked(cf: Cf) -> None:
    anna(cf, "ahead")
    answer = cf.ok("log anna", typed="Rang in.\n")
    assert answer.err == "What happened? "
    assert "stays: ! Fri 24 Jul 2026 09:00" in answer.out


def test_the_end_of_the_input_at_a_question_writes_nothing_and_keeps_the_text(cf: Cf) -> None:
    anna(cf, "late")
    before = cf.text("anna")
    answer = cf("log anna", typed="Took B.\n")
    assert answer.exit == 2
    assert cf.text("anna") == before
    [kept] = (cf.root / ".cf" / "rescued").iterdir()
    assert kept.read_text() == "Took B.\n"
    assert str(kept) in answer.err


def test_without_a_date_the_line_is_given_back_to_paste(cf: Cf) -> None:
    anna(cf, "late")
    answer = cf(["log", "anna", "it's $5", "-n", ""])
    assert answer.exit == 2
    answer = cf(["log", "anna", "it's $5"])
    assert answer.exit == 2
    assert answer.err.strip().partition(" Again: ")[2] == """cf log anna 'it'"'"'s $5' -n fri"""


def test_the_desk_is_told_who_is_next(cf: Cf) -> None:
    anna(cf, "late")
    cf.write("ber", 'name = "Ber"\n[card]\nphone = "+1 555"\n[next]\non = 2026-07-15\ntime = "14:00"\nhow = "agreed"\n')
    assert cf.ok("log anna x -n fri").out.splitlines()[-1] == "1 left, now: ! 14:00 Ber, +1 555"
    assert cf.ok("log ber x -n fri").out.splitlines()[-1] == "The desk is clear."


@pytest.mark.parametrize("typed", ["x", "-x", " X "])
@pytest.mark.parametrize("line", ["log anna", "-i"])
def test_an_x_for_what_happened_is_an_attempt(cf: Cf, line: str, typed: str) -> None:
    anna(cf, "today")
    cf.ok(line, typed=f"l{typed}\nq" if line == "-i" else f"{typed}\n")
    assert (entries(cf)[-1]["reached"], entries(cf)[-1].get("text")) == (False, None)
    assert contact(cf)["on"].isoformat() == "2026-07-16"
    assert not list((cf.root / ".cf").glob("rescued/*"))


def test_an_x_on_the_line_is_a_text(cf: Cf) -> None:
    anna(cf, "today")
    cf.ok("log anna x -n fri")
    assert entries(cf)[-1]["text"] == "x"


@pytest.mark.parametrize(
    ("line", "again"),
    [("log anna -m 'the text' -n fri", "cf log anna 'the text' -n fri"), ("log anna said -n -k fri", "cf log anna said -n fri"),
     ("log anna said --about -m it -n fri", "cf log anna said --about it -n fri"), ("slip send it -q -n fri", "cf slip send it -n fri"),
     ("--json log anna said -V -n fri", "cf --json log anna said -n fri")],
)  # fmt: skip
def test_a_letter_with_a_dash_that_is_no_option_is_refused(cf: Cf, line: str, again: str) -> None:
    anna(cf, "today")
    before = cf.tree()
    answer = cf(line)
    assert answer.exit == 2
    told = answer.json["errors"][0]["message"] if "--json" in line else answer.err.rstrip("\n")
    assert told.partition(" Again: ")[2] == again
    assert cf.tree() == before


@pytest.mark.parametrize("text", ["-20%", "-3d", "-", "-1", "-€"])
def test_other_words_with_a_dash_are_text(cf: Cf, text: str) -> None:
    anna(cf, "today")
    cf.ok(f"log anna offered {text} today -n fri")
    assert entries(cf)[-1]["text"] == f"offered {text} today"
    cf.ok("log anna said -n fri -- -m is an option")
    assert entries(cf)[-1]["text"] == "said -m is an option"


@pytest.mark.parametrize(
    "verb",
    [
        "log anna, said -n fri",
        "snooze anna, 2w",
        "file anna, fri",
        "rest anna, sold",
        "move anna, -n fri",
        "show anna,",
    ],
)
def test_a_comma_behind_the_client_is_refused(cf: Cf, verb: str) -> None:
    anna(cf, "today")
    before = cf.tree()
    answer = cf(verb)
    assert answer.exit == 2
    assert answer.err.rstrip("\n").partition(" Again: ")[2] == f"cf {verb.replace(',', '')}"
    assert cf.tree() == before


@pytest.mark.parametrize("typed", ["yoga", "yoga-loft", "Yoga Loft", "lof", "YOGA"])
@pytest.mark.parametrize("verb", ["show {}", "log {} said -n fri", "snooze {} 2w", "file {} fri"])
def test_words_that_could_mean_a_dossier_that_cannot_be_read_bring_its_letter(cf: Cf, verb: str, typed: str) -> None:
    anna(cf, "today")
    cf.write("yoga-loft", "name = \n")
    answer = cf(verb.format(f"'{typed}'"))
    assert answer.exit == 5
    assert "clients/yoga-loft.toml, line 1" in answer.err
    assert cf(verb.format("nobody")).exit == 3
    assert cf(verb.format("anna")).exit in (0, 1)


@pytest.mark.parametrize(
    "line",
    ["file nobody fri --about 'the typed text'", "file anna soon --about 'the typed text'", "file anna fri --wow --about 'the typed text'",
     "log nobody 'the typed text' -n fri", "log anna 'the typed text' --wow", "log anna 'the typed text' -n fri --keep", "rest nobody 'the typed text'",
     "set nobody 'note=the typed text'", "slip 'the typed text' -n soon", "rename nobody 'the typed text'", "new 'the typed text' -n soon"],
)  # fmt: skip
def test_what_is_refused_gives_the_text_back(cf: Cf, line: str) -> None:
    anna(cf, "today")
    answer = cf(line)
    assert answer.exit in (2, 3)
    assert "the typed text" in answer.err.partition(" Again: cf ")[2], answer.err


@pytest.mark.parametrize(
    "words",
    [
        ["rest", "anna"],
        ["slip"],
        ["new"],
        ["set", "anna"],
        ["rename", "anna"],
        ["file", "anna", "fri", "--about"],
        ["log", "anna"],
    ],
    ids=" ".join,
)
def test_a_line_end_comes_back_as_it_was_typed(cf: Cf, words: list[str]) -> None:
    anna(cf, "today")
    text = "note=first line\nit's the second\t\\n"
    answer = cf([*words, text, "--wow"])
    assert answer.exit == 2
    again = answer.err.rstrip("\n").partition(" Again: cf ")[2]
    assert "\n" not in again
    pasted = subprocess.run(["bash", "-c", f"printf '%s\\0' {again}"], capture_output=True, check=True).stdout.decode()
    # What was typed, but for the option that there is not.
    assert pasted.rstrip("\0").split("\0") == [*words, text]


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
def test_about_ends_the_date_and_names_the_topic(novaks: Cf, line: str, on: str, how: str, about: str) -> None:
    novaks.ok(line)
    found = novaks.next("anna")
    assert found
    assert (found["on"], found["how"], found["about"]) == (on, how, about)


@pytest.mark.parametrize(
    "line",
    [
        "log anna hi -n about the quote", "log anna hi -n fri about", "log anna hi -n fri about x --about y",
        "file anna about x", "snooze anna fri about x", "move anna -n fri about x", "slip x -n fri about y", "when fri about x",
        "list fri about x", "file anna fri about x --about y",
    ],
)  # fmt: skip
def test_it_is_refused_where_it_has_no_place_and_nothing_is_written(novaks: Cf, line: str) -> None:
    before = novaks.tree()
    answer = novaks(line)
    assert answer.exit == 2, answer
    assert "Traceback" not in answer.err
    assert novaks.tree() == before


def test_the_line_that_would_work_keeps_the_topic(novaks: Cf) -> None:
    assert "tues 10:00 about x or tues 22:00 about x" in novaks("log anna hi -n tues 10 about x").err


# What came of a deal ------------------------------------------------------------------------------------

DEALING = """\
name = "Anna Kowalska"

[next]
on = 2026-07-15

[[deals]]
name = "catalogue"   # the big one
amount = 11200
currency = "PLN"
steps.presentation = 2026-06-17
"""


@pytest.fixture
def dealing(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nrates = { PLN = 0.23 }\n')
    cf.write("anna", DEALING)
    return cf


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("offer", "steps.offer = 2026-07-15\n"),
        ("catalogue off", "steps.offer = 2026-07-15\n"),
        ("won", "won = 2026-07-15\n"),
        ("lost too dear", 'lost = 2026-07-15\nwhy = "too dear"\n'),
    ],
)
def test_a_deal_goes_on_with_the_call_in_one_act_and_one_undo(dealing: Cf, step: str, line: str) -> None:
    answer = dealing.ok(f"log anna said so --deal {step} -n fri --json")
    assert DEALING.partition("[[deals]]")[2] + line in dealing.text("anna").replace(" 2026-07-17", " 2026-07-15")
    assert entries(dealing)[-1]["text"] == "said so"
    assert str(contact(dealing)["on"]) == "2026-07-17"
    assert answer.data["record"]["name"] == "catalogue"
    assert len(answer.data["changes"]) == 1
    dealing.ok("undo")
    assert dealing.text("anna") == DEALING


def test_a_new_deal_an_amount_and_a_day_go_the_same_way(dealing: Cf) -> None:
    answer = dealing.ok(["log", "anna", "shown", "--deal", "payment page", "offer", "900", "EUR", "-n", "fri"])
    assert "new deal payment page at offer, 900 EUR" in answer.out
    assert 'name = "payment page"\namount = 900\nsteps.offer = 2026-07-15\n' in dealing.text("anna")
    dealing.ok("log anna shown --on 13 july --deal catalogue contract 12 000 -n fri")
    assert "amount = 12000" in dealing.text("anna")
    assert "steps.contract = 2026-07-13" in dealing.text("anna")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("log anna said --deal offer letter -n fri", "cf log anna said --deal 'offer letter' -n fri"),
        ("log anna said --deal presentation -n fri", "at presentation already"),
        ("log anna said --deal -n fri", "--deal wants a value"),
        ("log anna -x --deal won", "Nobody was reached"),
        ("log anna said --deal shop 1.200 -n fri", "1200"),
    ],
)
def test_what_cannot_be_done_with_a_deal_is_refused_and_nothing_is_written(dealing: Cf, line: str, said: str) -> None:
    answer = dealing(line)
    assert (answer.exit, said in answer.err) == (2, True), answer.err
    assert dealing.text("anna") == DEALING


def test_a_deal_goes_back_with_a_call_only_with_a_yes(dealing: Cf) -> None:
    dealing.ok("deal anna offer")
    assert "--yes" in dealing("log anna no --deal presentation -n fri").err
    dealing.ok("log anna no --deal presentation -n fri --yes")
    assert "steps.offer" not in dealing.text("anna")


def test_the_deal_of_the_command_line_is_not_asked_about_again(dealing: Cf) -> None:
    answer = dealing("log anna --deal offer", typed="said so\nfri\n")
    assert answer.exit == 0
    assert "Also?" not in answer.err + answer.out
    assert "steps.offer" in dealing.text("anna")


def test_a_slip_has_no_deal(dealing: Cf) -> None:
    dealing.ok("slip VAT return -n fri")
    assert "is a slip" in dealing("log VAT return --deal won").err


@pytest.mark.parametrize("on", ["2026-07-15", "2026-07-17"])
def test_who_is_called_at_the_same_time_is_named_before_the_question(cf: Cf, on: str) -> None:
    for name in ("Anna", "Petra"):
        cf.write(name.lower(), f'name = "{name}"\n[next]\non = {on}\ntime = "10:00"\nhow = "agreed"\n')
    told = cf("log anna", typed="hello\nmon\n")
    assert "same time as Petra" in (told.out + told.err).partition("What happened?")[0]
    cf.ok("file anna 2026-07-20 --yes")
    told = cf("log petra", typed="hello\nmon\n")
    assert "same time as" not in told.out + told.err
