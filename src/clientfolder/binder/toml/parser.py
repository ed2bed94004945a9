"""TOML text to values: the limits that come first, a quick reading of plain logs, and a message for what is no TOML."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import Any

from clientfolder.binder.files import MOST_BYTES, TOO_LARGE
from clientfolder.dossier.amounts import ExactFloat
from clientfolder.errors import Unreadable
from clientfolder.tuples import NamedTuple

BOM = b"\xef\xbb\xbf"


def decode(file: str, raw: bytes) -> str:
    """The text of a file, without a BOM. Raises Unreadable for what is no UTF-8."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(TOO_LARGE.format(MOST_BYTES // 1_000_000), file=file)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (len(raw) > 1 and any(raw) and not any(raw[1:40:2])):
        raise Unreadable("The file is UTF-16; save it as UTF-8", file=file, line=1)
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise Unreadable("The file holds NUL bytes: it was damaged; take it back from a backup", file=file, line=line)
    try:
        return raw.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        odd = raw[error.start : error.start + 1].decode("latin-1")
        shown = f' (a "{odd}" of Latin-1, it seems)' if odd.isalpha() else ""
        raise Unreadable(f"The file is not UTF-8{shown}; save it as UTF-8", file=file, line=line) from None


# One dotted key of 100 kB keeps tomllib busy for half a minute, one of 400 parts leads deeper than Python follows, and
# a number of a thousand digits cannot be printed. Lines that could hold such are looked at first.
_MOST_PARTS, _LONG_LINE = 100, 1000

_MANY_DOTS = r"""(?:^|[{,])[ \t]*+\[{0,2}+(?:[ \t]*+(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.){100}"""

# Python converts decimals of four thousand digits and no more; it reads the others, and then cannot print them.
_LONG_NUMBER = r"[=\[,][ \t]*+0[xob][0-9A-Fa-f_]{1000}"
_TOO_LONG = "A number is too long; put it in quotes"


class Shortened(NamedTuple):
    """A TOML text in which each run of plain log records is replaced by one short record, its stand-in.

    `runs` are the texts that were replaced. What reads or edits the short text need not look at long logs.
    """

    text: str
    runs: tuple[str, ...] = ()

    def restored(self, text: str) -> str | None:
        """The text, made of the short one, with the runs in their places; None where these cannot be told."""
        for number, run in enumerate(self.runs):
            before, stand_in, after = text.partition(_stand_in(number))
            if not stand_in or _stand_in(number) in after:
                return None
            text = f"{before}{run}{after}"
        return text


# The key by which a stand-in is known. A text that holds it is read whole.
_RUN = "run-of-plain-records"


def _stand_in(number: int) -> str:
    return f"[[log]]\n{_RUN} = {number}\n"


def parse(file: str, text: str) -> tuple[dict[str, Any], Shortened]:
    """The values of a TOML text, as tomllib has them, and the text with its plain log records shortened.

    Raises Unreadable with a message that says what to write instead.
    """
    _check_lines(file, text)
    if (flat := _flat(text)) is not None:
        return flat, Shortened(text)
    plain = _plain_log(text)
    if plain is not None:
        return plain
    try:
        return _loads(text), Shortened(text)
    except RecursionError:
        line = _line_with(r"(?:[\[{][^\[{\]}\n]*+\n?){50}", text)
        raise Unreadable("Brackets are nested too deep; take some of them away", file=file, line=line) from None
    except ValueError as error:
        if type(error) is ValueError:
            # An integer of more digits than Python converts.
            raise Unreadable(_TOO_LONG, file=file, line=_line_with(r"\d{1000}", text)) from None
        # Here and not above: most files are TOML.
        from clientfolder.binder.toml import explain

        message, at = explain.refusal(text, str(error))
        raise Unreadable(message, file=file, line=at) from None


def _loads(text: str) -> dict[str, Any]:
    """The values as tomllib has them, which is loaded here: settings are mostly flat, and the desk needs no other file.

    Raises its TOMLDecodeError, ValueError for an integer of more digits than Python converts, and RecursionError.
    """
    import tomllib

    return tomllib.loads(text, parse_float=ExactFloat)


