"""What becomes of the rows of a table of payments: whose each is, to which deal it belongs, and what stands already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clientfolder.dossier import schema
from clientfolder.dossier.changes import Append, Edit, Put
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier
from clientfolder.errors import Refused, Trouble
from clientfolder.exchange.statements.payers import Payer, Payers, free_keys
from clientfolder.exchange.statements.statement import BankStatement, StatementRow
from clientfolder.exchange.table_reader import BadRow
from clientfolder.portfolio import paying
from clientfolder.portfolio.money import Prices
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

# What becomes of a row.
TAKEN, SAME, MAYBE, NOBODY, OUT, BAD = "taken", "same", "maybe", "nobody", "out", "bad"

# So many payments of one client, day and amount are told apart by all that they say.
_MOST_ALIKE = 300

# Of a name in the table: the client that somebody has said it is, or None where it was said to be nobody.
Said = Mapping[str, str | None]


class PlannedRow(NamedTuple):
    """One row and what becomes of it. `currency`: the one in which it counts; `other`: that of its deal, if another."""

    what: str
    line: int
    name: str = ""
    client: str | None = None
    payment: Payment | None = None
    currency: str | None = None
    note: str | None = None
    candidates: tuple[str, ...] = ()
    why: str = ""
    other: str | None = None

    @property
    def record(self) -> dict[str, Any]:
        """The keys of its `[[payments]]` block."""
        assert self.payment
        return {**schema.record("payments", self.payment), **({"note": self.note} if self.note else {})}


class StatementPlan(NamedTuple):
    """Every row of the table in its order of days, and what is written of it. `keeps`: names of the bank by client."""

    statement: BankStatement
    rows: tuple[PlannedRow, ...]
    before: Mapping[str, Dossier]
    keeps: Mapping[str, Sequence[tuple[str, str]]]

    def being(self, *whats: str) -> list[PlannedRow]:
        """The rows of which this becomes, in their order."""
        return [row for row in self.rows if row.what in whats]

    def edits(self, client: str) -> tuple[Edit, ...]:
        """What is written into a dossier."""
        names = [Put(("card", key), name) for key, name in self.keeps.get(client, ())]
        return (*names, *(Append("payments", row.record) for row in self.being(TAKEN) if row.client == client))

    @property
    def clients(self) -> list[str]:
        """Whose dossiers are written to."""
        return list(dict.fromkeys([*(row.client for row in self.being(TAKEN) if row.client), *self.keeps]))


class PlanGround(NamedTuple):
    """What a plan is made on: who is there, their dossiers, the currencies, and what was said of names.

    `keeps_names`: what was said is kept on the cards.
    """

    payers: Payers
    read: Callable[[str], Dossier]
    prices: Prices
    said: Said
    keeps_names: bool = False


def plan(statement: BankStatement, ground: PlanGround) -> StatementPlan:
    """What becomes of each row: in the order of their days, for a payment may fill a deal up to the next."""
    planner = _PaymentPlanner(ground)
    bad = [PlannedRow(BAD, row.line, why=row.why) for row in statement.rows if isinstance(row, BadRow)]
    good = sorted((row for row in statement.rows if isinstance(row, StatementRow)), key=lambda row: row.on)
    rows = planner.planned(good)
    return StatementPlan(statement, (*rows, *bad), planner.before, planner.names_kept())


class _PaymentPlanner:
    def __init__(self, ground: PlanGround) -> None:
        self.ground = ground
        # The dossiers as they are, and with what is planned.
        self.before: dict[str, Dossier] = {}
        self.now: dict[str, Dossier] = {}
        self.named: dict[str, dict[str, None]] = {}

    def planned(self, rows: Sequence[StatementRow]) -> list[PlannedRow]:
        """What becomes of each of the rows, which are in the order of their days."""
        payers = [self._payer(row) for row in rows]
        theirs: dict[str, list[int]] = {}
        for number, payer in enumerate(payers):
            if payer.sure is not None:
                theirs.setdefault(payer.sure, []).append(number)
        stands = {number for client, numbers in theirs.items() for number in self._standing(client, rows, numbers)}
        return [
            self._row(row, payer, stands=number in stands)
            for number, (row, payer) in enumerate(zip(rows, payers, strict=True))
        ]

    def _standing(self, client: str, rows: Sequence[StatementRow], numbers: Sequence[int]) -> set[int]:
        """The numbers of a client's rows that stand in the dossier already, each payment there being one row alone.

        As many as can be: so what one table has written is all found again.
        """
        try:
            payments = self._dossier(client).payments
        except Trouble:
            return set()
        near: dict[tuple[Any, Any], tuple[list[int], list[int]]] = {}
        for place, payment in enumerate(payments):
            near.setdefault((payment.on, payment.amount), ([], []))[0].append(place)
        for number in numbers:
            if (key := (rows[number].on, rows[number].amount)) in near:
                near[key][1].append(number)
        prices = self.ground.prices
        found: set[int] = set()
        for places, own in near.values():
            found |= _matched(own, places, lambda number, place: _is_same(payments[place], rows[number], prices))
        return found

    def _row(self, row: StatementRow, payer: Payer, *, stands: bool) -> PlannedRow:
        name = row.names[0] if row.names else row.told
        left = PlannedRow(NOBODY, row.line, name, payment=Payment(row.on, row.amount, row.currency),
                          currency=self.ground.prices.code(row.currency), note=row.note)  # fmt: skip
        if payer.sure is None:
            if payer.maybe:
                return left._replace(what=MAYBE, candidates=payer.maybe)
            return left if row.amount.digits > 0 else left._replace(what=OUT)
        left = left._replace(client=payer.sure)
        if stands:
            return left._replace(what=SAME)
        try:
            dossier = self._dossier(payer.sure)
            deal = _deal_of(row, dossier, self.ground.prices)
        except Trouble as trouble:
            return left._replace(what=BAD, why=trouble.message)
        return self._taken(left, row, dossier, deal)

    def _payer(self, row: StatementRow) -> Payer:
        """Who it is: what was said of one of the names goes before all else."""
        found = self.ground.payers.find(row.names, row.told)
        if found.sure is not None:
            return found
        for name in row.names or (row.told,):
            if comparable(name) in self.ground.said:
                client = self.ground.said[comparable(name)]
                if client is not None:
                    self.named.setdefault(client, {})[name] = None
                return Payer(client)
        return found

    def _dossier(self, client: str) -> Dossier:
        if client not in self.now:
            self.before[client] = self.now[client] = self.ground.read(client)
        return self.now[client]

    def _taken(self, row: PlannedRow, said: StatementRow, dossier: Dossier, deal: Deal | None) -> PlannedRow:
        prices = self.ground.prices
        code = said.currency or paying.usual_currency(dossier, deal, prices).code
        kept = None if code == prices.currency else code
        payment = Payment(said.on, said.amount, kept, said.product, deal.name if deal else None)
        payments = (*dossier.payments, payment)
        self.now[dossier.client] = dossier._replace(records={**dossier.records, "payments": payments})
        of_deal = prices.code(deal.currency) if deal else code
        return row._replace(what=TAKEN, payment=payment, currency=code, other=of_deal if of_deal != code else None)

    def names_kept(self) -> dict[str, list[tuple[str, str]]]:
        """Under which keys of whose card a name is kept that was said to be theirs."""
        if not self.ground.keeps_names:
            return {}
        found = {client: free_keys(self._dossier(client), names) for client, names in self.named.items()}
        return {client: keys for client, keys in found.items() if keys}


def _deal_of(row: StatementRow, dossier: Dossier, prices: Prices) -> Deal | None:
    """The deal that the row names, else that of its product. Raises Refused for one that there is not."""
    if row.deal is not None:
        deal = paying.deal_named(dossier.deals, row.deal, row.on)
        if deal is None:
            raise Refused(f"{dossier.name} has no deal {row.deal}")
        return deal
    return paying.deal_of_product(dossier, row.product, row.on, prices) if row.product else None


def _matched(rows: Sequence[int], places: Sequence[int], fits: Callable[[int, int], bool]) -> set[int]:
    """The rows of a maximum matching with places (Kuhn's augmenting paths), begun by taking what is free.

    Of more than some hundred that are alike what is free is all that is looked for: a path may be as long as they are.
    """
    free, row_of = [*places], dict[int, int]()
    for number in rows:
        if (place := next((place for place in free if fits(number, place)), None)) is not None:
            free.remove(place)
            row_of[place] = number

    def moves(number: int, tried: set[int]) -> bool:
        for place in places:
            if place not in tried and fits(number, place):
                tried.add(place)
                if place not in row_of or moves(row_of[place], tried):
                    row_of[place] = number
                    return True
        return False

    if len(places) <= _MOST_ALIKE:
        for number in set(rows).difference(row_of.values()):
            moves(number, set())
    return {*row_of.values()}


def _is_same(payment: Payment, row: StatementRow, prices: Prices) -> bool:
    """Whether a payment that stands is that of the row: day, amount, and whatever both say besides."""
    if (payment.on, payment.amount) != (row.on, row.amount):
        return False
    if row.currency and prices.code(payment.currency) != row.currency:
        return False
    pairs = ((payment.product, row.product), (payment.deal, row.deal), (payment.more.get("note"), row.note))
    return all(not one or not other or comparable(str(one)) == comparable(other) for one, other in pairs)
