"""What lies about in the folder: copies, leftovers, dossiers that no list shows, rescued texts, links, open doors."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from typing import Literal

from clientfolder import settings
from clientfolder.binder import bounds, files, leftovers, papers, removed
from clientfolder.binder.binder import CLIENTS, PAPERS, PRIVATE, REMOVED, SLIPS, client_of, file_of, stem_of
from clientfolder.binder.forms import FORMS
from clientfolder.binder.journal import lock
from clientfolder.binder.journal.journal import Journal
from clientfolder.binder.journal.operations import Carried
from clientfolder.binder.toml import parser
from clientfolder.doctor.finding import Finding, Folder
from clientfolder.doctor.repair import Repair, by_hand
from clientfolder.dossier.types import SLIP
from clientfolder.errors import CannotReach, Unreadable
from clientfolder.tuples import NamedTuple

# The directories whose files count.
COUNTED = (CLIENTS, SLIPS)
DAYBOOK, RESCUED = f"{PRIVATE}/daybook", f"{PRIVATE}/rescued"


def findings(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """Everything that lies about; nothing is written."""
    yield from _strays(folder, repair)
    yield from _papers_of_nobody(folder, repair)
    yield from _written_since(folder, repair)
    yield from _links(folder)
    yield from _rescued(folder, repair)
    for place in open_to_others(folder.root):
        message = f"{_counted(place.how_many)} here can be read or written by other users of this machine"
        mend = repair.shell("chmod -R go= {}", place.directory, otherwise="close this directory to other users")
        yield Finding("open", None, place.directory, None, message, mend)


def _counted(count: int) -> str:
    return "One file or directory" if count == 1 else f"{count} files and directories"


def listed(root: str, directory: str) -> list[str]:
    """What lies in a directory of the folder, in order; nothing where it cannot be listed."""
    if directory.startswith(PRIVATE) and os.path.islink(os.path.join(root, PRIVATE)):
        # It is told of, and what it leads to is elsewhere.
        return []
    try:
        return sorted(os.listdir(os.path.join(root, directory)))
    except OSError:
        return []


# Files that count for nothing -------------------------------------------------------------------------

Kind = Literal["leftover", "swap", "copy", "hidden", "ending", "misplaced"]

_MESSAGES: dict[Kind, str] = {
    "leftover": "Left by a command that was killed before it had written; it counts for nothing",
    "swap": "An editor has this file open, or was killed; look there first whether it kept anything",
    "copy": "A copy that a sync program, an editor or git left; it counts for nothing. Keep what only it says",
    "hidden": "A name with a dot in front is a hidden file; it counts for nothing, and no list shows the client",
    "ending": "A dossier's file ends in .toml, in small letters; this one counts for nothing",
    "misplaced": f"A dossier lies in {CLIENTS}/ itself, a slip in {SLIPS}/; in this place it counts for nothing",
}
# The ending of a dossier, or one like it.
_ENDING = re.compile(r"(?i)\.to?ml(?![^\W_])")


class Stray(NamedTuple):
    """A file that counts for nothing. `of`: the file that it seems to be a copy of, if that is known."""

    kind: Kind
    file: str
    of: str | None = None


def _strays(folder: Folder, repair: Repair) -> Iterator[Finding]:
    root = folder.root
    # What a command is just writing is no leftover.
    busy = lock.is_locked(os.path.join(root, PRIVATE, "lock"), os.path.join(root, CLIENTS))
    claimed: set[str] = set()
    found = [stray for stray in _all_strays(folder) if not (busy and stray.kind == "leftover")]
    originals = _Originals(folder, found)
    for stray in found:
        if stray.kind == "misplaced" and "/" not in stray.file and not _looks_like_dossier(root, stray.file):
            continue
        if (same := originals.of(stray)) is not None:
            stray = Stray("copy", stray.file, same)
        code = "copy" if stray.kind == "swap" else stray.kind
        mend = _merge(folder, stray, repair) or _mend(root, stray, repair, claimed)
        yield Finding(code, None, stray.file, None, _MESSAGES[stray.kind], mend)


def _all_strays(folder: Folder) -> Iterator[Stray]:
    root = folder.root
    counted = {file_of(client) for client in (*folder.binder.clients(), *folder.binder.slips())}
    for directory in ("", *COUNTED, REMOVED, FORMS, PRIVATE, DAYBOOK, RESCUED):
        for name in listed(root, directory):
            if f"{directory}/{name}" not in counted:
                yield from _stray(root, directory, name)
    yield from (Stray("leftover", file) for file in _papers_left(folder))
    for copy, original in folder.contents.copies.items():
        yield Stray("copy", file_of(copy), file_of(original))


def _stray(root: str, directory: str, name: str) -> Iterator[Stray]:
    file = os.path.join(directory, name)
    is_meant = directory in COUNTED and _ENDING.search(name)
    if found := leftovers.leftover_of(name):
        yield Stray(found.kind, file, found.of and os.path.join(directory, found.of))
    elif directory in COUNTED and os.path.isdir(os.path.join(root, file)):
        # A link may lead to the whole disk, and what lies there is not in the folder.
        if not os.path.islink(os.path.join(root, file)):
            yield from _misplaced_in(root, file)
    elif directory == "" and leftovers.version_of(name, settings.FILE):
        yield Stray("copy", file, settings.FILE)
    elif is_meant:
        yield Stray("hidden" if name.startswith(".") else "ending", file)
    elif directory == "" and name.endswith(".toml") and name != "clientfolder.toml":
        yield Stray("misplaced", file)


def _misplaced_in(root: str, directory: str) -> Iterator[Stray]:
    """Dossiers in a directory below `clients/` or `slips/`, where no command looks."""
    for place, _, names in os.walk(os.path.join(root, directory)):
        for name in sorted(names):
            if name.endswith(".toml"):
                yield Stray("misplaced", os.path.relpath(os.path.join(place, name), root))


def _papers_left(folder: Folder) -> Iterator[str]:
    """Papers half copied: those that no step can bring back, and that no command is just copying."""
    if os.path.islink(folder.binder.path(PRIVATE)):
        return
    left = [file for file in papers.waiting(folder.root) if leftovers.is_temporary(os.path.basename(file))]
    if not left:
        return
    book = Journal(folder.binder.path(DAYBOOK))
    try:
        steps = [step for name in book.names() if name.state != "done" and (step := book.read(name))]
    except CannotReach:
        return
    claimed = {change.path for step in steps for change in step.files if isinstance(change, Carried)}
    for file in sorted(set(left) - claimed):
        path = folder.binder.path(file)
        if not lock.is_locked(path, path):
            yield file


class _Originals:
    """The dossiers of which files in other places, or under other names, are copies.

    Such a file is never offered a place among the dossiers: there it would be one more client for good.
    """

    def __init__(self, folder: Folder, strays: list[Stray]) -> None:
        self._folder = folder
        self._by_name: dict[str, list[str]] = {}
        if any(map(self._may_be, strays)):
            covers = folder.contents.covers
            for name, client in zip(covers.names, covers.clients, strict=True):
                self._by_name.setdefault(name, []).append(client)

    def _may_be(self, stray: Stray) -> bool:
        if stray.kind == "copy":
            return stray.of is None or not os.path.isfile(self._folder.binder.path(stray.of))
        return stray.kind in ("hidden", "ending", "misplaced")

    def of(self, stray: Stray) -> str | None:
        """The file of the dossier that this one was made of, where it is the same client and has the same beginning."""
        raw = _content(self._folder.root, stray.file) if self._may_be(stray) else None
        for client in self._by_name.get(leftovers.name_in(raw) or "", ()) if raw else ():
            file = file_of(client)
            if leftovers.is_same_client(raw or b"", _content(self._folder.root, file) or b""):
                return file
        return None


def _looks_like_dossier(root: str, file: str) -> bool:
    """Whether a file of another place looks like a dossier: it has a name at the top, be it spoilt otherwise."""
    raw = _content(root, file)
    if raw is None:
        return False
    try:
        text = parser.decode(file, raw)
    except Unreadable:
        return False
    try:
        return isinstance(parser.parse(file, text)[0].get("name"), str)
    except Unreadable:
        top = re.split(r"^[ \t]*\[", text, maxsplit=1, flags=re.MULTILINE)[0]
        return bool(re.search(r"^[ \t]*name[ \t]*=", top, re.MULTILINE))


def _content(root: str, file: str) -> bytes | None:
    try:
        return files.read(os.path.join(root, file), file)
    except (FileNotFoundError, Unreadable, CannotReach):
        return None


def _mend(root: str, stray: Stray, repair: Repair, claimed: set[str]) -> str:
    """`claimed` gathers the places that these lines give away, for each can be given but once."""
    if stray.kind == "leftover":
        return _mend_leftover(root, stray, repair)
    if stray.kind == "swap":
        return repair.remove(stray.file)
    if stray.kind == "copy":
        return _mend_copy(root, stray, repair, claimed)
    return repair.move_among_dossiers(stray.file, _stem(os.path.basename(stray.file)))


def _stem(name: str) -> str:
    """The name of a file without the ending of a dossier, or one like it."""
    return name[: max((found.start() for found in _ENDING.finditer(name)), default=len(name))]


def _mend_leftover(root: str, stray: Stray, repair: Repair) -> str:
    """What nobody typed is deleted; anything else may be all that is left of a text, and is looked at first."""
    path = os.path.join(root, stray.file)
    if os.path.isdir(path) and not os.path.islink(path):
        return by_hand("look into this directory, and delete it")
    of = stray.of if stray.of is not None and os.path.isfile(os.path.join(root, stray.of)) else None
    is_known = os.path.islink(path) or _content(root, stray.file) in (b"", _content(root, of) if of else b"")
    if is_known or os.path.dirname(stray.file) in (PRIVATE, DAYBOOK, papers.WAITING, papers.WAITING_THERE):
        return repair.remove(stray.file)
    return repair.look_and_remove(stray.file, of)


def _merge(folder: Folder, stray: Stray, repair: Repair) -> str | None:
    """The line that takes into a file what a sync program's copy of it says; None for any other file."""
    if stray.kind != "copy" or stray.of is None:
        return None
    if os.path.dirname(stray.file) not in COUNTED:
        return repair.cf("merge", option="--all") if _is_version_of_other(folder, stray) else None
    named_so = leftovers.conflict_of(os.path.basename(stray.file)) == os.path.basename(stray.of)
    is_version = named_so or client_of(stray.file) in folder.contents.copies
    contents = [_content(folder.root, file) for file in (stray.file, stray.of)]
    names = [leftovers.name_in(content) for content in contents if content]
    cover = folder.contents.covers.of_client(client_of(stray.of))
    return repair.on("merge", cover) if is_version and cover and names == [cover.name] * 2 else None


