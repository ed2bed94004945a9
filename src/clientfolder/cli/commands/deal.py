"""A sale under way, step by step: `deal`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from clientfolder.binder.binder import file_of
from clientfolder.cli import facts, options
from clientfolder.cli.commands.acting import agreed_to_change, read_when, refused_as_promised
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.output.money_json import deal_json
from clientfolder.cli.output.parts import BETWEEN, somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, Window, one_line
from clientfolder.cli.output.words import day_short
from clientfolder.cli.pages.confirmation import place_lines
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.also import Settled
from clientfolder.cli.prompts.find import find_ahead
from clientfolder.cli.prompts.money import is_new_product, prices_of, read_sum
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.phrases import When
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.changes import Change, Edit
from clientfolder.dossier.sales import LOST, WON, Deal
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.errors import Ambiguous, Changed, Misused, Refused
from clientfolder.portfolio import dealing, paying
from clientfolder.portfolio.dealing import DealStep, DealWords
from clientfolder.text import sentence
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite


def deal(
    ctx: Call,
    client: options.Contact = None,
    words: Annotated[
        list[str] | None,
        Argument(metavar="[DEAL] [STAGE|won|lost] [AMOUNT|WHY]...", show_default=False, completes="deal_words"),
    ] = None,
    on: options.On = None,
    product: options.ProductOfDeal = None,
    next: options.Next = None,
    about: options.AboutNext = None,
    yes: Annotated[bool, Option("--yes", help="Also to an earlier stage, and if the date was promised.")] = False,
) -> Result:
    """A new deal, or one step of an old one: the stage it has reached, won, or lost and why. Alone: their deals."""
    session: Session = ctx.obj
    if client is None:
        from clientfolder.cli.unnamed import such_as

        raise Misused(f"Whose deal? {such_as(session, 'deal', 'CLIENT', 'catalogue', 'offer', '11200')}")
    to = read_when(session, next) if next is not None else None
    cover, behind = find_ahead(session, client, words or (), no_slip=True)
    said = _of_the_deal(session, cover, words or [], behind)
    if not said:
        if on is not None or product is not None or to is not None:
            raise Misused(f"Which deal? Such as: cf deal {cover.client} catalogue offer")
        return _listed(session, cover)
    day = session.day if on is None else phrases.look_back(on, session.day, session.workspace.settings.day_first)[0]
    of_client = 1 + len(words or ()) - len(said)
    typed = DealTyped(tuple(said), day, on is not None, product, words_of_client=of_client)
    decided = decided_deal(session, session.binder.read(cover.client).dossier, typed, yes=yes)
    return _written(session, cover, decided, to, Request(about=about or None), yes=yes)


def _of_the_deal(session: Session, cover: Cover, words: list[str], behind: list[str]) -> list[str]:
    """The words behind the client's name; those of it may be the name of a deal that the client has."""
    name = " ".join(words[: len(words) - len(behind)])
    deals = session.binder.read(cover.client).dossier.deals if name else ()
    return words if any(paying.same(name, one.name) for one in deals) else behind


class DealTyped(NamedTuple):
    """What was typed of a deal; `has_day`: the day was named. `option`: that behind which it stood, in another line.

    `words_of_client`: how many words before it name the client.
    """

    words: tuple[str, ...]
    day: date
    has_day: bool = False
    product: str | None = None
    option: str | None = None
    words_of_client: int = 1


class DecidedDeal(NamedTuple):
    """What is to be written: the deal as it was (None: it is new), its place in the file, and the step."""

    before: Deal | None
    place: int
    after: Deal
    step: DealStep
    has_day: bool
    seen: tuple[Deal, ...]
    currency: paying.NamedCurrency

    def edits(self, stages: Sequence[str]) -> tuple[Edit, ...]:
        """The lines of the dossier that this adds or changes."""
        if self.before is None:
            return dealing.opened(self.after)
        return dealing.stepped(self.before, self.place, self.step, stages, has_day=self.has_day)[1]


def decided_deal(session: Session, dossier: Dossier, typed: DealTyped, *, yes: bool) -> DecidedDeal:
    """Which deal is meant and what becomes of it. Raises Refused, Ambiguous or Misused, or asks."""
    stages = session.workspace.settings.stages
    names = [one.name for one in dossier.deals if one.is_open_on(typed.day)]
    try:
        said = dealing.read_words(typed.words, stages, names)
    except dealing.Unclear as unclear:
        raise _unclear(session, unclear, typed) from None
    prices = prices_of(session)
    amount = currency = None
    if said.amount:
        amount, currency, _ = read_sum(session, said.amount, dossier, prices, behind=None)
    place = _place(dossier, said, typed.day)
    before = None if place is None else dossier.deals[place]
    named = paying.NamedCurrency(currency) if currency else paying.usual_currency(dossier, before, prices)
    kept = None if named.code == prices.currency or amount is None else named.code
    step = DealStep(said.step, typed.day, amount, kept, said.why, typed.product)
    if before is None:
        return _new(session, dossier, said, step, typed, named)
    _check_step(session, dossier.client, before, said, typed, yes=yes)
    if said.step == LOST and said.why is None and session.can_ask:
        step = step._replace(why=ask.line(session, "Why? (Enter: no reason) ").strip() or None)
    assert place is not None
    after, _ = dealing.stepped(before, place, step, stages, has_day=typed.has_day)
    return DecidedDeal(before, place, after, step, typed.has_day, dossier.deals, named)


