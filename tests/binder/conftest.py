"""A folder with one client, for the tests of the binder."""

from __future__ import annotations

import pytest

from folders import BOB, Cf


@pytest.fixture
def bob(cf: Cf) -> Cf:
    cf.write("bob", BOB)
    return cf
