"""What is wrong or odd in the dossiers, the settings, the forms and the journal, and who waits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from clientfolder import settings
from clientfolder.binder import files as reading
from clientfolder.binder import forms, leftovers
from clientfolder.binder import names as short_names
from clientfolder.binder.binder import CLIENTS, PRIVATE, SLIPS, client_of, file_of
from clientfolder.binder.index import lookup
from clientfolder.binder.journal.journal import UNFINISHED, Journal, Name
from clientfolder.binder.toml import parser, scanner
from clientfolder.binder.toml.explain import UNSETTLED
from clientfolder.dates.calendar import Month, last_day, spelled
from clientfolder.doctor import files, forgotten, misplaced, names, sales
from clientfolder.doctor.finding import Fault, Finding, Folder
from clientfolder.doctor.repair import Repair
from clientfolder.dossier.concerns import LOG
from clientfolder.dossier.phones import numbers
from clientfolder.dossier.types import Cover, Entry
from clientfolder.errors import CannotReach, Trouble, Unreadable
from clientfolder.text import comparable
from clientfolder.tickler import slots
from clientfolder.tickler.desk import same_times

LONG_OVERDUE_DAYS = 30


def findings(folder: Folder) -> list[Finding]:
    """Everything that is wrong or odd in the folder; nothing is written."""
    repair = Repair(folder)
    places = list(files.places(folder, repair))
    if any(finding.file in (CLIENTS, SLIPS) for finding in places):
        # Then it is not known what dossiers there are.
        return places
    covers = sorted(folder.contents.covers, key=lambda cover: cover.sorted_by)
    return [
        *places,
        *_unreadable(folder, repair),
        *names.findings(folder, covers, repair),
        *(finding for cover in covers for finding in _dossier(folder, cover, repair)),
        *_doubles(folder, [cover for cover in covers if not cover.is_slip], repair),
        *_same_times(folder, covers, repair),
        *_slips_of_nobody(folder, covers, repair),
        *sales.findings(folder, covers, repair),
        *files.findings(folder, repair),
        *_journal(folder, repair),
        *_settings(folder, repair),
        *_forms(folder, repair),
    ]


def _unreadable(folder: Folder, repair: Repair) -> Iterator[Finding]:
    for trouble in folder.contents.unreadable:
        client, mend = client_of(trouble.file or ""), repair.edit_broken(trouble)
        yield Finding(trouble.code, client, trouble.file, trouble.line, trouble.message, mend)


# One dossier ------------------------------------------------------------------------------------------


def _dossier(folder: Folder, cover: Cover, repair: Repair) -> Iterator[Finding]:
    yield from _in_the_file(folder, cover, repair)
    yield from _in_the_binder(folder, cover, repair)


def _in_the_file(folder: Folder, cover: Cover, repair: Repair) -> Iterator[Finding]:
    """What is wrong with single keys, each with its line; a file that can have none is not parsed again."""
    client, file = cover.client, file_of(cover.client)
    try:
        raw = folder.binder.raw(client)
        is_doubtful = _is_doubtful(cover) or _is_ahead(folder, cover.last) or misplaced.may_be(raw)
        sheet = folder.binder.read(client) if is_doubtful else None
    except Trouble:
        return  # it has gone, or was spoilt, since it was read
    if merge := misplaced.unsettled_merge(raw):
        yield Finding("merge", client, file, merge, UNSETTLED, repair.on("edit", cover))
    if sheet:
        faults = [*_faults(cover, sheet.data, repair), *_entries_ahead(folder, cover, sheet.dossier.log, repair)]
        faults += forgotten.faults(folder.day, cover, sheet.dossier.log, repair)
        for fault, line in zip(faults, scanner.lines_of(sheet.text, [fault.path for fault in faults]), strict=True):
            yield Finding(fault.code, client, file, line, fault.message, fault.mend)


def _is_doubtful(cover: Cover) -> bool:
    is_twofold = cover.resting is not None and cover.next is not None
    return bool(cover.odd or cover.records.get(LOG)) or _is_unknown(cover) or is_twofold


def _faults(cover: Cover, data: Mapping[str, Any], repair: Repair) -> Iterator[Fault]:
    edit = repair.on("edit", cover)
    for odd in cover.odd:
        yield Fault("odd_value", odd.path, f"{'.'.join(map(str, odd.path))} {odd.message}", edit)
    for one in misplaced.misplaced(data):
        yield Fault("misplaced_key", one.path, _misplaced(one), edit)
    if _is_unknown(cover) and cover.next:
        message = f'with = "{cover.next.person}" is nobody whom this dossier knows; write the person under [people]'
        yield Fault("unknown_person", ("next", "with"), message, edit)
    if cover.resting is not None and cover.next:
        message = f"{cover.name} rests and has a date as well; it rests. To wake it: {repair.on('file', cover, 'fri')}"
        mend = repair.on("rest", cover, why) if (why := cover.resting.strip()) else edit
        yield Fault("resting_with_date", ("resting",), message, mend)


def _is_ahead(folder: Folder, entry: Entry | None) -> bool:
    return entry is not None and entry.is_ahead(folder.day)


def _entries_ahead(folder: Folder, cover: Cover, log: Iterable[Entry], repair: Repair) -> Iterator[Fault]:
    """Entries are about what has been; one of a day to come would count as the last contact until then."""
    for place, entry in enumerate(log):
        if _is_ahead(folder, entry):
            message = f"An entry is of {spelled(entry.day)}, which is still to come; write the day on which it was"
            yield Fault("entry_ahead", ("log", place, "at"), message, repair.on("edit", cover))


def _misplaced(one: misplaced.Misplaced) -> str:
    key = one.path[-1]
    return f"{key} stands below {one.table}, and so belongs to that; move the line to its place, {one.belongs}"


def _is_unknown(cover: Cover) -> bool:
    """Whether the next contact is with a person who is not among the client's people."""
    if cover.next is None or cover.next.person is None:
        return False
    wanted = comparable(cover.next.person)
    known = {comparable(name) for key, person in cover.people.items() for name in (key, person.name) if name}
    return wanted not in known | {comparable(cover.name)}


