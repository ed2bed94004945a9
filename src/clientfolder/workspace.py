"""Which folder, which day and which settings a run has, worked out from the Environment that `cli.app` made."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from clientfolder import settings
from clientfolder.binder import files
from clientfolder.binder.binder import CLIENTS, PRIVATE, Binder
from clientfolder.binder.journal import lock
from clientfolder.binder.toml import parser
from clientfolder.dates.calendar import WorkingDays
from clientfolder.dates.grammar import Ground
from clientfolder.dates.phrases import YEARS_AHEAD
from clientfolder.errors import CannotReach, Misused, NoFolder, Refused, Trouble, Unreadable, Warned
from clientfolder.settings import Settings
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DEFAULT_FILE = "default.toml"


def _in_local_time(moment: datetime) -> datetime:
    """The moment with the offset that this place had then; where the clocks skipped it, as much later.

    `astimezone` alone would take it back to before the gap, at midnight even to the day before.
    """
    return datetime.fromtimestamp(moment.timestamp(), UTC).astimezone()


class Environment(NamedTuple):
    """What is outside the program: made once in `cli.app`, or by a test.

    `patience`: for how many seconds nothing may move before a command that waits for another gives up.
    """

    env: Mapping[str, str]
    cwd: str
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    clock: Callable[[], datetime]
    config_dir: Callable[[], str]
    program: str = "cf"
    patience: float = lock.PATIENCE_SECONDS
    # The words that start the program again, where that is not its name alone.
    started: Callable[[], Sequence[str]] | None = None
    # Columns and lines of the terminal's window.
    window: Callable[[], tuple[int, int]] = lambda: (80, 24)
    temporary_directory: Callable[[], str] = lambda: "/tmp"
    # The name of this machine's time zone.
    zone: Callable[[], str] = lambda: "UTC"
    # The terminal to answer at, in the place of a standard input that was read to its end; None where there is none.
    terminal: Callable[[], TextIO | None] = lambda: None
    # Whether the streams are this process's own, so that a terminal there can be read key by key and made empty.
    is_process: bool = False

    @property
    def home(self) -> str:
        """The home directory of this user; empty where the environment does not say it."""
        return self.env.get("HOME", "")

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits at a terminal to answer."""
        return self.stdin.isatty()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines of standard output's window; what the environment says of them stands above it."""
        columns, lines = (_count(self.env.get(name, "")) for name in ("COLUMNS", "LINES"))
        if columns and lines:
            return columns, lines
        window = self.window()
        return columns or window[0] or 80, lines or window[1] or 24

    @property
    def has_keyboard(self) -> bool:
        """Whether standard input is this process's own, and a terminal."""
        return self.is_process and self.stdin.isatty()

    @property
    def has_screen(self) -> bool:
        """Whether standard output is this process's own, and a terminal that knows more than lines."""
        return self.is_process and self.stdout.isatty() and self.env.get("TERM") != "dumb"


