"""A folder under watch: what a command does in it, call by call, and how each of its dossiers is before and after.

A new command is swept by the example in its row; lines of its own stand in `WRITING` or in `READING`.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from clientfolder.cli import main
from clientfolder.cli.commands.table import TABLE, Writes
from clientfolder.workspace import Environment
from warm import Ended, Warm

ANNA = '# mine\nname = "Anna"\n\n[next]\non = 2026-07-10\nkind = "call"\nhow = "planned"\n\n[[log]]\nat = 2026-07-01\ntext = "a"\n'
BERT = 'name = "Bert"\r\nnext.on = 2026-07-16\r\n'
CARDS = "".join(
    f"BEGIN:VCARD\nFN:{name}\nTEL:{number}\nEND:VCARD\n"
    for number, name in enumerate(("Anna", "Carl", "Dora"), 5550101)
)
CSV = "name,next\nCarl,fri\nDora,mon\n"


class Act(NamedTuple):
    """A command line, what is piped into it, what was done before, and in which kind of folder.

    `linked`: the dossiers are links, one relative and one absolute. `locked`: their files may not be written.
    """

    line: str
    piped: str = ""
    before: tuple[str, ...] = ()
    kind: str = "plain"


WRITING = {
    "log": Act("log anna hello -n fri"),
    "log from standard input": Act("log anna - -n fri", "two\nlines\n"),
    "log in the editor": Act("log anna -e -n fri"),
    "log with a form": Act("log anna --form first-call --answer ended=later start=1 sept -n fri"),
    "log with a complaint and a question": Act("log anna hello --complaint two broke --question why --rating 2"),
    "log of a remedy": Act("log anna new ones sent --remedied", before=("log anna --complaint two broke",)),
    "care": Act("care anna --remedy new ones --cause thin board", before=("log anna --complaint two broke",)),
    "log through a link": Act("log anna hello -n fri", kind="linked"),
    "log into a locked file": Act("log bert hello -n fri", kind="locked"),
    "move": Act("move anna bert -n mon"),
    "move through links": Act("move anna bert -n mon", kind="linked"),
    "spread": Act(
        "spread 15..31 --cap 1 --yes", before=("file anna 16 july", "log bert x -n 16 july", "new Carl -n 16 july")
    ),
    "away": Act("away 16..17 july --yes", before=("file anna 16 july",)),
    "away into linked settings": Act("away 16..17 july --yes", kind="linked"),
    "snooze": Act("snooze anna 1w"),
    "file": Act("file bert 24 july"),
    "new": Act("new Carl -n fri"),
    "new from a table": Act("new -", CSV),
    "import": Act("import ../cards.vcf --same --yes"),
    "set": Act("set bert phone=1 tags+=vip"),
    "pay of a table": Act("pay - --yes", "date,client,amount\n2026-06-01,anna,5\n2026-06-02,bert,7\n"),
    "worth": Act(
        "worth --apply anna --yes",
        before=('settings rhythm_by_class={one-off="1 week",beginner="2 weeks"}', "pay anna 5", "pay bert 5"),
    ),
    "rename": Act("rename bert Bert Nowak"),
    "rename with papers": Act("rename anna Anna Nowak", kind="papers"),
    "rename of a link": Act("rename anna Anna Nowak", kind="linked"),
    "slip": Act("slip send the mockups --client anna -n fri!"),
    "slip ticked": Act("log mockups", before=("slip send the mockups --client anna -n fri!",)),
    "rename with slips": Act(
        "rename anna Anna Nowak", before=("slip mockups --client anna -n fri", "slip cards --client anna -n mon")
    ),
    "rest": Act("rest anna why"),
    "remove": Act("remove anna"),
    "remove of a link": Act("remove anna", kind="linked"),
    "edit": Act("edit anna"),
    "edit through a link": Act("edit bert", kind="linked"),
    "form": Act("form new first-call"),
    "undo of a form": Act("undo", before=("form new visit",)),
    "attach": Act("attach anna ../offer.pdf"),
    "attach several": Act("attach anna ../offer.pdf ../offer.pdf ../other.pdf", kind="papers"),
    "undo of a paper": Act("undo", before=("attach anna ../offer.pdf",)),
    "redo of a paper": Act("redo", before=("attach anna ../offer.pdf", "undo")),
    "undo": Act("undo", before=("move anna bert -n mon",)),
    "undo of a setting": Act("undo", before=("settings capacity=6",)),
    "settings through a link": Act("settings capacity=6", kind="linked"),
    "undo of a rename": Act("undo", before=("rename anna Anna Nowak",), kind="papers"),
    "undo through links": Act("undo", before=("log anna x -n fri", "remove anna"), kind="linked"),
    "redo": Act("redo", before=("rename bert Bert Nowak", "undo")),
    "merge": Act("merge --all --yes", kind="copies"),
    "handover": Act("handover ../pavel 16..24 july --who Pavel"),
    "handover that is back": Act(
        "handover --back ../pavel --yes",
        before=("handover ../pavel 16..24 july", "log anna there -n 24 july --folder ../pavel"),
    ),
    "merge of two": Act("merge anna bert --yes", kind="papers"),
    "init": Act("init elsewhere"),
    "demo": Act("demo elsewhere"),
    "export": Act("export ics --out elsewhere/taken.ics", before=("init elsewhere",)),
    "export anew": Act(
        "export ics --out elsewhere/taken.ics",
        before=("init elsewhere", "export ics --out elsewhere/taken.ics", "file bert mon"),
    ),
    "print": Act("print day --out elsewhere/page.html", before=("init elsewhere",)),
    "backup": Act("backup ../taken.tar.gz"),
    "restore": Act("restore ../made.tar.gz elsewhere", before=("backup ../made.tar.gz",)),
}
READING = {
    "today": Act("today", before=("log anna x -n fri",)),
    "review": Act("review week", before=("log anna x -n fri",)),
    "list": Act("list --full"),
    "week": Act("week"),
    "week with holidays": Act("week", kind="holidays"),
    "binder": Act("binder", kind="linked"),
    "dated binder": Act("binder --dated"),
    "when": Act("when fri"),
    "show": Act("show anna"),
    "find": Act("find a"),
    "list of forms": Act("form list", before=("form new visit",)),
    "today with slips": Act("today", before=("slip mockups --client anna -n today", "log anna x -n fri")),
    "open": Act("open anna", kind="papers"),
    "show with papers": Act("show anna", kind="papers"),
    "history": Act("history", before=("log anna x -n fri",)),
    "doctor": Act("doctor"),
    "settings shown": Act("settings"),
    "a dry run": Act("log anna hello -n fri --dry-run"),
}  # fmt: skip
for _row in TABLE:
    (READING if _row.writes is Writes.NOTHING else WRITING).setdefault(_row.name, Act(_row.example))

WRITE_LIKE = (
    "write", "pwrite64", "writev", "pwritev", "sendfile", "copy_file_range", "ftruncate", "truncate", "fallocate",
    "fsync", "fdatasync", "sync_file_range", "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "utimensat",
    "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "mkdir",
    "mkdirat", "flock",
)  # fmt: skip
READ_LIKE = ("read", "pread64", "getdents64", "newfstatat", "fstat", "stat", "lstat", "statx", "readlink", "access")

MOST_ALIKE = 4

strace = shutil.which("strace")


def why_not() -> str:
    """Why nothing can be traced here; empty where it can."""
    if strace is None:
        return "strace is not installed (Debian: apt-get install strace)"
    tried = subprocess.run([strace, "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace on this machine"


@dataclass(frozen=True)
class Call:
    """One system call of the traced run: the `ordinal`th of its name."""

    name: str
    ordinal: int
    text: str
    does: Literal["write", "read", "close"]

    @property
    def like(self) -> str:
        """What calls that do the same to another file have in common."""
        return re.sub(r"[^/]*\.(toml|json|tmp)\b|\d+", "", self.text)


class Look(NamedTuple):
    """A file as it is: its bytes, its mode, and where it leads if it is a link."""

    content: bytes
    mode: int
    link: str | None


class Folder:
    """A folder that can be put back as it was before each run."""

    def __init__(self, place: Path, act: Act, warm: Warm) -> None:
        self.place, self.act, self.warm = place, act, warm
        self.root = place / "folder"
        self.taken = place / "taken.tar.gz"
        editor = place / "editor"
        editor.write_text('#!/bin/sh\necho "# by hand" >> "$1"\n')
        editor.chmod(0o755)
        (place / "scratch").mkdir()
        (place / "offer.pdf").write_bytes(b"an offer" * 100)
        (place / "cards.vcf").write_text(CARDS)
        (place / "other.pdf").write_bytes(b"another")
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(place), "XDG_CONFIG_HOME": str(place), "CF_TODAY": "2026-07-15T10:00:00",
            "CF_FOLDER": str(self.root), "EDITOR": str(editor), "CF_OPENER": "true", "TMPDIR": str(place / "scratch"), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        (self.root / "clients").mkdir(parents=True)
        (self.root / "clientfolder.toml").write_text('holidays = "DE-BY"\n' if act.kind == "holidays" else "")
        self._fill()
        for line in act.before:
            assert self.then(line) == 0
        self._put(self.root, place / "as it was")
        self.gives = not (place / "pavel").exists()

    def _fill(self) -> None:
        clients, lying = self.root / "clients", self.root / "clients"
        if self.act.kind == "linked":
            lying = self.root / "shelf"
            lying.mkdir()
            (clients / "anna.toml").symlink_to("../shelf/anna.toml")
            (clients / "bert.toml").symlink_to(lying / "bert.toml")
        if self.act.kind == "copies":
            (clients / "anna.sync-conflict-20260715-103000-ABCDEFG.toml").write_text(
                f"{ANNA}\n[[log]]\nat = 2026-07-02\n"
            )
        if self.act.kind == "papers":
            (self.root / "papers" / "anna").mkdir(parents=True)
            (self.root / "papers" / "anna" / "offer.txt").write_text("offer")
        for name, content, mode in (("anna.toml", ANNA, 0o600), ("bert.toml", BERT, 0o640)):
            (lying / name).write_bytes(content.encode())
            (lying / name).chmod(0o444 if self.act.kind == "locked" else mode)

    @staticmethod
    def _put(here: Path, there: Path) -> None:
        shutil.copytree(here, there, symlinks=True)

    def put_back(self) -> None:
        shutil.rmtree(self.root)
        shutil.rmtree(self.place / "clientfolder", ignore_errors=True)
        self.taken.unlink(missing_ok=True)
        if self.gives:
            shutil.rmtree(self.place / "pavel", ignore_errors=True)
        self._put(self.place / "as it was", self.root)

    def run(self, *tracer: str, **how: Any) -> Ended:
        words = self.act.line.split()
        # What is the matter with a stream may only be told at the very end.
        how.setdefault("ends_at_once", "streams" not in how)
        return self.warm.run(words, tracer=list(tracer), env=self.env, cwd=str(self.root), piped=self.act.piped, **how)

    def traced(self, *options: str) -> tuple[Ended, str]:
        """The command traced, with faults where the options inject them; how it ended, and the trace."""
        trace = self.place / "trace"
        assert strace
        calls = ",".join(f"?{name}" for name in ("openat", "close", *WRITE_LIKE, *READ_LIKE))
        ended = self.run(strace, "-y", "-s", "0", "-o", str(trace), "-e", f"trace={calls}", *options, "-p")
        return ended, trace.read_text()

    def failing(self, call: Call, fault: str) -> tuple[Ended, str]:
        """The command with this fault at this call."""
        ordinal = call.ordinal
        for _ in range(3):
            ended, trace = self.traced("-e", f"inject={call.name}:{fault}:when={ordinal}")
            if re.search(r"INJECTED|--- SIG|killed by", trace):
                break
            # Python has made one call fewer than before, as it sometimes does: the same call is another in number.
            again = (one.ordinal for one in self._calls_in(trace) if (one.name, one.like) == (call.name, call.like))
            ordinal = next(again, ordinal)
            self.put_back()
        return ended, trace

    def then(self, words: str) -> int:
        """A command before or after, in this process; its exit code."""
        out = io.StringIO()
        environment = Environment(
            self.env, str(self.root), io.StringIO(), out, out, lambda: datetime(2026, 7, 15), lambda: str(self.place)
        )
        return main(words.split(), environment)

    def history(self) -> list[str]:
        """What was done in the folder, as `cf history` tells it."""
        names = sorted((self.root / ".cf" / "daybook").glob("*.done.json"))
        return [json.loads(name.read_text())["words"] for name in names]

    def dossiers(self) -> dict[str, Look]:
        """Every file that is a person's: dossiers, those set aside, papers, settings; and an archive of it all."""
        found: dict[str, Look] = {}
        for directory, below, names in os.walk(self.root):
            below[:] = [name for name in below if not name.startswith(".")]
            for path in (Path(directory, name) for name in names if not name.startswith(".")):
                link = os.readlink(path) if path.is_symlink() else None
                found[str(path.relative_to(self.root))] = Look(path.read_bytes(), path.stat().st_mode & 0o777, link)
        if self.taken.exists():
            # It holds the times of directories, which differ; what counts is that all of it can be read.
            whole = self.then(f"restore {self.taken} {self.place}/dry --dry-run") == 0
            found["taken"] = Look(b"whole" if whole else b"damaged", self.taken.stat().st_mode & 0o777, None)
        return found

    def left_over(self) -> list[str]:
        """What only lies in the folder while a command writes."""
        left = re.compile(r"\..*\.tmp|\d+\.(un|re)?doing(-\d+)?\.json")
        return [str(path) for path in self.root.rglob("*") if left.fullmatch(path.name)]

    def calls(self) -> Iterator[Call]:
        """The calls that the command makes in the folder, and beside it where the editor's file lies.

        Of more than MOST_ALIKE that do the same to as many files, as when a demo is laid out, the first are taken.
        """
        ended, trace = self.traced()
        assert ended.code in (0, 1), ended
        alike: Counter[str] = Counter()
        for call in self._calls_in(trace):
            alike[call.like] += 1
            if alike[call.like] <= MOST_ALIKE:
                yield call

    def _calls_in(self, trace: str) -> Iterator[Call]:
        """The calls of a trace that concern the folder."""
        ordinals: Counter[str] = Counter()
        # Where the command was started is told at calls that have nothing to do with the folder.
        for line in trace.replace(f"AT_FDCWD<{self.root}>", "").splitlines():
            name = line.partition("(")[0]
            ordinals[name] += 1
            if str(self.place) in line:
                does = "close" if name == "close" else "write" if name in WRITE_LIKE or "O_CREAT" in line else "read"
                yield Call(name, ordinals[name], line.replace(str(self.place), ""), does)
