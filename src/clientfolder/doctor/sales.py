"""What is odd in payments, deals, and who sent whom; most of it is a word misspelt, or a rate that nobody has written.

What cannot be counted at all, such as an amount in words, is an odd value, and is found with these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from os import path
from typing import Any

from clientfolder import settings
from clientfolder.binder.binder import REMOVED, file_of
from clientfolder.binder.toml import scanner
from clientfolder.doctor.finding import Fault, Finding, Folder
from clientfolder.doctor.repair import Repair
from clientfolder.dossier.sales import LOST, WON, Deal
from clientfolder.dossier.types import SENT_BY, Cover
from clientfolder.errors import Trouble
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.money import Prices
from clientfolder.portfolio.paying import is_one_letter_off
from clientfolder.text import counted


def findings(folder: Folder, covers: Sequence[Cover], repair: Repair) -> Iterator[Finding]:
    """All of it, of the clients by name, then of the settings; a folder without any is not read again."""
    contacts = [cover for cover in covers if not cover.is_slip]
    if any(cover.records.keys() & {"payments", "deals", SENT_BY} for cover in contacts):
        found, _ = folder.binder.accounts([cover.client for cover in contacts])
        look = _Looked(folder, repair, found)
        for cover in contacts:
            if cover.client in found:
                yield from look.in_the_file(cover, found[cover.client])
        yield from look.without_rate()
    for segment, products in folder.settings.segments.items():
        if not products:
            message = f'No products are meant for the segment {segment}; write them: {segment} = ["shop"]'
            yield Finding("no_products", None, settings.FILE, None, message, repair.editor(settings.FILE))


class _Looked:
    """The accounts of a folder, and the names in them that seem to be others misspelt, each with what it may mean."""

    def __init__(self, folder: Folder, repair: Repair, accounts: Mapping[str, Account]) -> None:
        self.folder = folder
        self.repair = repair
        self.accounts = accounts
        meant = {product.casefold() for products in folder.settings.segments.values() for product in products}
        self.products = _misspelt((name for one in accounts.values() for name in _products(one)), meant)
        self.reasons = _misspelt((deal.why for one in accounts.values() for deal in one.deals if deal.why), set())

    def in_the_file(self, cover: Cover, account: Account) -> Iterator[Finding]:
        """What is found in one dossier, each with its line."""
        faults = [*self._deals(cover, account.deals), *self._sender(cover)]
        is_misspelt = any(_folded(name) in self.products for name in _products(account))
        if not faults and not is_misspelt:
            return
        try:
            sheet = self.folder.binder.read(cover.client)
        except Trouble:
            return
        faults += self._misspelt_products(cover, sheet.data)
        lines = scanner.lines_of(sheet.text, [fault.path for fault in faults])
        for fault, line in zip(faults, lines, strict=True):
            yield Finding(fault.code, cover.client, file_of(cover.client), line, fault.message, fault.mend)

    def _deals(self, cover: Cover, deals: Sequence[Deal]) -> Iterator[Fault]:
        stages, edit = self.folder.settings.stages, self.repair.on("edit", cover)
        known = {stage.casefold() for stage in stages}
        for place, deal in enumerate(deals):
            for stage in deal.steps:
                if stage.casefold() not in known:
                    message = f"{stage} is no stage, so this step counts for nothing; there are: {', '.join(stages)}"
                    yield Fault("unknown_stage", ("deals", place, "steps", stage), message, edit)
            if deal.won is not None and deal.lost is not None:
                holds = WON if deal.is_won_on(date.max) else LOST
                message = f"{deal.name} is won and lost; the later day holds, and so it is {holds}"
                yield Fault("won_and_lost", ("deals", place, WON if holds == LOST else LOST), message, edit)
            if deal.why and (other := self.reasons.get(_folded(deal.why))):
                message = f'"{deal.why}" is one letter from the reason "{other}", and counts beside it'
                yield Fault("near_reason", ("deals", place, "why"), message, edit)

    def _sender(self, cover: Cover) -> Iterator[Fault]:
        sender = cover.records.get(SENT_BY)
        if not sender or sender in self.accounts:
            return
        is_gone = path.lexists(self.folder.binder.path(REMOVED, f"{sender}.toml")) if sender.isprintable() else False
        near = next((client for client in self.accounts if is_one_letter_off(sender.casefold(), client)), None)
        if is_gone or near:
            why = "was removed" if is_gone else f"is nobody here; {near} is"
            mend = self.repair.on("set", cover, f"{SENT_BY}={near or ''}")
            yield Fault("sent_by_gone", (SENT_BY,), f"{cover.name} was sent by {sender}, who {why}", mend)

    def _misspelt_products(self, cover: Cover, data: Mapping[str, Any]) -> Iterator[Fault]:
        """The first place of each product that seems to be another one."""
        told: set[str] = set()
        for table, keys in (("payments", ("product",)), ("deals", ("product", "name"))):
            for place, record in enumerate(data.get(table, ())):
                key = next((key for key in keys if isinstance(record.get(key), str)), None)
                if key is None:
                    continue
                product = _folded(record[key])
                if (other := self.products.get(product)) and product not in told:
                    told.add(product)
                    message = f"{product} is one letter from {other}, and counts as another product"
                    yield Fault("near_product", (table, place, key), message, self.repair.on("edit", cover))

    def without_rate(self) -> Iterator[Finding]:
        """The currencies in which something was paid or is offered, and which no rate tells."""
        prices = Prices(self.folder.settings.currency, self.folder.settings.rates)
        codes = [paid.currency for one in self.accounts.values() for paid in one.paid.what]
        codes += [deal.currency for one in self.accounts.values() for deal in one.deals if deal.amount]
        found = Counter(prices.code(code) for code in codes if prices.rate(code) is None)
        for code, times in sorted(found.items(), key=lambda one: one[0] or ""):
            line = f"rates = {{ {code} = ... }}" if prices.currency else f'currency = "{code}"'
            message = f"{counted(times, 'amount')} in {code}: there is no rate, so no sum has them; write: {line}"
            yield Finding("no_rate", None, settings.FILE, None, message, self.repair.editor(settings.FILE))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _products(account: Account) -> Iterator[str]:
    yield from (paid.product for paid in account.paid.what if paid.product)
    yield from (deal.what for deal in account.deals)


def _misspelt(names: Iterable[str], meant: set[str]) -> dict[str, str]:
    """Of two names that are one letter apart the rarer one, with the other; never one that is meant."""
    times = Counter(map(_folded, names))
    every = {**times, **dict.fromkeys(meant - times.keys(), 0)}
    rank: Callable[[str], tuple[bool, int, str]] = lambda name: (name not in meant, -every[name], name)  # noqa: E731
    found: dict[str, str] = {}
    for name in times:
        others = [other for other in every if is_one_letter_off(name, other) and rank(other) < rank(name)]
        if others and name not in meant:
            found[name] = min(others, key=rank)
    return found
