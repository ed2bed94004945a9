"""The day: `today`, `log` and `snooze`, and the page of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import typer

from clientfolder import desk, when
from clientfolder.binder import lookup
from clientfolder.binder.binder import Deed, Outcome
from clientfolder.cli import complete
from clientfolder.cli.counter import Counter, for_day, row_json, title
from clientfolder.cli.paper import (
    EMPTY,
    Line,
    Paper,
    Result,
    Span,
    bar,
    day_long,
    day_of_log,
    day_short,
    fitted,
    one_line,
    padded,
    row,
    unreadable_record,
    width,
)  # fmt: skip
from clientfolder.dates import Month
from clientfolder.desk import Date, Details, Wish, loads
from clientfolder.dossier import Cover, Entry
from clientfolder.errors import Misused, NoFolder, PhraseRefused, Refused
from clientfolder.tickler import slots
from clientfolder.when import When

# Commands ---------------------------------------------------------------------------------------------


def today(
    ctx: typer.Context,
    one_by_one: bool = typer.Option(False, "-i", "--one-by-one", help="One dossier after the other, one key an act."),
) -> Result:
    """What lies on the desk: what is late, what lies at today, and what wants a date.

    Example: cf today
    """
    counter: Counter = ctx.obj
    try:
        counter.office.root  # noqa: B018  where there is none, the first screen says how to begin
    except NoFolder as nowhere:
        if counter.json or counter.office.folder:
            raise
        return Result({}, lambda paper: FIRST_SCREEN, exit=nowhere.exit, errors=(nowhere,))
    if one_by_one:
        from clientfolder.cli.pile import go_through

        return go_through(counter)
    contents, on_desk = counter.contents, counter.desk
    data = {
        "day": counter.day.isoformat(),
        "slot": str(counter.day.day),
        "capacity": counter.office.settings.capacity,
        "load": on_desk.load,
        **{
            name: [row_json(cover, counter.day) for cover in getattr(on_desk, name)]
            for name in ("overdue", "today", "undated", "unfiled")
        },
        "unreadable": [unreadable_record(trouble) for trouble in contents.unreadable],
    }
    return Result(
        data,
        lambda paper: desk_page(counter, paper),
        exit=1 if contents.unreadable else 0,
        errors=contents.unreadable,
    )


def log(
    ctx: typer.Context,
    client: str = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    text: list[str] = typer.Argument(None, metavar="[TEXT]...", show_default=False),
    next: str = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="The next contact.", autocompletion=complete.phrases
    ),
    no_answer: bool = typer.Option(False, "-x", "--no-answer", help="Nobody was reached: an attempt."),
    kind: str = typer.Option(
        "call",
        "--as",
        metavar="KIND",
        help="call, mail, meeting, visit, letter, note ...",
        autocompletion=complete.kinds,
    ),
    on: str = typer.Option(None, "--on", metavar="DAY", help="When it was: yesterday, fri, 13, 3d ago, 2026-07-03."),
    about: str = typer.Option(None, "--about", metavar="TEXT", help="What the next contact is about."),
    for_: str = typer.Option(
        None, "--for", metavar="KIND", help="The kind of the next contact.", autocompletion=complete.kinds
    ),
    person: str = typer.Option(None, "--with", metavar="PERSON", help="With whom the next contact is."),
    agreed: bool = typer.Option(False, "--agreed", help="The next date is promised, as with ! behind it."),
    keep: bool = typer.Option(False, "--keep", help="The date stays as it is."),
    rest: bool = typer.Option(False, "--rest", help="Put the dossier to rest; the text says why."),
    edit: bool = typer.Option(False, "-e", "--edit", help="Write the text in your editor."),
) -> Result:
    """Write down what happened, and put the dossier behind the insert of the next contact.

    Alone it shows the client and asks: What happened? Next? With - as the text it reads standard input.

    Example: cf log anna wants the revised quote -n fri 10:00
    """
    counter: Counter = ctx.obj
    if client is None:
        raise Misused("Whom? cf log CLIENT, such as: cf log anna")
    if sum((next is not None, keep, rest)) > 1:
        raise Misused("--next, --keep and --rest each say something else about the date; one of them")
    details = Details(about or None, for_, person, agreed)
    wish = Wish(_read_when(counter, next) if next is not None else None, rest=rest, keep=keep)
    at = _moment(counter, on)
    cover = counter.find(client)
    if details.person is not None:
        details = replace(details, person=_person(cover, details.person))
    typed = _Typed(counter, cover, kind, reached=not no_answer, text=" ".join(text or ()))
    typed.fetch(edit=edit)
    entry = Entry(at, kind, typed.text, reached=not no_answer)
    every = counter.every(cover)
    verdict = desk.what_of_the_date(cover, entry, wish, counter.day, can_ask=counter.can_ask, every=every)
    if verdict is Date.ASK:
        verdict, wish = ask_next(counter, cover)
    elif verdict is Date.UNKNOWN:
        raise Refused(f"When next? {cover.name} has no rhythm, so say the day", repeat=typed.as_line("-n fri"))
    return _write_entry(counter, cover, entry, verdict, wish, details, typed)


def snooze(
    ctx: typer.Context,
    client: str = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    words: list[str] = typer.Argument(None, metavar="[WHEN]...", show_default=False, autocompletion=complete.phrases),
    yes: bool = typer.Option(False, "--yes", help="Also if the date was promised."),
) -> Result:
    """Put a client off, and remember it. Without a WHEN by the step of the settings.

    Example: cf snooze anna next tue
    """
    counter: Counter = ctx.obj
    if client is None:
        raise Misused("Whom? cf snooze CLIENT, such as: cf snooze anna 1w")
    cover = counter.find(client)
    phrase = " ".join(words) if words else counter.office.settings.snooze
    outcome = put_off(counter, cover, phrase, yes=yes)
    return echo(counter, outcome, [*outcome_lines(counter, outcome), *counter.what_is_left()])


FIRST_SCREEN: tuple[Line, ...] = (
    (Span(" clientfolder", "head"), Span("  whom to call today, what was said, and when to call again")),
    EMPTY,
    (Span(" Look around among forty invented clients:   "), Span("cf demo", "bold")),
    (Span(" Make a folder of your own:                  "), Span("cf init ~/clients", "bold")),
    (Span(" Then put the first client into it:          "), Span("cf new Anna Kowalska -n fri", "bold")),
    (Span(" And every morning:                          "), Span("cf", "bold")),
    EMPTY,
    (Span(" All commands: cf --help", "dim"),),
)


def put_off(counter: Counter, cover: Cover, phrase: str, *, yes: bool) -> Outcome:
    """Snooze one dossier. Raises Refused for a promised date without a yes, and for one that is not later."""
    when_ = _snooze_when(counter, cover, phrase)
    consent = agreed_to_change(counter, cover, when_, yes)

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        fresh = _snooze_when(counter, now, phrase)
        if not consent and desk.breaks_agreement(now, fresh):
            raise promised(now, counter.day)
        words = f"Put {now.name} off"
        return [counter.binder.revise(read, desk.refile(now, fresh, Details(), at=counter.office.now, words=words))]

    outcome = counter.act(decide)
    counter.warn_of_date(when_)
    return outcome


def _snooze_when(counter: Counter, cover: Cover, phrase: str) -> When:
    start = desk.snooze_start(cover, counter.day)
    found = when.read(phrase, counter.office.ground(start))
    desk.check_snooze(cover, found, counter.day)
    return found


def agreed_to_change(counter: Counter, cover: Cover, to: When, yes: bool) -> bool:
    """Whether a promised date may be changed. Raises Refused where it may not."""
    if yes or not desk.breaks_agreement(cover, to):
        return yes
    if not counter.agree([cover], yes):
        raise promised(cover, counter.day)
    return True


def promised(cover: Cover, day: date) -> Refused:
    assert cover.next
    return Refused(
        f"{cover.name} was promised {for_day(cover.next, day)}; to change that all the same: --yes",
        candidates=(cover.client,),
    )


def _read_when(counter: Counter, phrase: str) -> When:
    return when.read(phrase, counter.office.ground())


def _moment(counter: Counter, on: str | None) -> Any:
    if on is None:
        return counter.office.now
    return counter.office.at(*when.look_back(on, counter.day))


def _person(cover: Cover, typed: str) -> str:
    """The key of the person meant, by key or by the beginning of a name's word. Raises Refused."""
    plain = lookup.folded(typed)
    fits = [
        key
        for key, person in cover.people.items()
        if plain == lookup.folded(key)
        or (person.name and any(word.startswith(plain) for word in lookup.words_of(lookup.folded(person.name))))
    ]
    exact = [key for key in fits if lookup.folded(key) == plain]
    if len(exact or fits) == 1:
        return (exact or fits)[0]
    known = ", ".join(cover.people) or "nobody yet"
    raise Refused(f'"{typed}" is not one person at {cover.name}. There: {known}')


