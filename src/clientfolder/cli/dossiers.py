"""Dossiers made and changed: `new edit set rename rest remove`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from clientfolder import clearing, when
from clientfolder.binder import names
from clientfolder.binder.binder import file_of
from clientfolder.binder.clerk import Deed, Outcome
from clientfolder.binder.papers import place_of
from clientfolder.change import Change, Drop, Edit, Put
from clientfolder.clearing import Details
from clientfolder.cli import card, complete
from clientfolder.cli.acts import agreed_to_rest, promised
from clientfolder.cli.counter import Counter
from clientfolder.cli.draft import ShortNames, check_name, drafted, known_names
from clientfolder.cli.echo import echo, outcome_lines, somewhere, warn_of_date
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.paper import Line, Result, Span, one_line
from clientfolder.cli.questions import with_room
from clientfolder.cli.sheets import client_words
from clientfolder.dossier import Cover, is_slip
from clientfolder.errors import Misused, PhraseRefused, Refused
from clientfolder.when import When

# A new dossier ----------------------------------------------------------------------------------------


def new(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(None, metavar="NAME... [KEY=VALUE]...", show_default=False),
    next: str | None = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="The next contact.", autocompletion=complete.phrases
    ),
    about: str | None = typer.Option(None, "--about", metavar="TEXT", help="What it is about."),
    for_: str | None = typer.Option(
        None, "--for", metavar="KIND", help="The kind of contact.", autocompletion=complete.kinds
    ),
    agreed: bool = typer.Option(False, "--agreed", help="The date is promised, as with ! behind it."),
    again: bool = typer.Option(False, "--again", help="Another client of the same name."),
) -> Result:
    """A new dossier, filed. Alone it asks, one client after the other; with - it reads CSV with a header.

    Example: cf new Anna Kowalska company=Kowalska Keramik phone=+48 22 555 01 07 -n fri
    """
    counter: Counter = ctx.obj
    check_kind(counter, for_)
    details = Details(about or None, for_, None, agreed)
    if words == ["-"]:
        from clientfolder.cli.csv_table import from_csv

        return from_csv(counter, details, again=again)
    if not words:
        return _ask_for_clients(counter, details)
    named, assignments = card.split(words)
    name = " ".join(named).strip()
    to = when.read(next, counter.office.ground()) if next is not None else None
    check_name(known_names(counter), name, again=again)
    if to is None and counter.can_ask:
        to = _ask_when(counter, assignments)
    outcome = add(counter, name, assignments, to, details, again=again)
    return echo(counter, outcome, list(outcome_lines(counter, outcome)))


def add(
    counter: Counter,
    name: str,
    assignments: Sequence[card.Assignment],
    to: When | None,
    details: Details,
    *,
    again: bool,
) -> Outcome:
    """Write one new dossier."""
    if to:
        to = with_room(counter, Cover("", name), to, details)

    def decide() -> list[Deed]:
        dossier, change = drafted(counter, name, assignments, to, details, ShortNames(counter), again=again)
        return [counter.clerk.add(dossier, change)]

    outcome = counter.act(decide)
    for deed in outcome.deeds:
        if deed.cover:
            counter.warn_of_odd(deed.cover)
    if to:
        warn_of_date(counter, to, outcome.deeds[0].cover)
    return outcome


def _ask_when(counter: Counter, assignments: Sequence[card.Assignment]) -> When | None:
    """Ask for the first date; Enter leaves it to the rhythm, or open."""
    has_rhythm = any(a.key == "rhythm" and a.value for a in assignments) or counter.office.settings.every()
    hint = " [by the rhythm]" if has_rhythm else " [no date]"
    while phrase := counter.ask(f"Next?{hint} ").strip(" \t"):
        try:
            to = when.read(phrase, counter.office.ground())
        except PhraseRefused as refused:
            counter.show([(Span(refused.message),)])
            continue
        counter.line = counter.line.with_option("-n", phrase)
        return to
    return None


def _ask_for_clients(counter: Counter, details: Details) -> Result:
    """Name, phone, mail and date, one client after the other, until Enter."""
    if not counter.can_ask:
        raise Misused("Who? cf new NAME, or cf new - for a CSV on standard input")
    outcomes: list[Outcome] = []
    while name := counter.ask("Name? (Enter to end) ").strip():
        try:
            check_name(known_names(counter), name, again=False)
        except Refused as refused:
            counter.show([(Span(refused.message),)])
            continue
        assignments: list[card.Assignment] = []
        counter.keep(name)
        for key in ("company", "phone", "email"):
            if value := counter.ask(f"{key.capitalize()}? ").strip():
                assignments.append(card.Assignment(key, "", value))
                counter.keep("\n".join([name, *(f"{said.key}={said.value}" for said in assignments)]))
        outcome = add(counter, name, assignments, _ask_when(counter, assignments), details, again=False)
        outcomes.append(outcome)
        counter.show(list(outcome_lines(counter, outcome)))
    deeds = tuple(deed for outcome in outcomes for deed in outcome.deeds)
    count = len(deeds)
    lines: list[Line] = [(Span(f"{count} new dossier{'' if count == 1 else 's'}."),)]
    return echo(counter, Outcome(deeds), lines)


# What stands in one -----------------------------------------------------------------------------------


def edit(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="CLIENT", show_default=False, autocompletion=complete.clients
    ),
) -> Result:
    """A dossier in your editor ($VISUAL or $EDITOR); it is checked before it replaces the old.

    Example: cf edit anna
    """
    from clientfolder.cli.editing import edited

    counter: Counter = ctx.obj
    client, name = counter.find_file(client_words(words))
    outcome = edited(counter, client, name)
    if outcome is None:
        return Result({"changes": []}, lambda paper: [(Span("Nothing was changed."),)])
    return echo(counter, outcome, list(outcome_lines(counter, outcome)))


def set_(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="CLIENT KEY=VALUE...", show_default=False, autocompletion=complete.clients
    ),
) -> Result:
    """Change what stands on the card: phone=..., tags+=vip, people.petra.phone=...; phone= takes it away.

    Example: cf set anna phone=+48 22 555 01 07 tags+=vip
    """
    counter: Counter = ctx.obj
    named, assignments = card.split(words or ())
    if not named or not assignments:
        raise Misused("Whose, and what? Such as: cf set anna phone=+48 22 555 01 07")
    cover = counter.find(" ".join(named))
    # Whoever is asked which client is meant is asked before the folder is held.
    owners = {said.value.strip() for said in assignments if said.key == "client" and said.value.strip()}
    found = {said: counter.find(said, no_slip=True).client for said in owners} if cover.is_slip else {}

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        edits = tuple(card.edits(assignments, now, found.__getitem__))
        what = ", ".join(dict.fromkeys(assignment.key for assignment in assignments))
        change = Change(now.client, now.name, now.next, now.next, edits, f"Set {what} of {now.name}")
        deed = counter.clerk.revise(read, change)
        assert deed.cover
        known = {odd.path for odd in now.odd}
        for odd in deed.cover.odd:
            if odd.path not in known:
                raise Refused(f"{'.'.join(map(str, odd.path))} {odd.message}")
        return [deed._replace(change=change._replace(after=deed.cover.next))]

    outcome = counter.act(decide)
    shown = [line for edit in outcome.deeds[0].change.edits for line in _set_line(edit)]
    return echo(counter, outcome, [(Span(f"{outcome.deeds[0].change.words}."),), *shown, *somewhere(counter)])


def _set_line(edit: Edit) -> Iterator[Line]:
    if isinstance(edit, Put):
        value = ", ".join(edit.value) if isinstance(edit.value, list) else str(edit.value)
        yield Span(f"   {'.'.join(edit.path)}: "), Span(one_line(value), "bold")
    elif isinstance(edit, Drop):
        yield (Span(f"   {'.'.join(edit.path)}: taken away"),)


# Into and out of the binder ---------------------------------------------------------------------------


def rename(
    ctx: typer.Context,
    client: str | None = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    words: list[str] | None = typer.Argument(None, metavar="NEW-NAME...", show_default=False),
) -> Result:
    """Another name, for the client as for the file and the papers.

    Example: cf rename anna Anna Nowak
    """
    counter: Counter = ctx.obj
    name = " ".join(words or ()).strip()
    if client is None or not one_line(name):
        raise Misused("Whom, and how called? Such as: cf rename anna Anna Nowak")
    cover = counter.find(client)
    other = None if cover.is_slip else known_names(counter).get(names.same(name))
    if other not in (None, cover.client):
        raise Refused(f"There is a dossier of that name: {other}", candidates=(other,))

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        change = Change(
            now.client, name, now.next, now.next, (Put(("name",), name),), f"Renamed {now.name} to {name}")  # fmt: skip
        deed = counter.clerk.rename(read, change, counter.clerk.free_name(name, but=now.client))
        return [deed, *_taken_along(counter, now.client, deed.change)]

    outcome = counter.act(decide)
    to = outcome.deeds[0].change.client
    lines = outcome_lines(counter, outcome._replace(deeds=outcome.deeds[:1]))
    return echo(counter, outcome, [*lines, (Span(f"   {file_of(to)}", "dim"),)])


def _taken_along(counter: Counter, client: str, renamed: Change) -> Iterator[Deed]:
    """The slips of a client who is renamed, the done ones too: each names the client."""
    if is_slip(client) or renamed.client == client:
        return
    for slip in counter.binder.contents().covers.those_called(is_slip):
        if slip.belongs_to == client:
            read = counter.binder.sheet(slip.client)
            edits = (Put(("client",), renamed.client),)
            yield counter.clerk.revise(read, Change(slip.client, slip.name, slip.next, slip.next, edits, renamed.words))


def rest(
    ctx: typer.Context,
    client: str | None = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    why: list[str] | None = typer.Argument(None, metavar="WHY...", show_default=False),
    yes: bool = typer.Option(False, "--yes", help="Also if a date was promised."),
) -> Result:
    """Put a dossier to rest on purpose, and say why; cf file wakes it.

    Example: cf rest anna sold the shop, asks again in spring
    """
    counter: Counter = ctx.obj
    reason = " ".join(why or ()).strip()
    if client is None or not reason:
        raise Misused("Whom, and why? Such as: cf rest anna sold the shop")
    cover = counter.find(client)
    consent = yes or agreed_to_rest(counter, cover)

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        if not consent and clearing.is_promised(now):
            raise promised(counter, now)
        return [counter.clerk.revise(read, clearing.rest(now, reason, at=counter.office.now))]

    outcome = counter.act(decide)
    return echo(counter, outcome, list(outcome_lines(counter, outcome)))


def remove(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="CLIENT", show_default=False, autocompletion=complete.clients
    ),
) -> Result:
    """Take a dossier out of the binder; it is set aside in removed/, and cf undo brings it back.

    Example: cf remove anna
    """
    from clientfolder.cli.editing import next_before

    counter: Counter = ctx.obj
    client, name = counter.find_file(client_words(words))
    lies: list[str] = []

    def decide() -> list[Deed]:
        change = Change(client, name, next_before(counter, client), None, (), f"Removed {name}")
        deed, file = counter.clerk.remove(client, change)
        lies.append(file)
        return [deed]

    outcome = counter.act(decide)
    lines: list[Line] = [(Span(f"Removed {name}."),), (Span(f"-> {lies[-1]}"),)]
    if counter.papers_of(client):
        lines.append((Span(f"   the papers stay in {place_of(client)}/", "dim"),))
    lines += somewhere(counter)
    return echo(counter, outcome, lines)
