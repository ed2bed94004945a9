"""Error messages for what TOML refuses: what stands there, in a freelancer's words, and what to write instead."""

from __future__ import annotations

import re

from clientfolder.binder.toml import misspelt, scanner

Found = tuple[str, int | None]
_LONGEST = 300


def refusal(text: str, error: str) -> Found:
    """The message, and the line of the key, for a text that tomllib refused with the message `error`."""
    for look in (_unsettled_merge, _lone_returns, _mark_within):
        if found := look(text):
            return found
    line = _line_of_error(text, error)
    lines = text.split("\n")
    # As much as tells what it is: some looks take the square of its length.
    written = lines[line - 1][:_LONGEST].strip()
    foreign = _foreign(written) if not "".join(lines[: line - 1]).strip() else None
    message = foreign or _of_line(text, line, written, error)
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…", line


def _line_at(text: str, pos: int) -> int:
    return text.count("\n", 0, pos) + 1


# The whole text ---------------------------------------------------------------------------------------

UNSETTLED = "Two versions were merged by git and not settled: keep one of them, and take out the <<<< ==== >>>>"


def unsettled_merge(text: str) -> int | None:
    """The line where git's marks of two versions begin."""
    begins = re.search("^<{7} ", text, re.MULTILINE)
    ends = begins and re.compile("^>{7} ", re.MULTILINE).search(text, begins.end())
    return _line_at(text, begins.start()) if begins and ends else None


def _unsettled_merge(text: str) -> Found | None:
    line = unsettled_merge(text)
    return (UNSETTLED, line) if line else None


def _lone_returns(text: str) -> Found | None:
    found = re.search(r"\r(?!\n)", text)
    if found is None:
        return None
    return "A line ends as on an old Mac (CR alone); save the file with line ends of Unix (LF)", _line_at(
        text, found.start()
    )


def _mark_within(text: str) -> Found | None:
    at = text.find("\ufeff")
    if at < 0:
        return None
    message = "An unseen mark (BOM) stands in the middle, as where two files were put together; delete it"
    return message, _line_at(text, at)


_FOREIGN = (
    (r"[{\[]$|[{\[]\s*[{\"].*", "JSON"),
    (r"---", "YAML"),
    (r"<[!?a-zA-Z].*", "a page of HTML or XML"),
    (r"BEGIN:V.*", "a vCard"),
)


def _foreign(first: str) -> str | None:
    """The message for a file of another kind, known by its first line."""
    form = next((form for shape, form in _FOREIGN if re.fullmatch(shape, first)), None)
    return form and f'This is {form}, and no dossier, which begins with a line such as name = "Anna Kowalska"'


# The line ---------------------------------------------------------------------------------------------


def _of_line(text: str, line: int, written: str, error: str) -> str:
    if re.match(r"[<=>|]{7}( |$)", written):
        return UNSETTLED
    if written.startswith("["):
        return _of_header(text, line, written, error)
    key, equals, value = (part.strip() for part in written.partition("="))
    colon = re.fullmatch(r"([^\W\d][\w -]*?)\s*:(?:\s+(.*))?", written)
    if colon and not (equals and ":" not in key):
        return f"There stands a colon where a = belongs: {colon[1]} = {misspelt.quoted(colon[2] or '...')}"
    if re.fullmatch(r"[A-Za-z0-9_.-]+", written) and not written.startswith("-"):
        return (
            f"{written} alone is not TOML; write it so: {written} = {misspelt.example(written)}, or take the line out"
        )
    if not equals or not key:
        shown = written if len(written) <= 40 else f"{written[:39]}…"
        return f'"{shown}" is no line of a dossier; make it a comment (# in front), or write it as note = "..."'
    if _twice(error):
        return f"{key} stands twice{_first_place(text, line)}; keep one of them"
    if not re.fullmatch(r"(?:[A-Za-z0-9_.\s-]|\"[^\"]*\"|'[^']*')+", key) or re.search(r"[\w-]\s+[\w-]", key):
        return f"A key of several words, or with other letters than a to z, needs quotes: {misspelt.quoted(key)} = ..."
    return misspelt.message_for(key, misspelt.without_comment(value), error)


def _twice(error: str) -> bool:
    return bool(re.search("twice|overwrite|immutable|redefine|Duplicate", error))


def _first_place(text: str, line: int) -> str:
    """`, first in line 3`, of what stands once more in this line; nothing where that cannot be told."""
    seen: dict[scanner.Path, int] = {}
    try:
        for statement, at in scanner.numbered(text):
            if at == line:
                first = seen.get(statement.path)
                return f", first in line {first}" if first else ""
            seen.setdefault(statement.path, at)
    except scanner.Unclosed:
        pass
    return ""


def _of_header(text: str, line: int, written: str, error: str) -> str:
    name = written.strip("[] \t").partition("]")[0].strip()
    opening = "[[" if written.startswith("[[") else "["
    closing = "]" * len(opening)
    if _twice(error):
        if opening == "[" and re.search(rf"^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]", text, re.MULTILINE):
            return f"[{name}] is one of several; write it in double brackets: [[{name}]]"
        return f"{opening}{name}{closing} stands twice{_first_place(text, line)}; put what belongs together under one"
    if not name:
        return "The brackets are empty; write what begins here, such as [next]"
    if not re.fullmatch(r"[A-Za-z0-9_.-]+|.*[\"'].*", name):
        return f"A header of several words needs quotes: {opening}{misspelt.quoted(name)}{closing}"
    return f"A header stands alone on its line, with all its brackets: {opening}{name}{closing}"


# The place --------------------------------------------------------------------------------------------


def _line_of_error(text: str, error: str) -> int:
    """The line where the statement begins in which tomllib gave up."""
    found = re.search(r"at line (\d+)", error)
    gave_up = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    begins = 1
    try:
        for statement, line in scanner.numbered(text):
            if line > gave_up:
                break
            begins, ends = line, line + text.count("\n", statement.start, statement.end - 1)
            if line <= gave_up <= ends:
                return line
    except scanner.Unclosed as unclosed:
        return min(gave_up, _line_at(text, unclosed.start))
    return gave_up if found else begins
