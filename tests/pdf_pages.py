"""What stands where on the pages of a PDF that a Chromium made: its texts, frames and lines, in millimetres.

Such a PDF has its objects in plain sight and only its streams packed, so that a few operators of ISO 32000-1 tell it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_MM = 25.4 / 72
# Of the fonts that are chosen here, how far signs reach above and below their line, in parts of the size.
_ABOVE, _BELOW = 0.75, 0.22
_TOKEN = re.compile(rb"<<.*?>>|<[0-9A-Fa-f]*>|\((?:\\.|[^\\()])*\)|\[|\]|/?[^\s\[\]<>()/]+", re.DOTALL)
_Matrix = tuple[float, float, float, float, float, float]


class Box(NamedTuple):
    """A rectangle, from the left and the top of its page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: Box, leeway: float = 0.1) -> bool:
        return (
            self.left - leeway <= other.left and other.right <= self.right + leeway
            and self.top - leeway <= other.top and other.bottom <= self.bottom + leeway
        )  # fmt: skip

    def common(self, other: Box) -> Box:
        return Box(
            max(self.left, other.left), max(self.top, other.top),
            min(self.right, other.right), min(self.bottom, other.bottom),
        )  # fmt: skip


class Font(NamedTuple):
    """Which text each code of a font stands for, and with how many digits a code is written."""

    signs: dict[int, str]
    digits: int


class Text(NamedTuple):
    """Signs that stand on one line: the box that they take, and `clip`, outside of which nothing of them is seen."""

    text: str
    box: Box
    clip: Box

    @property
    def is_whole(self) -> bool:
        """Whether it is seen from top to bottom; what is too long for its line may end early."""
        return self.clip.top - 0.3 <= self.box.top and self.box.bottom <= self.clip.bottom + 0.3


class Page(NamedTuple):
    """One page: its size, its texts in the order in which they are painted, what is framed by lines, what is filled."""

    width: float
    height: float
    texts: list[Text]
    frames: list[Box]
    areas: list[Box]

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def words(self) -> str:
        return "\n".join(one.text for one in self.texts)

    def find(self, words: str) -> list[Text]:
        return [one for one in self.texts if words in one.text]


def pages(pdf: bytes) -> list[Page]:
    """The pages in their order."""
    objects = {int(one[1]): one[2] for one in re.finditer(rb"(?s)(\d+) 0 obj\n(.*?)\nendobj", pdf)}
    tree = next(body for body in objects.values() if b"/Type /Pages" in body and b"/Parent" not in body)
    return [_page(objects, number) for number in _kids(objects, tree)]


def _kids(objects: dict[int, bytes], tree: bytes) -> Iterator[int]:
    kids = re.search(rb"/Kids \[(.*?)\]", tree, re.DOTALL)
    assert kids is not None
    for number in map(int, re.findall(rb"(\d+) 0 R", kids[1])):
        if b"/Type /Pages" in objects[number]:
            yield from _kids(objects, objects[number])
        else:
            yield number


def _page(objects: dict[int, bytes], number: int) -> Page:
    body = objects[number]
    box, contents = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", body), re.search(rb"/Contents (\d+) 0 R", body)
    assert box is not None
    assert contents is not None
    fonts = {
        name: Font(_signs_of(objects, int(of)), 2 if b"/Type3" in objects[int(of)] else 4)
        for listed in re.findall(rb"(?s)/Font <<(.*?)>>", body)
        for name, of in re.findall(rb"(/\w+) (\d+) 0 R", listed)
    }
    painter = _Painter(float(box[2]), fonts)
    painter.paint(_stream(objects[int(contents[1])]))
    return Page(float(box[1]) * _MM, float(box[2]) * _MM, painter.texts, painter.frames, painter.areas)


def _stream(body: bytes) -> bytes:
    return zlib.decompress(body.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0])