class _Typed:
    """The text of an entry on its way in, and the command line that would say it again."""

    def __init__(self, counter: Counter, cover: Cover, kind: str, *, reached: bool, text: str) -> None:
        self.counter = counter
        self.cover = cover
        self.kind = kind
        self.reached = reached
        self.text = text.strip()

    def fetch(self, *, edit: bool) -> None:
        """Ask, read standard input, or open the editor, as was said. Raises Refused for an empty text."""
        counter = self.counter
        if self.text == "-":
            self.text = counter.world.stdin.read().strip()
        elif edit:
            from clientfolder.cli.editor import write_text

            self.text = write_text(counter, self.text).strip()
        elif not self.text and self.reached:
            if not counter.can_ask:
                raise Misused(f"What happened? cf log {self.cover.client} TEXT -n WHEN")
            counter.show(introduction(counter, self.cover))
            self.text = counter.ask("What happened? ").strip()
        if not self.text and self.reached:
            raise Refused("The text is empty; nothing was written")
        if self.text:
            counter.keep(self.text)

    def as_line(self, date_: str) -> str:
        """The command to paste again."""
        import shlex

        no_answer = "" if self.reached else "-x "
        kind = "" if self.kind == "call" else f"--as {shlex.quote(self.kind)} "
        return f"cf log {shlex.quote(self.cover.client)} {no_answer}{kind}{shlex.quote(self.text)} {date_}".replace(
            "  ", " "
        )


