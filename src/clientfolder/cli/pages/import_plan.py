"""The page of an import: what was read, who is new, who is filled up and how, who may be known, what is not taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, row, width, wrapped
from clientfolder.exchange.contacts.plan import (
    BAD,
    LEFT,
    MAYBE,
    MERGE,
    NEW,
    SAME,
    FileRead,
    ImportPlan,
    PlannedCard,
    as_told,
)
from clientfolder.text import counted

# Of each kind so many lines on a window, and all of them where a page may be as long as it likes.
MOST = 5
_INDENT = "   "

LineOf = Callable[[PlannedCard, Window], Line]


def import_page(plan: ImportPlan, window: Window) -> Iterator[Line]:
    """The plan, the numbers first: every contact is in one of its parts."""
    most = None if window.rows is None else MOST
    for one in plan.files:
        yield _file_line(one, plan, window)
    yield EMPTY
    yield from _part("NEW", plan.being(NEW), most, window, _new_line)
    yield from _merged(plan.being(MERGE), most, window)
    yield from _count("SAME", plan.being(SAME))
    yield from _part("MAY BE SOMEBODY KNOWN", plan.being(MAYBE), most, window, _maybe_line)
    yield from _left(plan.being(LEFT))
    yield from _bad(plan.being(BAD), most, window)
    yield from _not_taken(plan, window)
    if plan.undated:
        yield EMPTY
        yield from _undated(plan)


def _file_line(one: FileRead, plan: ImportPlan, window: Window) -> Line:
    cards = [card for card in plan.cards if plan.files[card.place.file] is one]
    takes = sum(card.what in (NEW, MERGE, SAME) for card in cards)
    counts = f"{counted(one.read, 'contact')} read, {takes} to take"
    counts += f", {one.read - takes} not" if one.read > takes else ""
    left = [Span(f" {one_line(one.file)}", "head"), Span(f"   {one.shape}, {one.encoding}", "dim")]
    return row(left, [Span(counts)], columns=window.columns - 1)


def _count(head: str, cards: Sequence[PlannedCard]) -> Iterator[Line]:
    if cards:
        yield (Span(f" {head} {len(cards)}", "head"),)


def _part(head: str, cards: Sequence[PlannedCard], most: int | None, window: Window, line_of: LineOf) -> Iterator[Line]:
    yield from _count(head, cards)
    for card in cards[:most]:
        yield line_of(card, window)
    yield from _more(cards, most)


def _more(cards: Sequence[PlannedCard], most: int | None) -> Iterator[Line]:
    if most is not None and len(cards) > most:
        yield (Span(f"{_INDENT}{len(cards) - most} more, all of them: --dry-run | less", "dim"),)


def _name(card: PlannedCard) -> str:
    return one_line(card.name or "")


def _new_line(card: PlannedCard, window: Window) -> Line:
    company = f" · {one_line(card.company)}" if card.company else ""
    phone = [Span(one_line(card.phone))] if card.phone else []
    return row([Span(f"{_INDENT}{_name(card)}", "bold"), Span(company)], phone, columns=window.columns - 1)


def _maybe_line(card: PlannedCard, window: Window) -> Line:
    left = [Span(f"{_INDENT}{padded(_name(card), 18)} "), Span(as_told(card))]
    return row(left, columns=window.columns - 1)


def _bad(cards: Sequence[PlannedCard], most: int | None, window: Window) -> Iterator[Line]:
    yield from _count("CANNOT BE READ", cards)
    for card in cards[:most]:
        head = padded(f"{_INDENT}{card.file}:{card.line}", 21)
        for line in wrapped(one_line(card.why), window.columns - 1 - width(head) - 1):
            yield Span(f"{head} "), Span(line)
            head = " " * width(head)
    yield from _more(cards, most)


def _merged(cards: Sequence[PlannedCard], most: int | None, window: Window) -> Iterator[Line]:
    yield from _count("MERGE", cards)
    for card in cards[:most]:
        head = padded(f"{_INDENT}{card.client}", 20)
        for what in _changes(card):
            for line in wrapped(what, window.columns - 1 - width(head) - 1):
                yield Span(f"{head} "), Span(line)
                head = " " * width(head)
    yield from _more(cards, most)


def _changes(card: PlannedCard) -> Iterator[str]:
    """What a merge does, in words: `adds phone2 +420 555, note`."""
    person = f"{card.person}: " if card.person else ""
    put = [*card.sets.items(), *((key, value) for key, value in card.adds.items())]
    said = ", ".join(_change(key, value) for key, value in put)
    if said:
        yield f"{person}adds {said}"
    for kept in card.kept:
        yield f"keeps {_key(kept.key)} {_value(kept.ours)}, not {_value(kept.theirs)}"


def _change(key: str, value: object) -> str:
    if key == "log" or key.endswith(".note"):
        return "note"
    if isinstance(value, list):
        return f"{_key(key)} {', '.join(map(str, value))}"
    return f"{_key(key)} {_value(value)}"


def _key(key: str) -> str:
    return key.removeprefix("card.")


def _value(value: object) -> str:
    return fitted(str(value), 40)


def _left(cards: Sequence[PlannedCard]) -> Iterator[Line]:
    """Who is left out, counted by the reason."""
    if not cards:
        return
    reasons: dict[str, int] = {}
    for card in cards:
        reasons[card.why] = reasons.get(card.why, 0) + 1
    said = ", ".join(f"{count} {why}" for why, count in reasons.items())
    yield Span(f" LEFT OUT {len(cards)}", "head"), Span(f"   {said}", "dim")


def _not_taken(plan: ImportPlan, window: Window) -> Iterator[Line]:
    parts = [_reported(kind, value) for kind, value in plan.not_taken.items()]
    parts += [f'column "{one_line(column)}" ({count})' for column, count in plan.columns.items()]
    head = " NOT TAKEN           "
    for number, line in enumerate(wrapped(", ".join(parts), window.columns - 1 - len(head)) if parts else []):
        yield Span(" " * len(head) if number else head, "head"), Span(line)
    if plan.columns:
        column = next(iter(plan.columns))
        yield Span(" " * len(head)), Span(f'to take one of them: --map "{one_line(column)}=key"', "dim")


# So many values are shown of each kind.
_MOST_VALUES = 4


def _reported(kind: str, value: int | list[str]) -> str:
    if isinstance(value, int):
        return counted(value, kind)
    shown = ", ".join(f'"{fitted(one, 30)}"' for one in value[:_MOST_VALUES])
    more = f" and {len(value) - _MOST_VALUES} more" if len(value) > _MOST_VALUES else ""
    return f"{counted(len(value), kind)}: {shown}{more}"


def _undated(plan: ImportPlan) -> Iterator[Line]:
    count = f"{plan.undated} of them have no date" if plan.undated > 1 else "1 of them has no date"
    yield Span(f" {count}: "), Span("-n july puts them behind July, --rest lets them rest", "dim")
    yield (Span("   then cf spread undated lays a month over its days", "dim"),)
