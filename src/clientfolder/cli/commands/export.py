"""What leaves the folder for other programs: `export`."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Annotated, Any, TypeVar

from clientfolder.binder.binder import client_of
from clientfolder.binder.export_marks import keep
from clientfolder.cli import facts, options
from clientfolder.cli.arguments import arranged
from clientfolder.cli.commands.selection import Marks, asks_for_resting, chosen
from clientfolder.cli.output.terminal import FullOutput, Line, Result, Span, one_line, put_content
from clientfolder.cli.output.words import shortened
from clientfolder.cli.parameters import Argument, Call, Option, parameters, values_of
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.privacy import public
from clientfolder.dossier.types import Dossier, is_slip
from clientfolder.errors import CannotReach, Misused, Refused, Trouble
from clientfolder.exchange.events import DEFAULT_ALARM, ELSEWHERE, LeftOut, Wanted, events, of_cover, uid
from clientfolder.exchange.exported import Exported, existing, put
from clientfolder.settings import FILE
from clientfolder.settings.values import EXPORT_FORMATS
from clientfolder.text import counted
from clientfolder.tuples import NamedTuple

PIPED = "-"
_METAVAR = f"[{'|'.join(EXPORT_FORMATS)}] [SELECTION]"
# As many of those that are left out are named.
MOST_NAMED = 5


class Asked(NamedTuple):
    """One export as it was typed. `file`: None for standard output. `words`, `marks`: which dossiers."""

    format: str
    file: str | None
    words: tuple[str, ...] = ()
    marks: Marks = Marks()
    initials: bool = False
    promised: bool = False
    alarm: str | None = None
    excel: bool = False
    private: bool = False


class Done(NamedTuple):
    """One export as it came out. `path`: None for standard output. `zone`: of the times in it, told in words."""

    asked: Asked
    exported: Exported
    left_out: list[LeftOut]
    errors: tuple[Trouble, ...]
    zone: str = ""
    path: str | None = None


def export(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar=_METAVAR, show_default=False, completes="exported")] = None,
    out: Annotated[str | None, Option("--out", metavar="FILE", help="Into this file.")] = None,
    promised: Annotated[bool, Option("--promised", help="ics: of the contacts only the promised ones.")] = False,
    initials: Annotated[bool, Option("--initials", help="ics: initials and dates, and nothing else.")] = False,
    alarm: Annotated[
        str | None, Option(metavar="15m|none", help="ics: how long before an appointment; 15m if not said.")
    ] = None,
    excel: Annotated[bool, Option("--excel", help="csv: as spreadsheets like it.")] = False,
    private: Annotated[bool, Option("--private", help="json: with what is private.")] = False,
    tag: options.Tag = None,
    agreed: options.OnlyAgreed = False,
    silent_since: options.SilentSince = None,
    drifting: options.Drifting = False,
    dodged: options.Dodged = False,
    first: options.FirstCalls = False,
) -> Result:
    """The calendar (ics), contacts (vcf), a table (csv) or all (json), to standard output or into a file.

    SELECTION as in cf list; without it all living clients, in csv and json those at rest too. Alone it renews the
    files of the setting exports.
    """
    session: Session = ctx.obj
    if not words:
        return _renewed(session)
    marks = Marks(tag, agreed, silent_since, drifting, dodged, first)
    asked = Asked(
        _format(words[0]), None if out == PIPED else out, tuple(words[1:]), marks, initials, promised, alarm, excel,
        private,
    )  # fmt: skip
    _check(asked)
    if asked.file is None and session.json:
        raise Misused("--json and the export would both go to standard output: name a file for it with --out")
    done = _done(session, asked)
    writes, is_aside = asked.file is not None and not session.dry_run, asked.file is None
    return Result(
        {"changes": [], **_facts(done)}, lambda _: _lines(session, done), 1 if done.errors else 0, done.errors, writes,
        is_aside=is_aside,
    )  # fmt: skip


def _renewed(session: Session) -> Result:
    """Export anew all that the setting names, one after the other; one that is refused holds up no other."""
    lines = session.workspace.settings.exports
    if not lines:
        example = 'exports = ["ics ~/Sync/clients.ics --promised"]'
        raise Misused(
            f"Say what to export: cf export {_in_words('or')}. What cf export alone renews stands in the setting "
            f"exports: {example}"
        )
    done: list[Done] = []
    failed: list[Trouble] = []
    for line in lines:
        try:
            done.append(_done(session, _as_set(session, line)))
        except Trouble as trouble:
            failed.append(trouble)
    if not done:
        raise failed[0]
    errors = (*dict.fromkeys(error for one in done for error in one.errors), *failed)
    data = {"changes": [], "exports": [_facts(one) for one in done]}
    writes = not session.dry_run
    return Result(
        data, lambda _: (line for one in done for line in _lines(session, one)), 1 if errors else 0, errors, writes
    )


def _as_set(session: Session, line: str) -> Asked:
    """One line of the setting: `ics ~/Sync/clients.ics --promised`; a path is of the folder. Raises Misused."""
    found = parameters(export) or []
    known = dict(pair for parameter in found for pair in parameter.known())
    try:
        format, file, *rest = shlex.split(line)
        said = values_of(arranged([format, *rest], known), found, known)
        if said is None or "out" in said:
            raise Misused("An option there is none of cf export, or stands twice")
        words = said.pop("words")
        marks = Marks(**{name: said.pop(name) for name in Marks._fields if name in said})
        asked = Asked(_format(words[0]), file, tuple(words[1:]), marks, **said)
        _check(asked)
    except (ValueError, Misused) as error:
        raise Misused(f"exports: {line}: {error}", file=FILE) from None
    return asked._replace(file=file if file.startswith("~") else os.path.join(session.workspace.root, file))


# What the formats are called besides.
_OTHER_FORMATS = {
    "ics": ("calendar", "ical", "dates"),
    "vcf": ("vcard", "contacts", "phone", "cards", "addresses"),
    "csv": ("table", "excel", "xls", "xlsx", "sheet", "spreadsheet"),
    "json": ("all", "everything"),
}


def _format(word: str) -> str:
    if word not in EXPORT_FORMATS:
        instead = next((form for form, others in _OTHER_FORMATS.items() if word.lower().lstrip(".") in others), "ics")
        raise Misused(f"There is no export {word}. There are {_in_words('and')}: cf export {instead}")
    return word


def _in_words(last: str) -> str:
    """`ics, vcf, csv and json`."""
    return f"{', '.join(EXPORT_FORMATS[:-1])} {last} {EXPORT_FORMATS[-1]}"


_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def _alarm(typed: str | None) -> timedelta | None:
    """How long before an appointment; None for no alarm. Raises Misused."""
    if typed is None:
        return DEFAULT_ALARM
    if typed == "none":
        return None
    if not (found := re.fullmatch(r"([0-9]{1,4})([mhd])", typed)):
        raise Misused(f"--alarm takes a time such as 15m, 2h or 1d, or none, and not {typed}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _check(asked: Asked) -> None:
    """Raises Misused for an option that this format has not, and for an alarm that is none."""
    _alarm(asked.alarm)
    given = {"--promised": asked.promised, "--initials": asked.initials, "--alarm": asked.alarm,
             "--excel": asked.excel, "--private": asked.private}  # fmt: skip
    for name, format in FORMATS.items():
        for option in format.options if name != asked.format else ():
            if given[option]:
                raise Misused(f"{option} is for cf export {name}, and {asked.format} has nothing of the kind")


# Doing --------------------------------------------------------------------------------------------------


def _done(session: Session, asked: Asked) -> Done:
    """Export it to where it is to go. Raises Refused for a file there that is none of ours, and as writing does."""
    path = None if asked.file is None else session.workspace.path(asked.file)
    old = None if path is None else existing(path, asked.file or "")
    done = FORMATS[asked.format].make(session, asked, old)._replace(path=path)
    content = done.exported.content
    if path is None:
        try:
            put_content(content.decode(), session.environment)
        except FullOutput as full:
            raise CannotReach(f"Standard output: {full}") from None
    elif not session.dry_run:
        session.warnings += put(path, old, content)
        known = session.workspace.exported_files("ics")
        if path in known:
            keep(session.binder, path, known)
    return done


def _calendar(session: Session, asked: Asked, old: bytes | None) -> Done:
    from clientfolder.exchange import calendar

    kept = _ours(asked, calendar.read, old) or calendar.NONE
    workspace = session.workspace
    covers = _selection(session, asked)
    dossiers, unreadable = _for_calendar(session, kept.kept.keys())
    wanted = Wanted(
        workspace.zone, workspace.settings.days_off, None if covers is None else {*covers.clients},
        asked.promised, asked.initials, _alarm(asked.alarm),
    )  # fmt: skip
    found, left_out = events(dossiers, wanted)
    unknown = frozenset(uid(client) for client in map(_client_of, unreadable))
    renewal = calendar.Renewal(session.day, workspace.zone, workspace.moment, unknown, asked.initials)
    exported = calendar.write(found, kept, renewal)
    whose = "" if workspace.settings.zone else ", the time zone of this machine; another one: the setting zone"
    return Done(asked, exported, left_out, unreadable, f"Times are those of {workspace.zone.key}{whose}")


def _for_calendar(session: Session, known: Collection[str]) -> tuple[list[Dossier], tuple[Trouble, ...]]:
    """All dossiers and slips, as far as events are made of them; `known`: the events of the old file.

    Of most the cover says enough, which spares the reading of ten thousand files: whole are those with a birthday,
    with an address to go to, or whose log has to tell how often they were changed.
    """
    contents = session.everything()
    found, _ = session.binder.dossiers(lambda content: b"birthday" in content)
    whole = {dossier.client: dossier for dossier in found}
    unreadable = [*contents.unreadable]
    for cover in contents.covers:
        contact = cover.next
        is_dated = contact is not None and cover.resting is None and not isinstance(contact.on, Month)
        has_more = contact is not None and (contact.kind.casefold() in ELSEWHERE or uid(cover.client) not in known)
        if cover.client in whole:
            continue
        try:
            is_wanted = is_dated and has_more
            whole[cover.client] = session.binder.read(cover.client).dossier if is_wanted else of_cover(cover)
        except Trouble as trouble:
            unreadable.append(trouble)
    return list(whole.values()), tuple(unreadable)


def _cards(session: Session, asked: Asked, old: bytes | None) -> Done:
    from clientfolder.exchange import cards

    kept = _ours(asked, cards.read, old) or {}
    covers = _selection(session, asked)
    dossiers, unreadable = _dossiers(session)
    clients = _of_clients(dossiers, covers)
    resting = [] if covers is not None else [one for one in clients if one.resting is not None]
    at_rest = [LeftOut(one.client, "at rest") for one in resting]
    living = [one for one in clients if covers is not None or one.resting is None]
    return Done(asked, cards.write(living, kept), at_rest, unreadable)


def _table(session: Session, asked: Asked, old: bytes | None) -> Done:
    from clientfolder.exchange import tables

    kept = _ours(asked, tables.read, old) or {}
    covers = _selection(session, asked)
    dossiers, unreadable = _dossiers(session)
    return Done(asked, tables.write(_of_clients(dossiers, covers), kept, excel=asked.excel), [], unreadable)


def _whole(session: Session, asked: Asked, old: bytes | None) -> Done:
    from clientfolder.cli.output.json import folder_text, read_folder_text

    kept = _ours(asked, read_folder_text, old) or {}
    covers = _selection(session, asked)
    chosen_ = session.contents.covers if covers is None else covers
    unreadable = list(session.contents.unreadable) if covers is None else []
    sheets = []
    for client in sorted(chosen_.clients):
        try:
            sheets.append(facts.bare_sheet(session, client, private=asked.private))
        except Trouble as trouble:
            unreadable.append(trouble)
    text, records = folder_text(sheets)
    same = sum(kept.get(client) == record for client, record in records.items())
    changed = sum(client in kept for client in records) - same
    return Done(asked, Exported(text.encode(), len(records), changed, same=same), [], tuple(unreadable))


_Old = TypeVar("_Old")


def _ours(asked: Asked, read: Callable[[bytes], _Old | None], raw: bytes | None) -> _Old | None:
    """What an older export says that stands there; None where nothing does. Raises Refused for what is no export."""
    found = None if raw is None else read(raw)
    if raw is not None and found is None:
        message = f"This is no export of cf's to {asked.format}, or a part of one; it was left as it is"
        raise Refused(f"{message}. Name another file", file=asked.file)
    return found


def _of_clients(dossiers: Iterable[Dossier], covers: Covers | None) -> list[Dossier]:
    """The clients among them without what is private, of all or of those chosen; no slips."""
    clients = None if covers is None else {*covers.clients}
    return [public(one) for one in dossiers if not is_slip(one.client) and (clients is None or one.client in clients)]


def _client_of(trouble: Trouble) -> str:
    return client_of(trouble.file or "")


def _selection(session: Session, asked: Asked) -> Covers | None:
    """The dossiers that were chosen; None where no choice was made. Those at rest are chosen by name alone."""
    if not asked.words and asked.marks == Marks():
        return None
    covers = chosen(session, asked.words or None, asked.marks)
    return covers if asks_for_resting(asked.words) else covers.where_due(lambda due: not due.resting)


def _dossiers(session: Session) -> tuple[list[Dossier], tuple[Trouble, ...]]:
    """All dossiers and slips, and an error for each that cannot be read."""
    session.warnings += session.workspace.setting_warnings
    return session.binder.dossiers(lambda _: True)


class Format(NamedTuple):
    """A format: who makes the file, what one thing in it is called, and which options it alone has."""

    make: Callable[[Session, Asked, bytes | None], Done]
    record: str
    options: tuple[str, ...] = ()


# The formats, each by the name that `settings.values` knows it by.
FORMATS = {
    "ics": Format(_calendar, "event", ("--promised", "--initials", "--alarm")),
    "vcf": Format(_cards, "card"),
    "csv": Format(_table, "row", ("--excel",)),
    "json": Format(_whole, "dossier", ("--private",)),
}


# Telling ------------------------------------------------------------------------------------------------


def _facts(done: Done) -> dict[str, Any]:
    exported = done.exported
    return {
        "format": done.asked.format,
        "file": done.path,
        "written": exported.written,
        "changed": exported.changed,
        "cancelled": exported.cancelled,
        "same": exported.same,
        "left_out": [one._asdict() for one in done.left_out],
    }


def _lines(session: Session, done: Done) -> Iterator[Line]:
    exported, asked = done.exported, done.asked
    held = counted(exported.written, FORMATS[asked.format].record)
    if done.path is not None:
        said = "Would export" if session.dry_run else "Exported"
        yield Span(f"{said} {held} -> "), Span(one_line(shortened(done.path, session.environment.home)), "bold")
        counts = ((exported.changed, "changed"), (exported.cancelled, "cancelled"), (exported.same, "the same"))
        if told := ", ".join(f"{count} {word}" for count, word in counts if count):
            yield (Span(f"   {told}"),)
    if done.left_out:
        yield (Span(f"   Left out {len(done.left_out)}: {_named(done.left_out)}", "dim"),)
    if done.zone:
        yield (Span(f"   {done.zone}", "dim"),)
    if session.dry_run and done.path is not None:
        yield (Span("   --dry-run: nothing was written", "dim"),)


def _named(left_out: Sequence[LeftOut]) -> str:
    more = f" and {len(left_out) - MOST_NAMED} more" if len(left_out) > MOST_NAMED else ""
    return one_line(", ".join(f"{one.client} ({one.why})" for one in left_out[:MOST_NAMED])) + more
