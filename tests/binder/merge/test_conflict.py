"""The note in which the other value is kept, and its reading."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from clientfolder.binder.merge.conflict import Conflict, label, next_words, noted, words
from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Next


def test_a_note_is_read_as_it_was_written() -> None:
    for value in ("+49 30 1", "was also this", "two\nlines"):
        assert noted(Conflict("people.petra.phone", "1", value).note) == ("people.petra.phone", value)
    assert noted("Merged all her papers") is None


@pytest.mark.parametrize(("value", "said"), [("a b", "a b"), (True, "true"), ([1, "a"], '[1, "a"]'), (date(2026, 7, 1), "2026-07-01")])  # fmt: skip
def test_values_stand_as_in_the_file(value: Any, said: str) -> None:
    assert words(value) == said


def test_a_key_is_called_as_set_takes_it() -> None:
    assert [label(path) for path in (("card", "phone"), ("people", "petra", "phone"), ("company",))] == [
        "phone", "people.petra.phone", "company",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (Next(date(2026, 7, 24)), "2026-07-24"),
        (Next(Month(2026, 7), how="agreed"), "2026-07!"),
        (Next(date(2026, 7, 24), time(14, 30), "mail", "the quote", "marek", "agreed"), "2026-07-24 14:30!, mail, with marek, about the quote"),
        (Next(date(2026, 7, 24), more={"room": "12", "floor": 3}), "2026-07-24, room 12, floor 3"),
        (None, "nothing"),
    ],
)  # fmt: skip
def test_a_next_contact_stands_on_one_line(contact: Next | None, said: str) -> None:
    assert next_words(contact) == said
