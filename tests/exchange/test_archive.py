"""A folder into an archive and back: all of it, to the byte; and nothing of an archive that means harm."""

from __future__ import annotations

import errno
import gzip
import io
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clientfolder.binder import placing
from clientfolder.binder.binder import Binder
from clientfolder.binder.clerk import Clerk
from clientfolder.errors import CannotReach, Refused, Trouble, Unreadable
from clientfolder.exchange import gathering, inspection, packing, unpacking
from clientfolder.exchange.archive import nanoseconds, seconds
from conftest import Cf
from signals import as_usual

NAME = "over.tar.gz"


def backed_up(root: Path, beside: Path) -> packing.Packed:
    return packing.backup(Binder(str(root)), str(beside / NAME), NAME)


def restored(beside: Path, name: str = "new") -> Path:
    unpacking.restore(str(beside / NAME), NAME, str(beside / name))
    return beside / name


def tree(root: Path) -> dict[str, tuple[object, int, int]]:
    """Bytes (None for a directory), mode and time of everything, but for what belongs to this machine."""
    found = {}
    for path in [root, *root.rglob("*")]:
        name = str(path.relative_to(root))
        if not name.startswith(".cf") or "rescued/" in name:
            status = path.stat()
            mode = 0o700 if path.is_dir() else stat.S_IMODE(status.st_mode)
            found[name] = (None if path.is_dir() else path.read_bytes(), mode, status.st_mtime_ns)
    return found


@pytest.fixture
def place(cf: Cf) -> Path:
    """The directory in which the folder lies, with nothing else in it."""
    (cf.home).rmdir()
    return cf.root.parent


# There and back ---------------------------------------------------------------------------------------


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


HOSTILE = ["$(touch pwned)", "`touch pwned`", "[x]", "[red]", ":smile:", "*", "~root", "a b", "-rf", "'; x; '", "ŁÓDŹ",
           "Z\u0308", "\u017b", "z", "Z", "😀", "\u202egnp", "CON", " x", "x.", "a:b", "\udcff.pdf", "n" * 255, "é" * 127]  # fmt: skip


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT])
def test_what_another_program_has_packed_is_taken(cf: Cf, place: Path, form: int) -> None:
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / ("p" * 95)).write_text("long")
    (cf.root / "clients" / "anna.toml").write_text("x")
    with tarfile.open(place / NAME, "w:gz", format=form) as archive:
        archive.add(cf.root, "mine")
    assert {name: row[0] for name, row in tree(restored(place)).items()} == {
        name: row[0] for name, row in tree(cf.root).items()
    }


def test_what_belongs_to_this_machine_stays_here(cf: Cf, place: Path) -> None:
    cf.write("anna", 'name = "Anna"\n')
    cf.ok("log anna x -n fri")
    left_out = [
        ".git/config",
        "papers/x/.hg/y",
        ".svn/z",
        ".jj/z",
        ".cf/lock",
        "papers/.cf/lock",
        "clients/.anna.toml.0123456789ab.tmp",
        "sub/.git",
    ]
    taken = [".cf/rescued/a.txt", ".github/x", "clients/.anna.tmp", ".gitignore"]
    for name in (*left_out, *taken):
        (cf.root / name).parent.mkdir(parents=True, exist_ok=True)
        (cf.root / name).write_text(name)
    assert not backed_up(cf.root, place).missing
    new = restored(place)
    assert all((new / name).read_text() == name for name in taken)
    assert not any((new / name).exists() for name in left_out)
    # The rescued text reaches no version control from the new folder either.
    assert (new / ".cf" / ".gitignore").read_text() == "*\n"


