"""Merges as planned writes."""

from __future__ import annotations

from clientfolder.binder.binder import Binder
from clientfolder.binder.journal.operations import Created, Replaced
from clientfolder.binder.merge import planning
from folders import Cf


def test_a_file_is_made_changed_or_left(cf: Cf) -> None:
    binder = Binder(str(cf.root))
    [made] = planning.rewritten(binder, ".gitattributes", lambda old: f"{old}a\n", "words")
    assert made.files == (Created(".gitattributes", b"a\n"),)
    (cf.root / ".gitattributes").write_bytes(b"\xff\n")
    [changed] = planning.rewritten(binder, ".gitattributes", lambda old: f"{old}a\n", "words")
    assert changed.files == (Replaced(".gitattributes", b"\xff\n", b"\xff\na\n"),)
    assert planning.rewritten(binder, ".gitattributes", lambda old: old, "words") == []
