"""Text to dossier and back: what a file says, what is wrong with it, and its text after an act.

Reading is strict about `name`, `next.on` and `log.at`; any other odd value is kept as it stands and told.
Writing makes the new text with `editor` and believes it only after reading it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any, NoReturn, get_args

from clientfolder.binder.toml import editor, misspelt, parser, scanner
from clientfolder.dates.calendar import Month
from clientfolder.dossier import schema
from clientfolder.dossier.amounts import Amount, amount_of
from clientfolder.dossier.changes import Append, Edit, entry_record, next_record
from clientfolder.dossier.types import SENT_BY, Cover, Dossier, Entry, How, Next, Odd, Person, Rating, is_slip
from clientfolder.errors import Refused, Unreadable
from clientfolder.tuples import NamedTuple


class DossierFile(NamedTuple):
    """A file's bytes read. `text` is without the BOM; `short` is the same with its plain log records shortened."""

    raw: bytes
    text: str
    data: Mapping[str, Any]
    short: parser.Shortened
    dossier: Dossier


# What a command has just read for its list it reads again when it writes, and mostly it says the same.
@lru_cache(maxsize=2)
def read(client: str, file: str, raw: bytes) -> DossierFile:
    """Read a dossier. Raises Unreadable with the line of the key that is wrong."""
    text = parser.decode(file, raw)
    if not text.strip():
        message = 'The file is empty, and so has no name; take it back from a backup, or begin anew: name = "..."'
        raise Unreadable(message, file=file)
    data, short = parser.parse(file, text)
    return _sheet(client, file, raw, text, data, short)


def _sheet(
    client: str, file: str, raw: bytes, text: str, data: Mapping[str, Any], short: parser.Shortened
) -> DossierFile:
    try:
        return DossierFile(raw, text, data, short, _dossier(client, data))
    except _Wrong as wrong:
        raise Unreadable(wrong.message, file=file, line=scanner.line_of(text, wrong.path)) from None


def cover(client: str, file: str, raw: bytes, today: date = date.max) -> tuple[Cover, Entry | None]:
    """What lists need of a dossier, as of today.

    And the entry of the latest day: where that is still ahead, the cover will be another on a later day.
    """
    dossier = read(client, file, raw).dossier
    return dossier.cover_on(today), max(dossier.log, key=lambda entry: entry.day, default=None)


class _Wrong(Exception):
    def __init__(self, path: scanner.Path, message: str) -> None:
        self.path = path
        self.message = message


# Values to dossier ------------------------------------------------------------------------------------

# The classes that a value of a declared type may have. What is of another, or declared otherwise, validation looks at.
_CLASSES: dict[str, type] = {
    "str": str, "bool": bool, "int": int, "date": date, "datetime": datetime, "time": time, "Month": Month,
    "Answers": dict, "Steps": dict, "Amount": Amount,
}  # fmt: skip


def is_plain(types: tuple[str, ...]) -> Callable[[Any], bool]:
    """Whether a value is surely of one of these types, without asking validation, which takes long to import."""
    if "How" in types:
        return lambda value: type(value) is str and value in get_args(How)
    if "Rating" in types:
        return lambda value: type(value) is int and value in get_args(Rating)
    if "tuple[str, ...]" in types:
        return lambda value: type(value) is tuple and all(type(part) is str for part in value)
    classes = {_CLASSES[name] for name in types if name in _CLASSES}
    return lambda value: type(value) in classes


class _Column(NamedTuple):
    """How the value of one key is read: into which field, from what else than its type, and what is plainly right."""

    row: schema.Key
    read_as: Callable[[Any], Any] | None
    is_plain: Callable[[Any], bool]


@cache
def _columns(table: str, form: type) -> dict[str, _Column]:
    types = schema.types_of(form)
    rows = [row for row in schema.TABLES[table].rows if not row.is_ones_own]
    return {row.name: _Column(row, _quoted_form(types[row.attribute]), is_plain(types[row.attribute])) for row in rows}


def _quoted_form(types: tuple[str, ...]) -> Callable[[Any], Any] | None:
    """Dates and times are also read when quoted."""
    if "datetime" in types:
        return _moment
    if "Month" in types:
        return _day_or_month
    if "date" in types:
        return _day
    if "time" in types:
        return _time
    if "Amount" in types:
        return amount_of
    return _days if "Steps" in types else None


