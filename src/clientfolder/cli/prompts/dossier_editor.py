"""A dossier in the user's editor, checked before it is put back, and offered again when it does not parse."""

from __future__ import annotations

from clientfolder.binder.binder import file_of
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.cli.output.terminal import Span
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.editor import in_editor
from clientfolder.cli.session import Session
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import Cover, Next
from clientfolder.errors import Unreadable


def edited(session: Session, client: str, name: str) -> Outcome | None:
    """What was written in the editor put in place of the old; None where nothing was changed.

    Raises Unreadable where it does not parse and is not edited again, and as `in_editor` and an act do.
    """
    old = session.binder.raw(client)
    written = old
    while True:
        written = in_editor(session, written, ".toml")
        if written == old:
            return None
        session.rescue.keep(written.decode("utf-8", "surrogateescape"))
        try:
            after = _checked(client, written)
            break
        except Unreadable as trouble:
            if not session.can_ask:
                raise
            where = f"line {trouble.line}: " if trouble.line else ""
            ask.show(session, [(Span(f"{where}{trouble.message}", "late"),)])
            if ask.line(session, "Edit again? [Y/n] ").strip().lower() in ("n", "no"):
                raise
            session.rescue.let_go()

    def decide() -> list[PlannedWrite]:
        change = Change(client, name, next_before(session, client), after.next, (), f"Edited {after.name}")
        return [session.transactions.rewrite(client, old, written, change)]

    outcome = session.act(decide)
    session.warn_of_odd(after)
    return outcome


def _checked(client: str, content: bytes) -> Cover:
    from clientfolder.binder.toml import dossier_file

    return dossier_file.read(client, file_of(client), content).dossier.cover


def next_before(session: Session, client: str) -> Next | None:
    """The next contact as the file has it now; None where it cannot be read."""
    try:
        return session.binder.read(client).dossier.next
    except Unreadable:
        return None
