"""Columns are known by their words in four languages, and a header by having a day and an amount."""

from __future__ import annotations

import pytest

from clientfolder.exchange.statements import shapes
from clientfolder.exchange.statements.shapes import bank_of, column_of, fits


@pytest.mark.parametrize(
    ("column", "meaning", "currency"),
    [
        ("Betrag (EUR)", "amount", "EUR"),
        ("Betrag (€)", "amount", "EUR"),
        ("Umsatz in EUR", "amount", "EUR"),
        ("#Kwota", "amount", None),
        ("Částka", "amount", None),
        ("Zahlungspflichtige*r", "payer", None),
        ("Date completed (UTC)", "on", None),
        ("Kwota transakcji (waluta rachunku)", "amount", None),
        ("Saldo", None, None),
    ],
)
def test_a_column(column: str, meaning: str | None, currency: str | None) -> None:
    found = column_of(column)
    assert (found.meaning, found.currency) == (meaning, currency)


def test_a_banks_column_may_mean_something_else_there() -> None:
    revolut = bank_of(["Type", "Product", "Started Date", "Completed Date", "Amount"])
    assert revolut
    assert (column_of("Product", revolut).meaning, column_of("Product").meaning) == (None, "product")


def test_no_word_means_two_things() -> None:
    words = [word for words in shapes._WORDS.values() for word in words.split("|")]
    assert len(words) == len({*words})
    assert all(shapes.plain(word) == word for word in words)


def test_a_header_has_a_day_and_an_amount() -> None:
    assert fits(["Date", "Amount"]) == 2
    assert fits(["Date", "Paid in", "Paid out", "Name"]) == 4
    assert fits(["Zeitraum:", "01.06.2026"]) == fits(["Date", "Name"]) == fits(["Amount"]) == fits([]) == 0
    assert fits(["Fecha", "Importe"], ["fecha", "importe"]) > fits(["Date", "Amount", "Name", "Note"])


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        (["Kontostand:", "12.345,67 EUR"], "EUR"),
        (["#Waluta", "PLN"], "PLN"),
        (["ING", "BIC", "IBAN"], None),
        (["EUR", "PLN"], None),
        (["EUR", "9,90 €"], "EUR"),
    ],
)
def test_the_currency_of_an_account_stands_above(cells: list[str], currency: str | None) -> None:
    assert shapes.currency_above(cells) == currency
