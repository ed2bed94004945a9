"""The money of a review as scripts get it: every key, also where there is none, and amounts to the last digit."""

from __future__ import annotations

from folders import Cf


def test_every_key_is_there_and_no_amount_is_rounded(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n')
    nothing = {"paid": {}, "won": [], "lost": [], "slow": [], "second_due": [], "unpaid": []}
    for period in ("", "week", "month"):
        assert cf.ok(f"review {period} --json").data["money"] == nothing
    payments = "".join(f"\n[[payments]]\non = 2026-07-15\namount = {amount}\n" for amount in ("0.1", "0.2", "1000"))
    deal = '\n[[deals]]\nname = "shop"\nlost = 2026-07-15\n'
    cf.write("anna", f'name = "Anna"\n{payments}{deal}')
    told = cf.ok("review --json").data["money"]
    assert told["paid"] == {"": 1000.3}
    assert told["lost"] == [{"client": "anna", "name": "Anna", "deal": "shop", "why": None}]