def ask_next(counter: Counter, cover: Cover) -> tuple[Date, Wish]:
    """Ask for the next date until one can be read; Enter takes the rhythm's."""
    every = counter.every(cover)
    due = every.due(counter.day, counter.day, counter.office.settings.working) if every else None
    hint = f" [{day_short(due, counter.day)}, by the rhythm]" if due else ""
    while True:
        phrase = counter.ask(f"Next?{hint} ").strip(" \t")
        if not phrase:
            if every:
                return Date.RHYTHM, Wish()
            counter.show(
                [(Span("A date, such as fri, 13, 5 july or 2w; ! behind it says that it is promised.", "dim"),)]
            )
            continue
        try:
            return Date.SET, Wish(_read_when(counter, phrase))
        except PhraseRefused as refused:
            counter.show([(Span(refused.message),)])


def _write_entry(
    counter: Counter, cover: Cover, entry: Entry, verdict: Date, wish: Wish, details: Details, typed: _Typed
) -> Result:
    outcome = write_entry(counter, cover, entry, verdict, wish, details)
    counter.let_go()
    note = promise_note(counter, outcome, verdict)
    lines = outcome_lines(counter, outcome, stays=verdict is Date.STAYS, note=note)
    return echo(counter, outcome, [*lines, *counter.what_is_left()])


def promise_note(counter: Counter, outcome: Outcome, verdict: Date) -> list[Line]:
    """What an attempt says of a date that was promised and has moved by it."""
    before = outcome.deeds[0].change.before
    if verdict is not Date.NEXT_WORKING_DAY or before is None or not before.agreed:
        return []
    return [(Span("   promised "), Span(for_day(before, counter.day), "late"))]


