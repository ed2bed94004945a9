"""The acts that the command lines and the desk one by one have in common, each with its consent and its question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from clientfolder import clearing, when
from clientfolder.binder.binder import file_of
from clientfolder.clearing import Details, Verdict, Wish
from clientfolder.cli.counter import Counter
from clientfolder.cli.echo import warn_of_date, warn_of_load
from clientfolder.cli.paper import Span
from clientfolder.cli.questions import Instead, by_other_rhythm, dodging, never_reached, with_room
from clientfolder.cli.rows import for_day, proposal_words
from clientfolder.dossier import DONE, TASK, Cover, Entry
from clientfolder.errors import Changed, Misused, NoClient, PhraseRefused, Refused
from clientfolder.planning import is_above_ladder, next_attempt, proposed
from clientfolder.tickler.room import Proposal
from clientfolder.when import When

if TYPE_CHECKING:
    from clientfolder.binder.clerk import Deed, Outcome


# What is typed at `What happened?` and means that nobody was reached.
NO_ANSWER = ("x", "-x")


def put_off(counter: Counter, cover: Cover, phrase: str, *, yes: bool) -> Outcome:
    """Snooze one dossier; nothing is done where the user would rather call now.

    Raises Refused for a promised date without a yes, and for one that is not later.
    """
    said = _snooze_when(counter, cover, phrase)
    consent = agreed_to_change(counter, cover, said, yes)
    if instead := dodging(counter, cover):
        return _otherwise(counter, cover, instead, yes=consent)
    start = clearing.snooze_start(cover, counter.day)
    chosen = with_room(counter, cover, said, Details(kind=_kind(cover)), after=start)

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        fresh = _snooze_when(counter, now, phrase) if chosen == said else chosen
        clearing.check_snooze(now, fresh, counter.day)
        if not consent and clearing.breaks_agreement(now, fresh):
            raise promised(counter, now)
        words = f"Put {now.name} off"
        return [counter.clerk.revise(read, clearing.refile(now, fresh, Details(), at=counter.office.now, words=words))]

    outcome = counter.act(decide)
    warn_of_date(counter, chosen, outcome.deeds[0].cover)
    return outcome


def _kind(cover: Cover) -> str:
    """The kind of its next contact, where nobody says another."""
    return cover.next.kind if cover.next else clearing.usual_kind(cover)


def _otherwise(counter: Counter, cover: Cover, instead: Instead, *, yes: bool) -> Outcome:
    """What is done instead of one more move: another rhythm from today on, or rest; for a call now, nothing."""
    from clientfolder.binder.clerk import Outcome

    if instead.what == "call":
        return Outcome(())
    to = by_other_rhythm(counter, cover, instead.rhythm) if instead.rhythm else When(counter.day)
    consent = agreed_to_change(counter, cover, to, yes)

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        if not consent and clearing.breaks_agreement(now, to):
            raise promised(counter, now)
        if instead.rhythm is None:
            return [counter.clerk.revise(read, clearing.rest(now, instead.text, at=counter.office.now))]
        words = f"Gave {now.name} another rhythm, {instead.rhythm}"
        change = clearing.refile(now, to, Details(), at=counter.office.now, words=words, how="rhythm")
        return [counter.clerk.revise(read, change._replace(edits=(*instead.edits(read.dossier), *change.edits)))]

    return counter.act(decide)


def one_phrase(words: Sequence[str] | None, option: str | None) -> str | None:
    """The WHEN of a command that takes it as its last words or behind `-n`. Raises Misused for both."""
    if words and option is not None:
        raise Misused(f"The date stands twice: {' '.join(words)}, and behind -n: {option}; one of them")
    return " ".join(words) if words else option


def _snooze_when(counter: Counter, cover: Cover, phrase: str) -> When:
    start = clearing.snooze_start(cover, counter.day)
    found = when.read(phrase, counter.office.ground(start), until=True)
    clearing.check_snooze(cover, found, counter.day)
    return found


def agreed_to_change(counter: Counter, cover: Cover, to: When, yes: bool, *, agreed: bool = False) -> bool:
    """Whether a promised date may be changed. Raises Refused where it may not."""
    if yes or not clearing.breaks_agreement(cover, to, agreed=agreed):
        return yes
    if counter.agree([cover], yes):
        return True
    if counter.can_ask:
        raise Refused("Left as it is; nothing was written")
    raise promised(counter, cover)


def agreed_to_rest(counter: Counter, cover: Cover) -> bool:
    """Whether a promised date may be dropped. Raises Refused where it may not."""
    if not clearing.is_promised(cover):
        return False
    if counter.agree([cover], False):
        return True
    if counter.can_ask:
        raise Refused("Left as it is; nothing was written")
    raise promised(counter, cover)


def promised(counter: Counter, cover: Cover) -> Refused:
    assert cover.next
    return Refused(
        f"{cover.name} was promised {for_day(cover.next, counter.day)}; to change that all the same: --yes",
        candidates=(cover.client,),
        repeat=str(counter.line.with_option("--yes")),
    )


def ask_next(counter: Counter, cover: Cover, entry: Entry) -> tuple[Verdict, Wish]:
    """Ask for the next date until one can be read; Enter takes the rhythm's."""
    planning = counter.planning(cover)
    proposal = proposed(cover, entry, planning) if planning.every else None
    to = ask_when(counter, proposal)
    return (Verdict.SET, Wish(to)) if to else (Verdict.RHYTHM, Wish())


