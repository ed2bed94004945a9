"""What `cf doctor` finds beside the dossiers: copies, leftovers, acts cut short, odd settings, what others may read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from clientfolder import settings
from clientfolder.binder import bounds, condition, files, scanner, toml
from clientfolder.binder.binder import CLIENTS, PAPERS, PRIVATE, PRIVATE_PLACES, REMOVED, SLIPS, file_of
from clientfolder.binder.daybook import Daybook, Name
from clientfolder.cli.counter import Counter
from clientfolder.cli.finding import Finding
from clientfolder.cli.mends import Mends
from clientfolder.dossier import SLIP
from clientfolder.errors import CannotReach, Unreadable


def findings(counter: Counter, mends: Mends) -> Iterator[Finding]:
    """Everything that is wrong or odd in the folder, but for what the dossiers say."""
    root, clients = counter.office.root, [*counter.binder.clients(), *counter.binder.slips()]
    for one in condition.strays(root, clients):
        if one.kind != "misplaced" or "/" in one.file or _is_dossier(root, one.file):
            yield _stray(counter, one, mends)
    for file in condition.papers_of_nobody(root, clients):
        message = "No dossier has this short name; give the papers that of theirs, or take them away"
        yield Finding("papers", None, file, None, message, _mend_papers(counter, file, mends))
    for file in bounds.linked_out(root):
        message = "This link leads out of the folder; if it is not you who made it, take it away"
        yield Finding("leads_out", None, file, None, message, f"ls -ld {mends.path(file)}")
    yield from _private(counter, mends)
    yield from _settings(counter, mends)
    yield from _forms(counter, mends)
    for place in condition.open_to_others(root):
        message = f"{_counted(place.how_many)} here can be read or written by other users of this machine"
        yield Finding("open", None, place.directory, None, message, f"chmod -R go= {mends.path(place.directory)}")


def _counted(count: int) -> str:
    return "One file or directory" if count == 1 else f"{count} files and directories"


# Files that lie about ---------------------------------------------------------------------------------

_MESSAGES: dict[condition.Kind, str] = {
    "leftover": "Left by a command that was killed before it had written; it counts for nothing",
    "swap": "An editor has this file open, or was killed; look there first whether it kept anything",
    "copy": "A copy that a sync program, an editor or git left; it counts for nothing. Keep what only it says",
    "hidden": "A name with a dot in front is a hidden file; it counts for nothing, and no list shows the client",
    "ending": "A dossier's file ends in .toml, in small letters; this one counts for nothing",
    "misplaced": f"A dossier lies in {CLIENTS}/ itself, a slip in {SLIPS}/; in this place it counts for nothing",
}


def _stray(counter: Counter, one: condition.Stray, mends: Mends) -> Finding:
    code = "copy" if one.kind == "swap" else one.kind
    return Finding(code, None, one.file, None, _MESSAGES[one.kind], _mend(counter, one, mends))


def _is_dossier(root: str, file: str) -> bool:
    """Whether a file of another place looks like a dossier: it has a name at the top, be it spoilt otherwise."""
    try:
        text = toml.decode(file, files.read(os.path.join(root, file), file))
    except (FileNotFoundError, Unreadable, CannotReach):
        return False
    try:
        return isinstance(toml.parse(file, text)[0].get("name"), str)
    except Unreadable:
        top = re.split(r"^[ \t]*\[", text, maxsplit=1, flags=re.MULTILINE)[0]
        return bool(re.search(r"^[ \t]*name[ \t]*=", top, re.MULTILINE))


def _mend(counter: Counter, one: condition.Stray, mends: Mends) -> str:
    if one.file.endswith("\n"):
        return "give this file a name by hand that does not end with a line end"
    if one.kind == "leftover":
        return _mend_leftover(counter, one, mends)
    if one.kind in ("swap", "copy"):
        return _mend_copy(counter, one, mends)
    return mends.move(one.file, _beside_others(one.file, mends))


def _mend_leftover(counter: Counter, one: condition.Stray, mends: Mends) -> str:
    """What nobody typed is deleted; anything else may be all that is left of a text, and is looked at first."""
    root, path = counter.office.root, mends.path(one.file)
    content = _content(root, one.file)
    is_known = content is not None and content in (b"", _content(root, one.of or one.file))
    if is_known or os.path.dirname(one.file) in (PRIVATE, f"{PRIVATE}/daybook"):
        return f"rm {path}"
    has_original = one.of is not None and os.path.isfile(os.path.join(root, one.of))
    return f"diff {mends.path(one.of)} {path}; rm -i {path}" if one.of and has_original else f"cat {path}; rm -i {path}"


def _content(root: str, file: str) -> bytes | None:
    try:
        return files.read(os.path.join(root, file), file)
    except (FileNotFoundError, Unreadable, CannotReach):
        return None


def _mend_copy(counter: Counter, one: condition.Stray, mends: Mends) -> str:
    """Look at the difference and be asked; a copy that is all there is takes the place of what is lost.

    Where several are all there is, the others get names of their own.
    """
    remove = f"rm -i {mends.path(one.file)}"
    if one.of is None or one.kind == "swap":
        return remove
    if os.path.isfile(os.path.join(counter.office.root, one.of)):
        return f"diff {mends.path(one.of)} {mends.path(one.file)}; {remove}"
    if one.file.endswith(".rej"):
        return remove
    return mends.move(one.file, one.of if not mends.is_taken(one.of) else _beside(one.of, mends))


def _beside_others(file: str, mends: Mends) -> str:
    """A file that counts, among the slips if it lies there, else among the clients."""
    kind = SLIP if file.startswith(SLIP) else ""
    stem = f"{kind}{condition.stem(os.path.basename(file))}"
    return file_of(mends.free(stem, papers_of=stem))


def _beside(file: str, mends: Mends) -> str:
    """A free name in the same directory; among the dossiers, a short name."""
    directory, stem = os.path.dirname(file), condition.stem(os.path.basename(file))
    if directory in condition.COUNTED:
        return _beside_others(file, mends)
    ending, number = os.path.basename(file)[len(stem) :], 2
    while mends.is_taken(found := os.path.join(directory, f"{stem}-{number}{ending}")):
        number += 1
    return found


def _mend_papers(counter: Counter, file: str, mends: Mends) -> str:
    """Nothing is lost with an empty directory; whose the others are is known if one client alone is called so."""
    try:
        if not os.listdir(os.path.join(counter.office.root, file)):
            return f"rmdir {mends.path(file)}"
    except OSError:
        return mends.open_directory(file)
    to = mends.papers_for(os.path.basename(file))
    return mends.move(file, to) if to else f"look into {mends.path(file)}, and give it the short name of its client"


# Directories ------------------------------------------------------------------------------------------


def places(counter: Counter, mends: Mends) -> Iterator[Finding]:
    """Directories that are missing, or in whose place there is something else."""
    root = counter.office.root
    links = bounds.private_links(root)
    for name in (CLIENTS, SLIPS, REMOVED, PAPERS, *PRIVATE_PLACES):
        path = os.path.join(root, name)
        if links and name.startswith(PRIVATE):
            continue
        if os.path.lexists(path) and not os.path.isdir(path):
            message = "This is no directory, and one of that name is needed"
            mend = mends.set_aside(name, f"{name.replace('/', '-').strip('.')}-set-aside")
            yield Finding("in_the_way", None, name, None, message, mend)
        elif os.path.lexists(path) and files.is_shut(path):
            message = "You may not look into this directory, so what is in it is not known"
            yield Finding("shut", None, name, None, message, mends.open_directory(name))
    for name in links:
        message = "This is a link, and what cf keeps for itself lies behind none; nothing is written through it"
        yield Finding("link", None, name, None, message, f"rm {mends.path(name)}")
    if not os.path.lexists(os.path.join(root, CLIENTS)):
        message = "There is no directory of this name; if there were dossiers, take it back from a backup"
        yield Finding("missing", None, CLIENTS, None, message, f"mkdir -m 700 {mends.path(CLIENTS)}")


# What is of this machine alone ------------------------------------------------------------------------


def _private(counter: Counter, mends: Mends) -> Iterator[Finding]:
    root, book = counter.office.root, counter.clerk.daybook
    private = os.path.join(root, PRIVATE)
    ignored = f"{PRIVATE}/.gitignore"
    is_own = os.path.isdir(private) and not os.path.islink(private)
    is_under_git = is_own and os.path.lexists(os.path.join(root, ".git"))
    if is_under_git and not os.path.exists(os.path.join(root, ignored)):
        message = f"git does not know that {PRIVATE}/ is of this machine alone"
        yield Finding("not_ignored", None, ignored, None, message, f"echo '*' > {mends.path(ignored)}")
    cut_short = counter.binder.interrupted()
    for name in _steps(book):
        file = f"{PRIVATE}/daybook/{name.file}"
        try:
            step = book.read(name)
        except CannotReach as trouble:
            message = f"{trouble.message}. Until it can, nothing is undone"
            yield Finding("daybook", None, file, None, message, f"chmod u+rw {mends.path(file)}")
            continue
        if step is None and os.path.lexists(os.path.join(root, file)):
            message = "This step cannot be read, and so cannot be undone; nothing else needs it"
            yield Finding("daybook", None, file, None, message, f"rm {mends.path(file)}")
        elif step and cut_short and name.state in ("doing", "undoing"):
            message = f'"{step.words}" was cut short while it wrote; the next command that writes settles it'
            yield Finding("interrupted", None, file, None, message, "write anything, as with the next cf log")
    for file in condition.rescued(root):
        path, message = mends.path(file), "A text that was typed and could not be written; read it first"
        by_hand = "read it in an editor, and delete it by hand"
        if not re.search(r"-[0-9a-f]{6}\.txt\Z", file):
            message = "A paper that was taken back, and whose original is gone; attach it again, or take it away"
            by_hand, mend = "look at it, and delete it by hand", f"rm -i {path}"
        else:
            mend = f"cat {path}; rm -i {path}"
        mend = by_hand if file.endswith("\n") else mend
        yield Finding("rescued", None, file, None, message, mend)


def _steps(book: Daybook) -> list[Name]:
    """The names of the steps; where they cannot be listed, that has been found already."""
    try:
        return book.names()
    except CannotReach:
        return []


# The settings -----------------------------------------------------------------------------------------


def _settings(counter: Counter, mends: Mends) -> Iterator[Finding]:
    file = settings.FILE
    try:
        text = toml.decode(file, files.read(os.path.join(counter.office.root, file), file))
        data, _ = toml.parse(file, text)
    except FileNotFoundError:
        return
    except (Unreadable, CannotReach) as trouble:
        message = f"{trouble.message}. Until then the defaults are used"
        away = mends.no_file(file)
        # Its presence marks the folder.
        mend = f"{away} && touch {mends.path(file)}" if away else mends.editor(file)
        yield Finding("setting", None, file, trouble.line, message, mend)
        return
    for name, value in data.items():
        for warning in settings.load({name: value})[1]:
            message = warning.message.removeprefix(f"{file}: ")
            yield Finding("setting", None, file, scanner.line_of(text, (name,)), message, mends.editor(file))
    for warning in counter.office.holidays[1]:
        message = warning.message.removeprefix(f"{file}: ")
        yield Finding("setting", None, file, scanner.line_of(text, ("holidays",)), message, mends.editor(file))


def _forms(counter: Counter, mends: Mends) -> Iterator[Finding]:
    """Forms that cannot be read, each with all that is wrong in it."""
    from clientfolder.binder import forms

    try:
        places = forms.places(counter.binder)
    except CannotReach as shut:
        yield Finding(shut.code, None, shut.file, None, shut.message, None)
        return
    for place in places:
        for trouble in forms.read(place)[1] if place.file else ():
            mend = mends.editor(place.file or "")
            yield Finding(trouble.code, None, trouble.file, trouble.line, trouble.message, mend)
