"""Reading vCards 2.1, 3.0 and 4.0 as phones and programs really write them, in one pass over the bytes.

The bytes are unfolded first and decoded then, for a fold may cut a character. Nothing here runs longer than in
proportion to the bytes, whatever stands there, and what no dossier holds, as photos, is not kept while reading.
A card that cannot be read is a BadCard; the others are read all the same.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from clientfolder.errors import Refused
from clientfolder.exchange import encoding
from clientfolder.tuples import NamedTuple

MOST_CARDS = 20_000
MOST_LINE = 1_000_000
MOST_PROPERTIES = 200

# What no dossier holds: these are counted, and their bytes are not kept.
BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"})
INNER = "AGENT"

_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_BEGIN, _END = b"BEGIN:VCARD", b"END:VCARD"
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/=]+\s*")
# Up to the first colon that stands in no quotes and no brackets; a quote that is never closed hides none.
_HEADER = re.compile(rb'(?:[^":(]|"[^"]*"|\([^()]*\))*+:')
_PARAMETER = re.compile(r'(?:[^";(]|"[^"]*"|\([^()]*\)|["(])+')
_NAME = re.compile(r"(?:[\w-]+\.)*([\w-]+)", re.ASCII)
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"}
_IN_BRACKETS = re.compile(r"(X-CUSTOM|X-[A-Z-]+)?\((.*)\)", re.IGNORECASE | re.DOTALL)


class Property(NamedTuple):
    """One line of a card. `value` is text with its escapes; `parameters` by their names in capitals.

    A parameter without a name is a TYPE. `label`: the custom one that stood in brackets.
    """

    name: str
    value: str
    parameters: Mapping[str, tuple[str, ...]]
    group: str = ""
    label: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """What TYPE says, in capitals."""
        return tuple(kind.upper() for kind in self.parameters.get("TYPE", ()))

    @property
    def preference(self) -> int:
        """1 to 100, the lower the more preferred; 101 where nothing is said."""
        said = next(iter(self.parameters.get("PREF", ())), "")
        if said.isascii() and said.isdigit() and 0 < int(said[:4]) <= 100:
            return int(said[:4])
        return 1 if "PREF" in self.types or "PREF" in self.parameters else 101


class Card(NamedTuple):
    """One card: the line of its BEGIN, its properties in their order, and how many of what no dossier holds it has."""

    line: int
    version: str
    properties: tuple[Property, ...]
    dropped: tuple[str, ...] = ()


class BadCard(NamedTuple):
    """A card that cannot be read: the line of its BEGIN, and why."""

    line: int
    why: str


class VCards(NamedTuple):
    """The cards of a file in their order, and its encoding."""

    cards: tuple[Card | BadCard, ...]
    encoding: str
    versions: tuple[str, ...]


def is_vcard(content: bytes) -> bool:
    """Whether it begins as vCards do, after blank lines."""
    return content[:4096].lstrip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:11].upper() == _BEGIN


def read(file: str, content: bytes, said: str | None = None) -> VCards:
    """The cards in these bytes; `said` is the encoding where somebody named it.

    Raises Refused for bytes whose encoding nothing tells, and for more than MOST_CARDS cards.
    """
    raw = list(_cards(file, content))
    name = said
    if name is None:
        name = encoding.encoding_of(file, _undeclared(raw), _declared(raw))
    cards = tuple(card if isinstance(card, BadCard) else card.decoded(name) for card in raw)
    versions = tuple(sorted({card.version for card in cards if isinstance(card, Card)}))
    return VCards(cards, name, versions)


# Lines ------------------------------------------------------------------------------------------------


class _LineHeader(NamedTuple):
    """What stands before the colon of a line. `text` and `parameters`: each byte as one character."""

    text: str
    name: str
    group: str
    parameters: Mapping[str, tuple[str, ...]]

    @property
    def charset(self) -> str | None:
        """The encoding that it names."""
        return next(iter(self.parameters.get("CHARSET", ())), None)

    @property
    def encodings(self) -> set[str]:
        """In what the value is packed."""
        return {kind.upper() for kind in self.parameters.get("ENCODING", ())}

    @classmethod
    def of(cls, header: bytes) -> _LineHeader:
        # A file has few headers, and many lines.
        return _known_header(header) if len(header) < _MOST_KNOWN else cls._read(header)

    @classmethod
    def _read(cls, header: bytes) -> _LineHeader:
        text = header.decode("latin-1")
        start = text.partition(";")[0].strip()
        match = _NAME.fullmatch(start)
        group = start.rpartition(".")[0].lower()
        return cls(text, match[1].upper() if match else "", group, _parameters(text) if ";" in text else {})


_MOST_KNOWN = 100


@lru_cache(maxsize=1 << 10)
def _known_header(header: bytes) -> _LineHeader:
    return _LineHeader._read(header)


class _Raw(NamedTuple):
    """A property before its encoding is known."""

    line: int
    header: _LineHeader
    value: bytes


class _RawCard(NamedTuple):
    line: int
    version: str
    properties: list[_Raw]
    dropped: list[str]

    def decoded(self, name: str) -> Card | BadCard:
        found = []
        for raw in self.properties:
            try:
                found.append(_decoded(raw, name))
            except ValueError:
                return BadCard(self.line, f"line {raw.line} is no {encoding.shown(raw.header.charset or name)}")
        return Card(self.line, self.version, tuple(found), tuple(self.dropped))


def _is(mark: bytes, line: bytes) -> bool:
    """Whether a line is this mark alone, in any case."""
    return line[:2].upper() == mark[:2] and line.strip().upper() == mark


class _Unfolding:
    """One line of a card as it is put together from the lines of the file."""

    def __init__(self, number: int, line: bytes) -> None:
        self.number = number
        self.parts = [line]
        self.size = len(line)
        self.colon = colon = _header_end(line)
        self.header = _LineHeader.of(line[:colon] if colon >= 0 else line)
        packed = self.header.encodings
        # Parameters may go on in the next line, where a label in them is long.
        self.is_quoted = "QUOTED-PRINTABLE" in packed or (colon < 0 and b"QUOTED-PRINTABLE" in line.upper())
        self.is_base64 = colon >= 0 and not packed.isdisjoint(("BASE64", "B"))
        self.is_kept = self.header.name not in BINARY
        self.has_ended = False

    def takes(self, line: bytes) -> bool:
        """Whether the next line of the file is a part of this one; it is taken then."""
        is_fold = line[:1] in (b" ", b"\t")
        if self.is_base64:
            if not line.strip():
                taken = not self.has_ended and not is_fold
                self.has_ended = True
                return taken or is_fold
            if not is_fold and (self.has_ended or not _BASE64_LINE.fullmatch(line)):
                return False
            self._add(line.strip())
            return True
        if self.is_quoted and self.parts[-1].endswith(b"=") and not _is(_END, line):
            self.parts[-1] = self.parts[-1][:-1]
            self._add(line)
            return True
        if is_fold:
            self._add(line[1:])
        return is_fold

    def _add(self, part: bytes) -> None:
        self.size += len(part)
        if self.is_kept and self.size <= MOST_LINE:
            self.parts.append(part)


def _cards(file: str, content: bytes) -> Iterator[_RawCard | BadCard]:
    reader = _Reader(file)
    for number, match in enumerate(_LINE.finditer(content), 1):
        yield from reader.take(number, match[1])
    yield from reader.end()


class _Reader:
    """Cards from lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.card: _RawCard | None = None
        self.open: _Unfolding | None = None
        self.bad = ""
        # How many cards deep in an inner one, which is passed over.
        self.depth = 0
        self.count = 0
        # Lines behind a card that was cut off belong to it, and are told with it.
        self.is_cut_off = False
        self.is_stray = False

    def take(self, number: int, line: bytes) -> Iterator[_RawCard | BadCard]:
        if self.depth:
            self.depth += _is(_BEGIN, line) - _is(_END, line)
            return
        if self.open and self.open.takes(line):
            return
        if not line.strip(b" \t\x00\x0c\x1a"):
            return
        is_inner = self.open is not None and self.open.header.name == INNER
        self._close()
        if _is(_BEGIN, line):
            if self.card and is_inner:
                self.depth = 1
                return
            yield from self._cut_off("another card begins before its END:VCARD")
            self._count(number)
            self.card, self.is_stray = _RawCard(number, "", [], []), False
        elif self.card is None:
            if not self.is_stray and not self.is_cut_off:
                yield BadCard(number, "the line stands in no card")
            self.is_stray = True
        elif _is(_END, line):
            yield self._whole()
        else:
            self.open = _Unfolding(number, line)

    def end(self) -> Iterator[_RawCard | BadCard]:
        self._close()
        yield from self._cut_off("END:VCARD is missing")

    def _count(self, number: int) -> None:
        self.count += 1
        if self.count > MOST_CARDS:
            message = f"These are more than {MOST_CARDS:,} contacts, which is as many as one act takes"
            raise Refused(f"{message}; divide the file", file=self.file, line=number)

    def _cut_off(self, why: str) -> Iterator[BadCard]:
        if self.card:
            yield BadCard(self.card.line, self.bad or why)
            self.is_cut_off = True
        self.card, self.bad = None, ""

    def _whole(self) -> _RawCard | BadCard:
        card, bad = self.card, self.bad
        assert card
        self.card, self.bad, self.is_cut_off = None, "", False
        if bad:
            return BadCard(card.line, bad)
        said = next((raw.value for raw in card.properties if raw.header.name == "VERSION"), b"")
        return card._replace(version=said.decode("ascii", "replace").strip() or "3.0")

    def _close(self) -> None:
        """The line that was open is whole: a property of the card."""
        line, card, self.open = self.open, self.card, None
        if line is None or card is None or self.bad:
            return
        if (line.is_kept and line.size > MOST_LINE) or max(map(len, line.parts)) > MOST_LINE:
            self.bad = f"line {line.number} is longer than {MOST_LINE // 1_000_000} MB"
            return
        parts = line.parts
        if line.is_quoted and len(parts) > 2 and all(part[:1] in (b" ", b"\t") for part in parts[1:]):
            # They are folded besides.
            parts = [parts[0], *(part[1:] for part in parts[1:])]
        whole = b"".join(parts)
        colon, header = line.colon, line.header
        if colon < 0:
            colon = _header_end(whole)
            header = _LineHeader.of(whole[: max(colon, 0)])
        name = header.name
        if colon < 0:
            self.bad = f"line {line.number} has no colon"
        elif not name:
            self.bad = f"line {line.number} names no property"
        elif len(card.properties) + len(card.dropped) >= MOST_PROPERTIES:
            self.bad = f"line {line.number}: a card has at most {MOST_PROPERTIES} lines, and this one has more"
        elif name in BINARY or name == INNER:
            if line.size > colon + 1 or name == INNER:
                card.dropped.append(name.lower())
        else:
            card.properties.append(_Raw(line.number, header, whole[colon + 1 :]))