def test_a_link_is_followed_and_what_cannot_be_had_is_told(
    cf: Cf, place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "anna.toml").write_text("far")
    (elsewhere / "papers").mkdir()
    (elsewhere / "papers" / "offer").write_text("offer")
    cf.path("anna").symlink_to(elsewhere / "anna.toml")
    (cf.root / "papers").symlink_to(elsewhere / "papers")
    (elsewhere / "papers" / "back").symlink_to(cf.root)
    (cf.root / "gone").symlink_to("nowhere")
    (cf.root / "round").symlink_to("round")
    os.mkfifo(cf.root / "pipe")
    (cf.root / "line\nend").touch()
    (cf.root / "back\\slash").mkdir()
    (cf.root / ".GIT").touch()
    deep = cf.root / "deep"
    for _ in range(5):
        deep = deep / ("d" * 200)
        deep.mkdir(parents=True)
    packed = backed_up(cf.root, place)
    told = sorted(warned.message for warned in packed.missing)
    assert len(told) == 8
    for name in ("gone", "round", "pipe", "papers/back", "line\nend", "back\\slash", ".GIT", "deep/ddd"):
        assert any(message.startswith(name) for message in told), name
    new = restored(place)
    assert not (new / "papers").is_symlink()
    assert [(new / name).read_text() for name in ("clients/anna.toml", "papers/offer")] == ["far", "offer"]
    assert not new.joinpath("clients", "anna.toml").is_symlink()


def test_a_link_to_a_foreign_directory_is_told_and_not_followed(
    cf: Cf, place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "foreign").touch()
    (cf.root / "notes").mkdir()
    (cf.root / "notes" / "mine").touch()
    (cf.root / "forms").symlink_to(elsewhere)
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "s").symlink_to("/usr/share")
    (cf.root / "papers" / "inside").symlink_to("../notes")
    (cf.root / "papers" / "one").symlink_to(elsewhere / "foreign")
    assert [warned.message for warned in backed_up(cf.root, place).missing] == [
        "papers/s is not in the backup: the link leads to a directory outside the folder"
    ]
    new = restored(place)
    assert sorted(str(path.relative_to(new)) for path in new.rglob("*") if ".cf" not in path.parts) == [
        "clientfolder.toml", "clients", "forms", "forms/foreign", "notes", "notes/mine", "papers", "papers/inside",
        "papers/inside/mine", "papers/one",
    ]  # fmt: skip


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
    records = packing.records

    def then_gone(root: str) -> gathering.Found:
        there = records(root)
        cf.path("anna").rename(place / "moved")
        if then == "a FIFO":
            os.mkfifo(cf.path("anna"))
        return there

    monkeypatch.setattr(packing, "records", then_gone)
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
    piece = packing._piece

    def changing(handle: int, count: int) -> bytes:
        os.truncate(paper, size)
        return piece(handle, count)

    monkeypatch.setattr(packing, "_piece", changing)
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


@given(st.integers(-(10**20) + 1, 10**20 - 1))
def test_a_time_is_kept_to_the_nanosecond(time: int) -> None:
    assert nanoseconds(seconds(time)) == time


# Failures leave nothing -------------------------------------------------------------------------------


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


