"""How a date phrase is understood: `when`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.output.words import WEEKEND, in_days, in_months, named_off
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dates import phrases as when_phrases
from clientfolder.dates.calendar import MONTHS, Month, spelled
from clientfolder.dates.grammar import Ground
from clientfolder.dates.phrases import When
from clientfolder.errors import CannotReach, NoFolder, PhraseRefused
from clientfolder.tickler import slots


def when_(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="PHRASE", show_default=False, completes="phrases")] = None,
) -> Result:
    """How a date phrase is understood; nothing is written. With - it reads one phrase a line."""
    session: Session = ctx.obj
    phrases = _lines_of(session) if words == ["-"] else [" ".join(words or ())]
    try:
        ground = session.workspace.ground()
    except NoFolder:
        ground = Ground(session.day)
    answers = [_understood(phrase, ground) for phrase in phrases]
    refused = tuple(answer for answer in answers if isinstance(answer, PhraseRefused))
    data = {
        "phrases": [_phrase_json(phrase, answer, session.day) for phrase, answer in zip(phrases, answers, strict=True)]
    }
    exit_code = 0 if not refused else (2 if len(refused) == len(answers) else 1)
    load = _load(session) if words != ["-"] else None
    lines = [
        _phrase_line(phrase, answer, ground, load)
        for phrase, answer in zip(phrases, answers, strict=True)
        if isinstance(answer, When)
    ]
    return Result(data, lambda paper: lines, exit=exit_code, errors=refused)


# What it answers --------------------------------------------------------------------------------------


def _lines_of(session: Session) -> list[str]:
    """The lines of standard input, ended by LF or CRLF; any other control character belongs to its line."""
    text = ask.read_bytes(session).decode("utf-8-sig", "surrogateescape")
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []


def _load(session: Session) -> Mapping[date | Month, int] | None:
    """How many lie behind each insert; None where there is no folder, or none that can be read: a phrase needs none."""
    try:
        return session.load
    except (NoFolder, CannotReach):
        return None


def _understood(phrase: str, ground: Ground) -> When | PhraseRefused:
    try:
        return when_phrases.read(phrase, ground)
    except PhraseRefused as refused:
        return refused


def _phrase_json(phrase: str, answer: When | PhraseRefused, day: date) -> dict[str, Any]:
    if isinstance(answer, PhraseRefused):
        nothing = dict.fromkeys(("on", "time", "how", "slot", "days"))
        return {"phrase": phrase, **nothing, "error": answer.message}
    return {
        "phrase": phrase,
        "on": str(answer.on),
        "time": f"{answer.time:%H:%M}" if answer.time else None,
        "how": "agreed" if answer.agreed else "planned",
        "slot": slots.slot(answer.on, day),
        "days": None if isinstance(answer.on, Month) else (answer.on - day).days,
        "error": None,
    }


def _phrase_line(phrase: str, answer: When, ground: Ground, load: Mapping[date | Month, int] | None) -> Line:
    day = ground.day
    clock = f" {answer.time:%H:%M}" if answer.time else ""
    facts = [in_months(answer.on, day) if isinstance(answer.on, Month) else in_days(answer.on, day)]
    if isinstance(answer.on, date) and answer.on.weekday() in WEEKEND:
        facts.append(WEEKEND[answer.on.weekday()])
    if isinstance(answer.on, date) and ground.working.is_off(answer.on):
        facts.append(named_off(ground.working.off_for(answer.on)))
    facts.append(f"behind insert {_insert_name(slots.slot(answer.on, day))}")
    if load is not None:
        facts.append(f"{load.get(answer.on, 0)} there")
    if answer.far:
        facts.append("more than 11 months away")
    mark = "! " if answer.agreed else ""
    return (
        Span(f"{one_line(phrase)} -> "),
        Span(mark, "agreed"),
        Span(f"{spelled(answer.on)}{clock}", "bold"),
        Span(f", {', '.join(facts)}"),
    )


def _insert_name(slot: str) -> str:
    return slot.capitalize() if slot in MONTHS else slot
