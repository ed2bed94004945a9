"""What `cf doctor` finds: files that cannot be read, odd values, strange names, clients without a date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from shlex import quote
from typing import NamedTuple

from clientfolder.binder import names, scanner
from clientfolder.binder.binder import CLIENTS, PRIVATE, client_of, file_of
from clientfolder.cli.counter import Counter
from clientfolder.tickler import slots

LONG_OVERDUE_DAYS = 30


class Finding(NamedTuple):
    """One thing that is wrong or odd. `mend` is the command that mends it, or what to do by hand."""

    code: str
    client: str | None
    file: str | None
    line: int | None
    message: str
    mend: str | None


def findings(counter: Counter) -> list[Finding]:
    """Everything that is wrong or odd in the folder; nothing is written."""
    return [*_files(counter), *_dossiers(counter), *_leftovers(counter), *_settings(counter)]


def _files(counter: Counter) -> Iterator[Finding]:
    for trouble in counter.contents.unreadable:
        client = client_of(trouble.file or "")
        yield Finding(trouble.code, client, trouble.file, trouble.line, trouble.message, f"cf edit {quote(client)}")
    known = {f"{client}.toml" for client in counter.binder.clients()}
    for name in _listed(counter, CLIENTS):
        if name in known or name.startswith(".") or not name.endswith(".toml"):
            continue
        message = "A copy that a sync program or an editor left; it counts for nothing"
        yield Finding("copy", None, f"{CLIENTS}/{name}", None, message, "compare it with the dossier, then delete it")


def _dossiers(counter: Counter) -> Iterator[Finding]:
    for cover in sorted(counter.contents.covers, key=lambda cover: cover.sorted_by):
        client, file = cover.client, file_of(cover.client)
        if cover.odd:
            text = counter.binder.sheet(client).text
            for odd in cover.odd:
                path = ".".join(map(str, odd.path))
                line = scanner.line_of(text, odd.path)
                yield Finding("odd_value", client, file, line, f"{path} {odd.message}", f"cf edit {quote(client)}")
        if not names.is_short_name(client):
            message = "The file's name is no short name"
            yield Finding("file_name", client, file, None, message, f"cf rename {quote(client)} {quote(cover.name)}")
        if cover.resting is None and cover.next is None:
            yield Finding("no_date", client, file, None, f"{cover.name} has no date", f"cf file {quote(client)} fri")
        elif cover.resting is None and cover.next:
            late = slots.days_late(cover.next.on, counter.day)
            if late > LONG_OVERDUE_DAYS:
                message = f"{cover.name} is {late} days late"
                yield Finding(
                    "overdue", client, file, None, message, f"cf log {quote(client)}, or cf rest {quote(client)} WHY"
                )


def _leftovers(counter: Counter) -> Iterator[Finding]:
    if counter.binder.interrupted():
        message = "A command was cut short while it wrote; the next one that writes settles it"
        yield Finding("interrupted", None, PRIVATE, None, message, None)
    for name in _listed(counter, CLIENTS):
        if name.startswith(".") and name.endswith(".tmp"):
            message = "Left by a command that was killed; it counts for nothing"
            yield Finding("leftover", None, f"{CLIENTS}/{name}", None, message, f"rm {quote(f'{CLIENTS}/{name}')}")
    for name in _listed(counter, f"{PRIVATE}/rescued"):
        file = f"{PRIVATE}/rescued/{name}"
        yield Finding(
            "rescued", None, file, None, "A text that was typed and not written", f"read it, then rm {quote(file)}"
        )


def _settings(counter: Counter) -> Iterator[Finding]:
    for warning in counter.office.setting_warnings:
        yield Finding("setting", None, "clientfolder.toml", None, warning.message, "cf settings")


def _listed(counter: Counter, directory: str) -> list[str]:
    try:
        return sorted(os.listdir(os.path.join(counter.office.root, directory)))
    except OSError:
        return []
