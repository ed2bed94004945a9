"""Where the tests lay their folders: in memory, where the system has a file system there with enough room.

Making and taking away files on a disk takes as much time as all that the system does besides. What asks a file system
for more than to keep files uses the fixture `on_disk`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
# A run takes a fifth of this; in a container there may be much less.
ENOUGH = 2 << 30


def lay_folders_in_memory() -> None:
    """From here on `tmp_path` and `tmp_path_factory` lie in memory, unless somebody has said where they lie."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
