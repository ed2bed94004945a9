"""Amounts and names as they are typed."""

from __future__ import annotations

import pytest

from folders import FILED, Cf


@pytest.fixture
def anna(paying: Cf) -> Cf:
    return paying


def test_a_misspelt_product_is_warned_of(anna: Cf) -> None:
    anna.ok("pay anna 100 shop")
    answer = anna.ok("pay anna 100 shpo --json")
    assert [warned["code"] for warned in answer.json["warnings"]] == ["new_name"]


@pytest.mark.parametrize("typed", ["1.200", "0", "2500EUR", "2500 50", "2500 5x", "12.345,678"])
def test_an_amount_that_cannot_be_read_is_refused_and_nothing_is_written(anna: Cf, typed: str) -> None:
    answer = anna(f"pay anna {typed}")
    assert answer.exit == 2
    assert anna.text("anna") == FILED


def test_the_refusal_of_two_readings_has_both_lines(anna: Cf) -> None:
    error = anna("pay anna 1.200 shop").err
    assert "cf pay anna 1200 shop" in error
    assert "cf pay anna 1.20 shop" in error
