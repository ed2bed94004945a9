"""The acts that the command lines and the desk one by one have in common, each with its consent and its question."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientfolder import clearing, when
from clientfolder.clearing import Details, Verdict, Wish
from clientfolder.cli.counter import Counter
from clientfolder.cli.echo import warn_of_date, warn_of_load
from clientfolder.cli.paper import Span, day_short
from clientfolder.cli.rows import for_day
from clientfolder.dossier import Cover, Entry
from clientfolder.errors import PhraseRefused, Refused
from clientfolder.when import When

if TYPE_CHECKING:
    from clientfolder.binder.clerk import Deed, Outcome


def put_off(counter: Counter, cover: Cover, phrase: str, *, yes: bool) -> Outcome:
    """Snooze one dossier. Raises Refused for a promised date without a yes, and for one that is not later."""
    when_ = _snooze_when(counter, cover, phrase)
    consent = agreed_to_change(counter, cover, when_, yes)

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        fresh = _snooze_when(counter, now, phrase)
        if not consent and clearing.breaks_agreement(now, fresh):
            raise promised(now, counter.day)
        words = f"Put {now.name} off"
        return [counter.clerk.revise(read, clearing.refile(now, fresh, Details(), at=counter.office.now, words=words))]

    outcome = counter.act(decide)
    warn_of_date(counter, when_)
    return outcome


def _snooze_when(counter: Counter, cover: Cover, phrase: str) -> When:
    start = clearing.snooze_start(cover, counter.day)
    found = when.read(phrase, counter.office.ground(start))
    clearing.check_snooze(cover, found, counter.day)
    return found


def agreed_to_change(counter: Counter, cover: Cover, to: When, yes: bool, *, agreed: bool = False) -> bool:
    """Whether a promised date may be changed. Raises Refused where it may not."""
    if yes or not clearing.breaks_agreement(cover, to, agreed=agreed):
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


def ask_next(counter: Counter, cover: Cover, entry: Entry) -> tuple[Verdict, Wish]:
    """Ask for the next date until one can be read; Enter takes the rhythm's."""
    every = counter.every(cover)
    due = clearing.due(cover, entry, every, counter.day, counter.office.settings.working) if every else None
    hint = f" [{day_short(due, counter.day)}, by the rhythm]" if due else ""
    while True:
        phrase = counter.ask(f"Next?{hint} ").strip(" \t")
        if not phrase:
            if every:
                return Verdict.RHYTHM, Wish()
            counter.show(
                [(Span("A date, such as fri, 13, 5 july or 2w; ! behind it says that it is promised.", "dim"),)]
            )
            continue
        try:
            return Verdict.SET, Wish(read_when(counter, phrase))
        except PhraseRefused as refused:
            counter.show([(Span(refused.message),)])


def write_entry(
    counter: Counter, cover: Cover, entry: Entry, verdict: Verdict, wish: Wish, details: Details
) -> Outcome:
    """Log one entry with what becomes of the date, on what the dossier says when it is written."""
    every = counter.every(cover)
    working = counter.office.settings.working

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        found = verdict
        if verdict in (Verdict.STAYS, Verdict.RESTS_ON) and (now.next is None or now.resting != cover.resting):
            # The date that was to stay has gone meanwhile.
            found = clearing.what_of_the_date(now, entry, wish, counter.day, can_ask=False, every=every)
            if found is Verdict.UNKNOWN:
                raise Refused(f"{now.name} has no date any more; say the next one: -n fri")
        change = clearing.log(now, entry, found, wish, details, day=counter.day, working=working, every=every)
        return [counter.clerk.revise(read, change)]

    outcome = counter.act(decide)
    after = outcome.deeds[0].change.after
    if wish.when:
        warn_of_date(counter, wish.when)
    elif after and verdict is not Verdict.STAYS:
        warn_of_load(counter, after.on)
    return outcome


def read_when(counter: Counter, phrase: str) -> When:
    return when.read(phrase, counter.office.ground())


def refile_one(counter: Counter, cover: Cover, to: When, details: Details, *, consent: bool) -> Outcome:
    """Put one dossier behind another insert. Raises Refused for a promised date without consent."""

    def decide() -> list[Deed]:
        return [refiled(counter, cover.client, to, details, "Filed {name}", consent=consent)]

    outcome = counter.act(decide)
    warn_of_date(counter, to)
    return outcome


def refiled(counter: Counter, client: str, to: When, details: Details, words: str, *, consent: bool) -> Deed:
    read = counter.binder.sheet(client)
    now = read.dossier.cover
    if not consent and clearing.breaks_agreement(now, to, agreed=details.agreed):
        raise promised(now, counter.day)
    change = clearing.refile(now, to, details, at=counter.office.now, words=words.format(name=now.name))
    return counter.clerk.revise(read, change)
