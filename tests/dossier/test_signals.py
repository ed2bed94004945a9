"""The few letters by which a cover is found that wants to be seen, with the index as without it."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.dossier.signals import COMPLAINS, CONCERNED, DEALS, RATED, WAITS, on_day, signals
from folders import Cf

LOGS = {
    "plain": ("", set()),
    "asks": ('kind = "question"', {"q", "w"}),
    "answered": ('kind = "question"\n\n[[log]]\nat = 2026-07-02\nkind = "call"', {"w"}),
    "complains": ('kind = "complaint"', {"c", "w"}),
    "discontent": ('kind = "call"\nrating = 3', {"c", "r", "w"}),
    "content": ('kind = "call"\nrating = 5', {"r", "w"}),
    "remedied": ('kind = "complaint"\nremedy = "new ones"', {"w"}),
    "to-come": ('kind = "complaint"\nremedied = 2026-08-01', {"c", "w"}),
    "born": ('kind = "call"\n\n[card]\nbirthday = "7 may 1980"\nrole = "12 months a year"', {"0507"}),
    "seller": ('kind = "call"\n\n[[deals]]\nname = "shop"', {"d"}),
    "people": ('kind = "call"\n\n[people.petr]\nname = "Petr"\nname_day = "--02-29"', {"0229"}),
}


@pytest.fixture
def folder(cf: Cf) -> Cf:
    for client, (lines, _) in LOGS.items():
        cf.write(client, f'name = "{client}"\n\n[[log]]\nat = 2026-07-01\n{lines}\n')
    return cf


def test_what_is_kept_is_as_much_as_is_needed(folder: Cf) -> None:
    covers = Binder(str(folder.root), date(2026, 7, 15)).contents().covers
    told = {cover.client: set(signals(cover, is_kept=True)) for cover in covers}
    assert told == {client: wanted for client, (_, wanted) in LOGS.items()}


@pytest.mark.parametrize("signal", [COMPLAINS, WAITS, RATED, CONCERNED, DEALS, "0507", "0229", "1225"])
def test_the_index_finds_those_who_have_it(folder: Cf, signal: str) -> None:
    wanted = {client for client, (_, has) in LOGS.items() if signal in has}
    for _ in range(2):
        covers = Binder(str(folder.root), date(2026, 7, 15)).contents().covers
        assert wanted <= {*covers.signalling(signal).clients}
    folder.ok("list")
    covers = Binder(str(folder.root), date(2026, 7, 15)).contents().covers
    assert [*covers.signalling(signal, "1224").clients] == sorted(wanted)


def test_a_leap_day_is_told_on_the_day_before_it_where_there_is_none() -> None:
    assert on_day(date(2026, 2, 28)) == ["0228", "0229"]
    assert on_day(date(2028, 2, 28)) == ["0228"]
    assert on_day(date(2028, 2, 29)) == ["0229"]
