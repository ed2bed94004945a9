"""Text to dossier: the quick reading says what tomllib says, odd values are told, and letters teach."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder.toml import dossier_file, editor, parser
from clientfolder.binder.toml.dossier_file import DossierFile
from clientfolder.dossier.changes import Append, Drop, Put
from clientfolder.dossier.types import Dossier
from clientfolder.errors import Refused, Unreadable
from folders import EXAMPLE, Cf

# The quick reading -------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
MOMENTS = st.one_of(
    st.dates(date(2000, 1, 1)), st.datetimes(datetime(2000, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
)
DAYS = st.dates() | st.sampled_from(["2026-07", "2026-13", "0000-00", "soon"])
KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True)
RECORDS = st.fixed_dictionaries(
    {"at": MOMENTS, "kind": TEXTS},
    optional={
        "reached": st.just(False),
        "with": TEXTS,
        "from": st.dates(),
        "to": st.dates(),
        "how": TEXTS,
        "promised": DAYS,
        "planned": DAYS,
        "form": TEXTS,
        "answers": st.dictionaries(
            KEYS,
            TEXTS | st.integers() | st.dates() | st.booleans() | st.floats(allow_nan=False),
            min_size=1,
            max_size=3,
        ),
        "text": TEXTS,
        "rating": st.integers(0, 6),
        "cause": TEXTS,
        "remedied": DAYS,
        "remedy": TEXTS,
        "mended": TEXTS,
    },
)
# Snippets that a hand may put between the records, some of which are not TOML.
SNIPPETS = st.sampled_from(
    [
        "",
        "\n",
        "# a comment\n",
        "[card]\n",
        "x = 1\n",
        "[[payments]]\non = 2026-07-01\namount = 3\nn = 1\n",
        "[[payments]]\non = 2026-07-01\namount = 3\n\n[payments.by]\nn = 1\n",
        "[log.more]\nn = 1\n",
        "[log]\n",
        "[[log.parts]]\nn = 1\n",
        '[["log"]]\nat = 1\n',
        "[[ log ]]\n",
        '[[log]]\nkind = "mail"\n',
        "[[log]]\nrun-of-plain-records = 0\n",
        "# [[log]]\n",
        "# ",
        "x = [\n",
        "'''\n",
        "private = true\n",
        "[payments]\n",
        "log = 3\n",
        '"""\n',
        "\r\n",
        "at = 1\n",
        'answers.a = "twice"\n',
        "answers.a = 007\n",
        "answers.a.b = 1\n",
        "rating = 4\n",
        "rating = 04\n",
        "remedied = 2026-06-31\n",
        'cause = "a thin \\"board\\""\n',
        'mended = "no \\x escape"\n',
        "\\",
    ]
)


def in_order(record: dict[str, object]) -> dict[str, object]:
    keys = ("at", "kind", "reached", "with", "from", "to", "how", "promised", "planned", "form", "answers", "text",
            "rating", "cause", "remedied", "remedy", "mended")  # fmt: skip
    return {key: record[key] for key in keys if key in record}


@given(st.lists(st.tuples(RECORDS, SNIPPETS), max_size=4), SNIPPETS)
def test_the_quick_reading_says_what_tomllib_says(records: list[tuple[dict[str, object], str]], head: str) -> None:
    text = f'name = "Anna"\n{head}\n'
    for record, snippet in records:
        text += editor.record_text("log", in_order(record)) + snippet
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(Unreadable):
            parser.parse("anna.toml", text)
        return
    data, short = parser.parse("anna.toml", text)
    assert data == expected
    assert list(data) == list(expected)
    assert short.restored(short.text) == text
    assert all(run.startswith("[[log]]") for run in short.runs)


ENTRY = '[[log]]\nat = 2026-07-{:02}T10:00:00+02:00\nkind = "call"\ntext = "said"\n'
PAYMENT = "[[payments]]\non = 2026-07-01\namount = 250\n"


def test_a_plain_log_is_read_quickly_where_other_tables_stand_behind_and_between_its_records() -> None:
    log = "\n".join(ENTRY.format(day) for day in range(1, 29))
    text = f'name = "Anna"\n\n{log}\n{PAYMENT}\n{PAYMENT}\n{ENTRY.format(29)}\n{PAYMENT}\n{log}private = true\n\n{log}'
    data, short = parser.parse("anna.toml", text)
    assert data == tomllib.loads(text)
    assert len(short.runs) == 4
    assert len(short.text) < 800
    # What may go on behind the plain lines is no part of a run.
    assert "private = true" in short.text


