"""Public holidays: asked of the library once, kept beside the register, and the same without what was kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from clientfolder.dates import holidays
from folders import Answer, Cf


@pytest.fixture
def bavaria(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('holidays = "de-by"\n')
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n')
    return cf


def kept(cf: Cf) -> Path:
    return cf.root / ".cf" / "holidays"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the library was asked for from now on."""
    questions: list[str] = []
    public = holidays.public

    def noted(place: str, years: Iterable[int]) -> dict[date, str]:
        years = [*years]
        questions.append(f"{place} {years[0]} {years[-1]}")
        return public(place, years)

    monkeypatch.setattr(holidays, "public", noted)
    return questions


def told(answer: Answer) -> list[dict[str, str]]:
    warnings: list[dict[str, str]] = answer.json["warnings"]
    return warnings


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("XX", "no holidays are known of XX"),
        ("DE-BAYR", "DE has no region BAYR. The nearest: DE-BY (Bayern)"),
        ("DE-XX", "There are: DE-BB (Brandenburg), DE-BE (Berlin)"),
        ("UA-12", "write UA alone"),
    ],
)
def test_an_unknown_place_is_one_warning_and_no_holidays(bavaria: Cf, place: str, says: str) -> None:
    (bavaria.root / "clientfolder.toml").write_text(f'holidays = "{place}"\n')
    [warning] = told(bavaria.ok("file anna 1 may 2027 --json"))
    assert warning["code"] == "setting"
    assert says in warning["message"]
    assert not kept(bavaria).exists()
    assert bavaria.ok("settings --json").data["settings"]["holidays"] == place
    [finding] = bavaria("doctor --json").data["findings"]
    assert (finding["code"], finding["line"]) == ("setting", 1)


def test_without_the_extra_it_says_how_to_install_it(bavaria: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    bavaria.ok("today")
    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setattr(holidays, "edition", lambda: None)
    [warning] = told(bavaria.ok("today --json"))
    assert warning["code"] == "setting"
    assert holidays.INSTALL in warning["message"]


def test_a_folder_without_the_setting_asks_for_nothing(cf: Cf, asked: list[str]) -> None:
    cf.ok("today")
    assert asked == []
    assert not kept(cf).exists()


def test_a_holiday_has_its_name_in_the_echo(bavaria: Cf) -> None:
    answer = bavaria.ok("file anna 6 jan 2027")
    assert "day off: Epiphany" in answer.out
    assert [warning["code"] for warning in told(bavaria.ok("file anna 6 jan 2027 --json"))] == ["day_off"]


def test_a_computed_date_slides_off_a_holiday(bavaria: Cf) -> None:
    bavaria.write("anna", 'name = "Anna"\nrhythm = "every month on the 6th"\n[next]\non = 2027-01-05\n')
    bavaria.ok("log anna hello", today="2027-01-05")
    contact = bavaria.next("anna", today="2027-01-05")
    assert contact
    assert contact["on"] == "2027-01-07"


def test_the_library_is_asked_once(bavaria: Cf, asked: list[str]) -> None:
    bavaria.ok("today")
    assert asked == ["DE-BY 2025 2036"]
    text = kept(bavaria).read_text()
    bavaria.ok("today")
    bavaria.ok("log anna hello -n fri")
    assert len(asked) == 1
    assert kept(bavaria).read_text() == text
    assert "\n2026-06-04 Corpus Christi\n" in text
    assert kept(bavaria).stat().st_mode & 0o777 == 0o600


def test_a_look_ahead_does_not_push_out_the_years_of_every_day(bavaria: Cf, asked: list[str]) -> None:
    for day in ("2026-07-15", "2028-01-01", "2026-07-15", "2028-01-01", "1990-01-01"):
        bavaria.ok("today", today=day)
    assert asked == ["DE-BY 2025 2036", "DE-BY 2025 2038", "DE-BY 1989 2000"]


@pytest.mark.parametrize("spoilt", ["cut", "garbage", "empty", "other", "edited", "directory", "binary"])
def test_what_was_kept_and_is_spoilt_is_as_good_as_nothing(bavaria: Cf, asked: list[str], spoilt: str) -> None:
    bavaria.ok("today")
    text = kept(bavaria).read_text()
    kept(bavaria).unlink()
    if spoilt == "directory":
        kept(bavaria).mkdir()
    else:
        kept(bavaria).write_bytes(
            {
                "cut": text[:-20].encode(), "garbage": b"clientfolder holidays 1", "empty": b"", "binary": b"\xff\x00\n",
                "other": text.replace("DE-BY", "DE-BE").encode(), "edited": text.replace("2027-05-27", "2027-06-04").encode(),
            }[spoilt]
        )  # fmt: skip
    assert told(bavaria.ok("file anna 4 june 2027 --dry-run --json")) == []
    [warning] = told(bavaria.ok("file anna 27 may 2027 --dry-run --json"))
    assert (warning["code"], "Corpus Christi" in warning["message"]) == ("day_off", True)
    assert len(asked) == (3 if spoilt == "directory" else 2)
    if spoilt != "directory":
        assert kept(bavaria).read_text() == text


def test_another_edition_of_the_library_is_asked_anew(
    bavaria: Cf, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bavaria.ok("today")
    monkeypatch.setattr(holidays, "edition", lambda: "another")
    bavaria.ok("today")
    bavaria.ok("today")
    assert len(asked) == 2


def test_a_folder_that_cannot_be_written_works_all_the_same(
    bavaria: Cf, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (bavaria.root / ".cf").write_text("in the way")
    for _ in range(2):
        answer = bavaria.ok("when 27 may 2027")
        assert (", day off: Corpus Christi, " in answer.out, answer.err) == (True, "")
    assert len(asked) == 2


def test_the_library_is_not_imported_where_it_was_asked_before(bavaria: Cf) -> None:
    bavaria.ok("today")
    line = (
        f"import sys; from clientfolder.cli import main; main(['--folder', {str(bavaria.root)!r}, '--today', '2026-07-15']);"
        " print('holidays' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert ended.stdout.endswith("False\n")
