"""A text of TOML in its blocks and comments: records taken over as they are written, and no comment of a side lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from clientfolder.binder.toml import editor
from clientfolder.binder.toml.scanner import NESTED, Path, Statement, statements
from clientfolder.dossier.changes import Drop, Edit, Put
from clientfolder.tuples import NamedTuple

Record = tuple[str, int]


class Block(NamedTuple):
    """Where a record stands in a text: the comment lines right above it from `start`, its own from `header` to `end`.

    Where its lines are not all in one place, `is_whole` is false.
    """

    start: int
    header: int
    end: int
    is_whole: bool = True


class Comment(NamedTuple):
    """One comment: the whole line where it stands alone, and to what it belongs.

    `at`: where it begins. `above` is the path of the statement above which it stands, or in whose lines; None for one
    that ends its table, which is `section`.
    """

    at: int
    text: str
    line: str
    above: Path | None
    section: Path

    def moved(self, numbers: Mapping[Record, int]) -> Comment:
        """The same with the paths of a text in which the records have these numbers."""
        above = None if self.above is None else _renumbered(self.above, numbers)
        return self._replace(above=above, section=_renumbered(self.section, numbers))


def _renumbered(path: Path, numbers: Mapping[Record, int]) -> Path:
    record = record_of(path)
    # The number of a record that does not stand is none.
    return path if record is None else (record[0], numbers.get(record, -1), *path[2:])


def record_of(path: Path) -> Record | None:
    """The record at the top of the file in which a path leads."""
    return (str(path[0]), path[1]) if len(path) > 1 and isinstance(path[1], int) else None


class Text:
    """A text cut into its statements when that is wanted, and once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"

    @cached_property
    def statements(self) -> list[Statement]:
        return list(statements(self.text))

    @cached_property
    def blocks(self) -> dict[Record, Block]:
        """Where each record at the top of the file stands."""
        found: dict[Record, Block] = {}
        last: Record | None = None
        for before, statement in zip([None, *self.statements], self.statements, strict=False):
            record = record_of(statement.path)
            if record is not None and record not in found:
                start = self.comments_above(statement, before.end if before else 0)
                found[record] = Block(start, statement.start, statement.end)
            elif record is not None:
                block = found[record]
                found[record] = block._replace(end=statement.end, is_whole=block.is_whole and last == record)
            last = record
        return found

    def comments_above(self, statement: Statement, least: int) -> int:
        """Where the comment lines begin that stand right above a statement, with no blank line between."""
        at = statement.start
        while at > least:
            above = self.text.rfind("\n", 0, at - 1) + 1
            if above < least or not self.text[above:at].lstrip(" \t").startswith("#"):
                break
            at = above
        return at

    def comments(self) -> Iterator[Comment]:
        """All comments, in their order."""
        if "#" not in self.text:
            return
        end = 0
        section: Path = ()
        for statement in self.statements:
            yield from self._between(end, section, statement)
            for token in _comment_tokens(self.text, statement.start, statement.end):
                text = token[0].rstrip()
                yield Comment(token.start(), text, text, statement.path, statement.section)
            end, section = statement.end, statement.section
        yield from self._between(end, section, None)

    def _between(self, begin: int, section: Path, following: Statement | None) -> Iterator[Comment]:
        """The comment lines between two statements; those above a header only where no blank line is between."""
        end = following.start if following else len(self.text)
        if "#" not in self.text[begin:end]:
            return
        is_beside = following is not None and (not following.is_header or not begin)
        begins = end if following is None else begin if is_beside else self.comments_above(following, begin)
        at = begin
        for line in self.text[begin:end].splitlines(keepends=True):
            if line.strip().startswith("#"):
                belongs = following is not None and at >= begins
                above, inside = (following.path, following.section) if belongs and following else (None, section)
                yield Comment(at, line.strip(), line.rstrip(), above, inside)
            at += len(line)


# Records -----------------------------------------------------------------------------------------------


class Insertion(NamedTuple):
    """A record to be put in, as text with LF line ends, before one of ours, or at the end."""

    block: str
    before: Record | None


def as_written(text: Text, block: Block) -> str:
    """A record's lines as they stand in a text, the comments right above it too, with LF line ends."""
    lines = text.text[block.start : block.end].replace("\r\n", "\n")
    return lines if lines.endswith("\n") else f"{lines}\n"


