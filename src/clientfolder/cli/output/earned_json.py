"""What scripts are told of the money of some days, and of whom money brings up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clientfolder.portfolio.money import plain
from clientfolder.review.earned import ClosedDeal
from clientfolder.review.review import LookBack
from clientfolder.review.weekly import NOTHING_WANTED, BroughtUp


def money_json(look: LookBack) -> dict[str, Any]:
    """The sums by currency, an empty one where none is named; the deals that were won and lost.

    Of a week also the short names of those whose deals are slow, whose second order is due, and who have not paid.
    """
    earned, wanting = look.earned, look.weekly.wanting if look.weekly else NOTHING_WANTED
    return {
        "paid": {code or "": plain(amount.digits, amount.places) for code, amount in earned.paid.items()},
        "won": [_closed(one) for one in earned.won],
        "lost": [{**_closed(one), "why": one.why} for one in earned.lost],
        "slow": _clients(wanting.slow),
        "second_due": _clients(wanting.second_due),
        "unpaid": _clients(wanting.unpaid),
    }


def _closed(one: ClosedDeal) -> dict[str, Any]:
    return {"client": one.client, "name": one.name, "deal": one.deal}


def _clients(those: Sequence[BroughtUp]) -> list[str]:
    return [one.client for one in those]
