"""The second index: what the pages of money need of each dossier, kept so that only changed files are read again.

Disposable as the first, and believed by the same marks. Only the pages of money open it: a head line with the version
and a checksum, then one JSON list of the rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from os import stat_result
from typing import Any

from clientfolder import __version__
from clientfolder.binder.index.upkeep import NewIndexFile, mark_of, marks_of, saved_bytes
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal
from clientfolder.errors import CannotReach, NoClient, Trouble, Unreadable
from clientfolder.portfolio.accounts import Account

HEAD = f"clientfolder ledger 1 {__version__}"

# Of a short name the account, and the status of its file.
ReadAccount = Callable[[str], tuple[Account, stat_result]]


class LedgerIndex:
    """The index at `path` of the accounts in `directory`. It is never needed, and all its failures are silent."""

    def __init__(self, path: str, directory: str, prepare: Callable[[], None], is_kept: bool = True) -> None:
        """`prepare` makes the directory in which the index is kept, or raises CannotReach; it `is_kept`, or not."""
        self.path = path
        self.directory = directory
        self.prepare = prepare
        self.is_kept = is_kept

    def accounts(self, clients: Iterable[str], read: ReadAccount) -> tuple[dict[str, Account], tuple[Trouble, ...]]:
        """The accounts of these clients, and an error for each that cannot be read.

        `read` raises NoClient for a dossier that is gone meanwhile, Unreadable or CannotReach for a bad one.
        """
        saved, wanted = self._load(), list(clients)
        now = dict(zip(wanted, marks_of(self.directory, [f"{client}.toml" for client in wanted]), strict=True))
        known = {client: row for client in wanted if (row := saved.get(client)) and row[1] == now[client]}
        found: dict[str, Account] = {}
        for client, row in known.items():
            # One that was planted may have any shape; then the file is read.
            with suppress(ValueError, TypeError, AttributeError, LookupError):
                found[client] = _decoded(row)
        missing = [client for client in wanted if client not in found]
        if not missing:
            return found, ()
        return self._read_anew(found, known, missing, read)

    def _read_anew(
        self, found: dict[str, Account], known: dict[str, list[Any]], missing: list[str], read: ReadAccount
    ) -> tuple[dict[str, Account], tuple[Trouble, ...]]:
        unreadable: list[Trouble] = []
        rows = [known[client] for client in found]
        count = len(rows)
        with NewIndexFile(self.path, self.is_kept and self._is_prepared()) as page:
            for client in missing:
                try:
                    account, status = read(client)
                except NoClient:
                    continue
                except (Unreadable, CannotReach) as trouble:
                    unreadable.append(trouble)
                    continue
                found[client] = account
                if page.is_older(status):
                    rows.append(_encoded(account, mark_of(status)))
            if len(rows) > count:
                page.put(_file(rows))
        return found, tuple(unreadable)

    def _is_prepared(self) -> bool:
        try:
            self.prepare()
        except CannotReach:
            return False
        return True

    def _load(self) -> dict[str, list[Any]]:
        """The rows that were kept, by short name; none where they cannot be believed."""
        try:
            head, _, body = saved_bytes(self.path).partition(b"\n")
            if head.decode() != f"{HEAD} {zlib.crc32(body):08x}":
                return {}
            return {row[0]: row for row in json.loads(body)}
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return {}


def _file(rows: list[list[Any]]) -> bytes:
    body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return f"{HEAD} {zlib.crc32(body):08x}\n".encode() + body


def _encoded(account: Account, mark: str) -> list[Any]:
    deals = [
        [
            deal.name, deal.product, deal.amount, deal.currency,
            {stage: str(on) for stage, on in deal.steps.items() if type(on) is date},
            deal.won and str(deal.won), deal.lost and str(deal.lost), deal.why,
        ]
        for deal in account.deals
    ]  # fmt: skip
    contacts = " ".join(map(str, account.contacts))
    return [
        account.client, mark, account.name, list(account.tags), account.sent_by, account.payments, deals, contacts,
        account.rhythm, account.next_on, account.odd,
    ]  # fmt: skip


def _decoded(row: list[Any]) -> Account:
    client, _, name, tags, sent_by, payments, deals, contacts, rhythm, next_on, odd = row
    if not all(type(on) is type(digits) is type(places) is int for on, digits, places, _, _, _ in payments):
        raise ValueError("no rows of payments")
    days = list(map(int, contacts.split())) if contacts else []
    own = tuple(map(_deal, deals))
    return Account(client, name, tuple(tags), sent_by, payments, own, days, rhythm, next_on, odd)


def _deal(written: list[Any]) -> Deal:
    name, product, amount, currency, steps, won, lost, why = written
    return Deal(
        name,
        product,
        None if amount is None else Amount(*amount),
        currency,
        {stage: date.fromisoformat(on) for stage, on in steps.items()},
        won and date.fromisoformat(won),
        lost and date.fromisoformat(lost),
        why,
    )
