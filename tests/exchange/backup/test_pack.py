"""A folder into an archive and back: all of it, to the byte; and a backup that fails leaves nothing."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import thorough
from backups import HOSTILE, NAME, backed_up, failing, restored, tree
from clientfolder.binder.binder import Binder
from clientfolder.binder.journal import renames
from clientfolder.binder.journal.transactions import Transactions
from clientfolder.errors import CannotReach, Refused
from clientfolder.exchange.backup import collect, pack, unpack
from folders import Cf
from signals import as_usual


def test_everything_comes_back_to_the_byte(cf: Cf, place: Path) -> None:
    cf.write("anna", '# mine\r\nname = "Anna"\r\n\tphone = 1').chmod(0o640)
    cf.path("broken").write_bytes(b"\xff\xfe\x00name = ")
    for name in (
        "removed/bert.toml",
        "papers/anna/offer 1.pdf",
        "forms/letter.txt",
        "slips/x",
        "notes/-rf",
        ".gitignore",
    ):
        (cf.root / name).parent.mkdir(parents=True, exist_ok=True)
        (cf.root / name).write_bytes(os.urandom(100_000))
    (cf.root / "notes" / "run.sh").touch(0o755)
    (cf.root / "empty").mkdir()
    os.utime(cf.root / "notes" / "-rf", ns=(0, -1_500_000_001))
    os.utime(cf.root / "notes" / "run.sh", ns=(0, 4_000_000_000_123_456_789))
    packed = backed_up(cf.root, place)
    assert (packed.inventory.clients, packed.inventory.files, packed.missing) == (2, 10, ())
    assert stat.S_IMODE((place / NAME).stat().st_mode) == 0o600
    new = restored(place)
    assert tree(new) == tree(cf.root)
    assert stat.S_IMODE(new.stat().st_mode) == 0o700
    assert not list(place.glob(".*"))


def test_any_name_comes_back(cf: Cf, place: Path) -> None:
    for number, name in enumerate(HOSTILE):
        (cf.root / name).write_text(str(number))
        (cf.root / "papers" / name).mkdir(parents=True)
    assert not backed_up(cf.root, place).missing
    assert tree(restored(place)) == tree(cf.root)


names = (
    st.one_of(
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40), st.sampled_from(HOSTILE)
    )
    .map(lambda name: name.replace("/", "-").replace("\\", "-"))
    .filter(lambda name: name.strip(". ") and not unicodedata.normalize("NFKC", name).strip().startswith("."))
)
contents = st.recursive(
    st.tuples(st.binary(max_size=2000), st.integers(0, 0o777), st.integers(-(10**18), 4 * 10**18)),
    lambda inside: st.dictionaries(names, inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=thorough.sweep(60, 20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(names, contents, max_size=6))
@example({})
def test_any_folder_comes_back(folder: dict[str, Any]) -> None:
    def fill(directory: Path, inside: dict[str, Any]) -> None:
        for name, thing in inside.items():
            if isinstance(thing, dict):
                (directory / name).mkdir()
                fill(directory / name, thing)
            else:
                content, mode, time = thing
                (directory / name).write_bytes(content)
                (directory / name).chmod(mode | 0o600)
                os.utime(directory / name, ns=(time, time))

    with tempfile.TemporaryDirectory() as above:
        root = Path(above) / "folder"
        (root / "clients").mkdir(parents=True)
        (root / "clientfolder.toml").touch()
        fill(
            root,
            {name: thing for name, thing in folder.items() if name.casefold() not in ("clients", "clientfolder.toml")},
        )
        assert not backed_up(root, Path(above)).missing
        assert tree(restored(Path(above))) == tree(root)


def test_the_same_folder_makes_the_same_bytes(cf: Cf, place: Path) -> None:
    cf.write("anna", "x")
    backed_up(cf.root, place)
    first = (place / NAME).read_bytes()
    (place / NAME).unlink()
    backed_up(cf.root, place)
    assert (place / NAME).read_bytes() == first


def test_other_programs_read_it(cf: Cf, place: Path) -> None:
    cf.write("anna", "x").chmod(0o640)
    (cf.root / ("long" * 50)).write_text("é")
    backed_up(cf.root, place)
    with tarfile.open(place / NAME) as archive:
        found = {entry.name: entry for entry in archive}
    assert list(found) == [
        "folder",
        "folder/clientfolder.toml",
        "folder/clients",
        "folder/clients/anna.toml",
        f"folder/{'long' * 50}",
    ]
    anna = found["folder/clients/anna.toml"]
    assert (anna.mode, anna.uid, anna.gid, anna.uname, anna.gname) == (0o640, 0, 0, "", "")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the system's own user")
def test_a_file_that_may_not_be_read_is_told(cf: Cf, place: Path) -> None:
    cf.write("anna", "x").chmod(0)
    assert [warned.message for warned in backed_up(cf.root, place).missing] == [
        "clients/anna.toml is not in the backup: permission denied"
    ]


@pytest.mark.parametrize(("then", "why"), [("gone", "no such file or directory"), ("a FIFO", "it is no regular file")])
def test_a_file_that_is_gone_when_its_turn_comes_is_told(
    cf: Cf, place: Path, then: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cf.write("anna", "x")
    records = pack.records

    def then_gone(root: str) -> collect.Collected:
        there = records(root)
        cf.path("anna").rename(place / "moved")
        if then == "a FIFO":
            os.mkfifo(cf.path("anna"))
        return there

    monkeypatch.setattr(pack, "records", then_gone)
    told = [warned.message for warned in backed_up(cf.root, place).missing]
    assert told == [f"clients/anna.toml is not in the backup: {why}"]
    assert sorted(path.name for path in restored(place).iterdir()) == [".cf", "clientfolder.toml", "clients"]


def test_a_file_that_the_disk_cannot_read_is_told(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", "x" * 1000)
    with monkeypatch.context() as patch:
        patch.setattr(os, "read", failing(errno.EIO))
        told = [warned.message for warned in backed_up(cf.root, place).missing]
    assert told == ["clients/anna.toml is not whole in the backup: not all of it could be read"]
    assert (restored(place) / "clients" / "anna.toml").read_bytes() == bytes(1000)


@pytest.mark.parametrize("size", [100_000, 300_000, 0])
def test_a_file_that_changes_while_it_is_read_harms_no_other(
    cf: Cf, place: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = cf.root / "a-paper"
    paper.write_bytes(b"x" * 200_000)
    read = pack._Content.read

    def changing(content: Any, count: int) -> bytes:
        os.truncate(paper, size)
        return read(content, count)

    monkeypatch.setattr(pack._Content, "read", changing)
    packed = backed_up(cf.root, place)
    assert [warned.message.partition(":")[0] for warned in packed.missing] == ["a-paper is not whole in the backup"]
    new = restored(place)
    assert (new / "a-paper").stat().st_size == 200_000
    assert (new / "clientfolder.toml").exists()


def test_a_disk_that_is_only_read_can_be_backed_up(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", "x")
    really = os.open, os.mkdir

    def opened(path: Any, flags: int, *more: Any, **how: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and str(path).startswith(str(cf.root)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return really[0](path, flags, *more, **how)

    def made(path: Any, *more: Any, **how: Any) -> None:
        if str(path).startswith(str(cf.root)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        really[1](path, *more, **how)

    before = tree(cf.root)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened)
        patch.setattr(os, "mkdir", made)
        assert not backed_up(cf.root, place).warnings
    assert tree(cf.root) == before == tree(restored(place))


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """A disk that fills up: the system refuses any write beyond."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_full_disk_leaves_no_archive_and_no_half_folder(cf: Cf, place: Path) -> None:
    (cf.root / "paper").write_bytes(os.urandom(400_000))
    with no_file_larger_than(100_000), pytest.raises(CannotReach, match="Cannot be written"):
        backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]
    backed_up(cf.root, place)
    with no_file_larger_than(100_000), pytest.raises(CannotReach, match="Cannot be written"):
        restored(place)
    assert sorted(os.listdir(place)) == ["folder", NAME]


