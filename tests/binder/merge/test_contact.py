"""Where a dossier lies after a merge: one side's word, the firmer, the earlier; and a promise is never lost."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.binder.merge.contact import Lying, chosen, vanished
from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Next

DAY = date(2026, 8, 20)


def lying(on: date | Month, how: str = "planned", **more: str) -> Lying:
    return Lying({"on": str(on), "how": how, **more}, Next(on, how=how, about=more.get("about")))  # type: ignore[arg-type]


OLD, RESTS = lying(date(2026, 8, 1)), Lying(resting="why")


@pytest.mark.parametrize(
    ("ours", "theirs", "stands", "told"),
    [
        (lying(DAY), OLD, lying(DAY), []),
        (OLD, RESTS, RESTS, []),
        (Lying(), lying(DAY), lying(DAY), []),
        (lying(DAY), lying(DAY), lying(DAY), []),
        (lying(DAY), RESTS, lying(DAY), ["resting"]),
        (lying(DAY), lying(DAY, about="a"), lying(DAY, about="a"), ["next"]),
        (lying(Month(2026, 8)), lying(date(2026, 8, 30)), lying(date(2026, 8, 30)), ["next"]),
        (lying(DAY, "rhythm"), lying(date(2026, 9, 1)), lying(date(2026, 9, 1)), ["next"]),
        (RESTS, Lying(resting="other"), RESTS, ["resting"]),
    ],
)
def test_which_stands(ours: Lying, theirs: Lying, stands: Lying, told: list[str]) -> None:
    found, conflicts = chosen(OLD, ours, theirs)
    assert found.said == stands.said
    assert [conflict.key for conflict in conflicts] == told
    if stands.table is not None:
        assert chosen(OLD, theirs, ours)[0].said == stands.said


@pytest.mark.parametrize(
    ("entry", "is_told"),
    [({"from": DAY}, True), ({"promised": "2026-08-20"}, True), ({"text": "moved from 2026-08-20."}, True),
     ({"at": DAY}, False), ({"text": "12026-08-20-1"}, False)],
)  # fmt: skip
def test_a_promise_is_told_where_an_entry_names_its_day(entry: dict[str, object], is_told: bool) -> None:
    promise = lying(DAY, "agreed")
    assert (vanished(OLD, [promise, promise], [entry]) == []) is is_told
    assert vanished(promise, [promise], []) == []
    assert vanished(OLD, [lying(DAY)], []) == []
