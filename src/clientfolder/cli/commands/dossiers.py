"""Dossiers made and changed: `new edit set rename rest remove`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from clientfolder import settings
from clientfolder.binder import names
from clientfolder.binder.binder import file_of
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.binder.papers import place_of
from clientfolder.cli import facts, key_value, options
from clientfolder.cli.commands import table
from clientfolder.cli.commands.acting import agreed_to_rest, dated, refused_as_promised
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.commands.drafts import ShortNames, check_name, drafted, known_names
from clientfolder.cli.commands.show import client_words
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.pages.confirmation import confirmation_lines
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.alternatives import with_room
from clientfolder.cli.prompts.dates import Dated, ask_date
from clientfolder.cli.prompts.find import find_ahead, find_client, find_file
from clientfolder.cli.session import Session
from clientfolder.dates.phrases import When
from clientfolder.dossier.changes import Change, Drop, Edit, Put
from clientfolder.dossier.covers import sent_by
from clientfolder.dossier.types import SENT_BY, Cover, is_slip
from clientfolder.errors import Misused, Refused, Trouble
from clientfolder.text import counted, sentence
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request

# A new dossier ----------------------------------------------------------------------------------------


def new(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="NAME... [KEY=VALUE]...", show_default=False)] = None,
    next: options.Next = None,
    about: options.AboutFirst = None,
    for_: options.KindOfContact = None,
    agreed: options.Agreed = False,
    again: Annotated[bool, Option("--again", help="Another client of the same name.")] = False,
) -> Result:
    """A new dossier, filed. Alone it asks, one client after the other; with - it reads CSV with a header."""
    session: Session = ctx.obj
    check_kind(session, for_)
    to = dated(session, next, about)
    request = Request(about=(to.about if to else None) or about or None, kind=for_, agreed=agreed)
    if words == ["-"]:
        from clientfolder.cli.commands.new_from_table import from_csv

        return from_csv(session, request, again=again)
    if not words:
        return _ask_for_clients(session, request)
    named, assignments = key_value.split(words)
    name = " ".join(named).strip()
    if len(words) > 1:
        from clientfolder.cli import run_together

        run_together.check_name(session, named, table.names(), has_date=to is not None)
        run_together.check_keys(session, assignments)
    try:
        check_name(known_names(session), name, again=again)
    except Refused as taken:
        if taken.candidates:
            shown = session.line.to("show", *taken.candidates)
            taken.repeat = f"{session.line.with_option('--again')}, or {shown}"
        raise
    if to is None and session.can_ask:
        to = _ask_when(session, assignments)
        request = _about(request, to)
    outcome = add(session, name, assignments, to.when if to else None, request, again=again)
    done = facts.confirmation(session, outcome)
    return confirmed(session, done, list(confirmation_lines(done)))


def add(
    session: Session,
    name: str,
    assignments: Sequence[key_value.Assignment],
    to: When | None,
    request: Request,
    *,
    again: bool,
) -> Outcome:
    """Write one new dossier."""
    if to:
        to = with_room(session, Cover("", name), to, request)

    def decide() -> list[PlannedWrite]:
        dossier, change = drafted(session, name, assignments, to, request, ShortNames(session), again=again)
        return [session.transactions.add(dossier, change)]

    outcome = session.act(decide)
    for write in outcome.writes:
        if write.cover:
            session.warn_of_odd(write.cover)
    if to:
        facts.warn_of_date(session, to, outcome.writes[0].cover)
    return outcome


def _ask_when(session: Session, assignments: Sequence[key_value.Assignment]) -> Dated | None:
    """Ask for the first date; Enter leaves it to the rhythm, or open."""
    has_rhythm = any(a.key == "rhythm" and a.value for a in assignments) or session.workspace.settings.every()
    return ask_date(session, f"Next?{' [by the rhythm]' if has_rhythm else ' [no date]'} ", needed=False)


def _about(request: Request, to: Dated | None) -> Request:
    return request._replace(about=to.about) if to and to.about else request


def _ask_for_clients(session: Session, request: Request) -> Result:
    """Name, phone, mail and date, one client after the other, until Enter."""
    if not session.can_ask:
        raise Misused("Who? With - for the name a CSV is read. Such as: cf new Anna Kowalska -n fri", repeat="")
    outcomes: list[Outcome] = []
    while name := ask.line(session, "Name? (Enter to end) ").strip():
        try:
            check_name(known_names(session), name, again=False)
        except Refused as refused:
            ask.show(session, [(Span(session.message(refused)),)])
            continue
        assignments: list[key_value.Assignment] = []
        session.rescue.keep(name)
        for key in ("company", "phone", "email"):
            if value := ask.line(session, f"{key.capitalize()}? ").strip():
                assignments.append(key_value.Assignment(key, "", value))
                session.rescue.keep("\n".join([name, *(f"{said.key}={said.value}" for said in assignments)]))
        to = _ask_when(session, assignments)
        outcome = add(session, name, assignments, to.when if to else None, _about(request, to), again=False)
        outcomes.append(outcome)
        ask.show(session, confirmation_lines(facts.confirmation(session, outcome)))
    writes = tuple(write for outcome in outcomes for write in outcome.writes)
    lines: list[Line] = [(Span(f"{counted(len(writes), 'new dossier')}."),)]
    return confirmed(session, facts.confirmation(session, Outcome(writes), landings=False), lines)


# What stands in one -----------------------------------------------------------------------------------


def edit(
    ctx: Call,
    words: options.ClientWords = None,
) -> Result:
    """A dossier in your editor ($VISUAL or $EDITOR); it is checked before it replaces the old."""
    from clientfolder.cli.prompts.dossier_editor import edited

    session: Session = ctx.obj
    client, name = find_file(session, client_words(words))
    outcome = edited(session, client, name)
    if outcome is None:
        return Result({"changes": []}, lambda paper: [(Span("Nothing was changed."),)])
    done = facts.confirmation(session, outcome)
    return confirmed(session, done, list(confirmation_lines(done)))


def _not_set(session: Session, named: Sequence[str], assignments: Sequence[key_value.Assignment]) -> Misused:
    """The error with the line that does what was typed without its `=`; else with one that shows how it is done."""
    from clientfolder.cli.run_together import assigned
    from clientfolder.cli.unnamed import such_as

    own = {row.name for row in settings.TABLE}
    if assignments and not named and all(said.key in own for said in assignments):
        return Misused(f"Whose, and what? A setting: {session.line.with_word('set', 'settings')}", repeat="")
    if line := assigned(session, named, assignments):
        return Misused("Whose, and what?", repeat=str(session.line.with_said(line)))
    return Misused(f"Whose, and what? {such_as(session, 'set', 'CLIENT', 'phone=+48 22 555 01 07')}", repeat="")


def set_(
    ctx: Call,
    words: Annotated[
        list[str] | None,
        Argument(metavar="CLIENT KEY=VALUE...", show_default=False, completes="client_and_keys"),
    ] = None,
) -> Result:
    """Change what stands on the card: phone=..., tags+=vip, people.petra.phone=...; phone= takes it away."""
    session: Session = ctx.obj
    named, assignments = key_value.split(words or ())
    if not named or not assignments:
        raise _not_set(session, named, assignments)
    from clientfolder.cli.run_together import check_keys

    check_keys(session, assignments, named)
    cover = find_client(session, " ".join(named))
    # Whoever is asked which client is meant is asked before the folder is held.
    owners = {said.value.strip() for said in assignments if said.key == "client" and said.value.strip()}
    found = {said: find_client(session, said, no_slip=True).client for said in owners} if cover.is_slip else {}

    was: dict[str, Any] = {}

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        was.update(read.data)
        edits = tuple(key_value.edits(assignments, now, found.__getitem__))
        what = ", ".join(dict.fromkeys(assignment.key for assignment in assignments))
        change = Change(now.client, now.name, now.next, now.next, edits, f"Set {what} of {now.name}")
        write = session.transactions.revise(read, change)
        assert write.cover
        known = {odd.path for odd in now.odd}
        for odd in write.cover.odd:
            if odd.path not in known:
                raise Refused(f"{'.'.join(map(str, odd.path))} {odd.message}")
        return [write._replace(change=change._replace(after=write.cover.next))]

    outcome = session.act(decide)
    shown = [line for edit in outcome.writes[0].change.edits for line in _set_line(edit, was)]
    done = facts.confirmation(session, outcome, landings=False)
    where = somewhere(done.folder, dry_run=done.dry_run)
    return confirmed(session, done, [(Span(sentence(outcome.writes[0].change.words)),), *shown, *where])


def _set_line(edit: Edit, was: Mapping[str, Any]) -> Iterator[Line]:
    """`phone: +48 22 555 -> +48 601 555`: a value as it was, where there was one, and as it is."""
    if not isinstance(edit, (Put, Drop)):
        return
    old: Any = was
    for part in edit.path:
        old = old.get(part) if isinstance(old, Mapping) else None
    before = [Span(f"{_value_line(old)} -> ", "dim")] if old is not None else []
    key = Span(f"   {'.'.join(map(str, edit.path))}: ")
    if isinstance(edit, Put):
        yield (key, *before, Span(_value_line(edit.value), "bold"))
    else:
        yield (key, *before, Span("taken away"))


def _value_line(value: Any) -> str:
    return one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))


# Into and out of the binder ---------------------------------------------------------------------------


def rename(
    ctx: Call,
    client: options.Client = None,
    words: Annotated[list[str] | None, Argument(metavar="NEW-NAME...", show_default=False)] = None,
) -> Result:
    """Another name, for the client as for the file and the papers."""
    session: Session = ctx.obj
    if client is None or not one_line(" ".join(words or ())):
        from clientfolder.cli.unnamed import such_as

        shown = such_as(session, "rename", client or "CLIENT", "Anna", "Nowak")
        raise Misused(f"Whom, and how called? {shown}", repeat="")
    cover, words = find_ahead(session, client, words or ())
    name = " ".join(words).strip()
    if len(words) > 1 and words[0] in ("to", "as", "into"):
        quoted = session.line.with_phrase(name, name)
        raise Misused(
            f"Is {words[0]} a part of the name? Say which", repeat=f"{session.line.with_word(words[0])}, or {quoted}"
        )
    if not one_line(name):
        raise Misused(f"How is {cover.name} to be called? Such as: cf rename {cover.client} Anna Nowak")
    other = None if cover.is_slip else known_names(session).get(names.same(name))
    if other not in (None, cover.client):
        raise Refused(f"There is a dossier of that name: {other}", candidates=(other,))

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        change = Change(
            now.client, name, now.next, now.next, (Put(("name",), name),), f"Renamed {now.name} to {name}")  # fmt: skip
        write = session.transactions.rename(read, change, session.transactions.free_name(name, but=now.client))
        return [write, *_taken_along(session, now.client, write.change)]

    outcome = session.act(decide)
    to = outcome.writes[0].change.client
    done = facts.confirmation(session, outcome)
    lines = confirmation_lines(done._replace(written=done.written[:1]))
    return confirmed(session, done, [*lines, (Span(f"   {file_of(to)}", "dim"),)])


def _taken_along(session: Session, client: str, renamed: Change) -> Iterator[PlannedWrite]:
    """The slips of a client who is renamed, the done ones too, and those whom the client has sent: each says who."""
    if is_slip(client) or renamed.client == client:
        return
    covers = session.binder.contents().covers
    naming = [(cover, "client") for cover in covers.called(is_slip) if cover.belongs_to == client]
    naming += [(cover, SENT_BY) for cover in sent_by(covers, client) if cover.client != client]
    for cover, key in naming:
        change = Change(cover.client, cover.name, cover.next, cover.next, (Put((key,), renamed.client),), renamed.words)
        yield session.transactions.revise(session.binder.read(cover.client), change)


def rest(
    ctx: Call,
    client: options.Client = None,
    why: Annotated[list[str] | None, Argument(metavar="WHY...", show_default=False)] = None,
    yes: Annotated[bool, Option("--yes", help="Also if a date was promised.")] = False,
) -> Result:
    """Put a dossier to rest on purpose, and say why; cf file wakes it."""
    session: Session = ctx.obj
    if client is None or not " ".join(why or ()).strip():
        from clientfolder.cli.unnamed import such_as

        shown = such_as(session, "rest", client or "CLIENT", "sold", "the", "shop")
        raise Misused(f"Whom, and why? {shown}", repeat="")
    cover, why = find_ahead(session, client, why or ())
    reason = " ".join(why).strip()
    if not reason:
        raise Misused(f"Why does {cover.name} rest? Such as: cf rest {cover.client} sold the shop")
    consent = yes or agreed_to_rest(session, cover)

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        if not consent and acts.is_promised(now):
            raise refused_as_promised(session, now)
        return [session.transactions.revise(read, acts.rest(now, reason, at=session.workspace.now))]

    outcome = session.act(decide)
    done = facts.confirmation(session, outcome)
    return confirmed(session, done, list(confirmation_lines(done)))


def remove(
    ctx: Call,
    words: options.ClientWords = None,
) -> Result:
    """Take a dossier out of the binder; it is set aside in removed/, and cf undo brings it back."""
    from clientfolder.cli.prompts.dossier_editor import next_before

    session: Session = ctx.obj
    client, name = find_file(session, client_words(words))
    lies: list[str] = []
    payments = 0
    with contextlib.suppress(Trouble):
        payments = len(session.binder.read(client).dossier.payments)

    def decide() -> list[PlannedWrite]:
        change = Change(client, name, next_before(session, client), None, (), f"Removed {name}")
        write, file = session.transactions.remove(client, change, session.day)
        lies.append(file)
        return [write]

    outcome = session.act(decide)
    lines: list[Line] = [(Span(sentence(f"Removed {name}")),), (Span(f"-> {lies[-1]}"),)]
    if session.papers_of(client):
        lines.append((Span(f"   the papers stay in {place_of(client)}/", "dim"),))
    if payments:
        told = f"   {counted(payments, 'payment')} left the figures; to keep them: cf undo, cf rest {client} WHY"
        lines.append((Span(told, "dim"),))
    done = facts.confirmation(session, outcome, landings=False)
    lines += somewhere(done.folder, dry_run=done.dry_run)
    return confirmed(session, done, lines)
