"""The register changes no answer: whatever is done to the folder, and to the register itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thorough
from clientfolder.binder.binder import Binder
from clientfolder.binder.index import codec, columns, index, upkeep
from clientfolder.binder.index.index import Contents
from clientfolder.binder.toml import dossier_file
from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, Entry, Next, Odd, Person
from folders import Cf

# Of the same length, so that only the times tell them apart.
TEXTS = [
    'name = "Anna"\nnext.on = 2026-07-10\n',
    'name = "Anne"\nnext.on = 2026-07-11\n',
    'name = "Anna"\nnext.on = 2026-07-32\n',
    'name = "Bert"\ntags = 1   # and more \n',
    "=" * 37,
]
FILES = ["a.toml", "b.toml", "c\nd.toml", "e\udcff.toml", "../slips/a.toml", "../slips/f.toml"]
REGISTERS = ("register", "slips-register")


def told(contents: Contents) -> tuple[list[Cover], list[tuple[str, str | None, int | None]]]:
    return [*contents.covers], [(trouble.message, trouble.file, trouble.line) for trouble in contents.unreadable]


def without(root: Path) -> Contents:
    """What the folder holds, read anew from every file."""
    registers = [root / ".cf" / name for name in REGISTERS]
    contents_of = {kept: kept.read_bytes() for kept in registers if kept.is_file()}
    for kept in contents_of:
        kept.unlink()
    contents = Binder(str(root)).contents()
    for kept in registers:
        kept.unlink(missing_ok=True)
    for kept, content in contents_of.items():
        kept.write_bytes(content)
    return contents


@pytest.fixture(autouse=True)
def _kept_at_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "READING_TO_WRITING", 1_000_000)


# What may happen to a folder between two looks ----------------------------------------------------------


def write(root: Path, file: str, text: str) -> None:
    path = root / "clients" / file
    if not path.is_dir():
        path.write_text(text)


def write_in_disguise(root: Path, file: str, text: str) -> None:
    """New content under the old times."""
    path = root / "clients" / file
    if path.is_file():
        status = path.stat()
        path.write_text(text)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def write_beside(root: Path, file: str, text: str) -> None:
    """As an editor saves: a new file renamed over the old, with its times."""
    path, beside = root / "clients" / file, root / "clients" / ".new"
    beside.write_text(text)
    if path.is_file():
        shutil.copystat(path, beside)
    if not path.is_dir():
        beside.rename(path)


def swap(root: Path, file: str, text: str) -> None:
    """Two files change names."""
    clients = root / "clients"
    if (clients / file).exists() and (clients / FILES[0]).exists():
        (clients / file).rename(clients / ".swapped")
        (clients / FILES[0]).rename(clients / file) if file != FILES[0] else None
        (clients / ".swapped").rename(clients / FILES[0])


def link(root: Path, file: str, text: str) -> None:
    """A link to one file or another outside, whose content may change there."""
    path, outside = root / "clients" / file, root / f"outside-{len(text.strip()) % 2}"
    outside.write_text(text)
    if not path.is_dir():
        path.unlink(missing_ok=True)
        path.symlink_to(outside)


def hard_link(root: Path, file: str, text: str) -> None:
    path, other = root / "clients" / file, root / "clients" / FILES[0]
    if other.is_file() and file != FILES[0] and not path.is_dir():
        path.unlink(missing_ok=True)
        os.link(other, path)


def remove(root: Path, file: str, text: str) -> None:
    path = root / "clients" / file
    if not path.is_dir():
        path.unlink(missing_ok=True)


def directory(root: Path, file: str, text: str) -> None:
    path = root / "clients" / file
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
        path.mkdir()


def look(root: Path, file: str, text: str) -> None:
    Binder(str(root)).contents()


def old(root: Path, file: str, text: str) -> None:
    """Long untouched, by its own account."""
    path = root / "clients" / file
    if path.is_file():
        os.utime(path, ns=(1, 1))


def damage(root: Path, file: str, text: str) -> None:
    """A byte of a register is another one."""
    kept = root / ".cf" / REGISTERS[len(file) % 2]
    if kept.is_file():
        content = bytearray(kept.read_bytes())
        content[hash(text + file) % len(content)] ^= 1
        kept.write_bytes(content)


def garbage(root: Path, file: str, text: str) -> None:
    (root / ".cf").mkdir(exist_ok=True)
    (root / ".cf" / REGISTERS[len(file) % 2]).write_text(text)


def cut_off(root: Path, file: str, text: str) -> None:
    kept = root / ".cf" / REGISTERS[len(file) % 2]
    if kept.is_file():
        kept.write_bytes(kept.read_bytes()[: -len(file)])


def throw_away(root: Path, file: str, text: str) -> None:
    shutil.rmtree(root / ".cf", ignore_errors=True)


HAPPENINGS: list[Callable[[Path, str, str], None]] = [
    write, write_in_disguise, write_beside, swap, link, hard_link, remove, directory, old, damage, garbage, cut_off, throw_away, look, look, look,
]  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=thorough.sweep(300, 60)
)
@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.sampled_from(FILES), st.sampled_from(TEXTS)), max_size=14))
def test_the_answer_is_the_same_with_and_without_it(
    tmp_path: Path, happenings: list[tuple[Callable[[Path, str, str], None], str, str]]
) -> None:
    root = tmp_path / "folder"
    shutil.rmtree(root, ignore_errors=True)
    for name in ("clients", "slips"):
        (root / name).mkdir(parents=True)
    for happen, file, text in happenings:
        happen(root, file, text)
        assert told(Binder(str(root)).contents()) == told(without(root)), happen.__name__


@pytest.fixture
def _a_coarse_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system whose times are no finer than a fifth of a second."""

    def coarse(call: Callable[..., os.stat_result]) -> Callable[..., SimpleNamespace]:
        def called(*args: object, **options: object) -> SimpleNamespace:
            status = call(*args, **options)
            known = {
                name: getattr(status, name) for name in ("st_mode", "st_size", "st_ino", "st_dev", "st_uid", "st_mtime")
            }
            times = {name: getattr(status, name) // 200_000_000 for name in ("st_mtime_ns", "st_ctime_ns")}
            return SimpleNamespace(**known, **times)

        return called

    monkeypatch.setattr(os, "stat", coarse(os.stat))
    monkeypatch.setattr(os, "fstat", coarse(os.fstat))


@pytest.mark.usefixtures("_a_coarse_clock")
def test_a_change_within_the_same_tick_of_the_clock_is_seen(tmp_path: Path) -> None:
    (tmp_path / "clients").mkdir()
    file = tmp_path / "clients" / "anna.toml"
    for _ in range(150):
        for text, name in zip(TEXTS[:2], ("Anna", "Anne"), strict=True):
            # In place, so that it is the same file of the same size.
            handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
            os.write(handle, text.encode())
            os.close(handle)
            for _ in range(2):
                assert Binder(str(tmp_path)).contents().covers.names == [name]


def test_a_file_whose_time_was_set_into_the_future_is_kept(vera: Cf, read_files: list[str]) -> None:
    os.utime(vera.root / "clients" / "anna-kowalska.toml", (5_000_000_000, 5_000_000_000))
    aged(vera.root)
    binder = Binder(str(vera.root))
    binder.contents()
    read_files.clear()
    binder.contents()
    assert read_files == []


@pytest.mark.parametrize(
    ("device", "changed", "content", "older"),
    [(1, 99, 99, True), (1, 100, 99, False), (1, 99, 100, False), (2, 99, 9, False), (2, 99 - upkeep.DAY_NS, 9 - upkeep.DAY_NS, True),
     (2, 99 - upkeep.DAY_NS, 99, False), (1, 99, 101 + upkeep.DAY_NS, True), (1, 101, 101 + upkeep.DAY_NS, False)],
)  # fmt: skip
def test_how_old_a_file_must_be(tmp_path: Path, device: int, changed: int, content: int, older: bool) -> None:
    page = upkeep.NewIndexFile(str(tmp_path / "register"), True)
    page._made_ns, page._device = 100, 1
    status: Any = SimpleNamespace(st_dev=device, st_ctime_ns=changed, st_mtime_ns=content)
    assert page.is_older(status) is older


# What is read ---------------------------------------------------------------------------------------------


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dossiers that were opened."""
    opened: list[str] = []
    real = dossier_file.cover

    def watched(client: str, file: str, raw: bytes, today: date) -> tuple[Cover, Entry | None]:
        opened.append(client)
        return real(client, file, raw, today)

    monkeypatch.setattr(dossier_file, "cover", watched)
    return opened


def aged(root: Path) -> None:
    """All dossiers of the folder as if nobody had touched them lately: a moment is long enough."""
    now = (root / "clientfolder.toml").stat().st_ctime_ns
    while True:
        (root / "tick").write_text("")
        if (root / "tick").stat().st_mtime_ns > now + 20_000_000:
            break
    (root / "tick").unlink()


def test_only_what_has_changed_is_read_again(vera: Cf, read_files: list[str]) -> None:
    aged(vera.root)
    binder = Binder(str(vera.root))
    assert len(binder.contents().covers) == len(read_files)
    read_files.clear()
    binder.contents()
    assert read_files == []
    path = vera.root / "clients" / "anna-kowalska.toml"
    path.write_text(path.read_text() + "# more\n")
    binder.contents()
    assert read_files == ["anna-kowalska"]


def test_a_bad_dossier_is_looked_at_each_time_and_nobody_else(vera: Cf, read_files: list[str]) -> None:
    (vera.root / "clients" / "bad.toml").write_text("=")
    aged(vera.root)
    binder = Binder(str(vera.root))
    binder.contents()
    read_files.clear()
    for _ in range(2):
        assert [trouble.file for trouble in binder.contents().unreadable] == ["clients/bad.toml"]
    assert read_files == ["bad", "bad"]


def test_it_is_kept_only_where_that_pays(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "READING_TO_WRITING", 20)
    monkeypatch.setattr(index, "LOADING_TO_WRITING", 0)
    aged(vera.root)
    vera.ok("today")
    kept = vera.root / ".cf" / "register"
    before = kept.stat().st_ino
    path = vera.root / "clients" / "anna-kowalska.toml"
    path.write_text('name = "Anna"\n')
    assert '"Anna"' in vera.ok("list unfiled --json").out
    assert kept.stat().st_ino == before


def test_a_log_leaves_the_index_to_the_next_look(vera: Cf) -> None:
    """What it would make anew is old as soon as the log is written."""
    aged(vera.root)
    vera.ok("today")
    kept = vera.root / ".cf" / "register"
    before = kept.stat().st_ino
    vera.ok("log anna wants proofs -n fri")
    aged(vera.root)
    vera.ok("log anna rang again -n fri")
    assert kept.stat().st_ino == before
    aged(vera.root)
    assert "rang again" in vera.ok("show anna").out
    assert kept.stat().st_ino != before


def test_a_folder_that_cannot_be_written_is_read(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    page = vera.ok("list").out
    shutil.rmtree(vera.root / ".cf", ignore_errors=True)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for call in ("mkdir", "write", "rename"):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, full)
            assert vera.ok("list").out == page
        assert not [path.name for path in vera.root.glob(".cf/*") if path.name.endswith(".tmp")], call


def test_only_its_owner_reads_it(vera: Cf) -> None:
    vera.ok("list")
    assert (vera.root / ".cf" / "register").stat().st_mode & 0o777 == 0o600


def test_another_version_is_as_good_as_none(vera: Cf, monkeypatch: pytest.MonkeyPatch, read_files: list[str]) -> None:
    aged(vera.root)
    binder = Binder(str(vera.root))
    binder.contents()
    read_files.clear()
    monkeypatch.setattr(columns, "HEAD", "clientfolder register 3 0.0.9")
    assert told(binder.contents()) == told(without(vera.root))
    assert read_files


# Encoding -------------------------------------------------------------------------------------------------

# No file can say which of two equal moments of an autumn night is meant.
TIMES = st.times().map(lambda at: at.replace(fold=0))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.dates() | TIMES
    | st.datetimes(timezones=st.none() | st.just(timezone(timedelta(hours=2)))).map(lambda at: at.replace(fold=0)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "@", "", "\n"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
MORE = st.dictionaries(st.sampled_from(["time", "@", ""]), VALUES, max_size=2)
TEXT = st.text(max_size=6)
MAYBE = st.none() | TEXT
ON = st.dates() | st.builds(Month, st.integers(1, 9999), st.integers(1, 12))
ZONES = st.none() | st.just(timezone(timedelta(hours=-3, minutes=-30)))
MOMENTS = st.datetimes(timezones=ZONES).map(lambda at: at.replace(fold=0))
HOW = st.sampled_from(["agreed", "planned", "rhythm"])
COVERS = st.builds(
    Cover, TEXT, TEXT, MAYBE, MAYBE, MAYBE,
    st.dictionaries(TEXT | st.sampled_from(["@", ""]), st.builds(Person, MAYBE, MAYBE, MAYBE, MORE), max_size=2),
    st.lists(TEXT, max_size=2).map(tuple), MAYBE, st.lists(TEXT, max_size=2).map(tuple), MAYBE, MAYBE,
    st.none() | st.builds(Next, ON, st.none() | TIMES, TEXT, MAYBE, MAYBE, HOW, MORE),
    st.none() | st.builds(Entry, st.dates() | MOMENTS, TEXT, TEXT, st.booleans(), MAYBE, st.none() | ON, st.none() | ON, st.none() | HOW, st.none() | ON, st.none() | ON, MAYBE, MORE, st.booleans(), st.none() | st.integers(1, 5), MAYBE, st.none() | st.dates(), MAYBE, MAYBE, MORE),
    st.none() | st.dates(), st.none() | st.integers(1, 99), st.integers(0, 9), st.integers(0, 9), st.none() | ON, MAYBE,
    st.lists(st.builds(Odd, st.lists(TEXT | st.integers(0, 9), max_size=2).map(tuple), TEXT), max_size=2).map(tuple),
    records=st.dictionaries(TEXT, VALUES, max_size=1),
)  # fmt: skip


@given(COVERS)
def test_what_is_encoded_decodes_to_the_same_cover(cover: Cover) -> None:
    line = codec.encode(cover)
    if line is None:
        # Only keys and values of one's own are ever such that they cannot be kept.
        assert (
            any(held and held.more for held in (cover.next, cover.last, *cover.people.values()))
            or (cover.last and cover.last.answers)
            or cover.records
            or "@" in cover.people
        )
        return
    assert b"\n" not in line
    assert line
    assert repr(codec.decode(cover.client, cover.name, line)) == repr(cover)


@given(TEXT)
def test_an_escaped_text_is_a_line_and_comes_back(text: str) -> None:
    assert "\n" not in codec.escaped(text)
    assert codec.unescaped(codec.escaped(text)) == [text]


@given(st.text(st.sampled_from("\\n\n"), max_size=8))
def test_backslashes_and_line_ends_are_told_apart(text: str) -> None:
    assert codec.unescaped(codec.escaped(text)) == [text]


def test_the_kept_values_of_a_dossier(tmp_path: Path) -> None:
    """Values of one's own beside ours, of every kind that TOML has."""
    own = {"day": date(2026, 7, 5), "at": datetime(2026, 7, 5, 9), "clock": time(9), "more": [1, 1.5, True, {"a": "b"}]}
    cover = Cover("anna", "Anna", next=Next(Month(2026, 7), more=own))
    line = codec.encode(cover)
    assert line is not None
    assert codec.decode("anna", "Anna", line) == cover
