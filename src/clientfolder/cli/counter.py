"""What a command has at hand: the office, somebody to ask, and the ways in which every command finds and tells."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from clientfolder.binder import files, lookup
from clientfolder.binder.binder import PRIVATE, Binder, Contents, Deed, Outcome
from clientfolder.cli.paper import Line, Paper, Span, day_short, put
from clientfolder.dates import Month
from clientfolder.desk import Desk, lay_out, loads, slot_of
from clientfolder.dossier import Cover, Next
from clientfolder.errors import Ambiguous, CannotReach, Changed, Interrupted, Refused, Trouble, Warned, visible
from clientfolder.office import Office, World
from clientfolder.tickler import rhythm, slots
from clientfolder.when import When


@dataclass
class Counter:
    """The counter at the door, for one command line."""

    world: World
    office: Office
    json: bool = False
    dry_run: bool = False
    warnings: list[Warned] = field(default_factory=list)
    _rescued: str | None = None

    # Fetching -----------------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        return self.office.day

    @property
    def binder(self) -> Binder:
        return self.office.binder

    @cached_property
    def contents(self) -> Contents:
        """All dossiers, read once. Odd values and odd settings become warnings."""
        self.warnings += self.office.setting_warnings
        found = self.binder.contents()
        for cover in found.covers:
            self.warn_of_odd(cover)
        if self.binder.interrupted():
            self.warnings.append(Warned("io", "An act on several dossiers was interrupted; the next one settles it"))
        return found

    def warn_of_odd(self, cover: Cover) -> None:
        for odd in cover.odd:
            path = ".".join(map(str, odd.path))
            self.warnings.append(
                Warned("odd_value", f"clients/{cover.client}.toml: {path} {odd.message}; it is shown as it stands")
            )

    @cached_property
    def desk(self) -> Desk:
        return lay_out(self.contents.covers, self.day)

    def find(self, typed: str) -> Cover:
        """The client meant; asks on a terminal where several fit. Raises NoClient, Ambiguous or Unreadable."""
        try:
            return lookup.find(self.contents.covers, typed, [cover.client for cover in self.desk.pile])
        except Ambiguous as several:
            if not self.can_ask:
                raise
            return self._choose(several, typed)
        except Trouble:
            self._check_unreadable(typed)
            raise

    def _check_unreadable(self, typed: str) -> None:
        """A client whose dossier cannot be read is not nobody: its own letter says what is wrong."""
        for trouble in self.contents.unreadable:
            if trouble.file and lookup.folded(typed) == os.path.basename(trouble.file).removesuffix(".toml"):
                raise trouble

    def _choose(self, several: Ambiguous, typed: str) -> Cover:
        covers = [cover for client in several.candidates if (cover := self.contents.cover(client))]
        lines = [
            (Span(f"{number:4}  "), Span(title(cover), "bold"), Span(f"  {where(cover, self.day)}", "dim"))
            for number, cover in enumerate(covers, 1)
        ]
        self.show(lines)
        answer = self.ask(f"Which {visible(typed)}? ").strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(covers):
            return covers[int(answer) - 1]
        raise several

    def every(self, cover: Cover) -> rhythm.Rhythm | None:
        """The client's own rhythm, else that of the settings."""
        own = rhythm.parse(cover.rhythm) if cover.rhythm else None
        return own or self.office.settings.every

    # Asking -------------------------------------------------------------------------------------------

    @property
    def can_ask(self) -> bool:
        return not self.json and self.world.can_ask

    def show(self, lines: Iterable[Line]) -> None:
        """Print before a question; what a command answers with is printed when it has ended."""
        put(lines, Paper.of(self.world), self.world)

    def ask(self, question: str) -> str:
        """One line typed by the user. Raises Interrupted at Ctrl-C and Refused at the end of the input."""
        try:
            return self._typed_line(question)
        except KeyboardInterrupt:
            raise Interrupted("Interrupted; nothing was written") from None
        except EOFError:
            raise Refused("The input ended at a question; nothing was written") from None

    def _typed_line(self, question: str) -> str:
        if self.world.stdin is sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401  so that what is typed can be edited
            return input(question)
        self.world.stderr.write(question)
        self.world.stderr.flush()
        line = self.world.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    def agree(self, covers: Sequence[Cover], yes: bool) -> bool:
        """Whether promised dates may be changed: by `--yes`, or a yes on the terminal."""
        if yes or not covers:
            return True
        if not self.can_ask:
            return False
        for cover in covers:
            assert cover.next
            self.show(
                [
                    (
                        Span("! ", "agreed"),
                        Span(f"{cover.name} was promised {for_day(cover.next, self.day)}"),
                    )
                ]
            )
        return self.ask("Change it all the same? [y/N] ").strip().lower() in ("y", "yes")

    # What was typed is not lost -----------------------------------------------------------------------

    def keep(self, text: str) -> None:
        """Lay a typed text down in a file of its own until the act has succeeded."""
        if self.dry_run or not text.strip():
            return
        import tempfile

        name = f"{self.world.clock():%Y-%m-%d-%H%M%S}-{os.urandom(3).hex()}.txt"
        for directory in (os.path.join(self.office.root, PRIVATE, "rescued"), tempfile.gettempdir()):
            try:
                if directory.startswith(self.office.root):
                    self.binder.make_private()
                    files.make_directory(directory)
                files.Writer(directory).create(name, text.encode("utf-8", "surrogateescape") + b"\n")
            except (CannotReach, Changed):
                continue
            self._rescued = os.path.join(directory, name)
            return

    def let_go(self) -> None:
        """The act has succeeded; the file with the typed text goes."""
        if self._rescued:
            with contextlib.suppress(OSError):
                os.unlink(self._rescued)
            self._rescued = None

    @property
    def rescued(self) -> str | None:
        return self._rescued

    # Doing --------------------------------------------------------------------------------------------

    def act(self, decide: Callable[[], Sequence[Deed]], words: str | None = None) -> Outcome:
        """Do it under the lock, or with `--dry-run` only work it out; then the contents are as it left them."""
        now = self.office.now
        outcome = self.binder.act(decide, at=now.isoformat(), words=words, dry_run=self.dry_run)
        self.take_in(outcome)
        return outcome

    def take_in(self, outcome: Outcome) -> None:
        self.warnings += outcome.warnings
        before = self.contents
        gone = [deed.change.client for deed in outcome.deeds if deed.cover is None]
        self.contents = before.replaced(gone, (deed.cover for deed in outcome.deeds if deed.cover))
        self.desk = lay_out(self.contents.covers, self.day)

    # Telling ------------------------------------------------------------------------------------------

    def changes(self, outcome: Outcome) -> dict[str, Any]:
        """The JSON of whatever writes."""
        return {
            "changes": [
                {
                    "client": deed.change.client,
                    "before": next_json(deed.change.before),
                    "after": next_json(deed.change.after),
                    "slot": slot_of(deed.cover, self.day) if deed.cover else None,
                    "words": deed.change.words,
                }
                for deed in outcome.deeds
            ]
        }

    def warn_of_date(self, when: When) -> None:
        """What is worth knowing about a date that somebody named."""
        if when.far:
            self.warnings.append(Warned("far", f"{day_short(when.on, self.day)} is more than 11 months away"))
        self.warn_of_load(when.on)

    def warn_of_load(self, on: date | Month) -> None:
        """Codes for scripts; the echo says the same to people, so they are not told twice."""
        if isinstance(on, Month):
            return
        if on in self.office.settings.days_off:
            self.warnings.append(Warned("day_off", f"{day_short(on, self.day)} is a day off"))
        count, room = loads(self.contents.covers, self.day)[on], self.office.settings.capacity
        if count > room:
            self.warnings.append(Warned("over_capacity", f"{day_short(on, self.day)} holds {count}, room for {room}"))

    def arrow(self, contact: Next, *, stays: bool = False) -> list[Line]:
        """`-> Fri 24 Jul 2026, in 9 days, 7 that day`, with what else is true of that day."""
        mark = Span("! " if contact.agreed else "", "agreed")
        text = f"{long_on(contact.on)}{f' {contact.time:%H:%M}' if contact.time else ''}"
        facts = ", ".join(self._facts(contact.on))
        head = "   stays: " if stays else "-> "
        return [(Span(head), mark, Span(text, "bold"), Span(f", {facts}"))]

    def _facts(self, on: date | Month) -> list[str]:
        settings = self.office.settings
        count = loads(self.contents.covers, self.day)[on]
        if isinstance(on, Month):
            return [in_months(on, self.day), f"{count} there without a day"]
        facts = [in_days(on, self.day)]
        if on >= self.day:
            facts.append(f"{count} {'in all' if on == self.day else 'that day'}")
        if on.weekday() >= 5:
            facts.append(f"a {('Saturday', 'Sunday')[on.weekday() - 5]}")
        if on in settings.days_off:
            facts.append("day off")
        if count > settings.capacity:
            facts.append(f"over {settings.capacity}")
        return facts

    def somewhere(self) -> list[Line]:
        """Where it was written, if the folder is not the default one."""
        place = self.office.elsewhere
        if self.dry_run:
            return [(Span("   --dry-run: nothing was written", "dim"),)]
        return [(Span(f"   in {shortened(place, self.world)}", "dim"),)] if place else []

    def what_is_left(self) -> list[Line]:
        """`8 left, now: 09:30 Novák Tisk, Petra Dvořáková, +420 555 010 188`."""
        pile = self.desk.pile
        if not pile:
            return [(Span("The desk is clear.", "dim"),)]
        first = pile[0]
        assert first.next
        parts = [f"{first.next.time:%H:%M} {first.name}" if first.next.time else first.name]
        person = first.people.get(first.next.person or "")
        if person and person.name:
            parts.append(person.name)
        if phone := (person.phone if person and person.phone else first.phone):
            parts.append(phone)
        mark = "! " if first.next.agreed else ""
        return [(Span(f"{len(pile)} left, now: ", "dim"), Span(mark, "agreed"), Span(", ".join(parts)))]


