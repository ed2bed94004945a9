"""A day that was lived on paper, typed in from the sheet: `cf -i --printed`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clientfolder.binder import printed_days
from clientfolder.binder.journal.transactions import Outcome
from clientfolder.binder.printed_days import PrintedLine
from clientfolder.cli import facts
from clientfolder.cli.commands.acting import NO_ANSWER, decided, write_entry
from clientfolder.cli.commands.heard import split
from clientfolder.cli.commands.still_open import ask_settled
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import EMPTY, Line, Result, Span, Window, one_line, row
from clientfolder.cli.output.words import about_words, title
from clientfolder.cli.pages.confirmation import place_lines, promise_note, what_is_left
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.also import Settled
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.calendar import day_long
from clientfolder.dossier.covers import USUAL
from clientfolder.dossier.types import TASK, Cover, Entry
from clientfolder.errors import Misused, Trouble
from clientfolder.tickler.acts import Request, Verdict

BACK, STOP = "b", "q"
_HOW = "The text, x no answer, Enter leaves it, b back, q stops."


def lines_of(covers: Sequence[Cover]) -> tuple[PrintedLine, ...]:
    """Dossiers as they lie now, for a sheet that is printed or typed in."""
    return tuple(
        PrintedLine(
            cover.client,
            str(cover.next.on) if cover.next else None,
            cover.last.at.isoformat() if cover.last else None,
        )
        for cover in covers
    )


def type_in(session: Session, typed: str) -> Result:
    """Go through the sheet of a day, row by row, and log what is typed. Raises Misused without a terminal."""
    if not session.can_ask:
        raise Misused("What was printed is typed in at a terminal, without --json; in a script: cf log CLIENT --on DAY")
    day = phrases.look_back(typed, session.day, session.workspace.settings.day_first)[0] if typed else session.day
    sheet = printed_days.read(session.binder, day)
    lines = sheet.lines if sheet else lines_of(session.pile)
    name = f"sheet {day} {sheet.letter}" if sheet else "not printed, so as it lies today"
    ask.show(session, [(Span(f" {day_long(day)}", "head"), Span(f"  {name}")), (Span(f" {_HOW}", "dim"),)])
    done = _typed(session, lines, day)
    writes = tuple(write for outcome in done for write in outcome.writes)
    told = facts.confirmation(session, Outcome(writes), landings=False)
    where = somewhere(told.folder, dry_run=told.dry_run) if writes else ()
    return Result(confirmation_json(told), lambda _: [*what_is_left(facts.left(session)), *where], writes=bool(writes))


def _typed(session: Session, lines: Sequence[PrintedLine], day: date) -> list[Outcome]:
    """What was logged. A mistake at a row is told, and the row is asked again."""
    done: list[Outcome] = []
    place = 0
    while place < len(lines):
        cover = session.contents.covers.of_client(lines[place].client)
        _show(session, place + 1, lines[place], cover)
        if cover is None:
            place += 1
            continue
        text = ask.line(session, "What happened? ").strip()
        if text.casefold() == STOP:
            break
        if text.casefold() == BACK:
            place = max(0, place - 1)
            while place and session.contents.covers.of_client(lines[place].client) is None:
                place -= 1
            continue
        if text:
            try:
                done.append(_logged(session, cover, text, day))
            except Trouble as trouble:
                ask.show(session, [(Span(one_line(session.rescue.mention_in(trouble).message), "late"),)])
                continue
        place += 1
    return done


def _show(session: Session, number: int, line: PrintedLine, cover: Cover | None) -> None:
    """The row as it stands on the paper, and what has become of it since."""
    if cover is None:
        ask.show(session, [EMPTY, (Span(f" {number:>2}  {one_line(line.client)}: removed since, and passed over"),)])
        return
    shown = session.shown(cover)
    reached = shown.number or shown.email or ""
    window = Window.of(session.environment)
    head = [Span(f" {number:>2}  "), Span(one_line(title(shown)), "bold")]
    lines: list[Line] = [EMPTY, row(head, [Span(one_line(reached))], columns=window.columns - 1)]
    if about := about_words(shown):
        lines.append((Span(f"     {about}"),))
    if since := _since(line, cover):
        lines.append((Span(f"     {since} since it was printed: Enter passes it over", "late"),))
    ask.show(session, lines)


def _since(line: PrintedLine, cover: Cover) -> str:
    now = lines_of([cover])[0]
    if now.last != line.last:
        return "logged"
    if cover.resting is not None:
        return "put to rest"
    return "moved" if now.on != line.on else ""


def _logged(session: Session, cover: Cover, text: str, day: date) -> Outcome:
    """Log one row as an act of its own, on the day of the sheet."""
    at, kind = session.workspace.at(day, None), TASK if cover.is_slip else USUAL
    settled: Sequence[Settled] = ()
    if text.casefold() in NO_ANSWER:
        entry = Entry(at, kind, reached=False)
    else:
        said, words = split(text)
        session.rescue.keep(text)
        entry = Entry(at, said or kind, words)
        settled = ask_settled(session, cover, entry)
    decision = decided(session, cover, entry, Request()).with_settled(settled)
    outcome = write_entry(session, cover, decision)
    lines: list[Line] = []
    for write in outcome.writes:
        where = place_lines(facts.written(session, write), session.day, stays=decision.verdict is Verdict.STAYS)
        lines += [(Span(f"     {one_line(write.change.words)}."),), *where]
    lines += promise_note(outcome.writes[0].change, decision.verdict, session.day)
    lines += [line for one in settled for line in one.told]
    ask.show(session, lines)
    return outcome
