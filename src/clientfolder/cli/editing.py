"""A dossier in the user's editor, checked before it is put back, and offered again when it does not parse."""

from __future__ import annotations

from clientfolder.binder.binder import file_of
from clientfolder.binder.clerk import Deed, Outcome
from clientfolder.change import Change
from clientfolder.cli.counter import Counter
from clientfolder.cli.editor import in_editor
from clientfolder.cli.paper import Span
from clientfolder.dossier import Cover, Next
from clientfolder.errors import Unreadable


def edited(counter: Counter, client: str, name: str) -> Outcome | None:
    """What was written in the editor put in place of the old; None where nothing was changed.

    Raises Unreadable where it does not parse and is not edited again, and as `in_editor` and an act do.
    """
    old = counter.binder.raw(client)
    written = old
    while True:
        written = in_editor(counter, written, ".toml")
        if written == old:
            return None
        counter.keep(written.decode("utf-8", "surrogateescape"))
        try:
            after = _checked(client, written)
            break
        except Unreadable as trouble:
            if not counter.can_ask:
                raise
            where = f"line {trouble.line}: " if trouble.line else ""
            counter.show([(Span(f"{where}{trouble.message}", "late"),)])
            if counter.ask("Edit again? [Y/n] ").strip().lower() in ("n", "no"):
                raise
            counter.let_go()

    def decide() -> list[Deed]:
        change = Change(client, name, next_before(counter, client), after.next, (), f"Edited {after.name}")
        return [counter.clerk.put_back(client, old, written, change)]

    outcome = counter.act(decide)
    counter.warn_of_odd(after)
    return outcome


def _checked(client: str, content: bytes) -> Cover:
    from clientfolder.binder import sheet

    return sheet.read(client, file_of(client), content).dossier.cover


def next_before(counter: Counter, client: str) -> Next | None:
    """The next contact as the file has it now; None where it cannot be read."""
    try:
        return counter.binder.sheet(client).dossier.next
    except Unreadable:
        return None
