"""The pages of what lies where: the list of inserts with their dossiers, and the binder as a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from clientfolder.cli.output.parts import head_line, legend, load_cell, wrapped_spans
from clientfolder.cli.output.terminal import (
    EMPTY,
    Line,
    Span,
    Window,
    bar,
    fitted,
    one_line,
    padded,
    row,
    width,
    wrapped,
)
from clientfolder.cli.output.words import day_of_log, day_short, title
from clientfolder.dates.calendar import MONTHS, Month
from clientfolder.dossier.covers import with_owner
from clientfolder.dossier.types import Cover
from clientfolder.settings.values import DEFAULT_CAPACITY
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import Insert, Listing, WholeBinder


def _place_name(place: Insert, day: date) -> str:
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


# So many columns of what for a company leaves, where that is longer; and a long name.
MOST_BESIDE, LEAST_BESIDE = 24, 10

# So many columns have the words of a list that are explained.
WORDS_WIDE = 12

# Says why a dossier is in a list, as of a day.
Why = Callable[[Cover, date], str]


def list_page(listing: Listing, window: Window, *, why: Sequence[Why] = ()) -> Iterator[Line]:
    """Each insert with what lies behind it; a line a dossier, with `why` it is in this list if that is asked."""
    day = listing.day
    if not listing.places:
        yield (Span(" Nothing lies there.", "dim"),)
    for number, place in enumerate(listing.places):
        if number:
            yield EMPTY
        late = place.slot in (slots.OVERDUE, slots.UNFILED)
        name = Span(f" {_place_name(place, day)}", "late" if late else "head")
        yield head_line([name], [Span(f"{len(place.dossiers)}", "dim")], window)
        for cover in place.dossiers:
            reason = ", ".join(filter(None, (say(cover, day) for say in why)))
            yield list_row(with_owner(cover, listing.covers), place, day, window, reason=reason)


def list_row(cover: Cover, place: Insert, day: date, window: Window, *, reason: str = "", before: str = "") -> Line:
    """A dossier on one line: when, who, what for, and the number.

    A `reason` stands there instead of what for, and whole: the number gives way to it, and then the name. What is said
    `before` what for stands in front of that.
    """
    columns = window.columns - 1
    phone = [Span(one_line(cover.number))] if cover.number else []
    mark = Span(" ! " if cover.next and cover.next.agreed and cover.resting is None else "   ", "agreed")
    stamp = padded(_list_stamp(cover, place, day), 7)
    name = one_line(title(cover))
    left = [mark, Span(stamp, "late" if place.slot == slots.OVERDUE else ""), Span(name, "bold")]
    column = 36
    if reason:
        at = max(column, 12 + width(name))
        if at + width(reason) + 2 + sum(width(span.text) for span in phone) > columns:
            phone, at = [], max(12, min(at, columns - width(reason)))
        left[-1] = Span(padded(fitted(name, at - 12), at - 10), "bold")
        return row([*left, Span(reason, "dim")], phone, columns=columns)
    words = ": ".join(filter(None, (one_line(before), _list_words(cover, day))))
    right = sum(width(span.text) for span in phone) + 2
    alone, at = one_line(cover.name), 12 + width(name)
    if words and at > column:
        # The company is told where what for has its room behind it too, and gives way to that where it has not.
        least = MOST_BESIDE if name != alone else LEAST_BESIDE
        if columns - at - right >= min(width(words), least):
            column = at
        elif 10 + width(alone) < column - 1 and columns - column - right >= 10:
            name = alone
            left[-1] = Span(name, "bold")
    room = columns - column - right
    if words and room >= min(10, width(words)) and 10 + width(name) < column - 1:
        left += [Span(" " * (column - 10 - width(name))), Span(fitted(words, room), "dim")]
    elif 10 + width(name) >= column and columns - 12 - sum(width(s.text) for s in phone) < width(name):
        left[-1] = Span(fitted(name, columns - 12 - sum(width(s.text) for s in phone)), "bold")
    return row(left, phone, columns=columns)


def _list_stamp(cover: Cover, place: Insert, day: date) -> str:
    if cover.next is None or cover.resting is not None:
        return ""
    if place.slot == slots.OVERDUE:
        return f"{slots.days_late(cover.next.on, day)} d"
    if isinstance(place.on, Month):
        return "" if isinstance(cover.next.on, Month) else day_of_log(cover.next.on, place.on.first)
    return f"{cover.next.time:%H:%M}" if cover.next.time else ""


def silence(cover: Cover, day: date) -> str:
    """For how long nobody was reached, and how long that mostly is."""
    days = desk.days_silent(cover, day)
    if days is None:
        return "never reached"
    return f"silent {days} d" + (f", usually {cover.usual_gap} d" if cover.usual_gap else "")


def put_off(cover: Cover, day: date) -> str:
    """How often its day had come and it was moved away."""
    return f"put off {cover.moves}x" if cover.moves else ""


def _list_words(cover: Cover, day: date) -> str:
    if cover.resting is not None:
        return cover.resting
    about = cover.next.about if cover.next else None
    if cover.promised and not (cover.next and cover.next.agreed):
        about = f"promised for {day_short(cover.promised, day)}{f': {about}' if about else ''}"
    never = "" if cover.is_slip else "first call"
    last = f"{day_of_log(cover.last.day, day)} {cover.last.text or cover.last.kind}" if cover.last else never
    return one_line(about or last)


def words_page(rows: Sequence[tuple[Sequence[str], str]], window: Window) -> Iterator[Line]:
    """The words of `list --is`, and whom each means."""
    yield Span(" cf list --is WORD", "head"), Span("   several of them: all must hold", "dim")
    indent = " " * (WORDS_WIDE + 4)
    for words, means in rows:
        said = " ".join(map(one_line, words))
        lines = wrapped(means, window.columns - 1, indent=indent)
        if width(said) <= WORDS_WIDE:
            yield Span(f"  {padded(said, WORDS_WIDE)}  "), Span(lines[0][len(indent) :], "dim")
            lines = lines[1:]
        else:
            yield from wrapped_spans([Span(one_line(word)) for word in words], window)
        yield from ((Span(line, "dim"),) for line in lines)


def binder_page(binder: WholeBinder, window: Window) -> Iterator[Line]:
    """The day inserts as a calendar with their load, then the month inserts, then what has no day."""
    with_bars = window.columns >= 76
    cell = 12 if with_bars else 9
    heads = "".join(padded(name, cell) for name in ("Mon", "Tue", "Wed", "Thu", "Fri"))
    yield (Span(f"       {heads}Sat Sun", "dim"),)
    shown_month = None
    for week in _weeks(binder):
        first = next(day for day in week if day >= binder.day)
        name = f"{MONTHS[first.month - 1][:3].capitalize():>5}  " if first.month != shown_month else " " * 7
        shown_month = first.month
        days = [_day_cell(binder, day, cell, with_bars=with_bars) for day in week[:5]]
        weekend = [Span(f"{binder.load.get(day) or '':>3} ") for day in week[5:]]
        yield (Span(name, "dim"), *days, *weekend)
    months = [place for place in binder.places if isinstance(place.on, Month) and place.on != Month.of(binder.day)]
    yield from wrapped_spans(_month_spans(months, with_bars), window)
    yield from wrapped_spans(_pile_spans(binder), window, right=legend(binder.room.capacity))


def _weeks(binder: WholeBinder) -> Iterator[list[date]]:
    """From Monday to Sunday, this week and each to come in which a day insert has something behind it."""
    there = {place.on for place in binder.places if isinstance(place.on, date)}
    monday = binder.day - timedelta(days=binder.day.weekday())
    while monday <= max(there, default=binder.day) or monday <= binder.day:
        week = [monday + timedelta(days=n) for n in range(7)]
        if any(day in there or day == binder.day for day in week):
            yield week
        monday += timedelta(weeks=1)


def _day_cell(binder: WholeBinder, day: date, cell: int, *, with_bars: bool) -> Span:
    """`13 ███    6!`; nothing for a day that is past."""
    if day < binder.day:
        return Span(" " * cell)
    room, load, promised = binder.room, binder.load.get(day, 0), day in binder.promised
    if not load:
        text = f"{day.day:2}"
    elif with_bars:
        blocks = bar(room.weight.get(day, 0), room.capacity.on(day), 4)
        text = f"{day.day:2} {load_cell(blocks, load, promised=promised, cells=4, digits=2)}"
    else:
        text = f"{day.day:2} {load:>3}{'!' if promised else ' '}"
    style = "bold" if day == binder.day else ("late" if room.is_over(day) else "")
    return Span(padded(text, cell), style)


def _month_spans(months: Sequence[Insert], with_bars: bool) -> Iterator[Span]:
    later = 0
    for place in months:
        if place.slot == slots.LATER:
            later += len(place.dossiers)
            continue
        assert isinstance(place.on, Month)
        blocks = bar(len(place.dossiers), DEFAULT_CAPACITY, 2).rstrip("+") + " " if with_bars else ""
        yield Span(f"{place.on.name.capitalize()} {blocks}{len(place.dossiers)}")
    if later:
        yield Span(f"later {later}")


def _pile_spans(binder: WholeBinder) -> Iterator[Span]:
    names = {slots.OVERDUE: "LATE", slots.UNFILED: "NO DATE"}
    for place in binder.places:
        if place.slot in names:
            yield Span(f"{names[place.slot]} {len(place.dossiers)}", "late")
        elif place.on == Month.of(binder.day):
            yield Span(f"IN {binder.day:%B}, NO DAY YET {len(place.dossiers)}".upper())
