"""Lines on a screen: what is drawn without Rich is byte for byte what Rich draws."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from clientfolder.cli.output.terminal import (
    CODES,
    Line,
    Span,
    Window,
    bar,
    broken,
    empty_screen,
    error_lines,
    fitted,
    is_screen,
    plain,
    put,
    row,
    width,
)
from clientfolder.errors import Misused
from clientfolder.text import visible
from clientfolder.workspace import Environment
from folders import Cf

RICH = {"": "", "bold": "bold", "dim": "dim", "late": "red", "head": "bold", "agreed": "bold"}
TEXTS = st.text(max_size=8) | st.sampled_from(
    ["", " ", "  ", "\x1b[31m", "a\tb", "東京", "e\u0301", "[red]", ":smile:"]
)
SPANS = st.builds(Span, TEXTS, st.sampled_from([*CODES]))


def drawn_by_rich(lines: list[Line], columns: int) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=columns, force_terminal=True, highlight=False, legacy_windows=False,
        _environ={"TERM": "xterm-256color"},
    )  # fmt: skip
    for line in lines:
        text = Text.assemble(*((visible(span.text), RICH[span.style]) for span in line), end="")
        text.rstrip()
        console.print(text, soft_wrap=True, markup=False, emoji=False)
    return out.getvalue()


@given(st.lists(st.lists(SPANS, max_size=5).map(tuple), max_size=4), st.integers(40, 120))
def test_lines_are_drawn_as_rich_draws_them(lines: list[Line], columns: int) -> None:
    out = io.StringIO()
    environment = Environment({}, "/", io.StringIO(), out, io.StringIO(), clock=None, config_dir=str)  # type: ignore[arg-type]
    put(lines, Window(columns, None, colour=True), environment)
    assert out.getvalue() == drawn_by_rich(lines, columns)


def test_every_style_has_a_code_and_rich_the_same() -> None:
    assert CODES.keys() == RICH.keys()


def test_bars_count_in_halves() -> None:
    assert [bar(count, 8, 4) for count in (0, 1, 2, 3, 5, 8, 9)] == ["", "▌", "█", "█▌", "██▌", "████", "████+"]
    assert bar(1, 100, 4) == "▌"


@pytest.mark.parametrize(
    "text", ["short", "a longer text that does not fit", "日本語のとても長い名前です", "e\u0301" * 20]
)
def test_a_text_is_cut_to_columns_not_to_characters(text: str) -> None:
    assert width(fitted(text, 10)) <= 10


WIDE = (
    Span("   "),
    Span("The first client: "),
    Span("cf new Anna Kowalska phone=+48 22 555 01 07 -n fri", "bold"),
    Span("   and then all the others of the address book 東京 工房 設計 建築", "dim"),
)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_line_wider_than_the_window_is_broken_between_words(columns: int) -> None:
    """A command to paste, or a name, is whole on its line; what is wider than any line is left to the terminal."""
    lines = [plain(line) for line in broken(WIDE, columns)]
    assert " ".join(" ".join(line.split()) for line in lines) == " ".join(plain(WIDE).split())
    assert all(line.startswith("   ") and not line.startswith("    ") for line in lines)
    assert any("cf new Anna Kowalska phone=+48 22 555 01 07 -n fri" in line for line in lines)
    assert all(width(line) <= columns for line in lines if "cf new" not in line)


@pytest.mark.parametrize(
    "line",
    [
        (Span("   beside it: send the mockups, Thu 16 Jul: cf log slips/send-the-mockups"),),
        (Span("   -> ", "dim"), Span("cat ~/clients/.cf/rescued/2026-11-28.txt; rm -i ~/x", "bold")),
        (
            Span(" a long text of many words that comes before ", "dim"),
            Span("/usr/bin/clientfolder move --from late -n 3"),
        ),
    ],
)
def test_what_is_to_be_pasted_stands_on_one_line(line: Line) -> None:
    command = re.split(r"(?:: |-> |before )", plain(line))[-1]
    assert any(command in plain(one) for one in broken(line, 60))


@given(st.lists(SPANS, max_size=6).map(tuple), st.integers(1, 30))
def test_a_broken_line_loses_no_letter(line: Line, columns: int) -> None:
    def letters(lines: list[Line]) -> list[str]:
        return [*"".join(plain(one) for one in lines).replace(" ", "")]

    assert letters(broken(line, columns)) == letters([line])


def test_a_terminal_is_printed_no_word_in_two_pieces_and_a_pipe_gets_the_line_whole() -> None:
    line = (Span(" 2 of them have no date: -n july puts them behind July, --rest lets them rest"),)
    for rows, lines in (24, 2), (None, 1):
        out = io.StringIO()
        environment = Environment({}, "/", io.StringIO(), out, io.StringIO(), clock=None, config_dir=str)  # type: ignore[arg-type]
        put([line], Window(60, rows), environment)
        assert out.getvalue().count("\n") == lines


def test_what_is_cut_in_a_row_keeps_the_blanks_that_part_it() -> None:
    right = [Span("clients/hedwig-zwoelfer.toml")]
    cut = plain(row([Span(" Hedwig Zwölfer · Kratky & Söhne", "head")], right, columns=59))
    assert cut.startswith(" Hedwig Zwölfer · Kratky & S…  clients/")
    assert plain(row([Span(" odd.vcf"), Span("   vCard 2.1, 3.0")], right, columns=44)) == (
        " odd.vcf   vC…  clients/hedwig-zwoelfer.toml"
    )


def test_colours_are_printed_to_a_terminal_alone(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.cli.output.terminal import Span, Window, put
    from clientfolder.workspace import Environment

    out = io.StringIO()
    environment = Environment({}, "/", io.StringIO(), out, io.StringIO(), lambda: None, str)  # type: ignore[arg-type,return-value]
    line = (Span("late", "late"), Span(" [red]\x1b[2J"))
    put([line], Window(colour=True), environment)
    assert "\x1b[31mlate\x1b[0m [red]\\x1b[2J" in out.getvalue()
    out.truncate(0)
    put([line], Window(), environment)
    assert "\x1b" not in out.getvalue()


# Letters ----------------------------------------------------------------------------------------------

PROMISED = "Anna Kowalska was promised for Thu 9 Jul; to change that all the same, on the day itself too: --yes"


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def letter(message: str, repeat: str | None, columns: int, screen: io.StringIO) -> list[str]:
    world = Environment({}, "/", io.StringIO(), io.StringIO(), screen, clock=None, config_dir=str)  # type: ignore[arg-type]
    world = world._replace(window=lambda: (columns, 24))
    return error_lines([Misused(message, repeat=repeat)], [], world)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_letter_is_broken_between_words_and_what_is_to_be_pasted_is_not(columns: int) -> None:
    line = "cf rest anna sold the shop and moved to the sea with her sister who has the kiln --yes"
    lines = letter(PROMISED, line, columns, _Screen())
    assert lines[-1] == line
    assert all(width(one) < columns for one in lines[:-1])
    assert " ".join(lines) == f"cf: {PROMISED}. Again: {line}"


def test_a_letter_in_a_pipe_or_with_room_is_one_line() -> None:
    assert letter(PROMISED, "cf x", 60, io.StringIO()) == [f"cf: {PROMISED}. Again: cf x"]
    assert letter("No.", None, 60, _Screen()) == ["cf: No."]


def test_a_command_named_in_a_letter_stays_whole() -> None:
    message = (
        "Café Lumen lies in July without a day, so there is nothing to count from. Name the day: /usr/bin/cf file x 31"
    )
    assert letter(message, None, 60, _Screen())[-1] == "/usr/bin/cf file x 31"


# An empty screen -------------------------------------------------------------------------------------


class Gone(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError


def at(stdout: io.StringIO, *, has_screen: bool = True) -> Any:
    return SimpleNamespace(has_screen=has_screen, stdout=stdout)


def test_what_stood_there_is_scrolled_up_before_the_screen_is_empty() -> None:
    out = io.StringIO()
    empty_screen(at(out), Window(80, 3))
    assert out.getvalue() == "\n\n\n\x1b[H\x1b[J"


@pytest.mark.parametrize(("has_screen", "window"), [(False, Window(80, 24)), (True, Window(80)), (False, Window(80))])
def test_where_there_is_no_screen_nothing_steers_it(has_screen: bool, window: Window) -> None:
    out = io.StringIO()
    empty_screen(at(out, has_screen=has_screen), window)
    assert out.getvalue() == ""
    assert not is_screen(at(out, has_screen=has_screen), window)


def test_a_terminal_that_has_gone_is_no_trouble() -> None:
    empty_screen(at(Gone()), Window(80, 24))
