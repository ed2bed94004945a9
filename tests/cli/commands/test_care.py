"""A day lived with a complaint, a question and ratings: what is typed, what is written, and what is told."""

from __future__ import annotations

import pytest

from folders import CALLED, Cf


@pytest.fixture
def anna(called: Cf) -> Cf:
    return called


def entries(cf: Cf) -> list[dict[str, object]]:
    log: list[dict[str, object]] = cf.row("anna")["dossier"]["log"]
    return [{key: value for key, value in entry.items() if key != "at"} for entry in log[1:]]


# With the call ------------------------------------------------------------------------------------------


def test_a_question_alone_keeps_the_date_and_without_one_lies_at_the_next_working_day(anna: Cf) -> None:
    anna.ok("log anna --question is it encrypted?")
    assert entries(anna) == [{"kind": "question", "text": "is it encrypted?"}]
    assert anna.next("anna")["on"] == "2026-07-15"  # type: ignore[index]
    anna.write("bob", 'name = "Bob"\n')
    anna.ok("log bob --as question when do you come", today="2026-07-17T09:00")
    assert anna.next("bob")["on"] == "2026-07-20"  # type: ignore[index]
    anna.write("rests", 'name = "Rests"\nresting = "sailing"\n')
    anna.ok("log rests --question when")
    assert anna.next("rests") is None


def test_a_date_ahead_stays_and_one_far_ahead_is_asked_about_once(anna: Cf) -> None:
    anna.ok("file anna 20 july")
    answer = anna.ok("log anna --complaint broken", typed="")
    assert "stays" in answer.out
    anna.ok("file anna 27 july --yes")
    answer = anna.ok("log anna --complaint broken again", typed="y\n")
    assert "Sure? 12 days [y/N]" in answer.err
    assert anna.next("anna")["on"] == "2026-07-27"  # type: ignore[index]
    answer = anna.ok("log anna --complaint and again", typed="n\n\n")
    assert "Next? [Thu 16 Jul, for a complaint]" in answer.err
    assert anna.next("anna")["on"] == "2026-07-16"  # type: ignore[index]
    anna.ok("file anna 27 july --yes")
    anna.ok("log anna --complaint in a script")
    assert anna.next("anna")["on"] == "2026-07-27"  # type: ignore[index]


@pytest.mark.parametrize("line", ["log anna -x --complaint a", "log anna -x --rating 3", "log mockups --question why"])
def test_who_was_not_reached_asked_nothing_and_a_slip_never_does(anna: Cf, line: str) -> None:
    anna.ok("slip mockups -n fri")
    before = anna.tree()
    assert anna(line).exit == 2
    assert anna.tree() == before


# In the main road ---------------------------------------------------------------------------------------


# What came of it ----------------------------------------------------------------------------------------


def test_steps_of_a_complaint_are_lines_of_its_own_entry(anna: Cf) -> None:
    anna.ok("log anna --complaint two of twelve broke")
    before = anna.text("anna")
    anna.ok("care anna --cause thin board")
    answer = anna.ok("care anna --remedy two new bowls, free --on yesterday", today="2026-07-17T09:00")
    assert "to mend" in answer.out
    anna.ok("care anna --mended thick board is ordered", today="2026-07-17T09:00")
    steps = 'cause = "thin board"\nremedied = 2026-07-16\nremedy = "two new bowls, free"\nmended = "thick board is ordered"\n'
    assert anna.text("anna") == before.replace(
        'text = "two of twelve broke"\n', f'text = "two of twelve broke"\n{steps}'
    )
    for _ in range(3):
        anna.ok("undo")
    assert anna.text("anna") == before
    assert anna("care anna --on 1 july").exit == 2


def test_it_asks_for_what_is_missing_and_enter_skips(anna: Cf) -> None:
    anna.ok("log anna --complaint two broke")
    answer = anna.ok("care anna", typed="new ones\n\nthick board\n")
    assert "Put right for her? (remedied)" in answer.err
    assert "So that it does not come again? (mended)" in answer.err
    entry = entries(anna)[0]
    assert (entry["remedied"], entry["remedy"], entry["mended"]) == ("2026-07-15", "new ones", "thick board")
    answer = anna.ok("care anna", typed="\n")
    assert "remedied)" not in answer.err
    assert "cause" not in entries(anna)[0]