def write_entry(counter: Counter, cover: Cover, entry: Entry, verdict: Date, wish: Wish, details: Details) -> Outcome:
    """Log one entry with what becomes of the date, on what the dossier says when it is written."""
    every = counter.every(cover)
    working = counter.office.settings.working

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        found = verdict
        if verdict in (Date.STAYS, Date.RESTS_ON) and (now.next is None or now.resting != cover.resting):
            # The date that was to stay has gone meanwhile.
            found = desk.what_of_the_date(now, entry, wish, counter.day, can_ask=False, every=every)
            if found is Date.UNKNOWN:
                raise Refused(f"{now.name} has no date any more; say the next one: -n fri")
        change = desk.log(now, entry, found, wish, details, day=counter.day, working=working, every=every)
        return [counter.binder.revise(read, change)]

    outcome = counter.act(decide)
    after = outcome.deeds[0].change.after
    if wish.when:
        counter.warn_of_date(wish.when)
    elif after and verdict is not Date.STAYS:
        counter.warn_of_load(after.on)
    return outcome


# What is told -----------------------------------------------------------------------------------------


def echo(counter: Counter, outcome: Outcome, lines: Sequence[Line]) -> Result:
    """The result of whatever writes: its changes, and its lines on the screen."""
    return Result(
        counter.changes(outcome),
        lambda paper: lines,
        writes=not counter.dry_run,
        shown=frozenset({"day_off", "over_capacity"}),
    )


def outcome_lines(
    counter: Counter, outcome: Outcome, *, stays: bool = False, note: Iterable[Line] = ()
) -> Iterator[Line]:
    """What was written and to whom, where the dossier lies now, and a note on it."""
    for deed in outcome.deeds:
        yield (Span(f"{deed.change.words}."),)
        yield from place_lines(counter, deed, stays=stays)
    yield from note
    yield from counter.somewhere()


def place_lines(counter: Counter, deed: Deed, *, stays: bool = False) -> Iterator[Line]:
    cover = deed.cover
    if cover is None:
        return
    if cover.resting is not None:
        yield (Span("-> "), Span("resting", "bold"), Span(f": {one_line(cover.resting)}"))
    elif cover.next is None:
        yield (Span("-> "), Span("no date", "late"), Span(f": cf file {cover.client} fri"))
    else:
        yield from counter.arrow(cover.next, stays=stays)


def introduction(counter: Counter, cover: Cover) -> list[Line]:
    """Before the question: who it is, why it is due, what was said last, and the load of the next days."""
    paper = Paper.of(counter.world)
    lines = list(_dossier_lines(counter, cover, paper, letters={}, two=True, with_day=True))
    return [*lines, *_next_days(counter, paper), EMPTY]


# The page of the desk ---------------------------------------------------------------------------------

HEAD_BAR, DAY_BAR = 8, 4
INDENT = 9


def desk_page(counter: Counter, paper: Paper) -> Iterable[Line]:
    """Today's work on one screen: the head and the promises always, of the rest what fits."""
    on_desk = counter.desk
    head = [*_head(counter, paper), EMPTY]
    foot = list(_foot(counter, paper))
    if not on_desk.pile:
        nothing: list[Line] = [(Span(" Nothing lies on the desk.", "dim"),), *([EMPTY] if foot else [])]
        return [*head, *nothing, *foot]
    letters = lookup.letters_that_suffice(counter.contents.covers, on_desk.pile)
    # The prompt needs the last line of the window.
    room = None if paper.rows is None else paper.rows - 1 - len(head) - len(foot) - 1
    return [*head, *_pile(counter, paper, letters, room), *([EMPTY] if foot else []), *foot]


def _head(counter: Counter, paper: Paper) -> Iterator[Line]:
    load, capacity = counter.desk.load, counter.office.settings.capacity
    count = f"{load} contact{'' if load == 1 else 's'}, room for {capacity}  "
    yield row(
        [Span(f" {day_long(counter.day)}", "head")],
        [Span(count), Span(padded(bar(load, capacity, HEAD_BAR), HEAD_BAR + 1), "late" if load > capacity else "")],
        columns=paper.columns,
    )