def rewritten(
    text: Text, changed: Mapping[Record, Sequence[Edit]], dropped: Iterable[Record], added: Sequence[Insertion]
) -> str:
    """The text with these records changed, taken out and put in. Raises NotEditable where one is not in one place."""
    blocks = text.blocks if changed or dropped or any(one.before for one in added) else {}
    pieces: list[tuple[int, int, str]] = []
    for record in (*changed, *dropped):
        if record not in blocks or not blocks[record].is_whole:
            raise editor.NotEditable
    for record, edits in changed.items():
        block = blocks[record]
        piece = editor.write(text.text[block.header : block.end], tuple(_within(edit, record[0]) for edit in edits))
        pieces.append((block.header, block.end, piece))
    for record in dropped:
        block = blocks[record]
        comments = [token[0].rstrip() for token in _comment_tokens(text.text, block.header, block.end)]
        end = block.end
        if not comments and block.start == block.header and text.text.startswith(text.newline, end):
            # The blank line below goes too, where no comment would come to stand above the next record.
            end += len(text.newline)
        pieces.append((block.header, end, "".join(line + text.newline for line in comments)))
    for one in added:
        if one.before is not None:
            at = blocks[one.before].start
            pieces.append((at, at, f"{one.block}\n".replace("\n", text.newline)))
    return _at_the_end(
        _put_together(text.text, pieces), [one.block for one in added if one.before is None], text.newline
    )


def _within(edit: Edit, table: str) -> Edit:
    """The edit of a key of a record, in a text that holds this record alone."""
    assert isinstance(edit, (Put, Drop))
    path: tuple[Any, ...] = (table, 0, *edit.path)
    return edit._replace(path=path)


def _comment_tokens(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    return (token for token in NESTED.finditer(text, begin, end) if token.lastgroup == "comment")


def _put_together(text: str, pieces: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for begin, end, piece in sorted(pieces, key=lambda one: one[:2]):
        parts += [text[at:begin], piece]
        at = end
    return "".join([*parts, text[at:]])


def _at_the_end(text: str, blocks: Iterable[str], newline: str) -> str:
    for block in blocks:
        gap = newline if text.endswith("\n") else newline * 2
        text += gap + block.replace("\n", newline)
    return text


# Comments ----------------------------------------------------------------------------------------------


def with_comments(text: str, missing: Sequence[Comment]) -> str:
    """The text with these comments, which have its paths: each above its statement, or at the end of its table."""
    if not missing:
        return text
    cut = Text(text)
    starts: dict[Path, int] = {}
    ends: dict[Path, int] = {}
    for statement in cut.statements:
        starts.setdefault(statement.path, statement.start)
        ends[statement.section] = statement.end
    pieces = []
    at_the_end = []
    for comment in missing:
        at = starts.get(comment.above) if comment.above is not None else None
        at = ends.get(comment.section) if at is None else at
        if at is None:
            at_the_end.append(comment.line)
        else:
            before = "" if at == 0 or text[at - 1] == "\n" else cut.newline
            pieces.append((at, at, f"{before}{comment.line}{cut.newline}"))
    text = _put_together(text, pieces)
    if at_the_end:
        text = _at_the_end(text, ["\n".join([*at_the_end, ""])], cut.newline)
    return text


def outside(text: Text, records: Collection[Record]) -> list[Comment]:
    """The comments of a text but those in the blocks of these records."""
    blocks = text.blocks if records and "#" in text.text else {}
    spans = [blocks[record] for record in records if record in blocks and blocks[record].is_whole]
    return [one for one in text.comments() if not any(span.start <= one.at < span.end for span in spans)]


def missing(there: Iterable[Comment], here: Iterable[Comment]) -> list[Comment]:
    """Those of the comments that the other text does not hold as often."""
    left = Counter(comment.text for comment in here)
    found = []
    for comment in there:
        if left[comment.text] > 0:
            left[comment.text] -= 1
        else:
            found.append(comment)
    return found


def behind(moments: Sequence[float], moment: float) -> int:
    """How many of the moments stand before the place of one more: behind the last that is not later."""
    least: list[float] = []
    for value in reversed(moments):
        least.append(min(value, least[-1]) if least else value)
    return bisect_right(least[::-1], moment)
