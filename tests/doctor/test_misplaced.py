"""Keys that have fallen into a table below which they stand."""

from __future__ import annotations

import tomllib

import pytest

from clientfolder.doctor import misplaced


@pytest.mark.parametrize(
    ("text", "path", "belongs"),
    [
        ('name = "A"\n[card]\nphone = "1"\ntags = ["x"]\n', ("card", "tags"), "at the top"),
        ('name = "A"\n[next]\non = 2026-07-15\nphone = "1"\n', ("next", "phone"), "under [card]"),
        ('name = "A"\n[[log]]\nat = 2026-07-01\non = 2026-07-15\n', ("log", 0, "on"), "under [next]"),
        ('name = "A"\n[people.eva]\nrhythm = "1 week"\n', ("people", "eva", "rhythm"), "at the top"),
    ],
)
def test_a_key_below_the_wrong_header_is_found(text: str, path: tuple[str | int, ...], belongs: str) -> None:
    assert misplaced.may_be(text.encode())
    [found] = misplaced.misplaced(tomllib.loads(text))
    assert (found.path, found.belongs) == (path, belongs)


def test_a_file_in_order_needs_no_parsing() -> None:
    text = 'name = "A"\ntags = ["x"]\n[card]\nphone = "1"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\n'
    assert not misplaced.may_be(text.encode())
    assert not list(misplaced.misplaced(tomllib.loads(text)))


def test_the_marks_of_git_are_found_in_what_toml_takes() -> None:
    assert misplaced.unsettled_merge(b'a = """\n<<<<<<< HEAD\n>>>>>>> x\n"""\n') == 2
    assert misplaced.unsettled_merge(b"a = 1\n") is None