@pytest.mark.parametrize("call", ["open", "write", "close", "fsync"])
def test_a_backup_that_fails_leaves_nothing(cf: Cf, place: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    really, opened = {name: getattr(os, name) for name in ("open", "write", "close", "fsync")}, set()

    def noted(path: Any, *more: Any, **how: Any) -> int:
        handle: int = really["open"](path, *more, **how)
        if NAME in str(path):
            opened.add(handle)
        return handle

    def fails(first: Any, *more: Any, **how: Any) -> Any:
        if NAME not in str(first) and first not in opened:
            return really[call](first, *more, **how)
        if call == "close":
            really[call](first)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", noted)
        patch.setattr(os, call, fails)
        with pytest.raises(CannotReach, match="input/output error"):
            backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]


def test_a_backup_waits_for_who_is_writing(cf: Cf, place: Path) -> None:
    binder = Binder(str(cf.root), patience=0.01)
    with Transactions(binder).locked(), pytest.raises(CannotReach, match="Another cf is writing"):
        pack.backup(binder, str(place / NAME), NAME)
    assert os.listdir(place) == ["folder"]


@pytest.mark.parametrize("module", [pack, unpack])
def test_an_interruption_leaves_nothing(cf: Cf, place: Path, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: Any) -> None:
        raise KeyboardInterrupt

    backed_up(cf.root, place)
    (place / NAME).rename(place / "kept.tar.gz")
    with monkeypatch.context() as patch:
        patch.setattr(module, "_place", interrupted)
        line = ["backup", f"../{NAME}"] if module is pack else ["restore", "../kept.tar.gz", "../new"]
        assert cf(line).exit == 130
    assert sorted(os.listdir(place)) == ["folder", "kept.tar.gz"]


