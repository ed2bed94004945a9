"""A client that there is not, or that is not named, leads on to a line with somebody of this folder."""

from __future__ import annotations

import pytest

from acts import advised, leads_on
from folders import Cf

LEADS_ON = {
    # A client that there is not.
    "show me zoe": "cf show zoe", "show all": "cf list", "show late": "cf list late", "show fri": "cf list fri",
    "show phone zoe": "cf show zoe phone", "show zoe tel": "cf show zoe phone", "show zoe number": "cf show zoe phone",
    "log hello zoe -n fri": "cf log zoe hello -n fri", "log zooe hello -n fri": "cf log zoe hello -n fri",
    "pay 2500 zoe": "cf pay zoe 2500", "pay zoe CZK 2500": "cf pay zoe 2500 CZK",
    "snooze fri zoe": "cf snooze zoe fri", "snooze late fri": "cf move --from late -n fri", "file all fri": "cf move --from all -n fri",
    "move late -n fri": "cf move --from late -n fri", "move today -n tomorrow": "cf move --from 15 -n tomorrow",
    "move zoe and tom -n fri": "cf move zoe tom -n fri", "move zoe,tom -n fri": "cf move zoe tom -n fri",
    "deal list": "cf funnel", "care complaint": "cf care", "undo 2": "cf history",
    # Clients, files, forms and days that a command wants and that are not named.
    "log": "cf log zoe", "snooze": "cf snooze zoe 1w", "file": "cf file zoe 5 july", "file zoe": "cf file zoe 5 july",
    "move": "cf move zoe -n fri, or cf move --from late -n fri", "move zoe": "cf move zoe -n fri", "move zoe fri": "cf move zoe -n fri",
    "move zoe to fri": "cf move zoe -n fri", "move late fri": "cf move --from late -n fri", "move all late to fri": "cf move --from late -n fri",
    "move from 20 to 24": "cf move --from 20 -n 24", "move --from late to fri": "cf move --from late -n fri", "move today tomorrow": "cf move --from 15 -n tomorrow",
    "log zoe": "cf log zoe wants a quote -n fri", "deal": "cf deal zoe catalogue offer 11200", "pay": "cf pay zoe 2500 shop",
    "set": "cf set zoe 'phone=+48 22 555 01 07'", "rename zoe": "cf rename zoe Anna Nowak", "rest zoe": "cf rest zoe sold the shop",
    "new": "cf new Anna Kowalska -n fri", "find": "cf find revised quote", "slip": "cf slip send the mockups -n wed!",
    "show zoe tom": "cf show zoe, or cf show tom", "show zoe and tom": "cf show zoe, or cf show tom", "log zoe,tom hello -n fri": "cf log zoe hello -n fri, or cf log tom hello -n fri",
    "attach offer.pdf zoe": "cf attach zoe offer.pdf", "attach offer.pdf": "cf attach zoe offer.pdf",
    "snooze -n fri zoe": "cf snooze zoe -n fri", "file -n fri zoe": "cf file zoe -n fri", "move -n fri zoe": "cf move zoe -n fri", "log -n fri zoe": "cf log zoe -n fri",
    "move late": "cf move --from late -n fri", "move --from tomorrow -n mon": "cf move --from 16 -n mon", "log help": "cf help log", "snooze ?": "cf help snooze",
    "show zoe.phone": "cf show zoe phone", "show zoe:phone": "cf show zoe phone", "set phone=": "cf set zoe 'phone=+48 22 555 01 07'",
}  # fmt: skip


@pytest.mark.parametrize("typed", LEADS_ON)
def test_what_does_not_work_names_lines_that_do(small: Cf, typed: str) -> None:
    leads_on(small, typed, LEADS_ON[typed])


@pytest.mark.parametrize("typed", ["log buy stamps -n fri", "show buy", "log xx hello -n fri"])
def test_a_client_that_only_looks_like_it_is_no_line(small: Cf, typed: str) -> None:
    small.write("bau", 'name = "Bau"\n')
    told = small(typed)
    assert told.exit == 3
    assert not any("bau" in line for line in advised(told.err))


def test_in_an_empty_folder_the_first_client_is_made(cf: Cf) -> None:
    for line in ("log", "snooze", "file", "set", "deal", "pay"):
        assert advised(cf(line).err) == ["cf new Anna Kowalska -n fri"]
