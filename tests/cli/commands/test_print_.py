"""What goes to paper: pages as they are made; as a Chromium prints them they are measured in test_on_paper.py."""

from __future__ import annotations

import html
import os
import re
import shutil
from pathlib import Path

import pytest
import tomli_w

from folders import Cf


@pytest.fixture
def two(cf: Cf) -> Cf:
    cf.env |= {"CF_OPENER": "true"}
    cf.write(
        "anna",
        'name = "Anna"\n[card]\naddress = "Street 1, Town"\n[next]\non = 2026-07-15\ntime = "10:00"\nhow = "agreed"\n',
    )
    cf.write("bob", 'name = "Bob"\n[next]\non = 2026-07-10\n[[log]]\nat = 2026-07-01\nkind = "call"\ntext = "heard"\n')
    return cf


def test_a_day_lies_in_prints_and_its_rows_are_those_of_today(two: Cf) -> None:
    data = two.ok("print day --json").data
    assert data["rows"] == [{"number": 1, "client": "bob"}, {"number": 2, "client": "anna"}]
    assert (data["what"], data["left_out"]) == ("day", [])
    path = Path(data["file"])
    assert path == two.root / "prints" / "day-2026-07-15.html"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (two.root / "prints" / ".gitignore").read_text() == "*\n"
    text = path.read_text()
    for words in ("sheet 2026-07-15 a", "5 days late", "10:00", "1 Jul heard", "2 contacts, room for 8"):
        assert words in text


def test_a_day_ends_with_whom_to_greet_until_the_next_one_of_work(two: Cf) -> None:
    two.write(
        "cleo",
        'name = "Cleo"\n[card]\nbirthday = 1980-07-18\nname_day = "--07-17"\n[people.ida]\nname = "Ida"\nbirthday = "--07-17"\n',
    )
    two.write("rests", 'name = "Rests"\nresting = "why"\n[card]\nbirthday = "--07-17"\n')
    (two.root / "clientfolder.toml").write_text('greet = ["birthday", "name_day"]\n')
    tail = two.ok("print day fri --out -").out.split('<section class="sheet tail">')[1]
    assert re.findall(r"<h2>(.*?)</h2>|<li><span class=\"line\">(.*?)</span>", tail) == [
        ("Birthdays", ""), ("", "Ida · Cleo"), ("", "Cleo, 46 on Sat 18 July"), ("Name day", ""), ("", "Cleo"),
    ]  # fmt: skip
    assert "tail" not in two.ok("print day thu --out -").out.split("</style>")[1]


def test_the_same_again_is_the_same_sheet_and_another_is_the_next(two: Cf) -> None:
    first = two.ok("print day --out -").out
    assert two.ok("print day --out -").out == first
    two.ok("log bob x -n fri")
    assert "sheet 2026-07-15 b" in two.ok("print day --out -").out
    assert "sheet 2026-07-17 a" in two.ok("print day fri --out -").out


def test_without_a_desktop_the_path_is_told(two: Cf) -> None:
    two.env.pop("CF_OPENER")
    answer = two("print day")
    assert answer.exit == 5
    assert str(two.root / "prints" / "day-2026-07-15.html") in answer.err
    assert (two.root / "prints" / "day-2026-07-15.html").exists()


def test_pages_that_are_a_month_old_go_and_other_files_stay(two: Cf) -> None:
    two.ok("print inserts 13")
    for name in ("day-2026-01-01.html", "mine.html"):
        path = two.root / "prints" / name
        path.write_text("x")
        os.utime(path, (0, 0))
    two.ok("print day")
    assert sorted(path.name for path in (two.root / "prints").iterdir()) == [
        ".gitignore", "day-2026-07-15.html", "inserts-2026-07-15.html", "mine.html",
    ]  # fmt: skip


def test_prints_are_in_no_backup(two: Cf) -> None:
    before = two.ok("backup ../a.tar.gz --json").data["files"]
    two.ok("print day")
    assert two.ok("backup ../b.tar.gz --json").data["files"] == before


def test_what_was_not_printed_by_cf_is_left_as_it_is(two: Cf) -> None:
    path = two.root / "page.html"
    path.write_text("<p>mine</p>")
    assert two("print day --out page.html").exit == 2
    assert path.read_text() == "<p>mine</p>"
    two.ok("print day --out own.html")
    two.ok("print week --out own.html")


def test_a_dry_run_writes_nothing(two: Cf) -> None:
    assert "Would print 2 contacts" in two.ok("print day --dry-run").out
    assert not (two.root / "prints").exists()


def test_what_is_private_is_on_no_page(two: Cf) -> None:
    two.write(
        "bob",
        two.text("bob")
        + '[private]\nx = "SECRET"\n[card.private]\nx = "SECRET"\n[[deals]]\nname = "SECRET"\nprivate = true\n',
    )
    two.ok("log bob SECRET --private --keep --on yesterday")
    two.ok("file bob today")
    for what in ("day", "week", "dossier", "dossier bob --worth", "labels"):
        assert "SECRET" not in two(f"print {what} --out -").out
    assert "1 Jul heard" in two.ok("print day --out -").out


