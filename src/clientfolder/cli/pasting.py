"""A command line as it can be pasted again, whatever was typed in it."""

from __future__ import annotations

import shlex


class CommandLine:
    """A command line as it can be pasted again."""

    def __init__(self, client: str, text: str, *, verb: str = "log") -> None:
        """A client that is empty is none."""
        self.verb = verb
        self.client = client
        self.text = text
        self._options: list[str] = []
        self._answers: list[str] = []

    @property
    def has_words(self) -> bool:
        """Whether somebody has typed what should not be typed twice."""
        return bool(self.text or self._answers)

    def answer(self, assignment: str) -> None:
        self._answers += ["--answer", quoted(assignment)]

    def option(self, name: str, value: str | None) -> None:
        if value is not None:
            self._options += [name, quoted(value)]

    def flag(self, name: str, given: bool) -> None:
        if given:
            self._options.append(name)

    def again(self, *more: str) -> str:
        words = [quoted(word) for word in (self.client, self.text) if word]
        return " ".join(["cf", self.verb, *words, *self._options, *self._answers, *more])


def quoted(text: str) -> str:
    """A word for the shell; one with line ends or other control characters as bash and zsh write them."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in escaped) + "'"
