"""Money that came in, or went back: `pay`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

from clientfolder.binder.index import lookup
from clientfolder.cli import facts, options
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.money_json import payment_json
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, Window, one_line
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.prompts.money import Sum, chosen_deal, is_new_product, prices_of, read_sum
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dossier import schema
from clientfolder.dossier.amounts import begins_amount
from clientfolder.dossier.changes import Append, Change
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.errors import Changed, Misused, Refused, Warned
from clientfolder.portfolio import paying
from clientfolder.portfolio.money import Prices
from clientfolder.text import sentence
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite


def pay(
    ctx: Call,
    client: options.Contact = None,
    words: Annotated[
        list[str] | None, Argument(metavar="AMOUNT [CURRENCY] [PRODUCT]...", show_default=False, completes="paid_words")
    ] = None,
    on: options.On = None,
    deal: options.DealOfPayment = None,
    map: options.ColumnKeys = None,
    remember: options.RememberAll = False,
    encoding: options.Encoding = None,
    yes: options.WithoutAsking = False,
) -> Result:
    """Money came in; a negative amount went back. With a client alone: what they paid. With -: a bank's CSV.

    It is an instalment of the client's open deal of that product, or of one that is won and not paid yet.
    """
    session: Session = ctx.obj
    if client is None:
        from clientfolder.cli.unnamed import such_as

        raise Misused(f"Who paid, and how much? {such_as(session, 'pay', 'CLIENT', '2500', 'shop')}")
    if client == "-":
        from clientfolder.cli.commands.pay_statement import from_statement

        if words or on is not None or deal is not None:
            raise Misused("With - the payments stand in the table on standard input: cf pay - < bank.csv")
        return from_statement(session, map or [], encoding, remember=remember, yes=yes)
    if map or remember or encoding is not None or yes:
        raise Misused("--map, --remember, --encoding and --yes are for a table: cf pay - < bank.csv")
    _check_signs(session, (client, *(words or ())))
    cover, rest = _client_and_sum(session, client, words or ())
    if not rest:
        if on is not None or deal is not None:
            raise Misused(f"How much? Such as: cf pay {cover.client} 2500 shop")
        return _listed(session, cover)
    day = session.day if on is None else phrases.look_back(on, session.day, session.workspace.settings.day_first)[0]
    return _paid(session, cover, rest, day, deal)


def _client_and_sum(session: Session, client: str, words: Sequence[str]) -> tuple[Cover, tuple[str, ...]]:
    """The client who is named, and the words from the amount on; a digit may stand in a name, as in `Studio 54`."""
    at = next((place for place, word in enumerate(words) if begins_amount(word)), len(words))
    if at < len(words):
        covers = session.contents.covers.contacts
        whole = lookup.whole_ahead(covers, [client, *words])
        if whole.length - 1 > at and (whole.length <= len(words) and begins_amount(words[whole.length - 1])):
            at = whole.length - 1
    return find_client(session, " ".join([client, *words[:at]]), no_slip=True), tuple(words[at:])


_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}


def _check_signs(session: Session, words: Sequence[str]) -> None:
    """Raises Misused for the sign of a currency at an amount, or for `2500,-`, with the line that has its code."""
    said = [re.sub(r"(?<=[0-9])[.,][-\u2013]+(?=[€$£]?$)", "", word) for word in words]
    found: list[str] = []
    for word in said:
        sign = re.fullmatch(r"([€$£])?([+-]?[0-9][0-9.,' ]*)?([€$£])?", word)
        codes = [_SIGNS[one] for one in (sign[1], sign[3]) if one] if sign else []
        found += [*([sign[2]] if sign[2] else []), *codes] if sign and codes else [word]
    if found != [*words]:
        raise Misused(
            "An amount is digits, and a currency its three letters", repeat=str(session.line.with_words_of_text(found))
        )


class _Decided(NamedTuple):
    """A payment with what is to be told of it: the deal that it belongs to, and whether the product is a new one."""

    payment: Payment
    deal: Deal | None
    currency: paying.NamedCurrency
    is_new_product: bool


def _paid(session: Session, cover: Cover, words: tuple[str, ...], day: date, deal_name: str | None) -> Result:
    outcome, decided, lines = _write(session, cover, words, day, deal_name)
    done = facts.confirmation(session, outcome)
    result = confirmed(session, done, [*lines, *somewhere(done.folder, dry_run=done.dry_run)])
    code = prices_of(session).code(decided.payment.currency)
    data = {**confirmation_json(done), "record": payment_json(cover.client, decided.payment, code)}
    return result._replace(data=data, shown=result.shown | {"new_name"})


def take_payment(session: Session, cover: Cover, words: Sequence[str]) -> tuple[Outcome, list[Line]]:
    """Write a payment of today as the words say, and what is told of it. Raises as `pay` does, or asks."""
    outcome, _, lines = _write(session, cover, words, session.day, None)
    return outcome, lines


def _write(
    session: Session, cover: Cover, words: Sequence[str], day: date, deal_name: str | None
) -> tuple[Outcome, _Decided, list[Line]]:
    prices = prices_of(session)
    dossier = session.binder.read(cover.client).dossier
    said = read_sum(session, words, dossier, prices, behind="product")
    decided = _decided(session, dossier, said, day, deal_name)

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        if read.dossier.deals != dossier.deals or read.dossier.payments != dossier.payments:
            raise Changed(
                "Their payments were changed meanwhile; nothing was written", file=f"clients/{cover.client}.toml"
            )
        append = Append("payments", schema.record("payments", decided.payment))
        next_ = read.dossier.next
        change = Change(cover.client, cover.name, next_, next_, (append,), _words(cover, decided))
        return [session.transactions.revise(read, change)]

    outcome = session.act(decide)
    after = dossier._replace(records={**dossier.records, "payments": (*dossier.payments, decided.payment)})
    lines = [(Span(sentence(outcome.writes[0].change.words)),), *_told(decided, after, prices)]
    return outcome, decided, lines


def _decided(session: Session, dossier: Dossier, said: Sum, day: date, deal_name: str | None) -> _Decided:
    """The payment: which deal it belongs to, and in which currency. Raises Refused, or asks."""
    prices = prices_of(session)
    deal = _deal(session, dossier, said.text, day, deal_name)
    named = paying.NamedCurrency(said.currency) if said.currency else paying.usual_currency(dossier, deal, prices)
    if deal is not None and said.currency and said.currency != prices.code(deal.currency):
        _check_other_currency(session, deal, said.currency, prices)
    kept = None if named.code == prices.currency else named.code
    payment = Payment(day, said.amount, kept, said.text, deal.name if deal else None)
    is_new = said.text is not None and is_new_product(session, dossier, said.text)
    return _Decided(payment, deal, named, is_new)


def _deal(session: Session, dossier: Dossier, product: str | None, day: date, name: str | None) -> Deal | None:
    if name is not None:
        return chosen_deal(dossier, name, day)
    if product is not None:
        return paying.deal_of_product(dossier, product, day, prices_of(session))
    open_ = [deal for deal in dossier.deals if deal.is_open_on(day)]
    if len(open_) == 1 and session.can_ask:
        ask.show(session, [(Span(f"{one_line(dossier.name)} has an open deal: {one_line(open_[0].name)}."),)])
        return open_[0] if ask.yes(session, "Is it paid for that?") else None
    return None


def _check_other_currency(session: Session, deal: Deal, currency: str, prices: Prices) -> None:
    """A question on a terminal, else a warning, where a payment has another currency than its deal."""
    other = prices.code(deal.currency)
    told = f"The deal {one_line(deal.name)} is in {other or 'no currency that is named'}"
    if not session.can_ask:
        session.warnings.append(Warned("other_currency", f"{told}, and this was paid in {currency}"))
        return
    ask.show(session, [(Span(f"{told}."),)])
    if not ask.yes(session, f"Paid in {currency} all the same?"):
        raise Refused("Left as it is; nothing was written")


# What is told --------------------------------------------------------------------------------------------


def _words(cover: Cover, decided: _Decided) -> str:
    """`2 500 EUR from Anna Kowalska for shop`; what went back is a refund."""
    payment, code = decided.payment, decided.currency.code
    assert payment.amount
    what = payment.product or (decided.deal.what if decided.deal else None)
    for_what = f" for {what}" if what else ""
    amount = payment.amount._replace(digits=abs(payment.amount.digits))
    with_code = " ".join([str(amount), *([code] if code else [])])
    if payment.amount.digits < 0:
        return f"Refund of {with_code} to {cover.name}{for_what}"
    return f"Paid: {with_code} from {cover.name}{for_what}"


def _told(decided: _Decided, dossier: Dossier, prices: Prices) -> Iterator[Line]:
    """What else is true of it: what of its deal is open, a currency that nobody named, a product that is new."""
    notes = []
    if decided.deal is not None:
        of_deal = paying.instalments(decided.deal, dossier.payments, prices)
        code = prices.code(decided.deal.currency)
        whole = decided.deal.amount
        if of_deal.left is None or whole is None:
            notes.append(f"deal {one_line(decided.deal.name)}")
        elif of_deal.is_short:
            rest = f"{of_deal.left} of {whole} {code or ''}".rstrip()
            notes.append(f"deal {one_line(decided.deal.name)}: {rest} still to come")
        else:
            notes.append(f"deal {one_line(decided.deal.name)}: paid in full")
    if decided.currency.as_last_time and decided.currency.code:
        notes.append(f"{decided.currency.code} as last time")
    if decided.is_new_product:
        notes.append(f"{one_line(decided.payment.product or '')} is a new product")
    for note in notes:
        yield (Span(f"   {note}"),)


# What they paid ------------------------------------------------------------------------------------------


def _listed(session: Session, cover: Cover) -> Result:
    from clientfolder.cli.pages.money import payments_page

    prices = prices_of(session)
    dossier = session.binder.read(cover.client).dossier
    rows = sorted(dossier.payments, key=lambda one: one.on, reverse=True)
    session.warn_of_odd(cover)
    data = {"records": [payment_json(cover.client, one, prices.code(one.currency)) for one in rows], "skipped": 0}

    def page(window: Window) -> Iterator[Line]:
        return payments_page(cover, rows, prices, session.day, window)

    return Result(data, page)
