"""What lies where: the whole binder, and lists of it."""

from __future__ import annotations

import pytest

from clientfolder.cli.output.terminal import Window
from folders import Cf
from goldens import NARROW, ROLL, Golden, Rows

PAGES: Rows = {
    "binder": ("binder", ROLL),
    "binder narrow": ("binder", NARROW),
    "list": ("list", ROLL),
    "list overdue": ("list overdue", ROLL),
    "list resting": ("list resting", ROLL),
    "list july": ("list july", ROLL),
    "list narrow": ("list 15..21", NARROW),
    "list today with slips": ("list today", ROLL),
    "list of words": ("list --is", ROLL),
    "list of words narrow": ("list --is", NARROW),
    "list of lacking": ("list --lacks care --is lost", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


def test_an_empty_folder_has_a_page_too(cf: Cf) -> None:
    assert "Nothing lies on the desk" in cf.ok("").out
    for line in ("list", "binder", "history", "doctor", "find x"):
        assert cf.ok(line).out


def test_a_company_leaves_room_for_the_reason_and_is_told_where_both_have_room(golden: Golden) -> None:
    narrow, wide = (golden.screen("list today", Window(columns)) for columns in (80, 120))
    [row] = [line for line in narrow.splitlines() if "Tomáš Vrba" in line]
    assert "does he have" in row
    assert "Truhlářství" not in row
    [row] = [line for line in wide.splitlines() if "Tomáš Vrba" in line]
    assert "Tomáš Vrba · Truhlářství Vrba" in row
    assert "does he have the photos" in row


def test_a_long_name_leaves_the_reason_what_room_there_is(golden: Golden) -> None:
    [row] = [line for line in golden.screen("list 16", Window(80)).splitlines() if "Pěvecký sbor" in line]
    assert "Pěvecký sbor Ozvěna z Podhradí  final programme or…  +420" in row
