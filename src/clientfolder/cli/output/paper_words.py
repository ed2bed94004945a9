"""A paper in words: how large and how old it is, and how typed words find it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from clientfolder.binder.index import lookup
from clientfolder.binder.papers import PaperFile
from clientfolder.cli.output.terminal import day_of_log

_UNITS = ("kB", "MB", "GB", "TB")


def size_words(count: int) -> str:
    """`82 kB`, `1.4 MB`; below a thousand in bytes."""
    if count < 1000:
        return f"{count} byte{'' if count == 1 else 's'}"
    size, place = count / 1000, 0
    while size >= 999.5 and place < len(_UNITS) - 1:
        size, place = size / 1000, place + 1
    return f"{size:.1f} {_UNITS[place]}" if size < 9.95 and place else f"{size:.0f} {_UNITS[place]}"


def modified(paper: PaperFile) -> datetime | None:
    """When it was changed last, by the clock of this place; None for a stamp that no calendar has."""
    try:
        return datetime.fromtimestamp(int(paper.modified)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def facts(paper: PaperFile, day: date) -> str:
    """`82 kB, 12 Jul`."""
    at = modified(paper)
    return ", ".join([size_words(paper.bytes), *([day_of_log(at.date(), day)] if at else [])])


def paper_json(paper: PaperFile) -> dict[str, Any]:
    at = modified(paper)
    return {"name": paper.name, "bytes": paper.bytes, "modified": at.isoformat() if at else None}


def find(papers: Sequence[PaperFile], typed: str) -> list[PaperFile]:
    """All that the words fit best: the exact name, else the whole name or a whole word, else a beginning."""
    if not typed.strip():
        return list(papers)
    exact = [paper for paper in papers if paper.name == typed]
    fits = {paper: rank for paper in papers if (rank := _rank(paper.name, typed)) is not None}
    best = min(fits.values(), default=None)
    return exact or [paper for paper, rank in fits.items() if rank == best]


def _rank(name: str, typed: str) -> int | None:
    """How well the words fit a name, the best first; None where they do not."""
    plain, wanted = lookup.comparable(name), lookup.comparable(typed)
    last = plain.rpartition("/")[2]
    if wanted in (plain, last, last.rpartition(".")[0]):
        return 0
    words, beginning = lookup.words_of(plain), " ".join(lookup.words_of(wanted))
    if not beginning:
        return None
    if beginning in words:
        return 1
    if len(beginning) < lookup.LEAST_LETTERS:
        return None
    places = [place for place in range(len(words)) if " ".join(words[place:]).startswith(beginning)]
    return None if not places else 2 if places[0] == 0 else 3
