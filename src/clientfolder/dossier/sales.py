"""What is sold to a client, as it stands in the dossier: payments, and deals with the days of their steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from clientfolder.dossier.amounts import Amount
from clientfolder.tuples import NamedTuple

STAGES = ("presentation", "offer", "contract", "payment", "work", "closing")
# What closes a deal, and so can be no stage of it.
WON, LOST = "won", "lost"
# The periods that a year can be told in, each with its months.
PERIODS = {"1 month": 1, "2 months": 2, "3 months": 3, "4 months": 4, "6 months": 6, "1 year": 12}
GROUPS = ("beginner", "one-off", "growing", "vip", "lapsed")
CLASSES = {*"ABC", *(f"{abc}{xyz}" for abc in "ABC" for xyz in "XYZ"), *GROUPS}

Values = Mapping[str, Any]
# The day on which each stage was reached, by its name.
Steps = Mapping[str, Any]


class Payment(NamedTuple):
    """Money that came in, or went back where it is negative, on a day. `deal` names the deal whose instalment it is.

    `amount` is None where it cannot be counted. Without a `currency` it is that of the settings.
    """

    on: date
    amount: Amount | None = None
    currency: str | None = None
    product: str | None = None
    deal: str | None = None
    more: Values = {}  # noqa: RUF012


class Deal(NamedTuple):
    """A sale under way or closed: what is sold, for how much, and on which day it reached each stage.

    Without a `product` it sells what it is named. `why` it was lost.
    """

    name: str
    product: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    steps: Steps = {}  # noqa: RUF012
    won: date | None = None
    lost: date | None = None
    why: str | None = None
    more: Values = {}  # noqa: RUF012

    @property
    def what(self) -> str:
        """What it sells."""
        return self.product or self.name

    def is_open_on(self, day: date) -> bool:
        """Whether it was neither won nor lost until the end of that day."""
        return not any(closed is not None and closed <= day for closed in (self.won, self.lost))

    def is_won_on(self, day: date) -> bool:
        """Whether it was won until the end of that day: of won and lost the later holds, on one day won."""
        if self.won is None or self.won > day:
            return False
        return self.lost is None or self.lost > day or self.lost <= self.won

    @property
    def newest_day(self) -> date | None:
        """The newest of its days, whatever they say."""
        days = [*(on for on in self.steps.values() if type(on) is date), self.won, self.lost]
        return max((on for on in days if on is not None), default=None)
