"""Deals by stage: how many went on, how many were refused and why, and what is open now (rule R9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from clientfolder.dossier.sales import Deal
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.classes import median
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.money import Scale
from clientfolder.portfolio.spans import Days
from clientfolder.tuples import NamedTuple

LEAST_FOR_A_RATE, LEAST_FOR_A_HALF = 5, 3


class Course(NamedTuple):
    """How a deal went until a day: the days of its known stages by their number, and how it ended.

    `since` is None where no stage has a day, and `start` where nothing has.
    """

    account: Account
    deal: Deal
    days: dict[int, date]
    won: date | None
    lost: date | None

    @property
    def stage(self) -> int:
        """The number of the furthest stage with a day; of the first if none has."""
        return max(self.days, default=0)

    @property
    def since(self) -> date | None:
        return self.days.get(self.stage)

    @property
    def start(self) -> date | None:
        return min([*self.days.values(), *(day for day in (self.won, self.lost) if day)], default=None)

    @property
    def is_open(self) -> bool:
        return self.won is None and self.lost is None

    def has_begun_in(self, days: Days) -> bool:
        return self.start is not None and self.start in days

    def has_reached(self, stage: int) -> bool:
        return self.won is not None or self.stage >= stage

    def stays(self) -> Iterable[tuple[int, int]]:
        """The stages that it has left, each with its days there."""
        stages = sorted(self.days)
        ends = [*(self.days[stage] for stage in stages[1:]), self.won or self.lost]
        # One that was closed without any step has stayed nowhere.
        for stage, end in zip(stages, ends, strict=False):
            if end is not None:
                yield stage, max(0, (end - self.days[stage]).days)


def course(account: Account, deal: Deal, stages: Sequence[str], day: date) -> Course | None:
    """How a deal went until the end of that day; None where all that is dated of it lies ahead."""
    numbers = {stage.casefold(): number for number, stage in enumerate(stages)}
    dated = [on for on in (*deal.steps.values(), deal.won, deal.lost) if type(on) is date]
    if dated and min(dated) > day:
        return None
    days = {
        numbers[stage.casefold()]: on
        for stage, on in deal.steps.items()
        if type(on) is date and on <= day and stage.casefold() in numbers
    }
    is_won = deal.is_won_on(day)
    is_lost = not is_won and not deal.is_open_on(day)
    return Course(account, deal, days, deal.won if is_won else None, deal.lost if is_lost else None)


def courses(portfolio: Portfolio, day: date) -> list[Course]:
    """All deals as they went until that day, by client."""
    stages = portfolio.settings.stages
    found = (course(account, deal, stages, day) for account in portfolio.accounts for deal in account.deals)
    return [one for one in found if one is not None]


class Reason(NamedTuple):
    """Why deals were lost, and how many for this."""

    why: str | None
    times: int


class StageFigures(NamedTuple):
    """One stage: what is open there now, and how the deals of the span went on from it."""

    stage: str
    open: int
    open_amount: int
    unpriced: int
    reached: int
    passed: int
    lost: int
    still: int
    median_days: int | None
    reasons: Sequence[Reason]

    @property
    def has_rate(self) -> bool:
        return self.passed + self.lost >= LEAST_FOR_A_RATE


class OpenDeal(NamedTuple):
    """A deal that is open: where it stands, since when, and whether that is long. `amount` in units, if it is known."""

    account: Account
    deal: Deal
    stage: int
    amount: int | None
    since: date | None
    days: int | None
    slow: bool


class Closed(NamedTuple):
    """Deals of the span that were won, or lost, and their amounts together."""

    deals: int
    amount: int


class Funnel(NamedTuple):
    """The page of deals; `no_rate`: currencies of deals that no rate tells, each with how many."""

    day: date
    days: Days
    scale: Scale
    currency: str | None
    names: Sequence[str]
    deals: int
    stages: Sequence[StageFigures]
    won: Closed
    lost: Closed
    open: Sequence[OpenDeal]
    no_rate: dict[str, int]

    @property
    def has_rate(self) -> bool:
        return self.won.deals + self.lost.deals >= LEAST_FOR_A_RATE


def halves(found: Iterable[Course], days: Days) -> dict[int, int]:
    """By stage within how many days half of the deals that began in those days have left it, where enough tell it."""
    stays: dict[int, list[int]] = {}
    for one in found:
        if one.has_begun_in(days):
            for stage, length in one.stays():
                stays.setdefault(stage, []).append(length)
    return {stage: median(lengths) for stage, lengths in stays.items() if len(lengths) >= LEAST_FOR_A_HALF}


def funnel(portfolio: Portfolio, day: date) -> Funnel:
    """The deals of the span by stage, and all open ones."""
    found, days = courses(portfolio, day), portfolio.span(day).days
    began = [one for one in found if one.has_begun_in(days)]
    half, scale, names = halves(found, days), portfolio.scale, portfolio.settings.stages
    open_ = [_open(one, scale, half, day) for one in found if one.is_open]
    no_rate: dict[str, int] = {}
    for one in found:
        if not (one.is_open or one.has_begun_in(days)):
            continue
        if one.deal.amount and scale.weight(one.deal.currency) is None:
            code = portfolio.prices.code(one.deal.currency) or "?"
            no_rate[code] = no_rate.get(code, 0) + 1
    return Funnel(
        day=day,
        days=days,
        scale=scale,
        currency=portfolio.prices.currency,
        names=names,
        deals=len(began),
        stages=[_figures(number, names, began, open_, half) for number in range(len(names))],
        won=_closed([one for one in began if one.won], scale),
        lost=_closed([one for one in began if one.lost], scale),
        open=sorted(open_, key=_rank),
        no_rate=no_rate,
    )


def is_slow(one: Course, half: dict[int, int], day: date) -> bool:
    """Whether it stands at its stage for more than twice the days in which half have left it."""
    return one.since is not None and one.stage in half and (day - one.since).days > 2 * half[one.stage]


def _open(one: Course, scale: Scale, half: dict[int, int], day: date) -> OpenDeal:
    length = None if one.since is None else (day - one.since).days
    amount = scale.units(one.deal.amount, one.deal.currency)
    return OpenDeal(one.account, one.deal, one.stage, amount, one.since, length, is_slow(one, half, day))


def _rank(one: OpenDeal) -> tuple[Any, ...]:
    """The furthest stage first, then who stands there longest, then by name."""
    return -one.stage, one.days is None, -(one.days or 0), one.account.sorted_by, one.deal.name.casefold()


def _closed(those: Sequence[Course], scale: Scale) -> Closed:
    return Closed(len(those), sum(scale.units(one.deal.amount, one.deal.currency) or 0 for one in those))


def _figures(
    number: int, names: Sequence[str], began: Sequence[Course], open_: Sequence[OpenDeal], half: dict[int, int]
) -> StageFigures:
    here = [one for one in open_ if one.stage == number]
    reached = [one for one in began if one.has_reached(number)]
    is_last = number == len(names) - 1
    passed = [one for one in reached if one.won or (not is_last and one.has_reached(number + 1))]
    lost = [one for one in reached if one.lost and one.stage == number]
    return StageFigures(
        stage=names[number],
        open=len(here),
        open_amount=sum(one.amount for one in here if one.amount is not None),
        unpriced=sum(one.amount is None for one in here),
        reached=len(reached),
        passed=len(passed),
        lost=len(lost),
        still=len(reached) - len(passed) - len(lost),
        median_days=half.get(number),
        reasons=_reasons(lost),
    )


def _reasons(lost: Iterable[Course]) -> list[Reason]:
    """Why they were lost, the commonest first; equal words are one, as the newest spells them."""
    spelt: dict[str | None, list[tuple[date, str]]] = {}
    for one in lost:
        words = " ".join((one.deal.why or "").split())
        assert one.lost
        spelt.setdefault(words.casefold() or None, []).append((one.lost, words))
    found = [Reason(max(those)[1] or None, len(those)) for those in spelt.values()]
    return sorted(found, key=lambda one: (-one.times, one.why is None, (one.why or "").casefold()))
