"""Behind another insert: `file` one dossier, `move` several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import typer

from clientfolder import clearing, desk, when
from clientfolder.clearing import Details
from clientfolder.cli import complete
from clientfolder.cli.acts import file_one, one_phrase, refiled
from clientfolder.cli.counter import Counter
from clientfolder.cli.echo import arrow, call_now, echo, outcome_lines, somewhere, warn_of_date
from clientfolder.cli.inserts import lying_in
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.paper import Line, Result, Span, day_short
from clientfolder.covers import Covers
from clientfolder.desk import leaf_through
from clientfolder.dossier import Cover
from clientfolder.errors import Misused, Refused
from clientfolder.tickler import slots
from clientfolder.when import When

if TYPE_CHECKING:
    from clientfolder.binder.clerk import Deed


def file(
    ctx: typer.Context,
    client: str | None = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    words: list[str] | None = typer.Argument(
        None, metavar="WHEN...", show_default=False, autocompletion=complete.phrases
    ),
    next: str | None = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="The same as WHEN.", autocompletion=complete.phrases
    ),
    about: str | None = typer.Option(None, "--about", metavar="TEXT", help="What the contact is about."),
    for_: str | None = typer.Option(
        None, "--for", metavar="KIND", help="The kind of contact.", autocompletion=complete.kinds
    ),
    agreed: bool = typer.Option(False, "--agreed", help="The date is promised, as with ! behind it."),
    yes: bool = typer.Option(False, "--yes", help="Also if the old date was promised."),
) -> Result:
    """Put one dossier behind an insert; a resting one wakes.

    Example: cf file anna 5 july --about the revised quote
    """
    counter: Counter = ctx.obj
    phrase = one_phrase(words, next)
    if client is None or phrase is None:
        raise Misused("Whom, and behind which day? Such as: cf file anna 5 july")
    check_kind(counter, for_)
    to = when.read(phrase, counter.office.ground())
    cover = counter.find(client)
    outcome = file_one(counter, cover, to, Details(about or None, for_, None, agreed), yes=yes)
    return echo(counter, outcome, list(outcome_lines(counter, outcome)) if outcome.deeds else call_now(cover))


def move(
    ctx: typer.Context,
    clients: list[str] | None = typer.Argument(
        None, metavar="[CLIENT]...", show_default=False, autocompletion=complete.clients
    ),
    next: str | None = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="Where to.", autocompletion=complete.phrases
    ),
    from_: str | None = typer.Option(
        None,
        "--from",
        metavar="SLOT",
        help="All that lie there: 13, 10..21, overdue; or first.",
        autocompletion=complete.places,
    ),
    limit: int | None = typer.Option(None, metavar="N", min=1, help="No more than so many of them."),
    yes: bool = typer.Option(False, "--yes", help="Promised dates too."),
) -> Result:
    """Put several dossiers behind another insert, or all that lie in a slot: one act, one undo.

    Promised dates stay where they are, unless the clients are named and you say yes.

    Example: cf move --from overdue -n tomorrow
    """
    counter: Counter = ctx.obj
    if next is None or bool(clients) == bool(from_) or (limit and not from_):
        raise Misused("Whom, and where to? cf move anna novak -n fri, or cf move --from 13 -n 15")
    to = when.read(next, counter.office.ground())
    if from_:
        lying = _to_move(counter, from_, to)
        left = [] if yes else [cover for cover in lying if clearing.breaks_agreement(cover, to)]
        covers = [cover for cover in lying if cover not in left][:limit]
        consent = yes
    else:
        covers, left = list({cover.client: cover for cover in map(counter.find, clients or ())}.values()), []
        at_stake = [cover for cover in covers if clearing.breaks_agreement(cover, to)]
        consent = yes or (bool(at_stake) and counter.agree(at_stake, yes))
        if at_stake and not consent:
            raise _all_promised(counter, at_stake)

    def decide() -> list[Deed]:
        # Another command may have moved one of them since; it is not carried off from where it lies now.
        lying = [cover for cover in covers if not from_ or _still_lies(counter, cover, from_)]
        return [refiled(counter, cover.client, to, Details(), "Moved {name}", consent=consent) for cover in lying]

    outcome = counter.act(decide, words=_act_words(len(covers), to, counter.day))
    if covers:
        warn_of_date(counter, to)
    # What cannot be read may lie there too.
    unreadable = counter.contents.unreadable if from_ else ()
    errors = (*unreadable, *([_left_behind(left)] if left else []))
    lines = [*_move_lines(counter, outcome.deeds), *somewhere(counter)]
    result = echo(counter, outcome, lines)
    return Result(result.data, result.page, 1 if errors else 0, errors, writes=result.writes, shown=result.shown)


# What they decide -------------------------------------------------------------------------------------


def _act_words(count: int, to: When, day: date) -> str | None:
    """How history tells an act on several; an act on one tells itself."""
    return f"Moved {count} dossiers to {day_short(to.on, day)}" if count > 1 else None


FIRST = "first"


def _to_move(counter: Counter, said: str, to: When) -> Covers:
    """What lies in a slot or a range; of `first`, the first calls, those without a day before those that have one."""
    if said.strip(" \t").lower() != FIRST:
        return lying_in(counter, said)
    places = leaf_through(counter.contents.covers.those(desk.is_first_call), counter.day)
    # Who waits for a day comes before who has one; a first call that lies there already is not moved.
    waiting = (slots.UNFILED, slots.UNDATED, slots.LATER, slots.OVERDUE)
    ranked = sorted(places, key=lambda place: (place.slot not in waiting, isinstance(place.on, date)))
    found = [cover for place in ranked for cover in place.dossiers if not (cover.next and cover.next.on == to.on)]
    return Covers.of(found)


def _still_lies(counter: Counter, cover: Cover, said: str) -> bool:
    now = counter.binder.sheet(cover.client).dossier.cover
    if said.strip(" \t").lower() == FIRST:
        return desk.is_first_call(now)
    return desk.lies_in(now, slots.must_parse(said), counter.day)


def _all_promised(counter: Counter, covers: Sequence[Cover]) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    return Refused(
        f"Promised to: {names}. Nothing was moved; to move all the same: --yes",
        candidates=tuple(cover.client for cover in covers),
        repeat=str(counter.line.with_option("--yes")),
    )


def _left_behind(covers: Sequence[Cover]) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    return Refused(
        f"Promised dates stay: {names}. To move them too: --yes", candidates=tuple(cover.client for cover in covers)
    )


def _move_lines(counter: Counter, deeds: Sequence[Deed]) -> Iterator[Line]:
    if not deeds:
        yield (Span("Nothing lies there that could be moved."),)
        return
    for deed in deeds:
        yield (Span(f"{deed.change.words}."),)
    after = deeds[-1].change.after
    assert after
    yield from arrow(counter, after)
