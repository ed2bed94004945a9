"""The option parser: what it refuses, it refuses with the line that would work."""

from __future__ import annotations

import pytest

from folders import Cf


@pytest.mark.parametrize("option", ["--foo", "--foo=3"])
def test_an_option_that_there_is_not_is_left_out_of_the_line_that_is_given_back(elsewhere: Cf, option: str) -> None:
    refused = elsewhere(f"--folder ../elsewhere log mia wants the quote {option}")
    assert refused.exit == 2
    assert refused.err.rstrip().endswith("cf --folder ../elsewhere log mia wants the quote"), refused.err
    named_twice = elsewhere("log mia wants --foo the --foo")
    assert named_twice.err.rstrip().endswith("cf log mia wants --foo the --foo"), named_twice.err
