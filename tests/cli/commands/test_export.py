"""What goes out: the calendar that stays right, on whatever day and after whatever was done."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientfolder.cli.commands.export import FORMATS
from clientfolder.settings.values import EXPORT_FORMATS
from folders import Cf

ANNA = 'name = "Anna Kowalska"\n[next]\non = 2026-07-24\ntime = "10:00"\nhow = "agreed"\n'
BOB = 'name = "Bob"\n[next]\non = 2026-07-20\n'


@pytest.fixture
def two(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('zone = "Europe/Prague"\n')
    cf.write("anna", ANNA)
    cf.write("bob", BOB)
    return cf


def events(content: str | bytes) -> dict[str, icalendar.Event]:
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_each_format_that_the_settings_may_name_is_made() -> None:
    assert tuple(FORMATS) == EXPORT_FORMATS


def test_a_calendar_to_standard_output(two: Cf) -> None:
    answer = two.ok("export ics")
    assert [*events(answer.out)] == ["Bob", "! Anna Kowalska"]
    assert answer.out.endswith("END:VCALENDAR\r\n")


def test_the_time_zone_of_the_machine_is_told(two: Cf) -> None:
    (two.root / "clientfolder.toml").write_text("")
    assert "UTC, the time zone of this machine" in two.ok("export ics --out a.ics").out
    assert "T100000Z" in (two.root / "a.ics").read_text()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "..", "Europe"])
def test_a_time_zone_that_there_is_not_is_refused(two: Cf, zone: str) -> None:
    (two.root / "clientfolder.toml").write_text(f'zone = "{zone}"\n')
    answer = two("export ics --out a.ics")
    assert answer.exit == 2 or "zone should be a time zone" in answer.err
    assert "zone" in answer.err


def test_a_file_is_for_its_owner_alone_and_is_renewed(two: Cf) -> None:
    told = two.ok("export ics --out a.ics --json").data
    assert told == {"changes": [], "format": "ics", "file": str(two.root / "a.ics"), "written": 2, "changed": 0,
                    "cancelled": 0, "same": 0, "left_out": []}  # fmt: skip
    path = two.root / "a.ics"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content, status = path.read_bytes(), path.stat()
    assert two.ok("export ics --out a.ics --json").data["same"] == 2
    assert (path.read_bytes(), path.stat().st_ino) == (content, status.st_ino)
    two.ok("rest bob sold the shop")
    told = two.ok("export ics --out a.ics --json").data
    assert (told["written"], told["cancelled"], told["same"]) == (2, 1, 1)
    assert told["left_out"] == [{"client": "bob", "why": "at rest"}]


def test_a_link_and_a_mode_stay(two: Cf, tmp_path: Path) -> None:
    real = tmp_path / "real.ics"
    two.ok(["export", "ics", "--out", str(real)])
    real.chmod(0o640)
    (two.root / "a.ics").symlink_to(real)
    two.ok("log bob called -n fri")
    two.ok("export ics --out a.ics")
    assert (two.root / "a.ics").is_symlink()
    assert "20260717" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "content", ["", "dear diary", "BEGIN:VCALENDAR\nPRODID:-//Other//EN\nEND:VCALENDAR\n",
                "BEGIN:VCALENDAR\nPRODID:-//clientfolder//cf//EN\nBEGIN:VEVENT\nUID:x"],
)  # fmt: skip
def test_what_is_no_export_is_refused_untouched(two: Cf, content: str) -> None:
    path = two.root / "a.ics"
    path.write_text(content)
    before = path.stat()
    answer = two("export ics --out a.ics")
    assert (answer.exit, path.read_text()) == (2, content)
    assert "a.ics: " in answer.err
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("line", "exit"),
    [
        ("export", 2), ("export ods", 2), ("export ics --alarm soon", 2), ("export csv --promised", 2),
        ("export ics --excel", 2), ("export ics --private", 2), ("export vcf --alarm 15m", 2),
        ("export ics --json", 2), ("export ics no such slot", 2), ("export ics --out nowhere/a.ics", 2),
        ("export ics --out .", 5),
    ],
)  # fmt: skip
def test_what_is_refused(two: Cf, line: str, exit: int) -> None:
    answer = two(line)
    assert (answer.exit, answer.out if "--json" not in line else "") == (exit, "")


def test_some_of_the_clients(two: Cf) -> None:
    assert [*events(two.ok("export ics promised").out)] == ["! Anna Kowalska"]
    assert [*events(two.ok("export ics 20 july").out)] == ["Bob"]
    assert [*events(two.ok("export ics --promised").out)] == ["! Anna Kowalska"]
    assert [*events(two.ok("export ics --tag vip").out)] == []


def test_what_is_read_of_the_index_alone_is_the_same_calendar(vera: Cf) -> None:
    """With an old file most dossiers are not opened; what is made is what standard output has of all of them."""
    (vera.root / "clientfolder.toml").write_text('zone = "Europe/Prague"\n')
    vera.ok("export ics --out a.ics")
    content = (vera.root / "a.ics").read_bytes()
    assert vera.ok("export ics --out a.ics --json").data["changed"] == 0
    assert (vera.root / "a.ics").read_bytes() == content == vera.ok("export ics").out.encode()


def test_a_dry_run_writes_nothing(two: Cf) -> None:
    assert "Would export 2 events" in two.ok("export ics --out a.ics --dry-run").out
    assert not (two.root / "a.ics").exists()


def test_initials_and_dates_and_nothing_else(two: Cf) -> None:
    (two.root / "clientfolder.toml").write_text('zone = "Europe/Prague"\ndays_off = [2026-08-10]\n')
    two.write("ida", 'name = "Ida Öztürk"\n[card]\nbirthday = "1980-05-07"\n[next]\non = "2026-09"\n')
    content = two.ok("export ics --initials").out
    assert [*events(content)] == ["* I.Ö.", "B.", "A.K.", "Day off", "I.Ö."]
    assert "DESCRIPTION:A.K." in content  # of the alarm
    for word in ("Anna", "Kowalska", "Öztürk", "1980"):
        assert word not in content


@pytest.mark.parametrize(("alarm", "trigger"), [("none", None), ("2h", "-PT2H"), ("1d", "-P1D"), ("15m", "-PT15M")])
def test_an_alarm_before_appointments(two: Cf, alarm: str, trigger: str | None) -> None:
    content = two.ok(f"export ics --alarm {alarm}").out
    assert content.count("BEGIN:VALARM") == (trigger is not None)
    assert trigger is None or f"TRIGGER:{trigger}\r\n" in content


def test_one_that_cannot_be_read_stops_nothing_and_is_not_cancelled(two: Cf) -> None:
    two.ok("export ics --out a.ics")
    content = (two.root / "a.ics").read_bytes()
    two.write("anna", "name = ")
    answer = two("export ics --out a.ics")
    assert (answer.exit, (two.root / "a.ics").read_bytes()) == (1, content)
    assert "clients/anna.toml" in answer.err


ACTS = (
    "log bob called -n fri", "log bob -x", "snooze bob 5d --yes", "file bob fri!", "file bob 20 july --yes", "undo",
    "undo", "redo", "rest bob away --yes", "remove bob --yes", "file bob september --yes", "set bob name=Bobby",
    "rename bob Rob", "rename rob Bob", "slip send it --client bob -n thu", "log send it", "log bob -x",
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), min_size=1, max_size=12), data=st.data())
def test_after_any_acts_nothing_goes_back_and_nobody_vanishes(
    cf: Cf, acts: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Each event's SEQUENCE never falls, and grows with its day, time or status; one ahead that is gone is cancelled."""
    shutil.rmtree(cf.root)
    (cf.root / "clients").mkdir(parents=True)
    (cf.root / "clientfolder.toml").write_text('zone = "Europe/Prague"\n')
    cf.write("anna", ANNA)
    cf.write("bob", BOB)
    day = date(2026, 7, 15)
    highest: dict[str, int] = {}
    before: dict[str, icalendar.Event] = {}
    for act, days in acts:
        day += timedelta(days=days)
        cf(act, today=f"{day}T10:30:00")
        how = data.draw(st.sampled_from(["", " --promised", " 10..31", " --initials"]))
        cf.ok(f"export ics --out a.ics{how}", today=f"{day}T10:31:00")
        now = icalendar.Calendar.from_ical((cf.root / "a.ics").read_bytes()).walk("VEVENT")
        for event in now:
            name, sequence = str(event["UID"]), int(event["SEQUENCE"])
            assert sequence >= highest.get(name, 0)
            old = before.get(name)
            if old is not None and _when(old) != _when(event):
                assert sequence > highest[name]
            highest[name] = sequence
        there = {str(event["UID"]): event for event in now}
        for name, event in before.items():
            assert name in there or _last_day(event) < day
        before = there


