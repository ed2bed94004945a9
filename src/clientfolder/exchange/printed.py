"""What printed pages say, as values that the templates lay out: made of covers and dossiers without what is private.

Pure. Every text is one line without anything hidden in it, but for what was written into a log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from clientfolder.dates.calendar import MONTHS, Month, day_long
from clientfolder.dossier.forms import RATINGS
from clientfolder.dossier.privacy import unrated, untyped
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import TASK, Cover, Dossier, Entry
from clientfolder.exchange.columns import text_of
from clientfolder.exchange.events import one_line
from clientfolder.text import cleaned, counted
from clientfolder.tickler import slots
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.portfolio.worth import ClientWorth

_Thing = TypeVar("_Thing")
ROWS_A_DAY_SHEET = 5
LINES_A_TAIL = 25
# How high a row of a week is, and what stands above and below the rows, in millimetres.
_WEEK_ROW, _BESIDE_WEEK_ROWS = 14, 43
# A text of more than this does not move to the next page as a whole.
_LONG_TEXT = 900
# A browser repeats on each page only a head that leaves room for more; what is longer than this stands below it.
_LONG_HEAD = 160


class PrintedRow(NamedTuple):
    """One contact on a page: `when` is a time or how late it is, `last` the newest entry in a line."""

    number: int
    agreed: bool
    when: str
    name: str
    person: str
    phone: str
    about: str
    last: str
    is_late: bool = False


class Part(NamedTuple):
    """A heading and what stands below it; of a dossier each line is a key and its value."""

    heading: str
    lines: Sequence[str | tuple[str, str]]


class DayHead(NamedTuple):
    """The head of each sheet of a day."""

    title: str
    load: str
    sheet: str


class WeekColumn(NamedTuple):
    """A day of a week, and who lies there."""

    title: str
    load: str
    rows: Sequence[PrintedRow]


class PrintedEntry(NamedTuple):
    """One entry of a log."""

    head: str
    text: str
    is_long: bool


class PrintedDossier(NamedTuple):
    """A whole dossier: who it is and what is next at the head of each page, then card and people, then the log.

    `more`: what is left out of the log, in words.
    """

    title: str
    next: str
    printed: str
    parts: Sequence[Part]
    log: Sequence[PrintedEntry]
    more: str


# Days in words -------------------------------------------------------------------------------------------


def on_words(on: date | Month) -> str:
    return f"{on.name.capitalize()} {on.year}" if isinstance(on, Month) else day_long(on)


# Rows ---------------------------------------------------------------------------------------------------


def row(number: int, cover: Cover, day: date) -> PrintedRow:
    """One contact. `cover` says nothing that is private, and of a slip the client and the number too."""
    contact = cover.next
    late = slots.days_late(contact.on, day) if contact else 0
    clock = f"{contact.time:%H:%M}" if contact and contact.time else ""
    person = (cover.whom.name if cover.whom else None) or (contact.person if contact else None)
    beside = [text for text in (person, cover.company) if text and text.casefold() != cover.name.casefold()]
    kind = contact.kind if contact and contact.kind not in ("call", TASK) else ""
    about = contact.about if contact else None
    last = cover.last
    return PrintedRow(
        number,
        contact is not None and contact.agreed,
        f"{counted(late, 'day')} late" if late else clock,
        one_line(cover.name),
        one_line(" · ".join(beside)),
        one_line(cover.number or cover.email or ""),
        one_line(": ".join(filter(None, (kind, about)))),
        one_line(f"{last.day.day} {MONTHS[last.day.month - 1][:3].capitalize()} {last.text}") if last else "",
        late > 0,
    )


def in_sheets(things: Sequence[_Thing], most: int) -> list[Sequence[_Thing]]:
    """So many to a sheet."""
    return [things[start : start + most] for start in range(0, len(things), most)]


def tails(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts that stand behind the rows of a day, by sheets; none where nothing is to be told."""
    sheets: list[list[Part]] = []
    room = 0
    for part in parts:
        for lines in in_sheets(part.lines, LINES_A_TAIL):
            if len(lines) + 2 > room:
                sheets.append([])
                room = LINES_A_TAIL + 2
            sheets[-1].append(Part(part.heading, lines))
            room -= len(lines) + 2
    return sheets


def week_sheets(columns: Sequence[WeekColumn], height: float) -> list[list[WeekColumn]]:
    """The columns of a week; where one is longer than a sheet of that height, it goes on in its place on the next."""
    most = int((height - _BESIDE_WEEK_ROWS) / _WEEK_ROW)
    count = max((len(column.rows) for column in columns), default=0)
    starts = range(0, max(1, count), most)
    return [[one._replace(rows=one.rows[start : start + most]) for one in columns] for start in starts]


# Dossiers -----------------------------------------------------------------------------------------------


# What a client is worth, in words: a label and what is said under it.
Worth = Sequence[tuple[str, str]]


