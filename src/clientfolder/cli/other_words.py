"""What leads on from a word that is no command: the line that does what it says, as it would be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from clientfolder.binder.index import lookup
from clientfolder.cli import key_value
from clientfolder.cli.session import Session
from clientfolder.dates import phrases, ranges
from clientfolder.dates.calendar import Month
from clientfolder.dates.phrases import When
from clientfolder.dates.vocabulary import Refusal, working_lines
from clientfolder.errors import Misused, Trouble
from clientfolder.text import comparable, finger_slips
from clientfolder.tickler import slots

# Other words for a command, and the options that say with it what the word says.
_OTHER_WORDS: Mapping[str, Sequence[str]] = {
    "log": ("call", "called", "done", "finished", "closed", "tick", "complete", "spoke", "talked", "write", "entry",
            "phoned", "ring", "rang", "told", "annotate", "append", "anruf", "anrufen", "volat"),
    "log --as mail": ("mail", "email", "e-mail", "mailed", "emailed", "wrote", "text", "texted", "sms", "message",
                      "whatsapp"),
    "log --as meeting": ("meeting", "met", "meet"),
    "log --as visit": ("visit", "visited"),
    "log --as note": ("note", "comment", "memo", "notiz", "poznamka"),
    "log --complaint": ("complaint", "complain"),
    "log --question": ("question",),
    "log --rating": ("rate", "rating"),
    "log -x": ("missed", "noanswer"),
    "new": ("add", "create", "make", "client", "contact", "customer", "neu", "novy", "pridat"),
    "snooze": ("postpone", "remind", "defer", "delay", "later", "push", "verschieben", "odlozit"),
    "remove": ("rm", "delete", "del"),
    "rest": ("archive", "sleep", "inactive"),
    "find": ("search", "grep", "where", "suche", "suchen", "hledej", "hledat"),
    "show": ("view", "cat", "open-dossier", "info", "card", "dossier", "details", "whois", "zeige", "ukaz"),
    "list": ("ls", "due"),
    "today": ("desk", "agenda", "now", "status", "who", "what", "next", "start", "begin", "home", "morning", "calls",
              "heute", "dnes", "hi", "hello"),
    "list tomorrow": ("morgen", "zitra"),
    "file": ("schedule", "plan", "reschedule", "wake", "callback", "followup", "follow-up", "appointment", "book",
             "termin", "unrest", "reopen", "activate"),
    "list all": ("clients", "contacts", "everyone", "customers", "people", "companies", "kunden", "klienti"),
    "list slips": ("todos", "tasks"),
    "list promised": ("promises", "appointments"),
    "list --is unpaid": ("invoices", "unpaid", "debts", "owed"),
    "binder": ("month", "months", "free", "overview", "cal"),
    "care": ("birthday", "birthdays", "complaints", "questions"),
    "--version": ("version",),
    "slip": ("todo", "task"),
    "set": ("update", "change", "modify", "tag", "untag"),
    "edit": ("vi", "vim", "nano", "editor"),
    "review": ("stats", "report", "summary", "stat", "statistics", "count"),
    "history": ("changes", "commit", "diff", "changelog"),
    "away": ("holiday", "vacation", "off"),
    "settings": ("config", "setup", "options", "preferences"),
    "help": ("manual", "man", "usage", "topics", "?", "hilfe", "pomoc", "how", "howto"),
    "pay": ("paid", "invoice", "payment"),
    "deal": ("offer", "quote", "sale"),
    "funnel": ("deals", "offers", "quotes", "pipeline"),
    "worth": ("money", "revenue", "income", "turnover", "sales"),
    "export ics": ("calendar", "ics", "ical"),
    "merge": ("sync", "conflict", "pull"),
}  # fmt: skip
_MEANT = {word: line.split() for line, words in _OTHER_WORDS.items() for word in words}
# What came to an end: the reason with which a dossier is put to rest, beside putting the client off.
_ENDED = {"cancel": "cancelled", "stop": "stopped", "pause": "paused", "drop": "dropped", "forget": "forgotten"}
# What may be wanted of a program that runs on.
_TO_LEAVE = ("quit", "exit", "q", "bye", "close", "logout")
# These change more than a slip of the finger should be led to.
NEVER_NEAR = ("undo", "redo", "restore", "init", "remove")
_LEAST_LETTERS, _MANY_LETTERS = 3, 7

# Words that stand in front of what is meant, and say nothing; and those that stand before a date.
_BEFORE_ALL = ("please", "i", "we", "cf", "do", "go", "the", "my", "a", "an")
BEFORE_CLIENT = ("to", "with", "for", "me", "my", "the", "at", "by", "about", "from", "up", "mr", "mrs", "ms", "herr",
                 "frau", "pan", "pani")  # fmt: skip
BEFORE_DATE = ("to", "for", "on", "until", "till", "til", "by", "at", "from", "under", "behind")
# What one makes: those that are a client, and those that another word stands for.
CLIENTS = ("client", "contact", "customer", "dossier")
THINGS = (*CLIENTS, "note", "call", "mail", "email", "meeting", "visit", "task", "todo", "slip", "deal", "offer",
           "payment", "complaint", "question", "tag", "form", "appointment")  # fmt: skip
# What keys of a card are called besides.
_KEYS = {key: key for key in (*key_value.ROOT_KEYS, *key_value.USUAL_KEYS) if key != "name"} | {
    "tel": "phone", "telephone": "phone", "telefon": "phone", "mobile": "phone", "number": "phone", "mail": "email",
    "e-mail": "email", "bday": "birthday", "tag": "tags", "firm": "company", "website": "web", "url": "web",
}  # fmt: skip
Words = list[str]


def no_command(session: Session, args: Sequence[str], names: Sequence[str], weekly: Sequence[str]) -> Misused:
    """The error for a first word that is no command.

    `names`: all commands; `weekly`: those that are told where nothing is known of the word.
    """
    verb, of_a_date = args[0], of_date(session, args)
    if list(args) == ["cf"]:
        return Misused(f"The command stands once. This would work: {_line(session, [])}")
    if lines := _apart(session, args, names):
        return Misused(f"There is no command {verb}. Did you mean: {either(session, lines)}")
    if not (of_a_date or _is_whole_name(session, " ".join(args))) and (lines := _meant(session, list(args), names)):
        return Misused(f"There is no command {verb}. This does it: {either(session, lines)}")
    if comparable(verb) in _TO_LEAVE:
        return Misused(
            f"There is no command {verb}: nothing runs on that could be left. The desk: {_line(session, [])}"
        )
    if lines := [*of_a_date, *_of_client(session, args, names, is_whole=bool(of_a_date)), *of_tag(session, args)]:
        return Misused(f"{verb} is no command. This would work: {either(session, lines)}")
    if near := near_name(verb, names):
        return Misused(f"There is no command {verb}. Did you mean: {session.line.with_word(verb, near)}")
    if days := _days_meant(session, " ".join(args)):
        return Misused(
            f"{verb} is no command. Did you mean: {either(session, [['list', *day.split()] for day in days])}"
        )
    return Misused(f"There is no command {verb}. What there is: {' '.join(weekly)}; all of them: cf help all")


def either(session: Session, lines: Sequence[Sequence[str]]) -> str:
    """The lines as they would be typed, one or the other."""
    return ", or ".join(_line(session, words) for words in lines)


def _line(session: Session, words: Sequence[str]) -> str:
    return str(session.line.with_said(words))


# A command that is not seen as one ----------------------------------------------------------------------


def _apart(session: Session, args: Sequence[str], names: Sequence[str]) -> list[Words]:
    """The line with its command by itself: in other letters, in one quotation with the rest, or with the client."""
    verb = args[0]
    if verb.casefold() in names:
        return [[verb.casefold(), *args[1:]]]
    found = re.fullmatch(r"([^\W\d_]+)[\s:,;.=-]+(.+)", verb, re.DOTALL)
    if found and found[1].casefold() in names and found[1].casefold() not in NEVER_NEAR:
        return [[found[1].casefold(), *found[2].split(), *args[1:]]]
    joined = next(
        (name for name in names if verb.startswith(name) and client_ahead(session, [verb[len(name) :]])), None
    )
    return [[joined, verb[len(joined) :], *args[1:]]] if joined and joined not in NEVER_NEAR else []


# Another word for it ------------------------------------------------------------------------------------


def _meant(session: Session, words: Words, names: Sequence[str]) -> list[Words]:
    """The lines that do what another word says, with what stands behind it where the command wants that."""
    verb = comparable(words[0])
    if verb in _BEFORE_ALL and len(words) > 1:
        return [words[1:]] if words[1] in names else _meant(session, words[1:], names)
    if found := of_key(session, words) or _of_clients(session, verb, words[1:]):
        return [found]
    if verb == "remind" and comparable(words[1] if len(words) > 1 else "") == "me":
        return _reminded(session, [word for word in words[2:3] if word != "to"] + words[3:])
    if verb in _ENDED and (count := client_ahead(session, words[1:])):
        return [["snooze", *words[1:]], ["rest", *words[1 : 1 + count], _ENDED[verb]]]
    if verb == "sent" and (count := client_ahead(session, words[1:])):
        # What was done is part of the text.
        return [["log", *words[1 : 1 + count], words[0], *words[1 + count :]]]
    if verb == "follow" and words[1:2] == ["up"]:
        words, verb = ["followup", *words[2:]], "followup"
    if verb == "who" and len(words) > 1:
        words, verb = ["whois", *(words[2:] if words[1] == "is" else words[1:])], "whois"
    meant = _MEANT.get(verb)
    return [_with_what_is_said(session, meant, words[1:], names)] if meant and _is_known(meant[0], names) else []


def _days_meant(session: Session, said: str) -> tuple[str, ...]:
    """The days that words may mean which no WHEN is written with."""
    try:
        ground = session.workspace.ground()
        phrases.understood(said, ground)
    except Refusal as no:
        return working_lines(no, lambda line: phrases.understood(line, ground).on)
    except Trouble:
        pass
    return ()


def _is_known(command: str, names: Sequence[str]) -> bool:
    return command in names or command.startswith("--")


def _reminded(session: Session, words: Words) -> list[Words]:
    """A client to be put off, or work with a day."""
    if not words or client_ahead(session, words) or is_when(session, words):
        return [["snooze", *words]]
    day = date_behind(session, words)
    return [["slip", *words] if day is None else ["slip", *words[:day], "-n", *words[day:]]]


def _of_clients(session: Session, verb: str, said: Words) -> Words:
    """The line that shows the client of whom `client anna` speaks; empty where that is no client yet."""
    return ["show", *said] if verb in CLIENTS and said and client_ahead(session, said) == len(said) else []


def _with_what_is_said(session: Session, meant: Sequence[str], said: Words, names: Sequence[str]) -> Words:
    """The line of a command that another word means; `said` is what stands behind that word."""
    command, *options = meant
    while len(said) > 1 and comparable(said[0]) in BEFORE_CLIENT and command != "find":
        said = said[1:]
    if command == "new" and len(said) > 1 and comparable(said[0]) in THINGS:
        if comparable(said[0]) not in CLIENTS:
            return thing_meant(session, said, names) or [command, *said]
        said = said[1:]
    count = client_ahead(session, said)
    client, behind = said[:count], _without_word_before_date(session, said[count:])
    if command == "today" and said:
        return ["show", *client] if count else next(iter(of_date(session, said)), [command])
    if command == "history":
        return [command]
    if command == "log" and count and is_when(session, behind):
        kind = options[1:] if options[:1] == ["--as"] else []
        return ["file", *client, *behind, *(["--for", *kind] if kind else [])]
    if command == "file" and not count and (not said or is_when(session, said)):
        return ["list", *said] if said else ["week"]
    if command == "set" and not said:
        return ["help", command]
    if command == "file" and not behind:
        return [command, *client, "fri"]
    if options and options[0] in ("--complaint", "--question", "--rating"):
        # What was asked, said or rated is the value of the option, which takes the words behind it.
        return [command, *(client or said[:1]), *options, *said[count or 1 :]]
    said = [*client, *behind] if command in ("file", "snooze") else said
    end = said.index("--") if "--" in said else len(said)
    return [command, *said[:end], *options, *said[end:]]


def thing_meant(session: Session, words: Words, names: Sequence[str]) -> Words:
    """The line that makes what `new note anna likes tea` names first; empty where nothing is known of it."""
    thing = comparable(words[0])
    if thing in names:
        return [thing, *(["new"] if thing == "form" else []), *words[1:]]
    return next(iter(_meant(session, [thing, *words[1:]], names)), [])


# A key of a card ----------------------------------------------------------------------------------------


def of_key(session: Session, words: Sequence[str]) -> Words:
    """The line that shows or sets what a key and a client name, in one order or the other; empty where they do not."""
    words = [*words]
    verb = comparable(words[0])
    key = _KEYS.get(verb.removeprefix("un")) if verb.startswith("untag") else _KEYS.get(verb)
    if key is not None:
        count = client_ahead(session, words[1:])
        client, value = words[1 : 1 + count], words[1 + count :]
        if verb in _MEANT and not count:
            return []
        if key == "email" and "@" not in "".join(value):
            # A mail was sent.
            return []
        if not count:
            return ["help", "set" if value else "show"]
    else:
        count = client_ahead(session, words)
        client, value = words[:count], words[count + 1 :]
        key = _KEYS.get(comparable(words[count])) if len(words) > count else None
    if key is None or not count:
        return []
    if not value:
        return ["show", *client, key]
    sign = ("-" if verb.startswith("un") else "+") if key == "tags" else ""
    return ["set", *client, f"{key}{sign}={value[0]}", *value[1:]]


def key_of(word: str) -> str | None:
    """The key of a card that a word is another name for."""
    return _KEYS.get(comparable(word).rstrip(":"))


# A date, a client, a tag --------------------------------------------------------------------------------


def of_date(session: Session, words: Sequence[str]) -> list[Words]:
    """The line that lists what lies behind an insert, on a day, in a month or in some days."""
    said = " ".join(words)
    when = _read(session, said)
    is_day = when is not None and not when.agreed
    return [["list", *words]] if slots.parse(said) is not None or is_day or _is_range(session, said) else []


def _is_range(session: Session, said: str) -> bool:
    try:
        return ranges.is_range(said) and bool(ranges.understood(said, session.workspace.ground()))
    except (Refusal, Trouble):
        return False


def is_when(session: Session, words: Sequence[str]) -> bool:
    """Whether all the words together are a WHEN."""
    return bool(words) and _read(session, " ".join(words)) is not None


def date_ahead(session: Session, words: Sequence[str]) -> int | None:
    """How many of the first words are a WHEN that is hardly anything else, with others behind it; None for none."""
    for count in range(len(words) - 1, 0, -1):
        if (found := _read(session, " ".join(words[:count]))) and not isinstance(found.on, Month):
            return None if words[0].isdigit() else count
    return None


def is_past_day(session: Session, words: Sequence[str]) -> bool:
    """Whether all the words together are a day that has been."""
    try:
        phrases.looked_back(" ".join(words), session.workspace.ground())
    except (Refusal, Trouble):
        return False
    return True


def date_behind(session: Session, words: Sequence[str]) -> int | None:
    """Where a WHEN begins that ends the words, the longest there is; None where there is none, or nothing before it."""
    for place in range(1, len(words)):
        if is_when(session, words[place:]):
            return place
    return None


def _read(session: Session, said: str) -> When | None:
    try:
        return phrases.understood(said, session.workspace.ground())
    except (Refusal, Trouble):
        return None


def _without_word_before_date(session: Session, words: Words) -> Words:
    """A WHEN without the word before it that no WHEN begins with; other words as they are."""
    if len(words) > 1 and comparable(words[0]) in BEFORE_DATE and is_when(session, words[1:]):
        return words[1:]
    return words


def client_ahead(session: Session, words: Sequence[str], *, is_sure: bool = False) -> int:
    """How many of the first words name a client; `is_sure`: by a whole name or a whole word of it."""
    if not words:
        return 0
    try:
        covers = session.contents.covers
        length = lookup.whole_ahead(covers, words).length
        typed = " ".join(words[:length])
        found = lookup.candidates(covers, typed)
    except Trouble:
        return 0
    if is_sure:
        whole = (lookup.Fit.WHOLE_FIELD, lookup.Fit.WHOLE_WORD)
        found = [cover for cover in found if lookup.fit(cover, comparable(typed)) in whole]
    return length if found else 0


def _of_client(session: Session, words: Sequence[str], names: Sequence[str], *, is_whole: bool) -> Iterator[Words]:
    """The lines that log and show the client that stands first; `is_whole`: whose whole name or number is all."""
    count = client_ahead(session, words)
    client, behind = [*words[:count]], [*words[count:]]
    if not count or (is_whole and not _is_whole_name(session, " ".join(words))):
        return
    if behind and comparable(behind[0]) in names:
        yield [comparable(behind[0]), *client, *behind[1:]]
        return
    when = _without_word_before_date(session, behind)
    yield ["file", *client, *when] if is_when(session, when) else ["log", *words]
    yield ["show", *client]


def _is_whole_name(session: Session, said: str) -> bool:
    try:
        return any(lookup.is_whole(cover, said) for cover in lookup.candidates(session.contents.covers, said))
    except Trouble:
        return False


def of_tag(session: Session, words: Sequence[str]) -> list[Words]:
    """The line that lists those with a tag."""
    try:
        tags = {tag.casefold(): tag for cover in session.contents.covers for tag in cover.tags}
    except Trouble:
        return []
    tag = tags.get(" ".join(words).casefold())
    return [["list", "--tag", tag]] if tag else []


def near_name(typed: str, names: Sequence[str]) -> str | None:
    """The one command for which the word is a slip of the finger, or which alone begins so."""
    typed = comparable(typed)
    if len(typed) < _LEAST_LETTERS:
        return None
    most = 2 if len(typed) >= _MANY_LETTERS else 1
    near = [name for name in names if finger_slips(typed, name) <= most]
    found = near or [name for name in names if name.startswith(typed)]
    return found[0] if len(found) == 1 and found[0] not in NEVER_NEAR else None
