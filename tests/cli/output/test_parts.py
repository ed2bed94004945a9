"""The parts of pages: what has no room is counted, and nothing is wider than the window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.cli.output.parts import (
    legend,
    load_bar,
    load_cell,
    no_day_yet,
    runs_of_names,
    somewhere,
    wrapped_spans,
)
from clientfolder.cli.output.terminal import Span, Window, plain, width
from clientfolder.settings.values import Capacity

NAMES = st.lists(st.text("abcdé", min_size=1, max_size=20).map(str.strip).filter(bool), min_size=1, max_size=40)
WINDOWS = st.integers(40, 120).map(Window)


@given(NAMES, WINDOWS, st.integers(1, 4))
def test_names_that_have_no_room_are_counted(names: list[str], window: Window, most: int) -> None:
    lines = runs_of_names([[Span(name)] for name in names], window, indent="   ", most=most)
    assert len(lines) <= most
    told = [span.text for line in lines for span in line]
    shown = [text for text in told if text in names]
    more = next((int(text.split()[1]) for text in told if text.endswith(" more")), 0)
    assert len(shown) + more == len(names)
    assert shown == names[: len(shown)]
    assert all(width(plain(line)) < window.columns for line in lines)


@given(NAMES, WINDOWS)
def test_without_a_limit_every_name_is_there(names: list[str], window: Window) -> None:
    lines = runs_of_names([[Span(name)] for name in names], window, indent=" ")
    assert [span.text for line in lines for span in line if span.text in names] == names


@given(NAMES, WINDOWS, st.text("! +", max_size=30))
def test_spans_beside_each_other_stay_in_the_window(names: list[str], window: Window, right: str) -> None:
    lines = list(wrapped_spans([Span(name) for name in names], window, right))
    assert [span.text for line in lines for span in line if span.text in names] == names
    assert all(width(plain(line)) < window.columns for line in lines)


def test_a_bar_is_red_where_the_day_is_over_and_not_where_weights_do_not_add_up() -> None:
    assert load_bar(9, 8, 4) == Span("████+", "late")
    assert load_bar(8, 8, 4) == Span("████ ")
    assert load_bar(0.1 + 0.2, 0, 4).style == "late"
    assert load_bar(sum([0.1] * 80), 8, 4) == Span("████ ")


@pytest.mark.parametrize(
    ("blocks", "count", "promised", "cell"),
    [("██", 3, False, "██    3 "), ("████+", 12, True, "████+12!"), ("", 100, True, "     100!")],
)
def test_a_cell_has_its_bar_its_count_and_its_mark(blocks: str, count: int, promised: bool, cell: str) -> None:
    assert load_cell(blocks, count, promised=promised, cells=4, digits=2) == cell


def test_over_is_the_capacity_where_all_days_have_one() -> None:
    assert legend(Capacity()).endswith("over 8")
    assert legend(Capacity((8, 8, 8, 8, 4, 0, 0))).endswith("over room")


def test_what_has_no_day_stands_in_a_line_for_each_pile() -> None:
    piles = [("in July", ["Anna", "Bea"]), ("in August", []), ("no date at all", ["Cora"])]
    narrow = [plain(line) for line in no_day_yet(piles, Window(40))]
    assert narrow == [" NO DAY YET   in July: Anna, Bea", "               no date at all: Cora"[1:]]
    assert [plain(line) for line in no_day_yet(piles, Window(80))] == narrow
    assert list(no_day_yet([("in July", [])], Window(80))) == []


def test_where_it_was_written_is_told_of_another_folder_alone() -> None:
    assert [plain(line) for line in somewhere("~/other", dry_run=False)] == ["   in ~/other"]
    assert list(somewhere(None, dry_run=False)) == []
    assert [plain(line) for line in somewhere("~/other", dry_run=True)] == ["   --dry-run: nothing was written"]
