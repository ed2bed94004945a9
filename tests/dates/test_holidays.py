"""Public holidays of a country or a region, by their English names."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from clientfolder.dates import holidays


def test_of_a_region_and_of_a_whole_country() -> None:
    bavarian = holidays.public("DE-BY", [2026])
    assert bavarian[date(2026, 6, 4)] == "Corpus Christi"
    assert bavarian == holidays.public("DE-BAYERN", [2026])
    assert date(2026, 6, 4) not in holidays.public("DE", [2026])
    assert holidays.public("PL", [2026])[date(2026, 11, 11)] == "National Independence Day"


def test_the_language_of_the_machine_changes_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "from clientfolder.dates.holidays import public; print(public('DE', [2026]))"
    said = {
        subprocess.run([sys.executable, "-c", line], env={"LANGUAGE": lang}, capture_output=True, check=True).stdout
        for lang in ("de", "en", "uk", "")
    }
    assert len(said) == 1
