"""The folder that is given is made whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.binder.handed_over import HandedOver
from clientfolder.errors import Refused, Trouble
from clientfolder.exchange.handover import given
from clientfolder.exchange.handover.taken_back import opened
from folders import Cf

OVER = HandedOver("0f", date(2026, 8, 10), date(2026, 8, 21), "Pavel", "/x", ("anna",))


def test_it_is_all_there_and_known_again(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n')
    (cf.root / "forms").mkdir()
    (cf.root / "forms" / "visit.toml").write_text('title = "V"\n')
    binder, target = Binder(str(cf.root)), cf.root.parent / "deep" / "there"
    files = given.contents(binder, ["anna"], [], OVER)
    assert sorted(files) == ["clientfolder.toml", "clients/anna.toml", "forms/visit.toml"]
    given.make(binder, str(target), OVER, files, with_papers=True)
    known = opened(str(target))
    assert (known.mark, known.given) == ("0f", frozenset(files))
    assert known.record == ("2026-08-10", "2026-08-21", "Pavel", ("anna",))
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(Refused):
        given.make(binder, str(target), OVER, files, with_papers=False)
    assert sorted(path.name for path in target.parent.iterdir()) == ["there"]


def test_where_it_fails_nothing_is_left(cf: Cf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(path: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(given.renames, "put_where_none_is", fail)
    with pytest.raises(Trouble):
        given.make(Binder(str(cf.root)), str(tmp_path / "deep" / "there"), OVER, {}, with_papers=False)
    assert not (tmp_path / "deep").exists()
