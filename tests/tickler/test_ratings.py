"""Who is to be asked how content they are, and since when."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.dossier import concerns
from clientfolder.dossier.covers import ListedCovers
from clientfolder.dossier.types import Cover, Dossier, Entry
from clientfolder.tickler.ratings import is_anybody_rated, longest_due, rating_due, ratings_due

DAY = date(2026, 7, 15)


def cover(
    client: str, *log: Entry, paid: tuple[str, ...] = (), won: dict[str, str] | None = None, resting: str | None = None
) -> Cover:
    deals = [{"name": what, "product": what, "won": on, "lost": None} for what, on in (won or {}).items()]
    kept = {concerns.LOG: concerns.kept(log), "payments": {"days": list(paid)}, "deals": deals}
    return Dossier(client, client.capitalize(), log=log, kept=kept, resting=resting).cover


def rated(on: str, rating: int = 4) -> Entry:
    return Entry(date.fromisoformat(on), "call", "fine", rating=rating)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "due"),
    [
        (cover("a", paid=("2026-04-15",)), "2026-07-15"),
        (cover("a", paid=("2026-04-16",)), None),
        (cover("a", paid=("2026-04-16",), won={"site": "2026-07-14"}), "2026-07-14"),
        (cover("a", paid=("2026-04-10",), won={"site": "2026-07-14"}), "2026-07-10"),
        (cover("a", paid=("2025-07-15",)), None),
        (cover("a", paid=("2025-07-16",)), "2025-10-16"),
        (cover("a", paid=("2026-01-31",)), "2026-04-30"),
        (cover("a", paid=("2026-04-10",), resting="why"), None),
        (cover("a", rated("2025-07-15"), paid=("2026-01-01",)), "2026-07-15"),
        (cover("a", rated("2025-07-16"), paid=("2026-01-01",)), None),
        (cover("a", rated("2026-03-01"), paid=("2026-01-01",), won={"cards": "2026-06-30"}), "2026-06-30"),
        (cover("a", rated("2026-03-01"), paid=("2026-01-01",), won={"cards": "2026-03-01"}), None),
        (cover("a", rated("2025-03-01", 3), paid=("2026-01-01",)), None),
        (cover("a", paid=("2027-01-01",)), None),
    ],
)
def test_since_when(who: Cover, due: str | None) -> None:
    found = rating_due(who, DAY, 3)
    assert (found and str(found.due)) == due


def test_nobody_is_asked_before_somebody_was_and_the_longest_due_stands_first() -> None:
    covers = [cover("anna", paid=("2026-04-01",)), cover("bob", paid=("2026-03-01",))]
    assert not ratings_due(ListedCovers(covers), DAY, 3)
    covers.append(cover("cilla", rated("2026-07-16"), paid=("2026-04-01",)))
    assert not is_anybody_rated(ListedCovers(covers), DAY)
    covers.append(cover("doro", rated("2026-07-15")))
    found = ratings_due(ListedCovers(covers), DAY, 3)
    assert [one.cover.client for one in found] == ["bob", "anna", "cilla"]
    longest = longest_due(ListedCovers(covers), covers[:1], DAY, 3)
    assert longest
    assert longest.cover.client == "anna"
