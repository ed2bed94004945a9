"""What an archive may be: a good one is read, and nothing is done that a bad one says."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thorough
from backups import NAME, entry, packed, records, refusal, resigned, restored
from clientfolder.errors import Refused, Trouble, Unreadable
from clientfolder.exchange.backup import archive
from clientfolder.exchange.backup.archive import nanoseconds, seconds


@given(st.integers(-(10**20) + 1, 10**20 - 1))
def test_a_time_is_kept_to_the_nanosecond(time: int) -> None:
    assert nanoseconds(seconds(time)) == time


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
    "a journal in capitals": (entry("t/.CF/daybook/1"), "belongs to one machine"),
    "a journal below": (entry("t/papers/.cf/daybook/1"), "belongs to one machine"),
    "a journal with a mark": (entry("t/.c\u200cf/daybook/1"), "belongs to one machine"),
    "a private file": (entry("t/.cf"), "belongs to one machine"),
    "a private name that leads out": (entry("t/.cf/../../x"), "leads out of the folder"),
    "a link in what is left out": (entry("t/.cf/lock", kind=tarfile.SYMTYPE), "it is a link"),
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
    "a header of each kind": (records(b"mtime=1") + entry("L", b"t/x\0", tarfile.GNUTYPE_LONGNAME) + entry("x"), "a longer header than any file needs"),
    "a run of digits": (records(b"comment=" + b"1" * 60_000) + entry("t/x"), "a longer header than any file needs"),
    "a map of holes without an end": (records(b"GNU.sparse.major=1", b"GNU.sparse.minor=0") + entry("t/x", b"99999999\n" + b"1\n" * 90_000), "a longer header than any file needs"),
    "a map of holes": (records(b"GNU.sparse.map=0,1") + entry("t/x", b"1"), "t/x is not taken: it is a sparse file"),
    "an old header of lines": (entry("h", b"8 path=x\n", tarfile.SOLARIS_XHDTYPE) + entry("t/x"), "it is of an unknown kind"),
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


def test_the_archive_that_the_bad_ones_differ_from_is_good(place: Path) -> None:
    (place / NAME).write_bytes(
        packed(entry("t/.cf/rescued/a.txt", b"text"), entry("t/a/b/c", b"c"), entry("t/a", kind=tarfile.DIRTYPE))
    )
    new = restored(place)
    assert (new / ".cf" / "rescued" / "a.txt").read_bytes() == b"text"
    assert (new / "a" / "b" / "c").read_bytes() == b"c"


LEFT_OUT = {
    "a journal": entry("t/.cf/daybook/000001.doing.json", b"{}"), "a lock": entry("t/.cf/lock"),
    "a directory": entry("t/.cf/daybook", kind=tarfile.DIRTYPE), "rescued as a file": entry("t/.cf/rescued"),
    "a directory of the rescued": entry("t/.cf/rescued/a/b"), "rescued in capitals": entry("t/.cf/RESCUED/a"),
    "attributes of a neighbour": entry("t/clients/._anna.toml", b"x"), "attributes of the whole": entry("._t", b"x"),
}  # fmt: skip


@pytest.mark.parametrize("part", LEFT_OUT)
def test_what_belongs_to_a_machine_or_to_its_system_is_passed_over(place: Path, part: str) -> None:
    """A tar that somebody made of a folder in use is a backup as well."""
    (place / NAME).write_bytes(packed(LEFT_OUT[part], entry("t/clients/anna.toml", b'name = "Anna"\n')))
    new = restored(place)
    found = sorted(str(path.relative_to(new)) for path in new.rglob("*") if path.is_file())
    assert found == [".cf/.gitignore", "clientfolder.toml", "clients/anna.toml"]


def test_a_folder_that_was_packed_by_a_path_from_here_is_restored(place: Path) -> None:
    packing = ["tar", "czf", str(place / NAME), "./folder"]
    (place / "folder" / "clients" / "anna.toml").write_text('name = "Anna"\n')
    subprocess.run(packing, cwd=place, check=True)
    assert (restored(place) / "clients" / "anna.toml").read_text() == 'name = "Anna"\n'


@pytest.mark.parametrize("harm", REFUSED)
def test_an_entry_that_no_folder_has_is_refused(place: Path, harm: str) -> None:
    from clientfolder.cli.output.terminal import error_line

    part, message = REFUSED[harm]
    trouble = refusal(place, packed(part))
    assert isinstance(trouble, Refused)
    assert message in error_line(trouble)


def test_a_file_without_a_directory_around_it_is_refused(place: Path) -> None:
    trouble = refusal(place, gzip.compress(entry("clientfolder.toml") + bytes(1024)))
    assert "lies under no directory" in trouble.message


def test_an_archive_without_settings_is_no_backup(place: Path) -> None:
    for bad in (packed(settings_file=False), packed(entry("t/clientfolder.toml", kind=tarfile.DIRTYPE), settings_file=False),
                    gzip.compress(bytes(1024))):  # fmt: skip
        assert refusal(place, bad).message == "This is no backup of a client folder"


GOOD = packed(entry("t/x", os.urandom(3000)))
DAMAGED: dict[str, bytes] = {
    "empty": b"", "text": b"name = 1\n" * 100, "gzip of a text": gzip.compress(b"x" * 600),
    "cut in a file": GOOD[:1500], "cut at its end": GOOD[:-1], "cut of its end": GOOD[:-8], "a wrong sum": GOOD[:-8] + b"\0" * 8,
    "garbage behind": GOOD + b"garbage", "garbage in the end": gzip.compress(gzip.decompress(GOOD) + b"x"),
    "garbage behind blocks": gzip.compress(gzip.decompress(GOOD) + bytes(100_000) + b"x"),
    "no end": gzip.compress(gzip.decompress(GOOD)[:-1024]), "a cut header": gzip.compress(gzip.decompress(GOOD)[:700]),
    "a bit turned": GOOD[:800] + bytes([GOOD[800] ^ 1]) + GOOD[801:], "a header and no entry": packed(records(b"path=t/a")),
    "a wrong sum of a header": gzip.compress(b"\1" + gzip.decompress(GOOD)[1:]),
    "a map of holes that is none": packed(records(b"GNU.sparse.map=x"), entry("t/x")), "a size of holes that is none": packed(records(b"GNU.sparse.size=x"), entry("t/x")),
    "an alphabet that is none": packed(records(b"hdrcharset=\xff"), entry("t/x")), "a header that nothing follows": gzip.compress(entry("t", kind=tarfile.DIRTYPE) + records(b"path=t/a")),
    "a text without gzip": b"x" * 600, "a wrong sum at the end": gzip.compress(gzip.decompress(GOOD)[:-1024] + b"\1" * 512 + bytes(512)),
    "a size that is no number": packed(resigned(entry("t/x"), 124, b"zzz")),
} | {f"a damaged line {line!r}": packed(entry("h", line, tarfile.XHDTYPE), entry("t/x")) for line in DAMAGED_LINES}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_archive_is_told(place: Path, damage: str) -> None:
    assert isinstance(refusal(place, DAMAGED[damage]), Unreadable)


@pytest.mark.parametrize("size", [1000, 1500, 2500, 4000, 4700])
def test_a_plain_tar_is_read_under_any_name_and_told_where_it_is_cut_off(place: Path, size: int) -> None:
    tar = gzip.decompress(GOOD)
    (place / NAME).write_bytes(tar)
    assert (restored(place) / "x").stat().st_size == 3000
    shutil.rmtree(place / "new")
    assert isinstance(refusal(place, tar[:size]), Unreadable)


def test_all_extended_headers_together_have_a_budget(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [records(b"comment=" + b"x" * 900) + entry(f"t/{number}") for number in range(10)]
    (place / NAME).write_bytes(packed(*parts))
    restored(place)
    shutil.rmtree(place / "new")
    monkeypatch.setattr(archive, "MOST_HEADERS_BYTES", 8000)
    assert "a longer header" in refusal(place, packed(*parts)).message


def test_runs_of_digits_are_paid_for_by_their_square(place: Path) -> None:
    """In some versions tarfile searches for as long: a hundred of these would take minutes."""
    parts = [records(b"comment=" + b"1" * 20_000) + entry(f"t/{number}") for number in range(10)]
    before = time.process_time()
    assert "a longer header" in refusal(place, packed(*parts)).message
    assert time.process_time() - before < 20


def test_reading_keeps_no_header(place: Path) -> None:
    """tarfile keeps each, which takes 200 MB for as many entries as there may be, and more for long ones."""
    (place / NAME).write_bytes(packed(*(records(b"c=" + b"x" * 60_000) + entry(f"t/{n}") for n in range(200))))
    tracemalloc.start()
    with open(place / NAME, "rb") as file:
        count = sum(1 for _ in archive.members(file))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 202
    assert most < 3_000_000


def test_zeros_behind_an_archive_are_no_damage(place: Path) -> None:
    (place / NAME).write_bytes(gzip.compress(gzip.decompress(GOOD) + bytes(9000)) + bytes(512))
    assert (restored(place) / "x").stat().st_size == 3000


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


@pytest.mark.parametrize(("limit", "value"), [("MOST_ENTRIES", 5), ("MOST_NAMES_BYTES", 50), ("MOST_BYTES", 9)])
def test_more_than_any_folder_holds_is_refused(
    place: Path, limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, limit, value)
    for parts in (
        [entry(f"t/file-{number}", b"1") for number in range(10)],
        [entry(f"t/{'deep/' * 12}{'x' * 9}", b"1" * 10)],
    ):
        assert "more than a client folder" in refusal(place, packed(*parts)).message


@settings(
    max_examples=thorough.sweep(400, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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
