"""Cards as phones write them, whole and broken, and as nobody should: each is read or named, in linear time."""

from __future__ import annotations

import time

import pytest

from clientfolder.errors import Refused
from clientfolder.exchange import vcard
from clientfolder.exchange.vcard import BadCard, Card


def cards(text: str | bytes) -> tuple[Card | BadCard, ...]:
    return vcard.read("f.vcf", text.encode() if isinstance(text, str) else text).cards


def one(lines: str | bytes, version: str = "3.0") -> dict[str, str]:
    content = lines.encode() if isinstance(lines, str) else lines
    [card] = cards(b"BEGIN:VCARD\nVERSION:" + version.encode() + b"\n" + content + b"\nEND:VCARD\n")
    assert isinstance(card, Card), card
    return {line.name: line.value for line in card.properties if line.name != "VERSION"}


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        ("FN:Anna\n  Lee", "FN", "Anna Lee"),
        ("FN:Anna\r\n\tLee", "FN", "AnnaLee"),
        (b"FN:Ann\xc3\n \xa1", "FN", "Anná"),
        ("item1.TEL:1", "TEL", "1"),
        ("a.b-c.TEL:1", "TEL", "1"),
        ('X-A;P="a:b;c":v', "X-A", "v"),
        ('X-A;P="never closed:v', "X-A", "v"),
        ("TEL;X-CUSTOM(a:b):v", "TEL", "v"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:a=\nb=\nc", "NOTE", "abc"),
        ("NOTE;QUOTED-PRINTABLE:a=3Db", "NOTE", "a=b"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:a=\nEND:VCARD\nBEGIN:VCARD\nFN:x", "FN", "x"),
        ("NOTE;ENCODING=B:w6E=", "NOTE", "á"),
        ("FN;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:=AEofie", "FN", "Žofie"),
    ],
)
def test_a_line_is_put_together_and_taken_apart(lines: str | bytes, name: str, value: str) -> None:
    content = b"BEGIN:VCARD\n" + (lines.encode() if isinstance(lines, str) else lines) + b"\nEND:VCARD\n"
    read = [card for card in cards(content) if isinstance(card, Card)]
    assert value in [line.value for card in read for line in card.properties if line.name == name]


def test_a_photo_at_column_0_ends_at_an_empty_line_and_is_counted() -> None:
    text = "BEGIN:VCARD\nPHOTO;ENCODING=BASE64:\nAAAA\nBBBB==\n\nTEL:1\nEND:VCARD\n"
    [card] = cards(text)
    assert isinstance(card, Card)
    assert (card.dropped, [line.name for line in card.properties]) == (("photo",), ["TEL"])


def test_an_inner_card_is_passed_over_and_counted() -> None:
    [card] = cards("BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nTEL:2\nEND:VCARD\nTEL:1\nEND:VCARD\n")
    assert isinstance(card, Card)
    assert card.dropped == ("agent",)
    assert [line.value for line in card.properties] == ["A", "1"]


BAD = """BEGIN:VCARD
FN:A
no colon here
END:VCARD
stray
BEGIN:VCARD
FN:B
BEGIN:VCARD
FN:C
END:VCARD
TEL:what is left of B
END:VCARD
BEGIN:VCARD
FN:D
"""


def test_what_cannot_be_read_is_named_by_its_line_and_hides_nobody() -> None:
    read = cards(BAD)
    assert [(card.line, card.why) for card in read if isinstance(card, BadCard)] == [
        (1, "line 3 has no colon"), (5, "the line stands in no card"), (6, "another card begins before its END:VCARD"),
        (11, "the line stands in no card"), (13, "END:VCARD is missing"),
    ]  # fmt: skip
    assert [card.line for card in read if isinstance(card, Card)] == [8]


BEGIN, END = b"BEGIN:VCARD\nVERSION:3.0\nFN:Bomb\n", b"\nEND:VCARD\n"
BOMBS = {
    "folds": b"NOTE:x" + b"\n x" * 300_000,
    "parameters": b"X-A" + b";P=1" * 100_000 + b":v",
    "quotes": b"X-A;P=" + b'"' * 500_000 + b":v",
    "brackets": b"X-A;" + b"(" * 500_000 + b":v",
    "backslashes": b"ORG:" + b"\\" * 300_000,
    "semicolons": b"ORG:" + b";" * 900_000,
    "groups": b"a." * 200_000 + b"TEL:1",
    "NUL": b"\0" * 900_000,
    "soft breaks": b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"a=\n" * 100_000,
    "photo": b"PHOTO;ENCODING=b:" + b"\n " .join([b"A" * 74] * 80_000),
    "cards in cards": b"BEGIN:VCARD\n" * 15_000,
    "inner cards": b"AGENT:\n" + b"BEGIN:VCARD\n" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_card_takes_longer_than_its_bytes(bomb: str) -> None:
    begun = time.process_time()
    read = cards(BEGIN + BOMBS[bomb] + END + BEGIN + END)
    for card in read:
        for line in card.properties if isinstance(card, Card) else ():
            vcard.parts(line.value)
    # Three seconds of a busy processor; what grows with the square of its bytes takes minutes.
    assert time.process_time() - begun < 3
    assert isinstance(read[-1], Card) or bomb == "inner cards"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"NOTE:" + b"x" * 1_000_001, "line 4 is longer than 1 MB"),
        (b"\n".join([b"TEL:1"] * 201), "line 202: a card has at most 200 lines"),
    ],
)
def test_a_card_that_is_too_large_is_named_and_the_next_one_read(content: bytes, why: str) -> None:
    bad, good = cards(BEGIN + content + END + BEGIN + END)
    assert isinstance(bad, BadCard)
    assert why in bad.why
    assert isinstance(good, Card)


def test_too_many_cards_are_refused_with_the_line() -> None:
    with pytest.raises(Refused) as no:
        cards((BEGIN + END) * 20_001)
    assert no.value.line == 4 * 20_000 + 1 + 20_000
    assert "20,000" in no.value.message


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a;b", ["a", "b"]),
        ("a;", ["a", ""]),
        (r"a\;b;c", ["a;b", "c"]),
        (r"a\;", ["a;"]),
        (r"a\\;b", ["a\\", "b"]),
        (r"a\x\n", ["a\\x\n"]),
    ],
)
def test_separators_behind_a_backslash_are_text(text: str, parts: list[str]) -> None:
    assert vcard.parts(text) == parts
