"""Where the folder ends: which paths a step may name, and how far links are followed when something is written.

A folder may have come from somebody else, by git, a sync program or an archive, with links and a journal that were
planted in it. So a path is looked at twice: by its name when a step is read, and on the disk before anything is done.
A directory of the folder itself (`papers/`) may be a link that its owner has made; none below it is written through.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from clientfolder import settings
from clientfolder.binder import leftovers
from clientfolder.binder.binder import CLIENTS, HANDED_OVER, PAPERS, PRIVATE, PRIVATE_PLACES, REMOVED, SLIPS
from clientfolder.binder.files import reason
from clientfolder.binder.journal.operations import Carried, FileChange, Moved, Replaced
from clientfolder.binder.papers import COPY, WAITING, WAITING_THERE
from clientfolder.dossier.types import SLIP
from clientfolder.errors import CannotReach, Refused, Unreadable

# Directories of files that end in .toml, and of files of any ending.
_OF_TOML, _OF_ANY = (CLIENTS, SLIPS, REMOVED, "forms"), ("imports", "prints")
_FILES = (settings.FILE, HANDED_OVER, ".gitattributes")
_VERSIONS = ".git"
# The setting that names files to be written.
_EXPORTS = "exports"
# Where the papers of slips are, each in a directory of its own, as those of clients are in `papers/`.
PAPERS_OF_SLIPS = f"{PAPERS}/{SLIPS}"


# Names --------------------------------------------------------------------------------------------------


def is_name(name: str) -> bool:
    """Whether a file or directory that is not hidden can be called so; a part of a path, never a path.

    Systems hold leftovers.MOST_NAME_BYTES at the most.
    """
    try:
        held = os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return (
        0 < len(held) <= leftovers.MOST_NAME_BYTES
        and not name.startswith(".")
        and b"/" not in held
        and b"\0" not in held
    )


def is_client(client: str) -> bool:
    """Whether a dossier or a slip can have this short name."""
    return is_name(client.removeprefix(SLIP))


def is_sound(change: FileChange) -> bool:
    """Whether a change names only such files as a step of cf touches, whoever wrote it down."""
    if isinstance(change, Carried):
        return _is_waiting(change.path) and _is_paper(change.to)
    paths = [path for states in change.states() for path in states]
    paths += [like] if (like := getattr(change, "like", None)) is not None else []
    fits = _is_of_papers if isinstance(change, Moved) and change.content is None else _is_file
    return all(map(fits, paths))


def _is_file(path: str) -> bool:
    directory, slash, name = path.partition("/")
    if not slash:
        return path in _FILES or leftovers.version_of(path, settings.FILE)
    return is_name(name) and (directory in _OF_ANY or (directory in _OF_TOML and name.endswith(".toml")))


def _is_of_papers(path: str) -> bool:
    """Whether it is the directory of one client's papers, or one in it."""
    top, _, client = path.partition("/")
    return top == PAPERS and (is_client(client) or all(map(is_name, client.split("/", 1))))


def _is_paper(path: str) -> bool:
    directory, _, name = path.rpartition("/")
    return is_name(name) and _is_of_papers(directory)


def _is_waiting(path: str) -> bool:
    directory, _, name = path.rpartition("/")
    return directory in (WAITING, WAITING_THERE) and re.fullmatch(COPY, name) is not None


# On the disk --------------------------------------------------------------------------------------------


def check(root: str, changes: Iterable[FileChange]) -> None:
    """Look before anything is done whether a link leads a change out of the folder.

    Raises Refused for the file that it would lead away.
    """
    for change in changes:
        for path in change.states()[0]:
            _check_directories(root, path)
        if isinstance(change, Replaced) and leads_out(root, change.path):
            _check_content(root, change)


def _check_directories(root: str, path: str) -> None:
    """No directory on the way is a link but the folder's own, and that leads neither to git's files nor back up."""
    top, *below = os.path.dirname(path).split("/")
    if top and _leads_into_ours(root, top):
        raise Refused("This is a link that leads to where cf writes nothing; take it away", file=top)
    place = top
    for name in below:
        place = f"{place}/{name}"
        if os.path.islink(os.path.join(root, place)):
            real = _real(os.path.join(root, place))
            raise Refused(f"This is a link, and nothing is written through it; look by hand into {real}", file=place)


