"""The grammar of date phrases, as a table; then every day of seven years against an oracle that walks day by day."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from itertools import chain, islice
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import thorough
from clientfolder.dates.calendar import MONTHS, WEEKDAYS, Month, WorkingDays
from clientfolder.dates.grammar import Ground
from clientfolder.dates.phrases import When, look_back, read
from clientfolder.dossier.types import Cover, Next
from clientfolder.errors import PhraseRefused, Refused
from clientfolder.tickler import acts

WEDNESDAY = date(2026, 7, 15)
ONE_DAY = timedelta(days=1)
REFUSED = "refused"
WOULD_WORK = "This would work: "


def on(text: str) -> date:
    return date.fromisoformat(text)


def told(when: When) -> str:
    """A phrase understood, as the tables below write it."""
    clock = f" {when.time:%H:%M}" if when.time else ""
    return f"{when.on}{clock}{' !' if when.agreed else ''}"


def answer(phrase: str, today: date, **ground: Any) -> str:
    try:
        return told(read(phrase, Ground(today, **ground)))
    except PhraseRefused:
        return REFUSED


def letter(phrase: str, today: date = WEDNESDAY, **ground: Any) -> str:
    with pytest.raises(PhraseRefused) as refused:
        read(phrase, Ground(today, **ground))
    return refused.value.message


def would_work(message: str) -> list[str]:
    """The lines at the end of a letter."""
    _, found, lines = message.partition(WOULD_WORK)
    return lines.split(" or ") if found else []


def rows(today: str, table: str, **ground: Any) -> list[Any]:
    """`phrase -> answer`, one a line; `phrase | phrase -> answer` for several that mean the same."""
    found = []
    for line in table.strip().splitlines():
        phrases, arrow, meaning = line.rpartition("->")
        assert arrow, line
        for phrase in phrases.split("|"):
            name = " ".join([today, *(f"{key}={value}" for key, value in ground.items()), phrase.strip() or "nothing"])
            found.append(pytest.param(on(today), phrase.strip(), meaning.strip(), ground, id=name))
    return found


# The table ------------------------------------------------------------------------------------------

WED = "2026-07-15"

DAYS = rows(
    WED,
    """
    today                                          -> 2026-07-15
    tomorrow                                       -> 2026-07-16
    mon | monday                                   -> 2026-07-20
    tue | tues | tuesday                           -> 2026-07-21
    wed | wednesday                                -> 2026-07-22
    thu | thur | thurs | thursday                  -> 2026-07-16
    fri | friday                                   -> 2026-07-17
    sat | saturday                                 -> 2026-07-18
    sun | sunday                                   -> 2026-07-19
    next mon | next monday                         -> 2026-07-20
    next tues | next tuesday                       -> 2026-07-21
    next wed | next wednesday                      -> 2026-07-22
    next thur | next thurs | next thursday         -> 2026-07-23
    next fri | next friday                         -> 2026-07-24
    next sat | next saturday                       -> 2026-07-25
    next sun | next sunday                         -> 2026-07-26
    next week                                      -> 2026-07-20
    start of next month                            -> 2026-08-01
    yesterday | soon | later | never | now         -> refused
    tonight | noon | morning | weekend             -> refused
    mo | frid | weds | wednes | thurd | sundays    -> refused
    this thu | this thursday                       -> 2026-07-16
    this fri | this friday | on fri | on friday    -> 2026-07-17
    this sunday                                    -> 2026-07-19
    on wed                                         -> 2026-07-22
    fri next week | friday next week               -> 2026-07-24
    tues next week                                 -> 2026-07-21
    day after tomorrow                             -> 2026-07-17
    this wed | this monday | this tues             -> refused
    last friday | this next friday | on this fri   -> refused
    on next friday | on tomorrow | friday this week -> refused
    next friday next week | fri next month         -> refused
    on | this | the | on the friday | the friday   -> refused
    fridays | every fri | until fri | by fri       -> refused
    the day after tomorrow | day after | after tomorrow -> refused
    day after tomorrow 2 | the today | the tomorrow -> refused
    friday next | next next friday | nextfriday    -> refused
    every friday | fri or mon | fri mon            -> refused
    next | next day | next today | next tomorrow   -> refused
    next year | next quarter | next july | next 13 -> refused
    next 5 july | next 2 weeks | this week         -> refused
    next weeks | next months | nextweek            -> refused
    start of month | start of next week            -> refused
    start of the next month | start of july        -> refused
    tomorrow today                                 -> refused
    """,
)

NUMBERS = rows(
    WED,
    """
    16 | 16th               -> 2026-07-16
    31 | 31st               -> 2026-07-31
    15 | 15th               -> 2026-08-15
    13 | 13th               -> 2026-08-13
    1 | 01 | 1st | 01st     -> 2026-08-01
    2 | 02 | 2nd | 02nd     -> 2026-08-02
    3 | 03 | 3rd | 03rd     -> 2026-08-03
    4 | 04 | 4th | 04th     -> 2026-08-04
    9 | 09 | 9th | 09th     -> 2026-08-09
    10 | 10th               -> 2026-08-10
    11 | 11th               -> 2026-08-11
    12 | 12th               -> 2026-08-12
    14 | 14th               -> 2026-08-14
    20 | 20th               -> 2026-07-20
    21 | 21st               -> 2026-07-21
    22 | 22nd               -> 2026-07-22
    23 | 23rd               -> 2026-07-23
    24 | 24th               -> 2026-07-24
    30 | 30th               -> 2026-07-30
    1nd | 1rd | 1th         -> refused
    2st | 2rd | 2th         -> refused
    3st | 3nd | 3th         -> refused
    4st | 5nd | 6rd         -> refused
    11st | 12nd | 13rd      -> refused
    21th | 22th | 23th      -> refused
    31th | 20st | 30rd      -> refused
    0 | 00 | 0th | 000      -> refused
    32 | 99 | 100 | 1000    -> refused
    001 | 013 | 013th       -> refused
    2026 | 9999 | 99999999  -> refused
    -1 | -13 | +13 | 1e1    -> refused
    1.55 | 13.32 | 1_3 | 0x1f -> refused
    13. | 13, | 13; | 13:   -> refused
    1 st | 13 th | 13 14    -> refused
    the 13th | the 13       -> 2026-08-13
    the 05 | the 5th        -> 2026-08-05
    the 013th | the 013 | the the 13 | the 13 the -> refused
    on 13 | on the 13th | 13 ! ! | the 12nd | the 32 -> refused
    """,
)

MONTH_LACKS_THE_DAY = [
    *rows("2026-02-10", "31 -> 2026-03-31\n30 -> 2026-03-30\n29 -> 2026-03-29\n28 -> 2026-02-28\n10 -> 2026-03-10"),
    *rows("2028-02-10", "31 -> 2028-03-31\n30 -> 2028-03-30\n29 -> 2028-02-29"),
    *rows("2026-01-31", "31 -> 2026-03-31\n30 -> 2026-03-30\n29 -> 2026-03-29\n28 -> 2026-02-28\n1 -> 2026-02-01"),
    *rows("2026-08-31", "31 -> 2026-10-31\n30 -> 2026-09-30"),
    *rows("2026-12-31", "31 -> 2027-01-31\n1 -> 2027-01-01\n30 -> 2027-01-30"),
]

MONTHS_WITHOUT_A_DAY = rows(
    WED,
    """
    jul | july                         -> 2027-07
    jun | june                         -> 2027-06
    jan | january                      -> 2027-01
    feb | february                     -> 2027-02
    mar | march                        -> 2027-03
    apr | april                        -> 2027-04
    may                                -> 2027-05
    aug | august                       -> 2026-08
    sep | sept | september             -> 2026-09
    oct | october                      -> 2026-10
    nov | november                     -> 2026-11
    dec | december                     -> 2026-12
    next month                         -> 2026-08
    july 2026 | jul 2026 | 2026-07     -> 2026-07
    july 2027 | jul 2027 | 2027-07     -> 2027-07
    sept 2026 | 2026-09                -> 2026-09
    june 2026 | 2026-06 | july 2025    -> refused
    2026-13 | 2026-00 | 2026-7         -> refused
    2026-007 | 26-07 | 202-07          -> refused
    july 26 2 | july 027 | july 02027  -> refused
    2026 july | 2026/07 | 07-2026      -> refused
    7/2026 | 07.2026 | 2026-           -> refused
    juli | septe | janu | sept.        -> refused
    july august | july july            -> refused
    in july | mid july | the july      -> refused
    july 0000 | 0000-01 | 0000-00      -> refused
    """,
)

DATES = rows(
    WED,
    """
    16 july | july 16 | 16 jul | jul 16                -> 2026-07-16
    15 july | july 15                                  -> 2027-07-15
    5 july | july 5 | 5 jul | jul 5                    -> 2027-07-05
    05 july | july 05 | 5th july | july 5th            -> 2027-07-05
    05th july | july 05th                              -> 2027-07-05
    1st august | august 1st | aug 01                   -> 2026-08-01
    2nd sept | sept 2nd | september 2                  -> 2026-09-02
    31 dec | december 31st                             -> 2026-12-31
    1 jan | january 1st                                -> 2027-01-01
    28 feb | feb 28                                    -> 2027-02-28
    5 jul 2027 | july 5 2027 | 5th july 2027           -> 2027-07-05
    july 05th 2027 | 2027-07-05                        -> 2027-07-05
    15 july 2026 | july 15 2026 | 2026-07-15           -> 2026-07-15
    29 feb 2028 | feb 29 2028 | 2028-02-29             -> 2028-02-29
    15 july 2036 | 2036-07-15                          -> 2036-07-15
    14 july 2026 | july 14 2026 | 2026-07-14           -> refused
    5 july 2025 | 2025-12-31 | 1 jan 0001 | 0001-01-01 -> refused
    16 july 2036 | 2036-07-16 | 9999-12-31             -> refused
    0 july | july 0 | 00 july | july 00                -> refused
    32 july | july 32 | 005 july | july 005            -> refused
    5st july | july 5nd | 21th july | 11st july        -> refused
    31 june | june 31 | 31 june 2027 | 2027-06-31      -> refused
    30 feb | feb 30 | 31 feb 2028 | 2028-02-30         -> refused
    29 feb 2027 | feb 29 2027 | 2027-02-29             -> refused
    2027-13-01 | 2027-00-01 | 2027-01-00 | 2027-01-32  -> refused
    2026-7-16 | 2026-07-6 | 26-07-16 | 2026-007-16     -> refused
    2026-07-016 | 2026-07-16th | 2026 07 16            -> refused
    20260716 | 2026/07/16 | 2026.07.16 | 16-07-2026    -> refused
    2026-W30 | 2026-W30-1 | 2026-200 | 2026-07-        -> refused
    5july | july5 | 5-july | july-5 | 5.july           -> refused
    5. july | 5 of july | 5th of july | the 5 july     -> 2027-07-05
    the 5th of july | the 05. of july | july the 5th   -> 2027-07-05
    5. july 2027 | the 5th of july 2027 | july the 5 2027 -> 2027-07-05
    5 july, 2027 | july 5, 2027 | 5 , july             -> refused
    5 the july | 5 . july | 5.july | 5.. july          -> refused
    july 5. | july of 5 | july the 5 of | the july 5   -> refused
    5 of the july | 5 of july of 2027 | of 5 july      -> refused
    the 5rd of july | the 32 of july | july the 32     -> refused
    5 july 27 | 5 july 027 | 5 july 02027 | 5 july '27 -> refused
    2027 july 5 | 2027 5 july | 5 2027 july            -> refused
    5 july 5 | 5 5 july | 5 july july | 5 july fri     -> refused
    fri 5 july | fri 17 | wed 2026-07-15 | 5 juli      -> refused
    on 5 july | by 5 july | 5 july or 6 july           -> refused
    0000-01-01 | 0000-00-00 | 1 jan 0000               -> refused
    2026-07-20T10:00 | 2026-07-20T10:00:00Z            -> refused
    """,
)

LEAP_DAY = [
    *rows("2027-03-01", "feb 29 | 29 feb | 29th february -> 2028-02-29"),
    *rows("2028-02-28", "feb 29 | 29 feb -> 2028-02-29"),
    *rows("2027-02-28", "feb 29 | 29 feb -> refused"),
    *rows("2026-07-15", "feb 29 | 29 feb | 29 february -> refused\nfeb 29 2028 -> 2028-02-29"),
    *rows("2028-02-29", "feb 29 -> refused\nfeb 29 2028 | 2028-02-29 | today -> 2028-02-29\n29 -> 2028-03-29"),
    *rows("2096-03-01", "feb 29 -> refused\nfeb 29 2100 -> refused\nfeb 29 2104 -> 2104-02-29"),
]

OFFSETS = rows(
    WED,
    """
    1d | +1d | + 1d | 1 d | +1 d | + 1 d | in 1d        -> 2026-07-16
    3d | +3d | 3 day | 3 days | in 3 days | + 3 days    -> 2026-07-18
    in 3d | in 3days | +3days | 3days                   -> 2026-07-18
    2w | +2w | 2 weeks | in 2 weeks | 2 week | 2weeks   -> 2026-07-29
    1 week | 1 weeks | in a week | in a weeks | a week  -> 2026-07-22
    in a day | in a days | a day | one day | in one day -> 2026-07-16
    1m | +1m | 1 month | in a month | a month           -> 2026-08-15
    two weeks | in two weeks | + two weeks | two week   -> 2026-07-29
    three days | in three days | THREE DAYS             -> 2026-07-18
    six weeks                                           -> 2026-08-26
    twelve months | in twelve months | one year         -> 2027-07-15
    ten workdays | in ten workdays                      -> 2026-07-29
    in a w | in a d | in a m | in a y | in a b | a w    -> refused
    two w | in two w | twoweeks | two  d | one m        -> refused
    zero days | thirteen days | twenty weeks | a two weeks -> refused
    +a week | + a week | in in a week | two a weeks     -> refused
    two | a | in two | two two weeks | 2 two weeks      -> refused
    5 months | in 5m | + 5 month                        -> 2026-12-15
    1y | +1y | 1 year | in a year | a year | 12m        -> 2027-07-15
    10y | 120 months | 3653d | 10 years                 -> 2036-07-15
    1b | +1b | 1 workday | 1 workdays | in a workday    -> 2026-07-16
    a workday | one workday | in 1 b                    -> 2026-07-16
    2b | 2 workdays                                     -> 2026-07-17
    3b | in 3 workdays                                  -> 2026-07-20
    +10b | 10b | 10 workdays | in 10 workdays           -> 2026-07-29
    522w                                                -> refused
    3654d | 121m | 11y | 9999d | 9999w | 9999m | 9999y  -> refused
    9999b | 9999 years | in 9999 months                 -> refused
    0d | +0d | in 0 days | 0w | 0m | 0y | 0b | 0 days   -> refused
    -3d | - 3d | -1w | 3d ago | a week ago | -0d        -> refused
    10000d | 99999999999999999999d | 00001d             -> refused
    01d | 02 weeks | 1.5d | 1,5 weeks | 1/2 week        -> refused
    d | w | + | +d | in | in a | in d | week | weeks    -> refused
    in an hour | 1h | 3 hours | 10 minutes | 1 decade   -> refused
    2 wks | 2 fortnights | 2 wk | 2 mon | 3 dd | 3 wd   -> refused
    3 business days | 3 work days | 3 bd | 3 workingdays -> refused
    in2 weeks | in2w | ina week | in aweek | in a2 week -> refused
    a few days | couple of days | several weeks         -> refused
    in +3d | + in 3d | ++3d | +-3d | 3d+ | +3 +d | 3+d  -> refused
    in in 3d | in a 3d | 2w 3d | 2w3d | 1 week 2 days   -> refused
    2 weeks fri | in 2 weeks time | 3d from now | 3d d  -> refused
    """,
)

MONTHS_ARE_CLAMPED_ONCE = [
    *rows("2026-01-31", "1 month -> 2026-02-28\n2 months -> 2026-03-31\n3m -> 2026-04-30\n13m -> 2027-02-28"),
    *rows("2028-01-31", "+1m -> 2028-02-29\n+2m -> 2028-03-31"),
    *rows("2027-01-30", "in a month -> 2027-02-28\n1y -> 2028-01-30"),
    *rows("2028-02-29", "1y -> 2029-02-28\n4y -> 2032-02-29\n10y -> 2038-02-28\n1m -> 2028-03-29"),
    *rows("2026-12-31", "1m -> 2027-01-31\n2m -> 2027-02-28"),
]

FRIDAY_OFF = WorkingDays(off=frozenset({date(2026, 7, 17)}))

WORKDAYS = [
    *rows("2026-07-17", "1b -> 2026-07-20\n5b -> 2026-07-24\n6b -> 2026-07-27"),
    *rows("2026-07-18", "1b -> 2026-07-20\n5b -> 2026-07-24\n+10b -> 2026-07-31\n6b -> 2026-07-27"),
    *rows("2026-07-19", "1b -> 2026-07-20\n5b -> 2026-07-24\n+10b -> 2026-07-31\n6b -> 2026-07-27"),
    *rows(WED, "1b -> 2026-07-16\n2b -> 2026-07-20\n10b -> 2026-08-03", working=WorkingDays(frozenset({0, 1, 2, 3}))),
    *rows(WED, "1b -> 2026-07-19\n10b -> 2026-09-20", working=WorkingDays(frozenset({6}))),
    *rows(WED, "1b -> 2026-07-16\n10b -> 2026-07-25", working=WorkingDays(frozenset(range(7)))),
    *rows("2026-07-16", "1b | fri | tomorrow -> 2026-07-17\n2b -> 2026-07-20", working=FRIDAY_OFF),
]

ENDS = [
    *rows(
        WED,
        """
        eow | end of week                        -> 2026-07-17
        eom | end of month                       -> 2026-07-31
        eoq | end of quarter                     -> 2026-09-30
        eoy | end of year                        -> 2026-12-31
        eod | end of day | end of | end          -> refused
        end of weeks | end of next week          -> refused
        end of the month | end of next month     -> refused
        end week | endofweek | end-of-week       -> refused
        end of july | end of jul                 -> 2026-07-31
        end of june                              -> 2027-06-30
        end of feb | end of february             -> 2027-02-28
        end of sept                              -> 2026-09-30
        end of july 2026                         -> 2026-07-31
        end of feb 2028                          -> 2028-02-29
        end of july!                             -> 2026-07-31 !
        end of july 9:00                         -> 2026-07-31 09:00 !
        end of june 2026 | end of july 2036      -> refused
        end of july 26 | end of the july         -> refused
        end july | end of 2026-07 | end of q3 | end of eom -> refused
        next eom | eom eoq | eows | bow | som    -> refused
        """,
    ),
    *rows("2026-07-30", "eom | end of july -> 2026-07-31"),
    *rows("2026-07-31", "end of july -> 2027-07-31\nend of july 2026 -> 2026-07-31"),
    *rows("2027-03-01", "end of feb -> 2028-02-29"),
    *rows("2026-07-31", "eom | end of month -> 2026-08-31\neoq -> 2026-09-30"),
    *rows("2026-02-28", "eom -> 2026-03-31"),
    *rows("2028-02-28", "eom -> 2028-02-29"),
    *rows("2028-02-29", "eom -> 2028-03-31"),
    *rows("2026-09-30", "eom -> 2026-10-31\neoq | end of quarter -> 2026-12-31\neoy -> 2026-12-31"),
    *rows("2026-03-31", "eoq -> 2026-06-30"),
    *rows("2026-03-30", "eoq -> 2026-03-31"),
    *rows("2026-12-30", "eom | eoq | eoy -> 2026-12-31"),
    *rows("2026-12-31", "eom -> 2027-01-31\neoq -> 2027-03-31\neoy | end of year -> 2027-12-31"),
    *rows("2026-07-13", "eow -> 2026-07-17"),
    *rows("2026-07-16", "eow -> 2026-07-17"),
    *rows("2026-07-17", "eow | end of week -> 2026-07-24"),
    *rows("2026-07-18", "eow | end of week -> 2026-07-24"),
    *rows("2026-07-19", "eow | end of week -> 2026-07-24"),
]

NEXT_FRIDAY_ON_EVERY_WEEKDAY = [
    *rows("2026-07-13", "next friday -> 2026-07-24\nfriday -> 2026-07-17\nnext week -> 2026-07-20"),
    *rows("2026-07-14", "next friday -> 2026-07-24\nfriday -> 2026-07-17\nnext week -> 2026-07-20"),
    *rows("2026-07-15", "next friday -> 2026-07-24\nfriday -> 2026-07-17\nnext week -> 2026-07-20"),
    *rows("2026-07-16", "next friday -> 2026-07-24\nfriday -> 2026-07-17\nnext week -> 2026-07-20"),
    *rows("2026-07-17", "next friday -> 2026-07-24\nfriday -> 2026-07-24\nnext week -> 2026-07-20"),
    *rows("2026-07-18", "next friday -> 2026-07-24\nfriday -> 2026-07-24\nnext week -> 2026-07-20"),
    *rows("2026-07-19", "next friday -> 2026-07-24\nfriday -> 2026-07-24\nnext week -> 2026-07-20"),
    *rows("2026-12-31", "next friday -> 2027-01-08\nfriday -> 2027-01-01\nnext week -> 2027-01-04"),
]

TWO_NUMBERS = [
    *rows(
        WED,
        """
        13/8 | 8/13 | 13.8 | 13.8. | 8.13. | 13/08 | 08/13  -> 2026-08-13
        13. 8. | 13. 8 | 8. 13. | 13. 08.                   -> 2026-08-13
        13. 8. 2026 | 13.8. 2026 | 13. 8.2026               -> 2026-08-13
        5/5 | 05/05 | 5.5. | 5.5 | 05.5.                    -> 2027-05-05
        8/8 | 8.8.                                          -> 2026-08-08
        13/8/2026 | 8/13/2026 | 13.8.2026 | 13.08.2026      -> 2026-08-13
        15/7/2026 | 7/15/2026 | 15.7.2026                   -> 2026-07-15
        15/7 | 7/15                                         -> 2027-07-15
        31/1 | 1/31                                         -> 2027-01-31
        29/2/2028 | 2/29/2028                               -> 2028-02-29
        5/7 | 7/5 | 5.7 | 5.7. | 05/07 | 1/2 | 12/11        -> refused
        5/7/2027 | 5.7.2027 | 12/11/2027                    -> refused
        5/7/2020 | 7/5/2020 | 13/8/2020 | 14/7/2026         -> refused
        13/8/2036 | 8/13/2099                               -> refused
        29/2 | 2/29 | 29/2/2027 | 30/2 | 31/4 | 4/31        -> refused
        13/13 | 32/1 | 1/32 | 0/5 | 5/0 | 00/05 | 005/13    -> refused
        13th/8 | 13/8th | 13./8. | 13 / 8 | 13/ 8 | 13 .8.  -> refused
        13. 8 2026 | 13.8 2026 | 13 8 | 13 8. | 13.8 .2026  -> refused
        13/8/ | 13/8/26 | 13/8/026 | 13/8/20266 | /8 | 13/  -> refused
        13.8.26 | 13.8.2026. | 13..8 | .13.8 | 13.8..       -> refused
        13-8 | 13-8-2026 | 13\\8 | 13/8.2026 | 13.8/2026    -> refused
        13/aug | 13.aug | 13/8 2026 | 13,8 | 13:8           -> refused
        """,
    ),
    *rows(
        WED,
        """
        5/7 | 5.7. | 5.7 | 05/07          -> 2027-07-05
        5/8 | 5.8. | 05.08.               -> 2026-08-05
        5/8/2026 | 5.8.2026               -> 2026-08-05
        13/8 | 13/8/2026                  -> 2026-08-13
        15/7/2026                         -> 2026-07-15
        8/13 | 8.13. | 8/13/2026 | 2/29   -> refused
        5/7/2026 | 5.7.2026 | 29/2 | 31/6 -> refused
        2026-08-05                        -> 2026-08-05
        2027-07                           -> 2027-07
        """,
        day_first=True,
    ),
    *rows(
        WED,
        """
        5/7 | 5.7. | 05/07                -> 2027-05-07
        8/5 | 8.5.                        -> 2026-08-05
        8/13 | 8.13. | 8/13/2026          -> 2026-08-13
        7/15/2026                         -> 2026-07-15
        13/8 | 13.8. | 13/8/2026 | 29/2   -> refused
        5/7/2026 | 2/29 | 6/31            -> refused
        2026-08-05                        -> 2026-08-05
        2027-07                           -> 2027-07
        """,
        day_first=False,
    ),
]

APPOINTMENTS = rows(
    WED,
    """
    fri 10:00 | FRI  10:00                    -> 2026-07-17 10:00 !
    fri 9:30 | fri 09:30                      -> 2026-07-17 09:30 !
    fri 0:00 | fri 00:00                      -> 2026-07-17 00:00 !
    fri 23:59 | fri 23:59! | fri 23:59 !      -> 2026-07-17 23:59 !
    today 18:00                               -> 2026-07-15 18:00 !
    13 8:05 | 13th 08:05                      -> 2026-08-13 08:05 !
    2w 14:30 | in 2 weeks 14:30               -> 2026-07-29 14:30 !
    5 july 2027 7:00 | 2027-07-05 7:00        -> 2027-07-05 07:00 !
    5 july 19:19                              -> 2027-07-05 19:19 !
    13/8 20:00 | 13.8. 20:00                  -> 2026-08-13 20:00 !
    next week 8:00                            -> 2026-07-20 08:00 !
    eom 8:00 | eom 8:00!                      -> 2026-07-31 08:00 !
    fri 24:00 | fri 23:60 | fri 99:99         -> refused
    fri 7:5 | fri 7: | fri :30 | fri 007:30   -> refused
    fri 10:00:00 | fri 10:00:                 -> refused
    fri at 10:00 | fri 10h | fri at 10h       -> 2026-07-17 10:00 !
    fri 10 am | fri 10am | fri 10:00 am       -> 2026-07-17 10:00 !
    fri 10:00am | fri at 10 am | FRI AT 10 AM -> 2026-07-17 10:00 !
    fri 10 pm | fri 10:00pm | fri 22h         -> 2026-07-17 22:00 !
    fri 12 am | fri 12:00 am | fri 0h         -> 2026-07-17 00:00 !
    fri 12 pm | fri 12pm | fri 12h            -> 2026-07-17 12:00 !
    fri 12:30 am                              -> 2026-07-17 00:30 !
    fri 9h | fri 09h | fri 9 am | fri 9 am!   -> 2026-07-17 09:00 !
    13 5 pm | 13th at 5 pm | the 13th 17h     -> 2026-08-13 17:00 !
    13. 8. 17h | 13/8 5 pm | 13.8. at 17:00   -> 2026-08-13 17:00 !
    the 5th of july 2027 at 7:00              -> 2027-07-05 07:00 !
    two weeks 5 pm | in two weeks at 17:00    -> 2026-07-29 17:00 !
    fri 0 am | fri 13 pm | fri 0:30 am        -> refused
    fri 24h | fri 10:00h | fri 10 h | fri 10m -> refused
    fri 10:60 am | fri 10 a.m. | fri 10 AM PM -> refused
    fri at | fri at 10 | fri at at 10:00      -> refused
    at 10:00 | 5 pm | 17h | at 5pm | at fri   -> refused
    july 5 pm | may at 10:00                  -> refused
    fri 10.00 | fri 1000 | fri 10             -> refused
    fri, 10:00 | fri @10:00 | fri 10:00Z      -> refused
    10:00 | 10:00! | 10:00 fri | 10:00 10:00  -> refused
    fri 10:00 11:00 | fri 10:00-11:00         -> refused
    fri10:00 | fri:10:00 | fri! 10:00         -> refused
    july 10:00 | july 2027 10:00              -> refused
    2027-07 10:00 | next month 10:00          -> refused
    july 10:00! | soon 10:00 | 32 10:00       -> refused
    5 july 1000 | 5 july 24:00 | -3d 10:00    -> refused
    """,
)

AGREED = rows(
    WED,
    """
    fri! | fri ! | fri  ! | FRI!              -> 2026-07-17 !
    5 july! | 5 july ! | july 5th!            -> 2027-07-05 !
    13! | 13th!                               -> 2026-08-13 !
    3d! | +3d ! | in 3 days!                  -> 2026-07-18 !
    july! | 2027-07 ! | july 2027!            -> 2027-07 !
    next month!                               -> 2026-08 !
    13.8.! | 13/8!                            -> 2026-08-13 !
    today!                                    -> 2026-07-15 !
    ! | !! | fri!! | fri! ! | !fri | ! fri    -> refused
    f!ri | 5! july | fri!. | fri!, | fri?     -> refused
    soon! | yesterday! | 2026-07-14! | 32!    -> refused
    """,
)

ODDS_AND_ENDS = rows(
    WED,
    """
                                              -> refused
    . | , | - | / | ? | * | % | & | '' | "fri" -> refused
    fri. | fri, | (fri) | fri; mon | fri;     -> refused
    fri # comment | fri -n | --next | -n fri  -> refused
    asap | tbd | ? | none | null | nan | inf  -> refused
    easter | christmas | monday morning       -> refused
    rrule | 1 1 | 1 1 1 | 1 jan feb | a       -> refused
    """,
)

TABLE = [
    *DAYS, *NUMBERS, *MONTH_LACKS_THE_DAY, *MONTHS_WITHOUT_A_DAY, *DATES, *LEAP_DAY, *OFFSETS,
    *MONTHS_ARE_CLAMPED_ONCE, *WORKDAYS, *ENDS, *NEXT_FRIDAY_ON_EVERY_WEEKDAY, *TWO_NUMBERS, *APPOINTMENTS,
    *AGREED, *ODDS_AND_ENDS,
]  # fmt: skip


@pytest.mark.parametrize(("today", "phrase", "meaning", "ground"), TABLE)
def test_a_phrase_means_what_the_table_says(today: date, phrase: str, meaning: str, ground: dict[str, Any]) -> None:
    assert answer(phrase, today, **ground) == meaning


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        ("FRI", "2026-07-17"),
        ("Friday", "2026-07-17"),
        ("fRiDaY", "2026-07-17"),
        ("5TH JULY", "2027-07-05"),
        ("Next Week", "2026-07-20"),
        ("IN 2 WEEKS", "2026-07-29"),
        ("2W", "2026-07-29"),
        ("+10B", "2026-07-29"),
        ("EOM", "2026-07-31"),
        ("TODAY", "2026-07-15"),
        ("  fri", "2026-07-17"),
        ("fri  ", "2026-07-17"),
        ("\tfri\t", "2026-07-17"),
        (" \t fri \t !\t ", "2026-07-17 !"),
        ("5  july", "2027-07-05"),
        ("5\tjuly", "2027-07-05"),
        ("5 \t july \t 2027", "2027-07-05"),
        ("\t in \t 2 \t weeks \t", "2026-07-29"),
        ("+\t3\td", "2026-07-18"),
        ("2 \t  w", "2026-07-29"),
        ("start  of\tnext   month", "2026-08-01"),
        ("fri \t 10:00", "2026-07-17 10:00 !"),
        ("   ", REFUSED),
        ("\t", REFUSED),
        ("\t ! ", REFUSED),
    ],
    ids=repr,
)
def test_case_does_not_matter_and_blanks_are_space_and_tab(phrase: str, meaning: str) -> None:
    assert answer(phrase, WEDNESDAY) == meaning


NOT_ASCII = {
    "arabic-indic digits": "١٣",
    "extended arabic digits": "۱۳",
    "devanagari digits": "१३",
    "fullwidth digits": "１３",
    "superscript digit": "1³",
    "circled digit": "⑬",
    "mathematical digits": "𝟏𝟑",
    "arabic digit in an offset": "٣d",
    "fullwidth letters": "ｆｒｉ",
    "fullwidth exclamation mark": "fri！",
    "fullwidth colon": "fri 10：00",
    "kelvin sign": "2 wee\u212as",
    "kelvin sign in a single unit": "1 wee\u212a",
    "long s": "\u017fun",
    "dotted capital i": "FR\u0130",
    "dotless i": "fr\u0131",
    "cyrillic a": "m\u0430y",
    "ligature": "\ufb01fri",
    "unicode minus": "2026\u221207\u221220",
    "non-breaking hyphen": "2026\u201107\u201120",
    "en dash": "2026–07–20",
    "fraction slash": "13\u20448",
    "no-break space": "5\u00a0july",
    "no-break space at the end": "fri\u00a0",
    "narrow no-break space": "5\u202fjuly",
    "ideographic space": "5\u3000july",
    "em space": "5\u2003july",
    "ogham space": "5\u1680july",
    "next line": "fri\x85",
    "line separator": "5\u2028july",
    "paragraph separator": "fri\u2029",
    "zero-width space": "fri\u200b",
    "zero-width joiner": "f\u200dri",
    "zero-width non-joiner": "f\u200cri",
    "word joiner": "f\u2060ri",
    "byte order mark": "\ufefffri",
    "soft hyphen": "fri\u00adday",
    "left-to-right mark": "\u200efri",
    "arabic letter mark": "fri\u061c",
    "right-to-left override": "\u202eirf",
    "bidi isolate": "\u2066fri\u2069",
    "combining accent": "fri\u0301",
    "tag letter": "fri\U000e0061",
    "lone surrogate": "fri\ud800",
    "emoji": "fri 📞",
    "line feed": "fri\n",
    "line feed in front": "\nfri",
    "line feed for a blank": "5\njuly",
    "carriage return": "fri\r",
    "vertical tab": "5\x0bjuly",
    "form feed": "5\x0cjuly",
    "file separator": "5\x1cjuly",
    "unit separator": "fri\x1f",
    "nul": "fri\x00",
    "backspace": "fri\x08",
    "escape": "\x1b[31mfri",
    "delete": "fri\x7f",
    "c1 control": "\x9b31mfri",
}


@pytest.mark.parametrize("phrase", NOT_ASCII.values(), ids=NOT_ASCII.keys())
def test_only_printable_ascii_is_read_and_nothing_else_is_echoed_raw(phrase: str) -> None:
    assert letter(phrase).isprintable()
    with pytest.raises(PhraseRefused) as refused:
        look_back(phrase, WEDNESDAY)
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(
    ("today", "phrase", "far"),
    [
        ("2026-07-15", "15 june", False),
        ("2026-07-15", "16 june", True),
        ("2026-07-15", "15 july", True),
        ("2026-07-15", "5 july", True),
        ("2026-07-15", "june", False),
        ("2026-07-15", "july", True),
        ("2026-07-15", "11m", False),
        ("2026-07-15", "12m", True),
        ("2026-07-15", "fri", False),
        ("2026-07-15", "31", False),
        ("2026-07-15", "today", False),
        ("2026-07-15", "5 july 2027", False),
        ("2026-07-15", "2027-07-05", False),
        ("2026-07-15", "july 2030", False),
        ("2026-07-15", "2030-07", False),
        ("2026-12-31", "eoy", True),
        ("2026-12-30", "eoy", False),
        ("2026-03-31", "28 feb", False),
        ("2026-08-15", "13/8", True),
        ("2026-08-15", "13/8/2027", False),
        ("2027-03-01", "feb 29", True),
    ],
)
def test_a_jump_of_more_than_eleven_months_without_a_year_is_marked(today: str, phrase: str, far: bool) -> None:
    assert read(phrase, Ground(on(today))).far is far


@pytest.mark.parametrize("phrase", ["3d", "+3d", "2 weeks", "in 2 weeks", "in a week", "1m", "+10b", "in a workday"])
def test_offsets_count_from_the_start_that_is_handed_in(phrase: str) -> None:
    start = date(2026, 9, 3)
    counted = read(phrase, Ground(WEDNESDAY, start=start))
    assert counted.offset
    assert counted.on == read(phrase, Ground(start)).on


@pytest.mark.parametrize(
    "phrase",
    ["today", "tomorrow", "13", "fri", "next fri", "5 july", "2026-08-01", "eow", "eom", "next week", "13/8", "july",
     "2027-07", "next month", "start of next month"],
)  # fmt: skip
def test_every_other_phrase_counts_from_today_whatever_the_start(phrase: str) -> None:
    counted = read(phrase, Ground(WEDNESDAY, start=date(2026, 9, 3)))
    assert not counted.offset
    assert counted.on == read(phrase, Ground(WEDNESDAY)).on


def test_an_offset_from_a_later_start_ends_ten_years_from_today_too() -> None:
    assert answer("1m", WEDNESDAY, start=date(2036, 6, 15)) == "2036-07-15"
    assert answer("2m", WEDNESDAY, start=date(2036, 6, 15)) == REFUSED
    assert answer("1d", WEDNESDAY, start=date.max) == REFUSED


ANY_PHRASES = [
    "today", "tomorrow", "31", "fri", "next fri", "5 july", "feb 29", "feb 29 9997", "9999-12-31", "july", "9999-12",
    "9999d", "9999w", "9999m", "9999y", "9999b", "eow", "eom", "eoq", "eoy", "next week", "next month", "13/8",
    "start of next month", "5/7/9999", "in a year", "3d ago", "feb 29 0000", "0000-12",
]  # fmt: skip


@pytest.mark.parametrize(
    "today",
    ["1900-01-01", "9900-12-31", "9989-12-31", "9990-01-01", "9995-06-15", "9999-12-30", "9999-12-31", "0001-01-01"],
)
def test_at_the_ends_of_the_calendar_a_phrase_is_read_or_refused_and_never_raised(today: str) -> None:
    for phrase in ANY_PHRASES:
        answered = answer(phrase, on(today))
        assert answered == REFUSED or answered >= today[:7], phrase


# Letters of refusal ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "today", "said"),
    [
        ("feb 29", "2026-07-15", "2028"),
        ("29 feb", "2028-02-29", "2032"),
        ("feb 29", "2096-03-01", "2104"),
        ("29/2", "2026-07-15", "2028"),
        ("this wed", "2026-07-15", "today"),
        ("this tue", "2026-07-15", "Tue 14 Jul 2026"),
        ("fridays", "2026-07-15", "rhythm"),
        ("soon", "2026-07-15", "fri, 13, 5 july or 2w"),
        ("1" * 10_000, "2026-07-15", "10,000 characters"),
        ("fri 25:00", "2026-07-15", "25:00"),
        ("fri somehow", "2026-07-15", "somehow"),
        ("july 32", "2026-07-15", "july 32"),
        ("31 june", "2026-07-15", "30"),
        ("5/7", "2026-07-15", "5 jul"),
        ("5/7", "2026-07-15", "7 may"),
        ("5/7", "2026-07-15", "day_first"),
        ("every friday", "2026-07-15", "rhythm"),
        ("2026-07-14", "2026-07-15", "past"),
        ("2036-07-16", "2026-07-15", "10 years"),
        ("july 10:00", "2026-07-15", "month"),
        ("11st", "2026-07-15", "11th"),
        ("fri\U000e0041", "2026-07-15", "\\U000e0041"),
        ("fri\u202e", "2026-07-15", "\\u202e"),
        ("\x1b[31mfri", "2026-07-15", "\\x1b"),
    ],
)
def test_a_letter_says_what_was_not_understood(phrase: str, today: str, said: str) -> None:
    assert said in letter(phrase, on(today))


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("fridy", "2026-07-17"),
        ("next fridy", "2026-07-24"),
        ("tomorow", "2026-07-16"),
        ("5 juli", "2027-07-05"),
        ("2026-7-20", "2026-07-20"),
        ("2027-7", "2027-07"),
        ("21th", "2026-07-21"),
        ("5st july", "2027-07-05"),
        ("july 5st 2028", "2028-07-05"),
        ("feb 29", "2028-02-29"),
        ("5/8", "2026-08-05 or 2027-05-08"),
        ("5/8 10:00", "2026-08-05 10:00 ! or 2027-05-08 10:00 !"),
        ("5/8/2027!", "2027-08-05 ! or 2027-05-08 !"),
        ("17:00", "2026-07-15 17:00 ! or 2026-07-16 17:00 !"),
        ("at 5 pm!", "2026-07-15 17:00 ! or 2026-07-16 17:00 !"),
        ("tomorrow 9", "2026-07-16 09:00 ! or 2026-07-16 21:00 !"),
        ("tomorrow 17", "2026-07-16 17:00 !"),
        ("5 july 27", "2027-07-05"),
        ("5 july '27", "2027-07-05"),
        ("fri 17", "2026-07-17 17:00 ! or 2026-07-17"),
        ("jule", "2027-06 or 2027-07"),
        ("thuesday", "2026-07-21 or 2026-07-16"),
        ("tommorow", "2026-07-16"),
        ("wensday 9:00", "2026-07-22 09:00 !"),
        ("Thu 24 Dec 2026", "2026-12-24"),
        ("monday 3 august 9:00", "2026-08-03 09:00 !"),
        ("wed 2026-07-15", "2026-07-15"),
        ("24 december 2026, 9:00", "2026-12-24 09:00 !"),
        ("10:00 fri", "2026-07-17 10:00 !"),
        ("next week friday", "2026-07-24"),
        ("the day after tomorrow", "2026-07-17"),
        ("on the 13th", "2026-08-13"),
        ("in july", "2027-07"),
        ("in a w", "2026-07-22"),
        ("2 wks", "2026-07-29"),
        ("20260720", "2026-07-20"),
        ("2026/7/20", "2026-07-20"),
        ("2026-07-20T10:00", "2026-07-20 10:00 !"),
        ("16-07-2026", "2026-07-16"),
        ("this wed", "2026-07-15"),
    ],
)
def test_the_line_that_would_work_is_the_line_that_was_meant(phrase: str, meant: str) -> None:
    assert " or ".join(answer(line, WEDNESDAY) for line in would_work(letter(phrase))) == meant


@pytest.mark.parametrize(
    "phrase",
    [
        "july 10:00", "31 june", "2029-06-31", "feb 29 2027", "-3d", "yesterday", "2026-07-14", "14 july 2026", "this mon",
        "2036-07-16", "every friday", "fridays", "fri or mon", "13 14", "fri about the quote", "fri morning", "soon",
        "next july", "fri 25:00", "fri?", "by fri", "until fri", "monday 4 august", "fri 2026-07-15", "5 july 20",
        "july 32", "eocm", "", "!", "someday", "birthday", "holiday", "2 july 3 aug", "0d", "1.5d", "fri 10:00-11:00",
        "1" * 201, "fri " * 1000, "5/7/2020", "in 13",
    ],
)  # fmt: skip
def test_where_no_line_means_the_same_none_is_offered(phrase: str) -> None:
    assert WOULD_WORK not in letter(phrase)


HARD_TO_MEND = [
    "july 25:00", "bogus 25:00", "yesterday 25:00", "2020-01-01 25:00", "32 25:00",
    "5/7/2020", "5/7/2025", "5/7/2099", "3.4.1999", "feb 29 2019", "feb 29 2023", "feb 29 2090", "2023-02-29",
    "29 feb 9997", "0000-02-29", "31 june 2020", "31 june 2099",
    "-31 june", "-2020-01-01", "-9999y", "-9999d", "-20%", "-feb 29", "--3d", "- fri", "-july 2020",
    "5 july 26", "5 july 20", "july 5 19", "5 july 99", "2026-7-5", "2026-13-1", "2020-1-1", "2026-2-29", "2026-6",
    "31 febuary", "feburary 30", "31 juni", "29 febr", "2020-07 sometime", "31 june maybe", "5 july 2020 perhaps",
    "2026-07-14 or so", "9999y or so", "9999d please", "5/7 or 6/7", "5/7 5/8", "31 april 31 may",
]  # fmt: skip

ALL_REFUSED = [
    *(pytest.param(*row.values[:2], row.values[3], id=row.id) for row in TABLE if row.values[2] == REFUSED),
    *(pytest.param(WEDNESDAY, phrase, {}, id=f"hard to mend: {phrase}") for phrase in HARD_TO_MEND),
]


@pytest.mark.parametrize(("today", "phrase", "ground"), ALL_REFUSED)
def test_a_line_that_would_work_works_and_keeps_what_was_typed(
    today: date, phrase: str, ground: dict[str, Any]
) -> None:
    message = letter(phrase, today, **ground)
    assert message.isprintable()
    assert message.partition(WOULD_WORK)[0]
    lines = would_work(message)
    assert len(lines) <= 2
    for line in lines:
        assert answer(line, today, **ground) != REFUSED, message
        assert line.endswith("!") == ("!" in phrase)
    assert len({answer(line, today, **ground) for line in lines}) == len(lines)


# Sweeps ---------------------------------------------------------------------------------------------

# A leap year and the one before it; between them lies every turn of a year that matters.
YEARS = thorough.sweep(range(2023, 2030), range(2027, 2029))
every_year = pytest.mark.parametrize("year", YEARS)


def days_of(year: int, step: int = 1) -> Iterator[date]:
    """Every so manieth day of the year, and the last day of each month whatever the step."""
    day = date(year, 1, 1)
    while day.year == year:
        if day.toordinal() % step == 0 or (day + ONE_DAY).day == 1:
            yield day
        day += ONE_DAY


def walk(day: date, stride: int = 1) -> Iterator[date]:
    """The days after this one, or before it, one by one."""
    while True:
        day += stride * ONE_DAY
        yield day


def first(day: date, fits: Callable[[date], bool], stride: int = 1) -> date:
    return next(other for other in walk(day, stride) if fits(other))


def read_on(phrase: str, today: date) -> date | Month:
    return read(phrase, Ground(today)).on


@every_year
def test_a_weekday_is_the_first_one_met_walking_from_tomorrow(year: int) -> None:
    for today in days_of(year):
        for place, name in enumerate(WEEKDAYS):
            expected = first(today, lambda day, place=place: day.weekday() == place)
            assert read_on(name, today) == read_on(name[:3], today) == expected, (name, today)


@every_year
def test_next_weekday_lies_in_the_next_iso_week(year: int) -> None:
    for today in days_of(year):
        monday = first(today, lambda day, today=today: day.isocalendar()[:2] != today.isocalendar()[:2])
        assert read_on("next week", today) == monday
        for name, expected in zip(WEEKDAYS, chain([monday], walk(monday)), strict=False):
            assert read_on(f"next {name}", today) == expected, (name, today)


@every_year
def test_a_number_is_the_first_such_day_met_walking_from_tomorrow(year: int) -> None:
    for today in days_of(year):
        met: dict[int, date] = {}
        for day in walk(today):
            met.setdefault(day.day, day)
            if len(met) == 31:
                break
        for number, expected in met.items():
            assert read_on(str(number), today) == expected, (number, today)


@every_year
def test_a_month_name_is_the_first_such_month_after_the_running_one(year: int) -> None:
    for today in days_of(year, step=3):
        met: dict[int, Month] = {}
        for day in walk(today):
            if (day.year, day.month) != (today.year, today.month):
                met.setdefault(day.month, Month(day.year, day.month))
            if len(met) == 12:
                break
        for number, expected in met.items():
            name = MONTHS[number - 1]
            assert read_on(name, today) == read_on(name[:3], today) == expected, (name, today)


@every_year
def test_a_day_and_a_month_are_the_first_such_date_met_walking_from_tomorrow(year: int) -> None:
    for today in days_of(year, step=37):
        for day in islice(walk(today), 365):
            name = MONTHS[day.month - 1]
            assert read_on(f"{day.day} {name}", today) == read_on(f"{name[:3]} {day.day}", today) == day, today


@every_year
def test_the_29th_of_february_is_read_only_where_the_coming_february_has_it(year: int) -> None:
    for today in days_of(year):
        met = first(today, lambda day: (day.month, day.day) in ((2, 29), (3, 1)))
        assert answer("feb 29", today) == (str(met) if met.day == 29 else REFUSED), today


@every_year
def test_days_weeks_and_workdays_are_counted_one_by_one(year: int) -> None:
    for today in days_of(year, step=4):
        days = list(islice(walk(today), 64))
        working = [day for day in days if day.weekday() < 5]
        for count in (1, 2, 3, 6, 7, 8, 29, 31, 64):
            assert read_on(f"{count}d", today) == days[count - 1], (count, today)
        for count in (1, 2, 4, 9):
            assert read_on(f"in {count} weeks", today) == days[7 * count - 1], (count, today)
        for count in (*range(1, 13), 22, 40):
            assert read_on(f"+{count}b", today) == working[count - 1], (count, today)


def months_on(day: date, count: int) -> date:
    """Month by month on to its first day, then up to the same number as far as the month goes."""
    found = day.replace(day=1)
    for _ in range(count):
        found = first(found, lambda other: other.day == 1)
    while found.day < day.day and (found + ONE_DAY).day != 1:
        found += ONE_DAY
    return found


@every_year
def test_months_and_years_keep_the_day_number_or_end_with_the_month(year: int) -> None:
    for today in days_of(year, step=19):
        for count in (1, 2, 3, 5, 6, 11, 12, 13, 24):
            assert read_on(f"{count}m", today) == months_on(today, count), (count, today)
        for count in (1, 2):
            assert read_on(f"{count} years", today) == months_on(today, 12 * count), (count, today)


@every_year
def test_an_end_is_the_first_last_day_met_walking_from_tomorrow(year: int) -> None:
    def ends(months: tuple[int, ...]) -> Callable[[date], bool]:
        return lambda day: (day + ONE_DAY).day == 1 and day.month in months

    for today in days_of(year):
        assert read_on("eow", today) == first(today, lambda day: day.weekday() == 4), today
        assert read_on("eom", today) == first(today, ends(tuple(range(1, 13)))), today
        assert read_on("eoq", today) == first(today, ends((3, 6, 9, 12))), today
        assert read_on("eoy", today) == first(today, ends((12,))), today
        assert read_on("start of next month", today) == first(today, lambda day: day.day == 1), today


@every_year
def test_looking_back_finds_the_last_such_day_before_today(year: int) -> None:
    for today in days_of(year, step=2):
        assert look_back("yesterday", today) == (today - ONE_DAY, None)
        for place, name in enumerate(WEEKDAYS):
            expected = first(today, lambda day, place=place: day.weekday() == place, stride=-1)
            assert look_back(name, today) == (expected, None), (name, today)
        for number in (1, 2, 13, 28, 29, 30, 31, today.day):
            expected = first(today, lambda day, number=number: day.day == number, stride=-1)
            assert look_back(str(number), today) == (expected, None), (number, today)
        for count in (1, 3, 30):
            assert look_back(f"{count}d ago", today) == (today - timedelta(days=count), None), (count, today)


# Any text at all ------------------------------------------------------------------------------------

calm = settings(deadline=None, max_examples=400, database=None)
todays = st.dates(date(1990, 1, 1), date(2120, 12, 31))
WORDS = [
    *WEEKDAYS, *MONTHS, "fri", "jul", "sept", "today", "tomorrow", "yesterday", "next", "in", "a", "end", "of", "start",
    "week", "month", "quarter", "year", "weeks", "eow", "eom", "eoq", "eoy", "d", "w", "m", "y", "b", "workdays", "ago",
    "0", "1", "5", "05", "13th", "29", "31", "31st", "32", "2024", "2028", "9999", "0000", "2028-02-29", "2027-02-29",
    "2026-07", "+", "+3d", "-3d", "2w", "9999y", "9999b", "5/7", "13/8", "29.2.", "31/4/2027", "10:00", "24:00", "!",
    "every", "or", "fri!", "\u200b", "\u00a0", "\x1b", "\u0663", "\t",
]  # fmt: skip
any_character = st.text(st.characters(exclude_categories=()), max_size=20)
near_phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
shapes = st.one_of(
    st.sampled_from(WORDS),
    st.builds("{} {}".format, st.integers(0, 33), st.sampled_from(MONTHS)),
    st.builds("{} {} {}".format, st.sampled_from(MONTHS), st.integers(0, 33), st.integers(1900, 2200)),
    st.builds("{}{}".format, st.integers(0, 10_001), st.sampled_from("dwmyb")),
    st.builds("{}/{}".format, st.integers(0, 32), st.integers(0, 32)),
    st.builds("{}.{}.{}".format, st.integers(0, 32), st.integers(0, 32), st.integers(1990, 2130)),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32)),
    st.builds("{:04}-{:02}".format, st.integers(0, 9999), st.integers(0, 13)),
    st.builds("next {}".format, st.sampled_from([*WEEKDAYS, "week", "month"])),
    st.builds("{} {}:{:02}".format, st.sampled_from(WORDS), st.integers(0, 25), st.integers(0, 61)),
)
texts = st.one_of(any_character, near_phrases, shapes)
day_firsts = st.sampled_from([None, True, False])


@calm
@given(texts, todays, day_firsts)
@example("9999y", WEDNESDAY, None)
@example("\ud800", WEDNESDAY, None)
@example("5\u2028july", WEDNESDAY, None)
def test_any_text_is_read_or_refused_in_printable_words(text: str, today: date, day_first: bool | None) -> None:
    message = ""
    try:
        found = read(text, Ground(today, day_first=day_first))
    except PhraseRefused as refused:
        message = refused.message
    else:
        assert text.isascii()
        assert isinstance(found.on, (date, Month))
    assert message.isprintable()


LONG = [
    "1" * 10_000, "9" * 100_000, "a" * 100_000, "fri " * 25_000, " " * 100_000, "\u200b" * 100_000, "-" * 100_000,
    "1." * 50_000, "5 july " * 10_000, "\x1b[31m" * 10_000, f"in {'9' * 10_000} days", f"{'0' * 10_000}1d",
]  # fmt: skip


def seconds_of(reading: Callable[[], object]) -> float:
    """How long this process computes until the phrase is read or refused."""
    begun = process_time()
    with contextlib.suppress(PhraseRefused):
        reading()
    return process_time() - begun


@pytest.mark.parametrize("phrase", LONG, ids=lambda phrase: f"{phrase[:6]!r} x {len(phrase)}")
def test_what_is_far_too_long_is_refused_at_once_and_not_repeated(phrase: str) -> None:
    assert seconds_of(lambda: read(phrase, Ground(WEDNESDAY))) < 0.1
    assert seconds_of(lambda: look_back(phrase, WEDNESDAY)) < 0.1
    assert len(letter(phrase)) < 1000
    assert WOULD_WORK not in letter(phrase)


long_texts = st.one_of(
    st.lists(st.sampled_from([*WORDS, "thuesday", "jule", "5july", "at", "am", "'"]), max_size=60).map(" ".join),
    st.text("0123456789 :./-+!", max_size=200),
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.text("adefhjlmnorstuy 0123456789", max_size=200),
).map(lambda text: text[:200])


@calm
@given(long_texts, todays, day_firsts)
@example("9" * 200, WEDNESDAY, None)
@example(" ".join(["thuesday", "jule"] * 4), WEDNESDAY, None)
@example("thuesday jule 5 2027 at", WEDNESDAY, None)
def test_any_text_of_200_characters_is_answered_soon(text: str, today: date, day_first: bool | None) -> None:
    assert seconds_of(lambda: read(text, Ground(today, day_first=day_first))) < 1
    assert seconds_of(lambda: look_back(text, today, day_first)) < 1


def kept(typed: str, line: str, found: When) -> bool:
    """Whether each number of the phrase is in the line, and each weekday too or is that of the day."""
    numbers = {int(number) for number in re.findall("[0-9]+", line)}
    numbers |= {MONTHS.index(month) + 1 for month in MONTHS if re.search(rf"\b{month[:3]}", line)}
    weekday = found.on.weekday() if isinstance(found.on, date) else None
    return all(
        {int(number), int(number) + 12, int(number) + 2000} & numbers for number in re.findall("[0-9]+", typed)
    ) and all(
        name[:3] in line or place == weekday
        for place, name in enumerate(WEEKDAYS)
        if re.search(rf"\b({name}|{name[:3]})\b", typed.lower())
    )


slips_of_the_finger = st.one_of(
    shapes,
    near_phrases,
    st.builds("{}{}".format, st.integers(0, 33), st.sampled_from(MONTHS)),
    st.builds("{} {} {}".format, st.sampled_from(WEEKDAYS), st.integers(0, 33), st.sampled_from(MONTHS)),
    st.builds("{} {} {}, {}".format, st.sampled_from(WEEKDAYS), st.sampled_from(MONTHS), st.integers(1, 31),
              st.integers(2020, 2040)),
    st.builds("{} {}".format, st.sampled_from([*WEEKDAYS, "tomorrow", "5 july", "in a week"]), st.integers(0, 40)),
    st.builds("{} of the {} {}".format, st.integers(1, 31), st.sampled_from(MONTHS), st.sampled_from(["", "10.30"])),
    st.builds("{}:{:02} {}".format, st.integers(0, 25), st.integers(0, 61), st.sampled_from(WORDS)),
    st.permutations(["next", "week", "friday", "10:00"]).map(" ".join),
    st.permutations(["july", "5", "2027", "at"]).map(" ".join),
)  # fmt: skip


@calm
@given(slips_of_the_finger, todays, day_firsts)
def test_a_line_that_would_work_means_a_day_that_was_typed(text: str, today: date, day_first: bool | None) -> None:
    ground = Ground(today, day_first=day_first)
    try:
        read(text, ground)
    except PhraseRefused as refused:
        lines = would_work(refused.message)
        assert len(lines) <= 2
        for line in lines:
            found = read(line, ground)
            assert kept(text, line, found), (text, line)
            assert found.agreed or not ("!" in text or ":" in text)


@every_year
def test_a_date_in_another_order_is_refused_with_a_line_that_means_that_day(year: int) -> None:
    today = date(year, 2, 1)
    for day in islice(walk(today), 0, 700, 23):
        for typed in (
            "%A %d %B %Y",
            "%a %d. %b %Y",
            "%Y/%m/%d",
            "%B %d, %Y",
            "%Y %B %d",
            "%d-%b-%Y",
            "%Y%m%d",
            "%A, %Y-%m-%d",
        ):
            with pytest.raises(PhraseRefused) as refused:
                read(day.strftime(typed), Ground(today))
            lines = would_work(refused.value.message)
            assert [read_on(line, today) for line in lines] == [day], (day.strftime(typed), lines)
        other = day + ONE_DAY
        for typed in (f"{other:%A} {day}", f"{other:%a} {day:%d %B %Y}"):
            with pytest.raises(PhraseRefused) as refused:
                read(typed, Ground(today))
            assert would_work(refused.value.message) == [], typed


@calm
@given(st.one_of(near_phrases, shapes), todays, day_firsts)
def test_what_is_read_without_a_year_lies_after_today(text: str, today: date, day_first: bool | None) -> None:
    names_year = any(word.isdecimal() and len(word) == 4 for word in text.replace("-", " ").replace(".", " ").split())
    try:
        found = read(text, Ground(today, day_first=day_first))
    except PhraseRefused:
        return
    if isinstance(found.on, Month):
        assert found.on >= Month.of(today) if names_year else found.on > Month.of(today)
    elif names_year or text.split()[0] in ("today", "today!"):
        assert found.on >= today
    else:
        assert found.on > today


@calm
@given(st.one_of(near_phrases, shapes), todays)
def test_a_clock_makes_a_date_agreed_and_never_belongs_to_a_month(text: str, today: date) -> None:
    try:
        found = read(text, Ground(today))
    except PhraseRefused:
        return
    assert found.agreed == (found.time is not None or text.rstrip(" \t").endswith("!"))
    assert not (found.time and isinstance(found.on, Month))


@calm
@given(st.one_of(texts, shapes.map("{} ago".format)), todays)
def test_looking_back_never_answers_with_a_day_to_come(text: str, today: date) -> None:
    message = ""
    try:
        found, _ = look_back(text, today)
    except PhraseRefused as refused:
        message = refused.message
    else:
        assert found <= today
    assert message.isprintable()


# Looking back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "day", "clock"),
    [
        ("yesterday", "2026-07-14", None),
        ("Yesterday 9:05", "2026-07-14", time(9, 5)),
        ("  yesterday\t23:59 ", "2026-07-14", time(23, 59)),
        ("tue", "2026-07-14", None),
        ("wed", "2026-07-08", None),
        ("thurs", "2026-07-09", None),
        ("fri", "2026-07-10", None),
        ("friday 10:00", "2026-07-10", time(10)),
        ("14", "2026-07-14", None),
        ("15", "2026-06-15", None),
        ("16th", "2026-06-16", None),
        ("31", "2026-05-31", None),
        ("13 8:00", "2026-07-13", time(8)),
        ("the 13th at 8 am", "2026-07-13", time(8)),
        ("on tue 17h", "2026-07-14", time(17)),
        ("last tue", "2026-07-14", None),
        ("13.7.", "2026-07-13", None),
        ("13. 7. 9:00", "2026-07-13", time(9)),
        ("13/7", "2026-07-13", None),
        ("15.7.", "2025-07-15", None),
        ("16.7.", "2025-07-16", None),
        ("13.7.2024", "2024-07-13", None),
        ("13 july", "2026-07-13", None),
        ("july the 13th", "2026-07-13", None),
        ("the 13th of july 2025 9:00", "2025-07-13", time(9)),
        ("16 july", "2025-07-16", None),
        ("two weeks ago", "2026-07-01", None),
        ("a week ago", "2026-07-08", None),
        ("3d ago", "2026-07-12", None),
        ("3 days ago", "2026-07-12", None),
        ("2w ago 14:00", "2026-07-01", time(14)),
        ("2026-07-03", "2026-07-03", None),
        ("2026-07-03 7:30", "2026-07-03", time(7, 30)),
        ("2026-07-15", "2026-07-15", None),
        ("2019-01-31", "2019-01-31", None),
        ("2024-02-29", "2024-02-29", None),
    ],
)
def test_looking_back_means_days_that_have_been(phrase: str, day: str, clock: time | None) -> None:
    assert look_back(phrase, WEDNESDAY) == (on(day), clock)


BACK_REFUSED = [
    "2026-07-16", "2027-01-01", "9999-12-31", "tomorrow", "+3d", "3d", "in 3 days", "next fri", "next week", "eom",
    "july", "2026-07", "next month", "", " ", "10:00", "yesterday 24:00", "fri 7:5", "32", "0", "11st", "-3d", "0d ago",
    "10000d ago", "9999y ago", "ago", "fri ago", "soon", "13 14", "fri or mon", "fri!",
    "2026-02-29", "2025-02-29", "2026-06-31", "2026-13-01", "0000-01-01", "tomorrow 25:00", "july 25:00", "bogus 25:00",
    "2026-07-16 25:00", "every friday", "yesterday yesterday", "day before yesterday", "5.7.", "5/7", "16.7.2026",
    "this fri", "tue next week", "end of june", "a w ago", "day after tomorrow", "until fri", "29 feb", "1" * 300,
]  # fmt: skip


@pytest.mark.parametrize("phrase", BACK_REFUSED)
def test_looking_back_refuses_the_rest(phrase: str) -> None:
    with pytest.raises(PhraseRefused) as refused:
        look_back(phrase, WEDNESDAY)
    for line in would_work(refused.value.message):
        assert look_back(line, WEDNESDAY)[0] <= WEDNESDAY


# Snooze ---------------------------------------------------------------------------------------------


def lies(where: str | None, *, resting: str | None = None) -> Cover:
    """A dossier at a day, in a month, or without a date."""
    if where is None:
        return Cover("anna", "Anna", resting=resting)
    return Cover("anna", "Anna", resting=resting, next=Next(Month.parse(where) if len(where) == 7 else on(where)))


def snoozed(cover: Cover, phrase: str, today: date = WEDNESDAY) -> str:
    when = read(phrase, Ground(today, start=acts.snooze_start(cover, today)))
    acts.check_snooze(cover, when, today)
    return told(when)


@pytest.mark.parametrize(
    ("where", "phrase", "answer"),
    [
        ("2026-07-15", "1w", "2026-07-22"),
        ("2026-07-15", "+1b", "2026-07-16"),
        ("2026-07-24", "1w", "2026-07-31"),
        ("2026-07-24", "+1b", "2026-07-27"),
        ("2026-07-25", "+1b", "2026-07-27"),
        ("2026-07-24", "in a week", "2026-07-31"),
        ("2027-01-31", "1 month", "2027-02-28"),
        ("2026-07-01", "1w", "2026-07-22"),
        ("2026-06", "1w", "2026-07-22"),
        (None, "1w", "2026-07-22"),
    ],
)
def test_an_offset_counts_from_the_later_of_today_and_where_it_lies(
    where: str | None, phrase: str, answer: str
) -> None:
    assert snoozed(lies(where), phrase) == answer


def test_a_resting_dossier_counts_from_today_whatever_date_it_still_has() -> None:
    assert snoozed(lies("2026-12-01", resting="moved away"), "1w") == "2026-07-22"
    assert snoozed(lies(None, resting="moved away"), "1w") == "2026-07-22"


@pytest.mark.parametrize(
    ("where", "phrase", "answer"),
    [
        ("2026-07-16", "fri", "2026-07-17"),
        ("2026-07-17", "next fri", "2026-07-24"),
        ("2026-07-24", "31", "2026-07-31"),
        ("2026-07-24", "2026-08-01", "2026-08-01"),
        ("2026-07-24", "next month", "2026-08"),
        ("2026-08-31", "sept", "2026-09"),
        ("2026-07", "august", "2026-08"),
        ("2026-07", "start of next month", "2026-08-01"),
        ("2026-07-01", "today", "2026-07-15"),
        ("2026-07-01", "tomorrow", "2026-07-16"),
        ("2026-08-30", "2026-08", "2026-08"),
    ],
)
def test_every_other_phrase_counts_from_today(where: str, phrase: str, answer: str) -> None:
    assert snoozed(lies(where), phrase) == answer


@pytest.mark.parametrize(
    ("where", "phrase"),
    [
        ("2026-07-15", "today"),
        ("2026-07-17", "fri"),
        ("2026-07-24", "fri"),
        ("2026-07-24", "tomorrow"),
        ("2026-08-31", "2026-08"),
        ("2026-08-31", "next month"),
        ("2026-08", "31 aug"),
        ("2026-08", "next month"),
        ("2026-08", "5 aug"),
        ("2026-07", "eom"),
        ("2026-07", "fri"),
        ("2027-01-05", "sept"),
    ],
)
def test_to_the_same_day_or_an_earlier_one_is_refused_and_a_month_counts_as_its_last_day(
    where: str, phrase: str
) -> None:
    with pytest.raises(Refused) as refused:
        snoozed(lies(where), phrase)
    assert refused.value.then[:2] == ("file", "anna")


@pytest.mark.parametrize("where", ["2026-07", "2026-08", "2027-06", "2028-09"])
def test_an_offset_from_a_month_without_a_day_is_refused_and_the_letter_shows_a_day_in_it(where: str) -> None:
    for phrase in ("1d", "+1b", "2 weeks", "in a week", "9m"):
        with pytest.raises(Refused) as refused:
            snoozed(lies(where), phrase)
        day = read_on(refused.value.then[2], WEDNESDAY)
        assert isinstance(day, date), phrase
        assert Month.of(day) == Month.parse(where), phrase


@calm
@given(todays, st.integers(-400, 800), st.integers(1, 400), st.sampled_from("dwb"))
def test_snoozing_by_an_offset_always_goes_forward(today: date, lies_at: int, count: int, unit: str) -> None:
    cover = lies(str(today + timedelta(days=lies_at)))
    assert cover.next
    assert isinstance(cover.next.on, date)
    start = acts.snooze_start(cover, today)
    assert start == max(today, cover.next.on)
    when = read(f"{count}{unit}", Ground(today, start=start))
    acts.check_snooze(cover, when, today)
    assert isinstance(when.on, date)
    assert when.on > start
