"""How the words of a deal are read, and which lines a step changes."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.dossier.changes import Drop, Put
from clientfolder.dossier.sales import STAGES, Deal
from clientfolder.portfolio.dealing import DealStep, DealWords, Unclear, free_name, read_words, stepped

DAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("catalogue", DealWords("catalogue")), ("catalogue 11 200 PLN", DealWords("catalogue", None, ("11", "200", "PLN"))),
        ("offer", DealWords(None, "offer")), ("OFFER 2500", DealWords(None, "offer", ("2500",))),
        ("payment page offer", DealWords(None, "payment", ())), ("new shop offer 5", DealWords("new shop", "offer", ("5",))),
        ("shop won", DealWords("shop", "won")), ("won 900 EUR", DealWords(None, "won", ("900", "EUR"))),
        ("shop lost too dear for 2 of them", DealWords("shop", "lost", (), "too dear for 2 of them")), ("lost", DealWords(None, "lost")),
        ("shop off", DealWords("shop", "offer")), ("con", DealWords(None, "contract")), ("of", DealWords("of")),
        ("off season", DealWords("off season")), ("500", DealWords(None, None, ("500",))), ("shop off 5", DealWords("shop off", None, ("5",))),
    ],
)  # fmt: skip
def test_the_words_of_a_deal(typed: str, wanted: DealWords) -> None:
    if typed == "payment page offer":
        with pytest.raises(Unclear):
            read_words(typed.split(), STAGES)
        return
    assert read_words(typed.split(), STAGES) == wanted


def test_what_was_quoted_is_a_name() -> None:
    assert read_words(["payment page", "900"], STAGES) == DealWords("payment page", None, ("900",))
    assert read_words(["offer letter"], STAGES) == DealWords("offer letter")


def test_a_deal_that_is_called_like_a_beginning_is_that_deal() -> None:
    assert read_words(["pay"], STAGES, ["Pay"]) == DealWords("pay")
    assert read_words(["pay"], STAGES) == DealWords(None, "payment")


def test_a_closed_ones_name_gets_a_number() -> None:
    assert free_name("Shop", [Deal("shop"), Deal("shop-2")]) == "Shop-3"
    assert free_name("cards", [Deal("shop")]) == "cards"


def test_back_takes_the_later_days_away_and_leaves_its_own() -> None:
    deal = Deal("shop", steps={"Offer": date(2026, 6, 1), "contract": date(2026, 6, 9), "work": date(2026, 7, 1)})
    after, edits = stepped(deal, 3, DealStep("offer", DAY), STAGES, has_day=False)
    assert edits == (Drop(("deals", 3, "steps", "contract")), Drop(("deals", 3, "steps", "work")))
    assert after.steps == {"Offer": date(2026, 6, 1)}
    _, edits = stepped(deal, 0, DealStep("offer", DAY), STAGES, has_day=True)
    assert edits[-1] == Put(("deals", 0, "steps", "Offer"), DAY)
