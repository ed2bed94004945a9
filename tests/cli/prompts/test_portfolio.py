"""The portfolio of a folder: all accounts, what could not be read beside them, and the period that is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from folders import Cf

PAID = "\n[[payments]]\non = 2026-06-01\namount = {}\n"


def dated(cf: Cf, words: str) -> tuple[str, str]:
    data: dict[str, Any] = cf(f"period {words} --json").data
    return data["from"], data["to"]


def test_who_rests_counts_and_who_cannot_be_read_or_counted_is_told(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\nresting = "gone"\n' + PAID.format(100))
    cf.write("bert", 'name = "Bert"\n' + PAID.format('"many"'))
    cf.write("broken", "name = \n")
    answer = cf("worth --json")
    assert answer.exit == 1
    assert [row["client"] for row in answer.data["clients"] if row["turnover"]] == ["anna"]
    assert len([error for error in answer.json["errors"] if "broken" in str(error)]) == 1
    assert "1 amount of Bert" in cf("worth").out


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("june", "2026-06-01", "2026-06-30"), ("last week", "2026-07-06", "2026-07-12"), ("week", "2026-07-13", "2026-07-15")],
)  # fmt: skip
def test_a_period_is_named_as_days_are_and_ends_today_at_the_latest(cf: Cf, words: str, first: str, last: str) -> None:
    assert dated(cf, words) == (first, last)


@pytest.mark.parametrize(
    ("own", "told"), [("", "6 weeks"), ('rhythm = "2 weeks"\n', "2 weeks"), ('rhythm = "often"\n', "6 weeks")]
)
def test_the_rhythm_in_force_is_the_own_one_else_that_of_the_settings(cf: Cf, own: str, told: str) -> None:
    (cf.root / "clientfolder.toml").write_text('rhythm = "6 weeks"\n')
    cf.write("anna", f'name = "Anna"\n{own}{PAID.format(100)}')
    assert cf("worth --json").data["clients"][0]["rhythm"] == told