def _signs_of(objects: dict[int, bytes], number: int) -> dict[int, str]:
    """By its /ToUnicode."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
    signs: dict[int, str] = {}
    if found is None:
        return signs
    table = _stream(objects[int(found[1])])
    for block in re.findall(rb"(?s)beginbfchar(.*?)endbfchar", table):
        for code, text in re.findall(rb"<(\w+)> <(\w+)>", block):
            signs[int(code, 16)] = _utf16(text)
    for block in re.findall(rb"(?s)beginbfrange(.*?)endbfrange", table):
        for first, last, text in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                signs[code] = chr(ord(_utf16(text)) + code - int(first, 16))
    return signs


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


class _Painter:
    """Carries out the operators of a page as far as they say where something is."""

    def __init__(self, height: float, fonts: dict[bytes, Font]) -> None:
        self.height, self.fonts = height, fonts
        self.texts: list[Text] = []
        self.frames: list[Box] = []
        self.areas: list[Box] = []
        self.matrix: _Matrix = (1, 0, 0, 1, 0, 0)
        self.clip = Box(-1e6, -1e6, 1e6, 1e6)
        self.kept: list[tuple[_Matrix, Box]] = []
        self.path: list[Box] = []
        self.clips = False
        self.line: _Matrix = (1, 0, 0, 1, 0, 0)
        self.font = Font({}, 4)
        self.size = 0.0
        # The text that is being set, and where its first and its last sign begin.
        self.signs: list[str] = []
        self.begin = self.end = (0.0, 0.0)

    def paint(self, content: bytes) -> None:
        operands: list[bytes] = []
        for token in _TOKEN.findall(content):
            if token[:1] in b"/<([]-.0123456789":
                operands.append(token)
            else:
                self._carry_out(token, operands)
                operands = []

    def _carry_out(self, operator: bytes, operands: list[bytes]) -> None:
        numbers = [float(one) for one in operands if one[:1] in b"-.0123456789"]
        if operator == b"q":
            self.kept.append((self.matrix, self.clip))
        elif operator == b"Q":
            self.matrix, self.clip = self.kept.pop()
        elif operator == b"cm":
            self.matrix = _product(_matrix(numbers), self.matrix)
        elif operator == b"re":
            self.path.append(self._box(*numbers))
        elif operator in (b"W", b"W*"):
            self.clips = True
        elif operator in (b"n", b"f", b"f*", b"S", b"s", b"B", b"B*"):
            self._end_path(operator)
        elif operator in (b"Tf", b"Tm", b"Td", b"Tj", b"BT", b"ET"):
            self._set(operator, operands, numbers)

    def _end_path(self, operator: bytes) -> None:
        if self.clips and self.path:
            self.clip = self.clip.common(self.path[-1])
        elif operator == b"S":
            self.frames += self.path
        elif operator in (b"f", b"f*"):
            self.areas += self.path
        self.path, self.clips = [], False

    def _set(self, operator: bytes, operands: list[bytes], numbers: list[float]) -> None:
        if operator == b"Tf":
            self.font, self.size = self.fonts[operands[0]], numbers[-1]
        elif operator == b"Tm":
            self._end_text()
            self.line = _matrix(numbers)
        elif operator == b"Td":
            self.line = _product((1, 0, 0, 1, *numbers[:2]), self.line)  # type: ignore[arg-type]
        elif operator == b"Tj":
            at = self._point(*_product(self.line, self.matrix)[4:])
            self.begin, self.end = (at if not self.signs else self.begin), at
            self.signs.append(self._read(operands[-1]))
        else:
            self._end_text()

    def _read(self, codes: bytes) -> str:
        assert codes.startswith(b"<"), "codes are written as digits"
        signs, digits = self.font
        return "".join(signs.get(int(codes[at : at + digits], 16), "") for at in range(1, len(codes) - 1, digits))

    def _end_text(self) -> None:
        if self.signs:
            size = self.size * abs(self.matrix[3]) * abs(self.line[3]) * _MM
            (left, base), (right, _) = self.begin, self.end
            box = Box(left, base - _ABOVE * size, right, base + _BELOW * size)
            self.texts.append(Text("".join(self.signs), box, self.clip))
        self.signs = []

    def _box(self, x: float, y: float, width: float, height: float) -> Box:
        (left, top), (right, bottom) = (
            self._point(*_product((1, 0, 0, 1, *at), self.matrix)[4:]) for at in ((x, y), (x + width, y + height))
        )  # type: ignore[arg-type]
        return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x * _MM, (self.height - y) * _MM


def _matrix(numbers: list[float]) -> _Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _product(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
