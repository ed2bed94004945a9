"""What keeps clients: who complains or waits, and what came of a complaint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

from clientfolder.cli import facts, options
from clientfolder.cli.commands.heard import Steps, open_complaint, steps_written
from clientfolder.cli.output.care_json import care_json, checkup_json, complaint_json
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, Window
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.find import find_ahead
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dossier import concerns
from clientfolder.dossier.changes import Change
from clientfolder.dossier.concerns import Complaint, State
from clientfolder.dossier.types import Cover
from clientfolder.errors import Misused, Refused
from clientfolder.text import sentence

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import PlannedWrite
    from clientfolder.care.checkup import KeptOfClient
    from clientfolder.portfolio.accounts import Account


def care(
    ctx: Call,
    client: options.Contact = None,
    words: Annotated[
        list[str] | None, Argument(metavar="[WORDS]...", show_default=False, completes="complaint_words")
    ] = None,
    cause: options.Cause = None,
    remedy: options.Remedy = None,
    mended: options.Mended = None,
    on: options.On = None,
) -> Result:
    """Complaints, what is to be mended, questions that wait, ratings that are due, and greetings.

    With CLIENT: what came of a complaint; some words of it choose among several. Without options it asks for what is
    missing.
    """
    session: Session = ctx.obj
    said = {"cause": cause, "remedy": remedy, "mended": mended}
    steps: Steps = {key: text.strip() for key, text in said.items() if text is not None and text.strip()}
    if client is None:
        if steps or on is not None:
            raise Misused("Whose complaint? cf care CLIENT, such as: cf care anna --remedy two new bowls, free")
        return _all(session)
    cover, behind = find_ahead(session, client, words or (), no_slip=True)
    is_asked = not steps and on is None
    complaint = open_complaint(session, cover, " ".join(behind), closed=True, newest=is_asked)
    day = session.day if on is None else _day(session, on)
    if on is not None or ("remedy" in steps and complaint.entry.remedied is None):
        steps["remedied"] = day
    if not steps and session.can_ask and complaint.state_on(session.day) is not State.CLOSED:
        steps = _asked(session, cover, complaint)
    return _noted(session, cover, complaint, steps) if steps else _shown(session, cover, complaint)


def _day(session: Session, on: str) -> date:
    return phrases.look_back(on, session.day, session.workspace.settings.day_first)[0]


def _all(session: Session) -> Result:
    unreadable = session.everything().unreadable
    found = facts.care(session)

    def page(window: Window) -> Iterable[Line]:
        from clientfolder.cli.pages.care import care_page

        return care_page(found, window)

    return Result(lambda: care_json(found), page, exit=1 if unreadable else 0, errors=unreadable)


def checkup(ctx: Call) -> Result:
    """How far the figures about your clients carry: + good, +/- partly, - not; and the command that mends it."""
    from clientfolder.care.checkup import checkup as checked
    from clientfolder.cli.prompts.portfolio import read_portfolio

    session: Session = ctx.obj
    settings = session.workspace.settings
    read = read_portfolio(session)
    covers, unreadable = session.contents.covers, read.unreadable
    known = (
        _kept(account, cover, session.day)
        for account in read.portfolio.accounts
        if (cover := covers.of_client(account.client))
    )
    found = checked(known, session.clock, settings.months, settings.segments)

    def page(window: Window) -> Iterable[Line]:
        from clientfolder.cli.pages.care import checkup_page

        return checkup_page(found, window)

    return Result(lambda: checkup_json(found), page, exit=1 if unreadable else 0, errors=unreadable)


def _kept(account: Account, cover: Cover, day: date) -> KeptOfClient:
    """What the check looks at, from what is kept of the money and of the log, so that no dossier is read."""
    from clientfolder.care.checkup import KeptOfClient

    return KeptOfClient(
        account.tags, account.sent_by, cover.next is not None, cover.resting is not None,
        [*account.paid.payments()], account.deals, [date.fromordinal(on) for on in account.contacts],
        concerns.of_cover(cover, day),
    )  # fmt: skip


# One complaint -----------------------------------------------------------------------------------------


def _lines(session: Session, cover: Cover, complaint: Complaint, window: Window) -> Iterator[Line]:
    from clientfolder.cli.pages.care import complaint_page

    return complaint_page(cover, complaint, session.day, window)


def _shown(session: Session, cover: Cover, complaint: Complaint) -> Result:
    data = {"changes": [], "record": complaint_json(complaint, session.day)}
    return Result(data, lambda window: _lines(session, cover, complaint, window))


def _asked(session: Session, cover: Cover, complaint: Complaint) -> Steps:
    """What came of it, as far as it is not told yet; Enter skips."""
    ask.show(session, _lines(session, cover, complaint, Window.of(session.environment)))
    entry, steps = complaint.entry, Steps()
    is_open = complaint.state_on(session.day) is State.OPEN
    if is_open and (remedy := ask.line(session, "Put right for her? (remedied) ").strip()):
        steps |= {"remedied": session.day, "remedy": remedy}
    if entry.cause is None and (cause := ask.line(session, "Where did it come from? (cause) ").strip()):
        steps["cause"] = cause
    if entry.mended is None and (mended := ask.line(session, "So that it does not come again? (mended) ").strip()):
        steps["mended"] = mended
    return steps


def _noted(session: Session, cover: Cover, complaint: Complaint, steps: Steps) -> Result:
    """Add to the complaint what came of it. Raises Refused where it came only after that day."""
    remedied = steps.get("remedied")
    if isinstance(remedied, date) and remedied < complaint.entry.day:
        raise Refused(f"The complaint came on {complaint.entry.day}, and so was not put right on {remedied}")

    def decide() -> list[PlannedWrite]:
        read = session.binder.read(cover.client)
        contact, words = read.dossier.next, f"Noted what came of a complaint of {cover.name}"
        edits = steps_written(read.dossier, complaint, steps)
        return [session.transactions.revise(read, Change(cover.client, cover.name, contact, contact, edits, words))]

    outcome = session.act(decide)
    done = facts.confirmation(session, outcome, landings=False)
    now = complaint._replace(entry=complaint.entry._replace(**steps))

    def page(window: Window) -> Iterator[Line]:
        yield (Span(sentence(outcome.writes[0].change.words)),)
        yield from _lines(session, cover, now, window)
        yield from somewhere(done.folder, dry_run=done.dry_run)

    data = {**confirmation_json(done), "record": complaint_json(now, session.day)}
    return Result(data, page, writes=not done.dry_run)