# Edits of every kind, of which some find no place in some of the texts.
EDITS = st.lists(
    st.sampled_from(
        [
            Put(("next", "on"), date(2026, 8, 5)), Put(("next", "about"), 'of "logos"\nand more'), Put(("company",), "K"),
            Put(("card", "phone"), "1"), Put(("people", "petra", "phone"), "2"), Put(("tags",), ["a", "b"]), Drop(("next",)),
            Drop(("card",)), Drop(("resting",)), Append("log", {"at": date(2026, 7, 5), "text": "said\n"}),
            Append("log", {"at": date(2026, 7, 5), "text": "[[log]]\nrun-of-plain-records = 0\n"}),
            Append("payments", {"on": date(2026, 7, 5), "amount": 3}),
        ]
    ),
    min_size=1, max_size=3,
)  # fmt: skip
BLOCKS = st.lists(
    st.sampled_from(
        [
            ENTRY.format(1), ENTRY.format(2), ENTRY.format(3), ENTRY.format(4), PAYMENT, "private = true\n", "# a comment\n", "\n",
            '[card]\nphone = "0"\n', "[next]\non = 2026-07-20\n", '[people.marek]\nname = "M"\n', "[[log]]\nat = 2026-07-01\n",
        ]
    ),
    max_size=9,
)  # fmt: skip


@given(BLOCKS, EDITS)
def test_an_edit_beside_a_shortened_log_is_the_edit_of_the_whole_text(blocks: list[str], edits: list[Any]) -> None:
    text = 'name = "Anna"\nresting = "no"\n\n' + "".join(blocks)
    try:
        sheet = dossier_file.read("anna", "anna.toml", text.encode())
    except Unreadable:
        return
    whole = sheet._replace(short=parser.Shortened(text))
    assert _revised(sheet, edits) == _revised(whole, edits)


def _revised(sheet: DossierFile, edits: list[Any]) -> str:
    """The text after the edits, or what is wrong with it: a topic alone is no next contact."""
    try:
        return dossier_file.revised(sheet, tuple(edits), "anna.toml").raw.decode()
    except Unreadable as unreadable:
        return f"{unreadable.line}: {unreadable.message}"


def test_what_is_read_again_with_other_bytes_is_not_what_was_read_before() -> None:
    raw = b'name = "Anna"\n'
    assert dossier_file.read("anna", "anna.toml", raw).dossier.name == "Anna"
    assert dossier_file.read("anna", "anna.toml", raw.replace(b"Anna", b"Anne")).dossier.name == "Anne"
    assert dossier_file.read("anne", "anna.toml", raw).dossier.client == "anne"


# Lines of answers, as this program and as a hand writes them; of some TOML will know nothing.
ANSWERS = [
    'answers.a = "b"', 'answers.a = ""', 'answers.a = "say \\"b\\""', "answers.a = true", "answers.a = false", "answers.a = 5000",
    "answers.a = -5", "answers.a = 0", "answers.a = 1.5", "answers.a = 2026-09-01", "answers.a = 1979-05-27T07:32:00Z",
    'answers.a = """\none\ntwo"""', 'answers.a = """\nanswers.b = 5\n"""', 'answers.a = """\n"\n\\\\"""', 'answers.a = """\nanswers.c = "z"""', "answers.a = 10e3",
    'answers.a = "b"\nanswers.b = "c"', 'answers.a-b_1 = "c"', "answers.1 = 1", 'answers."a b" = 1', "answers.a.b = 1", "answers.a = [1]",
    "answers = { a = 1 }", "answers.a = 'b'", "form = 5", 'answers = "none"', f"answers.a = {'9' * 30}", "answers.a=1",
    # No TOML.
    'answers.a = "b"\nanswers.a = "c"', "answers.a = true\nanswers.a = false", "answers.a = 1\nanswers.a = 2", "answers.a = 2026-09-01\nanswers.a = 2026-09-02",
    "answers.a = 1\nanswers = 2", "answers.a = 007", "answers.a = 2026-02-30", 'answers.a = "\\x"', "answers.a = ", "answers.a = 1_", f"answers.a = {'9' * 5000}",
]  # fmt: skip


