"""Makers of folders, and a `cf` that runs the real front door in this process."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TextIO

from clientfolder.binder.journal import lock
from clientfolder.cli import app
from clientfolder.workspace import Environment

EXAMPLE = Path(__file__).parent.parent / "examples" / "vera-lindt"
EXAMPLE_DAY = "2026-07-15"
# A client whose date has passed.
BOB = 'name = "Bob Builder"\ntags = ["b2c"]\n\n[next]\non = 2026-07-10\n'
# One who is called on a day to come, and one who was called and lies at today.
FILED = 'name = "Anna Kowalska"\n\n[next]\non = 2026-07-20\n'
CALLED = """\
name = "Anna Kowalska"

[next]
on = 2026-07-15
kind = "call"
how = "planned"

[[log]]
at = 2026-07-01T10:00:00+02:00
kind = "call"
text = "All is well."
"""

# Whole records that are of money or of care, and lines of other records that are.
OF_MONEY_OR_CARE = re.compile(
    r'\[\[(payments|deals)\]\]|\[\[log\]\]\n(?:(?!\n).*\n)*?kind = "(question|complaint)"', re.MULTILINE
)
LINES_OF_MONEY_OR_CARE = re.compile(r"^(rating|sent_by) = .*\n", re.MULTILINE)


def without_money_and_care(dossier: str) -> str:
    """The dossier as somebody has it who keeps no payments, deals, complaints, questions and ratings."""
    blocks = [block for block in dossier.split("\n\n") if not OF_MONEY_OR_CARE.match(block)]
    return LINES_OF_MONEY_OR_CARE.sub("", "\n\n".join(blocks).rstrip("\n") + "\n")


Shell = Callable[..., "subprocess.CompletedProcess[str]"]


class Typing(io.StringIO):
    """A stream at a terminal: as standard input what is typed, line by line, and then nothing more."""

    def isatty(self) -> bool:
        return True


def _pipe(content: str | bytes) -> TextIO:
    return io.TextIOWrapper(io.BytesIO(content), "utf-8") if isinstance(content, bytes) else io.StringIO(content)


@dataclass(frozen=True)
class Answer:
    """What a command line gave back."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        return self.json["data"]


@dataclass
class Cf:
    """Runs command lines in one folder, on one day."""

    root: Path
    home: Path
    today: str | None = "2026-07-15T10:30:00"
    env: dict[str, str] = field(default_factory=dict)
    patience: float = lock.PATIENCE_SECONDS

    def __call__(
        self, line: str | list[str], *, typed: str | None = None, piped: str | bytes | None = None, today: str | None = None,
        terminal: bool = False,
    ) -> Answer:  # fmt: skip
        """`typed`: what is typed at a terminal. `piped`: standard input from a pipe. Neither: an empty pipe.

        Both: the pipe is read first, and what is asked then is answered at the terminal.

        `terminal`: standard output is one too.
        """
        out, err = Typing() if terminal else io.StringIO(), io.StringIO()
        day = today or self.today
        environment = Environment(
            env={"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config")}
            | ({"CF_TODAY": day} if day else {})
            | self.env,
            cwd=str(self.root),
            stdin=Typing(typed) if typed is not None and piped is None else _pipe(piped or ""),
            terminal=lambda: Typing(typed) if typed is not None else None,
            stdout=out,
            stderr=err,
            clock=lambda: datetime(2026, 7, 15, 10, 30, tzinfo=timezone(timedelta(hours=2))),
            config_dir=lambda: str(self.home / "config" / "clientfolder"),
            patience=self.patience,
        )
        words = shlex.split(line) if isinstance(line, str) else line
        return Answer(app.front_door(words, environment), out.getvalue(), err.getvalue())

    def ok(self, line: str | list[str], **how: Any) -> Answer:
        answer = self(line, **how)
        assert answer.exit == 0, answer
        return answer

    def path(self, client: str) -> Path:
        return self.root / (f"{client}.toml" if client.startswith("slips/") else f"clients/{client}.toml")

    def text(self, client: str) -> str:
        return self.path(client).read_bytes().decode()

    def write(self, client: str, text: str) -> Path:
        path = self.path(client)
        path.write_bytes(text.encode())
        return path

    def row(self, client: str, **how: Any) -> dict[str, Any]:
        data: dict[str, Any] = self.ok(["show", client, "--json"], **how).data
        return data

    def next(self, client: str, **how: Any) -> dict[str, Any] | None:
        contact: dict[str, Any] | None = self.row(client, **how)["next"]
        return contact

    def tree(self) -> dict[str, bytes]:
        """Every dossier's bytes, those of slips and set aside ones too."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for directory in ("clients", "slips", "removed")
            for path in sorted((self.root / directory).glob("*"))
        }


def empty_folder(place: Path) -> Cf:
    """A folder without clients, and a home beside it."""
    root = place / "folder"
    (root / "clients").mkdir(parents=True)
    (root / "clientfolder.toml").write_text("")
    (place / "home").mkdir()
    return Cf(root, place / "home")
