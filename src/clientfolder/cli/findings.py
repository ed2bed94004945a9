"""What `cf doctor` finds in the dossiers: what cannot be read, what is odd or in the wrong place, and who waits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from clientfolder.binder import condition, lookup, misplaced, names, scanner
from clientfolder.binder.binder import CLIENTS, SLIPS, client_of, file_of, stem_of
from clientfolder.binder.letters import UNSETTLED
from clientfolder.cli import leftovers
from clientfolder.cli.counter import Counter
from clientfolder.cli.finding import Finding
from clientfolder.cli.mends import Mends
from clientfolder.dossier import Cover, Dossier
from clientfolder.errors import Trouble
from clientfolder.tickler import slots

LONG_OVERDUE_DAYS = 30


def findings(counter: Counter) -> list[Finding]:
    """Everything that is wrong or odd in the folder; nothing is written."""
    mends = Mends(counter)
    places = list(leftovers.places(counter, mends))
    if any(finding.file in (CLIENTS, SLIPS) for finding in places):
        return places
    covers = sorted(counter.contents.covers, key=lambda cover: cover.sorted_by)
    return [
        *places,
        *_unreadable(counter, mends),
        *_names(counter, covers, mends),
        *(finding for cover in covers for finding in _dossier(counter, cover, mends)),
        *_doubles([cover for cover in covers if not cover.is_slip], mends),
        *_slips_of_nobody(counter, covers, mends),
        *leftovers.findings(counter, mends),
    ]


def _unreadable(counter: Counter, mends: Mends) -> Iterator[Finding]:
    for trouble in counter.contents.unreadable:
        client, mend = client_of(trouble.file or ""), mends.edit_broken(trouble)
        yield Finding(trouble.code, client, trouble.file, trouble.line, trouble.message, mend)


# Names ------------------------------------------------------------------------------------------------


def _names(counter: Counter, covers: Iterable[Cover], mends: Mends) -> Iterator[Finding]:
    """Names of files that collide, or that this program would not have given."""
    called = {cover.client: cover.name for cover in covers}
    twins = condition.twins([*counter.binder.clients(), *counter.binder.slips()])
    for kept, other in twins:
        message = f"On other systems this is the same file as {file_of(kept)}, and one of the two would be lost"
        mend = mends.rename_file(other, called.get(other, other))
        yield Finding("twin_file", other, file_of(other), None, message, mend)
    others = {other for _, other in twins}
    for cover in covers:
        if cover.client not in others and not _is_short_name(cover):
            message, mend = _why_odd(cover.client), mends.rename(cover)
            yield Finding("file_name", cover.client, file_of(cover.client), None, message, mend)


def _is_short_name(cover: Cover) -> bool:
    stem = stem_of(cover.client)
    return names.is_name_of_slip(stem) if cover.is_slip else names.is_short_name(stem)


def _why_odd(client: str) -> str:
    if not names.is_portable(stem_of(client)):
        return "Other systems cannot hold a file of this name"
    if names.is_phrase(client):
        return "The file has the name of an insert or of a date, and not a short name"
    return "The file's name is no short name, which has small letters a to z, digits and - alone"


# One dossier ------------------------------------------------------------------------------------------


def _dossier(counter: Counter, cover: Cover, mends: Mends) -> Iterator[Finding]:
    yield from _in_the_file(counter, cover, mends)
    yield from _in_the_binder(counter, cover, mends)


class _Fault(NamedTuple):
    """What is wrong with a key; its line is still to be looked up."""

    code: str
    path: scanner.Path
    message: str
    mend: str


def _in_the_file(counter: Counter, cover: Cover, mends: Mends) -> Iterator[Finding]:
    """What is wrong with single keys, each with its line; a file that can have none is not parsed again."""
    client, file = cover.client, file_of(cover.client)
    try:
        raw = counter.binder.raw(client)
        is_suspect = _is_doubtful(cover) or misplaced.may_be(raw) or _may_be_ahead(raw, counter.day)
        sheet = counter.binder.sheet(client) if is_suspect else None
    except Trouble:
        return  # it has gone, or was spoilt, since it was read
    if merge := misplaced.unsettled_merge(raw):
        yield Finding("merge", client, file, merge, UNSETTLED, mends.on("edit", cover))
    if sheet:
        faults = [*_faults(cover, sheet.data, mends), *_ahead(cover, sheet.dossier, counter.day, mends)]
        for fault, line in zip(faults, scanner.lines_of(sheet.text, [fault.path for fault in faults]), strict=True):
            yield Finding(fault.code, client, file, line, fault.message, fault.mend)


_AT = re.compile(rb"""at["' \t]*=[ \t]*["']?(\d{4}-\d\d-\d\d)""")


def _may_be_ahead(raw: bytes, day: date) -> bool:
    return max(_AT.findall(raw), default=b"") > day.isoformat().encode()


def _ahead(cover: Cover, dossier: Dossier, day: date, mends: Mends) -> Iterator[_Fault]:
    for place, entry in enumerate(dossier.log):
        if entry.is_ahead(day):
            message = f"This entry is of {entry.day}, which is still to come; until then it has reached nobody"
            yield _Fault("future_entry", ("log", place, "at"), message, mends.on("edit", cover))


def _is_doubtful(cover: Cover) -> bool:
    return bool(cover.odd) or _is_unknown(cover) or bool(cover.resting is not None and cover.next)


def _faults(cover: Cover, data: Mapping[str, Any], mends: Mends) -> Iterator[_Fault]:
    edit = mends.on("edit", cover)
    for odd in cover.odd:
        yield _Fault("odd_value", odd.path, f"{'.'.join(map(str, odd.path))} {odd.message}", edit)
    for one in misplaced.misplaced(data):
        yield _Fault("misplaced_key", one.path, _misplaced(one), edit)
    if _is_unknown(cover) and cover.next:
        message = f'with = "{cover.next.person}" is nobody whom this dossier knows; write the person under [people]'
        yield _Fault("unknown_person", ("next", "with"), message, edit)
    if cover.resting is not None and cover.next:
        message = f"{cover.name} rests and has a date as well; it rests. To wake it: {mends.on('file', cover, 'fri')}"
        mend = mends.on("rest", cover, why) if (why := cover.resting.strip()) else edit
        yield _Fault("resting_with_date", ("resting",), message, mend)


def _misplaced(one: misplaced.Misplaced) -> str:
    key = one.path[-1]
    return f"{key} stands below {one.table}, and so belongs to that; move the line to its place, {one.belongs}"


def _is_unknown(cover: Cover) -> bool:
    """Whether the next contact is with a person who is not among the client's people."""
    if cover.next is None or cover.next.person is None:
        return False
    wanted = lookup.folded(cover.next.person)
    known = {lookup.folded(name) for key, person in cover.people.items() for name in (key, person.name) if name}
    return wanted not in known | {lookup.folded(cover.name)}


def _in_the_binder(counter: Counter, cover: Cover, mends: Mends) -> Iterator[Finding]:
    client, file = cover.client, file_of(cover.client)
    if cover.resting is not None:
        return
    if cover.next is None:
        yield Finding("no_date", client, file, None, f"{cover.name} has no date", mends.on("file", cover, "fri"))
    elif (late := slots.days_late(cover.next.on, counter.day)) > LONG_OVERDUE_DAYS:
        todo = "do it, find" if cover.is_slip else "ring up, find"
        message = f"{cover.name} is {late} days late; {todo} another day, or put the dossier to rest (cf rest)"
        mend = mends.on("file", cover, "fri", option="--yes" if cover.next.agreed else None)
        yield Finding("overdue", client, file, None, message, mend)


# Slips ------------------------------------------------------------------------------------------------


def _slips_of_nobody(counter: Counter, covers: Iterable[Cover], mends: Mends) -> Iterator[Finding]:
    """Slips whose client is gone, or has another name since; where one client alone is called so, it is that."""
    contacts = counter.contents.covers.contacts
    known = {*contacts.clients, *(client_of(trouble.file or "") for trouble in counter.contents.unreadable)}
    for slip in covers:
        if slip.belongs_to is None or slip.belongs_to in known:
            continue
        try:
            meant = lookup.find(contacts, slip.belongs_to.replace("-", " ")).client
        except Trouble:
            meant = ""
        message = f"{slip.name} belongs to {slip.belongs_to}, and there is no such client"
        mend = mends.on("set", slip, f"client={meant}")
        yield Finding("slip_of_nobody", slip.client, file_of(slip.client), None, message, mend)


# Two of one client ------------------------------------------------------------------------------------


def _doubles(covers: Iterable[Cover], mends: Mends) -> Iterator[Finding]:
    """Dossiers with the same name that have the phone number or the mail address in common too."""
    seen: dict[tuple[str, str], Cover] = {}
    for cover in covers:
        marks = [
            (names.same(cover.name), mark) for mark in (_digits(cover.phone), lookup.folded(cover.email or "")) if mark
        ]
        first = next((seen[mark] for mark in marks if mark in seen), None)
        for mark in marks:
            seen.setdefault(mark, cover)
        if first is not None:
            file = file_of(cover.client)
            message = (
                f"{cover.name} seems to have two dossiers; the other is {file_of(first.client)}. Keep what both say"
            )
            yield Finding("double", cover.client, file, None, message, mends.on("remove", cover))


def _digits(phone: str | None) -> str:
    return "".join(character for character in phone or "" if character.isdigit())
