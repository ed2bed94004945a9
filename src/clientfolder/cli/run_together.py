"""What was typed in one run and belongs apart: a date behind a text, a number behind a name, a key without its `=`.

Nothing is taken for more than the words that it is: the error has the line in which each part stands in its place,
and, where a name or a text may be meant to hold it, the line in which it stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clientfolder.cli.key_value import Assignment
from clientfolder.cli.other_words import (
    BEFORE_DATE,
    CLIENTS,
    THINGS,
    client_ahead,
    date_ahead,
    date_behind,
    is_when,
    key_of,
    of_key,
    thing_meant,
)
from clientfolder.cli.session import Session
from clientfolder.cli.typed_line import TypedLine
from clientfolder.dates import phrases, rhythm
from clientfolder.dates.calendar import Month
from clientfolder.dossier.phones import LEAST_DIGITS
from clientfolder.errors import Misused

# A date as other programs have it at the end of a text: `due:fri`.
_NAMED_DATE = re.compile(r"(?:next|due|date|when|scheduled|until)[:=](\S+)", re.IGNORECASE)
# Keys that stand in front of a value so often that none of them is a part of a name.
_IN_NAMES = ("phone", "email", "company", "address", "birthday")


# A text with a date behind it ---------------------------------------------------------------------------


def check_text(session: Session, words: Sequence[str]) -> None:
    """Raises Misused for a text behind which a date stands that can be no part of it: quoted, or as `due:fri`."""
    line = session.line
    if not words:
        return
    if (named := _NAMED_DATE.fullmatch(words[-1])) and is_when(session, [named[1]]):
        again = line.with_word(words[-1]).with_option("-n", named[1])
        raise Misused(f"A date stands behind -n, and not as {words[-1]}", repeat=str(again))
    quoted = next((place for place, word in enumerate(words) if " " in word.strip()), None)
    if quoted is not None and words[quoted + 1 :] and is_when(session, words[quoted + 1 :]):
        when = " ".join(words[quoted + 1 :])
        both = line.with_phrase(" ".join(words), " ".join(words))
        told = f"Is {when} the next date, or the end of the text? Say which"
        raise Misused(told, repeat=f"{_dated(line, words, quoted + 1)}, or {both or line}")


def with_a_date(session: Session, words: Sequence[str], *, of_contact: bool = False) -> TypedLine:
    """The line with the option of the date that is missing: before the WHEN that ends the text, if one does.

    `of_contact`: the text tells what happened, so that a `today` at its end is no date to come.
    """
    if "--every" in session.line.options and (every := _every_behind(words)):
        line = session.line
        for _ in words[every:]:
            line = line.without_last_words(1)
        return line.with_option("--every", *words[every + 1 :])
    if not of_contact and (ahead := date_ahead(session, words)):
        return session.line.with_words_of_text(words[ahead:]).with_option("-n", *words[:ahead])
    place = None if "--" in session.line.typed else date_behind(session, words)
    if place is None or not _is_sure(session, words[place:]) or (of_contact and words[place:] == ["today"]):
        return session.line.with_option("-n", "fri")
    return _dated(session.line, words, place)


def _dated(line: TypedLine, words: Sequence[str], place: int) -> TypedLine:
    """The line with `-n` and these words from `place` on behind all others, without an `on` or `by` before them."""
    first = place - 1 if place > 1 and words[place - 1].casefold() in BEFORE_DATE else place
    for _ in words[first:]:
        line = line.without_last_words(1)
    return line.with_option("-n", *words[place:])


def _is_sure(session: Session, words: Sequence[str]) -> bool:
    """Whether words that are a WHEN are hardly anything else: no bare number, and no month, which may be a name."""
    said = " ".join(words)
    on = phrases.understood(said, session.workspace.ground()).on
    return said == said.lower() and not isinstance(on, Month) and re.search("[a-z/.]|[0-9]-", said) is not None


# A name with more behind it -----------------------------------------------------------------------------


def check_name(session: Session, named: Sequence[str], names: Sequence[str], *, has_date: bool) -> None:
    """Raises Misused for a name of several words that holds what is none: a number, an address, a key, a date.

    `names`: all commands, of which one may be meant.
    """
    if len(named) < 2:
        return
    line = session.line
    quoted = line.with_phrase(" ".join(named), " ".join(named))
    if named[0] in THINGS:
        if named[0] in CLIENTS:
            meant: TypedLine | None = line.with_word(named[0])
        else:
            found = thing_meant(session, [*named], names)
            meant = line.with_said(found) if found else None
        if meant:
            raise Misused(f"Is {named[0]} a part of the name? Say which", repeat=f"{meant}, or {quoted or line}")
    name, keys, when = _apart(session, named, has_date=has_date)
    if not name or not (keys or when):
        return
    others = _others(line, named)
    again = line.with_words_of_text([*name, *keys, *others])
    again = again.with_option("-n", *when) if when else again
    parts = " and ".join([*keys, *([f"-n {' '.join(when)}"] if when else [])])
    raise Misused(f"Is this a part of the name, or {parts}? Say which", repeat=f"{again}, or {quoted or line}")


def _others(line: TypedLine, named: Sequence[str]) -> list[str]:
    """The words behind the name: its KEY=VALUE."""
    return list(line.words_of_text[len(named) :])


def _apart(session: Session, named: Sequence[str], *, has_date: bool) -> tuple[list[str], list[str], list[str]]:
    """The words of the name, what is a KEY=VALUE, and the WHEN that ends them."""
    words = [part for word in named for part in _at_its_key(word)]
    when: list[str] = []
    keys: list[str] = []
    name: list[str] = []
    every = _every_behind(words)
    if every is not None:
        words, keys = words[:every], [f"rhythm={' '.join(words[every + 1 :])}"]
    place = None if has_date or keys else date_behind(session, words)
    if place is not None and _is_sure(session, words[place:]):
        words, when = words[:place], words[place:]
    while words:
        if len(words) > 1 and name and (key := _key_in_a_name(words[0])):
            end = next((at for at in range(2, len(words)) if _key_in_a_name(words[at])), len(words))
            keys.append(f"{key}={' '.join(words[1:end])}")
            words = words[end:]
        elif name and re.fullmatch(r"<?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?", words[0]):
            keys.append(f"email={words.pop(0).strip('<>')}")
        elif name and (count := _number_ahead(words)):
            keys.append(f"phone={' '.join(words[:count])}")
            words = words[count:]
        elif keys and every is None:
            # What follows a key would be a part of its value.
            return [], [], []
        else:
            name.append(words.pop(0))
    if keys or when:
        name[-1] = name[-1].rstrip(",;:")
    return name, keys, when


def _at_its_key(word: str) -> list[str]:
    """`phone:123` as the key and its value; no `=` that stands by itself; any other word as it is."""
    key, colon, value = word.partition(":")
    if colon and value and key_of(key) in _IN_NAMES:
        return [f"{key}:", value]
    return [] if word == "=" else [word]


def _every_behind(words: Sequence[str]) -> int | None:
    """Where `every` stands before words that end the line and say how often; None where it does not."""
    place = next((place for place in range(1, len(words)) if words[place] == "every"), len(words))
    said = " ".join(words[place + 1 :])
    return place if said and any(rhythm.parse(form) for form in (said, f"every {said}", f"1 {said}")) else None


def _key_in_a_name(word: str) -> str | None:
    key = key_of(word) if word.endswith(":") or word == word.lower() else None
    return key if key in _IN_NAMES or word.endswith(":") else None


def _number_ahead(words: Sequence[str]) -> int:
    """How many of the first words are a phone number."""
    count = next((at for at, word in enumerate(words) if not re.fullmatch(r"[+(]?[0-9][0-9()/.-]*", word)), len(words))
    digits = re.sub("[^0-9]", "", "".join(words[:count]))
    return count if len(digits) >= LEAST_DIGITS else 0


def check_keys(session: Session, assignments: Sequence[Assignment], client: Sequence[str] = ()) -> None:
    """Raises Misused for a date that is given as a key, and for a key that is one of ours in other letters.

    `client`: the words of the one whose keys they are, if it is there already.
    """
    line = session.line
    for said in assignments:
        typed = f"{said.key}{said.sign}={said.value}"
        if said.key.casefold() in ("next", "date", "due", "when") and is_when(session, said.value.split()):
            again = line.with_phrase(typed)
            if client:
                again = line.with_said(["file", *client, *said.value.split()])
            elif again:
                again = again.with_option("-n", *said.value.split())
            raise Misused(f"The next date is no {said.key}=", repeat=str(again or line))
        own = "tags" if said.key == "tag" else said.key.casefold()
        if own != said.key and key_of(own) == own:
            sign = said.sign or ("+" if own == "tags" and client else "")
            again = line.with_phrase(typed, *f"{own}{sign}={said.value}".split())
            raise Misused(f"{said.key} is written {own}", repeat=str(again or line))


# Keys without their = -----------------------------------------------------------------------------------


def assigned(session: Session, words: Sequence[str], assignments: Sequence[Assignment]) -> list[str]:
    """The line that sets, shows or edits what was typed without its `=`, or in another order; empty for none."""
    if assignments:
        return [] if words else _client_behind(session, assignments[-1])
    count = client_ahead(session, words)
    client, behind = list(words[:count]), list(words[count:])
    if not count:
        return of_key(session, words) if words else []
    if not behind:
        return ["edit", *client]
    if behind[0].casefold() in ("next", "date", "on") and is_when(session, behind[1:]):
        return ["file", *client, *behind[1:]]
    if len(behind) == 1:
        return (
            ["show", *client, key] if (key := key_of(behind[0])) else ["set", *client, f"tags+={behind[0].lstrip('+')}"]
        )
    found = list(_assignments(behind))
    return ["set", *client, *found] if found else []


def _assignments(words: Sequence[str]) -> Iterator[str]:
    """Keys and the values behind them, as KEY=VALUE; none where the first word is no key."""
    key, values = "", 0
    words = [word for word in words if word not in ("=", "+")]
    for place, word in enumerate(words):
        named = "rhythm" if word.casefold() == "every" else key_of(word)
        if named and place + 1 < len(words) and (not key or values):
            key, values = named, 0
        elif not key:
            return
        else:
            yield word if values else f"{key}{'+' * (key == 'tags')}={word}"
            values += 1


def _client_behind(session: Session, said: Assignment) -> list[str]:
    """The line with the client in front, who stood in front of the key, or behind its value."""
    client, dot, key = said.key.partition(".")
    if dot and client_ahead(session, [client]):
        return ["set", client, f"{key}{said.sign}={said.value}"]
    words = said.value.split()
    for place in range(1, len(words)):
        if client_ahead(session, words[place:]) == len(words) - place:
            return ["set", *words[place:], f"{said.key}{said.sign}={words[0]}", *words[1:place]]
    return []
