"""File changes as values: reversed, and recognised on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder.journal.operations import (
    Carried,
    Created,
    Deleted,
    FileChange,
    Moved,
    Replaced,
    States,
    applied,
    inverse,
)


def stages(changes: list[FileChange]) -> list[States]:
    """How all the files are before the first change, after the first, and so on."""
    states: States = {}
    for change in changes:
        for path, state in change.states()[0].items():
            states.setdefault(path, state)
    every = [dict(states)]
    for change in changes:
        states |= change.states()[1]
        every.append(dict(states))
    return every


PATHS = st.sampled_from(["a", "b"])
CONTENTS = st.sampled_from([b"1", b"2"])


@given(st.data())
def test_the_disk_tells_how_many_changes_were_made(data: st.DataObject) -> None:
    """Whatever a step does to its files, any number of its changes is recognised, and can be taken back."""
    import tempfile

    from clientfolder.binder.journal.atomic import Writer

    states: dict[str, bytes] = {"a": b"0"}
    changes: list[FileChange] = []
    for _ in range(data.draw(st.integers(1, 4))):
        path, other = data.draw(st.sampled_from([("a", "b"), ("b", "a")]))
        if path not in states:
            states[path] = data.draw(CONTENTS)
            changes.append(Created(path, states[path]))
        elif data.draw(st.booleans()):
            changes.append(Replaced(path, states[path], states[path] + b"+"))
            states[path] += b"+"
        elif other not in states:
            changes.append(Moved(path, other, states[path]))
            states[other] = states.pop(path)
        else:
            changes.append(Deleted(path, states.pop(path)))
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "a").write_bytes(b"0")
        every = stages(changes)
        for count, change in enumerate(changes):
            assert every[applied(root, changes)] == every[count]
            change.apply(Writer(root))
        assert every[applied(root, changes)] == every[-1]
        for change in inverse(changes):
            change.apply(Writer(root))
        assert {path.name: path.read_bytes() for path in Path(root).iterdir()} == {"a": b"0"}


# What is typed again -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [Created("a", b"1"), Deleted("a", b"1", "b"), Replaced("a", b"1", b"2"), Moved("a", "b", b"1"), Moved("a", "b"),
     Carried("a", "b", "0f", "/x")],
)  # fmt: skip
def test_the_inverse_leads_back(change: FileChange) -> None:
    before, after = change.states()
    assert change.reversed.states() == (after, before)
    assert change.reversed.reversed == change
