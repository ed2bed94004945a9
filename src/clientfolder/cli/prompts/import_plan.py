"""The plan of an import in the user's editor: a line for each contact, and what a changed line says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clientfolder.cli.output.terminal import one_line
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.editor import in_editor
from clientfolder.cli.session import Session
from clientfolder.errors import Refused
from clientfolder.exchange.contacts.plan import LEFT, MAYBE, MERGE, NEW, SAME, Choice, ImportPlan, Place, PlannedCard

_HEAD = """\
# A line a contact: new, merge CLIENT, person CLIENT (somebody at that client).
# A line taken out is left out. What stands behind | only tells who it is.
"""
_LINE = re.compile(r"(new|merge|person|ask)\b\s*([^|\s]*)\s*\|\s*(\d+):(\d+)\b")


def edited(session: Session, plan: ImportPlan) -> dict[Place, Choice]:
    """What was said in the editor of the contacts whose lines were changed.

    Raises Refused for a line that says nothing known, with what was written kept, and as `in_editor` does.
    """
    lines = {card.place: _line(card) for card in plan.being(NEW, MERGE, SAME, MAYBE)}
    content = (_HEAD + "".join(f"{line}\n" for line in lines.values())).encode()
    written = ask.in_utf_8(session, in_editor(session, content, ".txt"), "What the editor wrote")
    session.rescue.keep(written)
    known = {*session.contents.covers.contacts.clients}
    said = dict(_said(written, lines, known))
    session.rescue.let_go()
    return {place: Choice(LEFT) for place in lines if place not in said} | {
        place: choice for place, choice in said.items() if choice is not None
    }


def _line(card: PlannedCard) -> str:
    what = {NEW: "new", MAYBE: "ask"}.get(card.what, "person" if card.person else "merge")
    act = what if what in ("new", "ask") else f"{what} {card.client}"
    who = " · ".join(one_line(text) for text in (card.name, card.company, card.phone) if text)
    why = f"  ({card.why}: {', '.join(card.candidates)})" if card.candidates else ""
    return f"{act:<28} | {card.place.file + 1}:{card.line} {who}{why}"


def _said(written: str, lines: Mapping[Place, str], known: set[str]) -> Iterator[tuple[Place, Choice | None]]:
    """Of each line the contact, and what it says of it; None where that is what the plan says."""
    for number, line in enumerate(written.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line.strip())
        place = Place(int(found[3]) - 1, int(found[4])) if found else None
        if found is None or place not in lines:
            raise Refused(f"Line {number} of the plan says nothing that is known: {line.strip()[:60]}")
        assert place is not None
        what, client = found[1], found[2]
        if line.rstrip() == lines[place].rstrip() or what == "ask":
            yield place, None
        elif what == "new":
            yield place, Choice(NEW)
        elif client in known:
            yield place, Choice(MERGE, client, is_person=what == "person")
        else:
            raise Refused(f"Line {number} of the plan: there is no client {client or 'named'}")
