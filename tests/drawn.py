"""Drawing much at once: a law tries a hundred folders, and drawing each of their values takes longer than the law."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from hypothesis import strategies as st


def one_of_each(*choices: Iterable[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A tuple with one of each of these, all as likely as when they are drawn one by one; simplest is the first of each."""
    return st.sampled_from(tuple(product(*choices)))
