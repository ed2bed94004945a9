"""Writing into a sheet of TOML without touching another line.

The text is cut into its statements by `scanner`; an edit replaces the value of one statement, takes its lines out, or
puts lines in, and copies everything else as it stands: comments, order, blank lines, unknown keys, line ends. What
comes out is checked by `dossier_file` before it replaces the old.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from clientfolder.binder.toml.scanner import (
    NESTED,
    Path,
    Statement,
    blank_end,
    line_end,
    read_key,
    statements,
    value_end,
)
from clientfolder.dossier import schema
from clientfolder.dossier.amounts import ExactFloat
from clientfolder.dossier.changes import Append, Drop, Edit, Put
from clientfolder.errors import Refused

# The tables in their order, above the records and whatever is not known.
_TABLES = tuple(name for name, table in schema.TABLES.items() if name and not table.is_records)


class NotEditable(Exception):
    """What the edit names is written in a shape that has no place for it, such as a text where a table should be."""


_BETWEEN = re.compile(r"(?:[\s,]|#[^\n]*)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


# Values -----------------------------------------------------------------------------------------------


def rendered(value: Any) -> str:
    """A value as TOML; a text of several lines becomes a block."""
    if isinstance(value, str) and value.isprintable() and '"' not in value and "\\" not in value:
        # Most texts are so, and it takes a tenth of the time of the library, which hundreds of new dossiers feel.
        return f'"{value}"'
    import tomli_w

    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, ExactFloat):
        return value.text
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(rendered, value))}]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text((key,))} = {rendered(part)}" for key, part in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    # Inside a block TOML takes CR LF for a line end, so a text that has one is written with escapes.
    is_block = isinstance(value, str) and "\r" not in value
    text = tomli_w.dumps({"v": value}, multiline_strings=is_block).removeprefix("v = ").rstrip("\n")
    return _with_plain_quotes(text) if text.startswith('"""') else text


_QUOTE_IN_BLOCK = re.compile(r'(?<!\\)((?:\\\\)*)\\"(?=[^"\\])')


def _with_plain_quotes(block: str) -> str:
    """A block of lines needs no backslash before a quote that stands alone."""
    return block[:3] + _QUOTE_IN_BLOCK.sub(r'\1"', block[3:-3]) + block[-3:]


def key_text(names: Path) -> str:
    return ".".join(str(name) if _BARE_KEY.fullmatch(str(name)) else rendered(str(name)) for name in names)


def record_text(table: str, record: Mapping[str, Any]) -> str:
    """A `[[table]]` block; of a table in it each value has a line of its own."""
    lines = [
        f"{key_text(names)} = {rendered(part)}"
        for key, value in record.items()
        for names, part in (
            (((key, name), part) for name, part in value.items()) if isinstance(value, Mapping) else (((key,), value),)
        )
    ]
    return "\n".join([f"[[{key_text((table,))}]]", *lines, ""])


# Edits ------------------------------------------------------------------------------------------------


