"""Whatever wants to be seen in `cf today` gives notes; the desk knows nobody of those who do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from clientfolder.cli import notes
from clientfolder.cli.session import Session
from clientfolder.tickler.today import URGENT, WORTH_KNOWING, InSight, Note
from folders import Cf

ON_DESK = "novak-tisk"


def gives(monkeypatch: pytest.MonkeyPatch, *given: Note) -> None:
    """One more maker of notes in the list, which is all that a new one has to be."""

    def dummy(session: Session, sight: InSight) -> Iterator[Note]:
        yield from given

    monkeypatch.setattr(notes, "MAKERS", (*notes.MAKERS, dummy))


def line_with(page: str, words: str) -> str:
    return next((line for line in page.splitlines() if words in line), "")


def without(page: str, words: str) -> str:
    return "".join(line for line in page.splitlines(keepends=True) if words not in line)


def test_a_note_on_who_lies_on_the_desk_stands_with_the_dossier(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    before = vera.ok("today").out
    gives(monkeypatch, Note(ON_DESK, WORTH_KNOWING, "owes 1 200"), Note(ON_DESK, URGENT, "complained"))
    page = vera.ok("today").out
    noted, plain = line_with(page, "owes 1 200"), line_with(before, "show both logos")
    assert noted.strip().startswith("complained: show both logos · owes 1 200 · 8 Jul Jan likes B")
    assert without(page, noted) == without(before, plain)


def test_an_urgent_note_is_red_and_another_is_dim(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch, Note(ON_DESK, WORTH_KNOWING, "owes 1 200"), Note(ON_DESK, URGENT, "complained"))
    vera.env["LINES"], vera.env["COLUMNS"] = "60", "120"
    page = vera.ok("today", terminal=True).out
    assert "\x1b[31mcomplained\x1b[0m" in page
    assert "\x1b[2mowes 1 200\x1b[0m" in page


def test_notes_come_by_their_rank_whoever_gives_them(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch, *(Note(ON_DESK, rank, f"rank {rank}") for rank in (15, 11, 13)))
    assert "logos · rank 11 · rank 13 · rank 15" in vera.ok("today").out


def test_a_note_on_who_does_not_lie_on_the_desk_stands_below_it(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    client = next(row["client"] for row in vera.ok("list later --json").data["slots"][0]["dossiers"])
    name = vera.row(client)["name"]
    gives(monkeypatch, Note(client, WORTH_KNOWING, "has a birthday"), Note("nobody", URGENT, "is gone"))
    vera.env["COLUMNS"] = "120"
    also = line_with(vera.ok("today").out, " ALSO ")
    assert (
        also == f" ALSO         is gone: nobody · has a birthday: {name} · no day: Café Lumen, Pension Ilse · no date 1"
    )


def test_many_notes_of_one_kind_are_counted(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch, *(Note(f"client-{number}", WORTH_KNOWING, "is noted") for number in range(40)))
    page = vera.ok("today").out
    assert line_with(page, "is noted").startswith(" ALSO         is noted 40 · no day: ")


@pytest.mark.parametrize("rows", range(12, 30))
def test_notes_push_no_promise_out_of_the_window(vera: Cf, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch, Note("nobody", URGENT, "is gone"), Note(ON_DESK, URGENT, "complained"))
    vera.env["LINES"], vera.env["COLUMNS"] = str(rows), "80"
    page = re.sub(r"\x1b\[[0-9;]*m", "", vera.ok("today", terminal=True).out)
    assert "is gone" in page
    for promised in ("Anna", "Nov", "Hedwig"):
        assert promised in page
    if rows >= 15:
        assert len(page.splitlines()) < rows


def test_whoever_is_asked_about_is_noted_too(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch, Note(ON_DESK, URGENT, "complained"), Note("nobody", URGENT, "is gone"))
    shown = vera("log novak -n fri", typed="rang\n").out
    assert "complained" in shown
    assert "is gone" not in shown


def test_a_note_comes_as_it_is_and_draws_nothing(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    gives(monkeypatch, Note(ON_DESK, URGENT, "two\nlines \x1b[31m"), Note("no\x1bbody", URGENT, "a\nb"))
    page = vera.ok("today").out
    assert "\x1b" not in page
    assert "two lines" in page


def test_a_maker_is_asked_about_what_is_shown_alone(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[InSight] = []
    monkeypatch.setattr(notes, "MAKERS", (lambda session, sight: asked.append(sight) or (),))
    vera.env["LINES"], vera.env["COLUMNS"] = "14", "80"
    page = vera.ok("today", terminal=True).out
    assert "more: cf -a" in page
    assert len(asked) == 1
    assert {cover.client for cover in asked[0].shown} < set(asked[0].covers.clients)
