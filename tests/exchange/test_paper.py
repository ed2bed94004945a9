"""Pages: nothing but our own tags, every text as it stands, and nothing loaded from anywhere."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from clientfolder.exchange.paper import SIZES, is_ours, page
from clientfolder.exchange.printed import DayHead, Part, PrintedRow

HOSTILE = ["<script>alert(1)</script>", "</style><img src=x onerror=y>", "{{ 7*7 }}", "{% raw %}", "\"'&amp;", "--><b>"]
TAGS = {
    "html", "head", "meta", "title", "style", "body", "p", "section", "header", "h1", "h2", "span", "article", "b", "i", "ul", "li",
}  # fmt: skip


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_taken_for_more_than_a_text(text: str) -> None:
    row = PrintedRow(1, True, text, text, text, text, text, text)
    content = page(
        "day", SIZES["a5"], day=DayHead(text, text, text), pages=[[row]], tails=[[Part(text, [text])]], row_height=36
    )
    seen = Seen()
    seen.feed(content.decode())
    assert seen.tags <= TAGS
    assert seen.texts.count(text) == 12
    assert b"default-src 'none'; style-src 'unsafe-inline'" in content
    assert b"print at 100 %" in content
    assert seen.names <= {"lang", "charset", "http-equiv", "content", "name", "class", "style"}
    for word in (b"http:", b"https:", b"url(", b"@import"):
        assert word not in content


def test_what_was_printed_by_cf_is_known() -> None:
    assert is_ours(page("inserts", SIZES["a4"], inserts=[]))
    assert not is_ours(b"<html><body>clientfolder</body></html>")
    assert not is_ours(b"%PDF-1.4 invoice")
