"""What leads on from an option that there is not, and from words that a command does not take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from clientfolder.cli import arguments
from clientfolder.cli.arguments import IN_FRONT, Known, Takes
from clientfolder.cli.other_words import (
    NEVER_NEAR,
    client_ahead,
    either,
    is_past_day,
    is_when,
    key_of,
    of_date,
    of_tag,
)
from clientfolder.cli.session import Session
from clientfolder.cli.typed_line import TypedLine
from clientfolder.cli.unnamed import ASKS_FOR_HELP
from clientfolder.dates import phrases
from clientfolder.dates.calendar import Month
from clientfolder.dates.grammar import may_be_phrase
from clientfolder.errors import Misused, NoOption, PhraseRefused
from clientfolder.text import finger_slips
from clientfolder.tickler import slots

# What options are called besides; the first of those that the command has is meant.
_OTHER_NAMES: Mapping[str, Sequence[str]] = {
    "--next": ("--date", "--when", "--due", "--until", "--till", "--at", "--in", "--to", "--for", "--day", "--by",
               "--remind", "-d", "-w"),
    "--client": ("--for", "--to", "--customer", "-c"),
    "--as": ("--kind", "--type"),
    "--with": ("--person", "--who", "--contact"),
    "--about": ("--topic", "--subject", "--re", "--reason", "--why", "--title"),
    "--agreed": ("--promise", "--promised", "--firm", "--fixed", "--confirmed"),
    "--yes": ("--force", "-f", "-y"),
    "--every": ("--repeat", "--rhythm", "--recur"),
    "--no-answer": ("--missed", "--unreached", "--noanswer", "--attempt"),
    "--tag": ("--tags", "-t"),
    "--out": ("--output", "--file", "--to", "-o"),
    "--one-by-one": ("--interactive",),
    "--all": ("--verbose", "--everything", "--full", "--log", "-v"),
    "--question": ("--asked",),
    "--rating": ("--rate", "--stars", "--score"),
    "--limit": ("--max", "--count"),
    "--keep": ("--same", "--stay"),
    "--rest": ("--archive", "--sleep"),
}  # fmt: skip
# What of an entry other programs want an option for is the text itself.
_SAYS_NOTHING = ("--message", "--text", "--msg", "--body", "--done", "--name", "-m", "-t")
_KINDS = {"--note": "note", "--mail": "mail", "--email": "mail", "--call": "call", "--meeting": "meeting",
          "--visit": "visit", "--letter": "letter"}  # fmt: skip
_DATED = ("-n", "--next", "--date", "--when", "--on", "--day", "--due")
# With the two dashes.
_LEAST_LETTERS, _MANY_LETTERS = 6, 9
_HELP = Known(Takes.NOTHING, "--help")
# Commands that are of days and of all that lies at one.
_OF_DATES = ("today", "list", "binder", "week")
# What shows one client, where a command shows all of them.
_OF_CLIENT = {"funnel": ("deal",), "today": ("log", "show"), "binder": ("show",), "history": ("show",)}


# Options ------------------------------------------------------------------------------------------------


def no_option(session: Session, refused: NoOption, name: str | None, names: Sequence[str]) -> Misused:
    """The error for an option that the command has not, or that stands in front of all; `names`: all commands."""
    if name is None or not session.line.options:
        return _in_front(session, refused, names)
    lines = list(dict.fromkeys(str(line) for line in _otherwise(session, refused.typed, name)))
    if len(lines) == 1:
        return Misused(refused.reason, repeat=lines[0])
    if lines:
        return Misused(f"{refused.reason}. Say which", repeat=", or ".join(lines))
    return refused


def _otherwise(session: Session, typed: str, name: str) -> Iterator[TypedLine]:
    """The lines that say what the option may have meant; none where nothing is known of it."""
    line, known = session.line, session.line.options
    if sum(word == typed for word in line.typed) != 1:
        return
    option, given, value = typed.partition("=")
    option = option.lower()
    first, end = arguments.run_of(line.typed, typed.partition("=")[0], known)
    values = [value] * bool(given) + list(line.typed[first + 1 : end])

    def instead(*words: str) -> TypedLine:
        return line._replace(typed=(*line.typed[:first], *words, *line.typed[end:]))

    if option[:2] in known and not option.startswith("--") and len(typed) > len("-n"):
        yield line.with_word(typed).with_option(option[:2], typed[2:].removeprefix("="))
        return
    if name == "set" and option in ("-n", "--next") and is_when(session, values):
        client = [word for word in line.words_of_text if "=" not in word]
        yield line.with_said(["file", *client[: client_ahead(session, client)], *values])
        yield instead()
        return
    word = "all" if option == "-a" else option.strip("-")
    if option in _KINDS and "--as" in known:
        yield instead("--as", _KINDS[option], *values)
    elif (option in _SAYS_NOTHING and values) or option == "--done":
        yield instead(*values)
    elif name in ("new", "set") and (key := key_of(word)) and values:
        yield instead(f"{key}={values[0]}", *values[1:])
    elif meant := [own for own, others in _OTHER_NAMES.items() if option in others and own in known]:
        for own in meant:
            if not _stands(line, own) and _takes(session, known[own], own, values):
                yield instead(own, *values)
        if option in ("--date", "--when", "--day") and "--on" in known:
            yield instead("--on", *values)
    elif name == "find":
        yield instead(*values)
    elif name == "help" and word == "all":
        yield line.with_said(["help", "all"])
    elif name == "settings" and values and option.startswith("--"):
        yield instead(f"{word}={' '.join(values)}")
    elif name == "export" and word in ("ics", "vcf", "csv", "json"):
        yield instead(word, *values)
    elif name in _OF_DATES and option in _DATED and of_date(session, values):
        yield line.with_said(["list", *values])
    elif name == "list" and option in ("--client", "-c") and values and client_ahead(session, values) == len(values):
        yield line.with_said(["show", *values])
    elif name == "list" and word in _MARKED:
        yield instead(*_MARKED[word])
    elif name == "review" and word in ("week", "month", "yesterday", "year"):
        yield instead(word)
    elif name in _OF_DATES and of_date(session, [word, *values]):
        yield line.with_said(["list", word, *values]) if name != "list" else instead(word, *values)
    elif "--next" in known and is_when(session, [word, *values]):
        yield instead("-n", word, *values)
    elif (near := _near(option, known)) and _takes(session, known.get(near, _HELP), near, values):
        yield instead(near, *values)


def _stands(line: TypedLine, own: str) -> bool:
    """Whether the option is on the line already, in any of its spellings."""
    return any(known.long == own for word in line.typed if (known := line.options.get(word.partition("=")[0])))


def _takes(session: Session, known: Known, own: str, values: Sequence[str]) -> bool:
    """Whether the values can stand behind the option."""
    if own == "--next":
        return is_when(session, values)
    if own == "--client":
        return client_ahead(session, values) == len(values) > 0
    return bool(values) or known.takes is Takes.NOTHING


def _near(option: str, known: Mapping[str, Known]) -> str | None:
    """The one option for which it is a slip of the finger, or which alone begins so."""
    options = {"--help", *(one for one in known if one.startswith("--"))}
    most = 2 if len(option) >= _MANY_LETTERS else 1
    near = [one for one in options if len(option) >= _LEAST_LETTERS and finger_slips(option, one) <= most]
    begun = [one for one in options if one.startswith(option) and len(option) > len("--")]
    found = near or begun
    return found[0] if len(found) == 1 else None


def _in_front(session: Session, refused: NoOption, names: Sequence[str]) -> Misused:
    """The error for an option in front of the command, or without one."""
    line = session.line
    rest = [line.typed[place] for place in arguments.places_of_rest(line.typed)]
    at = next((place for place, word in enumerate(rest) if word.startswith("-") and word not in IN_FRONT), 0)
    option, word = rest[at], rest[at].strip("-").casefold()
    others = [*rest[:at], *rest[at + 1 :]]
    command = next((place for place, one in enumerate(others) if one in names), None)
    if word in ("v", "ver", "version"):
        lines = [["--version"]]
    elif word in ("h", "help", "usage", "?"):
        lines = [["--help"]]
    elif word in names and word not in NEVER_NEAR:
        lines = [[word, *others]]
    elif command is not None:
        # An option of its own stands behind a command.
        lines = [[*others[command:], option, *others[:command]]]
    elif option in ("-x", "-e", "--no-answer") and client_ahead(session, others):
        lines = [["log", *others, option]]
    else:
        near = _near(option.lower(), {one: Known(Takes.NOTHING, one) for one in IN_FRONT})
        lines = of_date(session, [word, *others]) or ([[near, *others]] if near else [])
    told = f"There is no option {option} in front of a command"
    return Misused(f"{told}. This would work: {either(session, lines)}" if lines else f"{told}. All of them: cf --help")


# Words --------------------------------------------------------------------------------------------------


def too_many(session: Session, name: str, taken: int) -> Misused:
    """The error for words behind the command of that name, which takes no more than so many of them."""
    line = session.line
    _, places = arguments.text_places(line.typed, line.options)
    words = [line.typed[place] for place in places[taken:]]
    told = f"{name} takes no {' '.join(words)}"
    if name in ("today", "binder") and "--dated" not in line.typed and (lines := of_date(session, words)):
        return Misused(f"{told}. This would work: {either(session, lines)}")
    if words[0] in ASKS_FOR_HELP:
        return Misused(f"{told}. This would work: {line.to('help', name)}")
    if name == "binder" and len(words) == 1 and words[0] in ("1", "2", "3"):
        return Misused(f"{told}. This would work: {line.without_last_words(1).with_option('--months', *words)}")
    if name == "redo":
        return Misused(f"{told}; what was done: {line.to('history')}")
    if name in _OF_CLIENT and client_ahead(session, words) == len(words):
        lines = [[command, *words] for command in _OF_CLIENT[name]]
        return Misused(f"{told}. This would work: {either(session, lines)}")
    return Misused(f"{told}. This would work: {line.without_last_words(len(words))}")


# Phrases ------------------------------------------------------------------------------------------------

_LISTED = {
    **{all_: ["list", "all"] for all_ in ("clients", "contacts", "customers", "everyone", "everything", "people")},
    "promises": ["list", "promised"], "appointments": ["list", "promised"],
    "week": ["list", "this", "week"], "deals": ["funnel"], "offers": ["funnel"], "birthdays": ["care"],
    "complaints": ["care"], "questions": ["care"], "unpaid": ["list", "--is", "unpaid"],
    "invoices": ["list", "--is", "unpaid"], "tasks": ["list", "slips"], "todos": ["list", "slips"],
}  # fmt: skip
# What is asked of a list by an option, or by the name of an insert.
_MARKED = {
    "first": ["--first"], "dodged": ["--dodged"], "drifting": ["--drifting"], "silent": ["--silent-since", "90d"],
    "agreed": ["--agreed"], "slip": ["slips"], "open": ["all"], "active": ["all"], "sleeping": ["resting"],
    "asleep": ["resting"], "archived": ["resting"], "nodate": ["no", "date"], "no-date": ["no", "date"],
    "no next": ["no", "date"], "without date": ["no", "date"], "weekend": ["sat..sun"], "new": ["--is", "new"],
}  # fmt: skip
_WEEKS = {"next": ["week", "next", "week"], "+1": ["week", "next", "week"], "this": ["week"], "now": ["week"]}
_GONE = ("last", "prev", "previous", "yesterday", "last week", "last month")
_BETWEEN = r"(?:from )?(.+?)(?: ?(?:-|\u2013|\.\.\.) ?| (?:to|until|till|bis|and|through) )(.+)"


def with_working_phrase(session: Session, refused: PhraseRefused, name: str) -> None:
    """Give the refusal the whole line in which the phrase would work, or the line of another command that is meant."""
    line = session.line
    lines = [line.with_phrase(refused.phrase, *phrase.split()) for phrase in refused.instead]
    if lines and all(lines):
        refused.repeat = ", or ".join(map(str, lines))
    elif refused.reason and not lines and (again := with_value_behind(session, refused.phrase)):
        refused.message, refused.repeat = refused.reason, again
    elif refused.reason and name == "move" and (slot := _slot_of_day(session, refused.phrase)):
        moved = line.with_phrase(refused.phrase, slot)
        refused.repeat = str(moved) if moved else refused.repeat
    elif refused.reason and (own := _of_an_option(line, refused.phrase, name)):
        refused.message, refused.repeat = refused.reason, str(own)
    elif refused.reason and not lines and (meant := _instead_of_phrase(session, name)):
        refused.message = f"{refused.reason}. This would work: {either(session, meant)}"


def _slot_of_day(session: Session, phrase: str) -> str | None:
    """The insert behind which a day lies, where the phrase is a day."""
    if not is_when(session, phrase.split()):
        return None
    return slots.slot(phrases.understood(phrase, session.workspace.ground()).on, session.day)


def _of_an_option(line: TypedLine, phrase: str, name: str) -> TypedLine | None:
    """The line in which a file or a rhythm stands at its option, and not as a day."""
    if name == "export" and "." in phrase and " " not in phrase:
        return line.with_phrase(phrase, "--out", phrase)
    if phrase.startswith("every ") and "--every" in line.options:
        for option in ("-n", "--next"):
            if line.with_phrase(f"{option} {phrase}") and (again := line.with_phrase(phrase, *phrase.split()[1:])):
                return again.with_word(option, "--every")
    return None


# Of fewer words none is taken for a text.
_LEAST_WORDS = 2


def with_value_behind(session: Session, value: str) -> str | None:
    """The line with a date at its option, and the text that was typed behind that where text stands; None for none.

    Only where the line has no text besides: else the words may have been meant to say more of the date.
    """
    line, words = session.line, value.split()
    texts = line.words_of_text
    if client_ahead(session, texts) != len(texts):
        return None
    for count in range(len(words) - 1, 0, -1):
        is_client = not texts and client_ahead(session, words[count:]) == len(words) - count
        is_text = len(words) - count >= _LEAST_WORDS and not may_be_phrase(" ".join(words[count:]))
        if not (is_client or is_text):
            continue
        for at, option in enumerate(line.typed[: -len(words)]):
            known = line.options.get(option)
            if known is None or list(line.typed[at + 1 : at + 1 + len(words)]) != words:
                continue
            date = words[:count]
            if is_past_day(session, date) if known.long == "--on" else is_when(session, date):
                rest = line.typed[at + 1 + len(words) :]
                return str(line._replace(typed=(*line.typed[:at], *words[count:], option, *date, *rest)))
    return None


def _instead_of_phrase(session: Session, name: str) -> list[list[str]]:
    """The lines of other commands, or with other words, that mean what stands where a day is wanted."""
    line = session.line
    _, places = arguments.text_places(line.typed, line.options)
    words = [line.typed[place] for place in places]
    said = " ".join(words).casefold()
    if not words or name not in (*_OF_DATES, "when", "review", "away"):
        return []
    if said in ASKS_FOR_HELP:
        return [["help", name]]
    if client_ahead(session, words) == len(words):
        return [["show", *words]]
    if name == "week":
        return [_WEEKS[said]] if said in _WEEKS else [["review", "last", "week"]] if said in _GONE else []
    if found := re.fullmatch(_BETWEEN, said):
        days = f"{found[1].rstrip('.')}..{found[2]}"
        if name in ("list", "away") and of_date(session, days.split()):
            return [[name, *days.split()]]
    return _other_list(session, words, said) if name == "list" else []


def _other_list(session: Session, words: Sequence[str], said: str) -> list[list[str]]:
    """The line that lists what other words name."""
    if said in _GONE:
        return [["review", *(["last", "week"] if said in ("last", "prev", "previous") else said.split())]]
    if found := of_tag(session, words[1:] if words[0] in ("tag", "tags") else words):
        return found
    if said == "month":
        return [["list", str(Month.of(session.day))]]
    if said in _MARKED:
        return [["list", *_MARKED[said]]]
    if ahead := re.fullmatch(r"(?:next|coming) ([0-9]+ (?:days|weeks|months))", said):
        return [["list", *f"today..{ahead[1]}".split()]]
    if len(days := re.split("[ ,]+", said)) == 2 and of_date(session, [f"{days[0]}..{days[1]}"]):
        return [["list", f"{days[0]}..{days[1]}"]]
    if plural := of_tag(session, [said.removesuffix("s")]):
        return plural
    if len(words) > 1 and said.split()[0] in _LISTED:
        return of_date(session, words[1:])
    return [_LISTED[said]] if said in _LISTED else []
