"""What was typed in one run and belongs apart is refused with the lines in which each part has its place."""

from __future__ import annotations

import pytest

from acts import entries, leads_on
from folders import Cf

ZOE = 'name = "Zoe"\nrhythm = "6 weeks"\n[next]\non = 2026-07-20\nhow = "planned"\n'

LINES = {
    # A date behind a text.
    "log zoe 'spoke about it' fri": "cf log zoe 'spoke about it' -n fri, or cf log zoe 'spoke about it fri'",
    "log zoe 'spoke about it' next tue": "cf log zoe 'spoke about it' -n next tue, or cf log zoe 'spoke about it next tue'",
    "log zoe hello next=fri": "cf log zoe hello -n fri", "log zoe hello due:17.8.": "cf log zoe hello -n 17.8.",
    "log tom sends it fri": "cf log tom sends it -n fri", "log tom sends it by 20 july": "cf log tom sends it -n 20 july",
    "log tom sends it": "cf log tom sends it -n fri", "log tom he has 54": "cf log tom he has 54 -n fri", "log tom met Jan": "cf log tom met Jan -n fri",
    "slip call mum tomorrow": "cf slip call mum -n tomorrow", "slip tax return by fri": "cf slip tax return -n fri",
    "slip tax return due:fri": "cf slip tax return -n fri", "slip 'tax return' fri": "cf slip 'tax return' -n fri, or cf slip 'tax return fri'",
    # More behind a name.
    "new client Jan Novak": "cf new Jan Novak, or cf new 'client Jan Novak'",
    "new note zoe likes tea": "cf log zoe likes tea --as note, or cf new 'note zoe likes tea'",
    "new 'Jan Novak' 0123 456": "cf new 'Jan Novak' 'phone=0123 456', or cf new 'Jan Novak 0123 456'",
    "new Jan Novak jan@x.cz": "cf new Jan Novak email=jan@x.cz, or cf new 'Jan Novak jan@x.cz'",
    "new Jan Novak fri": "cf new Jan Novak -n fri, or cf new 'Jan Novak fri'",
    "new Jan Novak next tue": "cf new Jan Novak -n next tue, or cf new 'Jan Novak next tue'",
    "new Jan Novak phone 0123456 company Novak Tisk": "cf new Jan Novak phone=0123456 'company=Novak Tisk', or cf new 'Jan Novak phone 0123456 company Novak Tisk'",
    "new Jan Novak tel: 0123456 rhythm=monthly -n fri": "cf new Jan Novak phone=0123456 rhythm=monthly -n fri, or cf new 'Jan Novak tel: 0123456' rhythm=monthly -n fri",
    "rename zoe to Eva Malá": "cf rename zoe Eva 'Malá', or cf rename zoe 'to Eva Malá'",
    "new Jan Novak phone:123456789": "cf new Jan Novak phone=123456789, or cf new 'Jan Novak phone:123456789'",
    "new Jan Novak phone = 123456789": "cf new Jan Novak phone=123456789, or cf new 'Jan Novak phone = 123456789'",
    "new Jan Novak every 6 weeks": "cf new Jan Novak 'rhythm=6 weeks', or cf new 'Jan Novak every 6 weeks'",
    "new Jan Novak next=fri": "cf new Jan Novak -n fri", "new Jan Novak date=next tue phone=1": "cf new Jan Novak phone=1 -n next tue",
    "new Jan Novak tag=vip": "cf new Jan Novak tags=vip", "new Jan Novak Phone=123 456": "cf new Jan Novak phone=123 456",
    # Keys without their =.
    "set zoe phone 123": "cf set zoe phone=123", "set zoe phone: 123 456": "cf set zoe phone=123 456", "set phone zoe 123": "cf set zoe phone=123",
    "set phone=123 zoe": "cf set zoe phone=123", "set zoe.phone=123": "cf set zoe phone=123", "set zoe phone 123 email a@b.cz": "cf set zoe phone=123 email=a@b.cz",
    "set zoe vip": "cf set zoe tags+=vip", "set zoe every 3 weeks": "cf set zoe rhythm=3 weeks", "set zoe next fri": "cf file zoe fri", "set zoe": "cf edit zoe",
    "set zoe birthday 3 may": "cf set zoe birthday=3 may", "set zoe rhythm": "cf show zoe rhythm", "set zoe tag=vip": "cf set zoe tags+=vip", "set zoe PHONE=12 34": "cf set zoe phone=12 34", "set zoe next=fri": "cf file zoe fri",
    "set zoe phone = 123": "cf set zoe phone=123", "set zoe tags + vip": "cf set zoe tags+=vip", "set zoe people.petr=Petr": "cf set zoe people.petr.name=Petr",
    "set capacity=5": "cf settings capacity=5",
}  # fmt: skip
TAKEN = ["new Anna May", "new Studio 54", "new 'Jan Novak fri'", "new Jan Novak -n fri", "new Klub 27", "new Hotel Web company=Web", "new Novák 3D",
         "log zoe 'spoke to Jan' about it", "log zoe sends it fri", "log zoe at 10:00 he said: fri", "log zoe 'it is fri'", "slip ask: what? -n fri"]  # fmt: skip


@pytest.fixture
def two(cf: Cf) -> Cf:
    """Zoe with a rhythm, Tom with none."""
    cf.write("zoe", ZOE)
    cf.write("tom", 'name = "Tom"\n[next]\non = 2026-07-13\nhow = "planned"\n')
    cf.env["EDITOR"] = "true"
    return cf


@pytest.mark.parametrize("typed", LINES)
def test_each_part_has_a_place_in_a_line_that_works(two: Cf, typed: str) -> None:
    leads_on(two, typed, LINES[typed])


@pytest.mark.parametrize("typed", TAKEN)
def test_what_may_be_a_name_or_a_text_is_one(two: Cf, typed: str) -> None:
    two.ok(typed)


def test_a_text_that_ends_like_a_date_is_kept_whole(two: Cf) -> None:
    two.ok("log zoe sends it fri")
    assert entries(two, "zoe")[-1]["text"] == "sends it fri"
    two.ok("log zoe 'sends it' fri -n mon")
    assert entries(two, "zoe")[-1]["text"] == "sends it fri"
