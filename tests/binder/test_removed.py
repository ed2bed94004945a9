"""The day in a dossier that is set aside, and what in it is younger."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.binder import removed
from clientfolder.binder.binder import Binder
from folders import Cf

DAY = date(2026, 7, 15)


def test_the_day_is_written_and_all_else_stays() -> None:
    raw = b'# mine\r\nname = "Anna"\r\n\r\n[next]\r\non = "2026-08"\r\n'
    marked = b'# mine\r\nname = "Anna"\r\nremoved = 2026-07-15\r\nremoved_from = "2026-08"\r\n\r\n[next]\r\non = "2026-08"\r\n'
    assert removed.marked("anna", raw, DAY) == marked
    assert removed.marked("anna", b"name = \n", DAY) == b"name = \n"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("", None), ("[[log]]\nat = 2026-07-15\n", None), ("[[log]]\nat = 2026-07-16\n", "an entry of 2026-07-16"),
        ("[next]\non = 2026-08-01\n", "a date, 2026-08-01"), ("removed_from = 2026-08-01\n[next]\non = 2026-08-01\n", None),
        ("[next]\non = 2026-07-10\n", None), ("[[log]]\nat = 2026-07-16T08:00:00+02:00\nkind = 'moved'\n", "an entry of 2026-07-16"),
    ],
)  # fmt: skip
def test_what_is_younger(cf: Cf, more: str, what: str | None) -> None:
    (cf.root / "removed").mkdir()
    path = cf.root / "removed" / "anna.toml"
    path.write_text(f'name = "Anna\tK"\nremoved = 2026-07-15\n{more}')
    for _ in range(2):
        assert [one.what for one in removed.written_since(Binder(str(cf.root)))] == ([what] if what else [])
    path.write_text('name = "Anna"\nremoved = 2026-07-15\n[[log]]\nat = 2026-09-01\n')
    assert len(removed.written_since(Binder(str(cf.root)))) == 1
    (cf.root / ".cf" / "removed").write_text("garbage")
    assert len(removed.written_since(Binder(str(cf.root)))) == 1
