"""What lies on the desk on a given day, and the acts that clear it.

Pure: covers and a day go in, a `Change` comes out. An act is a value before it is a deed, so undo, `--dry-run`,
the daybook's line and the screen are the same Change seen from four sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from clientfolder.change import NEXT_KEYS, Append, Change, Drop, Edit, Put, as_written, entry_record, without
from clientfolder.dates import Month, WorkingDays, last_day
from clientfolder.dossier import Cover, Entry, How, Next
from clientfolder.errors import Refused
from clientfolder.tickler import rhythm, slots
from clientfolder.when import When

# What lies where --------------------------------------------------------------------------------------


def slot_of(cover: Cover, day: date) -> str:
    """The slot of a dossier on that day, `unfiled` and `resting` included; resting wins over a date."""
    if cover.resting is not None:
        return slots.RESTING
    return slots.UNFILED if cover.next is None else slots.slot(cover.next.on, day)


def is_undated(cover: Cover, day: date) -> bool:
    """Filed under the running month, and no day agreed on yet."""
    return cover.resting is None and cover.next is not None and cover.next.on == Month.of(day)


@dataclass(frozen=True, slots=True)
class Desk:
    """Today's work, in the order in which it is done, and what wants a date."""

    day: date
    overdue: tuple[Cover, ...]
    today: tuple[Cover, ...]
    undated: tuple[Cover, ...]
    unfiled: tuple[Cover, ...]

    @property
    def pile(self) -> tuple[Cover, ...]:
        """What is to be done today: the overdue ones and those that lie at today."""
        return self.overdue + self.today

    @property
    def load(self) -> int:
        return len(self.overdue) + len(self.today)


def lay_out(covers: Iterable[Cover], day: date) -> Desk:
    """Sort the living dossiers that concern that day onto the desk."""
    piles: dict[str, list[Cover]] = {"overdue": [], "today": [], "undated": [], "unfiled": []}
    for cover in covers:
        if cover.resting is not None:
            continue
        if cover.next is None:
            piles["unfiled"].append(cover)
        elif last_day(cover.next.on) < day:
            piles["overdue"].append(cover)
        elif cover.next.on == day:
            piles["today"].append(cover)
        elif is_undated(cover, day):
            piles["undated"].append(cover)

    def by_lateness(cover: Cover) -> tuple[Any, ...]:
        assert cover.next
        return not cover.next.agreed, -slots.days_late(cover.next.on, day), *cover.sorted_by

    def by_time(cover: Cover) -> tuple[Any, ...]:
        assert cover.next
        at = cover.next.time
        return at is None, at.isoformat() if at else "", not cover.next.agreed, *cover.sorted_by

    return Desk(
        day,
        overdue=tuple(sorted(piles["overdue"], key=by_lateness)),
        today=tuple(sorted(piles["today"], key=by_time)),
        undated=in_order(piles["undated"]),
        unfiled=in_order(piles["unfiled"]),
    )


def in_order(covers: Iterable[Cover]) -> tuple[Cover, ...]:
    return tuple(sorted(covers, key=lambda cover: cover.sorted_by))


@dataclass(frozen=True, slots=True)
class Place:
    """One insert with what lies behind it. `on` is the day, for month inserts and later the month, else None."""

    slot: str
    on: date | Month | None
    dossiers: tuple[Cover, ...]


def leaf_through(covers: Iterable[Cover], day: date, *, resting: bool = False) -> list[Place]:
    """The binder from front to back: overdue, undated, days, months, later, unfiled, and resting if asked for."""
    covers = tuple(covers)
    places: dict[tuple[int, date | Month | None, str], list[Cover]] = {}
    for cover in covers:
        slot = slot_of(cover, day)
        if slot == slots.RESTING and not resting:
            continue
        on = cover.next.on if cover.next and slot not in _WITHOUT_DATE else None
        if on is None:
            rank = _WITHOUT_DATE[slot]
        elif is_undated(cover, day):
            rank = 1
        elif slots.is_day_insert(slot):
            rank = 2
        else:
            rank = 4 if slot == slots.LATER else 3
            on = on if isinstance(on, Month) else Month.of(on)
        places.setdefault((rank, on, slot), []).append(cover)
    desk = lay_out(covers, day) if places else None
    ordered = []
    for rank, on, slot in sorted(places, key=lambda place: (place[0], str(place[1]))):
        here = in_order(places[rank, on, slot])
        if desk and rank == 0:
            here = desk.overdue
        elif desk and on == day:
            here = desk.today
        ordered.append(Place(slot, on, here))
    return ordered


