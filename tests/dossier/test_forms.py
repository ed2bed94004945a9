"""A form: what is understood by an answer of each type."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dates.grammar import Ground
from clientfolder.dossier.forms import KINDS, Question, understood
from clientfolder.errors import PhraseRefused, Refused

GROUND = Ground(date(2026, 7, 15))
CHOICE = Question("a", "A?", "choice", ("Yes, soon", "yesterday", "10", "élan", "2"))


def answer(kind: str, typed: str) -> Any:
    return understood(CHOICE if kind == "choice" else Question("a", "A?", kind), typed, GROUND)  # type: ignore[arg-type]


UNDERSTOOD = [
    ("text", "  new logo ", "new logo"), ("text", "-20%", "-20%"), ("text", "2026-09", "2026-09"),
    ("choice", "Yes, soon", "Yes, soon"), ("choice", "yes,", "Yes, soon"), ("choice", "YESTERDAY", "yesterday"),
    # The words of a choice are read before its number.
    ("choice", "2", "2"), ("choice", "1", "Yes, soon"), ("choice", "4", "élan"), ("choice", "ÉL", "élan"), ("choice", "el", "élan"), ("choice", "e\u0301l", "élan"), ("choice", "10", "10"),
    ("number", "5000", 5000), ("number", "-3", -3), ("number", "+3", 3), ("number", "0", 0), ("number", "12.50", 12.5),
    ("number", "12,5", 12.5), ("number", "0.125", 0.125), ("number", "5 000", 5000), ("number", "5\u00a0000", 5000),
    ("number", "1.250,50", 1250.5), ("number", "1,250.50", 1250.5), ("number", "1 250 000", 1250000), ("number", "12'500", 12500),
    ("number", "1.250.000", 1250000), ("number", "1.1250", 1.125),
    ("date", "2026-07-15", date(2026, 7, 15)), ("date", "2019-02-03", date(2019, 2, 3)), ("date", "fri", date(2026, 7, 17)),
    ("date", "1 sept", date(2026, 9, 1)), ("date", "2w", date(2026, 7, 29)), ("date", "today", date(2026, 7, 15)),
    ("date", "yesterday", date(2026, 7, 14)), ("date", "3d ago", date(2026, 7, 12)), ("date", "september", "2026-09"),
    ("date", "2025-11", "2025-11"),
    ("rating", "1", 1), ("rating", " 5 ", 5), ("yes/no", "y", True), ("yes/no", "Yes", True), ("yes/no", "n", False), ("yes/no", "NO", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "value"), UNDERSTOOD)
def test_an_answer_is_understood(kind: str, typed: str, value: Any) -> None:
    found = answer(kind, typed)
    assert (found, type(found)) == (value, type(value))


REFUSED = [
    ("choice", "ye", '"ye" could be Yes, soon or yesterday; type more letters, or the number'),
    ("choice", "9", '"9" is none of them: Yes, soon, yesterday, 10, élan or 2'),
    ("choice", "²", '"²" is none of them: Yes, soon, yesterday, 10, élan or 2'),
    ("number", "5.000", '"5.000" can be read in two ways; write 5000, or 5.0'),
    ("number", "1,125", '"1,125" can be read in two ways; write 1125, or 1.1250'),
    ("number", "5000 €", '"5000 €" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "1,250,50", '"1,250,50" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "nan", '"nan" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "9" * 16, f'"{"9" * 16}" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "٣", '"٣" is no number that I know; digits alone, as in 5000 or 12.50'),
    (
        "date",
        "soon",
        '"soon" is not a date that I know; what I know is like fri, 13, 5 july or 2w. All forms: cf help dates',
    ),
    ("date", "2026-02-30", '"2026-02-30" is not in the calendar'),
    ("date", "fri 10:00", '"fri 10:00" has a time; the answer is a day alone: 2026-07-17'),
    *[("rating", typed, f'"{typed}" is no rating; 1 to 5, and 5 is best') for typed in ("0", "6", "3.5", "good", "٣")],
    ("yes/no", "maybe", '"maybe" is neither yes nor no; y or n'),
]


@pytest.mark.parametrize(("kind", "typed", "message"), REFUSED)
def test_what_cannot_be_understood_is_refused_with_what_would_work(kind: str, typed: str, message: str) -> None:
    with pytest.raises((Refused, PhraseRefused)) as told:
        answer(kind, typed)
    assert told.value.message == message


@given(st.sampled_from(KINDS), st.text(min_size=1, max_size=12).filter(str.strip))
def test_anything_typed_is_an_answer_or_a_letter(kind: str, typed: str) -> None:
    try:
        found = answer(kind, typed)
    except (Refused, PhraseRefused):
        return
    wanted = {"text": str, "choice": str, "number": (int, float), "date": (date, str), "yes/no": bool, "rating": int}
    assert isinstance(found, wanted[kind])  # type: ignore[arg-type]


@given(st.integers(-(10**14), 10**14))
def test_a_number_in_groups_of_three_is_that_number(number: int) -> None:
    for sign in " '":
        assert answer("number", f"{number:,}".replace(",", sign)) == number
