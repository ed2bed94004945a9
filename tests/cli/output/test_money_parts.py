"""What the pages of money share: sums, shares and bars, tables in a window, and what is left out named at the top."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.cli.output.money_parts import Bars, SumTable, dated_head, drawn, left_out, said, share
from clientfolder.cli.output.terminal import Line, Window, plain, width


def lines(page: Iterable[Line]) -> list[str]:
    return [plain(line) for line in page]


def test_a_bar_is_as_long_as_its_part_and_what_is_not_nothing_is_seen() -> None:
    assert [drawn(part, 8, 2) for part in (0, 1, 4, 8)] == ["", "▎", "█", "██"]
    assert drawn(1, 1_000_000, 2) == "▏"
    assert drawn(1, 0) == ""


def test_of_nothing_there_is_no_share() -> None:
    assert (share(2, 3), share(1, 0), share(0, 5)) == ("67 %", "-", "0 %")


def test_what_is_in_no_sum_is_named_with_the_line_that_mends_it() -> None:
    assert "cf settings currency=CHF" in lines(left_out({"CHF": 2}, (), None, Window(120)))[0]
    assert lines(left_out({"CHF": 1}, (), "EUR", Window(120))) == [
        " LEFT OUT   1 amount in CHF, without a rate: clientfolder.toml: rates = { CHF = ... }"
    ]


ROWS = [["Anna Kowalska-Nowakowska", "11 200 EUR", "vip"], ["Bob", "5", "one-off"]]


@pytest.mark.parametrize(
    ("columns", "first", "second"),
    [
        (80, f" Anna Kowalska-Nowakowska  {'█' * 20}  11 200 EUR  vip", "Bob                       ██████████ "),
        (71, f" Anna Kowalska-Nowakowska  {'█' * 20}  11 200 EUR  vip", "Bob                       ██████████ "),
        (60, " Anna Kowalska-Nowakowska  11 200 EUR  vip", " Bob                                5  one-off"),
        (40, " Anna Kowalska-No…  11 200 EUR  vip", " Bob                         5  one-off"),
    ],
)
def test_the_bars_go_first_then_a_name_is_cut(columns: int, first: str, second: str) -> None:
    found = SumTable(ROWS, [False, True, False], bars=Bars(1, [2, 1], 2)).lines(Window(columns))
    assert found[0] == first
    assert second in found[1]


def test_bars_get_shorter_before_they_go() -> None:
    rows = [["n" * 40, "11 200 EUR", "vip"], ["Bob", "5", "one-off"]]
    found = SumTable(rows, [False, True, False], bars=Bars(1, [2, 1], 2)).lines(Window(74))
    assert (found[0].count("█"), found[1].count("█")) == (9, 4)


@given(
    st.lists(st.lists(st.text("aW語█ ", max_size=30), min_size=4, max_size=4), max_size=4),
    st.sampled_from([40, 60, 80]),
    st.sampled_from([None, 1]),
)
def test_no_line_is_wider_than_the_window(rows: list[list[str]], columns: int, bars: int | None) -> None:
    drawn_at = None if bars is None else Bars(bars, [1] * len(rows), 1)
    found = SumTable(rows, [False, False, True, False], bars=drawn_at).lines(Window(columns), "   ")
    assert len(found) == len(rows)
    assert all(width(line) < columns for line in found)


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_sentence_is_whole_on_as_many_lines_as_it_needs(columns: int) -> None:
    text = " ".join(f"word{number}" for number in range(40))
    found = lines(said(text, Window(columns)))
    assert " ".join(" ".join(found).split()) == text
    assert all(width(line) < columns for line in found)


@pytest.mark.parametrize("columns", [60, 70, 80])
def test_the_command_in_a_sentence_stands_on_one_line(columns: int) -> None:
    command = 'cf settings period="4 months"'
    found = lines(said(f"Half come again within 108 days; what would fit: {command}", Window(columns)))
    assert any(command in line for line in found)


@pytest.mark.parametrize(("columns", "head"), [(80, " Worth on Wed 15 July 2026"), (48, " Worth  ")])
def test_the_day_in_the_head_of_a_page_goes_before_what_it_rests_on(columns: int, head: str) -> None:
    told = "2 500 EUR since 16 Jul from 3 clients"
    (line,) = lines([dated_head("Worth", "Wed 15 July 2026", told, Window(columns))])
    assert line.startswith(head)
    assert line.endswith(told)
