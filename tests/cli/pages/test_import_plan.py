"""The page of an import: the numbers first, every contact in one of its parts, no line wider than the window."""

from __future__ import annotations

from clientfolder.cli.output.terminal import Window, plain, width
from clientfolder.cli.pages.import_plan import MOST, import_page
from clientfolder.exchange.contacts.plan import FileRead, ImportPlan, Place, PlannedCard

WINDOW = Window(80, 24)
FILE = FileRead("phone.vcf", "vCard 3.0", "UTF-8", ())


def card(line: int, what: str, **more: object) -> PlannedCard:
    made = PlannedCard(Place(0, line), "phone.vcf", line, f"Contact {line}", None, None, what)
    return made._replace(**more)  # type: ignore[arg-type]


def page(*cards: PlannedCard, window: Window = WINDOW, undated: int = 0) -> str:
    plan = ImportPlan((FILE,), cards, (), (), undated=undated)
    lines = [plain(line) for line in import_page(plan, window)]
    assert all(width(line) <= window.columns for line in lines)
    return "\n".join(lines)


def test_a_window_shows_a_few_of_each_part_and_counts_the_rest_and_a_pipe_shows_all() -> None:
    cards = [card(line, "new") for line in range(1, MOST + 4)]
    short = page(*cards)
    assert f"NEW {MOST + 3}" in short
    assert "3 more, all of them: --dry-run | less" in short
    assert f"Contact {MOST + 1}" not in short
    assert f"Contact {MOST + 3}" in page(*cards, window=Window(80))


def test_a_merge_says_what_is_added_and_what_is_kept_against_the_file() -> None:
    merged = card(
        1, "merge", client="anna", sets={"card.phone2": "+420 555"}, adds={"card.note": "x", "tags": ["a", "b"]}
    )
    assert "anna" in page(merged)
    assert "adds phone2 +420 555, note, tags a, b" in page(merged)


def test_what_cannot_be_read_is_named_by_file_and_line_and_who_is_left_out_by_the_reason() -> None:
    shown = page(card(7, "bad", why="no colon"), card(8, "left", why="not known"), card(9, "left", why="not known"))
    assert "CANNOT BE READ 1" in shown
    assert "phone.vcf:7" in shown
    assert "LEFT OUT 2   2 not known" in shown


def test_who_has_no_date_is_counted_with_the_line_that_gives_one() -> None:
    assert "1 of them has no date" in page(card(1, "new"), undated=1)
    assert "2 of them have no date" in page(card(1, "new"), card(2, "new"), undated=2)
    assert "date" not in page(card(1, "new"))


def test_a_long_value_and_a_long_name_stay_in_a_narrow_window() -> None:
    long = card(1, "merge", client="c" * 30, sets={"card.note2": "long " * 40, "card.web": "x" * 90})
    page(long, card(2, "new", name="n" * 90, company="o" * 90, phone="1" * 20), window=Window(60))


def test_why_a_contact_cannot_be_read_is_told_whole_in_a_narrow_window() -> None:
    why = "no name, company, person, mail or number tells who this is"
    shown = page(card(22, "bad", why=why), window=Window(60))
    assert why in " ".join(shown.split())