def _is_version_of_other(folder: Folder, stray: Stray) -> bool:
    """Whether a file can be merged into the settings, or into the form, whose copy it is."""
    # Here and not above: few folders have such files.
    from clientfolder.binder.merge import planning

    try:
        return stray.file in planning.copies_of_others(folder.binder).get(stray.of or "", ())
    except CannotReach:
        return False


def _mend_copy(root: str, stray: Stray, repair: Repair, claimed: set[str]) -> str:
    """Look at the difference and be asked; a copy that is all there is takes the place of what is lost."""
    if stray.of is None or stray.file.endswith(".rej") or os.path.basename(stray.file).startswith("._"):
        return repair.remove(stray.file)
    if os.path.isfile(os.path.join(root, stray.of)):
        return repair.look_and_remove(stray.file, stray.of)
    otherwise = "look whether it is all that there is of a client, and if so give it the name of what is lost"
    if stray.of in claimed:
        return by_hand(otherwise)
    claimed.add(stray.of)
    return repair.move(stray.file, stray.of, otherwise)


# Papers and texts -------------------------------------------------------------------------------------


def _papers_of_nobody(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """Directories of papers whose dossier is neither in the binder nor set aside; none where that is not known."""
    root, binder = folder.root, folder.binder
    if files.is_shut(os.path.join(root, REMOVED)):
        return
    removed = [name.removesuffix(".toml") for name in listed(root, REMOVED)]
    known = {*binder.clients(), *binder.slips(), *removed, *(f"{SLIP}{name}" for name in removed)}
    there = [*listed(root, PAPERS), *(f"{SLIP}{name}" for name in listed(root, f"{PAPERS}/{SLIPS}"))]
    for name in there:
        file = f"{PAPERS}/{name}"
        is_own = name in known or stem_of(name).startswith(".") or name == SLIPS
        if not is_own and os.path.isdir(os.path.join(root, file)):
            message = "No dossier has this short name; give the papers that of theirs, or take them away"
            yield Finding("papers", None, file, None, message, _mend_papers(root, file, repair))


def _mend_papers(root: str, file: str, repair: Repair) -> str:
    """Nothing is lost with an empty directory; whose the others are is known if one client alone is called so."""
    look = "look into {}, and give it the short name of its client"
    try:
        if not os.listdir(os.path.join(root, file)):
            return repair.shell("rmdir {}", file, otherwise="take this empty directory away")
    except OSError:
        return repair.open_directory(file)
    name = os.path.basename(file)
    called = {cover.client for typed in (name, name.replace("-", " ")) for cover in repair.owners.of(typed)}
    if len(called) == 1:
        return repair.move(file, f"{PAPERS}/{called.pop()}", "put the papers with those of their client")
    return repair.shell(look, file, otherwise="look into it, and give it the short name of its client")


def _written_since(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """Dossiers that were set aside here, and in which somebody has gone on writing elsewhere."""
    for one in removed.written_since(folder.binder):
        message = f"{one.name} was removed here, and has {one.what} since: another machine has gone on with it"
        mend = repair.move(one.file, f"{CLIENTS}/{os.path.basename(one.file)}", "look at both, and keep what they say")
        yield Finding("written_since", None, one.file, None, message, mend)


def _rescued(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """Texts that were typed and could not be written, and papers that were taken back."""
    for name in listed(folder.root, RESCUED):
        file = f"{RESCUED}/{name}"
        if leftovers.is_temporary(name):
            continue
        if re.search(r"-[0-9a-f]{6}\.txt\Z", name):
            message = "A text that was typed and could not be written; read it first"
            yield Finding("rescued", None, file, None, message, repair.look_and_remove(file))
        else:
            message = "A paper that was taken back, and whose original is gone; attach it again, or take it away"
            yield Finding("rescued", None, file, None, message, repair.remove(file))


# Directories and links --------------------------------------------------------------------------------


def places(folder: Folder, repair: Repair) -> Iterator[Finding]:
    """Directories that are missing, or in whose place there is something else."""
    root = folder.root
    linked = bounds.private_links(root)
    for name in (CLIENTS, SLIPS, REMOVED, PAPERS, PRIVATE, DAYBOOK, RESCUED, papers.WAITING, papers.WAITING_THERE):
        path = os.path.join(root, name)
        if name.startswith(f"{PRIVATE}/") and PRIVATE in linked:
            continue
        if name in linked or (os.path.lexists(path) and not os.path.isdir(path)):
            message = "This is no directory, and one of that name is needed"
            if os.path.isdir(path):
                message = "This is a link, and what it leads to is not for this program to write in"
            mend = repair.set_aside(name, f"{name.replace('/', '-').strip('.')}-set-aside")
            yield Finding("in_the_way", None, name, None, message, mend)
        elif os.path.lexists(path) and files.is_shut(path):
            message = "You may not look into this directory, so what is in it is not known"
            yield Finding("shut", None, name, None, message, repair.open_directory(name))
    if not os.path.lexists(os.path.join(root, CLIENTS)):
        message = "There is no directory of this name; if there were dossiers, take it back from a backup"
        mend = repair.shell("mkdir -m 700 {}", CLIENTS, otherwise="make this directory")
        yield Finding("missing", None, CLIENTS, None, message, mend)


def _links(folder: Folder) -> Iterator[Finding]:
    """Dossiers and directories of papers that are links out of the folder."""
    for file in bounds.linked_out(folder.root):
        directory, _, name = file.rpartition("/")
        leads_to = os.path.realpath(folder.binder.path(file))
        is_of_papers = directory.startswith(PAPERS)
        if not is_of_papers and not os.path.isfile(leads_to):
            # Such a dossier cannot be read, and is told of as that.
            continue
        client = None if directory == REMOVED or file == bounds.PAPERS_OF_SLIPS else name.removesuffix(".toml")
        if client is not None and directory in (SLIPS, bounds.PAPERS_OF_SLIPS):
            client = f"{SLIP}{client}"
        what_then = (
            "no paper is opened or written through it" if is_of_papers else "what is written here is written there"
        )
        message = f"A link that leads out of the folder, to {leads_to}; {what_then}"
        yield Finding(
            "link", client, file, None, message, by_hand("leave it if you have made it; else take the link away")
        )


# What others may read ---------------------------------------------------------------------------------


class OpenDirectory(NamedTuple):
    """A directory in which files or directories are open to other users of the machine, and how many."""

    directory: str
    how_many: int


# Modes of others: any use at all; writing by just anybody, which no usual mask leaves open.
_ANY_USE, _WRITING = 0o077, 0o002


def open_to_others(root: str) -> Iterator[OpenDirectory]:
    """`.cf/`, which is for its owner alone, and the whole folder (`.`) where it was made so or anybody can reach it.

    It was made so if of the folder, its settings and its dossiers two are closed, as `cf init` makes all three.
    In a folder that was made open, and lies where nobody comes, only what anybody may write is counted. Links are
    not followed: what they lead to is elsewhere.
    """
    private = 0 if os.path.islink(os.path.join(root, PRIVATE)) else _count_open(os.path.join(root, PRIVATE), _ANY_USE)
    made = [_is_open(os.path.join(root, name)) for name in (".", "clientfolder.toml", CLIENTS)]
    meant_closed = made.count(False) >= 2 or _anybody_reaches(root)
    count = _count_open(root, _ANY_USE if meant_closed else _WRITING, but=(PRIVATE, ".git"))
    if count:
        yield OpenDirectory(".", count)
    if private:
        yield OpenDirectory(PRIVATE, private)


def _count_open(top: str, use: int, but: tuple[str, ...] = ()) -> int:
    count = int(_is_open(top, use))
    for place, directories, names in os.walk(top):
        if place == top:
            directories[:] = [name for name in directories if name not in but]
        count += sum(_is_open(os.path.join(place, name), use) for name in (*directories, *names))
    return count


def _is_open(path: str, use: int = _ANY_USE) -> bool:
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return not stat.S_ISLNK(status.st_mode) and bool(status.st_mode & use)


def _anybody_reaches(root: str) -> bool:
    """Whether no directory on the way shuts other users out."""
    path = os.path.realpath(root)
    try:
        while os.stat(path).st_mode & stat.S_IXOTH:
            path, before = os.path.dirname(path), path
            if path == before:
                return True
    except OSError:
        # What cannot be looked at is not reached either.
        return False
    return False
