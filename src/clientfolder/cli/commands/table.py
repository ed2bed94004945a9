"""The table of the commands: a row for each, and the function that it calls.

The front door, the help pages, the completion of a shell, and the tests of what holds for every command are made from
these rows. A new command is one row here and one function in the module that the row names. Nothing is imported here:
a command's module is imported when the command is typed, so that each start pays only for what it does.
"""

from __future__ import annotations

from enum import Enum, auto
from importlib import import_module
from typing import Any

from clientfolder.tuples import NamedTuple


class Writes(Enum):
    """What a command writes: nothing, what is in the folder, or only files and folders that were not there before.

    Before a command that writes what is in the folder, what another one left half done there is finished or undone.
    One that writes there WHEN_TOLD, and shows where no words say what, sees to that itself, so that to look waits for
    nobody.
    """

    NOTHING = auto()
    IN_THE_FOLDER = auto()
    WHEN_TOLD = auto()
    NEW_FILES = auto()


class Command(NamedTuple):
    """What there is to know of a command without importing it.

    `module`: where its function is, below this package. `family`: the heading under which the help lists it. `example`:
    a line that works, without the program's name. `text_behind`: behind how many words a text of the user's own stands;
    where the command fails, such a text is given back in a line to paste. None for a command without one.
    """

    name: str
    module: str
    family: str
    help: str
    example: str
    writes: Writes = Writes.NOTHING
    text_behind: int | None = None

    def function(self) -> Any:
        """The function of that name, or with `_` behind it where Python or the module has taken the name."""
        module = import_module(f"{__package__}.{self.module}")
        return getattr(module, f"{self.name}_", None) or getattr(module, self.name)


_DAILY, _BINDER, _DOSSIERS, _FOLDER = "Every day", "The binder", "Dossiers", "The folder"
_IN_AND_OUT, _MONEY, _CARE, _TWO_MACHINES = "In and out", "Money and offers", "Care", "Two machines"
_WRITES, _NEW_FILES = Writes.IN_THE_FOLDER, Writes.NEW_FILES