def worth_words(one: ClientWorth | None, whole: int) -> Worth:
    """Letters, share of the whole turnover and group; nothing of one who never paid."""
    if one is None:
        return ()
    from clientfolder.portfolio.money import divided

    share = f"{divided(100 * one.turnover, whole)} % of the turnover" if whole > 0 and one.turnover > 0 else ""
    return [("worth", ", ".join(filter(None, (one.letters, share, one.group))))]


def dossier(whole: Dossier, day: date, *, last: int | None, worth: Worth | None = None) -> PrintedDossier:
    """A dossier as it is carried to a meeting.

    With `worth`, be it empty, also what was paid, offered and rated, and tags that say what type a client is. `last`:
    how many entries; None for all.
    """
    if worth is None:
        whole = unrated(whole)
    entries = [entry for entry in whole.newest_first() if entry.kind != "moved"]
    shown = entries if last is None else entries[:last]
    left = len(entries) - len(shown)
    company = f" · {whole.company}" if whole.company and whole.company.casefold() != whole.name.casefold() else ""
    title, next_ = one_line(whole.name + company), one_line(_next_words(whole))
    in_full = [(key, text) for key, text in (("name", title), ("next", next_)) if len(text) > _LONG_HEAD]
    return PrintedDossier(
        _head(title),
        _head(next_),
        f"printed {day_long(day)}",
        [part for part in (Part("In full", in_full), *_parts(whole, worth)) if part.lines],
        [_entry(entry, whole) for entry in shown],
        f"older ones that are not printed: {left}" if left else "",
    )


def _head(text: str) -> str:
    return text if len(text) <= _LONG_HEAD else f"{text[:_LONG_HEAD].rstrip()}…"


def _next_words(whole: Dossier) -> str:
    contact = whole.next
    if whole.resting is not None:
        return f"at rest: {whole.resting}"
    if contact is None:
        return "no date"
    clock = f" {contact.time:%H:%M}" if contact.time else ""
    about = f", {contact.about}" if contact.about else ""
    kind = f", {contact.kind}" if contact.kind not in ("call", TASK) else ""
    return f"{'! ' if contact.agreed else ''}next {on_words(contact.on)}{clock}{kind}{about}"


def _parts(whole: Dossier, worth: Worth | None) -> Iterator[Part]:
    tags = untyped(whole.tags) if worth is None else whole.tags
    top = {"since": whole.since, "tags": tags, "rhythm": whole.rhythm, "not on": whole.not_on, "hours": whole.hours}
    yield Part("Card", [*_lines(whole.card), *_lines(top)])
    for key, person in whole.people.items():
        yield Part(one_line(person.name or key), _lines({"phone": person.phone, "email": person.email, **person.more}))
    if worth is not None:
        deals = [(one_line(one.name), one_line(_deal_words(one))) for one in whole.deals]
        paid = sorted(whole.payments, key=lambda one: one.on, reverse=True)
        yield Part("Worth", [*worth, *deals, *((day_long(one.on), one_line(_payment_words(one))) for one in paid)])


def _deal_words(one: Deal) -> str:
    steps = [f"{stage} {day_long(on)}" for stage, on in one.steps.items() if type(on) is date]
    closed = [f"{word} {day_long(on)}" for word, on in (("won", one.won), ("lost", one.lost)) if on]
    product = one.product if one.product and one.product.casefold() != one.name.casefold() else None
    return ", ".join(filter(None, (_sum(one), product, *steps, *closed, one.why)))


def _payment_words(one: Payment) -> str:
    return ", ".join(filter(None, (_sum(one) or "no amount", one.product, one.deal and f"of the deal {one.deal}")))


def _sum(one: Deal | Payment) -> str:
    return f"{one.amount} {one.currency or ''}".strip() if one.amount else ""


def _lines(values: Mapping[str, object]) -> list[tuple[str, str]]:
    return [
        (one_line(key), text)
        for key, value in values.items()
        if value is not None and value != () and (text := one_line(text_of(value)))
    ]


def _entry(entry: Entry, whole: Dossier) -> PrintedEntry:
    clock = f" {entry.at:%H:%M}" if isinstance(entry.at, datetime) else ""
    person = whole.people.get(entry.person or "")
    whom = f" with {(person.name if person else None) or entry.person}" if entry.person else ""
    reached = "" if entry.reached else ", no answer"
    rated = f", rated {entry.rating} of {RATINGS[-1]}" if entry.rating else ""
    said = [f"{key}: {text_of(answer)}" for key, answer in entry.answers.items()]
    text = cleaned("\n".join([*said, *([entry.text.strip("\n")] if entry.text else [])]))
    return PrintedEntry(
        one_line(f"{day_long(entry.day)}{clock}  {entry.kind}{whom}{reached}{rated}"), text, len(text) > _LONG_TEXT
    )


# Labels -------------------------------------------------------------------------------------------------


def address_lines(whole: Dossier) -> list[str]:
    """Name, company and the lines of the address; none without an address."""
    address = text_of(whole.card.get("address", "")).strip()
    lines = [line for part in address.split("\n") for line in part.split(", ") if line.strip()]
    if not lines:
        return []
    company = [whole.company] if whole.company and whole.company.casefold() != whole.name.casefold() else []
    return [one_line(line) for line in (whole.name, *company, *lines)]