def _dossier(client: str, data: Mapping[str, Any]) -> Dossier:
    odd: list[Odd] = []
    rest = dict(data)
    card = _table(rest, "card", (), odd)
    people = _table(rest, "people", (), odd)
    persons = {key: _person(table, key, odd) for key, table in people.items() if isinstance(table, dict)}
    strangers = {key: value for key, value in people.items() if key not in persons}
    odd += [Odd(("people", key), "should be a table with a name") for key in strangers]
    contact = _next(rest.pop("next"), odd) if "next" in rest else None
    log = _log(rest.pop("log", []), odd)
    records = {name: found for name in schema.own_records() if (found := _records(name, rest, odd))}
    _check("card", card, ("card",), odd)
    for key in ("tags", "not_on"):
        if isinstance(rest.get(key), str):
            rest[key] = (rest[key],) if key == "tags" else tuple(re.split(r"[,;\s]+", rest[key].strip()))
        elif isinstance(rest.get(key), list):
            rest[key] = tuple(rest[key])
    _check_name(data)
    fields, more = _fields("", rest, (), odd)
    _check("", {key: fields[key] for key in fields if fields[key] != ()}, (), odd)
    if is_slip(client) and not isinstance(data.get("client", ""), str):
        odd.append(Odd(("client",), "should be a text in quotes"))
    if strangers:
        more["people"] = strangers
    return Dossier(
        client, **fields, card=card, people=persons, next=contact, log=log, records=records,
        kept=_kept(records, log, card, fields.get(SENT_BY)), more=more, odd=tuple(odd),
    )  # fmt: skip


# What may be a day of the year on a card; anything else there is told from it without a further look.
_DAY_LIKE = re.compile(r"\s*(?:--|\d{4}-|\d{1,2}\D{0,4} [A-Za-z]|[A-Za-z]+\.? \d)")


def _kept(
    records: Mapping[str, tuple[Any, ...]], log: tuple[Entry, ...], card: Mapping[str, Any], sent_by: str | None
) -> dict[str, Any]:
    """What the index keeps of records, log and card, and by whom the client was sent."""
    kept = schema.kept({**records, "log": log})
    if sent_by:
        kept[SENT_BY] = sent_by
    if any(type(value) is date or (type(value) is str and _DAY_LIKE.match(value)) for value in card.values()):
        # Few dossiers have a yearly day.
        from clientfolder.dossier import birthdays

        if found := birthdays.yearly(card):
            kept[birthdays.CARD] = found
    return kept


def _check_name(data: Mapping[str, Any]) -> None:
    if "name" not in data:
        for key, table in data.items():
            if isinstance(table, dict) and isinstance(table.get("name"), str):
                raise _Wrong((key, "name"), f"The name stands below [{key}], and so belongs there; move it to the top")
            if key.lower() == "name":
                raise _Wrong((key,), 'Keys are written small: name = "..."')
        raise _Wrong((), 'The dossier has no name; write at the top: name = "..."')
    if not isinstance(data["name"], str) or not data["name"].strip():
        raise _Wrong(("name",), 'The name is empty or no text; write: name = "..."')