def _check_lines(file: str, text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > 2 * _MOST_PARTS and line.count(".") >= _MOST_PARTS and re.search(_MANY_DOTS, line):
            message = "The line has a key of more than a hundred dotted parts; put it in quotes"
            raise Unreadable(message, file=file, line=number)
        if len(line) > _LONG_LINE and re.search(_LONG_NUMBER, line):
            raise Unreadable(_TOO_LONG, file=file, line=number)


def _line_with(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _flat(text: str) -> dict[str, Any] | None:
    """The values of a text of comments and the plainest lines `key = value`; None for what is anything else.

    Where this answers, tomllib answers the same.
    """
    found: dict[str, Any] = {}
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        key, _, written = line.partition(" = ")
        if not key or key in found or not _BARE_KEY.issuperset(key) or (value := _plain_value(written)) is None:
            return None
        found[key] = value
    # No comment and no text holds what TOML allows in neither.
    return found if text.replace("\n", "").isprintable() else None


_BARE_KEY = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


_DIGITS = frozenset("0123456789")


def _plain_value(written: str) -> str | bool | int | date | None:
    """A text in quotes without escapes, yes or no, a small whole number, or a day; None for any other value."""
    if written.startswith('"') and written.endswith('"') and written.count('"') == 2 and "\\" not in written:
        return written[1:-1]
    if written.isascii() and written.isdigit() and len(written) < 10 and (written == "0" or written[0] != "0"):
        return int(written)
    if len(written) == 10 and written[4] == written[7] == "-" and _DIGITS.issuperset(written.replace("-", "")):
        with suppress(ValueError):
            return date.fromisoformat(written)
    return _YES_OR_NO.get(written)


# A quoted text of one line, without escapes and with them; a block of lines; a day. Each costs its time to be compiled,
# and so the longer ones stand where they are needed, and no more often.
_WORDS = r'"([^"\\\x00-\x1f\x7f]*+)"'

_PLAIN_CHARACTERS = r'[^"\\\x00-\x08\x0a-\x1f\x7f]*+'

_LINE = rf'"({_PLAIN_CHARACTERS}(?:\\[^\n]{_PLAIN_CHARACTERS})*+)"'

_PLAIN_LINES = r'[^"\\\x00-\x08\x0b-\x1f\x7f]*+'

_BLOCK = rf'"""\n({_PLAIN_LINES}(?:(?:\\[^\n]|"(?!"")){_PLAIN_LINES})*+)"""'

_DAY = r"(\d{4}-\d\d-\d\d)"

_DAY_OR_MONTH = r'(\d{4}-\d\d-\d\d|"\d{4}-\d\d")'

# The answers of an entry as this program writes them. tomllib reads these lines; here they are only told from others.
_ANSWERS = rf"""((?:
    answers\.[A-Za-z0-9_-]+\ =\ (?:
        true|false|[+-]?\d[\d.T:+-]{{0,39}}
        |"{_PLAIN_CHARACTERS}(?:\\[^\n]{_PLAIN_CHARACTERS})*+"
        |\"\"\"\n{_PLAIN_LINES}(?:(?:\\[^\n]|"(?!"")){_PLAIN_LINES})*+\"\"\"
    )\n)*+)"""

# What came of an entry, likewise.
_OUTCOME = rf"""((?:
    (?:rating|cause|remedied|remedy|mended)\ =\ (?:
        [1-5]|\d{{4}}-\d\d-\d\d|"{_PLAIN_CHARACTERS}(?:\\[^\n]{_PLAIN_CHARACTERS})*+"
    )\n)*+)"""

_BEGIN_OUTCOME = ("\nrating = ", "\ncause = ", "\nremedied = ", "\nremedy = ", "\nmended = ")


def _record_pattern(text: str) -> re.Pattern[str]:
    """What matches the plain records of this text, each with a group for every argument of `_record`.

    Most texts have no answers, and nothing came of an entry: what matches these takes longer to compile than the rest.
    """
    has_outcome = any(begin in text for begin in _BEGIN_OUTCOME)
    return _compiled(_ANSWERS if "\nanswers." in text else "()", _OUTCOME if has_outcome else "()")


@cache
def _compiled(answers: str, outcome: str) -> re.Pattern[str]:
    record = rf"""
        \[\[log\]\]\n
        at\ =\ {_DAY[:-1]}(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?)\n
        kind\ =\ {_WORDS}\n
        (?:reached\ =\ (false)\n)?
        (?:with\ =\ {_WORDS}\n)?
        (?:from\ =\ {_DAY_OR_MONTH}\n)?
        (?:to\ =\ {_DAY_OR_MONTH}\n)?
        (?:how\ =\ {_WORDS}\n)?
        (?:promised\ =\ {_DAY_OR_MONTH}\n)?
        (?:planned\ =\ {_DAY_OR_MONTH}\n)?
        (?:private\ =\ (true)\n)?
        (?:form\ =\ {_WORDS}\n)?
        {answers}
        (?:text\ =\ (?:{_LINE}|{_BLOCK})\n)?
        {outcome}
        ((?:\#[^\x00-\x08\x0a-\x1f\x7f]*+\n|\n)*+)
        """
    return re.compile(record, re.VERBOSE | re.ASCII)


def _plain_log(text: str) -> tuple[dict[str, Any], Shortened] | None:
    """The values of a file with log records as this program writes them, ten times faster than tomllib.

    tomllib reads the text with a stand-in for each run of such records; where that is found again among the entries,
    it stood where a record may stand, and not within a text or a comment. None where there is no such run, and for
    what tomllib refuses; where this answers, it answers the same.
    """
    runs = _runs(text)
    if not runs:
        return None
    pieces, pos = [], 0
    for number, run in enumerate(runs):
        pieces += [text[pos : run.start], _stand_in(number)]
        pos = run.end
    short = Shortened("".join([*pieces, text[pos:]]), tuple(text[run.start : run.end] for run in runs))
    try:
        data = _loads(short.text)
        log = _with_records(data.get("log"), runs)
    except (ValueError, RecursionError):
        return None
    return None if log is None else (data | {"log": log}, short)


class _Run(NamedTuple):
    """Plain records one after the other, and where their text starts and ends."""

    start: int
    end: int
    records: list[re.Match[str]]


# A header after which no line can belong to the record above it.
_OTHER_HEADER = re.compile(r"\[\[log\]\]\n|\[\[?(?!log\b)[A-Za-z0-9_-]+[.\]]")


def _runs(text: str) -> list[_Run]:
    """The runs of plain records. One that may go on behind what is plain of it is left out."""
    start = text.find("\n[[log]]\nat = ") + 1
    if not start or _RUN in text:
        return []
    runs: list[list[re.Match[str]]] = []
    pos = -1
    for found in _record_pattern(text).finditer(text, start):
        if found.start() != pos:
            if text[found.start() - 1] != "\n":
                continue
            runs.append([])
        runs[-1].append(found)
        pos = found.end()
    whole = []
    for records in runs:
        last = records[-1]
        is_whole = last.end() == len(text) or _OTHER_HEADER.match(text, last.end())
        end = last.start(last.re.groups) if is_whole else last.start()
        if is_whole or records[:-1]:
            whole.append(_Run(records[0].start(), end, records if is_whole else records[:-1]))
    return whole


def _with_records(log: Any, runs: list[_Run]) -> list[Any] | None:
    """The entries with the records of the runs for their stand-ins; None where these are not what was put there."""
    if not isinstance(log, list):
        return None
    entries: list[Any] = []
    waiting = list(enumerate(runs))
    for entry in log:
        if _RUN not in entry:
            entries.append(entry)
            continue
        number, run = waiting.pop(0)
        if entry != {_RUN: number}:
            return None
        entries += [_record(*found.groups()) for found in run.records]
    return None if waiting else entries


def _record(
    at: str, kind: str, reached: str | None, person: str | None, left: str | None, to: str | None,
    how: str | None, promised: str | None, planned: str | None, private: str | None, form: str | None, answers: str,
    line: str | None, block: str | None, outcome: str, below: str,
) -> dict[str, Any]:  # fmt: skip
    record: dict[str, Any] = {
        "at": datetime.fromisoformat(at) if len(at) > 10 else date.fromisoformat(at),
        "kind": kind,
    }
    if reached is not None:
        record["reached"] = False
    if person is not None:
        record["with"] = person
    if left is not None:
        record["from"] = _day_or_quoted_month(left)
    if to is not None:
        record["to"] = _day_or_quoted_month(to)
    if how is not None:
        record["how"] = how
    if promised is not None:
        record["promised"] = _day_or_quoted_month(promised)
    if planned is not None:
        record["planned"] = _day_or_quoted_month(planned)
    if private is not None:
        record["private"] = True
    if form is not None:
        record["form"] = form
    if answers:
        record["answers"] = _answers(answers)
    if line is not None:
        record["text"] = _unescaped(line)
    elif block is not None:
        record["text"] = _unescaped(block)
    if outcome:
        record |= _flat(outcome) or _loads(outcome)
    return record


def _answers(lines: str) -> dict[str, Any]:
    """The answers of an entry; all but the plainest as tomllib has them."""
    found = _flat("\n".join(line.removeprefix("answers.") for line in lines.split("\n")))
    answers: dict[str, Any] = _loads(lines)["answers"] if found is None else found
    return answers


_YES_OR_NO = {"true": True, "false": False}


def _day_or_quoted_month(written: str) -> date | str:
    return written.strip('"') if written.startswith('"') else date.fromisoformat(written)


def _unescaped(text: str) -> str:
    # A block may hold what a line may: its escapes are the same, and one more quote does not end it.
    return str(_loads(f'v = """\n{text}"""')["v"]) if "\\" in text else text