def ask_when(counter: Counter, proposal: Proposal | None) -> When | None:
    """Ask for a date until one can be read; None where Enter takes the one of the rhythm."""
    hint = f" [{proposal_words(proposal, counter.day)}, by the rhythm]" if proposal else ""
    while True:
        phrase = counter.ask(f"Next?{hint} ").strip(" \t")
        if not phrase:
            if proposal:
                return None
            counter.show(
                [(Span("A date, such as fri, 13, 5 july or 2w; ! behind it says that it is promised.", "dim"),)]
            )
            continue
        try:
            to = read_when(counter, phrase)
        except PhraseRefused as refused:
            counter.show([(Span(refused.message),)])
            continue
        counter.line = counter.line.with_option("-n", phrase)
        return to


class Decision(NamedTuple):
    """What is to be written of a contact: the entry, what becomes of the date, and what else changes with it.

    `done`: slips that are ticked in the same act. `asked`: a question was answered about the dossier as it was shown.
    """

    entry: Entry
    verdict: Verdict
    wish: Wish
    details: Details
    instead: Instead | None = None
    done: tuple[Cover, ...] = ()
    asked: bool = False


def decided(counter: Counter, cover: Cover, entry: Entry, wish: Wish, details: Details) -> Decision:
    """By the rules, and by the answers where they come to asking; UNKNOWN where nobody can be asked."""
    every = counter.every(cover)
    verdict = clearing.what_of_the_date(cover, entry, wish, counter.day, can_ask=counter.can_ask, every=every)
    asked = verdict is Verdict.ASK
    if asked:
        verdict, wish = ask_next(counter, cover, entry)
    if verdict is Verdict.SET and wish.when:
        wish = wish._replace(when=with_room(counter, cover, wish.when, details, entry))
    # Ticked by somebody else meanwhile, a slip would be ticked for the time after.
    asked = (asked and verdict is not Verdict.SET) or (every is not None and clearing.is_task_done(cover, entry, wish))
    decision = Decision(entry, verdict, wish, details, asked=asked)
    if verdict is Verdict.TRY_AGAIN and is_above_ladder(cover, planning := counter.planning(cover)):
        instead = never_reached(counter, cover, next_attempt(cover, planning))
        decision = decision._replace(instead=instead, asked=counter.can_ask)
        return _tried_otherwise(counter, cover, decision, instead) if instead else decision
    return decision


def _tried_otherwise(counter: Counter, cover: Cover, decision: Decision, instead: Instead) -> Decision:
    """The attempt, with what the user would rather do than try again in the same way."""
    if instead.what == "rest":
        return decision._replace(verdict=Verdict.REST, wish=Wish(rest=True, why=instead.text))
    if instead.rhythm:
        to = by_other_rhythm(counter, cover, instead.rhythm)
        return decision._replace(verdict=Verdict.SET, wish=Wish(to))
    return decision._replace(
        details=decision.details._replace(person=instead.details.person or decision.details.person)
    )


