"""Dossiers that people wrote by hand: after a command the intended lines differ, and no other."""

from __future__ import annotations

import difflib
import os
import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest

from clientfolder.binder.toml import dossier_file
from clientfolder.dossier.changes import Drop, Put
from clientfolder.errors import Refused
from folders import Cf

USUAL = """\
# rings back after five, never on Mondays
name = "Anna Kowalska"   # not Kowalski
company = "Kowalska Keramik"
tags = ["shop", "b2c"]  # two of them

# how to reach her
[card]
phone = "+48 22 555 01 07"  # mobile
instagram = "@kowalska.keramik"

[next]  # see the calendar
# she asked for mornings
on = 2026-07-09  # a Thursday
kind = "call"
about = "the quote"
how = "planned"

# what was said
[[log]]
at = 2026-06-12T10:30:00+02:00
kind = "call"
text = "Wants it by Friday."
"""

SHAPES = {
    "usual": USUAL,
    "crlf": USUAL.replace("\n", "\r\n"),
    "bom": "\ufeff" + USUAL,
    "bom and crlf": "\ufeff" + USUAL.replace("\n", "\r\n"),
    "no newline at the end": USUAL.rstrip("\n"),
    "tabs and blanks": USUAL.replace(" = ", "\t=   ").replace("\n[", "\n  ["),
    "quoted keys": USUAL.replace("[next]", '["next"]').replace("on = 2026", '"on" = 2026'),
    "blanks in the header": USUAL.replace("[next]", "[ next ]").replace("[[log]]", "[[ log ]]"),
    "quoted date": USUAL.replace("on = 2026-07-09", 'on = "2026-07-09"'),
    "inline next": """\
name = "Anna Kowalska"
next = { on = 2026-07-09, kind = "call", mine = [1, 2], how = "planned" }  # inline
tags = ["a"]

[[log]]
at = 2026-06-12
kind = "call"
text = "Wants it."
""",
    "dotted next": """\
name = "Anna Kowalska"
next.on = 2026-07-09  # dotted
next.kind = "call"
next.how = "planned"
# a comment after it
[card]
phone = "1"
""",
    "next at the very end": USUAL.replace(USUAL[USUAL.index("[next]") : USUAL.index("# what was")], "")
    + '\n[next]\non = 2026-07-09\nkind = "call"\nhow = "planned"\n# the end\n',
    "next between records": """\
name = "Anna Kowalska"
[[log]]
at = 2026-06-12
text = 'a literal with # and [next]'
[next]
on = 2026-07-09
how = "planned"
[[log]]
at = 2026-06-13
text = "second"
""",
    "texts that look like tables": '''\
name = "Anna Kowalska"
note = """
[next]
on = 2020-01-01
# no comment
[[log]]
"""
other = \'\'\'
next = { on = 1 } ""\'\' "
\'\'\'

[next]
on = 2026-07-09
how = "planned"
''',
    "records of another kind": """\
name = "Anna Kowalska"

[next]
on = 2026-07-09
how = "planned"

[[payments]]
on = 2026-07-01
amount = 1200.50
paid = true

[[log]]
at = 2026-06-12
kind = "call"
text = "a"

[[payments]]
on = 2026-07-02
amount = 7

[unknown.table]
x = { y = [ 1, [ 2, 3 ], # nested
  4 ] }
""",
    "arrays over several lines": """\
name = "Anna Kowalska"
tags = [
  "shop",  # one
  "b2c",
]

[next]
on = 2026-07-09
how = "planned"
[[log]]
at = 2026-06-12
""",
    "records with parts": """\
name = "Anna Kowalska"
[next]
on = 2026-07-09
[[log]]
at = 2026-06-12
kind = "call"
[log.form]
budget = 5000
[[log]]
at = 2026-06-13
kind = "call"
""",
    "escapes everywhere": """\
name = "Anna \\"Ann\\" Kowalska \\u00e9"
"strange \\" key" = 'C:\\path'
[next]
on = 2026-07-09
about = "a \\\\ b # c"
how = "planned"
""",
}


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came; blank ones that came with a new record are left out."""
    diff = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone = [line[2:].strip() for line in diff if line.startswith("- ")]
    come = [line[2:].strip() for line in diff if line.startswith("+ ")]
    return gone, [line for line in come if line]


def line_with(text: str, part: str) -> str:
    return next(line.strip() for line in text.splitlines() if part in line)


@pytest.mark.parametrize("shape", SHAPES)
def test_log_changes_next_and_adds_a_record_at_the_end(cf: Cf, shape: str) -> None:
    before = SHAPES[shape]
    path = cf.write("anna", before)
    cf.ok("log anna sends it today -n 24 july 9:00")
    after = path.read_bytes().decode()
    data = tomllib.loads(after.removeprefix("\ufeff"))
    assert str(data["next"]["on"]) == "2026-07-24"
    assert data["next"]["time"] == "09:00"
    assert data["next"]["how"] == "agreed"
    assert data["log"][-1]["text"] == "sends it today"

    gone, come = changed(before, after)
    expected = {line for line in gone if "2026-07-09" in line or "planned" in line or "about" in line}
    assert set(gone) == expected
    assert come[-5:] == [
        "[[log]]", "at = 2026-07-15T10:30:00", 'kind = "call"', "planned = 2026-07-09", 'text = "sends it today"',
    ]  # fmt: skip
    assert all(
        "next" in line or line.split("=")[0].strip(' "\t') in ("on", "time", "kind", "how") for line in come[:-5]
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_what_stands_stays_byte_for_byte(cf: Cf, shape: str) -> None:
    """Line ends, the BOM and every comment; nothing is added that has other line ends."""
    before = SHAPES[shape]
    path = cf.write("anna", before)
    cf.ok("log anna sends it today -n 24 july 9:00")
    after = path.read_bytes().decode()
    assert after.startswith("\ufeff") == before.startswith("\ufeff")
    if "\r\n" in before:
        assert after.count("\n") == after.count("\r\n")
    for line in before.splitlines():
        if "#" in line and "about" not in line:
            assert line[line.index("#") :] in after


@pytest.mark.parametrize("shape", SHAPES)
def test_filing_changes_one_line_and_remembers_the_move(cf: Cf, shape: str) -> None:
    before = SHAPES[shape]
    path = cf.write("anna", before)
    cf.ok("file anna 24 july")
    after = path.read_bytes().decode()
    gone, come = changed(before, after)
    assert gone == [line_with(before, "2026-07-09")]
    assert len(come) == 1 + 6
    assert come[-6:] == [
        "[[log]]", "at = 2026-07-15T10:30:00", 'kind = "moved"', "from = 2026-07-09", "to = 2026-07-24", 'how = "planned"',
    ]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_rest_takes_next_out_and_leaves_the_comments_that_stand_alone(cf: Cf, shape: str) -> None:
    before = SHAPES[shape]
    path = cf.write("anna", before)
    cf.ok("rest anna gone sailing")
    after = path.read_bytes().decode()
    data = tomllib.loads(after.removeprefix("\ufeff"))
    old = tomllib.loads(before.removeprefix("\ufeff"))
    del old["next"]
    note = data["log"].pop()
    assert (note["kind"], note["text"], note["planned"]) == ("note", "gone sailing", date(2026, 7, 9))
    assert data.pop("log") == old.pop("log", [])
    assert data == old | {"resting": "gone sailing"}
    for line in before.splitlines():
        if line.strip().startswith("#"):
            assert line in after.splitlines()


@pytest.mark.parametrize("shape", SHAPES)
def test_to_rest_and_back_leaves_everything_else_alone(cf: Cf, shape: str) -> None:
    before = SHAPES[shape]
    path = cf.write("anna", before)
    cf.ok("rest anna gone sailing")
    cf.ok("file anna 24 july")
    after = tomllib.loads(path.read_bytes().decode().removeprefix("\ufeff"))
    old = tomllib.loads(before.removeprefix("\ufeff"))
    assert after.pop("log")[:-1] == old.pop("log", [])
    assert after.pop("next")["on"] == date(2026, 7, 24)
    del old["next"]
    assert after == old
    blank_runs = path.read_bytes().decode().replace("\r", "").count("\n\n\n")
    assert blank_runs <= before.replace("\r", "").count("\n\n\n") + 1


@pytest.mark.parametrize("shape", SHAPES)
def test_set_changes_the_lines_named(cf: Cf, shape: str) -> None:
    before = SHAPES[shape]
    path = cf.write("anna", before)
    cf.ok("set anna phone=+48 22 555 99 99 tags+=vip company=New Firm people.petra.name=Petra Dvořáková")
    after = path.read_bytes().decode()
    data = tomllib.loads(after.removeprefix("\ufeff"))
    assert data["card"]["phone"] == "+48 22 555 99 99"
    assert data["tags"][-1] == "vip"
    assert data["company"] == "New Firm"
    assert data["people"] == {"petra": {"name": "Petra Dvořáková"}}
    gone, _ = changed(before, after)
    allowed = ("phone", "company", "tags", '"shop"', '"b2c"', "]")
    assert all(line.strip().startswith(allowed) for line in gone)


@pytest.mark.parametrize("shape", SHAPES)
def test_undo_gives_the_bytes_back(cf: Cf, shape: str) -> None:
    path = cf.write("anna", SHAPES[shape])
    for act in ("log anna x -n fri", "file anna 24 july", "rest anna why", "set anna phone=22", "rename anna Bert"):
        cf.ok(act)
    for _ in range(5):
        cf.ok("undo")
    assert path.read_bytes() == SHAPES[shape].encode()
    for _ in range(5):
        cf.ok("redo")
    assert cf.path("bert").exists()
    assert not path.exists()


TAGS = """\
name = "Anna"
tags = [
    "fair",   # from the fair
    # private ones below
    "family"  # hers
]  # three at most
x = 1
"""


def test_an_array_over_several_lines_keeps_its_comments(cf: Cf) -> None:
    path = cf.write("anna", TAGS)
    cf.ok("set anna tags+=vip")
    assert path.read_text() == TAGS.replace('"family"  # hers\n', '"family",  # hers\n    "vip",\n')
    cf.ok("set anna tags-=fair")
    assert path.read_text() == TAGS.replace('    "fair",   # from the fair\n', "").replace(
        '"family"  # hers\n', '"family",  # hers\n    "vip",\n'
    )
    # What would lose a comment is left to the hand.
    path.write_text('name = "Anna"\ntags = ["a", # one\n "b", "c"]\n')
    assert cf("set anna tags+=vip").exit == 2
    assert "# one" in path.read_text()


def test_a_person_is_taken_out(cf: Cf) -> None:
    for text in (
        'name = "A"\n\n[people.marek]\nname = "M"\n',
        'name = "A"\npeople = { marek = { name = "M" } }\n',
        'name = "A"\npeople.marek.name = "M"\n',
    ):
        path = cf.write("a", text)
        cf.ok("set a people.marek=")
        assert "marek" not in path.read_text()
        cf.ok("set a people.nobody=")


def test_an_inline_log_is_refused_with_its_line_and_nothing_is_written(cf: Cf) -> None:
    before = 'name = "Anna"\n# mine\nlog = [ { at = 2026-06-12, kind = "call" } ]\n'
    path = cf.write("anna", before)
    answer = cf("log anna x -n fri")
    assert answer.exit == 2
    assert "line 3" in answer.err
    assert "[[log]]" in answer.err
    assert path.read_text() == before


def test_a_comment_on_the_line_of_a_value_stays_when_the_value_changes_and_goes_with_it(cf: Cf) -> None:
    path = cf.write("anna", USUAL)
    cf.ok("file anna 24 july")
    assert "on = 2026-07-24  # a Thursday\n" in path.read_text()
    cf.ok("set anna phone=")
    assert "# mobile" not in path.read_text()
    assert "# how to reach her" in path.read_text()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_the_mode_stays(cf: Cf, mode: int) -> None:
    path = cf.write("anna", USUAL)
    path.chmod(mode)
    cf.ok("log anna x -n fri")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_symlink_stays_a_symlink(cf: Cf, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.toml"
    real.write_text(USUAL)
    os.symlink(real, cf.path("anna"))
    cf.ok("log anna x -n fri")
    cf.ok("file anna 24 july")
    assert cf.path("anna").is_symlink()
    assert "24 july" not in real.read_text()
    assert "on = 2026-07-24" in real.read_text()
    cf.ok("undo")
    cf.ok("undo")
    assert real.read_text() == USUAL


def test_new_tables_stand_where_a_reader_looks_for_them(cf: Cf) -> None:
    path = cf.write("anna", 'name = "Anna"\n\n# said\n[[log]]\nat = 2026-06-12\nkind = "call"\ntext = "a"\n')
    cf.ok("set anna phone=1")
    cf.ok("file anna 24 july")
    assert path.read_text() == (
        'name = "Anna"\n\n[card]\nphone = "1"\n\n[next]\non = 2026-07-24\nkind = "call"\nhow = "planned"\n\n'
        '# said\n[[log]]\nat = 2026-06-12\nkind = "call"\ntext = "a"\n'
    )


def test_a_new_dossier_reads_like_one_written_by_hand(cf: Cf) -> None:
    cf.ok("new Anna Kowalska company=Kowalska Keramik phone=+48 22 555 01 07 tags=shop,b2c -n 24 july 9:00")
    assert cf.text("anna-kowalska") == (
        'name = "Anna Kowalska"\ncompany = "Kowalska Keramik"\ntags = ["shop", "b2c"]\n\n'
        '[card]\nphone = "+48 22 555 01 07"\n\n'
        '[next]\non = 2026-07-24\ntime = "09:00"\nkind = "call"\nhow = "agreed"\n'
    )


def test_a_text_of_several_lines_becomes_a_block(cf: Cf) -> None:
    cf.write("anna", USUAL)
    cf.ok("log anna - -n fri", piped='First line,\nsecond "quoted" line.\n')
    assert 'text = """\nFirst line,\nsecond "quoted" line."""\n' in cf.text("anna")


def test_line_ends_of_windows_without_one_at_the_end(cf: Cf) -> None:
    for end in ('[[log]]\r\nat = 2026-07-01\r\nkind = "call"\r\ntext = "hi"', "# the end", "  ", 'x = "y"'):
        before = f'name = "Anna"\r\n\r\n[next]\r\non = 2026-07-10\r\n\r\n{end}'
        path = cf.write("anna", before)
        for act in ("log anna hello -n fri", "file anna 31 july", "rest anna why", "set anna phone=1"):
            cf.ok(act)
        after = path.read_bytes().decode()
        assert after.count("\n") == after.count("\r\n")
        for _ in range(4):
            cf.ok("undo")
        assert path.read_bytes() == before.encode()


def test_an_inline_table_keeps_what_is_not_meant(cf: Cf) -> None:
    before = "name = \"Anna\"\nnext = { on = 2026-07-14, mine = [\n 1, # why one\n # alone\n 2 ], price = 1.50, hex = 0xff, s = 'C:\\x' } # end\n"
    path = cf.write("anna", before)
    cf.ok("log anna hi -n fri --about proofs")
    text = path.read_text().split("\n\n")[0] + "\n"
    assert text == before.replace("2026-07-14", "2026-07-17").replace("'C:\\x' }", "'C:\\x', about = \"proofs\" }")
    cf.ok("snooze anna 1w")
    cf.ok("log anna again -n mon")
    assert "about" not in path.read_text().split("[[log]]")[0]
    assert "# why one\n # alone\n" in path.read_text()


def test_what_is_not_a_number_is_no_reason_to_refuse(cf: Cf) -> None:
    path = cf.write("anna", 'name = "Anna"\nscore = nan\nlist = [1.5, nan, { x = nan }]\n')
    cf.ok("log anna hi -n fri")
    assert "score = nan\n" in path.read_text()


def test_odd_values_of_next_go_when_an_act_says_so(cf: Cf) -> None:
    odd = 'name = "Anna"\n\n[next]\non = 2026-07-10\ntime = "after five"\nkind = "call"\nabout = 5\nwith = true\nhow = "firm"\nmine = 1\n'
    path = cf.write("anna", odd)
    cf.ok("snooze anna 1w")
    said = tomllib.loads(path.read_text())["next"]
    assert said == {"on": said["on"], "kind": "call", "about": 5, "with": True, "how": "planned", "mine": 1}
    path.write_text(odd)
    cf.ok("log anna hi -n fri")
    said = tomllib.loads(path.read_text())["next"]
    assert said == {"on": said["on"], "kind": "call", "how": "planned", "mine": 1}
    path.write_text(odd)
    cf.ok("log anna -x")
    assert "time" not in tomllib.loads(path.read_text())["next"]


def test_a_key_goes_beside_its_dotted_siblings(cf: Cf) -> None:
    path = cf.write("anna", 'name = "Anna"\ncard.sub.x = 1\n\n[next]\non = 2026-07-10\n')
    cf.ok("set anna phone=1")
    assert path.read_text() == 'name = "Anna"\ncard.sub.x = 1\ncard.phone = "1"\n\n[next]\non = 2026-07-10\n'


def test_a_relative_link_leads_where_it_did_when_it_is_set_aside(cf: Cf) -> None:
    store = cf.root / "clients" / ".store"
    store.mkdir()
    (store / "anna.toml").write_text(USUAL)
    cf.path("anna").symlink_to(".store/anna.toml")
    cf.ok("remove anna")
    aside = (cf.root / "removed" / "anna.toml").read_text().splitlines(keepends=True)
    assert "".join(line for line in aside if not line.startswith("removed")) == USUAL
    cf.ok("undo")
    assert cf.path("anna").is_symlink()
    assert cf.text("anna") == USUAL


COMPLAINTS = """\
name = "Anna"