def _fields(
    table: str, values: Mapping[str, Any], path: scanner.Path, odd: list[Odd]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values by their fields in the table's class, and by their keys what has none or does not fit."""
    form = schema.TABLES[table].form
    assert form is not None
    columns = _columns(table, form)
    fields: dict[str, Any] = {}
    more: dict[str, Any] = {}
    doubtful: dict[str, Any] = {}
    for key, value in values.items():
        column = columns.get(key)
        if column is None:
            more[key] = value
            continue
        if column.read_as is not None:
            value = column.read_as(value)
        if column.is_plain(value):
            fields[column.row.attribute] = value
        else:
            doubtful[key] = value
    if doubtful:
        from clientfolder.binder.toml import validation

        wrong = validation.misfits(form, {columns[key].row.attribute: value for key, value in doubtful.items()})
        for key, value in doubtful.items():
            row = columns[key].row
            if row.attribute not in wrong:
                fields[row.attribute] = value
                continue
            if row.is_strict:
                _refuse_strict((*path, key), value, wrong[row.attribute])
            more[key] = value
            odd.append(Odd((*path, key), f"should be {wrong[row.attribute]}"))
    return fields, more


def _filled(table: str, values: Mapping[str, Any], path: scanner.Path, odd: list[Odd]) -> Any:
    fields, more = _fields(table, values, path, odd)
    form: Any = schema.TABLES[table].form
    return form(**fields, more=more) if more else form(**fields)


def _check(table: str, values: Mapping[str, Any], path: scanner.Path, odd: list[Odd]) -> None:
    """Tell the values that are of the right type, and wrong all the same."""
    for row in schema.TABLES[table].rows:
        if row.check and row.name in values and (words := row.check(values[row.name])) is not None:
            odd.append(Odd((*path, row.name), f"should be {words}"))


def _records(name: str, rest: dict[str, Any], odd: list[Odd]) -> tuple[Any, ...]:
    """Take the records of one kind out of the data. What does not fit stays there, to be shown as it stands."""
    given = rest.pop(name, [])
    if not isinstance(given, list) or not all(isinstance(values, dict) for values in given):
        odd.append(Odd((name,), f"should be records, each as a block under a line [[{name}]]"))
        rest[name] = given
        return ()
    form: Any = schema.TABLES[name].form
    fields_of = schema.types_of(form)
    found, left = [], []
    for place, values in enumerate(given):
        fields, more = _fields(name, values, (name, place), odd)
        read = {row.name: fields[row.attribute] for row in schema.TABLES[name].rows if row.attribute in fields}
        _check(name, read, (name, place), odd)
        missing = [field for field in fields_of if field not in fields and schema.is_required(form, field)]
        for row in schema.TABLES[name].rows:
            if row.name not in values and (row.must_be_there or row.attribute in missing):
                _tell_missing(row, (name, place), odd)
        if missing:
            left.append(values)
            continue
        if more and "more" in fields_of:
            fields["more"] = more
        elif more:
            left.append(more)
        found.append(form(**fields))
    if left:
        rest[name] = left
    return tuple(found)


def _tell_missing(row: schema.Key, path: scanner.Path, odd: list[Odd]) -> None:
    if row.must_be_there:
        raise _Wrong(path, f"The record has no {row.name}; write {row.name} = {misspelt.example(row.name)}")
    odd.append(Odd(path, f"should have a line {row.name} = {misspelt.example(row.name)}"))


_KIND_OF = {list: "list", dict: "table"}


def _refuse_strict(path: scanner.Path, value: Any, wanted: str) -> NoReturn:
    key = path[-1]
    if path[0] not in ("next", "log"):
        raise _Wrong(path, f"{key} should be {wanted}")
    if isinstance(value, datetime):
        raise _Wrong(path, misspelt.day_alone(str(key), f"{value:%Y-%m-%d}", f"{value:%H:%M}"))
    if isinstance(value, (list, dict)):
        raise _Wrong(path, f"{key} is no day but a {_KIND_OF[type(value)]}; write it like {key} = 2026-07-05")
    shown = str(value) if len(str(value)) <= 40 else f"{str(value)[:39]}…"
    shown = f'"{shown}"' if isinstance(value, str) else shown
    if re.fullmatch(r'"\d{4}-\d\d(-\d\d)?(T.*)?"', shown):
        raise _Wrong(path, f"{key} = {shown} is no day of the calendar; write it like {key} = 2026-07-05")
    raise _Wrong(path, f"{key} = {shown} is no day; write it like {key} = 2026-07-05")


def _table(data: dict[str, Any], key: str, path: scanner.Path, odd: list[Odd]) -> dict[str, Any]:
    """Take the table out of the data; something else under its key stays there, as a key of one's own."""
    value = data.get(key, {})
    if not isinstance(value, dict):
        odd.append(Odd((*path, key), "should be a table"))
        return {}
    data.pop(key, None)
    return value


def _person(table: dict[str, Any], key: str, odd: list[Odd]) -> Person:
    _check("people", table, ("people", key), odd)
    person: Person = _filled("people", table, ("people", key), odd)
    return person


def _next(table: Any, odd: list[Odd]) -> Next:
    if isinstance(table, list):
        raise _Wrong(("next",), "There is one next contact; write its header in single brackets: [next]")
    if not isinstance(table, dict):
        raise _Wrong(("next",), "The next contact has no day; write [next], and on the line below it on = 2026-07-05")
    if "on" not in table:
        raise _Wrong(("next",), "The next contact has no day; write on = 2026-07-05, or take [next] out")
    contact: Next = _filled("next", table, ("next",), odd)
    return contact


def _log(records: Any, odd: list[Odd]) -> tuple[Entry, ...]:
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise _Wrong(("log",), "The log is no list of entries; write each entry as a block under [[log]]")
    return tuple(_entry(record, place, odd) for place, record in enumerate(records))


_PLAIN_ENTRY = {"at", "kind", "text"}


def _entry(record: dict[str, Any], place: int, odd: list[Odd]) -> Entry:
    at, kind, text = record.get("at"), record.get("kind", "note"), record.get("text", "")
    if type(at) is datetime and type(kind) is str and type(text) is str and record.keys() <= _PLAIN_ENTRY:
        return Entry(at, kind, text)
    path = ("log", place)
    if at is None:
        raise _Wrong(path, "The entry has no day; write at = 2026-07-05, or with the time 2026-07-05T10:30:00")
    entry: Entry = _filled("log", record, path, odd)
    # What is not plainly public stays here.
    return entry._replace(private=True) if "private" in entry.more else entry


# What is no date or time is handed on as it stands, and found odd later.


def _day(value: Any) -> Any:
    return _quoted(value, date.fromisoformat, 10)


def _days(value: Any) -> Any:
    return {key: _day(day) for key, day in value.items()} if isinstance(value, dict) else value


def _day_or_month(value: Any) -> Any:
    return _quoted(value, Month.parse, 7) if isinstance(value, str) and len(value) == 7 else _day(value)


def _moment(value: Any) -> Any:
    return _day(value) if not isinstance(value, str) or len(value) == 10 else _quoted(value, datetime.fromisoformat)


def _time(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]:[0-9]{2}", value):
        value = f"0{value}"
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    return _quoted(value, time.fromisoformat, 5)


def _quoted(value: Any, read_as: Callable[[str], Any], length: int | None = None) -> Any:
    if not isinstance(value, str) or not value.isascii() or (length is not None and len(value) != length):
        return value
    try:
        return read_as(value)
    except ValueError:
        return value


# Dossier to text --------------------------------------------------------------------------------------


def fresh(dossier: Dossier) -> str:
    """The text of a new dossier."""
    root = {**schema.record("", dossier), **dossier.more}
    tables: dict[str, Mapping[str, Any]] = {"card": dossier.card}
    for key, person in dossier.people.items():
        tables[f"people.{key}"] = {**schema.record("people", person), **person.more}
    if dossier.next:
        tables["next"] = {**next_record(dossier.next), **dossier.next.more}
    blocks = [_lines(root), *(f"[{name}]\n{_lines(table)}" for name, table in tables.items() if table)]
    blocks += [editor.record_text("log", entry_record(entry)) for entry in dossier.log]
    for name, records in dossier.records.items():
        blocks += [
            editor.record_text(name, {**schema.record(name, one), **getattr(one, "more", {})}) for one in records
        ]
    return "\n".join(blocks)


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(
        f"{editor.key_text((key,))} = {editor.rendered(value)}\n" for key, value in table.items() if value is not None
    )


def revised(sheet: DossierFile, edits: tuple[Edit, ...], file: str) -> DossierFile:
    """The dossier after the edits, read anew: equal to what was meant, every other line the old line.

    Raises Refused where the sheet is written in a way that cannot be edited safely.
    """
    try:
        # An edit within an entry finds it by its number, and in the shortened text these are others.
        within_log = any(not isinstance(edit, Append) and edit.path[0] == "log" for edit in edits)
        text, sound = _edited(parser.Shortened(sheet.text) if within_log else sheet.short, edits)
        data, short = parser.parse(file, text)
        sound = sound and editor.same(data, editor.meant(sheet.data, edits))
    except Refused as refused:
        raise Refused(refused.message, file=file, line=refused.line) from None
    except (Unreadable, scanner.Unclosed, scanner.Unknown, editor.NotEditable):
        sound = False
    if not sound:
        keys = ", ".join(sorted({str(edit.path[0]) for edit in edits if not hasattr(edit, "table")}))
        raise Refused(
            f"The dossier is written in a way that I cannot change safely ({keys}); change it by hand: cf edit",
            file=file,
        )
    raw = (parser.BOM if sheet.raw.startswith(parser.BOM) else b"") + text.encode()
    # Too large is a dossier that nobody could read afterwards.
    return _sheet(sheet.dossier.client, file, raw, parser.decode(file, raw), data, short)


def _edited(short: parser.Shortened, edits: tuple[Edit, ...]) -> tuple[str, bool]:
    """The whole text after the edits, and whether every line is kept that they do not name."""
    new = editor.write(short.text, edits)
    text = short.restored(new)
    if text is None:
        # What was typed looks like a stand-in.
        whole = short.restored(short.text)
        assert whole is not None
        return _edited(parser.Shortened(whole), edits)
    return text, keeps_lines(short.text, new, edits)


def keeps_lines(old: str, new: str, edits: tuple[Edit, ...]) -> bool:
    """Whether every line that the edits do not name stands in the new text, in the old order, and every comment."""
    if not all(comment in new for comment in editor.comments_in(old, edits)):
        return False
    touched = editor.touched_lines(old, edits)
    # The last line may have had no line end, and gets the file's when something is added below it.
    left = (line.removesuffix("\r") for line in new.split("\n"))
    lines = (line.removesuffix("\r") for line in old.rstrip("\n").split("\n"))
    same_ends = old.count("\r\n") <= new.count("\r\n") + len(touched)
    return same_ends and all(line in left for number, line in enumerate(lines) if number not in touched)
