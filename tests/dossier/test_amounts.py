"""Amounts as people type them, as files hold them, and as pages print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dossier.amounts import (
    Amount,
    ExactFloat,
    NoAmount,
    amount_of,
    begins_amount,
    read_amount,
    words_of_amount,
)

AMOUNTS = st.builds(Amount.of, st.integers(-(10**12), 10**12).filter(bool), st.integers(0, 2))


@pytest.mark.parametrize(
    ("typed", "digits", "places"),
    [
        ("2500", 2500, 0), ("2 500", 2500, 0), ("11 200", 11200, 0), ("1 234 567,8", 12345678, 1), ("2.500,00", 2500, 0),
        ("2,500.50", 25005, 1), ("1'200", 1200, 0), ("1’200.5", 12005, 1), ("1.200.000", 1200000, 0), ("12.5", 125, 1),
        ("12,05", 1205, 2), ("-300", -300, 0), ("−300", -300, 0), ("+7", 7, 0), ("2\u00a0500", 2500, 0),
        ("2\u202f500,10", 25001, 1), ("0.5", 5, 1), ("007", 7, 0), ("- 300", -300, 0),
    ],
)  # fmt: skip
def test_an_amount_is_read(typed: str, digits: int, places: int) -> None:
    assert read_amount(typed) == Amount(digits, places)


@pytest.mark.parametrize("typed", ["1.200", "1,200", "-12.500", "999,999"])
def test_what_may_be_thousands_or_decimals_is_refused_with_both_readings(typed: str) -> None:
    with pytest.raises(NoAmount) as caught:
        read_amount(typed)
    first, second = map(read_amount, caught.value.readings)
    assert abs(first.digits) >= 1000
    assert abs(second.digits) < 1000 * 10**second.places


@pytest.mark.parametrize(
    "typed",
    ["", "-", "0", "0,00", "-0", "12.", ".5", "12..5", "1.2.3", "1200.000", "1.200.00", "1,200,00", "12 34", "1 2000", "1 200 00",
     "2500EUR", "1e3", "٣٠٠", "1_000", "2 500.123", "1.200 500", "1" * 16, "--3"],
)  # fmt: skip
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(NoAmount):
        read_amount(typed)


@given(AMOUNTS)
def test_what_a_page_prints_is_read_back_as_the_same_amount(amount: Amount) -> None:
    assert read_amount(str(amount)) == amount
    words = (*str(amount).split(" "), "shop")
    assert words_of_amount(words) == len(words) - 1
    assert begins_amount(words[0])


@given(st.builds(Amount.of, st.integers(-(10**14), 10**14).filter(bool), st.integers(0, 9)))
def test_what_is_written_into_a_file_is_read_back(amount: Amount) -> None:
    written = amount.written
    again = amount_of(ExactFloat(written.text) if isinstance(written, ExactFloat) else written)
    assert again == amount


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2.5e3", Amount(2500)), ("1_000.5", Amount(10005, 1)), ("0.1", Amount(1, 1)), ("1e-2", Amount(1, 2))],
)
def test_a_number_of_a_file_is_exact(text: str, wanted: Amount) -> None:
    assert amount_of(ExactFloat(text)) == wanted


def test_groups_of_three_behind_an_amount_belong_to_it_and_nothing_else_does() -> None:
    assert words_of_amount(("2", "500", "PLN")) == 2
    assert words_of_amount(("2", "500,50")) == 2
    assert words_of_amount(("2500", "100")) == 1
    assert words_of_amount(("2", "50")) == 1
    assert words_of_amount(("-11", "200", "000", "shop")) == 3
