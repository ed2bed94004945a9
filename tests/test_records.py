"""A new kind of record is a class and a row of the schema, and everything that has to know it does."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.binder.index import codec
from clientfolder.binder.toml import dossier_file, validation
from clientfolder.dates.calendar import Month
from clientfolder.doctor import misplaced
from clientfolder.dossier import birthdays, schema
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.changes import Append, Put
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import SENT_BY, Dossier, Entry, Next, Person
from clientfolder.errors import Unreadable
from folders import Cf


@dataclass(frozen=True)
class Loan:
    """What was lent to a client."""

    at: date
    what: str
    back: bool = False


LOANS = schema.Table(
    Loan, is_records=True, changed_by="cf lend", kept=lambda loans: sum(not loan.back for loan in loans)
)
TEXT = (
    'name = "Anna"\n\n[next]\non = 2026-07-20\n\n[[log]]\nat = 2026-07-01\nkind = "call"\ntext = "said"\n\n'
    '[[loans]]\nat = 2026-06-01\nwhat = "a ladder"  # the long one\n\n[[loans]]\nwhat = "a book"\nat = "2026-06-02"\nback = true\n'
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(schema.TABLES, "loans", LOANS)
    yield
    for known in (dossier_file._columns, dossier_file.read):
        known.cache_clear()


def read(text: str) -> dossier_file.DossierFile:
    return dossier_file.read("anna", "anna.toml", text.encode())


def test_it_is_read() -> None:
    loans = (Loan(date(2026, 6, 1), "a ladder"), Loan(date(2026, 6, 2), "a book", back=True))
    assert read(TEXT).dossier.records == {"loans": loans}
    assert not read(TEXT).dossier.odd
    assert "loans" not in read(TEXT).dossier.more


def test_it_is_appended_and_all_else_stays() -> None:
    loan = Loan(date(2026, 7, 1), "a chair")
    append = Append("loans", schema.record("loans", loan))
    content = dossier_file.revised(read(TEXT), (Put(("next", "about"), "the chair"), append), "anna.toml").raw.decode()
    added = '\n[[loans]]\nat = 2026-07-01\nwhat = "a chair"\n'
    assert content == TEXT.replace("2026-07-20\n", '2026-07-20\nabout = "the chair"\n') + added
    assert read(content).dossier.records["loans"][-1] == loan


def test_a_new_dossier_has_it_behind_the_log() -> None:
    dossier = Dossier("anna", "Anna", records={"loans": (Loan(date(2026, 7, 1), "a chair", back=True),)})
    again = read(dossier_file.fresh(dossier)).dossier
    assert again.records == dossier.records


def test_it_is_shown_and_stands_in_json(cf: Cf) -> None:
    cf.write("anna", TEXT)
    shown = [" ".join(line.split()) for line in cf.ok("show anna").out.splitlines()]
    at = shown.index("loans at: 2026-06-01, what: a ladder")
    assert shown[at + 1] == "at: 2026-06-02, what: a book, back: true"
    assert [loan["what"] for loan in cf.ok("show anna --json").data["dossier"]["loans"]] == ["a ladder", "a book"]


def test_the_index_keeps_what_the_row_says() -> None:
    cover = read(TEXT).dossier.cover
    assert cover.records == {"loans": 1}
    line = codec.encode(cover)
    assert line
    assert codec.decode("anna", "Anna", line) == cover


@pytest.mark.parametrize(
    ("line", "path", "words"),
    [
        ('at = "soon"\nwhat = "x"', ("loans", 0, "at"), "should be a day such as 2026-07-05"),
        ("at = 2026-07-01\nwhat = 5", ("loans", 0, "what"), "should be a text in quotes"),
        ('at = 2026-07-01\nwhat = "x"\nback = "no"', ("loans", 0, "back"), "should be true or false"),
        ("at = 2026-07-01", ("loans", 0), 'should have a line what = "..."'),
    ],
)
def test_an_odd_value_is_told_and_shown_as_it_stands(cf: Cf, line: str, path: Any, words: str) -> None:
    text = f'name = "Anna"\n\n[[loans]]\n{line}\n'
    [odd] = read(text).dossier.odd
    assert odd == (path, words)
    assert read(text).dossier.more["loans"]
    cf.write("anna", text)
    answer = cf("show anna")
    assert ".".join(map(str, path)) + f" {words}" in answer.err
    assert "loans" in answer.out
    [found] = [one for one in cf("doctor --json").data["findings"] if one["code"] == "odd_value"]
    assert words in found["message"]


def test_a_strict_value_makes_the_file_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema.TABLES, "loans", LOANS._replace(strict=("at",)))
    for line, where in (('at = "soon"', 5), ("back = true", 3)):
        with pytest.raises(Unreadable) as caught:
            read(f'name = "Anna"\n\n[[loans]]\nwhat = "x"\n{line}\n')
        assert caught.value.line == where


def test_what_is_no_list_of_records_is_told() -> None:
    dossier = read('name = "Anna"\nloans = 3\n').dossier
    assert [odd.path for odd in dossier.odd] == [("loans",)]
    assert dossier.more == {"loans": 3}


@pytest.mark.parametrize("key", ["rhythm", "phone", "resting", "about"])
def test_doctor_finds_what_has_fallen_below_it(cf: Cf, key: str) -> None:
    cf.write("anna", f'{TEXT}{key} = "6 weeks"\n')
    [found] = [one for one in cf("doctor --json").data["findings"] if one["code"] == "misplaced_key"]
    assert found["line"] == TEXT.count("\n") + 1
    assert "[[loans]]" in found["message"]


@pytest.mark.parametrize("header", ["[[card.loans]]", "[[next.loans]]", "[[log]]\nat = 2026-07-02\n[[log.loans]]"])
def test_doctor_finds_one_that_has_fallen_below_another_table(header: str) -> None:
    text = f'name = "Anna"\n[next]\non = 2026-07-20\n{header}\nat = 2026-07-01\nwhat = "x"\n'
    assert misplaced.may_be(text.encode())
    assert [one.path[-1] for one in misplaced.misplaced(tomllib.loads(text))] == ["loans"]


def test_set_names_its_command(cf: Cf) -> None:
    cf.write("anna", TEXT)
    assert "loans has a command of its own: cf lend" in cf("set anna loans=x").err


# Payments and deals --------------------------------------------------------------------------------------

MONEY = """name = "Anna"
sent_by = "hania"

