"""When a client paid, and how the deals went, as the index keeps it: without any amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from clientfolder.dossier.covers import Covers
from clientfolder.dossier.sales import Deal
from clientfolder.dossier.types import Cover
from clientfolder.tuples import NamedTuple


class Purchases(NamedTuple):
    """The first and the last payment until the end of a day, and for each product the day on which it was first won."""

    first_paid: date | None
    last_paid: date | None
    first_won: Mapping[str, date]


def of_cover(cover: Cover, day: date) -> Purchases:
    """The purchases until the end of that day."""
    paid = [on for text in cover.records.get("payments", {}).get("days", ()) if (on := date.fromisoformat(text)) <= day]
    first_won: dict[str, date] = {}
    for deal in cover.records.get("deals", ()):
        won, lost = (date.fromisoformat(deal[key]) if deal[key] else None for key in ("won", "lost"))
        if won is None or won > day or (lost is not None and won < lost <= day):
            continue
        product = deal["product"].casefold()
        first_won[product] = min(won, first_won.get(product, won))
    return Purchases(min(paid, default=None), max(paid, default=None), first_won)


def deals_of_cover(cover: Cover) -> list[Deal]:
    """The deals of a client without their amounts, which the index does not keep."""
    return restored_deals(cover.records.get("deals", ()))


def restored_deals(kept: Iterable[Mapping[str, Any]]) -> list[Deal]:
    """The deals of what the index keeps of them."""
    return [
        Deal(
            deal["name"],
            deal["product"],
            steps={stage: date.fromisoformat(on) for stage, on in deal["steps"].items()},
            won=date.fromisoformat(deal["won"]) if deal["won"] else None,
            lost=date.fromisoformat(deal["lost"]) if deal["lost"] else None,
            why=deal["why"],
        )
        for deal in kept
    ]


def known_products(segments: Mapping[str, Sequence[str]], covers: Covers) -> list[str]:
    """Every product that the segments name, that anybody paid for, or that a deal sells."""
    found = [product for meant in segments.values() for product in meant]
    for records in covers.kept_records():
        found += records.get("payments", {}).get("products", ())
        found += [deal["product"] for deal in records.get("deals", ())]
    return list(dict.fromkeys(found))
