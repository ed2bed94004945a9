"""The folder's write lock, where it cannot be had."""

from __future__ import annotations

import errno
import fcntl
import os
from typing import Any

import pytest

from folders import Cf


def test_a_lock_that_cannot_be_opened_just_now_is_not_gone_round(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another command may hold it, and the lock on the directory would be a second one."""
    bob.ok("log bob first -n fri")
    before, opened = bob.tree(), os.open

    def fails(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith(".cf/lock"):
            raise OSError(24, "Too many open files")
        return opened(path, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", fails)
        answer = bob("log bob second -n mon")
        assert (answer.exit, bob.tree()) == (5, before)
        assert "cannot be locked" in answer.err
        bob.ok("today")


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL])
def test_a_disk_without_locks_is_told_of_and_what_to_do_and_can_be_backed_up(
    bob: Cf, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def has_none(*_: Any) -> None:
        raise OSError(number, "no locks")

    monkeypatch.setattr(fcntl, "flock", has_none)
    before = bob.tree()
    answer = bob("log bob second -n mon")
    assert (answer.exit, bob.tree()) == (5, before)
    assert "Copy the folder to a local disk" in answer.err
    assert "Again: cf log bob second -n mon" in answer.err
    assert "Bob Builder" in bob.ok("today").out
    backed = bob("backup ~/b.tar.gz")
    assert backed.exit == 0
    assert "cannot be locked" in backed.err
    monkeypatch.undo()
    bob.ok("restore ~/b.tar.gz ~/again")


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_a_disk_that_keeps_no_modes_is_written_all_the_same(
    bob: Cf, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def keeps_none(*_: Any) -> None:
        raise OSError(number, "not permitted")

    monkeypatch.setattr(os, "fchmod", keeps_none)
    bob.ok("log bob second -n mon")
    bob.ok("new Zoe -n fri")
    assert bob.row("bob")["last"]["text"] == "second"


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_confirms_nothing_is_written_with_a_warning(
    bob: Cf, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def confirms_nothing(*_: Any) -> None:
        raise OSError(number, "no such thing")

    monkeypatch.setattr(os, "fsync", confirms_nothing)
    answer = bob.ok("log bob second -n mon")
    assert answer.err == "warning: This disk cannot confirm what is written; a power cut may take it back\n"
    assert bob.row("bob")["last"]["text"] == "second"
    bob.ok("undo")


def test_a_flush_that_fails_is_no_such_disk(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    before = bob.tree()
    assert bob("log bob second -n mon").exit == 5
    assert bob.tree() == before
