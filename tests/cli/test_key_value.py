"""`KEY=VALUE` on a command line: what each key takes, and what is refused."""

from __future__ import annotations

import pytest

from folders import Cf


@pytest.mark.parametrize(
    "said",
    [
        "weekly",
        "every week",
        "6w",
        "monthly",
        "quarterly",
        "every 2 weeks",
        "fortnightly",
        "yearly",
        "every other week",
    ],
)
def test_a_rhythm_is_said_as_people_say_it(novaks: Cf, said: str) -> None:
    novaks.ok(["set", "anna", f"rhythm={said}"])
    novaks.ok("log anna hi")
    assert novaks.next("anna")["how"] == "rhythm"  # type: ignore[index]


def test_a_rhythm_that_is_none_is_refused_with_all_forms(novaks: Cf) -> None:
    answer = novaks("set anna rhythm=often")
    assert answer.exit == 2
    assert "first monday" in answer.err
    assert "cf help rhythms" in answer.err


@pytest.mark.parametrize("line", ["set anna card.phone=1", "log anna x -n fri"])
def test_a_text_where_a_table_should_be_is_no_bug(cf: Cf, line: str) -> None:
    before = cf.write("anna", 'name = "Anna"\ncard = "red"\nnext = [1]\n').read_text()
    assert cf(line).exit in (2, 5)
    assert cf.text("anna") == before
