"""What of a client is open while a call is logged: deals, slips and complaints, each with how its answer is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientfolder.cli.commands.heard import complaint_words, put_right, quoted_line
from clientfolder.cli.output.terminal import one_line
from clientfolder.cli.output.words import where
from clientfolder.cli.prompts.also import YES, OpenThing, Settled, ask_also
from clientfolder.cli.session import Session
from clientfolder.dossier import concerns
from clientfolder.dossier.concerns import Complaint, State
from clientfolder.dossier.types import Cover, Dossier, Entry
from clientfolder.errors import Misused
from clientfolder.tickler.inserts import slips_of

if TYPE_CHECKING:
    from clientfolder.dossier.sales import Deal


def ask_settled(
    session: Session, cover: Cover, entry: Entry, *, remedied: bool = False, dealt: bool = False
) -> list[Settled]:
    """What this contact has settled besides; nobody is asked at an attempt, a note or a question, nor of a slip.

    `remedied`: that it puts a complaint right is said already; `dealt`: what came of a deal.
    """
    if cover.is_slip or not entry.is_contact:
        return []
    things = [
        *([] if dealt else _deals(session, cover, entry)),
        *(_slip(session, slip) for slip in slips_of(session.contents.covers, cover.client)),
    ]
    if not remedied:
        complaints = concerns.of_cover(cover, session.day).in_state(State.OPEN, session.day)
        things += [_complaint(session, one, entry) for one in complaints]
    return ask_also(session, things)


def _done(said: str) -> None:
    """Raises Misused where more is said of a thing than that it is done."""
    if said.casefold() not in ("", "done", *YES):
        raise Misused(f'"{said}" cannot be said of it; its number alone says that it is done')


def _slip(session: Session, slip: Cover) -> OpenThing:
    def settled(said: str) -> Settled:
        _done(said)
        return Settled(done=slip)

    return OpenThing(f"slip: {one_line(slip.name)}, {where(slip, session.day)}", settled)


def _complaint(session: Session, complaint: Complaint, entry: Entry) -> OpenThing:
    def settled(said: str) -> Settled:
        _done(said)
        told = quoted_line(session, "   put right: ", complaint_words(complaint, session.day))
        return Settled(edits=put_right(complaint, entry), told=[told])

    return OpenThing(f"complaint: {one_line(complaint.entry.text)}", settled)


# Deals --------------------------------------------------------------------------------------------------


def _deals(session: Session, cover: Cover, entry: Entry) -> list[OpenThing]:
    """The open deals of a client. The dossier is read for one who has any."""
    if not cover.records.get("deals"):
        return []
    dossier = session.binder.read(cover.client).dossier
    open_ = [deal for deal in dossier.deals if deal.is_open_on(entry.day)]
    # The only one is not named: its name may be that of a stage.
    return [_deal(session, dossier, deal, entry, () if len(open_) == 1 else (deal.name,)) for deal in open_]


def _deal(session: Session, dossier: Dossier, deal: Deal, entry: Entry, name: tuple[str, ...]) -> OpenThing:
    from clientfolder.cli.commands.deal import DealTyped, settled_deal
    from clientfolder.portfolio import dealing

    stages = session.workspace.settings.stages

    def settled(said: str) -> Settled:
        typed = DealTyped((*name, *_step(said, stages)), entry.day)
        return settled_deal(session, dossier, typed).settled

    at = dealing.furthest(deal, stages)
    words = f"{one_line(deal.name)}, at {at}" if at else one_line(deal.name)
    return OpenThing(words, settled, f"{stages[-1]}, won, lost WHY, or an amount: what came of {one_line(deal.name)}")


def _step(said: str, stages: tuple[str, ...]) -> list[str]:
    """The words of a stage or an amount. Raises Misused for others, which would be a deal's name."""
    from clientfolder.dossier.amounts import NoAmount, read_amount, words_of_amount
    from clientfolder.portfolio import dealing

    words = said.split()
    try:
        found = dealing.read_words(words, stages)
    except dealing.Unclear as unclear:
        rest = " ".join(unclear.rest)
        raise Misused(f"Behind {unclear.step} stands an amount and nothing else; {rest} is none") from None
    if found.name is not None or not words:
        what = f'"{said}" is no step of a deal.' if words else "What came of the deal?"
        raise Misused(f"{what} Say one of {', '.join(stages)}, won, lost and why, or an amount; Enter for none")
    if found.amount:
        try:
            read_amount(" ".join(found.amount[: words_of_amount(found.amount)]))
        except NoAmount as no:
            raise Misused(no.message) from None
    return words
