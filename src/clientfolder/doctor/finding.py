"""What is looked at, and what a finding says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from clientfolder.binder.binder import Binder
from clientfolder.binder.index.index import Contents
from clientfolder.binder.toml.scanner import Path
from clientfolder.errors import Warned
from clientfolder.settings import Settings
from clientfolder.tuples import NamedTuple

DEFAULTS = Settings()


class Finding(NamedTuple):
    """One thing that is wrong or odd. `mend` is the command that mends it, or what to do by hand."""

    code: str
    client: str | None
    file: str | None
    line: int | None
    message: str
    mend: str | None


class Fault(NamedTuple):
    """What is wrong with a key of a dossier; its line is still to be looked up."""

    code: str
    path: Path
    message: str
    mend: str


@dataclass(frozen=True)
class Folder:
    """A folder as it is looked at on one day.

    `look` reads all dossiers, and raises CannotReach where their directory cannot be read. `cwd` is where the lines
    that mend it will be pasted, and `said` what a command must be told to find the folder from there. `holidays` are
    the warnings that the setting of that name has led to, `settings` all of them as far as they can be read.
    """

    binder: Binder
    look: Callable[[], Contents]
    day: date
    cwd: str
    said: str | None = None
    holidays: Sequence[Warned] = ()
    settings: Settings = DEFAULTS

    @cached_property
    def contents(self) -> Contents:
        """All dossiers, read once."""
        return self.look()

    @property
    def root(self) -> str:
        return self.binder.root
