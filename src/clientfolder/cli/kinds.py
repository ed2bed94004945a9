"""Kinds of contact as they are typed: a slip of the finger is told from a new one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from clientfolder.cli.session import Session
from clientfolder.dossier.types import KINDS, TASK
from clientfolder.errors import Refused, Warned


def check_kind(session: Session, kind: str | None) -> None:
    """Raises Refused for a kind that is hardly meant; one that nobody has used yet is a warning."""
    if kind is None or kind in (*KINDS, TASK):
        return
    if kind == "moved":
        raise Refused("moved is what snooze, file and move write themselves; such an entry cannot be typed")
    used = dict.fromkeys([*KINDS, TASK, *_in_use(session)])
    if kind in used:
        return
    if close := next((known for known in used if _is_slip_of(kind.casefold(), known.casefold())), None):
        again = session.line.with_word(kind, close) if session.line.typed.count(kind) == 1 else None
        raise Refused(
            f'"{kind}" is no kind of contact that is in use; did you mean {close}?', repeat=again and str(again)
        )
    known = ", ".join(KINDS)
    session.warnings.append(Warned("new_kind", f'"{kind}" is a new kind of contact; there were {known}'))


def _in_use(session: Session) -> Iterator[str]:
    """The kinds of the settings, and those of the dossiers that can be read off their covers."""
    yield from session.workspace.settings.weights
    for cover in session.contents.covers:
        if cover.next:
            yield cover.next.kind
        if cover.last:
            yield cover.last.kind


def _is_slip_of(typed: str, known: str) -> bool:
    """Whether the one is the plural of the other, or a letter more, less, another or changed with its neighbour."""
    return typed == known or typed == f"{known}es" or known in _one_letter_away(typed, known)


def _one_letter_away(typed: str, known: str) -> Collection[str]:
    cuts = [(typed[:place], typed[place:]) for place in range(len(typed) + 1)]
    letters = set(known)
    return {
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in letters),
        *(head + letter + tail for head, tail in cuts for letter in letters),
    }
