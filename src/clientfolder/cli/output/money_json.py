"""What scripts are told of money: the pages of worth, periods, deals and products as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from clientfolder.cli.output.care_json import tally_json
from clientfolder.dossier.concerns import Tally
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import Funnel
from clientfolder.portfolio.money import Scale, divided, percent, plain
from clientfolder.portfolio.orders import Kind
from clientfolder.portfolio.period import Figures, PeriodTable
from clientfolder.portfolio.portraits import Cell, Products
from clientfolder.portfolio.spans import Days
from clientfolder.portfolio.status import Relationship, Status
from clientfolder.portfolio.worth import ClientWorth, Worth


def _days(days: Days) -> dict[str, str]:
    return {"from": str(days.first), "to": str(days.last)}


def _who(account: Account) -> dict[str, str]:
    return {"client": account.client, "name": account.name}


def _or_none(scale: Scale, units: int | None) -> float | int | None:
    return None if units is None else scale.shown(units)


# Records -----------------------------------------------------------------------------------------------


def payment_json(client: str, payment: Payment, currency: str | None) -> dict[str, Any]:
    """A payment as scripts see it; `currency`: that in which it counts."""
    return {
        "client": client,
        "on": str(payment.on),
        "amount": payment.amount.written if payment.amount else None,
        "currency": currency,
        "product": payment.product,
        "deal": payment.deal,
    }


def deal_json(client: str, deal: Deal, currency: str | None, stages: Sequence[str]) -> dict[str, Any]:
    """A deal as scripts see it; its stage is the furthest that has a day."""
    reached = {stage.casefold() for stage in deal.steps}
    return {
        "client": client,
        "name": deal.name,
        "product": deal.what,
        "amount": deal.amount.written if deal.amount else None,
        "currency": currency,
        "stage": next((stage for stage in reversed(stages) if stage.casefold() in reached), None),
        "steps": {stage: str(on) for stage, on in deal.steps.items()},
        "won": None if deal.won is None else str(deal.won),
        "lost": None if deal.lost is None else str(deal.lost),
        "why": deal.why,
    }


# Worth -----------------------------------------------------------------------------------------------------


def worth_json(worth: Worth) -> dict[str, Any]:
    return {
        "day": str(worth.day),
        **_days(worth.span.days),
        "periods": [_days(one) for one in reversed(worth.span.periods)],
        "currency": worth.currency,
        "turnover": worth.scale.shown(worth.turnover),
        "paying": worth.paying,
        "unpriced": dict(worth.unpriced),
        "too_little": list(worth.too_little),
        "second": {"days": worth.second, "clients": worth.seconds},
        "gap": {"days": worth.gap, "gaps": worth.gaps},
        "clients": [client_worth_json(one, worth) for one in worth.clients],
    }


def client_worth_json(one: ClientWorth, worth: Worth) -> dict[str, Any]:
    """One client's row of the page."""
    is_counted = one.turnover > 0
    return {
        **_who(one.account),
        "segment": one.segment,
        "status": one.status.value,
        "turnover": worth.scale.shown(one.turnover),
        "share": percent(one.turnover, worth.whole) if is_counted else None,
        "before": percent(one.before, worth.whole) if one.before is not None else None,
        "abc": one.abc,
        "xyz": one.xyz,
        "cv": one.cv,
        "sums": [worth.scale.shown(units) for units in one.sums],
        "r": one.r,
        "f": one.f,
        "m": one.m,
        "group": one.group,
        "sales": one.sales,
        "sales_ever": one.sales_ever,
        "last": str(one.last),
        "days": one.days,
        "gap": one.gap,
        "second_due": one.second_due,
        "unpriced": one.unpriced,
        "rhythm": one.rhythm,
        "proposed": one.proposed,
    }


# A period --------------------------------------------------------------------------------------------------