@pytest.mark.parametrize("before", ["", 'form = "first-call"\n'])
@pytest.mark.parametrize("lines", ANSWERS)
def test_answers_are_read_quickly_as_tomllib_reads_them(lines: str, before: str) -> None:
    contact = '\n[[log]]\nat = 2026-06-01T09:00:00Z\nkind = "call"\n'
    entry = contact + f'{before}{lines}\ntext = "x"\n'
    later = "".join(contact.replace("06-01", f"06-{day:02}") for day in range(2, 20))
    for text in (f'name = "Anna"\n{entry}', f'name = "Anna"\n{entry}{later}'):
        try:
            expected = tomllib.loads(text)
        except ValueError:
            for look in (dossier_file.read, dossier_file.cover):
                with pytest.raises(Unreadable):
                    look("anna", "anna.toml", text.encode())
            continue
        assert parser.parse("anna.toml", text)[0] == expected
        whole = dossier_file.read("anna", "anna.toml", text.encode()).dossier
        assert whole.log[0].answers == (expected["log"][0].get("answers", {}) if '"none"' not in lines else {})
        assert dossier_file.cover("anna", "anna.toml", text.encode())[0] == whole.cover


@pytest.mark.parametrize("lines", ANSWERS[:10])
def test_answers_of_this_program_keep_the_reading_quick(lines: str) -> None:
    text = f'name = "Anna"\n\n[[log]]\nat = 2026-06-01\nkind = "call"\nform = "f"\n{lines}\n'
    assert parser.parse("anna.toml", text)[1].runs


@pytest.mark.parametrize("path", sorted((EXAMPLE / "clients").iterdir()), ids=lambda path: path.stem)
def test_the_quick_reading_reads_the_example(path: Path) -> None:
    text = path.read_text()
    data, short = parser.parse(path.name, text)
    assert data == tomllib.loads(text)
    assert len(short.runs) == ("[[log]]" in text)


@given(TEXTS, TEXTS)
def test_any_text_survives_being_written(text: str, about: str) -> None:
    read = dossier_file.read("anna", "anna.toml", b'name = "Anna"\n')
    edits = (
        Put(("next", "on"), date(2026, 7, 5)),
        Put(("next", "about"), about),
        Append("log", {"at": date(2026, 7, 1), "text": text}),
    )
    data = tomllib.loads(dossier_file.revised(read, edits, "anna.toml").raw.decode())
    assert data["log"][0]["text"] == text
    assert data["next"]["about"] == about


@given(TEXTS.filter(str.strip), TEXTS)
def test_a_fresh_dossier_reads_back_as_it_was_meant(name: str, company: str) -> None:
    dossier = Dossier("anna", name, company=company, card={"a key": "1", "phone": company})
    assert dossier_file.read("anna", "anna.toml", dossier_file.fresh(dossier).encode()).dossier == dossier


