"""The pages of one client's money."""

from __future__ import annotations

import pytest

from clientfolder.dossier.amounts import Amount
from folders import FILED, Cf


@pytest.fixture
def anna(paying: Cf) -> Cf:
    return paying


def test_what_they_paid_is_listed_newest_first(anna: Cf) -> None:
    anna.ok("pay anna 2500 shop --on yesterday")
    anna.ok("pay anna 11200 PLN cards")
    lines = anna.ok("pay anna").out.splitlines()
    assert [line.split()[:6] for line in lines[1:]] == [
        ["Wed", "15", "Jul", "11", "200", "PLN"],
        ["Tue", "14", "Jul", "2", "500", "EUR"],
    ]
    data = anna.ok("pay anna --json").data
    assert [record["amount"] for record in data["records"]] == [11200, 2500]
    assert data["skipped"] == 0


def test_every_amount_that_a_page_prints_is_taken_back(anna: Cf) -> None:
    for number in (1, 999, 1000, 25005, 1234567):
        anna.write("anna", FILED)
        amount = Amount.of(number, 1)
        anna.ok(f"pay anna {amount} EUR")
        assert f" {amount} EUR" in anna.ok("pay anna").out
        assert anna.ok("pay anna --json").data["records"][0]["amount"] == float(amount.written)
