"""Asking for a day until one can be read."""

from __future__ import annotations

from clientfolder.cli.output.terminal import plain, width
from clientfolder.cli.prompts.dates import forms_lines
from folders import Cf


def test_a_new_client_has_it_too_and_so_have_the_questions(novaks: Cf) -> None:
    novaks.ok("new Zoe -n mon about the site")
    assert novaks.next("zoe")["about"] == "the site"  # type: ignore[index]
    answer = novaks.ok("log anna", typed="Wants a quote.\n?\nfri about the quote\n")
    assert "cf help dates" in answer.out
    assert answer.out.count("\n   ") >= 7
    assert novaks.next("anna")["about"] == "the quote"  # type: ignore[index]
    novaks.ok("new Eva", typed="mon about the fair\n")
    assert novaks.next("eva")["about"] == "the fair"  # type: ignore[index]


def test_the_forms_of_a_day_fit_a_narrow_window() -> None:
    assert max(width(plain(line)) for line in forms_lines()) < 60
    assert len(forms_lines()) == 8


def test_what_a_refusal_names_can_be_typed_where_it_stands(novaks: Cf) -> None:
    """At the question a `?`, at the shell a command."""
    answer = novaks.ok("log anna", typed="Wants a quote.\nsoon\nfri\n")
    assert "All forms: ?" in answer.out
    assert "cf help" not in answer.out
    assert "All forms: cf help dates" in novaks("log anna Wants a quote. -n soon").err
