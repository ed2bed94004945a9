"""In which encoding somebody else's bytes are is told by the file, or asked; nobody's name is ever garbled in silence."""

from __future__ import annotations

import pytest

from clientfolder.exchange import encoding
from clientfolder.exchange.encoding import Doubtful


def told(text: bytes, *declared: str) -> str:
    return encoding.encoding_of("f", list(enumerate(text.split(b"\n"), 1)), declared)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"plain", "utf-8"),
        ("Žofie\nÖxle".encode(), "utf-8"),
        ("Öxle & Söhne, Maß, Café".encode("cp1252"), "windows-1252"),
        ("Öxle".encode("cp1250"), "windows-1252"),
    ],
)
def test_what_can_be_only_one_thing_is_taken(text: bytes, name: str) -> None:
    assert told(text) == name


@pytest.mark.parametrize("text", ["Žofie Přibáňová", "São João", "Ångström æ", "Müller, Łódź"])
@pytest.mark.parametrize("name", ["cp1250", "cp1252"])
def test_what_may_be_two_things_is_asked_with_both(text: str, name: str) -> None:
    try:
        content = b"first\n" + text.encode(name)
    except UnicodeEncodeError:
        return
    with pytest.raises(Doubtful) as no:
        told(content)
    assert no.value.line == 2
    assert text.split()[-1][-3:] in " ".join(one.sample for one in no.value.readings)
    assert "--encoding windows-125" in no.value.message


def test_utf_8_that_is_broken_in_one_place_is_not_taken_for_single_bytes() -> None:
    with pytest.raises(Doubtful):
        told("5 °C\n".encode() + "Öxle".encode("cp1252"))


def test_what_a_file_says_of_itself_counts_where_it_is_true() -> None:
    assert told("Žofie".encode("cp1250"), "ISO-8859-2") == "iso8859-2"
    assert told("Žofie".encode("cp1250"), "UTF-8", "windows-1250") == "cp1250"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_mark_or_zeros_tell_it(name: str) -> None:
    content = "BEGIN:VCARD\nFN:Žofie".encode(name)
    assert encoding.without_mark(content)[0].decode() == "BEGIN:VCARD\nFN:Žofie"


@pytest.mark.parametrize(
    ("name", "is_known"),
    [("utf8", True), ("Windows-1250", True), ("rot13", False), ("hex", False), ("x", False), ("", False)],
)
def test_only_encodings_of_text_are_known(name: str, is_known: bool) -> None:
    assert (encoding.known(name) is not None) == is_known