def _unclear(session: Session, unclear: dealing.Unclear, typed: DealTyped) -> Misused:
    rest = " ".join(unclear.rest)
    told = f"Behind the stage {unclear.step} stands an amount and nothing else; {rest} is none"
    short, line = unclear.name.removesuffix(rest).strip(), session.line
    if typed.option is None:
        whole = line.with_text(unclear.name, behind=typed.words_of_client)
        without = line.without_last_words(len(unclear.rest))
    else:
        whole, without = line.with_values(typed.option, unclear.name), line.with_values(typed.option, *short.split())
    return Misused(f"{told}. As a name: {whole}, or without it: {without}")


def settled_deal(session: Session, dossier: Dossier, typed: DealTyped, *, yes: bool = False) -> SettledDeal:
    """What a contact has made of a deal. Raises Refused, Ambiguous or Misused, or asks."""
    decided = decided_deal(session, dossier, typed, yes=yes)
    stages = session.workspace.settings.stages

    def edits(now: Dossier) -> tuple[Edit, ...]:
        if now.deals != decided.seen:
            raise _changed(dossier.client)
        return decided.edits(stages)

    told = (Span(f"   {deal_words(dossier.cover, decided, session.day)}"),)
    settled = Settled(edits=edits, told=[told, *told_lines(dossier.cover, decided)])
    return SettledDeal(settled, _record(session, dossier.client, decided))


class SettledDeal(NamedTuple):
    """What a contact has made of a deal: how it is written and told, and the deal as scripts see it."""

    settled: Settled
    record: dict[str, Any]


def _record(session: Session, client: str, decided: DecidedDeal) -> dict[str, Any]:
    after = decided.after
    return deal_json(client, after, prices_of(session).code(after.currency), session.workspace.settings.stages)


def _changed(client: str) -> Changed:
    return Changed("Their deals were changed meanwhile; nothing was written", file=file_of(client))


def _place(dossier: Dossier, said: DealWords, day: date) -> int | None:
    """The place of the deal that is meant; None for a new one."""
    open_ = [place for place, one in enumerate(dossier.deals) if one.is_open_on(day)]
    if said.name is None:
        if len(open_) == 1:
            return open_[0]
        if not open_:
            raise Misused(
                f"{dossier.name} has no open deal. A new one, with its name: cf deal {dossier.client} shop 2500"
            )
        names = tuple(dossier.deals[place].name for place in open_)
        raise Ambiguous(f"Which deal? Open are: {', '.join(map(one_line, names))}", candidates=names)
    found = [place for place in open_ if paying.same(dossier.deals[place].name, said.name)]
    if found:
        return found[-1]
    closed = [place for place, one in enumerate(dossier.deals) if paying.same(one.name, said.name)]
    return closed[-1] if closed and said.step in (WON, LOST) else None


def _new(
    session: Session, dossier: Dossier, said: DealWords, step: DealStep, typed: DealTyped, named: paying.NamedCurrency
) -> DecidedDeal:
    assert said.name is not None
    name = dealing.free_name(said.name, dossier.deals)
    product = typed.product or (said.name if name != said.name else None)
    stages = session.workspace.settings.stages
    is_closed = said.step in (WON, LOST)
    steps = {} if is_closed else {said.step or stages[0]: typed.day}
    ended = {said.step: typed.day} if is_closed else {}
    after = Deal(name, product, step.amount, step.currency, steps, ended.get(WON), ended.get(LOST), step.why)
    is_new_product(session, dossier, after.what)
    return DecidedDeal(None, len(dossier.deals), after, step, typed.has_day, dossier.deals, named)


def _check_step(session: Session, client: str, before: Deal, said: DealWords, typed: DealTyped, *, yes: bool) -> None:
    """Raises Refused for where it stands already, and without a yes for the way back."""
    stages, day = session.workspace.settings.stages, typed.day
    if said.step is None:
        return
    if said.step in (WON, LOST):
        closed = before.won if said.step == WON else before.lost
        if closed is not None and not typed.has_day:
            told = f"{before.name} is {said.step} since {day_short(closed, day)}"
            raise Refused(told, then=("deal", client, before.name, said.step, "--on", "DAY"))
        return
    here = dealing.furthest(before, stages)
    if here is not None and paying.same(here, said.step) and not typed.has_day and not said.amount:
        since = day_short(before.steps[here], day)
        told = f"{before.name} is at {here} already, since {since}"
        raise Refused(told, then=("deal", client, before.name, here, "--on", "DAY"))
    if later := dealing.later_stages(before, said.step, stages):
        told = f"{before.name} was at {later[-1]} already; back to {said.step} takes that day away"
        if yes:
            return
        if not session.can_ask:
            raise Refused(f"{told}; to do it all the same: --yes", repeat=str(session.line.with_option("--yes")))
        ask.show(session, [(Span(f"{one_line(told)}."),)])
        if not ask.yes(session, "Take it back?"):
            raise Refused("Left as it is; nothing was written")


