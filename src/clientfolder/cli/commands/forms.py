"""The forms of the folder: `form list`, `form new` and `form check`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from clientfolder.binder import forms, names
from clientfolder.binder.journal.transactions import PlannedWrite
from clientfolder.cli import facts
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, Window, fitted, one_line, padded, width
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.session import Session
from clientfolder.dossier.forms import NAME, Form
from clientfolder.errors import Misused, Trouble
from clientfolder.text import counted
from clientfolder.tuples import NamedTuple

# What the command does.
WORDS = ("list", "new", "check")


def form(
    ctx: Call,
    words: Annotated[
        list[str] | None,
        Argument(metavar="[list | new NAME | check [NAME]]", show_default=False, completes="form_words"),
    ] = None,
) -> Result:
    """Forms: questions for a conversation, asked by cf log CLIENT --form NAME.

    list: all there are. new NAME: one of your own in forms/, to be written in your editor; with the name of one that
    ships, a copy of it. check: what is wrong with them.
    """
    session: Session = ctx.obj
    verb, *rest = words or ["list"]
    if verb not in WORDS:
        raise _no_such_word(session, verb, rest)
    if len(rest) > (verb != "list"):
        raise Misused(f"{' '.join(rest)} is no name of a form; it is one word, such as: cf form new first-visit")
    if verb == "new":
        return _new(session, rest)
    places = [forms.file_named(session.binder, rest[0])] if rest else forms.listed(session.binder)
    return (_check if verb == "check" else _list)([Look(place, *forms.read(place)) for place in places])


def _no_such_word(session: Session, verb: str, rest: Sequence[str]) -> Misused:
    from difflib import get_close_matches

    if verb in [place.name for place in forms.listed(session.binder)]:
        from clientfolder.cli.unnamed import such_as

        asked = such_as(session, "log", "CLIENT", "--form", verb)
        return Misused(f"A form is asked with a client. {asked}; whether all is well with it: cf form check {verb}")
    close = get_close_matches(verb, WORDS, n=1)
    hint = (
        f"Did you mean: cf form {' '.join([close[0], *rest])}"
        if close
        else "There are: list, new, check. All forms: cf form list"
    )
    return Misused(f"A form cannot {verb}. {hint}")


class Look(NamedTuple):
    """A form and what is wrong with it."""

    place: forms.FormFile
    form: Form | None
    troubles: list[Trouble]


def _list(looks: Sequence[Look]) -> Result:
    def page(paper: Window) -> Iterator[Line]:
        column = max(width(one_line(look.place.name)) for look in looks) + 3
        for look in looks:
            name = Span(f" {padded(one_line(look.place.name), column)}", "bold")
            if look.form:
                of_whom = "your own" if look.place.file else "ships with cf"
                about = f"{look.form.title}, {_counted(look.form)}, {of_whom}"
                yield name, Span(fitted(about, paper.columns - column - 2))
            else:
                yield name, Span("cannot be read", "late")

    return _result(looks, page)


def _check(looks: Sequence[Look]) -> Result:
    """Which are well; the errors tell of the others."""

    def page(paper: Window) -> Iterator[Line]:
        for look in looks:
            name = Span(f" {one_line(look.place.name)}", "bold")
            if look.form:
                yield name, Span(f": all is well, {_counted(look.form)}")
            else:
                yield name, Span(f": {len(look.troubles)} to mend", "late")

    return _result(looks, page)


def _counted(form: Form) -> str:
    return counted(len(form.asked), "question")


def _result(looks: Sequence[Look], page: Any) -> Result:
    troubles = tuple(trouble for look in looks for trouble in look.troubles)
    return Result({"forms": [_record(look) for look in looks]}, page, exit=1 if troubles else 0, errors=troubles)


def _record(look: Look) -> dict[str, Any]:
    found = look.form
    return {
        "name": look.place.name,
        "title": found.title if found else None,
        "kind": found.kind if found else None,
        "file": look.place.file,
        "ships": look.place.file is None,
        "questions": [question._asdict() for question in found.questions] if found else [],
    }


# A form of one's own ------------------------------------------------------------------------------------


def _new(session: Session, words: Sequence[str]) -> Result:
    name = words[0] if words else ""
    if not re.fullmatch(NAME, name) or not names.is_portable(name):
        raise Misused("A form's name has small letters, digits and -, such as: cf form new first-visit")
    file = forms.file_of(name)
    session.settle()

    def decide() -> list[PlannedWrite]:
        return [session.transactions.create_file(file, forms.shipped(name) or _skeleton(name), f"New form {name}")]

    ships = forms.shipped(name) is not None
    session.act(decide)
    what = "a copy of the one that ships" if ships else "one question of each type, to begin with"

    def page(paper: Window) -> Iterator[Line]:
        yield (Span(f"New form {name}, {what}."),)
        yield Span("-> "), Span(file, "bold")
        yield (Span(f"   Write your questions there; then: cf form check {name}", "dim"),)
        yield from somewhere(facts.elsewhere(session), dry_run=session.dry_run)

    data = {"changes": [], "name": name, "file": file, "ships": ships}
    return Result(data, page, writes=not session.dry_run)


def _skeleton(name: str) -> bytes:
    title = name.replace("-", " ").capitalize()
    return SKELETON.replace("TITLE", title).replace("NAME", name).encode()


SKELETON = """\
# Questions for a conversation, asked in this order by: cf log CLIENT --form NAME
# Enter skips a question that need not be answered. Is all well here? cf form check NAME
title = "TITLE"
kind = "call"                      # what it is logged as: call, mail, meeting, visit ...

[[question]]
say = "A line to read before you go on; nothing is answered."

[[question]]
key = "interest"                   # the answer stands under it, in the dossier: answers.interest = "..."
ask = "What interests them most?"
hint = "What helps you to ask it well; this line may go."

[[question]]
key = "ended"
ask = "How did it end?"
type = "choice"                    # a number or the first letters choose
choices = ["wants an offer", "thinks it over", "no"]
required = true                    # asked again until it is answered

[[question]]
key = "budget"
ask = "What have they set aside?"
type = "number"

[[question]]
key = "start"
ask = "When does it start?"
type = "date"                      # fri, 5 july, 2026-09-01, or a month

[[question]]
key = "references"
ask = "Have they seen your references?"
type = "yes/no"

[[question]]
key = "content"
ask = "How content are they?"
type = "rating"                    # 1 to 5, 5 is best; the lowest is the rating of the call
"""