RATED = (
    'name = "Cora"\ntags = ["makers", "Seeker"]\n[next]\non = 2026-07-15\nhow = "agreed"\n'
    '[[log]]\nat = 2026-07-01\nkind = "call"\ntext = "earlier"\n'
    '[[log]]\nat = 2026-07-02\nkind = "call"\nrating = 3\nform = "satisfaction"\nanswers = { result = 3, speed = 5, paying = 4 }\n'
    '[[deals]]\nname = "catalogue"\namount = 4711\nsteps.offer = 2026-06-26\n'
    '[[payments]]\non = 2026-06-30\namount = 1147\nproduct = "shop"\n'
)
NOBODYS_BUSINESS = (
    "catalogue",
    "4 711",
    "4711",
    "1 147",
    "1147",
    "shop",
    "rated",
    "Seeker",
    "result: 3",
    "speed: 5",
    "100 %",
    "one-off",
)


def body(page: str) -> str:
    return page.split("</style>")[1].replace("print at 100 %", "")


def test_what_a_client_is_worth_is_on_no_page_unless_it_is_asked_for(two: Cf) -> None:
    two.write("cora", RATED)
    for what in ("day", "week", "dossier", "labels", "handover today..fri"):
        page = body(two(f"print {what} --out -").out)
        assert [word for word in NOBODYS_BUSINESS if word in page] == []
    # Payments are in handover_without, and what is of the offer is not.
    for what, never in (("dossier cora", []), ("handover today..fri cora", ["1 147", "shop"])):
        page = body(two.ok(f"print {what} --worth --out -").out)
        wanted = ("catalogue", "4 711", "1 147", "shop", "rated 3 of 5", "Seeker", "result: 3", "100 % of the turnover")
        assert [word for word in wanted if word not in page] == never
    assert two("print day --worth").exit == 2


def test_dossiers_of_a_selection_or_of_clients(two: Cf) -> None:
    assert two.ok("print dossier bob --out -").out.count("<table>") == 1
    assert two.ok("print dossier bob anna --out -").out.count("<table>") == 2
    assert two.ok("print dossier --out -").out.count("<table>") == 2
    assert two.ok("print dossier promised --out -").out.count("<table>") == 1
    assert two("print dossier nobody --out -").exit == 3
    assert "heard" not in two.ok("print dossier bob --last 0 --out -").out


def test_labels_need_an_address(two: Cf) -> None:
    answer = two("print labels --out a.html --start 5 --shift 1,2 --json")
    assert (answer.exit, answer.data["left_out"]) == (1, [{"client": "bob", "why": "no address"}])
    assert "left: 71.0mm; top: 39.5mm" in (two.root / "a.html").read_text()
    two.path("bob").unlink()
    (two.root / "clientfolder.toml").write_text('label_sheet = "L7163"\nlabel_shift = "0,1"\n')
    assert "left: 4.63mm; top: 16.15mm" in two.ok("print labels --out -").out


@pytest.mark.parametrize(
    "line",
    ["print", "print poster", "print day july", "print day fri 10:00", "print inserts later", "print inserts 32",
     "print day --size a3", "print labels --size a5", "print labels --sheet 1", "print labels --start 25",
     "print labels --shift x", "print day --sheet 3474", "print week --last 3", "print day --tag x", "print day --out - --json",
     "print handover", "print handover bob", "print handover 2026-07-01..2026-07-02", "print handover july --worth"],
)  # fmt: skip
def test_what_is_refused(two: Cf, line: str) -> None:
    assert two(line).exit == 2
    assert not (two.root / "prints").exists()


def test_without_a_browser_no_pdf_is_made(two: Cf) -> None:
    answer = two("print day --out a.pdf")
    assert answer.exit == 5
    assert "Chromium" in answer.err
    assert not (two.root / "a.pdf").exists()


def test_it_has_its_own_templates(two: Cf) -> None:
    shutil.rmtree(two.root / ".cf", ignore_errors=True)
    assert two.ok("print inserts 10..12 may --out -").out.count("<section") == 4


# A handover for a colleague without cf -------------------------------------------------------------------

HOSTILE = "<b>&\"'</b><script>alert(1)</script>\u202e{{ 7 * 7 }}"
GIVEN = (
    'name = "Anna"\n[card]\nphone = "+49 1"\nbank = "SECRET-1"\n[private]\nx = "SECRET-2"\n'
    '[people.petra]\nname = "Petra"\nphone = "+49 2"\n[people.petra.private]\nx = "SECRET-3"\n'
    '[next]\non = 2026-08-13\ntime = "09:30"\nhow = "agreed"\nwith = "petra"\nabout = "the cups"\n'
    '[[log]]\nat = 2026-07-01\nkind = "call"\ntext = "said"\n'
    '[[log]]\nat = 2026-07-10\nkind = "complaint"\nprivate = true\ntext = "SECRET-4"\n'
    '[[payments]]\non = 2026-06-30\namount = 4711\nnote = "SECRET-5"\n'
    '[[deals]]\nname = "SECRET-6"\nprivate = true\n'
)


