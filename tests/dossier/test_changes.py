"""The records of an act, as they stand in the file."""

from __future__ import annotations

from datetime import date, time

from clientfolder.dates.calendar import Month
from clientfolder.dossier.changes import as_written, entry_record, next_record, without
from clientfolder.dossier.types import Entry, Next

CONTACT = Next(date(2026, 7, 15), time(9, 5), about="offer", more={"with": 5, "colour": "red"})


def test_keys_come_in_the_order_of_the_file_and_empty_ones_not_at_all() -> None:
    record = next_record(CONTACT)
    assert list(record)[:2] == ["on", "time"]
    assert record["time"] == "09:05"
    assert None not in record.values()
    assert next_record(Next(Month(2026, 7)))["on"] == "2026-07"


def test_odd_values_of_known_keys_are_written_as_they_were_and_go_when_they_are_set() -> None:
    assert as_written(CONTACT)["with"] == 5
    assert "colour" not in as_written(CONTACT)
    assert "with" not in as_written(without(CONTACT, "with"))


def test_an_entry_says_that_it_reached_nobody_and_never_that_it_did() -> None:
    day = date(2026, 7, 1)
    assert "reached" not in entry_record(Entry(day, "call", "hello"))
    assert entry_record(Entry(day, "call", "hello")._replace(reached=False))["reached"] is False