def _pile(counter: Counter, paper: Paper, letters: dict[str, int], room: int | None) -> list[Line]:
    """The late and today's dossiers; where room is short, some get one line, and the last are only counted."""
    on_desk = counter.desk
    sections = [(" LATE", on_desk.overdue), (" TODAY", on_desk.today)]
    shown: list[tuple[str, Cover | None]] = []
    for name, covers in sections:
        shown += [(name, None)] * bool(covers) + [(name, cover) for cover in covers]
    full = {cover.client: list(_dossier_lines(counter, cover, paper, letters, two=True)) for cover in on_desk.pile}
    short = {cover.client: list(_dossier_lines(counter, cover, paper, letters, two=False)) for cover in on_desk.pile}
    late = {cover.client for cover in on_desk.overdue}
    blocks = full
    if room is not None and _height(shown, full) > room:
        important = {c.client for c in on_desk.pile if c.client in late or (c.next and c.next.agreed)}
        blocks = {client: full[client] if client in important else short[client] for client in full}
        if _height(shown, blocks) > room:
            blocks = _cut_to(room, shown, blocks, short)
    lines: list[Line] = []
    left: list[Cover] = []
    for name, cover in shown:
        if cover is None:
            lines.append((Span(name, "late" if name == " LATE" else "head"),))
        elif cover.client in blocks:
            lines += blocks[cover.client]
        else:
            left.append(cover)
    if left:
        where = "overdue" if left[0].client in late else "today"
        lines.append((Span(f"{' ' * INDENT}{len(left)} more: cf list {where}", "dim"),))
    return lines


def _height(shown: Sequence[tuple[str, Cover | None]], blocks: dict[str, list[Line]]) -> int:
    return sum(1 if cover is None else len(blocks.get(cover.client, ())) for _, cover in shown)


def _cut_to(
    room: int, shown: Sequence[tuple[str, Cover | None]], blocks: dict[str, list[Line]], short: dict[str, list[Line]]
) -> dict[str, list[Line]]:
    """Leave dossiers out from the end until the rest fits with the line that counts them; promises stay."""
    covers = [cover for _, cover in shown if cover]
    kept = dict(blocks)
    for cover in reversed(covers):
        if _height(shown, kept) + (len(kept) < len(covers)) <= room:
            return kept
        if not (cover.next and cover.next.agreed):
            del kept[cover.client]
    for cover in reversed(covers):
        if _height(shown, kept) + 1 <= room:
            break
        if cover.client in kept:
            kept[cover.client] = short[cover.client]
    return kept


def _dossier_lines(
    counter: Counter, cover: Cover, paper: Paper, letters: dict[str, int], *, two: bool, with_day: bool = False
) -> Iterator[Line]:
    """One dossier on the desk: who, when and the number; below it, or behind the name, what for and what was last."""
    assert cover.next or with_day
    columns = paper.columns - 1
    mark = Span(" ! " if cover.next and cover.next.agreed else "   ", "agreed")
    stamp = _stamp(counter, cover)
    left = [mark, stamp, Span(" "), *_name_spans(cover, letters)]
    phone = [Span(one_line(_phone(cover)))] if _phone(cover) else []
    what = _what_for(cover, counter.day)
    put_off = _put_off(cover)
    if two:
        yield row(left, phone, columns=columns)
        if what or put_off:
            yield row([Span(" " * INDENT), *what], put_off, columns=columns)
        return
    used = sum(width(span.text) for span in left)
    column = max(33, used + 2)
    right_width = sum(width(span.text) for span in phone)
    put_off = [Span(f" put {cover.moves}x", put_off[0].style)] if put_off else []
    space = columns - column - right_width - 2 - sum(width(span.text) for span in put_off)
    if space >= 8 and (what or put_off):
        middle = [*_cut_spans(what, space), *put_off]
        yield row([*left, Span(" " * (column - used)), *middle], phone, columns=columns)
    else:
        yield row(left, phone, columns=columns)


def _cut_spans(spans: Sequence[Span], columns: int) -> list[Span]:
    cut = []
    for span in spans:
        text = span.text if width(span.text) <= columns else fitted(span.text, columns)
        columns -= width(text)
        cut.append(Span(text, span.style))
        if text != span.text:
            break
    return cut


