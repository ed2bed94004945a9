"""The records of what is out, in a file that a person may edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clientfolder.binder import handed_over
from clientfolder.binder.binder import HANDED_OVER
from clientfolder.binder.handed_over import HandedOver

ONE = HandedOver("0f", date(2026, 8, 10), date(2026, 8, 21), "Pavel", "/x/pavel", ("anna", "slips/cups"))


def test_a_record_is_read_as_it_was_written_and_marked_once_when_it_is_back(tmp_path: Path) -> None:
    text = handed_over.with_record("# mine\n", ONE)
    (tmp_path / HANDED_OVER).write_text(text)
    assert handed_over.read(str(tmp_path)) == [ONE]
    assert handed_over.lent(str(tmp_path)) == {"anna": ONE, "slips/cups": ONE}
    back = handed_over.with_return(text, "0f", date(2026, 8, 22))
    assert sorted(back.splitlines()) == sorted([*text.splitlines(), "back = 2026-08-22"])
    assert handed_over.with_return(back, "0f", date(2026, 8, 23)) == back
    assert handed_over.with_return(text, "other", date(2026, 8, 23)) == text
    (tmp_path / HANDED_OVER).write_text(back)
    assert handed_over.lent(str(tmp_path)) == {}


def test_what_is_no_record_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / HANDED_OVER
    assert handed_over.read(str(tmp_path)) == []
    for text in (
        "handed = 3\n",
        "[[handed]]\nmark = 1\n",
        "garbage",
        '[[handed]]\nmark = "a"\nfrom = "soon"\nto = 1\nwho = ""\ndir = ""\nwhat = []\n',
    ):
        path.write_text(text)
        assert handed_over.read(str(tmp_path)) == []


def test_late_from_the_day_after() -> None:
    assert not ONE.is_late(date(2026, 8, 21))
    assert ONE.is_late(date(2026, 8, 22))
    assert not ONE._replace(back=date(2026, 8, 22)).is_late(date(2026, 9, 1))
