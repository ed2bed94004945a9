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
from clientfolder.dossier.amounts import Amount
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
        one._replace(paid=[*one.paid.payments()], tags=[*one.tags], contacts=[*one.contacts]) for one in found.values()
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
    assert next(found["anna"].paid.payments()).amount == Amount(4, 1)


def head(body: bytes, *lengths: int) -> bytes:
    return f"{ledger.HEAD} {zlib.crc32(body):08x} {' '.join(map(str, lengths))}\n".encode() + body


@pytest.mark.parametrize(
    "content",
    [
        b"", b"garbage", b"\xff\xfe\n[]", f"{ledger.HEAD} 00000000 2 0 0 0 0\n[]".encode(), b"[" * 100_000,
        head(b"[]", 2, 0, 0, 0, 0), head(b"3", 1, 0, 0, 0, 0), head(b'[[["x"]],[]]', 12, 0, 0, 0, 0),
        head(b"[[],[]]", 7), head(b"[[],[]]\0\0\0", 7, 3, 0, 0, 0), head(b"[[],[[-1,3,3,3]]]", 17, 0, 0, 0, 0),
        head(b"[[],[]]\1\0\0\0", 7, 4, 0, 0, 0), head(b"[[],[]]", 7, 0, 0, 0, 0),
    ],
)  # fmt: skip
def test_one_that_is_damaged_is_as_good_as_none(kept: Cf, content: bytes) -> None:
    fresh, _ = accounts(kept)
    (kept.root / ".cf" / "ledger").write_bytes(content)
    assert plain(accounts(kept)[0]) == plain(fresh)


def test_a_row_of_another_shape_is_read_anew(kept: Cf) -> None:
    fresh, _ = accounts(kept)
    path = kept.root / ".cf" / "ledger"
    first, _, body = path.read_bytes().partition(b"\n")
    lengths = list(map(int, first.split()[-5:]))
    (rows, kinds), columns = json.loads(body[: lengths[0]]), body[lengths[0] :]
    for spoilt in (
        [row[:4] for row in rows],
        [[*row[:1], 7, *row[2:]] for row in rows],
        [[*row[:5], 3, *row[6:]] for row in rows],
        [[*row[:7], [[1]], *row[8:]] for row in rows],
    ):
        text = json.dumps([spoilt, kinds]).encode()
        path.write_bytes(head(text + columns, len(text), *lengths[1:]))
        assert plain(accounts(kept)[0]) == plain(fresh)


def test_an_amount_of_more_digits_than_a_column_holds_is_read_from_its_file(kept: Cf) -> None:
    kept.write("anna", ANNA.replace("0.30", "123456789012345.123456789"))
    for _ in range(2):
        assert next(accounts(kept)[0]["anna"].paid.payments()).amount == Amount(123456789012345123456789, 9)
    assert b"Bert" in (kept.root / ".cf" / "ledger").read_bytes()


def test_files_that_were_looked_at_just_now_are_not_looked_at_again(kept: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, _ = accounts(kept)
    binder = Binder(str(kept.root), date(2026, 7, 15), date(2026, 7, 15))
    _, contents = binder.contents(), binder.contents()
    asked: list[str] = []
    monkeypatch.setattr(ledger, "marks_of", lambda directory, names: asked.extend(names) or [""] * len(names))
    found, _ = binder.accounts(contents.covers.clients, contents.marks())
    assert (asked, plain(found)) == ([], plain(fresh))


def test_a_link_in_its_place_is_not_followed(kept: Cf, tmp_path: Path) -> None:
    path = kept.root / ".cf" / "ledger"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere").read_bytes()
    kept.write("anna", ANNA.replace("0.30", "0.40"))
    assert next(accounts(kept)[0]["anna"].paid.payments()).amount == Amount(4, 1)
    assert (tmp_path / "elsewhere").read_bytes() == before