def _stamp(counter: Counter, cover: Cover) -> Span:
    """How late, or at what time; five columns."""
    if cover.next is None:
        return Span("     ")
    late = slots.days_late(cover.next.on, counter.day)
    if late:
        return Span(f"{f'{late} d':>4} "[:5], "late")
    return Span(f"{cover.next.time:%H:%M}" if cover.next.time and cover.next.on == counter.day else "     ", "bold")


def _name_spans(cover: Cover, letters: dict[str, int]) -> list[Span]:
    """The name, the letters that suffice to type in bold, and with whom or the company."""
    name = one_line(cover.name)
    count = letters.get(cover.client, 0)
    person = cover.people.get((cover.next.person or "") if cover.next else "")
    beside = person.name if person and person.name else None
    if beside is None and title(cover) != cover.name:
        beside = cover.company
    rest = f" · {one_line(beside)}" if beside else ""
    return [Span(name[:count], "bold"), Span(name[count:] + rest)]


def _phone(cover: Cover) -> str:
    person = cover.people.get((cover.next.person or "") if cover.next else "")
    return (person.phone if person and isinstance(person.phone, str) else None) or cover.phone or ""


def _what_for(cover: Cover, day: date) -> list[Span]:
    """What the contact is about, and what was last: its day and its words, dim."""
    spans = []
    kind = cover.next.kind if cover.next else "call"
    about = one_line(cover.next.about) if cover.next and cover.next.about else ""
    about = ": ".join(filter(None, (kind if kind != "call" else "", about)))
    if about:
        spans.append(Span(about))
    if cover.last:
        words = one_line(cover.last.text) or ("no answer" if not cover.last.reached else cover.last.kind)
        spans += [Span(" · " if about else ""), Span(f"{day_of_log(cover.last.day, day)} {words}", "dim")]
    elif not about:
        spans.append(Span("first call", "dim"))
    return spans


def _put_off(cover: Cover) -> list[Span]:
    return [Span(f"put off {cover.moves}x", "late" if cover.moves > 2 else "dim")] if cover.moves else []


def _foot(counter: Counter, paper: Paper) -> Iterator[Line]:
    """What wants a day or a date, and the load of the next working days."""
    on_desk = counter.desk
    parts = []
    if on_desk.undated:
        names = ", ".join(one_line(cover.name) for cover in on_desk.undated)
        parts.append(f"in {Month.of(counter.day).name.capitalize()}: {names}")
    if on_desk.unfiled:
        names = ", ".join(one_line(cover.name) for cover in on_desk.unfiled)
        parts.append(f"no date at all: {names}")
    head = " NO DAY YET   "
    room = paper.columns - 1 - len(head)
    parts = [fitted(part, room) for part in parts]
    if width("    ".join(parts)) <= room:
        parts = ["    ".join(parts)] if parts else []
    for place, part in enumerate(parts):
        yield Span(head if place == 0 else " " * len(head), "head"), Span(part)
    unreadable = len(counter.contents.unreadable)
    if unreadable:
        yield (Span(f" UNREADABLE   {unreadable} dossier{'s' if unreadable > 1 else ''}: cf doctor", "late"),)
    yield from _next_days(counter, paper)


def _next_days(counter: Counter, paper: Paper) -> Iterator[Line]:
    """` NEXT DAYS    Thu 16 █▌ 3   Fri 17 ████+ 9!`: the load of the coming working days; ! where some is promised."""
    load = loads(counter.contents.covers, counter.day)
    promised_days = {
        cover.next.on for cover in counter.contents.covers if cover.next and cover.next.agreed and cover.resting is None
    }
    capacity = counter.office.settings.capacity
    spans = [Span(" NEXT DAYS    ", "head")]
    used = len(spans[0].text)
    for day in desk.nearest_working_days(counter.office.settings.working, counter.day, 5):
        blocks = bar(load[day], capacity, DAY_BAR)
        count = f"{blocks} {load[day]}".strip() + ("!" if day in promised_days else "")
        text = f"{day_short(day, counter.day)[:3]} {day.day} {count}"
        gap = "   " if len(spans) > 1 else ""
        if used + width(gap + text) > paper.columns - 1:
            break
        used += width(gap + text)
        spans.append(Span(gap + text))
    yield tuple(spans)
