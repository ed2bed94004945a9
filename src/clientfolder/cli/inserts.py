"""The inserts: `file`, `move`, `list`, `binder` and `when`, and the pages of what lies where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import typer

from clientfolder import desk, when
from clientfolder.binder.binder import Deed, Outcome
from clientfolder.cli import complete
from clientfolder.cli.counter import Counter, in_days, in_months, long_on, row_json, title
from clientfolder.cli.day import agreed_to_change, echo, outcome_lines, promised
from clientfolder.cli.paper import (
    EMPTY,
    Line,
    Paper,
    Result,
    Span,
    bar,
    day_of_log,
    day_short,
    fitted,
    one_line,
    padded,
    row,
    width,
)  # fmt: skip
from clientfolder.dates import MONTHS, Month
from clientfolder.desk import Details, Place, leaf_through, loads
from clientfolder.dossier import Cover
from clientfolder.errors import Misused, NoFolder, PhraseRefused, Refused
from clientfolder.tickler import slots
from clientfolder.when import When

# Commands ---------------------------------------------------------------------------------------------


def file(
    ctx: typer.Context,
    client: str = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    words: list[str] = typer.Argument(None, metavar="WHEN...", show_default=False, autocompletion=complete.phrases),
    about: str = typer.Option(None, "--about", metavar="TEXT", help="What the contact is about."),
    for_: str = typer.Option(None, "--for", metavar="KIND", help="The kind of contact.", autocompletion=complete.kinds),
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
    consent = agreed_to_change(counter, cover, to, yes)
    outcome = refile_one(counter, cover, to, Details(about or None, for_, None, agreed), consent=consent)
    return echo(counter, outcome, list(outcome_lines(counter, outcome)))


def move(
    ctx: typer.Context,
    clients: list[str] = typer.Argument(
        None, metavar="[CLIENT]...", show_default=False, autocompletion=complete.clients
    ),
    next: str = typer.Option(None, "-n", "--next", metavar="WHEN", help="Where to.", autocompletion=complete.phrases),
    from_: str = typer.Option(
        None, "--from", metavar="SLOT", help="All that lie there: 13, 10..21, overdue.", autocompletion=complete.places
    ),
    yes: bool = typer.Option(False, "--yes", help="Promised dates too."),
) -> Result:
    """Put several dossiers behind another insert, or all that lie in a slot: one act, one undo.

    Promised dates stay where they are, unless the clients are named and you say yes.

    Example: cf move --from overdue -n tomorrow
    """
    counter: Counter = ctx.obj
    if next is None or bool(clients) == bool(from_):
        raise Misused("Whom, and where to? cf move anna novak -n fri, or cf move --from 13 -n 15")
    to = when.read(next, counter.office.ground())
    if from_:
        covers = _lying_in(counter, from_)
        left = [] if yes else [cover for cover in covers if desk.breaks_agreement(cover, to)]
        covers = [cover for cover in covers if cover not in left]
        consent = yes
    else:
        covers, left = list({cover.client: cover for cover in map(counter.find, clients)}.values()), []
        at_stake = [cover for cover in covers if desk.breaks_agreement(cover, to)]
        consent = bool(at_stake) and counter.agree(at_stake, yes)
        if at_stake and not consent:
            raise _all_promised(at_stake)

    def decide() -> list[Deed]:
        return [_refiled(counter, cover.client, to, Details(), "Moved {name}", consent=consent) for cover in covers]

    outcome = counter.act(decide, words=f"Moved {len(covers)} dossiers to {day_short(to.on, counter.day)}")
    if covers:
        counter.warn_of_date(to)
    stay = tuple([_left_behind(left)] if left else [])
    lines = [*_move_lines(counter, outcome.deeds), *counter.somewhere()]
    result = echo(counter, outcome, lines)
    return Result(result.data, result.page, 1 if left else 0, stay, writes=result.writes, shown=result.shown)


def list_(
    ctx: typer.Context,
    words: list[str] = typer.Argument(
        None, metavar="[SLOT|WHEN|RANGE]", show_default=False, autocompletion=complete.places
    ),
    tag: str = typer.Option(None, metavar="TAG", help="Only those with this tag."),
    agreed: bool = typer.Option(False, "--agreed", help="Only promised dates."),
    silent_since: str = typer.Option(None, metavar="AGO", help="Only those not reached for so long, such as 90d."),
    full: bool = typer.Option(False, "--full", help="The whole sheets, for a meeting or a colleague."),
) -> Result:
    """What lies where: behind an insert (13, july, 10..21, overdue, later), or on a day or in a month.

    Example: cf list 10..21
    """
    counter: Counter = ctx.obj
    covers = counter.contents.covers
    if words:
        covers = tuple(_lying_in(counter, " ".join(words), or_when=True))
    if tag is not None:
        covers = tuple(cover for cover in covers if tag.casefold() in (known.casefold() for known in cover.tags))
    if agreed:
        covers = tuple(cover for cover in covers if cover.next and cover.next.agreed)
    if silent_since is not None:
        since = _since(silent_since, counter.day)
        covers = tuple(cover for cover in covers if cover.last_contact is None or cover.last_contact < since)
    resting = bool(words) and slots.parse(" ".join(words)) == slots.Inserts((slots.RESTING,))
    places = leaf_through(covers, counter.day, resting=resting)
    unreadable = counter.contents.unreadable
    data = {
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
            from clientfolder.cli.sheets import sheets_page

            return sheets_page(counter, [cover for place in places for cover in place.dossiers], paper)
        return _list_page(counter, places, paper)

    return Result(data, page, exit=1 if unreadable else 0, errors=unreadable)


def binder(ctx: typer.Context) -> Result:
    """The whole binder as it lies: the days as a calendar with their load, the month inserts, what is late.

    Example: cf binder
    """
    counter: Counter = ctx.obj
    places = leaf_through(counter.contents.covers, counter.day)
    overdue = next((len(place.dossiers) for place in places if place.slot == slots.OVERDUE), 0)
    data = {
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
    unreadable = counter.contents.unreadable
    return Result(
        data, lambda paper: _binder_page(counter, places, paper), exit=1 if unreadable else 0, errors=unreadable
    )


def when_(
    ctx: typer.Context,
    words: list[str] = typer.Argument(None, metavar="PHRASE", show_default=False, autocompletion=complete.phrases),
) -> Result:
    """How a date phrase is understood; nothing is written. With - it reads one phrase a line.

    Example: cf when next fri 10:00
    """
    counter: Counter = ctx.obj
    phrases = _lines_of(counter) if words == ["-"] else [" ".join(words or ())]
    try:
        ground = counter.office.ground()
    except NoFolder:
        ground = when.Ground(counter.day)
    answers = [_understood(phrase, ground) for phrase in phrases]
    refused = tuple(answer for answer in answers if isinstance(answer, PhraseRefused))
    data = {
        "phrases": [_phrase_json(phrase, answer, counter.day) for phrase, answer in zip(phrases, answers, strict=True)]
    }
    exit_code = 0 if not refused else (2 if len(refused) == len(answers) else 1)
    lines = [
        _phrase_line(phrase, answer, counter.day)
        for phrase, answer in zip(phrases, answers, strict=True)
        if isinstance(answer, When)
    ]
    return Result(data, lambda paper: lines, exit=exit_code, errors=refused)


# What they decide -------------------------------------------------------------------------------------


def refile_one(counter: Counter, cover: Cover, to: When, details: Details, *, consent: bool) -> Outcome:
    """Put one dossier behind another insert. Raises Refused for a promised date without consent."""

    def decide() -> list[Deed]:
        return [_refiled(counter, cover.client, to, details, "Filed {name}", consent=consent)]

    outcome = counter.act(decide)
    counter.warn_of_date(to)
    return outcome


def _refiled(counter: Counter, client: str, to: When, details: Details, words: str, *, consent: bool) -> Deed:
    read = counter.binder.sheet(client)
    now = read.dossier.cover
    if not consent and desk.breaks_agreement(now, to):
        raise promised(now, counter.day)
    change = desk.refile(now, to, details, at=counter.office.now, words=words.format(name=now.name))
    return counter.binder.revise(read, change)


def _lying_in(counter: Counter, said: str, *, or_when: bool = False) -> list[Cover]:
    """What lies in a slot or a range; or, where a WHEN may stand too, on that very day or in that month."""
    inserts = slots.parse(said) if or_when else slots.must_parse(said)
    day, covers = counter.day, counter.contents.covers
    if inserts is not None:
        return [c for c in covers if inserts.hold(desk.slot_of(c, day), undated=desk.is_undated(c, day))]
    found = when.read(said, counter.office.ground())
    if found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" says more than a day or a month, and a list is of a whole one')
    return [c for c in covers if c.resting is None and c.next and _is_at(c.next.on, found.on)]


def _is_at(on: date | Month, asked: date | Month) -> bool:
    return on == asked or (isinstance(asked, Month) and isinstance(on, date) and Month.of(on) == asked)


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
    stream = getattr(counter.world.stdin, "buffer", None)
    text = stream.read().decode("utf-8", "surrogateescape") if stream else counter.world.stdin.read()
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


def _phrase_line(phrase: str, answer: When, day: date) -> Line:
    clock = f" {answer.time:%H:%M}" if answer.time else ""
    distance = in_months(answer.on, day) if isinstance(answer.on, Month) else in_days(answer.on, day)
    facts = [distance, f"behind insert {_insert_name(slots.slot(answer.on, day))}"]
    if isinstance(answer.on, date) and answer.on.weekday() >= 5:
        facts.insert(1, f"a {('Saturday', 'Sunday')[answer.on.weekday() - 5]}")
    if answer.far:
        facts.append("more than 11 months away")
    mark = "! " if answer.agreed else ""
    return (
        Span(f"{one_line(phrase)} -> "), Span(mark, "agreed"), Span(f"{long_on(answer.on)}{clock}", "bold"),
        Span(f", {', '.join(facts)}"),
    )  # fmt: skip


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
    yield from counter.arrow(after)


def _place_name(place: Place, day: date) -> str:
    if place.slot == slots.OVERDUE:
        return "LATE"
    if place.slot == slots.UNFILED:
        return "NO DATE"
    if place.slot == slots.RESTING:
        return "RESTING"
    assert place.on
    if isinstance(place.on, Month):
        name = f"{place.on.name.capitalize()} {place.on.year}"
        return f"IN {place.on.name.upper()}, NO DAY YET" if place.on == Month.of(day) else name
    return day_short(place.on, day) + (", today" if place.on == day else "")


def _list_page(counter: Counter, places: Sequence[Place], paper: Paper) -> Iterator[Line]:
    """Each insert with what lies behind it; a line a dossier."""
    if not places:
        yield (Span(" Nothing lies there.", "dim"),)
    for number, place in enumerate(places):
        if number:
            yield EMPTY
        late = place.slot in (slots.OVERDUE, slots.UNFILED)
        count = f"{len(place.dossiers)}"
        yield row(
            [Span(f" {_place_name(place, counter.day)}", "late" if late else "head")],
            [Span(count, "dim")],
            columns=paper.columns - 1,
        )
        for cover in place.dossiers:
            yield _list_row(cover, place, counter.day, paper)


def _list_row(cover: Cover, place: Place, day: date, paper: Paper) -> Line:
    columns = paper.columns - 1
    phone = [Span(one_line(cover.phone))] if cover.phone else []
    mark = Span(" ! " if cover.next and cover.next.agreed and cover.resting is None else "   ", "agreed")
    stamp = padded(_list_stamp(cover, place, day), 7)
    name = one_line(title(cover))
    left = [mark, Span(stamp, "late" if place.slot == slots.OVERDUE else ""), Span(name, "bold")]
    column = 36
    room = columns - column - sum(width(span.text) for span in phone) - 2
    words = _list_words(cover, day)
    if words and room >= 10 and 10 + width(name) < column - 1:
        left += [Span(" " * (column - 10 - width(name))), Span(fitted(words, room), "dim")]
    elif 10 + width(name) >= column and columns - 12 - sum(width(s.text) for s in phone) < width(name):
        left[-1] = Span(fitted(name, columns - 12 - sum(width(s.text) for s in phone)), "bold")
    return row(left, phone, columns=columns)


def _list_stamp(cover: Cover, place: Place, day: date) -> str:
    if cover.next is None or cover.resting is not None:
        return ""
    if place.slot == slots.OVERDUE:
        return f"{slots.days_late(cover.next.on, day)} d"
    if isinstance(place.on, Month):
        return "" if isinstance(cover.next.on, Month) else day_of_log(cover.next.on, place.on.first)
    return f"{cover.next.time:%H:%M}" if cover.next.time else ""


def _list_words(cover: Cover, day: date) -> str:
    if cover.resting is not None:
        return cover.resting
    about = cover.next.about if cover.next else None
    last = f"{day_of_log(cover.last.day, day)} {cover.last.text or cover.last.kind}" if cover.last else "first call"
    return one_line(about or last)


WEEKS_SHOWN = 5


def _binder_page(counter: Counter, places: Sequence[Place], paper: Paper) -> Iterator[Line]:
    """The day inserts as a calendar with their load, then the month inserts, then what has no day."""
    settings = counter.office.settings
    load = loads(counter.contents.covers, counter.day)
    promised_days = {c.next.on for c in counter.contents.covers if c.next and c.next.agreed and c.resting is None}
    with_bars = paper.columns >= 76
    cell = 12 if with_bars else 9
    heads = "".join(padded(name, cell) for name in ("Mon", "Tue", "Wed", "Thu", "Fri"))
    yield (Span(f"       {heads}Sat Sun", "dim"),)
    months = [place for place in places if isinstance(place.on, Month) and place.on != Month.of(counter.day)]
    by_day = {place.on: place for place in places if isinstance(place.on, date)}
    monday = counter.day - timedelta(days=counter.day.weekday())
    last = max((day for day in by_day if isinstance(day, date)), default=counter.day)
    shown_month = None
    while monday <= max(last, counter.day):
        week = [monday + timedelta(days=n) for n in range(7)]
        monday += timedelta(weeks=1)
        if not any(day in by_day or day == counter.day for day in week):
            continue
        first = next(day for day in week if day >= counter.day)
        name = f"{MONTHS[first.month - 1][:3].capitalize():>5}  " if first.month != shown_month else " " * 7
        shown_month = first.month
        spans = [Span(name, "dim")]
        for day in week[:5]:
            style = "bold" if day == counter.day else ("late" if load[day] > settings.capacity else "")
            text = (
                _day_cell(day, load, settings.capacity, day in promised_days, with_bars) if day >= counter.day else ""
            )
            spans.append(Span(padded(text, cell), style))
        spans += [Span(f"{load[day] or '':>3} ") for day in week[5:]]
        yield tuple(spans)
    yield from _wrapped_spans(_month_spans(months, settings.capacity, with_bars), paper)
    yield from _wrapped_spans(
        _pile_spans(counter, places), paper, right="! promised   + over " + str(settings.capacity)
    )


def _day_cell(day: date, load: Any, capacity: int, promised: bool, with_bars: bool) -> str:
    count = f"{load[day]}{'!' if promised else ' '}"
    if not load[day]:
        return f"{day.day:2}"
    if not with_bars:
        return f"{day.day:2} {count:>4}"
    return f"{day.day:2} {padded(bar(load[day], capacity, 4), 5)}{count:>3}"


def _month_spans(months: Sequence[Place], capacity: int, with_bars: bool) -> Iterator[Span]:
    later = 0
    for place in months:
        if place.slot == slots.LATER:
            later += len(place.dossiers)
            continue
        assert isinstance(place.on, Month)
        blocks = bar(len(place.dossiers), capacity, 2).rstrip("+") + " " if with_bars else ""
        yield Span(f"{place.on.name.capitalize()} {blocks}{len(place.dossiers)}")
    if later:
        yield Span(f"later {later}")


def _pile_spans(counter: Counter, places: Sequence[Place]) -> Iterator[Span]:
    names = {slots.OVERDUE: "LATE", slots.UNFILED: "NO DATE"}
    for place in places:
        if place.slot in names:
            yield Span(f"{names[place.slot]} {len(place.dossiers)}", "late")
        elif place.on == Month.of(counter.day):
            yield Span(f"IN {counter.day:%B}, NO DAY YET {len(place.dossiers)}".upper())


def _wrapped_spans(spans: Iterable[Span], paper: Paper, right: str = "") -> Iterator[Line]:
    line: list[Span] = []
    used = 2
    for span in spans:
        if line and used + width(span.text) + 3 > paper.columns - 1:
            yield (Span("  "), *line)
            line, used = [], 2
        line += [span, Span("   ")]
        used += width(span.text) + 3
    if right and line:
        yield row(
            [Span("  "), *line],
            [Span(right, "dim")] if used + width(right) < paper.columns else [],
            columns=paper.columns - 1,
        )
    elif line:
        yield (Span("  "), *line)
