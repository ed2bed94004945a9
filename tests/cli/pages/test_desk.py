"""The page of the desk from a value alone: no folder, no session, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from clientfolder.cli.output.terminal import Span, Window, plain, width
from clientfolder.cli.pages.desk import desk_page
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Next
from clientfolder.settings import Capacity
from clientfolder.tickler import desk
from clientfolder.tickler.load import Room
from clientfolder.tickler.today import Today, today

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
    load = desk.loads(there, DAY)
    return today(there, DAY, Room(capacity=Capacity(), weight=load), desk.no_rhythm)


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


@pytest.mark.parametrize("rows", range(10, 40, 3))
@pytest.mark.parametrize("below", [0, 2])
@pytest.mark.parametrize("count", [0, 1, 7, 60])
def test_the_page_fits_the_window_with_the_letters_below_it(count: int, below: int, rows: int) -> None:
    page = list(desk_page(told(count), Window(60, rows), nobody_asks, below=below))
    promised = sum(1 for line in page if plain(line).startswith(" ! "))
    # Promises are told even where they take more than there is.
    assert len(page) < rows - below or promised
    assert all(width(plain(line)) <= 60 for line in page)
