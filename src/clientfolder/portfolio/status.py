"""How a client stands to me: the status of money (rule R5) and the stage of the relationship (rule R11)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum


class Status(Enum):
    """Whether a client paid now and before."""

    POTENTIAL = "potential"
    NEW = "new"
    PERMANENT = "permanent"
    LOST = "lost"
    RESTORED = "restored"


class Relationship(Enum):
    """How far the relationship has come."""

    COURTING = "courting"
    SALE = "sale"
    HONEYMOON = "honeymoon"
    STORM = "storm"
    SETTLED = "settled"
    FADING = "fading"


def status(paid: Sequence[int], start: int, earlier: int) -> Status:
    """The status by the days of payments for orders that stand; days are ordinals, those of payments ascending.

    `start`: the first day of the period that is now, after which none lies; `earlier`: that of the one before.
    """
    if not paid:
        return Status.POTENTIAL
    if paid[-1] < start:
        return Status.LOST
    if bisect_left(paid, earlier) < bisect_left(paid, start):
        return Status.PERMANENT
    return Status.RESTORED if paid[0] < earlier else Status.NEW


def relationship(found: Status, orders: int, *, is_selling: bool, complains: bool = False) -> Relationship:
    """The stage that fits first. `is_selling`: a deal is open past the first stage; `complains`: a complaint is."""
    if complains:
        return Relationship.STORM
    if found is Status.LOST:
        return Relationship.FADING
    if orders:
        return Relationship.SETTLED if orders > 1 else Relationship.HONEYMOON
    return Relationship.SALE if is_selling else Relationship.COURTING
