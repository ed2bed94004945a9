"""What is said of a text that TOML refuses: short, and in no time."""

from __future__ import annotations

import time

import pytest

from folders import Cf


def test_many_marks_of_git_that_end_nowhere_cost_no_time(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n' + "<<<<<<< x\n" * 50_000)
    begun = time.process_time()
    assert "merged by git" in cf("list").err
    cf("doctor")
    assert time.process_time() - begun < 20


def test_a_letter_is_never_as_long_as_the_line_it_is_about(cf: Cf) -> None:
    for line in ("x = y" + "z" * 90_000, "z" * 90_000, "[" + "z" * 90_000, 'next = {on = "' + "z" * 90_000 + '"}'):
        cf.write("anna", f'name = "Anna"\n{line}\n')
        err = cf("list").err
        assert "anna.toml, line 2: " in err
        assert len(err) < 400


@pytest.mark.parametrize("quotes", ['"\\', '"""\\', '["', "['''"])
def test_a_list_with_a_text_that_nothing_closes_costs_no_time(cf: Cf, quotes: str) -> None:
    cf.write("anna", 'name = "Anna"\nx = [' + quotes * 50_000 + "\n")
    begun = time.process_time()
    assert "anna.toml, line 2: " in cf("list").err
    assert time.process_time() - begun < 20
