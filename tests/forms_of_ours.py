"""A form of one's own, as the tests of forms ask it."""

from __future__ import annotations

from pathlib import Path

from folders import Cf

VISIT = """\
title = "First visit"
kind = "visit"
[[question]]
say = "Look round."
[[question]]
key = "interest"
ask = "What interests them most?"
[[question]]
key = "ended"
ask = "How did it end?"
type = "choice"
choices = ["offer", "thinks it over", "no"]
required = true
[[question]]
key = "budget"
ask = "How much?"
type = "number"
[[question]]
key = "start"
ask = "When?"
type = "date"
[[question]]
key = "content"
ask = "Content?"
type = "yes/no"
"""


def write_form(cf: Cf, name: str, text: str) -> Path:
    path = cf.root / "forms" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path