def _header_end(line: bytes) -> int:
    """Where the colon stands before the value; -1 where there is none."""
    match = _HEADER.match(line)
    return match.end() - 1 if match else line.find(b":")


# Values -----------------------------------------------------------------------------------------------


def _parameters(header: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for parameter in _PARAMETER.findall(header)[1:]:
        name, given, value = parameter.partition("=")
        name = name.strip().upper()
        if given and "(" not in name:
            values = [value.strip('"')] if name not in ("TYPE", "PREF") else re.split(r",", value.replace('"', ""))
            found.setdefault(name, []).extend(part.strip() for part in values if part.strip())
        elif name in _ENCODINGS:
            found.setdefault("ENCODING", []).append(name)
        else:
            found.setdefault("TYPE", []).append(parameter.strip())
    return {name: tuple(values) for name, values in found.items()}


def _bytes_of(raw: _Raw) -> bytes:
    """The value as bytes of text, whatever it was packed in. Raises ValueError."""
    if "ENCODING" not in raw.header.parameters:
        return raw.value
    kinds = raw.header.encodings
    if "QUOTED-PRINTABLE" in kinds:
        # A separator that is written as a number is text.
        value = re.sub(rb"=3B", rb"\\;", raw.value, flags=re.IGNORECASE)
        return binascii.a2b_qp(value)
    if kinds & {"BASE64", "B"}:
        return binascii.a2b_base64(raw.value)
    return raw.value


def _undeclared(cards: list[_RawCard | BadCard]) -> Iterator[tuple[int, bytes]]:
    """What is in the encoding of the file, and in none of its own."""
    for card in cards:
        if isinstance(card, BadCard):
            continue
        for raw in card.properties:
            if not raw.header.text.isascii():
                yield raw.line, raw.header.text.encode("latin-1")
            if not raw.header.charset:
                yield raw.line, _safe_bytes(raw)


def _safe_bytes(raw: _Raw) -> bytes:
    try:
        return _bytes_of(raw)
    except ValueError:
        return raw.value


def _declared(cards: list[_RawCard | BadCard]) -> Iterator[str]:
    for card in cards:
        if not isinstance(card, BadCard):
            yield from (name for raw in card.properties if (name := raw.header.charset))


def _decoded(raw: _Raw, name: str) -> Property:
    """Raises ValueError where it is no text in its encoding."""
    header = raw.header
    said = header.charset
    own = (encoding.known(said) if said else None) or name
    content = _bytes_of(raw)
    try:
        value = content.decode(own)
    except ValueError:
        value = content.decode(name)
    if header.text.isascii() and "(" not in header.text:
        return Property(header.name, value, header.parameters, header.group)
    parameters = _parameters(header.text.encode("latin-1").decode(name))
    types, label = [], ""
    for kind in parameters.get("TYPE", ()):
        if found := _IN_BRACKETS.fullmatch(kind):
            label = _label_in_brackets(found[2], name)
        else:
            types.append(kind)
    if types or "TYPE" in parameters:
        parameters["TYPE"] = tuple(types)
    return Property(header.name, value, parameters, header.group, label)


def _label_in_brackets(inside: str, name: str) -> str:
    """A label as old phones write it: `CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=70=72=C3=A1`, or its bare words."""
    *said, label = inside.split(",")
    if any("QUOTED-PRINTABLE" in part.upper() for part in said):
        charset = next((part.partition("=")[2] for part in said if part.upper().startswith("CHARSET=")), "")
        label = binascii.a2b_qp(label.encode(name, "replace")).decode(encoding.known(charset) or name, "replace")
    return label


_ESCAPED = re.compile(r"\\([\\;,:nN])")


def unescaped(text: str) -> str:
    """The text as it was meant: `\\n` is a line end, and a backslash before a separator is none."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text


def parts(text: str, separators: str = ";") -> list[str]:
    """The parts between separators that no backslash stands before, as they were meant."""
    if "\\" not in text:
        return re.split(f"[{separators}]", text)
    found: list[list[str]] = [[]]
    for piece in re.findall(rf"\\.|[{separators}]|[^\\{separators}]+|\\", text, re.DOTALL):
        if piece in separators:
            found.append([])
        else:
            found[-1].append(piece)
    return [unescaped("".join(part)) for part in found]
