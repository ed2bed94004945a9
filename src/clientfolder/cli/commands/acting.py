"""The acts that the command lines and the desk one by one have in common, each with its consent and its question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clientfolder.binder.binder import file_of
from clientfolder.cli.facts import warn_of_date, warn_of_lent, warn_of_load
from clientfolder.cli.output.words import proposal_words
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.alternatives import Instead, by_other_rhythm, dodging, never_reached, with_room
from clientfolder.cli.prompts.dates import Dated, ask_date, read_dated
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.calendar import last_day
from clientfolder.dates.phrases import When
from clientfolder.dossier.types import DONE, TASK, Cover, Entry, Proposal
from clientfolder.errors import Changed, Misused, NoClient, Refused
from clientfolder.text import counted
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request, Verdict
from clientfolder.tickler.next_date import is_above_ladder, next_attempt, next_working_day, proposed
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
    from clientfolder.cli.prompts.also import EditsOf, Settled


# What is typed at `What happened?` and means that nobody was reached.
NO_ANSWER = ("x", "-x")


def put_off(session: Session, cover: Cover, phrase: str, *, yes: bool) -> Outcome:
    """Snooze one dossier; nothing is done where the user would rather call now.

    Raises Refused for a promised date without a yes, and for one that is not later.
    """
    said = snooze_when(session, cover, phrase)
    consent = agreed_to_change(session, cover, said, yes)
    if instead := dodging(session, cover):
        return _otherwise(session, cover, instead, yes=consent)
    start = acts.snooze_start(cover, session.day)
    chosen = with_room(session, cover, said, Request(kind=_kind(cover)), after=start)

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        fresh = snooze_when(session, now, phrase) if chosen == said else chosen
        acts.check_snooze(now, fresh, session.day)
        if not consent and acts.breaks_agreement(now, fresh):
            raise refused_as_promised(session, now)
        words = f"Put {now.name} off"
        return [
            session.transactions.revise(read, acts.refile(now, fresh, Request(), at=session.workspace.now, words=words))
        ]

    outcome = session.act(decide)
    warn_of_date(session, chosen, outcome.writes[0].cover)
    return outcome


def _kind(cover: Cover) -> str:
    """The kind of its next contact, where nobody says another."""
    return cover.next.kind if cover.next else acts.usual_kind(cover)


def _otherwise(session: Session, cover: Cover, instead: Instead, *, yes: bool) -> Outcome:
    """What is done instead of one more move: another rhythm from today on, or rest; for a call now, nothing."""
    from clientfolder.binder.journal.transactions import Outcome

    if instead.what == "call":
        return Outcome(())
    to = by_other_rhythm(session, cover, instead.rhythm) if instead.rhythm else When(session.day)
    consent = agreed_to_change(session, cover, to, yes)

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        if not consent and acts.breaks_agreement(now, to):
            raise refused_as_promised(session, now)
        if instead.rhythm is None:
            return [session.transactions.revise(read, acts.rest(now, instead.text, at=session.workspace.now))]
        words = f"Gave {now.name} another rhythm, {instead.rhythm}"
        change = acts.refile(now, to, Request(), at=session.workspace.now, words=words, how="rhythm")
        return [session.transactions.revise(read, change._replace(edits=(*instead.edits(read.dossier), *change.edits)))]

    return session.act(decide)


def one_phrase(words: Sequence[str] | None, option: str | None) -> str | None:
    """The WHEN of a command that takes it as its last words or behind `-n`. Raises Misused for both."""
    if words and option is not None:
        raise Misused(f"The date stands twice: {' '.join(words)}, and behind -n: {option}; one of them")
    return " ".join(words) if words else option


def snooze_when(session: Session, cover: Cover, phrase: str) -> When:
    """Until when a dossier is put off by a phrase. Raises PhraseRefused, and Refused for a day that is not later."""
    start = acts.snooze_start(cover, session.day)
    found = phrases.read(phrase, session.workspace.ground(start), until=True)
    acts.check_snooze(cover, found, session.day)
    return found


def agreed_to_change(session: Session, cover: Cover, to: When, yes: bool, *, agreed: bool = False) -> bool:
    """Whether a promised date may be changed. Raises Refused where it may not."""
    return yes or (acts.breaks_agreement(cover, to, agreed=agreed) and _consent(session, cover))


def agreed_to_rest(session: Session, cover: Cover) -> bool:
    """Whether a promised date may be dropped. Raises Refused where it may not."""
    return acts.is_promised(cover) and _consent(session, cover)


def _consent(session: Session, cover: Cover) -> bool:
    """True for a yes to the change of a promised date. Raises Refused for a no, and where nobody can be asked."""
    if ask.agree(session, [cover]):
        return True
    if session.can_ask:
        raise Refused("Left as it is; nothing was written")
    raise refused_as_promised(session, cover)


def refused_as_promised(session: Session, cover: Cover) -> Refused:
    """The error for a date that was promised and is to change, with the line that changes it all the same."""
    assert cover.next
    return Refused(
        f"{ask.bound(session, cover)}; to change that all the same: --yes",
        candidates=(cover.client,),
        repeat=str(session.line.with_option("--yes")),
    )


def ask_next(
    session: Session, cover: Cover, entry: Entry, request: Request, *, is_soon: bool = False
) -> tuple[Verdict, Request]:
    """Ask for the next date until one can be read; Enter takes the rhythm's, or with `is_soon` the next working day."""
    planning = session.planning(cover)
    on = next_working_day(planning) if is_soon else None
    proposal = Proposal(on, on, on) if on else proposed(cover, entry, planning) if planning.every else None
    dated = ask_when(session, proposal, by="for a complaint" if is_soon else "by the rhythm")
    if dated is None:
        return (Verdict.SOON if is_soon else Verdict.RHYTHM), request
    return Verdict.SET, request._replace(when=dated.when, about=dated.about or request.about)