def _in_the_binder(folder: Folder, cover: Cover, repair: Repair) -> Iterator[Finding]:
    client, file = cover.client, file_of(cover.client)
    if cover.resting is not None:
        return
    if cover.next is None:
        yield Finding("no_date", client, file, None, f"{cover.name} has no date", repair.on("file", cover, "fri"))
    elif (late := slots.days_late(cover.next.on, folder.day)) > LONG_OVERDUE_DAYS:
        todo = "do it, find" if cover.is_slip else "ring up, find"
        message = f"{cover.name} is {late} days late; {todo} another day, or put the dossier to rest (cf rest)"
        mend = repair.on("file", cover, "fri", option="--yes" if cover.next.agreed else None)
        yield Finding("overdue", client, file, None, message, mend)


def _same_times(folder: Folder, covers: Iterable[Cover], repair: Repair) -> Iterator[Finding]:
    """From today on, all but the first of those who lie at one day and time; to mend it, the next free hour."""
    ahead = [cover for cover in covers if cover.next and last_day(cover.next.on) >= folder.day]
    same = same_times(ahead)
    taken = {(cover.next.on, cover.next.time) for cover in ahead if cover.next}
    seen: set[tuple[date | Month, time | None]] = set()
    for cover in ahead:
        if cover.client not in same or cover.next is None or cover.next.time is None:
            continue
        on, at = cover.next.on, cover.next.time
        if (on, at) in seen:
            free = next((hour for hour in range(at.hour + 1, 24) if (on, at.replace(hour=hour)) not in taken), None)
            phrase = f"{on} {at.replace(hour=free):%H:%M}" if free is not None else "fri"
            mend = repair.on("file", cover, phrase, option="--yes" if cover.next.agreed else None)
            message = f"{cover.name} lies at {spelled(on)} {at:%H:%M}, the same time as {same[cover.client]}"
            yield Finding("same_time", cover.client, file_of(cover.client), None, message, mend)
        seen.add((on, at))


# Slips ------------------------------------------------------------------------------------------------


def _slips_of_nobody(folder: Folder, covers: Iterable[Cover], repair: Repair) -> Iterator[Finding]:
    """Slips whose client is gone, or has another name since; where one client alone is called so, it is that."""
    contacts = folder.contents.covers.contacts
    known = {*contacts.clients, *(client_of(trouble.file or "") for trouble in folder.contents.unreadable)}
    for slip in covers:
        if slip.belongs_to is None or slip.belongs_to in known:
            continue
        try:
            meant = lookup.find(contacts, slip.belongs_to.replace("-", " ")).client
        except Trouble:
            meant = ""
        message = f"{slip.name} belongs to {slip.belongs_to}, and there is no such client"
        mend = repair.on("set", slip, f"client={meant}")
        yield Finding("slip_of_nobody", slip.client, file_of(slip.client), None, message, mend)


# Two of one client ------------------------------------------------------------------------------------


