"""The page of what was found: a line each, the match in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientfolder.cli.output.terminal import Line, Span, Window, fitted, one_line, padded, width
from clientfolder.cli.output.words import day_of_log
from clientfolder.dossier.sheet import FoundLine
from clientfolder.text import comparable, places_of

# The widest that the name of a client gets beside what was found.
NAME = 24
# So much of a text stays in view before a match.
BEFORE = 12


def found_page(found: Sequence[FoundLine], terms: Sequence[str], day: date, window: Window) -> Iterator[Line]:
    """Each entry with its day and each value, with whose it is; where a text is too long, the part with the match."""
    if not found:
        yield (Span(f"Nothing says {one_line(' '.join(terms))}.", "dim"),)
        return
    days = [day_of_log(one.on, day) if one.on else "" for one in found]
    days_wide = max(map(len, days))
    room = window.columns - 1
    names = min(NAME, max(width(one_line(one.name)) for one in found), room // 3)
    for one, said in zip(found, days, strict=True):
        head = f" {said:>{days_wide}}  {padded(fitted(one.name, names), names)}  "
        yield Span(head, "dim"), *in_view(one.text, terms, room - width(head))


def in_view(text: str, terms: Sequence[str], columns: int) -> list[Span]:
    """As much of a text as has room, from shortly before the first match on; the matches in bold print."""
    text = one_line(text)
    places = sorted(place for term in terms for place in places_of(comparable(term), text))
    if width(text) > columns and places and width(text[: places[0][1]]) > columns - 1:
        start = max(0, places[0][0] - BEFORE)
        text = "…" + text[start:]
        places = [(begin - start + 1, end - start + 1) for begin, end in places]
    shown = fitted(text, columns)
    kept = len(shown) - (shown != text)
    spans, at = [], 0
    for begin, end in places:
        begin, end = max(begin, at), min(end, kept)
        if begin < end:
            spans += [Span(shown[at:begin]), Span(shown[begin:end], "bold")]
            at = end
    return [span for span in (*spans, Span(shown[at:])) if span.text]
