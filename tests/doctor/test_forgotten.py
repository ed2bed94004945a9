"""Complaints and questions that wait for months, a remedy before its complaint; and that the line given closes them."""

from __future__ import annotations

import pytest

from examined import findings, mended, only
from folders import Cf, Shell

HEAD = 'name = "Anna"\n\n[next]\non = 2026-08-05\n'
BROKE = '\n[[log]]\nat = 2026-05-15T10:00:00\nkind = "complaint"\ntext = "It broke - \'again\'."\n'
ASKED = '\n[[log]]\nat = 2026-05-15T10:00:00\nkind = "question"\ntext = "When?"\n'


@pytest.mark.parametrize(("entry", "code"), [(BROKE, "complaint_open"), (ASKED, "question_waiting")])
def test_who_waits_for_more_than_sixty_days_is_named_and_the_line_closes_it(
    cf: Cf, shell: Shell, entry: str, code: str
) -> None:
    cf.write("anna", HEAD + entry.replace("2026-05-15", "2026-05-16"))
    assert findings(cf) == []
    cf.write("anna", HEAD + entry)
    found = only(cf, code)
    assert (found["line"], "61 days" in found["message"]) == (7, True)
    mended(cf, shell, found)


def test_of_several_complaints_the_line_names_the_one(cf: Cf, shell: Shell) -> None:
    cf.write("anna", HEAD + BROKE + BROKE.replace("It broke", "Too slow").replace("2026-05", "2026-07"))
    mended(cf, shell, only(cf, "complaint_open"))


def test_a_question_of_one_without_a_date_is_closed_with_one(cf: Cf, shell: Shell) -> None:
    cf.write("anna", 'name = "Anna"\n' + ASKED)
    [waits] = [one for one in findings(cf) if one["code"] == "question_waiting"]
    mended(cf, shell, waits)


def test_nobody_waits_who_rests_or_was_answered(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\nresting = "moved away"\n' + ASKED + BROKE)
    cf.write("bob", HEAD + ASKED + '\n[[log]]\nat = 2026-05-16\nkind = "call"\ntext = "Friday."\n')
    assert findings(cf) == []


def test_a_remedy_before_its_complaint(cf: Cf) -> None:
    cf.write("anna", HEAD + BROKE + "remedied = 2026-05-15\n")
    assert findings(cf) == []
    cf.write("anna", HEAD + BROKE + "remedied = 2026-05-14\n")
    found = only(cf, "remedy_early")
    assert (found["line"], found["mend"]) == (10, "cf edit anna")
