"""The whole folder as the pages of money see it: accounts, settings, and what each client bought until a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property

from clientfolder.portfolio.accounts import Account, first_segment, scale_of
from clientfolder.portfolio.money import Prices, Scale
from clientfolder.portfolio.orders import Bought, Counting, bought
from clientfolder.portfolio.spans import Days, PeriodSpan
from clientfolder.settings import Settings


class Portfolio:
    """The accounts of all clients, by name, and the settings by which they are told."""

    def __init__(self, accounts: Iterable[Account], settings: Settings) -> None:
        self.accounts: Sequence[Account] = sorted(accounts, key=lambda account: account.sorted_by)
        self.settings = settings
        self.prices = Prices(settings.currency, settings.rates)
        self._bought: dict[date, Mapping[str, Bought]] = {}

    @cached_property
    def scale(self) -> Scale:
        """The unit that holds every sum of the folder."""
        return scale_of(self.accounts, self.prices)

    @cached_property
    def segment_of(self) -> Mapping[str, str | None]:
        """The segment of each client, by short name."""
        # Ten thousand clients have a handful of different tags.
        told = cache(lambda tags: first_segment(tags, self.settings.segments))
        return {account.client: told(tuple(account.tags)) for account in self.accounts}

    def bought(self, day: date) -> Mapping[str, Bought]:
        """What each client bought until the end of that day, by short name."""
        if day not in self._bought:
            counting = Counting(self.scale)
            self._bought[day] = {account.client: bought(account, day, counting) for account in self.accounts}
        return self._bought[day]

    def span(self, day: date) -> PeriodSpan:
        """The periods up to that day."""
        return PeriodSpan.until(day, self.settings.months)

    def unpriced(self, day: date, days: Days) -> Mapping[str, int]:
        """How many payments of those days no rate tells, by currency."""
        first, last = days.first.toordinal(), days.last.toordinal()
        found = Counter(code for one in self.bought(day).values() for code in one.unpriced_in(first, last))
        return dict(sorted(found.items()))
