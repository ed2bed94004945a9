"""Asking at the terminal, and reading what is piped: each answer is a text in UTF-8, or is refused and kept."""

from __future__ import annotations

import contextlib
import os
import string
from collections.abc import Iterable, Sequence

from clientfolder.binder import files
from clientfolder.cli.output.terminal import FullOutput, Line, Span, Window, broken, plain, put
from clientfolder.cli.output.words import for_day
from clientfolder.cli.rescue import typed_bytes
from clientfolder.cli.session import Session
from clientfolder.dossier.types import Cover
from clientfolder.errors import CannotReach, Interrupted, Refused
from clientfolder.workspace import Environment


def show(session: Session, lines: Iterable[Line]) -> None:
    """Print before a question; what a command answers with is printed when it has ended. Raises CannotReach."""
    session.counting.clear()
    try:
        put(lines, Window.of(session.environment), session.environment)
    except FullOutput as full:
        raise CannotReach(f"Standard output: {full}; {session.nothing_written}") from None


def line(session: Session, question: str) -> str:
    """One line typed by the user.

    Raises Interrupted at Ctrl-C, Refused at the end of the input and for what is no text in UTF-8.
    """
    session.typed.clear()
    session.counting.clear()
    environment = session.environment
    try:
        return in_utf_8(session, typed_bytes(_typed_line(environment, question)), "What was typed")
    except KeyboardInterrupt:
        _end_line(environment)
        raise Interrupted(f"Interrupted; {session.nothing_written}") from None
    except EOFError:
        _end_line(environment)
        raise Refused(f"The input ended at a question; {session.nothing_written}") from None
    except OSError as error:
        raise CannotReach(f"Nothing can be asked: {files.reason(error)}; {session.nothing_written}") from None


# Lines that arrive within this many seconds of each other were pasted: nobody types them.
PASTED_WITHIN = 0.03


def text(session: Session, question: str) -> str:
    """What was typed or pasted, of as many lines as were pasted at once. Raises as `line` does.

    A terminal that brackets what is pasted hands it to readline whole; of any other the lines that came at once are
    gathered, and the last one ends with Enter.
    """
    first = line(session, question)
    if not session.environment.has_keyboard:
        return first
    rest = _arrived(session)
    if not rest:
        return first
    whole, newline, begun = rest.rpartition("\n")
    lines = [first, *whole.split("\n")] if newline else [first]
    show(session, [(Span(one),) for one in lines[1:]])
    if begun:
        lines.append(begun + line(session, begun))
    return "\n".join(lines)


def _arrived(session: Session) -> str:
    """What lies at the terminal already, if that is a line and more."""
    import select
    import termios
    import tty

    handle = session.environment.stdin.fileno()
    if not select.select([handle], [], [], PASTED_WITHIN)[0]:
        return ""
    before, found = termios.tcgetattr(handle), b""
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        while select.select([handle], [], [], PASTED_WITHIN)[0] and (more := os.read(handle, 4096)):
            found += more
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    # While readline reads, a line ends as the Enter key sends it.
    return in_utf_8(session, found, "What was pasted").replace("\r\n", "\n").replace("\r", "\n")


def _end_line(environment: Environment) -> None:
    """The error stands on a line of its own, below the question that was left."""
    if environment.stderr.isatty():
        environment.stderr.write("\n")


# Alt with these goes by words and takes one away; readline cannot tell Alt from Escape and the letter.
_BY_WORDS = "bdf"


def _make_editable() -> None:
    """Let what is typed be edited by the usual keys, and be no command of readline where it is typed behind Escape."""
    import readline

    for letter in string.ascii_letters:
        if letter not in _BY_WORDS:
            readline.parse_and_bind(rf'"\e{letter}": self-insert')


def _typed_line(environment: Environment, question: str) -> str:
    if environment.has_keyboard and environment.stdout.isatty():
        with contextlib.suppress(ImportError):
            _make_editable()
        return input(before_answer(environment, question))
    environment.stderr.write(question)
    environment.stderr.flush()
    typed = environment.stdin.readline()
    if not typed:
        raise EOFError
    return typed.rstrip("\n")


# How much of the window's last line a question leaves to its answer, if it can.
ROOM_FOR_ANSWER = 12


def before_answer(environment: Environment, question: str) -> str:
    """What stands before the answer; of a question that is wider than the window, what comes before is printed."""
    window = Window.of(environment)
    asked = question.rstrip()
    *above, last = broken((Span(asked),), window.columns - ROOM_FOR_ANSWER)
    put(above, window, environment)
    return plain(last) + question[len(asked) :]


def yes(session: Session, question: str) -> bool:
    """Whether the answer is yes; Enter is a no, and anything else is asked again."""
    while True:
        answer = line(session, f"{question} [y/N] ").strip().lower()
        if answer in ("y", "yes", "n", "no", ""):
            return answer in ("y", "yes")
        show(session, [(Span("y or n, please: that was no answer to this question.", "dim"),)])


def agree(session: Session, covers: Sequence[Cover]) -> bool:
    """Whether these dates may be changed, though they were promised: a yes on the terminal."""
    if not session.can_ask:
        return False
    for cover in covers:
        assert cover.next
        show(session, [(Span("! ", "agreed"), Span(bound(session, cover)))])
    return yes(session, "Change it all the same?")


def bound(session: Session, cover: Cover) -> str:
    """Why the date of a client is not changed unasked: it was promised, or a complaint is open."""
    assert cover.next
    if cover.next.agreed:
        return f"{cover.name} was promised {for_day(cover.next, session.day)}"
    return f"{cover.name} has an open complaint, and a call planned {for_day(cover.next, session.day)}"


# Standard input to its end ------------------------------------------------------------------------------


def read_bytes(session: Session, most: int = files.MOST_BYTES) -> bytes:
    """Standard input to its end. Raises Refused where that is not after `most` bytes, CannotReach."""
    stdin = session.environment.stdin
    if session.environment.has_keyboard:
        session.environment.stderr.write("Type or paste it. It ends with Ctrl-D at the beginning of a line.\n")
        session.environment.stderr.flush()
    stream = getattr(stdin, "buffer", None)
    try:
        # No more than one byte too many is read: the input may have no end.
        found = stream.read(most + 1) if stream else typed_bytes(stdin.read(most + 1))
    except OSError as error:
        raise CannotReach(f"Standard input cannot be read: {files.reason(error)}; nothing was written") from None
    if len(found) > most:
        raise Refused(f"Standard input is larger than {most // 1_000_000} MB; nothing was written")
    return bytes(found)


def read_all(session: Session, most: int = files.MOST_BYTES) -> str:
    """Standard input to its end, line ends as they came.

    Raises as `read_bytes` and `in_utf_8` do, and DoneAlready where that was written before.
    """
    text = in_utf_8(session, read_bytes(session, most), "Standard input")
    if session.typed:
        session.typed.append(text)
        session.check_done_already()
    return text


def in_utf_8(session: Session, content: bytes, what: str) -> str:
    """The bytes as text, without a byte order mark; `what` names them in the error.

    Raises Refused where they are no UTF-8; then the error names a file in which they are kept as they came.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        where = f" (line {number})" if b"\n" in content.strip() else ""
        message = f"{what} is no text in UTF-8{where}; {session.nothing_written}"
        kept = session.rescue.lay_in_file(content)
        raise Refused(f"{message}. It is kept as it came in {kept}" if kept else message) from None
