"""`cf worth --apply`: the rhythms that clients deserve by their class. Shown, asked for once, written as one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientfolder.binder.binder import file_of
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.cli.commands.confirm import ask_for, planned, without_yes
from clientfolder.cli.output.parts import head_line
from clientfolder.cli.output.terminal import Line, Result, Span, Window, fitted, one_line, padded, width
from clientfolder.cli.prompts.find import find_ahead
from clientfolder.cli.prompts.portfolio import Read, read_portfolio, rhythm_in_force
from clientfolder.cli.session import Session
from clientfolder.dossier.changes import Change, Put
from clientfolder.dossier.sales import Payment
from clientfolder.dossier.types import Cover
from clientfolder.errors import CannotReach, Changed
from clientfolder.portfolio import worth as rules
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.worth import ClientWorth
from clientfolder.settings import Settings
from clientfolder.text import counted


def give(session: Session, words: Sequence[str], *, yes: bool) -> Result:
    """The proposed rhythms of these clients, or of all, given.

    Raises Refused for a no, and CannotReach where none of the settings, which tell the rhythms, can be read.
    """
    workspace = session.workspace
    if workspace.setting_warnings and workspace.settings == Settings():
        raise CannotReach(f"Which rhythms are meant is not known: {workspace.setting_warnings[0].message}")
    session.settle()
    wanted = list(_named(session, words))
    read = read_portfolio(session)
    found = rules.worth(read.portfolio, session.day, rhythm_in_force(session))
    clients = {cover.client for cover in wanted}
    given = [one for one in found.clients if one.proposed and (not words or one.account.client in clients)]
    others = [cover for cover in wanted if cover.client not in {one.account.client for one in given}]
    return _Gifts(session, read, given, others).carried_out(yes)


def _named(session: Session, words: Sequence[str]) -> Iterator[Cover]:
    left = list(words)
    while left:
        cover, left = find_ahead(session, left[0], left[1:], no_slip=True)
        yield cover


class _Gifts:
    """Who is given which rhythm; `others` were named, and deserve no other than they have."""

    def __init__(self, session: Session, read: Read, given: Sequence[ClientWorth], others: Sequence[Cover]) -> None:
        self.session, self.read, self.given, self.others = session, read, given, others

    def carried_out(self, yes: bool) -> Result:
        """Show it, ask, and do it. Where nobody can be asked it is only shown."""
        session = self.session
        asked = not yes and not session.dry_run
        if not self.given:
            return self._told(None)
        if asked and not session.can_ask:
            return without_yes(session, self._told(None))
        if asked:
            many = "these " + counted(len(self.given), "rhythm") if len(self.given) > 1 else "this rhythm"
            ask_for(session, self._page(Window.of(session.environment)), f"Give {many}?")
        words = f"Rhythms by class: {counted(len(self.given), 'client')}" if len(self.given) > 1 else None
        outcome = session.act(lambda: [self._written(one) for one in self.given], words)
        return self._told(outcome, short=asked)

    def _written(self, one: ClientWorth) -> PlannedWrite:
        """The rhythm written into a dossier. Raises Changed where that says something else by now."""
        client = one.account.client
        read = self.session.binder.read(client)
        if _told_by(Account.of(read.dossier)) != _told_by(one.account):
            raise Changed("The dossier was changed meanwhile; nothing was written", file=file_of(client))
        words = f"Gave {read.dossier.name} another rhythm, {one.proposed}"
        next_ = read.dossier.next
        change = Change(client, read.dossier.name, next_, next_, (Put(("rhythm",), one.proposed),), words)
        return self.session.transactions.revise(read, change)

    # Telling ----------------------------------------------------------------------------------------------

    def _told(self, outcome: Outcome | None, *, short: bool = False) -> Result:
        given = [
            {"client": one.account.client, "name": one.account.name, "before": one.rhythm, "after": one.proposed}
            for one in self.given
        ]
        said = f"Gave {counted(len(self.given), 'rhythm')}; cf undo takes them back."
        result = planned(self.session, self._page, {"given": given}, outcome, said, is_shown=short)
        errors = self.read.unreadable
        return result._replace(exit=1 if errors or self.read.odd else 0, errors=errors)

    def _page(self, window: Window) -> Iterator[Line]:
        """Each client with the rhythm that it has, the one that it is to have, and the class that says so."""
        yield head_line([Span(" Rhythms by class", "head")], [Span(counted(len(self.given), "client"), "dim")], window)
        names = [fitted(one.account.name, max(12, window.columns - 50)) for one in self.given]
        columns = max(map(width, names), default=0)
        for one, name in zip(self.given, names, strict=True):
            why = " ".join(filter(None, [one.letters, one.group]))
            step = f"{one.rhythm or 'none'} -> {one.proposed}"
            yield Span(f"   {padded(name, columns)}  "), Span(step, "bold"), Span(f"   {why}", "dim")
        for cover in self.others:
            yield (Span(f"   {one_line(cover.name)}: no other rhythm is proposed", "dim"),)
        if not self.session.workspace.settings.rhythm_by_class:
            example = 'rhythm_by_class = { A = "4 weeks", B = "8 weeks" }'
            yield (Span("   No rhythm goes with a class yet. In clientfolder.toml:", "dim"),)
            yield (Span(f"   {example}", "dim"),)
        elif not self.given and not self.others:
            yield (Span("   Everybody has the rhythm of their class.", "dim"),)


def _told_by(account: Account) -> tuple[str | None, list[str], list[Payment]]:
    """By what a class and a rhythm are told, however the account was come by."""
    return account.rhythm, [*account.tags], [*account.paid.payments()]
