"""The words of dates, and the lines that would work."""

from __future__ import annotations

import pytest

from clientfolder.dates.vocabulary import LONGEST, Refusal, ordinal, plain, refused, shown, working_lines


def test_ordinals_end_as_they_are_spoken() -> None:
    assert [f"{number}{ordinal(number)}" for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "5\u00a0july", "\u0661", "fri\n"])
def test_what_no_date_is_written_with_is_not_read(text: str) -> None:
    assert plain(text) is None


def test_one_group_of_lines_that_work_is_told_and_two_meanings_at_the_most() -> None:
    def reads(line: str) -> str:
        if line == "bad":
            raise Refusal("is bad")
        return line[0]

    assert working_lines(Refusal("", [["bad"], ["a1", "a2", "b"], ["c"]]), reads) == ("a1", "b")
    assert working_lines(Refusal("", [["a", "b", "c"], ["d"]]), reads) == ()
    assert refused("x", Refusal("is odd", [["fri"]]), reads).message == '"x" is odd. This would work: fri'
    unknown = refused("x", Refusal("is odd", like="fri or 2w"), reads)
    assert unknown.message == '"x" is odd; what I know is like fri or 2w. All forms: cf help dates'
    assert (unknown.phrase, unknown.reason, unknown.instead) == ("x", '"x" is odd', ())


def test_what_is_shown_is_short_and_seen() -> None:
    assert shown("\x1b[2J") == "\\x1b[2J"
    assert len(shown("x" * 500)) < 70
