"""The page that looks back: a few counted lines, the hours as a small chart, and the next day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from clientfolder.cli.output.parts import BETWEEN
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, bar, fitted, one_line, padded, row, width
from clientfolder.cli.output.words import came, day_of_log, day_short, tally_words
from clientfolder.dates.calendar import MONTHS, WEEKDAYS, Month, day_long
from clientfolder.dossier.birthdays import Coming
from clientfolder.dossier.concerns import Tally
from clientfolder.dossier.types import Cover
from clientfolder.review.earned import Earned
from clientfolder.review.period import Period
from clientfolder.review.review import Ahead, DayFigures, GivenPromise, LookBack, Noted, Review
from clientfolder.review.weekly import BroughtUp, Weekly
from clientfolder.tickler.desk import days_silent

LABEL, NUMBER = 16, 3
INDENT = LABEL + NUMBER + 2
COURSE = 10
CHART_ROWS, DAY_BAR, NEXT_BAR = 2, 3, 8
# A name that is cut to less says nothing; and no line has room for more names.
LEAST_NAME, MOST_NAMES = 12, 50
HOURS = range(7, 21)


def review_page(look: LookBack, window: Window) -> Iterable[Line]:
    """The page; in a window that is too low for all of it the chart goes."""
    review = look.review
    figures = list(_figures(look, window))
    chart = [EMPTY, *_hours(review.by_hour, window)] if review.by_hour else []
    after = [EMPTY, *_next(look.ahead, look.day, window, with_bar=not _has_course(review))]
    if look.weekly:
        lines = list(_weekly(look.weekly, look.day, window))
        after += [EMPTY, *lines] if lines else []
    head = [(Span(f" {_title(review.period)}", "head"),), EMPTY]
    if window.rows is not None and len(head) + len(figures) + len(chart) + len(after) >= window.rows:
        chart = []
    return [*head, *figures, *chart, *after]


def _title(period: Period) -> str:
    """`Wed 15 July 2026`, `Mon 13 to Wed 15 July 2026`, `July 2026, up to Wed 15`."""
    first, last = period.first, period.last
    if first == last:
        return day_long(last)
    if period.span == "month":
        running = "" if last == Month.of(last).last else f", up to {_weekday(last)} {last.day}"
        return f"{MONTHS[last.month - 1].capitalize()} {last.year}{running}"
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1].capitalize()}"
    return f"{_weekday(first)} {first.day}{month} to {day_long(last)}"


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()][:3].capitalize()


# What was done --------------------------------------------------------------------------------------------


def _figures(look: LookBack, window: Window) -> Iterator[Line]:
    """One line for each thing that there is to tell."""
    review, day, said = look.review, look.day, look.said
    is_busy = review.contacts or review.attempts or review.moves or review.planned or review.unplanned
    if not is_busy and said.is_empty and look.earned.is_empty:
        yield (Span(" Nothing was written down.", "dim"),)
    else:
        yield from _planned(review, window)
    kinds = ", ".join(f"{one_line(kind)} {count}" for kind, count in review.by_kind)
    yield from _counted("CONTACTS", len(review.contacts), [kinds], window)
    yield from _counted("FIRST CALLS", len(review.first_calls), _names(review.first_calls), window)
    yield from _counted("ATTEMPTS", len(review.attempts), _names(review.attempts), window)
    yield from _counted("SLIPS DONE", len(review.slips_done), _names(review.slips_done), window)
    yield from _moved(review, window)
    yield from _counted("PROMISES KEPT", len(review.kept), _names(review.kept), window)
    broken = [f"{one_line(one.name)} ({day_short(one.promise.on, day)})" for one in review.broken]
    yield from _counted("BROKEN", len(review.broken), broken, window, style="late")
    yield from _counted("STILL PROMISED", len(review.open), _names(review.open), window)
    yield from _earned(look.earned, window)
    yield from _said(said, window)
    yield from _counted("LEFT", len(review.left), _listed(review.left, _marked), window)
    if _has_course(review):
        yield from _course(review, day, window)


def _earned(earned: Earned, window: Window) -> Iterator[Line]:
    """` MONEY               paid 2 500 PLN, 320 EUR · won catalogue (Anna) · lost 1: too dear`."""
    if earned.is_empty:
        return
    sums = ", ".join(" ".join(filter(None, (str(amount), code))) for code, amount in earned.paid.items())
    won = ", ".join(f"{one_line(one.deal)} ({one_line(one.name)})" for one in earned.won)
    reasons = ", ".join(dict.fromkeys(one_line(one.why) for one in earned.lost if one.why))
    parts = [f"paid {sums}"] if earned.paid else []
    parts += [f"won {won}"] if won else []
    parts += [f"lost {len(earned.lost)}{f': {reasons}' if reasons else ''}"] if earned.lost else []
    text = fitted(BETWEEN.join(parts), window.columns - 1 - INDENT)
    yield Span(padded(" MONEY", INDENT), "head"), Span(text)


def _said(said: Tally, window: Window) -> Iterator[Line]:
    """` CARE              4  1 complaint, rated 2 and 5 (2x), 1 of 1 question answered in time`."""
    yield from _counted("CARE", said.came + sum(said.ratings.values()) + said.questions, [tally_words(said)], window)


def _planned(review: Review, window: Window) -> Iterator[Line]:
    tried = [f"tried {review.tried}"] if review.tried else []
    parts = [f"done {review.done}", *tried, f"put off {review.put_off}", f"left {len(review.left)}"]
    more = f"; unplanned {review.unplanned}" if review.unplanned else ""
    yield from _counted("PLANNED", review.planned, [", ".join(parts) + more], window)


def _moved(review: Review, window: Window) -> Iterator[Line]:
    """Those that were put off when their day had come are named; a move in good time needs no thought."""
    late, count = review.late_moves, len(review.moves)
    how_many = "" if len(late) == count else f"{len(late)} "
    before = f"{how_many}when the day had come: " if late else ""
    yield from _counted("MOVED", count, _names(late or review.moves), window, before=before)


def _names(those: Iterable[Noted | GivenPromise]) -> list[str]:
    """The names, each once; one that comes several times says how often."""
    times: dict[tuple[str, str], int] = {}
    for one in those:
        times[one.client, one.name] = times.get((one.client, one.name), 0) + 1
    return [f"{one_line(name)} {count}x" if count > 1 else one_line(name) for (_, name), count in times.items()]


def _marked(cover: Cover) -> str:
    return f"{'! ' if cover.next and cover.next.agreed else ''}{_name(cover)}"


def _name(cover: Cover) -> str:
    return one_line(cover.name)


def _listed(covers: Sequence[Cover], say: Callable[[Cover], str]) -> list[str]:
    """What is said of each; the last of very many, of whom no line has room for more than the number, are blank."""
    return [*map(say, covers[:MOST_NAMES]), *[""] * len(covers[MOST_NAMES:])]


def _counted(
    label: str,
    count: int,
    names: Sequence[str],
    window: Window,
    *,
    before: str = "",
    command: str = "",
    style: str = "",
) -> Iterator[Line]:
    """` ATTEMPTS          2  Tomáš Vrba, Yoga Loft`; nothing where there are none."""
    if not count:
        return
    room = window.columns - 1 - INDENT - (width(command) + 2 if command else 0)
    left = [
        Span(padded(f" {label}", LABEL), "head"),
        Span(f"{count:>{NUMBER}}  ", style or "bold"),
        Span(before + _as_many(names, room - width(before))),
    ]
    yield row(left, [Span(command, "dim")] if command else [], columns=window.columns - 1)


def _as_many(names: Sequence[str], room: int) -> str:
    """As many names as fit, the last one cut if need be, and how many more there are."""
    for count in range(min(len(names), MOST_NAMES), 0, -1):
        left = len(names) - count
        before, more = "".join(f"{name}, " for name in names[: count - 1]), f", {left} more" if left else ""
        space = room - width(before + more)
        if width(names[count - 1]) <= space or space >= LEAST_NAME or count == 1:
            return before + fitted(names[count - 1], space) + more
    return ""


# Day by day and by the hour -------------------------------------------------------------------------------


def _has_course(review: Review) -> bool:
    """Whether the days are shown with their bars."""
    return review.period.span != "day" and bool(review.contacts)


def _course(review: Review, day: date, window: Window) -> Iterator[Line]:
    """The contacts of each day of a week; of a month those of each week."""
    groups = _by_week(review.days, day) if review.period.span == "month" else _by_day(review.days)
    most = max(groups.values())
    label = " WEEKS" if review.period.span == "month" else " DAYS"
    name_width, spans, used = max(map(len, groups)), [Span(padded(label, COURSE), "head")], COURSE
    cell = name_width + DAY_BAR + len(str(most)) + 4
    # With bars a cell shorter a whole week may stand in one line.
    cells = DAY_BAR if COURSE + cell * len(groups) - 2 < window.columns else DAY_BAR - 1
    cell -= DAY_BAR - cells
    for name, count in groups.items():
        text = f"{name:>{name_width}} {bar(count, most, cells)}".rstrip() + f" {count}"
        if used + width(text) > window.columns - 1 and len(spans) > 1:
            yield tuple(spans)
            spans, used = [Span(" " * COURSE)], COURSE
        spans.append(Span(padded(text, cell)))
        used += cell
    yield tuple(spans)


def _by_day(days: Sequence[DayFigures]) -> dict[str, int]:
    """The days on which somebody was reached, and all of Monday to Friday."""
    return {f"{_weekday(one.on)} {one.on.day}": one.contacts for one in days if one.contacts or one.on.weekday() < 5}


def _by_week(days: Sequence[DayFigures], day: date) -> dict[str, int]:
    weeks: dict[date, int] = {}
    for one in days:
        first = max(days[0].on, one.on - timedelta(days=one.on.weekday()))
        weeks[first] = weeks.get(first, 0) + one.contacts
    return {day_of_log(first, day): count for first, count in weeks.items()}


def _hours(by_hour: Mapping[int, int], window: Window) -> Iterator[Line]:
    """At which hours somebody was reached: blocks, how many, and the hour."""
    hours = range(min(HOURS[0], *by_hour), max(HOURS[-1], *by_hour) + 1)
    cell = max(2, min(4, (window.columns - 1 - LABEL) // len(hours)))
    # Where two hours have no room side by side, every other one is named.
    named = hours if cell > 2 else hours[::2]
    most = max(by_hour.values())
    step = -(-most // (2 * CHART_ROWS))
    top = -(-most // (2 * step)) - 1
    for level in range(top, -1, -1):
        halves = (-(-by_hour.get(hour, 0) // step) - 2 * level for hour in hours)
        text = "".join(f"{'█' if half > 1 else '▄' if half == 1 else '':>{cell}}" for half in halves)
        yield Span(padded(" HOURS" if level == top else "", LABEL), "head"), Span(text)
    yield (Span(" " * LABEL + "".join(f"{by_hour.get(hour) or '':>{cell}}" for hour in hours)),)
    yield (Span(" " * LABEL + "".join(f"{hour if hour in named else '':>{cell}}" for hour in hours), "dim"),)


# What comes ------------------------------------------------------------------------------------------------


def _next(ahead: Ahead, day: date, window: Window, *, with_bar: bool) -> Iterator[Line]:
    """The next working day, which is planned already.

    `with_bar`: where no other bars stand on the page, for those are of another scale.
    """
    label = {0: "TODAY", 1: "TOMORROW"}.get((ahead.on - day).days, "NEXT")
    promised = f", {ahead.agreed} promised" if ahead.agreed else ""
    said = f"{day_short(ahead.on, day)}, room for {ahead.capacity}{promised}  "
    cells = min(NEXT_BAR, window.columns - 2 - INDENT - width(said))
    blocks = bar(ahead.weight, ahead.capacity, cells) if with_bar and cells > 1 else ""
    yield (
        Span(padded(f" {label}", LABEL), "head"),
        Span(f"{ahead.load:>{NUMBER}}  ", "bold"),
        Span(said),
        Span(blocks, "late" if ahead.weight > ahead.capacity else ""),
    )
    if ahead.pile:
        names = _listed(ahead.pile, _marked)
        yield (Span(" " * INDENT + _as_many(names, window.columns - 1 - INDENT)),)


def _weekly(week: Weekly, day: date, window: Window) -> Iterator[Line]:
    """Whom the days alone would not bring up, each with the command that helps."""

    def told(label: str, names: list[str], command: str) -> Iterator[Line]:
        return _counted(label, len(names), names, window, command=command)

    want = week.wanting
    complaints = [f"{_name(one.cover)} {one.days(day)} d" for one in want.complaints]
    yield from told("COMPLAINTS", complaints, "cf care")
    yield from told("TO MEND", [_name(one.cover) for one in want.to_mend], "cf care")
    waiting = [f"{_name(one.cover)} ({came(one.inquiry.entry.at, day)})" for one in want.waiting]
    yield from told("WAITING", waiting, "cf care")
    yield from told("SLOW DEALS", _brought_up(want.slow), "cf funnel")
    yield from told("TO COME", _brought_up(want.second_due), "cf worth")
    yield from told("UNPAID", _brought_up(want.unpaid), "cf list --is unpaid")
    yield from told("RATINGS DUE", [_name(one.cover) for one in want.ratings_due], "cf care")
    yield from told("NO DATE", _listed(week.unfiled, _name), "cf list unfiled")
    dodged = _listed(week.dodged, lambda cover: f"{_name(cover)} {cover.moves}x")
    yield from told("DODGED", dodged, "cf list --dodged")
    drifting = _listed(week.drifting, lambda cover: f"{_name(cover)} {days_silent(cover, day)} d")
    yield from told("DRIFTING", drifting, "cf list --drifting")
    if week.no_phone:
        command = f"cf set {one_line(week.no_phone[0].client)} phone="
        yield from told("NO PHONE", _listed(week.no_phone, _name), command)
    if week.birthdays:
        command = f"cf show {one_line(week.birthdays[0].client)}"
        yield from told("BIRTHDAYS", [_birthday(one, day) for one in week.birthdays], command)


def _brought_up(those: Iterable[BroughtUp]) -> list[str]:
    return [f"{one_line(one.name)}: {one.what}" for one in those]


def _birthday(one: Coming, day: date) -> str:
    """`Ilse Trattnig (Sun 19 Jul, 75)`."""
    on = "today" if one.on == day else day_short(one.on, day)
    return f"{one_line(one.who)} ({on}, {one.age})" if one.age else f"{one_line(one.who)} ({on})"