[[deals]]
name = "catalogue"
amount = 11200
steps.offer = "2026-06-26"

[[payments]]
amount = 2500.50
on = "2026-06-30"
deal = "catalogue"
mine = 3
"""


def test_payments_and_deals_are_read_as_people_write_them() -> None:
    dossier = read(MONEY).dossier
    assert not dossier.odd
    assert dossier.sent_by == "hania"
    assert dossier.deals == (Deal("catalogue", amount=Amount(11200), steps={"offer": date(2026, 6, 26)}),)
    assert dossier.payments == (Payment(date(2026, 6, 30), Amount(25005, 1), deal="catalogue", more={"mine": 3}),)


@pytest.mark.parametrize(
    "value", ['"many"', "true", "0", "nan", "inf", "0.0", "1e400", "[1]", "1" * 40, "0.0000000001"]
)
def test_an_odd_amount_is_told_and_not_counted(value: str) -> None:
    dossier = read(MONEY.replace("2500.50", value)).dossier
    assert [(odd.path, odd.message) for odd in dossier.odd] == [
        (("payments", 0, "amount"), "should be an amount such as 2500 or 2500.50")
    ]
    assert dossier.payments[0].amount is None
    assert "amount" in dossier.payments[0].more


@pytest.mark.parametrize(
    ("without", "line"), [('name = "catalogue"\n', 4), ("amount = 2500.50\n", 9), ('on = "2026-06-30"\n', 9)]
)
def test_what_a_record_cannot_be_without_makes_the_file_unreadable(without: str, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(MONEY.replace(without, ""))
    assert caught.value.line == line


def test_a_day_of_a_step_that_is_none_is_odd_and_the_others_count() -> None:
    dossier = read(MONEY.replace('"2026-06-26"', '"soon"\nsteps.work = 2026-07-01')).dossier
    assert [odd.path for odd in dossier.odd] == [("deals", 0, "steps")]
    assert dossier.kept["deals"][0]["steps"] == {"work": "2026-07-01"}


def test_an_amount_is_exact_on_the_way_into_the_file_and_out_of_it() -> None:
    amount = Amount(123456789012345678, 6)
    payment = Payment(date(2026, 7, 1), amount)
    content = dossier_file.revised(
        read(MONEY), (Append("payments", schema.record("payments", payment)),), "anna.toml"
    ).raw
    assert b"amount = 123456789012.345678\n" in content
    assert read(content.decode()).dossier.payments[-1].amount == amount


# The types ---------------------------------------------------------------------------------------------

ANYTHING = (
    st.text(max_size=5) | st.booleans() | st.integers() | st.floats() | st.dates() | st.times() | st.datetimes()
    | st.builds(Month, st.integers(1, 9999), st.integers(1, 12)) | st.lists(st.text(max_size=2) | st.integers(), max_size=2).map(tuple)
    | st.dictionaries(st.text(max_size=2), st.integers(), max_size=2) | st.lists(st.integers(), max_size=2)
    | st.sampled_from(["agreed", "planned", "rhythm"])
)  # fmt: skip
FIELDS = (
    [
        (form, row.attribute)
        for form, table in ((Dossier, ""), (Next, "next"), (Person, "people"), (Entry, "log"))
        for row in schema.TABLES[table].rows
        if not row.is_ones_own
    ]
    + [(form, field) for form in (Deal, Payment) for field in schema.types_of(form) if field != "more"]
    + [(Loan, "at"), (Loan, "what"), (Loan, "back")]
)


@settings(max_examples=500)
@given(ANYTHING)
def test_what_is_plainly_right_is_right_for_validation(value: Any) -> None:
    for form, field in FIELDS:
        is_plain = dossier_file.is_plain(schema.types_of(form)[field])(value)
        assert not (is_plain and validation.misfits(form, {field: value})), (form, field)


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_values_of_the_declared_type_need_no_validation(form: Any, field: str) -> None:
    types = schema.types_of(form)[field]
    values = {
        "str": "x", "bool": True, "date": date(2026, 7, 5), "Month": Month(2026, 7), "Answers": {"a": 1},
        "tuple[str, ...]": ("x",), "How": "agreed", "Amount": Amount(5), "Steps": {}, "Rating": 4,
    }  # fmt: skip
    known = [values[name] for name in types if name in values]
    assert known or types == ("time", "None")
    assert all(map(dossier_file.is_plain(types), known))
    assert field in get_type_hints(form)


# Every key ---------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
ON = st.dates() | st.builds(Month, st.integers(1, 9999), st.integers(1, 12))
BY_TYPE: dict[tuple[str, ...], st.SearchStrategy[Any]] = {
    ("str",): WORDS,
    ("str", "None"): WORDS,
    ("bool",): st.booleans(),
    ("date",): st.dates(),
    ("date", "None"): st.dates(),
    ("date", "Month"): ON,
    ("date", "Month", "None"): ON,
    ("date", "datetime"): st.dates() | st.datetimes().map(lambda at: at.replace(microsecond=0)),
    ("time", "None"): st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    ("Rating", "None"): st.integers(1, 5),
    ("How",): st.sampled_from(["agreed", "planned", "rhythm"]),
    ("How", "None"): st.sampled_from(["agreed", "planned", "rhythm"]),
    ("Answers",): st.dictionaries(st.sampled_from(["budget", "interest"]), WORDS | st.integers() | st.dates()),
    ("tuple[str, ...]",): st.lists(WORDS, max_size=2).map(tuple),
    ("Amount", "None"): st.builds(Amount.of, st.integers(1, 10**9) | st.integers(-(10**9), -1), st.integers(0, 9)),
    ("Steps",): st.dictionaries(st.sampled_from(["offer", "work"]), st.dates()),
}
RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "name": WORDS.filter(str.strip),
    "rhythm": st.sampled_from(["6 weeks", "4-6 weeks"]),
    "not_on": st.sampled_from([("mon",), ("mon", "fri")]),
    "hours": st.just("after 17:00"),
    "birthday": st.just("--05-07"),
}


@st.composite
def tables(draw: st.DrawFn, table: str) -> Any:
    """A value of the table's class that says something under every key, or a card."""
    found = {}
    form: Any = schema.TABLES[table].form
    for row in schema.TABLES[table].rows:
        if form is None:
            found[row.name] = draw(RIGHT.get(row.name, WORDS))
        elif not row.is_ones_own:
            plain = BY_TYPE[schema.types_of(form)[row.attribute]]
            found[row.attribute] = draw(RIGHT.get(row.name, plain) if table == "" else plain)
    return found if form is None else form("anna", **found) if form is Dossier else form(**found)