# Facts in words, and for scripts ----------------------------------------------------------------------


def shortened(path: str, world: World) -> str:
    """A path with `~` for the home directory."""
    home = world.env.get("HOME", "")
    return f"~{path[len(home) :]}" if home and path.startswith(f"{home}/") else path


def long_on(on: date | Month) -> str:
    from clientfolder.cli.paper import day_long

    if isinstance(on, Month):
        return f"{on.name.capitalize()} {on.year}"
    day = day_long(on).split(" ")
    return f"{day[0]} {day[1]} {day[2][:3]} {day[3]}"


def in_days(on: date, day: date) -> str:
    """How far a day is: `today`, `tomorrow`, `in 9 days`, `3 days late`."""
    count = (on - day).days
    if count in (0, 1):
        return ("today", "tomorrow")[count]
    return f"in {count} days" if count > 0 else f"{-count} day{'s' if count < -1 else ''} late"


def in_months(on: Month, day: date) -> str:
    count = on.since(Month.of(day))
    if count == 0:
        return "this month, no day yet"
    return f"in {count} month{'s' if count > 1 else ''}" if count > 0 else "past"


def for_day(contact: Next, day: date) -> str:
    """`for Wed 15 Jul 14:30`."""
    clock = f" {contact.time:%H:%M}" if contact.time else ""
    return f"for {day_short(contact.on, day)}{clock}"