[[log]]
at = 2026-06-01T10:00:00+02:00
kind = "call"
text = "All is well."

[[log]]
at = 2026-06-12T10:30:00+02:00
kind = "complaint"   # on the phone
text = \"\"\"
Two of twelve parcels broke.
[[log]] is what she said\"\"\"
# thin board?
rating = 2

[[log]]
at = 2026-06-14
kind = "call"
text = "Asked for photos."
"""


@pytest.mark.parametrize("shape", ["usual", "crlf", "bom", "no newline", "inline tables", "indented"])
def test_a_line_is_added_to_its_own_entry_and_all_else_is_copied(shape: str) -> None:
    text = {
        "usual": COMPLAINTS,
        "crlf": COMPLAINTS.replace("\n", "\r\n"),
        "bom": "\ufeff" + COMPLAINTS,
        "no newline": COMPLAINTS.rstrip("\n"),
        "inline tables": COMPLAINTS + "\n[[log]]\nat = 2026-06-15\nanswers = { a = 1 }\n",
        "indented": COMPLAINTS.replace("\nrating", "\n  rating"),
    }[shape]
    sheet = dossier_file.read("anna", "anna.toml", text.encode())
    edits = (Put(("log", 1, "remedied"), date(2026, 6, 15)), Put(("log", 1, "cause"), "thin board"))
    content = dossier_file.revised(sheet, edits, "anna.toml").raw.decode()
    end = "\r\n" if shape == "crlf" else "\n"
    added = [line for line in difflib.ndiff(text.splitlines(), content.splitlines()) if line[:2] in ("+ ", "- ")]
    indent = "  " if shape == "indented" else ""
    assert added == [f'+ {indent}cause = "thin board"', f"+ {indent}remedied = 2026-06-15"]
    assert content.replace(f'{indent}cause = "thin board"{end}{indent}remedied = 2026-06-15{end}', "") == text
    entry = dossier_file.read("anna", "anna.toml", content.encode()).dossier.log[1]
    assert (entry.cause, entry.remedied, entry.rating) == ("thin board", date(2026, 6, 15), 2)
    back = (Put(("log", 1, "cause"), "the board"), Drop(("log", 1, "remedied")))
    again = dossier_file.revised(
        dossier_file.read("anna", "anna.toml", content.encode()), back, "anna.toml"
    ).raw.decode()
    assert again.replace(f'{indent}cause = "the board"{end}', "") == text


def test_an_entry_in_brackets_is_refused_with_its_line() -> None:
    text = 'name = "Anna"\nlog = [{ at = 2026-06-12, kind = "complaint", text = "broken" }]\n'
    sheet = dossier_file.read("anna", "anna.toml", text.encode())
    with pytest.raises(Refused) as caught:
        dossier_file.revised(sheet, (Put(("log", 0, "cause"), "thin"),), "anna.toml")
    assert caught.value.line == 2
    assert "[[log]]" in caught.value.message


@pytest.mark.parametrize("value", ["0", "6", "3.5", '"4"', "true", "4.0", "nan", "[4]"])
def test_a_rating_that_is_none_is_odd_and_does_not_count(value: str) -> None:
    text = f'name = "Anna"\n\n[[log]]\nat = 2026-06-12\nkind = "call"\ntext = "x"\nrating = {value}\n'
    dossier = dossier_file.read("anna", "anna.toml", text.encode()).dossier
    [odd] = dossier.odd
    assert (odd.path, odd.message) == (("log", 0, "rating"), "should be a whole number from 1 to 5")
    assert dossier.log[0].rating is None
    assert not dossier.log[0].is_complaint
    assert "rating" in dossier.log[0].more
