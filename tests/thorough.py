"""How much is swept: by default what a change is most likely to break, with `--faults` everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

# Set from the command line before any test is collected.
is_on = False


def sweep(everything: _T, usually: _T) -> _T:
    """Everything with `--faults`, else what is usual."""
    return everything if is_on else usually


def share(of: Sequence[_T], number: int, shares: int = 4) -> Sequence[_T]:
    """All with `--faults`; else share `number`, so that places that are dealt with in turn meet all of them together."""
    return of if is_on else of[number % shares :: shares]
