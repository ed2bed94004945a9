"""Pages as a Chromium prints them, measured in the PDF: sizes, places, and that no row is torn by the end of a page."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from clientfolder.dates.calendar import MONTHS
from clientfolder.exchange import pdf
from folders import Cf
from pdf_pages import Box, Page, Text, pages
from thorough import sweep

pytestmark = pytest.mark.skipif(
    pdf.browser(os.environ) is None, reason="there is no chromium, which makes PDFs of the pages"
)
A4, A5, ACROSS = (595.28, 841.89), (419.53, 595.28), (841.89, 595.28)
WEEKS = [("a4", ACROSS, 3), ("a5", (A5[1], A5[0]), 4)]
LONG = "Wrocławskie Przedsiębiorstwo " * 9
HOSTILE = ("<b>bold</b>", "x" * 300, "株式会社" * 40, LONG, "😀👩‍👩‍👧 👍🏽", "W" * 80, "a\u0301" * 90, "مرحبا " * 30)


def printed(cf: Cf, line: str, size: tuple[float, float]) -> list[Page]:
    """The pages of a PDF, each of that size in points, with nothing beyond its edge."""
    cf.env |= {"PATH": os.environ["PATH"]}
    answer = cf(f"print {line} --out page.pdf")
    assert answer.exit in (0, 1), answer
    found = pages((cf.root / "page.pdf").read_bytes())
    for page in found:
        assert (page.width / 25.4 * 72, page.height / 25.4 * 72) == pytest.approx(size, abs=1)
        for text in page.texts:
            assert text.is_whole, text
            assert page.box.holds(text.box.common(text.clip)), text
    return found


def only_page(found: Sequence[Page], words: str) -> tuple[int, Text]:
    """The one place in all pages where this stands."""
    (place,) = [(number, text) for number, page in enumerate(found) for text in page.find(words)]
    return place


def add(cf: Cf, number: int, day: str = "2026-07-15", more: str = "") -> None:
    """A client whose every text is hostile, and begins with what it is of and the number."""
    text = HOSTILE[number % len(HOSTILE)]
    cf.write(
        f"c-{number}",
        f'name = "name{number:03} {text}"\ncompany = "firm{number:03} {text}"\n[card]\n'
        f'phone = "tel{number:03} 030 {text[:60]}"\naddress = "Street {text}, 12345 Town"\n'
        f'[next]\non = {day}\nabout = "topic{number:03} {text}"\nhow = "agreed"\n'
        f'[[log]]\nat = 2026-07-01\nkind = "call"\ntext = "last{number:03} {text}"\n{more}',
    )


def test_no_row_of_a_day_is_torn(cf: Cf) -> None:
    for number in range(13):
        add(cf, number)
    for number in range(40):
        cf.write(f"u-{number}", f'name = "undated{number:03} {HOSTILE[number % 8]}"\n')
    found = printed(cf, "day", A5)
    # Three sheets of rows, and two of the forty without a date.
    assert len(found) == 3 + 2
    for page in found:
        assert min(text.box.left for text in page.texts) >= 20 - 0.1
    for number, page in enumerate(found[:3]):
        rows = 5 if number < 2 else 3
        columns = [page.find(words) for words in ("result", "next: day, time", "promised", "no answer")]
        assert [len(column) for column in columns] == [rows] * 4
        foot = 0.0
        for place, (result, *_, last) in enumerate(zip(*columns, strict=True), 5 * number):
            for word in ("name", "tel", "topic", "last"):
                at, text = only_page(found, f"{word}{place:03}")
                assert at == number
                assert foot <= text.box.top
                assert text.box.bottom <= result.box.top + 0.5
            foot = last.box.bottom
    assert [len(page.find("undated")) for page in found[3:]] == [25, 15]


@pytest.mark.parametrize(("paper", "size", "sheets"), sweep(WEEKS, WEEKS[1:]))
def test_no_row_of_a_week_is_torn(cf: Cf, paper: str, size: tuple[float, float], sheets: int) -> None:
    for number in range(27):
        add(cf, number)
    for number in range(27, 40):
        add(cf, number, "2026-07-16")
    found = printed(cf, f"week --size {paper}", size)
    assert len(found) == sheets
    for number in range(40):
        places = [only_page(found, f"{word}{number:03}") for word in ("name", "tel", "topic")]
        assert len({at for at, _ in places}) == 1
        tops = [text.box.top for _, text in places]
        assert tops == sorted(tops)
        assert tops[-1] - tops[0] < 14
    # And a PDF of cf's may be printed over.
    cf.ok("print week --out page.pdf --dry-run")


@pytest.mark.parametrize(("paper", "size"), sweep([("a4", A4), ("a5", A5)], [("a4", A4)]))
def test_inserts_have_marks_for_the_holes_and_tabs_that_step_down(
    cf: Cf, paper: str, size: tuple[float, float]
) -> None:
    found = printed(cf, f"inserts --size {paper}", size)
    assert len(found) == 43
    tabs: list[Box] = []
    for page, sign in zip(found, [*map(str, range(1, 32)), *(month[:3].upper() for month in MONTHS)], strict=True):
        big, tab = page.find(sign)[0], page.find(sign)[-1]
        assert big.box.height > ((140 if sign.isdigit() else 55) if paper == "a4" else 40)
        assert big.box.right < tab.box.left
        # The crosses of the holes: 80 mm apart, 12 mm in.
        across = sorted(area for area in page.areas if area.height < 0.6 and 7 < area.width < 9)
        assert [(area.left + area.right) / 2 for area in across] == pytest.approx([12, 12], abs=0.3)
        assert across[1].top - across[0].top == pytest.approx(80, abs=0.3)
        assert (across[0].top + across[1].bottom) / 2 == pytest.approx(page.height / 2, abs=0.5)
        (black,) = [area for area in page.areas if area.width == pytest.approx(16, abs=0.5)]
        assert black.right == pytest.approx(page.width, abs=0.3)
        assert black.holds(tab.box, 1.0)
        tabs.append(black)
    for group in (tabs[:31], tabs[31:]):
        for above, below in pairwise(group):
            assert below.top == pytest.approx(above.bottom, abs=0.3)


# What is sold under these numbers: width and height, columns and rows, the free edges at the left and the top, the gap.
SHEETS = {
    "L7163": (99.1, 38.1, 2, 7, 4.65, 15.15, 2.5),
    "3474": (70, 37, 3, 8, 0, 0.5, 0),
    "3475": (70, 36, 3, 8, 0, 4.5, 0),
    "3490": (70, 36, 3, 8, 0, 4.5, 0),
    "3422": (70, 35, 3, 8, 0, 8.5, 0),
    "3652": (70, 42.3, 3, 7, 0, 0.45, 0),
    "3659": (97, 42.3, 2, 6, 8, 21.6, 0),
    "L7160": (63.5, 38.1, 3, 7, 7.2, 15.15, 2.5),
    "L7162": (99.1, 33.9, 2, 8, 4.65, 12.9, 2.5),
    "60x50,3x5": (60, 50, 3, 5, 15, 23.5, 0),
}


@pytest.mark.parametrize("sheet", sweep([*SHEETS], ["L7163"]))
def test_labels_lie_where_the_sheet_has_them(cf: Cf, sheet: str) -> None:
    width, height, columns, rows, left, top, gap = SHEETS[sheet]
    for number in range(columns * rows):
        add(cf, number)
    found = printed(cf, f"labels --outline --sheet {sheet} --start 3 --shift 0.8,-0.4", A4)
    frames = [(number, frame) for number, page in enumerate(found) for frame in page.frames]
    assert len(frames) == columns * rows
    for place, (number, frame) in enumerate(frames, 2):
        assert number == place // (columns * rows)
        row, column = divmod(place % (columns * rows), columns)
        at = left + column * (width + gap) + 0.8, top + row * height - 0.4
        # The line of a frame, 0.2 mm wide, is drawn within the label.
        assert (frame.left - 0.1, frame.top - 0.1) == pytest.approx(at, abs=0.3)
        assert (frame.width + 0.2, frame.height + 0.2) == pytest.approx((width, height), abs=0.3)
        mine = [text for text in found[number].texts if frame.holds(text.box.common(text.clip), 0.3)]
        assert f"name{place - 2:03}" in "".join(text.text for text in mine)
        # What is too long was made smaller or cut: nothing runs into the edge.
        assert all(text.box.right < frame.right - 3 for text in mine)


def entries(count: int, words: int = 12) -> str:
    """So many entries whose words are all different."""
    return "".join(
        f'[[log]]\nat = 2026-07-01T09:00:00+02:00\nkind = "call"\n'
        f'text = """{" ".join(f"e{number:03}w{word:04}" for word in range(words * (30 if number % 40 == 7 else 1)))}"""\n'
        for number in range(count)
    )


def test_no_entry_of_a_dossier_is_torn_and_its_head_is_on_each_page(cf: Cf) -> None:
    card = "".join(f'key{number:02} = "value{number:02} {HOSTILE[number % 8]}"\n' for number in range(60))
    cf.write("anna", f'name = "Anna"\ncompany = "The head"\n[card]\n{card}[next]\non = 2026-07-15\n{entries(90)}')
    cf.write("bob", f'name = "Bob"\n{entries(3)}'.replace("e0", "b0"))
    found = printed(cf, "dossier", A4)
    of_bob = [number for number, page in enumerate(found) if page.find("b000w")]
    assert of_bob == [len(found) - 1]
    for page in found[:-1]:
        assert page.texts[0].text.startswith("Anna · The head")
        assert page.find("next Wed 15 July 2026")[0].box.bottom < page.height / 8
    for number in range(60):
        at, _ = only_page(found, f"value{number:02}")
        assert only_page(found, f"key{number:02}")[0] == at
    whole = "".join(page.words for page in found)
    for number in range(90):
        words = 360 if number % 40 == 7 else 12
        on = {at: page.words.count(f"e{number:03}w") for at, page in enumerate(found) if f"e{number:03}w" in page.words}
        assert sum(on.values()) == words
        if words == 12:
            assert len(on) == 1
    # Each has the line above it that says when it was.
    assert whole.count("09:00") == 93
    for page in found:
        # No heading and no head of an entry ends a page.
        assert not re.search(r"(Log|09:00.*)$", page.words)


def test_a_head_that_is_too_long_is_on_each_page_all_the_same_and_below_it_in_full(cf: Cf) -> None:
    name, about = "Very long name " * 90, "what it is about " * 90
    cf.write("anna", f'name = "{name}"\n[next]\non = 2026-07-15\nabout = "{about}"\n{entries(60)}')
    found = printed(cf, "dossier", A4)
    assert len(found) > 1
    for page in found:
        assert page.texts[0].text.startswith("Very long name")
        assert page.find("next Wed 15 July 2026")
    whole = " ".join("".join(page.words for page in found).split())
    assert whole.count("Very long name") >= 90 - 20
    assert whole.count("what it is about") >= 90 - 20


def test_no_row_of_a_handover_is_torn(cf: Cf) -> None:
    for number in range(40):
        add(
            cf,
            number,
            "2026-08-13",
            f'[[log]]\nat = 2026-07-10\nkind = "complaint"\ntext = "wrong{number:03} {LONG}"\n',
        )
    found = printed(cf, "handover 10..21 aug", A4)
    first = next(number for number, page in enumerate(found) if page.find("printed Wed 15 July 2026") and number)
    for number in range(40):
        places = {
            next(at for at, page in enumerate(found) if page.find(f"{word}{number:03}"))
            for word in ("name", "tel", "topic", "wrong")
        }
        assert len(places) == 1
        assert max(places) < first
