"""Sums in one currency, exact until they are shown."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dossier.amounts import Amount
from clientfolder.portfolio.money import Prices, divided, percent, plain

AMOUNTS = st.builds(Amount.of, st.integers(-(10**9), 10**9).filter(bool), st.integers(0, 6))
RATES = st.dictionaries(st.sampled_from(["PLN", "CZK"]), st.builds(Amount.of, st.integers(1, 10**6), st.integers(0, 6)))


def worth(amount: Amount) -> Fraction:
    return Fraction(amount.digits, 10**amount.places)


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from([None, "eur", "PLN", "CZK", "CHF"]))), RATES)
def test_a_sum_is_what_fractions_have(paid: list[tuple[Amount, str | None]], rates: dict[str, Amount]) -> None:
    prices = Prices("EUR", rates)
    scale = prices.scale(amount.places for amount, _ in paid)
    for amount, currency in paid:
        rate = 1 if currency in (None, "eur") else worth(rates[currency]) if currency in rates else None
        units = scale.units(amount, currency)
        assert units is None if rate is None else Fraction(units or 0, 10**scale.places) == worth(amount) * rate


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4))
def test_what_is_shown_is_rounded_half_away_from_zero(number: int, by: int) -> None:
    exact = Fraction(number, by)
    nearest = divided(number, by)
    assert abs(nearest - exact) <= Fraction(1, 2)
    assert abs(nearest - exact) < Fraction(1, 2) or abs(nearest) > abs(exact)


def test_shares_have_one_decimal() -> None:
    assert percent(1, 3) == 33.3
    assert percent(1, 2000) == 0.1
    assert percent(2, 2) == 100
    assert percent(1, 0) is None
    assert plain(-1234, 2) == -12.34


def test_without_a_currency_in_the_settings_only_what_names_none_is_counted() -> None:
    assert Prices().rate(None) == Amount(1)
    assert Prices().rate("PLN") is None
