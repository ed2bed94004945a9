"""What a finding of `cf doctor` says."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong or odd. `mend` is the command that mends it, or what to do by hand."""

    code: str
    client: str | None
    file: str | None
    line: int | None
    message: str
    mend: str | None
