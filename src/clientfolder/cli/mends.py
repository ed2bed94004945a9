"""The line that mends what `cf doctor` finds, as it can be pasted into any POSIX shell, whatever the names are."""

from __future__ import annotations

import os
import re
from functools import cached_property
from shlex import quote

from clientfolder import settings
from clientfolder.binder import bounds, condition, files, lookup, names
from clientfolder.binder.binder import CLIENTS, PAPERS, PRIVATE, REMOVED, SLIPS, client_of, file_of, stem_of
from clientfolder.cli.counter import Counter
from clientfolder.dossier import SLIP, Cover, is_slip
from clientfolder.errors import Trouble, visible


def word(text: str) -> str:
    """A text as one word of a command line. What cannot be seen is written in octal, which every shell reads.

    It must not end with a line end, which a shell drops there.
    """
    if visible(text) == text:
        return quote(text)
    octal = re.sub(rb"[^A-Za-z0-9_./-]|^-", lambda found: b"\\%03o" % found[0][0], os.fsencode(text))
    return f"\"$(printf '{octal.decode()}')\""


def _closed(path: str) -> str:
    """The path of a directory with a slash where a shell would drop the end."""
    return f"{path}/" if path.endswith("\n") else path


# Names that mean something in the folder.
_MEANT = (CLIENTS, SLIPS, REMOVED, PAPERS, PRIVATE, settings.FILE)


