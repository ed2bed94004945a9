"""What makes two values, and two records, one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from clientfolder.binder.merge.values import dossier_rules, identity, mark, merged_records, rules_for
from clientfolder.dossier import schema


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        (1, True, False), (1, 1.0, False), (float("nan"), float("nan"), True), ([1, "a"], [1, "a"], True),
        ([1, 2], [2, 1], False), ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True), (date(2026, 7, 1), "2026-07-01", False),
    ],
)  # fmt: skip
def test_equal_values(one: Any, other: Any, are_one: bool) -> None:
    assert (mark(one) == mark(other)) is are_one


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ({"at": date(2026, 7, 1)}, {"at": "2026-07-01", "kind": "note", "text": ""}, True),
        ({"at": date(2026, 7, 1)}, {"at": datetime(2026, 7, 1)}, False),
        ({"at": date(2026, 7, 1), "text": "a"}, {"at": date(2026, 7, 1), "text": "A"}, False),
        ({"at": date(2026, 7, 1), "cause": "x"}, {"at": date(2026, 7, 1)}, True),
    ],
)
def test_equal_entries(one: dict[str, Any], other: dict[str, Any], are_one: bool) -> None:
    same_by = schema.TABLES["log"].same_by
    assert (identity("log", one, same_by) == identity("log", other, same_by)) is are_one


def test_records_without_a_name_are_one_where_all_of_them_is_the_same_and_a_name_is_one_in_any_case() -> None:
    assert identity("visits", {"a": 1}, ()) != identity("visits", {"a": 1, "b": 1}, ())
    assert identity("deals", {"name": "Shop", "won": 1}, ("name",)) == identity("deals", {"name": "shop"}, ("name",))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "count"),
    [(1, 1, 1, 1), (0, 1, 1, 1), (0, 2, 1, 2), (1, 2, 3, 3), (1, 0, 1, 0), (2, 1, 2, 1), (1, 0, 2, 1), (3, 2, 1, 1)],
)
def test_equal_records_are_counted(base: int, ours: int, theirs: int, count: int) -> None:
    record = {"on": date(2026, 7, 1), "amount": 5}
    for one, other in ((ours, theirs), (theirs, ours)):
        found = merged_records("payments", ([record] * base, [record] * one, [record] * other), ())
        assert len(found.order) == count


def test_the_kind_of_file_is_told_by_its_place() -> None:
    assert rules_for("clients/anna.toml") == rules_for("sub/slips/x.toml") == dossier_rules()
    assert "days_off" in rules_for("sub/clientfolder.toml").lists
    assert not rules_for("forms/visit.toml").has_log
    assert dossier_rules().lists == {"tags", "not_on"}
    assert dossier_rules().apart == {"next", "resting"}
