"""When a client paid and what was won, as of a day."""

from __future__ import annotations

from datetime import date

from clientfolder.dossier.purchases import Purchases, of_cover
from clientfolder.dossier.types import Dossier

KEPT = {
    "payments": {"days": ["2026-03-01", "2026-01-05", "2026-09-09"]},
    "deals": [
        {"product": "Shop", "won": "2026-02-02", "lost": None},
        {"product": "shop", "won": "2026-01-02", "lost": "2026-01-02"},
        {"product": "care", "won": "2026-02-02", "lost": "2026-02-03"},
        {"product": "site", "won": None, "lost": None},
        {"product": "menu", "won": "2026-09-01", "lost": None},
    ],
}


def test_they_are_told_as_of_a_day() -> None:
    cover = Dossier("anna", "Anna", kept=KEPT).cover
    found = of_cover(cover, date(2026, 7, 15))
    assert found == Purchases(date(2026, 1, 5), date(2026, 3, 1), {"shop": date(2026, 1, 2)})
    assert of_cover(cover, date(2026, 2, 2)).first_won["care"] == date(2026, 2, 2)
    assert of_cover(Dossier("bob", "Bob").cover, date(2026, 7, 15)) == Purchases(None, None, {})
