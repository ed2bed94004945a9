"""Files that count for nothing: what a killed command left half written, and copies that other programs made.

The one definition of each, and of the names that temporary files are given: for the binder, which asks what a dossier
is, the doctor, which tells of the others, the backup, which leaves them out, and recovery, which deletes some.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from clientfolder.errors import Unreadable
from clientfolder.tuples import NamedTuple

# Temporary files --------------------------------------------------------------------------------------

# No system gives a file a longer name; one that is read somewhere may be as long as it likes.
MOST_NAME_BYTES = 255
# Short enough for any name, which systems measure in bytes.
_MOST_BYTES = 80
# The versions before gave a link that moves no name in front, and the register no dot.
_TEMPORARY = r"(?s)(?:\.|(?=(?:slips-)?register\.))(?:(.{1,80})\.)?[0-9a-f]{12}\.tmp"


def temporary_name(path: str) -> str:
    """A name beside that path, random and hidden, for what is to become it: no list counts it."""
    directory, name = os.path.split(path)
    return os.path.join(directory, f".{_cut(name)}.{os.urandom(6).hex()}.tmp")


def is_temporary(name: str) -> bool:
    """Whether a file of that name is one that a command writes before it puts it in place."""
    return re.fullmatch(_TEMPORARY, name) is not None


def is_temporary_of(temporary: str, names: Iterable[str]) -> bool:
    """Whether the first is a temporary name of what is to have one of the others."""
    found = re.fullmatch(_TEMPORARY, temporary)
    return found is not None and found[1] in map(_cut, names)


def _cut(name: str) -> str:
    return os.fsdecode(os.fsencode(name)[:_MOST_BYTES])


# Copies, by their names -------------------------------------------------------------------------------

Kind = Literal["leftover", "swap", "copy"]


class Leftover(NamedTuple):
    """What a file's name tells of it. `of`: the name of the file that it was made of, where that can be told."""

    kind: Kind
    of: str | None


# Each gives the name of the file that the copy was made of, but for its ending where that is cut off; compiled where a
# name asks for it, for in most folders none does. The first are left by sync programs, which had two versions and kept
# both.
_CONFLICTS = (
    r"(.*?)\.sync-conflict-.*?(\.toml).*",
    r"(.*?) ?[(\[][^)\]]*conflict[^)\]]*[)\]].*?(\.toml).*|(.*?)_conflict-\d.*?(\.toml).*",
)
_SWAP = r"(?is)\.?(.+\.toml)\.sw[a-z]\Z|\.#(.+\.toml)\Z|\.~lock\.(.+\.toml)#\Z"
_COPIES = (
    *_CONFLICTS,
    r"#(.+\.toml)#\Z|\.?(.+\.toml)(?:~|\.~\d+~|\.un~|\.(?:bak|orig|rej|old|save|mine|backup|tmp))\Z",
    r"(.*?)~(\.toml)\Z",
    r"(.*?)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(\.toml)\Z|[#~]+(.*\.toml)\Z",
    # What macOS lays beside a file on a disk that is not its own.
    r"\._(.+\.toml)\Z",
)
# One of these is in the name of every copy that ends as a dossier does; most names have none, and cost one look.
_MARK = re.compile(r"[(\[~#_]|\.sync-conflict-", re.IGNORECASE)


def leftover_of(name: str) -> Leftover | None:
    """What a file of this name is, by the name alone; None where it is no copy and no leftover."""
    if found := re.fullmatch(_TEMPORARY, name):
        return Leftover("leftover", found[1])
    if found := re.match(_SWAP, name):
        return Leftover("swap", _joined(found))
    found = next((match for shape in _COPIES if (match := re.match(shape, name, re.IGNORECASE | re.DOTALL))), None)
    return Leftover("copy", _joined(found)) if found else None


def _joined(found: re.Match[str]) -> str | None:
    original = "".join(part for part in found.groups() if part)
    return original if original.lower() != ".toml" else None


def conflict_of(name: str) -> str | None:
    """The name of the file of which a sync program kept a second version under this name; None for any other."""
    shapes = ((re.fullmatch(shape, name, re.IGNORECASE | re.DOTALL)) for shape in _CONFLICTS)
    found = next(filter(None, shapes), None)
    return _joined(found) if found and name.endswith(".toml") and not name.startswith(".") else None