# Writing ---------------------------------------------------------------------------------------------------


def _written(
    session: Session, cover: Cover, decided: DecidedDeal, to: When | None, request: Request, *, yes: bool
) -> Result:
    consent = to is not None and agreed_to_change(session, cover, to, yes)

    def filed(now: Cover, words: str) -> Change | None:
        if to is None:
            return None
        if not consent and acts.breaks_agreement(now, to):
            raise refused_as_promised(session, now)
        return acts.refile(now, to, request, at=session.workspace.now, words=words)

    outcome = _write(session, cover, decided, filed)
    if to is not None:
        facts.warn_of_date(session, to, outcome.writes[0].cover)
    done = facts.confirmation(session, outcome)
    lines = [(Span(sentence(done.written[0].change.words)),), *told_lines(cover, decided)]
    if to is not None:
        lines += place_lines(done.written[0], session.day)
    lines += somewhere(done.folder, dry_run=done.dry_run)
    return confirmed(session, done, lines, {"record": _record(session, cover.client, decided)})


def _write(
    session: Session,
    cover: Cover,
    decided: DecidedDeal,
    filed: Callable[[Cover, str], Change | None] = lambda now, words: None,
) -> Outcome:
    """The step as one act. `filed`: what becomes of the next contact, on what lies there then. Raises Changed."""
    stages = session.workspace.settings.stages

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        if read.dossier.deals != decided.seen:
            raise _changed(cover.client)
        words = deal_words(cover, decided, session.day)
        change = Change(cover.client, cover.name, now.next, now.next, decided.edits(stages), words)
        if moved := filed(now, words):
            change = moved._replace(edits=(*change.edits, *moved.edits))
        return [session.transactions.revise(read, change)]

    return session.act(decide)


def take_step(session: Session, cover: Cover, words: Sequence[str]) -> tuple[Outcome, list[Line]]:
    """Write a new deal, or a step of one, as the words say, and what is told of it. Raises as `deal` does, or asks."""
    typed = DealTyped(tuple(words), session.day)
    decided = decided_deal(session, session.binder.read(cover.client).dossier, typed, yes=False)
    outcome = _write(session, cover, decided)
    return outcome, [(Span(sentence(outcome.writes[0].change.words)),), *told_lines(cover, decided)]


def open_deals_line(session: Session, cover: Cover) -> Line:
    """What of a client is open, before they are asked about."""
    stages = session.workspace.settings.stages
    open_ = [one for one in session.binder.read(cover.client).dossier.deals if one.is_open_on(session.day)]
    words = [f"{one_line(one.name)}, at {at}" if (at := dealing.furthest(one, stages)) else one.name for one in open_]
    return (Span(f"   {BETWEEN.join(words) or 'no open deal'}   DEAL, STAGE or won or lost WHY, AMOUNT", "dim"),)


def deal_words(cover: Cover, decided: DecidedDeal, day: date) -> str:
    """`Anna Kowalska: catalogue at offer, 11 200 PLN`."""
    deal, step = decided.after, decided.step
    at = step.to or (next(iter(deal.steps), None) if decided.before is None else None)
    what = f"{'new deal ' if decided.before is None else ''}{deal.name}"
    if at in (WON, LOST):
        what += f" {at}"
    elif at:
        what += f" at {at}"
    since = f" since {day_short(step.on, day)}" if step.on != day else ""
    amount = f", {_amount(step.amount, decided.currency.code)}" if step.amount else ""
    why = f": {step.why}" if step.why else ""
    return f"{cover.name}: {one_line(what)}{since}{amount}{one_line(why)}"


def _amount(amount: Amount, code: str | None) -> str:
    return " ".join(filter(None, [str(amount), code]))


def told_lines(cover: Cover, decided: DecidedDeal) -> Iterator[Line]:
    """What else is worth knowing of a step."""
    if decided.step.amount and decided.currency.as_last_time and decided.currency.code:
        yield (Span(f"   {decided.currency.code} as last time"),)
    if decided.step.to == WON:
        yield Span("   how content are they? "), Span(f"cf log {cover.client} --form satisfaction", "dim")


# Their deals -----------------------------------------------------------------------------------------------


def _listed(session: Session, cover: Cover) -> Result:
    from clientfolder.cli.pages.money import deals_page

    prices, stages = prices_of(session), session.workspace.settings.stages
    dossier = session.binder.read(cover.client).dossier
    rows = sorted(dossier.deals, key=lambda one: one.newest_day or date.max, reverse=True)
    data = {
        "records": [deal_json(cover.client, one, prices.code(one.currency), stages) for one in rows],
        "skipped": 0,
    }

    def page(window: Window) -> Iterator[Line]:
        return deals_page(cover, dossier, rows, prices, stages, session.day, window)

    return Result(data, page)
