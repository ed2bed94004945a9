"""Options and words that a command does not take lead on to a line that works as it stands there."""

from __future__ import annotations

import pytest

from acts import advised, leads_on
from folders import Cf

# Each line as somebody types it who knows other programs, and the lines that it is answered with.
LEADS_ON = {
    # Options of other programs, or under another name.
    "log zoe spoke to her --note": "cf log zoe spoke to her --as note",
    "log zoe sent it --email -n fri": "cf log zoe sent it --as mail -n fri",
    "log zoe hello --next=fri --kind mail": "cf log zoe hello --next=fri --as mail",
    "log zoe hello --in 2w": "cf log zoe hello --next 2w",
    "log zoe hello -d fri": "cf log zoe hello --next fri",
    "log zoe hello --until=fri": "cf log zoe hello --next fri",
    "log zoe hello --tomorrow": "cf log zoe hello -n tomorrow",
    "log zoe hello --promised -n fri": "cf log zoe hello --agreed -n fri",
    "log zoe hello --aggreed -n fri": "cf log zoe hello --agreed -n fri",
    "log zoe hello --nex fri": "cf log zoe hello --next fri",
    "log zoe --message 'sent it' -n fri": "cf log zoe 'sent it' -n fri",
    "log zoe -m sent -n fri": "cf log zoe sent -n fri",
    "log zoe sent it --done -n fri": "cf log zoe sent it -n fri",
    "log zoe hello --date tue -n fri": "cf log zoe hello --on tue -n fri",
    "snooze zoe --until monday": "cf snooze zoe --next monday",
    "snooze zoe --for 2w": "cf snooze zoe --next 2w",
    "move zoe --to fri": "cf move zoe --next fri",
    "slip tax return --due fri": "cf slip tax return --next fri",
    "slip send it --for zoe -n fri": "cf slip send it --client zoe -n fri",
    "new Jan Novak --phone 0123456 -n fri": "cf new Jan Novak phone=0123456 -n fri",
    "new Jan Novak --email=jan@x.cz -n fri": "cf new Jan Novak email=jan@x.cz -n fri",
    "set zoe --phone 123": "cf set zoe phone=123",
    "list --late": "cf list late", "list --all": "cf list all", "list -a": "cf list all", "today --tomorrow": "cf list tomorrow",
    "log zoe -nfri hello": "cf log zoe hello -n fri", "log zoe hello -n2w": "cf log zoe hello -n 2w", "log zoe hello -n=fri": "cf log zoe hello -n fri",
    "find -i quote": "cf find quote", "find --client zoe quote": "cf find zoe quote",
    "doctor --fix": "cf help doctor", "print --pdf": "cf help print",
    # In front of the command.
    "-v": "cf --version", "-help": "cf --help", "--h": "cf --help", "--verison": "cf --version", "-l": "cf --help",
    "--list": "cf list", "-today": "cf today", "--late": "cf list late", "--log zoe hi -n fri": "cf log zoe hi -n fri",
    "-n fri log zoe hi": "cf log zoe hi -n fri", "--next fri log zoe hi": "cf log zoe hi --next fri", "-x zoe": "cf log zoe -x",
    # Words behind a command that takes none.
    "today tomorrow": "cf list tomorrow", "today fri": "cf list fri", "today zoe": "cf log zoe, or cf show zoe",
    "binder july": "cf list july", "redo zoe": "cf history", "history zoe": "cf show zoe", "doctor fix": "cf doctor",
    # A day that no day is said with.
    "snooze zoe to monday": "cf snooze zoe monday", "snooze zoe for 2 weeks": "cf snooze zoe 2 weeks",
    "snooze zoe till monday": "cf snooze zoe monday", "file zoe to fri": "cf file zoe fri", "file zoe --next=freitag": "cf file zoe --next=friday",
    "log zoe sent it -n pátek": "cf log zoe sent it -n friday", "log zoe sent it --next=fridy": "cf log zoe sent it --next=friday",
    "log zoe sent it -n fri 10": "cf log zoe sent it -n fri 10:00, or cf log zoe sent it -n fri 22:00",
    "week next": "cf week next week", "week last": "cf review last week", "week zoe": "cf show zoe", "review zoe": "cf show zoe",
    "list clients": "cf list all", "list shop": "cf list --tag shop", "list tag shop": "cf list --tag shop",
    "list clients late": "cf list late", "list 1-10": "cf list 1..10", "list from 10 to 21": "cf list 10..21",
    "list month": "cf list 2026-07", "list yesterday": "cf review yesterday", "list nonsense": "cf help dates",
    # Values, words and days that a command wants.
    "list --tag": "cf help list", "binder --months": "cf help binder", "--today": "cf today, or cf --today 2026-07-15", "--folder": "cf help files",
    "log -n fri zoe it is well": "cf log zoe it is well -n fri", "log zoe --on yesterday sent it": "cf log zoe sent it --on yesterday",
    "log zoe -n 20 july sent it": "cf log zoe sent it -n 20 july", "log mr zoe hello -n fri": "cf log zoe hello -n fri", "log zoe -n fri": "cf log zoe wants a quote -n fri",
    "log zoe hello -n monday at 9": "cf log zoe hello -n monday 9:00, or cf log zoe hello -n monday 21:00",
    "log zoe hello -n in 2 wochen": "cf log zoe hello -n in 2 weeks", "log zoe hello -n za 2 týdny": "cf log zoe hello -n in 2 weeks",
    "set zoe phone=123 -n fri": "cf file zoe fri, or cf set zoe phone=123",
    "slip call mum every week": "cf slip call mum --every week",
    "slip call mum -n every friday": "cf slip call mum --every friday", "slip fri call mum": "cf slip call mum -n fri", "slip tomorrow call mum": "cf slip call mum -n tomorrow",
    "list -n fri": "cf list fri", "list --date fri": "cf list fri", "list --client zoe": "cf show zoe", "list --promised": "cf list --agreed", "list shops": "cf list --tag shop",
    "list first": "cf list --first", "list nodate": "cf list no date", "list today tomorrow": "cf list today..tomorrow", "list next 7 days": "cf list today..7 days",
    "binder --dated 2": "cf binder --dated --months 2", "review --week": "cf review week", "help --all": "cf help all", "show zoe -v": "cf show zoe --all",
    "settings --capacity 6": "cf settings capacity=6", "export ics dates.ics": "cf export ics --out dates.ics", "export --csv": "cf export csv", "form show first-call": "cf form list",
    "log zoe hello -n fr 10 uhr": "cf log zoe hello -n friday 10:00", "file zoe übermorgen": "cf file zoe day after tomorrow", "file zoe 9h30 fri": "cf file zoe fri 9:30",
    "file zoe za týden": "cf file zoe in a week", "file zoe am freitag": "cf file zoe friday", "file zoe 3 days from today": "cf file zoe in 3 days", "list ende juli": "cf list end of july",
    "today help": "cf help today", "list help": "cf help list", "week ?": "cf help week", "new -n fri": "cf new Anna Kowalska -n fri", "cf": "cf",
    # What is nearly right.
    "print today": "cf print day", "print tomorrow": "cf print day tomorrow", "print next week": "cf print week next week", "print zoe": "cf print dossier zoe",
    "print late": "cf print dossier late", "print labls": "cf print labels", "print": "cf print day",
    "help zoe": "cf show zoe", "help me": "cf help", "help snoze": "cf help snooze", "export calendar": "cf export ics", "export excel": "cf export csv",
    "pay zoe 2500€": "cf pay zoe 2500 EUR", "pay zoe $2500": "cf pay zoe 2500 USD", "pay zoe 2500,-": "cf pay zoe 2500",
    "log zoe it --as notes -n fri": "cf log zoe it --as note -n fri", "settings capacity 6": "cf settings capacity=6",
    "new Zoe -n fri": "cf new Zoe -n fri --again, or cf show zoe",
}  # fmt: skip


@pytest.mark.parametrize("typed", LEADS_ON)
def test_what_does_not_work_names_lines_that_do(small: Cf, typed: str) -> None:
    leads_on(small, typed, LEADS_ON[typed])


def test_a_line_keeps_its_folder_and_its_day(elsewhere: Cf) -> None:
    told = elsewhere("--today 2026-07-14 log mia hello --folder ../elsewhere --date fri -n 20")
    assert advised(told.err) == ["cf --today 2026-07-14 log mia hello --folder ../elsewhere --on fri -n 20"]
    told = elsewhere("--folder ../elsewhere show late")
    assert advised(told.err) == ["cf --folder ../elsewhere list late"]


@pytest.mark.parametrize("typed", ["redo 2", "-restore", "--undo", "--init", "remove late"])
def test_no_line_that_takes_away_is_guessed(small: Cf, typed: str) -> None:
    told = small(typed)
    assert told.exit in (2, 3)
    lines = advised(told.err)
    assert not any(line.split()[1] in ("undo", "redo", "restore", "init", "remove") for line in lines), lines
