"""The inserts: `file`, `move`, `list`, `binder` and `when`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from clientfolder import clearing, desk, when
from clientfolder.clearing import Details
from clientfolder.cli import complete
from clientfolder.cli.acts import file_one, refiled
from clientfolder.cli.counter import Counter
from clientfolder.cli.echo import arrow, call_now, echo, named_off, outcome_lines, somewhere, warn_of_date
from clientfolder.cli.inserts_page import binder_page, list_page
from clientfolder.cli.paper import (
    Line,
    Page,
    Paper,
    Result,
    Span,
    day_short,
    one_line,
)
from clientfolder.cli.rows import WEEKEND, in_days, in_months, long_on, row_json
from clientfolder.covers import Covers
from clientfolder.dates import MONTHS, Month
from clientfolder.desk import leaf_through
from clientfolder.dossier import Cover
from clientfolder.errors import Misused, NoFolder, PhraseRefused, Refused
from clientfolder.tickler import slots
from clientfolder.tickler.room import Room
from clientfolder.when import When

if TYPE_CHECKING:
    from clientfolder.binder.clerk import Deed

# Commands ---------------------------------------------------------------------------------------------


def file(
    ctx: typer.Context,
    client: str | None = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    words: list[str] | None = typer.Argument(
        None, metavar="WHEN...", show_default=False, autocompletion=complete.phrases
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
    if client is None or not words:
        raise Misused("Whom, and behind which day? Such as: cf file anna 5 july")
    to = when.read(" ".join(words), counter.office.ground())
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
            raise _all_promised(at_stake)

    def decide() -> list[Deed]:
        # Another command may have moved one of them since; it is not carried off from where it lies now.
        lying = [cover for cover in covers if not from_ or _still_lies(counter, cover, from_)]
        return [refiled(counter, cover.client, to, Details(), "Moved {name}", consent=consent) for cover in lying]

    outcome = counter.act(decide, words=_act_words(len(covers), to, counter.day))
    if covers:
        warn_of_date(counter, to)
    stay = tuple([_left_behind(left)] if left else [])
    lines = [*_move_lines(counter, outcome.deeds), *somewhere(counter)]
    result = echo(counter, outcome, lines)
    return Result(result.data, result.page, 1 if left else 0, stay, writes=result.writes, shown=result.shown)


def list_(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="[SLOT|WHEN|RANGE]", show_default=False, autocompletion=complete.places
    ),
    tag: str | None = typer.Option(None, metavar="TAG", help="Only those with this tag."),
    agreed: bool = typer.Option(False, "--agreed", help="Only promised dates."),
    silent_since: str | None = typer.Option(
        None, metavar="AGO", help="Only those not reached for so long, such as 90d."
    ),
    drifting: bool = typer.Option(False, "--drifting", help="Only those silent for longer than is usual with them."),
    dodged: bool = typer.Option(False, "--dodged", help="Only those put off three times or more."),
    first: bool = typer.Option(False, "--first", help="Only first calls: those that were never reached."),
    full: bool = typer.Option(False, "--full", help="The whole sheets, for a meeting or a colleague."),
) -> Result:
    """What lies where: behind an insert (13, july, 10..21, overdue, later), or on a day or in a month.

    Example: cf list 10..21
    """
    counter: Counter = ctx.obj
    covers = counter.everything().covers

    def is_drifting_today(cover: Cover) -> bool:
        return desk.is_drifting(cover, counter.day)

    if words:
        covers = _lying_in(counter, " ".join(words), or_when=True)
    if tag is not None:
        covers = covers.those(lambda cover: tag.casefold() in (known.casefold() for known in cover.tags))
    if agreed:
        covers = covers.those(lambda cover: cover.next is not None and cover.next.agreed)
    if silent_since is not None:
        since = _since(silent_since, counter.day)
        covers = covers.contacts.those(lambda cover: cover.last_contact is None or cover.last_contact < since)
    for wanted, is_so in ((drifting, is_drifting_today), (dodged, desk.is_dodged), (first, desk.is_first_call)):
        covers = covers.those(is_so) if wanted else covers
    resting = words is not None and slots.parse(" ".join(words)) == slots.Inserts((slots.RESTING,))
    places = leaf_through(covers, counter.day, counter.every, resting=resting)
    unreadable = counter.contents.unreadable

    def data() -> dict[str, Any]:
        return {
            "slots": [
                {
                    "slot": place.slot,
                    "on": None if place.on is None else str(place.on),
                    "dossiers": [row_json(cover, counter.day) for cover in place.dossiers],
                }
                for place in places
            ]
        }

    def page(paper: Paper) -> Iterable[Line]:
        if full:
            from clientfolder.cli.sheet_page import sheets_page

            return sheets_page(counter, [cover for place in places for cover in place.dossiers], paper)
        silent = drifting or silent_since is not None
        return [
            *list_page(counter, places, paper, silent=silent),
            *([] if places else _other_sense(counter, " ".join(words or ()))),
        ]

    return Result(data, page, exit=1 if unreadable else 0, errors=unreadable)


def binder(
    ctx: typer.Context,
    dated: bool = typer.Option(False, "--dated", help="The working days ahead as dates, week by week."),
    months: str | None = typer.Option(
        None, "--months", metavar="1-3", help="How many months ahead, dated; 1.", autocompletion=complete.months
    ),
) -> Result:
    """The whole binder as it lies: the days as a calendar with their load, the month inserts, what is late.

    Example: cf binder --dated --months 2
    """
    counter: Counter = ctx.obj
    if months not in (None, *complete.MONTHS):
        raise Misused(f"--months takes 1 to {complete.MONTHS[-1]}, and not {months}")
    places = leaf_through(counter.everything().covers, counter.day, counter.every)
    overdue = next((len(place.dossiers) for place in places if place.slot == slots.OVERDUE), 0)
    data: dict[str, Any] = {
        "slots": [
            {
                "slot": place.slot,
                "on": None if place.on is None else str(place.on),
                "count": len(place.dossiers),
                "load": len(place.dossiers) + (overdue if place.on == counter.day else 0),
            }
            for place in places
        ]
    }
    page: Page = lambda paper: binder_page(counter, places, paper)  # noqa: E731
    if dated or months:
        from clientfolder.cli.week import dated_binder

        days, page = dated_binder(counter, int(months or 1))
        data["days"] = days
    unreadable = counter.contents.unreadable
    return Result(data, page, exit=1 if unreadable else 0, errors=unreadable)


def when_(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="PHRASE", show_default=False, autocompletion=complete.phrases
    ),
) -> Result:
    """How a date phrase is understood; nothing is written. With - it reads one phrase a line.

    Example: cf when next fri 10:00
    """
    counter: Counter = ctx.obj
    phrases = _lines_of(counter) if words == ["-"] else [" ".join(words or ())]
    try:
        ground = counter.office.ground()
        load = counter.load if words != ["-"] else None
    except NoFolder:
        ground, load = when.Ground(counter.day), None
    answers = [_understood(phrase, ground) for phrase in phrases]
    refused = tuple(answer for answer in answers if isinstance(answer, PhraseRefused))
    data = {
        "phrases": [_phrase_json(phrase, answer, counter.day) for phrase, answer in zip(phrases, answers, strict=True)]
    }
    exit_code = 0 if not refused else (2 if len(refused) == len(answers) else 1)
    lines = [
        _phrase_line(phrase, answer, ground, load)
        for phrase, answer in zip(phrases, answers, strict=True)
        if isinstance(answer, When)
    ]
    return Result(data, lambda paper: lines, exit=exit_code, errors=refused)


# What they decide -------------------------------------------------------------------------------------


def _act_words(count: int, to: When, day: date) -> str | None:
    """How history tells an act on several; an act on one tells itself."""
    return f"Moved {count} dossiers to {day_short(to.on, day)}" if count > 1 else None


def _lying_in(counter: Counter, said: str, *, or_when: bool = False) -> Covers:
    """What lies in a slot or a range; or, where a WHEN may stand too, on that very day or in that month."""
    inserts = slots.parse(said) if or_when else slots.must_parse(said)
    day, covers = counter.day, counter.contents.covers
    if inserts is not None:
        return desk.lying_in(covers, inserts, day)
    found = when.read(said, counter.office.ground())
    if found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" says more than a day or a month, and a list is of a whole one')
    return desk.lying_at(covers, found.on)


FIRST = "first"


def _to_move(counter: Counter, said: str, to: When) -> Covers:
    """What lies in a slot or a range; of `first`, the first calls, those without a day before those that have one."""
    if said.strip(" \t").lower() != FIRST:
        return _lying_in(counter, said)
    places = leaf_through(counter.contents.covers.those(desk.is_first_call), counter.day)
    # Who waits for a day comes before who has one; a first call that lies there already is not moved.
    waiting = (slots.UNFILED, slots.UNDATED, slots.LATER, slots.OVERDUE)
    ranked = sorted(places, key=lambda place: (place.slot not in waiting, isinstance(place.on, date)))
    found = [cover for place in ranked for cover in place.dossiers if not (cover.next and cover.next.on == to.on)]
    return Covers.of(found)


def _other_sense(counter: Counter, said: str) -> list[Line]:
    """Where an insert is empty: the day that the same word means as a date, if something lies there."""
    try:
        on = when.read(said, counter.office.ground()).on
    except PhraseRefused:
        return []
    count = len(desk.lying_at(counter.contents.covers, on))
    if not count:
        return []
    return [(Span(f" On {day_short(on, counter.day)}: {count}. That day itself: cf list {on}", "dim"),)]


def _still_lies(counter: Counter, cover: Cover, said: str) -> bool:
    now = counter.binder.sheet(cover.client).dossier.cover
    if said.strip(" \t").lower() == FIRST:
        return desk.is_first_call(now)
    undated = desk.is_undated(now, counter.day)
    return slots.must_parse(said).hold(desk.slot_of(now, counter.day), undated=undated)


def _since(ago: str, day: date) -> date:
    """The day that `90d` ago was; a day looked back at, such as 2026-05-01, does too."""
    try:
        return when.look_back(f"{ago} ago", day)[0]
    except PhraseRefused:
        return when.look_back(ago, day)[0]


def _all_promised(covers: Sequence[Cover]) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    return Refused(
        f"Promised to: {names}. Nothing was moved; to move all the same: --yes",
        candidates=tuple(cover.client for cover in covers),
    )


def _left_behind(covers: Sequence[Cover]) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    return Refused(
        f"Promised dates stay: {names}. To move them too: --yes", candidates=tuple(cover.client for cover in covers)
    )


def _lines_of(counter: Counter) -> list[str]:
    """The lines of standard input, ended by LF or CRLF; any other control character belongs to its line."""
    text = counter.read_all("surrogateescape")
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []


def _understood(phrase: str, ground: when.Ground) -> When | PhraseRefused:
    try:
        return when.read(phrase, ground)
    except PhraseRefused as refused:
        return refused


def _phrase_json(phrase: str, answer: When | PhraseRefused, day: date) -> dict[str, Any]:
    if isinstance(answer, PhraseRefused):
        nothing = dict.fromkeys(("on", "time", "how", "slot", "days"))
        return {"phrase": phrase, **nothing, "error": answer.message}
    return {
        "phrase": phrase,
        "on": str(answer.on),
        "time": f"{answer.time:%H:%M}" if answer.time else None,
        "how": "agreed" if answer.agreed else "planned",
        "slot": slots.slot(answer.on, day),
        "days": None if isinstance(answer.on, Month) else (answer.on - day).days,
        "error": None,
    }


# Pages ------------------------------------------------------------------------------------------------


def _phrase_line(phrase: str, answer: When, ground: when.Ground, load: Mapping[date | Month, int] | None) -> Line:
    day = ground.day
    clock = f" {answer.time:%H:%M}" if answer.time else ""
    facts = [in_months(answer.on, day) if isinstance(answer.on, Month) else in_days(answer.on, day)]
    if isinstance(answer.on, date) and answer.on.weekday() in WEEKEND:
        facts.append(WEEKEND[answer.on.weekday()])
    if isinstance(answer.on, date) and ground.working.is_off(answer.on):
        facts.append(named_off(Room(ground.working), answer.on))
    facts.append(f"behind insert {_insert_name(slots.slot(answer.on, day))}")
    if load is not None:
        facts.append(f"{load.get(answer.on, 0)} there")
    if answer.far:
        facts.append("more than 11 months away")
    mark = "! " if answer.agreed else ""
    return (
        Span(f"{one_line(phrase)} -> "),
        Span(mark, "agreed"),
        Span(f"{long_on(answer.on)}{clock}", "bold"),
        Span(f", {', '.join(facts)}"),
    )


def _insert_name(slot: str) -> str:
    return slot.capitalize() if slot in MONTHS else slot


def _move_lines(counter: Counter, deeds: Sequence[Deed]) -> Iterator[Line]:
    if not deeds:
        yield (Span("Nothing lies there that could be moved."),)
        return
    for deed in deeds:
        yield (Span(f"{deed.change.words}."),)
    after = deeds[-1].change.after
    assert after
    yield from arrow(counter, after)
