"""The papers of a client: what lies in `papers/` beside the dossier, and what of it may be opened."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Sequence

from clientfolder.binder import files
from clientfolder.binder.binder import PAPERS, PRIVATE
from clientfolder.binder.index import lookup
from clientfolder.dossier.sheet import PaperFile
from clientfolder.errors import CannotReach, Refused
from clientfolder.text import comparable, words_of

# Where copies lie until they are papers: as private as the rest of .cf/, and where papers/ is a link to another disk,
# on that disk, for no rename leads from one to another.
WAITING, WAITING_THERE = f"{PRIVATE}/papers", f"{PAPERS}/.waiting"
# What such a copy is called; nothing else there is cf's.
COPY = r"\.paper\.[0-9a-f]{12}\.tmp"


# What lies there ----------------------------------------------------------------------------------------


def place_of(client: str) -> str:
    """The directory of a client's papers, relative to the folder."""
    return f"{PAPERS}/{client}"


def listed(root: str, client: str) -> list[PaperFile]:
    """The papers of a client, newest first, those in directories of one's own too. Raises CannotReach.

    Hidden files and what leads out of the client's directory are no papers.
    """
    top = os.path.join(root, place_of(client))
    try:
        found = list(_within(top, "", os.path.realpath(top)))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=place_of(client)) from None
    return sorted(found, key=lambda paper: (-paper.modified, paper.name))


def _within(directory: str, before: str, home: str) -> Iterator[PaperFile]:
    with os.scandir(directory) as entries:
        there = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in there:
        with contextlib.suppress(FileNotFoundError, PermissionError):
            if entry.is_dir(follow_symlinks=False):
                yield from _within(entry.path, f"{before}{entry.name}/", home)
            elif not entry.is_symlink() or leads_within(entry.path, home):
                status = entry.stat()
                if stat.S_ISREG(status.st_mode):
                    yield PaperFile(before + entry.name, status.st_size, status.st_mtime)


def leads_within(path: str, home: str) -> bool:
    """Whether a path ends, all links followed, below the real directory `home`."""
    return os.path.realpath(path).startswith(f"{home}{os.sep}")


def home_of(root: str, client: str) -> str:
    """The real directory of a client's papers, there or not. Raises Refused where a link leads out of `papers/`."""
    home = os.path.realpath(os.path.join(root, place_of(client)))
    if not leads_within(home, os.path.realpath(os.path.join(root, PAPERS))):
        raise Refused(f"This is a link that leads out of the papers; look by hand into {home}", file=place_of(client))
    return home


def path_of(root: str, client: str, name: str) -> str:
    """The path of a paper. Raises Refused where a link leads out of the client's papers."""
    path = os.path.join(root, place_of(client), name)
    if not leads_within(path, home_of(root, client)):
        message = f"This is a link that leads out of the papers; open by hand what it leads to: {path}"
        raise Refused(message, file=f"{place_of(client)}/{name}")
    return path


def waiting(root: str) -> list[str]:
    """The copies that lie in the private places, relative to the folder; a place that is a link is none of them."""
    found = []
    for directory in (WAITING, WAITING_THERE):
        if not is_linked(root, directory):
            with contextlib.suppress(OSError):
                names = os.listdir(os.path.join(root, directory))
                found += [f"{directory}/{name}" for name in names if re.fullmatch(COPY, name)]
    return found


def is_linked(root: str, place: str) -> bool:
    """Whether a private place is a link, or lies in a directory of cf's own that is one."""
    above = (PRIVATE,) if place == WAITING else ()
    return any(os.path.islink(os.path.join(root, path)) for path in (place, *above))


def matching(papers: Sequence[PaperFile], typed: str) -> list[PaperFile]:
    """All that the words fit best: the exact name, else the whole name or a whole word, else a beginning."""
    if not typed.strip():
        return list(papers)
    exact = [paper for paper in papers if paper.name == typed]
    fits = {paper: rank for paper in papers if (rank := _rank(paper.name, typed)) is not None}
    best = min(fits.values(), default=None)
    return exact or [paper for paper, rank in fits.items() if rank == best]


def _rank(name: str, typed: str) -> int | None:
    """How well the words fit a name, the best first; None where they do not."""
    plain, wanted = comparable(name), comparable(typed)
    last = plain.rpartition("/")[2]
    if wanted in (plain, last, last.rpartition(".")[0]):
        return 0
    words, beginning = words_of(plain), " ".join(words_of(wanted))
    if not beginning:
        return None
    if beginning in words:
        return 1
    if len(beginning) < lookup.LEAST_LETTERS:
        return None
    places = [place for place in range(len(words)) if " ".join(words[place:]).startswith(beginning)]
    return None if not places else 2 if places[0] == 0 else 3