def _when(event: icalendar.Event) -> tuple[object, ...]:
    return event.start, event.end, str(event["STATUS"])


def _last_day(event: icalendar.Event) -> date:
    end = event.end
    return end.astimezone(ZoneInfo("Europe/Prague")).date() if isinstance(end, datetime) else end - timedelta(days=1)


def test_the_folder_is_in_nothing_that_was_written(two: Cf) -> None:
    before = two.tree()
    two.ok("export ics --out a.ics")
    assert two.tree() == before
    shutil.rmtree(two.root / ".cf", ignore_errors=True)
    assert two.ok("export ics --out a.ics --json").data["same"] == 2


# Tables, contacts, everything --------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["ics", "vcf", "csv", "json"])
def test_twice_is_the_same_bytes_and_touches_nothing(two: Cf, format: str) -> None:
    first = two.ok(f"export {format} --out a --json").data
    path = two.root / "a"
    content, status = path.read_bytes(), path.stat()
    assert stat.S_IMODE(status.st_mode) == 0o600
    again = two.ok(f"export {format} --out a --json").data
    assert (path.read_bytes(), path.stat().st_ino) == (content, status.st_ino)
    assert (first["written"], first["same"], again["written"], again["same"], again["changed"]) == (2, 0, 2, 2, 0)
    assert two.ok(f"export {format}").out.encode() == content