def test_an_entry_that_is_the_remedy_says_so_to_the_complaint(anna: Cf) -> None:
    anna.ok("log anna --complaint two broke")
    before = anna.tree()
    answer = anna.ok("log anna new ones are on their way --remedied")
    assert "put right: 15 Jul  two broke" in answer.out
    entry = entries(anna)[0]
    assert (entry["remedied"], entry["remedy"]) == ("2026-07-15", "new ones are on their way")
    anna.ok("undo")
    assert anna.tree() == before
    anna.ok("care anna --remedy x")
    answer = anna("log anna once more --remedied")
    assert answer.exit == 2
    assert "no complaint that is open" in answer.err


# The page -----------------------------------------------------------------------------------------------


# In the morning -----------------------------------------------------------------------------------------


def test_one_by_one_begins_with_who_complains_and_who_waits(anna: Cf) -> None:
    anna.write("bob", 'name = "Bob Waits"\n\n[[log]]\nat = 2026-07-14\nkind = "question"\ntext = "why?"\n')
    answer = anna.ok("today -i", typed="q")
    assert "Bob Waits" in answer.out
    assert "2 left" in answer.out


def test_nobody_moves_a_client_who_complains_unasked(anna: Cf) -> None:
    anna.ok("log anna --complaint two broke -n 16 july")
    before = anna.tree()
    for line in ("snooze anna 1w", "file anna 24 july", "move anna -n 24 july"):
        answer = anna(line)
        assert answer.exit == 2
        assert "complaint" in answer.err
    assert anna("move --from 16 -n 24 july").exit == 1
    anna.ok("spread 16..17 --cap 1 --yes")
    assert anna.tree() == before
    anna.ok("snooze anna 1w", typed="y\n")
    anna.ok("undo")
    anna.ok("log anna rang again -n 17 july")


def test_keys_write_a_complaint_and_a_rating(anna: Cf) -> None:
    anna.ok("today -i", typed="r5fri\nq")
    assert entries(anna)[0]["rating"] == 5
    anna.ok("undo")
    anna.ok("today -i", typed="cit broke\nfri\nq")
    assert [(one["kind"], one["text"]) for one in entries(anna)] == [("complaint", "it broke")]


def test_a_round_of_ratings_takes_two_keys_a_client(vera: Cf) -> None:
    unrated = [row["client"] for slot in vera.ok("list --is unrated --json").data["slots"] for row in slot["dossiers"]]
    late, *ahead = unrated
    assert len(ahead) > 5
    before = {client: vera.next(client) for client in ahead}
    # Whose day has passed is asked for the next one as well.
    vera.ok("list --is unrated -i", typed="r5fri\n" + "r5" * len(ahead))
    logs = {client: vera.row(client)["dossier"]["log"][-1] for client in unrated}
    assert {(entry["kind"], entry["rating"]) for entry in logs.values()} == {("call", 5)}
    assert {client: vera.next(client) for client in ahead} == before
    assert vera.next(late)["on"] == "2026-07-17"  # type: ignore[index]
    assert vera.ok("list --is unrated --json").data["slots"] == []


def test_who_is_not_content_is_not_left_at_a_day_far_ahead(anna: Cf) -> None:
    anna.ok("file anna 3 aug")
    anna.ok("today", today="2026-07-15")
    asked = anna.ok("list -i", typed="r2n\nq").err
    assert "Sure? 19 days" in asked
    anna.ok("undo")
    assert "Sure?" not in anna.ok("list -i", typed="r4q").err


def test_at_the_question_beside_the_call_a_rating_is_said_too(anna: Cf) -> None:
    anna.ok("deal anna shop offer")
    before = anna.tree()
    answer = anna.ok("log anna", typed="All well.\nrating 6\n?\nwon, rating 4\nfri\n")
    assert '"6" is no rating' in answer.out
    assert "rating 4: how content they are" in answer.out
    assert [(one["kind"], one["text"], one["rating"]) for one in entries(anna)] == [("call", "All well.", 4)]
    assert anna.row("anna")["dossier"]["deals"][0]["won"] == "2026-07-15"
    anna.ok("undo")
    assert anna.tree() == before
    # Whoever is not content is rung on the next working day, as with --rating.
    assert "Next? [Thu 16 Jul" in anna.ok("log anna", typed="Hm.\n--rating 2\n\n").err
    assert entries(anna)[0]["rating"] == 2
    anna.ok("undo")
    assert anna.tree() == before


# Asked by a form ----------------------------------------------------------------------------------------