def write(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with the edits made.

    Raises Refused where a record is to be added to, or changed in, an array written in brackets.
    """
    newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
    for edit in edits:
        if not isinstance(edit, Append) and len(edit.path) > 1 and isinstance(edit.path[1], int):
            _check_blocks(text, str(edit.path[0]))
        if isinstance(edit, Put):
            text = _put(text, edit, newline)
        elif isinstance(edit, Drop):
            text = _drop(text, edit)
    for edit in edits:
        if isinstance(edit, Append):
            text = _append(text, edit, newline)
    return text


def _append(text: str, edit: Append, newline: str) -> str:
    _check_blocks(text, edit.table)
    block = record_text(edit.table, edit.record).replace("\n", newline)
    gap = "" if not text else (newline if text.endswith("\n") else newline * 2)
    return text + gap + block


def _check_blocks(text: str, table: str) -> None:
    """Raises Refused where the records of a table are no blocks of lines."""
    written = next((s for s in statements(text) if s.path == (table,) and not s.is_header), None)
    if written is not None:
        raise Refused(
            f"{table} is written in brackets, and so cannot be added to line by line. Write each record of it "
            f"as a block of its own, under a line [[{table}]]",
            line=text.count("\n", 0, written.start) + 1,
        )


def _put(text: str, edit: Put, newline: str) -> str:
    value = rendered(edit.value).replace("\n", newline)
    found = list(statements(text))
    if _is_in_record(edit.path):
        _check_blocks(text, str(edit.path[0]))
    for statement in found:
        if statement.is_header:
            continue
        begin, end = statement.value
        if statement.path == edit.path:
            if isinstance(edit.value, list) and "\n" in text[begin:end]:
                value = _array_with(text[begin:end], edit.value, newline) or value
            return text[:begin] + value + text[end:]
        if text[begin] == "{" and edit.path[: len(statement.path)] == statement.path:
            return text[:begin] + _inline_with(text[begin:end], edit, len(statement.path)) + text[end:]
    if _is_in_record(edit.path):
        return _insert_in_record(text, found, edit.path, value, newline)
    return _insert(text, found, edit.path, value, newline)


def _is_in_record(path: Path) -> bool:
    return len(path) > 2 and isinstance(path[1], int)


def _insert_in_record(text: str, found: list[Statement], path: Path, value: str, newline: str) -> str:
    """Put a new line into the block of a record, behind the keys that it should follow; dotted, as in `steps.offer`.

    Where the block has a table of its own for it, such as `[deals.steps]`, at the end of that.
    """
    record, table = path[:2], path[:-1]
    own = [s for s in found if s.section == table and len(table) > 2]
    block = own or [s for s in found if s.section == record]
    if not block:
        raise NotEditable
    section = table if own else record
    order = schema.order(str(path[0]))
    earlier = order[: order.index(path[2]) + 1] if path[2] in order else order
    before = [s for s in block if s.is_header or own or s.path[2] in earlier]
    lines = [s for s in block if not s.is_header]
    indent = _indent(text, lines[-1]) if lines else ""
    return _with_line(text, before[-1].end, f"{indent}{key_text(path[len(section) :])} = {value}", newline)


def _array_with(brackets: str, wanted: list[Any], newline: str) -> str | None:
    """An array over several lines with elements taken out or added at its end, its comments left where they are.

    None where it is laid out in another way than one element a line, or the elements are wanted in another order.
    """
    spans = list(_elements(brackets))
    values = [tomllib.loads(f"v = {brackets[begin:end]}")["v"] for begin, end in spans]
    kept = [value for value in values if value in wanted]
    lines = {brackets.count("\n", 0, begin) for begin, _ in spans}
    if not kept or kept != wanted[: len(kept)] or len(lines) < len(spans) or 0 in lines:
        return None
    last = max(place for place, value in enumerate(values) if value in wanted)
    begin, end = spans[last]
    added = wanted[len(kept) :]
    if added:
        if brackets[end:].lstrip()[:1] != ",":
            brackets = f"{brackets[:end]},{brackets[end:]}"
        indent = brackets[brackets.rfind("\n", 0, begin) + 1 : begin]
        at = line_end(brackets, end)
        brackets = brackets[:at] + "".join(f"{indent}{rendered(value)},{newline}" for value in added) + brackets[at:]
    for (begin, end), value in reversed(list(zip(spans, values, strict=True))):
        if value not in wanted:
            brackets = brackets[: brackets.rfind("\n", 0, begin) + 1] + brackets[line_end(brackets, end) :]
    return brackets


def _elements(brackets: str) -> Iterator[tuple[int, int]]:
    """The spans of an array's elements."""
    pos = 1
    while True:
        found = _BETWEEN.match(brackets, pos)
        assert found
        pos = found.end()
        if pos >= len(brackets) or brackets[pos] == "]":
            return
        end = value_end(brackets, pos)
        yield pos, end
        pos = end


def comments_in(text: str, edits: tuple[Edit, ...]) -> Iterator[str]:
    """The comments inside the values that the edits set, and that must stay.

    The comment behind an element that is taken out goes with it.
    """
    wanted: dict[Path, Any] = {edit.path: edit.value for edit in edits if isinstance(edit, Put)}
    for statement in statements(text):
        paths = [path for path in wanted if path[: len(statement.path)] == statement.path]
        if statement.is_header or not paths or "#" not in text[slice(*statement.value)]:
            continue
        begin, end = statement.value
        going = set()
        if statement.path in wanted and text[begin] == "[":
            kept = wanted[statement.path]
            for first, last in _elements(text[begin:end]):
                if tomllib.loads(f"v = {text[begin + first : begin + last]}")["v"] not in kept:
                    going.add(text.count("\n", 0, begin + last))
        for token in NESTED.finditer(text, begin, end):
            if token.lastgroup == "comment" and text.count("\n", 0, token.start()) not in going:
                yield token[0]


def _inline_with(braces: str, edit: Put | Drop, depth: int) -> str:
    """An inline table with one value set or taken out; the rest of it stays as it is written."""
    path = edit.path[depth:]
    entries = list(_entries(braces))
    for place, (names, begin, value, end) in enumerate(entries):
        if names == path:
            if isinstance(edit, Put):
                return braces[:value] + rendered(edit.value) + braces[end:]
            if place + 1 < len(entries):
                return braces[:begin] + braces[entries[place + 1][1] :]
            return braces[: entries[place - 1][3]] + braces[end:] if place else "{" + braces[end:]
        if names == path[: len(names)] and braces[value] == "{":
            inner = _inline_with(braces[value:end], edit, depth + len(names))
            return braces[:value] + inner + braces[end:]
    if isinstance(edit, Drop):
        kept = braces
        for names, *_ in entries:
            if names[: len(path)] == path:
                kept = _inline_with(kept, Drop((*edit.path[:depth], *names)), depth)
        return kept
    line = f"{key_text(path)} = {rendered(edit.value)}"
    if not entries:
        return f"{{ {line} }}"
    last = entries[-1][3]
    return f"{braces[:last]}, {line}{braces[last:]}"


def _entries(braces: str) -> Iterator[tuple[tuple[str, ...], int, int, int]]:
    """The entries of an inline table: the key, where it begins, and the span of its value."""
    pos = 1
    while True:
        found = _BETWEEN.match(braces, pos)
        assert found
        begin = found.end()
        if begin >= len(braces) or braces[begin] == "}":
            return
        names, after = read_key(braces, begin)
        value = blank_end(braces, after + 1)
        pos = value_end(braces, value)
        yield names, begin, value, pos


def _insert(text: str, found: list[Statement], path: Path, value: str, newline: str) -> str:
    """Put a new line after the keys that it should follow, in the section where its table is written."""
    table = path[:-1]
    order = schema.order(str(table[0]) if table else "")
    earlier = order[: order.index(path[-1])] if path[-1] in order else None
    siblings = [s for s in found if not s.is_header and s.path[:-1] == table]
    before = [s for s in siblings if earlier is None or s.path[-1] in earlier]
    header = next((s for s in found if s.is_header and s.path == table), None)
    if before or siblings:
        neighbour = before[-1] if before else siblings[0]
        at = neighbour.end if before else neighbour.start
        indent = _indent(text, neighbour)
        return _with_line(text, at, f"{indent}{key_text(path[len(neighbour.section) :])} = {value}", newline)
    dotted = [s for s in found if not s.is_header and s.path[: len(table)] == table and len(s.section) < len(table)]
    if table and dotted:
        line = f"{key_text(path[len(dotted[-1].section) :])} = {value}"
        return _with_line(text, dotted[-1].end, line, newline)
    if header is not None:
        return _with_line(text, header.end, f"{key_text(path[-1:])} = {value}", newline)
    if not table:
        return _with_line(text, 0, f"{key_text(path)} = {value}", newline)
    block = f"[{key_text(table)}]{newline}{key_text(path[-1:])} = {value}{newline}"
    return _with_table(text, found, table, block, newline)


def _indent(text: str, statement: Statement) -> str:
    return text[statement.start : blank_end(text, statement.start)]


def _with_line(text: str, at: int, line: str, newline: str) -> str:
    before = text[:at]
    if before and not before.endswith("\n"):
        before += newline
    return f"{before}{line}{newline}{text[at:]}"


def _with_table(text: str, found: list[Statement], table: Path, block: str, newline: str) -> str:
    """Put a new table before the first header that comes after it in the order of a dossier."""
    later = (s.start for s in found if s.is_header and _rank(s.path) > _rank(table))
    at = next(later, len(text))
    if at == len(text):
        if text and not text.endswith("\n"):
            text += newline
        return text + ("" if not text or _ends_in_blank_line(text) else newline) + block
    # The comment lines right above a header belong to it.
    while (above := _line_start(text, at - 1)) < at and text[above:at].lstrip(" \t").startswith("#"):
        at = above
    if at == 0:
        return f"{block}{newline}{text}"
    gap = "" if _ends_in_blank_line(text[:at]) else newline
    if gap == "" and _ends_in_blank_line(text[: _line_start(text, at - 1)]):
        # Two blank lines show where a table was taken out: it goes back between them.
        at = _line_start(text, at - 1)
        return f"{text[:at]}{block}{text[at:]}"
    return f"{text[:at]}{gap}{block}{newline}{text[at:]}"


def _rank(path: Path) -> int:
    if path[0] in _TABLES:
        return _TABLES.index(path[0])
    return len(_TABLES)


def _line_start(text: str, pos: int) -> int:
    return text.rfind("\n", 0, max(pos, 0)) + 1


def _ends_in_blank_line(text: str) -> bool:
    return re.search(r"\n[ \t]*\r?\n\Z", text[-80:]) is not None


def _drop(text: str, edit: Drop) -> str:
    """Take out the lines of a value or of a whole table; a comment that stands alone stays."""
    depth = len(edit.path)
    if _is_in_record(edit.path):
        _check_blocks(text, str(edit.path[0]))
    for statement in reversed(list(statements(text))):
        begin, end = statement.value
        if statement.path[:depth] == edit.path:
            text = text[: statement.start] + text[statement.end :]
        elif not statement.is_header and text[begin] == "{" and edit.path[: len(statement.path)] == statement.path:
            text = text[:begin] + _inline_with(text[begin:end], edit, len(statement.path)) + text[end:]
    return text


def touched_lines(text: str, edits: tuple[Edit, ...]) -> set[int]:
    """The numbers, from 0, of the lines that belong to what the edits name; no other line may change."""
    paths = [edit.path for edit in edits if not isinstance(edit, Append)]
    touched: set[int] = set()
    for statement in statements(text):
        if any(path[: len(statement.path)] == statement.path and not statement.is_header for path in paths) or any(
            isinstance(edit, Drop) and statement.path[: len(edit.path)] == edit.path for edit in edits
        ):
            first = text.count("\n", 0, statement.start)
            touched.update(range(first, first + max(1, text.count("\n", statement.start, statement.end))))
    return touched


def meant(data: Mapping[str, Any], edits: tuple[Edit, ...]) -> dict[str, Any]:
    """What the file should say after the edits, made on its values instead of its text. Raises NotEditable."""
    result = dict(data)
    for edit in edits:
        if isinstance(edit, Append):
            records = result.get(edit.table, [])
            if not isinstance(records, list):
                raise NotEditable
            result[edit.table] = [*records, dict(edit.record)]
            continue
        inner: Any = result
        for name in edit.path[:-1]:
            if isinstance(name, str):
                if isinstance(edit, Drop) and name not in inner:
                    break
                below = inner.get(name, {})
            else:
                below = inner[name]
            if not isinstance(below, Mapping | list):
                raise NotEditable
            inner[name] = below.copy() if isinstance(below, list) else dict(below)
            inner = inner[name]
        else:
            if not isinstance(inner, dict):
                raise NotEditable
            if isinstance(edit, Put):
                inner[edit.path[-1]] = edit.value
            else:
                inner.pop(edit.path[-1], None)
    return result


def same(data: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether two files say the same; a table that is empty says nothing."""
    return data == wanted or _said(data) == _said(wanted)


def _said(table: Mapping[str, Any]) -> dict[str, Any]:
    said = {key: _comparable(value) for key, value in table.items()}
    return {key: value for key, value in said.items() if value != {}}


def _comparable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _said(value)
    if isinstance(value, list):
        return [_comparable(part) for part in value]
    # What is not a number differs from itself.
    return "nan" if isinstance(value, float) and value != value else value