@pytest.fixture
def given(cf: Cf) -> Cf:
    cf.env |= {"CF_OPENER": "true"}
    cf.write("anna", GIVEN)
    cf.write(
        "bert",
        'name = "Bert"\n[card]\nphone = "3"\n[next]\non = 2026-08-20\n'
        '[[log]]\nat = 2026-07-11\nkind = "complaint"\ntext = "cups are cracked"\n',
    )
    cf.write("carl", 'name = "Carl"\n[next]\non = 2026-08-14\n')
    cf.write("dora", 'name = "Dora"\n[next]\non = 2026-09-20\nhow = "agreed"\n')
    cf.write("late", 'name = "Late"\n[next]\non = 2026-07-10\nhow = "agreed"\n')
    cf.write("rests", 'name = "Rests"\nresting = "why"\n')
    (cf.root / "clientfolder.toml").write_text('handover_without = ["bank", "payments"]\n')
    cf.ok("slip send cups --client anna -n 12 aug!")
    return cf


def test_a_handover_begins_with_promises_and_complaints_by_day(given: Cf) -> None:
    data = given.ok("print handover 10..21 aug --json").data
    assert [row["client"] for row in data["rows"]] == ["late", "slips/send-cups", "anna", "bert"]
    path = Path(data["file"])
    assert path == given.root / "prints" / "handover-2026-08-10.html"
    first, *dossiers = path.read_text().split("<table>")
    days = re.findall(r"<h2>(.*?)</h2>", first)
    assert days == ["Fri 10 July 2026", "Wed 12 August 2026", "Thu 13 August 2026", "Thu 20 August 2026"]
    for words in ("5 days late", "09:30", "+49 2", "the cups", "Petra", "Complaint:</b> cups are cracked"):
        assert words in first
    # The slip has the number of its client.
    assert first.count("+49 1") == 1
    titles = [re.findall(r"<h1>(.*?)</h1>", one)[0] for one in dossiers]
    assert titles == ["Anna", "Bert", "Carl", "Late", "Anna: send cups"]


def test_a_handover_on_paper_holds_whom_the_folder_would(given: Cf) -> None:
    for said in ("10..21 aug", "10..21 aug dora", "10..21 aug carl bert", "10..21 aug promised"):
        pages = given.ok(f"print handover {said} --out -").out.count("<table>")
        assert pages == len(given.ok(f"handover ../p {said} --dry-run --json").data["clients"])


def test_no_byte_of_what_never_goes_is_on_paper(given: Cf) -> None:
    text = given.ok("print handover 10..21 aug --out -").out
    assert "SECRET" not in text
    assert "4711" not in text
    assert "said" in text
    # A slip shows no number of its client that stays here either.
    (given.root / "clientfolder.toml").write_text('handover_without = ["bank", "payments", "phone"]\n')
    text = given.ok("print handover 10..21 aug --out -").out
    assert "+49" not in text
    assert "SECRET" not in text


def test_what_cannot_be_left_out_or_read_is_named_and_not_printed(given: Cf) -> None:
    given.write(
        "carl", 'name = "Carl"\nlog = [{ at = 2026-07-01, private = true, text = "SECRET" }]\n[next]\non = 2026-08-14\n'
    )
    given.write("bert", "name = \n")
    answer = given("print handover 10..21 aug --out page.html --json")
    assert answer.exit == 1
    assert {one["file"] for one in answer.json["errors"]} == {"clients/bert.toml", "clients/carl.toml"}
    text = (given.root / "page.html").read_text()
    assert ("SECRET" in text, "Carl" in text, "Anna" in text) == (False, False, True)


def test_hostile_texts_are_texts_on_a_handover(given: Cf) -> None:
    given.write("anna", tomli_w.dumps({
        "name": f"A {HOSTILE}", "company": HOSTILE, "card": {"phone": f"1 {HOSTILE}", HOSTILE: HOSTILE},
        "people": {"petra": {"name": f"P {HOSTILE}"}},
        "next": {"on": "2026-08-13", "how": "agreed", "about": HOSTILE, "with": "petra"},
        "log": [{"at": "2026-07-01", "kind": "complaint", "text": HOSTILE}],
    }))  # fmt: skip
    text = given.ok("print handover 10..21 aug --out -").out
    assert "<script" not in text
    assert "\u202e" not in text
    tags = {*re.findall(r"</?([a-z0-9]+)", text.split("<body>")[1])}
    assert tags <= {"p", "main", "section", "header", "h1", "h2", "span", "article", "b", "table", "thead", "tbody", "tr",
                    "th", "td", "body", "html"}  # fmt: skip
    first = html.unescape(text.split("<table>")[0])
    assert first.count(HOSTILE.replace("\u202e", "")) >= 3