def ask_when(
    session: Session, proposal: Proposal | None, *, by: str = "by the rhythm", with_topic: bool = True
) -> Dated | None:
    """Ask for the next date, and what it is about; None where Enter takes the one that is proposed."""
    hint = f" [{proposal_words(proposal, session.day)}, {by}]" if proposal else ""
    return ask_date(session, f"Next?{hint} ", needed=proposal is None, with_topic=with_topic)


def dated(session: Session, phrase: str | None, about: str | None) -> Dated | None:
    """The WHEN of an option or argument with the topic in it or behind `--about`; None without a WHEN.

    Raises PhraseRefused, and Misused for two topics.
    """
    found = None if phrase is None else read_dated(session, phrase)
    if found and found.about and about:
        raise Misused(f"It is about two things: {found.about}, and behind --about: {about}; one of them")
    return found


class Decision(NamedTuple):
    """What is to be written of a contact: the entry, what becomes of the date, and what else changes with it.

    `done`: slips that are ticked in the same act. `asked`: a question was answered about the dossier as it was shown.
    `behind`: what the client asked or complained of, in entries of their own. `edits`: what else changes on the sheet.
    """

    entry: Entry
    verdict: Verdict
    request: Request
    instead: Instead | None = None
    done: tuple[Cover, ...] = ()
    asked: bool = False
    behind: tuple[Entry, ...] = ()
    edits: tuple[EditsOf, ...] = ()

    @property
    def is_soon(self) -> bool:
        """Whether a complaint is among what was said."""
        return any(entry.is_complaint for entry in (self.entry, *self.behind))

    def with_settled(self, settled: Sequence[Settled]) -> Decision:
        """The same, and what the contact has settled besides."""
        done = tuple(one.done for one in settled if one.done)
        edits = tuple(one.edits for one in settled if one.edits)
        return self._replace(done=(*self.done, *done), edits=(*self.edits, *edits))


def decided(session: Session, cover: Cover, entry: Entry, request: Request, behind: Sequence[Entry] = ()) -> Decision:
    """By the rules, and by the answers where they come to asking; UNKNOWN where nobody can be asked."""
    every = session.every(cover)
    is_soon = Decision(entry, Verdict.ASK, request, behind=tuple(behind)).is_soon
    verdict = acts.what_of_the_date(
        cover, entry, request, session.day, can_ask=session.can_ask, every=every, is_soon=is_soon
    )
    asked = verdict is Verdict.ASK
    if verdict is Verdict.STAYS and is_soon and not request.keep and not _is_sure(session, cover):
        verdict, request = ask_next(session, cover, entry, request, is_soon=True)
        if verdict is Verdict.SOON:
            soon = When(next_working_day(session.planning(cover)))
            verdict, request = Verdict.SET, request._replace(when=soon)
    if asked:
        verdict, request = ask_next(session, cover, entry, request, is_soon=is_soon)
    if verdict is Verdict.SET and request.when:
        request = request._replace(when=with_room(session, cover, request.when, request, entry))
    # Ticked by somebody else meanwhile, a slip would be ticked for the time after.
    asked = (asked and verdict is not Verdict.SET) or (every is not None and acts.is_task_done(cover, entry, request))
    decision = Decision(entry, verdict, request, asked=asked, behind=tuple(behind))
    if verdict is Verdict.TRY_AGAIN and is_above_ladder(cover, planning := session.planning(cover)):
        instead = never_reached(session, cover, next_attempt(cover, planning))
        decision = decision._replace(instead=instead, asked=session.can_ask)
        return _tried_otherwise(session, cover, decision, instead) if instead else decision
    return decision


# With a complaint, a date so many working days ahead is asked about.
SOON_DAYS = 5


