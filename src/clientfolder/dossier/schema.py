"""The keys of a dossier, by table, in the order in which a dossier has them. A file that has another order keeps it.

A row of a table says where a key is read, what may stand there, and who changes it; the types stand with the classes
in `types`. A new kind of record is a class (a dataclass or a NamedTuple) and a row in `TABLES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any

from clientfolder.dates import availability, rhythm
from clientfolder.dates.calendar import Month
from clientfolder.dossier import concerns
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier, Entry, Next, Person
from clientfolder.tuples import NamedTuple

# Of a value of the right type: what it should be instead, or None where it is right.
Check = Callable[[Any], str | None]


class Key(NamedTuple):
    """One key of a table.

    `field` is its name in the table's class where Python has taken the key's own. `check` looks further than the type,
    `refusal` is what `set` says of a value that fails it, with a value that would do. Where `is_strict`, a file with a
    wrong value cannot be read; where it `must_be_there`, one without any. `is_spelt_out`: it is written also where it
    is what a reader would take for granted.
    `is_ones_own`: it has no field, and is known all the same. Where it `has_place`, a new line finds it in the order.
    `is_of_top`: nobody has it on a card or with a person. `changed_by`: the command that changes it.
    """

    name: str
    field: str | None = None
    check: Check | None = None
    refusal: tuple[str, str] | None = None
    is_strict: bool = False
    must_be_there: bool = False
    is_spelt_out: bool = False
    is_ones_own: bool = False
    has_place: bool = True
    is_of_top: bool = False
    changed_by: str = "cf set"

    @property
    def attribute(self) -> str:
        return self.field or self.name


class Table(NamedTuple):
    """A table of a dossier, or those above all tables, under the name "".

    `form`: the class of what stands in it, where it has one. `keys` of records are made of their class where none are
    named. `strict`: of these, those without which a file cannot be read. `kept` makes of all records the little that
    the index keeps of them, of values that JSON has. `has_own_lines`: the sheet tells them in words of their own.

    Two versions of a file are merged by key, but for a table that `is_one`: that is taken from one version, whole.
    Records are united; `same_by` are the keys by which two of them are one and the same, without any all their keys.
    """

    form: type | None = None
    keys: tuple[Key, ...] = ()
    is_records: bool = False
    strict: tuple[str, ...] = ()
    changed_by: str = "cf edit"
    kept: Callable[[tuple[Any, ...]], Any] | None = None
    has_own_lines: bool = False
    is_one: bool = False
    same_by: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Key, ...]:
        if self.keys or self.form is None:
            return self.keys
        names = (name for name in types_of(self.form) if name != "more")
        return tuple(Key(name, is_strict=name in self.strict, must_be_there=name in self.strict) for name in names)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(key.name for key in self.rows)

    @property
    def lists(self) -> tuple[str, ...]:
        """The keys that hold a list of texts: of two versions all elements are kept."""
        types = types_of(self.form) if self.form else {}
        return tuple(key.name for key in self.rows if "tuple[str, ...]" in types.get(key.attribute, ()))


# What is right besides the type ------------------------------------------------------------------------


def _is_rhythm(value: Any) -> str | None:
    return None if rhythm.parse(value) is not None else f'like "{rhythm.EXAMPLE}"'


def _are_weekdays(value: Any) -> str | None:
    is_right = all(availability.weekday(day) is not None for day in value)
    return None if is_right else 'a list of weekdays, like ["mon"]'


def _are_hours(value: Any) -> str | None:
    return None if availability.hours(value) is not None else f'like "{availability.EXAMPLE}"'


def _is_text(value: Any) -> str | None:
    return None if isinstance(value, str) else "a text in quotes"


def _is_birthday(value: Any) -> str | None:
    # Few dossiers have one.
    from clientfolder.dossier import birthdays

    return None if birthdays.read(value) is not None else f"like {birthdays.EXAMPLES}"


def _are_days(value: Any) -> str | None:
    is_right = all(type(day) is date for day in value.values())
    return None if is_right else "days, such as steps.offer = 2026-07-05"


# What the index keeps ------------------------------------------------------------------------------------


def _products_and_days(payments: tuple[Payment, ...]) -> dict[str, list[str]]:
    """What was paid for, and the days on which money came in, each once."""
    came = sorted({str(payment.on) for payment in payments if payment.amount and payment.amount.digits > 0})
    products = dict.fromkeys(payment.product for payment in payments if payment.product)
    return {"products": list(products), "days": came}


def _days_of_deals(deals: tuple[Deal, ...]) -> list[dict[str, Any]]:
    """Of each deal what it sells, and its days."""
    return [
        {
            "name": deal.name,
            "product": deal.what,
            "steps": {stage: str(on) for stage, on in deal.steps.items() if type(on) is date},
            "won": deal.won and str(deal.won),
            "lost": deal.lost and str(deal.lost),
            "why": deal.why,
        }
        for deal in deals
    ]


# The table ---------------------------------------------------------------------------------------------

TABLES: dict[str, Table] = {
    "": Table(
        Dossier,
        (
            Key("name", is_strict=True),
            Key("company"),
            Key("since", refusal=("is no date", "2026-07-05")),
            Key("tags", is_of_top=True),
            Key("sent_by", is_of_top=True),
            Key("rhythm", check=_is_rhythm, refusal=("is no rhythm", rhythm.EXAMPLE), is_of_top=True),
            Key("not_on", check=_are_weekdays, refusal=("is no weekday", "mon,fri"), is_of_top=True),
            Key("hours", check=_are_hours, refusal=("are no hours", availability.EXAMPLE)),
            Key("resting", is_of_top=True, changed_by="cf rest"),
        ),
        changed_by="cf set",
    ),
    "card": Table(
        None,
        (
            Key("role", is_ones_own=True),
            Key("phone", is_ones_own=True, check=_is_text),
            Key("email", is_ones_own=True, check=_is_text),
            Key("web", is_ones_own=True),
            Key("birthday", is_ones_own=True, check=_is_birthday),
        ),
        changed_by="cf set",
    ),
    "people": Table(
        Person,
        (
            Key("name"),
            Key("role", is_ones_own=True),
            Key("phone"),
            Key("email"),
            Key("birthday", is_ones_own=True, check=_is_birthday, has_place=False),
        ),
        changed_by="cf set",
    ),
    "next": Table(
        Next,
        (
            Key("on", is_strict=True, changed_by="cf file"),
            Key("time", changed_by="cf file"),
            Key("kind", is_spelt_out=True),
            Key("about"),
            Key("with", "person"),
            Key("how", is_spelt_out=True, changed_by="cf file"),
        ),
        changed_by="cf file",
        is_one=True,
    ),
    "log": Table(
        Entry,
        (
            Key("at", is_strict=True),
            Key("kind", is_spelt_out=True),
            Key("reached"),
            Key("with", "person"),
            Key("from", "from_on"),
            Key("to", "to_on"),
            Key("how"),
            Key("promised"),
            Key("planned"),
            Key("private"),
            Key("form"),
            Key("answers"),
            Key("text"),
            Key("rating"),
            Key("cause", changed_by="cf care"),
            Key("remedied", changed_by="cf care"),
            Key("remedy", changed_by="cf care"),
            Key("mended", changed_by="cf care"),
        ),
        is_records=True,
        changed_by="cf log",
        kept=concerns.kept,
        same_by=("at", "kind", "text"),
    ),
    "deals": Table(
        Deal,
        (
            Key("name", is_strict=True, must_be_there=True),
            Key("product"),
            Key("amount"),
            Key("currency"),
            Key("steps", check=_are_days),
            Key("won"),
            Key("lost"),
            Key("why"),
        ),
        is_records=True,
        changed_by="cf deal",
        kept=_days_of_deals,
        has_own_lines=True,
        same_by=("name",),
    ),
    "payments": Table(
        Payment,
        (
            Key("on", is_strict=True, must_be_there=True),
            Key("amount", must_be_there=True),
            Key("currency"),
            Key("product"),
            Key("deal"),
        ),
        is_records=True,
        changed_by="cf pay",
        kept=_products_and_days,
        has_own_lines=True,
    ),
}


def order(table: str) -> tuple[str, ...]:
    """The keys of a table as a new line finds its place among them."""
    return tuple(row.name for row in TABLES[table].rows if row.has_place) if table in TABLES else ()


def key(table: str, name: str) -> Key | None:
    """The row of a key, if it is one that is known."""
    return next((row for row in TABLES[table].rows if row.name == name), None) if table in TABLES else None


def own_records() -> dict[str, Table]:
    """The kinds of records besides the log."""
    return {name: table for name, table in TABLES.items() if table.is_records and name != "log"}


# Types -------------------------------------------------------------------------------------------------


# Outside of brackets.
_OR = re.compile(r" \| (?![^\[]*\])")


def types_of(form: type) -> dict[str, tuple[str, ...]]:
    """The fields of a class, each with the names of its types, as it is declared: `("date", "Month", "None")`."""
    return {name: tuple(_OR.split(_declared(kind))) for name, kind in form.__annotations__.items()}


def _declared(kind: Any) -> str:
    # Without postponed annotations there is the type itself.
    return kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind))


_MISSING = object()


def default(form: type, field: str) -> Any:
    """What a field is where nothing is said; something that no value equals, where something must be said."""
    if (defaults := getattr(form, "_field_defaults", None)) is not None:
        return defaults.get(field, _MISSING)
    # A dataclass has a default as an attribute, or makes one.
    made = form.__dict__["__dataclass_fields__"][field].default_factory
    return made() if callable(made) else getattr(form, field, _MISSING)


def is_required(form: type, field: str) -> bool:
    return default(form, field) is _MISSING


# Writing -----------------------------------------------------------------------------------------------


def record(table: str, value: Any) -> dict[str, Any]:
    """What a file says of a value of the table's class, in order; what goes without saying is left out."""
    form: Any = TABLES[table].form
    found = {}
    for row in TABLES[table].rows:
        if row.is_ones_own:
            continue
        said = getattr(value, row.attribute)
        if said is not None and (row.is_spelt_out or said != default(form, row.attribute)):
            found[row.name] = _written(said)
    return found


def _written(value: Any) -> Any:
    if isinstance(value, Amount):
        return value.written
    if isinstance(value, Month):
        return str(value)
    return f"{value:%H:%M}" if isinstance(value, time) else value


def kept(records: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """What the index keeps of a dossier's records, those of the log among them, by table; nothing of most."""
    found = ((name, summed(rows)) for name, rows in records.items() if (summed := TABLES[name].kept))
    return {name: rest for name, rest in found if rest}


# Showing -----------------------------------------------------------------------------------------------


def lines(records: Mapping[str, tuple[Any, ...]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Of each kind of record the label and what each record says, in the order of the file; one label for a kind."""
    for name, rows in records.items():
        for place, row in enumerate(() if TABLES[name].has_own_lines else rows):
            yield ("" if place else name), {**record(name, row), **getattr(row, "more", {})}
