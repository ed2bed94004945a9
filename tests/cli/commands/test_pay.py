"""Payments as a person types them: what is written, what is told, what is asked."""

from __future__ import annotations

import pytest

from folders import FILED, Cf

DEALS = """
[[deals]]
name = "catalogue"
amount = 11200
currency = "PLN"
steps.offer = 2026-06-26

[[deals]]
name = "shop"
amount = 4000
won = 2026-05-01
"""


@pytest.fixture
def anna(paying: Cf) -> Cf:
    return paying


def added(cf: Cf, before: str, client: str = "anna") -> str:
    text = cf.text(client)
    assert text.startswith(before)
    return text[len(before) :]


def test_a_payment_is_one_block_at_the_end_and_one_undo(anna: Cf) -> None:
    assert len("cf pay anna 2500 shop") <= 22
    told = anna.ok("pay anna 2500 shop").out
    assert "Paid: 2 500 EUR from Anna Kowalska for shop." in told
    assert "shop is a new product" in told
    assert added(anna, FILED) == '\n[[payments]]\non = 2026-07-15\namount = 2500\nproduct = "shop"\n'
    assert "shop" not in anna.ok("pay anna 10 shop").out.replace("for shop", "")
    anna.ok("undo")
    anna.ok("undo")
    assert anna.text("anna") == FILED


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("pay anna 2 500 PLN", 'amount = 2500\ncurrency = "PLN"\n'),
        ("pay anna 11 200,50 pln logo and cards", 'amount = 11200.50\ncurrency = "PLN"\nproduct = "logo and cards"\n'),
        ("pay Anna Kowalska 5 eur", "amount = 5\n"),
        ("pay anna 5 CHF", 'amount = 5\ncurrency = "CHF"\n'),
        ("pay anna 5 web", 'amount = 5\nproduct = "web"\n'),
        ("pay anna -300 shop", 'amount = -300\nproduct = "shop"\n'),
    ],
)
def test_what_is_typed_is_what_is_written(anna: Cf, line: str, block: str) -> None:
    anna.ok(line)
    assert added(anna, FILED) == f"\n[[payments]]\non = 2026-07-15\n{block}"


def test_it_ties_itself_to_a_deal_and_says_what_of_it_is_open(anna: Cf) -> None:
    anna.write("anna", FILED + DEALS)
    told = anna.ok("pay anna 2500 catalogue --on fri").out
    assert "Paid: 2 500 PLN" in told
    assert "deal catalogue: 8 700 of 11 200 PLN still to come" in told
    assert added(anna, FILED + DEALS) == (
        '\n[[payments]]\non = 2026-07-10\namount = 2500\ncurrency = "PLN"\nproduct = "catalogue"\ndeal = "catalogue"\n'
    )
    assert "deal shop: paid in full" in anna.ok("pay anna 4000 EUR --deal shop").out


def test_the_currency_of_last_time_is_told(anna: Cf) -> None:
    anna.ok("pay anna 100 PLN")
    assert "PLN as last time" in anna.ok("pay anna 200").out
    assert anna.text("anna").count('currency = "PLN"') == 2


def test_another_currency_than_the_deals_is_a_warning_or_a_question(anna: Cf) -> None:
    anna.write("anna", FILED + DEALS)
    answer = anna.ok("pay anna 100 EUR catalogue --json")
    assert [warned["code"] for warned in answer.json["warnings"]] == ["other_currency"]
    asked = anna("pay anna 100 EUR catalogue", typed="n\n")
    assert asked.exit == 2
    assert anna.text("anna").count("[[payments]]") == 1


def test_without_a_product_one_open_deal_is_asked_for(anna: Cf) -> None:
    anna.write("anna", FILED + DEALS)
    anna.ok("pay anna 100", typed="y\n")
    assert 'deal = "catalogue"' in added(anna, FILED + DEALS)
    anna.write("anna", FILED + DEALS)
    anna.ok("pay anna 100")
    assert "deal" not in added(anna, FILED + DEALS)


def test_scripts_get_the_record_and_a_dry_run_writes_nothing(anna: Cf) -> None:
    data = anna.ok("pay anna 2500.50 shop --json --dry-run").data
    assert data["record"] == {
        "client": "anna", "on": "2026-07-15", "amount": 2500.5, "currency": "EUR", "product": "shop", "deal": None,
    }  # fmt: skip
    assert [change["client"] for change in data["changes"]] == ["anna"]
    assert anna.text("anna") == FILED


def test_a_slip_pays_nothing(anna: Cf) -> None:
    anna.ok("slip mockups --client anna -n fri")
    assert anna("pay mockups 100").exit == 3


def test_an_inline_list_is_refused_with_its_line(anna: Cf) -> None:
    anna.write(
        "anna", f"{FILED.replace(chr(10), f'{chr(10)}payments = [{{ on = 2026-01-01, amount = 5 }}]{chr(10)}', 1)}"
    )
    answer = anna("pay anna 100")
    assert answer.exit == 2
    assert "line 2" in answer.err


def test_a_name_may_have_several_words_and_digits_in_them(anna: Cf) -> None:
    anna.write("studio-54", 'name = "Studio 54"\n')
    anna.write("studio", 'name = "Studio"\n')
    assert "Paid: 2 500 EUR from Studio 54 for shop" in anna.ok("pay Studio 54 2 500 shop").out
    assert "Paid: 54 EUR from Studio for shop" in anna.ok("pay Studio 54 shop").out
    assert "Paid: 7 EUR from Anna Kowalska" in anna.ok("pay Anna Kow 7").out