def failing(number: int) -> Callable[..., Any]:
    def fails(*args: Any, **how: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fails


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
    with Clerk(binder).held(), pytest.raises(CannotReach, match="Another cf is writing"):
        packing.backup(binder, str(place / NAME), NAME)
    assert os.listdir(place) == ["folder"]


@pytest.mark.parametrize("call", ["mkdir", "write", "fchmod", "utime", "rename"])
def test_a_restore_that_fails_leaves_nothing(cf: Cf, place: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", "x")
    backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(errno.ENOSPC))
        with pytest.raises(CannotReach):
            restored(place)
    assert sorted(os.listdir(place)) == ["folder", NAME]


@pytest.mark.parametrize("module", [packing, unpacking])
def test_an_interruption_leaves_nothing(cf: Cf, place: Path, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: Any) -> None:
        raise KeyboardInterrupt

    backed_up(cf.root, place)
    (place / NAME).rename(place / "kept.tar.gz")
    with monkeypatch.context() as patch:
        patch.setattr(module, "_place", interrupted)
        line = ["backup", f"../{NAME}"] if module is packing else ["restore", "../kept.tar.gz", "../new"]
        assert cf(line).exit == 130
    assert sorted(os.listdir(place)) == ["folder", "kept.tar.gz"]


# Where a large paper is packed or unpacked, the process gets a signal.
SIGNALLED = """
import os, sys
from clientfolder.binder import writing
from clientfolder.cli import run
write_all, written = writing.write_all, 0
def signalled(handle, content):
    global written
    write_all(handle, content)
    written += len(content)
    if written > 300_000:
        written = -10**9
        os.kill(os.getpid(), int(os.environ["SIGNAL"]))
writing.write_all = signalled
run()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_signal_ends_it_at_once_and_leaves_nothing(cf: Cf, place: Path, command: str, number: signal.Signals) -> None:
    cf.write("anna", "x")
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "large").write_bytes(os.urandom(1_000_000))
    packing.backup(Binder(str(cf.root)), str(place / "kept.tar.gz"), "kept")
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
    pack_file, exits = packing._pack_file, {}

    def meanwhile(sink: Any, entry: Any, path: str, missing: Any) -> Any:
        exits[entry.path] = cf("set anna phone=1").exit
        return pack_file(sink, entry, path, missing)

    monkeypatch.setattr(packing, "_pack_file", meanwhile)
    assert not backed_up(cf.root, place).missing
    assert exits == {"clientfolder.toml": 5, "clients/anna.toml": 5, "papers/large": 0}


def test_an_archive_that_cannot_be_read_back_is_no_backup(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all = packing.writing.write_all

    def damaging(handle: int, content: bytes) -> None:
        write_all(handle, bytes(byte ^ 1 for byte in content) if content else content)

    with monkeypatch.context() as patch:
        patch.setattr(packing.writing, "write_all", damaging)
        with pytest.raises(CannotReach, match="No backup was made"):
            backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(packing, "entries", lambda source: iter(()))
        with pytest.raises(CannotReach, match="read back as something else"):
            backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(packing, "_copy", lambda handle, sink, size: True)
        cf.write("anna", "x" * 600)
        with pytest.raises(CannotReach, match="No backup was made"):
            backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]


def test_an_archive_that_cannot_get_its_name_leaves_nothing(
    cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "put_where_none_is", failing(errno.EIO))
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
    monkeypatch.setattr(placing, "_called", lambda *words: False)
    backed_up(cf.root, place)
    first = (place / NAME).read_bytes()
    cf.write("anna", "x")
    with pytest.raises(Refused):
        backed_up(cf.root, place)
    assert (place / NAME).read_bytes() == first
    assert sorted(os.listdir(place)) == ["folder", NAME]


def test_nothing_is_put_over_what_came_meanwhile(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backed_up(cf.root, place)
    with pytest.raises(Refused, match="there already"):
        backed_up(cf.root, place)
    (place / "new").mkdir()
    (place / "new" / "mine").touch()
    with pytest.raises(Refused, match="there already"):
        restored(place)
    assert os.listdir(place / "new") == ["mine"]
    (place / "new" / "mine").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", failing(errno.EIO))
        with pytest.raises(CannotReach, match="Cannot be read: input"):
            unpacking.check_place(str(place / "new"))
    assert tree(restored(place)) == tree(cf.root)


def test_a_folder_that_no_archive_holds_is_refused(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", "x" * 100)
    with monkeypatch.context() as patch:
        patch.setattr(gathering, "MOST_ENTRIES", 3)
        with pytest.raises(Refused, match="Copy it"):
            backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(gathering, "MOST_BYTES", 99)
        with pytest.raises(Refused, match="Copy it"):
            backed_up(cf.root, place)
    (cf.root / "clientfolder.toml").unlink()
    with pytest.raises(CannotReach, match="without it there is no folder"):
        backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]


# Archives that mean harm ------------------------------------------------------------------------------


def entry(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, **more: Any) -> bytes:
    """One entry as it stands in a tar; a name that fits no old header goes into a line of its own."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.mode = kind, len(content), 0o644
    for key, value in more.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape") + content + bytes(-len(content) % 512)


def records(*lines: bytes) -> bytes:
    """A header of lines in front of an entry."""
    text = b""
    for line in lines:
        length = next(size for size in range(len(line), len(line) + 9) if len(b"%d %s\n" % (size, line)) == size)
        text += b"%d %s\n" % (length, line)
    return entry("h", text, tarfile.XHDTYPE)


def resigned(block: bytes, place: int, new: bytes) -> bytes:
    """A header with other bytes in it, and a sum that fits again."""
    block = block[:place] + new + block[place + len(new) :]
    total = sum(block[:148]) + 8 * 32 + sum(block[156:512])
    return block[:148] + b"%06o\0 " % total + block[156:]


def packed(*parts: bytes, settings_file: bool = True) -> bytes:
    head = entry("t", kind=tarfile.DIRTYPE) + (entry("t/clientfolder.toml") if settings_file else b"")
    return gzip.compress(head + b"".join(parts) + bytes(1024), 1)


LINK = {"linkname": "clientfolder.toml"}
REFUSED: dict[str, tuple[bytes, str]] = {
    "absolute": (entry("/etc/x"), "/etc/x is not taken: its name leads out"),
    "absolute in a line": (records(b"path=/etc/x") + entry("x"), "/etc/x is not taken: its name leads out"),
    "above": (entry("t/../x"), "t/../x is not taken: its name leads out"),
    "above at the end": (entry("t/..", kind=tarfile.DIRTYPE), "t/.. is not taken: its name leads out"),
    "above in a line": (records(b"path=t/../../x") + entry("x"), "its name leads out"),
    "above in a long name": (entry("L", b"t/../x\0", tarfile.GNUTYPE_LONGNAME) + entry("x"), "t/../x is not taken: its name leads out"),
    "above in a prefix": (resigned(entry("x"), 345, b"t/.."), "t/../x is not taken: its name leads out"),
    "an empty part": (entry("t//x"), "t//x is not taken: a part of its name is empty"),
    "a dot": (entry("t/./x"), "t/./x is not taken: a part of its name is empty or a dot"),
    "no name": (entry(""), "a part of its name is empty"),
    "a file with a slash": (records(b"path=t/x/") + entry("x"), "t/x/ is not taken: a part of its name is empty"),
    "a backslash": (entry("t/..\\x"), "has a backslash or a control character"),
    "an escape": (entry("t/\x1b[2J"), "t/\\x1b[2J is not taken: its name has a backslash or a control character"),
    "a line end": (entry("t/a\nb"), "a control character"), "DEL": (entry("t/\x7f"), "a control character"),
    "C1": (entry("t/\x9b2J"), "a control character"), "NUL": (records(b"path=t/a\0b") + entry("x"), "a control character"),
    "a long part": (entry(f"t/{'n' * 256}"), "its name is too long"), "a long path": (entry("t" + "/nn" * 300), "its name is too long"),
    "a symbolic link": (entry("t/l", kind=tarfile.SYMTYPE, **LINK), "t/l is not taken: it is a link"),
    "a hard link": (entry("t/l", kind=tarfile.LNKTYPE, **LINK), "t/l is not taken: it is a link"),
    "a long link": (entry("L", b"x", tarfile.GNUTYPE_LONGLINK), "it is a link"),
    "a device": (entry("t/d", kind=tarfile.CHRTYPE), "it is a device"), "a disk": (entry("t/d", kind=tarfile.BLKTYPE), "it is a device"),
    "a FIFO": (entry("t/f", kind=tarfile.FIFOTYPE), "it is a FIFO"),
    "a sparse file": (entry("t/s", kind=tarfile.GNUTYPE_SPARSE), "it is a sparse file"),
    "a sparse file in a line": (records(b"GNU.sparse.realsize=9999999999") + entry("t/s"), "it is a sparse file"),
    "an unknown kind": (entry("t/u", kind=b"7"), "it is of an unknown kind"),
    "a line for all": (entry("t/g", b"9 path=x\n", tarfile.XGLTYPE), "it is of an unknown kind"),
    "twice": (entry("t/a") + entry("t/a"), "t/a is not taken: it is there twice"),
    "a directory twice": (entry("t", kind=tarfile.DIRTYPE), "t is not taken: it is there twice"),
    "a file under a file": (entry("t/a") + entry("t/a/b/c"), "t/a is not taken: it is a file and a directory"),
    "a file for a directory": (entry("t/a/b/c") + entry("t/a"), "t/a is not taken: it is a file and a directory"),
    "outside": (entry("u/x"), "u/x is not taken: it lies outside t"), "beside": (entry("u"), "u is not taken: it lies outside t"),
    "a journal": (entry("t/.cf/daybook/000001.doing.json"), "belongs to one machine"), "a lock": (entry("t/.cf/lock"), "belongs to one machine"),
    "a journal in capitals": (entry("t/.CF/daybook/1"), "belongs to one machine"),
    "a journal below": (entry("t/papers/.cf/daybook/1"), "belongs to one machine"),
    "a journal with a mark": (entry("t/.c\u200cf/daybook/1"), "belongs to one machine"),
    "a journal as a file": (entry("t/.cf"), "belongs to one machine"), "rescued as a file": (entry("t/.cf/rescued"), "belongs to one machine"),
    "a directory of the rescued": (entry("t/.cf/rescued/a/b"), "belongs to one machine"),
    "rescued in capitals": (entry("t/.cf/RESCUED/a"), "belongs to one machine"),
    "git": (entry("t/.git/config"), "belongs to a version control"), "Git": (entry("t/papers/.Git/hooks/x"), "belongs to a version control"),
    "a size below nothing": (resigned(entry("t/x"), 124, b"\xff" * 12), "its size makes no sense"),
    "a size in a line": (records(b"size=0") + entry("t/x"), "its size makes no sense"),
    "a directory with a size": (entry("t/x", b"12", tarfile.DIRTYPE), "its size makes no sense"),
    "an endless size": (resigned(entry("t/x"), 124, b"\x80" + b"\x7f" * 11), "more than a client folder"),
    "an endless time": (resigned(entry("t/x"), 136, b"\x80" + b"\x7f" * 11), "its time makes no sense"),
    "no time": (records(b"mtime=nan") + entry("t/x"), "its time makes no sense"),
    "a power of a time": (records(b"mtime=1e999999999") + entry("t/x"), "its time makes no sense"),
    "headers on headers": (records(b"path=t/a") * 2 + entry("t/x"), "a longer header than any file needs"),
    "a header of nothing": (entry("h", kind=tarfile.XHDTYPE) + entry("t/x"), "a longer header than any file needs"),
    "a header below nothing": (resigned(entry("h", kind=tarfile.XHDTYPE), 124, b"\xff" * 12), "a longer header than any file needs"),
    "a long header": (records(b"comment=" + b"x" * 65_000) + entry("t/x"), "a longer header than any file needs"),
    "many lines": (records(*(b"k%d=" % number for number in range(101))) + entry("t/x"), "a longer header than any file needs"),
}  # fmt: skip
DAMAGED_LINES = [
    b"9 path=x",
    b"99 path=x\n",
    b"0 =\n",
    b"-1 a=\n",
    b"7 path\n",
    b"x",
    b"\0" * 20,
    b"5 a=b",
    "٩ path=x\n".encode(),
    b" a=\n",
]


def refusal(place: Path, archive: bytes) -> Trouble:
    """The letter that an archive gets; nothing is written, wherever it wanted to go."""
    (place / NAME).write_bytes(archive)
    before = sorted(map(str, place.rglob("*")))
    with pytest.raises(Trouble) as caught:
        restored(place)
    assert sorted(map(str, place.rglob("*"))) == before
    assert caught.value.file == NAME
    return caught.value


def test_the_archive_that_the_bad_ones_differ_from_is_good(place: Path) -> None:
    (place / NAME).write_bytes(
        packed(entry("t/.cf/rescued/a.txt", b"text"), entry("t/a/b/c", b"c"), entry("t/a", kind=tarfile.DIRTYPE))
    )
    new = restored(place)
    assert (new / ".cf" / "rescued" / "a.txt").read_bytes() == b"text"
    assert (new / "a" / "b" / "c").read_bytes() == b"c"


@pytest.mark.parametrize("harm", REFUSED)
def test_an_entry_that_no_folder_has_is_refused(place: Path, harm: str) -> None:
    from clientfolder.cli.paper import letter

    part, message = REFUSED[harm]
    trouble = refusal(place, packed(part))
    assert isinstance(trouble, Refused)
    assert message in letter(trouble)


def test_a_file_without_a_directory_around_it_is_refused(place: Path) -> None:
    trouble = refusal(place, gzip.compress(entry("clientfolder.toml") + bytes(1024)))
    assert "lies under no directory" in trouble.message


def test_an_archive_without_settings_is_no_backup(place: Path) -> None:
    for archive in (packed(settings_file=False), packed(entry("t/clientfolder.toml", kind=tarfile.DIRTYPE), settings_file=False),
                    gzip.compress(bytes(1024))):  # fmt: skip
        assert refusal(place, archive).message == "This is no backup of a client folder"


GOOD = packed(entry("t/x", os.urandom(3000)))
DAMAGED: dict[str, bytes] = {
    "empty": b"", "text": b"name = 1\n" * 100, "a tar without gzip": gzip.decompress(GOOD), "gzip of a text": gzip.compress(b"x" * 600),
    "cut in a file": GOOD[:1500], "cut at its end": GOOD[:-1], "cut of its end": GOOD[:-8], "a wrong sum": GOOD[:-8] + b"\0" * 8,
    "garbage behind": GOOD + b"garbage", "garbage in the end": gzip.compress(gzip.decompress(GOOD) + b"x"),
    "garbage behind blocks": gzip.compress(gzip.decompress(GOOD) + bytes(100_000) + b"x"),
    "no end": gzip.compress(gzip.decompress(GOOD)[:-1024]), "a cut header": gzip.compress(gzip.decompress(GOOD)[:700]),
    "a bit turned": GOOD[:800] + bytes([GOOD[800] ^ 1]) + GOOD[801:], "a header and no entry": packed(records(b"path=t/a")),
    "a wrong sum of a header": gzip.compress(b"\1" + gzip.decompress(GOOD)[1:]),
    "a size that is no number": packed(resigned(entry("t/x"), 124, b"zzz")),
} | {f"a damaged line {line!r}": packed(entry("h", line, tarfile.XHDTYPE), entry("t/x")) for line in DAMAGED_LINES}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_archive_is_told(place: Path, damage: str) -> None:
    assert isinstance(refusal(place, DAMAGED[damage]), Unreadable)


def test_zeros_behind_an_archive_are_no_damage(place: Path) -> None:
    (place / NAME).write_bytes(gzip.compress(gzip.decompress(GOOD) + bytes(9000)) + bytes(512))
    assert (restored(place) / "x").stat().st_size == 3000


def test_what_is_no_file_is_no_archive(place: Path) -> None:
    with pytest.raises(CannotReach, match="no such file"):
        restored(place)
    (place / NAME).mkdir()
    with pytest.raises(Unreadable):
        restored(place)
    (place / NAME).rmdir()
    os.mkfifo(place / NAME)
    with pytest.raises(Unreadable):
        restored(place)


def zeros(count: int) -> bytes:
    """So many NUL bytes as a piece of a compressed file: a few hundred thousandths of them."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as stream:
        for _ in range(count >> 20):
            stream.write(bytes(1 << 20))
    return out.getvalue()


@pytest.fixture(scope="module")
def half_a_gigabyte() -> bytes:
    return zeros(500 << 20)


@pytest.mark.parametrize(
    "kind",
    [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, None],
)
def test_a_bomb_is_refused_in_little_memory_and_time(place: Path, kind: bytes | None, half_a_gigabyte: bytes) -> None:
    # Without a kind: empty blocks behind a good archive.
    head = bytes(1024) if kind is None else resigned(entry("t/x", kind=kind), 124, b"%011o" % (500 << 20))
    start = entry("t", kind=tarfile.DIRTYPE) + entry("t/clientfolder.toml") + head
    (place / NAME).write_bytes(gzip.compress(start) + half_a_gigabyte)
    # A limit, for what a process is said to have used may be what its parent had.
    code = (
        "import resource, sys, time; from clientfolder.cli import main;"
        "resource.setrlimit(resource.RLIMIT_DATA, (80_000_000, 80_000_000));"
        "print(main(sys.argv[1:]), time.process_time())"
    )
    words = [sys.executable, "-c", code, "restore", NAME, "new"]
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=True, timeout=60)
    exit_code, seconds_used = map(float, done.stdout.split())
    assert exit_code == Refused.exit, done.stderr
    assert seconds_used < 5
    assert sorted(os.listdir(place)) == ["folder", NAME]


def declaring(size: int) -> bytes:
    """An archive whose one file is said to be so large, and is not there."""
    return packed(resigned(entry("t/x"), 124, b"\x80\0\0\0" + size.to_bytes(8, "big")))


def test_a_file_that_is_said_to_be_huge_is_refused_at_its_header(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than a client folder" in refusal(place, declaring(500 * 10**9)).message
    usage = shutil.disk_usage(place)._replace(free=2_500_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    trouble = refusal(place, declaring(3 * 10**9))
    assert isinstance(trouble, CannotReach)
    assert "at least 3,000 MB are needed, and 2,500 MB are free" in trouble.message
    monkeypatch.setattr(shutil, "disk_usage", failing(errno.EIO))
    with pytest.raises(CannotReach, match="Cannot be read: input"):
        restored(place)


def test_a_file_that_packs_into_almost_nothing_is_taken_and_comes_back(cf: Cf, place: Path) -> None:
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "disk.img").touch()
    os.truncate(cf.root / "papers" / "disk.img", 150_000_000)
    assert not backed_up(cf.root, place).missing
    assert (restored(place) / "papers" / "disk.img").stat().st_size == 150_000_000


@pytest.mark.parametrize(("limit", "value"), [("MOST_ENTRIES", 5), ("MOST_NAMES_BYTES", 50), ("MOST_BYTES", 9)])
def test_more_than_any_folder_holds_is_refused(
    place: Path, limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, limit, value)
    for parts in (
        [entry(f"t/file-{number}", b"1") for number in range(10)],
        [entry(f"t/{'deep/' * 12}{'x' * 9}", b"1" * 10)],
    ):
        assert "more than a client folder" in refusal(place, packed(*parts)).message


def test_two_entries_that_a_disk_takes_for_one_are_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that knows no capitals the second of two files would lie on the first."""
    really = os.open

    def without_capitals(path: Any, *more: Any, **how: Any) -> int:
        directory, name = os.path.split(path)
        return really(os.path.join(directory, name.lower()), *more, **how)

    monkeypatch.setattr(os, "open", without_capitals)
    trouble = refusal(place, packed(entry("t/anna"), entry("t/ANNA")))
    assert "t/ANNA is not taken: this disk takes its name for that of another" in trouble.message


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_turned_byte_leads_out_or_ends_in_anything_but_a_letter(place: Path, data: st.DataObject) -> None:
    """A good tar with bytes changed and the sums of its headers made good again."""
    tar = bytearray(
        gzip.decompress(
            packed(records(b"path=t/a/b", b"mtime=1.5") + entry("x", b"1" * 600), entry("t/.cf/rescued/x", b"1"))
        )
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(tar) - 1025))
        new = data.draw(
            st.sampled_from([b"/", b"..", b"\0", b"\xff", b"\x80", b"x", b"5", b"2", b"L", b"S", b"9"])
            | st.binary(min_size=1, max_size=12)
        )
        start = at - at % 512
        tar[start : start + 512] = resigned(bytes(tar[start : start + 512]), at % 512, new)[:512]
    with tempfile.TemporaryDirectory(dir=place) as inside:
        (Path(inside) / NAME).write_bytes(gzip.compress(bytes(tar), 1))
        before = set(place.rglob("*"))
        try:
            new_folder = restored(Path(inside))
        except Trouble:
            assert set(place.rglob("*")) == before
        else:
            assert all(path in before or path.is_relative_to(new_folder) for path in place.rglob("*"))
            assert not list(new_folder.glob(".cf/[!.r]*"))
