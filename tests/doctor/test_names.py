"""Short names that are one file on another system."""

from __future__ import annotations

from clientfolder.doctor.names import twins


def test_twins_differ_in_case_or_in_how_an_accent_is_written_alone() -> None:
    assert twins(["anna", "Anna", "bert"]) == [("anna", "Anna")]
    assert twins(["jose\u0301", "jos\u00e9"]) == [("jos\u00e9", "jose\u0301")]
    assert twins(["anna", "anna-2", "änna"]) == []
