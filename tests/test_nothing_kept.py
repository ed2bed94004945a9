"""Whoever keeps no money and no care sees nothing of it: every page is, byte for byte, what it was before there was any.

The pages under `cli/golden/without/` are of the example folder without payments, deals, complaints, questions and
ratings; most are older than those records.
"""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from clientfolder import demo
from clientfolder.binder.toml import dossier_file
from folders import EXAMPLE_DAY, Cf, without_money_and_care
from goldens import DIRECTORY, NARROW, ROLL, WINDOW, Golden, Rows

PAGES: Rows = {
    "today": ("today", ROLL),
    "today in a window": ("today", WINDOW),
    "today narrow": ("today", NARROW),
    "one by one": ("today -i", WINDOW),
    "show": ("show anna", WINDOW),
    "show whole": ("show bistro -a", WINDOW),
    "show resting": ("show pivovar", ROLL),
    "review of a week": ("review week", WINDOW),
    "review of last week": ("review last week", ROLL),
    "review of a month": ("review june", ROLL),
    "week": ("week", ROLL),
    "list": ("list", ROLL),
    "list overdue": ("list overdue", ROLL),
    "spread overdue": ("spread overdue --cap 6", ROLL),
    "away": ("away 15..28 july --dry-run", ROLL),
    "move": ("move --from overdue -n mon", ROLL),
    "log no answer": ("log anna -x", ROLL),
}


@pytest.fixture
def without(golden: Golden, bare: Cf) -> Golden:
    """The same folder with none of it."""
    return dataclasses.replace(golden, cf=bare, directory=DIRECTORY / "without")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_it_was(without: Golden, name: str) -> None:
    without.same(name, *PAGES[name])


def test_the_folder_without_has_none_of_it() -> None:
    for client, text in demo.dossiers(date.fromisoformat(EXAMPLE_DAY)).items():
        dossier = dossier_file.read(client, f"{client}.toml", without_money_and_care(text).encode()).dossier
        assert not {"payments", "deals"} & dossier.records.keys()
        assert dossier.sent_by is None
        assert not any(entry.rating or entry.kind in ("question", "complaint") for entry in dossier.log)