@pytest.mark.parametrize("format", ["ics", "vcf", "csv", "json"])
def test_no_other_export_is_written_over(two: Cf, format: str) -> None:
    for other in {"ics", "vcf", "csv", "json"} - {format}:
        two.ok(f"export {other} --out {other}")
        content = (two.root / other).read_bytes()
        assert two(f"export {format} --out {other}").exit == 2
        assert (two.root / other).read_bytes() == content


def test_those_at_rest_are_in_tables_and_not_in_the_phone(two: Cf) -> None:
    two.write("ida", 'name = "Ida"\nresting = "sold"\n')
    assert two.ok("export vcf --out a.vcf --json").data["left_out"] == [{"client": "ida", "why": "at rest"}]
    assert "FN:Ida" not in (two.root / "a.vcf").read_text()
    assert "FN:Ida" in two.ok("export vcf resting").out
    assert "ida,Ida" in two.ok("export csv").out
    assert "ida" not in two.ok("export csv all").out
    assert [one["client"] for one in json.loads(two.ok("export json").out)["clients"]] == ["anna", "bob", "ida"]


def test_a_selection_is_that_of_a_list(two: Cf) -> None:
    two.write("ida", 'name = "Ida"\ntags = ["vip"]\n')
    assert [line.partition(",")[0] for line in two.ok("export csv --tag vip").out.splitlines()] == ["client", "ida"]
    assert [line.partition(",")[0] for line in two.ok("export csv promised").out.splitlines()] == ["client", "anna"]


