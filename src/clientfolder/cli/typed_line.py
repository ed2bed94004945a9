"""The command line as it was typed, to be given back with one thing changed, ready to paste."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from clientfolder.cli import arguments
from clientfolder.errors import Misused
from clientfolder.tuples import NamedTuple


class TypedLine(NamedTuple):
    """A command line as it was typed; as text it can be pasted into a shell.

    `program`: tells the words that start the program. `options`: those of the command, as soon as it is known.
    """

    program: Callable[[], Sequence[str]] = lambda: ("cf",)
    typed: tuple[str, ...] = ()
    options: Mapping[str, arguments.Known] = MappingProxyType({})

    def __str__(self) -> str:
        return " ".join(map(quoted, (*self.program(), *self.typed)))

    def to(self, *words: str) -> TypedLine:
        """Another command in the same folder and on the same day."""
        try:
            common, _ = arguments.common_first(self.typed)
        except Misused:
            common = []
        said = (option for option in common if option.startswith(("--folder", "--today")))
        return self._replace(typed=(*said, *words))

    def with_said(self, words: Sequence[str]) -> TypedLine:
        """The line with these words, a command and what it takes, in the place of all that is no common option."""
        try:
            places = arguments.places_of_rest(self.typed)
        except Misused:
            return self.to(*words)
        first = places[0] if places else len(self.typed)
        common = [word for place, word in enumerate(self.typed) if place >= first and place not in places]
        return self._replace(typed=(*self.typed[:first], *words, *common))

    def with_option(self, *option: str) -> TypedLine:
        """The line with an option and its values behind all others; what is text behind `--` stays behind it."""
        separator = arguments.separator(self.typed)
        at = len(self.typed) if separator is None else separator
        return self._replace(typed=(*self.typed[:at], *option, *self.typed[at:]))

    def with_values(self, option: str, *values: str) -> TypedLine:
        """The line with these values behind an option that stands there, whatever stood behind it."""
        first, end = arguments.run_of(self.typed, option, self.options)
        return self._replace(typed=(*self.typed[:first], option, *values, *self.typed[end:]))

    def with_word(self, word: str, *instead: str) -> TypedLine:
        """The line with other words in the place of this one, or without it."""
        if word not in self.typed:
            return self
        at = self.typed.index(word)
        return self._replace(typed=(*self.typed[:at], *instead, *self.typed[at + 1 :]))

    @property
    def words_of_text(self) -> list[str]:
        """The words behind the command that belong to no option. Raises Misused."""
        return [self.typed[place] for place in arguments.text_places(self.typed, self.options)[1]]

    def with_phrase(self, phrase: str, *instead: str) -> TypedLine | None:
        """The line with other words for a phrase that was typed in one or in several; None where it is not there."""
        for first, word in enumerate(self.typed):
            option, given, value = word.partition("=") if word.startswith("--") else ("", "", word)
            if word.startswith("--") and not given:
                continue
            for end in range(first + 1, len(self.typed) + 1):
                said = " ".join((value, *self.typed[first + 1 : end]))
                if said.strip() == phrase.strip() and said.strip():
                    words = [f"{option}={' '.join(instead)}"] if given else instead
                    return self._replace(typed=(*self.typed[:first], *words, *self.typed[end:]))
                if len(said) > len(phrase) + 1:
                    break
        return None

    def same_command(self, other: TypedLine) -> bool:
        """Whether both lines begin with the same command."""
        commands = [[one.typed[place] for place in arguments.places_of_rest(one.typed)][:1] for one in (self, other)]
        return commands[0] == commands[1]

    def with_word_before(self, word: str, before: str) -> TypedLine:
        """The line with one more word before this one."""
        at = self.typed.index(word)
        return self._replace(typed=(*self.typed[:at], before, *self.typed[at:]))

    def with_words_of_text(self, words: Sequence[str]) -> TypedLine:
        """The line with these words in the place of those that belong to no option."""
        _, places = arguments.text_places(self.typed, self.options)
        behind = [word for at, word in enumerate(self.typed) if at > places[0] and at not in places]
        return self._replace(typed=(*self.typed[: places[0]], *words, *behind))

    def with_words_joined(self, count: int) -> TypedLine:
        """The line with its first words, those that belong to no option, as one."""
        _, places = arguments.text_places(self.typed, self.options)
        first, others = places[0], places[1:count]
        joined = " ".join(self.typed[place] for place in places[:count])
        words = [joined if at == first else word for at, word in enumerate(self.typed) if at not in others]
        return self._replace(typed=tuple(words))

    def without_last_words(self, count: int) -> TypedLine:
        """The line without the last of its words that belong to no option."""
        _, places = arguments.text_places(self.typed, self.options)
        gone = {*places[-count:]}
        return self._replace(typed=tuple(word for at, word in enumerate(self.typed) if at not in gone))

    def with_option_before(self, option: str, number: int) -> TypedLine:
        """The line with an option before one of its words that belong to none, counted from 0."""
        _, places = arguments.text_places(self.typed, self.options)
        at = places[number]
        return self._replace(typed=(*self.typed[:at], option, *self.typed[at:]))

    def with_text(self, text: str, *, behind: int) -> TypedLine:
        """The line with this text as its words, but for the first `behind` of them, whatever stood there.

        A text that no line can hold leaves the line as it is: a NUL, or the `-` that means standard input.
        """
        if text == "-" or "\0" in text:
            return self
        command, places = arguments.text_places(self.typed, self.options)
        separator = arguments.separator(self.typed)
        old = places[behind:]
        at = old[0] if old else (places[-1] if places else command) + 1
        kept = [word for place, word in enumerate(self.typed) if place not in old]
        if text.startswith("-") and (separator is None or at <= separator):
            # Before a `--` it would be an option.
            return self._replace(typed=(*kept, *(["--"] if separator is None else []), text))
        return self._replace(typed=(*kept[:at], text, *kept[at:]))


def quoted(text: str) -> str:
    """A word for the shell; one with line ends or other control characters as bash and zsh write them."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(c if c.isprintable() else _escaped(c) for c in escaped) + "'"


def _escaped(character: str) -> str:
    """`\\n` or `\\t`, else the bytes one by one, which every locale understands."""
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    return named or "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
