"""The pages, whole, as golden files under `golden/`; `pytest --renew-pages` writes them anew, on purpose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clientfolder.cli.output.terminal import Window, bar, fitted, width
from folders import Cf

# What is done first for a page of this name.
BEFORE = {
    "with slips": [
        "slip send the mockups --client nov -n wed!", "slip order business cards -n today --every 6 weeks",
        "slip VAT return -n 13 july --today 2026-07-01", "slip print the proofs --client anna -n today!",
    ],
}  # fmt: skip
PAGES = Path(__file__).parent / "golden"

WINDOW, SMALL, NARROW, WIDE, ROLL = Window(80, 24), Window(80, 18), Window(60, 24), Window(120, 40), Window(80)
GOLDEN = {
    "today": ("today", ROLL),
    "today in a window": ("today", WINDOW), "today in a small window": ("today", SMALL),
    "today narrow": ("today", NARROW), "today wide": ("today", WIDE),
    "binder": ("binder", ROLL), "binder narrow": ("binder", NARROW),
    "week": ("week", ROLL), "week in a window": ("week", WINDOW), "week in a small window": ("week", SMALL),
    "week narrow": ("week", NARROW), "week wide": ("week next week", WIDE), "week of the month end": ("week 29 july", ROLL),
    "binder dated": ("binder --dated", WINDOW), "binder dated narrow": ("binder --dated --months 3", NARROW),
    "binder dated wide": ("binder --months 2", WIDE),
    "list": ("list", ROLL), "list overdue": ("list overdue", ROLL), "list resting": ("list resting", ROLL),
    "list july": ("list july", ROLL), "list narrow": ("list 15..21", NARROW), "show": ("show anna", WINDOW),
    "show whole": ("show bistro -a", WINDOW), "show resting": ("show pivovar", ROLL), "find": ("find quote", ROLL),
    "doctor": ("doctor", ROLL), "settings": ("settings", ROLL), "log": ("log nov Took B -n fri 10:00", ROLL),
    "log no answer": ("log anna -x", ROLL), "log stays": ("log klara rang in", ROLL), "snooze": ("snooze yoga", ROLL),
    "spread overdue": ("spread overdue --cap 6", ROLL), "spread today": ("spread today --cap 4 --yes", ROLL),
    "spread a range": ("spread 17..24 --cap 3 --dry-run", ROLL), "spread undated": ("spread undated --yes", ROLL),
    "spread narrow": ("spread today --cap 4", NARROW), "spread nothing": ("spread fri", ROLL),
    "away": ("away 15..28 july --dry-run", ROLL), "away narrow": ("away today..fri --yes", NARROW),
    "move": ("move --from overdue -n mon", ROLL), "rest": ("rest tomas gone sailing", ROLL),
    "slip": ("slip send the mockups --client nov -n wed!", ROLL),
    "new": ("new Jana Malá -n 25 july", ROLL),
    "show with papers": ("show novak", WINDOW), "attach": ("attach novak ~/offer.pdf ~/logo.svg", ROLL),
    "open": ("open novak", ROLL), "open one": ("open novak sketch --dry-run", ROLL),
    "one by one": ("today -i", WINDOW), "one by one narrow": ("today -i", NARROW),
    "set": ("set anna phone=+48 22 555 01 99 tags+=vip", ROLL), "when": ("when next fri 10:00", ROLL), "help": ("--help", ROLL),
    "form": ("form", ROLL), "form new": ("form new visit", ROLL), "form check": ("form check", ROLL),
    "log with a form": ("log brandt wants a sketch --form first-call --answer interest=new logo start=1 sept --answer budget=5 000 ended=later -n fri", ROLL),
    "show with a form": ("show novak", WINDOW), "help of form": ("form --help", ROLL), "help of log": ("log --help", ROLL), "backup in words": ("backup --dry-run", ROLL),
    "review": ("review", ROLL), "review of yesterday": ("review yesterday", ROLL), "review of an empty day": ("review 12", ROLL),
    "review of a week": ("review week", WINDOW), "review of last week": ("review last week", ROLL), "review of a month": ("review june", ROLL),
    "review in a small window": ("review last week", SMALL), "review narrow": ("review last week", NARROW), "review wide": ("review june", WIDE),
    "today with slips": ("today", WINDOW), "show with slips": ("show nov", WINDOW), "list today with slips": ("list today", ROLL),
    "log with slips": ("log nov Took B -n fri", ROLL), "ticked with slips": ("log mockups", ROLL),
    "help of slip": ("slip --help", ROLL),
}  # fmt: skip


FILLED = (
    "log novak Petra is back, and in a good mood. --form project-status -n 20 july --answer stands=at risk content=y "
    "--answer due=24 july --answer waiting=the green of the old cards, and whether Jan wants the van in it after all, from Petra"
)


def lay_papers(vera: Cf) -> None:
    """Three papers of Novák Tisk's, and two files in the home directory."""
    directory = vera.root / "papers" / "novak-tisk"
    directory.mkdir(parents=True)
    for age, name in enumerate(("offer July.pdf", "contract.pdf", "sketch.svg")):
        (directory / name).write_bytes(b"x" * 82_000)
        # Noon of 14 July 2026 in London, and some days earlier.
        os.utime(directory / name, (1_784_027_000 - 86_400 * age,) * 2)
    (vera.home / "offer.pdf").write_bytes(b"x" * 1_400_000)
    (vera.home / "logo.svg").write_bytes(b"x" * 512)


