"""The second index: what the pages of money need of each dossier, kept so that only changed files are read again.

Disposable as the first, and believed by the same marks. Only the pages of money open it: a head line with the version,
this machine's order of bytes, a checksum of what follows, and how long each part is in bytes; then a part in JSON, and
columns of whole numbers with the payments and contacts of all clients one behind the other. A hundred thousand payments
are read in a tenth of the time that as many lists in JSON take.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import accumulate, chain
from os import stat_result
from typing import Any

from clientfolder import __version__
from clientfolder.binder.index.upkeep import NewIndexFile, mark_of, marks_of, saved_bytes
from clientfolder.dossier.amounts import MOST_PLACES, Amount
from clientfolder.dossier.sales import Deal
from clientfolder.errors import CannotReach, NoClient, Trouble, Unreadable
from clientfolder.portfolio.accounts import Account, Paid, PaidFor
from clientfolder.tuples import NamedTuple

HEAD = f"clientfolder ledger 2 {__version__} {sys.byteorder}"

# Of days, digits, what was paid for (its number among all that is), and days of contacts: the type of `array`.
_TYPES = "iqii"
# An account with more digits than that in one amount is not kept.
_MOST = 2**63 - 1

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

    def accounts(
        self, clients: Iterable[str], read: ReadAccount, marks: Mapping[str, str]
    ) -> tuple[dict[str, Account], tuple[Trouble, ...]]:
        """The accounts of these clients, and an error for each that cannot be read.

        `marks`: of files that were looked at just now; the others are looked at. `read` raises NoClient for a dossier
        that is gone meanwhile, Unreadable or CannotReach for a bad one.
        """
        saved, wanted = self._load(), list(clients)
        others = [client for client in wanted if client not in marks]
        looked_at = marks_of(self.directory, [f"{client}.toml" for client in others])
        now = {**marks, **dict(zip(others, looked_at, strict=True))}
        known = {client: row for client in wanted if (row := saved.get(client)) and row.mark == now[client]}
        missing = [client for client in wanted if client not in known]
        if not missing:
            return {client: row.account for client, row in known.items()}, ()
        return self._read_anew(known, missing, read)

    def _read_anew(
        self, known: dict[str, _Row], missing: list[str], read: ReadAccount
    ) -> tuple[dict[str, Account], tuple[Trouble, ...]]:
        found = {client: row.account for client, row in known.items()}
        unreadable: list[Trouble] = []
        rows = [*known.values()]
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
                    rows.append(_Row(mark_of(status), account))
            if len(rows) > len(known):
                page.put(_file(rows))
        return found, tuple(unreadable)

    def _is_prepared(self) -> bool:
        try:
            self.prepare()
        except CannotReach:
            return False
        return True

    def _load(self) -> dict[str, _Row]:
        """The rows that were kept, by short name; none where they cannot be believed."""
        try:
            return _rows(*_parts(saved_bytes(self.path)))
        # One that was planted may have any shape.
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return {}


class _Row(NamedTuple):
    """An account, and the mark that its file had when it was read."""

    mark: str
    account: Account


def _file(rows: Iterable[_Row]) -> bytes:
    kept = [row for row in rows if all(abs(number) <= _MOST for number in row.account.paid.digits)]
    accounts = [row.account for row in kept]
    numbers = {one: number for number, one in enumerate({one for account in accounts for one in account.paid.what})}
    columns = (
        chain.from_iterable(account.paid.days for account in accounts),
        chain.from_iterable(account.paid.digits for account in accounts),
        (numbers[one] for account in accounts for one in account.paid.what),
        chain.from_iterable(account.contacts for account in accounts),
    )
    content = [[_encoded(*row) for row in kept], [*numbers]]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    parts = [text, *(array(kind, column).tobytes() for kind, column in zip(_TYPES, columns, strict=True))]
    body = b"".join(parts)
    return f"{HEAD} {zlib.crc32(body):08x} {' '.join(str(len(part)) for part in parts)}\n".encode() + body


def _parts(raw: bytes) -> tuple[Any, list[list[int]]]:
    """The JSON of a file, and its columns. Raises ValueError for what is no ledger of this version and machine."""
    start = raw.find(b"\n") + 1
    body = memoryview(raw)[start:]
    head, checksum, *lengths = raw[:start].decode().rsplit(" ", len(_TYPES) + 2)
    if head != HEAD or checksum != f"{zlib.crc32(body):08x}":
        raise ValueError("no ledger of this version")
    ends = list(accumulate(map(int, lengths)))
    columns = [array(kind) for kind in _TYPES]
    for column, first, end in zip(columns, ends, ends[1:], strict=False):
        column.frombytes(body[first:end])
    return json.loads(bytes(body[: ends[0]])), [column.tolist() for column in columns]


def _encoded(mark: str, account: Account) -> list[Any]:
    """What stands in no column of its own, and how many payments and contacts the client has in those."""
    deals = [
        [
            deal.name, deal.product, deal.amount, deal.currency,
            {stage: str(on) for stage, on in deal.steps.items() if type(on) is date},
            deal.won and str(deal.won), deal.lost and str(deal.lost), deal.why,
        ]
        for deal in account.deals
    ]  # fmt: skip
    return [
        mark, len(account.paid.days), len(account.contacts), account.client, account.name, account.tags,
        account.sent_by, deals, account.rhythm, account.next_on, account.odd,
    ]  # fmt: skip


def _rows(content: Any, columns: list[list[int]]) -> dict[str, _Row]:
    """The rows of a file. Raises ValueError, TypeError, LookupError or AttributeError for what is none."""
    (clients, kinds), (days, digits, numbers, contacts) = content, columns
    paid_for = [PaidFor(*one) for one in kinds]
    if not all(type(one.places) is int and 0 <= one.places <= MOST_PLACES for one in paid_for):
        raise ValueError("no places of amounts")
    what = [paid_for[number] for number in numbers]
    found = {}
    at = spoken = 0
    for mark, payments, talks, client, name, tags, sent_by, deals, rhythm, next_on, odd in clients:
        end, said = at + payments, spoken + talks
        paid = Paid(days[at:end], digits[at:end], what[at:end]) if payments else _NOTHING
        own = tuple(map(_deal, deals)) if deals else ()
        account = Account(client, name, tuple(tags), sent_by, paid, own, contacts[spoken:said], rhythm, next_on, odd)
        found[client] = _Row(mark, account)
        at, spoken = end, said
    if not at == len(days) == len(digits) == len(what) or spoken != len(contacts):
        raise ValueError("columns of other rows")
    return found


_NOTHING = Paid()


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
