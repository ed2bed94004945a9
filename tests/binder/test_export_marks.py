"""How many steps an exported file is old."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.binder.export_marks import keep, steps_since
from folders import Cf


def test_steps_are_counted_from_when_the_file_was_made(cf: Cf) -> None:
    binder = Binder(str(cf.root))
    cf.write("anna", 'name = "Anna"\n')
    cf.ok("file anna fri")
    assert steps_since(binder, "/a.ics") == 1
    keep(binder, "/a.ics", ["/a.ics"])
    assert steps_since(binder, "/a.ics") == 0
    cf.ok("undo")
    cf.ok("redo")
    cf.ok("file anna mon")
    assert steps_since(binder, "/a.ics") == 1
    cf.ok("undo")
    cf.ok("undo")
    assert steps_since(binder, "/a.ics") == 2


def test_what_is_of_interest_no_more_is_forgotten(cf: Cf) -> None:
    binder = Binder(str(cf.root))
    cf.write("anna", 'name = "Anna"\n')
    cf.ok("file anna fri")
    keep(binder, "/a.ics", ["/a.ics"])
    keep(binder, "/b.ics", ["/b.ics"])
    assert (steps_since(binder, "/a.ics"), steps_since(binder, "/b.ics")) == (1, 0)


@pytest.mark.parametrize("content", [b"x", b"[]", b'{"/a.ics": 1}'])
def test_what_cannot_be_read_is_no_mark(cf: Cf, content: bytes) -> None:
    binder = Binder(str(cf.root))
    cf.write("anna", 'name = "Anna"\n')
    cf.ok("file anna fri")
    Path(binder.path(".cf", ".exported")).write_bytes(content)
    assert steps_since(binder, "/a.ics") == 1
