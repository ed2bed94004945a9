"""`cf pay -`: the payments of a bank's table. The plan is shown and asked for once; it is written as one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientfolder.binder.binder import file_of
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.cli.commands.confirm import ask_for, planned, without_yes
from clientfolder.cli.output.import_json import statement_json
from clientfolder.cli.output.terminal import Result, Span, Window, one_line
from clientfolder.cli.pages.statement import statement_page, sum_words
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.incoming import check_encoding, in_its_encoding, read_source
from clientfolder.cli.prompts.money import known_products, prices_of, warn_of_new_name
from clientfolder.cli.session import Session
from clientfolder.dossier.changes import Change
from clientfolder.errors import Ambiguous, Changed, Trouble, Unreadable, Warned
from clientfolder.exchange import remembered_columns
from clientfolder.exchange.contacts.files import check_kind
from clientfolder.exchange.statements import plan as plans
from clientfolder.exchange.statements import statement as statements
from clientfolder.exchange.statements.payers import Payers, bank_names
from clientfolder.exchange.statements.plan import PlannedRow, StatementPlan
from clientfolder.exchange.statements.statement import BankStatement
from clientfolder.text import comparable, counted, place_of_number


def from_statement(session: Session, pairs: Sequence[str], named: str | None, *, remember: bool, yes: bool) -> Result:
    """The payments of the table on standard input. Raises Refused, Misused, Doubtful."""
    return _Payments(session, pairs, named, remember=remember).carried_out(yes)


class _Payments:
    def __init__(self, session: Session, pairs: Sequence[str], named: str | None, *, remember: bool) -> None:
        check_encoding(named)
        self.session, self.pairs, self.remember = session, pairs, remember
        # What somebody has said of the names in the table, by the comparable name.
        self.said: dict[str, str | None] = {}
        # Where the dossiers cannot be reached, nobody has to wait for a table to be read.
        self.products = known_products(session)
        self.known = remembered_columns.every(session.binder)
        source = read_source(session, "-")
        check_kind(source, "cf pay - <")
        self.statement = in_its_encoding(session, lambda name: self._read(source.name, source.content, name), named)
        # What the columns mean, kept with the rest of the act.
        self.kept: list[PlannedWrite] = []
        if remember and self.statement.said:
            self.kept = remembered_columns.keep(session.binder, "payments", self.statement.columns, self.statement.said)

    def _read(self, file: str, content: bytes, encoding: str | None) -> BankStatement:
        day_first = self.session.workspace.settings.day_first
        return statements.read(
            file, content, self.pairs, lambda header: self.known.get(tuple(header), {}), encoding, day_first
        )

    def plan(self) -> StatementPlan:
        """What becomes of the rows, as the folder is now."""
        session = self.session
        named, unreadable = bank_names(session.binder)
        self.unreadable = tuple({one.file: one for one in (*session.contents.unreadable, *unreadable)}.values())
        ground = plans.PlanGround(
            Payers(session.contents.covers.contacts, named),
            lambda client: session.binder.read(client).dossier,
            prices_of(session),
            self.said,
            self.remember,
        )
        return plans.plan(self.statement, ground)

    # Doing ------------------------------------------------------------------------------------------------

    def carried_out(self, yes: bool) -> Result:
        """Show it, ask, and do it. Where nobody can be asked it is only shown."""
        session = self.session
        asked = not yes and not session.dry_run
        plan = self.plan()
        if not self._writes(plan) and not (asked and session.can_ask and plan.being(plans.MAYBE)):
            return self._told(plan, None)
        if asked and not session.can_ask:
            return without_yes(session, self._told(plan, None))
        if asked:
            plan = self._asked(plan)
            if not self._writes(plan):
                return self._told(plan, None, short=True)
        outcome, plan = self._done(plan)
        return self._told(plan, outcome, short=asked)

    def _writes(self, plan: StatementPlan) -> bool:
        return bool(plan.clients or self.kept)

    def _done(self, shown: StatementPlan) -> tuple[Outcome, StatementPlan]:
        """Do it on what the folder says under the lock; another plan than the one agreed to is not done."""
        session = self.session
        count = len(shown.being(plans.TAKEN))

        def decide() -> list[PlannedWrite]:
            session.look_again()
            if self.plan().rows != shown.rows:
                message = "The folder was changed meanwhile, and the plan would be another; nothing was written"
                raise Changed(message, repeat=str(session.line))
            return [*(self._written(shown, client) for client in shown.clients), *self.kept]

        return session.act(decide, f"{counted(count, 'payment')} of a table"), shown

    def _written(self, plan: StatementPlan, client: str) -> PlannedWrite:
        session = self.session
        read = session.binder.read(client)
        if read.dossier != plan.before[client]:
            raise Changed("The dossier was changed meanwhile; nothing was written", file=file_of(client))
        name, next_ = read.dossier.name, read.dossier.next
        rows = [row for row in plan.being(plans.TAKEN) if row.client == client]
        words = f"Paid by {name}: {', '.join(map(sum_words, rows)) or 'the name that the bank has'}"
        return session.transactions.revise(read, Change(client, name, next_, next_, plan.edits(client), words))

    # Asking -----------------------------------------------------------------------------------------------

    def _asked(self, plan: StatementPlan) -> StatementPlan:
        """The plan that was agreed to. Raises Refused for a no."""
        session = self.session
        count, maybe = len(plan.being(plans.TAKEN)), plan.being(plans.MAYBE)
        # Rows of one name are one question.
        names = {comparable(row.name): row for row in reversed(maybe)}
        parts = [f"write down {count}" if count else "", f"ask about {len(names)}" if names else ""]
        question = ", and ".join(filter(None, parts)) or "keep what the columns mean"
        page = statement_page(plan, session.day, Window.of(session.environment))
        ask_for(session, page, f"{question[0].upper()}{question[1:]}?")
        if not names:
            return plan
        for name, row in reversed(names.items()):
            self.said[name] = self._choice(row)
        return self.plan()

    def _choice(self, row: PlannedRow) -> str | None:
        """Whose payment it is; None for nobody of the folder."""
        session = self.session
        ask.show(session, [(Span(f"{one_line(row.name)}: ", "bold"), Span(sum_words(row)))])
        known = {client: number for number, client in enumerate(row.candidates, 1)}
        choices = " ".join(f"[{number}] {client}" for client, number in known.items())
        while True:
            answer = ask.line(session, f"{choices}, [n]obody here? ").strip().lower()
            if answer in ("n", "nobody", ""):
                return None
            if (place := place_of_number(answer, len(known))) is not None:
                return row.candidates[place]
            if answer in known:
                return answer

    # Telling ----------------------------------------------------------------------------------------------

    def _told(self, plan: StatementPlan, outcome: Outcome | None, *, short: bool = False) -> Result:
        session = self.session
        session.warnings += self._warnings(plan)
        is_idle = outcome is None and not self._writes(plan)
        result = planned(
            session, lambda window: statement_page(plan, session.day, window), statement_json(plan), outcome,
            _what_was_done(plan), closing=[(Span("Nothing to write."),)] if is_idle else (), is_shown=short,
        )  # fmt: skip
        errors = (*self.unreadable, *_troubles(plan))
        return result._replace(exit=1 if errors else 0, errors=errors)

    def _warnings(self, plan: StatementPlan) -> Iterator[Warned]:
        session = self.session
        if plan.statement.encoding != "UTF-8":
            yield Warned("encoding", f"{plan.statement.file} is read as {plan.statement.encoding}")
        taken = plan.being(plans.TAKEN)
        for row in taken:
            if row.other:
                told = f"The deal {one_line(row.payment.deal or '')} is in {row.other}" if row.payment else ""
                yield Warned("other_currency", f"{told}, and {sum_words(row)} was paid (line {row.line})")
        products = dict.fromkeys(row.payment.product for row in taken if row.payment and row.payment.product)
        for product in products:
            warn_of_new_name(session, product, self.products)


def _what_was_done(plan: StatementPlan) -> str:
    taken = plan.being(plans.TAKEN)
    clients = len({row.client for row in taken})
    if not taken:
        return "Kept what was said; cf undo takes it back."
    return f"{counted(len(taken), 'payment')} of {counted(clients, 'client')}; cf undo takes all of it back."


def _troubles(plan: StatementPlan) -> Iterator[Trouble]:
    """The errors of rows that may be somebody's, one for each name, and of those that cannot be read."""
    maybe = {comparable(row.name): row for row in reversed(plan.being(plans.MAYBE))}
    for row in reversed(maybe.values()):
        who = " or ".join(row.candidates)
        how = f'cf set {row.candidates[0]} bank="{one_line(row.name)}"'
        yield Ambiguous(
            f"{one_line(row.name)} may be {who}, so it is not taken. Once and for all: {how}",
            file=plan.statement.file, line=row.line, candidates=row.candidates,
        )  # fmt: skip
    for row in plan.being(plans.BAD):
        yield Unreadable(f"{row.why}; not taken", file=plan.statement.file, line=row.line)
