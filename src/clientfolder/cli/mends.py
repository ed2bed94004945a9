"""The line that mends what `cf doctor` finds, as it can be pasted into any POSIX shell, whatever the names are."""

from __future__ import annotations

import os
import re
from functools import cached_property
from shlex import quote

from clientfolder.binder import files, lookup, names
from clientfolder.binder.binder import PAPERS, client_of, file_of
from clientfolder.cli.counter import Counter
from clientfolder.dossier import Cover
from clientfolder.errors import Trouble, visible


def word(text: str) -> str:
    """A text as one word of a command line. What cannot be seen is written in octal, which every shell reads."""
    if visible(text) == text:
        return quote(text)
    octal = re.sub(rb"[^A-Za-z0-9_./-]|^-", lambda found: b"\\%03o" % found[0][0], os.fsencode(text))
    return f"\"$(printf '{octal.decode()}')\""


class Mends:
    """The lines for one folder, as seen from where the command was typed."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._given: set[str] = set()

    # Words --------------------------------------------------------------------------------------------

    def cf(self, verb: str, *words: str, option: str | None = None) -> str:
        """A command line of this program on this folder."""
        said = self._counter.office.folder
        options = [*([option] if option else []), *(["--folder", said] if said else [])]
        has_dash = any(text.startswith("-") for text in words)
        parts = [*options, "--", *words] if has_dash else [*words, *options]
        return " ".join(["cf", verb, *map(word, parts)])

    def path(self, file: str) -> str:
        """A file of the folder as one word."""
        root, here = (os.path.realpath(path) for path in (self._counter.office.root, self._counter.world.cwd))
        full = os.path.normpath(os.path.join(root, file))
        beside = full == here or full.startswith(here.rstrip("/") + "/")
        seen = os.path.relpath(full, here) if beside else full
        return word(f"./{seen}" if seen.startswith("-") else seen)

    def editor(self, file: str) -> str:
        return f"${{EDITOR:-vi}} {self.path(file)}"

    def move(self, file: str, to: str) -> str:
        return f"mv {self.path(file)} {self.path(to)}"

    # Clients ------------------------------------------------------------------------------------------

    @cached_property
    def _owners(self) -> lookup.Owners:
        return lookup.Owners(self._counter.contents.covers)

    @cached_property
    def _readable(self) -> set[str]:
        return {cover.client for cover in self._counter.contents.covers}

    @cached_property
    def _broken(self) -> set[str]:
        return {lookup.folded(client_of(trouble.file or "")) for trouble in self._counter.contents.unreadable}

    def called(self, cover: Cover) -> str | None:
        """What to type so that this client is found and no other: the short name, else name, mail or phone."""
        typed = (cover.client, cover.name, cover.email, cover.phone)
        return next((text for text in typed if text and visible(text) == text and self._finds(text, cover)), None)

    def _finds(self, text: str, cover: Cover) -> bool:
        if text not in self._readable and lookup.folded(text) in self._broken:
            return False
        try:
            return lookup.find(self._owners.of(text), text) is cover
        except Trouble:
            return False

    def on(self, verb: str, cover: Cover, *words: str, option: str | None = None) -> str:
        """A command on a client; where no words find it alone, its file in an editor."""
        called = self.called(cover)
        return self.editor(file_of(cover.client)) if called is None else self.cf(verb, called, *words, option=option)

    def edit_broken(self, trouble: Trouble) -> str:
        """What helps a dossier that cannot be read."""
        file = trouble.file or ""
        client = client_of(file)
        if mend := self.no_file(file):
            return mend
        size = os.path.getsize(os.path.join(self._counter.office.root, file))
        by_path = size > files.MOST_BYTES or visible(client) != client
        return self.editor(file) if by_path else self.cf("edit", client)

    def no_file(self, file: str) -> str | None:
        """What helps where there is no file that could be opened, by what lies there."""
        path = os.path.join(self._counter.office.root, file)
        if os.path.isdir(path):
            return self.set_aside(file, client_of(file)) if os.listdir(path) else f"rmdir {self.path(file)}"
        if not os.path.isfile(path):
            return f"rm {self.path(file)}"
        if not os.access(path, os.R_OK):
            return f"chmod u+rw {self.path(file)}"
        return None

    def set_aside(self, file: str, name: str) -> str:
        """Something in the way goes into the folder itself, under a name that nothing there has."""
        number, free = 2, name
        while os.path.lexists(os.path.join(self._counter.office.root, free)):
            number, free = number + 1, f"{name}-{number}"
        return self.move(file, free)

    # Names --------------------------------------------------------------------------------------------

    @cached_property
    def _same_names(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for cover in self._counter.contents.covers:
            plain = names.same(cover.name)
            counts[plain] = counts.get(plain, 0) + 1
        return counts

    def rename(self, cover: Cover) -> str:
        """Give the file the short name of its client."""
        called = self.called(cover)
        if called is None or self._same_names[names.same(cover.name)] > 1 or visible(cover.name) != cover.name:
            return self.rename_file(cover.client, cover.name)
        return self.cf("rename", called, cover.name)

    def rename_file(self, client: str, name: str) -> str:
        """Give a file another name by hand, and its papers too: for one that no words of a command can mean."""
        to = self.free(name)
        papers = f"{PAPERS}/{client}"
        has_papers = os.path.isdir(os.path.join(self._counter.office.root, papers))
        more = f" && {self.move(papers, f'{PAPERS}/{to}')}" if has_papers else ""
        return self.move(file_of(client), file_of(to)) + more

    def free(self, name: str) -> str:
        """A short name that no dossier has, and that none of these lines gives already."""
        taken = self._taken | self._given
        found = names.free(names.short_name(name), taken)
        self._given.add(found)
        return found

    @cached_property
    def _taken(self) -> set[str]:
        return {client.lower() for client in self._counter.binder.clients()}
