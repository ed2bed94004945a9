"""What a value should have been, in words."""

from __future__ import annotations

from datetime import date

from clientfolder.binder.toml.validation import misfits
from clientfolder.dossier.types import Entry


def test_a_value_of_the_wrong_type_is_told_with_what_it_should_be() -> None:
    assert misfits(Entry, {"text": 5, "reached": "no"}) == {"text": "a text in quotes", "reached": "true or false"}


def test_a_value_of_the_right_type_is_not_told() -> None:
    assert misfits(Entry, {"at": date(2026, 7, 1), "text": "hello", "reached": False}) == {}
