"""The folder's write lock, where it cannot be had."""

from __future__ import annotations

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