# Where a large paper is packed or unpacked, the process gets a signal.
SIGNALLED = """
import os, sys
from clientfolder.binder.journal import atomic
from clientfolder.cli import run
write_all, written = atomic.write_all, 0
def signalled(handle, content):
    global written
    write_all(handle, content)
    written += len(content)
    if written > 300_000:
        written = -10**9
        os.kill(os.getpid(), int(os.environ["SIGNAL"]))
atomic.write_all = signalled
run()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_signal_ends_it_at_once_and_leaves_nothing(cf: Cf, place: Path, command: str, number: signal.Signals) -> None:
    cf.write("anna", "x")
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "large").write_bytes(os.urandom(1_000_000))
    pack.backup(Binder(str(cf.root)), str(place / "kept.tar.gz"), "kept")
    line = {"backup": ["backup", f"../{NAME}"], "restore": ["restore", "../kept.tar.gz", "../new"]}[command]
    env = {**os.environ, "SIGNAL": str(int(number))}
    done = subprocess.run(
        [sys.executable, "-c", SIGNALLED, *line],
        cwd=cf.root, env=env, capture_output=True, text=True, check=False, timeout=60, preexec_fn=as_usual,
    )  # fmt: skip
    said = (130, "cf: Interrupted; nothing was written\n") if number == signal.SIGINT else (-number, "")
    assert (done.returncode, done.stderr) == said
    assert sorted(os.listdir(place)) == ["folder", "kept.tar.gz"]


def test_others_may_write_while_papers_are_packed(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", 'name = "Anna"\n')
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "large").write_bytes(b"large")
    cf.patience = 0.01
    pack_file, exits = pack._pack_file, {}

    def meanwhile(tar: Any, member: Any, path: str, missing: Any) -> Any:
        exits[member.path] = cf("set anna phone=1").exit
        return pack_file(tar, member, path, missing)

    monkeypatch.setattr(pack, "_pack_file", meanwhile)
    assert not backed_up(cf.root, place).missing
    assert exits == {"clientfolder.toml": 5, "clients/anna.toml": 5, "papers/large": 0}


def test_an_archive_that_cannot_be_read_back_is_no_backup(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all = pack.atomic.write_all

    def damaging(handle: int, content: bytes) -> None:
        write_all(handle, bytes(byte ^ 1 for byte in content) if content else content)

    with monkeypatch.context() as patch:
        patch.setattr(pack.atomic, "write_all", damaging)
        with pytest.raises(CannotReach, match="No backup was made"):
            backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(pack, "members", lambda source: iter(()))
        with pytest.raises(CannotReach, match="read back as something else"):
            backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(tarfile, "copyfileobj", lambda source, target, *more, **how: None)
        cf.write("anna", "x" * 20_000)
        with pytest.raises(CannotReach, match="No backup was made"):
            backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]


def test_an_archive_that_cannot_get_its_name_leaves_nothing(
    cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renames, "put_where_none_is", failing(errno.EIO))
    with pytest.raises(CannotReach, match="input/output error"):
        backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]


def test_a_file_that_comes_in_the_last_moment_is_not_lost(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk without second names for a file, and with a look that came too early."""
    (place / NAME).write_text("mine")
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", failing(errno.EPERM))
        really = os.path.lexists
        patch.setattr(os.path, "lexists", lambda path: NAME not in str(path) and really(path))
        with pytest.raises(Refused):
            backed_up(cf.root, place)
    assert (place / NAME).read_text() == "mine"
    assert sorted(os.listdir(place)) == ["folder", NAME]


def test_a_system_without_the_call_takes_an_archive_and_never_one_for_another(
    cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renames, "_called", lambda *words: False)
    backed_up(cf.root, place)
    first = (place / NAME).read_bytes()
    cf.write("anna", "x")
    with pytest.raises(Refused):
        backed_up(cf.root, place)
    assert (place / NAME).read_bytes() == first
    assert sorted(os.listdir(place)) == ["folder", NAME]
