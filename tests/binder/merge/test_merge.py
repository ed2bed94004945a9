"""Two versions of a file made one: examples as text, and laws on histories that a seed makes."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest

import thorough
from clientfolder.binder.merge.merge import merge
from clientfolder.binder.merge.values import dossier_rules, settings_rules
from clientfolder.errors import Refused, Unreadable
from folders import Cf
from histories import (
    CLIENTS,
    History,
    comments_in,
    counted,
    data_of,
    deals_in,
    entries_in,
    expected_entries,
    payments_in,
    promised_in,
    said_newly,
    told_in,
    written,
)

AT = datetime(2026, 8, 1, 9, 0)
NOTE = '\n[[log]]\nat = 2026-08-01T09:00:00\nkind = "note"\ntext = "Merged: {}"\n'
ENTRY = '[[log]]\nat = 2026-07-01T10:00:00\nkind = "call"\ntext = "one"\n'


def merged(base: str | None, ours: str, theirs: str) -> str:
    """The merge of three dossiers, of which `{}` stands for the name; merged once more it is the same."""
    old, mine, other = (None if one is None else f'name = "Anna"\n{one}'.encode() for one in (base, ours, theirs))
    assert mine is not None
    assert other is not None
    result = merge("anna.toml", old, mine, other, dossier_rules(), AT).content
    assert merge("anna.toml", old, result, other, dossier_rules(), AT).content == result
    return result.decode().removeprefix('name = "Anna"\n')


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        # One side alone.
        ("hat = 1\n", "hat = 1\nx = 1\n", "hat = 2\n", "hat = 2\nx = 1\n"),
        ("hat = 1\n", "hat = 1\nx = 1\n", "", "x = 1\n"),
        ("[card]\nphone = '1'\n", "x = 1\n[card]\nphone = '1'\n", "", "x = 1\n"),
        ("hat = 1\n", "hat = 3\nx = 1\n", "", "hat = 3\nx = 1\n"),
        # Deleted here, changed there.
        ("hat = 1\n", "x = 1\n", "hat = 2\n", "x = 1\nhat = 2\n"),
        # Lists, element by element.
        ('tags = ["a", "b"]\n', 'tags = ["a", "c"]\n', 'tags = ["a", "b", "d"]\n', 'tags = ["a", "c", "d"]\n'),
        ('tags = "a"\n', 'tags = ["a", "b"]\n', 'tags = ["a", "c"]\n', 'tags = ["a", "b", "c"]\n'),
        ('tags = ["a"]\n', "x = 1\n", 'tags = ["a", "b"]\n', 'tags = ["b"]\nx = 1\n'),
        (None, 'not_on = ["mon"]\n', 'not_on = ["fri"]\n', 'not_on = ["mon", "fri"]\n'),
        # True is not 1, and a value that is a table here and none there stays what it is here.
        ("hat = 1\n", "hat = true\nx = 1\n", "hat = 1\n", "hat = true\nx = 1\n"),
        ("", "x = 1\nhat.size = 3\n", "hat = 2\n", "x = 1\nhat.size = 3\n" + NOTE.format("hat was also 2")),
        # What both have said.
        ("hat = 1\n", "hat = 2\n", "hat = 3\n", "hat = 2\n" + NOTE.format("hat was also 3")),
        (None, 'company = "K"\n', 'company = "L"\n', 'company = "K"\n' + NOTE.format("company was also L")),
        # An entry is one by when, kind and text; what is added to it is merged like any key.
        ("", f"{ENTRY}cause = 'a'\n", f"{ENTRY}remedy = 'b'\n", f"{ENTRY}cause = 'a'\nremedy = \"b\"\n"),
        (ENTRY, f"x = 1\n{ENTRY}", "", "x = 1\n"),
        (ENTRY, f"{ENTRY}cause = 'a'\n", "x = 1\n", f"x = 1\n{ENTRY}cause = 'a'\n"),
        (ENTRY, f"{ENTRY}\n{ENTRY}", f"x = 1\n{ENTRY}\n{ENTRY}\n{ENTRY}", f"x = 1\n{ENTRY}\n{ENTRY}\n{ENTRY}"),
    ],
)  # fmt: skip
def test_by_key(base: str | None, ours: str, theirs: str, result: str) -> None:
    assert merged(base, ours, theirs) == result


NEXT = "[next]\non = {}\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "stands", "note"),
    [
        ("on = 2026-08-20", "on = 2026-08-21", 'on = 2026-08-28\nhow = "agreed"', "2026-08-28", "next was also 2026-08-21"),
        ("on = 2026-08-20", "on = 2026-08-21", "on = 2026-08-28", "2026-08-21", "next was also 2026-08-28"),
        ("on = 2026-08-20", 'on = "2026-08"', "on = 2026-08-28", "2026-08-28", "next was also 2026-08"),
        ("on = 2026-08-20", "on = 2026-08-21", 'on = 2026-08-21\ntime = "9:00"', "2026-08-21", "next was also 2026-08-21"),
        ("on = 2026-08-20", 'on = 2026-08-21\nhow = "rhythm"', "on = 2026-08-28", "2026-08-28", "next was also 2026-08-21"),
    ],
)  # fmt: skip
def test_of_two_next_contacts_one_stands_in_both_orders(
    base: str, ours: str, theirs: str, stands: str, note: str
) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        result = merged(f"[next]\n{base}\n", f"x = 1\n[next]\n{one}\n", f"y = 1\n[next]\n{other}\n")
        assert f"on = {stands}" in result.replace('"', "")
        assert f'text = "Merged: {note}' in result


def test_a_date_beats_rest_and_the_reason_is_kept() -> None:
    for one, other in (
        ("resting = 'why'\n", "[next]\non = 2026-08-20\n"),
        ("[next]\non = 2026-08-20\n", "resting = 'why'\n"),
    ):
        result = merged("[next]\non = 2026-08-01\n", one, other)
        assert "resting =" not in result
        assert "on = 2026-08-20" in result
        assert "Merged: resting was also why" in result


def test_a_promise_that_one_side_took_out_by_hand_is_kept_in_a_note() -> None:
    promise = '[next]\non = 2026-08-20\nhow = "agreed"\n'
    assert "Merged: next was also 2026-08-20!" in merged(promise, f"x = 1\n{promise}", "[next]\non = 2026-09-01\n")
    moved = '[next]\non = 2026-09-01\n[[log]]\nat = 2026-07-30\nkind = "moved"\nfrom = 2026-08-20\nto = 2026-09-01\n'
    assert "Merged" not in merged(promise, f"x = 1\n{promise}", moved)


def test_who_is_to_be_called_is_still_known() -> None:
    people = '[people.marek]\nname = "Marek"\n\n'
    with_him = '[next]\non = 2026-08-20\nwith = "marek"\n'
    without = "[next]\non = 2026-08-01\n"
    for ours, theirs in ((people + with_him, f"x = 1\n{without}"), (f"x = 1\n{without}", people + with_him)):
        assert 'name = "Marek"' in merged(people + without, ours, theirs)


def test_comments_of_both_sides_stay_where_they_stood() -> None:
    base = f"# of old\nhat = 1\n\n[card]\nphone = '1'\n\n{ENTRY}"
    ours = base.replace("hat = 1", "hat = 1  # ours")
    theirs = (
        base.replace("[card]\n", "# the card\n[card]\n# theirs\n").replace("hat = 1", "hat = 2  # of theirs")
        + "# the end\n"
    )
    assert merged(base, ours, theirs) == (
        f"# of old\n# of theirs\nhat = 2  # ours\n\n# the card\n[card]\n# theirs\nphone = '1'\n\n{ENTRY}# the end\n"
    )


def test_an_entry_goes_to_its_time_as_it_was_written() -> None:
    late = '\n[[log]]\nat = 2026-07-09\ntext = "late"\n'
    early = "\n# in a hurry\n[[log]]\nat = 2026-07-03T08:00:00 # at eight\ntext = '''\nTwo\nlines'''\n"
    assert merged(ENTRY, f"{ENTRY}{late}", f"{ENTRY}{early}") == f"{ENTRY}{early}{late}"
    assert merged(ENTRY, f"{ENTRY}{early}", f"{ENTRY}{late}") == f"{ENTRY}{early}{late}"


def test_line_ends_and_mark_of_ours_stay() -> None:
    base = f'name = "Anna"\n{ENTRY}'
    ours = b"\xef\xbb\xbf" + base.replace("\n", "\r\n").encode()
    theirs = (base + "\n" + ENTRY.replace("one", "two")).encode()
    result = merge("anna.toml", base.encode(), ours, theirs, dossier_rules(), AT).content
    assert result == b"\xef\xbb\xbf" + theirs.replace(b"\n", b"\r\n")
    turned = merge("anna.toml", base.encode(), theirs, ours, dossier_rules(), AT).content
    assert turned == theirs


def test_what_only_one_side_changed_is_taken_byte_for_byte() -> None:
    base, new = b'name = "Anna"\n', b'# new\nname = "Anna"  \nhat   =   1\n'
    assert merge("a.toml", base, base, new, dossier_rules(), AT).content == new
    assert merge("a.toml", base, new, base, dossier_rules(), AT).content == new


def test_what_cannot_be_merged_safely_is_refused() -> None:
    base, brackets = b'name = "Anna"\n', b'name = "Anna"\nlog = [{at = 2026-07-01}]\n'
    more = b'name = "Anna"\n[[log]]\nat = 2026-07-02\n'
    with pytest.raises(Refused):
        merge("a.toml", base, brackets, more, dossier_rules(), AT)
    assert b"at = 2026-07-01" in merge("a.toml", base, more, brackets, dossier_rules(), AT).content
    with pytest.raises(Unreadable):
        merge("a.toml", base, b"name = \n", more, dossier_rules(), AT)
    assert merge("a.toml", b"<<<< no base", more, base, dossier_rules(), AT).content == more


def test_settings_keep_what_differs_in_a_remark() -> None:
    found = merge("s.toml", b"", b"capacity = 6\n", b"capacity = 9\nsnooze = '+2b'\n", settings_rules(), AT).content
    assert found == b'# Merged: capacity was also 9\ncapacity = 6\nsnooze = "+2b"\n'
    assert merge("s.toml", b"", found, b"capacity = 9\nsnooze = '+2b'\n", settings_rules(), AT).content == found


@pytest.mark.parametrize("seed", range(100, 400 if thorough.is_on else 104))
def test_no_entry_is_lost_and_none_stands_twice(cf: Cf, seed: int) -> None:
    History(written(cf), "base", seed, date(2026, 7, 10)).live(seed % 6)
    base = {client: cf.path(client).read_bytes() for client in CLIENTS}
    shutil.copytree(cf.root, cf.root.parent / "there", ignore=shutil.ignore_patterns(".cf"))
    there = Cf(cf.root.parent / "there", cf.home)
    History(cf, "ours", seed).live(8)
    History(there, "theirs", seed).live(8)
    for client in CLIENTS:
        mine, other = cf.path(client).read_bytes(), there.path(client).read_bytes()
        if base[client] in (mine, other) or mine == other:
            continue
        for old in (base[client], None):
            result, turned = (
                merge(client, old, one, two, dossier_rules(), AT).content for one, two in ((mine, other), (other, mine))
            )
            assert entries_in(result) == entries_in(turned) == expected_entries(old or b"", mine, other)
            assert comments_in(result) == comments_in(turned)
            for side in (mine, other):
                assert not comments_in(side) - comments_in(result)
                assert promised_in(side) is None or promised_in(side) in result.decode()
                assert [one for one in said_newly(old or b"", side) if one not in told_in(result)] == []
            assert payments_in(result) == payments_in(turned) == counted(payments_in, old or b"", mine, other)
            assert deals_in(result) == deals_in(turned)
            assert data_of(result).get("next") == data_of(turned).get("next")
            assert merge(client, old, result, other, dossier_rules(), AT).content == result
