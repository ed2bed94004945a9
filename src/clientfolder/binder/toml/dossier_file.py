"""Text to dossier and back: what a file says, what is wrong with it, and its text after an act.

Reading is strict about `name`, `next.on` and `log.at`; any other odd value is kept as it stands and told.
Writing makes the new text with `pen` and believes it only after reading it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple, NoReturn, TypeVar

from clientfolder.binder.toml import editor, misspelt, parser, scanner
from clientfolder.dates import availability, rhythm
from clientfolder.dates.calendar import Month
from clientfolder.dossier import schema
from clientfolder.dossier.changes import Edit, entry_record, next_record
from clientfolder.dossier.types import Cover, Dossier, Entry, Next, Odd, Person, is_slip
from clientfolder.errors import Refused, Unreadable


class DossierFile(NamedTuple):
    """A file's bytes read. `text` is without the BOM; `short` is the same with its plain log records shortened."""

    raw: bytes
    text: str
    data: Mapping[str, Any]
    short: parser.Shortened
    dossier: Dossier


def read(client: str, file: str, raw: bytes) -> DossierFile:
    """Read a dossier. Raises Unreadable with the line of the key that is wrong."""
    text = parser.decode(file, raw)
    if not text.strip():
        message = 'The file is empty, and so has no name; take it back from a backup, or begin anew: name = "..."'
        raise Unreadable(message, file=file)
    data, short = parser.parse(file, text)
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

Form = TypeVar("Form", Next, Entry, Person, Dossier)

# The types that pass without asking the gate, by the words with which `dossier` declares its fields.
_PLAIN: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: type(value) is str,
    "str | None": lambda value: type(value) is str,
    "bool": lambda value: type(value) is bool,
    "date | None": lambda value: type(value) is date,
    "date | Month": lambda value: type(value) is date or type(value) is Month,
    "date | Month | None": lambda value: type(value) is date or type(value) is Month,
    "date | datetime": lambda value: type(value) is datetime or type(value) is date,
    "time | None": lambda value: type(value) is time,
    "Answers": lambda value: type(value) is dict,
    "How": lambda value: value in ("agreed", "planned", "rhythm"),
    "How | None": lambda value: value in ("agreed", "planned", "rhythm"),
    "tuple[str, ...]": lambda value: type(value) is tuple and all(type(part) is str for part in value),
}
# A NamedTuple keeps the words in a wrapper.
_KINDS: dict[Any, dict[str, Any]] = {
    form: {name: getattr(kind, "__forward_arg__", kind) for name, kind in form.__annotations__.items()}
    for form in (Dossier, Next, Person, Entry)
}
_STRICT = {(Next, "on"), (Entry, "at"), (Dossier, "name")}
# Keys of the file whose field has another name, because Python has taken theirs.
_FIELD = {"with": "person", "from": "from_on", "to": "to_on"}
_NO_KEYS = set(_FIELD.values())


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
    _check_card(card, odd)
    for key in ("tags", "not_on"):
        if isinstance(rest.get(key), str):
            rest[key] = (rest[key],) if key == "tags" else tuple(re.split(r"[,;\s]+", rest[key].strip()))
        elif isinstance(rest.get(key), list):
            rest[key] = tuple(rest[key])
    if "since" in rest:
        rest["since"] = _day(rest["since"])
    _check_name(data)
    dossier = _filled(Dossier, {"client": client}, rest, (), odd)
    if dossier.rhythm is not None and rhythm.parse(dossier.rhythm) is None:
        odd.append(Odd(("rhythm",), f'should be like "{rhythm.EXAMPLE}"'))
    if any(availability.weekday(day) is None for day in dossier.not_on):
        odd.append(Odd(("not_on",), 'should be a list of weekdays, like ["mon"]'))
    if dossier.hours is not None and availability.hours(dossier.hours) is None:
        odd.append(Odd(("hours",), f'should be like "{availability.EXAMPLE}"'))
    if is_slip(client) and not isinstance(data.get("client", ""), str):
        odd.append(Odd(("client",), "should be a text in quotes"))
    if strangers:
        dossier = dossier._replace(more={**dossier.more, "people": strangers})
    return dossier._replace(card=card, people=persons, next=contact, log=log, odd=tuple(odd))


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