def _count(text: str) -> int:
    """A number as an environment says it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() else 0


class Workspace:
    """One run's folder, day and settings. `folder` and `today` are the values of the options, if they were given."""

    def __init__(self, environment: Environment, folder: str | None = None, today: str | None = None) -> None:
        self.environment = environment
        self.folder = folder
        self.today = today

    # The day ------------------------------------------------------------------------------------------

    @property
    def _given_today(self) -> str | None:
        return self.today if self.today is not None else self.environment.env.get("CF_TODAY") or None

    @cached_property
    def now(self) -> date | datetime:
        """What an entry made now has as its `at`: `--today` exactly as it was given, else the clock with its offset.

        Raises Misused for a `--today` that is no ISO date or date with time.
        """
        said = self._given_today
        if said is None:
            return self.environment.clock().replace(microsecond=0)
        try:
            now = date.fromisoformat(said) if len(said) == 10 else datetime.fromisoformat(said).replace(microsecond=0)
        except ValueError:
            now = date.min
        # Ten years ahead must still be in the calendar.
        if not 1900 <= now.year <= 9900 or said[:10].count("-") != 2:
            name = "--today" if self.today is not None else "CF_TODAY"
            raise Misused(f"{name} takes a date like 2026-07-15 or 2026-07-15T10:30, and not {said}")
        return now

    @property
    def day(self) -> date:
        return self.now.date() if isinstance(self.now, datetime) else self.now

    def at(self, day: date, clock: time | None) -> date | datetime:
        """The `at` of an entry about another day; without a known time it is the plain date.

        A time that the clocks skipped on that day is taken for as much later. Raises Refused for a time of today that
        is still to come.
        """
        if clock is None:
            return day
        moment = datetime.combine(day, clock)
        now = self.now
        if not isinstance(now, datetime):
            return moment
        if now.tzinfo is not None:
            # The clock's own offset may differ from that of the day looked back at; a given moment has but one.
            moment = moment.replace(tzinfo=now.tzinfo) if self._given_today else _in_local_time(moment)
        if moment > now:
            raise Refused(f"{clock:%H:%M} today is still to come; an entry is about what has been")
        return moment

    # The folder ---------------------------------------------------------------------------------------

    @cached_property
    def root(self) -> str:
        """The folder's absolute path. Raises NoFolder."""
        said = self.folder or self.environment.env.get("CF_FOLDER")
        if said:
            root = self.path(said)
            if not self._is_folder(root):
                raise NoFolder(f"There is no client folder in {said}. Make one: cf init {said}")
            return root
        root = self._above(self.path(".")) or self.default or ""
        if not root:
            raise NoFolder("There is no client folder here, and none by default. Make one: cf init ~/clients")
        if not self._is_folder(root):
            raise NoFolder(f"The default folder {root} is gone. Make another: cf init, or name one: --folder DIR")
        return root

    def path(self, typed: str) -> str:
        """A path as typed, absolute; `~` is the home of this environment."""
        if typed == "~" or typed.startswith("~/"):
            typed = self.environment.env.get("HOME", "~") + typed[1:]
        return os.path.normpath(os.path.join(self.environment.cwd, typed))

    @staticmethod
    def _is_folder(root: str) -> bool:
        return os.path.exists(os.path.join(root, settings.FILE))

    def _above(self, start: str) -> str | None:
        while not self._is_folder(start):
            start, before = os.path.dirname(start), start
            if start == before:
                return None
        return start

    @property
    def _default_file(self) -> str:
        return os.path.join(self.environment.config_dir(), DEFAULT_FILE)

    @cached_property
    def default(self) -> str | None:
        """The default folder of this user, if one is set."""
        try:
            data, _ = parser.parse(self._default_file, files.read(self._default_file, self._default_file).decode())
        except (FileNotFoundError, UnicodeDecodeError, Unreadable, CannotReach):
            return None
        folder = data.get("folder")
        return self.path(folder) if isinstance(folder, str) and folder else None

    @property
    def has_default(self) -> bool:
        """Whether a default folder is set and still there."""
        return self.default is not None and self._is_folder(self.default)

    def set_default(self, root: str) -> None:
        """Make this the default folder. Raises CannotReach."""
        from clientfolder.binder.journal import atomic
        from clientfolder.binder.toml import editor

        directory, name = os.path.split(self._default_file)
        files.make_directory(directory)
        content = f"folder = {editor.rendered(root)}\n".encode()
        try:
            atomic.Writer(directory).replace(name, files.read(self._default_file, name), content)
        except FileNotFoundError:
            atomic.Writer(directory).create(name, content)

    @property
    def elsewhere(self) -> str | None:
        """The folder's path where it is not the default one: what is written then says where."""
        default = self.default
        return None if default and os.path.realpath(default) == os.path.realpath(self.root) else self.root

    @cached_property
    def binder(self) -> Binder:
        return Binder(self.root, self.day, self.environment.clock().date(), patience=self.environment.patience)

    def make(self, root: str, values: Mapping[str, str]) -> None:
        """A new folder with these settings, whose values are written as TOML has them.

        Raises Refused where there is one already, CannotReach; then nothing of it is left.
        """
        if self._is_folder(root):
            raise Refused(f"{root} is a client folder already")
        from clientfolder.binder.journal import atomic

        made = files.missing(os.path.join(root, CLIENTS))
        try:
            files.make_directory(os.path.join(root, CLIENTS))
            atomic.Writer(root).create(settings.FILE, settings.commented(values).encode())
        except Trouble:
            with contextlib.suppress(OSError):
                for directory in made:
                    os.rmdir(directory)
            raise

    # The settings -------------------------------------------------------------------------------------

    @cached_property
    def _settings(self) -> tuple[Settings, list[Warned]]:
        path = os.path.join(self.root, settings.FILE)
        try:
            raw = files.read(path, settings.FILE)
            data, _ = parser.parse(settings.FILE, raw.decode("utf-8-sig"))
        except FileNotFoundError:
            return Settings(), []
        except UnicodeDecodeError:
            return Settings(), [Warned("setting", f"{settings.FILE} is not UTF-8; the defaults are used")]
        except (Unreadable, CannotReach) as trouble:
            where = f"{settings.FILE}, line {trouble.line}" if trouble.line else settings.FILE
            return Settings(), [Warned("setting", f"{where}: {trouble.message}. The defaults are used")]
        return settings.load(data)

    @property
    def settings(self) -> Settings:
        return self._settings[0]

    @property
    def setting_warnings(self) -> list[Warned]:
        return self._settings[1] + self.holidays[1]

    @cached_property
    def holidays(self) -> tuple[Mapping[date, str], list[Warned]]:
        """The public holidays of the settings, from last year to ten years on, which is as far as dates go."""
        place = self.settings.holidays
        if place is None:
            return {}, []
        # Here and not above: most folders have no such setting.
        from clientfolder.binder import holiday_cache
        from clientfolder.dates.holidays import NotKnown

        years = range(self.day.year - 1, self.day.year + YEARS_AHEAD + 1)
        path = self.binder.path(PRIVATE, "holidays")
        try:
            return holiday_cache.public_holidays(path, place, years, self.binder.make_private), []
        except NotKnown as unknown:
            return {}, [Warned("setting", f"{settings.FILE}: holidays: {unknown}")]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of appointments: that of the settings, else this machine's. Raises Refused for no known one."""
        # Here and not above: only what leaves the folder has times of other places.
        from zoneinfo import ZoneInfo

        name = self.settings.zone or self.environment.zone()
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            whose = "The setting zone names none" if self.settings.zone else "This machine's has no name that is known"
            example = 'zone = "Europe/Prague"'
            raise Refused(f"There is no time zone {name}. {whose}; write: {example}", file=settings.FILE) from None

    @property
    def moment(self) -> datetime:
        """The moment of this run in UTC; a day without a time is its beginning."""
        now = self.now
        if not isinstance(now, datetime):
            return datetime(now.year, now.month, now.day, tzinfo=UTC)
        return (now if now.tzinfo else now.replace(tzinfo=self.zone)).astimezone(UTC)

    def exported_files(self, format: str) -> list[str]:
        """The files of that format that the setting `exports` names; a relative path is of the folder."""
        if not self.settings.exports:
            return []
        import shlex

        found = []
        for line in self.settings.exports:
            with contextlib.suppress(ValueError):
                of, file, *_ = shlex.split(line)
                found += [self.path(file if file.startswith("~") else os.path.join(self.root, file))] * (of == format)
        return found

    @cached_property
    def working(self) -> WorkingDays:
        """The days that are worked here: the week, the days off and the public holidays of the settings."""
        return self.settings.working(self.holidays[0])

    def look_again(self) -> None:
        """What was read of the settings is forgotten: another command may have changed them."""
        for name in ("_settings", "holidays", "working"):
            self.__dict__.pop(name, None)

    def ground(self, start: date | None = None) -> Ground:
        """What a date phrase stands on here and today."""
        return Ground(self.day, start, self.settings.day_first, self.working)
