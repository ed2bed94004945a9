"""The page of the desk from a value alone: no folder, no session, no clock."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from clientfolder.cli.output.terminal import Span, Window, plain, width
from clientfolder.cli.pages.desk import desk_page
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Next
from clientfolder.settings.values import Capacity
from clientfolder.tickler.inserts import no_rhythm
from clientfolder.tickler.load import Room, loads
from clientfolder.tickler.today import IN_PASSING, Also, Note, Today, today
from folders import Cf
from goldens import NARROW, ROLL, SMALL, WIDE, WINDOW, Golden, Rows

DAY = date(2026, 7, 15)


def told(count: int) -> Today:
    """A desk with so many dossiers, half of them late, every fifth promised."""
    there = Covers.of(
        Cover(
            f"client-{number}",
            f"Client {number} of a very long name that has no end",
            next=Next(DAY - timedelta(days=number % 2), how="agreed" if number % 5 == 0 else "planned"),
        )
        for number in range(count)
    )
    load = loads(there, DAY)
    return today(there, DAY, Room(capacity=Capacity(), weight=load), no_rhythm)


def nobody_asks(shown: Sequence[Cover]) -> dict[str, int]:
    raise AssertionError("nobody sees it")


@pytest.mark.parametrize("window", [Window(), Window(80, 24), Window(40, 10)])
def test_without_colours_nobody_looks_up_what_suffices_to_type(window: Window) -> None:
    assert list(desk_page(told(30), window, nobody_asks))


@pytest.mark.parametrize("window", [Window(80, 24, colour=True), Window(40, 10, colour=True), Window(80, colour=True)])
def test_what_suffices_to_type_is_asked_once_about_those_alone_that_the_page_names(window: Window) -> None:
    asked: list[Sequence[Cover]] = []

    def suffice(shown: Sequence[Cover]) -> dict[str, int]:
        asked.append(shown)
        return {cover.client: 4 for cover in shown if cover.client != "client-1"}

    page = list(desk_page(told(300), window, suffice))
    (shown,) = asked
    bold = [line for line in page if any(span == Span("Clie", "bold") for span in line)]
    assert len(bold) == len(shown) - ("client-1" in [cover.client for cover in shown])
    assert [plain(line) for line in page] == [plain(line) for line in desk_page(told(300), window, lambda _: {})]


@pytest.mark.parametrize(
    ("topic", "is_told"), [("proofs", True), ("the proofs of all seven labels, one by one", False)]
)
def test_a_row_of_one_line_tells_the_stage_where_it_has_room(topic: str, is_told: bool) -> None:
    there = Covers.of(
        Cover(f"client-{number}", f"Client {number}", phone="+49 89 5550", next=Next(DAY, about=topic))
        for number in range(20)
    )
    selling = [Note(cover.client, IN_PASSING, "offer 72 d") for cover in there]
    desk = today(
        there, DAY, Room(capacity=Capacity(), weight=loads(there, DAY)), no_rhythm, makers=(lambda _: selling,)
    )
    rows = [plain(line) for line in desk_page(desk, Window(80, 24), nobody_asks) if "proofs" in plain(line)]
    assert rows
    assert all(("offer 72 d  +49 89 5550" in row) == is_told and width(row) < 80 for row in rows)


@pytest.mark.parametrize("rows", range(10, 40, 3))
@pytest.mark.parametrize("below", [0, 2])
@pytest.mark.parametrize("count", [0, 1, 7, 60])
def test_the_page_fits_the_window_with_the_letters_below_it(count: int, below: int, rows: int) -> None:
    page = list(desk_page(told(count), Window(60, rows), nobody_asks, below=below))
    promised = sum(1 for line in page if plain(line).startswith(" ! "))
    # Promises are told even where they take more than there is.
    assert len(page) < rows - below or promised
    assert all(width(plain(line)) <= 60 for line in page)


def desk_of(late: int, today_: int, promised: int) -> Today:
    """So many unpromised ones that are late, and at today, and so many promised ones at today; each with a topic."""
    names = [*("late" for _ in range(late)), *("plain" for _ in range(today_)), *("held" for _ in range(promised))]
    there = Covers.of(
        Cover(
            f"{kind}-{number}",
            f"{kind.capitalize()} {number}",
            next=Next(
                DAY - timedelta(days=kind == "late"),
                about=f"topic {number}",
                how="agreed" if kind == "held" else "planned",
            ),
        )
        for number, kind in enumerate(names)
    )
    return today(
        there,
        DAY,
        Room(capacity=Capacity(), weight=loads(there, DAY)),
        no_rhythm,
        also=[Also(1, "merged", 1)],
    )


def shown(told_: Today, rows: int) -> list[str]:
    return [plain(line) for line in desk_page(told_, Window(80, rows), nobody_asks)]


def rows_of(page: list[str], kind: str) -> int:
    return sum(1 for line in page if f"{kind} " in line and "topic" not in line.partition(kind)[0])


def two_lines(page: list[str], kind: str) -> int:
    """How many of a kind have a line below them with their topic."""
    return sum(
        1 for line, below in itertools.pairwise(page) if f"{kind} " in line and below.startswith("         topic")
    )


def test_the_desk_gives_way_in_order() -> None:
    told_ = desk_of(late=4, today_=5, promised=2)
    states = []
    for rows in range(40, 9, -1):
        page = shown(told_, rows)
        assert any(line.startswith(" ALSO         merged 1") for line in page)
        assert page[-1].startswith(" NEXT DAYS")
        assert rows_of(page, "Held") == 2 or rows < 13
        assert len(page) <= rows - 2 or rows < 13
        state = (
            two_lines(page, "Plain"),
            two_lines(page, "Late"),
            rows_of(page, "Plain"),
            rows_of(page, "Late"),
            two_lines(page, "Held"),
        )
        states.append(state)
        left = 11 - state[2] - state[3] - rows_of(page, "Held")
        assert any(f"{left} more: cf -a" in line for line in page) == bool(left)
    # Nothing gives way before what stands before it in the order is as small as it gets.
    for plain_two, late_two, plain_rows, late_rows, held_two in states:
        assert late_two == 4 or plain_two == 0
        assert plain_rows == 5 or late_two == 0
        assert late_rows == 4 or plain_rows <= 3
        assert held_two == 2 or late_rows <= 2
    assert states[0] == (5, 4, 5, 4, 2)
    assert (0, 0, 3, 2, 2) in states


def test_names_stand_in_the_foot_where_there_is_room() -> None:
    also = [Also(1, "no day", 2, ["Anna", "Bea"]), Also(2, "no date", 1, ["Cora"]), Also(3, "merged 1")]
    told_ = told(3)._replace(also=tuple(also))

    def foot(columns: int) -> str:
        return next(
            plain(line)
            for line in desk_page(told_, Window(columns, 24), nobody_asks)
            if plain(line).startswith(" ALSO")
        )

    assert foot(80) == " ALSO         no day: Anna, Bea · no date: Cora · merged 1"
    assert foot(56) == " ALSO         no day: Anna, Bea · no date 1 · merged 1"
    assert foot(48) == " ALSO         no day 2 · no date 1 · merged 1"


# Pages, whole -----------------------------------------------------------------------------------------

PAGES: Rows = {
    "today": ("today", ROLL),
    "today in a window": ("today", WINDOW),
    "today in a small window": ("today", SMALL),
    "today narrow": ("today", NARROW),
    "today wide": ("today", WIDE),
    "today with slips": ("today", WINDOW),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


@pytest.mark.parametrize("rows", range(12, 30))
def test_the_head_and_the_promises_never_scroll_away(golden: Golden, rows: int) -> None:
    page = golden.screen("today", Window(80, rows))
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
        "Notariat",
    )
    assert sum(name in page for name in names) + hidden == 10
    if rows >= 14:
        assert len(lines) < rows


def test_the_head_stays_where_letters_follow_the_page(vera: Cf, golden: Golden) -> None:
    vera.write("broken", "name = \n")
    vera.write("odd", 'name = "Odd"\nrhythm = 5\n[next]\non = 2026-08-03\n')
    lines = golden.screen("today", Window(80, 24)).splitlines()
    # A letter is wider than the window, and takes two lines of it.
    assert sum(-(-len(line.removeprefix("stderr: ")) // 80) for line in lines) < 24
    assert "Wed 15 July 2026" in lines[0]
    assert "more: cf -a" in "".join(lines)


def test_an_empty_binder_says_how_the_first_client_comes_in(cf: Cf) -> None:
    assert "cf new Anna Kowalska -n fri" in cf.ok("").out
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-08-15\n')
    assert "cf new" not in cf.ok("").out
    assert "Nothing lies on the desk." in cf.ok("").out
