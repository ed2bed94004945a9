"""Days off entered into the settings, and nothing else changed."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder import settings
from clientfolder.binder.toml.settings_file import entered
from clientfolder.errors import Refused

DAYS = [date(2026, 8, 10), date(2026, 8, 11)]


@pytest.mark.parametrize(
    "before",
    [
        "", "# mine\ncapacity = 5\n", "days_off = []\n", "days_off = [2026-08-10]  # sea\r\ncapacity = 5\r\n",
        settings.commented({}), 'days_off = ["2026-12-24"]\n[rhythms]\nvip = "2 weeks"',
    ],
)  # fmt: skip
def test_the_days_are_entered_and_every_other_line_stays(before: str) -> None:
    after = entered(before.encode(), DAYS, settings.FILE).decode()
    kept = [line for line in before.splitlines() if not line.startswith("days_off")]
    assert [line for line in after.splitlines() if line in kept] == kept
    assert entered(after.encode(), DAYS, settings.FILE).decode() == after


def test_what_is_no_list_is_left_to_a_person() -> None:
    with pytest.raises(Refused, match="no list of dates"):
        entered(b'days_off = "christmas"\n', DAYS, settings.FILE)
