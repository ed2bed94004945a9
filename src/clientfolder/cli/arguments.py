"""From the words of a command line to options and their values, before the option parser sees them.

Options such as `--next` take every word up to the next option, so that a date of several words needs no quotes.
The common options may stand anywhere. A word with one dash that is no option is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from clientfolder.errors import Misused, NoOption, NoValue
from clientfolder.tuples import NamedTuple


class Takes(Enum):
    """What an option takes: nothing, the next word, or every word up to the next option, as one or each as its own.

    A_WORD_AGAIN takes the next word if there is one, and may stand again for another.
    """

    NOTHING = auto()
    A_WORD = auto()
    A_WORD_AGAIN = auto()
    WORDS = auto()
    EACH = auto()

    @property
    def may_stand_again(self) -> bool:
        return self in (Takes.A_WORD_AGAIN, Takes.EACH)


# The options that may stand before or after the command.
COMMON: Mapping[str, Takes] = {
    "--folder": Takes.A_WORD,
    "--today": Takes.A_WORD,
    "--json": Takes.NOTHING,
    "--dry-run": Takes.NOTHING,
}
# What may stand in front of a command, and what it does.
IN_FRONT: Mapping[str, str] = {
    "--folder": "The client folder, if not the one here or the default.",
    "--json": "One JSON object instead of a page.",
    "--dry-run": "Say what would be done, and write nothing.",
    "--today": "Another day than today, such as 2026-07-15.",
    "--one-by-one": "The desk one by one, as cf today -i.",
    "--all": "The whole desk, as cf today -a.",
    "--version": "The version.",
    "--install-completion": "Set up what Tab completes, for this shell or for one that is named.",
    "--show-completion": "The same to be put into a start-up file.",
    "--help": "What there is.",
}


def common_first(args: Sequence[str], *, unfinished: bool = False) -> tuple[list[str], list[str]]:
    """The common options with their values, and all other words in their order.

    `unfinished`: the line is being completed, so its last option may still want its value. Else Misused is raised.
    """
    front, places = _common_apart(args, unfinished=unfinished)
    return front, [args[place] for place in places]


def places_of_rest(args: Sequence[str]) -> list[int]:
    """The places of all words that belong to no common option. Raises Misused."""
    return _common_apart(args)[1]


def _common_apart(args: Sequence[str], *, unfinished: bool = False) -> tuple[list[str], list[int]]:
    """The common options with their values, and the places of all other words."""
    front: list[str] = []
    rest: list[int] = []
    words = iter(enumerate(args))
    for place, word in words:
        name, given, value = word.partition("=")
        if word == "--":
            return front, [*rest, *range(place, len(args))]
        if name not in COMMON or (given and COMMON[name] is Takes.NOTHING):
            rest.append(place)
        elif given or COMMON[name] is Takes.NOTHING:
            front.append(word)
        else:
            _, value = next(words, (0, ""))
            if unfinished and not value:
                front.append(word)
                continue
            if not value or value.startswith("--"):
                raise NoValue(name)
            front.append(f"{name}={value}")
    return front, rest


class Known(NamedTuple):
    """An option of the command at hand, under each of its spellings; `long` is the one with two dashes."""

    takes: Takes
    long: str


def arranged(args: Sequence[str], options: Mapping[str, Known], *, unfinished: bool = False) -> list[str]:
    """Options first, each with its whole value; then `--` and the words that are none.

    An unknown word with two dashes is left among the options, for the parser to refuse; one of a dash and a letter
    raises NoOption. `unfinished`: as above.
    """
    if not unfinished:
        _check_letters(args, options)
    front, places = _options_apart(args, options, unfinished=unfinished)
    return [*front, "--", *(args[place] for place in places)]


def _options_apart(
    args: Sequence[str], options: Mapping[str, Known], *, unfinished: bool = False
) -> tuple[list[str], list[int]]:
    """The options, each with its whole value, and the places of the words that are none."""
    front: list[str] = []
    text: list[int] = []
    place = 0
    while place < len(args):
        word = args[place]
        place += 1
        if word == "--":
            text += range(place, len(args))
            break
        name, given, value = word.partition("=")
        known = options.get(name)
        if not _is_option(word, options):
            text.append(place - 1)
        elif known is None or known.takes is Takes.NOTHING or (given and known.takes is Takes.A_WORD):
            front.append(word)
        elif known.takes is Takes.A_WORD:
            value_there = place < len(args) and not _is_option(args[place], options)
            if not value_there and not unfinished:
                raise NoValue(word)
            front += [word, *args[place : place + value_there]]
            place += value_there
        elif known.takes is Takes.A_WORD_AGAIN:
            value_there = not given and place < len(args) and not _is_option(args[place], options)
            front.append(f"{known.long}={args[place] if value_there else value}")
            place += value_there
        else:
            end = place
            while end < len(args) and not _is_option(args[end], options):
                end += 1
            run = [value] * bool(given) + list(args[place:end])
            place = end
            if not run and known.takes is Takes.EACH and not unfinished:
                raise NoValue(word)
            if known.takes is Takes.EACH:
                front += [f"{known.long}={part}" for part in run]
                continue
            if any(earlier.startswith(f"{known.long}=") for earlier in front):
                raise Misused(f"{known.long} stands twice")
            front.append(f"{known.long}={' '.join(run)}")
    return front, text


def text_places(typed: Sequence[str], options: Mapping[str, Known]) -> tuple[int, list[int]]:
    """Where in a whole command line the command stands, and where its words are that belong to no option.

    Raises Misused for a line that the parser refuses.
    """
    _, rest = _common_apart(typed)
    command = _command_among(typed, rest)
    if command is None:
        raise Misused("No command is named")
    behind = rest[command + 1 :]
    _, places = _options_apart([typed[place] for place in behind], options)
    return rest[command], [behind[place] for place in places]


def run_of(typed: Sequence[str], option: str, options: Mapping[str, Known]) -> tuple[int, int]:
    """Where the words stand that an option takes, itself among them: from the first to behind the last."""
    first = next(place for place, word in enumerate(typed) if word.partition("=")[0] == option)
    behind = range(first + 1, len(typed))
    return first, next((place for place in behind if _is_option(typed[place], options)), len(typed))


def separator(typed: Sequence[str]) -> int | None:
    """Where the `--` of a command stands, behind which all is text; None where there is none."""
    _, rest = _common_apart(typed)
    command = _command_among(typed, rest)
    behind = [] if command is None else rest[command + 1 :]
    return next((place for place in behind if typed[place] == "--"), None)


def _command_among(typed: Sequence[str], rest: Sequence[int]) -> int | None:
    """Which of these places holds the command: the first word that is no option; None where all are."""
    return next((number for number, place in enumerate(rest) if not typed[place].startswith("-")), None)


def _check_letters(args: Sequence[str], options: Mapping[str, Known]) -> None:
    """Raises NoOption for `-m`, which is an option of another program and would be taken for text.

    So it does for `-nfri` and `-n=fri`, where a value stands at its option without a blank.
    """
    for word in args:
        if word == "--":
            return
        if (known := options.get(word[:2])) and known.takes is not Takes.NOTHING and _has_value_at_it(word):
            raise NoOption(f"{word[:2]} wants a blank behind it", word)
        if re.fullmatch(r"-[^\W\d_]", word) and word not in options:
            raise NoOption(f"There is no option {word} here", word)


def _has_value_at_it(word: str) -> bool:
    """Whether an option of one letter has a date behind it in the same word, or a `=`; a text may begin with a dash."""
    if word.startswith("--") or len(word) < len("-nx"):
        return False
    from clientfolder.dates.grammar import may_be_phrase

    return word[2] == "=" or may_be_phrase(word[2:])


def _is_option(word: str, options: Mapping[str, Known]) -> bool:
    return word.startswith("--") or word in options