_WITHOUT_DATE = {slots.OVERDUE: 0, slots.UNFILED: 5, slots.RESTING: 6}


def loads(covers: Iterable[Cover], day: date) -> Counter[date | Month]:
    """How many living dossiers lie at each day and each month without a day; the overdue ones count today."""
    load: Counter[date | Month] = Counter()
    for cover in covers:
        if cover.resting is None and cover.next is not None:
            on = cover.next.on
            load[on if last_day(on) >= day else day] += 1
    return load


def promised_days(covers: Iterable[Cover]) -> set[date | Month]:
    """The days and months on which something is promised to a client."""
    return {cover.next.on for cover in covers if cover.next and cover.next.agreed and cover.resting is None}


def _date_edits(cover: Cover, after: Next) -> tuple[Edit, ...]:
    """The lines of `[next]` that differ, and no others; setting a date wakes a resting dossier."""
    old = as_written(cover.next) if cover.next else {}
    new = as_written(after)
    edits: list[Edit] = [Put(("next", key), value) for key, value in new.items() if old.get(key) != value]
    edits += [Drop(("next", key)) for key in old if key not in new]
    if cover.resting is not None:
        edits.append(Drop(("resting",)))
    return tuple(edits)


# Acts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Details:
    """What the options say about the next contact; None leaves it as the act's own rule has it."""

    about: str | None = None
    kind: str | None = None
    person: str | None = None
    agreed: bool = False


def _from_when(when: When, details: Details, old: Next | None) -> Next:
    """The WHEN with its details; what they do not say is kept from the old contact, if one is given."""
    how: How = "agreed" if when.agreed or details.agreed else "planned"
    contact = without(old, "time", "how") if old else Next(when.on)
    return _with_details(replace(contact, on=when.on, time=when.time, how=how), details)


def _with_details(contact: Next, details: Details) -> Next:
    said = {"kind": details.kind, "about": details.about, "with": details.person}
    contact = without(contact, *(key for key, value in said.items() if value is not None))
    return replace(
        contact,
        kind=details.kind or contact.kind,
        about=details.about if details.about is not None else contact.about,
        person=details.person or contact.person,
    )


def first_contact(when: When, details: Details, *, how: How | None = None) -> Next:
    """The contact of a new dossier; `how` says it where no person named the date."""
    contact = _from_when(when, details, None)
    return replace(contact, how=how) if how else contact


class Verdict(Enum):
    """What becomes of the date when a contact is logged."""

    SET = auto()
    REST = auto()
    STAYS = auto()
    RESTS_ON = auto()
    NEXT_WORKING_DAY = auto()
    ASK = auto()
    RHYTHM = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said about the date: a WHEN, or to rest, or to keep it."""

    when: When | None = None
    rest: bool = False
    keep: bool = False


def what_of_the_date(
    cover: Cover, entry: Entry, wish: Wish, day: date, *, can_ask: bool, every: rhythm.Rhythm | None
) -> Verdict:
    """The rule, in its order. Raises Refused where a date is to be kept and there is none."""
    has_date = cover.next is not None and cover.resting is None
    if wish.when:
        return Verdict.SET
    if wish.rest:
        return Verdict.REST
    if has_date and (wish.keep or entry.kind == "note" or _lies_ahead(cover, day)):
        return Verdict.STAYS
    if wish.keep:
        raise Refused(f"{cover.name} has no date to keep. Say the next one: -n fri")
    if cover.resting is not None:
        return Verdict.RESTS_ON
    if not entry.reached:
        return Verdict.NEXT_WORKING_DAY
    if can_ask:
        return Verdict.ASK
    return Verdict.RHYTHM if every else Verdict.UNKNOWN


def _lies_ahead(cover: Cover, day: date) -> bool:
    """A next contact after today; a month counts when it is after the running one."""
    on = cover.next.on if cover.next else day
    return on > Month.of(day) if isinstance(on, Month) else on > day


def log(
    cover: Cover,
    entry: Entry,
    verdict: Verdict,
    wish: Wish,
    details: Details,
    *,
    day: date,
    working: WorkingDays,
    every: rhythm.Rhythm | None,
) -> Change:
    """Write down what happened, and put the dossier behind its next insert, as one act."""
    append = Append("log", entry_record(entry))
    words = _entry_words(cover, entry)
    if verdict is Verdict.REST:
        edits = (Put(("resting",), entry.text), Drop(("next",)), append)
        return Change(cover.client, cover.name, cover.next, None, edits, f"{words} and put to rest")
    if verdict is Verdict.RESTS_ON:
        return Change(cover.client, cover.name, cover.next, cover.next, (append,), words)
    after = _next_after(cover, entry, verdict, wish, details, day=day, working=working, every=every)
    return Change(cover.client, cover.name, cover.next, after, (*_date_edits(cover, after), append), words)


def due(cover: Cover, entry: Entry, every: rhythm.Rhythm, day: date, working: WorkingDays) -> date:
    """The rhythm's next day after this entry, counted from the last contact; today where there was none yet."""
    contacts = [entry.day] if entry.is_contact else []
    if cover.last_contact is not None:
        contacts.append(cover.last_contact)
    return every.due(max(contacts, default=day), day, working)