@given(st.data())
def test_every_key_survives_being_written_read_and_kept(data: st.DataObject) -> None:
    one_of = {name: data.draw(tables(name)) for name in schema.TABLES}
    dossier = one_of[""]._replace(
        card=one_of["card"], people={"p": one_of["people"]}, next=one_of["next"], log=(one_of["log"],),
        records={name: (one_of[name],) for name in ("deals", "payments", "loans")},
    )  # fmt: skip
    beside = {birthdays.CARD: birthdays.yearly(dossier.card), **({SENT_BY: sent} if (sent := dossier.sent_by) else {})}
    dossier = dossier._replace(kept=schema.kept({**dossier.records, "log": dossier.log}) | beside)
    again = read(dossier_file.fresh(dossier)).dossier
    assert again == dossier
    cover = again.cover
    line = codec.encode(cover)
    assert line
    kept = codec.decode("anna", dossier.name, line)
    assert kept == cover
    for key in ("company", "tags", "rhythm", "not_on", "hours", "resting", "next"):
        assert getattr(kept, key) == getattr(dossier, key)
    for key in ("phone", "email"):
        assert getattr(kept, key) == str(dossier.card[key])


BELOW = [
    (table, name)
    for table in ("next", "log")
    for name in dict.fromkeys((*schema.TABLES[""].names, *schema.TABLES["card"].names, "card", "people", "on", "about"))
    if name not in schema.TABLES[table].names
]


@pytest.mark.parametrize(("table", "name"), BELOW)
def test_every_key_is_found_where_it_has_fallen_below_a_table_that_has_no_such(table: str, name: str) -> None:
    header = "[next]\non = 2026-07-20" if table == "next" else "[[log]]\nat = 2026-07-01"
    text = f'name = "Anna"\n\n{header}\n{name} = "x"\n'
    assert misplaced.may_be(text.encode())
    assert [one.path[-1] for one in misplaced.misplaced(tomllib.loads(text))] == [name]


def test_the_quick_reading_knows_every_key_of_an_entry() -> None:
    on = date(2026, 7, 5)
    entry = Entry(
        on, "mail", "said", False, "marek", on, Month(2026, 8), "agreed", on, on, "first-call", {"a": 1}, True,
        rating=2, cause="thin", remedied=on, remedy="new ones", mended="thick ones",
    )  # fmt: skip
    assert tuple(schema.record("log", entry)) == schema.TABLES["log"].names
    sheet = read(dossier_file.fresh(Dossier("anna", "Anna", log=(entry, entry))))
    assert sheet.short.text.count("\n") < 6
    assert sheet.dossier.log == (entry, entry)