# Names that iCloud and OneDrive give to a second version, where nothing else is named so.
_BESIDE = r"(.+?)(?: \d{1,2}|-[A-Z0-9][A-Z0-9-]*)(\.toml)"


def version_of(name: str, original: str) -> bool:
    """Whether a file of this name is a second version that a sync program kept of the other, which is no dossier."""
    found = re.fullmatch(_BESIDE, name)
    return original in (conflict_of(name), _joined(found) if found else None)


def is_dossier(name: str) -> bool:
    """Whether a file of that name among the clients is a dossier; a copy that something left there is none."""
    if not name.endswith(".toml") or name.startswith(".") or len(name) > MOST_NAME_BYTES:
        return False
    return not _MARK.search(name) or leftover_of(name) is None


# Copies, by what they say -----------------------------------------------------------------------------
#
# A copy that a sync program or a person made may have any name (`anna 2`, `anna - Kopie`, `anna-LAPTOP`), and so may a
# dossier. So it takes both: a name made of the other's, and the same client with the same beginning.

_OWN_NUMBER = re.compile(r"-[0-9]+")
_NAME_LINE = rb"(?m)^name[ \t]*=[ \t]*(.*?)[ \t\r]*$"
_ENTRY = "\n[[log]]"


def originals(stem: str) -> Iterator[str]:
    """The stems of which a file of that stem may be a copy, as its name goes: the longest last.

    What this program adds to a name, `-2` and so on, is no mark of a copy.
    """
    for place, sign in enumerate(stem):
        if sign.isalnum():
            continue
        if place and not _OWN_NUMBER.fullmatch(stem, place):
            yield stem[:place]
        if sign == " ":
            yield stem[place + 1 :]


def is_same_client(one: bytes, other: bytes) -> bool:
    """Whether two dossiers have the same name, and their logs begin with the same entry, or one log is empty.

    So it is where one log is a beginning of the other, and where two copies were both written on. False where one
    of them cannot be read.
    """
    if one == other:
        return True
    names = re.search(_NAME_LINE, one), re.search(_NAME_LINE, other)
    # Most files of such names are of two clients, and this is told without parsing.
    if names[0] and names[1] and names[0][1] != names[1][1]:
        return False
    begun, begun_of_other = _begun(one), _begun(other)
    if begun is None or begun_of_other is None or begun.name != begun_of_other.name:
        return False
    entries = begun.first_entry, begun_of_other.first_entry
    return None in entries or entries[0] == entries[1]


def name_in(raw: bytes) -> str | None:
    """The name that a dossier's bytes say; None where they cannot be read."""
    begun = _begun(raw)
    return begun.name if begun else None


def share_first_entry(one: bytes, other: bytes) -> bool:
    """Whether the logs of two dossiers begin with the same entry; two empty ones do not."""
    begun, begun_of_other = _begun(one), _begun(other)
    if begun is None or begun_of_other is None or begun.first_entry is None:
        return False
    return begun.first_entry == begun_of_other.first_entry


class _Beginning(NamedTuple):
    name: str
    first_entry: dict[str, Any] | None


def _begun(raw: bytes) -> _Beginning | None:
    """The name of a dossier, and its first entry if it has any; None where that cannot be read."""
    # Here and not above: no folder without such files has to pay for it.
    from clientfolder.binder.toml import parser

    try:
        text = parser.decode("", raw)
        data = _data_of_beginning(text) or parser.parse("", text)[0]
    except Unreadable:
        return None
    name, log = data.get("name"), data.get("log", [])
    if not isinstance(name, str) or not isinstance(log, list) or not all(isinstance(entry, dict) for entry in log):
        return None
    return _Beginning(name, log[0] if log else None)


def _data_of_beginning(text: str) -> dict[str, Any] | None:
    """The values above the second entry; None where it has none, or where what looks like one stands in a text."""
    from clientfolder.binder.toml import parser

    second = text.find(_ENTRY, text.find(_ENTRY) + 1)
    try:
        return parser.parse("", text[: second + 1])[0] if second > 0 else None
    except Unreadable:
        return None
