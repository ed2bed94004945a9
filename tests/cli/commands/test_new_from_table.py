"""`cf new -`: a table of clients, refused whole with every line that is bad, and told as every other date is."""

from __future__ import annotations

import pytest

from folders import Cf


@pytest.mark.parametrize(
    "head",
    ["", "\n", "\r\n \r\n", "sep=;\n", "sep=;\r\n\r\n", "\ufeffsep=;\r\n", '"sep=;"\n', "SEP=;\n", "\ufeff\n\n"],
    ids=repr,
)
def test_blank_lines_and_a_separator_that_is_said_stand_above_the_header(cf: Cf, head: str) -> None:
    cf.ok("new -", piped=f"{head}name;phone\nAda, of Alba;1,2,3\n")
    assert cf.row("ada-of-alba")["phone"] == "1,2,3"


def test_the_separator_that_is_said_counts(cf: Cf) -> None:
    cf.ok("new -", piped="sep=|\nname|phone\nAda|1;2,3\n")
    assert cf.row("ada")["phone"] == "1;2,3"


BAD = """
name,next,rhythm,about,for
Ada,soon,,,
Bea,fri,,,
,fri,,,
Cor,,often,,
Dan,fri,,,,,
Bea,fri,,,
Eva,,,the offer,
Fay,fri,,,calls
"""


def test_all_rows_that_cannot_be_read_are_named_with_their_lines(cf: Cf) -> None:
    answer = cf("new - --json", piped=BAD)
    assert answer.exit == 2
    [error] = answer.json["errors"]
    assert error["line"] == 3
    for line in (3, 5, 6, 7, 8, 9, 10):
        assert f"Line {line} of the table: " in error["message"]
    assert "Line 4 of" not in error["message"]
    assert error["message"].count("Nothing was written") == 1
    assert cf.tree() == {}


def test_many_bad_rows_are_counted(cf: Cf) -> None:
    answer = cf("new -", piped="name,next\n" + "".join(f"N{number},soon\n" for number in range(200)))
    assert "Line 21 of the table" in answer.err
    assert "Line 22 of" not in answer.err
    assert "180 more lines" in answer.err


def test_days_that_are_full_or_off_are_told_as_by_every_other_command(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text("capacity = 2\ndays_off = [2026-07-19, 2026-07-24]\n")
    table = "name,next\nAda,2026-07-19\nBea,2026-07-24\nCor,20 jul\nDan,20 jul\nEva,20 jul\nFay,2026-08\nGus,21 jul\n"
    page = dict(line.split(" -> ") for line in cf.ok("new -", piped=table).out.splitlines() if " -> " in line)
    assert page == {
        "Ada": "Sun 19 Jul, a Sunday, day off", "Bea": "Fri 24 Jul, day off", "Cor": "Mon 20 Jul, over 2", "Dan": "Mon 20 Jul, over 2",
        "Eva": "Mon 20 Jul, over 2", "Fay": "August", "Gus": "Tue 21 Jul",
    }  # fmt: skip
    cf.ok("undo")
    warnings = cf.ok("new - --json", piped=table).json["warnings"]
    assert sorted(warning["code"] for warning in warnings) == ["day_off", "day_off", "over_capacity"]
    cf.ok("undo")
    far = cf.ok("new - --json", piped="name,next\nAda,13 jul\n").json["warnings"]
    assert [warning["code"] for warning in far] == ["far"]


@pytest.mark.parametrize("line", ["log anna said -n 'fri 10:00'", "file anna fri 10:00", "new Zed -n 'fri 10:00'"])
def test_two_at_the_same_time_are_told(cf: Cf, line: str) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n')
    for name, time in (("Petra", "10:00"), ("Olga", "10:30"), ("Quido", None)):
        at = f'time = "{time}"\n' if time else ""
        cf.write(name.lower(), f'name = "{name}"\n[next]\non = 2026-07-17\n{at}')
    assert "same time as Petra" in cf.ok(line).out
    cf.ok("undo")
    answer = cf.ok(f"{line} --json")
    assert [warning["code"] for warning in answer.json["warnings"]] == ["same_time"]
    cf.ok("undo")
    other = line.replace("10:00", "10:15")
    assert "same time" not in cf.ok(other).out


@pytest.mark.parametrize(
    "table",
    ["name,phone,phone\nX,1,2\n", "name,,company\nX,important,Y\n", "name,about\nX,call about it\n", 'name\n"X\n', "name\nX,Y\n",
     "name,next\nX,soon\n", "name\nX\nx\n", "name\nBob Builder\n", "company\nX\n", "name\n", "", "name,since\nX,then\n"],
)  # fmt: skip
def test_a_table_that_cannot_be_read_whole_is_refused_whole(bob: Cf, table: str) -> None:
    before = bob.tree()
    good = table.partition("\n")[0] + "\nGood" + "," * table.partition("\n")[0].count(",") + "\n"
    whole = good + table.partition("\n")[2] if table.startswith("name") and "\nX" in table else table
    assert bob("new -", piped=whole).exit == 2
    assert bob.tree() == before


def test_a_table_with_any_separator_and_a_mark_at_its_head(bob: Cf) -> None:
    for number, separator in enumerate(",;\t"):
        header = separator.join(("name", "company", "tags", "next", "about", "Instagram"))
        row = separator.join((f'"Zoë {number}"', '"A ""B"" C"', '"shop, vip"', "fri!", "the menu", "@zoe"))
        bob.ok("new -", piped=f"\ufeff{header}\r\n\r\n{row}\r\n")
        assert bob.text(f"zoe-{number}") == (
            f'name = "Zoë {number}"\ncompany = "A \\"B\\" C"\ntags = ["shop", "vip"]\n\n[card]\ninstagram = "@zoe"\n\n'
            '[next]\non = 2026-07-17\nkind = "call"\nabout = "the menu"\nhow = "agreed"\n'
        )
    bob.ok("undo")
    assert not bob.path("zoe-2").exists()