def _is_sure(session: Session, cover: Cover) -> bool:
    """Whether a date far ahead is to stay though the client complains; where nobody can be asked it does."""
    if cover.next is None or not session.can_ask:
        return True
    on, working = last_day(cover.next.on), session.workspace.working
    if on <= working.plus(session.day, SOON_DAYS):
        return True
    return ask.yes(session, f"Sure? {counted((on - session.day).days, 'day')}")


def _tried_otherwise(session: Session, cover: Cover, decision: Decision, instead: Instead) -> Decision:
    """The attempt, with what the user would rather do than try again in the same way."""
    request = decision.request
    if instead.what == "rest":
        return decision._replace(verdict=Verdict.REST, request=request._replace(rest=True, why=instead.text))
    if instead.rhythm:
        to = by_other_rhythm(session, cover, instead.rhythm)
        return decision._replace(verdict=Verdict.SET, request=request._replace(when=to))
    return decision._replace(request=request._replace(person=instead.person or request.person))


def write_entry(session: Session, cover: Cover, decision: Decision) -> Outcome:
    """Log one entry with what becomes of the date, on what the dossier says when it is written.

    Raises Changed where a question was answered about a dossier that says something else now.
    """
    request, instead = decision.request, decision.instead
    warn_of_lent(session, cover.client)

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        now = read.dossier.cover
        planning = session.planning(now, request.kind or acts.usual_kind(now))
        if decision.asked and (now.next, now.resting, planning.every) != (
            cover.next, cover.resting, session.every(cover),
        ):  # fmt: skip
            raise Changed("The dossier was changed meanwhile; nothing was written", file=file_of(cover.client))
        found = _verdict_now(session, now, decision)
        change = acts.log(now, decision.entry, found, request, planning, decision.behind)
        edits = instead.edits(read.dossier) if instead else ()
        for edits_of in decision.edits:
            edits += edits_of(read.dossier)
        written = session.transactions.revise(read, change._replace(edits=(*edits, *change.edits)))
        return [written, *(write for slip in decision.done if (write := _tick(session, slip)))]

    outcome = session.act(decide)
    write = outcome.writes[0]
    if request.when:
        warn_of_date(session, request.when, write.cover)
    elif write.change.after and write.change.after != write.change.before:
        warn_of_load(session, write.change.after.on, write.cover)
    return outcome


def _verdict_now(session: Session, now: Cover, decision: Decision) -> Verdict:
    """What becomes of the date by the rules, as the dossier is now; what somebody said of it stands."""
    if decision.verdict in (Verdict.SET, Verdict.REST):
        return decision.verdict
    every = session.every(now)
    found = acts.what_of_the_date(
        now, decision.entry, decision.request, session.day, can_ask=False, every=every, is_soon=decision.is_soon
    )
    if found is Verdict.UNKNOWN:
        raise Refused(f"{now.name} has no date any more; say the next one: -n fri")
    return found


def _tick(session: Session, slip: Cover) -> PlannedWrite | None:
    """A slip that is done, or for this time; None where it is gone or ticked already."""
    try:
        read = session.binder.read(slip.client)
    except NoClient:
        return None
    now = read.dossier.cover
    entry, planning = Entry(session.workspace.now, TASK, DONE), session.planning(now)
    if not acts.is_task_done(now, entry, Request()):
        return None
    verdict = Verdict.RHYTHM if planning.every else Verdict.TICKED
    return session.transactions.revise(read, acts.log(now, entry, verdict, Request(), planning))


def read_when(session: Session, phrase: str) -> When:
    return phrases.read(phrase, session.workspace.ground())


def file_one(session: Session, cover: Cover, to: When, request: Request, *, yes: bool) -> Outcome:
    """Put one dossier behind another insert; nothing is done where the user would rather call now.

    Raises Refused for a promised date without a yes.
    """
    consent = agreed_to_change(session, cover, to, yes, agreed=request.agreed)
    if cover.next and cover.next.on != to.on and (instead := dodging(session, cover)):
        return _otherwise(session, cover, instead, yes=consent)
    chosen = with_room(session, cover, to, request._replace(kind=request.kind or _kind(cover)))

    def decide() -> list[PlannedWrite]:
        return [refiled(session, cover.client, chosen, request, "Filed {name}", consent=consent)]

    outcome = session.act(decide)
    warn_of_date(session, chosen, outcome.writes[0].cover)
    return outcome


def refiled(session: Session, client: str, to: When, request: Request, words: str, *, consent: bool) -> PlannedWrite:
    read = session.binder.read(client)
    now = read.dossier.cover
    if not consent and acts.breaks_agreement(now, to, agreed=request.agreed):
        raise refused_as_promised(session, now)
    change = acts.refile(now, to, request, at=session.workspace.now, words=words.format(name=now.name))
    return session.transactions.revise(read, change)
