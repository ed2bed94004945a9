"""The pages of what lies where: the list of inserts with their dossiers, and the binder as a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, bar, fitted, one_line, padded, row, width
from clientfolder.cli.output.words import day_of_log, day_short, title
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import MONTHS, Month
from clientfolder.dossier.types import Cover
from clientfolder.settings import DEFAULT_CAPACITY
from clientfolder.tickler import desk, slots
from clientfolder.tickler.desk import Place
from clientfolder.tickler.load import Room


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


# Says why a dossier is in a list, as of a day.
Why = Callable[[Cover, date], str]


def list_page(session: Session, places: Sequence[Place], paper: Window, *, why: Sequence[Why] = ()) -> Iterator[Line]:
    """Each insert with what lies behind it; a line a dossier, with `why` it is in this list if that is asked."""
    if not places:
        yield (Span(" Nothing lies there.", "dim"),)
    for number, place in enumerate(places):
        if number:
            yield EMPTY
        late = place.slot in (slots.OVERDUE, slots.UNFILED)
        count = f"{len(place.dossiers)}"
        yield row(
            [Span(f" {_place_name(place, session.day)}", "late" if late else "head")],
            [Span(count, "dim")],
            columns=paper.columns - 1,
        )
        for cover in place.dossiers:
            reason = ", ".join(filter(None, (say(cover, session.day) for say in why)))
            yield list_row(session.shown(cover), place, session.day, paper, reason=reason)


def list_row(cover: Cover, place: Place, day: date, paper: Window, *, reason: str = "") -> Line:
    """A dossier on one line: when, who, what for, and the number.

    A `reason` stands there instead of what for, and whole: the number gives way to it, and then the name.
    """
    columns = paper.columns - 1
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


def binder_page(session: Session, places: Sequence[Place], paper: Window) -> Iterator[Line]:
    """The day inserts as a calendar with their load, then the month inserts, then what has no day."""
    room = session.room
    promised_days = desk.promised_days(session.contents.covers)
    with_bars = paper.columns >= 76
    cell = 12 if with_bars else 9
    heads = "".join(padded(name, cell) for name in ("Mon", "Tue", "Wed", "Thu", "Fri"))
    yield (Span(f"       {heads}Sat Sun", "dim"),)
    months = [place for place in places if isinstance(place.on, Month) and place.on != Month.of(session.day)]
    by_day = {place.on: place for place in places if isinstance(place.on, date)}
    monday = session.day - timedelta(days=session.day.weekday())
    last = max((day for day in by_day if isinstance(day, date)), default=session.day)
    shown_month = None
    while monday <= max(last, session.day):
        week = [monday + timedelta(days=n) for n in range(7)]
        monday += timedelta(weeks=1)
        if not any(day in by_day or day == session.day for day in week):
            continue
        first = next(day for day in week if day >= session.day)
        name = f"{MONTHS[first.month - 1][:3].capitalize():>5}  " if first.month != shown_month else " " * 7
        shown_month = first.month
        spans = [Span(name, "dim")]
        for day in week[:5]:
            style = "bold" if day == session.day else ("late" if room.is_over(day) else "")
            text = _day_cell(session, day, day in promised_days, with_bars) if day >= session.day else ""
            spans.append(Span(padded(text, cell), style))
        spans += [Span(f"{session.load[day] or '':>3} ") for day in week[5:]]
        yield tuple(spans)
    yield from wrapped_spans(_month_spans(months, with_bars), paper)
    yield from wrapped_spans(_pile_spans(session, places), paper, right="! promised   + over " + over(room))


def over(room: Room) -> str:
    """What an over-full day is over: the capacity, where it is the same for all."""
    return str(room.capacity) if len(set(room.capacity.weekdays)) == 1 else "room"


def _day_cell(session: Session, day: date, promised: bool, with_bars: bool) -> str:
    count = f"{session.load[day]}{'!' if promised else ' '}"
    if not session.load[day]:
        return f"{day.day:2}"
    if not with_bars:
        return f"{day.day:2} {count:>4}"
    return f"{day.day:2} {padded(bar(session.room.weight.get(day, 0), session.room.capacity.on(day), 4), 5)}{count:>3}"


def _month_spans(months: Sequence[Place], with_bars: bool) -> Iterator[Span]:
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


def _pile_spans(session: Session, places: Sequence[Place]) -> Iterator[Span]:
    names = {slots.OVERDUE: "LATE", slots.UNFILED: "NO DATE"}
    for place in places:
        if place.slot in names:
            yield Span(f"{names[place.slot]} {len(place.dossiers)}", "late")
        elif place.on == Month.of(session.day):
            yield Span(f"IN {session.day:%B}, NO DAY YET {len(place.dossiers)}".upper())


def wrapped_spans(spans: Iterable[Span], paper: Window, right: str = "") -> Iterator[Line]:
    """The spans beside each other on as many lines as they need; at the right of the last, what has room there."""
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
