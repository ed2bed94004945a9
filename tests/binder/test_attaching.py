"""The name that a file gets among the papers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder import attaching, names
from clientfolder.text import visible


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("offer.pdf", "offer.pdf"), ("../../x", "x"), (".bashrc", "bashrc"), ("-rf", "rf"), ("con.pdf", "paper-con.pdf"),
        ("a\x1b[2Jb\u202e.txt", "a[2Jb.txt"), ("Nabídka № 4.pdf", "Nabídka № 4.pdf"), ("...", "paper"), ("報告.pdf", "報告.pdf"),
        ("a:b|c?.pdf", "a-b-c-.pdf"), ("x. ", "x"), ("two\nlines.txt", "two lines.txt"), ("C:\\x\\y.pdf", "C--x-y.pdf"),
    ],
)  # fmt: skip
def test_the_name_is_made_safe(name: str, safe: str) -> None:
    assert attaching.safe_name(name) == safe


@given(st.text(max_size=300))
def test_whatever_the_name_is_every_system_can_hold_it(name: str) -> None:
    safe = attaching.safe_name(name)
    assert safe == visible(safe) == unicodedata.normalize("NFC", safe)
    assert "/" not in safe
    assert safe[:1] not in ("", ".", "-", " ")
    assert names.is_portable(safe)
    assert len(safe.encode()) <= 255
    assert attaching.safe_name(safe) == safe