def _next_after(
    cover: Cover,
    entry: Entry,
    verdict: Verdict,
    wish: Wish,
    details: Details,
    *,
    day: date,
    working: WorkingDays,
    every: rhythm.Rhythm | None,
) -> Next:
    own = without(cover.next, *NEXT_KEYS).more if cover.next else {}
    if verdict is Verdict.SET:
        assert wish.when
        return replace(_from_when(wish.when, details, None), more=own)
    if verdict is Verdict.RHYTHM:
        assert every
        on = due(cover, entry, every, day, working)
        return _with_details(Next(on, how="rhythm", more=own), details)
    if verdict is Verdict.NEXT_WORKING_DAY:
        on = working.after(day)
        kept = replace(without(cover.next, "time", "how"), on=on, time=None, how="planned") if cover.next else Next(on)
        return _with_details(kept, details)
    assert verdict is Verdict.STAYS
    assert cover.next
    kept = _with_details(cover.next, details)
    return replace(kept, how="agreed") if details.agreed else kept


def _entry_words(cover: Cover, entry: Entry) -> str:
    if not entry.reached:
        return f"Logged an attempt to reach {cover.name}"
    article = "an" if entry.kind[:1] in "aeiou" else "a"
    return f"Logged {article} {entry.kind} with {cover.name}" if entry.is_contact else f"Noted on {cover.name}"


def refile(cover: Cover, when: When, details: Details, *, at: date | datetime, words: str) -> Change:
    """Put a dossier behind another insert: what is not said anew is kept, and the move is remembered."""
    after = _from_when(when, details, cover.next)
    edits = _date_edits(cover, after)
    if cover.next and cover.resting is None and cover.next.on != after.on:
        move = Entry(at, "moved", from_on=cover.next.on, to_on=after.on, how=cover.next.how)
        edits += (Append("log", entry_record(move)),)
    before = cover.next if cover.resting is None else None
    return Change(cover.client, cover.name, before, after, edits, words)


def breaks_agreement(cover: Cover, when: When, *, agreed: bool = False) -> bool:
    """Whether re-filing so changes what was promised to the client: its day, its time, or that it is promised."""
    now = cover.next
    if cover.resting is not None or now is None or not now.agreed:
        return False
    return (now.on, now.time) != (when.on, when.time) or not (when.agreed or agreed)


def snooze_start(cover: Cover, day: date) -> date:
    """Where an offset counts from: the later of today and the day the dossier lies at."""
    if cover.resting is not None or cover.next is None:
        return day
    return max(day, last_day(cover.next.on))


def check_snooze(cover: Cover, when: When, day: date) -> None:
    """Raises Refused for an offset from a month without a day, and for a date that is no later than the old one."""
    if cover.resting is not None or cover.next is None:
        return
    on = cover.next.on
    if when.offset and isinstance(on, Month) and on.last >= day:
        raise Refused(
            f"{cover.name} lies in {on.name.capitalize()} without a day, so there is nothing to count from. "
            f"Name the day: cf file {cover.client} {on.last}"
        )
    if last_day(when.on) <= last_day(on):
        raise Refused(
            f"{cover.name} lies at {on} already, and putting off goes forward. "
            f"For any other day: cf file {cover.client} {when.on}"
        )


def rest(cover: Cover, why: str) -> Change:
    """Put a dossier to rest on purpose; it has no next contact until one is filed."""
    edits = (Put(("resting",), why), Drop(("next",)))
    return Change(cover.client, cover.name, cover.next, None, edits, f"Put {cover.name} to rest")


def nearest_working_days(working: WorkingDays, day: date, count: int) -> Sequence[date]:
    """The next so many working days after today."""
    following = working.following(day)
    return [next(following) for _ in range(count)]