def _doubles(folder: Folder, covers: Iterable[Cover], repair: Repair) -> Iterator[Finding]:
    """Dossiers with the same name that have the phone number, the mail address or the first entry in common too."""
    seen: dict[tuple[str, str], Cover] = {}
    numbered = _numbered_doubles(folder)
    for cover in covers:
        marks = [
            (short_names.same(cover.name), mark)
            for mark in (*numbers(cover.phone), comparable(cover.email or ""))
            if mark
        ]
        first = next((seen[mark].client for mark in marks if mark in seen), numbered.get(cover.client))
        for mark in marks:
            seen.setdefault(mark, cover)
        if first is not None:
            file = file_of(cover.client)
            message = f"{cover.name} seems to have two dossiers; the other is {file_of(first)}. Keep what both say"
            yield Finding("double", cover.client, file, None, message, repair.on("remove", cover))


def _numbered_doubles(folder: Folder) -> dict[str, str]:
    """Dossiers with a number behind the short name of another, whose logs begin with the same entry.

    The number is this program's own, so it is for a person to say whether it is one client or two.
    """
    found = {}
    for namesakes in folder.contents.covers.contacts.namesakes():
        for client in namesakes:
            first, dash, number = client.rpartition("-")
            if dash and number.isdigit() and first in namesakes and _begin_alike(folder, client, first):
                found[client] = first
    return found


def _begin_alike(folder: Folder, client: str, other: str) -> bool:
    try:
        return leftovers.share_first_entry(folder.binder.raw(client), folder.binder.raw(other))
    except Trouble:
        return False


# The journal ------------------------------------------------------------------------------------------


def _journal(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """What is of this machine alone: steps that cannot be read or were cut short, and whether git leaves it alone."""
    root = folder.root
    private, ignored = os.path.join(root, PRIVATE), f"{PRIVATE}/.gitignore"
    if os.path.islink(private):
        return
    is_under_git = os.path.isdir(private) and os.path.lexists(os.path.join(root, ".git"))
    if is_under_git and not os.path.lexists(os.path.join(root, ignored)):
        message = f"git does not know that {PRIVATE}/ is of this machine alone"
        mend = repair.shell("echo '*' >> {}", ignored, otherwise=f"tell git to ignore {PRIVATE}/")
        yield Finding("not_ignored", None, ignored, None, message, mend)
    cut_short = folder.binder.interrupted()
    book = Journal(folder.binder.path(files.DAYBOOK))
    for name in _steps(book):
        file = f"{files.DAYBOOK}/{name.file}"
        try:
            step = book.read(name)
        except CannotReach as trouble:
            message = f"{trouble.message}. Until it can, nothing is undone"
            mend = repair.shell("chmod u+rw {}", file, otherwise="make this file readable for yourself")
            yield Finding("daybook", None, file, None, message, mend)
            continue
        if step is None and os.path.lexists(os.path.join(root, file)):
            message = "This step cannot be read, and so cannot be undone; nothing else needs it"
            yield Finding("daybook", None, file, None, message, repair.remove(file))
        elif step and cut_short and name.state in UNFINISHED:
            message = f'"{step.words}" was cut short while it wrote; the next command that writes settles it'
            yield Finding("interrupted", None, file, None, message, "write anything, as with the next cf log")


def _steps(book: Journal) -> list[Name]:
    """The names of the steps; where they cannot be listed, that has been found already."""
    try:
        return book.names()
    except CannotReach:
        return []


# The settings -----------------------------------------------------------------------------------------


def _settings(folder: Folder, repair: Repair) -> Iterator[Finding]:
    file = settings.FILE
    try:
        text = parser.decode(file, reading.read(os.path.join(folder.root, file), file))
        data, _ = parser.parse(file, text)
    except FileNotFoundError:
        return
    except (Unreadable, CannotReach) as trouble:
        message = f"{trouble.message}. Until then the defaults are used"
        yield Finding("setting", None, file, trouble.line, message, repair.settings())
        return
    for name, value in data.items():
        for warning in settings.load({name: value})[1]:
            message = warning.message.removeprefix(f"{file}: ")
            yield Finding("setting", None, file, scanner.line_of(text, (name,)), message, repair.editor(file))
    for warning in folder.holidays:
        message = warning.message.removeprefix(f"{file}: ")
        yield Finding("setting", None, file, scanner.line_of(text, ("holidays",)), message, repair.editor(file))


def _forms(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """Forms that cannot be read, each with all that is wrong in it."""
    try:
        found = forms.listed(folder.binder)
    except CannotReach as shut:
        yield Finding(shut.code, None, shut.file, None, shut.message, None)
        return
    for form in found:
        for trouble in forms.read(form)[1] if form.file else ():
            mend = repair.editor(form.file or "")
            yield Finding(trouble.code, None, trouble.file, trouble.line, trouble.message, mend)
