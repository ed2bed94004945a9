"""For the tests of the binder: folders on a true disk, and one with one client."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import BOB, Cf


@pytest.fixture
def tmp_path(on_disk: Path) -> Path:
    """How files are written, kept apart and recognized is asked of the file system that people have."""
    return on_disk


@pytest.fixture
def bob(cf: Cf) -> Cf:
    cf.write("bob", BOB)
    return cf
