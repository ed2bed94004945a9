"""A folder from somebody else: nothing outside is written, moved or deleted, whatever was planted in it.

Links stand at every place of the folder, steps in the journal, lines in the index; then every command is run. What lies
outside is as it was, every exit code is one of the contract, and nothing breaks.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import thorough
from clientfolder.cli.commands.table import TABLE, names
from folders import Cf

ANNA = 'name = "Anna Kowalska"\n\n[next]\non = 2026-07-14\n'
BERT = 'name = "Bert"\n\n[next]\non = 2026-07-15\nhow = "agreed"\n'
SLIP = 'name = "Send the mockups"\nclient = "anna"\n\n[next]\non = 2026-07-15\n'
HEX = "0123456789ab"
# Lines of the commands, several where there is more than one way; the folder is made anew before each.
OWN_LINES = (
    "today", "today -i", "log anna x -n fri", "snooze anna 3w", "review week", "file anna fri", "move anna bert -n 24 july --yes",
    "spread today --cap 1 --yes", "away 16..17 july --yes", "list", "week", "binder --dated", "when fri", "new Carl -n fri", "show anna",
    "edit anna", "edit evil", "log evil x -n fri", "set anna phone=1", "find anna", "attach anna ../offer.pdf", "open anna offer", "rename anna Dora",
    "rest anna why", "remove anna", "remove evil", "rename evil Dora", "init", "init elsewhere", "demo elsewhere", "undo", "undo anna", "redo",
    "history", "doctor", "settings", "form new visit", "form check", "backup ../kept.tar.gz", "slip do this --client anna -n fri", "log mockups done",
)  # fmt: skip
# A command without a line of its own is attacked by its example; `restore` reads no folder.
OWN = {line.split()[0] for line in OWN_LINES} | {"restore"}
LINES = (*OWN_LINES, *(row.example for row in TABLE if row.name not in OWN))
# Those that write, clear or look into places that may be planted.
TELLING = (
    "today", "today -i", "log anna x -n fri", "log evil x -n fri", "away 16..17 july --yes", "new Carl -n fri", "move anna bert -n 24 july --yes", "edit evil",
    "attach anna ../offer.pdf", "open anna offer", "rename anna Dora", "rename evil Dora", "remove anna", "remove evil", "undo", "redo", "history",
    "doctor", "form new visit", "backup ../kept.tar.gz", "slip do this --client anna -n fri", "log mockups done",
)  # fmt: skip
# Where a link leads out to a directory with files that are precious, by names that cf itself makes among them.
PLACES = (
    ".cf", ".cf/daybook", ".cf/papers", ".cf/rescued", ".cf/lock", ".cf/register", ".cf/.pile", ".cf/holidays", ".cf/.gitignore",
    "papers", "papers/.waiting", "papers/anna", "papers/slips", "slips", "removed", "forms", "imports", "prints", "clients/all", "clients/evil.toml",
)  # fmt: skip
TO_FILE = (
    "clients/evil.toml", "slips/evil.toml", "forms/visit.toml", "papers/anna/offer.pdf", ".cf/lock", ".cf/register", ".cf/slips-register", ".cf/.pile", ".cf/holidays",
    ".cf/.gitignore", ".cf/daybook/000001.done.json", ".cf/daybook/000001.doing.json", ".gitattributes", "clientfolder.toml",
    f"clients/.anna.toml.{HEX}.tmp", f".cf/papers/.paper.{HEX}.tmp",
)  # fmt: skip


def look(place: Path) -> dict[str, Any]:
    """All that lies there: bytes, modes, and where a link leads."""
    found: dict[str, Any] = {}
    for path in sorted(place.rglob("*")):
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        found[str(path.relative_to(place))] = (
            content,
            os.readlink(path) if path.is_symlink() else path.lstat().st_mode,
        )
    return found


def lay_precious(outside: Path) -> None:
    """What somebody has at home, some of it under names that cf gives to files of its own."""
    shutil.rmtree(outside, ignore_errors=True)
    for directory in ("", "anna", "daybook", "papers", "rescued", "empty"):
        (outside / directory).mkdir(mode=0o755, exist_ok=True)
        if directory != "empty":
            for name in (
                "thesis.txt",
                "key",
                f".paper.{HEX}.tmp",
                f".anna.toml.{HEX}.tmp",
                ".half.tmp",
                f"register.{HEX}.tmp",
                ".pile",
            ):
                (outside / directory / name).write_text(f"precious {name}\n")
    (outside / "evil.toml").write_text("precious = true\n")


@pytest.fixture
def outside(cf: Cf) -> Path:
    place = cf.root.parent / "outside"
    lay_precious(place)
    return place


@pytest.fixture
def fill(cf: Cf) -> Callable[[], None]:
    """Makes the folder anew, as it was before anything was planted."""
    cf.env |= {"EDITOR": 'sh -c \'echo "# more" >> "$0"\'', "CF_OPENER": "true"}
    (cf.root.parent / "offer.pdf").write_text("the offer")

    def anew() -> None:
        shutil.rmtree(cf.root)
        for directory in ("clients", "slips", "papers/anna"):
            (cf.root / directory).mkdir(parents=True)
        (cf.root / "clientfolder.toml").write_text("")
        for file, text in (("clients/anna.toml", ANNA), ("clients/bert.toml", BERT), ("slips/send-mockups.toml", SLIP)):
            (cf.root / file).write_text(text)
        (cf.root / "papers/anna/offer.pdf").write_text("an offer")
        (cf.root.parent / "kept.tar.gz").unlink(missing_ok=True)

    return anew


def run(cf: Cf, line: str) -> None:
    answer = cf(line, typed="q\n" if line == "today -i" else None)
    assert answer.exit in (0, 1, 2, 3, 4, 5, 6, 7), (line, answer)
    assert "Traceback" not in answer.err, (line, answer)
    assert answer.exit == 0 or answer.err or answer.out, line


def test_every_command_is_attacked() -> None:
    assert {line.split()[0] for line in LINES} == set(names()) - {"restore"}


# Links --------------------------------------------------------------------------------------------------


def put_link(cf: Cf, place: str, to: Path) -> None:
    path = cf.root / place
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)


@pytest.mark.parametrize("place", PLACES)
def test_a_link_to_a_directory_changes_nothing_there(
    cf: Cf, outside: Path, fill: Callable[[], None], place: str
) -> None:
    before = look(outside)
    # What the owner has linked is the folder's own; there nothing is lost, and what is filed may come to it.
    is_own = "/" not in place and place != ".cf"
    # What the owner has linked so is meant by name in the others.
    lines = [line for line in TELLING if "evil" not in line and "rename" not in line] if is_own else TELLING
    for line in thorough.share(lines, PLACES.index(place)):
        fill()
        put_link(cf, place, outside)
        run(cf, line)
        after = look(outside)
        assert {name: after.get(name) for name in before} == before, line
        assert is_own or after == before, line
        if is_own and after != before:
            lay_precious(outside)


@pytest.mark.parametrize("place", TO_FILE)
@pytest.mark.parametrize("name", ["thesis.txt", "not there"])
def test_a_link_to_a_file_changes_nothing_there(
    cf: Cf, outside: Path, fill: Callable[[], None], place: str, name: str
) -> None:
    before = look(outside)
    for line in thorough.share(TELLING, TO_FILE.index(place)):
        fill()
        put_link(cf, place, outside / name)
        run(cf, line)
        assert look(outside) == before, line


@pytest.mark.parametrize("place", [".cf", ".cf/daybook", ".cf/papers", ".cf/rescued"])
def test_what_cf_keeps_for_itself_lies_behind_no_link(
    cf: Cf, outside: Path, fill: Callable[[], None], place: str
) -> None:
    fill()
    put_link(cf, place, outside)
    for line in (
        "log anna x -n fri",
        "new Carl",
        "attach anna ../offer.pdf",
        "undo",
        "away 16 july --yes",
        "form new visit",
    ):
        answer = cf(f"{line} --json")
        assert answer.exit == 5
        assert answer.json["errors"][0]["code"] == "io"
    letter = cf("log anna x -n fri").err
    assert f"rm {cf.root / place}" in letter
    for line in ("today", "list", "show anna", "find anna", "week"):
        assert cf(line).exit == 0
    assert place in [finding["file"] for finding in cf("doctor --json").data["findings"]]
    assert cf.text("anna") == ANNA
    (cf.root / place).unlink()
    cf.ok("log anna x -n fri")
    cf.ok("undo")


def test_a_waiting_place_that_is_a_link_is_named_and_left_alone(
    cf: Cf, outside: Path, fill: Callable[[], None]
) -> None:
    fill()
    put_link(cf, "papers/.waiting", outside)
    before = look(outside)
    cf.ok("log anna x -n fri")
    cf.ok("attach anna ../offer.pdf")
    cf.ok("undo")
    cf.ok("log anna y -n fri")
    assert look(outside) == before
    assert "papers/.waiting" in [finding["file"] for finding in cf("doctor --json").data["findings"]]


def test_only_what_cf_has_made_is_cleared(cf: Cf, fill: Callable[[], None]) -> None:
    fill()
    names = ("papers/.waiting/notes.txt", ".cf/papers/notes.txt", ".cf/daybook/.notes.tmp", ".cf/register.notes.tmp", "clients/.anna.toml.notes.tmp")  # fmt: skip
    for name in names:
        (cf.root / name).parent.mkdir(parents=True, exist_ok=True)
        (cf.root / name).write_text("mine")
    left = f"papers/.waiting/.paper.{HEX}.tmp"
    (cf.root / left).write_text("cf's")
    cf.ok("log anna x -n fri")
    cf.ok("attach anna ../offer.pdf")
    cf.ok("undo")
    cf.ok("log anna y -n fri")
    assert not (cf.root / left).exists()
    assert [name for name in names if not (cf.root / name).exists()] == []


def test_a_linked_dossier_keeps_being_one_and_is_named(cf: Cf, outside: Path, fill: Callable[[], None]) -> None:
    fill()
    kept = outside / "kept.toml"
    cf.path("anna").rename(kept)
    cf.path("anna").symlink_to(kept)
    cf.ok("log anna said hello -n fri")
    assert "said hello" in kept.read_text()
    cf.ok("undo")
    assert (kept.read_text(), cf.path("anna").is_symlink()) == (ANNA, True)
    found = {finding["file"]: finding["code"] for finding in cf("doctor --json").data["findings"]}
    assert found["clients/anna.toml"] == "link"


@pytest.mark.parametrize("top", ["papers", "clients", "removed", "forms"])
@pytest.mark.parametrize("to", [".git/hooks", ".", "..", ".cf/daybook"])
def test_a_directory_of_the_folder_leads_neither_to_gits_files_nor_back(
    cf: Cf, fill: Callable[[], None], top: str, to: str
) -> None:
    fill()
    (cf.root / ".git" / "hooks").mkdir(parents=True)
    put_link(cf, top, Path(to))
    for line in thorough.share(TELLING, len(top) + len(to)):
        run(cf, line)
    assert list((cf.root / ".git" / "hooks").iterdir()) == []


# The journal --------------------------------------------------------------------------------------------


def step(*files: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "at": "2026-07-15T10:00:00",
        "words": "x",
        "clients": [{"client": "anna", "name": "Anna"}],
        "files": list(files),
    } | more


def created(path: Any, content: Any = "evil", **more: Any) -> dict[str, Any]:
    return {"kind": "created", "path": path, "content": content, "like": None} | more


def deleted(path: Any, content: Any) -> dict[str, Any]:
    return {"kind": "deleted", "path": path, "content": content, "like": None}


def moved(path: Any, to: Any, content: Any = None) -> dict[str, Any]:
    return {"kind": "moved", "path": path, "to": to, "content": content}


def replaced(path: Any, before: Any, after: Any) -> dict[str, Any]:
    return {"kind": "replaced", "path": path, "before": before, "after": after}


def carried(path: Any, to: Any, content: str = "", source: Any = "/nowhere") -> dict[str, Any]:
    digest = hashlib.sha256(content.encode()).hexdigest()
    return {"kind": "carried", "path": path, "to": to, "digest": digest, "source": source}


THESIS, WAITING = "precious thesis.txt\n", f".cf/papers/.paper.{HEX}.tmp"
# A change that never has been made stands behind each: so a step that was cut short is taken back.
NEVER = created("clients/never.toml", 'name = "Never"\n')
# Steps of which some change leads out, by a path or through a link that was planted too: `papers/bad` and
# `clients/bad` lead to the directory outside, `clients/evil.toml` and `clientfolder.toml` to files there.
LEADING_OUT: dict[str, list[dict[str, Any]]] = {
    "delete above": [created("../outside/thesis.txt", THESIS), NEVER],
    "write above": [deleted("../outside/new.txt", "evil"), NEVER],
    "absolute": [deleted("ABSOLUTE/new.txt", "evil"), NEVER],
    "delete through papers": [created("papers/bad/thesis.txt", THESIS), NEVER],
    "write through papers": [deleted("papers/bad/new.txt", "evil"), NEVER],
    "delete through clients": [created("clients/bad/thesis.txt", THESIS), NEVER],
    "write through clients": [deleted("clients/bad/new.toml", "evil"), NEVER],
    "replace a linked file": [replaced("clients/evil.toml", "evil", THESIS), NEVER],
    "replace back a linked file": [replaced("clients/evil.toml", 'name = "Evil"\n', THESIS), NEVER],
    "replace linked settings": [replaced("clientfolder.toml", "evil = 1\n", THESIS), NEVER],
    "carry from there": [carried("papers/bad/thesis.txt", "papers/anna/thesis.txt", THESIS)],
    "carry there": [carried(WAITING, "papers/bad/new.txt", "evil"), NEVER],
    "carry back from there": [carried(WAITING, "papers/bad/thesis.txt", THESIS), NEVER],
    "move a directory": [moved("papers/bad/anna", "papers/gone"), NEVER],
    "move a directory back": [moved("papers/gone", "papers/bad/anna"), NEVER],
    "move a file": [moved("clients/stolen.toml", "papers/bad/thesis.txt", THESIS), NEVER],
    "git hook": [deleted(".git/hooks/pre-commit", "evil"), NEVER],
    "git hook forward": [created(".git/hooks/pre-commit", "evil"), NEVER],
    "git below": [deleted("clients/.git/hooks/pre-commit", "evil"), NEVER],
    "own lock": [deleted(".cf/lock", ""), NEVER],
    "own journal": [created(".cf/daybook/000009.done.json", "{}"), NEVER],
    "the folder itself": [moved("clients", "papers/clients"), NEVER],
    "empty path": [deleted("", "evil"), NEVER],
    "dot": [moved(".", "papers/x"), NEVER],
    "double slash": [deleted("clients//x.toml", "evil"), NEVER],
    "back up": [deleted("clients/../../outside/new.txt", "evil"), NEVER],
    "like above": [created("clients/x.toml", "evil", like="../outside/thesis.txt"), NEVER],
}  # fmt: skip
STATES = ("000001.doing.json", "000001.undoing.json", "000001.done.json", "000001.undone-000001.json")
# What such a step may be made use of by.
MET_BY = {
    "doing": ("log anna x -n fri", "undo", "doctor"), "undoing": ("log anna x -n fri", "redo", "today"),
    "done": ("undo", "undo anna", "history", "doctor"), "undone": ("redo", "log anna x -n fri"),
}  # fmt: skip


def in_states(kinds: Iterable[str], shares: int) -> list[tuple[str, str]]:
    """Each kind of step in each state; usually in some of them, which turn from kind to kind."""
    return [(kind, name) for number, kind in enumerate(kinds) for name in thorough.share(STATES, number, shares)]


def plant(cf: Cf, name: str, record: object) -> None:
    book = cf.root / ".cf" / "daybook"
    book.mkdir(parents=True, exist_ok=True)
    (book / name).write_text(record if isinstance(record, str) else json.dumps(record))


def lay_links(cf: Cf, outside: Path) -> None:
    (cf.root / "papers" / "bad").symlink_to(outside)
    (cf.root / "clients" / "bad").symlink_to(outside)
    (cf.root / "clients" / "evil.toml").symlink_to(outside / "thesis.txt")
    (cf.root / "clientfolder.toml").unlink()
    (cf.root / "clientfolder.toml").symlink_to(outside / "thesis.txt")
    (cf.root / ".git" / "hooks").mkdir(parents=True)
    (cf.root / ".cf" / "papers").mkdir(parents=True, exist_ok=True)
    (cf.root / WAITING).write_text("evil")


@pytest.mark.parametrize(("kind", "name"), in_states(LEADING_OUT, 2))
def test_a_planted_step_leads_nowhere(
    cf: Cf, outside: Path, fill: Callable[[], None], kind: str, name: str
) -> None:  # fmt: skip
    before = look(outside)
    record = json.loads(json.dumps(step(*LEADING_OUT[kind])).replace("ABSOLUTE", str(outside)))
    for line in MET_BY[name.split(".")[1].partition("-")[0]]:
        # Also where the last change has been made, and the step would be finished instead.
        for is_made in (False, True) if "doing" in name else (False,):
            fill()
            lay_links(cf, outside)
            if is_made:
                (cf.root / "clients" / "never.toml").write_text('name = "Never"\n')
            plant(cf, name, record)
            run(cf, line)
            assert look(outside) == before, line
            assert list((cf.root / ".git" / "hooks").iterdir()) == [], line
            assert (cf.root / "clients").is_dir()
            assert not (cf.root / "clients" / ".git").exists()


GOOD = created("clients/new.toml", 'name = "New"\n')
UNFIT: dict[str, Any] = {
    "nothing": "", "no JSON": "{", "a list": [], "a number": 7, "null": None, "deep": "[" * 100_000, "huge": "9" * 5000,
    "a huge number": '{"at": ' + "9" * 5000 + "}",
    "no files": step(files=None), "files of no kind": step({"path": "x"}), "files a text": step(files="abc"), "a kind of its own": step({"kind": "evil", "path": "x"}),
    "kind a list": step({"kind": [], "path": "x"}), "a file a list": step(files=[[]]), "one key more": step(GOOD | {"more": "x"}),
    "no content": step(created("clients/new.toml", None)), "content a number": step(created("clients/new.toml", 7)), "content a list": step(created("clients/new.toml", ["x"])),
    "content a half surrogate": step(created("clients/new.toml", "\ud800")), "path a NUL": step(created("clients/a\0b.toml")), "path a number": step(created(7)),
    "path a half surrogate": step(created("clients/\ud800.toml")), "path true": step(created(True)), "path nothing": step(created(None)), "path a list": step(created([])),
    "path long": step(created(f"clients/{'x' * 5000}.toml")), "like a NUL": step(created("clients/new.toml", like="clients/\0.toml")), "like a number": step(created("clients/new.toml", like=7)),
    "source a NUL": step(carried(WAITING, "papers/anna/x", source="/a\0b")), "source a number": step(carried(WAITING, "papers/anna/x", source=7)),
    "source a half surrogate": step(carried(WAITING, "papers/anna/x", source="/\ud800")), "digest a list": step(carried(WAITING, "papers/anna/x") | {"digest": []}),
    "moved a number": step(moved("papers/anna", 7)), "moved half": step({"kind": "moved", "path": "papers/anna"}), "before nothing": step(replaced("clients/anna.toml", None, "x")),
    "at a number": step(GOOD, at=7), "at no moment": step(GOOD, at="\x1b[2Jyesterday"), "at nothing": step(GOOD, at=None), "words a list": step(GOOD, words=[]),
    "words a half surrogate": step(GOOD, words="\ud800"), "clients a number": step(GOOD, clients=7), "clients numbers": step(GOOD, clients=[7]),
    "client a number": step(GOOD, clients=[{"client": 7, "name": "x"}]), "client above": step(GOOD, clients=[{"client": "../../outside/evil", "name": "x"}]),
    "client a NUL": step(GOOD, clients=[{"client": "a\0", "name": "x"}]), "client a half surrogate": step(GOOD, clients=[{"client": "\ud800", "name": "x"}]),
    "client's name a list": step(GOOD, clients=[{"client": "new", "name": []}]),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), in_states(UNFIT, 4))
def test_an_unfit_step_is_a_damaged_one(cf: Cf, outside: Path, fill: Callable[[], None], kind: str, name: str) -> None:
    before = look(outside)
    for line in MET_BY[name.split(".")[1].partition("-")[0]][:2]:
        fill()
        (cf.root / ".cf" / "papers").mkdir(parents=True)
        (cf.root / WAITING).write_text("")
        plant(cf, name, UNFIT[kind])
        answer = cf(line)
        assert "Traceback" not in answer.err
        expected = {"undo": (7,), "undo anna": (7,), "redo": (7,), "doctor": (0, 1)}.get(line, (0,))
        assert answer.exit in expected, (line, answer)
        assert not cf.path("new").exists()
        assert look(outside) == before


@pytest.mark.parametrize(
    "name", ["0000001.done.json", "٠٠٠٠٠١.done.json", f"{'9' * 200}.done.json", "000001.undone.json", "000001.done-000001.json", "000001.doing-000001.json"],
)  # fmt: skip
def test_a_file_that_is_called_almost_like_a_step_is_none(cf: Cf, fill: Callable[[], None], name: str) -> None:
    fill()
    plant(cf, name, step(GOOD))
    assert cf("undo").exit == 7
    assert cf("redo").exit == 7
    assert "settled" not in cf.ok("log anna x -n fri").err
    cf.ok("undo")
    cf.ok("redo")


# The index and what else is kept ------------------------------------------------------------------------

EVIL = [
    "../../outside/evil",
    "../evil",
    "a/b",
    "slips/evil",
    "/etc/passwd",
    "a\0b",
    "..",
    ".hidden",
    "",
    "anna.sync-conflict-1",
]


def written(raw: bytes, change: Callable[[list[list[bytes]]], None]) -> bytes:
    """An index with other columns, its head as that of a sound one."""
    head, _, body = raw.partition(b"\n")
    said, _, *lengths = head.decode().rsplit(" ", 7)
    columns, at = [], 0
    for length in map(int, lengths):
        columns.append(body[at : at + length].split(b"\n"))
        at += length
    change(columns)
    parts = [b"\n".join(column) for column in columns]
    new, sizes = b"".join(parts), " ".join(str(len(part)) for part in parts)
    return f"{said} {zlib.crc32(new, zlib.crc32(sizes.encode())):08x} {sizes}\n".encode() + new


def mark(path: Path) -> bytes:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return b"1 2 3 4"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}".encode()


def indexed(cf: Cf, fill: Callable[[], None]) -> None:
    """The folder with its index, entered as those of files that are old enough."""
    fill()
    for name in ("clients", "slips"):
        for path in (cf.root / name).iterdir():
            os.utime(path, ns=(10**18, 10**18))
    cf.ok("today")
    assert (cf.root / ".cf" / "register").exists()


NAMING = ("today", "show evil", "log evil x -n fri", "doctor", "remove evil")


@pytest.mark.parametrize("kept", ["register", "slips-register"])
@pytest.mark.parametrize("client", EVIL)
def test_a_planted_line_of_the_index_leads_nowhere(
    cf: Cf, outside: Path, fill: Callable[[], None], client: str, kept: str
) -> None:
    (outside / "evil.toml").write_text('name = "Evil"\n')
    before = look(outside)
    for line in thorough.share(NAMING, EVIL.index(client), 3):
        indexed(cf, fill)
        path = cf.root / ".cf" / kept
        home = cf.root / "clients" if kept == "register" else cf.root

        def change(columns: list[list[bytes]], home: Path = home) -> None:
            columns[0][0] = client.encode()
            columns[1][0] = mark(home / f"{client}.toml")

        path.write_bytes(written(path.read_bytes(), change))
        run(cf, line)
        assert look(outside) == before, line
        assert "Evil" not in cf("list").out


VALUES = [b"", b"evil", b"\0", b"\xff", b"9999-99-99", b"[]", b"[" * 100_000, b"{", b"1\n2"]


# A value that cannot be in its column, and a column that is short of one.
@pytest.mark.parametrize(
    ("number", "value"),
    [*((number, value) for number in (0, 2, 5) for value in VALUES), *((number, None) for number in range(6))],
    ids=lambda given: str(given)[:16],
)
def test_an_index_of_another_make_is_as_good_as_none(
    cf: Cf, fill: Callable[[], None], number: int, value: bytes | None
) -> None:
    indexed(cf, fill)
    path = cf.root / ".cf" / "register"

    def change(columns: list[list[bytes]]) -> None:
        if value is None:
            columns[number].pop()
        else:
            columns[number][0] = value

    sound = cf.ok("list --json").data
    path.write_bytes(written(path.read_bytes(), change))
    assert cf.ok("list --json").data == sound
    for line in thorough.share(("today", "show anna", "log anna x -n fri", "doctor"), number):
        run(cf, line)


@pytest.mark.parametrize(
    "body", ["1 99999999999999999999\n", "-5 2\n", "2026 1\n", "1 9999\n", "2026 2030\n0000-00-00 x", "2026 2030\n9999-12-31", "x", "", "\0", "2026"],
)  # fmt: skip
def test_planted_holidays_are_looked_up_anew(cf: Cf, fill: Callable[[], None], body: str) -> None:
    from clientfolder.binder import holiday_cache
    from clientfolder.dates import holidays

    fill()
    (cf.root / "clientfolder.toml").write_text('holidays = "DE-BY"\n')
    sound = cf.ok("week 28 dec --json").data
    assert any(day["off"] for day in sound["days"])
    path = cf.root / ".cf" / "holidays"
    head = f"{holiday_cache.HEAD} DE-BY {holidays.edition()}"
    path.write_bytes(f"{head} {zlib.crc32(body.encode()):08x}\n{body}".encode())
    assert cf.ok("week 28 dec --json").data == sound
    for line in ("today", "week", "log anna x -n fri"):
        run(cf, line)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"day": "2026-07-15", "client": ["x"], "skipped": []}', '{"day": "2026-07-15", "client": "../../outside/evil", "skipped": ["a\\u0000b"]}', '{"day": "2026-07-15", "client": null, "skipped": 7}', "9" * 5000])  # fmt: skip
def test_a_planted_bookmark_is_none(cf: Cf, fill: Callable[[], None], text: str) -> None:
    fill()
    (cf.root / ".cf").mkdir()
    shown = cf("today -i", typed="q")
    (cf.root / ".cf" / ".pile").write_text(text)
    assert cf("today -i", typed="q") == shown
    run(cf, "today -i")


# The dossiers gone --------------------------------------------------------------------------------------

NEED_NO_DOSSIERS = (
    "init elsewhere",
    "demo elsewhere",
    "settings",
    "history",
    "doctor",
    "form check",
    "help dates",
    "init",
    "when fri",
)


@pytest.mark.parametrize(
    ("line", "kind"), [*((line, "gone") for line in LINES), *((line, kind) for line in ("list", "new Carl -n fri", "undo") for kind in ("a file", "a link to nowhere"))]
)  # fmt: skip
def test_without_the_directory_of_the_dossiers_nothing_is_believed(
    cf: Cf, fill: Callable[[], None], line: str, kind: str
) -> None:
    fill()
    cf.ok("log anna x -n fri")
    cf.ok("remove bert")
    cf.ok("undo" if line == "redo" else "log anna y -n fri")
    place = cf.root / "clients"
    place.rename(cf.root.parent / "away")
    if kind == "a file":
        place.write_text("mine")
    elif kind != "gone":
        place.symlink_to("nowhere")
    answer = cf(f"{line} --json" if line != "today -i" else line, typed="q\n" if line == "today -i" else None)
    if line not in NEED_NO_DOSSIERS:
        assert answer.exit == 5, answer
        if line != "today -i":
            [error] = answer.json["errors"]
            assert (error["code"], error["file"]) == ("io", "clients")
            assert (f"mkdir {place}" in error["message"]) is (kind == "gone")
    else:
        assert answer.exit in (0, 1, 2), answer
    assert not place.is_dir()
    assert not (cf.root / "nowhere").exists()
    if kind != "gone":
        place.unlink()
    (cf.root.parent / "away").rename(place)
    cf.ok("today")


def test_the_letter_says_how_a_folder_that_never_had_one_goes_on(cf: Cf) -> None:
    """git keeps no empty directory: a clone of a folder without a client has none."""
    (cf.root / "clients").rmdir()
    answer = cf("new Anna -n fri")
    assert answer.exit == 5
    command = re.search(r"mkdir (\S+)", answer.err)
    assert command is not None
    Path(command[1].rstrip(".")).mkdir()
    cf.ok("new Anna -n fri")
