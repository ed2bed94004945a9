"""What clients are worth, asked at the command line: `worth period funnel products`."""

from __future__ import annotations

import pytest

from folders import Cf

ANNA = """\
name = "Anna Kowalska"
tags = ["makers"]

[[payments]]
on = 2026-06-01
amount = 2500
product = "shop"
"""


@pytest.fixture
def anna(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nsegments = { makers = ["shop", "cards"] }\n')
    cf.write("anna", ANNA)
    cf.write("bob", 'name = "Bob"\n')
    return cf


def test_of_one_client_alone_scripts_get_no_other_row_and_the_same_figures(anna: Cf) -> None:
    anna.ok("pay bob 7500 cards")
    whole = anna.ok("worth --json").data
    one = anna.ok("worth anna --json").data
    assert [row["client"] for row in whole["clients"]] == ["bob", "anna"]
    assert one["clients"] == [whole["clients"][1]]
    assert one["turnover"] == whole["turnover"] == 10000
    assert one["clients"][0]["share"] == 25


def test_who_has_not_paid_is_told_the_line_that_writes_it(anna: Cf) -> None:
    assert anna.ok("worth bob").out == "Bob has not paid yet: cf pay bob AMOUNT PRODUCT\n"
    assert anna.ok("worth bob --json").data["clients"] == []


@pytest.mark.parametrize("line", ["worth", "period"])
def test_what_is_left_out_of_a_sum_is_exit_1_and_named_at_the_top(anna: Cf, line: str) -> None:
    assert anna(line).exit == 0
    anna.ok("pay anna 100 CHF --on 2026-06-20")
    answer = anna(line if line == "worth" else "period june")
    assert answer.exit == 1
    assert "LEFT OUT   1 amount in CHF" in "\n".join(answer.out.splitlines()[:3])


def test_a_dossier_that_cannot_be_read_is_told_beside_the_page(anna: Cf) -> None:
    anna.write("broken", "name = \n")
    for line in ("worth", "period", "funnel", "products"):
        answer = anna(line)
        assert (answer.exit, "broken" in answer.err) == (1, True), line


def test_a_segment_is_found_however_it_is_written_and_another_is_refused_with_those_there(anna: Cf) -> None:
    assert anna.ok("products MAKERS").out.startswith(" makers")
    answer = anna("products inns")
    assert answer.exit == 2
    assert "There is no segment inns. There are: makers" in answer.err


def test_a_period_that_cannot_be_read_is_refused(anna: Cf) -> None:
    assert anna("period soonish").exit == 2
    assert anna.ok("period june --json").data["total"]["turnover"] == 2500


def codes(cf: Cf, line: str) -> tuple[int, list[str]]:
    answer = cf(f"{line} --json")
    return answer.exit, [warned["code"] for warned in answer.json["warnings"]]


def test_scripts_are_told_what_is_left_out_and_what_too_few_tell(anna: Cf) -> None:
    assert codes(anna, "worth") == (0, ["too_little", "too_little"])
    assert codes(anna, "period") == codes(anna, "funnel") == codes(anna, "products") == (0, [])
    anna.ok("pay anna 100 CHF")
    anna.ok("deal anna cards offer 300 CHF")
    assert codes(anna, "worth") == (1, ["no_rate", "too_little", "too_little"])
    assert codes(anna, "worth anna") == (1, ["no_rate", "too_little", "too_little"])
    assert codes(anna, "period") == codes(anna, "funnel") == (1, ["no_rate"])
    # The page itself says so, and standard error not once more.
    assert anna("funnel").err == anna("worth").err == anna("period").err == ""


def test_scripts_are_told_which_period_would_fit(anna: Cf) -> None:
    for client in ("bob", "anna", "cyd"):
        anna.write(client, f'name = "{client}"\n' + "".join(
            f"\n[[payments]]\non = {day}\namount = 100\n" for day in ("2025-08-01", "2026-01-10", "2026-06-20")
        ))  # fmt: skip
    assert codes(anna, "period") == (0, ["period"])
    assert codes(anna, "worth")[1] == ["too_little", "too_little", "period"]


def test_a_folder_without_money_is_warned_of_nothing(cf: Cf) -> None:
    cf.write("bob", 'name = "Bob"\n')
    for line in ("worth", "period", "funnel", "products"):
        assert codes(cf, line) == (0, []), line


def test_on_the_page_of_one_client_what_is_left_out_is_named_at_the_top_as_on_that_of_all(anna: Cf) -> None:
    anna.ok("pay bob 100 CHF")
    for line in ("worth", "worth bob", "worth anna"):
        assert anna(line).out.splitlines()[1].startswith(" LEFT OUT   1 amount in CHF, without a rate"), line
    assert "Brought nothing that has a rate since" in anna("worth bob").out
    [row] = [line for line in anna("worth").out.splitlines() if "Bob" in line]
    assert "0 + ?" in row
    assert "today" in row


def test_who_was_given_all_back_is_not_told_to_have_paid_nothing(anna: Cf) -> None:
    anna.ok("pay bob 100 shop")
    anna.ok("pay bob -- -100 shop")
    assert anna.ok("worth bob").out.startswith("Bob has paid nothing that did not go back: cf pay bob")


def test_a_period_without_payments_says_how_one_is_written_and_who_sent_nobody_how_that_is(cf: Cf) -> None:
    cf.write("bob", 'name = "Bob"\n')
    told = " No payments are kept until then. The first, such as: cf pay anna 2500 shop"
    assert told in cf.ok("period").out.splitlines()
    cf.ok("pay bob 100 shop")
    out = cf.ok("period").out
    assert told not in out.splitlines()
    assert "   not said  1  100   cf set CLIENT sent_by=WHO" in out.splitlines()
