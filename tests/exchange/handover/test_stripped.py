"""What is private is gone with every byte of it, and all else stays as it stands."""

from __future__ import annotations

import pytest

from clientfolder.errors import Refused
from clientfolder.exchange.handover.stripped import stripped


def left(text: str, *keys: str) -> str:
    return stripped("a.toml", text.encode(), keys).decode()


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('name = "A"\n# s\n[private]\n# s\nx = "s"\n\n# s\n\n# of card\n[card]\nphone = 1\n', 'name = "A"\n# of card\n[card]\nphone = 1\n'),
        ('name = "A"\n[private.deep]\nx = "s"\n', 'name = "A"\n'),
        ('name = "A"\nprivate.x = "s" # s\nhat = 1\n', 'name = "A"\nhat = 1\n'),
        ('name = "A"\nprivate = { x = "s" }\nhat = 1\n', 'name = "A"\nhat = 1\n'),
        ("[[log]]\nat = 1\n\n# s\n[[log]]\nat = 2\nprivate = true\ntext = '''\ns'''\n", "[[log]]\nat = 1\n\n"),
        ("[[log]]\nat = 1\nprivate = false\n", "[[log]]\nat = 1\nprivate = false\n"),
        ("[[log]]\nat = 1\nprivate = true\n[log.answers]\nx = 's'\n[[log]]\nat = 2\n", "[[log]]\nat = 2\n"),
        ("\ufeffname = 1\r\n[private]\r\nx = 's'\r\n", "\ufeffname = 1\r\n"),
    ],
)  # fmt: skip
def test_private_entries_and_tables(text: str, result: str) -> None:
    assert left(text) == result


@pytest.mark.parametrize(
    ("key", "text", "result"),
    [
        ("payments", "a = 1\n[[payments]]\non = 1 # s\n[[log]]\nat = 1\n[[payments]]\non = 2\n", "a = 1\n[[log]]\nat = 1\n"),
        ("phone", "[card]\n# s\nphone = 's'\nfax = 1\n[people.p]\nphone = 's'\nname = 'P'\n", "[card]\nfax = 1\n[people.p]\nname = 'P'\n"),
        ("people.p.phone", "[card]\nphone = 1\n[people.p]\nphone = 's'\nname = 'P'\n", "[card]\nphone = 1\n[people.p]\nname = 'P'\n"),
        ("rating", "[[log]]\nat = 1\nrating = 3\ntext = 't'\n", "[[log]]\nat = 1\ntext = 't'\n"),
        ("bank", "card = { phone = 1, bank = 's' }\n", "card = { phone = 1 }\n"),
    ],
)  # fmt: skip
def test_keys_wherever_they_stand(key: str, text: str, result: str) -> None:
    assert left(text, key) == result


def test_what_cannot_be_left_out_safely_is_refused() -> None:
    with pytest.raises(Refused):
        left("log = [{ at = 1, private = true, text = 's' }]\n")
