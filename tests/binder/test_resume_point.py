"""Where one stopped is known on the same day, and on no other."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.binder import resume_point
from clientfolder.binder.binder import Binder
from clientfolder.binder.resume_point import Bookmark
from folders import Cf

DAY, NEXT_DAY = date(2026, 7, 15), date(2026, 7, 16)


@pytest.mark.parametrize("mark", [Bookmark("anna", ("bob", "slips/x")), Bookmark(None, ())])
def test_it_is_good_for_a_day(cf: Cf, mark: Bookmark) -> None:
    binder = Binder(str(cf.root))
    resume_point.keep(binder, DAY, mark)
    assert resume_point.read(binder, DAY) == mark
    assert resume_point.read(binder, NEXT_DAY) is None
    resume_point.take_away(binder)
    assert resume_point.read(binder, DAY) is None


@pytest.mark.parametrize(
    "spoilt", ["", "[", "[]", "{}", '{"day": "2026-07-15", "client": 5, "skipped": []}', "[" * 9999]
)
def test_a_spoilt_one_is_none(cf: Cf, spoilt: str) -> None:
    (cf.root / ".cf").mkdir(exist_ok=True)
    (cf.root / ".cf" / ".pile").write_text(spoilt)
    assert resume_point.read(Binder(str(cf.root)), DAY) is None