def title(cover: Cover) -> str:
    """Name and company, the company only where it says more."""
    if cover.company and lookup.folded(cover.company) != lookup.folded(cover.name):
        return f"{cover.name} · {cover.company}"
    return cover.name


def where(cover: Cover, day: date) -> str:
    """Where a dossier lies, in words: a date, never a slot."""
    if cover.resting is not None:
        return f"resting: {cover.resting}" if cover.resting else "resting"
    if cover.next is None:
        return "no date"
    mark = "! " if cover.next.agreed else ""
    clock = f" {cover.next.time:%H:%M}" if cover.next.time else ""
    late = slots.days_late(cover.next.on, day)
    return f"{mark}{day_short(cover.next.on, day)}{clock}" + (
        f", {late} day{'s' if late > 1 else ''} late" if late else ""
    )


def next_json(contact: Next | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    odd = contact.more
    return {
        "on": str(contact.on),
        "time": f"{contact.time:%H:%M}" if contact.time else _as_text(odd.get("time")),
        "kind": contact.kind,
        "about": contact.about,
        "with": contact.person,
        "how": contact.how,
    }


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def row_json(cover: Cover, day: date) -> dict[str, Any]:
    """A dossier as scripts see it in every list."""
    late = cover.resting is None and cover.next is not None
    return {
        "client": cover.client,
        "name": cover.name,
        "company": cover.company,
        "phone": cover.phone,
        "email": cover.email,
        "slot": slot_of(cover, day),
        "days_late": slots.days_late(cover.next.on, day) if late and cover.next else 0,
        "moves": cover.moves,
        "next": next_json(cover.next),
        "last": last_json(cover),
    }


def last_json(cover: Cover) -> dict[str, Any] | None:
    last = cover.last
    return None if last is None else {"at": last.at.isoformat(), "kind": last.kind, "text": last.text or None}