def _filled(
    form: type[Form], given: Mapping[str, Any], table: Mapping[str, Any], path: scanner.Path, odd: list[Odd]
) -> Form:
    """The form with the table's values in its fields; what has no field, or does not fit, goes into `more`."""
    fields: dict[str, Any] = dict(given)
    more: dict[str, Any] = {}
    doubtful: dict[str, Any] = {}
    for key, value in table.items():
        name = _FIELD.get(key, key)
        plain = _PLAIN.get(_KINDS[form].get(name, ""))
        if plain is None or key in _NO_KEYS or (form is Dossier and key == "client"):
            more[key] = value
        elif plain(value):
            fields[name] = value
        else:
            doubtful[key] = value
    if doubtful:
        from clientfolder.binder.toml import validation

        wrong = validation.misfits(form, {_FIELD.get(key, key): value for key, value in doubtful.items()})
        for key, value in doubtful.items():
            name = _FIELD.get(key, key)
            if name not in wrong:
                fields[name] = value
                continue
            if (form, name) in _STRICT:
                _refuse_strict((*path, key), value)
            more[key] = value
            odd.append(Odd((*path, key), f"should be {wrong[name]}"))
    if more:
        fields["more"] = more
    return form(**fields)


_KIND_OF = {list: "list", dict: "table"}


def _refuse_strict(path: scanner.Path, value: Any) -> NoReturn:
    key = path[-1]
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


def _check_card(card: Mapping[str, Any], odd: list[Odd]) -> None:
    for key in ("phone", "email"):
        if key in card and not isinstance(card[key], str):
            odd.append(Odd(("card", key), "should be a text in quotes"))
    _check_birthday(card, ("card",), odd)


def _person(table: dict[str, Any], key: str, odd: list[Odd]) -> Person:
    _check_birthday(table, ("people", key), odd)
    return _filled(Person, {}, table, ("people", key), odd)


def _check_birthday(table: Mapping[str, Any], path: scanner.Path, odd: list[Odd]) -> None:
    if "birthday" not in table:
        return
    from clientfolder.dossier import birthdays

    if birthdays.read(table["birthday"]) is None:
        odd.append(Odd((*path, "birthday"), f"should be like {birthdays.EXAMPLES}"))


def _next(table: Any, odd: list[Odd]) -> Next:
    if isinstance(table, list):
        raise _Wrong(("next",), "There is one next contact; write its header in single brackets: [next]")
    if not isinstance(table, dict):
        raise _Wrong(("next",), "The next contact has no day; write [next], and on the line below it on = 2026-07-05")
    if "on" not in table:
        raise _Wrong(("next",), "The next contact has no day; write on = 2026-07-05, or take [next] out")
    table = dict(table)
    table["on"] = _day_or_month(table["on"])
    if "time" in table:
        table["time"] = _time(table["time"])
    return _filled(Next, {}, table, ("next",), odd)


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
    record = record | {"at": _moment(at)}
    for key in ("from", "to", "promised", "planned"):
        if key in record:
            record[key] = _day_or_month(record[key])
    return _filled(Entry, {}, record, path, odd)


# Dates and times are also read when quoted. What is none is handed on as it stands, and found odd later.


def _day(value: Any) -> Any:
    return _quoted(value, date.fromisoformat, 10)


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
    root = {key: value if value != () else None for key in schema.ROOT for value in (getattr(dossier, key),)}
    root |= dossier.more
    tables: dict[str, Mapping[str, Any]] = {"card": dossier.card}
    for key, person in dossier.people.items():
        known = {"name": person.name, "phone": person.phone, "email": person.email}
        tables[f"people.{key}"] = {**known, **person.more}
    if dossier.next:
        tables["next"] = {**next_record(dossier.next), **dossier.next.more}
    blocks = [_lines(root), *(f"[{name}]\n{_lines(table)}" for name, table in tables.items() if table)]
    blocks += [editor.record_text("log", entry_record(entry)) for entry in dossier.log]
    return "\n".join(blocks)


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(
        f"{editor.key_text((key,))} = {editor.rendered(value)}\n" for key, value in table.items() if value is not None
    )


def revised(sheet: DossierFile, edits: tuple[Edit, ...], file: str) -> bytes:
    """The file's bytes after the edits: parsed, equal to what was meant, every other line the old line.

    Raises Refused where the sheet is written in a way that cannot be edited safely.
    """
    try:
        text, sound = _edited(sheet.short, edits)
        data, _ = parser.parse(file, text)
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
    return (parser.BOM if sheet.raw.startswith(parser.BOM) else b"") + text.encode()


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