class Mends:
    """The lines for one folder, as seen from where the command was typed."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._given: set[str] = set()

    # Words --------------------------------------------------------------------------------------------

    def cf(self, verb: str, *words: str, option: str | None = None) -> str:
        """A command line of this program on this folder."""
        said = self._counter.office.folder
        options = [*([option] if option else []), *(["--folder", _closed(said)] if said else [])]
        has_dash = any(text.startswith("-") for text in words)
        parts = [*options, "--", *words] if has_dash else [*words, *options]
        return " ".join(["cf", verb, *map(word, parts)])

    def path(self, file: str) -> str:
        """A file of the folder as one word. One that ends with a line end would become a directory, which fails."""
        root, here = (os.path.realpath(path) for path in (self._counter.office.root, self._counter.world.cwd))
        full = os.path.normpath(os.path.join(root, file))
        beside = full == here or full.startswith(here.rstrip("/") + "/")
        seen = os.path.relpath(full, here) if beside else full
        return word(_closed(f"./{seen}" if seen.startswith("-") else seen))

    def editor(self, file: str) -> str:
        return f"${{EDITOR:-vi}} {self.path(file)}"

    def move(self, file: str, to: str) -> str:
        """Another name for a file. Whatever has come there meanwhile is not overwritten unasked."""
        self._given.add(to.lower())
        return f"mv -i {self.path(file)} {self.path(to)}"

    def is_taken(self, file: str) -> bool:
        """Whether there is something of that name, or one of these lines puts something there."""
        return file.lower() in self._given or os.path.lexists(os.path.join(self._counter.office.root, file))

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
        by_path = self._is_large(file) or bounds.leads_out(self._counter.office.root, file) or visible(client) != client
        return self.editor(file) if by_path else self.cf("edit", client)

    def _is_large(self, file: str) -> bool:
        try:
            return os.path.getsize(os.path.join(self._counter.office.root, file)) > files.MOST_BYTES
        except OSError:
            # It has gone since it was read.
            return False

    def no_file(self, file: str) -> str | None:
        """What helps where there is no file that could be opened, by what lies there."""
        path = os.path.join(self._counter.office.root, file)
        try:
            os.lstat(path)
        except PermissionError:
            return self.open_directory(os.path.dirname(file) or ".")
        except OSError:
            pass
        if os.path.isdir(path) and not os.path.islink(path):
            if files.is_shut(path):
                return self.open_directory(file)
            return (
                self.set_aside(file, stem_of(client_of(file))) if _holds_something(path) else f"rmdir {self.path(file)}"
            )
        if not os.path.isfile(path):
            return f"rm {self.path(file)}"
        if not os.access(path, os.R_OK):
            return f"chmod u+rw {self.path(file)}"
        return None

    def open_directory(self, directory: str) -> str:
        """Let its owner look into a directory."""
        return f"chmod u+rwx {self.path(directory)}"

    def set_aside(self, file: str, name: str) -> str:
        """Something in the way goes into the folder itself, under a name that nothing there has or is meant to have."""
        number, free = 2, name
        while free.lower() in _MEANT or self.is_taken(free):
            number, free = number + 1, f"{name}-{number}"
        return self.move(file, free)

    # Names --------------------------------------------------------------------------------------------

    @cached_property
    def _same_names(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for cover in self._counter.contents.covers.contacts:
            plain = names.same(cover.name)
            counts[plain] = counts.get(plain, 0) + 1
        return counts

    def rename(self, cover: Cover) -> str:
        """Give the file the short name of its client."""
        called = self.called(cover)
        is_told_apart = cover.is_slip or self._same_names[names.same(cover.name)] == 1
        if called is None or not is_told_apart or visible(cover.name) != cover.name:
            return self.rename_file(cover.client, cover.name)
        return self.cf("rename", called, cover.name)

    def rename_file(self, client: str, name: str) -> str:
        """Give a file another name by hand, and its papers too: for one that no words of a command can mean."""
        to = self.free(name, papers_of=client)
        papers = f"{PAPERS}/{client}"
        has_papers = os.path.isdir(os.path.join(self._counter.office.root, papers))
        move = self.move(file_of(client), file_of(to))
        return f"{move} && {self.move(papers, f'{PAPERS}/{to}')}" if has_papers else move

    def free(self, name: str, *, papers_of: str) -> str:
        """A short name that no dossier has and no papers but those of `papers_of`, and that no line gives already.

        Where that is a slip, the name of a slip.
        """
        taken = _Taken(self, papers_of)
        if is_slip(papers_of):
            return f"{SLIP}{names.free(names.slip_name(stem_of(name)), taken)}"
        return names.free(names.short_name(name), taken)

    @cached_property
    def clients(self) -> set[str]:
        """The short names of all dossiers and slips, in lower case."""
        binder = self._counter.binder
        return {client.lower() for client in (*binder.clients(), *binder.slips())}

    @cached_property
    def papers(self) -> dict[str, set[str]]:
        """For each name in lower case, the directories of papers that have it."""
        found: dict[str, set[str]] = {}
        root = self._counter.office.root
        of_slips = (f"{SLIP}{name}" for name in condition.listed(root, f"{PAPERS}/{SLIP}"))
        for name in (*condition.listed(root, PAPERS), *of_slips):
            found.setdefault(name.lower(), set()).add(name)
        return found

    def papers_for(self, name: str) -> str | None:
        """Where papers of that name belong, if one client alone is called so and has no papers yet."""
        called = {cover.client for typed in (name, name.replace("-", " ")) for cover in self._owners.of(typed)}
        papers = f"{PAPERS}/{called.pop()}" if len(called) == 1 else None
        return papers if papers and not self.is_taken(papers) else None


class _Taken:
    """The short names that cannot be given to a dossier which brings its papers along."""

    def __init__(self, mends: Mends, papers_of: str) -> None:
        self._mends = mends
        self._own = {papers_of}
        self._kind = SLIP if is_slip(papers_of) else ""

    def __contains__(self, stem: object) -> bool:
        mends, client = self._mends, f"{self._kind}{stem}"
        papers = mends.papers.get(client, set()) - self._own
        return client in mends.clients or mends.is_taken(file_of(client)) or bool(papers)


def _holds_something(directory: str) -> bool:
    try:
        return bool(os.listdir(directory))
    except OSError:
        return True
