"""`cf import`: contacts from a phone or a table. The plan is shown and asked for once; it is written as one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from clientfolder.binder.binder import file_of
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.cli import facts, options
from clientfolder.cli.arguments import Takes
from clientfolder.cli.commands.confirm import planned, without_yes
from clientfolder.cli.kinds import check_kind as check_kind_of_contact
from clientfolder.cli.output.import_json import import_json
from clientfolder.cli.output.terminal import EMPTY, Result, Span, Window
from clientfolder.cli.pages.import_plan import import_page
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.incoming import check_encoding, in_its_encoding, read_source
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.phrases import When
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import Dossier, Proposal
from clientfolder.errors import Ambiguous, CannotReach, Changed, Misused, Refused, Trouble, Unreadable, Warned
from clientfolder.exchange.contacts import plan as plans
from clientfolder.exchange.contacts.files import Source, check_kind, read_cards
from clientfolder.exchange.contacts.plan import Choice, FileRead, ImportPlan, PlannedCard, Wishes
from clientfolder.exchange.vcard import is_vcard
from clientfolder.text import counted, place_of_number
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request

When_ = Annotated[
    str | None,
    Option("-n", "--next", metavar="WHEN", help="The first date of all new ones."),
    Takes.WORDS,
]
Rest = Annotated[str | None, Option("--rest", metavar="WHY", help="All new ones rest."), Takes.WORDS]
Category = Annotated[
    str | None, Option("--category", metavar="NAME", help="Only contacts of that category."), Takes.WORDS
]
Tag = Annotated[str | None, Option("--tag", metavar="TAG", help="A tag for all that are taken.", completes="tags")]
OnlyKnown = Annotated[bool, Option("--only-known", help="Only who is known already; no new dossiers.")]
New = Annotated[bool, Option("--new", help="Who may be somebody known is new.")]
Same = Annotated[bool, Option("--same", "--merge", help="Who may be somebody known is that client.")]
Overwrite = Annotated[bool, Option("--overwrite", help="The file's values win; the old ones go into a note.")]
ByCompany = Annotated[bool, Option("--by-company", help="Contacts of one company are the people of one dossier.")]
Edit = Annotated[bool, Option("-e", "--edit", help="The plan in the editor, a line a contact.")]


def import_(
    ctx: Call,
    files: Annotated[list[str] | None, Argument(metavar="FILE...", show_default=False)] = None,
    next: When_ = None,
    rest: Rest = None,
    category: Category = None,
    tag: Tag = None,
    only_known: OnlyKnown = False,
    new: New = False,
    same: Same = False,
    overwrite: Overwrite = False,
    by_company: ByCompany = False,
    map: options.ColumnKeys = None,
    remember: options.Remember = False,
    encoding_: options.Encoding = None,
    edit: Edit = False,
    yes: options.WithoutAsking = False,
) -> Result:
    """Contacts from vCard files or a table (CSV; - is standard input). It shows the plan, asks once, and is one step.

    Who is known already is filled up, and nothing that stands there goes; everybody else gets a dossier.
    """
    session: Session = ctx.obj
    if not files:
        raise Misused("From which file? Such as: cf import contacts.vcf")
    if next is not None and rest is not None:
        raise Misused("-n gives the new ones a date, and --rest lets them rest; one of them")
    if new and same:
        raise Misused("--new and --same say two things of who may be somebody known; one of them")
    when = phrases.read(next, session.workspace.ground()) if next is not None else None
    wishes = Wishes(
        only_known, category, tag, plans.NEW if new else plans.SAME if same else None, overwrite, by_company
    )
    return _Import(session, files, wishes, when, rest, encoding_, map or [], remember).carried_out(yes, edit=edit)


class _Import:
    def __init__(
        self, session: Session, typed: Sequence[str], wishes: Wishes, when: When | None, rest: str | None,
        named: str | None, said: Sequence[str], remember: bool,
    ) -> None:  # fmt: skip
        self.session, self.wishes, self.when, self.rest = session, wishes, when, rest
        check_encoding(named)
        self.encoding, self.map, self.remember = named, said, remember
        # What the columns of tables mean, kept with the rest of the act.
        self.kept: list[PlannedWrite] = []
        # Where the dossiers cannot be reached, nobody has to wait for a file to be read.
        _ = session.contents
        self.out_of_reach: list[Trouble] = []
        self.files = [self._read(source) for source in self._sources(typed)]

    def _sources(self, typed: Sequence[str]) -> list[Source]:
        """The files that can be read; one that cannot never stops the others. Raises CannotReach where none can."""
        found = []
        for name in typed:
            try:
                found.append(read_source(self.session, name))
            except CannotReach as trouble:
                self.out_of_reach.append(trouble)
        if not found:
            raise self.out_of_reach[0]
        return found

    def _read(self, source: Source) -> FileRead:
        check_kind(source)
        return in_its_encoding(self.session, lambda name: self._read_as(source, name), self.encoding)

    def _read_as(self, source: Source, name: str | None) -> FileRead:
        if is_vcard(source.content) or source.name.lower().endswith((".vcf", ".vcard")):
            return read_cards(source, name)
        return self._read_table(source, name)

    def _read_table(self, source: Source, name: str | None) -> FileRead:
        # Here and not above: whoever brings cards shall not wait for the shapes of tables.
        from clientfolder.exchange import remembered_columns, table_reader
        from clientfolder.exchange.contacts import from_table, shapes, table_row

        session = self.session
        table = table_reader.read(source.name, source.content, shapes.fits, name)
        found = from_table.meant(
            table, source.name, self.map, lambda header: remembered_columns.find(session.binder, header)
        )
        if self.remember:
            self.kept += remembered_columns.keep(session.binder, source.name, found.columns, found.said)
        reads = table_row.Reads(
            lambda phrase: phrases.read(phrase, session.workspace.ground()),
            lambda kind: check_kind_of_contact(session, kind),
            session.workspace.settings.day_first,
        )
        return from_table.read(source.name, found, reads)

    # The plan -------------------------------------------------------------------------------------------

    def plan(self, wishes: Wishes) -> ImportPlan:
        session = self.session
        ground = plans.FolderNow(
            session.binder,
            frozenset(client.lower() for client in session.binder.clients()),
            plans.unreadable_clients(session.contents.unreadable),
            self._first_date,
            session.workspace.now,
        )
        return plans.plan(self.files, wishes, ground)

    def _first_date(self, dossier: Dossier, is_as_it_stood: bool) -> tuple[Dossier, Proposal | None]:
        """A new dossier with its first date: as was said for all, as the table says, or by the rhythm."""
        session = self.session
        if self.rest is not None:
            return dossier._replace(next=None, resting=self.rest), None
        if self.when:
            return dossier._replace(next=acts.first_contact(self.when, Request()), resting=None), None
        is_settled = dossier.next or dossier.resting is not None or is_as_it_stood
        if is_settled or (every := session.every(dossier.cover)) is None:
            return dossier, None
        planning = session.planning(dossier.cover)
        proposal = planning.room.proposed(every, session.day, session.day, planning.not_on)
        session.take_room(proposal.on, "call")
        return dossier._replace(next=acts.first_contact(When(proposal.on), Request(), how="rhythm")), proposal

    # Doing ----------------------------------------------------------------------------------------------

    def carried_out(self, yes: bool, *, edit: bool) -> Result:
        """Show it, ask, and do it. Where nobody can be asked it is only shown."""
        session = self.session
        if not any(one.contacts for one in self.files):
            raise Refused("There is nobody in it; nothing was written", file=self.files[0].file)
        asked = not yes and not session.dry_run
        if edit:
            self._edit(self.plan(self.wishes))
        plan = self.plan(self.wishes) if asked else None
        if plan and not session.can_ask:
            return without_yes(session, self._told(plan, None))
        if plan:
            plan = self._asked(plan)
            if not plan.creations and not plan.revisions and not self.kept:
                return self._told(plan, None, short=True)
        outcome, plan = self._done(plan)
        return self._told(plan, outcome, short=asked)

    def _done(self, shown: ImportPlan | None) -> tuple[Outcome, ImportPlan]:
        """Do it on what the folder says under the lock; another plan than the one agreed to is not done."""
        session = self.session
        made: list[ImportPlan] = []

        def decide() -> list[PlannedWrite]:
            session.look_again()
            made.append(self.plan(self.wishes))
            if shown is not None and made[-1].cards != shown.cards:
                message = "The folder was changed meanwhile, and the plan would be another; nothing was written"
                raise Changed(message, repeat=str(session.line))
            writes = []
            for number, creation in enumerate(made[-1].creations, 1):
                session.binder.progress("dossiers made", number)
                writes.append(self._created(creation))
            writes += [self._revised(revision) for revision in made[-1].revisions]
            return [*writes, *self.kept]

        outcome = session.act(decide, _words(self.files))
        if self.when:
            facts.warn_of_date(session, self.when)
        return outcome, made[-1]

    def _created(self, creation: plans.Creation) -> PlannedWrite:
        dossier = creation.dossier
        change = Change(dossier.client, dossier.name, None, dossier.next, (), f"New: {dossier.name}", creation.proposal)
        return self.session.transactions.add(dossier, change)

    def _revised(self, revision: plans.Revision) -> PlannedWrite:
        read = self.session.binder.read(revision.change.client)
        if read.dossier != revision.before:
            raise Changed(
                "The dossier was changed meanwhile; nothing was written", file=file_of(revision.change.client)
            )
        return self.session.transactions.revise(read, revision.change)

    # Asking ---------------------------------------------------------------------------------------------

    def _asked(self, plan: ImportPlan) -> ImportPlan:
        """The plan that was agreed to. Raises Refused for a no."""
        session = self.session
        while True:
            ask.show(session, [*import_page(plan, Window.of(session.environment)), EMPTY])
            takes, maybe = len(plan.being(plans.NEW, plans.MERGE)), plan.being(plans.MAYBE)
            if not takes and not maybe:
                return plan
            parts = [f"Take {takes}" if takes else "", f"ask about {len(maybe)}" if maybe else ""]
            question = ", and ".join(filter(None, parts))
            answer = self._answer(f"{question[0].upper()}{question[1:]}? [y]es, [e]dit the plan, [n]o ")
            if answer == "n":
                raise Refused("Nothing was written")
            if answer == "y":
                break
            self._edit(plan)
            plan = self.plan(self.wishes)
        if not maybe:
            return plan
        self.wishes = self.wishes._replace(
            choices={**self.wishes.choices, **{card.place: self._choice(card) for card in maybe}}
        )
        return self.plan(self.wishes)

    def _answer(self, question: str) -> str:
        """`y`, `e` or `n`; Enter is a no, and anything else is asked again."""
        while True:
            answer = ask.line(self.session, question).strip().lower()
            if answer in ("y", "yes", "e", "edit", "n", "no", ""):
                return answer[:1] or "n"
            ask.show(self.session, [(Span("y, e or n, please: that was no answer to this question.", "dim"),)])

    def _edit(self, plan: ImportPlan) -> None:
        """What is changed in the editor stands above what the plan would do."""
        from clientfolder.cli.prompts.import_plan import edited

        self.wishes = self.wishes._replace(choices={**self.wishes.choices, **edited(self.session, plan)})

    def _choice(self, card: PlannedCard) -> Choice:
        """Who somebody is who may be known."""
        ask.show(self.session, [(Span(f"{card.name}: ", "bold"), Span(plans.as_told(card)))])
        known = {client: number for number, client in enumerate(card.candidates, 1)}
        choices = "[s]ame" if len(known) == 1 else " ".join(f"[{number}] {client}" for client, number in known.items())
        while True:
            answer = ask.line(self.session, f"{choices}, [n]ew, [l]eave it out? ").strip().lower()
            if answer in ("n", "new"):
                return Choice(plans.NEW)
            if answer in ("l", "leave", ""):
                return Choice(plans.LEFT)
            if answer in ("s", "same") and len(known) == 1:
                return Choice(plans.MERGE, card.candidates[0])
            if len(known) > 1 and (place := place_of_number(answer, len(known))) is not None:
                return Choice(plans.MERGE, card.candidates[place])

    # Telling --------------------------------------------------------------------------------------------

    def _told(self, plan: ImportPlan, outcome: Outcome | None, *, short: bool = False) -> Result:
        session = self.session
        session.warnings += [*plan.warnings, *_warnings(plan)]
        result = planned(
            session, lambda window: import_page(plan, window), import_json(plan), outcome, _what_was_done(plan),
            is_shown=short,
        )  # fmt: skip
        return result._replace(
            exit=0 if plan.is_whole and not self.out_of_reach else 1,
            errors=(*self.out_of_reach, *map(_trouble, plan.being(plans.BAD, plans.MAYBE))),
            shown=frozenset({"no_date", "kept", "not_taken", "over_capacity", "day_off"}),
        )


def _words(files: Sequence[FileRead]) -> str:
    return f"Import of {', '.join(one.file for one in files)}"


def _what_was_done(plan: ImportPlan) -> str:
    new, merged = len(plan.creations), len(plan.revisions)
    parts = [counted(new, "new dossier") if new else "", f"{merged} merged" if merged else ""]
    said = ", ".join(filter(None, parts))
    return f"{said}; cf undo takes all of it back." if said else "Nothing to write: all of it is there already."


def _warnings(plan: ImportPlan) -> list[Warned]:
    found = []
    for one in plan.files:
        if one.encoding != "UTF-8":
            found.append(Warned("encoding", f"{one.file} is read as {one.encoding}"))
    if plan.undated:
        count = f"{plan.undated} of them have" if plan.undated > 1 else "1 of them has"
        found.append(
            Warned("no_date", f"{count} no date: -n july puts them behind July, cf spread undated lays them out")
        )
    if kept := sum(len(card.kept) for card in plan.cards):
        found.append(Warned("kept", f"{counted(kept, 'value')} of the file differ from ours, which stay"))
    if plan.not_taken or plan.columns:
        kinds = ", ".join([*plan.not_taken, *plan.columns])
        found.append(Warned("not_taken", f"Not taken: {kinds}"))
    return found


def _trouble(card: PlannedCard) -> Trouble:
    """The error of a contact that is not taken."""
    name = f"{card.name}: " if card.name else ""
    if card.what == plans.BAD:
        return Unreadable(f"{name}{card.why}; not taken", file=card.file, line=card.line)
    return Ambiguous(
        f"{name}{plans.as_told(card)}, so it is not taken. As a new client: --new; as that one: --same (or --merge)",
        file=card.file, line=card.line, candidates=card.candidates,
    )  # fmt: skip
