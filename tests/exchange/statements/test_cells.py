"""Amounts, days and names as banks write them in cells; what may be two amounts is read by its column, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dossier.amounts import Amount
from clientfolder.exchange.statements import cells
from clientfolder.exchange.statements.cells import NoSum, decimal_sign_of, read_sum


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("2500", "2 500", None),
        ("2500,00", "2 500", None),
        ("-1.234,56", "-1 234.56", None),
        ("-1,234.56", "-1 234.56", None),
        ("1.234.567", "1 234 567", None),
        ("+49.9", "49.90", None),
        ("2 500,00 PLN", "2 500", "PLN"),
        ("2\u00a0500,00\u00a0zł", "2 500", "PLN"),
        ("1\u202f200,00 Kč", "1 200", "CZK"),
        ("€2,500.00", "2 500", "EUR"),
        ("-£49.90", "-49.90", "GBP"),
        ("CHF 1'250.00", "1 250", "CHF"),
        ("1\u2019250.00", "1 250", None),
        ("49,90-", "-49.90", None),
        ("\u2212 49,90", "-49.90", None),
        ("(49.90)", "-49.90", None),
        ("2.500,00 H", "2 500", None),
        ("49,90 S", "-49.90", None),
        ("EUR 49,90 DR", "-49.90", "EUR"),
        ("2500.0000", "2 500", None),
        ("0.125", "0.125", None),
        ("0,00", None, None),
    ],
)
def test_an_amount(cell: str, amount: str | None, currency: str | None) -> None:
    found = read_sum(cell)
    assert (found.amount and str(found.amount), found.currency) == (amount, currency)


@pytest.mark.parametrize(
    "cell", ["", "abc", "1.200", "1,200", "12 34", "1.23.456", "3 x 500", "500 pieces", "1 2 3", "9" * 16, "1,2,3"]
)
def test_what_is_no_amount_or_may_be_two_is_refused(cell: str) -> None:
    with pytest.raises(NoSum):
        read_sum(cell)


def test_another_cell_of_the_column_tells_the_decimal_sign() -> None:
    assert decimal_sign_of(["2.500", "-49,9"]) == ","
    assert read_sum("2.500", ",") == (Amount(2500), None)
    assert decimal_sign_of(["2.500", "1.250.000"]) == ","
    assert decimal_sign_of(["2,500", "49.90"]) == "."
    assert read_sum("2,500", ".") == (Amount(2500), None)
    # One that shows nothing, and two that speak against each other.
    assert decimal_sign_of(["2.500", "100"]) is None
    assert decimal_sign_of(["49.90", "49,90"]) is None


@given(
    st.integers(1, 10**9), st.sampled_from(["{:,.2f}", "{:,.2f} EUR", "-{:,.2f}"]), st.sampled_from([",.", ".,", " ,"])
)
def test_however_a_bank_writes_it_it_is_the_same_amount(cents: int, form: str, signs: str) -> None:
    text = form.format(cents / 100).translate(str.maketrans({",": signs[0], ".": signs[1]}))
    amount = read_sum(text).amount
    assert amount == Amount.of(-cents if form.startswith("-") else cents, 2)


def test_days_have_a_century() -> None:
    assert [cells.with_century(day) for day in ("30.06.26", "30/6/26", "30-06-26 10:00", "30.06.2026", "2026-06-30")] == [
        "30.06.2026", "30/6/2026", "30-06-2026 10:00", "30.06.2026", "2026-06-30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Payment from Anna Kowalska", "Anna Kowalska"),
        ("Money added from KOWALSKA A", "KOWALSKA A"),
        ("Received money from Novák Tisk with reference 2026-07", "Novák Tisk"),
        ("KOWALSKA A               PRZELEW ZEWNĘTRZNY PRZYCHODZĄCY     FAKTURA 7", "KOWALSKA A"),
        ("Auftraggeber: Anna Kowalska Buchungstext: Rechnung 7 Ref. H1", "Anna Kowalska"),
        ("Anna Kowalska", "Anna Kowalska"),
    ],
)
def test_who_paid_is_named_in_a_text(text: str, first: str) -> None:
    assert next(cells.names_in(text)) == first


def test_what_is_not_booked() -> None:
    assert not any(map(cells.is_booked, ("PENDING", "Umsatz vorgemerkt", "REVERTED", "Cancelled", "FAILED")))
    assert all(map(cells.is_booked, ("COMPLETED", "Umsatz gebucht", "Gebucht", "", "SETTLED")))