def test_a_form_rates_the_call_by_the_lowest_of_its_answers(anna: Cf) -> None:
    before = anna.tree()
    answer = anna.ok("log anna --form satisfaction --answer result=5 paying=2 better=dearer than said")
    assert "rated 2." in answer.out
    assert "Thu 16 Jul 2026" in answer.out
    assert entries(anna)[-1] == {
        "kind": "call", "planned": "2026-07-15", "rating": 2, "form": "satisfaction",
        "answers": {"result": 5, "paying": 2, "better": "dearer than said"},
    }  # fmt: skip
    anna.ok("undo")
    assert anna.tree() == before
    anna.ok("log anna --form satisfaction --answer better=nothing at all -n fri")
    assert "rating" not in entries(anna)[-1]


@pytest.mark.parametrize(("typed", "rating"), [("1", 1), ("4", 3)])
def test_a_rating_beside_a_form_is_one_of_those_answered(anna: Cf, typed: str, rating: int) -> None:
    anna.ok(f"log anna --form satisfaction --rating {typed} --complaint too slow --answer result=5 speed=3")
    assert [entry.get("rating") for entry in entries(anna)] == [rating, None]


@pytest.mark.parametrize("wrong", ["0", "6", "3.5", "good", "true"])
def test_what_is_no_rating_answers_no_form(anna: Cf, wrong: str) -> None:
    before = anna.tree()
    answer = anna(f"log anna --form satisfaction --answer result={wrong}")
    assert (answer.exit, anna.tree()) == (2, before)
    assert f'"{wrong}" is no rating; 1 to 5' in answer.err


# Where one looks ----------------------------------------------------------------------------------------

HEARD = """\
name = "Bob"
rhythm = "1 month"

[next]
on = 2026-07-31

[[log]]
at = 2026-06-01T10:00:00+02:00
kind = "complaint"
text = "The bowl broke."
remedied = 2026-06-02

[[log]]
at = 2026-07-13T09:00:00+02:00
kind = "call"
text = "Slow again."
rating = 2

[[log]]
at = 2026-07-14T17:10:00+02:00
kind = "question"
text = "Is it encrypted?"
"""


@pytest.fixture
def bob(cf: Cf) -> Cf:
    cf.write("bob", HEARD)
    return cf


def test_show_tells_what_is_open_what_waits_and_how_content_they_were(bob: Cf) -> None:
    page = bob.ok("show bob").out
    assert " complaint  of Mon 13 Jul, open: 2 of 5: Slow again.\n" in page
    assert " complaint  of Mon 1 Jun, to mend: The bowl broke.\n" in page
    assert " question   of Tue 14 Jul: Is it encrypted?\n" in page
    assert " worth      rated 2 of 5 on 13 Jul\n" in page
    care = bob.ok("show bob --json").data["care"]
    assert [(one["at"], one["rating"], one["days"]) for one in care["complaints"]] == [("2026-07-13T09:00", 2, 2)]
    assert [one["remedied"] for one in care["to_mend"]] == ["2026-06-02"]
    assert [(one["at"], one["text"]) for one in care["waiting"]] == [("2026-07-14T17:10", "Is it encrypted?")]
    assert care["ratings"] == [{"on": "2026-07-13", "rating": 2}]
    assert "complaint  of Mon 13 Jul" not in bob.ok("show bob", today="2026-07-12").out


def test_show_of_a_client_who_said_nothing_has_no_line_of_it(cf: Cf) -> None:
    cf.write("anna", CALLED)
    page = cf.ok("show anna").out
    assert not any(word in page for word in ("complaint", "question", "worth", "rated"))
    assert cf.ok("show anna --json").data["care"] == {"complaints": [], "to_mend": [], "waiting": [], "ratings": []}


def test_a_review_counts_what_was_said_in_one_line(bob: Cf) -> None:
    week = bob.ok("review week").out
    assert " CARE             3  1 complaint, rated 2, 0 of 1 question answered in time\n" in week
    bob.ok("log bob yes it is -n fri", today="2026-07-15T09:00")
    assert "1 of 1 question answered in time" in bob.ok("review week").out
    data = bob.ok("review week --json").data
    assert data["ratings"] == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 0}
    assert data["complaints"]["came"] == 1
    assert data["answers"] == {"questions": 1, "in_time": 1}
    assert "CARE" not in bob.ok("review").out