def _leads_into_ours(root: str, top: str) -> bool:
    """Whether a directory of the folder is a link to one that holds the folder, or to what is git's or this machine's.

    The place where copies of papers wait is cf's own, and no link either; `Binder.check_private` has seen to that.
    """
    path = os.path.join(root, top)
    if not os.path.islink(path):
        return False
    home, real = _real(root), _real(path)
    return _lies_in(home, real) or _is_reserved(home, real)


def leads_out(root: str, file: str) -> bool:
    """Whether a file is a link that ends outside the folder, or where git or cf keep what is theirs."""
    path = os.path.join(root, file)
    if not os.path.islink(path):
        return False
    home, real = _real(root), _real(path)
    # Where the folder's directory is a link itself, the file is at home there too.
    return (not _lies_in(real, home) and not _lies_in(real, _real(os.path.dirname(path)))) or _is_reserved(home, real)


def _is_reserved(home: str, real: str) -> bool:
    parts = os.path.relpath(real, home).split(os.sep)
    return parts[0] != os.pardir and not {_VERSIONS, PRIVATE}.isdisjoint(part.casefold() for part in parts)


def _real(path: str) -> str:
    """Where a path leads, all links followed. Raises CannotReach where the system does not tell."""
    try:
        return os.path.realpath(path)
    except OSError as error:
        raise CannotReach(f"Cannot be read: {reason(error)}", file=path) from None


def _lies_in(path: str, directory: str) -> bool:
    return path == directory or path.startswith(directory.rstrip(os.sep) + os.sep)


# A file that somebody keeps elsewhere -------------------------------------------------------------------


def _check_content(root: str, change: Replaced) -> None:
    """A dossier that is a link keeps being one, and so do the settings: but nothing else is written out there.

    So a link that was planted reaches no file but what was a dossier, or settings, before. Raises Refused.
    """
    is_such = _are_settings if change.path == settings.FILE else _are_dossiers
    if not is_such(change):
        real = _real(os.path.join(root, change.path))
        message = "This is a link that leads out of the folder, to what is none of its kind; nothing was written"
        raise Refused(f"{message}. Look by hand into {real}", file=change.path)


def _are_dossiers(change: Replaced) -> bool:
    from clientfolder.binder.toml import dossier_file

    try:
        for content in (change.before, change.after):
            dossier_file.read(change.path, change.path, content)
    except Unreadable:
        return False
    return True


def _are_settings(change: Replaced) -> bool:
    """Whether both are settings and nothing else, and name the same files to be exported.

    A step that was planted could else have the next export write where its maker likes.
    """
    from clientfolder.binder.toml import settings_file

    known = {setting.name for setting in settings.TABLE}
    try:
        both = [settings_file.values(content, change.path) for content in (change.before, change.after)]
    except Unreadable:
        return False
    before, after = both
    return before.keys() <= known and after.keys() <= known and before.get(_EXPORTS) == after.get(_EXPORTS)


def linked_out(root: str) -> list[str]:
    """Dossiers, slips and directories of papers that are links out of the folder; for who wants to be told of them."""
    found = []
    for directory in (CLIENTS, SLIPS, REMOVED, PAPERS, PAPERS_OF_SLIPS):
        try:
            names = sorted(os.listdir(os.path.join(root, directory)))
        except OSError:
            continue
        counts = is_name if directory in (PAPERS, PAPERS_OF_SLIPS) else leftovers.is_dossier
        found += [file for name in names if counts(name) and leads_out(root, file := f"{directory}/{name}")]
    return found


def private_links(root: str) -> list[str]:
    """Directories that cf keeps for itself, and that are links: through none of them does it read or write."""
    return [place for place in (*PRIVATE_PLACES, WAITING_THERE) if os.path.islink(os.path.join(root, place))]
