"""Labels lie where the sheets of the shops have them, and what is too long for one is made to fit."""

from __future__ import annotations

import pytest

from clientfolder.exchange.labels import SHEETS, LabelSheet, laid_out, sheet_of, shift_of

# Left and top of the first label, and of the last one, in millimetres, as the makers give them.
PLACES = {
    "3474": ((0, 0.5), (140, 259.5)), "3475": ((0, 4.5), (140, 256.5)), "3422": ((0, 8.5), (140, 253.5)),
    "3652": ((0, 0.45), (140, 254.25)), "3659": ((8, 21.6), (105, 233.1)),
    "L7160": ((7.21, 15.15), (139.29, 243.75)), "L7162": ((4.63, 12.9), (106.27, 250.2)),
    "L7163": ((4.63, 15.15), (106.27, 243.75)),
}  # fmt: skip


@pytest.mark.parametrize("number", PLACES)
def test_labels_lie_where_they_are_on_the_sheet(number: str) -> None:
    sheet = SHEETS[number]
    [page] = laid_out([["Anna"]] * sheet.places, sheet)
    for label, (left, top) in zip((page[0], page[-1]), PLACES[number], strict=True):
        assert label.left == pytest.approx(left, abs=0.05)
        assert label.top == pytest.approx(top, abs=0.05)


def test_a_begun_sheet_is_gone_on_with_and_all_are_shifted() -> None:
    first, second = laid_out([[str(number)] for number in range(21)], SHEETS["3474"], start=5, shift=(1.5, -0.5))
    assert (first[0].left, first[0].top) == (71.5, 37)
    assert [label.lines for label in second] == [("20",)]
    assert (second[0].left, second[0].top) == (1.5, 0)


@pytest.mark.parametrize(
    ("typed", "sheet"),
    [("70x36,3x8", LabelSheet(70, 36, 3, 8)), ("l7160", SHEETS["L7160"]), ("63.5 x 38.1, 3x7", LabelSheet(63.5, 38.1, 3, 7)),
     ("80x36,3x8", None), ("70x40,3x8", None), ("0x0,3x8", None), ("9999", None), ("70x36", None), ("70x36,0x0", None),
     ("", None), ("٧٠x36,3x8", None)],
)  # fmt: skip
def test_a_sheet_as_it_is_typed(typed: str, sheet: LabelSheet | None) -> None:
    assert sheet_of(typed) == sheet


@pytest.mark.parametrize(
    ("typed", "shift"), [("1.5,-0.5", (1.5, -0.5)), ("0,0", (0, 0)), (" +2 , 1 ", (2, 1)), ("1.5", None), ("a,b", None)]
)
def test_a_shift_as_it_is_typed(typed: str, shift: tuple[float, float] | None) -> None:
    assert shift_of(typed) == shift


def test_what_is_long_is_smaller_and_then_cut() -> None:
    usual, long, longest, many = (
        laid_out([lines], SHEETS["3474"])[0][0]
        for lines in (["Anna"], ["Rechtsanwaltskanzlei am Wasserturm"], ["W" * 90], ["line"] * 30)
    )
    assert (usual.size, usual.is_cut) == (11, False)
    assert 7 <= long.size < 11
    assert not long.is_cut
    assert (longest.size, longest.is_cut, longest.lines[0][-1]) == (7, True, "…")
    assert many.is_cut
    assert len(many.lines) * 7 * 1.2 * 25.4 / 72 <= 37