def test_a_review_of_the_week_has_a_line_of_each_with_the_command(bob: Cf) -> None:
    bob.write("carl", HEARD.replace("Bob", "Carl").replace("2026-07-13", "2026-07-14"))
    lines = [line.split() for line in bob.ok("review week").out.splitlines()]
    assert ["COMPLAINTS", "2", "Bob", "2", "d,", "Carl", "1", "d", "cf", "care"] in lines
    assert ["TO", "MEND", "2", "Bob,", "Carl", "cf", "care"] in lines
    assert ["WAITING", "2", "Bob", "(Tue),", "Carl", "(Tue)", "cf", "care"] in lines


@pytest.mark.parametrize("kind", ["question", "note"])
def test_a_question_is_neither_a_contact_nor_an_attempt_nor_work_of_its_day(cf: Cf, kind: str) -> None:
    entry = f'[[log]]\nat = 2026-07-14T17:10:00+02:00\nkind = "{kind}"\ntext = "When?"\nreached = false\n'
    cf.write("dora", f'name = "Dora"\n\n[next]\non = 2026-07-14\nhow = "agreed"\n\n{entry}')
    found = cf.ok("review yesterday --json").data
    assert (found["contacts"], found["attempts"]) == (0, 0)
    assert (found["planned"], found["done"], found["tried"], found["unplanned"], found["left"]) == (1, 0, 0, 0, 1)
    assert (found["promises"]["kept"], found["promises"]["broken"]) == (0, 1)


def test_a_day_on_which_only_a_question_came_is_no_empty_day(cf: Cf) -> None:
    cf.write("dora", 'name = "Dora"\n\n[[log]]\nat = 2026-07-14T17:10:00\nkind = "question"\ntext = "When?"\n')
    page = cf.ok("review yesterday").out
    assert "Nothing was written down" not in page
    assert "0 of 1 question answered in time" in page


def test_a_complaint_that_is_put_right_but_not_mended_is_listed_by_itself(cf: Cf) -> None:
    cf.write("bob", HEARD.split("[[log]]\nat = 2026-07-13")[0])
    for _ in range(2):
        assert [one["client"] for one in cf.ok("care --json").data["to_mend"]] == ["bob"]
        assert " TO MEND          1  Bob" in cf.ok("review week").out


def test_the_table_of_a_period_counts_what_was_said_until_its_end(bob: Cf) -> None:
    bob.ok("log bob yes it is -n fri", today="2026-07-15T09:00")
    found = bob.ok("period 2026-07-01..2026-07-31 --json").data
    assert found["ratings"] == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 0}
    assert found["complaints"] == {"came": 1, "open": 1, "to_mend": 1}
    assert found["answers"] == {"questions": 1, "in_time": 1}
    page = bob.ok("period 2026-07-01..2026-07-31").out
    assert " CARE   1 complaint, rated 2, 1 of 1 question answered in time\n" in page
    assert "CARE" not in bob.ok("period 2026-01-01..2026-01-31").out
    assert found["stages"]["storm"] == 1
    june = bob.ok("period 2026-06-01..2026-06-30 --json").data
    assert (june["complaints"], june["stages"]["storm"]) == ({"came": 1, "open": 0, "to_mend": 1}, 0)


def test_a_complaint_that_is_done_with_is_shown_and_nothing_is_asked(bob: Cf) -> None:
    bob.write("eva", 'name = "Eva"\n')
    bob.ok("log eva it broke --as complaint -n fri", today="2026-07-01")
    bob.ok("care eva --cause thin --remedy a new one --mended thick now", today="2026-07-02")
    for typed in (None, "never read\n"):
        page = bob.ok("care eva", typed=typed).out
        assert "done with" in page
        assert "   remedied Thu 2 Jul: a new one\n   mended   thick now\n" in page
    assert bob("care eva --remedy another").exit == 2
    assert "   remedied Thu 2 Jul: a new one\n" in bob.ok("show eva").out


def test_a_plan_says_who_stays_for_a_complaint_and_who_for_a_promise(vera: Cf) -> None:
    page = vera.ok("spread today --cap 4 --dry-run").out
    assert " complaint    Bistro Zelený\n" in page
    assert " promised     Anna Kowalska, Hedwig Zwölfer, Novák Tisk\n" in page
    away = vera("away today..fri --dry-run")
    assert "   Tue 14 Jul         Bistro Zelený" in away.out
    assert "! Tue 14 Jul" not in away.out
