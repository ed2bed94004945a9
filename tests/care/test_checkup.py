"""The twelve lines of the check, each by folders that one can count by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clientfolder.binder.toml import dossier_file
from clientfolder.care.checkup import ROWS, CheckupRow, KeptOfClient, checkup
from clientfolder.dates.calendar import WorkingDays
from clientfolder.dates.desk_hours import DeskHours
from clientfolder.dossier.concerns import Clock, of_log
from clientfolder.dossier.types import Dossier

CLOCK = Clock(datetime(2026, 7, 15, 10), WorkingDays(), DeskHours(480, 1080), timedelta(hours=10))
SEGMENTS = {"makers": ["shop", "cards"]}
FULL = """\
tags = ["Makers"]
sent_by = "a fair"
next = { on = 2026-08-01 }
log = [
    { at = 2026-07-01, kind = "call", rating = 5 },
    { at = 2026-06-01T09:00:00, kind = "question" }, { at = 2026-06-01T12:00:00, kind = "mail" },
    { at = 2026-06-02, kind = "complaint", remedy = "a", cause = "b", mended = "c" },
]
payments = [{ on = 2026-07-01, amount = 100, product = "shop" }, { on = 2026-07-02, amount = 10, deal = "site" }]
deals = [
    { name = "site", won = 2026-07-02 }, { name = "cards", steps = { offer = 2026-07-01 } },
    { name = "logo", lost = 2026-07-03, why = "too dear", steps = { offer = 2026-07-01 } },
]
"""
LATER = """\
log = [{ at = 2026-07-16, kind = "complaint" }, { at = 2026-07-16, kind = "question" }]
payments = [{ on = 2026-07-16, amount = 100 }]
deals = [{ name = "x", lost = 2026-07-16 }]
"""
POOR = """\
log = [{ at = 2026-06-01, kind = "complaint" }, { at = 2026-06-02, kind = "question" }]
payments = [{ on = 2025-07-16, amount = 100 }, { on = 2026-07-02, amount = -10 }]
deals = [{ name = "site", won = 2026-07-02 }, { name = "b" }, { name = "logo", lost = 2026-07-03 }]
"""


def client(name: str, text: str) -> Dossier:
    return dossier_file.read(name, f"{name}.toml", f'name = "{name}"\n{text}'.encode()).dossier


def kept(dossier: Dossier) -> KeptOfClient:
    met = [entry.day for entry in dossier.log if entry.is_contact]
    has_next, is_resting = dossier.next is not None, dossier.resting is not None
    said = of_log(dossier.log, CLOCK.day)
    return KeptOfClient(dossier.tags, dossier.sent_by, has_next, is_resting, dossier.payments, dossier.deals, met, said)


def rows(*dossiers: Dossier) -> dict[str, tuple[int, int]]:
    found = checkup(map(kept, dossiers), CLOCK, 3, SEGMENTS)
    assert str(found.first) == "2025-07-16"
    assert tuple(row.row for row in found.rows) == ROWS
    return {row.row: (row.good, row.of) for row in found.rows}


def test_of_a_client_of_whom_all_is_kept_every_line_is_good() -> None:
    assert set(rows(client("anna", FULL)).values()) == {(1, 1), (2, 2)}


def test_of_one_of_whom_little_is_kept_it_says_what_is_lacking() -> None:
    told = rows(client("bob", POOR))
    # Nobody has offered them anything that is meant for a segment which they have not.
    assert {row for row, counts in told.items() if counts == (0, 0)} == {"offers"}
    assert all(good == 0 for row, (good, _) in told.items() if row != "contacts")
    assert told["products"] == (0, 1)
    assert told["contacts"] == (1, 1)


def test_what_is_of_a_later_day_changes_nothing() -> None:
    assert rows(client("x", LATER)) == {**dict.fromkeys(ROWS, (0, 0)), "next": (0, 1)}
    assert rows(client("x", FULL), client("y", f'resting = "why"\n{LATER}')) == rows(client("x", FULL))


@pytest.mark.parametrize(
    ("good", "of", "mark"), [(9, 10, "+"), (8, 9, "+/-"), (1, 10, "+/-"), (0, 5, "-"), (0, 0, "-"), (1, 1, "+")]
)
def test_the_mark(good: int, of: int, mark: str) -> None:
    assert CheckupRow("next", good, of).mark == mark


@pytest.mark.parametrize(
    ("back_", "lacked"),
    [("-100", 1), ("-40", 0), ('-100, currency = "PLN"', 0)],
    ids=["whole", "a part", "in other money"],
)
def test_what_was_given_back_whole_is_not_used_and_no_refund_is_a_payment(back_: str, lacked: int) -> None:
    text = f"""\
tags = ["makers"]
payments = [{{ on = 2026-07-01, amount = 100, product = "shop" }}, {{ on = 2026-07-02, amount = {back_}, product = "Shop" }}]
"""
    told = rows(client("anna", text))
    # Of cards and perhaps the shop nothing was offered.
    assert (told["offers"], told["products"]) == ((0, 1 + lacked), (1, 1))
