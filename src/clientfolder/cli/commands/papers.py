"""Papers beside the dossier: `attach` and `open`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from clientfolder.binder import attaching, names, papers
from clientfolder.binder.attaching import Copy
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.binder.papers import matching
from clientfolder.cli import facts, options
from clientfolder.cli.commands.opener import start
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.parts import numbered, somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, Window, one_line
from clientfolder.cli.output.words import paper_words
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.find import find_ahead
from clientfolder.cli.session import Session
from clientfolder.dossier.changes import Change
from clientfolder.dossier.sheet import PaperFile
from clientfolder.dossier.types import Cover
from clientfolder.errors import Ambiguous, Misused, NoClient
from clientfolder.text import byte_size, place_of_number, sentence

# Attaching --------------------------------------------------------------------------------------------


class Brought:
    """What became of each file: its name among the papers, and whether it was there already."""

    def __init__(self, session: Session, cover: Cover, wanted: Sequence[str], copies: Sequence[Copy]) -> None:
        self.session, self.cover = session, cover
        self.wanted, self.copies = wanted, copies
        self.found: list[tuple[str, Copy, bool]] = []
        self.write: PlannedWrite | None = None

    def decide(self) -> list[PlannedWrite]:
        """Names for all of them, as the directory is now; nothing for those that are there already."""
        client, root = self.cover.client, self.session.workspace.root
        papers.home_of(root, client)
        own: dict[str, str] = {}
        self.found = []
        for name, copy in zip(self.wanted, self.copies, strict=True):
            free, is_there = attaching.free_name(root, client, name, copy, own)
            own[names.same(free)] = copy.digest
            self.found.append((free, copy, is_there))
        new = {name: copy for name, copy, is_there in self.found if not is_there}
        if not new:
            return []
        read = self.session.binder.read(client)
        now = read.dossier.cover
        what = next(iter(new)) if len(new) == 1 else f"{len(new)} papers"
        change = Change(client, now.name, now.next, now.next, (), f"Attached {what} to {now.name}")
        return [self.session.transactions.attach(read, change, new)]

    def lines(self, outcome: Outcome) -> Iterator[Line]:
        for write in outcome.writes:
            yield (Span(sentence(write.change.words)),)
        for (name, copy, is_there), wanted in zip(self.found, self.wanted, strict=True):
            place = one_line(f"{papers.place_of(self.cover.client)}/{name}")
            if is_there:
                yield Span("   there already: ", "dim"), Span(place)
                continue
            other = "" if name == wanted else f", beside another {one_line(wanted)}"
            yield Span("-> "), Span(place, "bold"), Span(f", {byte_size(copy.bytes)}{other}")

    def data(self) -> list[dict[str, Any]]:
        return [
            {
                "client": self.cover.client,
                "paper": name,
                "file": f"{papers.place_of(self.cover.client)}/{name}",
                "bytes": copy.bytes,
            }
            for name, copy, _ in self.found
        ]


def attach(
    ctx: Call,
    client: options.Contact = None,
    files: Annotated[list[str] | None, Argument(metavar="FILE...", show_default=False)] = None,
    as_: Annotated[str | None, Option("--as", metavar="NAME", help="Another name for it among the papers.")] = None,
) -> Result:
    """Keep files beside the dossier, in papers/; they are copied, and stay where they are."""
    session: Session = ctx.obj
    if client is None or not files:
        from clientfolder.cli.other_words import client_ahead
        from clientfolder.cli.unnamed import such_as

        is_file = client is not None and not client_ahead(session, [client])
        named = ("CLIENT", client or "") if is_file else (client or "CLIENT", "offer.pdf")
        raise Misused(f"Whose, and which file? {such_as(session, 'attach', *named)}")
    if as_ is not None and len(files) > 1:
        raise Misused("--as gives a name to one file; attach the others by themselves")
    cover, files = find_ahead(session, client, files, no_slip=True)
    sources = [session.workspace.path(file) for file in files]
    wanted = [attaching.safe_name(as_ or source) for source in sources]
    if session.dry_run:
        brought = Brought(session, cover, wanted, [attaching.looked_at(source) for source in sources])
        outcome = session.act(brought.decide)
    else:
        session.binder.make_private()
        carried: set[str] = set()
        with attaching.copied(session.workspace.root, sources, carried) as copies:
            brought = Brought(session, cover, wanted, copies)
            outcome = session.act(brought.decide)
            carried |= {copy.waiting or "" for _, copy, is_there in brought.found if not is_there}
    done = facts.confirmation(session, outcome, landings=False)
    where = somewhere(done.folder, dry_run=done.dry_run) if done.written or done.dry_run else ()
    lines = [*brought.lines(outcome), *where]
    data = {**confirmation_json(done), "papers": brought.data()}
    return Result(data, lambda _: lines, writes=bool(outcome.writes) and not session.dry_run)


# Opening ----------------------------------------------------------------------------------------------


def open_(
    ctx: Call,
    client: options.Contact = None,
    paper: Annotated[list[str] | None, Argument(metavar="[PAPER]...", show_default=False, completes="papers")] = None,
) -> Result:
    """Open a paper in the program that your desktop has for it; $CF_OPENER names another."""
    session: Session = ctx.obj
    if client is None:
        from clientfolder.cli.unnamed import such_as

        raise Misused(f"Whose? {such_as(session, 'open', 'CLIENT')}")
    cover, paper = find_ahead(session, client, paper or (), no_slip=True)
    chosen, path = opened(session, cover, " ".join(paper))
    data = {"client": cover.client, "paper": chosen.name, "path": path}
    return Result(data, lambda _: [opening_line(session, cover, chosen)])


def opened(session: Session, cover: Cover, typed: str) -> tuple[PaperFile, str]:
    """The paper meant, handed to the desktop, and its path. Raises as `_choose` and `start` do."""
    chosen = _choose(session, cover, typed)
    path = papers.path_of(session.workspace.root, cover.client, chosen.name)
    if not session.dry_run:
        start(session, path)
    return chosen, path


def opening_line(session: Session, cover: Cover, paper: PaperFile) -> Line:
    said = "--dry-run: would open" if session.dry_run else "Opening"
    rest = f" of {one_line(cover.name)}, {paper_words(paper, session.day)}."
    return Span(f"{said} "), Span(one_line(paper.name), "bold"), Span(rest)


def _choose(session: Session, cover: Cover, typed: str) -> PaperFile:
    """The paper meant; without words the only one, or the one chosen on a terminal. Raises NoClient, Ambiguous."""
    there = papers.listed(session.workspace.root, cover.client)
    if not there:
        raise NoClient(f"{cover.name} has no papers yet", then=("attach", cover.client, "FILE"))
    found = matching(there, typed)
    if len(found) == 1:
        return found[0]
    if not found:
        near = tuple(paper.name for paper in there[:3])
        hint = f"There: {', '.join(near)}" + (f" and {len(there) - 3} more" if len(there) > 3 else "")
        raise NoClient(f'{cover.name} has no paper called "{typed}". {hint}', candidates=near)
    listed = ", ".join(paper.name for paper in found[:5]) + (" ..." if len(found) > 5 else "")
    several = Ambiguous(f"Which paper of {cover.name}? {listed}", candidates=tuple(paper.name for paper in found))
    if not session.can_ask:
        raise several
    rows = [(one.name, paper_words(one, session.day)) for one in found]
    ask.show(session, numbered(rows, Window.of(session.environment), "type more of the name"))
    answer = ask.line(session, "Which paper? ").strip()
    if (place := place_of_number(answer, len(found))) is not None:
        return found[place]
    named = matching(found, answer) if answer else []
    if len(named) != 1:
        raise several
    return named[0]