def screen(cf: Cf, line: str, paper: Window, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: paper))
    answer = cf(line, typed="q" if line.endswith(" -i") else None)
    text = answer.out + "".join(f"stderr: {line}\n" for line in answer.err.splitlines())
    return text.replace(str(cf.root), "FOLDER")


def prepare(cf: Cf, name: str) -> None:
    """The folder as it is when that page is looked at."""
    for line in next((lines for end, lines in BEFORE.items() if name.endswith(end)), []):
        cf.ok(line)


@pytest.mark.parametrize("name", GOLDEN)
def test_a_page_is_as_it_was(
    vera: Cf, name: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    line, paper = GOLDEN[name]
    if name == "show with a form":
        vera.ok(FILLED)
    prepare(vera, name)
    if line.startswith(("attach", "open")) or name == "show with papers":
        lay_papers(vera)
    page = screen(vera, line, paper, monkeypatch)
    golden = PAGES / f"{name.replace(' ', '-')}.txt"
    if request.config.getoption("--renew-pages"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(page)
    assert page == golden.read_text()


@pytest.mark.parametrize("name", GOLDEN)
def test_no_line_is_wider_than_the_paper(vera: Cf, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line, paper = GOLDEN[name]
    if name == "show with a form":
        vera.ok(FILLED)
    prepare(vera, name)
    for row in screen(vera, line, paper, monkeypatch).splitlines():
        if not row.startswith("stderr:") and "clientfolder.toml" not in row:
            assert width(row) <= paper.columns, row


@pytest.mark.parametrize("rows", range(12, 30))
def test_the_head_and_the_promises_never_scroll_away(vera: Cf, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = screen(vera, "today", Window(80, rows), monkeypatch)
    lines = page.splitlines()
    assert "Wed 15 July 2026" in lines[0]
    for promised in ("Anna Kowalska", "Novák Tisk", "Hedwig Zwölfer"):
        assert promised in page
    hidden = int(next((line.split()[0] for line in lines if "more: cf -a" in line), "0"))
    names = (
        "Anna Kowalska",
        "Vinařství",
        "Bistro",
        "Novák Tisk",
        "Hedwig",
        "Brandt",
        "Knihkupectví",
        "Tomáš Vrba",
        "Yoga Loft",
    )
    assert sum(name in page for name in names) + hidden == 9
    if rows >= 14:
        assert len(lines) < rows


def test_the_head_stays_where_letters_follow_the_page(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    vera.write("broken", "name = \n")
    vera.write("odd", 'name = "Odd"\nrhythm = 5\n[next]\non = 2026-08-03\n')
    lines = screen(vera, "today", Window(80, 24), monkeypatch).splitlines()
    # A letter is wider than the window, and takes two lines of it.
    assert sum(-(-len(line.removeprefix("stderr: ")) // 80) for line in lines) < 24
    assert "Wed 15 July 2026" in lines[0]
    assert "more: cf -a" in "".join(lines)


def test_an_empty_folder_has_a_page_too(cf: Cf) -> None:
    assert "Nothing lies on the desk" in cf.ok("").out
    for line in ("list", "binder", "history", "doctor", "find x"):
        assert cf.ok(line).out


def test_bars_count_in_halves() -> None:
    assert [bar(count, 8, 4) for count in (0, 1, 2, 3, 5, 8, 9)] == ["", "▌", "█", "█▌", "██▌", "████", "████+"]
    assert bar(1, 100, 4) == "▌"


@pytest.mark.parametrize(
    "text", ["short", "a longer text that does not fit", "日本語のとても長い名前です", "e\u0301" * 20]
)
def test_a_text_is_cut_to_columns_not_to_characters(text: str) -> None:
    assert width(fitted(text, 10)) <= 10