TABLE: tuple[Command, ...] = (
    Command("today", "today", _DAILY, "What lies on the desk.", "today"),
    Command(
        "log", "log", _DAILY, "Write down a call, and put the dossier behind its next day.",
        "log anna wants the revised quote -n fri 10:00", _WRITES, text_behind=1,
    ),
    Command("snooze", "log", _DAILY, "Put a client off, and remember it.", "snooze anna next tue", _WRITES),
    Command(
        "slip", "slips", _DAILY, "Other work of a day, or a promise beside a client's next contact.",
        "slip send the mockups --client novak -n wed!", _WRITES, text_behind=0,
    ),
    Command("review", "review", _DAILY, "What the day was like, and what the next one brings.", "review week"),
    Command(
        "file", "file", _BINDER, "Put one dossier behind an insert.",
        "file anna 5 july --about the revised quote", _WRITES, text_behind=1,
    ),
    Command(
        "move", "file", _BINDER, "Put several dossiers, or a whole insert, behind another.",
        "move --from overdue -n tomorrow", _WRITES,
    ),
    Command(
        "spread", "spread", _BINDER, "Lay a day that is too full, or what is late, over other days.",
        "spread overdue", _WRITES,
    ),
    Command(
        "away", "spread", _BINDER, "Take days off: what moves where, and whom to tell.", "away 10..21 aug", _WRITES
    ),
    Command("list", "inserts", _BINDER, "What lies where.", "list 10..21"),
    Command("week", "week", _BINDER, "The days of a week, and who lies there.", "week next week"),
    Command("binder", "inserts", _BINDER, "The whole binder as it lies.", "binder --dated --months 2"),
    Command("when", "when", _BINDER, "How a date phrase is understood.", "when next fri 10:00"),
    Command(
        "new", "dossiers", _DOSSIERS, "A new dossier, filed; or many from a CSV.",
        "new Anna Kowalska phone=+48 22 555 01 07 -n fri", _WRITES, text_behind=0,
    ),
    Command("show", "show", _DOSSIERS, "A client's sheet.", "show anna"),
    Command(
        "edit", "dossiers", _DOSSIERS, "A dossier in your editor, checked before it is put back.", "edit anna", _WRITES
    ),
    Command(
        "set", "dossiers", _DOSSIERS, "Change what stands on the card.",
        "set anna phone=+48 22 555 01 07 tags+=vip", _WRITES, text_behind=0,
    ),
    Command("find", "show", _DOSSIERS, "Find words in everything.", "find revised quote"),
    Command(
        "attach", "papers", _DOSSIERS, "Keep a file beside the dossier.", "attach anna ~/Downloads/offer.pdf", _WRITES
    ),
    Command("open", "papers", _DOSSIERS, "Open a paper in the desktop's program for it.", "open anna offer"),
    Command(
        "rename", "dossiers", _DOSSIERS, "Another name, for the client and the file.",
        "rename anna Anna Nowak", _WRITES, text_behind=0,
    ),
    Command(
        "rest", "dossiers", _DOSSIERS, "Put a dossier to rest, and say why.",
        "rest anna sold the shop, asks again in spring", _WRITES, text_behind=0,
    ),
    Command("remove", "dossiers", _DOSSIERS, "Take a dossier out of the binder.", "remove anna", _WRITES),
    Command(
        "form", "forms", _DOSSIERS, "Questions for a conversation: list, new, check.", "form new first-call", _NEW_FILES
    ),
    Command("pay", "pay", _MONEY, "Money came in, or went back.", "pay anna 2500 shop", _WRITES),
    Command(
        "deal", "deal", _MONEY, "A sale under way: a step of it, won, or lost and why.",
        "deal anna catalogue offer 11200 -n fri", _WRITES,
    ),
    Command("funnel", "worth", _MONEY, "Deals by stage, refusals, and what is open.", "funnel"),
    Command("products", "worth", _MONEY, "What each segment of clients has and lacks.", "products"),
    Command(
        "worth", "worth", _MONEY, "What each client is worth, and the rhythm that each deserves.", "worth",
        Writes.WHEN_TOLD,
    ),
    Command("period", "worth", _MONEY, "The table of a period: new, again and lost.", "period"),
    Command(
        "care", "care", _CARE, "Who complains, waits or is to be asked, and what came of it.",
        "care", _WRITES,
    ),
    Command("checkup", "care", _CARE, "How far the figures about your clients carry.", "checkup"),
    Command(
        "merge", "merge", _TWO_MACHINES, "What was done in two places comes together, key by key.",
        "merge --all", _WRITES,
    ),
    Command(
        "print", "print_", _IN_AND_OUT, "A day, a week, inserts, dossiers or labels on paper.", "print day", _NEW_FILES
    ),
    Command(
        "handover", "handover", _TWO_MACHINES, "A folder for a colleague for some days, and back again.",
        "handover ~/pavel 10..21 aug --who Pavel", _WRITES,
    ),
    Command(
        "export", "export", _IN_AND_OUT, "The calendar, contacts or tables, for other programs.",
        "export ics --promised --out ~/clients.ics", _NEW_FILES,
    ),
    Command(
        "import", "import_", _IN_AND_OUT, "Contacts from a phone or a table.", "import contacts.vcf --yes", _WRITES
    ),
    Command("init", "folder", _FOLDER, "A new client folder.", "init ~/clients", _NEW_FILES),
    Command("demo", "folder", _FOLDER, "A folder of invented clients to try things on.", "demo", _NEW_FILES),
    Command("undo", "folder", _FOLDER, "Take back the last step.", "undo", _WRITES),
    Command("redo", "folder", _FOLDER, "Do again what was undone.", "redo", _WRITES),
    Command("history", "folder", _FOLDER, "What was done, newest first.", "history"),
    Command("doctor", "folder", _FOLDER, "What is wrong or odd, and what mends it.", "doctor"),
    Command(
        "settings", "settings", _FOLDER, "The settings and their meaning; one of them changed.",
        "settings capacity=6", Writes.WHEN_TOLD,
    ),
    Command("backup", "backup", _FOLDER, "One archive of the whole folder.", "backup", _NEW_FILES),
    Command(
        "restore", "backup", _FOLDER, "A new folder from such an archive.",
        "restore clients-2026-07-15.tar.gz ~/restored", _NEW_FILES,
    ),
    Command("help", "help", _FOLDER, "The manual: dates, rhythms, planning, files, scripts.", "help dates"),
)  # fmt: skip

# What is typed weekly, in the order of `cf --help`.
WEEKLY = (
    "log", "snooze", "new", "show", "slip", "find", "move", "list", "week", "binder", "review", "set", "edit", "undo",
)  # fmt: skip


def names() -> list[str]:
    """The names of all commands, in the order of the help."""
    return [row.name for row in TABLE]


def named(name: str | None) -> Command | None:
    """The row of the command of that name; None where there is none."""
    return next((row for row in TABLE if row.name == name), None)


def families() -> dict[str, list[Command]]:
    """The rows under the heading of each family, in the order of the table."""
    found: dict[str, list[Command]] = {}
    for row in TABLE:
        found.setdefault(row.family, []).append(row)
    return found


def weekly() -> list[tuple[str, str]]:
    """The name and the help of each command that is typed weekly."""
    return [(row.name, row.help) for name in WEEKLY for row in TABLE if row.name == name]


def by_need() -> list[tuple[str, list[str]]]:
    """The names of the others, by the heading of their family."""
    found = (
        (family, [row.name for row in rows if row.name not in (*WEEKLY, "today")])
        for family, rows in families().items()
    )
    return [(family, names) for family, names in found if names]
