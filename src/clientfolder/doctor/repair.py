"""The line that mends what is found, for a POSIX shell.

No line loses a file: what is taken away or would be overwritten is asked about first. A name that a shell could take
for something else is for a person to handle: the mend then says what to do by hand.
"""

from __future__ import annotations

import os
from functools import cached_property
from shlex import quote

from clientfolder import settings
from clientfolder.binder import files, names
from clientfolder.binder.binder import CLIENTS, PAPERS, PRIVATE, REMOVED, SLIPS, client_of, file_of, stem_of
from clientfolder.binder.index import lookup
from clientfolder.doctor.finding import Folder
from clientfolder.dossier.types import SLIP, Cover, is_slip
from clientfolder.errors import Trouble
from clientfolder.text import comparable

# Names that mean something in the folder.
_MEANT = (CLIENTS, SLIPS, REMOVED, PAPERS, PRIVATE, settings.FILE)
# What a text may hold beside what can be seen.
_BLANKS = {ord(sign): None for sign in "\n\r\t"}


def by_hand(what: str) -> str:
    """What a person has to do."""
    return f"by hand: {what}"


class Repair:
    """The lines for one folder, as seen from where the command was typed."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._root = folder.root

    # Lines --------------------------------------------------------------------------------------------

    def shell(self, line: str, *of: str, otherwise: str) -> str:
        """A command line with files of the folder in place of each `{}`, or what to do by hand where none can be."""
        paths = [self._seen_from_here(file) for file in of]
        if not all(path.isprintable() for path in paths):
            return by_hand(otherwise)
        return line.format(*map(quote, paths))

    def _seen_from_here(self, file: str) -> str:
        root, here = os.path.realpath(self._root), os.path.realpath(self._folder.cwd)
        full = os.path.normpath(os.path.join(root, file))
        beside = full == here or full.startswith(here.rstrip("/") + "/")
        seen = os.path.relpath(full, here) if beside else full
        return f"./{seen}" if seen.startswith("-") else seen

    def cf(self, verb: str, *words: str, option: str | None = None) -> str | None:
        """A command line of this program on this folder; None where its words are none for a shell."""
        said = self._folder.said
        options = [*([option] if option else []), *(["--folder", said] if said else [])]
        has_dash = any(text.startswith("-") for text in words)
        parts = [*options, "--", *words] if has_dash else [*words, *options]
        return " ".join(["cf", verb, *map(quote, parts)]) if all(part.isprintable() for part in parts) else None

    def editor(self, file: str) -> str:
        return self.shell("${{EDITOR:-vi}} {}", file, otherwise="open this file in an editor")

    def remove(self, file: str) -> str:
        return self.shell("rm -i {}", file, otherwise="look at it, and delete it")

    def look_and_remove(self, file: str, beside: str | None = None) -> str:
        """Show a file, or how it differs from the one beside it, and ask whether it can go.

        What somebody else has put into the file must not steer the terminal when the line is pasted.
        """
        if beside is None:
            made_visible = "" if self._is_harmless(file) else " | cat -v"
            return self.shell(f"cat {{0}}{made_visible}; rm -i {{0}}", file, otherwise="look at it, and delete it")
        made_visible = "" if self._is_harmless(beside) and self._is_harmless(file) else " | cat -v"
        otherwise = "compare it with the one that counts, and delete it"
        return self.shell(f"diff {{0}} {{1}}{made_visible}; rm -i {{1}}", beside, file, otherwise=otherwise)

    def _is_harmless(self, file: str) -> bool:
        try:
            text = files.read(os.path.join(self._root, file), file).decode()
        except (FileNotFoundError, UnicodeDecodeError, Trouble):
            return False
        return text.translate(_BLANKS).isprintable()

    def move(self, file: str, to: str, otherwise: str) -> str:
        """Another name for a file, if it is free. Whatever has come there meanwhile is not overwritten unasked."""
        if os.path.lexists(os.path.join(self._root, to)):
            return by_hand(otherwise)
        return self.shell("mv -i {} {}", file, to, otherwise=otherwise)

    def open_directory(self, directory: str) -> str:
        """Let its owner look into a directory."""
        return self.shell("chmod u+rwx {}", directory, otherwise="make this directory readable for yourself")

    def set_aside(self, file: str, name: str) -> str:
        """Something in the way goes into the folder itself, under a name that nothing there has or is meant to have."""
        number, free = 2, name
        while free.lower() in _MEANT or os.path.lexists(os.path.join(self._root, free)):
            number, free = number + 1, f"{name}-{number}"
        return self.move(file, free, "give it another name outside of this directory")

    def no_file(self, file: str) -> str | None:
        """What helps where there is no file that could be opened, by what lies there."""
        path = os.path.join(self._root, file)
        try:
            os.lstat(path)
        except PermissionError:
            return self.open_directory(os.path.dirname(file) or ".")
        except OSError:
            pass
        if os.path.isdir(path) and not os.path.islink(path):
            if files.is_shut(path):
                return self.open_directory(file)
            if _holds_something(path):
                return self.set_aside(file, stem_of(client_of(file)))
            return self.shell("rmdir {}", file, otherwise="take this empty directory away")
        if not os.path.isfile(path):
            return self.remove(file)
        if not os.access(path, os.R_OK):
            return self.shell("chmod u+rw {}", file, otherwise="make this file readable for yourself")
        return None

    def settings(self) -> str:
        """What helps settings that cannot be read. Their presence marks the folder, so something takes their place."""
        away = self.no_file(settings.FILE)
        if away is None:
            return self.editor(settings.FILE)
        again = self.shell("touch {}", settings.FILE, otherwise="")
        return away if away.startswith(by_hand("")) else f"{away} && {again}"

    # Clients ------------------------------------------------------------------------------------------

    @cached_property
    def owners(self) -> lookup.Owners:
        """Who is called what."""
        return lookup.Owners(self._folder.contents.covers)

    @cached_property
    def _readable(self) -> set[str]:
        return {*self._folder.contents.covers.clients}

    @cached_property
    def _broken(self) -> set[str]:
        return {comparable(client_of(trouble.file or "")) for trouble in self._folder.contents.unreadable}

    def _called(self, cover: Cover) -> str | None:
        """What to type so that this client is found and no other: the short name, else the name, mail or phone."""
        typed = (cover.client, cover.name, cover.email, cover.phone)
        return next((text for text in typed if text and text.isprintable() and self._finds(text, cover)), None)

    def _finds(self, text: str, cover: Cover) -> bool:
        if text not in self._readable and comparable(text) in self._broken:
            return False
        try:
            return lookup.find(self.owners.of(text), text) is cover
        except Trouble:
            return False

    def on(self, verb: str, cover: Cover, *words: str, option: str | None = None) -> str:
        """A command on a client; where no words find it alone, its file in an editor."""
        called = self._called(cover)
        line = self.cf(verb, called, *words, option=option) if called is not None else None
        return line or self.editor(file_of(cover.client))

    def edit_broken(self, trouble: Trouble) -> str:
        """What helps a dossier that cannot be read."""
        file = trouble.file or ""
        if mend := self.no_file(file):
            return mend
        return (None if self._is_large(file) else self.cf("edit", client_of(file))) or self.editor(file)

    def _is_large(self, file: str) -> bool:
        try:
            return os.path.getsize(os.path.join(self._root, file)) > files.MOST_BYTES
        except OSError:
            # It has gone since it was read.
            return False

    # Names --------------------------------------------------------------------------------------------

    @cached_property
    def _namesakes(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for cover in self._folder.contents.covers.contacts:
            plain = names.same(cover.name)
            counts[plain] = counts.get(plain, 0) + 1
        return counts

    def rename(self, cover: Cover) -> str:
        """Give the file the short name of its client, and its papers too; by hand where another has that name."""
        called = self._called(cover)
        if called is not None and (cover.is_slip or self._namesakes[names.same(cover.name)] == 1):
            line = self.cf("rename", called, cover.name)
        else:
            line = None
        return line or by_hand("give the file a short name of its own, and the directory of its papers the same")

    def move_among_dossiers(self, file: str, stem: str) -> str:
        """Put a file of another place or name where it counts, if its short name is free."""
        is_one = is_slip(file)
        short = f"{SLIP}{names.slip_name(stem)}" if is_one else names.short_name(stem)
        otherwise = f"give it a name of its own in {SLIPS if is_one else CLIENTS}/, which ends in .toml"
        return by_hand(otherwise) if short in self._taken else self.move(file, file_of(short), otherwise)

    @cached_property
    def _taken(self) -> set[str]:
        """The short names of all dossiers and slips, in lower case."""
        binder = self._folder.binder
        return {client.lower() for client in (*binder.clients(), *binder.slips())}


def _holds_something(directory: str) -> bool:
    try:
        return bool(os.listdir(directory))
    except OSError:
        return True
