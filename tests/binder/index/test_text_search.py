"""`cf find`: every line that holds the words, whatever their case, accents and blanks."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientfolder.binder.binder import Binder
from clientfolder.binder.index import text_search
from clientfolder.text import comparable

TEXTS = st.text(st.sampled_from("aAbß ÄäéÉe\u0301ﬁiİıłŁKkжЖ\u00a0\t\n.\ufffd한글\u1100\u1161"), max_size=12)
BYTES = st.lists(TEXTS.map(str.encode) | st.sampled_from([b"\xc3", b"\xbc", b"\xe2\x82", b"\r\n"]), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(BYTES.map(b"".join), TEXTS.filter(comparable))
def test_it_finds_what_a_look_at_each_line_finds(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "clients").mkdir(exist_ok=True)
    (tmp_path / "clients" / "anna.toml").write_bytes(content)
    lines = content.decode("utf-8", "replace").split("\n")
    expected = [
        ("anna", number, line.strip(), None)
        for number, line in enumerate(lines, 1)
        if comparable(words) in comparable(line)
    ]
    assert Binder(str(tmp_path)).find([words]) == (expected, ())


def test_letters_are_folded_one_by_one_as_texts_are() -> None:
    """Of every character of the planes that hold letters."""
    for code in range(128, 0x30000):
        letter = chr(code)
        if not 0xD800 <= code < 0xE000:
            text = f"x{letter}x"
            assert text_search._folded(text.encode()).decode().split() == comparable(text).split(), hex(code)


def test_large_files_copies_and_what_is_no_file(tmp_path: Path) -> None:
    clients = tmp_path / "clients"
    clients.mkdir()
    (clients / "large.toml").write_text("x\n" * text_search.FIRST_READ + "Müller\n")
    (clients / "small.toml").write_text("MÜLLER")
    (clients / "small.sync-conflict-1.toml").write_text("Müller")
    (clients / "notes.md").write_text("Müller")
    (clients / "directory.toml").mkdir()
    (clients / "nowhere.toml").symlink_to("gone")
    found = Binder(str(tmp_path)).find(["muller"])
    assert [trouble.file for trouble in found.unreadable] == ["clients/directory.toml", "clients/nowhere.toml"]
    assert found.hits == [("large", text_search.FIRST_READ + 1, "Müller", None), ("small", 1, "MÜLLER", None)]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "clients").mkdir()
    assert Binder(str(tmp_path)).find(["x"]) == ([], ())


ANNA = """# the quote stands in a comment
name = "Anna Quote"

[card]
phone = "+48 22 555"
quote = "no key but this value"

[next]
on = 2026-07-20
kind = "call"
about = "the revised quote"

[[log]]
at = 2026-06-01
kind = "call"
text = "Wants a quote for the l’Oréal job"

[[log]]
at = 2026-07-01T10:00:00+02:00
kind = "note"
text = \"\"\"
The quote was
revised by Petra.
\"\"\"
"""


def hits(tmp_path: Path, *terms: str) -> list[tuple[int, str]]:
    (tmp_path / "clients").mkdir(exist_ok=True)
    (tmp_path / "clients" / "anna.toml").write_text(ANNA)
    return [(hit.line, hit.text) for hit in Binder(str(tmp_path)).find(terms).hits]


def test_all_words_must_stand_in_one_entry_or_value_and_the_newest_comes_first(tmp_path: Path) -> None:
    assert [line for line, _ in hits(tmp_path, "quote")] == [21, 16, 2, 11]
    assert [line for line, _ in hits(tmp_path, "petra", "quote")] == [21]
    assert [line for line, _ in hits(tmp_path, "quote", "revised")] == [21, 11]
    assert [line for line, _ in hits(tmp_path, "revised quote")] == [11]
    assert hits(tmp_path, "l'oreal") == [(16, "Wants a quote for the l’Oréal job")]


def test_what_nobody_said_is_not_found(tmp_path: Path) -> None:
    for term in ("comment", "kind", "about", "[next]", "call", "note"):
        assert hits(tmp_path, term) == [], term
