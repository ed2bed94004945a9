"""What leads on from a word that is no command: the line that does what it says, as it would be typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clientfolder.binder.index import lookup
from clientfolder.cli.session import Session
from clientfolder.dates import phrases, ranges
from clientfolder.dates.vocabulary import Refusal
from clientfolder.errors import Misused, Trouble
from clientfolder.text import comparable, finger_slips
from clientfolder.tickler import slots

# Other words for a command, and the options that say with it what the word says.
_OTHER_WORDS: Mapping[str, Sequence[str]] = {
    "log": ("call", "called", "done", "finished", "closed", "tick", "complete", "spoke", "write", "entry"),
    "log --as mail": ("mail", "email", "mailed"),
    "log --as meeting": ("meeting", "met"),
    "log --as visit": ("visit",),
    "log --as note": ("note", "comment"),
    "log --complaint": ("complaint", "complain"),
    "log --question": ("question",),
    "log --rating": ("rate", "rating"),
    "log -x": ("missed", "noanswer"),
    "new": ("add", "create", "client", "contact"),
    "snooze": ("postpone", "remind", "defer", "delay", "later", "push"),
    "remove": ("rm", "delete", "del"),
    "rest": ("archive", "sleep"),
    "find": ("search", "grep"),
    "show": ("view", "cat", "open-dossier", "info", "card", "dossier"),
    "list": ("ls", "due"),
    "today": ("desk", "agenda", "now", "status"),
    "file": ("schedule", "plan", "reschedule", "wake"),
    "list all": ("clients", "contacts", "everyone"),
    "binder": ("month", "months"),
    "care": ("birthday", "birthdays"),
    "--version": ("version",),
    "slip": ("todo", "task"),
    "set": ("update", "change", "modify"),
    "review": ("stats", "report", "summary"),
    "away": ("holiday", "vacation", "off"),
    "settings": ("config", "setup", "options"),
    "help": ("manual", "man", "usage", "topics", "?"),
    "pay": ("paid", "invoice", "payment"),
    "deal": ("offer", "quote", "sale"),
    "export": ("calendar", "ics"),
    "merge": ("sync", "conflict"),
}
_MEANT = {word: line.split() for line, words in _OTHER_WORDS.items() for word in words}
# These change more than a slip of the finger should be led to.
_NEVER_NEAR = ("undo", "redo", "restore", "init", "remove")
_LEAST_LETTERS, _MANY_LETTERS = 3, 7


def no_command(session: Session, args: Sequence[str], names: Sequence[str], weekly: Sequence[str]) -> Misused:
    """The error for a first word that is no command.

    `names`: all commands; `weekly`: those that are told where nothing is known of the word.
    """
    verb = args[0]
    if (meant := _MEANT.get(verb.casefold())) and (meant[0] in names or meant[0].startswith("--")):
        return Misused(f"There is no command {verb}. This does it: {_said_so(session, args, meant)}")
    of_a_date = list(_of_a_date(session, args))
    if lines := [*of_a_date, *_of_a_client(session, args, is_whole=bool(of_a_date))]:
        return Misused(f"{verb} is no command. This would work: {', or '.join(lines)}")
    if near := _near(verb, names):
        return Misused(f"There is no command {verb}. Did you mean: {session.line.with_word(verb, near)}")
    return Misused(f"There is no command {verb}. What there is: {' '.join(weekly)}; all of them: cf help all")


def _said_so(session: Session, args: Sequence[str], meant: Sequence[str]) -> str:
    """The line as it was typed, with the command that does it; what was said of the client behind its option."""
    line = session.line.with_word(args[0], meant[0])
    option = meant[1:]
    if option and option[0] in ("--complaint", "--question", "--rating"):
        # What was asked, said or rated is the value of the option, which takes the words behind it.
        return str(line.with_word_before(args[2], option[0]) if len(args) > 2 else line.with_words(*option))
    return str(line.with_words(*option))


def _of_a_date(session: Session, args: Sequence[str]) -> Iterator[str]:
    """The line that lists what lies behind an insert, on a day, in a month or in some days."""
    said = " ".join(args)
    if slots.parse(said) is not None or ranges.is_range(said) or _is_day(session, said):
        yield str(session.line.with_word_before(args[0], "list"))


def _is_day(session: Session, said: str) -> bool:
    try:
        found = phrases.understood(said, session.workspace.ground())
    except (Refusal, Trouble):
        return False
    return not found.agreed


def _of_a_client(session: Session, args: Sequence[str], *, is_whole: bool) -> Iterator[str]:
    """The lines that log and show the client that stands first; `is_whole`: whose whole name or number is all."""
    try:
        covers = session.contents.covers
        whole = lookup.whole_ahead(covers, args)
        found = lookup.candidates(covers, " ".join(args[: whole.length]))
    except Trouble:
        return
    if not found or (is_whole and not any(lookup.is_whole(cover, " ".join(args)) for cover in found)):
        return
    yield str(session.line.with_word_before(args[0], "log"))
    yield str(session.line.to("show", *args[: whole.length]))


def _near(verb: str, names: Sequence[str]) -> str | None:
    """The one command for which the word is a slip of the finger, or which alone begins so."""
    typed = comparable(verb)
    if len(typed) < _LEAST_LETTERS:
        return None
    most = 2 if len(typed) >= _MANY_LETTERS else 1
    near = [name for name in names if finger_slips(typed, name) <= most]
    found = near or [name for name in names if name.startswith(typed)]
    return found[0] if len(found) == 1 and found[0] not in _NEVER_NEAR else None