def test_a_revision_that_would_lose_a_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pen is not trusted: what it wrote is read again and held against what was meant."""
    read = dossier_file.read("anna", "anna.toml", b'name = "Anna"\n# mine\nx = 1\n')
    edit = (Put(("company",), "Firma"),)
    for wrong in ('name = "Anna"\ncompany = "Firma"\nx = 1\n', 'name = "Anna"\n# mine\nx = 1\n', 'name = "Anna\n'):
        monkeypatch.setattr(editor, "write", lambda text, edits, wrong=wrong: wrong)
        with pytest.raises(Refused):
            dossier_file.revised(read, edit, "anna.toml")


# Odd values --------------------------------------------------------------------------------------------


def read(text: str) -> Dossier:
    return dossier_file.read("anna", "anna.toml", text.encode()).dossier


def test_dates_and_times_are_also_read_when_quoted() -> None:
    dossier = read(
        'name = "A"\nsince = "2025-11-03"\n[next]\non = "2026-07-05"\ntime = "9:30"\n'
        '[[log]]\nat = "2026-06-12T10:30:00+02:00"\n[[log]]\nat = "2026-06-13"\n'
    )
    assert dossier.next
    assert (dossier.since, dossier.next.on, dossier.next.time) == (date(2025, 11, 3), date(2026, 7, 5), time(9, 30))
    assert [entry.day for entry in dossier.log] == [date(2026, 6, 12), date(2026, 6, 13)]
    assert not dossier.odd


def test_one_tag_may_stand_without_brackets() -> None:
    assert read('name = "A"\ntags = "vip"\n').tags == ("vip",)


ODD = {
    "company": ("company = 5", ("company",)),
    "since": ("since = 5", ("since",)),
    "tags": ("tags = [1]", ("tags",)),
    "rhythm": ('rhythm = "soon"', ("rhythm",)),
    "card": ('card = "x"', ("card",)),
    "phone": ("[card]\nphone = 48225550107", ("card", "phone")),
    "people": ("people = 1", ("people",)),
    "a person": ("[people]\nmarek = 1", ("people", "marek")),
    "a person's name": ("[people.marek]\nname = 1", ("people", "marek", "name")),
    "a birthday that is none": ('[card]\nbirthday = "20.07.1980"', ("card", "birthday")),
    "a birthday of unknown year": ('[card]\nbirthday = "????-07-20"', ("card", "birthday")),
    "a birthday out of the calendar": ('[card]\nbirthday = "--02-30"', ("card", "birthday")),
    "a person's birthday": ('[people.marek]\nbirthday = "in spring"', ("people", "marek", "birthday")),
    "next.time": ('[next]\non = 2026-07-05\ntime = "14h30"', ("next", "time")),
    "next.how": ('[next]\non = 2026-07-05\nhow = "firm"', ("next", "how")),
    "next.about": ("[next]\non = 2026-07-05\nabout = 5", ("next", "about")),
    "log.kind": ("[[log]]\nat = 2026-07-05\nkind = 5", ("log", 0, "kind")),
    "log.text": ("[[log]]\nat = 2026-07-05\ntext = true", ("log", 0, "text")),
    "log.reached": ('[[log]]\nat = 2026-07-05\nreached = "no"', ("log", 0, "reached")),
    "log.from": ('[[log]]\nat = 2026-07-05\nkind = "moved"\nfrom = "then"', ("log", 0, "from")),
}


@pytest.mark.parametrize(("text", "path"), ODD.values(), ids=ODD)
def test_an_odd_value_is_told_and_everything_else_is_read(text: str, path: tuple[str | int, ...]) -> None:
    dossier = read(f'name = "A"\n{text}\n')
    assert [odd.path for odd in dossier.odd] == [path]


@pytest.mark.parametrize(("text", "path"), ODD.values(), ids=ODD)
def test_an_odd_value_is_shown_as_it_stands_with_a_warning(cf: Cf, text: str, path: tuple[str | int, ...]) -> None:
    cf.write("anna", f'name = "A"\n{text}\n')
    value: object = tomllib.loads(text)
    for part in path:
        value = value[part]  # type: ignore[index]
    answer = cf.ok("show anna --json").json
    assert [warning["code"] for warning in answer["warnings"]] == ["odd_value"]
    shown = answer["data"]["dossier"]
    for part in path:
        shown = shown[part]
    assert shown == value
    page = cf.ok("show anna")
    assert "warning: clients/anna.toml" in page.err
    if not isinstance(value, bool):
        assert str(value).strip("[]") in page.out


@pytest.mark.parametrize(("text", "path"), ODD.values(), ids=ODD)
def test_an_odd_value_survives_a_command(cf: Cf, text: str, path: tuple[str | int, ...]) -> None:
    path_ = cf.write("anna", f'name = "A"\n{text}\n')
    answer = cf("log anna something -n fri")
    kept = text.splitlines()[-1]
    assert answer.exit in (0, 2)
    assert kept in path_.read_text() or path in (("next", "how"), ("next", "time"), ("next", "about"))


# Letters -----------------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[bytes, int | None, str]] = {
    "a time without quotes": (b'name = "A"\n[next]\non = 2026-07-05\ntime = 14:30\n', 4, 'time = "14:30"'),
    "a date without zeros": (b'name = "A"\n[next]\non = 2026-7-5\n', 3, "on = 2026-07-05"),
    "a month without quotes": (b'name = "A"\n[next]\non = 2026-07\n', 3, 'on = "2026-07"'),
    "a phone without quotes": (b'name = "A"\n[card]\nphone = +48 22 555 01 07\n', 3, 'phone = "+48 22 555 01 07"'),
    "a name without quotes": (b"name = Anna Kowalska\n", 1, 'name = "Anna Kowalska"'),
    "a key twice": (b'name = "A"\nname = "B"\n', 2, "stands twice"),
    "conflict markers": (b'name = "A"\n<<<<<<< HEAD\ncompany = "x"\n=======\n', 2, "merged by git"),
    "latin-1": ('name = "A"\ncompany = "Müller"\n'.encode("latin-1"), 2, "not UTF-8"),
    "utf-16": ('name = "A"\n'.encode("utf-16"), 1, "UTF-16"),
    "NUL": (b'name = "A"\n\0\0\0', 2, "NUL"),
    "empty": (b"", None, "no name"),
    "no name": (b'company = "A"\n', None, "no name"),
    "an empty name": (b'# x\nname = "  "\n', 2, "empty"),
    "next without a day": (b'name = "A"\n[next]\nkind = "call"\n', 2, "no day"),
    "next is no table": (b'name = "A"\nnext = "fri"\n', 2, "no day"),
    "next on a phrase": (b'name = "A"\n[next]\non = "fri"\n', 3, "2026-07-05"),
    "an entry without a day": (b'name = "A"\n[[log]]\nat = 2026-07-05\n[[log]]\nkind = "call"\n', 4, "no day"),
    "an entry with an odd day": (b'name = "A"\n[[log]]\nat = 12\n', 3, "2026-07-05"),
    "a text not closed": (b'name = "A"\n[card]\nnote = """\nlong\nlonger\n', 3, "note"),
    "cut off": (b'name = "A"\n[next]\non = 2026-07-05\nabo', 4, "not TOML"),
    "a list not closed": (b'name = "A"\ntags = ["a",\n"b"\n[card]\n', 2, "tags"),
    "nested deep": (b'name = "A"\nx = ' + b"[" * 20000 + b"\n", 2, "nested too deep"),
    "a long number": (b'name = "A"\nx = ' + b"9" * 5000 + b"\n", 2, "too long"),
    "a key of many dots": (b'name = "A"\n' + b"a." * 50000 + b"b = 1\n", 2, "dotted"),
    "huge": (b'name = "A"\n' + b"#" * 6_000_000, None, "larger"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_dossier_has_its_letter(cf: Cf, kind: str) -> None:
    content, line, words = BROKEN[kind]
    cf.path("broken").write_bytes(content)
    cf.write("good", 'name = "Good"\n')
    answer = cf("list --json")
    assert answer.exit == 1
    assert answer.json["status"] == "partial"
    [error] = answer.json["errors"]
    assert (error["code"], error["file"], error["line"]) == ("unreadable", "clients/broken.toml", line)
    assert words in error["message"]
    assert [row["name"] for place in answer.data["slots"] for row in place["dossiers"]] == ["Good"]
    # A command about another dossier does not mind.
    cf.ok("log good x -n fri")
    # One about this one says what is wrong, and writes nothing.
    assert cf("log broken x -n fri").exit == 5
    assert cf.path("broken").read_bytes() == content


@pytest.mark.parametrize("kind", ["a directory", "a pipe", "a link to nowhere"])
def test_what_is_no_file_is_no_dossier(cf: Cf, kind: str) -> None:
    import os

    path = cf.path("odd")
    if kind == "a directory":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere.toml")
    answer = cf("today --json")
    assert answer.exit == 1
    assert [row["file"] for row in answer.data["unreadable"]] == ["clients/odd.toml"]


@pytest.mark.parametrize(
    "name",
    ["anna.sync-conflict-20260715-101010-ABC.toml", "anna (Vera's conflicted copy 2026-07-15).toml", ".anna.toml", "#anna.toml#",
     "anna.toml~", "anna.toml.bak", ".#anna.toml", "notes.txt", ".anna.toml.3f3f.tmp"],
)  # fmt: skip
def test_copies_and_leftovers_are_never_clients(cf: Cf, name: str) -> None:
    cf.write("anna", 'name = "Anna"\n')
    (cf.root / "clients" / name).write_text('name = "Anna"\n')
    assert [row["client"] for place in cf.ok("list --json").data["slots"] for row in place["dossiers"]] == ["anna"]