def write_entry(counter: Counter, cover: Cover, decision: Decision) -> Outcome:
    """Log one entry with what becomes of the date, on what the dossier says when it is written.

    Raises Changed where a question was answered about a dossier that says something else now.
    """
    wish, details, instead = decision.wish, decision.details, decision.instead

    def decide() -> list[Deed]:
        read = counter.binder.sheet(cover.client)
        now = read.dossier.cover
        planning = counter.planning(now, details.kind or clearing.usual_kind(now))
        if decision.asked and (now.next, now.resting, planning.every) != (
            cover.next, cover.resting, counter.every(cover),
        ):  # fmt: skip
            raise Changed("The dossier was changed meanwhile; nothing was written", file=file_of(cover.client))
        found = _verdict_now(counter, now, decision)
        change = clearing.log(now, decision.entry, found, wish, details, planning)
        edits = instead.edits(read.dossier) if instead else ()
        written = counter.clerk.revise(read, change._replace(edits=(*edits, *change.edits)))
        return [written, *(deed for slip in decision.done if (deed := _tick(counter, slip)))]

    outcome = counter.act(decide)
    deed = outcome.deeds[0]
    if wish.when:
        warn_of_date(counter, wish.when, deed.cover)
    elif deed.change.after and deed.change.after != deed.change.before:
        warn_of_load(counter, deed.change.after.on, deed.cover)
    return outcome


def _verdict_now(counter: Counter, now: Cover, decision: Decision) -> Verdict:
    """What becomes of the date by the rules, as the dossier is now; what somebody said of it stands."""
    if decision.verdict in (Verdict.SET, Verdict.REST):
        return decision.verdict
    every = counter.every(now)
    found = clearing.what_of_the_date(now, decision.entry, decision.wish, counter.day, can_ask=False, every=every)
    if found is Verdict.UNKNOWN:
        raise Refused(f"{now.name} has no date any more; say the next one: -n fri")
    return found


def _tick(counter: Counter, slip: Cover) -> Deed | None:
    """A slip that is done, or for this time; None where it is gone or ticked already."""
    try:
        read = counter.binder.sheet(slip.client)
    except NoClient:
        return None
    now = read.dossier.cover
    entry, planning = Entry(counter.office.now, TASK, DONE), counter.planning(now)
    if not clearing.is_task_done(now, entry, Wish()):
        return None
    verdict = Verdict.RHYTHM if planning.every else Verdict.TICKED
    return counter.clerk.revise(read, clearing.log(now, entry, verdict, Wish(), Details(), planning))


def read_when(counter: Counter, phrase: str) -> When:
    return when.read(phrase, counter.office.ground())


def file_one(counter: Counter, cover: Cover, to: When, details: Details, *, yes: bool) -> Outcome:
    """Put one dossier behind another insert; nothing is done where the user would rather call now.

    Raises Refused for a promised date without a yes.
    """
    consent = agreed_to_change(counter, cover, to, yes, agreed=details.agreed)
    if cover.next and cover.next.on != to.on and (instead := dodging(counter, cover)):
        return _otherwise(counter, cover, instead, yes=consent)
    chosen = with_room(counter, cover, to, details._replace(kind=details.kind or _kind(cover)))

    def decide() -> list[Deed]:
        return [refiled(counter, cover.client, chosen, details, "Filed {name}", consent=consent)]

    outcome = counter.act(decide)
    warn_of_date(counter, chosen, outcome.deeds[0].cover)
    return outcome


def refiled(counter: Counter, client: str, to: When, details: Details, words: str, *, consent: bool) -> Deed:
    read = counter.binder.sheet(client)
    now = read.dossier.cover
    if not consent and clearing.breaks_agreement(now, to, agreed=details.agreed):
        raise promised(counter, now)
    change = clearing.refile(now, to, details, at=counter.office.now, words=words.format(name=now.name))
    return counter.clerk.revise(read, change)