def test_everything_as_one_object(two: Cf) -> None:
    two.ok("slip send it --client bob -n thu")
    whole = json.loads(two.ok("export json").out)
    assert list(whole) == ["clients", "slips"]
    anna, bob = whole["clients"]
    assert anna["dossier"]["next"] == {"on": "2026-07-24", "time": "10:00", "how": "agreed"}
    assert bob["client"] == "bob"
    assert [slip["client"] for slip in whole["slips"]] == ["slips/send-it"]


def test_what_is_private_is_in_no_export(two: Cf) -> None:
    two.write(
        "anna",
        f'{ANNA}about = "tea"\n[private]\nwife = "SECRET"\n[people.p]\nname = "P"\n[people.p.private]\nx = "SECRET"\n',
    )
    two.ok("log anna heard something -n 24 july 10:00")
    two.ok("log anna SECRET too --private --keep")
    assert two.row("anna")["dossier"]["log"][-1]["private"] is True
    for format in ("ics", "vcf", "csv", "json"):
        assert "SECRET" not in two.ok(f"export {format}").out
    assert json.loads(two.ok("export json").out)["clients"][0]["last"]["text"] == "heard something"
    assert two.ok("export json --private").out.count("SECRET") == 4  # the tables, the entry, and the last entry
    two.ok("export json --private --out a.json")
    two.ok("export json --out a.json")
    assert "SECRET" not in (two.root / "a.json").read_text()


@pytest.mark.parametrize("format", ["vcf", "csv", "json"])
def test_the_others_go_where_one_cannot_be_read(two: Cf, format: str) -> None:
    two.write("anna", "name = ")
    answer = two(f"export {format}")
    assert answer.exit == 1
    assert "Bob" in answer.out
    assert "clients/anna.toml" in answer.err


# What the setting names --------------------------------------------------------------------------------


def test_alone_it_renews_what_the_setting_names(two: Cf) -> None:
    (two.root / "clientfolder.toml").write_text(
        'zone = "Europe/Prague"\nexports = ["ics ~/a.ics --promised", "csv out.csv 20 july --excel", "vcf no/where.vcf"]\n'
    )
    answer = two("export --json")
    assert answer.exit == 1
    assert [(one["format"], one["written"]) for one in answer.data["exports"]] == [("ics", 1), ("csv", 1)]
    assert "Anna" in (two.home / "a.ics").read_text()
    assert (two.root / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfclient;name;")
    assert "no/where.vcf" in answer.json["errors"][0]["file"] or "no" in answer.json["errors"][0]["message"]


@pytest.mark.parametrize("line", ["ics a.ics --excel", "ics a.ics --nonsense", "ics 'a.ics", "ics a.ics no such slot"])
def test_a_line_that_is_none_is_refused_and_named(two: Cf, line: str) -> None:
    (two.root / "clientfolder.toml").write_text(f'exports = ["{line}"]\n')
    answer = two("export")
    assert answer.exit == 2
    assert not (two.root / "a.ics").exists()


def test_without_the_setting_it_says_how(two: Cf) -> None:
    answer = two("export")
    assert answer.exit == 2
    assert 'exports = ["ics ~/Sync/clients.ics --promised"]' in answer.err


def test_the_desk_says_how_many_steps_the_calendar_is_behind(two: Cf) -> None:
    (two.root / "clientfolder.toml").write_text('zone = "Europe/Prague"\nexports = ["ics ~/a.ics"]\n')
    two.ok("export")
    assert "steps old" not in two.ok("today").out
    two.ok("file bob fri")
    assert "calendar 1 step old: cf export" in " ".join(two.ok("today").out.split())
    two.ok("snooze bob 1w")
    assert "calendar 2 steps old: cf export" in " ".join(two.ok("today").out.split())
    two.ok("export")
    assert "old: cf export" not in two.ok("today").out
