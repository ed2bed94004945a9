"""How far the open deals of some clients have come, told from covers alone: rule R9 without any money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clientfolder.dossier.covers import Covers
from clientfolder.dossier.purchases import deals_of_cover, restored_deals
from clientfolder.dossier.sales import Deal
from clientfolder.dossier.types import Cover
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import Course, course, halves, is_slow
from clientfolder.portfolio.spans import PeriodSpan
from clientfolder.tuples import NamedTuple


class Selling(NamedTuple):
    """At which stage a client's furthest open deal stands; for how many days, where that is slow."""

    stage: str
    slow_days: int | None


def selling(
    shown: Iterable[Cover], covers: Covers, stages: Sequence[str], months: int, day: date
) -> Mapping[str, Selling]:
    """Of each client who is shown and has an open deal. What is slow is told by the deals of all `covers`."""
    furthest = {}
    for cover in shown:
        if open_ := [one for one in _courses(deals_of_cover(cover), stages, day) if one.is_open]:
            furthest[cover.client] = max(open_, key=lambda one: (one.stage, -(one.since or date.max).toordinal()))
    if not furthest:
        return {}
    everybodys = [one for kept in covers.kept_deals() for one in _courses(restored_deals(kept), stages, day)]
    half = halves(everybodys, PeriodSpan.until(day, months).days)
    return {
        client: Selling(stages[one.stage], (day - one.since).days if one.since and is_slow(one, half, day) else None)
        for client, one in furthest.items()
    }


# Whose deal it is, is not asked.
_NOBODY = Account("", "")


def _courses(deals: Iterable[Deal], stages: Sequence[str], day: date) -> list[Course]:
    found = (course(_NOBODY, deal, stages, day) for deal in deals)
    return [one for one in found if one is not None]
