"""Behind another insert: `file` one dossier, `move` several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

from clientfolder.cli import facts, options
from clientfolder.cli.commands.acting import dated, file_one, one_phrase, refiled
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.commands.selection import lying_there
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span
from clientfolder.cli.output.words import day_short, what_stays
from clientfolder.cli.pages.confirmation import arrow, call_now, confirmation_lines
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.find import find_ahead, find_client
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.phrases import When
from clientfolder.dates.vocabulary import Refusal
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover
from clientfolder.errors import Misused, Refused
from clientfolder.text import sentence
from clientfolder.tickler import acts, desk, slots
from clientfolder.tickler.acts import Request
from clientfolder.tickler.confirmation import Confirmation
from clientfolder.tickler.inserts import leaf_through, lies_in

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import PlannedWrite


def file(
    ctx: Call,
    client: options.Client = None,
    words: Annotated[list[str] | None, Argument(metavar="WHEN...", show_default=False, completes="phrases")] = None,
    next: options.SameAsWhen = None,
    about: options.AboutContact = None,
    for_: options.KindOfContact = None,
    agreed: options.Agreed = False,
    yes: Annotated[bool, Option("--yes", help="Also if the old date was promised.")] = False,
) -> Result:
    """Put one dossier behind an insert; a resting one wakes."""
    session: Session = ctx.obj
    if client is None or not (words or next):
        from clientfolder.cli.strays import with_value_behind
        from clientfolder.cli.unnamed import such_as

        again = with_value_behind(session, next or "") if client is None else None
        shown = such_as(session, "file", client or "CLIENT", "5", "july") if again is None else ""
        raise Misused(f"Whom, and behind which day? {shown}".rstrip(), repeat=again or "")
    check_kind(session, for_)
    cover, words = find_ahead(session, client, words or (), when=True)
    to = dated(session, one_phrase(words, next), about)
    if to is None:
        raise Misused(f"Behind which day? Such as: cf file {cover.client} 5 july")
    request = Request(about=to.about or about or None, kind=for_, agreed=agreed)
    outcome = file_one(session, cover, to.when, request, yes=yes)
    done = facts.confirmation(session, outcome)
    return confirmed(session, done, list(confirmation_lines(done)) if done.written else call_now(cover))


def _moves(session: Session) -> str:
    """Two lines that show how it goes."""
    from clientfolder.cli.unnamed import such_as

    all_late = session.line.to("move", "--from", "late", "-n", "fri")
    return f"{such_as(session, 'move', 'CLIENT', '-n', 'fri')}, or {all_late}"


def _with_its_option(session: Session, words: Sequence[str], from_: str | None) -> str:
    """The line in which the WHEN that was typed behind the clients has its option; else two that show how it goes."""
    from clientfolder.cli.unnamed import of_places

    if not from_ and (line := of_places(session, words)):
        return f"This would work: {line}"
    for place in range(0 if from_ else 1, len(words)):
        try:
            phrases.understood(" ".join(words[place:]), session.workspace.ground())
        except Refusal:
            continue
        line = session.line.with_word_before(words[place], "-n")
        if words[place - 1].casefold() in ("to", "for", "on", "until") and (place > 1 or from_):
            line = line.with_word(words[place - 1])
        return f"This would work: {line}"
    slot = " ".join(words)
    if slots.parse(slot) is not None:
        return f"Such as: {session.line.with_words_of_text(['--from', *words, '-n', 'fri'])}"
    return f"Such as: {session.line.with_option('-n', 'fri')}" if words or from_ else _moves(session)


def move(
    ctx: Call,
    clients: Annotated[
        list[str] | None, Argument(metavar="[CLIENT]...", show_default=False, completes="clients")
    ] = None,
    next: options.WhereTo = None,
    from_: Annotated[
        str | None,
        Option(
            "--from",
            metavar="SLOT",
            help="All that lie there: 13, 10..21, overdue; or first.",
            completes="places",
        ),
    ] = None,
    limit: Annotated[int | None, Option(metavar="N", min=1, help="No more than so many of them.")] = None,
    yes: Annotated[bool, Option("--yes", help="Promised dates too.")] = False,
) -> Result:
    """Put several dossiers behind another insert, or all that lie in a slot: one act, one undo.

    Promised dates stay where they are, unless the clients are named and you say yes.
    """
    session: Session = ctx.obj
    if next is None or bool(clients) == bool(from_) or (limit and not from_):
        from clientfolder.cli.strays import with_value_behind

        again = with_value_behind(session, next) if next and not (clients or from_) else None
        shown = _with_its_option(session, clients or (), from_) if next is None else _moves(session)
        raise Misused("Whom, and where to?" if again else f"Whom, and where to? {shown}", repeat=again)
    to = phrases.read(next, session.workspace.ground())
    if from_ is None:
        return _move_named(session, clients or (), to, yes=yes)
    return _move_lying(session, from_, to, limit, yes=yes)


def _move_named(session: Session, clients: Sequence[str], to: When, *, yes: bool) -> Result:
    """Those who are named; nobody of them where one was promised a date, and no yes is said."""
    covers = list({cover.client: cover for cover in (find_client(session, typed) for typed in clients)}.values())
    at_stake = [cover for cover in covers if acts.breaks_agreement(cover, to)]
    consent = yes or (bool(at_stake) and ask.agree(session, at_stake))
    if at_stake and not consent:
        raise _all_promised(session, at_stake)
    return _moved(session, covers, to, lambda cover: True, consent=consent)


def _move_lying(session: Session, slot: str, to: When, limit: int | None, *, yes: bool) -> Result:
    """Those that lie in a slot, no more than so many; without a yes, promised dates stay."""
    lying = _to_move(session, slot, to)
    left = [] if yes else [cover for cover in lying if acts.breaks_agreement(cover, to)]
    covers = [cover for cover in lying if cover not in left][:limit]
    # Another command may have moved one of them since; it is not carried off from where it lies now.
    result = _moved(session, covers, to, lambda cover: _still_lies(session, cover, slot), consent=yes)
    # What cannot be read may lie there too.
    errors = (*session.contents.unreadable, *([_left_behind(left)] if left else []))
    return result._replace(exit=1 if errors else 0, errors=errors)


def _moved(
    session: Session, covers: Sequence[Cover], to: When, still: Callable[[Cover], bool], *, consent: bool
) -> Result:
    """All of them of which it is still so when the folder is held, moved in one act."""

    def decide() -> list[PlannedWrite]:
        there = [cover for cover in covers if still(cover)]
        return [refiled(session, cover.client, to, Request(), "Moved {name}", consent=consent) for cover in there]

    outcome = session.act(decide, words=_act_words(len(covers), to, session.day))
    if covers:
        facts.warn_of_date(session, to)
    done = facts.confirmation(session, outcome, landings=False)
    return confirmed(session, done, list(_move_lines(session, done)))


# What they decide -------------------------------------------------------------------------------------


def _act_words(count: int, to: When, day: date) -> str | None:
    """How history tells an act on several; an act on one tells itself."""
    return f"Moved {count} dossiers to {day_short(to.on, day)}" if count > 1 else None


FIRST = "first"


def _to_move(session: Session, said: str, to: When) -> Covers:
    """What lies in a slot or a range; of `first`, the first calls, those without a day before those that have one."""
    if said.strip(" \t").lower() != FIRST:
        return lying_there(session, said)
    places = leaf_through(session.contents.covers.where(desk.is_first_call), session.day)
    # Who waits for a day comes before who has one; a first call that lies there already is not moved.
    waiting = (slots.UNFILED, slots.UNDATED, slots.LATER, slots.OVERDUE)
    ranked = sorted(places, key=lambda place: (place.slot not in waiting, isinstance(place.on, date)))
    found = [cover for place in ranked for cover in place.dossiers if not (cover.next and cover.next.on == to.on)]
    return Covers.of(found)


def _still_lies(session: Session, cover: Cover, said: str) -> bool:
    now = session.binder.read(cover.client).dossier.cover
    if said.strip(" \t").lower() == FIRST:
        return desk.is_first_call(now)
    return lies_in(now, slots.must_parse(said), session.day)


def _all_promised(session: Session, covers: Sequence[Cover]) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    what = "Promised to" if all(acts.is_promised(cover) for cover in covers) else "Promised, or a complaint is open"
    return Refused(
        f"{what}: {names}. Nothing was moved; to move all the same: --yes",
        candidates=tuple(cover.client for cover in covers),
        repeat=str(session.line.with_option("--yes")),
    )


def _left_behind(covers: Sequence[Cover]) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    return Refused(
        f"{what_stays(covers)}: {names}. To move them too: --yes", candidates=tuple(cover.client for cover in covers)
    )


def _move_lines(session: Session, done: Confirmation) -> Iterator[Line]:
    """All that were moved, and once where they lie now."""
    for one in done.written:
        yield (Span(sentence(one.change.words)),)
    if not done.written:
        yield (Span("Nothing lies there that could be moved."),)
    elif after := done.written[-1].change.after:
        yield from arrow(facts.landing(session, after), session.day)
    yield from somewhere(done.folder, dry_run=done.dry_run)
