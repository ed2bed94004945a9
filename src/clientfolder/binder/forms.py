"""The forms of a folder: its own in `forms/`, and those that ship; where they lie, and what they say.

One that cannot be read never stops another: it is an error with the line that is wrong.
"""

from __future__ import annotations

import os

from clientfolder.binder import files
from clientfolder.binder.binder import Binder
from clientfolder.binder.leftovers import is_dossier
from clientfolder.binder.toml import form_file, parser, scanner
from clientfolder.dossier.forms import Form
from clientfolder.errors import CannotReach, Misused, Trouble, Unreadable
from clientfolder.tuples import NamedTuple

FORMS = "forms"
MOST_BYTES = 1_000_000
_SHIPPED = os.path.join(os.path.dirname(os.path.dirname(__file__)), FORMS)


class FormFile(NamedTuple):
    """Where a form lies: its name, its absolute path, and its path in the folder (None for one that ships)."""

    name: str
    path: str
    file: str | None


def file_of(name: str) -> str:
    """The file of a form of one's own, relative to the folder."""
    return f"{FORMS}/{name}.toml"


def listed(binder: Binder) -> list[FormFile]:
    """All forms by name; one's own stands in place of one that ships. Raises CannotReach."""
    found = {name: FormFile(name, os.path.join(_SHIPPED, f"{name}.toml"), None) for name in _named(_SHIPPED)}
    try:
        own = _named(binder.path(FORMS))
    except (FileNotFoundError, NotADirectoryError):
        own = []
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=FORMS) from None
    found |= {name: FormFile(name, binder.path(FORMS, f"{name}.toml"), file_of(name)) for name in own}
    return sorted(found.values())


def _named(directory: str) -> list[str]:
    return [name.removesuffix(".toml") for name in os.listdir(directory) if is_dossier(name)]


def file_named(binder: Binder, name: str) -> FormFile:
    """The form of that name. Raises Misused, with the nearest, where there is none, and CannotReach."""
    known = {form.name: form for form in listed(binder)}
    if name in known:
        return known[name]
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else "All of them: cf form list"
    raise Misused(f"There is no form {name}. {hint}")


def shipped(name: str) -> bytes | None:
    """The text of a form that ships; None where none of that name does."""
    if name not in _named(_SHIPPED):
        return None
    return files.read(os.path.join(_SHIPPED, f"{name}.toml"), name)


def named(binder: Binder, name: str) -> Form:
    """The form of that name. Raises Misused where there is none, Unreadable or CannotReach where it cannot be read."""
    found, troubles = read(file_named(binder, name))
    if found is None:
        raise troubles[0]
    return found


def read(form: FormFile) -> tuple[Form | None, list[Trouble]]:
    """A form, or None and the errors that say all that is wrong with it, each with its line."""
    file = form.file or f"{form.name}.toml"
    try:
        text = parser.decode(file, files.read(form.path, file, MOST_BYTES))
        data, _ = parser.parse(file, text)
    except FileNotFoundError:
        return None, [Unreadable("The form has just gone", file=file)]
    except (Unreadable, CannotReach) as trouble:
        return None, [trouble]
    found, wrong = form_file.read(form.name, form.file, data)
    lines = scanner.lines_of(text, [one.path for one in wrong]) if wrong else []
    return found, [Unreadable(one.message, file=file, line=line) for one, line in zip(wrong, lines, strict=True)]
