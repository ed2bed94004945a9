"""The second index changes no answer, whatever is done to the folder and to the index itself."""

from __future__ import annotations

import json
import os
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.binder.index import ledger
from clientfolder.portfolio.accounts import Account
from folders import Cf

ANNA = """\
name = "Anna"
tags = ["makers"]
sent_by = "bert"

[[log]]
at = 2026-06-01
kind = "call"
text = "said"

[[deals]]
name = "shop"
amount = 2500.50
currency = "PLN"
steps.offer = 2026-06-26
lost = 2026-07-01
why = "too dear"

[[payments]]
on = 2026-06-30
amount = 0.30
product = "shop"
deal = "shop"

[[payments]]
on = 2026-07-30
amount = "many"
"""


def accounts(cf: Cf) -> tuple[dict[str, Account], int]:
    binder = Binder(str(cf.root), date(2026, 7, 15), date(2026, 7, 15))
    found, unreadable = binder.accounts(binder.clients())
    return found, len(unreadable)


def plain(found: dict[str, Account]) -> list[Any]:
    return [
        one._replace(payments=[tuple(row) for row in one.payments], contacts=list(one.contacts))
        for one in found.values()
    ]


def older(path: Path) -> None:
    os.utime(path, ns=(10**18, 10**18))


@pytest.fixture
def kept(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> Cf:
    """A folder whose files are old enough for the index to keep them."""
    monkeypatch.setattr(ledger.NewIndexFile, "is_older", lambda self, status: True)
    cf.write("anna", ANNA)
    cf.write("bert", 'name = "Bert"\n')
    cf.write("bad", "name = ")
    accounts(cf)
    return cf


def test_what_is_kept_is_what_the_files_say(kept: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, unreadable = accounts(kept)
    (kept.root / ".cf" / "ledger").rename(kept.root / "aside")
    again, _ = accounts(kept)
    assert plain(fresh) == plain(again)
    assert unreadable == 1
    assert (fresh["anna"].odd, len(fresh["anna"].deals), fresh["anna"].contacts) == (
        1,
        1,
        [date(2026, 6, 1).toordinal()],
    )
    monkeypatch.setattr(Binder, "_account", lambda self, client: pytest.fail(client))
    (kept.root / "clients" / "bad.toml").unlink()
    assert plain(accounts(kept)[0]) == plain(fresh)


def test_a_changed_a_new_and_a_removed_file_are_seen(kept: Cf) -> None:
    kept.write("anna", ANNA.replace("0.30", "0.40"))
    kept.write("carl", 'name = "Carl"\n')
    kept.path("bert").unlink()
    found, _ = accounts(kept)
    assert list(found) == ["anna", "carl"] or sorted(found) == ["anna", "carl"]
    assert found["anna"].payments[0][1:3] == (4, 1)


BODY = b'[["anna","x"]]'


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"\xff\xfe\n[]", f"{ledger.HEAD} 00000000\n[]".encode(), f"{ledger.HEAD} {zlib.crc32(BODY):08x}\n".encode() + BODY,
     f"{ledger.HEAD} {zlib.crc32(b'3'):08x}\n3".encode(), b"[" * 100_000],
)  # fmt: skip
def test_one_that_is_damaged_is_as_good_as_none(kept: Cf, content: bytes) -> None:
    fresh, _ = accounts(kept)
    (kept.root / ".cf" / "ledger").write_bytes(content)
    assert plain(accounts(kept)[0]) == plain(fresh)


def test_a_row_of_another_shape_is_read_anew(kept: Cf) -> None:
    fresh, _ = accounts(kept)
    path = kept.root / ".cf" / "ledger"
    rows = json.loads(path.read_bytes().partition(b"\n")[2])
    for spoilt in (
        [row[:4] for row in rows],
        [[*row[:5], 3, *row[6:]] for row in rows],
        [[*row[:6], [[1]], *row[7:]] for row in rows],
    ):
        body = json.dumps(spoilt).encode()
        path.write_bytes(f"{ledger.HEAD} {zlib.crc32(body):08x}\n".encode() + body)
        assert plain(accounts(kept)[0]) == plain(fresh)


def test_a_link_in_its_place_is_not_followed(kept: Cf, tmp_path: Path) -> None:
    path = kept.root / ".cf" / "ledger"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere").read_bytes()
    kept.write("anna", ANNA.replace("0.30", "0.40"))
    assert accounts(kept)[0]["anna"].payments[0][1:3] == (4, 1)
    assert (tmp_path / "elsewhere").read_bytes() == before
