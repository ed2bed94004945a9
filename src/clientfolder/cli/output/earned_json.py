"""What scripts are told of the money of some days, and of whom money brings up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clientfolder.portfolio.money import plain
from clientfolder.review.earned import ClosedDeal, Earned
from clientfolder.review.weekly import BroughtUp, Wanting


def earned_json(earned: Earned) -> dict[str, Any]:
    """The sums by currency, an empty one where none is named, and the deals that were won and lost."""
    return {
        "paid": {code or "": plain(amount.digits, amount.places) for code, amount in earned.paid.items()},
        "won": [_closed(one) for one in earned.won],
        "lost": [{**_closed(one), "why": one.why} for one in earned.lost],
    }


def _closed(one: ClosedDeal) -> dict[str, Any]:
    return {"client": one.client, "name": one.name, "deal": one.deal}


def brought_up_json(of: Wanting) -> dict[str, Any]:
    """The short names of those whose deals are slow, whose second order is due, and who have not paid."""

    def clients(those: Sequence[BroughtUp]) -> list[str]:
        return [one.client for one in those]

    return {"slow": clients(of.slow), "second_due": clients(of.second_due), "unpaid": clients(of.unpaid)}