def period_json(table: PeriodTable, said: Tally) -> dict[str, Any]:
    """The table of a period; `said`: what clients said in it."""
    scale, loyalty = table.scale, table.loyalty
    return {
        **_days(table.asked.days),
        "whole": table.asked.whole,
        "previous": _days(table.asked.previous),
        "currency": table.currency,
        "unpriced": dict(table.unpriced),
        "total": _figures(table.total, scale),
        "segments": [{"segment": one.segment, **_figures(one, scale)} for one in table.segments],
        "statuses": {one.value: table.statuses.get(one, 0) for one in Status},
        "who": {
            name: [account.client for account in accounts]
            for name, accounts in (("new", table.new), ("lost", table.lost), ("restored", table.restored))
        },
        "loyalty": {
            "buyers": loyalty.buyers,
            "repeat_buyers": loyalty.repeat_buyers,
            "index": percent(loyalty.repeat_buyers, loyalty.buyers),
            "permanent": loyalty.permanent,
            "permanent_share": percent(loyalty.permanent, loyalty.buyers),
            "referred": loyalty.referred,
            "referred_amount": scale.shown(loyalty.referred_amount),
            "old_amount": scale.shown(loyalty.old_amount),
            "old_share": percent(loyalty.old_amount, table.total.turnover),
            "products_per_client": products_per_client(table),
        },
        "sources": [
            {"sent_by": one.sent_by, "clients": one.clients, "amount": scale.shown(one.amount)} for one in table.sources
        ],
        "stages": {stage.value: count for stage, count in _all_stages(table)},
        **tally_json(said),
        "clients": [
            {
                **_who(row.account),
                "segment": row.segment,
                "status": row.status.value,
                "stage": row.stage.value,
                **{kind.value: scale.shown(row.amounts[kind]) for kind in Kind},
                "refunds": scale.shown(row.refunds),
                "turnover": scale.shown(row.turnover),
                "previous": scale.shown(row.previous),
            }
            for row in table.clients
        ],
    }


def _all_stages(table: PeriodTable) -> list[tuple[Any, int]]:
    return [(stage, table.stages.get(stage, 0)) for stage in Relationship]


def products_per_client(table: PeriodTable) -> float | int | None:
    """How many products a buyer uses, to hundredths."""
    loyalty = table.loyalty
    return plain(divided(100 * loyalty.products, loyalty.buyers), 2) if loyalty.products else None


def _figures(one: Figures, scale: Scale) -> dict[str, Any]:
    return {
        "leads": one.leads,
        "converted": one.converted,
        "conversion": percent(one.converted, one.leads),
        **{kind.value: {"sales": sold.sales, "amount": scale.shown(sold.amount)} for kind, sold in one.sales.items()},
        "refunds": scale.shown(one.refunds),
        "turnover": scale.shown(one.turnover),
        "previous": scale.shown(one.previous),
        "lost": one.lost,
        "restored": one.restored,
    }


# Deals -----------------------------------------------------------------------------------------------------


def funnel_json(funnel: Funnel) -> dict[str, Any]:
    shown: Callable[[int], float | int] = funnel.scale.shown
    closed = funnel.won.deals + funnel.lost.deals
    return {
        "day": str(funnel.day),
        **_days(funnel.days),
        "currency": funnel.currency,
        "deals": funnel.deals,
        "stages": [
            {
                "stage": one.stage,
                "open": one.open,
                "open_amount": shown(one.open_amount),
                "unpriced": one.unpriced,
                "reached": one.reached,
                "passed": one.passed,
                "lost": one.lost,
                "still": one.still,
                "rate": percent(one.passed, one.passed + one.lost) if one.has_rate else None,
                "median_days": one.median_days,
                "reasons": [{"why": reason.why, "count": reason.times} for reason in one.reasons],
            }
            for one in funnel.stages
        ],
        "won": {"deals": funnel.won.deals, "amount": shown(funnel.won.amount)},
        "lost": {"deals": funnel.lost.deals, "amount": shown(funnel.lost.amount)},
        "rate": percent(funnel.won.deals, closed) if funnel.has_rate else None,
        "open": [
            {
                **_who(one.account),
                "deal": one.deal.name,
                "product": one.deal.what,
                "stage": funnel.names[one.stage],
                "amount": _or_none(funnel.scale, one.amount),
                "since": None if one.since is None else str(one.since),
                "days": one.days,
                "slow": one.slow,
                "next": one.account.next_on,
            }
            for one in funnel.open
        ],
    }


# Products --------------------------------------------------------------------------------------------------


def products_json(products: Products) -> dict[str, Any]:
    return {
        "day": str(products.day),
        "products": list(products.products),
        "degree": percent(products.used, products.meant),
        "segments": [
            {
                "segment": one.segment,
                "ideal": list(one.ideal),
                "clients": one.clients,
                "used": one.used,
                "meant": one.meant,
                "degree": percent(one.used, one.meant),
                "cells": [{"product": name, "meant": meant, "used": used} for name, meant, used in one.cells],
            }
            for one in products.segments
        ],
        "outside": [
            {"segment": segment, "product": product, "clients": [account.client for account in accounts]}
            for segment, product, accounts in products.outside
        ],
        "no_segment": [account.client for account in products.no_segment],
        "clients": [
            {
                **_who(one.account),
                "segment": one.segment,
                "used": len(one.used),
                "meant": len(one.meant),
                "degree": percent(len(one.used), len(one.meant)),
                "lacks": list(one.lacks),
                "cells": [_cell_json(cell) for cell in products.cells(one)],
            }
            for one in products.clients
        ],
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    on = None if cell.on is None else str(cell.on)
    return {"product": cell.product, "state": cell.state, "stage": cell.stage, "on": on, "next": cell.next_on}
